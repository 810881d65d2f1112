"""One continuous trait: persons differ smoothly in how easily they are listed, by any list.

In:  a capture table.
Out: the posterior of the population, or a refusal.

List j names a person with log odds  b_j + s * z,  where z is the person's own, normal; given z the lists are
independent. Priors: b_j normal (-2, 3), s half-normal (2), N as 1/N. It is the Rasch model of Darroch,
Fienberg, Glonek and Junker 1993, with the normal trait of Coull and Agresti 1999 (Biometrics 55). It stands
beside the latent classes because a few classes cannot tell a smooth spread from its visible part and then say
too few.

The integral over z is a Gauss-Hermite sum. The posterior has one peak in as many dimensions as lists plus
one, so draws come by importance from a wide t around it, fitted twice; the effective draws say whether that
was good enough.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rasid.estimate.capture import CaptureTable, in_fixed_order
from rasid.estimate.results import Interval, Model, ModelEstimate, Refusal, Settings, Why

Floats = npt.NDArray[np.float64]

NODES = 41
PROPOSALS = 6000
LIST_PRIOR = (-2.0, 3.0)  # mean and spread of the log odds of a list: 12 %, nearly anything possible
TRAIT_PRIOR = 2.0
_TAIL = 5.0  # degrees of freedom of the proposals
_CHUNK = 500
_QUANTILES = 1000
_MOST_UNSEEN = 1e9


@dataclass(frozen=True, slots=True)
class TraitPosterior:
    """Weighted draws.

    unseen, spread: per draw the unseen persons and the trait's s; weights add up to 1
    chance:         per pattern of the table, the chance of one of its persons, given listed, when left out
    """

    unseen: Floats
    spread: Floats
    weights: Floats
    effective: float
    chance: Floats


@dataclass(frozen=True, slots=True)
class _Listed:
    """The table as arrays, with the nodes and weights of the integral."""

    patterns: Floats
    counts: Floats
    nodes: Floats
    shares: Floats


def sample(table: CaptureTable, *, seed: int) -> TraitPosterior:
    """Draws from the posterior; the same for the same table and seed."""
    listed = _listed(table)
    rng = np.random.Generator(np.random.PCG64([seed, 41]))
    centre, spread = _peak(listed)
    for power in (0.5, 1.0):  # the first fit on flattened weights, so that no single draw leads it
        points, weights, _, _ = _weighed(listed, centre, spread, rng)
        weights = weights**power / (weights**power).sum()
        centre = weights @ points
        apart = points - centre
        spread = (apart * weights[:, None]).T @ apart + 1e-9 * np.eye(centre.size)
    points, weights, chances, none = _weighed(listed, centre, spread, rng)
    rate = rng.standard_gamma(listed.counts.sum(), none.size) * none / np.maximum(1.0 - none, 1e-300)
    unseen = rng.poisson(np.minimum(rate, _MOST_UNSEEN)).astype(np.float64)
    inverse = weights @ (1.0 / np.maximum(chances, 1e-300))
    return TraitPosterior(unseen, points[:, -1], weights, float(1.0 / (weights**2).sum()), 1.0 / inverse)


def _listed(table: CaptureTable) -> _Listed:
    nodes, shares = np.polynomial.hermite_e.hermegauss(NODES)
    patterns = np.array(list(table.counts), np.float64).reshape(-1, len(table.lists))
    return _Listed(patterns, np.array(list(table.counts.values())), nodes, shares / shares.sum())


def _chances(listed: _Listed, points: Floats) -> tuple[Floats, Floats]:
    """Per point (b_1 .. b_J, s) the chance of each pattern given listed, and that of being on no list."""
    odds = points[:, :-1, None] + points[:, -1, None, None] * listed.nodes[None, None, :]
    missed = -np.logaddexp(0.0, odds)  # log of the chance to be missed, points x lists x nodes
    whole = missed.sum(axis=1)
    patterns = np.einsum("cj,pjq->pcq", listed.patterns, odds, optimize=True) + whole[:, None, :]
    none = np.exp(whole) @ listed.shares
    return np.exp(patterns) @ listed.shares / np.maximum(1.0 - none, 1e-300)[:, None], none


def _log_posterior(listed: _Listed, points: Floats) -> tuple[Floats, Floats, Floats]:
    chances, none = _chances(listed, points)
    mean, wide = LIST_PRIOR
    prior = (
        -0.5 * (((points[:, :-1] - mean) / wide) ** 2).sum(axis=1) - 0.5 * (points[:, -1] / TRAIT_PRIOR) ** 2
    )
    value = np.log(np.maximum(chances, 1e-300)) @ listed.counts + prior
    return np.where(points[:, -1] > 0.0, value, -np.inf), chances, none


def _peak(listed: _Listed) -> tuple[Floats, Floats]:
    """The highest point and the inverse curvature there."""
    from scipy.optimize import minimize

    def height(point: Floats) -> float:
        mirrored = np.append(point[:-1], max(abs(point[-1]), 1e-6))
        return -float(_log_posterior(listed, mirrored[None, :])[0][0])

    persons = listed.counts.sum()
    alone = np.log(listed.patterns.T @ listed.counts + 0.5) - np.log(2.0 * persons)
    tries = [minimize(height, np.append(alone, s), method="BFGS") for s in (0.3, 1.5, 4.0)]
    best = min(tries, key=lambda t: float(t.fun))
    centre = np.asarray(best.x, np.float64)
    centre[-1] = abs(centre[-1])
    return centre, _spread_at(listed, centre)


def _spread_at(listed: _Listed, centre: Floats) -> Floats:
    """The inverse of the curvature at the peak, by differences; made positive where the peak leans on s = 0."""
    size = centre.size
    step = 0.02 * np.eye(size)
    pairs = [(i, j) for i in range(size) for j in range(i + 1)]
    signs = ((1, 1), (1, -1), (-1, 1), (-1, -1))
    points = np.array([centre + a * step[i] + b * step[j] for i, j in pairs for a, b in signs])
    points[:, -1] = np.maximum(np.abs(points[:, -1]), 1e-9)
    values = np.concatenate(
        [_log_posterior(listed, points[k : k + _CHUNK])[0] for k in range(0, len(points), _CHUNK)]
    ).reshape(-1, 4)
    curvature = np.zeros((size, size))
    for (i, j), (pp, pm, mp, mm) in zip(pairs, values, strict=True):
        curvature[i, j] = curvature[j, i] = -(pp - pm - mp + mm) / (4 * 0.02**2)
    sizes, axes = np.linalg.eigh(curvature)
    return np.asarray((axes / np.maximum(sizes, 0.2)) @ axes.T, np.float64)


def _weighed(
    listed: _Listed, centre: Floats, spread: Floats, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats, Floats]:
    """Proposals from a t around `centre`, with their importance weights, chances and chance of no list."""
    size = centre.size
    root = np.linalg.cholesky(spread)
    normal = rng.standard_normal((PROPOSALS, size))
    stretch = np.sqrt(_TAIL / rng.chisquare(_TAIL, PROPOSALS))
    points = centre + (normal @ root.T) * stretch[:, None]
    apart = ((normal * stretch[:, None]) ** 2).sum(axis=1)
    proposal = -0.5 * (_TAIL + size) * np.log1p(apart / _TAIL)
    held = [_log_posterior(listed, points[k : k + _CHUNK]) for k in range(0, PROPOSALS, _CHUNK)]
    value = np.concatenate([v for v, _, _ in held]) - proposal
    weights = np.exp(value - value.max())
    chances = np.concatenate([c for _, c, _ in held])
    return points, weights / weights.sum(), chances, np.concatenate([n for _, _, n in held])


def estimate_trait(table: CaptureTable, *, settings: Settings) -> ModelEstimate | Refusal:
    """The posterior of the population under one continuous trait."""
    if len(table.lists) < 3:
        return Refusal(
            Why.TOO_FEW_LISTS,
            f"With {len(table.lists)} lists nothing shows how persons differ in how easily they are listed.",
            "Add a third list made by other people in another way.",
            Model.TRAIT,
        )
    ordered = in_fixed_order(table)
    posterior = sample(ordered, seed=settings.seed)
    if posterior.effective < settings.min_effective:
        return Refusal(
            Why.CHAINS_DISAGREE,
            f"The draws are worth only {posterior.effective:.0f} independent ones "
            f"(at least {settings.min_effective:.0f}): the posterior is not the single peak that this model assumes.",
            "Look at the other models; join strata if the table is small.",
            Model.TRAIT,
        )
    return _summary(ordered, posterior, settings, table.lists)


def _summary(
    table: CaptureTable, posterior: TraitPosterior, settings: Settings, names: tuple[str, ...]
) -> ModelEstimate:
    tail = (1.0 - settings.level) / 2
    steps = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
    order = np.argsort(posterior.unseen, kind="stable")
    reached = np.cumsum(posterior.weights[order]) - posterior.weights[order] / 2.0
    at = np.concatenate([[tail, 0.5, 1.0 - tail], steps])
    quantiles = table.documented + np.interp(at, reached, posterior.unseen[order])
    low, median, high = (float(q) for q in quantiles[:3])
    places = [table.lists.index(name) for name in names]
    left_out = {
        tuple(pattern[place] for place in places): float(chance)
        for pattern, chance in zip(table.counts, posterior.chance, strict=True)
    }
    details = {
        "spread of the trait": float(posterior.weights @ posterior.spread),
        "effective draws": posterior.effective,
    }
    interval = Interval(median, low, high, settings.level)
    draws = tuple(quantiles[3:].tolist())
    return ModelEstimate(Model.TRAIT, interval, draws, details, left_out=left_out)
