"""Which pairs of listings are compared at all: those that share a key of some family.

Each family of keys leaves out one part of the record, so that an error in that part loses no pair: two names of the
chain; a name and the day; the chain without the given name; a name with age and place. A key that too many listings
share is dropped: its pairs share a narrower key as well, or nothing else worth comparing.

What all families miss is estimated as a count of listings by lists is (Chao 1987): from the pairs that only one
family, or only two, found. `families` in the result says which.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import duckdb
import numpy as np

MAX_SHARED = 80  # listings of one key; 80 give 3,160 pairs
MAX_SHARED_NARROW = 400  # of a key with the day in it, which cannot be narrowed
MAX_SHARED_ALONE = 24  # of a key of one name and nothing else: it must be a rare one
MOST_CODES = 12_000_000  # pairs that are made and sorted at once, 8 bytes each

#: Views of the table of features `f`, each name on a row of its own: g the given one, w < v < u others, n any, c and d
#: other things. Lists are opened where columns are named, not joined: thirty times faster.
VIEWS = {
    "given": "select *, unnest(given_any) as g from f",
    "one": "select *, unnest(rest_any) as w from f",
    "two": "select * from (select *, unnest(rest_any) as v from one) where w < v",
    "three": "select * from (select *, unnest(rest_any) as u from two) where v < u",
    "given_one": "select *, unnest(given_any) as g from one",
    "given_two": "select *, unnest(given_any) as g from two",
    "any": "select *, unnest(list_concat(given_any, rest_any)) as n from f",
    "thing": "select *, unnest(codes) as c from f",
    "any_thing": 'select *, unnest(codes) as c from "any"',
    "two_things": "select * from (select *, unnest(codes) as d from thing) where c < d",
}
_YEARS = "unnest([floor(age / 3), floor(age / 3) + 1])"  # ages that may be two years apart share one

#: name -> SQL that gives (row, part, part) of the keys of that family.
FAMILIES = {
    "given and another name": "select row, g, w from given_one",
    "given and two names": "select row, g, hash(w, v) from given_two",
    "given, a name and the day": "select row, g, hash(w, day) from given_one where day is not null",
    "given, a name and the age": (
        f"select row, g, hash(w, y) from (select row, g, w, {_YEARS} as y from given_one where age is not null)"
    ),
    "given and day": "select row, g, day from given where day is not null",
    "two other names and day": "select row, hash(w, v), day from two where day is not null",
    "another name, day and age": (
        f"select row, w, hash(day, y) from (select row, w, day, {_YEARS} as y from one"
        " where day is not null and age is not null)"
    ),
    "three other names": "select row, hash(w, v), u from three",
    "given and day of birth": "select row, g, birth_day from given where birth_day is not null",
    "another name and day of birth": "select row, w, birth_day from one where birth_day is not null",
    "given and year of birth": "select row, g, hash(birth_year, w) from given_one where birth_year is not null",
    "a name, place and another thing": (
        "select row, hash(n, place), hash(c) from any_thing where place is not null"
    ),
    "a name and another thing": "select row, n, hash(c) from any_thing",
    "day of birth and place": (
        "select row, birth_day, hash(place) from f where place is not null and birth_day is not null"
    ),
    "day of birth and another thing": "select row, birth_day, hash(c) from thing where birth_day is not null",
    # Registers without events say less of each person, so a single name and one thing more must do.
    "a name and place, no event": (
        'select row, n, hash(place) from "any" where month is null and place is not null'
    ),
    "a name and year of birth, no event": (
        'select row, n, birth_year from "any" where month is null and birth_year is not null'
    ),
    "a rare name, no event": 'select row, n, 0 from "any" where month is null',
    "place, year of birth and another thing, no event": (
        "select row, hash(place, birth_year), hash(c) from thing"
        " where month is null and place is not null and birth_year is not null"
    ),
    "two other things and place": "select row, hash(c, d), hash(place) from two_things where place is not null",
    "given and age": "select row, g, hash(place, age) from given where age is not null and place is not null",
}


@dataclass(frozen=True, slots=True)
class Blocked:
    """Pairs to compare: rows of the features, left < right, sorted, and bit n of `families` where family n found the
    pair. All are int32."""

    left: np.ndarray
    right: np.ndarray
    families: np.ndarray


def block(con: duckdb.DuckDBPyConnection, *, rows: int, threads: int = 2) -> Blocked:
    """Pairs of rows of the table `f` of the connection (features.FEATURES) that share a key.

    DuckDB makes the keys. The pairs of all families are numbers of one kind, left, right and family in one, so that a
    sort brings together what is one pair. They are made in parts by their left row, so that memory stays small.

    rows: of `f`; they are numbered from 0
    """
    from rasid.resolve.people import kernels

    for name, sql in VIEWS.items():
        con.execute(f'create view "{name}" as {sql}')
    runs = [_runs(con, sql, most=_most_shared(name)) for name, sql in FAMILIES.items()]
    counts = np.zeros(rows, np.int64)
    for family in runs:
        kernels.count_pairs(family, counts)
    row_bits, family_bits = max(1, rows.bit_length()), len(FAMILIES).bit_length()

    def part(span: tuple[int, int]) -> tuple[np.ndarray, ...]:
        codes, at = np.empty(int(counts[span[0] : span[1]].sum()), np.uint64), 0
        for bit, family in enumerate(runs):
            at = kernels.write_pairs(family, span, (row_bits, family_bits, bit), codes, at)
        codes.sort()
        return kernels.merge_pairs(codes, row_bits, family_bits)

    with ThreadPoolExecutor(threads) as pool:
        parts = list(pool.map(part, _spans(counts)))
    return Blocked(*(np.concatenate([each[n] for each in parts]) for n in range(3)))


def _runs(con: duckdb.DuckDBPyConnection, sql: str, *, most: int) -> tuple[np.ndarray, np.ndarray]:
    """The rows of each key that at least two and at most `most` rows share: (starts, rows)."""
    from rasid.resolve.people import kernels

    found = con.execute(f"select hash(b, c) as key, row::int as row from ({sql}) t(row, b, c)").fetchnumpy()
    order = np.argsort(found["key"])
    return kernels.runs_of(found["key"][order], found["row"][order], most)


def _spans(counts: np.ndarray) -> list[tuple[int, int]]:
    """Ranges of left rows with about MOST_CODES pairs each."""
    part = np.cumsum(counts) // MOST_CODES
    starts = np.flatnonzero(np.diff(part, prepend=-1)).tolist()
    return list(pairwise([*starts, len(counts)])) if starts else [(0, 0)]


def _most_shared(name: str) -> int:
    """Above so many listings a key of the family is dropped."""
    if name.startswith("a rare name"):
        return MAX_SHARED_ALONE
    return MAX_SHARED_NARROW if "the day" in name or name == "given and day" else MAX_SHARED
