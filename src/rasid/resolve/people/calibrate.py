"""Answers of people about a sample of pairs -> calibrated probabilities, for each pair of lists, with their doubt.

    log-odds(pair) = a + b * learned + c * rival + offset(pair of lists)

learned: what the mixture says; rival: how good the best other partner of either listing on the same list is (a person
stands on a deduplicated list once). Without answers a = 0, b = 1, c = -.25, offset = 0. Answers pull the coefficients
from there; how far they may still be off is kept as a covariance, from which draws are made.

Source: Platt 1999 (a logistic curve through scores), with a normal prior and Laplace's approximation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Strata of the learned probability, and the share of the sample that each gets: most where doubt is.
EDGES = (0.0, 0.01, 0.1, 0.3, 0.7, 0.9, 0.99, 1.0)
SHARES = (0.08, 0.17, 0.18, 0.22, 0.17, 0.11, 0.07)
PRIOR = (0.0, 1.0, -0.25)  # a, b, c: the rival's weight is that which served casualty4 and releases alike
PRIOR_SPREAD = (1.0, 0.3, 0.15)
OFFSET_SPREAD = 0.5  # of the pairs of lists
LARGEST = 12.0  # log-odds beyond this say the same
FEW_ANSWERS = 100
_NO_RIVAL = -6.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Coefficients a, b, c and one offset for each pair of lists; their covariance; how many answers they rest on."""

    coefficients: Floats
    covariance: Floats
    answers: int

    @property
    def has_enough(self) -> bool:
        """Are there answers enough to trust the probabilities in an estimate?"""
        return self.answers >= FEW_ANSWERS


def rivals(left: Ints, right: Ints, lists: Ints, log_odds: Floats) -> Floats:
    """For each pair the log-odds of the best other pair of one of its listings with the list of the other.

    Two rows of one list have no rivals: that they are compared at all is because the list may repeat itself.

    left, right: rows; lists: number of the list of each row
    """
    one = _best_other(left, lists[right], log_odds)
    other = _best_other(right, lists[left], log_odds)
    return np.asarray(np.where(lists[left] == lists[right], _NO_RIVAL, np.maximum(one, other)))


def _best_other(owner: Ints, towards: Ints, log_odds: Floats) -> Floats:
    key = owner.astype(np.int64) * 10_000 + towards
    order = np.lexsort((-log_odds, key))
    sorted_key = key[order]
    first = np.r_[True, sorted_key[1:] != sorted_key[:-1]] if len(key) else np.zeros(0, dtype=bool)
    starts = np.flatnonzero(first)
    second = np.full(len(starts), _NO_RIVAL)
    after = starts + 1
    held = after < len(key)
    held[held] = sorted_key[after[held]] == sorted_key[starts[held]]
    second[held] = log_odds[order][after[held]]
    group = np.cumsum(first) - 1
    best = np.where(first, second[group], log_odds[order][starts][group]) if len(key) else np.zeros(0)
    found = np.empty(len(key))
    found[order] = np.maximum(best, _NO_RIVAL)
    return found


def choose_pairs(pair_ids: Sequence[str], log_odds: Floats, *, count: int) -> list[int]:
    """A sample of pairs to ask about, stratified by probability, in an order that tells nothing.

    Within a stratum the choice depends on the ids alone: a later, larger sample begins with the earlier one wherever
    the strata are as they were.
    """
    probability = _sigmoid(log_odds)
    strata = np.clip(np.searchsorted(EDGES, probability, side="right") - 1, 0, len(SHARES) - 1)
    rank = [sha256(pair.encode()).digest() for pair in pair_ids]
    chosen: list[int] = []
    for stratum, share in enumerate(SHARES):
        rows = sorted(np.flatnonzero(strata == stratum).tolist(), key=lambda row: rank[row])
        chosen += rows[: round(share * count)]
    if len(chosen) < count:  # a stratum has too few
        left = set(range(len(pair_ids))) - set(chosen)
        likelier = sorted(left, key=lambda row: (probability[row] < EDGES[1], rank[row]))
        chosen += likelier[: count - len(chosen)]
    return sorted(chosen, key=lambda row: rank[row][::-1])


def calibrate(
    log_odds: Floats, rival: Floats, lists: Ints, *, answers: dict[int, bool], pairs_of_lists: int
) -> Calibration:
    """Learn from answers.

    lists:   number of the pair of lists of each pair, below `pairs_of_lists`
    answers: row -> is it one person? "Cannot tell" is left out
    """
    rows = np.array(sorted(answers), dtype=np.int64)
    mean = np.r_[PRIOR, np.zeros(pairs_of_lists)]
    precision = np.diag(np.r_[1 / np.square(PRIOR_SPREAD), np.full(pairs_of_lists, OFFSET_SPREAD**-2)])
    if len(rows) == 0:
        return Calibration(mean, np.linalg.inv(precision), 0)
    same = np.array([answers[row] for row in rows.tolist()], dtype=float)
    design = _design(log_odds[rows], rival[rows], lists[rows], pairs_of_lists)
    found = mean.copy()
    for _ in range(50):
        p = _sigmoid(design @ found)
        slope = design.T @ (same - p) - precision @ (found - mean)
        curve = (design * (p * (1 - p))[:, None]).T @ design + precision
        step = np.linalg.solve(curve, slope)
        found = found + step
        if np.abs(step).max() < 1e-8:
            break
    return Calibration(found, np.linalg.inv(curve), len(rows))


def calibrated(calibration: Calibration, log_odds: Floats, rival: Floats, lists: Ints) -> Floats:
    """Calibrated log-odds of each pair."""
    return calibrated_with(calibration.coefficients, log_odds, rival, lists)


def calibrated_with(coefficients: Floats, log_odds: Floats, rival: Floats, lists: Ints) -> Floats:
    """The same with other coefficients, as drawn."""
    held = np.clip(log_odds, -LARGEST, LARGEST)
    a, b, c = coefficients[:3]
    found = a + b * held + c * _softplus(rival) + coefficients[3 + lists]
    return np.asarray(np.where(log_odds < -LARGEST, log_odds, found))


def draw_coefficients(calibration: Calibration, rng: np.random.Generator) -> Floats:
    """One draw of the coefficients."""
    return np.asarray(
        rng.multivariate_normal(calibration.coefficients, calibration.covariance, method="cholesky")
    )


@dataclass(frozen=True, slots=True)
class Lost:
    """Links that blocking lost, by number of the pair of lists: how many are expected, and the variance of that."""

    links: Floats
    variance: Floats

    @property
    def total(self) -> float:
        """Over all pairs of lists."""
        return float(self.links.sum())


def lost_by_blocking(families: Ints, probability: Floats, lists: Ints, *, pairs_of_lists: int) -> Lost:
    """Links that no family of keys found: Chao's lower bound from those that one or two found, for each pair of lists.

    Lists differ in what their rows say, so that they lose different shares of their links.

    families:    bits of the families that found each pair
    probability: that it is a link
    lists:       number of the pair of lists of each pair, below `pairs_of_lists`
    source:      Chao 1987, the form that corrects for small counts, and its variance by the delta method
    """
    times = np.bitwise_count(families.astype(np.uint64))
    once = np.bincount(lists, weights=probability * (times == 1), minlength=pairs_of_lists)
    twice = np.bincount(lists, weights=probability * (times == 2), minlength=pairs_of_lists) + 1.0
    pairs = once * np.maximum(once - 1.0, 0.0)
    links = pairs / (2.0 * twice)
    bent = once * np.maximum(2.0 * once - 1.0, 0.0) ** 2 / (4.0 * twice**2)
    variance = links + bent + once * pairs * np.maximum(once - 1.0, 0.0) * (twice - 1.0) / (4.0 * twice**4)
    return Lost(links, np.where(links > 0.0, variance, 0.0))


def draw_lost(lost: Lost, rng: np.random.Generator) -> Floats:
    """One draw of the links lost by each pair of lists: log-normal, as Chao 1987 has his interval."""
    spread = np.log1p(lost.variance / np.maximum(lost.links, 1e-9) ** 2)
    normal = rng.standard_normal(lost.links.size)
    drawn = lost.links * np.exp(np.sqrt(spread) * normal - spread / 2.0)
    return np.asarray(np.where(lost.links > 0.0, drawn, 0.0))


def _design(log_odds: Floats, rival: Floats, lists: Ints, pairs_of_lists: int) -> Floats:
    held = np.clip(log_odds, -LARGEST, LARGEST)
    offsets = np.zeros((len(lists), pairs_of_lists))
    offsets[np.arange(len(lists)), lists] = 1.0
    return np.column_stack([np.ones(len(held)), held, _softplus(rival), offsets])


def _softplus(x: Floats) -> Floats:
    return np.asarray(np.logaddexp(0.0, np.clip(x, -LARGEST, LARGEST)))


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -60, 60))))
