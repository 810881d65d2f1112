"""A linkage -> capture tables for each stratum: place, sex, year.

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
    linkage: Linkage, drawn: Sequence[Grouping], strata: Sequence[str]
) -> dict[str, Captures]:
    """Capture tables apart for each stratum, in the order of their names.

    strata: of each row, in the order of `comparison.features.ids`; rows of one person should have the same
    """
    lists, of_rows = linkage.comparison.lists_of_rows, np.array(strata, dtype=object)
    found = {}
    for stratum in sorted(set(strata)):
        rows = np.flatnonzero(of_rows == stratum)
        tables = tuple(
            capture_of(groups[rows], lists[rows], _share(groups, lists, rows, wanted))
            for groups, wanted in drawn
        )
        found[stratum] = Captures(linkage.comparison.features.lists, tables)
    return found


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
