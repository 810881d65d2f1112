"""Parts that stand in clauses of their own: each with its doer, or the dead and the wounded of the casualties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rasid.weigh.checks.findings import HARD, Finding, added, meets, spot, sum_in_words
from rasid.weigh.checks.page import Count, Line, Page

_OF_THEM = re.compile(r"\s+of\s+(?:them|these|those)\b", re.I)
_DOER = re.compile(
    r"(?:\A|[,;]\s*(?:and\s+)?|\band\s+)(?P<who>[A-Za-z][\w\s'’-]{2,60}?)\s+(?P<did>killed|arrested|detained|wounded"
    r"|abducted|carried out|committed|captured)\s*\Z",
    re.I,
)
_OTHERS = re.compile(r"\b(?:other|others|unknown|unidentified|unnamed)\b", re.I)
_CLAUSE = re.compile(r"[^;.:]*\Z")


def check_clauses(page: Page) -> Iterator[Finding]:
    """Findings on parts that each have a verb of their own."""
    for before, line in pairwise(page.lines):
        yield from _by_doers(page, before, line)
    for line in page.lines:
        yield from _casualties(page, line)


def _by_doers(page: Page, before: Line, line: Line) -> Iterator[Finding]:
    """ "196 civilians died. The Army killed 121 of them, the Brigades killed 48, and unknown men killed 37."."""
    people = [c for c in before.counts if c.human]
    if len(people) != 1 or len(line.counts) < 2 or not _OF_THEM.match(line.text, line.counts[0].number.end):
        return
    whole, parts, at, doers = people[0], line.counts, 0, []
    for part in parts:
        match = _DOER.search(line.text[at : part.number.begin])
        if match is None:
            return
        doers.append(match["who"].lower())
        lead = _OF_THEM.match(line.text, part.number.end)
        at = lead.end() if lead else part.number.end
    all_of_them = bool(_OTHERS.search(doers[-1])) or added(parts)[0] > whole.high
    if all_of_them and len(set(doers)) == len(doers):
        yield from _weigh(page, before, whole, line=line, parts=parts)


def _casualties(page: Page, line: Line) -> Iterator[Finding]:
    """ "47 casualties came in, 14 of them dead and 35 wounded"."""
    for n, whole in enumerate(line.counts):
        parts = line.counts[n + 1 : n + 3]
        if "casualt" not in whole.noun or len(line.counts) != n + 3:
            continue
        between = line.text[whole.number.end : parts[0].number.begin]
        if not _CLAUSE.fullmatch(between) or "includ" in between:
            continue
        joined = re.fullmatch(
            r"[\w\s]{1,25}(?:,|and|,\s+and)\s*(?:another\s+)?",
            line.text[parts[0].number.end : parts[1].number.begin],
        )
        if joined and {p.state for p in parts} == {"dead", "wounded"}:
            yield from _weigh(page, line, whole, line=line, parts=parts)


def _weigh(
    page: Page, total_line: Line, total: Count, *, line: Line, parts: Sequence[Count]
) -> Iterator[Finding]:
    if meets(added(parts), (total.low, total.high)):
        return
    yield Finding(
        "sum",
        HARD,
        "The parts do not add up to the total that is given for them.",
        sum_in_words(parts, total),
        (spot(page.document, total_line, total), *(spot(page.document, line, p) for p in parts)),
    )
