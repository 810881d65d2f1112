import pytest

from rasid.estimate.capture import CaptureTable
from rasid.estimate.chao import estimate_chao
from rasid.estimate.results import ModelEstimate, Refusal, Settings, Why


def test_the_example_of_the_method_page():
    # on one list only 60, 40 and 20; on two lists 10, 6 and 4; on all 2.
    # unseen = (60*40 + 60*20 + 40*20) / (10 + 6 + 4) = 4400 / 20 = 220
    table = CaptureTable(
        ("A", "B", "C"),
        {
            (1, 0, 0): 60,
            (0, 1, 0): 40,
            (0, 0, 1): 20,
            (1, 1, 0): 10,
            (1, 0, 1): 6,
            (0, 1, 1): 4,
            (1, 1, 1): 2,
        },
    )
    answer = estimate_chao(table, settings=Settings())
    assert isinstance(answer, ModelEstimate)
    assert answer.population.median == pytest.approx(142 + 220)
    assert answer.lower_bound
    assert answer.population.low < answer.population.median < answer.population.high


def test_with_two_lists_it_is_the_estimate_of_lincoln_and_petersen():
    table = CaptureTable(("A", "B"), {(1, 0): 30, (0, 1): 20, (1, 1): 10})
    answer = estimate_chao(table, settings=Settings())
    assert isinstance(answer, ModelEstimate)
    assert answer.population.median == pytest.approx(40 * 30 / 10)


def test_lists_of_independent_chances_are_met_exactly():
    # expected counts of 1,000 persons under chances .5, .2, .1: the bound is the population itself
    chances = (0.5, 0.2, 0.1)
    counts = {}
    for pattern in [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1) if a or b or c]:
        share = 1.0
        for mark, chance in zip(pattern, chances, strict=True):
            share *= chance if mark else 1 - chance
        counts[pattern] = 1000 * share
    answer = estimate_chao(CaptureTable(("A", "B", "C"), counts), settings=Settings())
    assert isinstance(answer, ModelEstimate)
    assert answer.population.median == pytest.approx(1000)


def test_without_anyone_on_two_lists_there_is_no_bound():
    answer = estimate_chao(CaptureTable(("A", "B"), {(1, 0): 30, (0, 1): 20}), settings=Settings())
    assert isinstance(answer, Refusal) and answer.why is Why.NO_OVERLAP and answer.helps
