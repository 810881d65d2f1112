"""Newton's method for Poisson log-linear fits, compiled.

Cells are rows, terms are columns. A fit is over the cells that may be positive only; the caller sees to it
that it exists.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from rasid.estimate.compiled import compiled

Floats = npt.NDArray[np.float64]

_STEPS = 60
_EXACT = 1e-9  # of the log-likelihood


@compiled
def add_squares(design: Floats, means: Floats, into: Floats) -> None:
    """The lower half of design' * diag(means) * design, in place of what stands in `into`."""
    cells, terms = design.shape
    into[:] = 0.0
    for c in range(cells):
        for i in range(terms):
            weight = means[c] * design[c, i]
            if weight != 0.0:
                for j in range(i + 1):
                    into[i, j] += weight * design[c, j]


@compiled
def fit(design: Floats, counts: Floats, start: Floats) -> tuple[Floats, float, bool]:
    """Maximum-likelihood coefficients.

    design:  cells x terms, full column rank
    counts:  per cell, zero or more
    start:   coefficients to begin with
    returns: coefficients; log-likelihood less its constant; whether it converged
    """
    cells, terms = design.shape
    beta = start.copy()
    information = np.zeros((terms, terms))
    best = -np.inf
    eta = design @ beta
    for c in range(cells):
        eta[c] = min(eta[c], 40.0)
    best = np.sum(counts * eta - np.exp(eta))
    for _ in range(_STEPS):
        means = np.exp(eta)
        gradient = design.T @ (counts - means)
        add_squares(design, means, information)
        for i in range(terms):
            information[i, i] *= 1.0 + 1e-10
            information[i, i] += 1e-12
            for j in range(i):
                information[j, i] = information[i, j]
        step = np.linalg.solve(information, gradient)
        gain = 0.5 * np.sum(step * gradient)
        scale = 1.0
        value = -np.inf
        trial = beta
        for _ in range(30):
            trial = beta + scale * step
            eta = design @ trial
            if np.max(eta) < 40.0:
                value = np.sum(counts * eta - np.exp(eta))
                if value >= best - 1e-12 * abs(best):
                    break
            scale *= 0.5
        if not value >= best - 1e-9 * abs(best):
            return beta, best, False
        beta = trial
        best = max(best, value)
        if gain < _EXACT:
            return beta, best, True
    return beta, best, False


@compiled
def start_of(counts: Floats, terms: int) -> Floats:
    """A flat start: every cell at the mean count."""
    beta = np.zeros(terms)
    beta[0] = math.log(max(float(np.mean(counts)), 1e-3))
    return beta


@compiled
def fit_many(
    design: Floats, counts: Floats, terms: npt.NDArray[np.bool_], allowed: npt.NDArray[np.bool_]
) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Fit many models over one table.

    design:  cells x all terms, the first column all ones
    terms:   models x all terms, which are in the model
    allowed: models x cells, which cells may be positive
    returns: per model log of the count expected in the unseen cell, log-likelihood, converged
    """
    models = terms.shape[0]
    unseen = np.empty(models)
    loglik = np.empty(models)
    fine = np.empty(models, np.bool_)
    for m in range(models):
        rows = np.nonzero(allowed[m])[0]
        columns = np.nonzero(terms[m])[0]
        sub = np.empty((rows.size, columns.size))
        y = np.empty(rows.size)
        for a in range(rows.size):
            y[a] = counts[rows[a]]
            for b in range(columns.size):
                sub[a, b] = design[rows[a], columns[b]]
        if columns.size > rows.size:
            unseen[m], loglik[m], fine[m] = np.nan, -np.inf, False
            continue
        beta, value, converged = fit(sub, y, start_of(y, columns.size))
        unseen[m], loglik[m], fine[m] = beta[0], value, converged
    return unseen, loglik, fine
