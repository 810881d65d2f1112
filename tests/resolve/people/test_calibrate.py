"""Answers about a sample -> probabilities, with their doubt."""

import numpy as np
import pytest

from rasid.resolve.people.calibrate import (
    PRIOR,
    calibrate,
    calibrated,
    choose_pairs,
    draw_coefficients,
    draw_lost,
    lost_by_blocking,
)
from rasid.resolve.people.signs import Signs

LISTS = np.zeros(2000, dtype=np.int64)
NO_RIVAL = np.full(2000, -6.0)
NO_PARTNERS = np.zeros(2000)


def signs(odds, lists=LISTS):
    """Pairs whose listings have no other partner."""
    return Signs(odds, NO_RIVAL[: len(odds)], NO_PARTNERS[: len(odds)], lists)


def over_confident(seed=0):
    """Log-odds twice as large as they should be, and what is so."""
    rng = np.random.default_rng(seed)
    odds = rng.normal(-1.0, 4.0, 2000)
    return odds, rng.random(2000) < 1 / (1 + np.exp(-odds / 2))


def test_without_answers_the_prior_coefficients_stand():
    odds, _ = over_confident()
    held = calibrate(signs(odds), answers={}, pairs_of_lists=1)
    assert not held.has_enough
    assert held.coefficients.tolist() == [*PRIOR, 0.0]
    expected = PRIOR[0] + PRIOR[1] * np.clip(odds, -12, 12) + PRIOR[2] * np.log1p(np.exp(-6))
    assert calibrated(held, signs(odds)) == pytest.approx(np.where(odds < -12, odds, expected))


def test_answers_that_a_line_divides_without_error_leave_the_coefficients_finite():
    odds = np.r_[np.full(150, -4.0), np.full(150, 9.0)]
    lists = np.zeros(300, dtype=np.int64)
    held = calibrate(signs(odds, lists), answers={n: n >= 150 for n in range(300)}, pairs_of_lists=1)
    assert np.abs(held.coefficients).max() < 5
    probability = 1 / (1 + np.exp(-calibrated(held, signs(odds, lists))))
    assert probability[:150].max() < 0.05 and probability[150:].min() > 0.95


def test_answers_bring_over_confident_odds_down():
    odds, same = over_confident()
    chosen = choose_pairs([str(n) for n in range(2000)], odds, count=300)
    held = calibrate(signs(odds), answers={n: bool(same[n]) for n in chosen}, pairs_of_lists=1)
    assert held.has_enough
    assert held.coefficients[1] == pytest.approx(0.5, abs=0.12)
    probability = 1 / (1 + np.exp(-calibrated(held, signs(odds))))
    raw = 1 / (1 + np.exp(-odds))
    assert ((probability - same) ** 2).mean() < ((raw - same) ** 2).mean()
    assert probability.sum() == pytest.approx(same.sum(), rel=0.1)


def test_more_answers_leave_less_doubt():
    odds, same = over_confident()
    few = calibrate(signs(odds), answers={n: bool(same[n]) for n in range(100)}, pairs_of_lists=1)
    many = calibrate(signs(odds), answers={n: bool(same[n]) for n in range(600)}, pairs_of_lists=1)
    assert many.covariance[1, 1] < few.covariance[1, 1]
    rng = np.random.default_rng(1)
    draws = np.array([draw_coefficients(few, rng)[1] for _ in range(400)])
    assert draws.std() == pytest.approx(np.sqrt(few.covariance[1, 1]), rel=0.2)


def test_pairs_of_lists_have_their_own_offset():
    odds, same = over_confident()
    lists = (np.arange(2000) % 2).astype(np.int64)
    same = np.where(lists == 1, same, False)
    held = calibrate(signs(odds, lists), answers={n: bool(same[n]) for n in range(600)}, pairs_of_lists=2)
    assert held.coefficients[4] < held.coefficients[5]


def test_the_sample_has_pairs_of_every_stratum_and_depends_on_ids_alone():
    odds = np.linspace(-8, 8, 2000)
    ids = [f"pair {n}" for n in range(2000)]
    chosen = choose_pairs(ids, odds, count=100)
    probability = 1 / (1 + np.exp(-odds[chosen]))
    assert 95 <= len(chosen) == len(set(chosen)) <= 105
    assert (probability < 0.01).any() and (probability > 0.99).any()
    assert ((probability > 0.1) & (probability < 0.9)).sum() > 40
    turned = choose_pairs(ids[::-1], odds[::-1], count=100)
    assert [ids[n] for n in chosen] == [ids[::-1][n] for n in turned]


def test_the_order_of_the_sample_tells_nothing_of_the_score():
    odds = np.linspace(-8, 8, 2000)
    chosen = choose_pairs([f"pair {n}" for n in range(2000)], odds, count=300)
    assert abs(np.corrcoef(np.arange(len(chosen)), odds[chosen])[0, 1]) < 0.2


def test_what_blocking_lost_is_estimated_from_links_that_few_families_found():
    families = np.array([0b001] * 10 + [0b011] * 20 + [0b111] * 70)
    one = np.zeros(100, dtype=np.int64)
    lost = lost_by_blocking(families, np.ones(100), one, pairs_of_lists=1)
    assert lost.links.tolist() == pytest.approx([10 * 9 / (2 * 21)])
    assert lost_by_blocking(np.array([0b11, 0b111]), np.ones(2), one[:2], pairs_of_lists=1).total == 0


def test_each_pair_of_lists_loses_its_own_share():
    families = np.array([0b001] * 10 + [0b011] * 20 + [0b011] * 30)
    lists = np.array([0] * 30 + [1] * 30)
    lost = lost_by_blocking(families, np.ones(60), lists, pairs_of_lists=3)
    assert lost.links.tolist() == pytest.approx([10 * 9 / (2 * 21), 0, 0])


def test_the_doubt_about_what_blocking_lost_is_drawn():
    families = np.array([0b001] * 10 + [0b011] * 20)
    lists = np.zeros(30, dtype=np.int64)
    lost = lost_by_blocking(families, np.ones(30), lists, pairs_of_lists=2)
    rng = np.random.default_rng(4)
    draws = np.array([draw_lost(lost, rng) for _ in range(20_000)])
    assert draws[:, 0].mean() == pytest.approx(lost.links[0], rel=0.05)
    assert draws[:, 0].std() == pytest.approx(np.sqrt(lost.variance[0]), rel=0.1)
    assert not draws[:, 1].any()


def test_links_found_by_many_families_leave_little_doubt():
    sure = lost_by_blocking(np.full(50, 0b111), np.ones(50), np.zeros(50, dtype=np.int64), pairs_of_lists=1)
    assert sure.links.tolist() == [0] and sure.variance.tolist() == [0]
