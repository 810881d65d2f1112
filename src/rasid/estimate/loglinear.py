"""Hierarchical log-linear models: all of them up to five lists, a search beyond, averaged by BIC or AIC.

In:  a capture table.
Out: the average with its profile-likelihood interval, the single models behind it, or a refusal.
Source: Fienberg 1972; Cormack 1992 (profile likelihood); Fienberg and Rinaldo 2012 (existence); Buckland,
Burnham and Augustin 1997 (averaging); Chan, Silverman and Vincent 2021 (sparse tables, selection by steps).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rasid.estimate import hierarchy
from rasid.estimate.capture import CaptureTable
from rasid.estimate.existence import Face, find_face
from rasid.estimate.results import Interval, Model, ModelEstimate, Refusal, Settings, Why

Floats = npt.NDArray[np.float64]

MOST_LISTS = 8  # 255 cells; beyond, a fit over all cells says little that fewer, merged lists do not
ALL_MODELS_UP_TO = 5  # lists: 6,893 models, a quarter of a second; six lists have 7.8 million
FAR = 14.0  # a model this much worse by the criterion weighs less than a thousandth of the best
MOST_MODELS = 40  # in an average
STEP_LEVEL = 0.02  # Chan, Silverman and Vincent 2021
MOST_ASIDE = (
    0.25  # of the weight may lie with models that do not fix the unseen; beyond, the average is refused
)
_GRID = 41
_QUANTILES = 1000


@dataclass(frozen=True, slots=True)
class Fit:
    """One model over one table.

    unseen:    persons expected on no list; None where the fit does not fix them
    aic, bic:  up to a constant that all models of the table share
    on_border: some cells can only be fitted as zero (the ordinary fit does not exist, its limit does)
    """

    terms: hierarchy.Terms
    unseen: float | None
    loglik: float
    parameters: int
    aic: float
    bic: float
    on_border: bool


@dataclass(frozen=True, slots=True)
class Cells:
    """A table as the kernels take it: counts by cell, design over all terms."""

    lists: int
    counts: Floats
    design: Floats
    terms: tuple[int, ...]  # 0 the constant, then single lists, then sets of lists


def as_cells(table: CaptureTable) -> Cells:
    """Cells 1 .. 2**lists - 1; bit i of a cell is list i."""
    lists = len(table.lists)
    counts = np.zeros(2**lists)
    for pattern, count in table.counts.items():
        counts[sum(mark << place for place, mark in enumerate(pattern))] = count
    terms = (0, *(1 << i for i in range(lists)), *hierarchy.subsets(lists))
    cells = np.arange(1, 2**lists)
    design = np.array([(cells & term) == term for term in terms], np.float64).T
    return Cells(lists, counts[1:], np.ascontiguousarray(design), terms)


def fit_models(cells: Cells, models: Sequence[hierarchy.Terms]) -> list[Fit]:
    """Quick fits of many models, to rank them; whether each fit exists is for `fit_one` to say."""
    from rasid.estimate.loglinear_kernels import fit_many

    held = {term: bool(cells.counts[cells.design[:, k] > 0].sum() > 0) for k, term in enumerate(cells.terms)}
    chosen = np.array(
        [[(t.bit_count() < 2 or t in model) and held[t] for t in cells.terms] for model in models]
    )
    allowed = np.ones((len(models), cells.counts.size), np.bool_)
    empty = {k: cells.design[:, k] > 0 for k, term in enumerate(cells.terms) if not held[term]}
    for m, model in enumerate(models):
        for k, inside in empty.items():
            if cells.terms[k] in model:
                allowed[m, inside] = False
    unseen, loglik, fine = fit_many(cells.design, cells.counts, chosen, allowed)
    fits = []
    for m in np.flatnonzero(fine).tolist():
        quick = _scored(cells, models[m], loglik=float(loglik[m]))
        fits.append(_with(quick, unseen=math.exp(min(float(unseen[m]), 700.0)), border=not allowed[m].all()))
    return fits


def fit_one(cells: Cells, terms: hierarchy.Terms) -> tuple[Fit, Face]:
    """One model with its existence tested."""
    from rasid.estimate.loglinear_kernels import fit, start_of

    columns = [k for k, t in enumerate(cells.terms) if t.bit_count() < 2 or t in terms]
    design = cells.design[:, columns]
    face = find_face(design, cells.counts)
    rows = np.ascontiguousarray(design[face.cells][:, face.columns])
    counts = cells.counts[face.cells]
    beta, loglik, _ = fit(rows, counts, start_of(counts, rows.shape[1]))
    scored = _scored(cells, terms, loglik=loglik)
    unseen = math.exp(min(float(beta[0]), 700.0)) if face.identified else None
    return _with(scored, unseen=unseen, border=not face.cells.all()), face


def _scored(cells: Cells, terms: hierarchy.Terms, *, loglik: float) -> Fit:
    """A term counts as a parameter where its margin is empty, too: to say "never together" is to say something."""
    parameters = 1 + cells.lists + len(terms)
    persons = float(cells.counts.sum())
    aic = 2.0 * parameters - 2.0 * loglik
    bic = parameters * math.log(persons) - 2.0 * loglik
    return Fit(terms, None, loglik, parameters, aic, bic, False)


def _with(fit: Fit, *, unseen: float | None, border: bool) -> Fit:
    return Fit(fit.terms, unseen, fit.loglik, fit.parameters, fit.aic, fit.bic, border)


# --- selection -------------------------------------------------------------------------------------------------


def rank_models(cells: Cells, *, criterion: str = "bic") -> list[Fit]:
    """Models, best first: all of them, or beyond five lists those that a search from two sides meets."""
    if cells.lists <= ALL_MODELS_UP_TO:
        fits = fit_models(cells, list(hierarchy.all_models(cells.lists)))
    else:
        fits = _search(cells, criterion)
    return sorted(fits, key=lambda f: (_value(f, criterion), len(f.terms), sorted(f.terms)))


def _search(cells: Cells, criterion: str) -> list[Fit]:
    """Climb from the model without interactions to the nearest best one; keep all that were met."""
    met: dict[hierarchy.Terms, Fit] = {}
    at: hierarchy.Terms = frozenset()
    met[at] = fit_models(cells, [at])[0]
    while True:
        near = [m for m in hierarchy.neighbours(at, cells.lists, largest=3) if m not in met]
        met.update({f.terms: f for f in fit_models(cells, near)} if near else {})
        best = min(met.values(), key=lambda f: (_value(f, criterion), sorted(f.terms)))
        if best.terms == at:
            return list(met.values())
        at = best.terms


def select_by_steps(cells: Cells, *, level: float = STEP_LEVEL) -> Fit:
    """Add the pair of lists that improves the fit most, while the likelihood-ratio test says so at this level.

    source: Chan, Silverman and Vincent 2021, Royal Society Open Science 8
    """
    from scipy.stats import chi2

    pairs = [t for t in hierarchy.subsets(cells.lists) if t.bit_count() == 2]
    needed = float(chi2.isf(level, 1))
    at = fit_models(cells, [frozenset()])[0]
    while True:
        wider = [at.terms | {p} for p in pairs if p not in at.terms]
        more = fit_models(cells, wider) if wider else []
        best = max(more, key=lambda f: (f.loglik, sorted(f.terms)), default=at)
        if 2.0 * (best.loglik - at.loglik) < needed:
            return fit_one(cells, at.terms)[0]
        at = best


def _value(fit: Fit, criterion: str) -> float:
    return fit.aic if criterion == "aic" else fit.bic


# --- the profile of one model ----------------------------------------------------------------------------------


def profile(cells: Cells, fit: Fit, face: Face) -> tuple[Floats, Floats]:
    """Log-likelihood over the number of unseen persons, every other parameter at its best.

    returns: numbers of unseen persons, evenly spaced on a log scale around the fit; log-likelihood, 0 at its
    best
    source:  Cormack 1992, Biometrics 48
    """
    assert fit.unseen is not None
    centre = math.log(max(fit.unseen, 0.05))
    low, high = centre - 0.05, centre + 0.05
    for _ in range(14):  # widen until both ends are out of any interval
        at = np.linspace(low, high, 7)
        values = _profile_at(cells, fit.terms, face, np.exp(at))
        best = values.max()
        wide = high - low
        if best - values[0] > 9.0 or low < -6.0:
            if best - values[-1] > 9.0 or high > 25.0:
                break
            high += wide
        else:
            low -= wide
            if best - values[-1] <= 9.0 and high <= 25.0:
                high += wide
    unseen = np.exp(np.linspace(low, high, _GRID))
    values = _profile_at(cells, fit.terms, face, unseen)
    return unseen, values - values.max()


def _profile_at(cells: Cells, terms: hierarchy.Terms, face: Face, unseen: Floats) -> Floats:
    from scipy.special import gammaln

    from rasid.estimate.loglinear_kernels import fit as newton
    from rasid.estimate.loglinear_kernels import start_of

    columns = [k for k, t in enumerate(cells.terms) if t.bit_count() < 2 or t in terms]
    rows = cells.design[:, columns][face.cells][:, face.columns]
    constant = np.zeros((1, rows.shape[1]))
    constant[0, 0] = 1.0
    rows = np.ascontiguousarray(np.vstack([constant, rows]))
    listed = cells.counts[face.cells]
    values = np.empty(unseen.size)
    beta = start_of(np.append(unseen[:1], listed), rows.shape[1])
    for k, number in enumerate(unseen):
        counts = np.append(number, listed)
        beta, loglik, _ = newton(rows, counts, beta)
        total = counts.sum()
        values[k] = loglik + total - total * math.log(total) + gammaln(total + 1.0) - gammaln(number + 1.0)
    return values


def profile_interval(cells: Cells, fit: Fit, face: Face, *, level: float = 0.95) -> Interval:
    """The numbers of the population that a likelihood-ratio test at this level does not reject."""
    from scipy.stats import chi2

    assert fit.unseen is not None
    unseen, values = profile(cells, fit, face)
    fine = np.linspace(math.log(unseen[0]), math.log(unseen[-1]), 4001)
    inside = np.exp(fine[np.interp(fine, np.log(unseen), values) >= -chi2.ppf(level, 1) / 2])
    persons = float(cells.counts.sum())
    return Interval(persons + fit.unseen, persons + float(inside[0]), persons + float(inside[-1]), level)


# --- the average -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Averaged:
    """The models of an average with their weights, and what was set aside."""

    fits: tuple[Fit, ...]
    weights: tuple[float, ...]
    unseen: Floats  # quantiles of the mixture at even steps
    set_aside: tuple[Fit, ...]  # models as good as these, whose fit does not fix the unseen
    share_aside: float  # their weight, had they been kept


def average(cells: Cells, *, criterion: str = "bic") -> Averaged:
    """Weigh models by exp(-criterion / 2); mix their profile likelihoods, each scaled to one over log N."""
    kept: list[tuple[Fit, Face]] = []
    aside: list[Fit] = []
    best: float | None = None
    for quick in rank_models(cells, criterion=criterion):
        if (best is not None and _value(quick, criterion) > best + FAR) or len(kept) >= MOST_MODELS:
            break
        fit, face = fit_one(cells, quick.terms)
        best = _value(fit, criterion) if best is None else min(best, _value(fit, criterion))
        if fit.unseen is None or fit.unseen > 1e12:
            aside.append(fit)
        else:
            kept.append((fit, face))
    assert best is not None
    share_kept = sum(_weight(f, best, criterion) for f, _ in kept)
    share_aside = sum(_weight(f, best, criterion) for f in aside)
    weights = [_weight(f, best, criterion) / share_kept for f, _ in kept]
    unseen = _mixture([profile(cells, f, face) for f, face in kept], weights) if kept else np.empty(0)
    part = share_aside / (share_aside + share_kept)
    return Averaged(tuple(f for f, _ in kept), tuple(weights), unseen, tuple(aside), part)


def _weight(fit: Fit, best: float, criterion: str) -> float:
    return math.exp(-0.5 * (_value(fit, criterion) - best))


def _mixture(profiles: Iterable[tuple[Floats, Floats]], weights: Sequence[float]) -> Floats:
    """Quantiles of the weighted mixture of scaled likelihoods, at even steps of probability."""
    every = list(profiles)
    low = min(math.log(unseen[0]) for unseen, _ in every)
    high = max(math.log(unseen[-1]) for unseen, _ in every)
    at = np.linspace(low, high, 4001)
    density = np.zeros(at.size)
    for (unseen, values), weight in zip(every, weights, strict=True):
        part = np.exp(np.interp(at, np.log(unseen), values, left=-np.inf, right=-np.inf))
        density += weight * part / part.sum()
    reached = np.cumsum(density) / density.sum()
    return np.exp(np.interp((np.arange(_QUANTILES) + 0.5) / _QUANTILES, reached, at))


def estimate_loglinear(
    table: CaptureTable, *, settings: Settings, criterion: str = "bic"
) -> ModelEstimate | Refusal:
    """The average over hierarchical log-linear models, or why there is none."""
    lists = len(table.lists)
    if lists < 3:
        return _refuse(
            Why.TOO_FEW_LISTS,
            f"With {lists} lists the only log-linear model that can be fitted takes them as independent, "
            "and nothing in the table can show that they are not.",
            "Add a third list made by other people in another way.",
        )
    if lists > MOST_LISTS:
        return _refuse(
            Why.TOO_MANY_LISTS,
            f"{lists} lists make {2**lists - 1} patterns; log-linear models are fitted up to {MOST_LISTS} lists.",
            "Merge lists of the same maker, or use the latent classes.",
        )
    cells = as_cells(table)
    averaged = average(cells, criterion=criterion)
    if not averaged.fits or averaged.share_aside > MOST_ASIDE:
        return _refuse(
            Why.NOT_IDENTIFIED,
            "The models that fit these lists best do not fix how many nobody listed: patterns that a model needs "
            "are empty, and any number of unlisted persons fits equally well, or ever more fit better.",
            "Add a list that shares persons with the others, merge lists that share none, or join strata.",
        )
    return _summary(table, averaged, cells, settings)


def _summary(table: CaptureTable, averaged: Averaged, cells: Cells, settings: Settings) -> ModelEstimate:
    draws = table.documented + averaged.unseen
    tail = (1.0 - settings.level) / 2
    low, median, high = (float(q) for q in np.quantile(draws, [tail, 0.5, 1 - tail]))
    best = averaged.fits[0]
    assert best.unseen is not None
    notes = [
        f"Best model {hierarchy.written(best.terms, table.lists)}: {table.documented + best.unseen:,.0f}; "
        f"{len(averaged.fits)} models in the average."
    ]
    if averaged.set_aside:
        notes.append(
            f"{len(averaged.set_aside)} models with {averaged.share_aside:.0%} of the weight were set aside: "
            "their fit does not fix the number of unlisted persons."
        )
    details = {
        "models": float(len(averaged.fits)),
        "weight of the best model": averaged.weights[0],
        "best model": table.documented + best.unseen,
        "weight set aside": averaged.share_aside,
    }
    interval = Interval(median, low, high, settings.level)
    left_out = _left_out(table, averaged, cells)
    return ModelEstimate(
        Model.LOGLINEAR, interval, tuple(draws.tolist()), details, tuple(notes), left_out=left_out
    )


def _left_out(table: CaptureTable, averaged: Averaged, cells: Cells) -> dict[tuple[int, ...], float]:
    """The chance of one person of each pattern under the average, without that person.

    Each model goes one Newton step back; the mean over models is harmonic, since their weights saw the
    person, too.
    """
    inverse = np.zeros(cells.counts.size)
    for fit, weight in zip(averaged.fits, averaged.weights, strict=True):
        inverse += weight / np.maximum(_left_out_of(cells, fit), 1e-12)
    chance = 1.0 / inverse
    places = {pattern: sum(mark << i for i, mark in enumerate(pattern)) - 1 for pattern in table.counts}
    return {pattern: float(chance[place]) for pattern, place in places.items()}


def _left_out_of(cells: Cells, fit: Fit) -> Floats:
    """Fitted chances, each lowered by the leverage of its own person; never below that of a first sighting."""
    from rasid.estimate.loglinear_kernels import fit as newton
    from rasid.estimate.loglinear_kernels import start_of

    columns = [k for k, t in enumerate(cells.terms) if t.bit_count() < 2 or t in fit.terms]
    design = cells.design[:, columns]
    face = find_face(design, cells.counts) if fit.on_border else None
    rows = design if face is None else design[face.cells][:, face.columns]
    inside = np.ones(cells.counts.size, np.bool_) if face is None else face.cells
    rows = np.ascontiguousarray(rows)
    beta, _, _ = newton(rows, cells.counts[inside], start_of(cells.counts[inside], rows.shape[1]))
    means = np.exp(rows @ beta)
    spread = np.linalg.pinv(rows.T @ (rows * means[:, None]))
    pull = np.einsum("ij,jk,ik->i", rows, spread, rows)  # leverage over mean
    persons = cells.counts.sum()
    chance = np.zeros(cells.counts.size)
    chance[inside] = means / persons * np.exp(-pull / np.maximum(1.0 - np.minimum(pull, 1.0) * 0.5, 0.5))
    floor = 1.0 / (persons * cells.counts.size)
    return np.asarray(np.where(cells.counts > 0, np.maximum(chance, floor), chance), np.float64)


def _refuse(why: Why, reason: str, helps: str) -> Refusal:
    return Refusal(why, reason, helps, Model.LOGLINEAR)
