"""Grades as decisions."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasid.case import Case, create_case
from rasid.errors import WrongUse
from rasid.model.graded import Graded
from rasid.store.decisions import read_decisions, replay
from rasid.store.grade_decisions import grade


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case")


def test_the_last_grade_counts_whoever_sets_it(case: Case) -> None:
    assert grade(
        case, Graded.VOICE, "Yarrow Observatory", means="B", because="four years of lists", by="Rana"
    )
    assert not grade(
        case, Graded.VOICE, "Yarrow Observatory", means="B", because="four years of lists", by="Omar"
    )
    assert grade(case, Graded.VOICE, "the yarrow observatory", means="C", by="Omar")
    (held,) = replay(case).grades
    assert (held.what, held.grade, held.by, held.because) == (Graded.VOICE, "C", "Omar", "")


def test_a_grade_given_back_to_the_rule_is_gone_and_the_log_keeps_both(case: Case) -> None:
    grade(case, Graded.CLAIM, "c0a1", means="2", by="Rana")
    grade(case, Graded.CLAIM, "c0a1", means="", by="Omar")
    assert replay(case).grades == ()
    assert [decision.in_words() for decision in read_decisions(case)] == [
        "Claim “c0a1”: graded 2",
        "Claim “c0a1”: graded by the rule again",
    ]


@pytest.mark.parametrize(
    ("what", "means"),
    [(Graded.VOICE, "G"), (Graded.VOICE, "2"), (Graded.CLAIM, "0"), (Graded.INCIDENT, "good")],
)
def test_a_grade_that_is_none_is_refused(case: Case, what: Graded, means: str) -> None:
    with pytest.raises(WrongUse, match="is graded"):
        grade(case, what, "x", means=means, by="Rana")


def test_what_was_never_graded_cannot_be_given_back(case: Case) -> None:
    with pytest.raises(WrongUse, match="Nobody has graded"):
        grade(case, Graded.INCIDENT, "i0a1", means="", by="Rana")


def test_grades_of_three_kinds_stand_side_by_side(case: Case) -> None:
    grade(case, Graded.VOICE, "x", means="A", by="Rana")
    grade(case, Graded.CLAIM, "x", means="1", by="Rana")
    grade(case, Graded.INCIDENT, "x", means="fair", by="Rana")
    assert [held.grade for held in replay(case).grades] == ["A", "1", "fair"]
