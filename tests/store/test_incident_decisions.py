"""Answers about incidents as decisions: about claims, the last word counts, and they can be taken back."""

from pathlib import Path

import pytest

from rasid.case import Case, create_case
from rasid.errors import WrongUse
from rasid.store.decisions import read_decisions, replay
from rasid.store.incident_decisions import judge_incidents

ONE, OTHER = "c000000000001", "c000000000002"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case")


def judge(case: Case, means: str, one: str = ONE, other: str = OTHER, by: str = "Rana") -> bool:
    return judge_incidents(case, one, other, means=means, shown="killing in Dovrek", by=by)


def test_an_answer_is_kept_once_whichever_claim_is_named_first(case: Case) -> None:
    assert judge(case, "same")
    assert not judge(case, "same", OTHER, ONE)
    assert [(j.left, j.right, j.answer, j.by) for j in replay(case).incidents] == [
        (ONE, OTHER, "same", "Rana")
    ]


def test_the_last_word_counts_whoever_says_it(case: Case) -> None:
    judge(case, "same")
    judge(case, "different", by="Omar")
    assert [j.answer for j in replay(case).incidents] == ["different"]


def test_an_answer_can_be_taken_back_and_the_log_keeps_both(case: Case) -> None:
    judge(case, "same")
    judge(case, "")
    assert replay(case).incidents == ()
    words = [d.in_words() for d in read_decisions(case)]
    assert "are one incident (killing in Dovrek)" in words[0] and "are not judged any more" in words[1]


def test_what_was_never_said_cannot_be_taken_back(case: Case) -> None:
    with pytest.raises(WrongUse, match="Nothing was decided"):
        judge(case, "")


def test_a_claim_is_not_compared_with_itself_and_an_answer_is_same_or_different(case: Case) -> None:
    with pytest.raises(WrongUse, match="one claim"):
        judge(case, "same", ONE, ONE)
    with pytest.raises(WrongUse, match="same or different"):
        judge(case, "maybe")
