"""Blocked pairs -> the level of each part. Splink writes the SQL, DuckDB runs it; no Python looks at a pair.

Splink's own learning is not used: on lists of the dead its model of two kinds of pairs, parts independent, finds .82
where mixture.py finds .94 (F of pairs, casualty4, same levels). Its settings, comparisons and engines are.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import polars as pl

from rasid.model.tables import Schema
from rasid.resolve.people.blocking import Blocked, block
from rasid.resolve.people.comparing import PARTS, Part
from rasid.resolve.people.features import Features


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

    raises: duckdb.Error if the memory does not suffice
    """
    con = duckdb.connect()
    con.execute(f"set threads = {threads}; set memory_limit = '{memory}'; set enable_progress_bar = false")
    con.register("features", features.table.to_arrow())
    con.execute("create table f as select row as unique_id, * from features order by row")
    blocked = block(con)
    left, right, levels = _score(con, blocked)
    order = np.lexsort((right, left))
    con.close()
    return Compared(left[order], right[order], levels[order], blocked.families)


def _score(con: duckdb.DuckDBPyConnection, blocked: Blocked) -> tuple[np.ndarray, ...]:
    from splink import DuckDBAPI, Linker

    quiet = logging.getLogger("splink")
    quiet.setLevel(logging.ERROR)
    api = DuckDBAPI(connection=con)
    linker = Linker(api.register("f"), _settings(PARTS), log_level=None)
    con.execute("create table pairs (match_key varchar, join_key_l bigint, join_key_r bigint)")
    con.register("found", {"l": blocked.left, "r": blocked.right})
    con.execute("insert into pairs select '0', l, r from found")
    linker.table_management.register_blocked_pairs_for_predict(api.register("pairs"))
    scored = linker.inference.predict(warning_mode="never")
    names = ", ".join(f"cast(gamma_{part.name} as tinyint) as {part.name}" for part in PARTS)
    columns = con.execute(
        f"select unique_id_l as l, unique_id_r as r, {names} from {scored.physical_name}"
    ).fetchnumpy()
    levels = np.stack([_from_top(columns[part.name], part) for part in PARTS], axis=1)
    return columns["l"], columns["r"], levels


def _from_top(gammas: np.ndarray, part: Part) -> np.ndarray:
    """Splink counts levels from the least alike; we from the most alike."""
    gammas = gammas.astype(np.int8)
    return np.where(gammas < 0, -1, len(part.levels) - 1 - gammas).astype(np.int8)


def _settings(parts: tuple[Part, ...]):  # type: ignore[no-untyped-def]
    from splink import SettingsCreator, block_on

    comparisons: list[Any] = []
    for part in parts:
        levels: list[dict[str, object]] = [
            {"sql_condition": part.absent, "is_null_level": True, "label_for_charts": "absent"}
        ]
        levels += [{"sql_condition": lv.sql or "ELSE", "label_for_charts": lv.sentence} for lv in part.levels]
        comparisons.append({"output_column_name": part.name, "comparison_levels": levels})
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[block_on("given")],
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=False,
    )
