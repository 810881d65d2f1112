"""A headline whose number is none of those of the text below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from rasid.weigh.checks.findings import HARD, Finding, added, meets, spot
from rasid.weigh.checks.numbers import in_words
from rasid.weigh.checks.page import Count, Line, Page
from rasid.weigh.checks.repeats import TOTAL

_STATES = frozenset({"dead", "wounded"})  # what the first sentence of such a page repeats
_WORD = re.compile(r"[A-Za-z][\w'’-]{3,}")
_COMMON = 2  # words beside the number that headline and sentence share
_PARTS = 4  # numbers of the text that may make up the one of the headline
_FAR = re.compile(r"\b(?:feared|missing|up to|may|could|since|so far|week|month|year|days)\b", re.I)


def check_headline(page: Page) -> Iterator[Finding]:
    """ "38 killed in raid on market" over a text that says 28 and 28 again."""
    head = page.head
    if head is None or len(head.counts) != 1 or _FAR.search(head.text) or TOTAL.search(head.text):
        return
    said = head.counts[0]
    if not said.human or said.state not in _STATES or said.number.value < 2:
        return
    told = [(line, c) for line in page.body for c in line.counts if c.human and c.state == said.state]
    first = next(((line, c) for line, c in told if line in page.body[:2]), None)
    if first is None or len(_words(head) & _words(first[0])) < _COMMON:
        return
    line, count = first
    if count is not line.counts[0] or (count.kind != said.kind and "person" not in (count.kind, said.kind)):
        return
    again = [c for _, c in told if c.number.value == count.number.value]
    sure = next((c for c in again if c.exact), None)
    if sure is None:
        return
    if _can_be(said, [c for each in page.body for c in each.counts if c not in again]):
        return
    if meets((said.low, said.high), (count.number.value, count.number.value)):
        return
    if any(meets(added([sure, *some]), (said.low, said.high)) for some in _some_of(page, count)):
        return
    one, other = in_words(said.number.value), in_words(count.number.value)
    yield Finding(
        "heading",
        HARD,
        f"The headline says {one}, the text {other}, and no other number of the text makes up the difference.",
        f"{one} is not {other}.",
        (spot(page.document, head, said), spot(page.document, line, count)),
    )


def _words(line: Line) -> set[str]:
    return {w.lower() for w in _WORD.findall(line.text)}


def _can_be(said: Count, others: Sequence[Count]) -> bool:
    return any(meets((said.low, said.high), (c.low, c.high)) for c in others)


def _some_of(page: Page, count: Count) -> Iterator[tuple[Count, ...]]:
    """A few of the other numbers of people, that the headline may have added."""
    values = {c.number.value: c for line in page.body for c in line.counts if c.number != count.number}
    held = list(values.values())[:30]
    for size in range(1, _PARTS):
        yield from combinations(held, size)
