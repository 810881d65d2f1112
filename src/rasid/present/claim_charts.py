"""The page of charts: events that voices say took place, by month, place and party, and the numbers they say, by base.

Columns and bars count claims, not happenings: ten claims may speak of one. What is denied, possible or predicted is
never among them. Numbers are never added: each has a dot of its own, one chart for each base, and running totals,
numbers of a time and numbers of a stretch of time stand in charts apart.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from markupsafe import Markup

from rasid.model.values import DateSpan
from rasid.present import words
from rasid.present.activity_blocks import plain_cell
from rasid.present.charts import Bar, Columns, Stripe, draw_columns, draw_stripes
from rasid.present.dots import Dot, Dots, draw_dots
from rasid.present.press import Press, pack, sheet
from rasid.present.shelf import Shelf
from rasid.present.spans import Dated, read_times

_YEARS = 30  # on the axis by month; claims about earlier years are counted in words
_LISTED = 60  # claims of one bar that are listed
_BARS = 20  # places, parties
_BASES = 8  # charts of numbers
_LEAST_DOTS = 3  # fewer need no chart: they stand in the list of figures
_DOTS = 300  # in one of them
_PAGE_BYTES = 600_000
_SORTS = {"stock": "at a time", "flow": "within a stretch of time", None: "time not said"}


@dataclass(frozen=True, slots=True)
class Counted:
    """Claims of one bar: all that are said to be so, and of these the ones that are only partly so."""

    key: str
    name: str
    rows: tuple[int, ...]
    partly: int


@dataclass(frozen=True, slots=True)
class Table:
    """A chart with its table. csv: file beside the page."""

    id: str
    title: str
    note: str
    drawing: Columns | tuple[Stripe, ...] | Dots
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    hrefs: tuple[str, ...]
    csv: str


@dataclass(frozen=True, slots=True)
class Lists:
    """The pages that bars open. where: key of a bar -> address beside the charts."""

    pages: tuple[tuple[Markup, ...], ...]
    where: dict[str, str]


def print_charts(press: Press, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """`charts/index.html`, the pages of claims that its bars open, and a CSV for each chart."""
    timed = read_times(shelf)
    events = set(_happened(shelf)["row"])
    so = [item for item in timed.dated if item.row in events]
    months, coarse, early = _by_month(so)
    places, parties = (_by_name(shelf, kind) for kind in ("place", "party"))
    lists = _lists(press, shelf, [*months, *places, *parties])
    tables = [table for table in _tables(months, places, parties, lists) if table]
    groups = _figures(shelf)
    drawn = [group for group in groups if len(group[1]) >= _LEAST_DOTS][:_BASES]
    figures = [_dots(number, held) for number, held in enumerate(drawn, start=1)]
    few = len(groups) - len(drawn)
    yield press.page(
        "charts/index.html",
        "charts.html",
        title="Charts",
        section="Charts",
        tables=tables,
        figures=figures,
        coarse=coarse,
        early=early,
        undated=sum(row in events for _, row in timed.undated),
        few=few,
        total=len(events),
    )
    for table in [*tables, *figures]:
        yield f"charts/{table.csv}", _csv(table)
    for number, page in enumerate(lists.pages, start=1):
        yield press.page(
            f"charts/{_list_file(number)}",
            "chart_claims.html",
            title="Claims behind the charts",
            section="Charts",
            held=page,
            turn=sheet(number, len(lists.pages), stem="claims-", first="claims.html"),
        )


# --- what is counted ---------------------------------------------------------------------------------------------


def _by_month(so: list[Dated]) -> tuple[list[Counted], int, int]:
    """Claims by the month they speak of; how many know the year or a longer stretch only; how many are earlier."""
    held: dict[str, list[Dated]] = {}
    coarse = 0
    for item in so:
        month = _month(item)
        if month is None:
            coarse += 1
        else:
            held.setdefault(month, []).append(item)
    last = int(max(held)[:4]) if held else 0
    kept = {month: items for month, items in held.items() if int(month[:4]) > last - _YEARS}
    early = sum(len(items) for month, items in held.items() if month not in kept)
    found = [
        Counted(f"m{month}", words.day_words(month), *_rows_of(items))
        for month, items in sorted(kept.items())
    ]
    return found, coarse, early


def _month(item: Dated) -> str | None:
    """The month that holds all its days; None where there is none."""
    if item.first is None or item.last is None:
        return None
    same = (item.first.year, item.first.month) == (item.last.year, item.last.month)
    return f"{item.first:%Y-%m}" if same else None


def _rows_of(items: list[Dated]) -> tuple[tuple[int, ...], int]:
    return tuple(item.row for item in items), sum(item.standing.code == "partial" for item in items)


def _happened(shelf: Shelf) -> pl.DataFrame:
    """The claims of events that a voice says took place, with their row."""
    so = (pl.col("polarity") == "affirmed") & pl.col("certainty").is_in(["certain", "partial"])
    return shelf.tables.claims.with_row_index("row").filter((pl.col("kind") == "event") & so)


def _by_name(shelf: Shelf, kind: str) -> list[Counted]:
    """Claims by place or by the one who acts, those in most claims first."""
    claims = _happened(shelf)
    if kind == "place":
        named = claims.select(
            "row", "certainty", name=pl.col("places").list.eval(pl.element().struct.field("name"))
        ).explode("name")
    else:
        named = claims.select("row", "certainty", name=pl.col("actor").struct.field("name"))
    ranked = (
        named.drop_nulls("name")
        .filter(pl.col("name").str.strip_chars() != "")
        .unique(["row", "name"], maintain_order=True)
        .group_by("name")
        .agg("row", partly=(pl.col("certainty") == "partial").sum())
        .sort([pl.col("row").list.len(), "name"], descending=[True, False])
        .head(_BARS)
    )
    return [
        Counted(f"{kind}{number}", words.clip(name, 80), tuple(sorted(rows)), partly)
        for number, (name, rows, partly) in enumerate(ranked.iter_rows(), start=1)
    ]


# --- what a bar opens --------------------------------------------------------------------------------------------


def _lists(press: Press, shelf: Shelf, bars: list[Counted]) -> Lists:
    macro = press.macro("chart_lists.html", "claims_of")
    parts = []
    year = ""
    for bar in bars:
        begins = bar.key[1:5] if bar.key.startswith("m") and bar.key[1:5] != year else ""
        year = begins or year
        views = shelf.views_at(bar.rows[:_LISTED])
        parts.append(macro(bar, begins, views, len(bar.rows) - len(views)))
    pages = tuple(tuple(page) for page in pack(parts, most_bytes=_PAGE_BYTES))
    keys = iter(bar.key for bar in bars)
    where = {
        key: f"{_list_file(number)}#{key}"
        for number, page in enumerate(pages, start=1)
        for _, key in zip(page, keys, strict=False)
    }
    return Lists(pages if bars else (), where)


def _list_file(number: int) -> str:
    return "claims.html" if number == 1 else f"claims-{number}.html"


# --- charts of claims --------------------------------------------------------------------------------------------


def _tables(
    months: list[Counted], places: list[Counted], parties: list[Counted], lists: Lists
) -> Iterator[Table | None]:
    yield _month_table(months, lists) if months else None
    for id, title, note, held in (
        ("place", "By place", "Claims of events that name the place, at whatever level it is named.", places),
        (
            "party",
            "By party",
            "Claims of events in which the party acts. One that is acted upon is not counted.",
            parties,
        ),
    ):
        yield _name_table(id, (title, note), held, lists) if held else None


def _month_table(months: list[Counted], lists: Lists) -> Table:
    held = {bar.key[1:]: bar for bar in months}
    first, last = int(months[0].key[1:5]), int(months[-1].key[1:5])
    bars = []
    for month in (f"{year}-{number:02}" for year in range(first, last + 1) for number in range(1, 13)):
        bar = held.get(month)
        if bar is None:
            bars.append(Bar(month, 0.0, f"{words.day_words(month)}: no claim"))
            continue
        says = f"{bar.name}: {words.count(len(bar.rows), 'claim')}"
        says += f", of these {bar.partly} only partly so" if bar.partly else ""
        full = float(len(bar.rows) - bar.partly)
        bars.append(Bar(month, full, says, lists.where[bar.key], apart=float(bar.partly)))
    return Table(
        id="month",
        title="By month",
        note="Claims of events, by the month of which they speak, where the words give the month.",
        drawing=draw_columns(bars),
        head=("Month", "Claims", "Of these partly so"),
        rows=tuple((bar.key[1:], str(len(bar.rows)), str(bar.partly)) for bar in months),
        hrefs=tuple(lists.where[bar.key] for bar in months),
        csv="month.csv",
    )


def _name_table(id: str, told: tuple[str, str], held: list[Counted], lists: Lists) -> Table:
    hrefs = tuple(lists.where[bar.key] for bar in held)
    stripes = [
        (bar.name, href, float(len(bar.rows)), float(bar.partly))
        for bar, href in zip(held, hrefs, strict=True)
    ]
    return Table(
        id=id,
        title=told[0],
        note=told[1] + (f" The {_BARS} in most claims." if len(held) == _BARS else ""),
        drawing=draw_stripes(stripes),
        head=("Name", "Claims", "Of these partly so"),
        rows=tuple((bar.name, str(len(bar.rows)), str(bar.partly)) for bar in held),
        hrefs=hrefs,
        csv=f"{id}.csv",
    )


# --- charts of numbers -------------------------------------------------------------------------------------------


def _figures(shelf: Shelf) -> list[tuple[str, list[dict[str, Any]]]]:
    """Dated counts of people that are said to be so, by base and sort of time: the largest groups first."""
    rows = shelf.tables.figures.filter(
        pl.col("happened")
        & (pl.col("measure") == "count")
        & pl.col("base").is_not_null()
        & pl.col("first_day").is_not_null()
        & (pl.col("low").is_not_null() | pl.col("high").is_not_null())
    ).to_dicts()
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        sort = "running totals" if row["cumulative"] else _SORTS[row["stock_flow"]]
        groups.setdefault(f"{row['base']}, {sort}", []).append({**row, "dot": _dot(shelf, row)})
    kept = {
        name: sorted((row for row in held if row["dot"]), key=lambda row: (row["dot"].first, row["claim"]))
        for name, held in groups.items()
    }
    ranked = sorted(kept.items(), key=lambda each: (-len(each[1]), each[0]))
    return [(name, held[:_DOTS]) for name, held in ranked if held]


def _dot(shelf: Shelf, row: dict[str, Any]) -> Dot | None:
    try:
        first = DateSpan.from_iso(row["first_day"]).first_day
        last = DateSpan.from_iso(row["last_day"] or row["first_day"]).last_day
    except ValueError:
        return None
    if not isinstance(first, date) or not isinstance(last, date):
        return None
    span = words.span_words(row["low"], row["high"], row["bound"])
    days = words.days_words(row["first_day"], row["last_day"])
    return Dot(
        first,
        max(first, last),
        row["low"],
        row["high"],
        "../" + shelf.href(row["claim"], row["document"]),
        f"{words.plain(row['voice'] or 'nobody named', 60)}: “{words.plain(row['text'] or '', 60)}” ({span}), {days}",
        vague=row["bound"] in ("vague", "about"),
    )


def _dots(number: int, given: tuple[str, list[dict[str, Any]]]) -> Table:
    name, rows = given
    return Table(
        id=f"number-{number}",
        title=name[:1].upper() + name[1:],
        note="",
        drawing=draw_dots([row["dot"] for row in rows]),
        head=("First day", "Last day", "Said", "Low", "High", "Bound", "Place", "Voice"),
        rows=tuple(_cells(row) for row in rows),
        hrefs=tuple(row["dot"].href for row in rows),
        csv=f"number-{number}.csv",
    )


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    low, high = ("open" if row[name] is None else words.thousands(row[name]) for name in ("low", "high"))
    said = (words.clip(row[name] or "–", 80) for name in ("text", "bound", "place", "voice"))
    text, bound, place, voice = said
    return (row["first_day"], row["last_day"] or row["first_day"], text, low, high, bound, place, voice)


def _csv(table: Table) -> bytes:
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(("chart", *(name.lower() for name in table.head)))
    for row in table.rows:
        writer.writerow([plain_cell(cell) for cell in (table.title, *row)])
    return held.getvalue().encode("utf-8-sig")
