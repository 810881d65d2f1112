"""The tables of activity as the pages read them: sources with their coverage, series by dataset and group."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from rasid.model import tables as t
from rasid.model.activity import ACTIVITY, ACTIVITY_SHOWS, BESIDE, COVERAGE, MOVES, SHIFTS
from rasid.model.recorded import DATASETS
from rasid.present import words

EVENT = "event"
ALL = "All events"
_NO_GROUP = {
    "civilians": "Civilians, as those attacked"
}  # data writes them where a group stands; they are none
LEAST_MONTHS = 3  # of a chart by month: with fewer whole ones there is nothing to draw
_NAME = 120


def group_name(actor: str | None) -> str:
    """How a series is headed. actor: of ACTIVITY; None: all events"""
    return ALL if actor is None else _NO_GROUP.get(actor.casefold(), actor)


@dataclass(frozen=True, slots=True)
class ActivityTables:
    """The tables that the pages of activity are made from, in the shapes of model/recorded.py and model/activity.py.

    records: only the rows of whole events are read, and only the columns of ACTIVITY_SHOWS
    """

    datasets: pl.DataFrame
    records: pl.DataFrame
    coverage: pl.DataFrame
    activity: pl.DataFrame
    shifts: pl.DataFrame
    moves: pl.DataFrame
    beside: pl.DataFrame

    def checked(self) -> ActivityTables:
        """The same, sorted. raises: TableShapeError if a table has another shape"""
        shapes = (DATASETS, ACTIVITY_SHOWS, COVERAGE, ACTIVITY, SHIFTS, MOVES, BESIDE)
        order = ("id dataset,row dataset dataset,actor,country,adm1,month,part,base,unclear").split(" ")
        order += ["dataset,actor,country,month", "dataset,actor,country,year", "question,dataset,rank"]
        read = [name for name in ACTIVITY_SHOWS if name in self.records.columns]
        events = self.records.select(read).filter(pl.col("part") == EVENT)
        held = (events if name == "records" else getattr(self, name) for name in self.__slots__)
        made = (
            t.check(frame, shape, where=f"activity/{name}").sort(by.split(","), maintain_order=True)
            for name, frame, shape, by in zip(self.__slots__, held, shapes, order, strict=True)
        )
        return ActivityTables(*made)


@dataclass(frozen=True, slots=True)
class Source:
    """One dataset as it is named on each chart.

    says:      version and coverage in one line
    first_whole, last_whole: None if it covers no whole month
    only:      the group that stands in every row, "" if there is none: the file is an extract of its events
    """

    id: str
    name: str
    shape: str
    voice: str
    version: str
    says: str
    rows: int
    counted: bool
    reason: str
    first_month: str
    last_month: str
    first_whole: str | None
    last_whole: str | None
    provisional: bool
    undated: int
    long: int
    only: str

    @property
    def is_drawn(self) -> bool:
        """Are there enough whole months for a chart by month?"""
        return sum(map(self.is_whole, self.months)) >= LEAST_MONTHS

    @property
    def months(self) -> list[str]:
        """Whole years around all months with a row: the axis of its charts."""
        if not self.first_month:
            return []
        years = range(int(self.first_month[:4]), int(self.last_month[:4]) + 1)
        return [f"{year}-{month:02}" for year in years for month in range(1, 13)]

    def is_whole(self, month: str) -> bool:
        """Is the month covered from end to end?"""
        return bool(self.first_whole and self.last_whole and self.first_whole <= month <= self.last_whole)

    def is_soft(self, month: str) -> bool:
        """May the count of this month still change, or is it covered in part only?"""
        return not self.is_whole(month) or (self.provisional and month == self.last_whole)


@dataclass(slots=True)
class Book:
    """All of it, with a way to each group.

    series:  activity by dataset and actor
    written: the names that a file itself uses for a group, those in most rows first
    opened:  month -> address of its rows, beside the pages of activity; fills while these are printed
    """

    tables: ActivityTables
    sources: dict[str, Source]
    countries: dict[str, str]
    series: dict[tuple[str, str | None], pl.DataFrame] = field(default_factory=dict)
    written: dict[tuple[str, str | None], list[str]] = field(default_factory=dict)
    opened: dict[tuple[str, str | None], dict[str, str]] = field(default_factory=dict)

    def country(self, code: str | None) -> str:
        """The name of a country to show."""
        return self.countries.get(code or "", code or "country not said")


def open_book(tables: ActivityTables, countries: dict[str, str]) -> Book:
    """Sort the tables by dataset and group. countries: ISO code -> name."""
    held = tables.checked()
    joined = held.datasets.join(held.coverage, left_on="id", right_on="dataset", how="left")
    ordered = joined.sort("name", "id", nulls_last=True)
    only = _in_every_row(held.activity)
    sources = {row["id"]: _source(row, only.get(row["id"], "")) for row in ordered.iter_rows(named=True)}
    parts = held.activity.partition_by("dataset", "actor", as_dict=True, maintain_order=True)
    series = {(str(dataset), actor): frame for (dataset, actor), frame in parts.items()}
    return Book(held, sources, countries, series, _written(held.records))


def _written(events: pl.DataFrame) -> dict[tuple[str, str | None], list[str]]:
    sides = [
        events.select("dataset", name=side, text=f"{side}_text").drop_nulls() for side in ("actor", "target")
    ]
    ranked = pl.concat(sides).group_by("dataset", "name", "text").len()
    held: dict[tuple[str, str | None], list[str]] = {}
    for dataset, name, text, _ in ranked.sort(["len", "text"], descending=[True, False]).iter_rows():
        held.setdefault((dataset, name), []).append(words.clip(text, 80))
    return held


def _in_every_row(activity: pl.DataFrame) -> dict[str, str]:
    """Dataset -> the one group that takes part in all its events, where there is one beside others."""
    counted = (
        activity.filter(pl.col("part") == EVENT).group_by("dataset", "actor").agg(pl.col("events").sum())
    )
    whole = counted.filter(pl.col("actor").is_null()).select("dataset", all="events")
    sides = counted.filter(pl.col("actor").is_not_null()).join(whole, on="dataset")
    full = sides.filter((pl.col("events") == pl.col("all")) & (pl.len().over("dataset") > 2)).sort("actor")
    return dict(full.select("dataset", "actor").iter_rows())


def _source(row: dict[str, Any], only: str) -> Source:
    version = f"version {row['version']}" if row["version"] else "version not said in the file"
    whole = words.days_words(row["first_whole"], row["last_whole"])
    covers = f"whole months covered: {whole}" if whole else "no whole month covered"
    provisional = ", provisional release" if row["provisional"] else ""
    return Source(
        id=row["id"],
        name=words.clip(row["name"] or row["id"], _NAME),
        shape=words.clip(row["shape"] or "", 60),
        voice=words.clip(row["voice"] or "publisher not known", _NAME),
        version=version,
        says=f"{version}{provisional}; {covers}",
        rows=row["rows"] or 0,
        counted=bool(row["counted"]),
        reason=row["reason"] or "",
        first_month=row["first_month"] or "",
        last_month=row["last_month"] or "",
        first_whole=row["first_whole"],
        last_whole=row["last_whole"],
        provisional=bool(row["provisional"]),
        undated=row["undated"] or 0,
        long=row["long"] or 0,
        only=words.clip(only, _NAME),
    )
