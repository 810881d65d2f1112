"""A linkage -> what estimates need: sampled clusterings as counts per pattern of lists, and the links that each misses.

A missed link makes two persons of one and removes an overlap; a false one does the opposite. An estimate therefore
gets several clusterings that might be so, and for each how many links between each pair of lists it has too few or
too many. Three doubts are drawn anew each time, so that the interval shows them:

    the calibration   what the answers leave open about each probability, and about each pair of lists
    the links         which of the uncertain pairs are links
    blocking          how many links were never compared, for each pair of lists

A clustering drawn in this way already stands for one way in which things may be: a pair of probability .3 is joined
in three of ten. So only its totals are put right, not each of its pairs. Plain mappings, so that the estimating
stage need not know this one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rasid.resolve.people.calibrate import (
    calibrated_with,
    draw_coefficients,
    draw_lost,
    lost_by_blocking,
)
from rasid.resolve.people.clusters import cluster, prior_odds, sample_links, unseen_odds
from rasid.resolve.people.link import Linkage, probabilities, with_answers

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pattern = tuple[int, ...]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Capture:
    """One clustering that might be so.

    counts: pattern of 0 and 1, one place a list -> persons who stand on exactly these lists
    missed: pair of lists (numbers, first < second) -> links that the clustering has too few
    false:  pair of lists -> links that it has too many
    links:  links between lists under what was drawn, those never compared included
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
    """Draw coefficients, links and losses, then a clustering under them, `draws` times. The same seed gives the same
    draws."""
    rng = np.random.default_rng(seed)
    captures = tuple(_draw(linkage, rng) for _ in range(draws))
    return Captures(linkage.comparison.features.lists, captures)


def capture_of(groups: Ints, lists: Ints, wanted: Floats) -> Capture:
    """The counts of one clustering, and how far its links are from those wanted.

    A person with two rows on one list has two links to a row of another list, but moves as one. The links that are
    short or over are therefore scaled by the persons per link of the clustering.

    groups: number of the group of each row
    lists:  number of the list of each row
    wanted: links between rows of each pair of lists; [i, j] for i < j is read
    """
    size = len(wanted)
    rows = np.zeros((len(lists), size))
    np.add.at(rows, (np.unique(groups, return_inverse=True)[1], lists), 1.0)
    on = np.minimum(rows, 1.0)
    links, persons = rows.T @ rows, on.T @ on
    short = (wanted - links) * np.where(links > 0, persons / np.maximum(links, 1.0), 1.0)
    above = [(i, j) for i in range(size) for j in range(i + 1, size)]
    return Capture(
        patterns(groups, lists, size),
        {(i, j): float(short[i, j]) for i, j in above if short[i, j] > 0},
        {(i, j): float(-short[i, j]) for i, j in above if short[i, j] < 0},
        float(sum(wanted[i, j] for i, j in above)),
    )


def patterns(groups: Ints, lists: Ints, size: int) -> dict[Pattern, int]:
    """Pattern of lists -> persons."""
    inverse = np.unique(groups, return_inverse=True)[1]
    on = np.zeros((len(lists), size), np.int64)
    on[inverse, lists] = 1
    masks, counts = np.unique(on @ (1 << np.arange(size)), return_counts=True)
    return {
        tuple(mask >> n & 1 for n in range(size)): count
        for mask, count in zip(masks.tolist(), counts.tolist(), strict=True)
        if mask
    }


def _draw(linkage: Linkage, rng: np.random.Generator) -> Capture:
    groups, wanted = draw_grouping(linkage, rng)
    return capture_of(groups, linkage.comparison.lists_of_rows, wanted)


def draw_grouping(linkage: Linkage, rng: np.random.Generator) -> tuple[Ints, Floats]:
    """A clustering that might be so, as the number of the group of each row, and the links between rows of each pair of
    lists that there should be."""
    comparison, compared = linkage.comparison, linkage.comparison.compared
    log_odds = _drawn_log_odds(linkage, rng)
    probability = probabilities(log_odds)
    lost = lost_by_blocking(
        compared.families,
        probability,
        comparison.pairs.lists,
        pairs_of_lists=comparison.pairs_of_lists,
    )
    noisy = sample_links(log_odds, rng)
    is_link = np.where(noisy == log_odds, probability, noisy > 0)  # the hopeless by their expectation
    groups = cluster(
        len(comparison.features.ids),
        compared.left,
        compared.right,
        noisy,
        decided=linkage.decided,
        links=float(is_link.sum()),
        unseen=unseen_odds(float(probability.sum()), lost.total),
        prior=prior_odds(probability),
    )
    links = np.bincount(comparison.pairs.lists, weights=is_link, minlength=comparison.pairs_of_lists)
    wanted = links + draw_lost(lost, rng)
    return groups, wanted.reshape(len(comparison.features.lists), -1)


def _drawn_log_odds(linkage: Linkage, rng: np.random.Generator) -> Floats:
    """Calibrated with drawn coefficients; what people answered stays beyond doubt."""
    comparison = linkage.comparison
    coefficients = draw_coefficients(linkage.calibration, rng)
    log_odds = calibrated_with(coefficients, comparison.signs)
    known = np.flatnonzero(np.abs(linkage.log_odds) >= 20.0)
    return with_answers(log_odds, {int(row): bool(linkage.log_odds[row] > 0) for row in known})
