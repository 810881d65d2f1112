"""Which passages may share text: generous, in arrays. `match.py` decides.

A passage is sketched by its pairs of near ordinary words, without order, so that a turned sentence keeps most of its
sketch. Passages that share two values of their sketches, or one where they are short, are a candidate. Over a large
case only the pairs whose hash is smallest modulo are kept (Broder 1997, "On the resemblance and containment of
documents"): the same ones in every passage, so that what is shared stays shared.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rasid.weigh.standing.words import Flags, Ints, Words, mix

REACH = 3  # an ordinary word is paired with the next ones up to here
MOST_VALUES = 6_000_000  # of all sketches together: about 300 MB while they are sorted; 3 million words
_COMMON = 24  # a value in more passages than this is an idiom: it ties each only to the next, not all to all
_SHARED = 2  # values that two passages must share
_SHARE = 0.12  # of the values of the shorter one; a rewritten pair has 0.2 or more


def pair_passages(words: Words, kept: Flags) -> tuple[Ints, Ints]:
    """Rows of passages of different documents that may share text, left < right, sorted, unique.

    kept: which passages to look at; of equal ones only one
    """
    values, passages = _sketches(words, kept)
    sizes = np.bincount(passages, minlength=len(kept))
    lefts, rights = _meetings(values, passages)
    apart = words.documents[lefts] != words.documents[rights]
    pairs, shared = np.unique(lefts[apart] * len(kept) + rights[apart], return_counts=True)
    lefts, rights = pairs // len(kept), pairs % len(kept)
    shorter = np.minimum(sizes[lefts], sizes[rights])
    likely = (shared >= np.minimum(_SHARED, shorter)) & (shared >= _SHARE * shorter)
    return lefts[likely], rights[likely]


def _sketches(words: Words, kept: Flags) -> tuple[NDArray[np.uint64], Ints]:
    """(value, passage), unique, sorted by value, then passage."""
    of = np.repeat(np.arange(len(kept)), np.diff(words.first))
    held = np.flatnonzero((words.keys != 0) & kept[of]) if len(of) else np.zeros(0, dtype=np.int64)
    keys, of = words.keys[held].astype(np.uint64), of[held]
    values, passages = [], []
    for step in range(1, REACH + 1):
        same = np.flatnonzero(of[:-step] == of[step:]) if len(of) > step else np.zeros(0, dtype=np.int64)
        one, other = keys[same], keys[same + step]
        low, high = np.minimum(one, other), np.maximum(one, other)
        values.append(mix(low * np.uint64(0xD1342543DE82EF95) + high))
        passages.append(of[same])
    value, passage = np.concatenate(values), np.concatenate(passages)
    if len(value) > MOST_VALUES:
        keep = mix(value) % np.uint64(-(-len(value) // MOST_VALUES)) == 0
        value, passage = value[keep], passage[keep]
    order = np.lexsort((passage, value))
    value, passage = value[order], passage[order]
    fresh = np.ones(len(value), dtype=bool)
    fresh[1:] = (value[1:] != value[:-1]) | (passage[1:] != passage[:-1])
    return value[fresh], passage[fresh]


def _meetings(values: NDArray[np.uint64], passages: Ints) -> tuple[Ints, Ints]:
    """All pairs of passages that share a value, once for each value they share."""
    fresh = np.ones(len(values), dtype=bool)
    fresh[1:] = values[1:] != values[:-1]
    size = np.diff(np.append(np.flatnonzero(fresh), len(values)))
    size_of = np.repeat(size, size)
    place = np.arange(len(values)) - np.repeat(np.flatnonzero(fresh), size)
    lefts, rights = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for step in range(1, _COMMON):
        with_next = np.flatnonzero((place + step < size_of) & ((size_of <= _COMMON) | (step == 1)))
        if not len(with_next):
            break
        lefts.append(passages[with_next])
        rights.append(passages[with_next + step])
    return np.concatenate(lefts), np.concatenate(rights)
