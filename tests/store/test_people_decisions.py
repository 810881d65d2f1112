"""Lists of people and answers about their rows as decisions."""

from pathlib import Path

import pytest

from rasid.case import Case, create_case
from rasid.errors import WrongUse
from rasid.store.decisions import read_decisions, replay
from rasid.store.people_decisions import answer, drop_list, give_list

SHA, OTHER_SHA = "a" * 64, "b" * 64


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case")


def give(case: Case, called: str, sha: str, **columns: str) -> bool:
    return give_list(case, called, files=[sha], columns=columns, deduplicated=False, by="Rana")


def test_a_list_is_kept_with_its_columns_and_given_once(case: Case) -> None:
    assert give(case, "monitor", SHA, name="Full name", age="Age")
    assert not give(case, "monitor", SHA, name="Full name", age="Age")
    held = replay(case).lists
    assert [(each.name, each.files, each.columns) for each in held] == [
        ("monitor", (SHA,), (("age", "Age"), ("name", "Full name")))
    ]


def test_a_later_edition_takes_the_place_of_the_earlier_one_among_the_lists(case: Case) -> None:
    give(case, "first", SHA)
    give(case, "second", OTHER_SHA)
    give(case, "first", "c" * 64)
    assert [(each.name, each.files[0][0]) for each in replay(case).lists] == [("first", "c"), ("second", "b")]


def test_a_file_that_was_a_list_is_never_read_as_a_report(case: Case) -> None:
    give(case, "monitor", SHA)
    drop_list(case, "monitor", by="Omar")
    assert replay(case).lists == ()
    assert replay(case).list_files == {SHA}


def test_an_unknown_list_cannot_be_dropped(case: Case) -> None:
    give(case, "monitor", SHA)
    with pytest.raises(WrongUse, match="It has: monitor"):
        drop_list(case, "monitors", by="Rana")


def test_the_last_answer_counts_and_the_order_of_the_two_rows_does_not(case: Case) -> None:
    assert answer(case, [("l1", "l2", "same"), ("l3", "l2", "cannot tell")], by="Rana") == 2
    assert answer(case, [("l2", "l1", "same")], by="Omar") == 0
    assert answer(case, [("l2", "l1", "different")], by="Omar") == 1
    held = {(pair.left, pair.right): (pair.answer, pair.by) for pair in replay(case).pairs}
    assert held == {("l1", "l2"): ("different", "Omar"), ("l2", "l3"): ("cannot tell", "Rana")}


def test_an_answer_can_be_taken_back_and_the_log_keeps_both(case: Case) -> None:
    answer(case, [("l1", "l2", "same")], by="Rana")
    assert answer(case, [("l1", "l2", "")], by="Rana") == 1
    assert replay(case).pairs == ()
    assert [d.in_words() for d in read_decisions(case)] == [
        "Rows l1 and l2: same",
        "Rows l1 and l2: not judged any more",
    ]


@pytest.mark.parametrize(("left", "right", "said"), [("l1", "l1", "same"), ("l1", "l2", "maybe")])
def test_an_answer_is_one_of_three_about_two_rows(case: Case, left: str, right: str, said: str) -> None:
    with pytest.raises(WrongUse):
        answer(case, [(left, right, said)], by="Rana")
    assert replay(case).pairs == ()
