"""What a check finds: two or more places of a document whose numbers do not go together, and the sum that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

from rasid.weigh.checks.numbers import in_words
from rasid.weigh.checks.page import Count, Line

HARD = "hard"
SOFT = "check base or rounding"


@dataclass(frozen=True, slots=True)
class Spot:
    """Words of a document: a passage, and the number in it that matters, both in the kept text."""

    document: str
    line: Line
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of tables.CHECKS before its quotes are cut."""

    kind: str
    severity: str
    sentence: str
    sum: str
    spots: tuple[Spot, ...]


def spot(document: str, line: Line, count: Count | None = None) -> Spot:
    """The number of this line; the whole line if none."""
    return Spot(document, line, count.start if count else line.start, count.end if count else line.end)


def added(counts: Iterable[Count]) -> tuple[float, float]:
    """The least and the most that these could sum to."""
    held = list(counts)
    return sum(c.low for c in held), sum(c.high for c in held)


def meets(left: tuple[float, float], right: tuple[float, float]) -> bool:
    """Whether two intervals have a number in common."""
    return left[0] <= right[1] + 1e-9 and right[0] <= left[1] + 1e-9


def sum_in_words(parts: Sequence[Count], total: Count) -> str:
    """ "12 + 7 + 4 = 23, not 20: 3 more."; with a bound word "12 + at least 9 = at least 21, not 20."."""
    left = " + ".join(written(c.low, c.high) for c in parts)
    low, high = added(parts)
    told = f"{left} = {written(low, high)}, not {written(total.low, total.high)}"
    if low != high or total.low != total.high:
        return f"{told}."
    gap = low - total.low
    return f"{told}: {in_words(abs(gap))} {'more' if gap > 0 else 'fewer'}."


def written(low: float, high: float) -> str:
    """ "550 to 660", "at least 40", "23"."""
    if high == inf:
        return f"at least {in_words(low)}"
    return in_words(low) if low == high else f"{in_words(round(low, 1))} to {in_words(round(high, 1))}"
