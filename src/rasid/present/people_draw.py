"""Where things stand on the axis of an estimate, in per cent of its width. Pure; the templates draw."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_COLUMN = 4.0  # per cent of the width: a dot on a narrow screen
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Axis:
    """From `first` to `last`, round numbers both; ticks: (number, place)."""

    first: float
    last: float
    ticks: tuple[tuple[float, float], ...]

    def place(self, number: float) -> float:
        """Per cent of the width, inside the axis."""
        if self.last <= self.first:
            return 50.0
        return round(min(100.0, max(0.0, 100 * (number - self.first) / (self.last - self.first))), 2)


def axis(numbers: Sequence[float], *, ticks: int = 4) -> Axis:
    """A round axis around the numbers, some air on both sides. It need not begin at zero."""
    low, high = min(numbers), max(numbers)
    air = 0.04 * (high - low) or max(1.0, 0.1 * high)
    step = _round_step((high - low + 2 * air) / ticks)
    first = max(0.0, math.floor((low - air) / step) * step)
    last = math.ceil((high + air) / step) * step
    marks = [first + step * n for n in range(round((last - first) / step) + 1)]
    held = Axis(first, last, ())
    return Axis(first, last, tuple((mark, held.place(mark)) for mark in marks))


def _round_step(width: float) -> float:
    size = 10.0 ** math.floor(math.log10(width)) if width > 0 else 1.0
    return next(size * step for step in _STEPS if size * step >= width)


def strip(
    draws: Sequence[float], low: float, high: float, *, on: Axis
) -> tuple[tuple[float, float, str], ...]:
    """Bars that darken towards the middle: the whole interval, the middle 80 and the middle 50 of a hundred draws."""
    ends = [(low, high, "wide")]
    if draws:
        held = sorted(draws)
        ends += [
            (_quantile(held, 0.1), _quantile(held, 0.9), "most"),
            (_quantile(held, 0.25), _quantile(held, 0.75), "half"),
        ]
    return tuple((on.place(a), round(max(0.4, on.place(b) - on.place(a)), 2), name) for a, b, name in ends)


def dots(draws: Sequence[tuple[float, float]], on: Axis, *, count: int) -> tuple[tuple[float, int], ...]:
    """So many equally likely answers, as (place, how many dots lie below it).

    draws: (number, share); dots nearer than a column of the drawing are put on top of each other
    """
    found = [on.place(number) for number in quantiles(draws, count=count)]
    heights: dict[int, int] = {}
    placed = []
    for place in found:
        column = round(place / _COLUMN)
        placed.append((round(column * _COLUMN, 2), heights.get(column, 0)))
        heights[column] = heights.get(column, 0) + 1
    return tuple(placed)


def quantiles(draws: Sequence[tuple[float, float]], *, count: int) -> list[float]:
    """So many equally likely numbers that stand for the draws, each given with its share."""
    if not draws:
        return []
    held = sorted(draws)
    total = sum(share for _, share in held)
    found, passed, at = [], 0.0, 0
    for n in range(count):
        wanted = total * (n + 0.5) / count
        while at < len(held) - 1 and passed + held[at][1] < wanted:
            passed += held[at][1]
            at += 1
        found.append(held[at][0])
    return found


def bar_of(number: float, most: float) -> float:
    """Length of a bar, in per cent of the longest."""
    return round(100 * number / most, 1) if most else 0.0


def _quantile(held: Sequence[float], at: float) -> float:
    place = at * (len(held) - 1)
    below = int(place)
    above = min(below + 1, len(held) - 1)
    return held[below] + (place - below) * (held[above] - held[below])
