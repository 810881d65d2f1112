"""Averages per day, week or month, held against the count and the time that they are made from."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Iterator, Sequence

from rasid.weigh.checks.findings import HARD, Finding, spot
from rasid.weigh.checks.numbers import MONTHS, Number, in_words, months
from rasid.weigh.checks.page import Count, Line, Page

_PER = re.compile(
    r"(?:\s+\w+){0,4}?\s*\b(?:(?:a|per|each|every)\s+(?P<unit>day|week|month|year)|(?P<ly>daily|weekly|monthly))\b",
    re.I,
)
_DAYS = {
    "day": 1.0,
    "week": 7.0,
    "month": 30.4375,
    "year": 365.25,
    "daily": 1.0,
    "weekly": 7.0,
    "monthly": 30.4375,
}
_UNEVEN = 0.06  # months have 28 to 31 days, and "a week" may be cut at either end
_MEAN_BEFORE = re.compile(
    r"\b(?:average|mean|averag\w+|or|that is|which is|equals|meaning|equivalent to|rate of)\b[^.;]{0,30}\Z",
    re.I,
)
_DAILY_MEAN = re.compile(
    r"\b(?P<unit>daily|weekly|monthly) (?:average|mean|rate)\s+(?:of|was|is)\s*[^.;\d]{0,20}\Z", re.I
)
_NOT_A_MEAN = re.compile(r"\b(?:up to|as many as|at its peak|worst|used to|earlier)\b", re.I)
_SLACK = 1.0  # a day's count cut off or rounded up
_MONTHS_LONG = re.compile(r"[\s-](?P<unit>month|year)s?\b", re.I)
_SAME_TIME = 0.1  # of its length: 30 days are a month
_PART_OF_YEAR = (
    (re.compile(r"\b(?:first|second|last) half\b", re.I), (181, 182, 184)),
    (re.compile(r"\b(?:first|second|third|fourth|last) quarter\b", re.I), (90, 91, 92)),
)
_YEAR = re.compile(r"\b(?:in|during|throughout|of|for)\s+(?P<year>(?:19|20)\d\d)\b", re.I)


# --- averages -------------------------------------------------------------------------------------------------


def check_averages(page: Page) -> Iterator[Finding]:
    """ "177 deaths a day" against 3,486 deaths over 30 days."""
    for number, line in enumerate(page.lines):
        for rate in line.numbers:
            unit = _unit_of_mean(line, rate)
            total = _total_before(page, number, rate) if unit else None
            days = _days_of(page, number, total[0]) if total else ()
            days = tuple(d for d in days if d >= 2 * _DAYS[unit])  # "12 in a week" is no average
            if total and days:
                yield from _weigh_rate(page, line, rate, total=total, days=days, unit=unit)


def _unit_of_mean(line: Line, rate: Number) -> str:
    """The day, week, month or year that the average is for; "" if it is none."""
    if rate.role != "count":
        return ""
    before = line.text[: rate.begin]
    if _NOT_A_MEAN.search(before[-40:]):
        return ""
    if match := _DAILY_MEAN.search(before):
        return match["unit"].lower()
    match = _PER.match(line.text, rate.end)
    if match and (_MEAN_BEFORE.search(before) or re.search(r"\bon average\b", line.text, re.I)):
        return str(match["unit"] or match["ly"]).lower()
    return ""


def _total_before(page: Page, at: int, rate: Number) -> tuple[Line, Count] | None:
    """The count that the average is of: the first main one of this sentence, else of the one before."""
    line = page.lines[at]
    here = [c for c in line.counts if c.number.end <= rate.begin and c.number.start != rate.start]
    if here:
        return (line, here[0]) if len({c.state for c in here}) == 1 else None
    if at and page.lines[at - 1].counts:
        before = page.lines[at - 1].counts
        return page.lines[at - 1], before[0]
    return None


def _days_of(page: Page, at: int, total_line: Line) -> tuple[int, ...]:
    """The days that the count may be of: said in days or weeks, a month, a year; () if unsaid or two times differ."""
    here, there = _days_in(page, page.lines[at]), _days_in(page, total_line)
    if here and there and not any(abs(h - t) <= _SAME_TIME * t for h in here for t in there):
        return ()  # "1,098 in 2020. In the second half of the year 4 a day"
    return here or there or (_lengths(page.month, page.year) if page.month else ())


def _days_in(page: Page, line: Line) -> tuple[int, ...]:
    if said := [n.days for n in line.numbers if n.role == "days" and n.exact and n.days > 1]:
        return tuple(said)
    if named := list(months(line.text)):
        each = [_lengths(MONTHS[m["month"]], int(m["year"] or page.year)) for m in named]
        return (*(d for lengths in each for d in lengths), *_from_to([MONTHS[m["month"]] for m in named]))
    long = ((n, _MONTHS_LONG.match(line.text, n.end)) for n in line.numbers if n.role == "other")
    if spans := [round(n.value * _DAYS[match["unit"].lower()]) for n, match in long if match]:
        return tuple(spans)
    for pattern, lengths in _PART_OF_YEAR:
        if pattern.search(line.text):
            return lengths
    if match := _YEAR.search(line.text):
        return (366 if isleap(int(match["year"])) else 365,)
    return ()


def _from_to(named: Sequence[int]) -> tuple[int, ...]:
    """ "from January to March": the three months together."""
    if len(named) < 2 or named[0] >= named[-1]:
        return ()
    return (sum(monthrange(2019, month)[1] for month in range(named[0], named[-1] + 1)),)


def _lengths(month: int, year: int) -> tuple[int, ...]:
    return (monthrange(year, month)[1],) if year else tuple({monthrange(y, month)[1] for y in (2019, 2020)})


def _weigh_rate(
    page: Page, line: Line, rate: Number, *, total: tuple[Line, Count], days: Sequence[int], unit: str
) -> Iterator[Finding]:
    total_line, count = total
    others = [c for each in page.lines for c in each.counts if c.number is not rate and c.low > count.low]
    slack = 1 + (_UNEVEN if _DAYS[unit] > 1 else 0)
    for whole in (count, *others):
        for units in (length / _DAYS[unit] for length in days):
            if (
                rate.low <= whole.high / units * slack + _SLACK
                and whole.low / units / slack - _SLACK <= rate.high
            ):
                return  # some count of the page gives this average
    units = round(days[0] / _DAYS[unit], 1)
    name = {"daily": "day", "weekly": "week", "monthly": "month"}.get(unit, unit)
    total_of, mean = in_words(count.number.value), in_words(round(count.number.value / units, 1))
    yield Finding(
        "rate",
        HARD,
        f"{total_of} over {in_words(units)} {name}s is {mean} a {name}, not {in_words(rate.value)}.",
        f"{total_of} / {in_words(units)} = {mean}, not {in_words(rate.value)}.",
        (spot(page.document, total_line, count), spot(page.document, line)),
    )
