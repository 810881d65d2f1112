"""Quotation marks of a document paired into quotes: curly, straight, angled, doubled commas, unbalanced ones too.

In: the sentences of one document in order. Out: quotes as offsets into the kept text. A quote may run over
several sentences; one that is never closed ends with its paragraph (a gap of two or more characters between
sentences, which is all that can be seen of a paragraph here).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rasid.extract.syntax import Sentence

_MARK = re.compile(r"[\"“”„«»‟＂]|''|``|(?<!\w)[‘']+(?=\w)|(?<=[\w.,!?…])['’](?!\w)")
_OPENS = frozenset("“„«``‘‟")
_CLOSES = frozenset("”»")
_PARAGRAPH_GAP = 2
_MAX_SENTENCES = 25  # a longer "quote" is a mark that was forgotten
_BEFORE_OPENING = frozenset(" \t\n\u00a0([{-–—/:,\u200b\u200f\u200e")


@dataclass(frozen=True, slots=True)
class Quote:
    """start, end: offsets with the marks; sentence: index of the sentence it starts in; last: of the one it ends in.

    closed: its closing mark was found
    """

    start: int
    end: int
    sentence: int
    last: int
    closed: bool


@dataclass(slots=True)
class _Open:
    """A quote whose end has not been seen."""

    start: int
    sentence: int
    single: bool


def find_quotes(sentences: Sequence[Sentence]) -> list[Quote]:
    """The outermost quotes of a document, in order, never overlapping."""
    quotes: list[Quote] = []
    opened: _Open | None = None
    for i, s in enumerate(sentences):
        if opened is not None and _must_end(opened, sentences, i):
            quotes.append(
                Quote(opened.start, sentences[i - 1].ends[-1], opened.sentence, i - 1, closed=False)
            )
            opened = None
        for mark in _MARK.finditer(s.text):
            opened = _take_mark(mark, i, s, quotes=quotes, opened=opened)
        if opened is not None and opened.single:
            opened = None  # an apostrophe
    if opened is not None and sentences:
        last = len(sentences) - 1
        quotes.append(Quote(opened.start, sentences[last].ends[-1], opened.sentence, last, closed=False))
    return quotes


def _take_mark(
    mark: re.Match[str], i: int, s: Sentence, *, quotes: list[Quote], opened: _Open | None
) -> _Open | None:
    """The open quote after this mark; a quote that it closes is put to the list."""
    single = mark.group() in {"'", "‘", "’"}
    opens = _looks_opening(mark, s.text)
    if opened is None:
        return _Open(s.start + mark.start(), i, single) if opens else None
    if opened.single != single:
        if opened.single and opens:  # the single mark was an apostrophe
            return _Open(s.start + mark.start(), i, single)
        return opened
    if opens and not single and opened.sentence != i:
        end = s.start + mark.start()
        quotes.append(Quote(opened.start, max(end - 1, opened.start + 1), opened.sentence, i, closed=False))
        return _Open(s.start + mark.start(), i, single)
    if opens:
        return opened
    quotes.append(Quote(opened.start, s.start + mark.end(), opened.sentence, i, closed=True))
    return None


def _looks_opening(mark: re.Match[str], text: str) -> bool:
    """An opening mark by its shape, or by the space before it and the word after it."""
    glyph = mark.group()
    if glyph in _OPENS or glyph in {"``", "‘"}:
        return True
    if glyph in _CLOSES or glyph == "’":
        return False
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < len(text) else " "
    return before in _BEFORE_OPENING and not after.isspace()


def _must_end(opened: _Open, sentences: Sequence[Sentence], i: int) -> bool:
    """Has the paragraph of the open quote ended, or has it run too long?"""
    if i - opened.sentence > _MAX_SENTENCES or sentences[i].kind in {"heading", "row", "caption"}:
        return True
    return sentences[i].starts[0] - sentences[i - 1].ends[-1] >= _PARAGRAPH_GAP


def quote_of(quotes: Sequence[Quote], start: int, end: int) -> Quote | None:
    """The quote that these offsets lie in."""
    return next((q for q in quotes if q.start <= start and end <= q.end), None)
