"""Documents and passages -> words, stems, groups of synonyms and cues, once for any number of claims."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rasid.extract.stances.cues import FoundCue, find_cues
from rasid.extract.stances.words import Words, cut_words, find_stem
from rasid.knowledge.stance_words import StanceWords, load_irregular, load_stance_words

#: How many documents the background counts for: with fewer at hand, rarity is that of general English.
BACKGROUND = 50.0


@dataclass(frozen=True, slots=True)
class Piece:
    """One passage: text[start:end] of its document, in words.

    places: stem -> its first word; groups: group of synonyms -> its first word
    """

    start: int
    end: int
    words: Words
    places: Mapping[str, int]
    groups: Mapping[str, int]
    cues: tuple[FoundCue, ...]
    source: str = ""  # the text it was cut from, kept for titles and claims only


@dataclass(frozen=True, slots=True)
class Text:
    """One document: its title if it has one of its own, and its passages."""

    document: str
    title: Piece | None
    pieces: tuple[Piece, ...]
    stems: frozenset[str]
    groups: frozenset[str]
    size: int  # words


@dataclass(slots=True)
class Cutter:
    """Cuts texts; remembers the stem of every word met."""

    words: StanceWords = field(default_factory=load_stance_words)
    known: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.known:
            for form, lemma in load_irregular():
                self.known[form] = find_stem(lemma)

    def cut(self, text: str, start: int = 0, end: int | None = None) -> Piece:
        """One passage."""
        words = cut_words(text, start, end, known=self.known)
        places: dict[str, int] = {}
        groups: dict[str, int] = {}
        of = self.words.groups
        for i, (stem, low) in enumerate(zip(words.stems, words.lower, strict=True)):
            if stem:
                places.setdefault(stem, i)
                for group in of.get(low, ()):
                    groups.setdefault(group, i)
        for i, pair in enumerate(zip(words.lower, words.lower[1:], strict=False)):
            for group in self.words.pairs.get(pair, ()):
                groups.setdefault(group, i)
        stop = len(text) if end is None else end
        source = text if end is None else ""
        return Piece(start, stop, words, places, groups, find_cues(words.lower, words=self.words), source)

    def opposite_stems(self, word: str) -> frozenset[str]:
        """Stems of the words that would deny this one."""
        return frozenset(find_stem(other) for other in self.words.opposite.get(word, ()))

    def text(
        self, document: str, kept: str, spans: Iterable[tuple[int, int]], *, title: str | None = None
    ) -> Text:
        """One document from its kept text and the spans of its passages."""
        pieces = tuple(self.cut(kept, start, end) for start, end in spans)
        top = self.cut(title) if title else None
        every = (*pieces, top) if top else pieces
        return Text(
            document,
            top,
            pieces,
            frozenset(stem for piece in every for stem in piece.places),
            frozenset(group for piece in every for group in piece.groups),
            sum(len(piece.words) for piece in every),
        )


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much a shared word says: log2 of how rare it is in the documents at hand and in general English."""

    counts: Mapping[str, int]
    documents: int
    words: StanceWords

    def of(self, stem: str) -> float:
        """0 for a word that is everywhere; about 13 for one that is nowhere."""
        general = self.words.idf.get(stem, self.words.rarest)
        share = (2.0**-general * BACKGROUND + self.counts.get(stem, 0)) / (BACKGROUND + self.documents)
        return min(-math.log2(share), self.words.rarest)


def weigh_rarity(texts: Sequence[Text], *, words: StanceWords) -> Rarity:
    """Rarity over the documents at hand."""
    counts = Counter(stem for text in texts for stem in text.stems)
    return Rarity(counts, len(texts), words)
