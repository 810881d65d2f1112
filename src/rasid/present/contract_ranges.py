"""What `rasid show ranges --json` prints: one dict per range, with every figure that stands in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from rasid.model.ranges import RANGE_PARTS, RANGES
from rasid.model.tables import Row, check
from rasid.present.contract import plain_rows


def range_rows(ranges: pl.DataFrame, parts: pl.DataFrame) -> Iterator[Row]:
    """Ranges in the order of their table, each with its parts.

    raises: TableShapeError if a table lacks a column or has one of the wrong type
    """
    where = "present/contract ranges"
    held: dict[object, list[Row]] = defaultdict(list)
    for row in plain_rows(check(parts, RANGE_PARTS, where=where)):
        held[row["range"]].append({name: value for name, value in row.items() if name != "range"})
    for row in plain_rows(check(ranges, RANGES, where=where)):
        yield row | {"figures": held[row["id"]]}
