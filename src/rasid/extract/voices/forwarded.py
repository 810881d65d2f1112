"""What a mail passes on: the text below "Forwarded message" or behind ">" is not the sender's own word.

In: the kept text. Out: the stretches of it with the voice whose words they are, as far as the mail says it: in the
"From:" of the forwarded head, in "On 3 May X wrote:", in "what I received from a nurse in Kelan"; else unnamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rasid.extract.voices.speakers import UNNAMED
from rasid.model.tables import Row

_MARKER = re.compile(
    r"^[ \t>]*(?:-{2,}[ \t]*)?(?:Begin forwarded message|Forwarded message|Original Message|Forwarded by [^\n]{1,60})"
    r"[ \t]*:?[ \t]*-*[ \t]*$",
    re.M | re.I,
)
_WROTE = re.compile(
    r"^(?:On [^\n]{3,60}?,? )?(?P<who>[^\W\d_][^\n,<>:]{1,60}?)(?: <[^>\n]*>)? wrote:[ \t]*$", re.M
)
_QUOTED = re.compile(r"(?:^[ \t]*>[^\n]*(?:\n|\Z))+", re.M)
_FROM = re.compile(r"^[ \t>*]*From:[ \t*]*(?P<who>[^\n<]{2,80}?)[ \t]*(?:<[^>\n]*>)?[ \t]*$", re.M)
_RECEIVED = re.compile(
    r"\b(?:received|got|forward|letter|message|mail|note|words?)\b[^.\n]{0,60}?\bfrom\s+"
    r"(?P<who>(?:an?|my|our|one)\s[^.,;:()]{3,60}?)(?=\s+(?:who|whom|which|that)\b|\s*[.,;:(])"
)
_BEFORE = 700  # characters in which the sender may say whose words follow
_LEAST = 40  # characters: one quoted line of a reply is answered, not passed on


@dataclass(frozen=True, slots=True)
class Forwarded:
    """start, end: offsets of the words; name, name_start, name_end: the voice and where it is named (None if open)."""

    start: int
    end: int
    name: str
    name_start: int | None
    name_end: int | None
    why: str


def find_forwarded(text: str) -> list[Forwarded]:
    """The stretches of this text that somebody else wrote, in order, without overlaps."""
    if "From:" not in text and ">" not in text and "essage" not in text:
        return []
    found: list[Forwarded] = []
    for start, end, why in sorted(_stretches(text)):
        if end - start < _LEAST or (found and start < found[-1].end):
            continue
        who = _sender(text, start, end)
        name = " ".join(who["who"].split()).strip(" \"'") if who else UNNAMED
        first, last = who.span("who") if who else (None, None)
        found.append(Forwarded(start, end, name, first, last, why))
    return found


def _stretches(text: str) -> Iterator[tuple[int, int, str]]:
    """All that follows a marker, to the end of the text; else lines behind ">"."""
    marker = _MARKER.search(text)
    limit = marker.end() if marker else len(text)
    for m in _QUOTED.finditer(text, 0, limit):
        yield m.start(), m.end(), "quoted in the mail"
    if marker:
        yield marker.end(), len(text), "forwarded in the mail"


def _sender(text: str, start: int, end: int) -> re.Match[str] | None:
    """Where the text names who wrote the stretch, if it does so once."""
    head = _FROM.search(text, start, min(end, start + 400))
    if head:
        return head
    before = [*_WROTE.finditer(text, max(0, start - 200), start)]
    if before:
        return before[-1]
    told = [*_RECEIVED.finditer(text, max(0, start - _BEFORE), start)]
    return told[0] if len(told) == 1 else None


def mark_forwarded(rows: list[Row], stretches: Sequence[Forwarded], text: str) -> list[Row]:
    """The claims within a stretch get its voice behind the document's own; rows are changed in place."""
    for row in rows:
        place = row["start"]
        assert isinstance(place, int)
        stretch = next((f for f in stretches if f.start <= place < f.end), None)
        if stretch is None:
            continue
        chain, voices = row["attribution"], row["voices"]
        assert isinstance(chain, list) and isinstance(voices, list)
        if stretch.name in voices:
            continue
        start, end = stretch.name_start, stretch.name_end
        said: Row = {"name": stretch.name, "text": text[start:end] if start is not None else None}
        said |= {"start": start, "end": end, "cue": None, "cue_start": None, "cue_end": None}
        chain.insert(1, said)
        voices.insert(1, stretch.name)
        row["explain"] = f"{row['explain']} Its words are {stretch.why}, by {stretch.name}."
    return rows
