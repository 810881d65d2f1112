"""Shares and daily averages, held against the counts that they are made from."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Iterator, Sequence
from math import inf

from rasid.weigh.checks.findings import HARD, SOFT, Finding, spot
from rasid.weigh.checks.numbers import MONTHS, Number, in_words, months
from rasid.weigh.checks.page import Count, Line, Page, class_of
from rasid.weigh.checks.parts import Part, groups_of_parts

_SHARE_OFF = 2.0  # points: from here on no way to round makes them one
_MADE_UP = (
    r"(?:made up|make up|were|was|are|accounted for|account for|represented|represent|constituted|constitute"
    r"|comprised|formed)"
)
_WORDS = r"[A-Za-z-]+"
_BASE = rf"(?:them|(?:(?:all|the|those)\s+){{1,2}}(?P<base>{_WORDS}(?:\s{_WORDS})?))"
_SUBJECT_FIRST = re.compile(rf"(?:^|[.,]\s+|\bthat\s+)(?:the\s+)?(?P<who>{_WORDS})\s+{_MADE_UP}\s*\Z", re.I)
_OF_BASE = re.compile(rf"\s+of\s+{_BASE}", re.I)
_SUBJECT_LAST = re.compile(rf"\s+of\s+{_BASE}\s+(?:were|was|are)\s+(?P<who>{_WORDS})", re.I)
_ALL_OF_THEM = frozenset({"dead", "victims", "deaths", "killed", "total", "people", "displaced", "wounded",
                          "fatalities", "casualties", "injured", "detainees", "arrests", "number"})  # fmt: skip

_PER_DAY = re.compile(r"(?:\s+\w+){0,4}?\s*\b(?:(?:a|per|each|every)\s+day|daily)\b", re.I)
_MEAN_BEFORE = re.compile(
    r"\b(?:average|mean|averag\w+|or|that is|which is|equals|meaning|equivalent to|rate of)\b[^.;]{0,30}\Z",
    re.I,
)
_DAILY_MEAN = re.compile(r"\bdaily (?:average|mean|rate)\s+(?:of|was|is)\s*[^.;\d]{0,20}\Z", re.I)
_NOT_A_MEAN = re.compile(r"\b(?:up to|as many as|at its peak|worst|used to|earlier)\b", re.I)
_SLACK = 1.0  # a day's count cut off or rounded up
_YEAR = re.compile(r"\b(?:in|during|throughout|of|for)\s+(?P<year>(?:19|20)\d\d)\b", re.I)


# --- shares ---------------------------------------------------------------------------------------------------


def check_shares(page: Page) -> Iterator[Finding]:
    """ "Civilians made up 95% of the dead" against "1,840 deaths, including 1,417 civilians"."""
    parts = [part for group in groups_of_parts(page) for part in group]
    for part in parts:
        yield from _beside_its_count(page, part)
    for line in page.lines:
        for share in line.percents():
            told = _told(line, share)
            if told is None:
                continue
            kind, base = told
            bases = [p for p in parts if p.part.kind == kind and _is_base(p.whole, base)]
            if bases and len({(p.whole.number.value, p.part.number.value) for p in bases}) == 1:
                yield from _weigh_share(page, line, share, part=bases[0])


def _beside_its_count(page: Page, part: Part) -> Iterator[Finding]:
    """ "Of these, 120 (30%) were released"."""
    if match := re.match(r"[\w\s]{0,30}\((?=[^)]{1,20}\))", part.line.text[part.part.number.end :]):
        at = part.part.number.end + match.end()
        share = next((n for n in part.line.percents() if n.begin == at), None)
        if share:
            yield from _weigh_share(page, part.line, share, part=part)


def _told(line: Line, share: Number) -> tuple[str, str] | None:
    """Whose share it is, and of which class; "" for all of them."""
    after = line.text[share.end :]
    if (match := _SUBJECT_LAST.match(after)) and (kind := class_of(match["who"])):
        return kind, _class_of_base(match["base"])
    before, base = _SUBJECT_FIRST.search(line.text[: share.begin]), _OF_BASE.match(after)
    if before and base and (kind := class_of(before["who"])):
        return kind, _class_of_base(base["base"])
    return None


def _class_of_base(words: str | None) -> str:
    first = (words or "").split()
    if not first or first[0].lower() in _ALL_OF_THEM:
        return ""
    return class_of(first[0]) or "?"


def _is_base(whole: Count, base: str) -> bool:
    return whole.kind == base or (not base and whole.human)


def _weigh_share(page: Page, line: Line, share: Number, *, part: Part) -> Iterator[Finding]:
    whole, held = part.whole, part.part
    if whole.low <= 0 or whole.high == inf:
        return
    low, high = 100 * held.low / whole.high, min(100.0, 100 * held.high / whole.low)
    rounding = 0.5 * 10.0**-share.places + 1e-6
    off = max(low - share.high, share.low - high)
    if off <= rounding:
        return
    right = f"{100 * held.number.value / whole.number.value:.1f}%"
    yield Finding(
        "share",
        HARD if off > _SHARE_OFF else SOFT,
        f"The counts allow {right}, not the {share.value:g}% that is said.",
        f"{in_words(held.number.value)} / {in_words(whole.number.value)} = {right}, not {share.value:g}%.",
        (spot(page.document, part.whole_line, whole), spot(page.document, line)),
    )


# --- averages -------------------------------------------------------------------------------------------------


def check_averages(page: Page) -> Iterator[Finding]:
    """ "177 deaths a day" against 3,486 deaths over 30 days."""
    for number, line in enumerate(page.lines):
        for rate in line.numbers:
            if not _is_mean(line, rate):
                continue
            total = _total_before(page, number, rate)
            if total is None:
                continue
            days = _days_of(page, number, total[0])
            if days:
                yield from _weigh_rate(page, line, rate, total=total, days=days)


def _is_mean(line: Line, rate: Number) -> bool:
    if rate.role != "count":
        return False
    before = line.text[: rate.begin]
    if _NOT_A_MEAN.search(before[-40:]):
        return False
    if _DAILY_MEAN.search(before):
        return True
    if not _PER_DAY.match(line.text, rate.end):
        return False
    return bool(_MEAN_BEFORE.search(before) or re.search(r"\bon average\b", line.text, re.I))


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
    """The days that the count may be of: said in days or weeks, a month, a year; () if unsaid."""
    for line in dict.fromkeys((page.lines[at], total_line)):
        if said := [n.days for n in line.numbers if n.role == "days" and n.exact and n.days > 1]:
            return tuple(said)
    for line in dict.fromkeys((page.lines[at], total_line)):
        if named := list(months(line.text)):
            return tuple(d for m in named for d in _lengths(MONTHS[m["month"]], int(m["year"] or page.year)))
        if match := _YEAR.search(line.text):
            return (366 if isleap(int(match["year"])) else 365,)
    return _lengths(page.month, page.year) if page.month else ()


def _lengths(month: int, year: int) -> tuple[int, ...]:
    return (monthrange(year, month)[1],) if year else tuple({monthrange(y, month)[1] for y in (2019, 2020)})


def _weigh_rate(
    page: Page, line: Line, rate: Number, *, total: tuple[Line, Count], days: Sequence[int]
) -> Iterator[Finding]:
    total_line, count = total
    others = [c for each in page.lines for c in each.counts if c.number is not rate and c.low > count.low]
    for whole in (count, *others):
        for length in days:
            if rate.low <= whole.high / length + _SLACK and whole.low / length - _SLACK <= rate.high:
                return  # some count of the page gives this average
    length = days[0]
    total_of, mean = in_words(count.number.value), in_words(round(count.number.value / length, 1))
    yield Finding(
        "rate",
        HARD,
        f"{total_of} over {length} days is {mean} a day, not {in_words(rate.value)}.",
        f"{total_of} / {length} = {mean}, not {in_words(rate.value)}.",
        (spot(page.document, total_line, count), spot(page.document, line)),
    )
