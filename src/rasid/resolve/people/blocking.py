"""Which pairs of listings are compared at all: those that share a key of some family.

Each family of keys leaves out one part of the record, so that an error in that part loses no pair: two names of the
chain; a name and the day; the chain without the given name; a name with age and place. A key that too many listings
share is dropped: its pairs share a narrower key as well, or nothing else worth comparing.

What all families miss is estimated as a count of listings by lists is (Chao 1987): from the pairs that only one
family, or only two, found. `families` in the result says which.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np

MAX_SHARED = 80  # listings of one key; 80 give 3,160 pairs
MAX_SHARED_NARROW = 400  # of a key with the day in it, which cannot be narrowed
MAX_SHARED_ALONE = 24  # of a key of one name and nothing else: it must be a rare one

#: name -> SQL that gives (row, part...) of the keys of that family. `f` is the table of features.
FAMILIES = {
    "given and another name": "select row, g, w from f, unnest(given_any) a(g), unnest(rest_any) b(w)",
    "given and two names": (
        "select row, g, hash(w, v)"
        " from f, unnest(given_any) a(g), unnest(rest_any) b(w), unnest(rest_any) c(v) where w < v"
    ),
    "given, a name and the day": (
        "select row, g, hash(w, day) from f, unnest(given_any) a(g), unnest(rest_any) b(w) where day is not null"
    ),
    "given, a name and the age": (
        "select row, g, hash(w, floor(age / 3) + o) from f, unnest(given_any) a(g),"
        " unnest(rest_any) b(w), unnest([0, 1]) c(o) where age is not null"
    ),
    "given and day": "select row, g, day from f, unnest(given_any) a(g) where day is not null",
    "two other names and day": (
        "select row, hash(w, v), day from f, unnest(rest_any) b(w), unnest(rest_any) c(v)"
        " where w < v and day is not null"
    ),
    "another name, day and age": (
        "select row, w, hash(day, floor(age / 3) + o) from f, unnest(rest_any) b(w),"
        " unnest([0, 1]) c(o) where day is not null and age is not null"
    ),
    "three other names": (
        "select row, hash(w, v), u from f, unnest(rest_any) b(w), unnest(rest_any) c(v), unnest(rest_any) d(u)"
        " where w < v and v < u"
    ),
    "given and day of birth": "select row, g, birth_day from f, unnest(given_any) a(g) where birth_day is not null",
    "another name and day of birth": (
        "select row, w, birth_day from f, unnest(rest_any) b(w) where birth_day is not null"
    ),
    "given and year of birth": (
        "select row, g, hash(birth_year, w) from f, unnest(given_any) a(g), unnest(rest_any) b(w)"
        " where birth_year is not null"
    ),
    "a name, place and another thing": (
        "select row, hash(g, place), hash(c) from f, unnest(list_concat(given_any, rest_any)) a(g), unnest(codes) b(c)"
        " where place is not null"
    ),
    "a name and another thing": (
        "select row, g, hash(c) from f, unnest(list_concat(given_any, rest_any)) a(g), unnest(codes) b(c)"
    ),
    "day of birth and place": (
        "select row, birth_day, hash(place) from f where place is not null and birth_day is not null"
    ),
    "day of birth and another thing": (
        "select row, birth_day, hash(c) from f, unnest(codes) b(c) where birth_day is not null"
    ),
    # Registers without events say less of each person, so a single name and one thing more must do.
    "a name and place, no event": (
        "select row, w, hash(place) from f, unnest(list_concat(given_any, rest_any)) b(w)"
        " where month is null and place is not null"
    ),
    "a name and year of birth, no event": (
        "select row, w, birth_year from f, unnest(list_concat(given_any, rest_any)) b(w)"
        " where month is null and birth_year is not null"
    ),
    "a rare name, no event": (
        "select row, w, 0 from f, unnest(list_concat(given_any, rest_any)) b(w) where month is null"
    ),
    "place, year of birth and another thing, no event": (
        "select row, hash(place, birth_year), hash(c) from f, unnest(codes) b(c)"
        " where month is null and place is not null and birth_year is not null"
    ),
    "two other things and place": (
        "select row, hash(b.c, d.c), hash(place) from f, unnest(codes) b(c), unnest(codes) d(c)"
        " where b.c < d.c and place is not null"
    ),
    "given and age": (
        "select row, g, hash(place, age) from f, unnest(given_any) a(g)"
        " where age is not null and place is not null"
    ),
}


@dataclass(frozen=True, slots=True)
class Blocked:
    """Pairs to compare: rows of the features, left < right, and bit n of `families` where family n found the pair."""

    left: np.ndarray
    right: np.ndarray
    families: np.ndarray


def block(con: duckdb.DuckDBPyConnection, *, max_shared: int = MAX_SHARED) -> Blocked:
    """Pairs of rows of the table `f` of the connection (features.FEATURES) that share a key."""
    parts = []
    for bit, (name, sql) in enumerate(FAMILIES.items()):
        most = _most_shared(name, max_shared)
        con.execute(
            f"create or replace temp table k as select distinct hash({bit}, b, c) as key, row from ({sql}) t(row, b, c)"
        )
        con.execute(
            f"create or replace temp table few as select key from k group by key having count(*) between 2 and {most}"
        )
        con.execute("create or replace temp table kk as select k.key, k.row from k join few using (key)")
        parts.append(
            f"select distinct l.row as l, r.row as r, {1 << bit} as family"
            f" from kk{bit} l join kk{bit} r on l.key = r.key and l.row < r.row"
        )
        con.execute(f"create or replace temp table kk{bit} as select * from kk")
    found = con.execute(
        f"select l, r, bit_or(family) as families from ({' union all '.join(parts)}) group by l, r order by l, r"
    ).fetchnumpy()
    return Blocked(found["l"], found["r"], found["families"])


def _most_shared(name: str, usual: int) -> int:
    """Above so many listings a key of the family is dropped."""
    if name.startswith("a rare name"):
        return min(usual, MAX_SHARED_ALONE)
    return MAX_SHARED_NARROW if "the day" in name or name == "given and day" else usual
