"""Why the rows of a person are held to be one: enough links to tie them, each with its evidence."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from rasid.model.people import LISTINGS
from rasid.model.tables import Row, table
from rasid.resolve.people import Answer, Linkage, compare_listings, settle
from rasid.resolve.people.reasons import JUDGED, link_reasons

NAMES = [
    "سامر كريم يوسف",
    "ليلى نبيل حداد",
    "رامي فارس قاسم",
    "هدى جميل عواد",
    "نور باسل مراد",
    "طارق زياد سليم",
]


def rows() -> pl.DataFrame:
    made: list[Row] = []
    for number, name in enumerate(NAMES * 4):
        day = date(2021, 3, 1 + number).isoformat()
        for name_of_list in ("a", "b", "c")[: 2 + number % 2]:
            made.append({"id": f"l{number:02}{name_of_list}", "list": name_of_list, "name": f"{name} {'ابجدهوزحطي'[number % 10]}ان",
                         "age": 20.0 + number, "date": day, "place": "Kelan"})  # fmt: skip
    return table(made, LISTINGS).sort("id")


@pytest.fixture(scope="module")
def linkage() -> Linkage:
    return settle(compare_listings(rows()), answers={("l00a", "l00b"): Answer.SAME})


def test_each_person_of_several_rows_is_tied_by_one_link_fewer_than_its_rows(linkage: Linkage) -> None:
    found = link_reasons(linkage)
    sizes = dict(linkage.persons.group_by("person").len().filter(pl.col("len") > 1).iter_rows())
    assert sizes, "the invented rows must link"
    links = found.select("person", "left_id", "right_id").unique().group_by("person").len()
    assert dict(links.iter_rows()) == {person: rows - 1 for person, rows in sizes.items()}


def test_what_a_person_judged_comes_before_every_score(linkage: Linkage) -> None:
    found = link_reasons(linkage).filter((pl.col("left_id") == "l00a") & (pl.col("right_id") == "l00b"))
    assert found["sentence"].to_list() == [JUDGED]
    assert found["bits"].to_list() == [None]


def test_the_last_piece_is_the_sum_of_the_link(linkage: Linkage) -> None:
    for _, pieces in (
        link_reasons(linkage).filter(pl.col("sentence") != JUDGED).group_by("left_id", "right_id")
    ):
        ordered = pieces.sort("place")
        *parts, total = ordered["bits"].to_list()
        assert ordered["sentence"][-1].startswith("together")
        assert sum(parts) == pytest.approx(total, abs=1.0)  # pieces below .05 bits are not shown
