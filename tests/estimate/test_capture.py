import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.estimate.capture import CaptureTable, corrected, in_fixed_order, reduced, tabulate, whole

LISTS = ("A", "B", "C")


def on_both(table: CaptureTable, i: int, j: int) -> float:
    return sum(count for pattern, count in table.counts.items() if pattern[i] and pattern[j])


@st.composite
def tables(draw: st.DrawFn) -> CaptureTable:
    patterns = [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1) if a or b or c]
    return CaptureTable(LISTS, {p: float(draw(st.integers(0, 50))) for p in patterns})


def test_persons_are_counted_by_their_lists_and_nobody_is_not():
    table = tabulate([(1, 0), (1, 0), (1, 1), (0, 0)], lists=("A", "B"))
    assert dict(table.counts) == {(1, 0): 2.0, (1, 1): 1.0}
    assert table.documented == 3.0


def test_a_pattern_that_counts_zero_is_as_good_as_none():
    assert CaptureTable(("A", "B"), {(1, 0): 3.0, (1, 1): 0.0}) == CaptureTable(("A", "B"), {(1, 0): 3.0})


@pytest.mark.parametrize("counts", [{(0, 0): 1.0}, {(1,): 1.0}, {(1, 2): 1.0}, {(1, 0): -1.0}])
def test_a_table_that_cannot_be_is_not_made(counts):
    with pytest.raises(ValueError):
        CaptureTable(("A", "B"), counts)


def test_a_table_goes_to_another_process_and_back():
    table = tabulate([(1, 0), (1, 1)], lists=("A", "B"))
    assert pickle.loads(pickle.dumps(table)) == table


def test_without_a_list_its_own_persons_are_gone_and_the_others_stay():
    table = CaptureTable(LISTS, {(1, 0, 0): 5.0, (1, 1, 0): 2.0, (0, 0, 1): 4.0})
    assert dict(reduced(table, lists=("B", "A")).counts) == {(0, 1): 5.0, (1, 1): 2.0}


def test_a_missed_link_makes_two_persons_one():
    table = CaptureTable(("A", "B"), {(1, 0): 10.0, (0, 1): 8.0, (1, 1): 4.0})
    mended = corrected(table, missed={(0, 1): 3.0}, false={})
    assert dict(mended.counts) == {(0, 1): 5.0, (1, 0): 7.0, (1, 1): 7.0}


def test_a_false_link_makes_one_person_two():
    table = CaptureTable(("A", "B"), {(1, 0): 10.0, (0, 1): 8.0, (1, 1): 4.0})
    mended = corrected(table, missed={}, false={(1, 0): 1.0})
    assert dict(mended.counts) == {(0, 1): 9.0, (1, 0): 11.0, (1, 1): 3.0}


def test_correction_never_moves_more_persons_than_there_are():
    table = CaptureTable(("A", "B"), {(1, 0): 2.0, (0, 1): 8.0, (1, 1): 4.0})
    assert corrected(table, missed={(0, 1): 50.0}, false={}).counts[(1, 1)] == pytest.approx(6.0)


def test_correction_of_three_lists_meets_the_wanted_numbers_of_every_pair():
    table = CaptureTable(
        LISTS,
        {(1, 0, 0): 90.0, (0, 1, 0): 80.0, (0, 0, 1): 70.0, (1, 1, 0): 30.0, (1, 0, 1): 20.0, (0, 1, 1): 10.0, (1, 1, 1): 9.0},
    )  # fmt: skip
    missed = {(0, 1): 6.0, (0, 2): 3.0, (1, 2): 4.0}
    mended = corrected(table, missed=missed, false={})
    for (i, j), number in missed.items():
        assert on_both(mended, i, j) == pytest.approx(on_both(table, i, j) + number, rel=1e-6)
    for place in range(3):  # nobody leaves a list
        on = [sum(c for p, c in t.counts.items() if p[place]) for t in (table, mended)]
        assert on[1] == pytest.approx(on[0])


def test_a_correction_by_a_pair_that_is_not_there_is_refused():
    table = CaptureTable(("A", "B"), {(1, 1): 1.0})
    with pytest.raises(ValueError):
        corrected(table, missed={(0, 2): 1.0}, false={})


@given(tables(), st.permutations(LISTS))
def test_the_fixed_order_does_not_hang_on_how_the_lists_came(table, order):
    again = in_fixed_order(reduced(table, lists=tuple(order)))
    assert again.counts == in_fixed_order(table).counts


@given(tables(), st.floats(0.0, 1.0))
def test_whole_counts_keep_the_sum(table, part):
    mixed = CaptureTable(LISTS, {p: c * (0.5 + part / 2) for p, c in table.counts.items()})
    assert whole(mixed).documented == round(mixed.documented)
    assert all(abs(whole(mixed).counts.get(p, 0.0) - c) <= 1.0 for p, c in mixed.counts.items())


def test_a_lost_listing_is_given_back_to_persons_of_three_lists_as_to_those_of_two():
    """Every tenth listing on the third list went astray; the totals of links say how many."""
    true = {
        (1, 1, 0): 600,
        (1, 0, 1): 500,
        (0, 1, 1): 400,
        (1, 1, 1): 800,
        (1, 0, 0): 900,
        (0, 1, 0): 700,
        (0, 0, 1): 300,
    }
    seen = {
        **true,
        (1, 0, 1): 450,
        (0, 1, 1): 360,
        (1, 1, 1): 720,
        (1, 1, 0): 680,
        (1, 0, 0): 950,
        (0, 1, 0): 740,
        (0, 0, 1): 470,
    }
    found = corrected(CaptureTable(("A", "B", "C"), seen), {(0, 2): 130.0, (1, 2): 120.0}, {})
    for pattern, count in true.items():
        assert found.counts[pattern] == pytest.approx(count, rel=0.06), pattern
