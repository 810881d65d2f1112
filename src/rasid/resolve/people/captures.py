"""A linkage -> what estimates need: sampled clusterings as counts per pattern of lists, and the links that each misses.

A missed link makes two persons of one and removes an overlap; a false one does the opposite. An estimate therefore
gets several clusterings that might be so, and for each the expected number of missed and false links between each
pair of lists. Plain mappings, so that the estimating stage need not know this one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rasid.resolve.people.calibrate import calibrated_with, draw_coefficients
from rasid.resolve.people.clusters import sample_clustering, unseen_odds
from rasid.resolve.people.link import Linkage, probabilities, with_answers

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pattern = tuple[int, ...]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Capture:
    """One clustering that might be so.

    counts: pattern of 0 and 1, one place a list -> persons who stand on exactly these lists
    missed: pair of lists (numbers, first < second) -> expected links that the clustering has not
    false:  pair of lists -> expected links that it has and should not
    links:  expected number of true links under the coefficients drawn, those never compared included
    """

    counts: Mapping[Pattern, int]
    missed: Mapping[Pair, float]
    false: Mapping[Pair, float]
    links: float


@dataclass(frozen=True, slots=True)
class Captures:
    """The lists in the order of the patterns, and one Capture a draw."""

    lists: tuple[str, ...]
    draws: tuple[Capture, ...]


def capture_tables(linkage: Linkage, *, draws: int = 20, seed: int = 1) -> Captures:
    """Draw coefficients, then a clustering under them, `draws` times. The same seed gives the same draws."""
    rng = np.random.default_rng(seed)
    captures = tuple(_draw(linkage, rng) for _ in range(draws))
    return Captures(linkage.comparison.features.lists, captures)


def capture_of(linkage: Linkage, groups: Ints, log_odds: Floats) -> Capture:
    """The counts of one clustering, and what it misses if these are the log-odds."""
    comparison = linkage.comparison
    left, right = comparison.compared.left, comparison.compared.right
    lists = comparison.lists_of_rows
    probability = probabilities(log_odds)
    joined = groups[left] == groups[right]
    one, other = np.minimum(lists[left], lists[right]), np.maximum(lists[left], lists[right])
    across = one != other
    missed = _sums(one, other, probability * ~joined, across)
    false = _sums(one, other, (1 - probability) * joined, across)
    expected = _sums(one, other, probability, across)
    total = sum(expected.values())
    for pair, links in expected.items():  # what blocking lost, in the proportion of what it found
        missed[pair] = missed.get(pair, 0.0) + linkage.missed * links / total
    return Capture(
        patterns(groups, lists, len(comparison.features.lists)), missed, false, total + linkage.missed
    )


def patterns(groups: Ints, lists: Ints, size: int) -> dict[Pattern, int]:
    """Pattern of lists -> persons."""
    on: dict[int, int] = defaultdict(int)
    for group, name in zip(groups.tolist(), lists.tolist(), strict=True):
        on[group] |= 1 << name
    counts = Counter(on.values())
    return {tuple(mask >> n & 1 for n in range(size)): count for mask, count in sorted(counts.items())}


def _draw(linkage: Linkage, rng: np.random.Generator) -> Capture:
    comparison = linkage.comparison
    coefficients = draw_coefficients(linkage.calibration, rng)
    log_odds = calibrated_with(coefficients, comparison.log_odds, comparison.rival, comparison.pairs.lists)
    known = np.flatnonzero(np.abs(linkage.log_odds) >= 20.0)
    log_odds = with_answers(log_odds, {int(row): bool(linkage.log_odds[row] > 0) for row in known})
    compared = comparison.compared
    groups = sample_clustering(
        len(comparison.features.ids),
        compared.left,
        compared.right,
        log_odds,
        rng=rng,
        decided=linkage.decided,
        unseen=unseen_odds(float(probabilities(log_odds).sum()), linkage.missed),
    )
    return capture_of(linkage, groups, log_odds)


def _sums(one: Ints, other: Ints, weight: Floats, rows: NDArray[np.bool_]) -> dict[Pair, float]:
    totals: dict[Pair, float] = defaultdict(float)
    size = int(other.max()) + 1 if len(other) else 1
    sums = np.bincount(one[rows] * size + other[rows], weights=weight[rows])
    for code in np.flatnonzero(sums).tolist():
        totals[code // size, code % size] = float(sums[code])
    return dict(totals)
