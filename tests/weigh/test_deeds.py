"""One deed or two: what ties two claims to each other."""

from __future__ import annotations

from rasid.model.tables import Row, as_rows
from rasid.weigh.deeds import marks_of, may_be_one_deed
from tests.builders import claim, claims, mention

DOVREK = {"text": "Dovrek", "name": "Dovrek", "level": "town", "country": None, "start": 0, "end": 0}


def on(day: str) -> Row:
    return {"text": day, "first_day": day, "last_day": day, "precision": "day", "start": 0, "end": 0}


def taken(target: str | None, **more: object) -> Row:
    whom = mention(target, target) if target else None
    row = {"type": "arrest", "actor": mention("Ash Front", "Ash Front"), "target": whom}
    [full] = as_rows(claims(claim(**(row | more))))
    return full


def test_two_men_arrested_by_one_party_are_two_deeds():
    assert not may_be_one_deed(taken("Rafiq Denavar"), taken("Hadi Marok", polarity="denied"))
    assert may_be_one_deed(taken("Rafiq Denavar"), taken("Rafiq Denavar", polarity="denied"))


def test_unnamed_victims_are_the_same_only_at_one_place():
    here, denied = {"places": [DOVREK]}, {"polarity": "denied"}
    assert may_be_one_deed(taken("two engineers", **here), taken("two engineers", **here, **denied))
    assert not may_be_one_deed(taken("two engineers"), taken("two engineers", **denied))
    first, later = here | {"time": on("2024-03-01")}, here | {"time": on("2024-05-01")}
    assert not may_be_one_deed(taken("two engineers", **first), taken("two engineers", **later, **denied))
    assert may_be_one_deed(taken("two engineers", **first), taken("some staff", **first, **denied))


def test_who_denies_any_arrest_denies_each():
    denial = {"polarity": "denied", "quote": "The Front has never arrested anyone in this town."}
    assert may_be_one_deed(taken("Rafiq Denavar"), taken(None, **denial))
    assert may_be_one_deed(taken("Rafiq Denavar"), taken(None, polarity="denied", voices=["Ash Front"]))
    unread = {
        "polarity": "denied",
        "quote": "Woman Says She Has Not Been Taken By Ash Front",
        "voices": ["Woman"],
    }
    assert not may_be_one_deed(taken("Rafiq Denavar"), taken(None, **unread))


def test_what_is_not_done_to_people_is_left_to_the_other_rules():
    assert may_be_one_deed(
        taken("Kelan", type="shelling"), taken("Orlik", type="shelling", polarity="denied")
    )


def test_the_marks_of_a_claim_are_its_place_its_named_target_and_its_day():
    marked = taken("Rafiq Denavar", places=[DOVREK], time=on("2024-03-01"))
    assert marks_of(marked) == {"dovrek", "rafiq denavar", "2024-03-01"}
    assert marks_of(taken("two villagers")) == frozenset()
