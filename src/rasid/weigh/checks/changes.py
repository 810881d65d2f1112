"""Changes told with both ends: "rose by 22 from 39 to 57", "doubled from 40 to 90", "from 24 to 35 with seven more"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf

from rasid.weigh.checks.findings import HARD, Finding, spot
from rasid.weigh.checks.months import UP, alike, weigh_difference
from rasid.weigh.checks.numbers import in_words
from rasid.weigh.checks.page import Count, Line, Page

_MOVED = re.compile(
    r"\b(?P<how>rose|risen|increased?|grew|climbed|jumped|up|fell|fallen|dropped|decreased?|declined|down|shrank)\b",
    re.I,
)
_UPWARD = UP | {"increase"}
_BY, _FROM, _TO = (re.compile(rf"\b{word}\s+\Z", re.I) for word in ("by", "from", "to"))
_BRINGS = re.compile(r"\b(?:bring|brought|rais|tak|took|push)\w*\b[^.;\d]{0,60}\bfrom\s+\Z", re.I)
_MORE = re.compile(r"\b(?:another|a further|additional)\s+\Z", re.I)
_MORE_AFTER = re.compile(r"\s+(?:[a-z]+\s+)?(?:more|others|further|additional)\b", re.I)
_TIMES = re.compile(
    r"\b(?:(?P<how>more than|over|nearly|almost|about|roughly)\s+)?"
    r"(?P<word>doubled|tripled|trebled|quadrupled|halved)\b",
    re.I,
)
_FACTOR = {"doubled": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0, "halved": 0.5}
_LOOSE = 0.15  # "doubled" for 1.7 to 2.3 times; further off no one rounds


def check_changes(page: Page) -> Iterator[Finding]:
    """Findings on changes whose size and both ends stand in one sentence."""
    for line in page.lines:
        if len(line.counts) >= 2:
            yield from _moved_by(page, line)
            yield from _brought(page, line)
            yield from _times(page, line)


def _ends(line: Line, begin: int) -> dict[str, Count]:
    """The counts after `begin` that follow "by", "from" and "to", up to the end of the clause."""
    held: dict[str, Count] = {}
    for count in line.counts:
        if count.number.begin < begin:
            continue
        lead = line.text[begin : count.number.begin]
        if re.search(r";|\.\s", lead):
            break
        for name, pattern in (("by", _BY), ("from", _FROM), ("to", _TO)):
            if pattern.search(lead):
                held.setdefault(name, count)
    return held


def _moved_by(page: Page, line: Line) -> Iterator[Finding]:
    for match in _MOVED.finditer(line.text):
        ends = _ends(line, match.end())
        if set(ends) != {"by", "from", "to"} or not alike(ends["to"], ends["from"]):
            continue
        how = "more" if match["how"].lower() in _UPWARD else "fewer"
        if found := weigh_difference(ends["by"].number, ends["to"], ends["from"], how=how):
            spots = (spot(page.document, line, ends["from"]), spot(page.document, line, ends["to"]))
            yield Finding("comparison", HARD, *found, spots)
        return


def _brought(page: Page, line: Line) -> Iterator[Finding]:
    """ "Seven more died, bringing the toll from 24 to 35"."""
    for n, old in enumerate(line.counts[:-1]):
        new, lead = line.counts[n + 1], line.text[: old.number.begin]
        between = line.text[old.number.end : new.number.begin]
        added = [c for c in line.counts[:n] if _is_more(line, c)]
        if len(added) != 1 or n != 1 or not _BRINGS.search(lead) or not re.fullmatch(r"\s+to\s+", between):
            continue
        if found := weigh_difference(added[0].number, new, old, how="more"):
            spots = (spot(page.document, line, old), spot(page.document, line, added[0]))
            yield Finding("comparison", HARD, *found, spots)


def _is_more(line: Line, count: Count) -> bool:
    return bool(
        _MORE.search(line.text[: count.number.begin]) or _MORE_AFTER.match(line.text, count.number.end)
    )


def _times(page: Page, line: Line) -> Iterator[Finding]:
    for match in _TIMES.finditer(line.text):
        ends = _ends(line, match.end())
        old, new = ends.get("from"), ends.get("to")
        if old is None or new is None or old.low <= 0 or inf in (old.high, new.high) or not alike(new, old):
            continue
        factor, how = _FACTOR[match["word"].lower()], (match["how"] or "").lower()
        low = factor if how in {"more than", "over"} else factor * (1 - _LOOSE)
        high = inf if how in {"more than", "over"} else factor * (1 + _LOOSE)
        if new.high / old.low < low or new.low / old.high > high:
            right = f"{in_words(new.number.value)} / {in_words(old.number.value)}"
            times = f"{new.number.value / old.number.value:.1f}"
            yield Finding(
                "comparison",
                HARD,
                f"The number became {times} times what it was, which is not “{match[0].strip()}”.",
                f"{right} = {times}.",
                (spot(page.document, line, old), spot(page.document, line, new)),
            )
