"""Measured floor: how figures of several documents relate, and what their ranges come to, from text to range."""

from __future__ import annotations

import pytest

from tests.quality.figures_ranges.scoring import PAIRED, Score, bundles, measure

PRECISION = 0.97
RECALL = 0.90


@pytest.fixture(scope="module")
def score() -> Score:
    return measure(list(bundles()))


def test_there_are_enough_bundles_to_say_anything() -> None:
    assert len(list(bundles())) >= 60


@pytest.mark.parametrize("relation", PAIRED)
def test_relations_are_found_and_are_right(relation: str, score: Score) -> None:
    assert score.precision(relation) >= PRECISION, score.faults
    assert score.recall(relation) >= RECALL, score.faults


def test_what_must_not_be_compared_never_shares_a_range(score: Score) -> None:
    assert score.missed["apart"] == 0, score.faults


def test_the_ranges_have_the_right_ends_and_voices(score: Score) -> None:
    assert score.recall("ranges") >= RECALL, score.faults
    assert score.missed["sums"] == 0, score.faults
