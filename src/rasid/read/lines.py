"""Plain text -> blocks: paragraphs, headings, bullets and table rows, found from its lines alone.

A single newline ends a paragraph or only wraps it. It wraps when the next line goes on in lower case, when the
line ends in a comma or a small word, or, in a text that is wrapped, when the next word would not have fitted.

In: text and a stretch of it. Out: `Block`s in reading order. List marks, heading marks, quotation marks of mails and
ruled lines fall outside the blocks; everything else that is not white space is in exactly one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from rasid.model.values import PassageKind

MAX_HEADING_CHARS = 120
MAX_HEADING_WORDS = 16
_TELEX_SHARE = (
    0.85  # of the widest lines; a line of a telex that is as long as this, with the next word, wraps
)
_MIN_WRAP_CHARS = 40  # nobody wraps text narrower than this; shorter lines are items

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_INK = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_RULED = re.compile(r"(?:[-=_*~+#|─—•.]\s*){3,}\Z|\|?(?:\s*:?-{2,}:?\s*\|?)+\Z")
_QUOTED = re.compile(r"(?:>\s?)+")
_HASHES = re.compile(r"#{1,6}\s+")
_BULLET = re.compile(
    r"(?:[-*+•‣⁃◦▪▫●○■□◆✓✔➢➤►▶·§–—]|\(?\d{1,3}[.)]|\(?[a-zA-Z][)]|\(?[ivxIVX]{1,5}[)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?)\s+(?=\S)"
)
_ROW = re.compile(r"\|.*\|\Z|[^\t]*\S\t+\S[^\t]*\t+.*\S", re.DOTALL)
_END = re.compile(r"[.!?…؟۔؛。！？:;,،]['\"”’»)\]*_]*\Z")
_COMMA_END = re.compile(
    r"(?:[,،;(\[–—]|\b(?:a|an|the|of|in|on|at|by|to|for|from|with|and|or|but|as|that|which|who|is|are|was|were|has|have|had|be|been|its|his|her|their|than|not|into|near|after|before))\Z",
    re.I,
)
_FIRST_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the kept text that is one paragraph, heading, bullet, caption or row."""

    start: int
    end: int
    kind: PassageKind


@dataclass(frozen=True, slots=True)
class _Line:
    """One line without its mark. after_blank: an empty line, or a change of quotation depth, stands before it."""

    start: int
    end: int
    kind: PassageKind
    after_blank: bool


def find_blocks(text: str, start: int = 0, end: int | None = None) -> list[Block]:
    """The blocks of text[start:end], read as plain text or Markdown."""
    lines = list(_marked_lines(text, start, len(text) if end is None else end))
    width = _wrap_width(text, lines)
    blocks: list[Block] = []
    group: list[_Line] = []
    for line in lines:
        if group and not _goes_on(text, group[-1], line, width, group[0].kind):
            blocks.append(_as_block(text, group, alone=True))
            group = []
        group.append(line)
    if group:
        blocks.append(_as_block(text, group, alone=True))
    return blocks


def _marked_lines(text: str, start: int, end: int) -> Iterator[_Line]:
    """The lines that hold something, their marks taken off and their kind known where the mark tells it."""
    last_end, depth, ruled = start, 0, False
    held: _Line | None = None
    for found in _LINE.finditer(text, start, end):
        ink = _INK.search(found.group())
        if ink is None:
            continue
        at, stop = found.start() + ink.start(), found.start() + ink.end()
        blank = ruled or _has_blank_line(text, last_end, found.start())
        last_end, ruled = found.end(), False
        if _RULED.match(text, at, stop):
            ruled = True
            if (
                held
                and text[at] in "=-"
                and not blank
                and stop - at >= 3
                and held.kind is PassageKind.SENTENCE
            ):
                held = _Line(
                    held.start, held.end, PassageKind.HEADING, held.after_blank
                )  # underlined heading
            continue
        at, kind, quotes = _take_marks(text, at, stop)
        if held:
            yield held
        held = _Line(at, stop, kind, blank or quotes != depth)
        depth = quotes
        if at >= stop:
            held = None
    if held:
        yield held


def _take_marks(text: str, at: int, stop: int) -> tuple[int, PassageKind, int]:
    """Where the words of a line start, its kind, and how deep it is quoted."""
    quotes = 0
    if quoted := _QUOTED.match(text, at, stop):
        quotes = quoted.group().count(">")
        at = quoted.end()
        while at < stop and text[at].isspace():
            at += 1
    if hashes := _HASHES.match(text, at, stop):
        return hashes.end(), PassageKind.HEADING, quotes
    if bullet := _BULLET.match(text, at, stop):
        return bullet.end(), PassageKind.BULLET, quotes
    if _ROW.match(text, at, stop):
        return at, PassageKind.ROW, quotes
    return at, PassageKind.SENTENCE, quotes


def _has_blank_line(text: str, start: int, end: int) -> bool:
    between = text[start:end].replace("\r\n", "\n")
    return len(between.strip(" \t\u00a0")) > 1 or "\f" in between or "\u2029" in between


def _wrap_width(text: str, lines: list[_Line]) -> int:
    """The width at which this text is wrapped, or 0 if its lines are not wrapped.

    Evidence: inside paragraphs, at least two in five of the lines that follow another go on in lower case; or, in
    a script without capitals, seven in ten of the lines are nearly as wide as the widest.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank and b.kind is PassageKind.SENTENCE]
    if not pairs:
        return 0
    widths = sorted(a.end - a.start for a, _ in pairs)
    width = widths[int(len(widths) * 0.9)] if len(widths) > 10 else widths[-1]
    if width < _MIN_WRAP_CHARS:
        return 0
    cased = [b for _, b in pairs if text[b.start].lower() != text[b.start].upper()]
    lower = sum(text[b.start].islower() for b in cased)
    if cased and len(cased) * 2 >= len(pairs) and not _only_capitals(text, lines):
        return width if lower >= 0.4 * len(cased) else 0
    wide = sum(a.end - a.start >= 0.8 * width for a, _ in pairs)
    return width if len(pairs) >= 2 and wide >= 0.7 * len(pairs) else 0


def _only_capitals(text: str, lines: Iterable[_Line]) -> bool:
    """Letters, and none of them small: a telex, a statement in capitals throughout."""
    held = "".join(text[line.start : line.end] for line in lines)
    return held.isupper()


def _goes_on(text: str, line: _Line, after: _Line, width: int, kind: PassageKind) -> bool:
    """Does `after` go on where `line` stopped, within one paragraph or one bullet?"""
    if after.after_blank or after.kind is not PassageKind.SENTENCE:
        return False
    if kind in (PassageKind.HEADING, PassageKind.ROW):
        return False
    first = text[after.start]
    if first.islower() or first in ",;:)]}”»،.!?؟%":
        return True
    if _COMMA_END.search(text, max(line.start, line.end - 30), line.end):
        return True
    if not width:
        return False
    word = _FIRST_WORD.match(text, after.start, after.end)
    next_word = word.end() - word.start() if word else 0
    if _only_capitals(
        text, (line, after)
    ):  # no case to go by: paragraphs of a telex are not all equally wide
        return line.end - line.start + 1 + next_word > width * _TELEX_SHARE
    return line.end - line.start + 1 + next_word > width * 0.97


def _as_block(text: str, group: list[_Line], *, alone: bool) -> Block:
    """Lines that belong together as one block; a short line without a stop is a heading."""
    start, end, kind = group[0].start, group[-1].end, group[0].kind
    if alone and kind is PassageKind.SENTENCE and len(group) == 1 and is_heading(text, start, end):
        kind = PassageKind.HEADING
    return Block(start, end, kind)


def is_heading(text: str, start: int, end: int) -> bool:
    """Is this stretch, which stands by itself, short and without a stop at its end, as headings are?"""
    if end - start > MAX_HEADING_CHARS or _END.search(text, max(start, end - 10), end):
        return False
    words = text[start:end].split()
    if len(words) > MAX_HEADING_WORDS or not any(c.isalpha() for c in text[start:end]):
        return False
    return not text[start].islower()
