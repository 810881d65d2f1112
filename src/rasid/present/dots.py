"""Dots by day: numbers that voices say, each with a whisker from its low to its high end. Values in, paths out.

Numbers of voices are never added, so each has a dot of its own. An end that the words leave open has an arrow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from rasid.present.charts import BOTTOM, LEFT, PLOT, RIGHT, TOP, WIDTH, short, tenth


@dataclass(frozen=True, slots=True)
class Dot:
    """A number said of some days: from low to high, either may be open (None)."""

    first: date
    last: date
    low: float | None
    high: float | None
    href: str
    says: str
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A dot as drawn: a path for the number and one for the whisker; open ends have an arrow."""

    href: str
    says: str
    x: float
    y: float
    width: float
    whisker: str
    vague: bool


@dataclass(frozen=True, slots=True)
class Dots:
    """Numbers by day; each step of the axis is ten times the one below. grid: (y, number); ticks: (x, year)."""

    height: float
    base: float
    spots: tuple[Spot, ...]
    grid: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]


def draw_dots(dots: Sequence[Dot]) -> Dots:
    """Lay out numbers by day, on an axis of powers of ten."""
    begin = date(min(dot.first for dot in dots).year, 1, 1)
    end = date(max(dot.last for dot in dots).year, 12, 31)
    days = end.toordinal() - begin.toordinal() + 1
    numbers = [number for dot in dots for number in (dot.low, dot.high) if number is not None]
    powers = max(1, math.ceil(math.log10(max([10.0, *numbers]))))
    base = TOP + PLOT

    def x(day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day.toordinal() - begin.toordinal()) / days

    def y(number: float) -> float:
        return base - PLOT * max(0.0, math.log10(max(number, 1.0))) / powers

    years = range(begin.year, end.year + 1)
    every = next(n for n in (1, 2, 5, 10, 100) if len(years) <= 18 * n)
    return Dots(
        height=tenth(base + BOTTOM),
        base=tenth(base),
        spots=tuple(_spot(dot, x(dot.first), x(dot.last), y) for dot in dots),
        grid=tuple((tenth(y(10.0**power)), short(10.0**power)) for power in range(powers + 1)),
        ticks=tuple(
            (tenth(x(date(year, 1, 1))), str(year)) for year in years if year % every == 0 or every == 1
        ),
    )


def _spot(dot: Dot, left: float, right: float, y: _Scale) -> Spot:
    middle = (left + right) / 2
    told = dot.low if dot.low is not None else dot.high or 0.0
    low = y(dot.low) if dot.low is not None else y(told) + 12
    high = y(dot.high) if dot.high is not None else y(told) - 12
    whisker = ""
    if low != high:
        whisker = f"M{tenth(middle)} {tenth(low)}V{tenth(high)}"
        whisker += "m-3 4l3 -4l3 4" if dot.high is None else ""
        whisker += f"M{tenth(middle - 3)} {tenth(low - 4)}l3 4l3 -4" if dot.low is None else ""
    return Spot(
        dot.href, dot.says, tenth(middle), tenth(y(told)), tenth(max(0.0, right - left)), whisker, dot.vague
    )


class _Scale(Protocol):
    def __call__(self, number: float, /) -> float: ...
