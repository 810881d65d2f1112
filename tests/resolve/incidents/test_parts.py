"""The parts of the comparison: days, places, names, blocks."""

from __future__ import annotations

from datetime import date

import pytest

from rasid.model.tables import CLAIMS, Row
from rasid.resolve.incidents.blocking import NEXT, candidate_pairs
from rasid.resolve.incidents.days import read_days
from rasid.resolve.incidents.kinds import is_general, type_likeness
from rasid.resolve.incidents.scoring import make_sides
from rasid.resolve.incidents.spots import (
    Nearness,
    Spot,
    closest,
    nearness,
    point_distance_km,
    proper_name,
    spot_in_target,
)
from rasid.resolve.incidents.tellings import Telling
from rasid.resolve.incidents.told import read_told, same_person
from tests.builders import claim


def day(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def row(n: int, quote: str, **given: object) -> Row:
    held = claim(**({"id": f"c{n}", "document": "d1", "start": n * 100, "quote": quote} | given))
    return dict.fromkeys(CLAIMS) | held


def days(*rows: Row, written: str | None = "2024-03-20") -> list[tuple[int, int] | None]:
    found = read_days(rows, {"d1": written})
    return [found[str(each["id"])][0] for each in rows]


TUESDAY = {"text": "Tuesday", "first_day": "2024-03-05", "last_day": "2024-03-05", "precision": "day"}


def test_the_same_day_is_the_day_told_before() -> None:
    same = {"text": "the same day", "first_day": None, "last_day": None, "precision": "open"}
    found = days(
        row(1, "A shell fell on Tuesday.", time=TUESDAY), row(2, "Another fell the same day.", time=same)
    )
    assert found == [(day("2024-03-05"),) * 2] * 2


def test_a_day_in_the_words_counts_where_no_event_has_a_time() -> None:
    assert days(row(1, "The men who were killed on 3 March were buried.")) == [(day("2024-03-03"),) * 2]
    assert days(row(1, "The men who were killed on 28 December were buried.")) == [(day("2023-12-28"),) * 2]


def test_a_day_that_another_event_of_the_sentence_has_is_not_lent() -> None:
    rows = row(1, "Police look into the murder and Tuesday's raid."), row(2, "x", start=100, time=TUESDAY)
    assert days(*rows)[0] is None


def test_two_days_in_the_words_or_none_on_the_calendar_leave_a_claim_undated() -> None:
    assert days(row(1, "Killed between 3 March and 5 March.")) == [None]
    assert days(row(1, "Killed on 31 April.")) == [None]
    assert days(row(1, "Killed on 3 March."), written=None) == [None]


def town(key: str, latitude: float, **more: object) -> Spot:
    return Spot(key, key, True, True, latitude=latitude, longitude=36.0, country="SY", **more)  # type: ignore[arg-type]


def test_towns_near_each_other_are_near_and_far_ones_are_different() -> None:
    assert nearness(town("g1", 35.0), town("g2", 35.02)) is Nearness.NEAR
    assert nearness(town("g1", 35.0), town("g2", 35.3)) is Nearness.DIFFERENT


def test_a_town_lies_in_its_governorate_and_not_in_another() -> None:
    area = Spot("g9", "Ketmar", False, True, level="governorate", country="SY", adm1="Ketmar")
    assert nearness(town("g1", 35.0, adm1="Ketmar"), area) is Nearness.INSIDE
    assert nearness(town("g1", 35.0, adm1="Orlik"), area) is Nearness.DIFFERENT


def test_unknown_names_are_other_names_but_a_building_may_lie_in_any_town() -> None:
    dovrek, halmet = (Spot(f"n{name}", name, True, False) for name in ("dovrek", "halmet"))
    assert nearness(dovrek, halmet) is Nearness.OTHER_NAME
    assert (
        nearness(dovrek, Spot("nnorrin embassy", "Norrin Embassy", True, False, site=True))
        is Nearness.UNKNOWN
    )


def test_the_closest_of_several_places_counts() -> None:
    found, *_ = closest([town("g1", 35.0), town("g2", 36.0)], [town("g2", 36.0)])
    assert found is Nearness.SAME


def test_the_town_of_a_building_is_read_from_its_words() -> None:
    spot = spot_in_target("the grain silo of Port Amrit")
    assert spot is not None and spot.key == "nport amrit"
    assert spot_in_target("members of the Grey Banner") is None
    assert proper_name("the market of Dovrek") == "dovrek" and proper_name("the residence") == ""


def test_a_degree_of_latitude_is_111_km() -> None:
    assert point_distance_km((35.0, 36.0), (36.0, 36.0)) == pytest.approx(111.2, abs=0.1)


def test_spellings_of_one_name_are_one_and_other_names_are_not() -> None:
    assert same_person("rafiq denavar", "denavar") and same_person("rafik denavar", "rafiq dennavar")
    assert not same_person("rafiq denavar", "rafiq marok")


def test_types_of_one_deed_go_together_and_rival_means_do_not() -> None:
    assert type_likeness("air_strike", "attack") > type_likeness("air_strike", "killing") > 0
    assert type_likeness("air_strike", "shelling") < 0 and type_likeness("killing", "release") == -1.0


def test_what_goes_on_is_general_and_one_deed_is_not() -> None:
    general = (
        "Shelling continues.",
        "It is shelled daily.",
        "They counted 31 attacks.",
        "The office recorded 214 deaths.",
    )
    assert all(is_general(quote) for quote in general)
    assert not is_general("A shell killed two people on Tuesday.")


def test_a_town_of_which_every_report_speaks_gives_pairs_in_step_with_the_claims() -> None:
    """600 tellings of one town and week: all pairs would be 180,000."""
    place = {"text": "Dovrek", "name": None, "level": None, "country": None}
    sides = []
    for n in range(600):
        held = row(n, f"Shell {n} fell.", document=f"d{n}", type="shelling", places=[place])
        told = read_told(held, days=(738000 + n % 7,) * 2, written="2024-03-20", places={})
        assert told is not None
        telling = Telling()
        telling.add(told)
        sides.append(telling)
    assert len(candidate_pairs(make_sides(sides))) <= 600 * NEXT * 3
