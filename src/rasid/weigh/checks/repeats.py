"""The same total given twice on one page, with two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rasid.weigh.checks.findings import HARD, Finding, spot
from rasid.weigh.checks.numbers import MONTH, in_words
from rasid.weigh.checks.page import Count, Line, Page, state_of

TOTAL = re.compile(r"\b(?:a total of|in all|in total|the total(?: number)?|altogether|total of)\b", re.I)
_RUNNING = re.compile(
    r"\b(?:bring|brought|rais|took|taking|so far|since|by then|until|later|updated|rose|risen)\w*", re.I
)
_SAYS = re.compile(
    r"\b(?:said|says|according|claimed|claims|reported|reports|told|put the|estimat\w+|denied)\b", re.I
)
_WORD = re.compile(r"[A-Za-z][\w'’-]+|\b(?:19|20)\d\d\b")
_OVERVIEW = re.compile(
    r"\b(?:conclusions?|summary|introduction|overview|key|highlights|executive|recommendations|findings|in short)\b",
    re.I,
)
_COUNTED = re.compile(
    r"(?:(?!\b(?:that|which|who|shows?|is|was|were|are|has|have|had|while|and)\b)[^,.;:()])+"
)
_TIME = re.compile(
    rf"\b(?:19|20)\d\d\b|\b{MONTH}\b|\b(?:first|second|third|fourth|last)\s+(?:half|quarter|week)\b"
)
_PLACE = re.compile(
    r"\b(?:in|at|near|from|by|of|on|across|inside|around)\s+(?:the\s+)?((?:[A-Z][\w'’-]+\s?)+)"
)
_ENOUGH = 3  # words of what is counted and when: "attacks on medical facilities"
_PLAIN = frozenset(
    "a an the of in all total were was are is been be have has had who that which number altogether people "
    "persons".split()
)


def check_repeats(page: Page) -> Iterator[Finding]:
    """Totals that say the same words of another number. Two voices are a dispute and none of this check's business."""
    held: dict[tuple[str, ...], tuple[Line, Count]] = {}
    section = ""
    for line in page.lines:
        if line.kind == "heading" and line is not page.head:
            section = "" if _OVERVIEW.search(line.text) else line.text
        if line.kind not in {"sentence", "heading"} or not TOTAL.search(line.text) or len(line.counts) != 1:
            continue
        if _RUNNING.search(line.text) or _SAYS.search(line.text) or not line.counts[0].exact:
            continue
        count = line.counts[0]
        for key in _signatures(line, count, section):
            first = held.setdefault(key, (line, count))
            if first[1].number.value != count.number.value:
                yield _two(page, first, (line, count))
                break


def _two(page: Page, first: tuple[Line, Count], second: tuple[Line, Count]) -> Finding:
    one, other = first[1].number.value, second[1].number.value
    return Finding(
        "two totals",
        HARD,
        f"The same total is given twice, as {in_words(one)} and as {in_words(other)}.",
        f"{in_words(other)} - {in_words(one)} = {in_words(other - one)}.",
        (spot(page.document, *first), spot(page.document, *second)),
    )


def _signatures(line: Line, count: Count, section: str) -> Iterator[tuple[str, ...]]:
    """All that the line says beside its number; and, where it names a time, only what is counted, when and where.

    Parts of a page under headings of their own count their own things.
    """
    text = line.text[: count.number.start] + " " + line.text[count.number.end :]
    yield (section, count.kind, *_bare(text))
    counted = _COUNTED.match(line.text, count.number.end)
    times = _TIME.findall(line.text)
    if counted is None or not times or len(_bare(counted[0])) < _ENOUGH:
        return
    places = _PLACE.findall(line.text)
    yield (section, "time", count.kind, *_bare(" ".join((counted[0], *times, *places))))


def _bare(text: str) -> list[str]:
    words = {w.lower() for w in _WORD.findall(text)} - _PLAIN
    return sorted({state_of(w) or w for w in words})
