from dataclasses import fields, replace

import pytest

from rasid.estimate.capture import CaptureTable
from rasid.estimate.intervals import estimate
from rasid.estimate.results import Estimate, Interval, Model, ModelEstimate, Refusal, Settings, Why
from rasid.estimate.stacking import foretold, stack

LISTS = ("A", "B", "C")
QUICK = Settings(models=(Model.CHAO, Model.LOGLINEAR, Model.GRAPHS, Model.TRAIT), min_effective=200)


def table(scale: float = 1.0, shared: float = 1.0) -> CaptureTable:
    counts = {
        (1, 0, 0): 60,
        (0, 1, 0): 40,
        (0, 0, 1): 30,
        (1, 1, 0): 20,
        (1, 0, 1): 16,
        (0, 1, 1): 14,
        (1, 1, 1): 6,
    }
    return CaptureTable(
        LISTS, {p: float(round(scale * c * (shared if sum(p) > 1 else 1.0))) for p, c in counts.items()}
    )


def test_documented_and_estimated_stand_in_different_fields():
    answer = estimate([table()], lists=LISTS, settings=QUICK)
    assert isinstance(answer, Estimate)
    assert answer.documented.persons == 186
    assert answer.population.low >= 186
    assert answer.unlisted.median == pytest.approx(answer.population.median - 186)
    assert not {"documented", "estimated"} & {f.name for f in fields(answer.population)}


def test_one_table_has_no_width_from_linkage():
    answer = estimate([table()], lists=LISTS, settings=QUICK)
    assert isinstance(answer, Estimate)
    assert answer.width.linkage == answer.width.missing_values == 0.0
    assert answer.width.sampling + answer.width.model == pytest.approx(1.0)


def test_clusterings_that_differ_widen_the_interval_and_linkage_is_named():
    alike = estimate([table()] * 4, lists=LISTS, settings=QUICK)
    apart = estimate([table(shared=s) for s in (0.5, 1.0, 1.5, 2.0)], lists=LISTS, settings=QUICK)
    assert isinstance(alike, Estimate) and isinstance(apart, Estimate)
    assert alike.width.linkage == pytest.approx(0.0, abs=1e-9)
    assert apart.width.linkage > 0.1
    assert apart.population.high - apart.population.low > alike.population.high - alike.population.low
    assert (apart.documented.low, apart.documented.high) == (158, 242)


def test_ways_to_fill_missing_values_have_their_own_part():
    tables = [table(), table(), table(1.4), table(1.4)]
    answer = estimate(tables, lists=LISTS, settings=QUICK, imputation=(0, 0, 1, 1))
    assert isinstance(answer, Estimate)
    assert answer.width.missing_values > 0.05
    assert answer.width.linkage == pytest.approx(0.0, abs=1e-9)
    parts = (answer.width.sampling, answer.width.model, answer.width.linkage, answer.width.missing_values)
    assert sum(parts) == pytest.approx(1.0)


def test_weights_add_up_and_a_lower_bound_has_none():
    answer = estimate([table()], lists=LISTS, settings=QUICK)
    assert isinstance(answer, Estimate)
    assert sum(answer.weights.values()) == pytest.approx(1.0)
    assert Model.CHAO not in answer.weights
    assert next(m.model for m in answer.models) is Model.CHAO


def test_the_model_that_foretells_better_weighs_more():
    data = table()
    good = {p: c / data.documented for p, c in data.counts.items()}
    even = dict.fromkeys(data.counts, 1 / 7)
    interval = Interval(1, 1, 1)
    models = [
        ModelEstimate(Model.GRAPHS, interval, left_out=good),
        ModelEstimate(Model.TRAIT, interval, left_out=even),
    ]
    scores = foretold(data, models)
    weights = stack(data, models)
    assert scores[Model.GRAPHS] > scores[Model.TRAIT]
    assert weights[Model.GRAPHS] > 0.99
    assert sum(weights.values()) == pytest.approx(1.0)


def test_half_of_the_score_decides():
    two = CaptureTable(LISTS, {(1, 0, 0): 1.0, (0, 1, 1): 1.0})
    models = [
        ModelEstimate(model, Interval(1, 1, 1), left_out=dict.fromkeys(two.counts, chance))
        for model, chance in ((Model.GRAPHS, 0.2), (Model.TRAIT, 0.1))
    ]
    # the scores differ by log 4, of which half is log 2
    assert stack(two, models) == pytest.approx({Model.GRAPHS: 2 / 3, Model.TRAIT: 1 / 3})


def test_models_that_foretell_alike_weigh_alike():
    even = dict.fromkeys(table().counts, 1 / 7)
    models = [ModelEstimate(m, Interval(1, 1, 1), left_out=even) for m in (Model.GRAPHS, Model.TRAIT)]
    assert list(stack(table(), models).values()) == pytest.approx([0.5, 0.5])


def test_log_linear_models_stand_beside_unless_they_are_alone():
    even = dict.fromkeys(table().counts, 1 / 7)
    models = [ModelEstimate(m, Interval(1, 1, 1), left_out=even) for m in (Model.LOGLINEAR, Model.TRAIT)]
    assert stack(table(), models) == {Model.TRAIT: 1.0}
    assert stack(table(), models[:1]) == {Model.LOGLINEAR: 1.0}


def test_some_of_the_lists_can_be_left_out():
    four = CaptureTable((*LISTS, "D"), {(*p, 0): c for p, c in table().counts.items()})
    answer = estimate([four], lists=LISTS, settings=QUICK)
    assert answer == estimate([table()], lists=LISTS, settings=QUICK)


def test_lists_that_share_nobody_are_refused_with_what_would_help():
    alone = CaptureTable(LISTS, {(1, 0, 0): 9, (0, 1, 0): 9, (0, 0, 1): 9})
    answer = estimate([alone], lists=LISTS, settings=QUICK)
    assert isinstance(answer, Refusal) and answer.why is Why.NO_OVERLAP and answer.helps


def test_two_lists_are_refused_with_the_reasons_of_the_models():
    two = CaptureTable(("A", "B"), {(1, 0): 30, (0, 1): 20, (1, 1): 10})
    answer = estimate([two], lists=("A", "B"), settings=QUICK)
    assert isinstance(answer, Refusal) and answer.why is Why.TOO_FEW_LISTS
    assert {r.model for r in answer.parts} == {Model.LOGLINEAR, Model.GRAPHS, Model.TRAIT}


def test_one_model_alone_does_not_speak_where_the_chains_of_another_disagree():
    settings = Settings(models=(Model.TRAIT, Model.LATENT), draws=20, min_effective=1000, max_rhat=1.01)
    alone = estimate([table(5)], lists=LISTS, settings=replace(settings, models=(Model.TRAIT,)))
    both = estimate([table(5)], lists=LISTS, settings=settings)
    assert isinstance(alone, Estimate)
    assert isinstance(both, Refusal) and both.why is Why.CHAINS_DISAGREE


def test_many_clusterings_are_thinned_evenly():
    settings = Settings(models=(Model.GRAPHS,), most_tables=3)
    answer = estimate([table(1 + k / 10) for k in range(9)], lists=LISTS, settings=settings)
    assert isinstance(answer, Estimate)
    assert (answer.documented.low, answer.documented.high) == (table().documented, table(1.8).documented)


def test_nothing_in_is_an_error_of_the_caller():
    with pytest.raises(ValueError):
        estimate([], lists=LISTS, settings=QUICK)


def test_the_same_settings_give_the_same_estimate():
    assert estimate([table()], lists=LISTS, settings=QUICK) == estimate(
        [table()], lists=LISTS, settings=QUICK
    )
