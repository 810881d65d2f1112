"""`rasid incident`: what is typed becomes a decision about two claims."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from rasid.case import Case, create_case
from rasid.cli_incidents import incident_app
from rasid.errors import WrongUse
from rasid.model.ids import content_id
from rasid.model.incidents import INCIDENT_CLAIMS, INCIDENTS
from rasid.model.tables import Row, table
from rasid.store import derived
from rasid.store.decisions import replay
from rasid.store.derived import write_table

CLAIMS = ("c000000000001", "c000000000002", "c000000000003")
ONE, OTHER = (content_id("i", CLAIMS[n]) for n in (0, 2))


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = create_case(tmp_path / "case")
    incidents: list[Row] = [
        {"id": i, "what": "air_strike", "place": p, "first_day": "2024-03-05", "last_day": "2024-03-05"}
        for i, p in ((ONE, "Dovrek"), (OTHER, "Halmet"))
    ]
    claims: list[Row] = [
        {"incident": i, "claim": c, "document": "d1", "start": n, "part": "tells", "why": ""}
        for n, (i, c) in enumerate(zip((ONE, ONE, OTHER), CLAIMS, strict=True))
    ]
    write_table(made, "incidents", table(incidents, INCIDENTS), inputs="x")
    write_table(made, "incident_claims", table(claims, INCIDENT_CLAIMS), inputs="x")
    return made


def typed(case: Case, *words: str) -> str:
    done = CliRunner().invoke(
        incident_app, [*words, "--case", str(case.root), *(() if words[0] == "list" else ("--by", "Rana"))]
    )
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def test_two_incidents_are_said_to_be_one_by_their_earliest_claims(case: Case) -> None:
    typed(case, "same", ONE, OTHER)
    [judged] = replay(case).incidents
    assert (judged.left, judged.right, judged.answer, judged.by) == (CLAIMS[0], CLAIMS[2], "same", "Rana")


def test_one_incident_is_split_by_two_of_its_claims_and_the_split_is_taken_back(case: Case) -> None:
    typed(case, "different", CLAIMS[0], CLAIMS[1])
    assert [j.answer for j in replay(case).incidents] == ["different"]
    typed(case, "forget", CLAIMS[0], CLAIMS[1])
    assert replay(case).incidents == ()


def test_an_answer_is_taken_back_by_the_incident_that_it_made_vanish(case: Case) -> None:
    said = typed(case, "same", ONE, OTHER)
    assert "air strike in Dovrek" in said and f"`rasid incident forget {CLAIMS[0]} {CLAIMS[2]}`" in said
    merged = derived.read_table(case, "incident_claims", INCIDENT_CLAIMS).with_columns(incident=pl.lit(ONE))
    derived.write_table(case, "incident_claims", merged, inputs="y")
    typed(case, "forget", ONE, OTHER)
    assert replay(case).incidents == ()


def test_what_the_case_does_not_hold_is_refused_with_the_next_step(case: Case) -> None:
    with pytest.raises(WrongUse, match="rasid incident list"):
        typed(case, "same", ONE, "i999999999999")


def test_the_list_gives_ids_and_words_or_json(case: Case) -> None:
    assert f"{ONE}  air strike in Dovrek, 2024-03-05" in typed(case, "list")
    rows = [json.loads(line) for line in typed(case, "list", "--json").splitlines()]
    assert [row["id"] for row in rows] == [ONE, OTHER]
