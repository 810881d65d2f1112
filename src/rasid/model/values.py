"""Closed sets and small values: what a claim can say about polarity, certainty, number and time.

The strings are the ones people read on the page and programs read in the JSON contract; they are part of
the contract (docs/reference/json.md) and change only with its version.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What kind of thing a claim says."""

    EVENT = "event"  # something happened: killed, shelled, withdrew
    STATUS = "status"  # something holds: is in, controls, is defeated
    FIGURE = "figure"  # a number of something, without an event it could be bound to
    RESPONSIBILITY = "responsibility"  # somebody is responsible, is accused, claims it
    MOTIVE = "motive"  # a purpose, a goal, a reason
    APPEAL = "appeal"  # asks the reader or a party to do something


class Polarity(StrEnum):
    """Does the voice say that it is so, or that it is not so?"""

    AFFIRMED = "affirmed"
    DENIED = "denied"


class Certainty(StrEnum):
    """How far the voice goes. Only `certain` and `partial` speak of what is or was."""

    CERTAIN = "certain"
    PARTIAL = "partial"  # nearly, quasi, partly, not completely
    POSSIBLE = "possible"  # may, reportedly, if, a question
    PREDICTED = "predicted"  # will, is expected to, plans to, a purpose


class Status(StrEnum):
    """The standing that the text itself gives to what is said (after the MUC-4 answer keys)."""

    REPORTED_AS_FACT = "reported as fact"
    CLAIMED = "claimed"
    ADMITTED = "admitted"
    ACCUSED = "accused"
    ACCUSED_BY_AUTHORITIES = "accused by authorities"
    DENIED = "denied"
    SUSPECTED = "suspected"
    POSSIBLE = "possible"


class Bound(StrEnum):
    """How a number is bound by the words around it."""

    EXACT = "exact"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"
    ABOUT = "about"
    RANGE = "range"
    VAGUE = "vague"  # dozens, by the thousands, several: a floor at best


class Measure(StrEnum):
    """What sort of number it is. Only `count` counts people or things."""

    COUNT = "count"
    SHARE = "share"  # per cent or a fraction of a base
    RATE = "rate"  # per day, per month, per 100,000
    MONEY = "money"
    DISTANCE = "distance"
    AREA = "area"
    AGE = "age"
    DURATION = "duration"
    ORDINAL = "ordinal"  # the 3rd attack
    OTHER = "other"


class Stance(StrEnum):
    """What one voice says to a question."""

    AFFIRMS = "affirms"
    DENIES = "denies"
    PARTLY = "partly"
    UNCLEAR = "unclear"


class PassageKind(StrEnum):
    """What a passage is in its document."""

    SENTENCE = "sentence"
    HEADING = "heading"
    BULLET = "bullet"
    CAPTION = "caption"
    ROW = "row"


class Precision(StrEnum):
    """How finely a time is given."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"
    OPEN = "open"  # as said, cannot be put on the calendar yet


_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
_QUALIFIED = re.compile(r"(.+?)([~?%])?\Z")
_DECADE = re.compile(r"(\d{3})X\Z")
_SEASON = re.compile(r"(\d{4})-(2[1-4])\Z")
# First and last day of 21 spring to 24 winter, as generous as usage (by the month or by the sun), in the
# northern hemisphere. "Winter 2013" may be either end of the year, so it takes both.
_SEASON_DAYS = {21: ((3, 1), (6, 20)), 22: ((6, 1), (9, 22)), 23: ((9, 1), (12, 21)), 24: ((12, 1), (3, 20))}


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A stretch of days, never finer than what was said.

    first_day, last_day: ISO days, inclusive; None where the words do not fix them
    precision:           day, month, year, range or open
    as_said:             the words
    relative:            for an open one, what it hangs on: "document - 1 day"; see model/when.py
    qualifier:           EDTF's "~" (about), "?" (unsure), "%" (both), or "" for neither
    """

    first_day: date | None
    last_day: date | None
    precision: Precision
    as_said: str
    relative: str = ""
    qualifier: str = ""

    @classmethod
    def from_iso(cls, iso: str, *, as_said: str = "") -> DateSpan:
        """Read `2024`, `2024-03` or `2024-03-05` as the year, month or day that it is.

        raises: ValueError if it is none of these or not on the calendar
        """
        match = _EDTF.match(iso)
        if match is None:
            raise ValueError(f"{iso!r} is not a year, a month or a day like 2024, 2024-03, 2024-03-05")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        said = as_said or iso
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31), Precision.YEAR, said)
        if day is None:
            return cls(
                date(year, month, 1), date(year, month, monthrange(year, month)[1]), Precision.MONTH, said
            )
        return cls(date(year, month, day), date(year, month, day), Precision.DAY, said)

    @classmethod
    def from_edtf(cls, edtf: str, *, as_said: str = "") -> DateSpan:
        """Read EDTF, levels 0 and 1 without times of day and without years beyond four digits.

        Dates, `a/b`, open `../b` and `a/..`, seasons `2015-22`, decades `199X`, qualifiers `~ ? %` on the whole.
        raises: ValueError if it is none of these or not on the calendar
        source: ISO 8601-2:2019, https://www.loc.gov/standards/datetime/
        """
        said = as_said or edtf
        match = _QUALIFIED.match(edtf)
        if match is None:
            raise ValueError(f"{edtf!r} is no EDTF date; write for example 2019-03, 2019-03/2019-05, ../2019")
        plain, qualifier = match.group(1), match.group(2) or ""
        if "/" not in plain:
            made = _edtf_date(cls, plain)
            return cls(made.first_day, made.last_day, made.precision, said, "", qualifier)
        left, _, right = plain.partition("/")
        low = None if left in {"..", ""} else _edtf_date(cls, left).first_day
        high = None if right in {"..", ""} else _edtf_date(cls, right).last_day
        if low is None and high is None:
            raise ValueError(f"{edtf!r} is open on both sides and says nothing")
        if low is not None and high is not None and low > high:
            raise ValueError(f"{edtf!r} ends before it begins")
        return cls(low, high, Precision.RANGE, said, "", qualifier)

    def to_edtf(self) -> str | None:
        """The shortest EDTF for these days and this precision; None while nothing fixes them."""
        low, high = self.first_day, self.last_day
        match self.precision:
            case Precision.DAY if low:
                made: str | None = low.isoformat()
            case Precision.MONTH if low:
                made = low.isoformat()[:7]
            case Precision.YEAR if low:
                made = low.isoformat()[:4]
            case _:
                made = _edtf_range(low, high)
        return made and made + self.qualifier

    def to_iso(self) -> str | None:
        """The year, month or day as ISO; None for a range and while nothing fixes it."""
        length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}.get(self.precision)
        return self.first_day.isoformat()[:length] if self.first_day and length else None

    @classmethod
    def of_season(cls, year: int, season: int, *, as_said: str = "") -> DateSpan:
        """The days that season 21 (spring) to 24 (winter) of a year may mean.

        raises: ValueError if there is no such season
        """
        if season not in _SEASON_DAYS:
            raise ValueError(f"{season} is no season; 21 is spring, 22 summer, 23 autumn, 24 winter")
        first, last = _SEASON_DAYS[season]
        wraps = season == 24
        low, high = date(year - wraps, *first), date(year + wraps, *last)
        return cls(low, high, Precision.RANGE, as_said or f"{year:04}-{season}")


def _edtf_date(cls: type[DateSpan], text: str) -> DateSpan:
    if season := _SEASON.match(text):
        return cls.of_season(int(season[1]), int(season[2]))
    if decade := _DECADE.match(text):
        first = int(decade[1]) * 10
        return cls(date(first, 1, 1), date(first + 9, 12, 31), Precision.RANGE, text)
    return cls.from_iso(text)


def _edtf_range(low: date | None, high: date | None) -> str | None:
    """Whole years and months are named as such, since that is as fine as the words were."""
    if low is None and high is None:
        return None
    if low is None or high is None:
        return f"{low or '..'}/{high or '..'}"
    if _is_whole_year(low, high):
        if low.year % 10 == 0 and high.year == low.year + 9:
            return f"{low.year // 10:03}X"
        return f"{low.year:04}/{high.year:04}"
    for season in _SEASON_DAYS:
        named = DateSpan.of_season(high.year - (season == 24), season) if 1 < high.year < 9999 else None
        if named and (named.first_day, named.last_day) == (low, high):
            return named.as_said
    if low.day == 1 and high.day == monthrange(high.year, high.month)[1]:
        return f"{low.isoformat()[:7]}/{high.isoformat()[:7]}"
    return f"{low}/{high}"


def _is_whole_year(low: date, high: date) -> bool:
    return (low.month, low.day, high.month, high.day) == (1, 1, 12, 31)


@dataclass(frozen=True, slots=True)
class CountSpan:
    """A number as said, with the span it allows.

    low, high: inclusive; high is None where the words set no ceiling ("at least 12"), low is None where
               they set no floor ("up to 30"). "dozens" is low 24 with bound `vague`; see docs/concepts/figures.md
    """

    low: float | None
    high: float | None
    bound: Bound
    as_said: str
