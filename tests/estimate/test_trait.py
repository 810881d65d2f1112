import numpy as np
import pytest

from rasid.estimate.capture import CaptureTable
from rasid.estimate.results import ModelEstimate, Refusal, Settings, Why
from rasid.estimate.trait import LIST_PRIOR, TRAIT_PRIOR, _chances, _listed, estimate_trait, sample


def drawn(rng: np.random.Generator, population: int, odds: np.ndarray, spread: float) -> CaptureTable:
    trait = rng.normal(size=(population, 1))
    marks = rng.random((population, odds.size)) < 1 / (1 + np.exp(-(odds + spread * trait)))
    counts: dict[tuple[int, ...], float] = {}
    for row in marks.astype(int).tolist():
        if any(row):
            counts[tuple(row)] = counts.get(tuple(row), 0.0) + 1.0
    return CaptureTable(tuple(f"L{j}" for j in range(odds.size)), counts)


def test_without_spread_the_chances_are_those_of_independent_lists():
    # lists of chances 1/2 and 1/5: both 1/10, only the first 4/10, only the second 1/10, none 4/10
    table = CaptureTable(("A", "B"), {(0, 1): 1, (1, 0): 1, (1, 1): 1})
    points = np.array([[0.0, np.log(0.25), 1e-9]])
    chances, none = _chances(_listed(table), points)
    assert none[0] == pytest.approx(0.4)
    assert chances[0] == pytest.approx([0.1 / 0.6, 0.4 / 0.6, 0.1 / 0.6])


def test_a_smooth_spread_of_persons_is_met_where_independence_says_far_too_few():
    table = drawn(np.random.default_rng(5), 4000, np.array([-2.0, -1.5, -2.5, -2.0, -1.8]), 1.3)
    answer = estimate_trait(table, settings=Settings())
    assert isinstance(answer, ModelEstimate)
    assert answer.population.low < 4000 < answer.population.high
    assert answer.details["spread of the trait"] == pytest.approx(1.3, abs=0.4)


def test_the_same_seed_gives_the_same_figures_in_any_order_of_the_lists():
    table = drawn(np.random.default_rng(6), 500, np.array([-1.0, -0.5, -1.5]), 0.5)
    turned = CaptureTable(("x", "y", "z"), {(p[2], p[0], p[1]): c for p, c in table.counts.items()})
    first, second = (estimate_trait(t, settings=Settings()) for t in (table, turned))
    assert isinstance(first, ModelEstimate) and isinstance(second, ModelEstimate)
    assert first.draws == second.draws


def test_two_lists_are_too_few():
    answer = estimate_trait(CaptureTable(("A", "B"), {(1, 0): 9, (1, 1): 9}), settings=Settings())
    assert isinstance(answer, Refusal) and answer.why is Why.TOO_FEW_LISTS


@pytest.mark.slow
def test_ranks_of_the_true_number_are_even_when_the_truth_comes_from_the_prior():
    # simulation-based calibration, as for the latent classes: N from 1/N between 100 and 1,000
    rng = np.random.default_rng(12)
    ranks = []
    while len(ranks) < 60:
        population = int(np.exp(rng.uniform(np.log(100), np.log(1000))))
        odds = rng.normal(*LIST_PRIOR, size=4)
        table = drawn(rng, population, odds, abs(rng.normal(0.0, TRAIT_PRIOR)))
        if table.documented < 2:
            continue
        posterior = sample(table, seed=1)
        numbers = table.documented + posterior.unseen
        weights = posterior.weights * ((numbers >= 100) & (numbers < 1000))
        if weights.sum() == 0.0:
            continue
        tied = weights[numbers == population].sum()
        ranks.append(float((weights[numbers < population].sum() + rng.random() * tied) / weights.sum()))
    counts = np.histogram(ranks, bins=6, range=(0, 1))[0]
    assert float(((counts - 10.0) ** 2 / 10.0).sum()) < 20.5
