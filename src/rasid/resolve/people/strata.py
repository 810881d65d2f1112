"""A linkage -> capture tables for each stratum, say each place or sex.

The clusterings are those of everybody (captures.py). The links that are short or over are shared out among the strata
in the proportion of the links that each has: whether a link was missed is taken not to hang on the stratum.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rasid.resolve.people.captures import Captures, capture_of, draw_grouping
from rasid.resolve.people.link import Linkage
from rasid.resolve.people.places import PlacePath, place_key

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


WAYS = 5  # to fill what is not known
DONORS = 10

Grouping = tuple[Ints, Floats]  # the number of the group of each row; links wanted between each pair of lists


def draw_groupings(linkage: Linkage, *, draws: int = 20, seed: int = 1) -> list[Grouping]:
    """Clusterings that might be so; the same seed gives those of `captures.capture_tables`."""
    rng = np.random.default_rng(seed)
    return [draw_grouping(linkage, rng) for _ in range(draws)]


def captures_of_all(linkage: Linkage, drawn: Sequence[Grouping]) -> Captures:
    """Capture tables of everybody."""
    lists = linkage.comparison.lists_of_rows
    tables = tuple(capture_of(groups, lists, wanted) for groups, wanted in drawn)
    return Captures(linkage.comparison.features.lists, tables)


def captures_by_stratum(
    linkage: Linkage, drawn: Sequence[Grouping], strata: Sequence[Sequence[str]]
) -> dict[str, Captures]:
    """Capture tables apart for each stratum, in the order of their names.

    strata: one way or several to say the stratum of each row, in the order of `comparison.features.ids`; rows of one
            person should have the same. The clusterings take the ways in turn
    """
    lists, ways = linkage.comparison.lists_of_rows, [np.array(way, dtype=object) for way in strata]
    found = {}
    for stratum in sorted({name for way in strata for name in way}):
        tables = []
        for place, (groups, wanted) in enumerate(drawn):
            rows = np.flatnonzero(ways[place % len(ways)] == stratum)
            tables.append(capture_of(groups[rows], lists[rows], _share(groups, lists, rows, wanted)))
        found[stratum] = Captures(linkage.comparison.features.lists, tuple(tables))
    return found


def fill_unknown(
    strata: Sequence[str], persons: Sequence[str], lists: Ints, *, unknown: str, seed: int = 1
) -> list[list[str]]:
    """WAYS ways to deal the persons of unknown stratum out: each takes that of a person drawn among those on exactly
    the same lists, or, where fewer than DONORS are known, on one of the same lists at least (hot deck).

    strata:  of each row; persons: the person of each row; lists: the number of the list of each row
    returns: `strata` alone where nothing is unknown, or nothing is known
    source:  multiple imputation, Rubin 1987; the hot deck of Andridge and Little 2010
    """
    known = {person: name for person, name in zip(persons, strata, strict=True) if name != unknown}
    open_ones = sorted(set(persons) - known.keys())
    if not open_ones or not known:
        return [list(strata)]
    marks: dict[str, int] = defaultdict(int)
    for person, number in zip(persons, lists.tolist(), strict=True):
        marks[person] |= 1 << number
    donors: dict[int, list[str]] = defaultdict(list)
    for person in sorted(known):
        donors[marks[person]].append(known[person])
    rng = np.random.default_rng(seed)
    nearest = {mark: _donors_of(mark, donors) for mark in sorted({marks[person] for person in open_ones})}
    ways = []
    for _ in range(WAYS):
        drawn = {p: nearest[marks[p]][int(rng.integers(len(nearest[marks[p]])))] for p in open_ones}
        ways.append([known.get(person) or drawn[person] for person in persons])
    return ways


def _donors_of(mark: int, donors: Mapping[int, Sequence[str]]) -> list[str]:
    """The strata of known persons on the same lists; of too few, of those that share a list; else of all."""
    if len(donors.get(mark, ())) >= DONORS:
        return list(donors[mark])
    near = [name for other, names in sorted(donors.items()) if other & mark for name in names]
    return near if len(near) >= DONORS else [name for _, names in sorted(donors.items()) for name in names]


def strata_of_persons(persons: Sequence[str], values: Sequence[str | None], *, unknown: str) -> list[str]:
    """The stratum of each row: what most rows of its person say, the first by name among equals.

    persons: of each row; values: what each row says, None if nothing
    """
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for person, value in zip(persons, values, strict=True):
        if value:
            said[person][value] += 1
    best = {person: min(counts, key=lambda v: (-counts[v], v)) for person, counts in said.items()}
    return [best.get(person, unknown) for person in persons]


def one_spelling(places: Iterable[str], *, paths: Mapping[str, PlacePath] | None = None) -> dict[str, str]:
    """Place as written -> its most usual spelling among those of one place, in whatever script.

    places: as written, each as often as it occurs; the first by letters among equals
    paths:  of those that are in a gazetteer (places.find_paths); the others are one place if their consonants agree
    """
    known, counts = paths or {}, Counter(places)
    alike: dict[str, list[str]] = defaultdict(list)
    for name in sorted(counts, key=lambda name: (-counts[name], name)):
        alike[known[name][-1] if name in known else place_key(name)].append(name)
    return {name: names[0] for names in alike.values() for name in names}


def _share(groups: Ints, lists: Ints, rows: Ints, wanted: Floats) -> Floats:
    """The links wanted among these rows."""
    size = len(wanted)
    everybody, here = _links(groups, lists, size), _links(groups[rows], lists[rows], size)
    return np.asarray(np.where(everybody > 0, wanted * here / np.maximum(everybody, 1.0), 0.0))


def _links(groups: Ints, lists: Ints, size: int) -> Floats:
    counts = np.zeros((len(lists), size))
    np.add.at(counts, (np.unique(groups, return_inverse=True)[1], lists), 1.0)
    return np.asarray(counts.T @ counts)
