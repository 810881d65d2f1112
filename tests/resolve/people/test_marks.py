"""What two listings say beyond the parts of comparing.py. All names are invented."""

import numpy as np
import pytest

from rasid.model.tables import table
from rasid.resolve.people import LISTINGS
from rasid.resolve.people.features import make_features
from rasid.resolve.people.marks import MARK_PARTS, mark_levels

NOTHING = dict.fromkeys(LISTINGS)


def sentences(one, other, *, more=()):
    """The sentence of each mark of two listings; None where it is absent."""
    rows = [{**NOTHING, "id": f"r{n}", "list": "one", **row} for n, row in enumerate((one, other, *more))]
    features = make_features(table(rows, LISTINGS)).table
    (levels,) = mark_levels(features, np.array([0]), np.array([1]))
    return {
        part.name: part.levels[level].sentence if level >= 0 else None
        for part, level in zip(MARK_PARTS, levels.tolist(), strict=True)
    }


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        ("1961-04-17", "1967-04-17", "one digit of the days of birth is not the same"),
        ("1961-04-17", "1961-84-17", "one digit of the days of birth is not the same"),
        (
            "1961-01-01",
            "1967-01-01",
            "one digit of the births is not the same, and one of them is a year alone",
        ),
        ("1961-04-07", "1961-07-04", "day and month of birth are exchanged"),
        ("1961-04-17", "1967-04-18", "two digits of the births are not the same"),
        ("1961-04-17", "1953-12-02", "more digits of the births are not the same"),
        ("1961-04-17", "1961-04-17", None),
        ("1961", "1961-01-01", None),
        ("1961-04-17", None, None),
    ],
)
def test_births_are_compared_digit_by_digit(one, other, sentence):
    assert sentences({"birth": one}, {"birth": other})["born"] == sentence
    assert sentences({"birth": other}, {"birth": one})["born"] == sentence


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        ("Darvel Quontham", "Dargel Quontham", "the given names are one letter apart"),
        ("Darvel Quontham", "Dravel Quontham", "the given names are one letter apart"),
        ("Darvel Quontham", "D Quontham", "one given name is the initial of the other"),
        (
            "Quonthom",
            "Darvel Quontham",
            "the given name of one is one letter from the last name of the other",
        ),
        ("Darvel Quontham", "Dismory Quontham", "the given names begin with the same letter"),
        ("Darvel Quontham", "Brumek Quontham", "the given names do not look alike"),
        ("Darvel Quontham", "Darvel Skree", None),
        ("Darvel Quontham", "سامر القيسي", None),
    ],
)
def test_given_names_that_do_not_agree_may_look_alike(one, other, sentence):
    assert sentences({"name": one}, {"name": other})["letters"] == sentence


def test_last_names_that_do_not_agree_may_be_one_letter_apart():
    one = {"name": "Darvel Balker"}
    assert sentences(one, {"name": "Darvel Balder"})["last_letters"] == "the last names are one letter apart"
    assert sentences(one, {"name": "Darvel Skreeble"})["last_letters"] == "the last names do not look alike"
    assert sentences(one, {"name": "Darvel Balker"})["last_letters"] is None
    assert sentences(one, {"name": "Darvel"})["last_letters"] is None


def test_a_rare_thing_says_more_than_a_common_one():
    crowd = [{"codes": ["work: baker", f"house: zz{n} 1{n}q"]} for n in range(3000)]
    one = {"codes": ["work: baker", "house: ab1 2cd"]}
    assert sentences(one, {"codes": ["house: ab1 2cd"]}, more=crowd)["things"] == "what agrees is rare"
    assert sentences(one, {"codes": ["work: baker"]}, more=crowd)["things"] == "what agrees is common"
    assert sentences(one, {"codes": ["house: ab1 9xy"]}, more=crowd)["things"] == "rare words in them agree"
    assert sentences(one, {"codes": ["house: xy9 8zz"]}, more=crowd)["things"] == "no word in them agrees"
    assert sentences(one, {"codes": None}, more=crowd)["things"] is None


def test_a_place_that_few_rows_name_says_more():
    crowd = [{"place": "Amberfield"} for _ in range(1000)]
    few, many = {"place": "Quillmoor"}, {"place": "Amberfield"}
    assert sentences(few, few, more=crowd)["common"] == "a place that very few rows name"
    assert sentences(many, many, more=crowd)["common"] == "a place that many rows name"
    assert sentences(few, many, more=crowd)["common"] is None
