"""The capture table: how many persons stand on exactly these lists.

In:  for each person the lists that name them, as 0 and 1.
Out: a count per pattern; the pattern of nobody (all zeros) is never in a table, it is what one estimates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

Pattern = tuple[int, ...]
Pair = tuple[int, int]

_SWEEPS = 200  # of the scaling below; 30 suffice where the wanted numbers agree with each other
_MORE_THAN_ONE = 0.1  # weight of a parting that one bad listing does not explain
_SMOOTH = 0.5  # a pattern not seen yet may still be what a missed link hides


@dataclass(frozen=True, slots=True)
class CaptureTable:
    """Counts per pattern of lists.

    lists:  their names, in the order of the patterns
    counts: pattern of 0 and 1 -> persons; fractions are allowed (a table corrected for linkage has them);
            a pattern that is not there counts zero
    raises: ValueError for a pattern of the wrong length, the pattern of nobody, or a count below zero
    """

    lists: tuple[str, ...]
    counts: Mapping[Pattern, float]

    def __post_init__(self) -> None:
        """Check, and keep an ordered copy without zeros, so that equal tables are equal."""
        if len(set(self.lists)) != len(self.lists):
            raise ValueError(f"Two lists of a capture table have the same name: {self.lists}.")
        for pattern, count in self.counts.items():
            if len(pattern) != len(self.lists) or any(mark not in (0, 1) for mark in pattern):
                raise ValueError(f"{pattern} is no pattern of 0 and 1 over {len(self.lists)} lists.")
            if not any(pattern):
                raise ValueError("The pattern of nobody is not observed; leave it out of the table.")
            if not count >= 0:
                raise ValueError(f"The count of {pattern} is {count}; it must be zero or more.")
        kept = {p: float(c) for p, c in sorted(self.counts.items()) if c > 0}
        object.__setattr__(self, "counts", MappingProxyType(kept))

    def __reduce__(self) -> tuple[type[CaptureTable], tuple[tuple[str, ...], dict[Pattern, float]]]:
        """Tables go to other processes as a plain dictionary."""
        return CaptureTable, (self.lists, dict(self.counts))

    @property
    def documented(self) -> float:
        """Persons on at least one list."""
        return float(sum(self.counts.values()))


def tabulate(patterns: Iterable[Pattern], *, lists: tuple[str, ...]) -> CaptureTable:
    """Count the patterns of persons; those on none of the lists are left out."""
    counts: dict[Pattern, float] = {}
    for pattern in patterns:
        if any(pattern):
            counts[pattern] = counts.get(pattern, 0.0) + 1.0
    return CaptureTable(lists, counts)


def reduced(table: CaptureTable, *, lists: tuple[str, ...]) -> CaptureTable:
    """The same persons seen by some of the lists only, in the order given.

    raises: ValueError for a list that the table lacks
    """
    places = [table.lists.index(name) for name in lists]
    counts: dict[Pattern, float] = {}
    for pattern, count in table.counts.items():
        kept = tuple(pattern[place] for place in places)
        if any(kept):
            counts[kept] = counts.get(kept, 0.0) + count
    return CaptureTable(lists, counts)


def corrected(table: CaptureTable, missed: Mapping[Pair, float], false: Mapping[Pair, float]) -> CaptureTable:
    """The table as it would be without the links that were missed and those that are false.

    A missed link between lists i and j means that two persons of the table are one: a person with pattern a
    (on i, not j) and one with pattern b (on j, not i, on no list of a) become one with pattern a or b. A
    false link is the reverse. Which patterns join or part is not known; among all ways that give the wanted
    numbers per pair of lists, the one nearest to "every linked person is as likely to lose a listing" is taken
    (iterative proportional scaling), and no more persons move than there are.

    missed:  (i, j) -> expected number of true links between lists i and j that the table lacks; i, j by place
    false:   (i, j) -> expected number of links between them in the table that are not true
    returns: a table with fractions; documented falls by one for each join and rises by one for each part
    raises:  ValueError for a pair that the table lacks or a number below zero
    source:  own; the scaling is Deming and Stephan 1940
    """
    parted = _moved(table, _by_pair(table, false), join=False)
    return _moved(parted, _by_pair(parted, missed), join=True)


def _by_pair(table: CaptureTable, wanted: Mapping[Pair, float]) -> dict[Pair, float]:
    """The numbers with the smaller place first; the two directions of a pair add up."""
    places = range(len(table.lists))
    numbers: dict[Pair, float] = {}
    for (i, j), number in wanted.items():
        if i == j or i not in places or j not in places:
            raise ValueError(f"({i}, {j}) is no pair of the {len(places)} lists.")
        if not number >= 0:
            raise ValueError(
                f"The number of links for lists {i} and {j} is {number}; it must be zero or more."
            )
        pair = (min(i, j), max(i, j))
        numbers[pair] = numbers.get(pair, 0.0) + number
    return numbers


@dataclass(slots=True)
class _Move:
    """`size` persons of pattern `whole` on one side, of the two `parts` on the other."""

    whole: Pattern
    parts: tuple[Pattern, Pattern]
    size: float

    def crosses(self, pair: Pair) -> bool:
        """Does the cut between the two parts run between these two lists?"""
        i, j = pair
        a, b = self.parts
        return bool((a[i] and b[j]) or (a[j] and b[i]))


def _moved(table: CaptureTable, wanted: Mapping[Pair, float], *, join: bool) -> CaptureTable:
    if not any(wanted.values()):
        return table
    moves = _possible_moves(table, join=join)
    every = {(i, j) for i in range(len(table.lists)) for j in range(i + 1, len(table.lists))}
    groups = {pair: [move for move in moves if move.crosses(pair)] for pair in every}
    taken = _taken_by(moves, join=join)
    _start_near(groups, wanted, moves)
    for _ in range(_SWEEPS):
        for pair in sorted(every):
            _scale(groups[pair], wanted.get(pair, 0.0))
    for pattern, users in taken.items():
        share = sum(move.size for move in users)
        if share > table.counts.get(pattern, 0.0):
            _scale(users, table.counts.get(pattern, 0.0))
    counts = dict(table.counts)
    sign = 1.0 if join else -1.0
    for move in moves:
        counts[move.whole] = counts.get(move.whole, 0.0) + sign * move.size
        for part in move.parts:
            counts[part] = counts.get(part, 0.0) - sign * move.size
    return CaptureTable(table.lists, {pattern: max(0.0, count) for pattern, count in counts.items()})


def _possible_moves(table: CaptureTable, *, join: bool) -> list[_Move]:
    """All joins of two patterns that are there, or all partings of one that is."""
    there = [pattern for pattern, count in table.counts.items() if count > 0]
    moves = []
    if join:
        for a, b in product(there, there):
            if a < b and not any(x and y for x, y in zip(a, b, strict=True)):
                whole = tuple(x | y for x, y in zip(a, b, strict=True))
                moves.append(_Move(whole, (a, b), _ways(a, b) * (table.counts.get(whole, 0.0) + _SMOOTH)))
        return moves
    for whole in (pattern for pattern in there if sum(pattern) > 1):
        marked = [place for place, mark in enumerate(whole) if mark]
        for chosen in range(1, 2 ** (len(marked) - 1)):  # the last list stays in b, so each cut comes once
            inside = {place for bit, place in enumerate(marked) if chosen >> bit & 1}
            a = tuple(int(place in inside) for place in range(len(whole)))
            b = tuple(mark - x for mark, x in zip(whole, a, strict=True))
            moves.append(_Move(whole, (a, b), _ways(a, b) * table.counts[whole]))
    return moves


def _ways(a: Pattern, b: Pattern) -> float:
    """In how many ways one bad listing parts a person so: a listing that is badly written, or that stands beside the
    wrong person, goes alone. Either of two may be the bad one; to part two from two takes more than one."""
    return max(_MORE_THAN_ONE, float((sum(a) == 1) + (sum(b) == 1)))


def _taken_by(moves: list[_Move], *, join: bool) -> dict[Pattern, list[_Move]]:
    """Which moves take persons away from which pattern."""
    users: dict[Pattern, list[_Move]] = {}
    for move in moves:
        for pattern in move.parts if join else (move.whole,):
            users.setdefault(pattern, []).append(move)
    return users


def _start_near(groups: Mapping[Pair, list[_Move]], wanted: Mapping[Pair, float], moves: list[_Move]) -> None:
    """One rate for all moves, such that together they make or cut as many links as wanted.

    Without it the scaling would begin with every person moving. A move that crosses several pairs of lists (a third
    listing joins a pair) would then be scaled down once for each, and links would seem to be missed between persons of
    one listing alone.
    """
    crossed = sum(move.size for group in groups.values() for move in group)
    if crossed > 0:
        for move in moves:
            move.size *= sum(wanted.values()) / crossed


def _scale(moves: list[_Move], wanted: float) -> None:
    size = sum(move.size for move in moves)
    if size > 0:
        for move in moves:
            move.size *= wanted / size


def in_fixed_order(table: CaptureTable) -> CaptureTable:
    """The lists in an order that hangs on the counts alone, so that neither their names nor their order matter."""

    def key(place: int) -> tuple[float, list[tuple[float, int]]]:
        inside = sorted((count, sum(pattern)) for pattern, count in table.counts.items() if pattern[place])
        return sum(count for count, _ in inside), inside

    order = sorted(range(len(table.lists)), key=key, reverse=True)
    counts = {tuple(pattern[place] for place in order): count for pattern, count in table.counts.items()}
    return CaptureTable(tuple(table.lists[place] for place in order), counts)


def whole(table: CaptureTable) -> CaptureTable:
    """Whole counts near those of a corrected table; the sum is kept (largest remainders first)."""
    floors = {pattern: float(int(count)) for pattern, count in table.counts.items()}
    short = round(table.documented) - round(sum(floors.values()))
    by_rest = sorted(table.counts, key=lambda p: (floors[p] - table.counts[p], p))
    for pattern in by_rest[:short]:
        floors[pattern] += 1.0
    return CaptureTable(table.lists, floors)
