"""How much each model counts: by how well it foretells a listed person it has not seen.

In:  for every model the chance of one person of each pattern when this person is left out, and the table.
Out: weights that add up to 1.

The score of a model is the sum over listed persons of log(chance left out). A weight is proportional to
exp(score / 2), averaged over Bayesian bootstraps of the persons, so that a few persons cannot decide alone
("Pseudo-BMA+" of Yao, Vehtari, Simpson and Gelman 2018, Bayesian Analysis 13, section 3.4). Half of the score,
because every model here is wrong: then the full score decides too fast (Grunwald and van Ommen 2017, Bayesian
Analysis 12, who advise such a rate of learning).

The score speaks of the listed persons only: models that foretell these equally well may still differ on those
whom nobody listed, and nothing in the table can decide between them. Then all stay in the mixture, and it
becomes wide.

Log-linear models stand beside and are weighed only where no other model could answer. They were chosen, out of
up to thousands, by the same persons whom they would have to foretell; the average over graphs is of the same
kind and pays for that choice.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rasid.estimate.capture import CaptureTable
from rasid.estimate.results import Model, ModelEstimate

Floats = npt.NDArray[np.float64]

BOOTSTRAPS = 5000  # fewer leave their own noise in the median where models lie far apart
# of 1, .5, .33 and .25 on 95 populations of seven kinds of our own: coverage alike, misses ever smaller
LEARNING = 0.5
BESIDE = frozenset({Model.LOGLINEAR})


def stack(table: CaptureTable, models: Sequence[ModelEstimate], *, seed: int = 1) -> dict[Model, float]:
    """Weights of the models that give a distribution; empty if there is none."""
    able = [m for m in models if m.left_out and not m.lower_bound]
    chosen = [m for m in able if m.model not in BESIDE] or able
    if not chosen:
        return {}
    counts, chances = _aligned(table, chosen)
    rng = np.random.Generator(np.random.PCG64([seed, len(chosen)]))
    persons = rng.standard_gamma(counts, (BOOTSTRAPS, counts.size))
    persons *= counts.sum() / persons.sum(axis=1, keepdims=True)
    scores = LEARNING * (persons @ np.log(chances))
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights = (weights / weights.sum(axis=1, keepdims=True)).mean(axis=0)
    return {m.model: float(w) for m, w in zip(chosen, weights, strict=True)}


def foretold(table: CaptureTable, models: Sequence[ModelEstimate]) -> dict[Model, float]:
    """Per model the log score over all listed persons, each left out in turn; bounds have none."""
    able = [m for m in models if m.left_out and not m.lower_bound]
    if not able:
        return {}
    counts, chances = _aligned(table, able)
    return {m.model: float(s) for m, s in zip(able, counts @ np.log(chances), strict=True)}


def _aligned(table: CaptureTable, models: Sequence[ModelEstimate]) -> tuple[Floats, Floats]:
    """Counts, and patterns x models, in an order that hangs on the numbers alone.

    Patterns that a rounded table lost are left out for all.
    """
    patterns = [p for p in table.counts if all(p in m.left_out for m in models)]
    rows = sorted((table.counts[p], *(max(m.left_out[p], 1e-300) for m in models)) for p in patterns)
    both = np.array(rows, np.float64)
    return both[:, 0].copy(), both[:, 1:].copy()
