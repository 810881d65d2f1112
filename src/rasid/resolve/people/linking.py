"""Blocked pairs -> the level of each part. No Python looks at a pair.

What two listings share is counted in compiled code (kernels.py), and what that means is said in SQL (comparing.py),
which DuckDB runs.

Splink, which stood here before, gives the same levels in many times the time, for lists in SQL are slow. Its own
learning was never used: on lists of the dead its model of two kinds of pairs, parts independent, finds .82 where
mixture.py finds .94 (F of pairs, casualty4, same levels).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import duckdb
import numpy as np
import polars as pl

from rasid.model.tables import Schema
from rasid.resolve.people.blocking import block
from rasid.resolve.people.columns import Ints, Lists, lists_of, looked_up, number_texts, side_by_side
from rasid.resolve.people.comparing import PARTS, Part
from rasid.resolve.people.features import Features

STEP = 200_000  # pairs that are compared at once; 500 bytes each


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs, sorted, with the level of each part: 0 = the most alike, -1 = cannot be compared."""

    left: np.ndarray
    right: np.ndarray
    levels: np.ndarray  # pairs x parts, int8
    families: np.ndarray  # of blocking


#: Compared as a table. The columns of levels have the names of the parts.
COMPARED: Schema = {
    "left": pl.Int64(),
    "right": pl.Int64(),
    "families": pl.Int64(),
    **{part.name: pl.Int8() for part in PARTS},
}


def compared_table(compared: Compared) -> pl.DataFrame:
    """Compared -> COMPARED, to be kept."""
    levels = {part.name: compared.levels[:, n] for n, part in enumerate(PARTS)}
    ends = {"left": compared.left, "right": compared.right, "families": compared.families}
    return pl.DataFrame({**ends, **levels}).cast(dict(COMPARED))  # type: ignore[arg-type]


def compared_of(table: pl.DataFrame) -> Compared:
    """COMPARED -> Compared."""
    levels = np.stack([table[part.name].to_numpy() for part in PARTS], axis=1)
    left, right, families = (table[name].to_numpy() for name in ("left", "right", "families"))
    return Compared(left, right, levels, families)


def compare(features: Features, *, threads: int = 2, memory: str = "2GB") -> Compared:
    """Block, and compare all pairs.

    threads, memory: for DuckDB
    raises:          duckdb.Error if the memory does not suffice
    """
    con = duckdb.connect()
    con.execute(f"set threads = {threads}; set memory_limit = '{memory}'; set enable_progress_bar = false")
    con.register(
        "features", features.table.drop("list", "arabic", "words", "rest", "within", "area").to_arrow()
    )
    con.execute("create table f as select * from features")
    blocked = block(con, rows=features.table.height, threads=threads)
    con.close()
    levels = compare_pairs(features.table, blocked.left, blocked.right, threads=threads)
    return Compared(blocked.left, blocked.right, levels, blocked.families)


def compare_pairs(
    table: pl.DataFrame, left: np.ndarray, right: np.ndarray, *, threads: int = 2
) -> np.ndarray:
    """The level of each part, pairs x parts, int8.

    table:       features.FEATURES
    left, right: its rows
    """
    from rasid.resolve.people import kernels

    scalars, lists, place = _numbers(table)
    out = np.empty((len(PARTS), len(left)), dtype=np.int8)
    con = duckdb.connect()
    con.execute("set threads = 1; set enable_progress_bar = false")

    def some(begin: int) -> None:
        rows = [ends[begin : begin + STEP].astype(np.int64) for ends in (left, right)]
        shared = kernels.share((rows[0], rows[1]), lists, place)
        sides = [
            scalars[held].select(pl.all().name.suffix(end))
            for held, end in zip(rows, ("_l", "_r"), strict=True)
        ]
        both = pl.DataFrame(dict(zip(kernels.SHARED, shared, strict=True)))
        cursor = con.cursor()
        cursor.register("pairs", pl.concat([*sides, both], how="horizontal").to_arrow())
        found = cursor.execute(f"select {', '.join(map(_level_sql, PARTS))} from pairs").fetchnumpy()
        for number, part in enumerate(PARTS):
            out[number, begin : begin + STEP] = found[part.name]
        cursor.close()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(some, range(0, len(left), STEP)))
    con.close()
    return out.T


def _level_sql(part: Part) -> str:
    levels = " ".join(f"when {level.sql} then {n}" for n, level in enumerate(part.levels) if level.sql)
    return f'(case when {part.absent} then -1 {levels} else {len(part.levels) - 1} end)::tinyint as "{part.name}"'


def _numbers(table: pl.DataFrame) -> tuple[pl.DataFrame, Lists, Ints]:
    """The features as numbers: comparing.SCALARS, the lists that kernels.share takes, and the places."""
    from rasid.resolve.people import kernels

    places = number_texts(table["place"], table["within"].explode())
    things = number_texts(table["codes"].explode())
    place = looked_up(table["place"], places, pl.Int64())
    scalars = table.select(
        "given",
        pl.col("rest").list.len().alias("rest_words"),
        "age",
        looked_up(table["sex"], number_texts(table["sex"]), pl.Int64()).alias("sex"),
        "day",
        "month",
        "birth_day",
        "birth_year",
        place.alias("place"),
        looked_up(table["area"], number_texts(table["area"]), pl.Int64()).alias("area"),
        pl.col("codes").list.len().fill_null(0).alias("other_things"),
    )
    numbers = {"codes": things, "within": places}
    lists = side_by_side([lists_of(table[name], numbers.get(name)) for name in kernels.LISTS])
    return scalars, lists, place.fill_null(-1).to_numpy(writable=True)
