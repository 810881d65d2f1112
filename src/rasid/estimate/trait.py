"""A trait and ties: persons differ smoothly in how easily they are listed, and some pairs of lists hang together.

In:  a capture table of three to eight lists.
Out: the posterior of the population over shapes of the trait and sets of tied pairs, or a refusal.

The expected number of persons on exactly the lists of a pattern w, k of them, is

    log m(w) = c + sum of b_j over the lists in w + sum of t_ij over the tied pairs in w + d * g(k)

where m(nobody) = exp(c) is what one wants. g says how a trait of one shape lifts those on several lists. It is
0 for k = 0 and 1, and 1 for k = 2 (but for `kinds`): d is the log odds ratio of two untied lists among those
on no other.

    none      g = 0                                        all are alike
    normal    g = k (k - 1) / 2                            among the unlisted the trait is normal
    poisson   g = 2**k - 1 - k                             a long tail of persons who are easy to list
    gamma a   g ~ log a - log(a + k) + k log(1 + 1 / a)    a long tail of persons who are hard to list
    kinds q   g = log(1 - p + p r**k) less its line        with d = 1 two kinds: the odds of every list differ by
              through k = 0 and 1, r = 20, p = r**-q       r, and p of the unlisted are of the easier kind

Priors: the number of persons as 1/N (c is flat) times the share of them that is listed, so that a huge number
must be earned by the table; b_j normal (-2, 3), t_ij normal (0, 1), d half-normal (1); no trait 1/4, the
shapes as `SHARES`; every number of ties alike.

Sources: Darroch, Fienberg, Glonek and Junker 1993, JASA 88 (normal); Rivest and Baillargeon 2007, Biometrics 63
(poisson, gamma 3.5); Fienberg, Johnson and Junker 1999, JRSS A 162 (trait and ties together). Which shape is
right no table can say (Link 2003, Biometrics 59): those that explain the listed alike all stay, with their
different numbers of unlisted.

Each posterior is concave, so draws come by importance from around its peak.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rasid.estimate.capture import CaptureTable, in_fixed_order
from rasid.estimate.results import Interval, Model, ModelEstimate, Refusal, Settings, Why
from rasid.estimate.trait_models import (
    SHAPES,
    Cells,
    Weighed,
    as_cells,
    cell_of,
    columns_of,
    log_prior,
    weigh_models,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_LISTS = 8  # 255 cells and 28 pairs
DRAWS = (18_000, 60_000)  # the second where the first are worth too little
ENOUGH = 5000.0  # effective draws: the median moves by less than a percent from seed to seed
_FEWEST = 40  # draws of each model
_MOST_MODELS = 200
_LIGHTEST = 2e-3  # of the weight of the best model; lighter ones are left out
_TAIL = 15.0  # degrees of freedom of the proposals
_WIDER = 1.15  # the proposals of d
_QUANTILES = 1000
_MOST_UNSEEN = 1e9


@dataclass(frozen=True, slots=True)
class TraitPosterior:
    """Weighted draws.

    unseen, trait, ties: per draw the unseen persons, d, and the number of tied pairs; weights add up to 1
    shapes:              per draw its place in `SHAPES`
    chance:              per cell the chance of one of its persons, given listed, when left out
    """

    unseen: Floats
    trait: Floats
    ties: Ints
    shapes: Ints
    weights: Floats
    effective: float
    chance: Floats


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Draws of one model: log weights, rates of the unseen, d, and chances of the cells given listed."""

    value: Floats
    rate: Floats
    trait: Floats
    chances: Floats


def sample(table: CaptureTable, *, seed: int) -> TraitPosterior:
    """Draws from the posterior over all models; the same for the same table and seed."""
    cells = as_cells(table)
    every = weigh_models(cells)
    kept = [m for m in every if m.evidence > every[0].evidence + math.log(_LIGHTEST)][:_MOST_MODELS]
    rng = np.random.Generator(np.random.PCG64([seed, 43]))
    for draws in DRAWS:
        posterior = _mixed(cells, kept, draws=draws, rng=rng)
        if posterior.effective >= ENOUGH:
            break
    return posterior


def _mixed(
    cells: Cells, models: Sequence[Weighed], *, draws: int, rng: np.random.Generator
) -> TraitPosterior:
    """About so many draws, more of them where the evidence is higher."""
    shares = np.exp(np.array([m.evidence for m in models]) - models[0].evidence)
    sizes = np.maximum(np.round(draws * shares / shares.sum()), _FEWEST * draws / DRAWS[0]).astype(np.int64)
    drawn = [_draw(cells, m, size=int(size), rng=rng) for m, size in zip(models, sizes, strict=True)]
    values = np.concatenate([d.value for d in drawn])
    weights = np.exp(values - values.max())
    weights /= weights.sum()
    rates = np.concatenate([d.rate for d in drawn])
    inverse = np.zeros(cells.counts.size)
    for one, share in zip(drawn, np.split(weights, np.cumsum(sizes)[:-1]), strict=True):
        inverse += share @ (1.0 / np.maximum(one.chances, 1e-300))
    return TraitPosterior(
        rng.poisson(np.minimum(rates, _MOST_UNSEEN)).astype(np.float64),
        np.concatenate([d.trait for d in drawn]),
        np.repeat([len(m.ties) for m in models], sizes),
        np.repeat([m.shape for m in models], sizes),
        weights,
        float(1.0 / (weights**2).sum()),
        1.0 / inverse,
    )


def _draw(cells: Cells, model: Weighed, *, size: int, rng: np.random.Generator) -> _Drawn:
    """d from a normal cut at zero, then the other terms from a t around where they are best given d."""
    from rasid.estimate.trait_kernels import peak

    columns = columns_of(cells, model.shape, model.ties)
    rows = np.ascontiguousarray(cells.design[:, columns])
    centre, precision = cells.centre[columns], cells.precision[columns]
    start = np.zeros(len(columns))
    start[0] = math.log(max(float(cells.counts.mean()), 1e-3))
    best, _, curvature = peak(rows, cells.counts, centre, precision, start)
    others = 1 + cells.lists + len(model.ties)
    points, density = _rest(best[:others], curvature[:others, :others], size=size, rng=rng)
    trait = np.zeros(size)
    if others < len(columns):
        pull = np.linalg.solve(curvature[:others, :others], curvature[:others, -1])
        spread = 1.0 / math.sqrt(curvature[-1, -1] - curvature[:others, -1] @ pull)
        trait, more = _above_zero(float(best[-1]), _WIDER * spread, size=size, rng=rng)
        points = np.column_stack([points - (trait - best[-1])[:, None] * pull, trait])
        density = density + more - math.log(2.0)  # the prior of d is a half-normal: twice a normal
    eta = points @ rows.T
    means = np.exp(np.minimum(eta, 60.0))
    held = precision > 0.0
    prior = 0.5 * np.log(precision[held] / (2.0 * math.pi)).sum() - 0.5 * ((points - centre) ** 2) @ precision
    value = eta @ cells.counts - means.sum(axis=1) + prior + log_prior(cells.lists, model.shape, model.ties)
    rate = np.exp(np.minimum(points[:, 0], 60.0))
    listed = means.sum(axis=1)
    value = value + np.log(listed / (listed + rate))  # the prior share that is listed
    return _Drawn(value - density - math.log(size), rate, trait, means / listed[:, None])


def _rest(centre: Floats, curvature: Floats, *, size: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Points of a t around `centre`, and the log of its density."""
    from scipy.special import gammaln

    dims = centre.size
    root = np.linalg.cholesky(curvature)
    apart = rng.standard_normal((size, dims)) * np.sqrt(_TAIL / rng.chisquare(_TAIL, size))[:, None]
    density = gammaln((_TAIL + dims) / 2) - gammaln(_TAIL / 2) - dims / 2 * math.log(_TAIL * math.pi)
    density = density + np.log(np.diag(root)).sum()
    density = density - 0.5 * (_TAIL + dims) * np.log1p((apart**2).sum(axis=1) / _TAIL)
    return centre + np.linalg.solve(root.T, apart.T).T, np.asarray(density, np.float64)


def _above_zero(
    centre: float, spread: float, *, size: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Numbers of a normal cut at zero, and the log of its density."""
    from scipy.special import log_ndtr, ndtri_exp

    above = float(log_ndtr(centre / spread))
    numbers = np.maximum(centre - spread * ndtri_exp(above + np.log(rng.uniform(1e-12, 1.0, size))), 0.0)
    density = (
        -0.5 * ((numbers - centre) / spread) ** 2 - math.log(spread) - 0.5 * math.log(2.0 * math.pi) - above
    )
    return numbers, density


def estimate_trait(table: CaptureTable, *, settings: Settings) -> ModelEstimate | Refusal:
    """The posterior of the population under a trait with ties."""
    lists = len(table.lists)
    if lists < 3:
        return Refusal(
            Why.TOO_FEW_LISTS,
            f"With {lists} lists nothing shows how persons differ in how easily they are listed.",
            "Add a third list made by other people in another way.",
            Model.TRAIT,
        )
    if lists > MOST_LISTS:
        return Refusal(
            Why.TOO_MANY_LISTS,
            f"{lists} lists have {math.comb(lists, 2)} pairs that may be tied and {2**lists - 1} patterns; "
            f"a trait with ties is fitted up to {MOST_LISTS} lists.",
            "Merge lists of the same maker, or use the latent classes.",
            Model.TRAIT,
        )
    ordered = in_fixed_order(table)
    posterior = sample(ordered, seed=settings.seed)
    if posterior.effective < settings.min_effective:
        return Refusal(
            Why.CHAINS_DISAGREE,
            f"The draws are worth only {posterior.effective:.0f} independent ones "
            f"(at least {settings.min_effective:.0f}): they do not stand for the whole posterior.",
            "Join strata, or merge lists that share few persons.",
            Model.TRAIT,
        )
    return _summary(ordered, posterior, settings, table.lists)


def _summary(
    table: CaptureTable, posterior: TraitPosterior, settings: Settings, names: tuple[str, ...]
) -> ModelEstimate:
    tail = (1.0 - settings.level) / 2
    steps = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
    at = np.concatenate([[tail, 0.5, 1.0 - tail], steps])
    every = table.documented + _quantiles(posterior.unseen, posterior.weights, at)
    low, median, high = (float(q) for q in every[:3])
    places = [table.lists.index(name) for name in names]
    left_out = {
        tuple(pattern[place] for place in places): float(posterior.chance[cell_of(pattern) - 1])
        for pattern in table.counts
    }
    interval = Interval(median, low, high, settings.level)
    details = {
        "strength of the trait": float(posterior.weights @ posterior.trait),
        "tied pairs": float(posterior.weights @ posterior.ties),
        "effective draws": posterior.effective,
    }
    shares = {s: float(posterior.weights[posterior.shapes == k].sum()) for k, s in enumerate(SHAPES)}
    details |= {f"weight of the shape {shape}": share for shape, share in shares.items()}
    notes = (_by_shape(table.documented, posterior, [k for k, s in enumerate(SHAPES) if shares[s] >= 0.05]),)
    return ModelEstimate(Model.TRAIT, interval, tuple(every[3:].tolist()), details, notes, left_out=left_out)


def _quantiles(numbers: Floats, weights: Floats, at: Floats) -> Floats:
    order = np.argsort(numbers, kind="stable")
    reached = np.cumsum(weights[order]) - weights[order] / 2.0
    return np.asarray(np.interp(at, reached / weights.sum(), numbers[order]), np.float64)


def _by_shape(documented: float, posterior: TraitPosterior, shapes: Sequence[int]) -> str:
    """What each shape that matters says alone."""
    said = []
    for place in shapes:
        own = posterior.shapes == place
        median = documented + _quantiles(posterior.unseen[own], posterior.weights[own], np.array([0.5]))[0]
        said.append(f"{SHAPES[place]} {median:,.0f}")
    return f"Medians by the shape of the trait, which no table can settle: {', '.join(said)}."
