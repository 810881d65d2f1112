"""Which pairs are compared, and the levels that they get."""

from __future__ import annotations

from itertools import combinations

import duckdb
import numpy as np
import pytest

from rasid.model.people import LISTINGS
from rasid.model.tables import Row, table
from rasid.resolve.people import blocking
from rasid.resolve.people.comparing import PARTS
from rasid.resolve.people.features import make_features
from rasid.resolve.people.linking import compare, compare_pairs, compared_of, compared_table

SAMER: Row = {
    "list": "north",
    "name": "Samer Karim Nabil Zahra",
    "age": 33.0,
    "sex": "male",
    "date": "2021-03-05",
}


def levels_of(one: Row, other: Row) -> dict[str, int]:
    features = make_features(table([{"id": "a", **one}, {"id": "b", **other}], LISTINGS))
    levels = compare_pairs(features.table, np.array([0]), np.array([1]))
    return {part.name: int(level) for part, level in zip(PARTS, levels[0], strict=True)}


def test_two_equal_listings_agree_in_every_part_that_they_have() -> None:
    codes = ["occupation: baker", "street: Mill Lane"]
    both = {**SAMER, "birth": "1988-02-03", "place": "Wadi Zamharun", "codes": codes}
    levels = levels_of(both, both)
    assert levels.pop("given") <= 3
    assert levels.pop("rest") <= 6
    assert set(levels.values()) == {0}


def test_a_part_that_one_listing_lacks_is_absent() -> None:
    levels = levels_of(SAMER, {"list": "south", "name": "Samer"})
    assert levels["given"] <= 3
    assert {levels[name] for name in levels.keys() - {"given"}} == {-1}


@pytest.mark.parametrize(
    ("change", "part", "level"),
    [
        ({"date": "2021-03-06"}, "date", 1),
        ({"date": "2021-03-08"}, "date", 2),
        ({"date": "2021-03-12"}, "date", 3),
        ({"date": "2021-03"}, "date", 4),
        ({"date": "2022-03-05"}, "date", 5),
        ({"date": "2021-09-05"}, "date", 6),
        ({"date": "2021"}, "date", -1),
        ({"age": 34.0}, "age", 2),
        ({"age": 37.0}, "age", 4),
        ({"age": 70.0}, "age", 6),
        ({"sex": "female"}, "sex", 1),
        ({"name": "Walid Karim Nabil Zahra"}, "given", 6),
        ({"name": "Nabil Samer Karim Zahra"}, "given", 5),
        ({"name": "Samer Walid Nabil Zahra"}, "order", 1),
        ({"name": "Samer Karim Nabil Walid"}, "order", 2),
        ({"name": "Samer Hadi Ward Omran"}, "rest", 13),
        ({"name": "Samer Hadi"}, "rest", 12),
        ({"name": "Samer Hadi Ward Zahra"}, "rest", 11),
    ],
)
def test_what_changes_moves_the_level_of_its_part(change: Row, part: str, level: int) -> None:
    assert levels_of(SAMER, {**SAMER, **change})[part] == level


def test_the_pairs_are_those_that_share_a_key_that_is_not_too_common() -> None:
    names = [
        "Samer Karim Zahra",
        "Samer Karim Nabil",
        "Walid Karim Zahra",
        "Samer Zahra",
        "Hadi Omran",
        "Ward Hadi",
    ]
    rows: list[Row] = [
        {"id": f"r{n}", "list": "north", "name": name, "date": "2021-03-05", "age": 20.0 + n}
        for n, name in enumerate(names * 3)
    ]
    features = make_features(table(rows, LISTINGS))
    compared = compare(features)
    pairs = list(zip(compared.left.tolist(), compared.right.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    assert set(pairs) == _by_hand(
        features.table.select("row", "given_any", "rest_any", "day", "age", "month").to_arrow()
    )
    assert compared_of(compared_table(compared)).families.tolist() == compared.families.tolist()


def _by_hand(rows: object) -> set[tuple[int, int]]:
    """The keys of all families, counted in Python."""
    con = duckdb.connect()
    con.register("rows", rows)
    con.execute(
        "create table f as select *, null::bigint as birth_day, null::bigint as birth_year, null::varchar as place,"
        " null::varchar[] as codes from rows"
    )
    for name, sql in blocking.VIEWS.items():
        con.execute(f'create view "{name}" as {sql}')
    found = set()
    for sql in blocking.FAMILIES.values():
        shared: dict[tuple[object, ...], set[int]] = {}
        for row, *key in con.execute(sql).fetchall():
            shared.setdefault(tuple(key), set()).add(row)
        found |= {pair for held in shared.values() for pair in combinations(sorted(held), 2)}
    return found


def test_a_key_that_too_many_listings_share_is_dropped() -> None:
    rows: list[Row] = [
        {"id": f"r{n:03d}", "list": "north", "name": "Samer Karim"} for n in range(blocking.MAX_SHARED + 1)
    ]
    assert len(compare(make_features(table(rows, LISTINGS))).left) == 0
    assert len(compare(make_features(table(rows[1:], LISTINGS))).left) == 80 * 79 // 2


def test_no_rows_give_no_pairs() -> None:
    compared = compare(make_features(table([], LISTINGS)))
    assert compared.levels.shape == (0, len(PARTS))


def test_pairs_made_in_many_parts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[Row] = [
        {"id": f"r{n:03d}", "list": "north", "name": f"Samer Karim {'Zahra' if n % 3 else 'Nabil'}"}
        for n in range(60)
    ]
    features = make_features(table(rows, LISTINGS))
    whole = compared_table(compare(features))
    monkeypatch.setattr(blocking, "MOST_CODES", 97)
    assert compared_table(compare(features)).equals(whole)
