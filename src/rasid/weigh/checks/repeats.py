"""The same total given twice on one page, with two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rasid.weigh.checks.findings import HARD, Finding, spot
from rasid.weigh.checks.numbers import in_words
from rasid.weigh.checks.page import Count, Line, Page, state_of

_CUE = re.compile(r"\b(?:a total of|in all|in total|the total(?: number)?|altogether|total of)\b", re.I)
_RUNNING = re.compile(
    r"\b(?:bring|brought|rais|took|taking|so far|since|by then|until|later|updated|rose|risen)\w*", re.I
)
_SAYS = re.compile(
    r"\b(?:said|says|according|claimed|claims|reported|reports|told|put the|estimat\w+|denied)\b", re.I
)
_WORD = re.compile(r"[A-Za-z][\w'’-]+|\b(?:19|20)\d\d\b")
_PLAIN = frozenset(
    "a an the of in all total were was are is been be have has had who that which number altogether people "
    "persons".split()
)


def check_repeats(page: Page) -> Iterator[Finding]:
    """Totals that say the same words of another number. Two voices are a dispute and none of this check's business."""
    held: dict[tuple[str, ...], tuple[Line, Count]] = {}
    for line in page.lines:
        if line.kind not in {"sentence", "heading"} or not _CUE.search(line.text) or len(line.counts) != 1:
            continue
        if _RUNNING.search(line.text) or _SAYS.search(line.text) or not line.counts[0].exact:
            continue
        count = line.counts[0]
        key = _signature(line, count)
        first = held.setdefault(key, (line, count))
        one, other = first[1].number.value, count.number.value
        if one != other:
            yield Finding(
                "two totals",
                HARD,
                f"The same total is given twice, as {in_words(one)} and as {in_words(other)}.",
                f"{in_words(other)} - {in_words(one)} = {in_words(other - one)}.",
                (spot(page.document, *first), spot(page.document, line, count)),
            )


def _signature(line: Line, count: Count) -> tuple[str, ...]:
    """All that the line says beside its number and the words that any total has."""
    text = line.text[: count.number.start] + " " + line.text[count.number.end :]
    words = {w.lower() for w in _WORD.findall(text)} - _PLAIN
    states = {state_of(w) or w for w in words}
    return (count.kind, *sorted(states))
