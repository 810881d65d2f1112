"""One interval for many capture tables: the models side by side, weighed, and the width taken apart.

In:  capture tables that stand for the same persons linked in different ways (sampled clusterings, corrected
     for missed and false links), and perhaps with missing values filled in different ways.
Out: an estimate with its parts, or a refusal with the reason and what would help.

Per table each model gives a distribution; the models are weighed by how well they foretell listed persons
(`stacking`); the tables count alike. The whole is the mixture of all. Its variance on the log scale is the
sum of four parts (law of total variance): within models (sampling), between models, between clusterings
(linkage), and between the ways of filling missing values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rasid.estimate.capture import CaptureTable, reduced
from rasid.estimate.overlap import refuse_before_models
from rasid.estimate.results import (
    Documented,
    Estimate,
    Interval,
    Model,
    ModelEstimate,
    Refusal,
    Settings,
    Why,
    WidthParts,
)
from rasid.estimate.stacking import stack

Floats = npt.NDArray[np.float64]

_FEWEST_DRAWS = 250  # per chain and table
_FEWEST_EFFECTIVE = 50.0
MOST_REFUSED = 0.5  # of the tables; beyond, the estimate is refused for the commonest reason
_HINTS = (
    Why.TOO_MANY_LISTS,
    Why.TOO_FEW_LISTS,
)  # say that a model is not made for this table, not that the table is bad


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the models say of one table."""

    models: tuple[ModelEstimate, ...]
    refused: tuple[Refusal, ...]
    weights: dict[Model, float]


def estimate(
    tables: Sequence[CaptureTable],
    *,
    lists: tuple[str, ...],
    settings: Settings,
    documented: float | None = None,
    imputation: Sequence[int] | None = None,
) -> Estimate | Refusal:
    """How many persons there are, listed or not.

    tables:     one or more, of the same lists; at most `settings.most_tables` of them, evenly chosen, are used
    lists:      which lists to use, in this order; those of the tables that are not named are left out
    documented: persons on these lists in the linkage that stands; the mean of the tables if None
    imputation: for each table, the number of the way in which missing values were filled; all the same if None
    raises:     ValueError if there is no table, or `imputation` is of another length
    """
    if not tables:
        raise ValueError("No capture table was given.")
    if imputation is not None and len(imputation) != len(tables):
        raise ValueError(f"{len(tables)} tables, but {len(imputation)} numbers of imputations.")
    chosen = _spread(len(tables), settings.most_tables)
    ready = [reduced(tables[k], lists=lists) for k in chosen]
    groups = [0 if imputation is None else imputation[k] for k in chosen]
    single = _per_table(settings, len(ready))
    answers = [_ask(table, single) for table in ready]
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    if len(refused) > MOST_REFUSED * len(answers):
        return _commonest(refused)
    kept = [(a, g, t) for a, g, t in zip(answers, groups, ready, strict=True) if isinstance(a, _Answer)]
    counts = [table.documented for table in ready]
    persons = float(np.mean(counts)) if documented is None else documented
    counted = Documented(persons, min(*counts, persons), max(*counts, persons))
    return _joint([a for a, _, _ in kept], [g for _, g, _ in kept], counted, settings, lost=len(refused))


def _spread(size: int, most: int) -> list[int]:
    """At most so many places, evenly over all."""
    if size <= most:
        return list(range(size))
    return sorted({round(k * (size - 1) / (most - 1)) for k in range(most)}) if most > 1 else [0]


def _per_table(settings: Settings, tables: int) -> Settings:
    """Many tables share the work: together they must be worth twice the draws of one."""
    if tables == 1:
        return settings
    return replace(
        settings,
        draws=max(_FEWEST_DRAWS, 2 * settings.draws // tables),
        min_effective=max(_FEWEST_EFFECTIVE, 2.0 * settings.min_effective / tables),
        max_rhat=1.0 + 2.0 * (settings.max_rhat - 1.0),
    )


def _ask(table: CaptureTable, settings: Settings) -> _Answer | Refusal:
    """Run every model on one table."""
    before = refuse_before_models(table)
    if before is not None:
        return before
    results = [_runner(model)(table, settings=settings) for model in settings.models]
    models = tuple(r for r in results if isinstance(r, ModelEstimate))
    refused = tuple(r for r in results if isinstance(r, Refusal))
    weights = stack(table, models, seed=settings.seed)
    if not weights:
        grave = [r for r in refused if r.why not in _HINTS] or list(refused)
        if not grave:
            return Refusal(
                Why.TOO_FEW_LISTS,
                "Only a lower bound was asked for, and a bound is no estimate.",
                "Ask for at least one of the models that give a distribution.",
            )
        return Refusal(grave[0].why, grave[0].reason, grave[0].helps, None, refused)
    apart = [r for r in refused if r.why is Why.CHAINS_DISAGREE]
    if (
        apart and len(weights) == 1
    ):  # one model alone would hide that another finds room for very different numbers
        return Refusal(apart[0].why, apart[0].reason, apart[0].helps, None, refused)
    return _Answer(models, refused, weights)


def _runner(model: Model) -> Callable[..., ModelEstimate | Refusal]:
    """The function of a model; imported only when it runs."""
    match model:
        case Model.CHAO:
            from rasid.estimate.chao import estimate_chao

            return estimate_chao
        case Model.LOGLINEAR:
            from rasid.estimate.loglinear import estimate_loglinear

            return estimate_loglinear
        case Model.GRAPHS:
            from rasid.estimate.graphs import estimate_graphs

            return estimate_graphs
        case Model.TRAIT:
            from rasid.estimate.trait import estimate_trait

            return estimate_trait
        case Model.LATENT:
            from rasid.estimate.latent import estimate_latent

            return estimate_latent


def _commonest(refused: Sequence[Refusal]) -> Refusal:
    """The reason that most tables give."""
    reasons = [r.why for r in refused]
    return max(refused, key=lambda r: reasons.count(r.why))


def _joint(
    answers: list[_Answer], groups: list[int], counted: Documented, settings: Settings, *, lost: int
) -> Estimate:
    """The mixture over models and tables."""
    draws, shares = _mixture(answers)
    tail = (1.0 - settings.level) / 2
    low, median, high = _weighted_quantiles(draws, shares, [tail, 0.5, 1.0 - tail])
    population = Interval(median, low, high, settings.level)
    rest = [max(0.0, n - counted.persons) for n in (median, low, high)]
    unlisted = Interval(rest[0], rest[1], rest[2], settings.level)
    weights = {
        model: float(np.mean([a.weights.get(model, 0.0) for a in answers]))
        for model in settings.models
        if any(model in a.weights for a in answers)
    }
    notes = _notes(answers, lost)
    return Estimate(
        counted,
        population,
        unlisted,
        _side_by_side(answers, settings),
        weights,
        _parts(answers, groups),
        _refusals(answers),
        notes,
    )


def _mixture(answers: Sequence[_Answer]) -> tuple[Floats, Floats]:
    """All draws with their shares."""
    draws, shares = [], []
    for answer in answers:
        for model in answer.models:
            if (weight := answer.weights.get(model.model, 0.0)) > 0.0:
                draws.append(np.array(model.draws))
                shares.append(np.full(len(model.draws), weight / len(model.draws) / len(answers)))
    return np.concatenate(draws), np.concatenate(shares)


def _weighted_quantiles(draws: Floats, shares: Floats, at: Sequence[float]) -> list[float]:
    order = np.argsort(draws, kind="stable")
    middle = np.cumsum(shares[order]) - shares[order] / 2.0
    return [float(q) for q in np.interp(at, middle / shares.sum(), draws[order])]


def _parts(answers: Sequence[_Answer], groups: Sequence[int]) -> WidthParts:
    """Shares of the variance of log N: within models, between models, between clusterings, between imputations."""
    inside, between, centres = [], [], []
    for answer in answers:
        weighed = [
            (np.log(np.array(m.draws)), answer.weights[m.model])
            for m in answer.models
            if m.model in answer.weights
        ]
        centre = sum(w * float(x.mean()) for x, w in weighed)
        inside.append(sum(w * float(x.var()) for x, w in weighed))
        between.append(sum(w * (float(x.mean()) - centre) ** 2 for x, w in weighed))
        centres.append(centre)
    grouped = [
        [c for c, g in zip(centres, groups, strict=True) if g == group] for group in sorted(set(groups))
    ]
    linkage = sum(len(g) * float(np.var(g)) for g in grouped) / len(centres)
    missing = max(0.0, float(np.var(centres)) - linkage)
    parts = np.array([np.mean(inside), np.mean(between), linkage, missing])
    if parts.sum() == 0.0:
        return WidthParts(1.0, 0.0, 0.0, 0.0)
    return WidthParts(*(float(p) for p in parts / parts.sum()))


def _side_by_side(answers: Sequence[_Answer], settings: Settings) -> tuple[ModelEstimate, ...]:
    """Each model over all tables that it could answer; its details are those of the first."""
    shown = []
    for name in settings.models:
        each = [m for a in answers for m in a.models if m.model == name]
        if not each:
            continue
        if len(each) == 1:
            shown.append(each[0])
            continue
        draws = np.concatenate([np.array(m.draws) for m in each])
        tail = (1.0 - settings.level) / 2
        low, median, high = (float(q) for q in np.quantile(draws, [tail, 0.5, 1.0 - tail]))
        steps = np.quantile(draws, (np.arange(len(each[0].draws)) + 0.5) / len(each[0].draws))
        first = each[0]
        shown.append(
            ModelEstimate(
                name,
                Interval(median, low, high, settings.level),
                tuple(steps.tolist()),
                first.details,
                first.notes,
                first.lower_bound,
                first.left_out,
            )
        )
    return tuple(shown)


def _refusals(answers: Sequence[_Answer]) -> tuple[Refusal, ...]:
    """One refusal per model and reason."""
    held: dict[tuple[Model | None, Why], Refusal] = {}
    for answer in answers:
        for refusal in answer.refused:
            held.setdefault((refusal.model, refusal.why), refusal)
    return tuple(held.values())


def _notes(answers: Sequence[_Answer], lost: int) -> tuple[str, ...]:
    notes = [
        "Models are weighed by how well they foretell a listed person who is left out; the table cannot say "
        "which of them is right about persons on no list.",
    ]
    if lost:
        notes.append(
            f"{lost} of {lost + len(answers)} ways to link the lists gave no estimate and are left out."
        )
    return tuple(notes)
