"""Data rows that count the same as a range of claims: a voice of its own, with the cell as quote.

Only rows that meet a group of claims (place, days, what is counted) are taken in: a file may hold 400,000 rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

import polars as pl

from rasid.knowledge.actors import fold_name
from rasid.model.recorded import RECORDS
from rasid.model.tables import Row, as_rows, check
from rasid.weigh.ranges.counting import RANGED, read_counted
from rasid.weigh.ranges.groups import Group
from rasid.weigh.ranges.said import Said, When, Where, iso, ordinal
from rasid.weigh.ranges.speakers import is_named, words_of
from rasid.weigh.same import bare

_MOST = 2000  # rows that are taken in; beyond them a case asks for its activity page, not for ranges


def rows_as_said(records: pl.DataFrame, groups: Sequence[Group]) -> list[Said]:
    """The numbers of rows that lie at a place and on days of these groups."""
    held = check(records, RECORDS, where="weigh/ranges")
    places = {
        (fold_name(bare(g.where.name)), country): g.where for g in groups for country in {g.where.country, ""}
    }
    days = {(iso(g.when.first), iso(g.when.last)) for g in groups if g.when is not None}
    firsts = sorted({first for first, _ in days if first})
    names = {name for name, _ in places}
    written = [p for p in held["place"].unique().drop_nulls().to_list() if fold_name(bare(p)) in names]
    near = held.filter(
        pl.col("first_day").is_in(firsts)
        & pl.col("place").is_in(sorted(written))
        & (pl.col("part") != "event")
        & pl.col("measure").is_in(sorted(RANGED))
    )
    found = (_said(row, places) for row in as_rows(near) if (row["first_day"], row["last_day"]) in days)
    return list(islice((said for said in found if said is not None), _MOST))


def _said(row: Row, places: Mapping[tuple[str, str], Where]) -> Said | None:
    name = fold_name(bare(str(row["place"])))
    where = places.get((name, str(row["country"] or ""))) or places.get((name, ""))
    low, best, high = (_real(row[each]) for each in ("low", "best", "high"))
    if where is None or (low is None and best is None and high is None):
        return None
    voice = str(row["voice"] or "unnamed")
    return Said(
        id=str(row["id"]),
        is_record=True,
        document=str(row["dataset"]),
        start=_whole(row["row"]),
        end=_whole(row["row"]),
        quote=str(row["as_said"] or ""),
        text=str(row["as_said"] or ""),
        low=low if low is not None else best,
        high=high if high is not None else best,
        bound=str(row["bound"] or "exact"),
        voice=voice,
        via=(),
        speaker=" ".join(sorted(words_of(voice))),
        named=is_named(voice, own=True),
        date=None,
        written=None,
        counted=read_counted(_as_claim(row), _as_quantity(row)),
        where=where,
        when=When(ordinal(row["first_day"], last=False), ordinal(row["last_day"], last=True)),
        taken=(),
        whole=None,
        so=True,
        denied=False,
    )


def _as_claim(row: Row) -> Row:
    return {
        "type": row["type"] or "figure",
        "kind": "event",
        "quote": "",
        "start": 0,
        "time": {"first_day": row["first_day"]},
        "actor": {"name": row["actor"], "text": row["actor_text"]} if row["actor"] else None,
        "target": None,
        "instrument": None,
    }


def _as_quantity(row: Row) -> Row:
    held = {name: row[name] for name in ("unit", "base", "measure", "stock_flow")}
    return held | {"per": None, "cumulative": False, "start": 0, "end": 0}


def _real(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
