"""Rows of event data that match an incident told in prose: the same place and the same day.

A join on cells of a grid and days, never all pairs: a row and an incident meet only in the same or a neighbouring cell.
"""

from __future__ import annotations

import math

import polars as pl

from rasid.model.incidents import INCIDENT_RECORDS
from rasid.model.recorded import RECORDS
from rasid.model.tables import check, empty
from rasid.resolve.incidents.spots import APART_KM, point_distance_km

CELL_DEGREES = (
    0.2  # about 22 km north to south: more than APART_KM, so that neighbours suffice below 55 degrees
)
MAX_DAYS = 3  # an incident over more days than this matches no row by its day
NEAR_ENOUGH = 2  # where_prec of UCDP up to which a row names the place itself and not a district


def match_records(incidents: pl.DataFrame, records: pl.DataFrame | None) -> pl.DataFrame:
    """Pairs of incident and record (model INCIDENT_RECORDS), sorted.

    incidents: model INCIDENTS; only those with a point and a day can match
    records:   recorded.RECORDS; one row of the data gives one match, by its part "event" or its first number
    """
    if records is None or not records.height or not incidents.height:
        return empty(INCIDENT_RECORDS)
    rows = _of_records(check(records, RECORDS, where="match_records"))
    wanted = _of_incidents(incidents)
    met = wanted.join(rows, on=["day", "x", "y"], how="inner").unique(["incident", "record"])
    found = [
        {"incident": i, "record": r, "distance_km": round(gap, 1), "why": _why(gap, day)}
        for i, r, day, a, b, c, d in met.select("incident", "record", "day", "lat", "lon", "latitude", "longitude")
        .sort("incident", "record").iter_rows()
        if (gap := point_distance_km((a, b), (c, d))) <= APART_KM
    ]  # fmt: skip
    return pl.DataFrame(found, schema=dict(INCIDENT_RECORDS)).sort("incident", "distance_km", "record")


def _of_records(records: pl.DataFrame) -> pl.DataFrame:
    """One row per data row and day, with its cell of the grid."""
    placed = records.filter(
        pl.col("latitude").is_not_null(),
        pl.col("longitude").is_not_null(),
        pl.col("first_day").is_not_null(),
        pl.col("where_prec").fill_null(1) <= NEAR_ENOUGH,
    ).unique(["dataset", "row"], keep="first", maintain_order=True)
    return _by_day(placed).select(
        "day", "latitude", "longitude", record="id", x=_cell("latitude"), y=_cell("longitude")
    )


def _of_incidents(incidents: pl.DataFrame) -> pl.DataFrame:
    """One row per incident, day and cell around its point."""
    placed = incidents.filter(pl.col("latitude").is_not_null(), pl.col("first_day").is_not_null())
    around = pl.DataFrame(
        [(dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)],
        schema={"dx": pl.Int64, "dy": pl.Int64},
        orient="row",
    )
    return (
        _by_day(placed)
        .select("day", incident="id", lat="latitude", lon="longitude", x=_cell("latitude"), y=_cell("longitude"))
        .join(around, how="cross")
        .with_columns(x=pl.col("x") + pl.col("dx"), y=pl.col("y") + pl.col("dy"))
    )  # fmt: skip


def _by_day(rows: pl.DataFrame) -> pl.DataFrame:
    """Each row once per day of its days, which may be MAX_DAYS at most."""
    first, last = (pl.col(name).str.to_date(strict=False) for name in ("first_day", "last_day"))
    dated = rows.with_columns(_first=first, _last=pl.coalesce(last, first))
    short = dated.filter((pl.col("_last") - pl.col("_first")).dt.total_days().is_between(0, MAX_DAYS - 1))
    return short.with_columns(day=pl.date_ranges("_first", "_last")).explode("day")


def _cell(name: str) -> pl.Expr:
    return (pl.col(name) / CELL_DEGREES).floor().cast(pl.Int64)


def _why(gap: float, day: object) -> str:
    near = "the same point" if math.isclose(gap, 0.0, abs_tol=0.05) else f"{gap:.1f} km away"
    return f"The row is of {day} and {near}."
