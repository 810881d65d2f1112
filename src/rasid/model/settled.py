"""What a person settled, as the stages need it: a value without the log it stands in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settled:
    """One decision that stands.

    name:     the name as a person typed it; for a date the id of the document
    means:    the id of a place, "" for no place at all; the name of an actor; an ISO year, month or day
    shown:    what was meant, in words: the gazetteer or the file may be gone when somebody reads this
    document: id of the only document it holds for; "" = the whole case
    by, at:   who and when, `at` in UTC, ISO 8601
    """

    name: str
    means: str
    shown: str
    document: str
    by: str
    at: str

    @property
    def day(self) -> str:
        """The day it was decided on, ISO."""
        return self.at[:10]

    @property
    def who(self) -> str:
        """ "Rana decided on 2026-03-01": the beginning of a reason."""
        return f"{self.by} decided on {self.day}"
