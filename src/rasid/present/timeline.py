"""The pages of the timeline: drawn when the site is built, so that they need no script.

What is said to be or to have been so stands on one line, everything else on another below it, on hatched ground. A
claim belongs to the year in which it is said to begin; years, and months, with many claims are split over pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from rasid.present import words
from rasid.present.press import Press, Sheet, sheet
from rasid.present.shelf import ClaimView, Shelf
from rasid.present.spans import UNDATED, Axis, Dated, Lane, Timed, lay_out, read_times

MOST = 220  # claims drawn and listed on a page: at their longest, escaped at their worst, under 1 MB
TRAY = 50  # undated claims on a page
_WIDTH = 1000.0  # units of a drawing
_ROW, _HEAD, _FOOT = 11, 22, 8  # heights of a row of marks, of the name of a lane, of the space under it
_AXIS = 20  # height of the line with the dates
_BARS = 90  # height of the highest bar of the overview


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the line."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim as drawn. form: day or bar; path: the mark; href from the folder of the timeline; label says it all."""

    form: str
    code: str
    href: str
    label: str
    path: str
    open: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A lane as drawn: its name at `y`, its marks, and for what found no room (x, y, number, anchor in the list)."""

    label: str
    total: int
    y: int
    marks: tuple[Mark, ...]
    over: tuple[tuple[float, int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of lanes over a line of dates."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    height: int
    total: int


@dataclass(frozen=True, slots=True)
class Bar:
    """Claims that begin in one year. up: height of those said to be so; down: of the others."""

    x: float
    width: float
    up: float
    down: float
    year: str
    href: str
    so: int
    apart: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim in the list under the drawing; anchor: on the first of a day, for marks that count."""

    view: ClaimView
    days: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Period:
    """One page of the timeline: its file name without ".html", what it is called, its days, its claims."""

    stem: str
    title: str
    first: date
    last: date
    items: tuple[Dated, ...]
    turn: Sheet
    up: str


def print_timeline(press: Press, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """`timeline/index.html`, pages for years and months, by type and by voice, and the tray of undated claims."""
    timed = read_times(shelf)
    periods = list(_periods(timed.dated))
    yield from _print_index(press, shelf, timed, periods)
    for period in periods:
        yield from _print_period(press, shelf, period)
    yield from _print_tray(press, shelf, timed)


def _periods(dated: tuple[Dated, ...]) -> Iterator[Period]:
    """A page a year; of a year with many claims a page a month; of a month with many as many as it needs."""
    for year, group in groupby(dated, key=lambda item: item.anchor.year):
        items = tuple(group)
        first, last = date(year, 1, 1), date(year, 12, 31)
        if len(items) <= MOST:
            yield Period(str(year), str(year), first, last, items, sheet(1, 1, stem="", first=""), "index")
            continue
        for month, part in groupby(items, key=lambda item: item.anchor.month):
            begin = date(year, month, 1)
            end = (begin + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            stem, title = f"{year}-{month:02}", f"{words.MONTHS[month - 1]} {year}"
            yield from _sheets(stem, title, begin, end, tuple(part))


def _sheets(stem: str, title: str, first: date, last: date, items: tuple[Dated, ...]) -> Iterator[Period]:
    of = -(-len(items) // MOST)
    for number in range(1, of + 1):
        name = stem if number == 1 else f"{stem}-{number}"
        turn = sheet(number, of, stem=f"{stem}-", first=f"{stem}.html")
        yield Period(name, title, first, last, items[(number - 1) * MOST : number * MOST], turn, "index")


def _print_index(
    press: Press, shelf: Shelf, timed: Timed, periods: list[Period]
) -> Iterator[tuple[str, bytes]]:
    """All years: bars by year, and the claims themselves while they are few, else only the long and open ones."""
    dated = timed.dated
    few = len(dated) <= MOST
    drawn = dated if few else tuple(item for item in dated if _is_long(item))[:MOST]
    reasons = Counter(code for code, _ in timed.undated)
    by_year: dict[int, list[Period]] = defaultdict(list)
    for period in periods:
        by_year[period.first.year].append(period)
    axis = _axis(dated)
    for by, path in (("type", "timeline/index.html"), ("voice", "timeline/voices.html")):
        yield press.page(
            path,
            "timeline.html",
            title="Timeline",
            section="Timeline",
            charts=_charts(shelf, drawn, axis, by=by, listed="" if few and by == "type" else None),
            bars=_bars(dated, by_year, axis) if len(by_year) > 1 or not few else (),
            bar_ticks=_ticks(axis) if axis else (),
            years=[(year, held) for year, held in sorted(by_year.items())]
            if not few or len(by_year) > 1
            else [],
            by=by,
            few=few,
            long=len(drawn),
            total=len(dated),
            undated=len(timed.undated),
            reasons=[(UNDATED[code], reasons[code]) for code in UNDATED if reasons[code]],
            entries=_entries(shelf, drawn) if by == "type" else [],
        )


def _print_period(press: Press, shelf: Shelf, period: Period) -> Iterator[tuple[str, bytes]]:
    axis = Axis(period.first, period.last, _WIDTH)
    for by, path in (("type", f"{period.stem}.html"), ("voice", f"{period.stem}-voices.html")):
        yield press.page(
            f"timeline/{path}",
            "period.html",
            title=f"Timeline: {period.title}",
            section="Timeline",
            period=period,
            by=by,
            charts=_charts(
                shelf, period.items, axis, by=by, listed="" if by == "type" else f"{period.stem}.html"
            ),
            total=len(period.items),
            entries=_entries(shelf, period.items) if by == "type" else [],
        )


def _print_tray(press: Press, shelf: Shelf, timed: Timed) -> Iterator[tuple[str, bytes]]:
    of = max(1, -(-len(timed.undated) // TRAY))
    for number in range(1, of + 1):
        part = timed.undated[(number - 1) * TRAY : number * TRAY]
        groups = groupby(part, key=lambda item: item[0])
        yield press.page(
            "timeline/undated.html" if number == 1 else f"timeline/undated-{number}.html",
            "undated.html",
            title="Claims without a date",
            section="Timeline",
            groups=[(UNDATED[code], shelf.views_at([row for _, row in group])) for code, group in groups],
            total=len(timed.undated),
            turn=sheet(number, of, stem="undated-", first="undated.html"),
        )


def _is_long(item: Dated) -> bool:
    """Open at an end, or longer than a year."""
    return item.first is None or item.last is None or (item.last - item.first).days > 366


def _axis(dated: tuple[Dated, ...]) -> Axis | None:
    """From the first to the last year that any known day lies in."""
    days = [day for item in dated for day in (item.first, item.last) if day]
    return Axis(date(min(days).year, 1, 1), date(max(days).year, 12, 31), _WIDTH) if days else None


def _charts(
    shelf: Shelf, items: tuple[Dated, ...], axis: Axis | None, *, by: str, listed: str | None
) -> tuple[Chart | None, Chart | None]:
    """What is said to be so, and what is not; None where there is nothing. listed: page with the list, None if none."""
    if axis is None:
        return None, None
    held = [[item for item in items if item.standing.so is so] for so in (True, False)]
    first, second = (
        _chart(shelf, lay_out(part, axis, by=by), axis, listed=listed) if part else None for part in held
    )
    return first, second


def _chart(shelf: Shelf, lanes: list[Lane], axis: Axis, *, listed: str | None) -> Chart:
    y, rows = _AXIS, []
    for lane in lanes:
        top = y + _HEAD
        bottom = top + lane.rows * _ROW
        over = tuple(
            (x, bottom + 9, number, f"{listed}#d{day.isoformat()}" if listed is not None else "")
            for day, x, number in lane.over
        )
        marks = tuple(
            _mark(shelf, laid.item, laid.x, laid.width, top + laid.row * _ROW, (laid.left, laid.right))
            for laid in lane.laid
        )
        rows.append(Row(lane.label, lane.total, y + 14, marks, over))
        y = bottom + _FOOT + (12 if over else 0)
    return Chart(tuple(rows), tuple(_ticks(axis)), y, sum(lane.total for lane in lanes))


def _mark(shelf: Shelf, item: Dated, x: float, width: float, y: int, ends: tuple[bool, bool]) -> Mark:
    claims = shelf.tables.claims
    href = "../" + shelf.href(claims["id"][item.row], claims["document"][item.row])
    is_day = item.precision == "day" and item.first == item.last
    path = _disc(x + width / 2, y + 5.0) if is_day else _bar(x, width, y, ends)
    if item.standing.code == "denied":
        path += f"M{x - 3:.1f} {y + 5}H{x + width + 3:.1f}"  # struck through
    label = f"{item.days}: {item.type}, {item.standing.words}, says {item.voice}"
    return Mark("day" if is_day else "bar", item.standing.code, href, label, path, any(ends))


def _disc(x: float, y: float) -> str:
    return f"M{x - 4:.1f} {y:.1f}a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"


def _bar(x: float, width: float, y: int, ends: tuple[bool, bool]) -> str:
    """A bar with square ends; an end that goes on is a point."""
    left, right = x, x + width
    tip = min(5.0, width / 2)
    head = f"M{left:.1f} {y + 5}L{left + tip:.1f} {y + 1}" if ends[0] else f"M{left:.1f} {y + 9}V{y + 1}"
    body = (
        f"H{right - tip:.1f}L{right:.1f} {y + 5}L{right - tip:.1f} {y + 9}"
        if ends[1]
        else f"H{right:.1f}V{y + 9}"
    )
    return head + body + (f"H{left + tip:.1f}z" if ends[0] else "z")


def _bars(dated: tuple[Dated, ...], by_year: dict[int, list[Period]], axis: Axis | None) -> tuple[Bar, ...]:
    counts = Counter((item.anchor.year, item.standing.so) for item in dated)
    most = max(counts.values(), default=1)
    bars = []
    for year, periods in sorted(by_year.items()):
        assert axis is not None
        so, apart = counts[year, True], counts[year, False]
        x, end = axis.x(date(year, 1, 1)), axis.x(date(year, 12, 31))
        bars.append(
            Bar(
                round(x, 1),
                round(max(3.0, min(60.0, (end - x) * 0.8)), 1),
                round(max(2.0, so / most * _BARS) if so else 0, 1),
                round(max(2.0, apart / most * _BARS) if apart else 0, 1),
                str(year),
                f"{periods[0].stem}.html",
                so,
                apart,
            )
        )
    return tuple(bars)


def _ticks(axis: Axis) -> list[Tick]:
    """Dates on the line: days of a month, months of a year, else years."""
    if axis.days <= 31:
        days = [axis.first + timedelta(days=n) for n in range(0, axis.days, 5)]
        names = [f"{day.day} {words.MONTHS[day.month - 1][:3]}" for day in days]
        return _with_year(axis, days, names)
    if axis.days <= 366:
        months = [date(axis.first.year, month, 1) for month in range(1, 13)]
        return _with_year(axis, months, [words.MONTHS[day.month - 1][:3] for day in months])
    years = axis.last.year - axis.first.year + 1
    step = next((step for step in (1, 2, 5, 10, 20, 50, 100, 500) if years / step <= 16), 1000)
    named = [
        year for year in range(axis.first.year, axis.last.year + 1) if (year - axis.first.year) % step == 0
    ]
    return [Tick(round(axis.x(date(year, 1, 1)), 1), str(year)) for year in named]


def _with_year(axis: Axis, days: list[date], names: list[str]) -> list[Tick]:
    """The dates on the line, the year at the first: the page may not say it anywhere else."""
    labels = [f"{names[0]} {axis.first.year}", *names[1:]]
    return [Tick(round(axis.x(day), 1), label) for day, label in zip(days, labels, strict=True)]


def _entries(shelf: Shelf, items: tuple[Dated, ...]) -> list[Entry]:
    """The claims in the order of time; the first of each day carries an anchor."""
    views = shelf.views_at([item.row for item in items])
    seen: set[date] = set()
    entries = []
    for item, view in zip(items, views, strict=True):
        anchor = "" if item.anchor in seen else f"d{item.anchor.isoformat()}"
        seen.add(item.anchor)
        entries.append(Entry(view, item.days, anchor))
    return entries
