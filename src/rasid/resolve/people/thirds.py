"""Pairs that no key brought together, though a third listing is surely one person with both of them.

Rows that say little ("William", a district and nothing else) share keys with some rows of their person only. Once those
are linked, the others are worth comparing too: else they would count against the link as pairs that were left out.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rasid.resolve.people.linking import Compared
from rasid.resolve.people.mixture import Pairs

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
T = TypeVar("T", bound=np.generic)

SURE = 4.0  # log-odds of a link that leads on; with 0 wrong links lead on to more of their kind (historical)


def find_thirds(left: Ints, right: Ints, log_odds: Floats, *, size: int) -> tuple[Ints, Ints]:
    """Left and right rows of the pairs that two sure links connect and that are not among the pairs, sorted.

    left, right: rows of the pairs, left < right < size, sorted
    """
    from scipy.sparse import coo_matrix, triu

    sure = log_odds >= SURE
    a, b = left[sure].astype(np.int64), right[sure].astype(np.int64)
    several = np.bincount(np.r_[a, b], minlength=size) > 1
    a, b = a[several[a] | several[b]], b[several[a] | several[b]]
    links = coo_matrix((np.ones(2 * len(a), dtype=np.int32), (np.r_[a, b], np.r_[b, a])), shape=(size, size))
    held = triu(links.tocsr() @ links.tocsr(), k=1).tocoo()
    near = np.sort(held.row.astype(np.int64) * size + held.col)
    new = near[~_is_held(near, left.astype(np.int64) * size + right)]
    return new // max(size, 1), new % max(size, 1)


def _is_held(asked: Ints, held: Ints) -> NDArray[np.bool_]:
    """Which of the numbers are among those held, which are sorted."""
    at = np.searchsorted(held, asked)
    found = at < len(held)
    found[found] = held[at[found]] == asked[found]
    return np.asarray(found)


Scored = tuple[Compared, Pairs, Floats]  # pairs, sorted; what the mixture sees of them; its log-odds


def merge(one: Scored, other: Scored) -> Scored:
    """Two sets of pairs as one, sorted."""
    held, more = one[0], other[0]
    size = int(max(held.right.max(initial=0), more.right.max(initial=0))) + 1
    at = np.searchsorted(
        held.left.astype(np.int64) * size + held.right, more.left.astype(np.int64) * size + more.right
    )

    def joined(a: NDArray[T], b: NDArray[T]) -> NDArray[T]:
        return np.insert(a, at, b)

    def levels(a: NDArray[np.int8], b: NDArray[np.int8]) -> NDArray[np.int8]:
        return np.insert(a.T, at, b.T, axis=1).T  # part by part in memory

    compared = Compared(
        joined(held.left, more.left),
        joined(held.right, more.right),
        levels(held.levels, more.levels),
        joined(held.families, more.families),
    )
    pairs = Pairs(
        levels(one[1].levels, other[1].levels),
        joined(one[1].scripts, other[1].scripts),
        joined(one[1].lists, other[1].lists),
    )
    return compared, pairs, joined(one[2], other[2])
