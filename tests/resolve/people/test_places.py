"""Places as lists write them: spellings that meet, what lies in what, and names that stay open."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from rasid.knowledge.gazetteer import Gazetteer, load_gazetteer
from rasid.model.people import LISTINGS
from rasid.model.tables import Row, table
from rasid.resolve.people.comparing import PARTS, PLACE
from rasid.resolve.people.features import make_features
from rasid.resolve.people.linking import compare
from rasid.resolve.people.mixture import load_prior
from rasid.resolve.people.places import find_paths, governorate_of, place_key, with_places
from rasid.resolve.people.strata import one_spelling

SYRIAN = ["Aleppo", "Homs", "Raqqa", "Idlib"] * 5  # so that the lists are of Syria


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(world=False)


def placed(place: str | None, gazetteer: Gazetteer, *, path: list[str] | None = None) -> Row:
    row: Row = {"id": "a", "list": "north", "name": "Samer Karim", "place": place, "place_path": path}
    return with_places(table([row], LISTINGS), gazetteer).row(0, named=True)


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "Deir ez-Zor",
            "دير الزور",
            "Dayr az Zawr",
            "Deir Ezzor",
            "محافظة دير الزور",
            "Deir ez-Zor Governorate",
        ),
        ("Rural Damascus", "ريف دمشق", "Rif Dimashq"),
        ("Aleppo", "حلب", "Halab"),
        ("Gaza", "غزة"),
        ("Khan Yunis", "خان يونس", "Khan Younis"),
    ],
)
def test_spellings_of_one_place_meet(spellings: tuple[str, ...], gazetteer: Gazetteer) -> None:
    paths = find_paths(spellings, gazetteer)
    assert set(paths) == set(spellings)
    assert len({path[-1] for path in paths.values()}) == 1


def test_a_town_lies_in_its_governorate_and_the_governorate_in_the_country(gazetteer: Gazetteer) -> None:
    paths = find_paths([*SYRIAN, "Al-Mayadin", "Deir ez-Zor", "Syria"], gazetteer)
    assert paths["Deir ez-Zor"][-1] in paths["Al-Mayadin"][:-1]
    assert paths["Syria"][-1] in paths["Deir ez-Zor"][:-1]
    assert governorate_of(paths["Al-Mayadin"]) == paths["Deir ez-Zor"][-1]
    assert governorate_of(paths["Syria"]) is None
    assert governorate_of(paths["Aleppo"]) != governorate_of(paths["Homs"])


def test_the_city_of_damascus_and_the_land_around_it_are_two(gazetteer: Gazetteer) -> None:
    paths = find_paths(["Damascus", "Rural Damascus"], gazetteer)
    assert paths["Damascus"][-1] != paths["Rural Damascus"][-1]


def test_in_palestine_rafah_and_khan_yunis_are_governorates_of_their_own(gazetteer: Gazetteer) -> None:
    paths = find_paths(["Rafah", "Khan Yunis", "Gaza Strip"], gazetteer)
    assert governorate_of(paths["Rafah"]) != governorate_of(paths["Khan Yunis"])
    assert paths["Gaza Strip"][-1] in paths["Rafah"]


def test_a_name_that_no_gazetteer_has_stays_open_and_its_spellings_still_meet(gazetteer: Gazetteer) -> None:
    written = [*SYRIAN, "Wadi Zamharun", "وادي زمهرون"]
    assert not {"Wadi Zamharun", "وادي زمهرون"} & find_paths(written, gazetteer).keys()
    assert place_key("Wadi Zamharun") == place_key("وادي زمهرون")


def test_without_a_country_only_well_known_names_are_placed(gazetteer: Gazetteer) -> None:
    written = ["Jabalia", "Nuseirat"]  # towns of Gaza
    alone, together = find_paths(written, gazetteer), find_paths([*written, *["Gaza"] * 9], gazetteer)
    assert "Nuseirat" not in alone
    assert together["Nuseirat"][0] == "PS"


def test_a_path_that_the_list_brings_along_stays_and_an_empty_place_stays_empty(gazetteer: Gazetteer) -> None:
    assert placed("Aleppo", gazetteer, path=["SY", "north"])["place_path"] == ["SY", "north"]
    assert placed(None, gazetteer)["place_path"] is None
    assert placed("Aleppo", gazetteer)["place_path"] == ["SY", "SY/Aleppo"]


def test_the_levels_of_a_pair_say_same_inside_same_governorate_and_other(gazetteer: Gazetteer) -> None:
    places = ["دير الزور", "Dayr az Zawr", "Al-Mayadin", "البوكمال", "Homs"]
    rows: list[Row] = [
        {"id": f"r{n}", "list": "ab"[n % 2], "name": "Samer Karim Zahrani", "age": 31.0, "place": place}
        for n, place in enumerate(places)
    ]
    held = compare(make_features(with_places(table(rows, LISTINGS), gazetteer)), threads=1)
    at = [part.name for part in PARTS].index("place")
    level = {(a, b): int(n) for a, b, n in zip(held.left, held.right, held.levels[:, at], strict=True)}
    sentences = [PLACE.levels[level[pair]].sentence for pair in [(0, 1), (1, 2), (2, 3), (3, 4)]]
    assert sentences == [
        "the same place",
        "the place of one lies in the place of the other",
        "another place of the same governorate",
        "places that are not the same",
    ]


def test_the_shipped_tables_let_each_level_of_places_weigh_less_than_the_one_before() -> None:
    (places,) = [held for held in load_prior().tables if held.name == "place"]
    kinds = np.exp(places.log[0])
    assert kinds.shape[1] == len(PLACE.levels)
    for_one = kinds[0] / kinds[1:].mean(axis=0)  # one person against any other kind
    assert all(a >= b - 1e-9 for a, b in pairwise(for_one))


def test_places_are_summed_under_their_most_usual_spelling(gazetteer: Gazetteer) -> None:
    written = ["ريف دمشق", "Rif Dimashq", "Rif Dimashq", "Rural Damascus", "Wadi Zamharun"]
    shown = one_spelling(written, paths=find_paths(written, gazetteer))
    assert {shown[name] for name in written[:4]} == {"Rif Dimashq"}
    assert shown["Wadi Zamharun"] == "Wadi Zamharun"


def test_the_order_of_rows_changes_no_path(gazetteer: Gazetteer) -> None:
    written = [*SYRIAN, "Al-Mayadin", "الميادين", "Jisr al-Shughur", "Wadi Zamharun"]
    assert find_paths(written, gazetteer) == find_paths(written[::-1], gazetteer)
    assert with_places(table([], LISTINGS), gazetteer).height == 0
