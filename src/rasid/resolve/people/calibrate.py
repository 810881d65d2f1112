"""Answers of people about a sample of pairs -> calibrated probabilities, for each pair of lists, with their doubt.

    log-odds(pair) = a + b * learned + c * rival + d * partners + offset(pair of lists)

learned: what the mixture says; rival: how good the best other partner of either listing on the same list is (a person
stands on a deduplicated list once); partners: whether both have the same other partners (signs.py). Without answers the
coefficients are PRIOR and the offsets 0. Answers pull them from there; how far they may still be off is kept as a
covariance, from which draws are made.

Source: Platt 1999 (a logistic curve through scores), with a normal prior and Laplace's approximation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from rasid.resolve.people.signs import LARGEST, Signs

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Strata of the learned probability, and the share of the sample that each gets: most where doubt is.
EDGES = (0.0, 0.01, 0.1, 0.3, 0.7, 0.9, 0.99, 1.0)
SHARES = (0.08, 0.17, 0.18, 0.22, 0.17, 0.11, 0.07)
#: a, b, c, d. The weights of rivals and partners are those that served casualty4, releases and historical alike.
PRIOR = (0.5, 0.7, -0.35, 1.5)
PRIOR_SPREAD = (1.0, 0.15, 0.15, 0.7)
OFFSET_SPREAD = 0.5  # of the pairs of lists
FEW_ANSWERS = 100


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


def calibrate(signs: Signs, *, answers: dict[int, bool], pairs_of_lists: int) -> Calibration:
    """Learn from answers.

    signs:   `lists` below `pairs_of_lists`
    answers: row -> is it one person? "Cannot tell" is left out
    """
    rows = np.array(sorted(answers), dtype=np.int64)
    mean = np.r_[PRIOR, np.zeros(pairs_of_lists)]
    precision = np.diag(np.r_[1 / np.square(PRIOR_SPREAD), np.full(pairs_of_lists, OFFSET_SPREAD**-2)])
    if len(rows) == 0:
        return Calibration(mean, np.asarray(np.linalg.inv(precision)), 0)
    same = np.array([answers[row] for row in rows.tolist()], dtype=float)
    design = _design(signs.at(rows), pairs_of_lists)
    found, curve = _fit(design, same, mean, precision)
    return Calibration(found, np.asarray(np.linalg.inv(curve)), len(rows))


def unanswered(pairs_of_lists: int) -> Calibration:
    """What holds before anybody answered."""
    none = np.zeros(0)
    return calibrate(
        Signs(none, none, none, none.astype(np.int64)), answers={}, pairs_of_lists=pairs_of_lists
    )


def _fit(design: Floats, same: Floats, mean: Floats, precision: Floats) -> tuple[Floats, Floats]:
    """The likeliest coefficients, and the curvature there. Newton's steps, halved until they climb: answers that a
    straight line divides without error send a whole step far beyond the hill."""
    found, height = mean.copy(), _height(mean, design, same, mean, precision)
    curve = precision
    for _ in range(100):
        p = _sigmoid(design @ found)
        slope = design.T @ (same - p) - precision @ (found - mean)
        curve = (design * (p * (1 - p))[:, None]).T @ design + precision
        step = np.linalg.solve(curve, slope)
        for _ in range(30):
            now = _height(found + step, design, same, mean, precision)
            if now >= height:
                break
            step = step / 2
        found, height = found + step, now
        if np.abs(step).max() < 1e-8:
            break
    return found, curve


def _height(found: Floats, design: Floats, same: Floats, mean: Floats, precision: Floats) -> float:
    """Logarithm of the likelihood of the answers, and of the prior."""
    odds, off = design @ found, found - mean
    return float(same @ odds - np.logaddexp(0.0, odds).sum() - off @ precision @ off / 2)


def calibrated(calibration: Calibration, signs: Signs) -> Floats:
    """Calibrated log-odds of pairs."""
    return calibrated_with(calibration.coefficients, signs)


def calibrated_with(coefficients: Floats, signs: Signs) -> Floats:
    """The same with other coefficients, as drawn."""
    held = np.clip(signs.log_odds, -LARGEST, LARGEST)
    a, b, c, d = coefficients[: len(PRIOR)]
    found = a + b * held + c * _softplus(signs.rival) + d * signs.partners
    found = found + coefficients[len(PRIOR) + signs.lists]
    return np.asarray(np.where(signs.log_odds < -LARGEST, signs.log_odds, found))


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

    Lists differ in what their rows say, so that they lose different shares of their links. Those found without a key,
    by way of a third listing (thirds.py), are no longer lost.

    families:    bits of the families that found each pair
    probability: that it is a link
    lists:       number of the pair of lists of each pair, below `pairs_of_lists`
    source:      Chao 1987, the form that corrects for small counts, and its variance by the delta method
    """
    times = np.bitwise_count(families.astype(np.uint64))
    once = np.bincount(lists, weights=probability * (times == 1), minlength=pairs_of_lists)
    twice = np.bincount(lists, weights=probability * (times == 2), minlength=pairs_of_lists) + 1.0
    found = np.bincount(lists, weights=probability * (times == 0), minlength=pairs_of_lists)
    pairs = once * np.maximum(once - 1.0, 0.0)
    without_key = pairs / (2.0 * twice)
    links = np.maximum(without_key - found, 0.0)
    bent = once * np.maximum(2.0 * once - 1.0, 0.0) ** 2 / (4.0 * twice**2)
    variance = (
        without_key + bent + once * pairs * np.maximum(once - 1.0, 0.0) * (twice - 1.0) / (4.0 * twice**4)
    )
    return Lost(links, np.where(links > 0.0, variance, 0.0))


def draw_lost(lost: Lost, rng: np.random.Generator) -> Floats:
    """One draw of the links lost by each pair of lists: log-normal, as Chao 1987 has his interval."""
    spread = np.log1p(lost.variance / np.maximum(lost.links, 1e-9) ** 2)
    normal = rng.standard_normal(lost.links.size)
    drawn = lost.links * np.exp(np.sqrt(spread) * normal - spread / 2.0)
    return np.asarray(np.where(lost.links > 0.0, drawn, 0.0))


def _design(signs: Signs, pairs_of_lists: int) -> Floats:
    held = np.clip(signs.log_odds, -LARGEST, LARGEST)
    offsets = np.zeros((len(held), pairs_of_lists))
    offsets[np.arange(len(held)), signs.lists] = 1.0
    return np.column_stack([np.ones(len(held)), held, _softplus(signs.rival), signs.partners, offsets])


def _softplus(x: Floats) -> Floats:
    return np.asarray(np.logaddexp(0.0, np.clip(x, -LARGEST, LARGEST)))


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -60, 60))))
