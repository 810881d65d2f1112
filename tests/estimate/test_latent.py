import math

import numpy as np
import pytest

from rasid.estimate.capture import CaptureTable
from rasid.estimate.diagnostics import effective_draws, split_rhat
from rasid.estimate.latent import estimate_latent, sample
from rasid.estimate.results import ModelEstimate, Refusal, Settings, Why

QUICK = Settings(draws=300, min_effective=50)
TABLE = CaptureTable(
    ("A", "B", "C"),
    {(1, 0, 0): 60, (0, 1, 0): 40, (0, 0, 1): 30, (1, 1, 0): 20, (1, 0, 1): 16, (0, 1, 1): 14, (1, 1, 1): 6},
)


def drawn(rng: np.random.Generator, population: int, share: np.ndarray, chance: np.ndarray) -> CaptureTable:
    classes = rng.choice(share.size, population, p=share)
    marks = rng.random((population, chance.shape[1])) < chance[classes]
    counts: dict[tuple[int, ...], float] = {}
    for row in marks.astype(int).tolist():
        if any(row):
            counts[tuple(row)] = counts.get(tuple(row), 0.0) + 1.0
    return CaptureTable(tuple(f"L{j}" for j in range(chance.shape[1])), counts)


def test_independent_lists_are_met():
    rng = np.random.default_rng(3)
    table = drawn(rng, 2000, np.array([1.0]), np.array([[0.3, 0.25, 0.35]]))
    answer = estimate_latent(table, settings=QUICK)
    assert isinstance(answer, ModelEstimate)
    assert answer.population.low < 2000 < answer.population.high


def test_two_kinds_of_people_are_seen_where_independence_says_far_too_few():
    rng = np.random.default_rng(4)
    chance = np.array([[0.1] * 5, [0.7] * 5])
    table = drawn(rng, 3000, np.array([0.7, 0.3]), chance)
    answer = estimate_latent(table, settings=QUICK)
    assert isinstance(answer, ModelEstimate)
    assert answer.population.low < 3000 < answer.population.high
    ones = sum(c for p, c in table.counts.items() if sum(p) == 1)
    assert table.documented + ones < 3000  # what is listed is far from all


def test_the_same_seed_gives_the_same_draws_and_another_seed_others():
    first, again, other = (
        estimate_latent(TABLE, settings=Settings(seed=s, draws=100, min_effective=1, max_rhat=9))
        for s in (5, 5, 6)
    )
    assert first == again
    assert first != other


def test_naming_the_lists_in_another_order_changes_nothing():
    turned = CaptureTable(("C", "A", "B"), {(p[2], p[0], p[1]): c for p, c in TABLE.counts.items()})
    settings = Settings(draws=100, min_effective=1, max_rhat=9)
    first, second = (estimate_latent(t, settings=settings) for t in (TABLE, turned))
    assert isinstance(first, ModelEstimate) and isinstance(second, ModelEstimate)
    assert first.draws == second.draws


def test_the_chance_of_a_left_out_person_adds_up_over_the_patterns():
    answer = estimate_latent(TABLE, settings=QUICK)
    assert isinstance(answer, ModelEstimate)
    assert sum(answer.left_out.values()) == pytest.approx(1.0, abs=0.1)


def test_chains_that_disagree_give_no_figure():
    answer = estimate_latent(TABLE, settings=Settings(draws=20, min_effective=1e9))
    assert isinstance(answer, Refusal) and answer.why is Why.CHAINS_DISAGREE
    assert "R-hat" in answer.reason and answer.helps


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (CaptureTable(("A", "B"), {(1, 0): 90, (1, 1): 9}), Why.TOO_FEW_LISTS),
        (CaptureTable(("A", "B", "C"), {(1, 0, 0): 3, (1, 1, 1): 3}), Why.TOO_FEW_PERSONS),
    ],
)
def test_it_says_what_it_needs(table, why):
    answer = estimate_latent(table, settings=Settings())
    assert isinstance(answer, Refusal) and answer.why is why


def test_chains_apart_raise_rhat_and_chains_alike_do_not():
    rng = np.random.default_rng(1)
    alike = rng.normal(size=(4, 500))
    apart = alike + np.arange(4)[:, None]
    assert split_rhat(alike) < 1.01 < 1.5 < split_rhat(apart)


def test_effective_draws_follow_the_memory_of_a_chain():
    rng = np.random.default_rng(2)
    noise = rng.normal(size=(4, 4000))
    slow = np.zeros_like(noise)
    for t in range(1, 4000):
        slow[:, t] = 0.9 * slow[:, t - 1] + noise[:, t]
    # a memory of .9 makes (1 + .9) / (1 - .9) = 19 draws worth one
    assert effective_draws(slow) == pytest.approx(16000 / 19, rel=0.25)
    assert effective_draws(noise) == pytest.approx(16000, rel=0.1)


@pytest.mark.slow
def test_ranks_of_the_true_number_are_even_when_the_truth_comes_from_the_prior():
    # simulation-based calibration (Talts et al. 2018): draw N and the classes from the prior, then the table, then the posterior.
    # 1/N has no draws, so N comes from 1/N between 60 and 400 and posterior draws outside are left out.
    rng = np.random.default_rng(11)
    ranks = []
    settings = Settings(draws=200, min_effective=1, max_rhat=99, classes=3, concentration=(1.0, 1.0))
    while len(ranks) < 40:
        population = int(math.exp(rng.uniform(math.log(60), math.log(400))))
        alpha = max(rng.gamma(1.0), 1e-9)
        sticks = np.append(rng.beta(1.0, alpha, 2), 1.0)
        share = sticks * np.append(1.0, np.cumprod(1.0 - sticks[:-1]))
        table = drawn(rng, population, share / share.sum(), rng.random((3, 4)))
        if table.documented == 0:
            continue
        posterior = sample(table, settings=settings)
        numbers = table.documented + posterior.unseen.ravel()
        numbers = numbers[(numbers >= 60) & (numbers < 400)]
        below = np.mean(numbers < population) + rng.random() * np.mean(numbers == population)
        ranks.append(below)
    counts = np.histogram(ranks, bins=5, range=(0, 1))[0]
    chi = float(((counts - 8.0) ** 2 / 8.0).sum())
    assert chi < 18.5  # four degrees of freedom, one in a thousand
