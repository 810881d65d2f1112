import numpy as np
import pytest

from rasid.estimate.capture import CaptureTable
from rasid.estimate.existence import find_face
from rasid.estimate.hierarchy import all_models, neighbours, written
from rasid.estimate.loglinear import (
    as_cells,
    average,
    estimate_loglinear,
    fit_one,
    profile_interval,
    rank_models,
    select_by_steps,
)
from rasid.estimate.results import ModelEstimate, Refusal, Settings, Why

AB, AC, BC = 0b011, 0b101, 0b110
INVENTED = CaptureTable(
    ("A", "B", "C"),
    {(1, 0, 0): 60, (0, 1, 0): 40, (0, 0, 1): 20, (1, 1, 0): 10, (1, 0, 1): 6, (0, 1, 1): 4, (1, 1, 1): 2},
)


@pytest.mark.parametrize(("lists", "models"), [(3, 8), (4, 113)])
def test_every_hierarchical_model_is_met_once(lists, models):
    every = list(all_models(lists))
    assert len(every) == len(set(every)) == models


def test_neighbours_stay_hierarchical():
    for model in all_models(4):
        assert set(neighbours(model, 4, largest=3)) <= set(all_models(4))


def test_a_model_is_written_by_its_largest_terms():
    assert written(frozenset({AB}), ("A", "B", "C")) == "[A B][C]"


def test_the_model_with_all_pairs_of_three_lists_is_the_product_of_odd_over_even():
    # unseen = n100 n010 n001 n111 / (n110 n101 n011) = 60*40*20*2 / (10*6*4) = 400
    fit, _ = fit_one(as_cells(INVENTED), frozenset({AB, AC, BC}))
    assert fit.unseen == pytest.approx(400.0, rel=1e-5)
    assert not fit.on_border


def test_a_list_independent_of_two_that_hang_together_is_lincoln_and_petersen():
    # [A B][C]: persons on A or B against C: unseen = n001 * (n100 + n010 + n110) / (n101 + n011 + n111)
    fit, _ = fit_one(as_cells(INVENTED), frozenset({AB}))
    assert fit.unseen == pytest.approx(20 * 110 / 12, rel=1e-5)


def test_the_profile_interval_holds_its_fit_and_widens_with_its_level():
    cells = as_cells(INVENTED)
    fit, face = fit_one(cells, frozenset())
    narrow, wide = (profile_interval(cells, fit, face, level=level) for level in (0.8, 0.95))
    assert wide.low < narrow.low < narrow.median < narrow.high < wide.high
    assert narrow.median == wide.median


def test_a_fit_exists_where_margins_can_be_met_by_positive_cells():
    cells = as_cells(INVENTED)
    assert find_face(cells.design[:, :4], cells.counts).cells.all()


def test_a_pair_that_shares_nobody_sends_its_cells_to_zero():
    table = CaptureTable(("A", "B", "C"), {(1, 0, 0): 40, (0, 1, 0): 30, (0, 0, 1): 20, (1, 1, 0): 6})
    cells = as_cells(table)
    fit, face = fit_one(cells, frozenset({AC, BC}))
    assert fit.on_border
    assert [cell + 1 for cell in np.flatnonzero(~face.cells)] == [0b101, 0b110, 0b111]
    assert fit.unseen == pytest.approx(40 * 30 / 6, rel=1e-5)  # C then says nothing


def test_a_model_that_any_number_fits_equally_well_gives_none():
    table = CaptureTable(("A", "B", "C"), {(1, 0, 0): 40, (0, 1, 0): 30, (0, 0, 1): 20, (1, 1, 0): 6})
    fit, _ = fit_one(as_cells(table), frozenset({AB, AC, BC}))
    assert fit.unseen is None


def test_a_table_whose_best_models_do_not_fix_the_unseen_is_refused():
    table = CaptureTable(("A", "B", "C"), {(1, 0, 0): 400, (0, 1, 0): 300, (0, 0, 1): 200, (1, 1, 0): 160})
    answer = estimate_loglinear(table, settings=Settings())
    assert isinstance(answer, Refusal) and answer.why is Why.NOT_IDENTIFIED


@pytest.mark.parametrize(("lists", "why"), [(2, Why.TOO_FEW_LISTS), (9, Why.TOO_MANY_LISTS)])
def test_it_says_for_how_many_lists_it_is_made(lists, why):
    one = {tuple(int(i == j) for j in range(lists)): 5.0 for i in range(lists)}
    table = CaptureTable(tuple("ABCDEFGHI"[:lists]), {**one, (1, 1) + (0,) * (lists - 2): 5.0})
    answer = estimate_loglinear(table, settings=Settings())
    assert isinstance(answer, Refusal) and answer.why is why and answer.helps


def test_the_best_model_comes_first_and_weights_add_up():
    cells = as_cells(INVENTED)
    ranked = rank_models(cells)
    assert [f.bic for f in ranked] == sorted(f.bic for f in ranked)
    averaged = average(cells)
    assert sum(averaged.weights) == pytest.approx(1.0)
    assert list(averaged.weights) == sorted(averaged.weights, reverse=True)


def test_steps_stop_where_nothing_improves_the_fit():
    table = CaptureTable(
        ("A", "B", "C"),
        {(1, 0, 0): 360, (0, 1, 0): 90, (0, 0, 1): 40, (1, 1, 0): 90, (1, 0, 1): 40, (0, 1, 1): 10, (1, 1, 1): 10},
    )  # fmt: skip
    assert select_by_steps(as_cells(table)).terms == frozenset()


def test_naming_the_lists_in_another_order_changes_nothing():
    turned = CaptureTable(("C", "A", "B"), {(p[2], p[0], p[1]): c for p, c in INVENTED.counts.items()})
    first, second = (estimate_loglinear(t, settings=Settings()) for t in (INVENTED, turned))
    assert isinstance(first, ModelEstimate) and isinstance(second, ModelEstimate)
    assert first.population.median == pytest.approx(second.population.median, rel=1e-6)


@pytest.mark.shared
def test_kosovo_gives_the_published_fit(shared):
    from benchmarks.mse import read_table

    cells = as_cells(read_table(shared / "bench" / "mse", "kosovo"))
    best, face = fit_one(cells, rank_models(cells)[0].terms)
    interval = profile_interval(cells, best, face)
    assert interval.median == pytest.approx(10356.5, rel=1e-4)
    assert (interval.low, interval.high) == pytest.approx((8994, 12110), rel=0.002)
