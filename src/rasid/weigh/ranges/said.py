"""One figure with all that a guard needs to know of it, before it meets others.

In: nothing from disk. `Said` is what a claim's number or a data row's cell becomes; times are ordinals of days so that
comparing is cheap.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, whatever it came to.

    outcome:    killed, wounded, displaced …, or an event type; "" if the words do not say
    base, unit: whom or what
    span:       flow, stock or running total
    method:     counted or estimated
    actor, instrument: "" where unsaid
    """

    outcome: str
    base: str
    unit: str
    measure: str
    per: str
    share_of: str
    span: str
    method: str
    actor: str
    instrument: str


@dataclass(frozen=True, slots=True)
class Where:
    """A place. key: what two places share that are one; around: keys of the areas it lies in, finest first."""

    key: str
    name: str
    level: str
    country: str
    around: tuple[str, ...] = ()

    @property
    def is_settlement(self) -> bool:
        """Small enough that one day there is one happening, unless the words say otherwise."""
        return self.level not in {"country", "region", "governorate", "district"}


@dataclass(frozen=True, slots=True)
class When:
    """Days as ordinals, both included; None where an end is not known."""

    first: int | None
    last: int | None

    @property
    def days(self) -> int:
        """How long; 0 if an end is open."""
        return 0 if self.first is None or self.last is None else self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Said:
    """One figure as one voice says it.

    id:     of the claim or record
    speaker: key of the voice: two spellings of one body share it; of an unnamed voice also who passes it on
    named:  the voice has a name, or is the document's own
    date:   of the document, ordinal of its last day; None if undated
    taken:  what was not said beside the number but taken from around it, in words
    whole:  id of the figure that this one is a part of
    so:     said to be or have been so
    """

    id: str
    is_record: bool
    document: str
    start: int
    end: int
    quote: str
    text: str
    low: float | None
    high: float | None
    bound: str
    voice: str
    via: tuple[str, ...]
    speaker: str
    named: bool
    date: int | None
    written: str | None
    counted: Counted
    where: Where | None
    when: When | None
    taken: tuple[str, ...]
    whole: str | None
    so: bool
    denied: bool

    @property
    def number(self) -> float | None:
        """The number said: the floor of "at least 23", the ceiling of "up to 30"."""
        return self.low if self.low is not None else self.high

    @property
    def order(self) -> tuple[int, str, int, str]:
        """By the day of writing, undated last, then by place."""
        return (self.date if self.date is not None else 10**7, self.document, self.start, self.id)


def ordinal(iso: object, *, last: bool) -> int | None:
    """The first or last day of an ISO year, month or day; None if it is none."""
    return _ordinal(iso, last) if isinstance(iso, str) and len(iso) >= 4 else None


@lru_cache(maxsize=8192)
def _ordinal(iso: str, last: bool) -> int | None:
    parts = iso.split("-")
    try:
        numbers = [int(part) for part in parts]
        year, month = numbers[0], numbers[1] if len(numbers) > 1 else (12 if last else 1)
        if len(numbers) > 2:
            return date(year, month, numbers[2]).toordinal()
        return _month_end(year, month) if last else date(year, month, 1).toordinal()
    except ValueError:
        return None


def _month_end(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following.toordinal() - 1


def iso(day: int | None) -> str | None:
    """The ISO day of an ordinal."""
    return None if day is None else date.fromordinal(day).isoformat()
