"""Compiled loops against the plain way of saying the same."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from rasid.resolve.people import kernels
from rasid.resolve.people.columns import Lists, side_by_side


def lists(*rows: list[int]) -> Lists:
    values = np.array([value for row in rows for value in row], dtype=np.int64)
    return np.cumsum([0, *map(len, rows)], dtype=np.int64), values


def rows_of(held: Lists) -> list[list[int]]:
    return [held[1][a:b].tolist() for a, b in zip(held[0], held[0][1:], strict=False)]


def test_codes_of_a_part_come_from_both_spellings_each_once() -> None:
    chains, others = lists([0, 1, 2], [], [0]), lists([3], [1], [])
    codes = lists([10], [20, 21], [30, 20], [10, 40])
    found = {part: rows_of(kernels.gather_codes(chains, others, codes, part, 50)) for part in range(4)}
    assert found[kernels.GIVEN] == [[10, 40], [], [10]]
    assert found[kernels.FATHER] == [[20, 21], [], []]
    assert found[kernels.LAST] == [[30, 20], [], []]
    assert found[kernels.REST] == [[20, 21, 30], [], []]


def test_columns_of_lists_lie_side_by_side_row_by_row() -> None:
    held = side_by_side([lists([1, 2], [], [3]), lists([4], [5], [])])
    assert rows_of(held) == [[1, 2], [4], [], [5], [3], []]


def test_what_two_rows_share_is_counted_from_the_side_that_shares_more() -> None:
    pair = np.array([0]), np.array([1])
    given = lists([1, 2], [2])
    names, any_of = lists([4096 + 5, 4096 + 5, 8192 + 7], [4096 + 5]), lists([4096 + 5, 8192 + 7], [4096 + 5])
    none = lists([], [])
    held = side_by_side([given, names, any_of, none, none, none, none])
    found = kernels.share(pair, held, np.array([-1, -1]))
    told = dict(zip(kernels.SHARED, found[:, 0].tolist(), strict=True))
    assert told["given_shared"] == 1
    assert told["given_further"] == 0
    assert (told["matched"], told["shorter"], told["rarity_steps"]) == (1, 1, 5)
    assert told["fathers_shared"] == told["codes_shared"] == told["place_inside"] == 0


def test_a_key_of_too_many_or_too_few_different_rows_gives_no_run() -> None:
    keys = np.array([1, 1, 2, 2, 2, 3, 4, 4], dtype=np.uint64)
    rows = np.array([5, 2, 1, 3, 4, 9, 7, 7], dtype=np.int32)
    starts, held = kernels.runs_of(keys, rows, 2)
    assert rows_of((starts, held)) == [[2, 5]]


@pytest.mark.parametrize("cut", [0, 3, 9])
def test_pairs_of_all_families_are_merged_whatever_the_part_they_are_made_in(cut: int) -> None:
    runs = [lists([0, 2, 5], [3, 4]), lists([2, 5], [0, 8])]
    held = [(starts, rows.astype(np.int32)) for starts, rows in runs]
    want: dict[tuple[int, int], int] = {}
    for family, each in enumerate(runs):
        for row in rows_of(each):
            for pair in combinations(row, 2):
                want[pair] = want.get(pair, 0) | 1 << family
    counts = np.zeros(9, np.int64)
    for each in held:
        kernels.count_pairs(each, counts)
    found: dict[tuple[int, int], int] = {}
    for span in ((0, cut), (cut, 9)):
        codes, at = np.empty(int(counts[span[0] : span[1]].sum()), np.uint64), 0
        for family, each in enumerate(held):
            at = kernels.write_pairs(each, span, (4, 2, family), codes, at)
        assert at == len(codes)
        codes.sort()
        left, right, families = kernels.merge_pairs(codes, 4, 2)
        found |= {(a, b): f for a, b, f in zip(left.tolist(), right.tolist(), families.tolist(), strict=True)}
    assert found == want


def test_the_best_other_pair_is_of_the_same_owner_and_list() -> None:
    owners, others = np.array([0, 0, 0, 4], dtype=np.int32), np.array([1, 2, 3, 1], dtype=np.int32)
    of = np.array([0, 1, 1, 2, 0])
    found = kernels.best_others(owners, others, of, np.array([2.0, -1.0, 3.0, 5.0]), -6.0)
    assert found.tolist() == [-1.0, 2.0, -6.0, -6.0]


def test_shares_and_counts_add_up() -> None:
    shares = kernels.shares_of(np.log(np.array([[1.0, 3.0], [2.0, 2.0]])))
    assert shares == pytest.approx(np.array([[0.25, 0.75], [0.5, 0.5]]))
    counts = kernels.count_levels(np.array([1, -1]), np.array([0, 1]), shares, (2, 2))
    assert counts.tolist() == [[[0.0, 0.25], [0.0, 0.75]], [[0.0, 0.0], [0.0, 0.0]]]
    log = np.zeros((2, 2))
    kernels.add_levels(log, np.array([[[1.0, 2.0], [3.0, 4.0]]]), np.array([1, -1]), np.array([0, 0]))
    assert log.tolist() == [[2.0, 4.0], [0.0, 0.0]]


def test_each_code_is_found_among_the_different_ones_and_where_it_comes_first() -> None:
    where = np.empty(4, np.int32)
    first = kernels.first_places(np.array([7, 3, 7, 5]), np.array([3, 5, 7]), where)
    assert where.tolist() == [2, 0, 2, 1]
    assert first.tolist() == [1, 3, 0]
