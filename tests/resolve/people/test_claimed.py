"""Persons named in claims as a list: who is on it, what it says of each, and the claim behind each row."""

from __future__ import annotations

import pytest

from rasid.model.people import LISTED_CLAIMS, LISTINGS
from rasid.model.tables import DOUBTS, Row, check
from rasid.resolve.people.claimed import list_claims
from tests.builders import claim, claims, mention

DAY = {"text": "on 5 March", "first_day": "2024-03-05", "last_day": "2024-03-05", "precision": "day"}
MONTH = DAY | {"text": "in March", "first_day": "2024-03-01", "last_day": "2024-03-31", "precision": "month"}
SPELL = DAY | {"text": "this spring", "last_day": "2024-05-31", "precision": "range"}
HOMS = {"text": "Homs", "name": "Homs", "level": "governorate", "country": "SY", "start": 0, "end": 4}
BRIDGE = {"text": "the bridge", "name": None, "level": None, "country": None, "start": 0, "end": 10}


def harmed(name: str, event: str = "killing", **given: object) -> Row:
    words = f"{name} {event} {sorted(given.items())}"
    return claim(type=event, persons=[mention(name, name)], quote=words, **given)


def listed(*rows: Row) -> list[Row]:
    made, behind, _ = list_claims(claims(*rows), "reports")
    check(made, LISTINGS, where="test")
    assert check(behind, LISTED_CLAIMS, where="test")["id"].to_list() == made["id"].to_list()
    return made.select("name", "date", "place", "status").to_dicts()


def test_each_person_harmed_is_a_row_with_day_place_and_what_became_of_them() -> None:
    (row,) = listed(harmed("Salim Qasri", "arrest", time=DAY, places=[BRIDGE, HOMS]))
    assert row == {"name": "Salim Qasri", "date": "2024-03-05", "place": "Homs", "status": "detained"}


@pytest.mark.parametrize(
    "given",
    [{"polarity": "denied"}, {"certainty": "possible"}, {"certainty": "predicted"}, {"event": "battle"}],
)
def test_what_is_denied_possible_foretold_or_no_fate_makes_no_row(given: dict[str, str]) -> None:
    assert listed(harmed("Salim Qasri", **given)) == []


def test_a_person_named_twice_in_one_report_is_one_row_with_the_gravest_fate() -> None:
    rows = listed(
        harmed("Salim Qasri", "arrest", time=DAY), harmed("Qasri", "death", time=MONTH), harmed("Salim Qasri")
    )
    assert rows == [{"name": "Salim Qasri", "date": "2024-03", "place": None, "status": "killed"}]


def test_two_reports_that_name_one_person_are_two_rows_for_linking_decides_who_is_who() -> None:
    one, other = harmed("Salim Qasri"), harmed("Salim Qasri", document="d000000000002")
    assert len(listed(one, other)) == 2


def test_a_stretch_of_time_is_no_date() -> None:
    assert listed(harmed("Salim Qasri", time=SPELL))[0]["date"] is None


def test_one_word_is_no_person_and_that_is_said() -> None:
    made, _, doubts = list_claims(claims(harmed("Qasri"), harmed("Lina Zahri")), "reports")
    assert made["name"].to_list() == ["Lina Zahri"]
    assert check(doubts, DOUBTS, where="test")["sentence"][0].startswith(
        "1 persons are named by one word only"
    )
    assert "Qasri" not in doubts["sentence"][0]


def test_the_row_opens_the_claim_that_says_the_gravest() -> None:
    arrest = harmed("Salim Qasri", "arrest", id="c000000000001")
    death = harmed("Salim Qasri", "killing", id="c000000000002", time=DAY)
    _, behind, _ = list_claims(claims(arrest, death), "reports")
    assert behind["claim"].to_list() == ["c000000000002"]


def test_ids_hang_on_the_report_and_the_name_and_not_on_the_rest() -> None:
    before = list_claims(claims(harmed("Salim Qasri")), "reports")[0]["id"].to_list()
    after = list_claims(claims(harmed("Salim Qasri", time=DAY), harmed("Lina Zahri")), "reports")[0][
        "id"
    ].to_list()
    assert set(before) < set(after)
