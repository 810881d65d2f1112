"""A derived table written piece by piece is a derived table like any other."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from rasid.case import create_case
from rasid.store import derived
from rasid.store.pieces import Pieces, put_pieces

SCHEMA = {"name": pl.String(), "count": pl.Float64(), "cells": pl.List(pl.String())}


def piece(*names: str) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "name": names,
            "count": [float(len(name)) for name in names],
            "cells": [[name, None] for name in names],
        },
        schema=SCHEMA,
    )


def test_pieces_are_read_back_as_one_table(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    pieces = Pieces(SCHEMA)
    for each in (piece("Marwa", "Dalia"), piece(), piece("قصر")):
        pieces.add(each)
    mark = put_pieces(case, "things", pieces, inputs="a")
    assert mark.rows == 3 and derived.is_current(case, "things", "a")
    assert derived.read_table(case, "things", SCHEMA).equals(piece("Marwa", "Dalia", "قصر"))


def test_a_table_without_pieces_is_empty_and_has_its_shape(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    put_pieces(case, "things", Pieces(SCHEMA), inputs="a")
    assert derived.read_table(case, "things", SCHEMA).equals(piece())


def test_the_same_pieces_give_the_same_bytes(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    hashes = set()
    for _ in range(2):
        pieces = Pieces(SCHEMA)
        pieces.add(piece("Marwa"))
        hashes.add(put_pieces(case, "things", pieces, inputs="a").sha256)
    assert len(hashes) == 1
