"""Comparisons with another month, and a headline whose month is not that of its body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import inf

from rasid.weigh.checks.findings import HARD, SOFT, Finding, Spot, meets, spot, written
from rasid.weigh.checks.numbers import MONTH, MONTH_NAMES, MONTHS, Number, in_words, months
from rasid.weigh.checks.page import Count, Line, Page

_DIFFERENCE = re.compile(
    r"\s*(?:(?!ha[sd]\b|have\b|and\b|or\b|of\b|are\b|w\w+\b)[a-z]+\s+)?(?P<how>more|fewer|less|higher|lower)\s+"
    r"(?:[a-z]+\s+){0,3}?than\b(?!\s+[\d$])",
    re.I,
)
_GAP_LAST = re.compile(r"\s+(?P<how>more|fewer|less)\s*(?:[.,;)]|\Z)", re.I)
_CLAUSE_ENDS = re.compile(r"\s*(?:[.;)]|\Z)")
_IN_TIME = re.compile(rf"\s*(?:In|During)\s+(?:{MONTH}\b|(?:19|20)\d\d\b)(?:\s+(?:19|20)\d\d\b)?")
_POINTS = re.compile(r"\s*(?:percentage\s+)?(?:points?|degrees|times)\b", re.I)
_GAP = re.compile(r"\s+(?:more|fewer|less)\b", re.I)
_CHANGE = re.compile(
    r"\b(?P<how>increase|rise|growth|decrease|drop|fall|decline|reduction|up|down|rose|fell|increased|decreased)"
    r"\s+(?:of|by)?\s*\Z",
    re.I,
)
_AGAINST = re.compile(
    r"\s*(?:compared\s+(?:with|to)|from|over|on|than|against)\b(?:(?!\band\b|\bby\b)[^.;\d]){0,30}\Z", re.I
)
_ROSE_BY = re.compile(
    r"\ban?\s+(?P<how>increase|rise|growth|decrease|drop|fall|decline|reduction)\s+of\s+\Z", re.I
)
_OVER = re.compile(
    r"\s*(?:[a-z]+\s+)?(?:compared\s+(?:with|to)|from|over|on|than|against)\b[^.;\d]{0,60}\Z", re.I
)  # "an increase of 22 over September, when 39 were killed"
_HELD_AGAINST = re.compile(
    r"\b(?:compared\s+(?:with|to)|against|up\s+from|down\s+from)\b[^.;\d]{0,30}\Z", re.I
)
_FROM_TO = re.compile(
    r"\b(?P<how>rose|risen|increased|grew|climbed|jumped|rising|up|fell|fallen|dropped|decreased|declined|falling|down)"
    r"\s+(?:[a-z]+\s+){0,2}?from\s+\Z",
    re.I,
)
UP = frozenset("increase rise growth up rose increased risen grew climbed jumped rising more higher".split())
_MONTH_BEFORE = re.compile(
    r"\b(?:the\s+(?:month\s+before|previous\s+month|preceding\s+month)|last\s+month)\b", re.I
)
_TOLL = re.compile(
    r"\b(?:toll|victims?|deaths?|casualt\w+|report|violations?|arrests?|statistics|killed|figures|monthly|detentions?"
    r"|losses|count|dead)\b",
    re.I,
)
_OTHER_TIME = re.compile(
    r"\b(?:since|than|before|until|till|compared|after|last|begun|started|began|previous|ago|earlier)\b", re.I
)
_SAME_TIME = re.compile(r"\b(?:this|the|last|past|that|reporting|previous) (?:month|period)\b", re.I)
_PERCENT_OFF = 1.0  # points of rounding in "an increase of 50%"
_NAME = re.compile(r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)+")


# --- inside a document ----------------------------------------------------------------------------------------


def check_comparisons(page: Page) -> Iterator[Finding]:
    """Comparisons whose two sides stand on the page."""
    for number, line in enumerate(page.lines):
        for each in line.numbers:
            before = page.lines[number - 1] if number else None
            if each.role == "count" and (match := _DIFFERENCE.match(line.text, each.end)):
                yield from _difference(page, line, each, how=match["how"], before=before)
            elif each.role == "count" and (how := _own_gap(line, each)):
                yield from _rise_of(page, line, each, how=how, before=before)
            elif each.role == "percent" and (match := _CHANGE.search(line.text[: each.begin])):
                yield from _change(page, line, each, how=match["how"], before=before)
        yield from _from_to(page, line)


def _difference(page: Page, line: Line, gap: Number, *, how: str, before: Line | None) -> Iterator[Finding]:
    now = _count_before(line, gap, before)
    then = next((c for c in line.counts if c.number.start > gap.start), None)
    if now is None or then is None or not alike(now[1], then) or then.number is gap:
        return
    between = line.text[gap.end : then.number.begin]
    if re.search(r";|\. |\bthan\s*\Z", between) or _POINTS.match(line.text, gap.end):
        return  # "one of fewer than ten"
    if _GAP.match(line.text, then.number.end):
        return  # "1 million more than X and 2 million more than Y"
    finding = weigh_difference(gap, now[1], then, how=how)
    if finding:
        yield Finding(
            "comparison", HARD, *finding, (spot(page.document, *now), spot(page.document, line, then))
        )


def _own_gap(line: Line, gap: Number) -> str:
    """How a number is said to be the change itself: "a rise of 112", "250 more."; "" if it is not."""
    if match := _ROSE_BY.search(line.text[: gap.begin]):
        return str(match["how"])
    match = _GAP_LAST.match(line.text, gap.end)
    return str(match["how"]) if match else ""


def _rise_of(page: Page, line: Line, gap: Number, *, how: str, before: Line | None) -> Iterator[Finding]:
    """ "612 in October, compared with 540 in September, a rise of 112"."""
    earlier = [c for c in line.counts if c.number.end <= gap.begin]
    later = [c for c in line.counts if c.number.start > gap.end]
    held = _in_turn(before, line, earlier)
    if len(earlier) == 1 and later and _OVER.match(line.text[gap.end : later[0].number.begin]):
        now, then, then_line = earlier[0], later[0], line
    elif len(earlier) == 2 and _HELD_AGAINST.search(line.text[: earlier[1].number.begin]):
        now, then, then_line = earlier[0], earlier[1], line
    elif held and not later:
        now, then, then_line = held
    else:
        return
    if not alike(now, then):
        return
    more = "more" if how.lower() in UP else "fewer"
    if finding := weigh_difference(gap, now, then, how=more):
        yield Finding(
            "comparison",
            HARD,
            *finding,
            (spot(page.document, line, now), spot(page.document, then_line, then)),
        )


def _in_turn(before: Line | None, line: Line, earlier: Sequence[Count]) -> tuple[Count, Count, Line] | None:
    """The number now, the one then and its line: "In 2018 there were 410. In 2019 there were 533, a rise of ..."."""
    if before is None or len(before.counts) != 1 or len(earlier) != 1:
        return None
    here, there = _IN_TIME.match(line.text), _IN_TIME.match(before.text)
    now, then = earlier[0], before.counts[0]
    if not here or not there or here[0] == there[0] or not now.noun or now.noun != then.noun:
        return None
    return now, then, before


def weigh_difference(gap: Number, now: Count, then: Count, *, how: str) -> tuple[str, str] | None:
    """The sentence and the sum, if no reading gives this difference."""
    more = how.lower() in UP
    low, high = (
        (now.low - then.high, now.high - then.low) if more else (then.low - now.high, then.high - now.low)
    )
    if meets((low, high), (gap.low, gap.high)):
        return None
    one, other = now.number.value, then.number.value
    found, told = in_words(one - other), written(gap.low, gap.high)
    return (
        f"The difference is {in_words(abs(one - other))}, not {told} {how}.",
        f"{in_words(one)} - {in_words(other)} = {found}, not {told} {how}.",
    )


def _count_before(line: Line, gap: Number, before: Line | None) -> tuple[Line, Count] | None:
    """The count that is compared: the only or first one before it here, else the only one of the line before."""
    here = [c for c in line.counts if c.number.end <= gap.begin]
    if here:
        return line, here[0]
    if before and len(before.counts) == 1:
        return before, before.counts[0]
    return None


def alike(one: Count, other: Count) -> bool:
    """Whether both count the same thing, as far as the text says."""
    if one.state and other.state and one.state != other.state:
        return False
    if not other.noun or not one.noun or one.noun == other.noun:
        return True
    return one.kind == other.kind != ""


def _change(page: Page, line: Line, share: Number, *, how: str, before: Line | None) -> Iterator[Finding]:
    """ "240, an increase of 50% compared with 200"."""
    now = [c for c in line.counts if c.number.end <= share.begin]
    later = [c for c in line.counts if c.number.start > share.end]
    then_line, held = line, _in_turn(before, line, now)
    if held and not later and _CLAUSE_ENDS.match(line.text, share.end):
        _, then, then_line = held
    elif later and _AGAINST.match(line.text[share.end : later[0].number.begin]):
        then = later[0]
    else:
        return
    if len(later) > 1 and re.search(r"\bto\s+\Z", line.text[: later[1].number.begin]):
        count = later[1]  # "fell by 40% from 500 to 400"
    elif now:
        count = now[-1]
    else:
        return
    if not alike(count, then) or then.low <= 0 or inf in (count.high, then.high):
        return
    sign = 1 if how.lower() in UP else -1
    ends = [sign * 100 * (a / b - 1) for a in (count.low, count.high) for b in (then.low, then.high)]
    off = max(min(ends) - share.high, share.low - max(ends))
    if off <= 0.5 + 1e-6:
        return
    right = 100 * (count.number.value / then.number.value - 1)
    old, new = in_words(then.number.value), in_words(count.number.value)
    yield Finding(
        "comparison",
        HARD if off > _PERCENT_OFF else SOFT,
        f"From {old} to {new} is {right:+.1f}%, not the {share.value:g}% that is said.",
        f"{new} / {old} - 1 = {right:+.1f}%.",
        (spot(page.document, line, count), spot(page.document, then_line, then)),
    )


def _from_to(page: Page, line: Line) -> Iterator[Finding]:
    """ "rose from 31 to 24"; "24 deaths, up from 31"."""
    for n, then in enumerate(line.counts):
        match = _FROM_TO.search(line.text[: then.number.begin])
        if match is None:
            continue
        to = next(
            (c for c in line.counts[n + 1 :] if re.search(r"\bto\s+\Z", line.text[: c.number.begin])), None
        )
        now = to or (line.counts[n - 1] if n and match["how"].lower() in {"up", "down"} else None)
        if now is None or not alike(now, then):
            continue
        up = match["how"].lower() in UP
        old, new = in_words(then.number.value), in_words(now.number.value)
        if (up and now.high < then.low) or (not up and now.low > then.high):
            yield Finding(
                "comparison",
                HARD,
                f"It says “{match['how']}”, but the number went from {old} to {new}.",
                f"{new} - {old} = {in_words(now.number.value - then.number.value)}.",
                (spot(page.document, line, then), spot(page.document, line, now)),
            )


# --- against another document of the case ---------------------------------------------------------------------


def check_month_before(page: Page, others: Sequence[Page]) -> Iterator[Finding]:
    """ "almost 550 more than in April" against the page of April of the same house.

    Never hard: the number may have been brought up to date since.
    """
    if not page.month or not page.year:
        return
    for number, line in enumerate(page.lines):
        for gap in line.numbers:
            match = _DIFFERENCE.match(line.text, gap.end) if gap.role == "count" else None
            if match is None or any(c.number.start > gap.start for c in line.counts):
                continue
            now = _count_before(line, gap, page.lines[number - 1] if number else None)
            asked = _asked_month(page, line.text[match.end() :])
            if now is None or asked is None:
                continue
            for other in others:
                if (other.month, other.year) != asked or not is_one_house(page, other):
                    continue
                held = total_of(other, now[1])
                if held and (found := weigh_difference(gap, now[1], held[1], how=match["how"])):
                    spots: tuple[Spot, ...] = (spot(page.document, *now), spot(other.document, *held))
                    yield Finding("comparison", SOFT, *found, spots)


def _asked_month(page: Page, text: str) -> tuple[int, int] | None:
    earlier = (page.month - 1 or 12, page.year - (page.month == 1))
    if _MONTH_BEFORE.search(text):
        return earlier
    named = next(iter(months(text)), None)
    if named is None:
        return None
    month = MONTHS[named["month"]]
    year = int(named["year"] or 0) or (page.year if month < page.month else page.year - 1)
    return month, year


def is_one_house(page: Page, other: Page) -> bool:
    """Published by the same, or both name the same body of several words."""
    if page.document == other.document:
        return False
    if page.source or other.source:
        return page.source == other.source
    names = [set(_NAME.findall(" \n".join(line.text for line in each.lines))) for each in (page, other)]
    return bool({_bare(n) for n in names[0]} & {_bare(n) for n in names[1]})


def _bare(name: str) -> str:
    return re.sub(r"\A(?:The|A|Our)\s+", "", name)


def total_of(page: Page, like: Count) -> tuple[Line, Count] | None:
    """The first main count of the page, if it counts the same."""
    for line in page.body:
        if line.counts:
            first = line.counts[0]
            same = first.noun == like.noun and first.state == like.state
            return (line, first) if same and list(months(line.text)) else None
    return None


# --- heading against body -------------------------------------------------------------------------------------


def check_heading(page: Page) -> Iterator[Finding]:
    """A page headed March whose body speaks of January only."""
    if page.head is None or not page.month:
        return
    said = re.search(
        rf"\b(?:in|for|of|during)\s+(?:the month of\s+)?{MONTH_NAMES[page.month][:3]}", page.head.text, re.I
    )
    if not (said or _TOLL.search(page.head.text)):
        return
    text = "\n".join(line.text for line in page.body)
    named = [(MONTHS[m["month"]], int(m["year"] or 0)) for m in months(text)]
    if (
        re.search(MONTH_NAMES[page.month][:3] + r"[a-z]*", text)
        or len({m for m, _ in named}) != 1
        or _SAME_TIME.search(text)
    ):
        return
    if any(line.kind in {"heading", "row"} for line in page.body if list(months(line.text))):
        return
    month = named[0][0]
    line = next(line for line in page.body if list(months(line.text)))
    if page.body.index(line) > 1 or (not line.counts and not any(each.counts for each in page.body[:2])):
        return
    first = next(iter(months(line.text)))
    lead = line.text[: first.start()]
    if not re.search(
        r"\b(?:in|during|for|of|throughout)\s+(?:the month of\s+)?\Z", lead, re.I
    ) or _OTHER_TIME.search(lead[-40:]):
        return
    one, other = MONTH_NAMES[page.month], MONTH_NAMES[month]
    yield Finding(
        "heading",
        SOFT if month == (page.month - 1 or 12) and not said else HARD,
        f"The page is headed {one}, but its text speaks of {other} only.",
        f"{one} is not {other}.",
        (spot(page.document, page.head), spot(page.document, line)),
    )
