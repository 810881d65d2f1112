"""What `rasid show … --json` prints: one dict per row, in the shape of `schema/contract-2.json`.

Other programs build on it. docs/reference/json.md says what each field means; a change that could break a
reader raises `rasid.model.tables.CONTRACT_VERSION` and gets a schema file of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files

import polars as pl

from rasid.model import incidents, recorded, standing, tables
from rasid.model.tables import Row

_OF_STANCE = ("voice", "via", "stance", "directness", "answer", "date", "first_day", "last_day", "rule")
_BATCH = 1000  # rows turned into dicts at a time: a large table is never held twice

#: What can be shown: the name on the command line, and the definition of its rows in the schema.
SHOWN = {
    "documents": "document",
    "claims": "claim",
    "voices": "voice",
    "figures": "figure",
    "questions": "question",
    "contradictions": "contradiction",
    "checks": "check",
    "ranges": "range",
    "incidents": "incident",
    "sources": "source",
    "reuse": "reuse",
    "credibilities": "credibility",
    "datasets": "dataset",
    "records": "record",
    "doubts": "doubt",
}

#: Tables that are shown under another name than their own, or lie in another module of `model` than tables.py.
TABLES = {
    "incidents": ("incidents", incidents.INCIDENTS),
    "sources": ("standing", standing.STANDING),
    "reuse": ("reuse", standing.REUSE),
    "credibilities": ("credibilities", standing.CREDIBILITIES),
    "datasets": ("datasets", recorded.DATASETS),
    "records": ("records", recorded.RECORDS),
}
OF_DATA = frozenset({"datasets", "records"})  # not there in a case without event data


def schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of all rows; `$defs` holds one definition for each value of `SHOWN`."""
    text = (
        files("rasid.present")
        .joinpath("schema", f"contract-{tables.CONTRACT_VERSION}.json")
        .read_text("utf-8")
    )
    loaded: dict[str, object] = json.loads(text)
    return loaded


def plain_rows(table: pl.DataFrame) -> Iterator[Row]:
    """Rows as they stand in their table (voices, figures, doubts); whole numbers without a point."""
    for part in table.iter_slices(_BATCH):
        for row in part.to_dicts():
            yield {name: _whole(value) for name, value in row.items()}


def document_rows(documents: pl.DataFrame) -> Iterator[Row]:
    """Documents with their kept text, every column of `tables.DOCUMENTS` in its order.

    raises: TableShapeError if a column is missing or of the wrong type
    """
    yield from plain_rows(tables.check(documents, tables.DOCUMENTS, where="present/contract documents"))


def claim_rows(claims: pl.DataFrame) -> Iterator[Row]:
    """Claims, every column of `tables.CLAIMS` in its order.

    raises: TableShapeError if a column is missing or of the wrong type
    """
    yield from plain_rows(tables.check(claims, tables.CLAIMS, where="present/contract claims"))


def question_rows(questions: pl.DataFrame, stances: pl.DataFrame, conflicts: pl.DataFrame) -> Iterator[Row]:
    """Questions, each with the voices that speak to it and the contradictions between them.

    raises: TableShapeError if a table lacks a column or has one of the wrong type
    """
    where = "present/contract questions"
    tables.check(questions, tables.QUESTIONS, where=where)
    spoken = _by_question(tables.check(stances, tables.STANCES, where=where))
    against = _by_question(tables.check(conflicts, tables.CONFLICTS, where=where))
    for row in questions.to_dicts():
        yield {
            "id": row["id"],
            "question": row["question"],
            "proposition": row["proposition"],
            "kind": row["kind"],
            "asks": row["asks"],
            "voices": [
                _picked(each, *_OF_STANCE) | {"concessions": each["concessions"] or []}
                for each in spoken.get(row["id"], [])
            ],
            "conflicts": [_picked(each, "kind", "reason", "voices") for each in against.get(row["id"], [])],
        }


def contradiction_rows(conflicts: pl.DataFrame) -> Iterator[Row]:
    """Contradictions and agreements that were found without a question.

    raises: TableShapeError if the table lacks a column or has one of the wrong type
    """
    tables.check(conflicts, tables.CONFLICTS, where="present/contract contradictions")
    for row in conflicts.filter(pl.col("question").is_null()).to_dicts():
        yield _picked(row, "topic", "kind", "reason", "voices")


def _by_question(table: pl.DataFrame) -> dict[str, list[Row]]:
    held: dict[str, list[Row]] = {}
    for row in table.to_dicts():
        held.setdefault(row["question"], []).append(row)
    return held


def _picked(row: Row, *names: str) -> Row:
    """These fields, lists never null, and the quotes last."""
    picked: Row = {name: row[name] for name in names}
    picked |= {name: picked[name] or [] for name in ("via", "voices") if name in picked}
    return picked | {"quotes": row["quotes"] or []}


def _whole(value: object) -> object:
    """Floats that are whole as integers, at any depth: 23.0 -> 23."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {name: _whole(part) for name, part in value.items()}
        case list():
            return [_whole(part) for part in value]
        case _:
            return value
