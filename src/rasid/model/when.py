"""Times that hang on another date: how they are written down, and how a document's date settles them.

A relative time is a short text, so that it can be kept, shown and compared:

    document                      the day of the document ("today")
    document - 2 days             counted from it; days are exact, longer units good to half a unit
    week of document - 1          the calendar week, weekend, month or year before that of the document
    month of document ahead       the same, only in what is still to come: in a report on a month that has passed,
                                  "by the end of the month" speaks of that month
    monday up to document         the last one not after it: how reports use a bare weekday or month
    friday before document        the last one strictly before; `after` the first one strictly after
    XXXX-03-23 up to document     dates without their year as in EDTF; XXXX-03 a month, XXXX-22 a summer
    XXXX-03 in year of document   in the document's own year; `in year before` the year before it
    XX90-01-03 up to document     a year of two digits: the last such year
    2019-03-04 | 2019-04-03       one of them: day and month in unknown order, day first in the first of the two
    mention - 2 days              counted from another time in the text: never settled here
    A/B, A/.., ../B               from A to B, either side open, sides as above or EDTF

In: such a text, the document's `DateSpan`. Out: a span of days, or None where the date does not fix it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rasid.model.values import DateSpan, Precision

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# A writer who means a day almost a year old says the year; without it a coming day is meant ("from 15 March", said
# on 5 March). Read on the police_events bench: of dates 9 to 12 months back nearly all were announcements.
MAX_DAYS_BACK = 270
_UNIT_DAYS = {"week": 7, "month": 30, "year": 365}
# A week starts on Saturday, Sunday or Monday, depending on who writes; the span takes all three.
_WEEK_STARTS = (5, 6, 0)

_COUNTED = re.compile(r"document(?: ([+-]) (\d+) (hour|day|week|month|year)s?( sharp)?)?\Z")
_PERIOD = re.compile(r"(week|weekend|month|year) of document(?: ([+-]) (\d+))?( ahead)?\Z")
_WEEKDAY = "|".join(WEEKDAYS)
_NAMED = re.compile(
    rf"({_WEEKDAY}|XX(?:XX|\d\d)-\d\d(?:-\d\d)?(?: (?:{_WEEKDAY}))?)"
    r" (up to|before|after|in year of|in year before) document\Z"
)


@dataclass(frozen=True, slots=True)
class Settling:
    """What is known of the document when its relative times are settled.

    document:   its date, as precise as it is known
    looks_back: the claim says that it has happened, so that a bare weekday or month is a past one
    day_first:  in the numeric dates of this source the day comes first; None while unknown
    """

    document: DateSpan | None
    looks_back: bool = True
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class _Days:
    low: date
    high: date
    precision: Precision = Precision.RANGE


def settle(relative: str, known: Settling) -> tuple[date | None, date | None, Precision] | None:
    """The days of a relative time, or None where they stay open. Never finer than the document's date allows.

    raises: ValueError if `relative` is not written as above
    """
    try:
        if "/" not in relative:
            days = _term(relative, known)
            return None if days is None else (days.low, days.high, days.precision)
        return _interval(relative, known)
    except OverflowError:  # before the year 1 or after 9999: a mistyped date of the document
        return None


def _interval(relative: str, known: Settling) -> tuple[date | None, date | None, Precision] | None:
    left, _, right = relative.partition("/")
    high = None if right == ".." else _term(right, known)
    if right != ".." and high is None:
        return None
    # "Between Monday and Wednesday": the Monday before that Wednesday, not the one before the document.
    anchored = known if high is None or " up to " not in left else _as_of(known, high.high)
    low = None if left == ".." else _term(left, anchored)
    if left != ".." and low is None:
        return None
    if low and high and low.low > high.high:
        return None
    return low.low if low else None, high.high if high else None, Precision.RANGE


def _as_of(known: Settling, day: date) -> Settling:
    return Settling(DateSpan(day, day, Precision.DAY, ""), known.looks_back, known.day_first)


def _term(text: str, known: Settling) -> _Days | None:
    if " | " in text:
        return _either(text, known)
    for pattern, settled in _readers():
        if match := pattern.match(text):
            return settled(match, known) if known.document and known.document.first_day else None
    if text.startswith("mention"):
        return None
    span = DateSpan.from_edtf(text)
    assert span.first_day is not None and span.last_day is not None
    return _Days(span.first_day, span.last_day, span.precision)


@lru_cache(maxsize=1)
def _readers() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Settling], _Days | None]], ...]:
    return ((_COUNTED, _counted), (_PERIOD, _period), (_NAMED, _named))


def _either(text: str, known: Settling) -> _Days | None:
    if known.day_first is None:
        return None
    days = [date.fromisoformat(part) for part in text.split(" | ")]
    day = days[0] if known.day_first else days[1]
    return _Days(day, day, Precision.DAY)


def _day_of(known: Settling) -> date | None:
    span = known.document
    return span.first_day if span and span.precision is Precision.DAY else None


# --- counted --------------------------------------------------------------------------------------------------


def _counted(match: re.Match[str], known: Settling) -> _Days | None:
    sign, count, unit, sharp = match.groups()
    day = _day_of(known)
    if day is None:
        return None
    if sign is None:
        return _Days(day, day, Precision.DAY)
    n = int(count) * (1 if sign == "+" else -1)
    if unit == "hour":  # three hours before an unknown hour: that day or the day before
        other = day + timedelta(days=_round_away(n / 24))
        return _Days(min(day, other), max(day, other))
    centre = _shifted(day, n, unit)
    if unit == "day" or sharp:
        return _Days(centre, centre, Precision.DAY)
    half = timedelta(days=_UNIT_DAYS[unit] // 2)
    return _Days(centre - half, centre + half)


def _round_away(days: float) -> int:
    whole = int(days)
    return whole if whole == days else whole + (1 if days > 0 else -1)


def _shifted(day: date, n: int, unit: str) -> date:
    if unit in {"day", "week"}:
        return day + timedelta(days=n * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + n * (12 if unit == "year" else 1)
    first = _day(months // 12, months % 12 + 1, 1)
    return min(day.replace(day=1).replace(year=first.year, month=first.month) + timedelta(days=day.day - 1),
               _month_end(first))  # fmt: skip


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= year <= 9999:
        raise OverflowError(f"the year {year} is not on the calendar")
    return date(year, month, day)


def _month_end(first: date) -> date:
    last = DateSpan.from_iso(f"{first.year:04}-{first.month:02}").last_day
    assert last is not None
    return last


# --- calendar weeks, months, years -------------------------------------------------------------------------


def _period(match: re.Match[str], known: Settling) -> _Days | None:
    unit, sign, count, ahead = match.groups()
    if ahead and known.looks_back:
        return None
    n = int(count or 0) * (-1 if sign == "-" else 1)
    assert known.document is not None and known.document.first_day is not None
    first = known.document.first_day
    if unit == "year":
        return _of_iso(f"{_day(first.year + n, 1, 1).year:04}")
    if unit == "month" and known.document.precision in {Precision.DAY, Precision.MONTH}:
        return _of_iso(_shifted(first.replace(day=1), n, "month").isoformat()[:7])
    day = _day_of(known)
    if day is None or unit == "month":
        return None
    return _week(day, n, known) if unit == "week" else _weekend(day, n)


def _of_iso(iso: str) -> _Days:
    span = DateSpan.from_iso(iso)
    assert span.first_day is not None and span.last_day is not None
    return _Days(span.first_day, span.last_day, span.precision)


def _week(day: date, n: int, known: Settling) -> _Days:
    starts = [
        day - timedelta(days=(day.weekday() - start) % 7) + timedelta(weeks=n) for start in _WEEK_STARTS
    ]
    low, high = min(starts), max(starts) + timedelta(days=6)
    if n == 0 and known.looks_back:
        high = day
    if n < 0:
        high = min(high, day - timedelta(days=1))
    return _Days(low, high)


def _weekend(day: date, n: int) -> _Days | None:
    """The last one that is over, Friday to Sunday, since in some countries it is Friday and Saturday.

    "This" and "next" weekend stay open: writers differ in which they mean.
    """
    if n >= 0:
        return None
    sunday = day - timedelta(days=day.weekday() + 1) + timedelta(weeks=n + 1)
    return _Days(sunday - timedelta(days=2), sunday)


# --- weekdays, dates without a year -----------------------------------------------------------------------


def _named(match: re.Match[str], known: Settling) -> _Days | None:
    name, relation = match.groups()
    if relation == "up to" and not known.looks_back:
        return None
    if name in WEEKDAYS:
        return _weekday(WEEKDAYS.index(name), relation, known)
    return _yearless(name, relation, known)


def _weekday(number: int, relation: str, known: Settling) -> _Days | None:
    day = _day_of(known)
    if day is None:
        return None
    back = (day.weekday() - number) % 7
    if relation == "after":
        found = day + timedelta(days=7 - back)
    else:
        found = day - timedelta(days=back if relation == "up to" or back else 7)
    return _Days(found, found, Precision.DAY)


def _yearless(name: str, relation: str, known: Settling) -> _Days | None:
    """The one nearest to the document on the side that the words ask for, at most a year away."""
    span = known.document
    assert span is not None and span.first_day is not None and span.last_day is not None
    year = span.first_day.year
    if not name.startswith("XXXX"):
        return _of_two_digits(name, span)
    if relation.startswith("in year"):
        return _in_year(name[4:], year - (relation == "in year before"))
    if span.precision not in {Precision.DAY, Precision.MONTH}:
        return None
    for candidate in (year, year - 1) if relation in {"up to", "before"} else (year, year + 1):
        days = _in_year(name[4:], candidate)
        if days and _is_on_side(days, relation, span):
            too_old = relation == "up to" and (span.first_day - days.high).days > MAX_DAYS_BACK
            return None if too_old else days
    return None


def _of_two_digits(name: str, document: DateSpan) -> _Days | None:
    """ "3 Jan 90": the last year that ends so, the document's own included."""
    assert document.last_day is not None
    last = document.last_day.year
    return _in_year(name[4:], last - (last - int(name[2:4])) % 100)


def _is_on_side(days: _Days, relation: str, document: DateSpan) -> bool:
    first, last = document.first_day, document.last_day
    assert first is not None and last is not None
    match relation:
        case "up to":
            return days.low <= last
        case "before":
            return days.high < first
        case _:
            return days.low > last


def _in_year(name: str, year: int) -> _Days | None:
    """ "-03-23" in that year. None where it has no such day, or not on the weekday that was said with it."""
    edtf, _, weekday = name.partition(" ")
    try:
        span = DateSpan.from_edtf(f"{year:04}{edtf}")
    except ValueError:
        return None
    assert span.first_day is not None and span.last_day is not None
    if weekday and WEEKDAYS[span.first_day.weekday()] != weekday:
        return None
    return _Days(span.first_day, span.last_day, span.precision)
