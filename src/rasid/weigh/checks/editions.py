"""Pages of the same house held against each other: two editions of one page, and a number repeated from another month.

Never hard: the later page may have been brought up to date. That is for a person to see.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from rasid.weigh.checks.findings import SOFT, Finding, spot
from rasid.weigh.checks.months import is_one_house, total_of
from rasid.weigh.checks.numbers import MONTH, MONTHS, in_words
from rasid.weigh.checks.page import Count, Line, Page, state_of

_TIME = re.compile(rf"\b(?:19|20)\d\d\b|\b{MONTH}\b")
_IN_MONTH = re.compile(
    rf"[^.;,\d]{{0,60}}?\b(?:in|of|for|during)\s+(?P<month>{MONTH})\b\.?(?:\s+(?P<year>\d{{4}}))?"
)
_WORDS = 3  # of a title that can stand for one page: "Toll of 2019"
_MOST = 20  # pages of one title; more are a series


def check_editions(pages: Sequence[Page]) -> Iterator[tuple[str, Finding]]:
    """Each finding with the document that it is shown under."""
    titled: dict[str, list[Page]] = defaultdict(list)
    monthly: dict[tuple[int, int], list[Page]] = defaultdict(list)
    for page in sorted(pages, key=lambda page: page.document):
        title = " ".join(page.title.lower().split())
        if len(title.split()) >= _WORDS and _TIME.search(page.title):
            titled[title].append(page)
        if page.month and page.year:
            monthly[page.month, page.year].append(page)
    for same in titled.values():
        for one, other in pairwise(same[:_MOST]):
            yield from _two_editions(one, other)
    for page in pages:
        yield from _other_months(page, monthly)


def _two_editions(one: Page, other: Page) -> Iterator[tuple[str, Finding]]:
    first = next(((line, line.counts[0]) for line in one.body if line.counts), None)
    if first is None or not is_one_house(one, other):
        return
    line, count = first
    again = next(((each, each.counts[0]) for each in other.body if each.counts), None)
    if again is None or not count.exact or not again[1].exact or _bare(line, count) != _bare(*again):
        return
    left, right = count.number.value, again[1].number.value
    if left != right:
        yield (
            one.document,
            Finding(
                "two totals",
                SOFT,
                f"Two documents of this title give the same total as {in_words(left)} and as {in_words(right)}.",
                f"{in_words(right)} - {in_words(left)} = {in_words(right - left)}.",
                (spot(one.document, line, count), spot(other.document, *again)),
            ),
        )


def _bare(line: Line, count: Count) -> set[str]:
    """What the line says beside its numbers, words of one state as one."""
    words = set(re.findall(r"[a-z]{3,}|(?:19|20)\d\d", line.text.lower()))
    return {count.kind, *(state_of(w) or w for w in words)}


def _other_months(
    page: Page, monthly: Mapping[tuple[int, int], Sequence[Page]]
) -> Iterator[tuple[str, Finding]]:
    """ "compared with 442 in June" against the page of June, which says 412."""
    if not page.month or not page.year:
        return
    for line in page.body:
        for count in line.counts:
            asked = _month_of(page, line, count)
            if asked is None or not count.exact:
                continue
            for other in monthly.get(asked, ()):
                held = total_of(other, count) if is_one_house(page, other) else None
                if held is None or not held[1].exact or held[1].number.value == count.number.value:
                    continue
                if any(c.number.value == count.number.value for each in other.lines for c in each.counts):
                    continue
                one, then = in_words(count.number.value), in_words(held[1].number.value)
                yield (
                    page.document,
                    Finding(
                        "comparison",
                        SOFT,
                        f"This page gives {one} for the other month, the page of that month itself {then}.",
                        f"{one} - {then} = {in_words(count.number.value - held[1].number.value)}.",
                        (spot(page.document, line, count), spot(other.document, *held)),
                    ),
                )


def _month_of(page: Page, line: Line, count: Count) -> tuple[int, int] | None:
    """The other month that the words after the count name, before its next number."""
    match = _IN_MONTH.match(line.text, count.number.end)
    if match is None or len(line.counts) > 3:
        return None
    month = MONTHS[match["month"]]
    year = int(match["year"] or 0) or (page.year if month <= page.month else page.year - 1)
    return None if (month, year) == (page.month, page.year) else (month, year)
