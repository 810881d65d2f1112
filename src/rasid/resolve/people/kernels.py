# ruff: noqa: SIM110 - compiled loops stop at their first find
"""Loops over rows and pairs, compiled on first use and kept on disk.

Import this inside functions only: the compiler takes a second to load. A column of lists comes as (starts, values): the
values of row n are values[starts[n] : starts[n + 1]].
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

P = ParamSpec("P")
R = TypeVar("R")
Ints = NDArray[np.int64]
Lists = tuple[Ints, Ints]

GIVEN, FATHER, LAST, REST = range(4)  # which words of a chain
#: What two listings share, in the order of the rows of `share`.
SHARED = (
    "given_shared", "given_further", "matched", "shorter", "rarity_steps",
    "fathers_shared", "lasts_shared", "codes_shared", "place_inside",
)  # fmt: skip

#: The lists of a row that `share` reads, in this order. rest: the names behind the given one as they stand; within:
#: wider places.
LISTS = ("given_any", "rest", "rest_any", "father_any", "last_any", "codes", "within")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Machine code for `function`, cached beside its source (or in the user's cache where that is read-only)."""
    return cast(Callable[P, R], numba.njit(cache=True, nogil=True)(function))


# --- names of one row ---------------------------------------------------------------------------------------------


@compiled
def words_at(starts: Ints, row: int, part: int) -> tuple[int, int]:
    """From where to where the words of a part stand in a chain."""
    start, end = starts[row], starts[row + 1]
    if part == GIVEN:
        return start, min(start + 1, end)
    if part == FATHER:
        return min(start + 1, end), min(start + 2, end)
    if part == LAST:
        return max(min(start + 1, end), end - 1), end
    return min(start + 1, end), end


@compiled
def add_codes(span: tuple[int, int], words: Ints, codes: Lists, out: Ints, place: tuple[int, int]) -> int:
    """Write the codes of words to `out` at place[1], each once from place[0] on; returns where to write on."""
    first, at = place
    for w in range(span[0], span[1]):
        for c in range(codes[0][words[w]], codes[0][words[w] + 1]):
            code, known = codes[1][c], False
            for k in range(first, at):
                known = known or out[k] == code
            if not known:
                out[at] = code
                at += 1
    return at


@compiled
def gather_codes(chains: Lists, others: Lists, codes: Lists, part: int, most: int) -> Lists:
    """The codes of the words of a part in either of two chains, each once: as lists, one a row.

    A row whose first chain lacks the part has none; but REST takes the words of both, and sorts the codes.

    chains, others: lists of numbers of words; codes: lists of codes by number of word
    most:           codes of all words, together
    """
    rows = len(chains[0]) - 1
    starts, values = np.zeros(rows + 1, np.int64), np.empty(most, np.int64)
    at = 0
    for row in range(rows):
        span = words_at(chains[0], row, part)
        first = at
        if span[1] > span[0] or part == REST:
            at = add_codes(span, chains[1], codes, values, (first, at))
            at = add_codes(words_at(others[0], row, part), others[1], codes, values, (first, at))
        if part == REST:
            values[first:at].sort()
        starts[row + 1] = at
    return starts, values[:at].copy()


# --- what two rows share ------------------------------------------------------------------------------------------


@compiled
def has(lists: Lists, row: int, value: int) -> bool:
    """Does the list of a row hold the value?"""
    for k in range(lists[0][row], lists[0][row + 1]):
        if lists[1][k] == value:
            return True
    return False


@compiled
def meet(lists: Lists, row: int, others: Lists, other: int) -> bool:
    """Do two lists have a value in common?"""
    for k in range(lists[0][row], lists[0][row + 1]):
        if has(others, other, lists[1][k]):
            return True
    return False


@compiled
def is_first(lists: Lists, row: int, k: int) -> bool:
    """Is the k-th value of all the first of its kind in its row?"""
    for before in range(lists[0][row], k):
        if lists[1][before] == lists[1][k]:
            return False
    return True


@compiled
def common(lists: Lists, row: int, others: Lists, other: int) -> tuple[int, int, int]:
    """Of the different values of a list: how many there are, how many stand in the other, and the sum of these."""
    different = shared = total = 0
    for k in range(lists[0][row], lists[0][row + 1]):
        if is_first(lists, row, k):
            different += 1
            if has(others, other, lists[1][k]):
                shared += 1
                total += lists[1][k]
    return different, shared, total


@compiled
def share(pairs: tuple[Ints, Ints], lists: Lists, place: Ints) -> NDArray[np.int16]:
    """What the two rows of each pair share: one row of SHARED a thing, one column a pair.

    lists: those of LISTS of each row, one after the other, so that what is read together lies together: the list n of
           row r is number r * len(LISTS) + n
    place: of each row, as in its wider places; below zero if unknown
    """
    left, right = pairs
    out = np.zeros((len(SHARED), len(left)), np.int16)
    for n in range(len(left)):
        a, b = left[n] * len(LISTS), right[n] * len(LISTS)
        out[0, n] = meet(lists, a, lists, b)
        out[1, n] = meet(lists, a, lists, b + 2) or meet(lists, b, lists, a + 2)
        size_a, one, sum_one = common(lists, a + 1, lists, b + 2)
        size_b, other, sum_other = common(lists, b + 1, lists, a + 2)
        out[2, n] = max(one, other)
        out[3, n] = min(size_a, size_b)
        out[4, n] = (sum_one if one >= other else sum_other) & 4095
        out[5, n] = meet(lists, a + 3, lists, b + 3)
        out[6, n] = meet(lists, a + 4, lists, b + 4)
        out[7, n] = common(lists, a + 5, lists, b + 5)[1]
        out[8, n] = has(lists, a + 6, place[right[n]]) or has(lists, b + 6, place[left[n]])
    return out


# --- pairs of rows that share a key -------------------------------------------------------------------------------


@compiled
def runs_of(keys: NDArray[np.uint64], rows: NDArray[np.int32], most: int) -> tuple[Ints, NDArray[np.int32]]:
    """The different rows of each key, sorted, for keys of 2 to `most` rows; as (starts, rows).

    keys: sorted; rows: of each key, is overwritten
    """
    starts = np.empty(len(keys) // 2 + 1, np.int64)
    starts[0] = count = kept = begin = 0
    while begin < len(keys):
        end = begin + 1
        while end < len(keys) and keys[end] == keys[begin]:
            end += 1
        if end - begin > 1:
            rows[begin:end].sort()
            at = kept
            for k in range(begin, end):
                if k == begin or rows[k] != rows[k - 1]:
                    rows[at] = rows[k]
                    at += 1
            if 2 <= at - kept <= most:
                kept = at
                count += 1
                starts[count] = kept
        begin = end
    return starts[: count + 1].copy(), rows[:kept].copy()


@compiled
def count_pairs(runs: tuple[Ints, NDArray[np.int32]], counts: Ints) -> None:
    """Add to `counts` the pairs of each left row."""
    starts, rows = runs
    for run in range(len(starts) - 1):
        for k in range(starts[run], starts[run + 1]):
            counts[rows[k]] += starts[run + 1] - k - 1


@compiled
def write_pairs(
    runs: tuple[Ints, NDArray[np.int32]],
    span: tuple[int, int],
    bits: tuple[int, int, int],
    out: NDArray[np.uint64],
    at: int,
) -> int:
    """Write the pairs whose left row lies in the span as numbers; returns where to write on.

    bits: of a row, of a family, and the family
    """
    starts, rows = runs
    row_bits, family_bits, family = np.uint64(bits[0]), np.uint64(bits[1]), np.uint64(bits[2])
    for run in range(len(starts) - 1):
        for k in range(starts[run], starts[run + 1]):
            if rows[k] >= span[1]:
                break
            if rows[k] >= span[0]:
                left = np.uint64(rows[k]) << row_bits
                for other in range(k + 1, starts[run + 1]):
                    out[at] = ((left | np.uint64(rows[other])) << family_bits) | family
                    at += 1
    return at


@compiled
def merge_pairs(
    codes: NDArray[np.uint64], row_bits: int, family_bits: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Sorted numbers of `write_pairs` -> left, right and the bits of all families that found the pair."""
    shift, low = np.uint64(family_bits), np.uint64((1 << row_bits) - 1)
    size = 0
    for n in range(len(codes)):
        if n == 0 or codes[n] >> shift != codes[n - 1] >> shift:
            size += 1
    left, right, families = np.empty(size, np.int32), np.empty(size, np.int32), np.zeros(size, np.int32)
    at = -1
    for n in range(len(codes)):
        pair = codes[n] >> shift
        if n == 0 or pair != codes[n - 1] >> shift:
            at += 1
            left[at] = np.int32(pair >> np.uint64(row_bits))
            right[at] = np.int32(pair & low)
        families[at] |= np.int32(1) << np.int32(codes[n] & np.uint64((1 << family_bits) - 1))
    return left, right, families


# --- rivals -------------------------------------------------------------------------------------------------------


@compiled
def best_others(
    owners: NDArray[np.int32],
    others: NDArray[np.int32],
    lists: Ints,
    log_odds: NDArray[np.float64],
    least: float,
) -> NDArray[np.float64]:
    """For each pair the highest log-odds of another pair of its owner with the same list; `least` if there is none
    above it. List by list, so that memory is two numbers a row.

    lists: number of the list of each row
    """
    out = np.full(len(owners), least)
    first, second = np.empty(len(lists)), np.empty(len(lists))
    for name in range(lists.max() + 1 if len(lists) else 0):
        first[:], second[:] = least, least
        for n in range(len(owners)):
            if lists[others[n]] == name:
                owner = owners[n]
                if log_odds[n] > first[owner]:
                    second[owner] = first[owner]
                    first[owner] = log_odds[n]
                elif log_odds[n] > second[owner]:
                    second[owner] = log_odds[n]
        for n in range(len(owners)):
            if lists[others[n]] == name:
                out[n] = second[owners[n]] if log_odds[n] == first[owners[n]] else first[owners[n]]
    return out


# --- kinds of pairs -----------------------------------------------------------------------------------------------


@compiled
def count_levels(
    levels: Ints, groups: Ints, shares: NDArray[np.float64], size: tuple[int, int]
) -> NDArray[np.float64]:
    """Sum of the shares of each kind by group and level: [group, kind, level]. A level below zero counts nowhere.

    shares: [pattern, kind]; size: groups and levels
    """
    out = np.zeros((size[0], shares.shape[1], size[1]))
    for n in range(len(levels)):
        if levels[n] >= 0:
            for kind in range(shares.shape[1]):
                out[groups[n], kind, levels[n]] += shares[n, kind]
    return out


@compiled
def add_levels(log: NDArray[np.float64], table: NDArray[np.float64], levels: Ints, groups: Ints) -> None:
    """Add to log[pattern, kind] what the table [group, kind, level] says of each pattern."""
    for n in range(len(levels)):
        if levels[n] >= 0:
            for kind in range(log.shape[1]):
                log[n, kind] += table[groups[n], kind, levels[n]]


@compiled
def first_places(codes: Ints, different: Ints, where: NDArray[np.int32]) -> Ints:
    """Write to `where` at which place of `different`, which are sorted, each code stands. Where each of these comes
    first in `codes`."""
    first = np.full(len(different), -1, np.int64)
    for n in range(len(codes)):
        at = np.searchsorted(different, codes[n])
        where[n] = at
        if first[at] < 0:
            first[at] = n
    return first


@compiled
def shares_of(log: NDArray[np.float64]) -> NDArray[np.float64]:
    """exp(log), each row divided by its sum."""
    out = np.empty_like(log)
    for n in range(len(log)):
        most, total = log[n].max(), 0.0
        for kind in range(log.shape[1]):
            out[n, kind] = np.exp(log[n, kind] - most)
            total += out[n, kind]
        for kind in range(log.shape[1]):
            out[n, kind] /= total
    return out
