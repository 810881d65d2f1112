"""Look at the lists before any model: who is on how many, which lists share persons, what looks wrong.

In:  a capture table, or persons with a stratum and a pattern.
Out: counts per list and pair, and findings in plain words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from rasid.estimate.capture import CaptureTable, Pattern, tabulate
from rasid.estimate.results import Refusal, Why

FEW_SHARED = 10  # persons that two lists share; with fewer the pair says little
MOSTLY_INSIDE = 0.95  # of a list on another: rather a copy than a second look
FEWEST_INSIDE = 5  # persons; that two of two are on another list says nothing
MANY_TIMES = 10.0  # cross ratio of two lists among persons on a third, or one over it


class What(StrEnum):
    """What was found."""

    EMPTY_LIST = "empty list"
    APART = "shares nobody"
    INSIDE = "contained in another"
    FEW_SHARED = "few shared"
    TOGETHER = "often together"
    AVOIDING = "seldom together"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a reader should know before believing an estimate."""

    what: What
    lists: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """Documented counts only.

    per_list: list -> its persons
    shared:   two lists -> persons on both (and perhaps on others)
    by_size:  number of lists -> persons on exactly so many
    """

    documented: float
    per_list: Mapping[str, float]
    shared: Mapping[tuple[str, str], float]
    by_size: Mapping[int, float]
    findings: tuple[Finding, ...]


def measure_overlap(table: CaptureTable) -> Overlap:
    """Counts per list and pair, with findings."""
    per_list = {name: _on(table, (place,)) for place, name in enumerate(table.lists)}
    places = range(len(table.lists))
    shared = {(table.lists[i], table.lists[j]): _on(table, (i, j)) for i, j in combinations(places, 2)}
    by_size: dict[int, float] = {}
    for pattern, count in table.counts.items():
        by_size[sum(pattern)] = by_size.get(sum(pattern), 0.0) + count
    findings = (*_single(table, per_list, shared), *_pairs(table, per_list, shared))
    return Overlap(table.documented, per_list, shared, dict(sorted(by_size.items())), findings)


def by_stratum(persons: Iterable[tuple[str, Pattern]], *, lists: tuple[str, ...]) -> dict[str, CaptureTable]:
    """One table per stratum (place, period, sex, age, status, as the caller names them), in the order of the names."""
    held: dict[str, list[Pattern]] = {}
    for stratum, pattern in persons:
        held.setdefault(stratum, []).append(pattern)
    return {stratum: tabulate(held[stratum], lists=lists) for stratum in sorted(held)}


def refuse_before_models(table: CaptureTable) -> Refusal | None:
    """What makes every model pointless: one list, nobody shared, groups of lists without a bridge."""
    if len(table.lists) < 2:
        return Refusal(
            Why.TOO_FEW_LISTS,
            "With one list there is no overlap, and nothing tells how many it misses.",
            "Add at least two more lists made by other people in another way.",
        )
    groups = _groups(table)
    if len(groups) == 1:
        return None
    if all(len(group) == 1 for group in groups):
        return Refusal(
            Why.NO_OVERLAP,
            "No two of the lists share a person. Either they cover different events, or the links were missed.",
            "Check the linkage first; then add a list that covers the same place and time.",
        )
    alone = min(groups, key=len)
    return Refusal(
        Why.NO_OVERLAP,
        f"{_and(alone)} share{'s' if len(alone) == 1 else ''} nobody with the other lists, so the table does not say "
        "how the two parts overlap.",
        f"Check the linkage of {_and(alone)}; estimate without, or in strata that all lists cover.",
    )


def _on(table: CaptureTable, places: tuple[int, ...]) -> float:
    return float(sum(c for pattern, c in table.counts.items() if all(pattern[p] for p in places)))


def _groups(table: CaptureTable) -> list[tuple[str, ...]]:
    """Lists joined by shared persons."""
    left = set(range(len(table.lists)))
    groups = []
    while left:
        group, todo = set(), {min(left)}
        while todo:
            group |= todo
            todo = {j for i in todo for j in left - group if _on(table, (i, j)) > 0}
        left -= group
        groups.append(tuple(table.lists[i] for i in sorted(group)))
    return groups


def _single(
    table: CaptureTable, per_list: Mapping[str, float], shared: Mapping[tuple[str, str], float]
) -> list[Finding]:
    findings = []
    for name, size in per_list.items():
        if size == 0:
            findings.append(Finding(What.EMPTY_LIST, (name,), f"{name} has no persons here."))
        elif len(per_list) > 1 and not any(n for pair, n in shared.items() if name in pair):
            findings.append(Finding(What.APART, (name,), f"{name} shares nobody with any other list."))
    return findings


def _pairs(
    table: CaptureTable, per_list: Mapping[str, float], shared: Mapping[tuple[str, str], float]
) -> list[Finding]:
    findings = []
    for (a, b), both in shared.items():
        small, large = sorted((a, b), key=lambda n: per_list[n])
        inside = both >= max(FEWEST_INSIDE, MOSTLY_INSIDE * per_list[small])
        if inside:
            sentence = (
                f"{both:,.0f} of the {per_list[small]:,.0f} persons of {small} are on {large}: "
                "it looks copied. Leave one of the two out of an estimate."
            )
            findings.append(Finding(What.INSIDE, (small, large), sentence))
        elif 0 < both < FEW_SHARED:
            sentence = f"{a} and {b} share only {both:,.0f} persons; a few wrong links would change much."
            findings.append(Finding(What.FEW_SHARED, (a, b), sentence))
        ratio = _cross_ratio(table, a, b)
        if ratio is not None and ratio >= MANY_TIMES and not inside:
            sentence = f"Among persons of other lists, being on {a} makes {b} far likelier: one may draw on the other."
            findings.append(Finding(What.TOGETHER, (a, b), sentence))
        elif ratio is not None and ratio <= 1.0 / MANY_TIMES:
            sentence = f"Among persons of other lists, those on {a} are seldom on {b}: they may cover different people."
            findings.append(Finding(What.AVOIDING, (a, b), sentence))
    return findings


def _cross_ratio(table: CaptureTable, a: str, b: str) -> float | None:
    """Odds of b for those on a over odds for the others, among persons of other lists; None where too few."""
    i, j = table.lists.index(a), table.lists.index(b)
    cells = {(x, y): 0.5 for x in (0, 1) for y in (0, 1)}
    for pattern, count in table.counts.items():
        if any(mark for place, mark in enumerate(pattern) if place not in (i, j)):
            cells[pattern[i], pattern[j]] += count
    if sum(cells.values()) < 2.0 + FEW_SHARED:
        return None
    return cells[1, 1] * cells[0, 0] / (cells[1, 0] * cells[0, 1])


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
