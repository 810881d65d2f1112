"""Small invented lists in two scripts, from rows to persons, evidence and capture tables."""

import itertools

import numpy as np
import polars as pl
import pytest

from rasid.model.tables import check, table
from rasid.resolve.people import (
    LISTINGS,
    PAIRS,
    PERSONS,
    Answer,
    Settings,
    ask,
    compare_listings,
    explain,
    pair_table,
    settle,
)
from rasid.resolve.people.captures import capture_of, capture_tables

GIVEN = [
    ("سامر", "Samer"),
    ("نبيل", "Nabil"),
    ("مازن", "Mazin"),
    ("رامي", "Rami"),
    ("وليد", "Waleed"),
    ("هاني", "Hani"),
]
FATHER = [("كريم", "Karim"), ("فريد", "Fareed"), ("جميل", "Jamil"), ("سعيد", "Saeed")]
FAMILY = [
    ("الزهراني", "Zahrani"),
    ("أبو ماجد", "Abu Majed"),
    ("القيسي", "al-Qaisi"),
    ("البغدادي", "Baghdadi"),
    ("المرزوقي", "Marzouki"),
]


def invented():
    """One row a person: every third is on all three lists, the others on one or two. Brothers share father and family."""
    rows = []
    for number, ((given, given_en), (father, father_en), (family, family_en)) in enumerate(
        itertools.product(GIVEN, FATHER, FAMILY)
    ):
        day = f"2021-{1 + number % 9:02}-{1 + number * 7 % 27:02}"
        age = float(3 + number * 13 % 61)
        shared = {"age": age, "date": day, "sex": "male", "status": "killed"}
        if number % 3 != 1:
            rows.append(
                {
                    "id": f"n{number}",
                    "list": "north",
                    "name": f"{given} {father} {family}",
                    "place": "خان الرمان",
                    **shared,
                }
            )
        if number % 3 != 2:
            rows.append(
                {
                    "id": f"s{number}",
                    "list": "south",
                    "name": f"{given_en} {father_en} {family_en}",
                    "place": "Khan al-Rumman",
                    **shared,
                }
            )
        if number % 3 == 0:
            rows.append(
                {"id": f"w{number}", "list": "west", "name": f"{given} {family}", "place": None, **shared}
            )
    together = {"date": "2021-04-17", "sex": "male", "status": "killed"}  # three brothers of one day
    for number, (given, given_en, age) in enumerate(
        [("باسم", "Basim", 9.0), ("ثائر", "Thaer", 17.0), ("لؤي", "Luay", 26.0)]
    ):
        rows.append(
            {
                "id": f"n{200 + number}",
                "list": "north",
                "name": f"{given} لطفي الدمشقي",
                "place": "خان الرمان",
                "age": age,
                **together,
            }
        )
        rows.append(
            {
                "id": f"s{200 + number}",
                "list": "south",
                "name": f"{given_en} Lutfi Dimashqi",
                "place": "Khan al-Rumman",
                "age": age,
                **together,
            }
        )
    return table(rows, LISTINGS)


@pytest.fixture(scope="module")
def listings():
    return invented()


@pytest.fixture(scope="module")
def comparison(listings):
    return compare_listings(listings, settings=Settings(threads=1, order=("north", "south", "west")))


@pytest.fixture(scope="module")
def linkage(comparison):
    return settle(comparison)


def person_of(linkage):
    return dict(check(linkage.persons, PERSONS, where="test").iter_rows())


def test_one_person_is_found_in_both_scripts_and_without_the_father(linkage):
    persons = person_of(linkage)
    found = sum(persons[f"n{n}"] == persons[f"s{n}"] == persons[f"w{n}"] for n in range(0, 120, 3))
    assert found >= 36  # of 40


def test_brothers_are_different_persons(linkage):
    persons = person_of(linkage)
    wrong = [
        (a, b)
        for a, b in itertools.combinations(sorted(persons), 2)
        if persons[a] == persons[b] and a[1:] != b[1:]
    ]
    assert len(wrong) <= 2


def test_the_order_of_rows_is_irrelevant(listings, linkage):
    turned = compare_listings(
        table(listings.to_dicts()[::-1], LISTINGS),
        settings=Settings(threads=1, order=("north", "south", "west")),
    )
    assert settle(turned).persons.equals(linkage.persons)


def test_evidence_is_in_words_and_its_bits_add_up(linkage):
    evidence = explain(linkage, "s0", "n0")
    assert evidence is not None
    assert sum(piece.bits for piece in evidence.pieces) == pytest.approx(evidence.bits)
    assert evidence.probability > 0.9
    assert next(p for p in evidence.pieces if p.part == "date").sentence == "the same day"


def test_brothers_are_said_to_be_brothers(linkage):
    evidence = explain(linkage, "n200", "s201")
    assert evidence is not None and evidence.probability < 0.1
    assert any("rather brothers or sisters" in piece.sentence for piece in evidence.pieces)


def test_listings_with_nothing_in_common_have_no_evidence(linkage):
    assert explain(linkage, "n0", "no such listing") is None


def test_an_answer_beats_a_score_and_is_undone_by_its_absence(comparison, linkage):
    persons = person_of(linkage)
    assert persons["n0"] == persons["s0"]
    parted = person_of(settle(comparison, answers={("s0", "n0"): Answer.DIFFERENT}))
    assert parted["n0"] != parted["s0"]
    assert person_of(settle(comparison, answers={("s0", "n0"): Answer.UNCLEAR})) == persons


def test_pairs_for_review_are_compared_pairs(comparison):
    asked = ask(comparison, count=40)
    known = set(comparison.features.ids)
    assert 36 <= len(asked) <= 44
    assert all(a in known and b in known and a != b for a, b in asked)


def test_the_table_of_pairs_has_its_shape(linkage):
    pairs = check(pair_table(linkage), PAIRS, where="test")
    assert pairs.equals(pairs.sort("left_id", "right_id"))
    assert (pairs["left_id"] < pairs["right_id"]).all()
    assert pairs["probability"].is_between(0.01, 1.0).all()


def test_ids_stay_when_a_list_is_added(listings, linkage):
    fewer = compare_listings(
        listings.filter(pl.col("list") != "west"), settings=Settings(threads=1, order=("north", "south"))
    )
    before, after = person_of(settle(fewer)), person_of(linkage)
    assert sum(before[n] == after[n] for n in before) >= 0.97 * len(before)


def test_sampled_clusterings_give_counts_and_what_they_miss(listings, linkage):
    captures = capture_tables(linkage, draws=3, seed=5)
    assert captures.lists == ("north", "south", "west")
    for capture in captures.draws:
        assert all(len(pattern) == 3 and any(pattern) for pattern in capture.counts)
        assert 118 <= sum(capture.counts.values()) <= 138  # 123 persons
        assert all(links >= 0 for links in (*capture.missed.values(), *capture.false.values()))
        assert all(a < b for a, b in (*capture.missed, *capture.false))
    assert capture_tables(linkage, draws=3, seed=5) == captures


def test_a_sampled_clustering_says_how_many_links_it_has_too_few_or_too_many():
    groups = np.array([0, 0, 2, 2, 4, 5])
    lists = np.array([0, 1, 0, 2, 1, 2])
    wanted = np.array([[0.0, 3.0, 0.25], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])
    capture = capture_of(groups, lists, wanted)
    assert capture.counts == {(1, 1, 0): 1, (1, 0, 1): 1, (0, 1, 0): 1, (0, 0, 1): 1}
    assert capture.missed == {(0, 1): 2.0}
    assert capture.false == {(0, 2): 0.75}


def test_a_person_with_two_rows_on_a_list_moves_as_one():
    groups, lists = np.array([0, 0, 0, 3, 4]), np.array([0, 0, 1, 0, 1])
    capture = capture_of(groups, lists, np.array([[0.0, 4.0], [0.0, 0.0]]))
    assert capture.missed == {(0, 1): 1.0}  # two links short, and a person has two


def test_draws_differ_in_their_links_for_the_calibration_is_in_doubt(linkage):
    captures = capture_tables(linkage, draws=6, seed=2)
    assert len({capture.links for capture in captures.draws}) > 1


def test_a_listing_without_a_name_stays_alone():
    rows = [
        {"id": "a", "list": "one", "name": None, "date": "2021-05-05"},
        {"id": "b", "list": "two", "name": "نبيل فريد القيسي", "date": "2021-05-05"},
        {"id": "c", "list": "two", "name": None, "date": "2021-05-05"},
    ]
    linkage = settle(compare_listings(table(rows, LISTINGS)))
    assert len(set(person_of(linkage).values())) == 3


def test_a_single_listing_is_a_person():
    one = table([{"id": "a", "list": "one", "name": "Rami Jamil al-Qaisi"}], LISTINGS)
    linkage = settle(compare_listings(one))
    assert linkage.persons.height == 1
    assert np.isclose(linkage.missed, 0)


def test_a_second_spelling_of_a_name_is_used():
    row = {"id": "a", "list": "one", "name": "سامر كريم الزهراني", "date": "2021-05-05", "age": 30.0}
    other = {"id": "b", "list": "two", "name": "Xamer Qarym Zehranoglu", "date": "2021-05-05", "age": 30.0}
    bare = compare_listings(table([row, other], LISTINGS))
    both = compare_listings(table([row, {**other, "other_name": "سامر كريم الزهراني"}], LISTINGS))
    assert both.log_odds.max() > bare.log_odds.max(initial=-99.0)
