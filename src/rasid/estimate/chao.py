"""A lower bound: how many at least are on no list, when some persons are easier to list than others.

In:  a capture table.
Out: the bound with its interval, or a refusal where no two lists share a person.

If every list had its own odds and persons differed only in how easily they are listed, those on exactly one
list and on exactly two would fix the unseen from below:  f0 >= sum n_i n_j / sum n_ij  over the pairs of
lists, where n_i stands on list i only and n_ij on i and j only (Cauchy and Schwarz). With lists of equal size
it is (t - 1) / t * f1**2 / (2 f2), Chao's bound for t lists. Sources: Chao 1987, Biometrics 43; Rivest and
Baillargeon 2007, Biometrics 63 (unequal lists).
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

from rasid.estimate.capture import CaptureTable
from rasid.estimate.results import Interval, Model, ModelEstimate, Refusal, Settings, Why

_QUANTILES = 1000


def estimate_chao(table: CaptureTable, *, settings: Settings) -> ModelEstimate | Refusal:
    """The lower bound; its interval is log-normal for the unseen, as Chao 1987 proposes."""
    if len(table.lists) < 2:
        return _refuse(
            Why.TOO_FEW_LISTS, "One list alone has no overlap.", "Add a list made by other people."
        )
    single, double = _singles(table), _doubles(table)
    if double == 0:
        return _refuse(
            Why.NO_OVERLAP,
            "Nobody stands on exactly two of the lists, so the overlap says nothing about those on none.",
            "Check that the lists were linked; add a list that covers the same place and time.",
        )
    products = (sum(single) ** 2 - sum(n * n for n in single)) / 2.0
    unseen = products / double
    slopes = [(sum(single) - n) / double for n in single]
    variance = sum(s * s * n for s, n in zip(slopes, single, strict=True)) + unseen**2 / double + unseen
    return _summary(table, unseen, variance, settings)


def _singles(table: CaptureTable) -> list[float]:
    """Per list, those on it alone."""
    alone = [0.0] * len(table.lists)
    for pattern, count in table.counts.items():
        if sum(pattern) == 1:
            alone[pattern.index(1)] += count
    return alone


def _doubles(table: CaptureTable) -> float:
    return sum(count for pattern, count in table.counts.items() if sum(pattern) == 2)


def _summary(table: CaptureTable, unseen: float, variance: float, settings: Settings) -> ModelEstimate:
    if unseen <= 0:
        spread = np.zeros(_QUANTILES)
        low = high = 0.0
    else:
        sigma = math.sqrt(math.log1p(variance / unseen**2))
        steps = [NormalDist().inv_cdf((i + 0.5) / _QUANTILES) for i in range(_QUANTILES)]
        spread = np.exp(math.log(unseen) + sigma * np.array(steps))
        reach = NormalDist().inv_cdf((1.0 + settings.level) / 2) * sigma
        low, high = unseen * math.exp(-reach), unseen * math.exp(reach)
    listed = table.documented
    return ModelEstimate(
        Model.CHAO,
        Interval(listed + unseen, listed + low, listed + high, settings.level),
        tuple((listed + spread).tolist()),
        {"on one list": sum(_singles(table)), "on two lists": _doubles(table)},
        ("At least so many, if lists do not avoid each other's persons; there may be any number more.",),
        lower_bound=True,
    )


def _refuse(why: Why, reason: str, helps: str) -> Refusal:
    return Refusal(why, reason, helps, Model.CHAO)
