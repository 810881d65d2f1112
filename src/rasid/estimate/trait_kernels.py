"""The peak of a Poisson log-linear posterior with normal priors, compiled; one model or many.

Cells are rows, terms are columns. The posterior of such a model is concave, so Newton's method finds its one
peak.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from rasid.estimate.compiled import compiled
from rasid.estimate.loglinear_kernels import add_squares

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_STEPS = 60
_EXACT = 1e-8  # of the log posterior
_HIGHEST = 40.0  # log of a cell's mean


@compiled
def peak(
    design: Floats, counts: Floats, centre: Floats, precision: Floats, start: Floats
) -> tuple[Floats, float, Floats]:
    """Where the posterior is highest, its height there and its curvature.

    design:    cells x terms
    centre:    prior mean per term; precision: one over its variance, 0 for a flat prior
    returns:   coefficients; log-likelihood less its constant, less half the squared distance from the prior;
               minus the second derivatives
    """
    terms = design.shape[1]
    beta = start.copy()
    eta = np.minimum(design @ beta, _HIGHEST)
    away = beta - centre
    best = np.sum(counts * eta - np.exp(eta)) - 0.5 * np.sum(precision * away * away)
    curvature = np.zeros((terms, terms))
    for _ in range(_STEPS):
        means = np.exp(eta)
        gradient = design.T @ (counts - means) - precision * (beta - centre)
        add_squares(design, means, curvature)
        for i in range(terms):
            curvature[i, i] += precision[i] + 1e-10
            for j in range(i):
                curvature[j, i] = curvature[i, j]
        step = np.linalg.solve(curvature, gradient)
        gain = 0.5 * np.sum(step * gradient)
        if gain < _EXACT:
            break
        scale = 1.0
        for _ in range(40):
            trial = beta + scale * step
            eta = design @ trial
            away = trial - centre
            if np.max(eta) < _HIGHEST:
                value = np.sum(counts * eta - np.exp(eta)) - 0.5 * np.sum(precision * away * away)
                if value >= best - 1e-12 * abs(best):
                    break
            scale *= 0.5
        else:
            eta = np.minimum(design @ beta, _HIGHEST)
            break
        beta = trial
        best = max(best, value)
    return beta, best, curvature


@compiled
def weigh_many(
    design: Floats, counts: Floats, terms: Flags, centre: Floats, precision: Floats, traits: int
) -> Floats:
    """The log evidence of many models by Laplace's method, up to a constant that all share.

    design:  cells x all terms
    terms:   models x all terms, which are in the model
    traits:  the first of the terms that are held to zero or more; a model has one of them at most
    returns: per model the log of the integral of likelihood times prior
    """
    models, every = terms.shape
    evidence = np.empty(models)
    first = np.zeros(every)
    first[0] = math.log(max(float(np.mean(counts)), 1e-3))
    for m in range(models):
        columns = np.nonzero(terms[m])[0]
        sub = np.empty((counts.size, columns.size))
        for b in range(columns.size):
            sub[:, b] = design[:, columns[b]]
        beta, height, curvature = peak(sub, counts, centre[columns], precision[columns], first[columns])
        evidence[m] = height + 0.5 * columns.size * math.log(2.0 * math.pi)
        for b in range(columns.size):
            if precision[columns[b]] > 0.0:
                evidence[m] += 0.5 * math.log(precision[columns[b]] / (2.0 * math.pi))
        root = np.linalg.cholesky(curvature)
        for b in range(columns.size):
            evidence[m] -= math.log(root[b, b])
        if (
            columns[-1] >= traits
        ):  # the last term alone has spread 1 / root[-1, -1]; its positive side counts, twice
            evidence[m] += _positive(beta[-1] * root[-1, -1])
    return evidence


@compiled
def _positive(score: float) -> float:
    """Log of twice the chance that a normal with this mean and spread 1 is above zero."""
    if score > -8.0:
        return math.log(math.erfc(-score / math.sqrt(2.0)))
    return -0.5 * score * score - math.log(-score) - 0.5 * math.log(2.0 * math.pi) + math.log(2.0)
