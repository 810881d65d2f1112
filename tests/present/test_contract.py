"""The JSON rows and their schema and documentation agree."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from rasid.errors import TableShapeError
from rasid.model import tables
from rasid.present import contract
from rasid.present.site import SiteTables

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "json.md"


def validator(name: str) -> jsonschema.Draft202012Validator:
    whole = contract.schema()
    jsonschema.Draft202012Validator.check_schema(whole)
    return jsonschema.Draft202012Validator({"$defs": whole["$defs"], "$ref": f"#/$defs/{name}"})


def rows_of(name: str, case: SiteTables) -> list[tables.Row]:
    if name == "claims":
        return list(contract.claim_rows(case.claims))
    if name == "questions":
        return list(contract.question_rows(case.questions, case.stances, case.conflicts))
    if name == "contradictions":
        return list(contract.contradiction_rows(case.conflicts))
    if name == "documents":
        return list(contract.document_rows(case.documents))
    return list(contract.plain_rows(getattr(case, name)))


@pytest.mark.parametrize(
    "name", [name for name in contract.SHOWN if name not in {*contract.TABLES, "ranges"}]
)
def test_every_row_fits_the_schema_also_after_a_trip_through_json(name: str, dispute: SiteTables) -> None:
    rows = rows_of(name, dispute)
    assert rows
    for row in rows:
        validator(contract.SHOWN[name]).validate(json.loads(json.dumps(row, ensure_ascii=False)))


@pytest.mark.parametrize(
    "name", [name for name in contract.SHOWN if name not in {"questions", "contradictions", "ranges"}]
)
def test_the_schema_has_exactly_the_columns_of_the_table(name: str) -> None:
    definitions = contract.schema()["$defs"]
    assert isinstance(definitions, dict)
    _, columns = contract.TABLES.get(name, (name, getattr(tables, name.upper(), {})))
    assert list(definitions[contract.SHOWN[name]]["properties"]) == list(columns)


def test_the_schema_refuses_an_unknown_polarity_and_a_missing_field(dispute: SiteTables) -> None:
    row = next(contract.claim_rows(dispute.claims))
    with pytest.raises(jsonschema.ValidationError):
        validator("claim").validate(row | {"polarity": "true"})
    with pytest.raises(jsonschema.ValidationError):
        validator("claim").validate({name: value for name, value in row.items() if name != "quote"})


def test_a_claim_has_the_fields_that_were_promised_in_their_order(dispute: SiteTables) -> None:
    promised = [
        "id",
        "document",
        "start",
        "end",
        "quote",
        "kind",
        "type",
        "trigger",
        "actor",
        "target",
        "places",
        "time",
        "quantity",
        "polarity",
        "certainty",
        "status",
        "voices",
        "explain",
        "reading",
    ]
    row = next(contract.claim_rows(dispute.claims))
    assert [name for name in row if name in promised] == promised


def test_a_question_holds_its_voices_and_conflicts_with_quotes(dispute: SiteTables) -> None:
    rows = {row["id"]: row for row in rows_of("questions", dispute)}
    asked = rows["q00000000000a"]
    voices, conflicts = asked["voices"], asked["conflicts"]
    assert isinstance(voices, list) and isinstance(conflicts, list)
    denk = next(voice for voice in voices if voice["voice"] == "Haro Denk")
    assert (denk["via"], denk["stance"], denk["directness"], denk["date"]) == (
        ["Nadia Orsel", "Valley Courier"],
        "denies",
        "implied",
        "2024-03-06",
    )
    assert denk["quotes"][0]["quote"].endswith("had fired the rounds.")
    assert [conflict["kind"] for conflict in conflicts] == ["conflicts", "conflicts unless the time differs"]
    assert rows["q00000000000b"]["voices"] == []


def test_every_quote_in_the_rows_is_the_kept_text_at_its_offsets(dispute: SiteTables) -> None:
    texts = {str(row["id"]): str(row["text"]) for row in rows_of("documents", dispute)}
    for row in rows_of("claims", dispute):
        assert texts[row["document"]][row["start"] : row["end"]] == row["quote"]


def test_whole_numbers_have_no_point(dispute: SiteTables) -> None:
    lows = [row["low"] for row in rows_of("figures", dispute)]
    assert 23 in lows and not any(isinstance(low, float) for low in lows)


def test_a_table_without_a_column_is_refused(dispute: SiteTables) -> None:
    with pytest.raises(TableShapeError, match="quote"):
        list(contract.claim_rows(dispute.claims.drop("quote")))


def test_the_reference_page_describes_every_field() -> None:
    text = REFERENCE.read_text("utf-8")
    definitions = contract.schema()["$defs"]
    assert isinstance(definitions, dict)
    for name, definition in definitions.items():
        part = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
        assert part, f"docs/reference/json.md has no part “{name}”"
        described = re.findall(r"^\| `(\w+)` \|", part.group(1), re.MULTILINE)
        assert described == list(definition["properties"]), name
