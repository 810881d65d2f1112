"""Pairs -> groups: no chaining, people's decisions first, ids that stay."""

import numpy as np
import pytest

from rasid.resolve.people.clusters import (
    Decided,
    cluster,
    held_once,
    name_persons,
    prior_odds,
    sample_clustering,
)


def grouped(size, odds, **given):
    left = np.array([a for a, _ in odds], dtype=np.int64)
    right = np.array([b for _, b in odds], dtype=np.int64)
    return cluster(size, left, right, np.array(list(odds.values()), dtype=float), **given).tolist()


def test_pairs_above_even_odds_are_joined_and_others_not():
    assert grouped(4, {(0, 1): 3.0, (1, 2): -1.0, (2, 3): 0.5}) == [0, 0, 2, 2]


def test_one_strong_pair_does_not_chain_two_groups():
    odds = {(0, 1): 6.0, (2, 3): 6.0, (1, 2): 4.0, (0, 2): -5.0, (0, 3): -5.0, (1, 3): -5.0}
    assert grouped(4, odds) == [0, 0, 2, 2]


def test_pairs_that_were_never_compared_speak_against_a_chain():
    assert grouped(4, {(0, 1): 6.0, (1, 2): 1.0, (2, 3): 6.0}) == [0, 0, 2, 2]


def test_the_prior_is_not_paid_by_every_pair_of_two_groups():
    odds = {(0, 1): 6.0, (2, 3): 6.0, (0, 2): -0.5, (0, 3): -0.5, (1, 2): -0.5, (1, 3): -0.5}
    assert grouped(4, odds) == [0, 0, 2, 2]
    assert grouped(4, odds, prior=-2.0) == [0, 0, 0, 0]  # (-2 + 2 * (4 - 2)) / 4 > 0


def test_a_single_pair_pays_the_prior_in_full():
    assert grouped(2, {(0, 1): -0.1}, prior=-5.0) == [0, 1]


def test_the_prior_is_the_share_of_links_among_compared_pairs():
    assert prior_odds(np.array([1.0] * 10 + [0.0] * 90)) == pytest.approx(np.log(10.5 / 90.5), abs=1e-3)
    assert prior_odds(np.zeros(0)) == 0.0


def test_a_human_different_is_never_undone_by_a_score():
    odds = {(0, 1): 8.0, (1, 2): 8.0, (0, 2): 8.0}
    assert grouped(3, odds, decided=Decided(different=((0, 2),))) in ([0, 0, 2], [0, 1, 1])


def test_a_human_same_joins_what_no_score_would():
    assert grouped(3, {(0, 1): -9.0}, decided=Decided(same=((0, 1), (1, 2)))) == [0, 0, 0]


def test_different_holds_for_all_that_are_the_same_as_either():
    odds = {(0, 1): 8.0, (1, 2): 8.0, (0, 2): 8.0, (2, 3): 8.0, (0, 3): 8.0, (1, 3): 8.0}
    decided = Decided(same=((0, 1),), different=((1, 2),))
    groups = grouped(4, odds, decided=decided)
    assert groups[0] == groups[1] != groups[2]


def test_the_order_of_pairs_is_irrelevant():
    odds = {(0, 1): 2.0, (1, 2): 1.5, (0, 2): -1.0, (2, 3): 2.5, (3, 4): 1.0, (2, 4): 0.2}
    turned = dict(reversed(list(odds.items())))
    assert grouped(5, odds) == grouped(5, turned)


def test_a_list_said_to_name_nobody_twice_holds_its_rows_apart_softly():
    held = held_once(np.array([2.0, 9.0, 2.0]), np.array([0, 0, 0]), np.array([0, 0, 1]), deduplicated=[0])
    assert (held > 0).tolist() == [False, True, True]


def test_a_sampled_clustering_has_as_many_links_as_the_probabilities_say():
    rng = np.random.default_rng(3)
    left = np.arange(0, 4000, 2)
    odds = rng.normal(0.0, 2.0, len(left))
    expected = (1 / (1 + np.exp(-odds))).sum()
    groups = sample_clustering(4000, left, left + 1, odds, rng=rng)
    assert (groups[left] == groups[left + 1]).sum() == pytest.approx(expected, abs=1)


def test_ids_of_persons_stay_when_a_list_is_added():
    rank = {"first": 0, "second": 1, "a later one": 2}
    before = name_persons(np.array([0, 0, 2]), ["m", "n", "o"], rank, ["first", "second", "second"])
    after = name_persons(
        np.array([0, 1, 1, 0]), ["a", "m", "n", "o"], rank, ["a later one", "first", "second", "second"]
    )
    assert after[1] == after[2] == before[0] == before[1]
    assert after[3] == before[2]


def _plainly(size: int, pairs: dict[tuple[int, int], float], unseen: float, prior: float) -> list[int]:
    """The rule of clusters.py word by word: every two groups are looked at before each step."""
    groups = {row: [row] for row in range(size)}

    def mean(a: int, b: int) -> float:
        seen = [pairs[p] for i in groups[a] for j in groups[b] if (p := (min(i, j), max(i, j))) in pairs]
        count = len(groups[a]) * len(groups[b])
        root = len(seen) ** 0.5
        given = sum(seen) - prior * (len(seen) - root) + unseen * (count**0.5 - root)
        return given / count if seen else -99.0

    while True:
        heights = {(a, b): mean(a, b) for a in groups for b in groups if a < b}
        best = max(heights, key=lambda ends: heights[ends], default=None)
        if best is None or heights[best] <= 0.0:
            return [min(held) for row in range(size) for held in groups.values() if row in held]
        groups[best[0]] += groups.pop(best[1])


@pytest.mark.parametrize("seed", range(40))
def test_pairs_out_of_reach_change_no_group(seed):
    rng = np.random.default_rng(seed)
    size, prior = 14, float(-rng.uniform(0.0, 5.0))
    ends = [(a, b) for a in range(size) for b in range(a + 1, size) if rng.random() < 0.5]
    odds = rng.normal(-2.0, 3.0, len(ends)).clip(-3.9, 7.9)
    left, right = (np.array([pair[n] for pair in ends]) for n in (0, 1))
    found = cluster(size, left, right, odds, unseen=-1.5, prior=prior)
    assert found.tolist() == _plainly(size, dict(zip(ends, odds.tolist(), strict=True)), -1.5, prior)
