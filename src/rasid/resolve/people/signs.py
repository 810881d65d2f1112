"""What calibration looks at in each pair: what the mixture says, and what the other pairs of its two listings say.

    rival     how good the best other partner of either listing on the same list is
    partners  whether the two have the same other partners: a third listing that is one person with both speaks for the
              pair, one that is one person with the first only speaks against it

With p the learned probabilities of all pairs, and c any third listing,

    both = sum over c of p(a, c) p(b, c);  one = (sum of p(a, c) + sum of p(b, c)) / 2 - both
    partners = log((both + 1/2) / (one + 1/2))

which is 0 where neither has another partner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LARGEST = 12.0  # log-odds beyond this say the same
LEAST_PARTNER = 0.02  # a partner below this probability is none
NO_RIVAL = -6.0
STEP = 1_000_000  # pairs at once


@dataclass(frozen=True, slots=True)
class Signs:
    """One value a compared pair.

    log_odds: what the mixture says
    lists:    number of the pair of lists
    """

    log_odds: Floats
    rival: Floats
    partners: Floats
    lists: Ints

    def at(self, rows: Ints) -> Signs:
        """Those of some pairs."""
        return Signs(self.log_odds[rows], self.rival[rows], self.partners[rows], self.lists[rows])


def partners(left: Ints, right: Ints, log_odds: Floats, *, size: int) -> Floats:
    """For each pair whether its listings have the same other partners: above zero for, below zero against.

    left, right: rows, below `size`
    """
    from scipy.sparse import coo_matrix

    held = np.flatnonzero(_probability(log_odds) >= LEAST_PARTNER)
    a, b, p = left[held], right[held], _probability(log_odds[held])
    links = coo_matrix((np.r_[p, p], (np.r_[a, b], np.r_[b, a])), shape=(size, size)).tocsr()
    all_of, through = np.asarray(links.sum(axis=1)).ravel(), links @ links
    out = np.empty(len(left))
    for begin in range(0, len(left), STEP):
        part = slice(begin, begin + STEP)
        out[part] = _partners((np.array(left[part]), np.array(right[part])), log_odds[part], all_of, through)
    return out


def _partners(rows: tuple[Ints, Ints], log_odds: Floats, all_of: Floats, through: csr_matrix) -> Floats:
    """all_of: partners of each row, expected; through: those that two rows share"""
    left, right = rows
    probability, asked = _probability(log_odds), np.flatnonzero(log_odds > -LARGEST)
    both = np.zeros(len(left))
    both[asked] = np.asarray(through[left[asked], right[asked]]).ravel()
    held = np.where(probability >= LEAST_PARTNER, probability, 0.0)
    one = (all_of[left] + all_of[right]) / 2 - held - both
    return np.asarray(np.log((both + 0.5) / (np.maximum(one, 0.0) + 0.5)))


def _probability(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -60, 60))))


def rivals(left: Ints, right: Ints, lists: Ints, log_odds: Floats) -> Floats:
    """For each pair the log-odds of the best other pair of one of its listings with the list of the other.

    Two rows of one list have no rivals: that they are compared at all is because the list may repeat itself.

    left, right: rows; lists: number of the list of each row
    """
    from rasid.resolve.people import kernels

    one, other = (np.array(rows, dtype=np.int32) for rows in (left, right))
    of = np.array(lists, dtype=np.int64)
    best = kernels.best_others(one, other, of, log_odds, NO_RIVAL)
    np.maximum(best, kernels.best_others(other, one, of, log_odds, NO_RIVAL), out=best)
    best[of[one] == of[other]] = NO_RIVAL
    return best
