"""Events and dead by group, place and month. All in Polars expressions: 400,000 events take seconds.

An event has two sides, and a group takes part in it on either: so it counts once for each of them, and the series of
two groups may not be added. It counts in the month in which it begins.
"""

from __future__ import annotations

import polars as pl

from rasid.model.activity import ACTIVITY

EVENT = "event"  # the part of RECORDS that stands for the row as a whole
_PLACE_AND_TIME = ["dataset", "country", "adm1", "month", "part", "base", "unclear"]
_SUMS = (
    "events",
    "unnumbered",
    "long",
    "low",
    "best",
    "high",
    "long_best",
    "numbered",
    "topless",
    "rangeless",
)


def with_months(records: pl.DataFrame) -> pl.DataFrame:
    """RECORDS with `month` and `last_month`, "2016-03", null where there is no day."""
    return records.with_columns(
        month=_month("first_day"), last_month=pl.coalesce(_month("last_day"), _month("first_day"))
    )


def _month(day: str) -> pl.Expr:
    """A day or a month gives its month; a year alone gives none."""
    return pl.when(pl.col(day).str.len_chars() >= 7).then(pl.col(day).str.slice(0, 7))


def count_activity(records: pl.DataFrame) -> pl.DataFrame:
    """Count and sum the records of event data.

    records: recorded.RECORDS with `month` (`with_months`), of datasets that can be counted, without stocks
    returns: activity.ACTIVITY, sorted
    """
    sides = _by_sides(records)
    everyone = sides.with_columns(actor=pl.lit(None, pl.String), as_actor=0, as_target=0)
    first = sides.filter(pl.col("actor").is_not_null()).with_columns(
        as_actor=pl.col("events"),
        as_target=pl.when(pl.col("actor") == pl.col("target")).then(pl.col("events")).otherwise(0),
    )
    second = sides.filter(pl.col("target").is_not_null() & pl.col("actor").ne_missing(pl.col("target")))
    second = second.with_columns(actor=pl.col("target"), as_actor=0, as_target=pl.col("events"))
    roles = ("as_actor", "as_target")
    held = pl.concat(
        [
            each.with_columns(pl.col(role).cast(pl.Int64) for role in roles)
            for each in (everyone, first, second)
        ]
    )
    keys = ["dataset", "actor", *_PLACE_AND_TIME[1:]]
    counted = held.group_by(keys).agg(pl.col(*_SUMS, *roles).sum())
    return (
        counted.with_columns(
            low=pl.when(pl.col("rangeless") == 0).then(_known("low")),
            best=_known("best"),
            high=pl.when((pl.col("topless") == 0) & (pl.col("rangeless") == 0)).then(_known("high")),
            long_best=_known("long_best"),
        )
        .select(pl.col(name).cast(kind) for name, kind in ACTIVITY.items())
        .sort(keys, nulls_last=False)
    )


def _by_sides(records: pl.DataFrame) -> pl.DataFrame:
    """One row per pair of sides, place, month and kind of number: far fewer than records."""
    people = pl.col("unit").is_null() | (pl.col("unit") == "people")
    counts = pl.col("measure").is_null() | (pl.col("measure") == "count")
    countable = people & counts
    numbers = [pl.when(countable).then(pl.col(name)).alias(name) for name in ("low", "best", "high")]
    known = pl.any_horizontal(pl.col("low", "best", "high").is_not_null())
    whole = pl.col("part") == EVENT
    long = (pl.col("last_month") > pl.col("month")).fill_null(False)
    ranged = pl.col("low").is_not_null() | pl.col("high").is_not_null()
    above = pl.max_horizontal("low", "best", "high").fill_null(0) > 0
    return (
        records.filter(whole | (countable & above))
        .with_columns(numbers)
        .with_columns(unclear=pl.col("unclear").fill_null(False))
        .group_by("actor", "target", *_PLACE_AND_TIME)
        .agg(
            events=(whole | above).sum(),
            unnumbered=(whole & ~known).sum(),
            numbered=known.sum(),
            long=((whole | above) & long).sum(),
            long_best=pl.col("best").filter(long).sum(),
            rangeless=(pl.col("best").is_not_null() & ~ranged).sum(),
            topless=(known & pl.col("high").is_null()).sum(),
            low=pl.col("low").sum(),
            best=pl.col("best").sum(),
            high=pl.col("high").sum(),
        )
    )


def _known(name: str) -> pl.Expr:
    return pl.when(pl.col("numbered") > 0).then(pl.col(name))
