"""Capture tables for each stratum, and which stratum a person belongs to."""

from __future__ import annotations

import numpy as np
import pytest

from rasid.model.people import LISTINGS
from rasid.model.tables import Row, table
from rasid.resolve.people import Linkage, compare_listings, settle
from rasid.resolve.people.captures import capture_tables
from rasid.resolve.people.strata import (
    WAYS,
    captures_by_stratum,
    captures_of_all,
    draw_groupings,
    fill_unknown,
    one_spelling,
    strata_of_persons,
)

GIVEN = "Salma Haro Idris Nadim Rasha Karam Lina Bashar Dunya Yazan".split()
FAMILY = "Marbati Qasri Zahri Amali Denki".split()


@pytest.fixture(scope="module")
def linkage() -> Linkage:
    """Fifty persons, all on the first list, every second on the other."""
    rows: list[Row] = []
    for n in range(50):
        name = f"{GIVEN[n % 10]} {GIVEN[(n * 7 + 3) % 10]} {FAMILY[n // 10]}"
        row: Row = {"name": name, "age": 20.0 + n, "date": f"2021-03-{1 + n % 28:02}", "place": "Marbat"}
        rows.append(row | {"id": f"a{n:02}", "list": "a"})
        if n % 2:
            rows.append(row | {"id": f"b{n:02}", "list": "b"})
    return settle(compare_listings(table(rows, LISTINGS)))


def test_everybody_is_counted_as_without_strata(linkage: Linkage) -> None:
    assert captures_of_all(linkage, draw_groupings(linkage, draws=3)) == capture_tables(linkage, draws=3)


def test_the_strata_of_a_clustering_hold_every_person_once(linkage: Linkage) -> None:
    drawn = draw_groupings(linkage, draws=2)
    strata = ["early" if int(row[1:]) < 20 else "late" for row in linkage.comparison.features.ids]
    parts, whole = captures_by_stratum(linkage, drawn, [strata]), captures_of_all(linkage, drawn)
    assert list(parts) == ["early", "late"]
    for draw, table_of_all in enumerate(whole.draws):
        counted = sum(sum(part.draws[draw].counts.values()) for part in parts.values())
        assert counted == sum(table_of_all.counts.values())


def test_a_person_belongs_where_most_rows_say_and_else_nobody_knows_where() -> None:
    persons = ["p1", "p1", "p1", "p2", "p3", "p3"]
    said = ["x", "y", "y", None, "y", "x"]
    assert strata_of_persons(persons, said, unknown="?") == ["y", "y", "y", "?", "x", "x"]


def test_what_is_not_known_is_filled_like_persons_on_the_same_lists() -> None:
    """On the first list alone everybody known is x, on the second y; the unknown follow the list they stand on."""
    persons = [f"p{n:02}" for n in range(60)]
    lists = np.array([0] * 30 + [1] * 30)
    strata = ["x"] * 20 + ["?"] * 10 + ["y"] * 20 + ["?"] * 10
    ways = fill_unknown(strata, persons, lists, unknown="?")
    assert len(ways) == WAYS
    assert all(way == ["x"] * 30 + ["y"] * 30 for way in ways)


def test_where_the_same_lists_know_several_values_the_ways_differ_and_keep_their_shares() -> None:
    persons, lists = [f"p{n:03}" for n in range(400)], np.zeros(400, dtype=np.int64)
    strata = ["x"] * 150 + ["y"] * 50 + ["?"] * 200
    ways = fill_unknown(strata, persons, lists, unknown="?")
    shares = [way[200:].count("x") / 200 for way in ways]
    assert len(set(shares)) > 1
    assert all(0.6 < share < 0.9 for share in shares)
    assert all(way[:200] == strata[:200] for way in ways)


def test_nothing_known_is_left_as_it_is() -> None:
    assert fill_unknown(["?", "?"], ["p1", "p2"], np.zeros(2, dtype=np.int64), unknown="?") == [["?", "?"]]


def test_spellings_of_one_place_in_two_scripts_are_one() -> None:
    found = one_spelling(["Tell Rumman", "تل الرمان", "تل الرمان", "Ayn Hor"])
    assert found["Tell Rumman"] == found["تل الرمان"] == "تل الرمان"
    assert found["Ayn Hor"] == "Ayn Hor"
