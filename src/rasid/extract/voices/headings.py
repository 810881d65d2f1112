"""Voices set off by a mark: "SOHR: 12 killed", "Minister: we will rebuild", "12 killed in strike: monitor"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rasid.extract.syntax import Sentence
from rasid.extract.voices.drafts import Draft, Place
from rasid.extract.voices.phrases import MARKS, head_in, is_dash, trim
from rasid.knowledge.voices import VoiceWords
from rasid.model.values import Status

_LABELS = frozenset(
    [
        "note",
        "update",
        "photo",
        "photos",
        "image",
        "video",
        "breaking",
        "watch",
        "read",
        "more",
        "live",
        "related",
        "exclusive",
        "tags",
        "source",
    ]
)


_CREDITS = frozenset(
    "photo photos photograph image images picture pictures video graphic credit courtesy".split()
)
_MAX_SPEAKER = 7  # words before a colon
_MIN_SAID = 3
_FIRST_PERSON = frozenset({"i", "we", "our", "my"})


def read_headings(at: Place) -> Iterator[Draft]:
    """The attributions that a colon or a dash makes in this sentence."""
    yield from _voice_first(at)
    yield from _voice_last(at)


def _voice_first(at: Place) -> Iterator[Draft]:
    """ "SOHR: 12 civilians killed", "Minister: we will rebuild": a voice before a colon."""
    s = at.s
    colon = next((t for t in range(1, min(_MAX_SPEAKER + 2, len(s))) if s.words[t] == ":"), None)
    if colon is None or colon + _MIN_SAID > len(s) or at.in_quote(colon):
        return
    spoken = any(s.pos[t] == "VERB" and s.lower[t] in at.words.forms for t in range(colon))
    finite = any(s.tags[t] in {"VBD", "VBZ", "VBP", "MD"} for t in range(colon))
    if spoken or finite or not _can_speak(at, 0, colon - 1):
        return
    quote = at.quote_starting(colon + 1)
    if quote is None and s.kind != "heading" and not any(p in {"VERB", "AUX"} for p in s.pos[colon:]):
        return
    last = trim(s, len(s) - 1, colon + 1)
    end = quote.end if quote is not None and quote.end >= s.ends[last] else s.ends[last]
    named = (
        quote is not None
        or _is_known_voice(at, 0, colon - 1)
        or not _FIRST_PERSON.isdisjoint(s.lower[colon:])
    )
    yield Draft(
        at.number, (colon, colon), [(s.starts[colon + 1], end)], ":", Status.REPORTED_AS_FACT,
        "colon" if named else "colon, after a speaker or a place",
        (0, colon - 1) if named else None, head_in(s, 0, colon - 1) if named else None, whole=True,
    )  # fmt: skip


def open_doubtful_headings(drafts: Sequence[Draft], sentences: Sequence[Sentence], words: VoiceWords) -> None:
    """One capitalised word before a colon is a surname or a town: a name only if the document names it elsewhere."""
    for d in drafts:
        if (
            d.rule != "colon"
            or d.source is None
            or d.source[0] != d.source[1]
            or d.sentence >= len(sentences)
        ):
            continue
        s = sentences[d.sentence]
        word, place = s.words[d.source[0]], s.labels[d.source[0]]
        if (
            not place
            or word.casefold() in words.speakers
            or word.isupper()
            or s.words[d.cue[1] + 1] in MARKS
            or not _FIRST_PERSON.isdisjoint(s.lower)
        ):
            continue
        named = any(
            other is not s
            and word in other.words
            and other.labels[other.words.index(word)] in {"PERSON", "ORG"}
            for other in sentences
        )
        if not named:
            d.source = d.head = None
            d.rule = "colon, after a speaker or a place"


def _is_known_voice(at: Place, first: int, last: int) -> bool:
    """A common noun that speaks, a person, an organisation, a short form in capitals: not just any name."""
    s = at.s
    named = next((t for t in range(last, first - 1, -1) if s.pos[t] != "PUNCT"), last)
    if s.labels[named] in {"PERSON", "ORG"}:  # "Desert Kings Reunion" is no band that speaks
        return True
    if any(s.lower[t] in at.words.speakers for t in range(first, last + 1)):
        return True
    return not s.text.isupper() and all(s.words[t].isupper() for t in range(first, last + 1))


def _can_speak(at: Place, first: int, last: int) -> bool:
    """Can the phrase name somebody who speaks?"""
    s = at.s
    lowered = s.lower[first : last + 1]
    if not _LABELS.isdisjoint(lowered) or (len(lowered) == 1 and lowered[0].isdigit()):
        return False
    if any(word in at.words.speakers for word in lowered):
        return True
    if all(s.labels[t] == "LOC" or s.pos[t] == "PUNCT" for t in range(first, last + 1)):
        return False
    if any(s.labels[t] in {"PERSON", "ORG"} for t in range(first, last + 1)):
        return True
    one = s.words[first]
    shouted = all(s.words[t].isupper() for t in range(first, last + 1) if s.words[t].isalpha())
    return last - first < 3 and (
        (shouted and len(one) > 1) or all(s.pos[t] == "PROPN" for t in range(first, last + 1))
    )


def _voice_last(at: Place) -> Iterator[Draft]:
    """ "12 killed in strike: monitor", "12 killed in strike - SOHR": a heading with its voice at the end."""
    s = at.s
    if s.words[-1] in {".", "?", "!"} or len(s) < 5:
        return
    mark = next(
        (t for t in range(len(s) - 2, max(2, len(s) - 6), -1) if s.words[t] in {":", "-", "–", "—", "|"}),
        None,
    )
    if (
        mark is None
        or (s.words[mark] != ":" and s.kind != "heading")
        or any(s.pos[t] in {"VERB", "AUX"} for t in range(mark, len(s)))
    ):
        return
    if not _can_speak(at, mark + 1, len(s) - 1) or not _has_clause(at, mark):
        return
    if not _CREDITS.isdisjoint(s.lower[max(0, mark - 2) : mark]):
        return
    yield Draft(
        at.number, (mark, mark), [at.span(0, mark - 1)], s.words[mark], Status.REPORTED_AS_FACT, "voice at the end",
        (mark + 1, len(s) - 1), head_in(s, mark + 1, len(s) - 1), whole=True,
    )  # fmt: skip


def _has_clause(at: Place, mark: int) -> bool:
    """Does a clause, not a name, stand before the mark?"""
    return any(at.s.pos[t] in {"VERB", "AUX"} for t in range(mark)) and not is_dash(at.s.words[0])
