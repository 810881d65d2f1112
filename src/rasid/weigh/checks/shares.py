"""Shares, held against the counts that they are made from: in per cent and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import inf

from rasid.weigh.checks.findings import HARD, SOFT, Finding, spot
from rasid.weigh.checks.numbers import Number, in_words
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
_SAID = r"(?:(?:or|that is|i\.e\.|which is|equal to|equivalent to|meaning|representing|accounting for|making up)\s+)"
_IN_BRACKETS = re.compile(rf"[\w\s'’-]{{0,40}}\(\s*{_SAID}?")
_SAME_AS = re.compile(rf"[\w\s'’-]{{0,40}},\s+{_SAID}")
_OF_THE = re.compile(r"\s*(?:out\s+)?of\s+(?:the\s+|those\s+|all\s+)?", re.I)
_OWN_BASE = re.compile(r"\s+(?:of|more|fewer|less|higher|lower|up|down|increase|decrease)\b", re.I)
_OF_ALL_OF_THEM = re.compile(r"\s+of\s+(?:the\s+total|them|all\s+of\s+them|the\s+whole)\b", re.I)
_OF_NAMED = re.compile(
    r"\s+of\s+(?:them|these|those|the\s+(?:new\s+)?(?:arrivals|dead|victims|killed|wounded|injured|displaced|detained"
    r"|detainees|arrested|total))\b",
    re.I,
)
_PARTS = {"half": 50.0, "halve": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0}
_TIMES = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_FRACTION = re.compile(
    r"(?:\b(?P<how>more than|over|at least|less than|under|fewer than|about|nearly|almost|around|roughly|some)\s+)?"
    r"(?:\b(?P<times>a|one|two|three|four)[\s-])?\b(?P<part>half|thirds?|quarters?|fifths?|tenths?)\b(?!\s+of\s+(?:19|20))",
    re.I,
)
_LOOSE = 5.0  # points: "a third" for 29 to 38 in the hundred


def check_shares(page: Page) -> Iterator[Finding]:
    """ "Civilians made up 95% of the dead" against "1,840 deaths, including 1,417 civilians"."""
    parts = [part for group in groups_of_parts(page) for part in group]
    yield from _share_first(page)
    for part in (*parts, *_of_pairs(page), *_of_named(page)):
        yield from _beside_its_count(page, part)
    for line in page.lines:
        for share in line.percents():
            told = _told(line, share)
            if told is None:
                continue
            kind, base = told
            bases = [p for p in parts if p.part.kind == kind and _is_base(p.whole, base)]
            if bases and len({(p.whole.number.value, p.part.number.value) for p in bases}) == 1:
                yield from _weigh(page, line, share, part=bases[0])


def _beside_its_count(page: Page, part: Part) -> Iterator[Finding]:
    """ "Of these, 120 (30%) were released"; "25 work, equal to 52% of the total"; "12, or a third"."""
    text, at = part.line.text, part.part.number.end
    for share in (*part.line.percents(), *_fractions(part.line)):
        between = text[at : share.begin]
        if share.begin < at or any(at <= c.number.start < share.begin for c in part.line.counts):
            continue
        if not (_IN_BRACKETS.fullmatch(between) or _SAME_AS.fullmatch(between)):
            continue
        if _OWN_BASE.match(text[share.end :]) and not _OF_ALL_OF_THEM.match(text[share.end :]):
            continue
        yield from _weigh(page, part.line, share, part=part)
        return


def _of_pairs(page: Page) -> Iterator[Part]:
    """ "25 of the 60 facilities", "25 out of 60"."""
    for line in page.lines:
        for left, right in zip(line.counts, line.counts[1:], strict=False):
            if _OF_THE.fullmatch(line.text[left.number.end : right.number.begin]):
                yield Part(line, right, line, _ending(left, right))


def _of_named(page: Page) -> Iterator[Part]:
    """ "7,440 of the new arrivals", "19 of them", of the one count of people in the sentence before."""
    for before, line in pairwise(page.lines):
        people = [c for c in before.counts if c.human]
        if (
            len(people) == 1
            and len(line.counts) == 1
            and _OF_NAMED.match(line.text, line.counts[0].number.end)
        ):
            yield Part(before, people[0], line, line.counts[0])


def _share_first(page: Page) -> Iterator[Finding]:
    """ "38% (19) of the 62 wells"."""
    for line in page.lines:
        for share in line.percents():
            later = [c for c in line.counts if c.number.start > share.end][:2]
            if len(later) == 2 and re.fullmatch(r"\s*\(\s*", line.text[share.end : later[0].number.begin]):
                between = line.text[later[0].number.end : later[1].number.begin]
                if re.fullmatch(r"\s*\)\s*(?:out\s+)?of\s+(?:the\s+|all\s+)*", between):
                    yield from _weigh(page, line, share, part=Part(line, later[1], line, later[0]))


def _ending(part: Count, whole: Count) -> Count:
    """The part as it stands after its whole: "25 of the 60 facilities (52%)"."""
    number = replace(part.number, end=whole.number.end)
    return replace(part, number=number)


def _fractions(line: Line) -> Iterator[Number]:
    """ "a third", "more than half", as shares."""
    for match in _FRACTION.finditer(line.text):
        value = _PARTS[match["part"].lower().rstrip("s")] * (_TIMES[(match["times"] or "a").lower()])
        how = (match["how"] or "").lower()
        low, high = value - _LOOSE, value + _LOOSE
        if how in {"more than", "over", "at least"}:
            low, high = value, 100.0
        elif how in {"less than", "under", "fewer than"}:
            low, high = 0.0, value
        yield Number(match.start("times"), match.end(), low, high, value, exact=False, places=0, role="percent",
                     begin=match.start())  # fmt: skip


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


def _weigh(page: Page, line: Line, share: Number, *, part: Part) -> Iterator[Finding]:
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
