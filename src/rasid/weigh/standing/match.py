"""Do two passages share text? How many ordinary words, in which order, and from where to where.

Two who tell the same thing share names, numbers and a few set phrases. Whoever copies or rewrites shares the ordinary
words between them; so these alone are weighed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

import numpy as np

from rasid.model.standing import ReuseKind
from rasid.weigh.standing.words import Words

# Read on tests/quality/reuse: the first set was right at first sight, the second (two desks in one dry style) was not;
# docs/concepts/standing.md gives the figures.
FEWEST = 5  # ordinary words in common that two passages need to stand alone: set phrases have 3 or 4
FEWEST_TURNED = 6  # the same where no run is left
RUN = 4  # words in a row that count as a run
LONG_RUN = 5  # ordinary words in one run: copied whatever stands around it
SHORT_RUN = 3  # ordinary words in one run: two who tell the same thing seldom have one
COPIED = 0.75  # of the shared ordinary words stand in runs: copied, not rewritten
KEPT = 0.6  # of the ordinary words of the shorter passage, from which it is rewritten, if a run is shared
KEPT_TURNED = 0.75  # the same where no run is left
CLOSE = 0.6  # of the ordinary words between the first and the last shared one are shared: else they meet by chance
COMPANY_FEWEST = (
    4  # ordinary words of a match that is too weak alone, and counts where the documents share more
)
_SHOUTED = 2  # times as many words in two texts in capitals, where names look like other words
_ABSENT_NAMES = 0.5  # from this share of other names and numbers on only the form is the same


Spans: TypeAlias = tuple[tuple[int, int], tuple[int, int]]  # (first, last) word in left, in right


@dataclass(frozen=True, slots=True)
class Match:
    """What two passages share.

    left, right: rows of the passages
    kind:        copied, rewritten or same form
    shared:      ordinary words in common
    share:       of the ordinary words of the shorter stretch
    alone:       strong enough without other matches between the two documents
    spans:       (first, last) word of the stretch in left, in right; rows of `Words`, inclusive
    keys:        of the shared words, where it is too weak alone
    """

    left: int
    right: int
    kind: ReuseKind
    shared: int
    share: float
    alone: bool
    spans: Spans
    keys: frozenset[int] = frozenset()


def match_passages(words: Words, left: int, right: int) -> Match | None:
    """The match of two passages, or None where they share too little even in company."""
    one, other = words.of(left), words.of(right)
    keys = [_keys(words, part) for part in (one, other)]
    shared = len(keys[0] & keys[1])
    if shared < COMPANY_FEWEST:
        return None
    share = shared / min(map(len, keys))
    spans = (_span(words, one, keys[1]), _span(words, other, keys[0]))
    close = 2 * shared / sum(len(_keys(words, slice(first, last + 1))) for first, last in spans)
    if shared < LONG_RUN and (share < KEPT or close < CLOSE):
        return None
    runs = _runs(words, one, other)
    in_runs = [int(np.count_nonzero(words.keys[a : a + size])) for a, _, size in runs]
    longest = max(in_runs, default=0)
    times = _SHOUTED if words.shouted[left] and words.shouted[right] else 1
    long, kept = longest >= times * LONG_RUN, share >= KEPT and close >= CLOSE
    if not long and not kept:
        return None
    parts = (one, other) if kept else tuple(slice(first, last + 1) for first, last in _ends(runs))
    kind = _kind(words, parts, copied=sum(in_runs) >= COPIED * shared or not kept)
    if not kept:  # a quotation inside two other texts: the runs alone are shared
        return Match(left, right, kind, sum(in_runs), 1.0, True, _widened(words, one, other, _ends(runs)))
    turned = share >= KEPT_TURNED and close >= KEPT_TURNED and shared >= times * FEWEST_TURNED
    alone = turned or (longest >= SHORT_RUN and shared >= times * FEWEST)
    if not alone and times > 1:
        return None
    spans = _widened(words, one, other, spans)
    return Match(left, right, kind, shared, round(share, 4), alone, spans, frozenset(keys[0] & keys[1]))


def _keys(words: Words, part: slice) -> set[int]:
    return set(words.keys[part].tolist()) - {0}


def _runs(words: Words, one: slice, other: slice) -> list[tuple[int, int, int]]:
    """(first word in one, first word in other, how many) of the runs of `RUN` words and more, longest first found."""
    matcher = SequenceMatcher(None, words.ids[one].tolist(), words.ids[other].tolist(), autojunk=False)
    return [
        (one.start + block.a, other.start + block.b, block.size)
        for block in matcher.get_matching_blocks()
        if block.size >= RUN
    ]


def _kind(words: Words, parts: Iterable[slice], *, copied: bool) -> ReuseKind:
    named = [set(words.ids[part][words.names[part]].tolist()) for part in parts]
    fewer, more = sorted(named, key=len)
    if len(fewer) >= 2 and len(fewer - more) > _ABSENT_NAMES * len(fewer):
        return ReuseKind.SAME_FORM
    return ReuseKind.COPIED if copied else ReuseKind.REWRITTEN


def _span(words: Words, part: slice, keys: set[int]) -> tuple[int, int]:
    """From the first to the last word of `part` that the other passage has too."""
    held = [part.start + n for n, key in enumerate(words.keys[part].tolist()) if key and key in keys]
    return held[0], held[-1]


def _ends(runs: list[tuple[int, int, int]]) -> Spans:
    left = (min(a for a, _, _ in runs), max(a + size for a, _, size in runs) - 1)
    right = (min(b for _, b, _ in runs), max(b + size for _, b, size in runs) - 1)
    return left, right


def _widened(words: Words, one: slice, other: slice, spans: Spans) -> Spans:
    """With the small words before and behind that both have too: "the army of", not "army of"."""
    (left, left_last), (right, right_last) = spans
    while left > one.start and right > other.start and words.ids[left - 1] == words.ids[right - 1]:
        left, right = left - 1, right - 1
    while (
        left_last + 1 < one.stop
        and right_last + 1 < other.stop
        and words.ids[left_last + 1] == words.ids[right_last + 1]
    ):
        left_last, right_last = left_last + 1, right_last + 1
    return (left, left_last), (right, right_last)
