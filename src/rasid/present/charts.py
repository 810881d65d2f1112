"""Charts as numbers of a drawing: values in, places and paths out. The templates draw them (chart_parts.html).

Columns by month with whiskers from low to high, small multiples, bars by name; dots by day are in dots.py.
A month that the data does not cover is not zero but hatched. A chart never joins data of two sources: it has one.
Everything is rounded to a tenth of a unit, so that the same numbers give the same bytes on every machine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from rasid.present import words

WIDTH = 960  # units of a drawing; the smallest text is 13 of them
PLOT = 150  # height of the part with the columns
LEFT, RIGHT, TOP, BOTTOM = 52, 8, 14, 22
_LABEL = 17  # height of a row of labels over the columns
_IN_MONTHS = 24  # bars of which the months are named
_EACH = 72  # bars that get a link each; of a longer series each year has one, or Tab would take minutes
_CUT = 2.5  # whiskers longer than this many times the highest column are cut, with an arrow
_DENSE = 6.0  # units of a month; narrower columns have no dashes, which would run together
_LETTER = 6.6  # units that a letter of a label takes, about
_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Bar:
    """One month of a series.

    month:     "2016-03"
    value:     height of the column; None where the data does not cover the month
    low, high: ends of the whisker; None for none. high may be infinite: no upper end
    apart:     unclear rows, drawn hollow on top
    long:      of value, what goes on beyond the month: drawn pale
    href:      what it opens; says: the same in words, for a screen reader
    """

    month: str
    value: float | None
    says: str
    href: str = ""
    low: float | None = None
    high: float | None = None
    apart: float = 0.0
    long: float = 0.0
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """A change of level to draw: its months as places in the series (first of the new level, and the span)."""

    at: int
    low: int
    high: int
    label: str


@dataclass(frozen=True, slots=True)
class Level:
    """A mean over the months from `first` to before `stop`."""

    first: int
    stop: int
    value: float


@dataclass(frozen=True, slots=True)
class Link:
    """A month or a year of columns. Paths are empty where there is nothing to draw.

    x, width: of the stretch that can be pointed at, from top to bottom
    """

    href: str
    says: str
    x: float
    width: float
    columns: str
    longs: str
    apart: str
    whiskers: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A change of level as drawn: line at x, label beside it, span from span_x."""

    x: float
    text_x: float
    anchor: str
    label: str
    span_x: float
    span: float


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of columns by month. grid: (y, number); ticks: (x, year); unknown, partial: (x, width)."""

    height: float
    base: float
    top: float
    links: tuple[Link, ...]
    grid: tuple[tuple[float, str], ...]
    ticks: tuple[tuple[float, str], ...]
    unknown: tuple[tuple[float, float], ...]
    partial: tuple[tuple[float, float], ...]
    marks: tuple[Mark, ...]
    levels: str
    whiskered: bool
    hollow: bool
    pale: bool
    dense: bool


def draw_columns(
    bars: Sequence[Bar], *, shifts: Sequence[Shift] = (), levels: Sequence[Level] = ()
) -> Columns:
    """Lay out a series of months, one after the other without a gap."""
    step = (WIDTH - LEFT - RIGHT) / max(1, len(bars))
    marks = _marks(shifts, step)
    top = TOP + (_LABEL if marks else 0)
    frame = _Frame(step, top, top + PLOT, nice_top(_highest(bars)))
    gap = [(number, bar) for number, bar in enumerate(bars)]
    year = len(bars) > _EACH
    links = [
        _link(list(held), frame, year=year)
        for _, held in groupby(gap, key=lambda each: each[1].month[:4] if year else each[1].month)
    ]
    return Columns(
        height=tenth(frame.base + BOTTOM),
        base=tenth(frame.base),
        top=tenth(top),
        links=tuple(link for link in links if link is not None),
        grid=tuple((tenth(frame.y(number)), short(number)) for number in steps_to(frame.ceiling)),
        ticks=_ticks(bars, frame),
        unknown=_runs([bar.value is None for bar in bars], frame),
        partial=_runs([bar.partial and bar.value is not None for bar in bars], frame),
        marks=marks,
        levels="".join(
            f"M{tenth(frame.x(level.first))} {tenth(frame.y(level.value))}H{tenth(frame.x(level.stop))}"
            for level in levels
        ),
        whiskered=any(link and link.whiskers for link in links),
        hollow=any(link and link.apart for link in links),
        pale=any(link and link.longs for link in links),
        dense=step < _DENSE,
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    step: float
    top: float
    base: float
    ceiling: float
    left: float = LEFT

    def x(self, place: float) -> float:
        return self.left + place * self.step

    def y(self, number: float) -> float:
        return self.base - (self.base - self.top) * min(number, self.ceiling) / self.ceiling


def _highest(bars: Sequence[Bar]) -> float:
    """The top of the axis: the highest column, or the longest whisker that is not far beyond it."""
    columns = max((bar.value + bar.apart for bar in bars if bar.value is not None), default=0.0)
    ends = max((bar.high for bar in bars if bar.high is not None), default=0.0)
    return max(columns, min(ends, _CUT * columns))


def _link(held: list[tuple[int, Bar]], frame: _Frame, *, year: bool) -> Link | None:
    """The months as one link; None where nothing is known of any of them."""
    known = [(number, bar) for number, bar in held if bar.value is not None]
    if not known:
        return None
    columns, longs, apart, whiskers = "", "", "", ""
    for number, bar in known:
        assert bar.value is not None
        columns += _box(number, 0.0, bar.value - bar.long, frame)
        longs += _box(number, bar.value - bar.long, bar.value, frame)
        apart += _box(number, bar.value, bar.value + bar.apart, frame)
        whiskers += _whisker(number, bar, frame)
    first, last = held[0][0], held[-1][0] + 1
    full = [bar for _, bar in known if bar.value or bar.apart]
    says = _year_says(known) if year else known[0][1].says
    href = full[0].href.replace("#m" + full[0].month, "#y" + full[0].month[:4]) if full and year else ""
    return Link(
        href=href or (full[0].href if full else ""),
        says=says,
        x=tenth(frame.x(first)),
        width=tenth(frame.x(last) - frame.x(first)),
        columns=columns,
        longs=longs,
        apart=apart,
        whiskers=whiskers,
    )


def _year_says(known: list[tuple[int, Bar]]) -> str:
    busiest = max(known, key=lambda each: each[1].value or 0.0)[1]
    return f"{known[0][1].month[:4]}, most in one month: {busiest.says}"


def _box(number: int, low: float, high: float, frame: _Frame) -> str:
    if high <= low:
        return ""
    inset = 0.12 * frame.step if frame.step > 4 else 0.0
    left, right = frame.x(number) + inset, frame.x(number + 1) - inset
    return (
        f"M{tenth(left)} {tenth(frame.y(low))}V{tenth(frame.y(high))}H{tenth(right)}V{tenth(frame.y(low))}z"
    )


def _whisker(number: int, bar: Bar, frame: _Frame) -> str:
    if bar.low is None or bar.high is None or bar.low == bar.high:
        return ""
    x, low, high = frame.x(number + 0.5), frame.y(bar.low), frame.y(bar.high)
    line = f"M{tenth(x)} {tenth(low)}V{tenth(high)}"
    if bar.high > frame.ceiling:
        return line + "m-3 5l3 -5l3 5"
    cap = min(3.0, 0.3 * frame.step)
    return (
        line
        + f"M{tenth(x - cap)} {tenth(high)}h{tenth(2 * cap)}M{tenth(x - cap)} {tenth(low)}h{tenth(2 * cap)}"
    )


def _marks(shifts: Sequence[Shift], step: float) -> tuple[Mark, ...]:
    """Each with its label if all labels fit beside each other, else each with its number in the list of changes."""
    labels = [shift.label for shift in shifts]
    spans = [_reach(LEFT + shift.at * step, label) for shift, label in zip(shifts, labels, strict=True)]
    if any(begin < end for (_, end), (begin, _) in pairwise(spans)):
        labels = [str(number) for number in range(1, len(shifts) + 1)]
    xs = [LEFT + shift.at * step for shift in shifts]
    nexts = [*xs[1:], float(WIDTH)]
    return tuple(
        _mark(shift, label, (x, step), room=nexts[n] - x)
        for n, (shift, label, x) in enumerate(zip(shifts, labels, xs, strict=True))
    )


def _mark(shift: Shift, label: str, at: tuple[float, float], *, room: float) -> Mark:
    """A label without room to the right stands left of its line."""
    x, step = at
    left = room < _LETTER * len(label) + 8
    return Mark(
        x=tenth(x),
        text_x=tenth(x - 4 if left else x + 4),
        anchor="end" if left else "start",
        label=label,
        span_x=tenth(LEFT + shift.low * step),
        span=tenth((shift.high + 1 - shift.low) * step),
    )


def _reach(x: float, label: str) -> tuple[float, float]:
    """From where to where a label at a line goes: to the left of it near the right edge."""
    width = _LETTER * len(label) + 8
    return (x - width, x) if x + width > WIDTH else (x, x + width)


def _ticks(bars: Sequence[Bar], frame: _Frame) -> tuple[tuple[float, str], ...]:
    """A year where it begins, not so many that the numbers touch; within few years months too."""
    if len(bars) <= _IN_MONTHS:
        every = 1 if len(bars) <= _IN_MONTHS // 2 else 3
        named = [(number, bar.month) for number, bar in enumerate(bars) if number % every == 0]
        return tuple(
            (tenth(frame.x(number)), _month_name(month, with_year=not number or month.endswith("-01")))
            for number, month in named
        )
    years = [(number, bar.month[:4]) for number, bar in enumerate(bars) if bar.month.endswith("-01")]
    if not years and bars:
        years = [(0, bars[0].month[:4])]
    every = next(n for n in (1, 2, 5, 10, 100) if len(years) <= 18 * n)
    return tuple(
        (tenth(frame.x(number)), year) for number, year in years if every == 1 or int(year) % every == 0
    )


def _month_name(month: str, *, with_year: bool) -> str:
    """ "Mar", "Jan 2018"."""
    name = words.day_words(month)
    return f"{name[:3]} {month[:4]}" if with_year else name[:3]


def _runs(flags: Sequence[bool], frame: _Frame) -> tuple[tuple[float, float], ...]:
    found, at = [], 0
    for flag, held in groupby(flags):
        length = len(list(held))
        if flag:
            found.append((tenth(frame.x(at)), tenth(length * frame.step)))
        at += length
    return tuple(found)


# --- small multiples ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Small:
    """A series of months for a small chart: None where it is unknown. apart: unclear rows of each month."""

    name: str
    values: Sequence[float | None]
    apart: Sequence[float]


@dataclass(frozen=True, slots=True)
class Panel:
    """One small chart of a set that shares its axis. apart: path of the unclear rows; unknown: (x, width)."""

    name: str
    says: str
    total: float
    path: str
    apart: str
    unknown: tuple[tuple[float, float], ...]


PANEL_WIDTH, PANEL_HEIGHT = 220, 48


def draw_panels(series: Sequence[Small]) -> tuple[Panel, ...]:
    """Small multiples on one scale, as high as the highest month of any of them."""
    tops = (value + apart for held in series for value, apart in _known(held))
    scale = PANEL_HEIGHT / (max(tops, default=0.0) or 1.0)
    return tuple(_panel(held, scale) for held in series)


def _known(held: Small) -> list[tuple[float, float]]:
    pairs = zip(held.values, held.apart, strict=True)
    return [(value, apart) for value, apart in pairs if value is not None]


def _panel(held: Small, scale: float) -> Panel:
    frame = _Frame(PANEL_WIDTH / max(1, len(held.values)), 0.0, PANEL_HEIGHT, PANEL_HEIGHT / scale, left=0.0)
    path, apart = "", ""
    for number, (value, more) in enumerate(zip(held.values, held.apart, strict=True)):
        path += _box(number, 0.0, value or 0.0, frame)
        apart += _box(number, value or 0.0, (value or 0.0) + more, frame)
    known = [value for value, _ in _known(held)]
    unclear = sum(held.apart)
    says = f"{held.name}: {short(sum(known))} in all, most in one month {short(max(known, default=0.0))}"
    says += f"; {short(unclear)} unclear" if unclear else ""
    unknown = _runs([value is None for value in held.values], frame)
    return Panel(held.name, says, sum(known), path, apart, unknown)


# --- bars by name ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stripe:
    """A bar beside its name, in per cent of the longest. apart: of it, drawn hollow at its end."""

    name: str
    href: str
    value: float
    apart: float
    full: float
    hollow: float


def draw_stripes(rows: Sequence[tuple[str, str, float, float]]) -> tuple[Stripe, ...]:
    """Horizontal bars in the order given. rows: (name, href, number, of it apart)."""
    most = max((number for _, _, number, _ in rows), default=0.0) or 1.0
    return tuple(
        Stripe(
            name,
            href,
            number,
            apart,
            tenth(100 * (number - apart) / most),
            tenth(max(0.6, 100 * apart / most)) if apart else 0.0,
        )
        for name, href, number, apart in rows
    )


# --- numbers -----------------------------------------------------------------------------------------------------


def nice_top(highest: float) -> float:
    """The end of an axis that holds this number: four steps of a round size."""
    if highest <= 4:
        return 4.0
    size = 10.0 ** math.floor(math.log10(highest / 4))
    step = next(size * each for each in _ROUND if size * each * 4 >= highest)
    return 4 * (math.ceil(step) if step < 10 else step)


def steps_to(ceiling: float) -> tuple[float, ...]:
    """The numbers of the lines of an axis."""
    return tuple(ceiling * n / 4 for n in range(5))


def short(number: float) -> str:
    """A number beside an axis: 950, 1,200."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"


def tenth(number: float) -> float:
    """A tenth of a unit is as fine as can be seen."""
    held = round(number, 1)
    return int(held) if held == int(held) else held
