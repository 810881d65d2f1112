"""Averaging over decomposable graphs: every pattern of dependence that splits into cliques of lists.

In:  a capture table of three to six lists.
Out: the posterior of the population over all such graphs and a panel of priors, the complete graph shown apart.

Given a graph and N, the full table has a hyper-Dirichlet prior with the same mass `delta` on every cell; its
marginal likelihood is a product over cliques over a product over separators, each a Dirichlet-multinomial of
the margin. Priors: 1/N, and the same for every graph. Source: Madigan and York 1997, Biometrika 84, "Bayesian
methods for estimation of the size of a closed population"; Dawid and Lauritzen 1993 (hyper-Dirichlet).

In the complete graph all lists hang on each other and the table says nothing about the unseen cell: its
answer is the prior. It is left out of the average, and the weight it would have had is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rasid.estimate.capture import CaptureTable
from rasid.estimate.results import Interval, Model, ModelEstimate, Refusal, Settings, Why

Floats = npt.NDArray[np.float64]

MOST_LISTS = 6  # 18,154 graphs; seven lists have 617,675
PRIOR_DECIDES = 0.5  # weight of the complete graph from which the figure is refused
_NUMBERS = 400  # of unseen persons at which the likelihood is taken
_MOST_TIMES = 60.0  # the unseen are looked for up to this many times the listed
_QUANTILES = 1000
_GRAPHS_COMPARED = 200


@dataclass(frozen=True, slots=True)
class GraphPosterior:
    """One prior's answer.

    unseen:   numbers of unseen persons, evenly spaced on a log scale
    without, whole: their probabilities without the complete graph, and of the complete graph alone
    complete: posterior weight of the complete graph
    graphs, weights: the graphs without the complete one, and their posterior weights
    """

    delta: float
    unseen: Floats
    without: Floats
    whole: Floats
    complete: float
    graphs: npt.NDArray[np.int64]
    weights: Floats


def weigh(table: CaptureTable, *, delta: float) -> GraphPosterior:
    """The posterior under one prior mass per cell."""
    from rasid.estimate.graph_kernels import weigh_graphs

    lists = len(table.lists)
    counts = np.zeros(2**lists)
    for pattern, count in table.counts.items():
        counts[sum(mark << place for place, mark in enumerate(pattern))] = count
    listed = counts.sum()
    unseen = np.geomspace(1.0, _MOST_TIMES * listed + 100.0, _NUMBERS) - 1.0
    graphs, weights = weigh_graphs(lists, _terms(counts, unseen, delta))
    weights += _shared(listed, unseen)  # a step of the log scale holds about (unseen + 1) numbers
    weights -= weights.max()
    chance = np.exp(weights)
    chance /= chance.sum()
    complete = int(np.argmax(graphs))  # all edges set
    others = np.delete(chance, complete, axis=0)
    share = float(chance[complete].sum())
    return GraphPosterior(
        delta,
        unseen,
        others.sum(axis=0) / others.sum(),
        chance[complete] / chance[complete].sum(),
        share,
        np.delete(graphs, complete),
        others.sum(axis=1) / others.sum(),
    )


def _terms(counts: Floats, unseen: Floats, delta: float) -> Floats:
    """Per set of lists, the log Dirichlet-multinomial of its margin, at each number of unseen persons."""
    from scipy.special import gammaln

    size = counts.size
    total = counts.sum() + unseen
    terms = np.zeros((size, unseen.size))
    cells = np.arange(size)
    for chosen in range(1, size):
        margin = np.bincount(cells & chosen, counts, size)
        inside = [c for c in range(size) if c & ~chosen == 0]
        mass = delta * size / len(inside)
        known = sum(gammaln(margin[c] + mass) - gammaln(mass) for c in inside if c)
        none = gammaln(margin[0] + unseen + mass) - gammaln(mass)
        terms[chosen] = known + none + gammaln(delta * size) - gammaln(total + delta * size)
    return terms


def _shared(listed: float, unseen: Floats) -> Floats:
    """What all graphs share: ways to choose the unseen, the prior 1/N, and the width of the steps."""
    from scipy.special import gammaln

    total = listed + unseen
    ways = gammaln(total + 1.0) - gammaln(unseen + 1.0)
    return np.asarray(ways - np.log(total) + np.log(unseen + 1.0), np.float64)


def panel(table: CaptureTable, *, settings: Settings) -> list[GraphPosterior]:
    """The posterior under each prior of the panel."""
    cell = 2.0 ** -len(table.lists)
    return [weigh(table, delta=d) for d in settings.deltas or (0.5 * cell, cell, 2.0 * cell)]


def estimate_graphs(table: CaptureTable, *, settings: Settings) -> ModelEstimate | Refusal:
    """The mean over the panel of priors, without the complete graph; refused where that graph carries the weight."""
    lists = len(table.lists)
    if lists < 3:
        return _refuse(
            Why.TOO_FEW_LISTS,
            f"With {lists} lists there is one graph besides the complete one: that they are independent.",
            "Add a third list made by other people in another way.",
        )
    if lists > MOST_LISTS:
        return _refuse(
            Why.TOO_MANY_LISTS,
            f"All graphs are averaged up to {MOST_LISTS} lists; here are {lists}.",
            "Merge lists of the same maker, or use the latent classes.",
        )
    answers = panel(table, settings=settings)
    complete = float(np.mean([a.complete for a in answers]))
    if complete > PRIOR_DECIDES:
        return _refuse(
            Why.PRIOR_DECIDES,
            f"The graph in which all lists hang on each other has {complete:.0%} of the weight. Under it the table "
            "says nothing about those on no list; the number would come from the prior.",
            "Add a list that is independent of the others, or look at strata in which the lists behave alike.",
        )
    return _summary(table, answers, complete, settings)


def _summary(
    table: CaptureTable, answers: list[GraphPosterior], complete: float, settings: Settings
) -> ModelEstimate:
    tail = (1.0 - settings.level) / 2
    mean = np.mean([a.without for a in answers], axis=0)
    unseen = answers[0].unseen
    listed = table.documented
    low, median, high = (
        listed + float(q) for q in quantiles_of(unseen, mean, np.array([tail, 0.5, 1 - tail]))
    )
    steps = (np.arange(_QUANTILES) + 0.5) / _QUANTILES
    medians = [listed + float(quantiles_of(unseen, a.without, np.array([0.5]))[0]) for a in answers]
    details = {f"median at delta {a.delta:.4g}": m for a, m in zip(answers, medians, strict=True)}
    details["weight of the complete graph"] = complete
    details["graphs"] = float(answers[0].graphs.size)
    notes = [f"Medians of the panel of priors: {', '.join(f'{m:,.0f}' for m in medians)}."]
    if complete > 0.05:
        notes.append(
            f"The complete graph, which is left out, would have {complete:.0%} of the weight: "
            "part of the dependence may be of a kind that no table can show."
        )
    interval = Interval(median, low, high, settings.level)
    left_out = [_left_out(table, answer) for answer in answers]
    chance = {pattern: float(np.mean([each[pattern] for each in left_out])) for pattern in table.counts}
    draws = tuple((listed + quantiles_of(unseen, mean, steps)).tolist())
    return ModelEstimate(Model.GRAPHS, interval, draws, details, tuple(notes), left_out=chance)


def _left_out(table: CaptureTable, answer: GraphPosterior) -> dict[tuple[int, ...], float]:
    """The chance of one person of each pattern, without that person.

    With n persons listed, it is 1 / (n - 1) over the mean of f(n without the person) / f(n), where f is the
    weight of a graph and a number of unseen persons, and this ratio is a product of predictive chances over
    cliques and separators.
    """
    from rasid.estimate.graph_kernels import factor

    lists = len(table.lists)
    top = np.argsort(-answer.weights)[:_GRAPHS_COMPARED]
    top = top[answer.weights[top] > 1e-4 * answer.weights.max()]
    unseen = float(answer.unseen @ answer.without)
    total = table.documented + unseen
    size = 2**lists
    means = np.zeros(len(table.counts))
    numbers = [sum(mark << i for i, mark in enumerate(pattern)) for pattern in table.counts]
    counts = np.bincount(numbers, list(table.counts.values()), size)
    counts[0] = unseen
    signs = np.zeros(size, np.int64)
    for row in top:
        factor(int(answer.graphs[row]), lists, signs)
        ratio = np.full(means.size, 1.0 / (total - 1.0))
        for chosen in np.flatnonzero(signs):
            margin = np.bincount(np.arange(size) & chosen, counts, size)[np.array(numbers) & chosen]
            mass = answer.delta * size / 2 ** int(chosen).bit_count()
            chance = (np.maximum(margin - 1.0, 0.0) + mass) / (total - 1.0 + answer.delta * size)
            ratio *= chance ** -float(signs[chosen])
        means += answer.weights[row] / answer.weights[top].sum() * ratio
    chances = 1.0 / (means * max(table.documented - 1.0, 1.0))
    return dict(zip(table.counts, chances.tolist(), strict=True))


def quantiles_of(unseen: Floats, chance: Floats, at: Floats) -> Floats:
    """The numbers of unseen persons at these probabilities of a distribution over `unseen`."""
    reached = np.cumsum(chance) - chance / 2.0
    scale = np.interp(at, reached / chance.sum(), np.log(unseen + 1.0))
    return np.asarray(np.exp(scale) - 1.0, np.float64)


def _refuse(why: Why, reason: str, helps: str) -> Refusal:
    return Refusal(why, reason, helps, Model.GRAPHS)


def written(graph: int, names: tuple[str, ...]) -> str:
    """The cliques of a graph, as `[A B][B C]`."""
    from rasid.estimate.graph_kernels import factor

    signs = np.zeros(2 ** len(names), np.int64)
    factor(graph, len(names), signs)
    cliques = [s for s in range(1, signs.size) if signs[s] > 0]
    return "".join(f"[{' '.join(n for i, n in enumerate(names) if s >> i & 1)}]" for s in cliques)
