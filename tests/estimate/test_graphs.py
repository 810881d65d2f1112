import math

import numpy as np
import pytest

from rasid.estimate.capture import CaptureTable
from rasid.estimate.graphs import estimate_graphs, weigh, written
from rasid.estimate.results import ModelEstimate, Refusal, Settings, Why

TABLE = CaptureTable(
    ("A", "B", "C"),
    {(1, 0, 0): 60, (0, 1, 0): 40, (0, 0, 1): 20, (1, 1, 0): 10, (1, 0, 1): 6, (0, 1, 1): 4, (1, 1, 1): 2},
)


@pytest.mark.parametrize(("lists", "graphs"), [(3, 8), (4, 61), (5, 822)])
def test_the_number_of_decomposable_graphs_is_the_known_one(lists, graphs):
    one = {tuple(int(i == j) for j in range(lists)): 5.0 for i in range(lists)}
    table = CaptureTable(tuple("ABCDE"[:lists]), one)
    assert weigh(table, delta=2.0**-lists).graphs.size == graphs - 1  # the complete one apart


def test_the_example_of_the_method_page():
    # two persons on A only, one on both lists, two lists, delta 1/4, nobody unseen, graph [A][B]; by hand:
    # margin of A: 3 on, 0 off, prior 1/2 each: G(3.5)/G(.5) * G(1)/G(4) = 15/8 / 6 = .3125
    # margin of B: 1 on, 2 off: G(1.5)/G(.5) * G(2.5)/G(.5) * G(1)/G(4) = .5 * .75 / 6 = .0625
    table = CaptureTable(("A", "B"), {(1, 0): 2, (1, 1): 1})
    from rasid.estimate.graphs import _terms

    counts = np.array([0.0, 2.0, 0.0, 1.0])
    terms = _terms(counts, np.array([0.0]), 0.25)
    assert table.documented == 3
    assert math.exp(terms[0b01, 0]) == pytest.approx(0.3125)
    assert math.exp(terms[0b10, 0]) == pytest.approx(0.0625)


def test_persons_drawn_from_independent_lists_give_the_graph_without_edges():
    chances = (0.4, 0.3, 0.35)
    counts = {}
    for pattern in [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1) if a or b or c]:
        share = math.prod(p if mark else 1 - p for mark, p in zip(pattern, chances, strict=True))
        counts[pattern] = float(round(2000 * share))
    answer = weigh(CaptureTable(("A", "B", "C"), counts), delta=1 / 8)
    assert written(int(answer.graphs[answer.weights.argmax()]), ("A", "B", "C")) == "[A][B][C]"
    joint = estimate_graphs(CaptureTable(("A", "B", "C"), counts), settings=Settings())
    assert isinstance(joint, ModelEstimate)
    assert joint.population.low < 2000 < joint.population.high


def test_the_complete_graph_stands_apart_and_does_not_enter_the_average():
    answer = weigh(TABLE, delta=1.0)
    assert 0.0 < answer.complete < 1.0
    assert answer.without.sum() == pytest.approx(1.0)
    assert answer.weights.sum() == pytest.approx(1.0)


def test_where_the_complete_graph_carries_the_weight_there_is_no_figure():
    answer = estimate_graphs(TABLE, settings=Settings(deltas=(20.0,)))
    assert isinstance(answer, Refusal) and answer.why is Why.PRIOR_DECIDES and answer.helps


def test_naming_the_lists_in_another_order_changes_nothing():
    turned = CaptureTable(("C", "A", "B"), {(p[2], p[0], p[1]): c for p, c in TABLE.counts.items()})
    first, second = (estimate_graphs(t, settings=Settings()) for t in (TABLE, turned))
    assert isinstance(first, ModelEstimate) and isinstance(second, ModelEstimate)
    assert first.population.median == pytest.approx(second.population.median, rel=1e-9)


def test_a_left_out_person_of_independent_lists_is_foretold_by_the_margins():
    # with one graph and N near its peak the chance is about the fitted share of the pattern among the listed
    answer = estimate_graphs(TABLE, settings=Settings())
    assert isinstance(answer, ModelEstimate)
    assert sum(answer.left_out.values()) == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize(("lists", "why"), [(2, Why.TOO_FEW_LISTS), (7, Why.TOO_MANY_LISTS)])
def test_it_says_for_how_many_lists_it_is_made(lists, why):
    one = {tuple(int(i == j) for j in range(lists)): 5.0 for i in range(lists)}
    answer = estimate_graphs(CaptureTable(tuple("ABCDEFG"[:lists]), one), settings=Settings())
    assert isinstance(answer, Refusal) and answer.why is why


@pytest.mark.shared
@pytest.mark.parametrize(
    ("delta", "median", "low", "high"),
    [(1 / 16, 12595, 9827, 16544), (1 / 2, 11323, 4500, 14486), (1.0, 4617, 4408, 6860)],
)
def test_kosovo_agrees_with_the_published_package_under_three_priors(shared, delta, median, low, high):
    from benchmarks.mse import read_table
    from rasid.estimate.graphs import quantiles_of

    table = read_table(shared / "bench" / "mse", "kosovo")
    answer = weigh(table, delta=delta)
    both = answer.without * (1 - answer.complete) + answer.whole * answer.complete
    quantiles = table.documented + quantiles_of(answer.unseen, both, np.array([0.5, 0.025, 0.975]))
    assert quantiles == pytest.approx((median, low, high), rel=0.003)
