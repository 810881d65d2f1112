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


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A stretch of days, never finer than what was said.

    first_day, last_day: ISO days, inclusive; None where the words do not fix them
    precision:           day, month, year, range or open
    as_said:             the words
    """

    first_day: date | None
    last_day: date | None
    precision: Precision
    as_said: str

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
