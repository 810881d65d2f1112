"""The rows behind the charts of activity: every event of a group with the cell that holds its number.

A chart's month opens the page that lists its rows. Of a very large case only the first groups have such pages, those
asked about and the busiest; the others say so, and name file, group and month, by which the rows are found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl
from markupsafe import Markup

from rasid.present import words
from rasid.present.activity_book import Source
from rasid.present.data_pages import record_link
from rasid.present.press import Press, pack, sheet

MOST_ROWS = 40_000  # printed on one site, about 15 MB
PAGE_BYTES = 500_000
_CLIP = 100


@dataclass(frozen=True, slots=True)
class RowView:
    """One event as the file has it.

    column, said: heading and text of the cell with the number
    href:         the whole row, with all its cells
    """

    days: str
    place: str
    sides: tuple[str, str]
    numbers: str
    unclear: bool
    source: str
    row: int
    column: str
    said: str
    href: str


@dataclass(frozen=True, slots=True)
class RowPages:
    """The pages of one group in one dataset: file names with their months, packed under the limit of a page."""

    stem: str
    pages: tuple[tuple[Markup, ...], ...]
    months: dict[str, str]

    def opens(self, month: str) -> str:
        """The address of a month, beside the pages of activity."""
        return self.months.get(month, "")


def rows_of(records: pl.DataFrame, dataset: str, actor: str | None) -> pl.DataFrame:
    """The events of a group, by their first day; those without one last."""
    own = records.filter(pl.col("dataset") == dataset)
    if actor is not None:
        own = own.filter((pl.col("actor") == actor) | (pl.col("target") == actor))
    return own.sort(["first_day", "row"], nulls_last=True)


def row_pages(press: Press, rows: pl.DataFrame, *, stem: str) -> RowPages:
    """Render the rows month by month and pack them into pages `stem`.html, `stem`-2.html …"""
    month_part = press.macro("activity_parts.html", "month_of_rows")
    parts: list[Markup] = []
    names: list[str] = []
    before = ""
    for month, held in groupby(rows.iter_rows(named=True), key=lambda row: (row["first_day"] or "")[:7]):
        views = [_view(row) for row in held]
        for at in range(0, len(views), 500):  # a month of thousands may need pages of its own
            year = month[:4] if month[:4] != before else ""
            parts.append(month_part(month, year, views[at : at + 500], at == 0))
            names.append(month if at == 0 else "")
            before = month[:4]
    pages = tuple(tuple(page) for page in pack(parts, most_bytes=PAGE_BYTES))
    months: dict[str, str] = {}
    passed = iter(names)
    for number, page in enumerate(pages, start=1):
        for month in (next(passed) for _ in page):
            if month:
                months[month] = f"{_file(stem, number)}#m{month}"
    return RowPages(stem, pages, months)


def _file(stem: str, number: int) -> str:
    return f"{stem}.html" if number == 1 else f"{stem}-{number}.html"


def _view(row: dict[str, Any]) -> RowView:
    where = (row["place"], row["adm2"], row["adm1"])
    return RowView(
        days=words.days_words(row["first_day"], row["last_day"]) or "no day",
        place=words.clip(", ".join(dict.fromkeys(part for part in where if part)) or "–", _CLIP),
        sides=(_side(row, "actor"), _side(row, "target")),
        numbers=_numbers(row),
        unclear=bool(row["unclear"]),
        source=words.clip(row["source"] or "–", _CLIP),
        row=row["row"],
        column=words.clip(row["column"] or "", 60),
        said=words.clip(row["as_said"] or "", 60),
        href="../" + record_link(row["dataset"], row["row"]),
    )


def _side(row: dict[str, Any], name: str) -> str:
    return words.clip(row[f"{name}_text"] or row[name] or "not said", _CLIP)


def _numbers(row: dict[str, Any]) -> str:
    if row["best"] is None and row["low"] is None:
        return "no number"
    best = words.thousands(row["best"]) if row["best"] is not None else "–"
    low = words.thousands(row["low"]) if row["low"] is not None else "no floor"
    high = words.thousands(row["high"]) if row["high"] is not None else "no upper end"
    return f"{best} ({low} to {high})" if low != high or low != best else best


def print_rows(
    press: Press, pages: RowPages, *, name: str, source: Source, back: str, total: int
) -> Iterator[tuple[str, bytes]]:
    """The pages of rows of one group in one dataset."""
    for number, parts in enumerate(pages.pages, start=1):
        yield press.page(
            f"activity/{_file(pages.stem, number)}",
            "activity_rows.html",
            title=f"{name}: rows of {source.name}",
            section="Activity",
            name=name,
            source=source,
            months=parts,
            back=back,
            total=total,
            turn=sheet(number, len(pages.pages), stem=f"{pages.stem}-", first=f"{pages.stem}.html"),
        )
