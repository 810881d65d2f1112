"""Quotation marks of a document paired into quotes: curly, straight, angled, doubled, misread ("â€œ"), unbalanced ones.

In: the sentences of one document in order. Out: quotes as offsets into the kept text. A quote may run over several
sentences. One that is never closed ends with its paragraph (a gap of two or more characters between sentences, which
is all that can be seen of a paragraph here); only its first sentence is sure to be in it, the rest is `loose`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rasid.extract.syntax import Sentence

_MARK = re.compile(
    r"â€œ|â€˜â€˜|â€[\x9d\ufffd]|â€™â€™|â€(?=[\s.,;?!]|\Z)"  # UTF-8 read as Windows-1252
    r"|[\"“”„«»‟＂]|''+(?!\w)|(?<!\w)''+|``"
    r"|(?<!\w)[‘']+(?=\w)|(?<=[\w.,!?…])['’](?!\w)"
)
_OPENS = frozenset("“„«‘‟") | {"``", "â€œ", "â€˜â€˜"}
_CLOSES = frozenset("”»’") | {"â€™â€™", "â€"}
_SINGLE = frozenset("'‘’")
_PARAGRAPH_GAP = 2
_MAX_SENTENCES = 25  # a longer "quote" is a mark that was forgotten
_BEFORE_OPENING = frozenset(" \t\n\u00a0([{-–—/:,\u200b\u200f\u200e")


@dataclass(frozen=True, slots=True)
class Quote:
    """start, end: offsets with the marks; sentence: index of the sentence it starts in; last: of the one it ends in.

    closed: its closing mark was found
    loose:  what follows the first sentence of a quote that is never closed: nobody knows whose words they are
    """

    start: int
    end: int
    sentence: int
    last: int
    closed: bool
    loose: bool = False


@dataclass(slots=True)
class _Open:
    """A quote whose end has not been seen. kind: of its mark, which only one of the same kind closes."""

    start: int
    sentence: int
    kind: str


def find_quotes(sentences: Sequence[Sentence]) -> list[Quote]:
    """The outermost quotes of a document, in order, never overlapping."""
    quotes: list[Quote] = []
    opened: _Open | None = None
    for i, s in enumerate(sentences):
        if opened is not None and _must_end(opened, sentences, i):
            quotes.append(_unclosed(opened, sentences, i - 1))
            opened = None
        for mark in _MARK.finditer(s.text):
            opened = _take_mark(mark, i, sentences, quotes=quotes, opened=opened)
        if opened is not None and opened.kind == "single":
            opened = None  # an apostrophe
    if opened is not None:
        quotes.append(_unclosed(opened, sentences, len(sentences) - 1))
    return [part for q in quotes for part in _sure_and_loose(q, quotes, sentences)]


def _take_mark(
    mark: re.Match[str], i: int, sentences: Sequence[Sentence], *, quotes: list[Quote], opened: _Open | None
) -> _Open | None:
    """The open quote after this mark; a quote that it closes is put to the list."""
    s = sentences[i]
    kind = _kind(mark.group())
    opens = _looks_opening(mark, s.text)
    begun = _Open(s.start + mark.start(), i, kind)
    if opened is None:
        return begun if opens else None
    if opened.kind != kind:
        return begun if opened.kind == "single" and opens else opened  # the single mark was an apostrophe
    if kind == "single" and _is_plural_genitive(mark, s.text):
        return opened
    if opens and kind != "single" and opened.sentence != i:
        end = max(begun.start - 1, opened.start + 1)
        quotes.append(Quote(opened.start, end, opened.sentence, i, closed=False))
        return begun
    if opens:
        return opened
    quotes.append(Quote(opened.start, s.start + mark.end(), opened.sentence, i, closed=True))
    return None


def _kind(glyph: str) -> str:
    if glyph in _SINGLE:
        return "single"
    return "doubled" if glyph[0] in "'`" else "double"


def _is_plural_genitive(mark: re.Match[str], text: str) -> bool:
    """ "'the rebels' guards fled'": the mark after "s" is no end where another one follows in the sentence."""
    at = mark.start()
    later = re.search(r"(?<=[\w.,!?…])['’](?!\w)", text[mark.end() :])
    return (
        later is not None and text[at - 1 : at] == "s" and re.match(r" [a-z]", text[mark.end() :]) is not None
    )


def _looks_opening(mark: re.Match[str], text: str) -> bool:
    """An opening mark by its shape, or by the space before it and the word after it."""
    glyph = mark.group()
    if glyph in _OPENS:
        return True
    if glyph in _CLOSES or glyph[:2] == "â€":
        return False
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < len(text) else " "
    return before in _BEFORE_OPENING and not after.isspace()


def _must_end(opened: _Open, sentences: Sequence[Sentence], i: int) -> bool:
    """Has the paragraph of the open quote ended, or has it run too long?"""
    if i - opened.sentence > _MAX_SENTENCES or sentences[i].kind in {"heading", "row", "caption"}:
        return True
    return begins_paragraph(sentences, i)


def begins_paragraph(sentences: Sequence[Sentence], i: int) -> bool:
    """Does a paragraph begin with this sentence? No where passages that hold no claim were left out before it."""
    if i == 0:
        return True
    before, s = sentences[i - 1], sentences[i]
    return s.index - before.index < 2 and s.starts[0] - before.ends[-1] >= _PARAGRAPH_GAP


def _unclosed(opened: _Open, sentences: Sequence[Sentence], last: int) -> Quote:
    return Quote(opened.start, sentences[last].ends[-1], opened.sentence, last, closed=False)


def _sure_and_loose(q: Quote, quotes: Sequence[Quote], sentences: Sequence[Sentence]) -> Iterator[Quote]:
    """A quote that is never closed and does not go on in the next paragraph, in its first sentence and the rest."""
    if q.closed or q.last == q.sentence or _goes_on(q, quotes, sentences):
        yield q
        return
    first = sentences[q.sentence]
    yield replace(q, end=first.ends[-1], last=q.sentence)
    second = sentences[q.sentence + 1]
    if second.starts[0] < q.end:
        yield replace(q, start=second.starts[0], sentence=q.sentence + 1, loose=True)


def _goes_on(q: Quote, quotes: Sequence[Quote], sentences: Sequence[Sentence]) -> bool:
    """Does the next paragraph open with a mark, as is the custom in long quotes?"""
    after = next((other for other in quotes if other.start >= q.end), None)
    if after is None or after.sentence > q.last + 1:
        return False
    return after.start == sentences[after.sentence].starts[0] and begins_paragraph(sentences, after.sentence)
