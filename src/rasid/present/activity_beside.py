"""What stands beside a question: the series of the group and place it asks about, never as an answer."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rasid.present import words
from rasid.present.activity_book import Book, Source
from rasid.present.activity_pages import group_page, group_row
from rasid.present.activity_views import ChartView, event_chart, shift_words

_DRAWN = 4  # charts on the page of a question, which must stay under 1 MB; further series stand in words


@dataclass(frozen=True, slots=True)
class Beside:
    """A series that stands beside a question."""

    source: Source
    name: str
    where: str
    reason: str
    chart: ChartView | None
    total: str
    shifts: tuple[str, ...]
    href: str


def beside_views(book: Book, question: str) -> list[Beside]:
    """What the event data says of the group and place that a question asks about: shown beside, never as an answer.

    A column opens its rows only if `print_activity` was run on this book before; else the page of the group.
    """
    rows = book.tables.beside.filter(pl.col("question") == question)
    return [
        _beside(book, row["dataset"], row, number) for number, row in enumerate(rows.iter_rows(named=True), 1)
    ]


def _beside(book: Book, dataset: str, row: dict[str, str | None], number: int) -> Beside:
    source, actor, country, adm1 = book.sources[dataset], row["actor"], row["country"], row["adm1"]
    held = book.series[dataset, actor]
    for column, wanted in (("country", country), ("adm1", adm1)):
        held = held.filter(pl.col(column) == wanted) if wanted is not None else held
    countries = held["country"].unique().to_list()
    spot = country or (countries[0] if len(countries) == 1 else None)
    own = (
        (pl.col("dataset") == dataset)
        & pl.col("actor").eq_missing(pl.lit(actor, pl.String))
        & pl.col("country").eq_missing(pl.lit(spot, pl.String))
    )
    shifts = book.tables.shifts.filter(own).to_dicts() if adm1 is None else []
    page = f"../activity/{group_page(actor)}"
    months = (
        book.opened.get((dataset, actor), {}) if held.height == book.series[dataset, actor].height else {}
    )

    def opens(month: str) -> str:
        return f"../activity/{months[month]}" if month in months else page

    summary = group_row(actor, held, "")
    told = words.count(summary.events, "event")
    if summary.unclear:
        told += f", of these {words.thousands(summary.unclear)} unclear"
    return Beside(
        source=source,
        name=summary.name,
        where=", ".join(part for part in (adm1, book.country(spot) if spot else "all its countries") if part),
        reason=row["reason"] or "",
        chart=event_chart(held, source, shifts=shifts, opens=opens, id=f"beside-{number}", csv="")
        if source.is_drawn and number <= _DRAWN
        else None,
        total=f"{told}, {words.days_words(summary.first or None, summary.last or None)}",
        shifts=tuple(shift_words(each) for each in shifts),
        href=page,
    )
