"""A block of the activity pages: one group in one dataset, in one country or in all, with all that is drawn of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import polars as pl

from rasid.model.activity import TESTED_EVENTS, TESTED_MONTHS
from rasid.present import words
from rasid.present.activity_book import EVENT, Book, Source
from rasid.present.activity_moves import MoveMap, MoveRow, draw_moves, move_rows, move_sentence
from rasid.present.activity_rows import RowPages
from rasid.present.activity_sums import Sum, sums_by
from rasid.present.activity_views import (
    ChartView,
    Opens,
    YearRow,
    event_chart,
    number_chart,
    shift_words,
    small_series,
    year_rows,
)
from rasid.present.charts import Panel, draw_panels
from rasid.present.small_map import Drawer

_PANELS = 12
_BASES = 2  # besides the main one
_OF_COUNTRY = 2  # charts of one country of several: events and the main base
_CELL_STARTS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run them as a formula


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A country or governorate: events and numbers of all rows, and how many events are unclear."""

    name: str
    cells: tuple[str, ...]
    unclear: int


@dataclass(frozen=True, slots=True)
class Block:
    """What is shown of one series. where: the country, or "all countries"; written: names that the file itself uses."""

    id: str
    source: Source
    where: str
    charts: tuple[ChartView, ...]
    years: tuple[YearRow, ...]
    has_unclear: bool
    shifts: tuple[str, ...]
    panels: tuple[Panel, ...]
    places: tuple[PlaceRow, ...]
    place_level: str
    moves: tuple[MoveRow, ...]
    moved: str
    map: MoveMap | None
    written: tuple[str, ...]
    no_rows: bool
    tested: bool
    with_only: str
    countries: tuple[tuple[str, ...], ...]
    countries_csv: str


def make_block(
    book: Book,
    drawer: Drawer,
    *,
    key: tuple[str, str | None],
    country: str | None,
    stem: str,
    rows: RowPages | None,
) -> Block:
    """The block of a group (dataset, actor) in a country, or in all countries of the dataset if `country` is None."""
    source = book.sources[key[0]]
    held = book.series[key]
    own = held if country is None else held.filter(pl.col("country") == country)
    several = country is None and held["country"].n_unique() > 1
    opens: Opens = rows.opens if rows and (country is None or held["country"].n_unique() == 1) else _closed
    shifts = _of(book.tables.shifts, key, _one_country(held) if country is None else country)
    level = "country" if several else "adm1"
    charts = _charts(own, source, shifts=shifts.to_dicts(), opens=opens, stem=stem)
    places = _places(book, own, level)
    spot = country or (None if several else _one_country(held))
    moves = [] if several else _of(book.tables.moves, key, spot).to_dicts()
    return Block(
        id=stem,
        source=source,
        where=book.country(spot) if spot else "All countries of the data",
        charts=tuple(charts if country is None else islice(charts, _OF_COUNTRY)),
        years=year_rows(own, source),
        has_unclear=bool(own["unclear"].any()),
        shifts=tuple(shift_words(row) for row in shifts.iter_rows(named=True)),
        panels=_panels(book, own, source, level) if len(places) > 1 else (),
        places=places,
        place_level="Country" if several else "Governorate",
        moves=move_rows(moves),
        moved=move_sentence(moves),
        map=draw_moves(drawer, spot, moves) if spot else None,
        written=tuple(book.written.get(key, [])[:12]),
        no_rows=rows is None,
        tested=_is_tested(own, source),
        with_only=source.only if key[1] not in (None, source.only) else "",
        countries=_country_years(book, own) if several else (),
        countries_csv=f"{stem}-countries.csv" if several else "",
    )


def _is_tested(own: pl.DataFrame, source: Source) -> bool:
    """Was the series long and full enough to be tested for changes of level?"""
    whole = [month for month in source.months if source.is_whole(month)]
    events = own.filter((pl.col("part") == EVENT) & pl.col("month").is_in(whole))["events"].sum()
    return len(whole) >= TESTED_MONTHS and events >= TESTED_EVENTS


def _closed(_month: str) -> str:
    return ""


def _one_country(held: pl.DataFrame) -> str | None:
    """The country of a series that has one alone."""
    found = held["country"].unique().to_list()
    return found[0] if len(found) == 1 else None


def _of(table: pl.DataFrame, key: tuple[str, str | None], country: str | None) -> pl.DataFrame:
    dataset, actor = key
    return table.filter(
        (pl.col("dataset") == dataset)
        & pl.col("actor").eq_missing(pl.lit(actor, pl.String))
        & pl.col("country").eq_missing(pl.lit(country, pl.String))
    )


def _charts(
    own: pl.DataFrame, source: Source, *, shifts: list[dict[str, Any]], opens: Opens, stem: str
) -> Iterator[ChartView]:
    """Events, then the numbers of each base: never two bases in one chart."""
    if not source.is_drawn:
        return
    yield event_chart(own, source, shifts=shifts, opens=opens, id=f"{stem}-events", csv=f"{stem}-events.csv")
    for number, (part, base) in enumerate(_bases(own)):
        id = f"{stem}-n{number}"
        yield number_chart(own, source, part=part, base=base, opens=opens, id=id, csv=f"{id}.csv")


def _bases(own: pl.DataFrame) -> list[tuple[str, str]]:
    """(part, base) of the numbers to draw: those of the events themselves, then bases that one part alone counts."""
    held = (
        own.filter(pl.col("base").is_not_null() & (pl.col("best") > 0))
        .group_by("part", "base")
        .agg(pl.col("best").sum())
        .sort(["best", "part"], descending=[True, False])
    )
    whole = [(part, base) for part, base, _ in held.iter_rows() if part == EVENT]
    of_base = held["base"].to_list()
    others = [
        (part, base) for part, base, _ in held.iter_rows() if part != EVENT and of_base.count(base) == 1
    ]
    return [*whole, *others[:_BASES]]


def _places(book: Book, own: pl.DataFrame, level: str) -> tuple[PlaceRow, ...]:
    """Countries or governorates, those with most events first."""
    held = sums_by(own.filter(pl.col("part") == EVENT), level, "unclear")
    found = []
    for name in {name for name, _ in held}:
        clear, unclear = (held.get((name, flag), Sum()) for flag in (False, True))
        both = clear.plus(unclear)
        shown = book.country(name) if level == "country" and name else name or "not said"
        found.append((both.events, PlaceRow(words.clip(shown, 80), both.cells, unclear.events)))
    return tuple(row for _, row in sorted(found, key=lambda each: (-each[0], each[1].name)))


def _country_years(book: Book, own: pl.DataFrame) -> tuple[tuple[str, ...], ...]:
    """Each country and year with events: a plain sum of the rows, and of these the unclear ones."""
    events = own.filter((pl.col("part") == EVENT) & pl.col("month").is_not_null())
    held = sums_by(events, "country", pl.col("month").str.slice(0, 4), "unclear")
    found = []
    for country, year in {key[:2] for key in held}:
        clear, unclear = (held.get((country, year, flag), Sum()) for flag in (False, True))
        both = clear.plus(unclear).cells
        found.append((words.clip(book.country(country), 80), year, *both, words.thousands(unclear.events)))
    return tuple(sorted(found))


def _panels(book: Book, own: pl.DataFrame, source: Source, level: str) -> tuple[Panel, ...]:
    """Events by month and place, on one scale."""
    if not source.is_drawn:
        return ()
    events = own.filter((pl.col("part") == EVENT) & pl.col(level).is_not_null())
    totals = events.group_by(level).agg(pl.col("events").sum())
    ranked = totals.sort(["events", level], descending=[True, False])[level].head(_PANELS)
    series = []
    for name in ranked:
        shown = book.country(name) if level == "country" else name
        held = events.filter(pl.col(level) == name)
        series.append(small_series(held, source, name=words.clip(shown, 40)))
    return draw_panels(series)


COUNTRY_HEAD = ("Country", "Year", "Events", "Low", "Best", "High", "Of these unclear")


def block_files(block: Block, *, group: str) -> Iterator[tuple[str, bytes]]:
    """The CSV files of a block, beside its page."""
    for chart in block.charts:
        yield chart.csv, chart_csv(chart, source=block.source, group=group, where=block.where)
    if block.countries_csv:
        known = (block.source.name, block.source.version.removeprefix("version "), group)
        yield block.countries_csv, _csv(("data", "version", "group", *COUNTRY_HEAD), known, block.countries)


def chart_csv(chart: ChartView, *, source: Source, group: str, where: str) -> bytes:
    """The numbers of a chart as CSV; each line says of which data, version, group and place it is."""
    known = (source.name, source.version.removeprefix("version "), group, where, chart.title)
    return _csv(("data", "version", "group", "where", "chart", *chart.head), known, chart.rows)


def _csv(head: tuple[str, ...], known: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> bytes:
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow([name.lower() for name in head])
    for row in rows:
        writer.writerow([plain_cell(cell) for cell in (*known, *row)])
    return held.getvalue().encode("utf-8-sig")


def plain_cell(text: str) -> str:
    """A cell that no spreadsheet runs; numbers without the comma of thousands, an unknown one empty."""
    bare = text.replace(",", "")
    if bare.isdigit():
        return bare
    if text in ("–", "unknown", "not given"):
        return ""
    return f"'{text}" if text.startswith(_CELL_STARTS) else text
