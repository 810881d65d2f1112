"""Which datasets hold events that can be counted by month, and which months they cover.

What a dataset does not cover is unknown, never zero. Rows alone tell little of that: the first and the last month
count as whole if there is a row near their ends. A monthly release of UCDP says its months in its version.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import timedelta

import polars as pl

from rasid.model.activity import COVERAGE
from rasid.model.tables import Row, table
from rasid.model.values import DateSpan

_NEAR_DAYS = 7  # a month whose last row is this near to its end is taken as whole; releases end with a month
_MOST_LONG = 0.5  # a dataset with more events of two months or longer has rows of years or rounds, not events
_MONTHLY = re.compile(r"(\d{2})\.0\.(\d{1,2})")  # UCDP candidate, one month: "26.0.2" is February 2026
_QUARTERLY = re.compile(r"(\d{2})\.0?1\.(\d{2})\.(\d{1,2})")  # from January up to a month: "24.01.24.03"


def list_coverage(datasets: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """One row per dataset.

    datasets: recorded.DATASETS
    events:   one row per event: dataset, month, last_month (null if undated), last_day
    returns:  activity.COVERAGE
    """
    counted = events.group_by("dataset").agg(
        pl.len().alias("events"),
        pl.col("month").is_null().sum().alias("undated"),
        (pl.col("last_month") > pl.col("month")).sum().alias("long"),
        pl.col("month").min().alias("first_month"),
        pl.col("month").max().alias("last_month"),
    )
    held = datasets.select("id", "shape", "version", "first_day", "last_day").join(
        counted, left_on="id", right_on="dataset", how="left"
    )
    return table([_row(row) for row in held.sort("id").to_dicts()], COVERAGE)


def _row(given: Row) -> Row:
    events, undated, long = (int(str(given[name] or 0)) for name in ("events", "undated", "long"))
    reason = _why_not(events, undated, long)
    said = _said_months(str(given["shape"] or ""), str(given["version"] or ""))
    whole = said or _whole_months(given)
    row: Row = {"dataset": given["id"], "counted": reason is None, "reason": reason}
    row |= {"first_month": given["first_month"], "last_month": given["last_month"]}
    row |= {"first_whole": whole[0], "last_whole": whole[1]} if whole and reason is None else {}
    return row | {"provisional": said is not None, "events": events, "undated": undated, "long": long}


def _why_not(events: int, undated: int, long: int) -> str | None:
    if not events:
        return "It holds no rows of events: its numbers are totals, rounds or stocks."
    if undated == events:
        return "None of its events has a day that could be read."
    if long > _MOST_LONG * (events - undated):
        return "Most of its rows cover more than a month, so they cannot be counted by month."
    return None


def _said_months(shape: str, version: str) -> tuple[str, str] | None:
    """The months that the version of a provisional release names; None for any other."""
    if not shape.upper().startswith("UCDP"):
        return None
    if found := _MONTHLY.fullmatch(version):
        month = f"20{found[1]}-{int(found[2]):02}"
        return month, month
    if found := _QUARTERLY.fullmatch(version):
        return f"20{found[1]}-01", f"20{found[2]}-{int(found[3]):02}"
    return None


def _whole_months(given: Row) -> tuple[str, str] | None:
    """The first and last month with a row near their ends; None if no whole month is left."""
    try:
        begin = DateSpan.from_iso(str(given["first_day"] or "")).first_day
        end = DateSpan.from_iso(str(given["last_day"] or "")).last_day
    except ValueError:
        return None
    assert begin is not None and end is not None
    whole_begin = begin.day <= _NEAR_DAYS
    whole_end = end.day > monthrange(end.year, end.month)[1] - _NEAR_DAYS
    first = begin if whole_begin else begin.replace(day=1) + timedelta(days=31)
    last = end if whole_end else end.replace(day=1) - timedelta(days=1)
    names = (f"{first:%Y-%m}", f"{last:%Y-%m}")
    return names if names[0] <= names[1] else None
