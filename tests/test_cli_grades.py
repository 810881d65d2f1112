"""`rasid grade`: a grade is a line in the log; it survives a rebuild and can be given back."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from rasid.case import Case, create_case
from rasid.cli_grades import grade_app
from rasid.errors import WrongUse
from rasid.model.tables import VOICES, Row, table
from rasid.store import derived
from rasid.store.decisions import replay


@pytest.fixture
def case(tmp_path: Path) -> Case:
    held = create_case(tmp_path / "case")
    rows: list[Row] = [
        {"name": name, "kind": "named", "claims": 1} for name in ("Yarrow Observatory", "Valley Mirror")
    ]
    derived.write_table(held, "voices", table(rows, VOICES), inputs="x")
    return held


def run(case: Case, *words: str) -> str:
    done = CliRunner().invoke(
        grade_app, [*words, "--case", str(case.root), "--by", "Rana"], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    return done.output


def test_a_voice_is_graded_under_the_name_that_the_case_has(case: Case) -> None:
    assert "graded B" in run(case, "voice", "the yarrow observatory", "b", "--because", "four years of lists")
    (held,) = replay(case).grades
    assert (held.about, held.grade, held.because) == ("Yarrow Observatory", "B", "four years of lists")


def test_a_grade_can_be_given_back_to_the_rule(case: Case) -> None:
    run(case, "voice", "Valley Mirror", "D")
    assert "by the rule again" in run(case, "voice", "Valley Mirror", "rule")
    assert replay(case).grades == ()


def test_an_unknown_voice_is_refused_with_names_like_it(case: Case) -> None:
    with pytest.raises(WrongUse, match="Yarrow Observatory"):
        run(case, "voice", "Yarow Observatry", "B")


def test_a_grade_that_there_is_not_is_refused(case: Case) -> None:
    with pytest.raises(WrongUse, match="A, B, C, D, E or F"):
        run(case, "voice", "Valley Mirror", "2")


def test_claims_and_incidents_are_graded_by_their_ids(case: Case) -> None:
    run(case, "claim", "c0a1", "2")
    run(case, "incident", "i0a1", "Fair")
    assert [(held.what.value, held.grade) for held in replay(case).grades] == [
        ("claim", "2"),
        ("incident", "fair"),
    ]
