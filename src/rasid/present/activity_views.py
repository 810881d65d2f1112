"""What the pages of activity show of one series: months with their coverage, years as a table, changes in words.

A month outside the coverage has no number. Unclear rows are counted with the others, and always told apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from rasid.present import words
from rasid.present.activity_book import EVENT, ActivityTables, Book, Source, open_book
from rasid.present.activity_sums import Sum, sums
from rasid.present.charts import Bar, Columns, Level, Shift, Small, draw_columns

__all__ = [
    "ActivityTables",
    "Book",
    "ChartView",
    "Opens",
    "Source",
    "YearRow",
    "event_chart",
    "number_chart",
    "open_book",
    "shift_words",
    "small_series",
    "year_rows",
]

IN_GROUP = " in which the group is on either side."
OF_GROUP = ", in events in which the group takes part. It is no count of those the group killed, nor of its own dead."

Opens = Callable[[str], str]  # month -> address of its rows, "" if they have no page


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart with its table. csv: file name beside the page; rows: cells as text, the month first."""

    id: str
    title: str
    note: str
    columns: Columns
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    csv: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """One year of a series: events, low, best and high of all rows, and of these the unclear ones."""

    year: str
    all: tuple[str, ...]
    unclear: tuple[str, ...]
    note: str


# --- months ------------------------------------------------------------------------------------------------------


def _axis(rows: pl.DataFrame, source: Source) -> tuple[list[str], str]:
    """The months of a chart, from the year before the first event on; and a note on the quiet years left out."""
    first = rows.filter(pl.col("part") == EVENT)["month"].min()
    year = int(str(first)[:4]) - 1 if first else 0
    months = [month for month in source.months if int(month[:4]) >= year]
    left = len(source.months) - len(months)
    quiet = words.days_words(source.months[0], source.months[left - 1]) if left else ""
    return months, f" Not drawn: {quiet}, without an event." if quiet else ""


def event_chart(
    rows: pl.DataFrame, source: Source, *, shifts: list[dict[str, Any]], opens: Opens, id: str, csv: str
) -> ChartView:
    """Events a month, with the changes of level."""
    held = sums(rows, EVENT, by=7)
    months, left = _axis(rows, source)
    bars, cells = [], []
    for month in months:
        clear, unclear, both = _of_month(held, month)
        value = _value(source, month, clear.events, unclear.events)
        says = f"{words.day_words(month)}: {words.count(both.events, 'event')}"
        says += f", of these {unclear.events} unclear" if unclear.events else ""
        says += f", of these {both.long} going on beyond the month" if both.long else ""
        bars.append(
            Bar(
                month,
                value,
                says,
                opens(month) if both.events else "",
                apart=unclear.events,
                long=clear.long,
                partial=source.is_soft(month),
            )
        )
        cells.append(_cells(source, month, value, (both.events, unclear.events)))
    places = {month: at for at, month in enumerate(months)}
    marks = [_shift(row, places) for row in shifts]
    levels = [level for row in shifts for level in _levels(row, places)]
    return ChartView(
        id=id,
        title="Events a month",
        note="Base: rows of the data, one for each event"
        + (IN_GROUP if rows["actor"].count() else ".")
        + left,
        columns=draw_columns(bars, shifts=marks, levels=levels),
        head=("Month", "Events", "Of these unclear", "Covered"),
        rows=tuple(row for row in cells if row[-1] != "no"),
        csv=csv,
    )


def small_series(rows: pl.DataFrame, source: Source, *, name: str) -> Small:
    """Events a month for a small chart, unclear ones apart."""
    held = sums(rows, EVENT, by=7)
    values: list[float | None] = []
    aparts: list[float] = []
    for month in source.months:
        clear, unclear = (float(held.get((month, flag), Sum()).events) for flag in (False, True))
        values.append(_value(source, month, clear, unclear))
        aparts.append(unclear)
    return Small(name, values, aparts)


def number_chart(
    rows: pl.DataFrame, source: Source, *, part: str, base: str, opens: Opens, id: str, csv: str
) -> ChartView:
    """The best number a month of one base, with a whisker from low to high; unclear rows hollow on top."""
    held = sums(rows.filter(pl.col("base") == base), part, by=7)
    months, left = _axis(rows, source)
    bars, cells = [], []
    for month in months:
        clear, unclear, both = _of_month(held, month)
        value = _value(source, month, clear.best or 0.0, unclear.best or 0.0, both.events)
        _, low, best, high = both.cells
        says = f"{words.day_words(month)}: best {best}, low {low}, high {high}"
        says += f"; {unclear.cells[2]} of best from unclear rows" if unclear.best else ""
        says += (
            f"; {words.thousands(both.long_best)} from rows that go on beyond the month"
            if both.long_best
            else ""
        )
        bars.append(
            Bar(
                month,
                value,
                says,
                opens(month) if both.events else "",
                low=both.low,
                high=float("inf") if both.low is not None and both.high is None else both.high,
                apart=unclear.best or 0.0,
                long=clear.long_best or 0.0,
                partial=source.is_soft(month),
            )
        )
        cells.append(_cells(source, month, value, (low, best, high, unclear.cells[2])))
    of = "" if part == EVENT else f" (the part “{part}”)"
    return ChartView(
        id=id,
        title=f"Said to be {base}, a month" if base == "dead" else f"{base.capitalize()}, a month",
        note=f"Base: {base}{of}, of all sides" + (OF_GROUP if rows["actor"].count() else ".") + left,
        columns=draw_columns(bars),
        head=("Month", "Low", "Best", "High", "Of best, unclear", "Covered"),
        rows=tuple(row for row in cells if row[-1] != "no"),
        csv=csv,
    )


def _of_month(held: dict[tuple[str, bool], Sum], month: str) -> tuple[Sum, Sum, Sum]:
    """The clear rows of a month, the unclear ones, and both."""
    clear, unclear = (held.get((month, flag), Sum()) for flag in (False, True))
    return clear, unclear, clear.plus(unclear)


def _value(source: Source, month: str, clear: float, *others: float) -> float | None:
    """The height of a column; None for a month that is not covered and has no row."""
    return clear if source.is_whole(month) or clear or any(others) else None


def _cells(source: Source, month: str, value: float | None, numbers: tuple[object, ...]) -> tuple[str, ...]:
    covered = "yes" if source.is_whole(month) else "in part" if value is not None else "no"
    covered += ", provisional" if covered == "yes" and source.is_soft(month) else ""
    if value is None:
        return (month, *("unknown" for _ in numbers), covered)
    return (month, *(words.thousands(n) if isinstance(n, int) else str(n) for n in numbers), covered)


def _shift(row: dict[str, Any], places: dict[str, int]) -> Shift:
    label = f"{words.day_words(row['month'])}: {_rate(row['before'])} to {_rate(row['after'])} a month"
    return Shift(places[row["month"]], places.get(row["earliest"], 0), places[row["latest"]], label)


def _levels(row: dict[str, Any], places: dict[str, int]) -> Iterator[Level]:
    at = places[row["month"]]
    yield Level(places.get(row["from_month"], 0), at, row["before"])
    yield Level(at, places[row["to_month"]] + 1, row["after"])


def _rate(number: float) -> str:
    if 0 < number < 0.1:
        return "less than 0.1"
    return f"{number:,.0f}" if number >= 10 or number == 0 else f"{number:,.1f}"


def shift_words(row: dict[str, Any]) -> str:
    """A change of level in a sentence."""
    way = "fell" if row["after"] < row["before"] else "rose"
    about = words.day_words(row["month"])
    if row["earliest"] != row["latest"]:
        span = words.days_words(row["earliest"], row["latest"])
        about += f" (it may as well have been any month from {span})"
    spans = (
        words.days_words(row["from_month"], _before(row["month"])),
        words.days_words(row["month"], row["to_month"]),
    )
    return (
        f"From {about} the events of a month {way} from {_rate(row['before'])} to {_rate(row['after'])} on average "
        f"({spans[0]} against {spans[1]}; p = {row['p']:.3f})."
    )


def _before(month: str) -> str:
    at = int(month[:4]) * 12 + int(month[5:]) - 2
    return f"{at // 12:04}-{at % 12 + 1:02}"


# --- years -------------------------------------------------------------------------------------------------------


def year_rows(rows: pl.DataFrame, source: Source) -> tuple[YearRow, ...]:
    """Every year of the data: events, low, best and high are those of a plain sum of the rows of the file."""
    held = sums(rows, EVENT, by=4)
    found: list[YearRow] = []
    for year in sorted({month[:4] for month in source.months}):
        _, unclear, both = _of_month(held, year)
        months = [f"{year}-{month:02}" for month in range(1, 13)]
        whole = sum(source.is_whole(month) for month in months)
        note = "" if whole == 12 else f"{words.count(whole, 'whole month')} of 12 covered"
        row = YearRow(year, both.cells, unclear.cells, note)
        if found and _is_quiet(row) and _is_quiet(found[-1]):
            row = replace(row, year=f"{found.pop().year[:4]} to {year}")
        found.append(row)
    return tuple(found)


def _is_quiet(row: YearRow) -> bool:
    """A year that is covered and has no event: a run of them stands in one line."""
    return row.all[0] == "0" and not row.note
