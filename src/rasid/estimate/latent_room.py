"""Scratch arrays of the moves that need no class for any person, and what these moves share, compiled.

Given shares and chances, every person can be summed over the classes. Two moves use this and so go much further
in one step than a draw that first puts each person into a class: `latent_slide.py` and `latent_trade.py`. Both are
written in the listed share of a class, that is the part of all listed persons that belongs to it: keeping that and
moving the chances goes along the ridge on which many unseen persons of low chances look much like few of higher
chances.

With C_k = listed share / chance of being on any list, the share of class k is C_k / Z, Z the sum of all C. The prior
of the sticks over the listed shares is then, up to a constant,
    Z ** -(alpha + 1) * T_(K-1) ** (alpha - 1) / (T_1 ... T_(K-2)) / product over k of (chance of being on any list)
with T_k the sum of C over the classes behind the k-th.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rasid.estimate.compiled import compiled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# With 4, 20, 60 and 180: 21, 5.5, 2.4 and 3.3 ms of one core per effective draw on Kosovo.
_FEWEST = 60.0  # listed persons of a class that these moves touch
_SMALL = 0.05  # of all listed persons, where this is fewer
_STEEP = 300.0  # log odds of a chance are not told apart beyond


class Ones(NamedTuple):
    """The lists of each pattern, one after another: those of pattern c are lists[start[c] : start[c + 1]]."""

    start: Ints
    lists: Ints


class Room(NamedTuple):
    """Scratch arrays; one row of the wide ones per list, one column per class."""

    sine: Floats
    cosine: Floats
    pull: Floats
    speed: Floats
    chance: Floats
    slope: Floats
    odds: Floats
    named: Floats
    part: Floats
    none: Floats
    size: Floats
    weight: Floats
    persons: Floats
    steps: Floats
    terms: Floats
    behind: Floats
    fixed: Floats
    of_class: Floats
    root: Floats
    push: Floats
    drift: Floats
    moving: Ints


@compiled
def ones_of(cells: Ints) -> Ones:
    """The lists of each pattern."""
    start = np.zeros(cells.shape[0] + 1, np.int64)
    lists = np.empty(int(cells.sum()), np.int64)
    at = 0
    for c in range(cells.shape[0]):
        for j in range(cells.shape[1]):
            if cells[c, j]:
                lists[at] = j
                at += 1
        start[c + 1] = at
    return Ones(start, lists)


@compiled
def room_for(cells: int, classes: int, lists: int) -> Room:
    """Empty scratch arrays."""
    wide = np.empty((8, lists, classes))
    flat = np.empty((11, classes))
    return Room(
        wide[0], wide[1], wide[2], wide[3], wide[4], wide[5], wide[6], wide[7],
        flat[0], flat[1], flat[2], flat[3], flat[4], flat[5], flat[6], flat[7],
        np.empty(cells), np.empty((cells, classes)), flat[8], flat[9], flat[10], np.empty(classes, np.int64),
    )  # fmt: skip


@compiled
def fewest(persons: float) -> float:
    """How many listed persons a class must have that these moves touch it."""
    return min(_FEWEST, _SMALL * persons)


@compiled
def listed_shares(share: Floats, off: Floats, room: Room) -> float:
    """Fills part (listed shares) and none (log chance of no list); the chance that any person is listed."""
    total = 0.0
    for k in range(share.size):
        none = 0.0
        for j in range(off.shape[1]):
            none += off[k, j]
        room.none[k] = none
        room.part[k] = math.exp(share[k]) * -math.expm1(none)
        total += room.part[k]
    for k in range(share.size):
        room.part[k] /= total
    return total


@compiled
def fill_patterns(ones: Ones, k: int, on: Floats, off: Floats, start: float, room: Room) -> None:
    """Column k of of_class: exp(start) times the odds of the lists of each pattern."""
    for j in range(on.shape[1]):
        room.odds[j, k] = math.exp(min(on[k, j] - off[k, j], _STEEP))
    none = math.exp(start)
    for c in range(room.fixed.size):
        value = none
        for i in range(ones.start[c], ones.start[c + 1]):
            value *= room.odds[ones.lists[i], k]
        room.of_class[c, k] = value
