"""Which words of a case's names may be the same name: each word -> the names it may stand for, with shares.

A name here is a group of spellings, known by one of its words: its most usual Arabic spelling where the case has one,
else its most usual Latin one. A Latin spelling may stand for several Arabic names ("Amira" for two); all are kept,
each with its share, after Bayes: how often the name occurs, times how well the spelling fits it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rasid.knowledge.person_names import core_of, is_arabic, kind_of, other_reading, skeleton
from rasid.knowledge.person_nicknames import full_names

MIN_SCORE = -2.5  # log-odds under which a spelling is no candidate: 2 % of the attested pairs lie below
# The model was taught to tell a name from its nearest look-alikes, so its log-odds are too small for a whole case:
# of .7 to 2 the likeliest first names came out at 1.5 to 2 (casualty4, development part).
SHARPEN = 1.75
OWN_NAME = 0.0  # weight of a name that the case does not have in another spelling, as the logarithm of one occurrence
MIN_SHARE = 0.04  # of what a spelling may stand for; less is dropped
MAX_NAMES = 4
TYPO_LOSS = 5.0  # log-odds: one letter in 150 typed wrong, for a word beside a far more usual one
MIN_TYPO_LETTERS = 4
TYPO_TIMES = 8  # so many times more usual must the word be that was meant

Shares = tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Spellings:
    """names[n] is the word a name is known by; of[word] are the names it may stand for, likeliest first."""

    names: tuple[str, ...]
    of: Mapping[str, Shares]

    def first(self, word: str) -> int:
        """The likeliest name of a word."""
        return self.of[word][0][0]


def group_spellings(counts: Mapping[str, int]) -> Spellings:
    """Find the names behind the words of a case.

    counts:  word (knowledge/person_names.name_words) -> how often it occurs
    returns: for every word at least one name; the same words give the same names in the same order
    """
    arabic = sorted((w for w in counts if is_arabic(w)), key=lambda w: (-counts[w], w))
    latin = sorted((w for w in counts if not is_arabic(w)), key=lambda w: (-counts[w], w))
    found = _typing_errors(arabic, counts)
    fitting = _fitting(latin, arabic)
    weights = {word: _weights(fitting.get(word, []), counts) for word in latin}
    open_words = [word for word in latin if not weights[word]]
    found |= _latin_names(open_words, counts)
    found |= {word: weight for word, weight in weights.items() if weight}
    return _numbered(found)


# --- typing errors ------------------------------------------------------------------------------------


def _typing_errors(words: Sequence[str], counts: Mapping[str, int]) -> dict[str, dict[str, float]]:
    """Each word stands for itself, a rare one also for a usual one that is one letter away."""
    near: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if counts[word] >= TYPO_TIMES:
            for cut in _cuts(word):
                near[cut].append(word)
    found: dict[str, dict[str, float]] = {}
    for word in words:
        found[word] = {word: float(counts[word])}
        if len(core_of(word)) < MIN_TYPO_LETTERS:
            continue
        for meant in {m for cut in _cuts(word) for m in near.get(cut, ())}:
            if counts[meant] >= TYPO_TIMES * counts[word] and kind_of(meant) == kind_of(word):
                found[word][meant] = counts[meant] * math.exp(-TYPO_LOSS)
    return found


def _cuts(word: str) -> set[str]:
    """The word and the word less any one letter: two words that share one differ by a letter or a swap."""
    kind, core = kind_of(word), core_of(word)
    return {word} | {f"{kind}:{core[:i]}{core[i + 1 :]}" for i in range(len(core)) if len(core) > 3}


# --- Latin against Arabic, and against Latin ------------------------------------------------------------------


def _fitting(
    words: Sequence[str], names: Sequence[str], place: Mapping[str, int] | None = None
) -> dict[str, list[tuple[str, float]]]:
    """For each word the names that it may be a spelling of, with log-odds.

    place: of words and names; if given, only names before the word count
    """
    from rasid.knowledge.person_names_spelling import score_words

    if not words:
        return {}
    left, right, owner = [], [], []
    index = _index(names)
    for word in words:
        for reading in _readings(word):
            for name in _near(kind_of(word), reading, index):
                if place is not None and place[name] >= place[word]:
                    continue
                left.append(core_of(name))
                right.append(reading)
                owner.append((word, name))
    scores = score_words(left, right)
    best: dict[tuple[str, str], float] = {}
    for pair, score in zip(owner, scores.tolist(), strict=True):
        if score > MIN_SCORE and score > best.get(pair, -math.inf):
            best[pair] = score
    fitting: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (word, name), score in best.items():
        fitting[word].append((name, score))
    return fitting


def _readings(word: str) -> list[str]:
    core = core_of(word)
    other = other_reading(core) if not kind_of(word) or kind_of(word) == "abu" else None
    return [core, other] if other else [core]


def _index(names: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    index: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in names:
        for cut in _bone_cuts(skeleton(core_of(name))):
            index[kind_of(name), cut].append(name)
    return index


def _near(kind: str, core: str, index: Mapping[tuple[str, str], list[str]]) -> list[str]:
    found = {name for cut in _bone_cuts(skeleton(core)) for name in index.get((kind, cut), ())}
    return sorted(found)


def _bone_cuts(bones: str) -> set[str]:
    return {bones} | ({bones[:i] + bones[i + 1 :] for i in range(len(bones))} if len(bones) > 2 else set())


def _weights(fitting: Sequence[tuple[str, float]], counts: Mapping[str, int]) -> dict[str, float]:
    """Weights of the names a spelling fits; nothing if a name of its own is likelier than any of them."""
    weights = {name: counts[name] * math.exp(SHARPEN * score) for name, score in fitting}
    if not weights or max(weights.values()) < math.exp(OWN_NAME):
        return {}
    return weights


def _latin_heads(words: Sequence[str], counts: Mapping[str, int]) -> dict[str, str]:
    """Latin spellings without an Arabic name, most usual first: each joins the best more usual one, or is its own.

    It must fit that one better than its look-alikes do (log-odds above 0): else a usual name draws all that is a little
    like it, and "George" and "Darcy" are one.
    """
    place = {word: at for at, word in enumerate(words)}
    fitting = _fitting(words, words, place)
    heads: dict[str, str] = {}
    for word in words:
        above = [
            (SHARPEN * score + math.log(counts[n]), n) for n, score in fitting.get(word, []) if score > 0.0
        ]
        taken = max(((s, n) for s, n in above if heads[n] == n), default=None)
        heads[word] = taken[1] if taken and taken[0] > 0 else word
    return heads


def _latin_names(words: Sequence[str], counts: Mapping[str, int]) -> dict[str, dict[str, float]]:
    """Latin words without an Arabic name: the name each is a spelling of, what a short form stands for, and what may
    have been meant where one letter is typed wrong."""
    heads = _latin_heads(words, counts)
    full = full_names()
    found: dict[str, dict[str, float]] = {}
    for word, meant in _typing_errors(words, counts).items():
        weights = {heads[word]: float(counts[word])}
        for other, weight in meant.items():
            if heads[other] != heads[word]:
                weights[heads[other]] = max(weights.get(heads[other], 0.0), weight)
        for name in full.get(word, ()):
            if name in heads:
                weights[heads[name]] = float(counts[word])
        found[word] = weights
    return found


def _numbered(found: Mapping[str, Mapping[str, float]]) -> Spellings:
    names = sorted({name for weights in found.values() for name in weights})
    number = {name: at for at, name in enumerate(names)}
    of: dict[str, Shares] = {}
    for word, weights in found.items():
        total = sum(weights.values())
        ranked = sorted(((w / total, number[n]) for n, w in weights.items()), key=lambda s: (-s[0], s[1]))
        of[word] = tuple((n, share) for share, n in ranked[:MAX_NAMES] if share >= MIN_SHARE)
    return Spellings(tuple(names), of)


def name_counts(
    counts: Mapping[str, int], spellings: Spellings
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """How often each name occurs over all its spellings."""
    totals = np.zeros(len(spellings.names))
    for word, count in counts.items():
        for name, share in spellings.of[word]:
            totals[name] += count * share
    return totals
