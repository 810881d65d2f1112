"""Where the events of a group lie, year by year: their centre, their spread, and how many districts they touch.

Only events known to a district or finer are taken: the others stand in the data at the middle of a governorate or in
the capital, and would draw the centre there. The mean is taken of points on the globe, so that it holds anywhere.
Source: Lefever 1926, "Measuring geographic concentration by means of the standard deviational ellipse" (the circle).
"""

from __future__ import annotations

import polars as pl

from rasid.model.activity import MOVES

_FINE = 3  # UCDP where_prec: 3 is a district
_EARTH_KM = 6371.0
_KEYS = ["dataset", "actor", "country", "year"]


def list_moves(events: pl.DataFrame) -> pl.DataFrame:
    """One row per dataset, group, country and year.

    events:  the records of whole events, with `month`; unclear ones too
    returns: activity.MOVES, sorted
    """
    held = events.filter(pl.col("month").is_not_null()).select(
        "dataset",
        "actor",
        "target",
        "country",
        "adm1",
        "adm2",
        "latitude",
        "longitude",
        year=pl.col("month").str.slice(0, 4).cast(pl.Int64),
        fine=pl.col("latitude").is_not_null()
        & pl.col("longitude").is_not_null()
        & (pl.col("where_prec").fill_null(1) <= _FINE),
    )
    points = _by_group(held).with_columns(_on_globe())
    centred = points.join(_centres(points), on=_KEYS, how="left", nulls_equal=True)
    squared = pl.when("fine").then(_km_to_centre() ** 2)
    rows = centred.group_by(_KEYS).agg(
        events=pl.len(),
        located=pl.col("fine").sum(),
        latitude=pl.col("centre_latitude").first().round(4),
        longitude=pl.col("centre_longitude").first().round(4),
        spread_km=squared.mean().sqrt().round(1),
        adm1s=pl.col("adm1").n_unique() - pl.col("adm1").is_null().any().cast(pl.Int64),
        adm2s=pl.struct("adm1", "adm2").filter(pl.col("adm2").is_not_null()).n_unique(),
    )
    error = (pl.col("spread_km") / (pl.col("located") - 1).sqrt()).round(1)
    rows = rows.with_columns(sure_km=pl.when(pl.col("located") > 1).then(error))
    return rows.select(pl.col(name).cast(kind) for name, kind in MOVES.items()).sort(_KEYS)


def _by_group(held: pl.DataFrame) -> pl.DataFrame:
    """An event for each of its sides, and once for all."""
    everyone = held.with_columns(actor=pl.lit(None, pl.String))
    first = held.filter(pl.col("actor").is_not_null())
    second = held.filter(pl.col("target").is_not_null() & pl.col("actor").ne_missing(pl.col("target")))
    return pl.concat([everyone, first, second.with_columns(actor=pl.col("target"))]).drop("target")


def _on_globe() -> list[pl.Expr]:
    latitude, longitude = pl.col("latitude").radians(), pl.col("longitude").radians()
    return [
        (latitude.cos() * longitude.cos()).alias("x"),
        (latitude.cos() * longitude.sin()).alias("y"),
        latitude.sin().alias("z"),
    ]


def _centres(points: pl.DataFrame) -> pl.DataFrame:
    """The mean of the points, brought back to the surface."""
    means = points.filter("fine").group_by(_KEYS).agg(pl.col("x", "y", "z").mean())
    flat = (pl.col("x") ** 2 + pl.col("y") ** 2).sqrt()
    return means.select(
        *_KEYS,
        centre_latitude=pl.arctan2("z", flat).degrees(),
        centre_longitude=pl.arctan2("y", "x").degrees(),
    )


def _km_to_centre() -> pl.Expr:
    """Great-circle distance (haversine)."""
    north = (pl.col("latitude") - pl.col("centre_latitude")).radians() / 2
    east = (pl.col("longitude") - pl.col("centre_longitude")).radians() / 2
    part = north.sin() ** 2 + pl.col("latitude").radians().cos() * pl.col(
        "centre_latitude"
    ).radians().cos() * (east.sin() ** 2)
    return 2 * _EARTH_KM * part.sqrt().arcsin()
