"""Days and places of happenings told in more than one clause or sentence: when_where.py and happenings.py."""

from __future__ import annotations

import pytest

from rasid.extract.claims import Lexicons, read_claims
from rasid.extract.syntax import PassageText, load_pipeline, parse
from rasid.knowledge.actors import load_actors, load_places
from rasid.knowledge.certainty import load_certainty
from rasid.knowledge.vocabulary import load_vocabulary
from rasid.model.tables import Row


@pytest.fixture(scope="module")
def lexicons() -> Lexicons:
    return Lexicons(load_vocabulary(), load_certainty(), load_actors(), load_places())


def settings(lexicons: Lexicons, *sentences: str) -> dict[str, tuple[str | None, list[str]]]:
    """Type of claim -> its day and its places; the last claim of a type counts."""
    return {str(row["type"]): (day(row), places(row)) for row in claims(lexicons, *sentences)}


def claims(lexicons: Lexicons, *sentences: str) -> list[Row]:
    text = " ".join(sentences)
    starts = [sum(len(s) + 1 for s in sentences[:k]) for k in range(len(sentences))]
    passages = [
        PassageText("d", k, "sentence", start, sentence)
        for k, (start, sentence) in enumerate(zip(starts, sentences, strict=True))
    ]
    return read_claims("d", "the author", text, list(parse(passages, load_pipeline())), lexicons)


def day(row: Row) -> str | None:
    time = row["time"]
    return str(time["text"]) if isinstance(time, dict) else None


def places(row: Row) -> list[str]:
    held = row["places"]
    assert isinstance(held, list)
    return [str(place["text"]) for place in held]


def test_a_result_told_with_its_act_has_the_day_and_place_of_the_act(lexicons: Lexicons) -> None:
    found = settings(lexicons, "On 2 May, rebels shelled the harbour of Ansa, wounding twelve dockers.")
    assert found["injury"] == found["shelling"]
    assert found["injury"][0] == "2 May"


def test_two_verbs_of_one_doer_share_day_and_place(lexicons: Lexicons) -> None:
    found = settings(lexicons, "Soldiers killed a nurse and wounded her brother in Homs on Tuesday.")
    assert found["killing"] == found["injury"] == ("Tuesday", ["Homs"])


def test_a_clause_of_another_time_keeps_its_own_day(lexicons: Lexicons) -> None:
    found = settings(lexicons, "The teacher, who had been arrested in 2019, was killed in Ansa on Friday.")
    assert found["arrest"][0] == "2019"
    assert found["killing"][0] == "Friday"


def test_what_came_after_is_not_on_the_day_of_what_came_before(lexicons: Lexicons) -> None:
    found = settings(lexicons, "Two men were arrested after a bomb exploded in Ansa on 3 June.")
    assert found["arrest"][0] is None


@pytest.mark.parametrize(
    "said",
    [
        "The mayor said on Thursday that militiamen had killed nine farmers.",
        "Militiamen killed nine farmers, the mayor said on Thursday.",
        "On Thursday, the mayor said that militiamen had killed nine farmers.",
    ],
)
def test_the_day_of_saying_is_not_the_day_of_the_happening(lexicons: Lexicons, said: str) -> None:
    assert settings(lexicons, said)["killing"][0] is None


def test_a_place_within_a_place_is_a_place_too(lexicons: Lexicons) -> None:
    found = settings(lexicons, "A guard was shot dead at the door of the clinic in Aleppo.")
    assert "Aleppo" in found["killing"][1]


def test_the_attack_is_the_one_told_before(lexicons: Lexicons) -> None:
    rows = claims(lexicons, "Gunmen attacked a bus near Ansa on Sunday.", "The attack left two drivers dead.")
    killing = next(row for row in rows if row["type"] == "killing")
    assert (day(killing), places(killing)) == ("Sunday", ["Ansa"])
    assert "told before and referred back to" in str(killing["explain"])


def test_the_attack_stays_open_when_two_attacks_were_told(lexicons: Lexicons) -> None:
    rows = claims(
        lexicons,
        "Gunmen attacked a bus near Ansa on Sunday.",
        "Rebels attacked a post near Bersh on Monday.",
        "The attack left two drivers dead.",
    )
    killing = next(row for row in rows if row["type"] == "killing")
    assert (day(killing), places(killing)) == (None, [])


def test_an_attack_that_was_denied_is_not_referred_to(lexicons: Lexicons) -> None:
    rows = claims(lexicons, "The rebels did not attack the bus in Ansa.", "The attack left two drivers dead.")
    killing = next(row for row in rows if row["type"] == "killing")
    assert places(killing) == []


def test_the_time_of_a_relative_clause_is_not_the_day_of_the_attack(lexicons: Lexicons) -> None:
    said = "The front attacked the troops, which for the past two weeks had been training in the north."
    assert settings(lexicons, said)["attack"][0] is None
