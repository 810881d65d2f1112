"""What the readers of one sentence hand on: an attribution whose speaker has no name yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rasid.extract.syntax import Sentence
from rasid.extract.voices.quotes import Quote
from rasid.knowledge.voices import VoiceWords
from rasid.model.values import Status


@dataclass(slots=True)
class Draft:
    """One attribution of sentence `sentence`.

    source:     first and last token of the voice, None if unnamed
    head:       the token the voice is named by; for "who" the noun it stands for
    cue:        first and last token
    whole:      the name is all the words of the source, not the head's
    contents:   offsets into the kept text
    """

    sentence: int
    cue: tuple[int, int]
    contents: list[tuple[int, int]]
    verb: str
    status: Status
    rule: str
    source: tuple[int, int] | None = None
    head: int | None = None
    denies: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One sentence of the document with what is known around it.

    quotes: the quotes that touch this sentence
    floor:  the first token after a dateline or a title
    """

    number: int
    s: Sentence
    words: VoiceWords
    quotes: Sequence[Quote] = field(default=())
    floor: int = 0

    def bounds(self, i: int) -> tuple[int, int]:
        """First and last token of the part that token `i` may reach: its quote's part, or the whole sentence."""
        s = self.s
        for q in self.quotes:
            if q.start < s.starts[i] and s.ends[i] < q.end and not self._is_scare(q):
                inside = [t for t in range(len(s)) if s.starts[t] > q.start and s.ends[t] < q.end]
                return inside[0], inside[-1]
        return (self.floor if i >= self.floor else 0), len(s) - 1

    def _is_scare(self, q: Quote) -> bool:
        """A word or two in quotation marks do not close off a clause."""
        return q.sentence == q.last and self.s.words_between(q.start, q.end).count(" ") < 2

    def in_quote(self, i: int) -> bool:
        """Does token `i` stand within a quote?"""
        return any(q.start < self.s.starts[i] and self.s.ends[i] < q.end for q in self.quotes)

    def after_last_quote(self, i: int) -> int:
        """The token after the dateline or the last real quote that ends before token `i` in this sentence, or 0."""
        ends = [q.end for q in self.quotes if q.end <= self.s.starts[i] and not self._is_scare(q)]
        floor = self.floor if i >= self.floor else 0
        return next((t for t in range(i) if self.s.starts[t] >= ends[-1]), floor) if ends else floor

    def quote_ending(self, i: int) -> Quote | None:
        """The quote whose last mark is at token `i`."""
        return next((q for q in self.quotes if q.closed and q.end == self.s.ends[i]), None) or next(
            (q for q in self.quotes if q.closed and self.s.starts[i] < q.end <= self.s.ends[i]), None
        )

    def quote_starting(self, i: int) -> Quote | None:
        """The quote whose first mark is at token `i`."""
        return next((q for q in self.quotes if self.s.starts[i] <= q.start < self.s.ends[i]), None)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of tokens `first` to `last`."""
        return self.s.chars(first, last)
