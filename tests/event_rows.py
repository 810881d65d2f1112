"""Small builders of event data: invented groups and places."""

from __future__ import annotations

import polars as pl

from rasid.model.recorded import DATASETS, RECORDS
from rasid.model.tables import Row, table

SHEET = "s00000000000a"


def dataset(**given: object) -> Row:
    """A release of event data over two years."""
    row: Row = {
        "id": SHEET,
        "original": "ab" * 32,
        "member": "",
        "name": "events.csv",
        "shape": "own mapping",
        "version": "3.1",
        "voice": "Valley Events Desk",
        "rows": 1,
        "columns": [],
        "first_day": "2020-01-01",
        "last_day": "2021-12-31",
        "countries": ["SY"],
    }
    return row | given


def event(row: int, day: str = "2020-03-05", **given: object) -> Row:
    """The record of one whole event with one dead."""
    part = str(given.get("part", "event"))
    held: Row = {
        "id": f"{given.get('dataset', SHEET)}-{row}-{part}",
        "dataset": SHEET,
        "row": row,
        "part": part,
        "event_id": f"e{row}",
        "type": "killing",
        "actor": "Northern Column",
        "target": "Southern Guard",
        "unclear": False,
        "country": "SY",
        "adm1": "Qasr",
        "adm2": "Amal",
        "latitude": 35.0,
        "longitude": 38.0,
        "where_prec": 1,
        "first_day": day,
        "last_day": day,
        "low": 1.0,
        "best": 1.0,
        "high": 1.0,
        "as_said": "1",
        "column": "best",
        "bound": "range",
        "unit": "people",
        "base": "dead",
        "measure": "count",
        "stock_flow": "flow",
        "voice": "Valley Events Desk",
        "source": "Amal Courier",
    }
    made = held | given
    made.setdefault("actor_text", made["actor"])
    made.setdefault("target_text", made["target"])
    return made


def datasets(*rows: Row) -> pl.DataFrame:
    return table(rows or (dataset(),), DATASETS)


def records(*rows: Row) -> pl.DataFrame:
    return table(rows, RECORDS).sort("dataset", "row", "part")
