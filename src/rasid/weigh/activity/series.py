"""Monthly series of groups, and where each changes its level."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from rasid.model.activity import SHIFTS, TESTED_EVENTS, TESTED_MONTHS
from rasid.model.tables import Row, table
from rasid.weigh.activity.counts import EVENT
from rasid.weigh.activity.shifts import TEST, Counts, Cut, find_cuts

_KEYS = ["dataset", "actor", "country"]


def list_shifts(activity: pl.DataFrame, coverage: pl.DataFrame) -> pl.DataFrame:
    """The changes of level of each group in each country, and in all countries of the dataset together.

    Only months that are covered from end to end are looked at. All rows count, those the data calls unclear too.
    returns: activity.SHIFTS, sorted
    """
    rows: list[Row] = []
    for dataset, first, last in _spans(coverage):
        months = _months(first, last)
        if len(months) >= TESTED_MONTHS:
            for actor, country, counts in _series(activity, dataset, months):
                cuts = find_cuts(counts, key="\0".join((dataset, actor or "", country or "")))
                known: Row = {"dataset": dataset, "actor": actor, "country": country}
                rows += [known | row for row in _rows(counts, cuts, months)]
    return table(rows, SHIFTS).sort(*_KEYS, "month")


def _spans(coverage: pl.DataFrame) -> Iterator[tuple[str, str, str]]:
    held = coverage.filter(pl.col("counted") & pl.col("first_whole").is_not_null())
    yield from held.select("dataset", "first_whole", "last_whole").iter_rows()


def _months(first: str, last: str) -> list[str]:
    begin, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{at // 12:04}-{at % 12 + 1:02}" for at in range(begin, end + 1)]


def _series(
    activity: pl.DataFrame, dataset: str, months: list[str]
) -> Iterator[tuple[str | None, str | None, Counts]]:
    """(actor, country, events per month); country None for all countries where there is more than one."""
    held = activity.filter(
        (pl.col("dataset") == dataset)
        & (pl.col("part") == EVENT)
        & pl.col("month").is_between(pl.lit(months[0]), pl.lit(months[-1]))
    )
    by_country = held.group_by("actor", "country", "month").agg(pl.col("events").sum())
    several = by_country.group_by("actor").agg(pl.col("country").n_unique()).filter(pl.col("country") > 1)
    together = (
        by_country.join(several.select("actor"), on="actor", how="semi", nulls_equal=True)
        .group_by("actor", "month")
        .agg(pl.col("events").sum())
        .with_columns(country=pl.lit(None, pl.String))
    )
    place = {month: at for at, month in enumerate(months)}
    every = pl.concat(
        [by_country.filter(pl.col("country").is_not_null()), together.select(by_country.columns)]
    )
    enough = pl.col("events").sum().over("actor", "country") >= TESTED_EVENTS
    grouped = (
        every.filter(enough)
        .sort("actor", "country", "month")
        .group_by("actor", "country", maintain_order=True)
    )
    for (actor, country), group in grouped:
        counts = np.zeros(len(months))
        counts[[place[month] for month in group["month"]]] = group["events"].to_numpy()
        yield actor, country, counts


def _rows(counts: Counts, cuts: list[Cut], months: list[str]) -> Iterator[Row]:
    ends = [0, *(cut.at for cut in cuts), len(months)]
    for number, cut in enumerate(cuts, start=1):
        begin, end = ends[number - 1], ends[number + 1]
        yield {
            "month": months[cut.at],
            "earliest": months[cut.low],
            "latest": months[cut.high],
            "before": round(float(counts[begin : cut.at].mean()), 2),
            "after": round(float(counts[cut.at : end].mean()), 2),
            "from_month": months[begin],
            "to_month": months[end - 1],
            "p": cut.p,
            "test": TEST,
        }
