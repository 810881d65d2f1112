import math
from itertools import combinations

import numpy as np
import pytest

from rasid.estimate.capture import CaptureTable, tabulate
from rasid.estimate.results import ModelEstimate, Refusal, Settings, Why
from rasid.estimate.trait import _draw, estimate_trait, sample
from rasid.estimate.trait_models import (
    LIST_PRIOR,
    SHAPES,
    SHARES,
    TIE_PRIOR,
    TRAIT_PRIOR,
    as_cells,
    lift,
    log_prior,
    most_ties,
    weigh_models,
)

SIZES = np.arange(5.0)


def drawn(rng: np.random.Generator, population: int, odds: np.ndarray, spread: float) -> CaptureTable:
    """A population with a normal trait."""
    chances = 1.0 / (1.0 + np.exp(-(odds[None, :] + spread * rng.standard_normal((population, 1)))))
    named = (rng.random((population, odds.size)) < chances).astype(int)
    return tabulate((tuple(row) for row in named.tolist()), lists=tuple(f"L{j}" for j in range(odds.size)))


def from_terms(
    rng: np.random.Generator, population: int, lists: int, terms: dict[int, float]
) -> tuple[CaptureTable, float]:
    """A population of the model with these coefficients per term; also the share that is listed."""
    empty = as_cells(CaptureTable(tuple(f"L{j}" for j in range(lists)), {}))
    beta = np.zeros(empty.design.shape[1])
    for column, value in terms.items():
        beta[column] = value
    logs = np.concatenate([[0.0], empty.design @ beta])
    chances = np.exp(logs - logs.max())
    chances /= chances.sum()
    counts = rng.multinomial(population, chances)
    patterns = {tuple(cell >> j & 1 for j in range(lists)): float(c) for cell, c in enumerate(counts) if cell}
    return CaptureTable(tuple(f"L{j}" for j in range(lists)), patterns), float(1.0 - chances[0])


@pytest.mark.parametrize("shape", SHAPES[1:])
def test_a_trait_lifts_two_lists_and_more_lists_by_more(shape: str) -> None:
    lifted = lift(shape, SIZES)
    assert lifted[:2] == pytest.approx([0.0, 0.0])
    assert (np.diff(lifted, 2) > 0).all()
    if not shape.startswith("kinds"):
        assert lifted[2] == pytest.approx(1.0)


def test_two_kinds_of_persons_are_lifted_as_their_mixture() -> None:
    # one in 20**2.5 of the unlisted has 20 times the odds of the others on every list
    share = 20.0**-2.5
    mixed = [math.log((1 - share) + share * 20.0**k) for k in range(5)]
    expected = [value - k * mixed[1] for k, value in enumerate(mixed)]
    assert lift("kinds 2.5", SIZES) == pytest.approx(expected)


def test_tails_of_the_hard_to_list_lift_high_patterns_less() -> None:
    at_four = [float(lift(shape, SIZES)[4]) for shape in ("gamma 1", "gamma 3.5", "normal", "poisson")]
    assert at_four == sorted(at_four)
    assert at_four[2:] == [6.0, 11.0]


def test_a_shape_that_nobody_defined_is_an_error() -> None:
    with pytest.raises(ValueError):
        lift("cauchy 1", SIZES)


@pytest.mark.parametrize(("lists", "most"), [(3, 1), (4, 6), (5, 10), (6, 15)])
def test_ties_leave_fewer_terms_than_cells(lists: int, most: int) -> None:
    assert most_ties(lists) == most
    assert 1 + lists + most + 1 < 2**lists - 1


def test_prior_chances_of_all_models_add_up_to_one() -> None:
    every = [frozenset(c) for size in range(7) for c in combinations(range(6), size)]
    total = sum(math.exp(log_prior(4, shape, ties)) for shape in range(len(SHAPES)) for ties in every)
    assert total == pytest.approx(1.0)


def test_all_models_of_four_lists_are_weighed() -> None:
    table = drawn(np.random.default_rng(1), 800, np.array([-1.0, -1.5, -1.0, -2.0]), 0.8)
    assert len(weigh_models(as_cells(table))) == 64 * len(SHAPES)


def test_the_evidence_by_laplace_is_that_of_the_draws() -> None:
    table = drawn(np.random.default_rng(2), 3000, np.array([-1.0, -1.5, -1.0, -2.0]), 0.8)
    cells = as_cells(table)
    for model in weigh_models(cells)[:6]:
        held = _draw(cells, model, size=4000, rng=np.random.default_rng(3))
        share = table.documented / (table.documented + held.rate)  # a factor of the draws' prior only
        logs = held.value - np.log(share)
        by_draws = float(np.log(np.exp(logs - logs.max()).sum()) + logs.max())
        assert by_draws == pytest.approx(model.evidence, abs=0.15)


def test_a_smooth_spread_of_persons_is_met_where_independence_says_far_too_few() -> None:
    table = drawn(np.random.default_rng(5), 4000, np.array([-2.0, -1.5, -2.5, -2.0, -1.8]), 1.3)
    answer = estimate_trait(table, settings=Settings())
    assert isinstance(answer, ModelEstimate)
    assert answer.population.low < 4000 < answer.population.high
    assert answer.details["weight of the shape none"] < 0.05


def test_a_trait_and_a_tied_pair_are_met_together() -> None:
    terms = {1: -1.5, 2: -1.0, 3: -1.8, 4: -1.2, 5: 1.2, 10 + SHAPES.index("normal"): 0.6}
    table, _ = from_terms(np.random.default_rng(6), 8000, 4, terms)
    answer = estimate_trait(table, settings=Settings())
    assert isinstance(answer, ModelEstimate)
    assert answer.population.low < 8000 < answer.population.high
    assert answer.details["tied pairs"] > 0.9


def test_independent_lists_keep_a_narrow_interval() -> None:
    table = drawn(np.random.default_rng(11), 5000, np.array([-1.0, -0.5, -1.5, -1.0]), 0.0)
    answer = estimate_trait(table, settings=Settings())
    assert isinstance(answer, ModelEstimate)
    assert answer.population.low < 5000 < answer.population.high
    assert answer.population.high - answer.population.low < 2500


def test_what_each_shape_says_is_written_beside_the_figure() -> None:
    table = drawn(np.random.default_rng(5), 4000, np.array([-2.0, -1.5, -2.5, -2.0, -1.8]), 1.3)
    answer = estimate_trait(table, settings=Settings())
    assert isinstance(answer, ModelEstimate)
    assert "gamma 3.5" in answer.notes[0] and "no table can settle" in answer.notes[0]


def test_chances_of_left_out_persons_add_up_to_nearly_one() -> None:
    table = drawn(np.random.default_rng(8), 6000, np.array([-1.0, -0.5, -1.5]), 0.7)
    answer = estimate_trait(table, settings=Settings())
    assert isinstance(answer, ModelEstimate)
    assert set(answer.left_out) == set(table.counts)
    assert sum(answer.left_out.values()) == pytest.approx(1.0, abs=0.01)


def test_the_same_seed_gives_the_same_figures_in_any_order_of_the_lists() -> None:
    table = drawn(np.random.default_rng(6), 500, np.array([-1.0, -0.5, -1.5]), 0.5)
    turned = CaptureTable(("x", "y", "z"), {(p[2], p[0], p[1]): c for p, c in table.counts.items()})
    first, second = (estimate_trait(t, settings=Settings()) for t in (table, turned))
    assert isinstance(first, ModelEstimate) and isinstance(second, ModelEstimate)
    assert first.draws == second.draws
    assert second.left_out[0, 1, 0] == first.left_out[1, 0, 0]


def test_another_seed_moves_the_median_by_less_than_two_percent() -> None:
    table = drawn(np.random.default_rng(9), 3000, np.array([-2.0, -1.5, -2.5, -2.0, -1.8, -2.2]), 1.0)
    medians = [
        answer.population.median
        for seed in (1, 2, 3)
        if isinstance(answer := estimate_trait(table, settings=Settings(seed=seed)), ModelEstimate)
    ]
    assert len(medians) == 3 and max(medians) / min(medians) < 1.02


@pytest.mark.parametrize(("lists", "why"), [(2, Why.TOO_FEW_LISTS), (9, Why.TOO_MANY_LISTS)])
def test_too_few_and_too_many_lists_are_refused(lists: int, why: Why) -> None:
    names = tuple(f"L{j}" for j in range(lists))
    counts = {tuple(int(j in pair) for j in range(lists)): 9.0 for pair in combinations(range(lists), 2)}
    answer = estimate_trait(CaptureTable(names, counts), settings=Settings())
    assert isinstance(answer, Refusal) and answer.why is why and answer.helps


@pytest.mark.slow
def test_ranks_of_the_true_number_are_even_when_the_truth_comes_from_the_prior() -> None:
    # simulation-based calibration over all models at once: N from 1/N between 100 and 1,000
    rng = np.random.default_rng(12)
    ranks: list[float] = []
    while len(ranks) < 90:
        population = int(np.exp(rng.uniform(np.log(100), np.log(1000))))
        shape = int(rng.choice(len(SHAPES), p=SHARES))
        tied = rng.choice(6, size=int(rng.integers(7)), replace=False)
        terms = {1 + j: rng.normal(*LIST_PRIOR) for j in range(4)}
        terms |= {5 + int(k): rng.normal(0.0, TIE_PRIOR) for k in tied}
        if shape:
            terms[10 + shape] = abs(rng.normal(0.0, TRAIT_PRIOR))
        table, listed = from_terms(rng, population, 4, terms)
        if rng.random() > listed or table.documented < 2:  # the prior has the share listed as a factor
            continue
        posterior = sample(table, seed=len(ranks))
        numbers = table.documented + posterior.unseen
        weights = posterior.weights * ((numbers >= 100) & (numbers < 1000))
        if weights.sum() == 0.0:
            continue
        even = weights[numbers == population].sum()
        ranks.append(float((weights[numbers < population].sum() + rng.random() * even) / weights.sum()))
    counts = np.histogram(ranks, bins=6, range=(0, 1))[0]
    assert float(((counts - 15.0) ** 2 / 15.0).sum()) < 20.5
