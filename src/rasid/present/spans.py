"""When claims are said to have been, as stretches of days, and how such stretches are laid out on a line. No words here
but those of the reasons why a claim has no day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from rasid.model.values import DateSpan
from rasid.present import words
from rasid.present.shelf import Shelf

UNDATED = {  # code -> why a claim is not on the line
    "relative": "The words say when, but not by the calendar, and the document has no date to count from.",
    "open": "The words say when, but could not be put on the calendar.",
    "unsaid": "The words do not say when. The date of the document only says when it was written.",
    "nothing": "The words do not say when, and the document has no date.",
}
_ROWS = 12  # marks over each other in a lane; what is left over is counted in one mark
_APART = 2.0  # units between two marks of a row
_TAIL = 60.0  # units that an end of which nothing is said is drawn on: the same for all, so that it tells no length


@dataclass(frozen=True, slots=True)
class Dated:
    """A claim (its row) with what is known of its days; at least one of them is.

    precision: as the claims table says: day, month, year, range
    anchor:    the first known day: by it the claim belongs to a page
    """

    row: int
    first: date | None
    last: date | None
    precision: str
    type: str
    voice: str
    standing: words.Standing
    as_said: str

    @property
    def anchor(self) -> date:
        """The first known day."""
        known = self.first or self.last
        assert known is not None
        return known

    @property
    def days(self) -> str:
        """The days in words, no finer than they were said; the words themselves where the calendar alone would be."""
        if self.first and self.last:
            match self.precision:
                case "year" if self.first.year == self.last.year:
                    return str(self.first.year)
                case "month" if (self.first.year, self.first.month) == (self.last.year, self.last.month):
                    return words.day_words(self.first.isoformat()[:7])
                case "day":
                    return words.days_words(self.first.isoformat(), self.last.isoformat())
            return self._said(words.days_words(self.first.isoformat(), self.last.isoformat()))
        known = words.day_words(self.anchor.isoformat())
        return self._said(f"from {known}, no end said" if self.first else f"until {known}, no beginning said")

    def _said(self, days: str) -> str:
        return f"“{words.plain(self.as_said, 80)}” ({days})" if self.as_said else days


@dataclass(frozen=True, slots=True)
class Timed:
    """dated: by anchor, end and row; undated: (reason code, row), by reason and row."""

    dated: tuple[Dated, ...]
    undated: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of days on a line of `width` units."""

    first: date
    last: date
    width: float

    def x(self, day: date) -> float:
        """Where a day begins."""
        return (day.toordinal() - self.first.toordinal()) / self.days * self.width

    @property
    def days(self) -> int:
        """How many days the line holds."""
        return self.last.toordinal() - self.first.toordinal() + 1


@dataclass(frozen=True, slots=True)
class Laid:
    """A claim on the line: from x to x + width in this row of its lane; open or cut at an end where it goes on."""

    item: Dated
    x: float
    width: float
    row: int
    left: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """Marks of one type or voice. over: claims that found no row, by their first day."""

    label: str
    total: int
    laid: tuple[Laid, ...]
    rows: int
    over: tuple[tuple[date, float, int], ...]


def read_times(shelf: Shelf) -> Timed:
    """Sort the claims into those with a known day and those without, each of these with its reason."""
    claims = shelf.tables.claims.select(
        "document", "time", "type", "polarity", "certainty", voice=pl.col("voices").list.last()
    )
    dated, undated = [], []
    for row, held in enumerate(claims.iter_rows(named=True)):
        time = held["time"] or {}
        first, last = _day(time.get("first_day"), 0), _day(time.get("last_day"), 1)
        if first is None and last is None:
            dated_document = shelf.documents[held["document"]].date is not None
            undated.append((_reason(bool(time.get("text")), dated_document), row))
            continue
        if first and last and last < first:
            last = first  # the text contradicts itself; the later end is not believed
        dated.append(
            Dated(
                row,
                first,
                last,
                time.get("precision") or "",
                words.clip(words.label(held["type"]) or "untyped", 60),
                words.clip(held["voice"] or "nobody named", 60),
                words.standing(held["polarity"], held["certainty"]),
                words.clip(time.get("text") or "", 120),
            )
        )
    dated.sort(key=lambda item: (item.anchor, item.last or date.max, item.row))
    order = list(UNDATED)
    undated.sort(key=lambda item: (order.index(item[0]), item[1]))
    return Timed(tuple(dated), tuple(undated))


def lay_out(items: Iterable[Dated], axis: Axis, *, by: str, most: int = 30) -> list[Lane]:
    """Lanes by type or voice, largest first; those after the first `most` share one lane."""
    lanes: dict[str, list[Dated]] = {}
    for item in items:
        lanes.setdefault(item.type if by == "type" else item.voice, []).append(item)
    ranked = sorted(lanes.items(), key=lambda lane: (-len(lane[1]), lane[0]))
    rest = [item for _, held in ranked[most:] for item in held]
    if rest:
        rest.sort(key=lambda item: (item.anchor, item.last or date.max, item.row))
        ranked = [*ranked[:most], (f"{len(ranked) - most} others", rest)]
    return [_lane(label, held, axis) for label, held in ranked]


def _lane(label: str, items: list[Dated], axis: Axis) -> Lane:
    ends: list[float] = []
    laid: list[Laid] = []
    over: dict[date, int] = {}
    for item in items:
        x, width = _stretch(item, axis)
        row = next((n for n, end in enumerate(ends) if end + _APART <= x), len(ends))
        if row >= _ROWS:
            day = max(item.anchor, axis.first)
            over[day] = over.get(day, 0) + 1
            continue
        ends[row:] = [x + width, *ends[row + 1 :]]
        left = item.first is None or item.first < axis.first
        right = item.last is None or item.last > axis.last
        laid.append(Laid(item, round(x, 1), round(width, 1), row, left, right))
    held = tuple((day, round(axis.x(day), 1), number) for day, number in sorted(over.items()))
    return Lane(label, len(items), tuple(laid), len(ends), held)


def _stretch(item: Dated, axis: Axis) -> tuple[float, float]:
    """Left end and width, cut to the axis; a single day is at least as wide as its mark."""
    day = axis.width / axis.days
    known = axis.x(max(item.first or item.anchor, axis.first))
    end = axis.x(min(item.last or item.anchor, axis.last)) + day
    x = known if item.first else max(0.0, end - day - _TAIL)
    end = end if item.last else min(axis.width, known + day + _TAIL)
    if end - x >= 8:
        return x, end - x
    return min(max(0.0, (x + end) / 2 - 4), axis.width - 8), 8.0


def _day(given: Any, end: int) -> date | None:
    """A day of the table; of a month or a year its first (0) or last (1) day; None for anything else."""
    try:
        span = DateSpan.from_iso(given) if given else None
    except ValueError:
        return None
    return None if span is None else (span.first_day, span.last_day)[end]


def _reason(said: bool, dated_document: bool) -> str:
    if said:
        return "open" if dated_document else "relative"
    return "unsaid" if dated_document else "nothing"
