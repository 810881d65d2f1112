from rasid.estimate.capture import CaptureTable
from rasid.estimate.overlap import What, by_stratum, measure_overlap, refuse_before_models
from rasid.estimate.results import Why

TABLE = CaptureTable(
    ("Town", "Clinic", "Press"),
    {(1, 0, 0): 40.0, (0, 1, 0): 30.0, (0, 0, 1): 20.0, (1, 1, 0): 12.0, (1, 0, 1): 11.0, (1, 1, 1): 5.0},
)


def test_lists_and_pairs_are_counted():
    overlap = measure_overlap(TABLE)
    assert overlap.documented == 118.0
    assert overlap.per_list == {"Town": 68.0, "Clinic": 47.0, "Press": 36.0}
    assert overlap.shared == {("Town", "Clinic"): 17.0, ("Town", "Press"): 16.0, ("Clinic", "Press"): 5.0}
    assert overlap.by_size == {1: 90.0, 2: 23.0, 3: 5.0}


def test_a_pair_with_few_persons_in_common_is_named():
    found = [f for f in measure_overlap(TABLE).findings if f.what is What.FEW_SHARED]
    assert [f.lists for f in found] == [("Clinic", "Press")]


def test_a_list_inside_another_looks_copied():
    table = CaptureTable(("A", "B"), {(1, 0): 50.0, (1, 1): 40.0, (0, 1): 1.0})
    assert [(f.what, f.lists) for f in measure_overlap(table).findings] == [(What.INSIDE, ("B", "A"))]


def test_a_list_that_shares_nobody_is_named_and_no_model_runs():
    table = CaptureTable(("A", "B", "C"), {(1, 0, 0): 9.0, (1, 1, 0): 9.0, (0, 1, 0): 9.0, (0, 0, 1): 9.0})
    assert What.APART in {f.what for f in measure_overlap(table).findings}
    refusal = refuse_before_models(table)
    assert (
        refusal is not None and refusal.why is Why.NO_OVERLAP and refusal.reason.startswith("C shares nobody")
    )


def test_two_groups_of_lists_without_a_bridge_are_refused():
    table = CaptureTable(("A", "B", "C", "D"), {(1, 1, 0, 0): 9.0, (0, 0, 1, 1): 9.0})
    refusal = refuse_before_models(table)
    assert refusal is not None and refusal.why is Why.NO_OVERLAP


def test_lists_that_avoid_each_other_are_named():
    table = CaptureTable(
        ("A", "B", "C"),
        {(1, 0, 0): 50.0, (0, 1, 0): 50.0, (1, 0, 1): 60.0, (0, 1, 1): 60.0, (0, 0, 1): 60.0, (1, 1, 0): 12.0, (1, 1, 1): 2.0},
    )  # fmt: skip
    assert [f.lists for f in measure_overlap(table).findings if f.what is What.AVOIDING] == [("A", "B")]


def test_one_list_alone_is_refused():
    refusal = refuse_before_models(CaptureTable(("A",), {(1,): 9.0}))
    assert refusal is not None and refusal.why is Why.TOO_FEW_LISTS


def test_strata_share_out_all_persons():
    persons = [("north", (1, 0)), ("south", (1, 1)), ("north", (0, 1))]
    strata = by_stratum(persons, lists=("A", "B"))
    assert {name: dict(t.counts) for name, t in strata.items()} == {
        "north": {(0, 1): 1.0, (1, 0): 1.0},
        "south": {(1, 1): 1.0},
    }
