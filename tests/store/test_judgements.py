"""Hypotheses and cells as decisions."""

from pathlib import Path

import pytest

from rasid.case import Case, create_case
from rasid.errors import WrongUse
from rasid.store.decisions import ask, drop, judge, read_decisions, replay, suppose, withdraw

ASKED = "Is the bridge open?"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    held = create_case(tmp_path / "case")
    ask(held, ASKED, by="Rana")
    return held


def test_a_hypothesis_stands_once_whoever_adds_it_again(case: Case) -> None:
    short = suppose(case, ASKED, "It is open at night only", by="Rana")
    assert suppose(case, ASKED, " It is open  at night only", by="Omar") == short
    assert [(h.says, h.id, h.by) for h in replay(case).hypotheses] == [
        ("It is open at night only", short, "Rana")
    ]


def test_a_hypothesis_can_be_dropped_and_the_log_keeps_it(case: Case) -> None:
    short = suppose(case, ASKED, "It is open at night only", by="Rana")
    drop(case, ASKED, short, by="Omar")
    assert replay(case).hypotheses == ()
    assert [d.kind.value for d in read_decisions(case)] == ["ask", "suppose", "drop"]


def test_what_was_not_added_cannot_be_dropped(case: Case) -> None:
    with pytest.raises(WrongUse, match="Added now: none"):
        drop(case, ASKED, "so", by="Rana")


def test_the_last_word_on_a_cell_stands(case: Case) -> None:
    for cell in ("neutral", "consistent"):
        judge(case, ASKED, claim="c1", hypothesis="so", cell=cell, by="Rana")
    assert [(c.claim, c.hypothesis, c.cell) for c in replay(case).cells] == [("c1", "so", "consistent")]


def test_an_empty_cell_gives_it_back_to_the_rule(case: Case) -> None:
    judge(case, ASKED, claim="c1", hypothesis="so", cell="neutral", by="Rana")
    judge(case, ASKED, claim="c1", hypothesis="so", cell="", by="Omar")
    assert replay(case).cells == ()


def test_an_unknown_cell_is_refused(case: Case) -> None:
    with pytest.raises(WrongUse, match="consistent, inconsistent, neutral"):
        judge(case, ASKED, claim="c1", hypothesis="so", cell="maybe", by="Rana")
    assert len(read_decisions(case)) == 1


def test_nothing_can_be_said_about_a_question_that_is_not_asked(case: Case) -> None:
    withdraw(case, ASKED, by="Rana")
    with pytest.raises(WrongUse, match="not a question of this case"):
        suppose(case, ASKED, "It is open at night only", by="Rana")
