"""Are two written words spellings of one name? A learned edit model, both scripts.

The model walks through both words at once. A step takes one letter from each, one from either, two against one, or
two against two. Each step has weights: for its letters, with its place in the word (start, middle, end), with the
letters before and after. The score is the logarithm of the sum over all walks, a log-odds of "same name":

    score = bias + log sum over walks of exp(sum of the weights of its steps)

Source: McCallum, Bellare and Pereira 2005, "A Conditional Random Field for Discriminatively-trained Finite-state
String Edit Distance"; here with one chain of states and a logistic loss. Learned by training/person_names.py from
attested spellings (CC0); the weights lie in a table of hashed features beside this file.

One table judges Arabic against Latin, one Latin against Latin. Arabic against Arabic is a matter of typing errors,
not of spelling, and is not judged here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numba
import numpy as np
from numpy.typing import NDArray

from rasid.knowledge.person_names import fold_letters

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LETTERS = "abcdefghijklmnopqrstuvwxyzابتثجحخدذرزسشصضطظعغفقكلمنهوي"
BITS = 17  # of the table of weights
MAX_LETTERS = 22  # longer words are cut
STEPS = np.array([(1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2)], dtype=np.int64)
FEATURES = 4  # of one step, beside the weight of its shape
_NEVER = -1e30
WEIGHTS = "person_names.npz"
PAIRS_AT_ONCE = 20_000
THREADS = 2


@dataclass(frozen=True, slots=True)
class Spelling:
    """The weights of one pair of scripts."""

    weights: Floats  # 2 ** BITS; the first six are those of the shapes of steps
    bias: float

    def score(self, left: Sequence[str], right: Sequence[str]) -> Floats:
        """Log-odds that left[i] and right[i] are spellings of one name."""
        words = encode([*left, *right])
        rows = np.arange(len(words[1]))
        return self.score_numbers(words, rows[: len(left)], rows[len(left) :])

    def score_numbers(self, words: tuple[Ints, Ints], left: Ints, right: Ints) -> Floats:
        """Log-odds that the words of these numbers are spellings of one name.

        words: as of `encode`; left, right: their rows, one a pair
        """
        weights = self.weights.astype(np.float32)  # those shipped have fewer bits; half as much to fetch

        def some(begin: int) -> Floats:
            part = slice(begin, begin + PAIRS_AT_ONCE)
            return np.asarray(score_pairs(*words, left[part], right[part], weights, STEPS))

        with ThreadPoolExecutor(THREADS) as pool:
            scores = list(pool.map(some, range(0, len(left), PAIRS_AT_ONCE)))
        return np.concatenate([np.zeros(0), *scores]) + self.bias


@lru_cache(maxsize=1)
def load_spellings() -> tuple[Spelling, Spelling]:
    """The shipped models: Arabic against Latin, Latin against Latin."""
    with files("rasid.knowledge").joinpath(WEIGHTS).open("rb") as file, np.load(file) as stored:
        return (
            Spelling(unpack(stored["mixed_at"], stored["mixed"]), float(stored["mixed_bias"])),
            Spelling(unpack(stored["latin_at"], stored["latin"]), float(stored["latin_bias"])),
        )


def score_words(left: Sequence[str], right: Sequence[str]) -> Floats:
    """Log-odds of "spellings of one name" for words of either script.

    Pairs in Arabic alone get the number of their differing letters, as log-odds: 6 for none, 2 less for each.
    """
    from rasid.knowledge.gazetteer_forms import is_arabic

    mixed, latin = load_spellings()
    words = list(dict.fromkeys((*left, *right)))
    number = {word: at for at, word in enumerate(words)}
    one, other = (
        np.fromiter((number[w] for w in side), dtype=np.int64, count=len(side)) for side in (left, right)
    )
    coded, arabic = encode(words), np.array([is_arabic(word) for word in words], dtype=bool)
    scores, scripts = np.full(len(left), math.nan), (arabic[one], arabic[other])
    for rows, model, turned in (
        (scripts[0] & ~scripts[1], mixed, False),
        (~scripts[0] & scripts[1], mixed, True),
        (~scripts[0] & ~scripts[1], latin, False),
    ):
        a, b = (other[rows], one[rows]) if turned else (one[rows], other[rows])
        found = model.score_numbers(coded, a, b)
        scores[rows] = (
            (found + model.score_numbers(coded, b, a)) / 2 if model is latin else found
        )  # it has no order
    for i in np.flatnonzero(scripts[0] & scripts[1]).tolist():
        scores[i] = 6.0 - 2.0 * typing_errors(fold_letters(left[i]), fold_letters(right[i]))
    return scores


def typing_errors(left: str, right: str) -> int:
    """Letters typed wrong, too many, too few or in the wrong order between two words."""
    from rapidfuzz.distance import OSA

    return int(OSA.distance(left, right))


def encode(words: Sequence[str]) -> tuple[Ints, Ints]:
    """Letters as numbers, one row a word, and the length of each. A word that comes often is read once."""
    number = {letter: at for at, letter in enumerate(LETTERS, start=1)}
    place = {word: at for at, word in enumerate(dict.fromkeys(words))}
    codes = np.zeros((len(place), MAX_LETTERS), dtype=np.int64)
    lengths = np.zeros(len(place), dtype=np.int64)
    for word, row in place.items():
        known = [number[letter] for letter in fold_letters(word) if letter in number][:MAX_LETTERS]
        codes[row, : len(known)] = known
        lengths[row] = len(known)
    rows = np.fromiter((place[word] for word in words), dtype=np.int64, count=len(words))
    return codes[rows], lengths[rows]


def unpack(at: NDArray[np.int32], weights: NDArray[np.float16]) -> Floats:
    """The table of weights from the places that are not zero."""
    full = np.zeros(1 << BITS)
    full[at] = weights
    return full


@numba.njit(cache=True, nogil=True)
def place_of(number: int) -> int:
    """The place of a feature in the table (splitmix64)."""
    h = np.uint64(number) * np.uint64(0x9E3779B97F4A7C15)
    h ^= h >> np.uint64(29)
    h *= np.uint64(0xBF58476D1CE4E5B9)
    h ^= h >> np.uint64(32)
    return np.int64(h & np.uint64((1 << BITS) - 1))  # type: ignore[return-value]


@numba.njit(cache=True, nogil=True)
def features(x, y, size, at, step, out):  # type: ignore[no-untyped-def] # noqa: D103
    i, j = at
    a, b = step
    n, m = size
    left, right = 0, 0
    for t in range(a):
        left = left * 70 + x[i + t]
    for t in range(b):
        right = right * 70 + y[j + t]
    base = (left * 5003 + right) * 11 + a * 3 + b
    edge = (1 if i == 0 and j == 0 else 0) + (2 if i + a == n and j + b == m else 0)
    before = (x[i - 1] if i > 0 else 68) * 71 + (y[j - 1] if j > 0 else 68)
    after = (x[i + a] if i + a < n else 69) * 71 + (y[j + b] if j + b < m else 69)
    out[0] = place_of(base * 7 + 1)
    out[1] = place_of((base * 5 + edge) * 7 + 2)
    out[2] = place_of((base * 5041 + before) * 7 + 3)
    out[3] = place_of((base * 5041 + after) * 7 + 4)


@numba.njit(cache=True, nogil=True)
def walk(x, y, size, weights, steps, held, out):  # type: ignore[no-untyped-def] # noqa: D103
    n, m = size
    for i in range(n + 1):
        for j in range(m + 1):
            top, total = (0.0, 1.0) if i == 0 and j == 0 else (_NEVER, 0.0)  # the sum is total * exp(top)
            for k in range(len(steps)):
                a, b = steps[k, 0], steps[k, 1]
                if i >= a and j >= b:
                    features(x, y, size, (i - a, j - b), (a, b), out)
                    one = held[i - a, j - b] + weights[k]
                    for f in range(FEATURES):
                        one += weights[out[f]]
                    if one > top:
                        total = total * math.exp(top - one) + 1.0
                        top = one
                    else:
                        total += math.exp(one - top)
            held[i, j] = top + math.log(total)
    return held[n, m]


@numba.njit(cache=True, nogil=True)
def score_pairs(codes, lengths, left, right, weights, steps):  # type: ignore[no-untyped-def] # noqa: D103
    held = np.empty((MAX_LETTERS + 1, MAX_LETTERS + 1))
    out = np.empty(FEATURES, np.int64)
    scores = np.empty(len(left))
    for row in range(len(left)):
        a, b = left[row], right[row]
        if lengths[a] == 0 or lengths[b] == 0:
            scores[row] = -20.0
        else:
            scores[row] = walk(codes[a], codes[b], (lengths[a], lengths[b]), weights, steps, held, out)
    return scores
