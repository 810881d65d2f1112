"""The days of a claim, as far as incidents need them: its own, or what its sentence and the text before it fix.

    own day              what `resolve_times` gave it
    of its sentence      a day that stands in the sentence and that no event in it has
    "the same day"       the day told last before, in this document

Never the day of the document: a claim without any of these stays undated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from rasid.model.tables import Row
from rasid.model.values import DateSpan, Kind, Precision

Days = tuple[int, int]  # first and last, ordinals, inclusive

MAX_SPAN_DAYS = 10  # a claim over a longer stretch of days speaks of a state of things, not of one happening

_MONTHS = tuple(
    "january february march april may june july august september october november december".split()
)
_SAME_DAY = re.compile(
    r"\b(?:the|that) (?:very )?same (?:day|night|morning|evening|afternoon|hour)\b", re.IGNORECASE
)
_WRITTEN = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{'|'.join(_MONTHS)})"
    rf"|(?P<m2>{'|'.join(_MONTHS)}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)\b(?:,? (?P<y>(?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)  # fmt: skip


def read_days(rows: Iterable[Row], dates: Mapping[str, str | None]) -> dict[str, tuple[Days | None, bool]]:
    """Claim -> its days, and whether they are too long a stretch for one happening.

    rows:  claims, by document and start
    dates: document -> its ISO date
    """
    found: dict[str, tuple[Days | None, bool]] = {}
    for document, of_document in groupby(rows, key=lambda row: str(row["document"])):
        last: Days | None = None
        for _, of_sentence in groupby(of_document, key=lambda row: row["start"]):
            held = list(of_sentence)
            own = [own_days(row) for row in held]
            lent = _of_sentence(held, own, dates.get(document))
            for row, (days, too_long) in zip(held, own, strict=True):
                if days is None and not too_long and last is not None and _says_same_day(row):
                    found[str(row["id"])] = last, False
                else:
                    found[str(row["id"])] = (days or (None if _has_time(row) else lent)), too_long
            exact = [days for days, _ in own if days and days[0] == days[1]]
            last = exact[-1] if exact else last
    return found


def own_days(row: Row) -> tuple[Days | None, bool]:
    """The days that the claim itself gives.

    A month or a year is a date that is not known better; a range of weeks is a stretch of many happenings.
    """
    time = row["time"]
    if not isinstance(time, dict):
        return None, False
    first, last = time["first_day"], time["last_day"]
    if first is None and last is None:
        return None, False
    if first is None or last is None:
        return None, True  # "since 2019", "until May"
    days = date.fromisoformat(str(first)).toordinal(), date.fromisoformat(str(last)).toordinal()
    is_range = time["precision"] == Precision.RANGE.value
    return days, is_range and days[1] - days[0] > MAX_SPAN_DAYS


def written_day(iso: str | None) -> int | None:
    """The last day that the date of a document may be, as an ordinal; None for a year alone."""
    if not iso:
        return None
    span = DateSpan.from_iso(iso)
    if span.precision is Precision.YEAR or span.last_day is None:
        return None
    return span.last_day.toordinal()


def _of_sentence(
    rows: Sequence[Row], own: Sequence[tuple[Days | None, bool]], written: str | None
) -> Days | None:
    """The one day of a sentence in which no event has a time of its own."""
    if any(_has_time(row) for row in rows if row["kind"] == Kind.EVENT.value):
        return None
    days = {each for each, _ in own if each is not None} or set(_in_words(str(rows[0]["quote"]), written))
    [*one] = days
    return one[0] if len(one) == 1 and one[0][0] == one[0][1] else None


def _in_words(quote: str, written: str | None) -> Iterable[Days]:
    """The dates of day and month in the words; without a year the last one before the document."""
    for match in _WRITTEN.finditer(quote):
        day, month = int(match["d"] or match["d2"]), _MONTHS.index((match["m"] or match["m2"]).lower()) + 1
        latest = written_day(written)
        if match["y"] is None and latest is None:
            continue
        year = int(match["y"] or date.fromordinal(latest or 1).year)
        try:
            found = date(year, month, day)
            if match["y"] is None and latest is not None and found.toordinal() > latest:
                found = found.replace(year=year - 1)
        except ValueError:  # 31 April, 29 February
            continue
        yield found.toordinal(), found.toordinal()


def _has_time(row: Row) -> bool:
    time = row["time"]
    return isinstance(time, dict) and bool(time["text"])


def _says_same_day(row: Row) -> bool:
    time = row["time"]
    said = str(time["text"]) if isinstance(time, dict) and time["text"] else ""
    return _SAME_DAY.search(said or str(row["quote"])) is not None
