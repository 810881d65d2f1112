"""Dates that are on no calendar: 31 April, 30 February, 29 February 2019."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator

from rasid.weigh.checks.findings import HARD, Finding, spot
from rasid.weigh.checks.numbers import MONTH, MONTH_NAMES, MONTHS
from rasid.weigh.checks.page import Line, Page

_LONGEST = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_TH = r"(?:st|nd|rd|th)"
_DAY_FIRST = re.compile(
    rf"(?<![\w,.:/])(?P<day>\d{{1,2}}){_TH}?\s+(?:of\s+)?(?P<month>{MONTH})\b\.?(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?"
)
_MONTH_FIRST = re.compile(
    rf"(?P<how>\b(?:on|until|from|since|by|till|after|before|between|and|to)\s+)?\b(?P<month>{MONTH})\.?\s+"
    rf"(?P<day>\d{{1,2}})(?P<th>{_TH})?(?!\w|[,.]\d|%|:)(?P<year_part>,?\s+(?P<year>(?:19|20)\d\d)\b)?"
)
_ISO = re.compile(r"(?<![\w-])(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?![\w-])")


def check_dates(page: Page) -> Iterator[Finding]:
    """Each date of the text that cannot be, once."""
    seen: set[str] = set()
    for line in page.lines:
        if not any(day in line.text for day in ("29", "30", "31")):
            continue
        for words, day, month, year in _dates(line):
            if (why := _why_not(day, month, year)) and words not in seen:
                seen.add(words)
                yield Finding(
                    "date",
                    HARD,
                    f"“{words}” is on no calendar: {why}.",
                    f"{why}, not {day}.",
                    (spot(page.document, line),),
                )


def _dates(line: Line) -> Iterator[tuple[str, int, int, int]]:
    for match in _DAY_FIRST.finditer(line.text):
        yield match[0], int(match["day"]), MONTHS[match["month"]], int(match["year"] or 0)
    for match in _MONTH_FIRST.finditer(line.text):
        follows = line.text[match.end() :]
        stands_alone = not re.match(r"\s+[a-z]", follows) or re.match(
            r"\s+(?:and|at|in|the|to|when|while)\b", follows
        )
        if match["th"] or match["year"] or (match["how"] and stands_alone):
            words = match[0][len(match["how"] or "") :]
            yield words, int(match["day"]), MONTHS[match["month"]], int(match["year"] or 0)
    for match in _ISO.finditer(line.text):
        yield match[0], int(match["day"]), int(match["number"]), int(match["year"])


def _why_not(day: int, month: int, year: int) -> str:
    """ "April has 30 days"; "" for a day that can be. A "day" above 31 or of no month is no date at all."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return ""
    if month == 2 and day == 29 and year and not isleap(year):
        return f"February {year} has 28 days"
    if day > _LONGEST[month]:
        return (
            f"{MONTH_NAMES[month]} has at most {_LONGEST[month]} days"
            if month == 2
            else f"{MONTH_NAMES[month]} has {_LONGEST[month]} days"
        )
    return ""
