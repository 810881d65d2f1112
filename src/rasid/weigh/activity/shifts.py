"""Where a monthly series changes its level: a Poisson likelihood-ratio scan with a block-permutation guard.

For each month the series is cut in two, and the gain in Poisson log-likelihood of two levels over one is taken. The
best cut is kept if few series, made of the same months in another order, have one as good. Months are shuffled in
blocks, so that quiet and busy spells of a few months stay together. Then each side is cut again in the same way.

The shuffle makes the test hold for counts that vary far more than a Poisson count does: those of attacks always do.
Source: Hawkins 1977 (one change in a Poisson mean), Vostrikova 1981 (binary segmentation), Künsch 1989 (blocks).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rasid.model.activity import TESTED_EVENTS, TESTED_MONTHS

TEST = "Poisson likelihood-ratio scan, binary segmentation, block permutation"
_SIDE = 4  # months on each side of a cut: a change that lasts less is a spike, not a level
_BLOCK = 4  # months kept together when shuffling, more in a long series: docs/concepts/activity.md has the false alarms
_BLOCKS = 20  # about so many blocks in a long series
_ORDERS = 499
_FEW = 29  # orders tried first: a cut that is clearly nothing ends here
_HOPELESS = 0.3
_LEVEL = 0.02  # of each test; 0.05 gave up to 13 % false alarms where neighbouring months are alike
_LESS_LIKELY = (
    3.0  # log units below the best cut, over dispersion; see the coverage in docs/concepts/activity.md
)

Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cut:
    """A change of level, in months counted from 0.

    at:        the first month of the new level
    low, high: it may as well have come anywhere from low to high
    p:         share of shuffled series with as good a cut
    """

    at: int
    low: int
    high: int
    p: float


def find_cuts(counts: Counts, *, key: str) -> list[Cut]:
    """The changes of level in a series of months, in order.

    counts: events per month, one number for each month covered from end to end; quiet months are 0
    key:    any text; the same text shuffles in the same way
    """
    if len(counts) < TESTED_MONTHS or counts.sum() < TESTED_EVENTS:
        return []
    seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big")
    shuffles = np.random.default_rng(seed)
    return sorted(_segment(counts, 0, len(counts), shuffles), key=lambda cut: cut.at)


def _segment(counts: Counts, start: int, stop: int, shuffles: np.random.Generator) -> Iterator[Cut]:
    part = counts[start:stop]
    if len(part) < TESTED_MONTHS // 2 or part.sum() == 0:
        return
    gains = _gains(part[None, :])[0]
    best = int(gains.argmax())
    p = _share_as_good(part, float(gains[best]), shuffles)
    if p > _LEVEL:
        return
    at = best + _SIDE
    near = _as_likely(part, gains, best)
    yield Cut(start + at, start + near[0] + _SIDE, start + near[1] + _SIDE, p)
    yield from _segment(counts, start, start + at, shuffles)
    yield from _segment(counts, start + at, stop, shuffles)


def _gains(series: Counts) -> Counts:
    """For each series (a row) the gain in log-likelihood of each cut, the first after `_SIDE` months."""
    months = series.shape[1]
    left_months = np.arange(_SIDE, months - _SIDE + 1, dtype=np.float64)
    totals = series.sum(axis=1, keepdims=True)
    left = series.cumsum(axis=1)[:, _SIDE - 1 : months - _SIDE]
    right = totals - left
    gains: Counts = (
        _log_likelihood(left, left_months)
        + _log_likelihood(right, months - left_months)
        - _log_likelihood(totals, np.float64(months))
    )
    return gains


def _log_likelihood(events: Counts, months: Counts | np.float64) -> Counts:
    """Of a Poisson level at its best, less what is the same for every cut."""
    held: Counts = events * np.log(np.maximum(events, 1e-300) / months)
    return held


def _share_as_good(part: Counts, gain: float, shuffles: np.random.Generator) -> float:
    """How often shuffled months have a cut as good: (as good + 1) / (orders + 1), which is never 0."""
    few = int((_best_of_shuffled(part, _FEW, shuffles) >= gain).sum())
    if (few + 1) / (_FEW + 1) > _HOPELESS:
        return (few + 1) / (_FEW + 1)
    more = int((_best_of_shuffled(part, _ORDERS - _FEW, shuffles) >= gain).sum())
    return (few + more + 1) / (_ORDERS + 1)


def _best_of_shuffled(part: Counts, orders: int, shuffles: np.random.Generator) -> Counts:
    """The best gain of each of so many orders of blocks; the blocks begin at a random month each time."""
    months = len(part)
    size = max(_BLOCK, months // _BLOCKS)
    places = np.arange(-(-months // size) * size).reshape(-1, size)  # a row is a block; the last may be short
    turns = shuffles.random((orders, len(places))).argsort(axis=1, kind="stable")
    order = places[turns].reshape(orders, -1)
    order = order[order < months].reshape(orders, months)
    begins = shuffles.integers(0, months, size=(orders, 1))
    best: Counts = _gains(part[(order + begins) % months]).max(axis=1)
    return best


def _as_likely(part: Counts, gains: Counts, best: int) -> tuple[int, int]:
    """The first and last cut that is nearly as likely as the best, allowing for counts wilder than Poisson's."""
    at = best + _SIDE
    fitted = np.concatenate([np.full(at, part[:at].mean()), np.full(len(part) - at, part[at:].mean())])
    wildness = float(((part - fitted) ** 2 / np.maximum(fitted, 0.5)).sum() / max(1, len(part) - 2))
    near = np.flatnonzero(gains >= gains[best] - _LESS_LIKELY * max(1.0, wildness))
    return int(near[0]), int(near[-1])
