"""Dates that cannot be: 31 April, 29 February 2019, a Monday that was a Tuesday, "from 14 to 9 March"."""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Iterator
from datetime import date

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


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile(rf"\b(?P<name>{'|'.join(_WEEKDAYS)}),?\s+(?:the\s+|on\s+)?\(?\Z")
_SLASHED = re.compile(
    r"(?<![\w/.-])(?P<one>\d{1,2})(?P<mark>[/.])(?P<two>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)(?![\w/])"
)
_BACKWARDS = re.compile(
    rf"\bfrom\s+(?P<first>\d{{1,2}}){_TH}?\s+(?:to|until|till)\s+(?P<last>\d{{1,2}}){_TH}?\s+(?:of\s+)?{MONTH}\b"
)


def check_dates(page: Page) -> Iterator[Finding]:
    """Each date of the text that cannot be, once."""
    seen: set[str] = set()
    for line in page.lines:
        if not any(char.isdigit() for char in line.text):
            continue
        for words, why, done in _wrong(line):
            if words not in seen:
                seen.add(words)
                yield Finding(
                    "date", HARD, f"“{words}” cannot be: {why}.", done, (spot(page.document, line),)
                )


def _wrong(line: Line) -> Iterator[tuple[str, str, str]]:
    """The words, why they cannot be, and the sum."""
    for words, start, day, month, year in _dates(line):
        if why := _why_not(day, month, year):
            yield words, why, f"{why}, not {day}."
        elif year and 1 <= month <= 12 and (named := _WEEKDAY.search(line.text[:start])):
            right = _WEEKDAYS[date(year, month, day).weekday()]
            if right != named["name"]:
                told = f"{day} {MONTH_NAMES[month]} {year} was a {right}"
                yield f"{named[0].strip()} {words}", told, f"{right}, not {named['name']}."
    for match in _BACKWARDS.finditer(line.text):
        first, last = int(match["first"]), int(match["last"])
        across = first > 24 and last < 8  # the end of the month before, unsaid
        if 1 <= last < first <= 31 and not across:
            yield match[0], "it ends before it begins", f"{last} is before {first}."


def _dates(line: Line) -> Iterator[tuple[str, int, int, int, int]]:
    """The words, where they begin, day, month and year."""
    for match in _DAY_FIRST.finditer(line.text):
        yield match[0], match.start(), int(match["day"]), MONTHS[match["month"]], int(match["year"] or 0)
    for match in _MONTH_FIRST.finditer(line.text):
        follows = line.text[match.end() :]
        stands_alone = not re.match(r"\s+[a-z]", follows) or re.match(
            r"\s+(?:and|at|in|the|to|when|while)\b", follows
        )
        if match["th"] or match["year"] or (match["how"] and stands_alone):
            words = match[0][len(match["how"] or "") :]
            yield words, match.start(), int(match["day"]), MONTHS[match["month"]], int(match["year"] or 0)
    for match in _ISO.finditer(line.text):
        yield match[0], match.start(), int(match["day"]), int(match["number"]), int(match["year"])
    for match in _SLASHED.finditer(line.text):
        one, two = int(match["one"]), int(match["two"])
        day, month = (two, one) if two > 12 else (one, two)  # where both orders can be, one of them is right
        if max(one, two) > 12:
            yield match[0], match.start(), day, month, int(match["year"])


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
