"""The numbers that stand in no range, as a list: each as it was said, with its words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl
from markupsafe import Markup

from rasid.present import words
from rasid.present.press import Press, pack
from rasid.present.shelf import Shelf

_FIGURES = 60  # on a page


@dataclass(frozen=True, slots=True)
class FigureView:
    """A number as said, what it allows, what it counts, who says so."""

    text: str
    span: str
    unit: str
    base: str
    measure: str
    type: str
    place: str
    days: str
    voice: str
    via: tuple[str, ...]
    quote: str
    direction: str
    document: str
    href: str
    number: int
    happened: bool
    standing: words.Standing | None


def lone_figures(shelf: Shelf, grouped: pl.Series) -> pl.DataFrame:
    """The figures that stand in no range: first those of what is said to have happened.

    grouped: claims whose figure stands in a range
    """
    return shelf.tables.figures.filter(~pl.col("claim").is_in(grouped.implode())).sort(
        ["happened", "type", "unit", "base", "first_day", "claim", "text"],
        descending=[True, *[False] * 6],
        nulls_last=True,
        maintain_order=True,
    )


def count_figures(rows: pl.DataFrame) -> dict[bool, int]:
    """How many are said to have happened, and how many not."""
    happened = int(rows["happened"].fill_null(False).sum())
    return {True: happened, False: rows.height - happened}


def list_pages(
    press: Press, shelf: Shelf, rows: pl.DataFrame, *, most_bytes: int
) -> list[list[tuple[bool, list[Markup]]]]:
    """The list cut into pages, on each the items of what happened and of what did not apart."""
    item = press.macro("figure_parts.html", "figure")
    pages: list[list[tuple[bool, list[Markup]]]] = []
    for part in rows.iter_slices(_FIGURES):
        views = [_figure_view(shelf, row) for row in part.to_dicts()]
        for held in pack([item(view) for view in views], most_bytes=most_bytes):
            told, views = views[: len(held)], views[len(held) :]
            pairs = groupby(zip(told, held, strict=True), key=lambda pair: pair[0].happened)
            pages.append([(happened, [markup for _, markup in group]) for happened, group in pairs])
    return pages


def _figure_view(shelf: Shelf, row: dict[str, Any]) -> FigureView:
    document = shelf.documents.get(row["document"])
    spot = shelf.spots.get(row["claim"] or "")
    return FigureView(
        text=words.clip(row["text"] or "", 160),
        span=words.span_words(row["low"], row["high"], row["bound"]),
        unit=words.clip(words.label(row["unit"]), 80),
        base=words.clip(words.label(row["base"]), 80),
        measure=row["measure"] or "",
        type=words.clip(words.label(row["type"]), 80),
        place=words.clip(row["place"] or "", 160),
        days=words.days_words(row["first_day"], row["last_day"]),
        voice=words.clip(row["voice"] or "nobody named", 160),
        via=tuple(words.clip(name, 160) for name in (row["via"] or [])[:4]),
        quote=words.clip(row["quote"] or ""),
        direction=document.direction if document else "auto",
        document=document.title if document else row["document"],
        href=shelf.href(row["claim"], row["document"]),
        number=spot.number if spot else 0,
        happened=row["happened"] is True,
        standing=spot.standing if spot else None,
    )
