"""A text as an argument: does it support a claim of what is good, right or to be done, or does it undermine it?

Such a text seldom repeats the claim and seldom says "false". Two readings, both given:

    by rule    how good or bad its words sound, turned by "not", and turned again where the claim is against something
    learned    a logistic regression on its words and pairs of words, the same crossed with the direction of the claim,
               and the rule's figures. States of the encoder that finds names added nothing on unknown claims.

Weights: training/stances.py, from the development part of Perspectrum (CC BY-SA 4.0); valence of words: VADER (MIT).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from rasid.extract.stances.words import Words, cut_words
from rasid.knowledge.stance_words import VALENCE, StanceWords, load_head, load_stance_words

REVERSED_FOR = 4  # words that a "not" reaches
REVERSED_BY = -0.7  # "not good" is bad, but less than "bad"; VADER's own factor is -0.74
RULE_PART = 0.5  # size of the rule's figures beside the words


@dataclass(frozen=True, slots=True)
class Leaning:
    """Where a text leans.

    side:    "support" or "undermine", as learned
    score:   log odds of support
    by_rule: the same by rule alone
    """

    side: str
    score: float
    by_rule: str


@dataclass(frozen=True, slots=True)
class ArgumentReader:
    """Reads arguments.

    head:    feature -> weight; valence: word -> how good or bad it sounds, -4 to 4
    known:   stems of the words met so far
    """

    words: StanceWords
    head: Mapping[str, float]
    valence: Mapping[str, float]
    known: dict[str, str] = field(default_factory=dict)

    def weigh(self, pairs: Sequence[tuple[str, str]]) -> list[Leaning]:
        """Claim and text of each pair -> where the text leans."""
        return [self._lean(self.read(claim, text)) for claim, text in pairs]

    def read(self, claim: str, text: str) -> dict[str, float]:
        """The features of a pair."""
        claim_words, text_words = (_matter(cut_words(t, known=self.known)) for t in (claim, text))
        direction = -1 if any(self._turns(low) for low, _ in claim_words) else 1
        return dict(self._features(claim_words, text_words, direction))

    def _turns(self, low: str) -> bool:
        return low in self.words.turning or low.endswith("n't")

    def _features(
        self, claim: list[tuple[str, str]], text: list[tuple[str, str]], direction: int
    ) -> Iterator[tuple[str, float]]:
        marked, valence = self._mark(text)
        names = {*marked, *(f"{a} {b}" for a, b in pairwise(marked))}
        names |= {f"{name}|{direction:+d}" for name in names} | {f"direction{direction:+d}"}
        part = 1 / math.sqrt(len(names))
        yield from ((name, part) for name in sorted(names))
        sound = math.tanh(valence / 2)
        claim_sound = math.tanh(self._mark(claim)[1] / 2)
        yield "rule:sound", RULE_PART * sound
        yield "rule:sound|claim", RULE_PART * sound * direction
        yield "rule:direction", RULE_PART * direction
        yield "rule:claim", RULE_PART * claim_sound
        yield "rule:both", RULE_PART * sound * claim_sound
        yield "rule:silent", RULE_PART * (valence == 0)

    def _mark(self, text: list[tuple[str, str]]) -> tuple[list[str], float]:
        """Stems, those behind a "not" marked, and how good the text sounds (VADER's scale, -4 to 4 a word)."""
        marked: list[str] = []
        valence = 0.0
        reach = 0
        for low, stem in text:
            marked.append("not " + stem if reach > 0 else stem)
            valence += self.valence.get(low, 0.0) * (REVERSED_BY if reach > 0 else 1.0)
            reach = REVERSED_FOR if low in self.words.reversing or low.endswith("n't") else reach - 1
        return marked, valence

    def _lean(self, features: Mapping[str, float]) -> Leaning:
        score = self.head.get("bias", 0.0)
        score += sum(self.head.get(name, 0.0) * value for name, value in features.items())
        by_rule = "undermine" if features["rule:sound|claim"] < 0 else "support"
        return Leaning("support" if score > 0 else "undermine", score, by_rule)


def weigh_texts(claim: str, texts: Iterable[str]) -> list[str]:
    """Does each text support or undermine the claim, as an argument?"""
    return [leaning.side for leaning in load_arguments().weigh([(claim, text) for text in texts])]


@lru_cache(maxsize=2)
def load_arguments(head: Path | None = None) -> ArgumentReader:
    """The reader that ships, or one with the weights that training wrote to a file."""
    held = load_head(head)
    cut = len(VALENCE)
    valence = {name[cut:]: value for name, value in held.items() if name.startswith(VALENCE)}
    return ArgumentReader(load_stance_words(), held, valence)


def _matter(words: Words) -> list[tuple[str, str]]:
    """Each word that is no mark: lower case and stem."""
    return [(low, stem) for low, stem in zip(words.lower, words.stems, strict=True) if stem]
