"""Documents side by side, so that any number of claims can be laid beside them.

Which documents speak of a claim is seen in two steps. First each document is compared with the words of the claim
(cosine of word weights: rarity times 1 + log of the count). Then the claim takes on the words of the documents that
are surely about it, and is compared again: a report of the same matter in other words is near to those. With few
documents the second step changes little.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rasid.extract.stances.pieces import Cutter, Piece, Rarity, Text, weigh_rarity
from rasid.extract.stances.relate import Claim, has_core, read_claim, share_in

SURE = 0.75  # cosine + share of the claim: such a document is about the claim; 19 of 20 were, in the development part
MOST = 10  # documents that the claim takes words from
CLOSE = 0.14  # from here on a document is related: least errors in the development part of FNC-1 (1.4 %)
SHORT = 60  # words; a shorter text is close to whatever shares one rare word with it, so more is asked
SHORT_SHARE = 0.2  # of the claim

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Documents cut into words, with the weights of their words.

    numbers: stem -> column; columns, weights: all documents one after the other, each of length 1; firsts: where each
             begins; rare: rarity of each column
    """

    cutter: Cutter
    texts: tuple[Text, ...]
    rarity: Rarity
    numbers: dict[str, int]
    columns: npt.NDArray[np.int64]
    weights: Floats
    firsts: npt.NDArray[np.int64]

    def claim(self, text: str) -> Claim:
        """Read a claim with the rarity of words on this shelf."""
        return read_claim(text, cutter=self.cutter, rarity=self.rarity)

    def closeness(self, claim: Claim) -> Floats:
        """0 to 1 for each document: how near it is to the matter of the claim."""
        asked = np.zeros(len(self.numbers) + 1)
        for term in claim.terms:
            asked[self.numbers.get(term.stem, -1)] += term.weight
        asked[-1] = 0.0
        asked = _unit(asked)
        direct = self._compare(asked)
        nearest = [int(k) for k in np.argsort(-direct, kind="stable")[: 3 * MOST]]
        score = {k: float(direct[k]) + share_in(claim, self.texts[k]) for k in nearest}
        sure = sorted((k for k in nearest if score[k] > SURE), key=lambda k: (-score[k], k))[:MOST]
        for k in sure:
            span = slice(self.firsts[k], self.firsts[k + 1])
            asked[self.columns[span]] += self.weights[span] / len(sure)
        return self._compare(_unit(asked)) if sure else direct

    def _compare(self, asked: Floats) -> Floats:
        if not len(self.columns):
            return np.zeros(len(self.texts))
        products = np.append(asked[self.columns] * self.weights, 0.0)
        sums = np.add.reduceat(products, self.firsts[:-1])
        return np.where(self.firsts[1:] > self.firsts[:-1], sums, 0.0)


def make_shelf(texts: Iterable[Text], *, cutter: Cutter) -> Shelf:
    """Weigh the words of the documents."""
    held = tuple(texts)
    rarity = weigh_rarity(held, words=cutter.words)
    numbers: dict[str, int] = {}
    columns: list[int] = []
    weights: list[float] = []
    firsts = [0]
    rare: dict[str, float] = {}
    for text in held:
        counts = _counts(text, cutter.words.stop)
        values = []
        for stem, count in counts.items():
            if stem not in rare:
                rare[stem] = rarity.of(stem)
            columns.append(numbers.setdefault(stem, len(numbers)))
            values.append((1 + math.log(count)) * rare[stem])
        length = math.sqrt(sum(v * v for v in values)) or 1.0
        weights.extend(v / length for v in values)
        firsts.append(len(columns))
    return Shelf(
        cutter, held, rarity, numbers, np.array(columns, dtype=np.int64), np.array(weights), np.array(firsts)
    )


def is_related(claim: Claim, text: Text, *, closeness: float) -> bool:
    """Does the document speak of the matter of the claim?"""
    if closeness < CLOSE:
        return False
    return text.size >= SHORT or (share_in(claim, text) >= SHORT_SHARE and has_core(claim, text))


def _counts(text: Text, stop: frozenset[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    pieces: Sequence[Piece] = (*text.pieces, text.title) if text.title else text.pieces
    for piece in pieces:
        for stem, low in zip(piece.words.stems, piece.words.lower, strict=True):
            if stem and low not in stop:
                counts[stem] = counts.get(stem, 0) + 1
    return counts


def _unit(vector: Floats) -> Floats:
    length = math.sqrt(float((vector * vector).sum()))  # np.linalg.norm starts threads, which costs more
    return vector / (length or 1.0)
