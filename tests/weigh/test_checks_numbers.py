"""Numbers in running text as intervals."""

from __future__ import annotations

from math import inf

import pytest

from rasid.weigh.checks.numbers import read_numbers


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3,486 deaths", [(3486, 3486)]),
        ("at least 12 deaths", [(12, inf)]),
        ("fewer than 12 deaths", [(0, 12)]),
        ("almost 550 more", [(495, 550)]),
        ("twenty-three people", [(23, 23)]),
        ("two thousand three hundred and four people", [(2304, 2304)]),
        ("between 20 and 30 fighters", [(20, 30)]),
        ("20-30 fighters", [(20, 30)]),
        ("dozens of fighters", [(24, inf)]),
        ("1.2 million people", [(1_150_000, 1_250_000)]),
        ("rose from 31 to 40", [(31, 31), (40, 40)]),
    ],
)
def test_a_number_is_what_it_could_mean(text: str, wanted: list[tuple[float, float]]) -> None:
    assert [(n.low, n.high) for n in read_numbers(text)] == [pytest.approx(pair) for pair in wanted]


@pytest.mark.parametrize(
    "text",
    [
        "in 2016 it began",
        "on 3 June it began",
        "on June 3 it began",
        "Samer, 31, lived here",
        "12 km from here",
        "at 12:30 they left",
        "one Airbus 330, it said",
        "Article 12 says",
        "$500 was paid",
    ],
)
def test_years_days_ages_distances_and_names_count_nothing(text: str) -> None:
    assert [n for n in read_numbers(text) if n.role == "count" and n.value > 1] == []


def test_thirty_people_in_february_are_people() -> None:
    assert [n.role for n in read_numbers("In February 30 civilians were killed")] == ["count"]
