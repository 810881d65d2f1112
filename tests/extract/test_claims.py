"""Whole claims of short invented passages: the rules by which claims.py and chains.py put the readings together."""

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


def claims(lexicons: Lexicons, *sentences: str, author: str = "the author") -> list[Row]:
    text = " ".join(sentences)
    starts = [sum(len(s) + 1 for s in sentences[:k]) for k in range(len(sentences))]
    passages = [
        PassageText("d", k, "sentence", start, sentence)
        for k, (start, sentence) in enumerate(zip(starts, sentences, strict=True))
    ]
    return read_claims("d", author, text, list(parse(passages, load_pipeline())), lexicons)


def words(claim: Row, role: str) -> str:
    """The words of a role or of the number."""
    held = claim[role]
    assert isinstance(held, dict)
    return str(held["text"])


def voices(claim: Row) -> list[str]:
    held = claim["voices"]
    assert isinstance(held, list)
    return [str(name) for name in held]


def only(rows: list[Row], kind: str) -> Row:
    found = [row for row in rows if row["type"] == kind]
    assert len(found) == 1, rows
    return found[0]


@pytest.mark.parametrize(
    ("said", "polarity", "certainty"),
    [
        ("The siege of Sarnat is over.", "denied", "certain"),
        ("The siege of Sarnat is not over.", "affirmed", "certain"),
        ("The siege of Sarnat is only partial.", "affirmed", "partial"),
        ("The siege of Sarnat is a hot issue in the capital.", "affirmed", "possible"),
        ("The siege of Sarnat is only a matter of time.", "affirmed", "predicted"),
        ("The siege of Sarnat is imminent.", "affirmed", "predicted"),
        ("The siege of Sarnat is a lie.", "denied", "certain"),
    ],
)
def test_what_is_said_of_an_event_decides_how_real_it_is(
    lexicons: Lexicons, said: str, polarity: str, certainty: str
) -> None:
    claim = only(claims(lexicons, said), "siege")
    assert (claim["polarity"], claim["certainty"]) == (polarity, certainty)


def test_voices_nest_from_the_outside_in(lexicons: Lexicons) -> None:
    rows = claims(lexicons, "Ali Doran says that Karim Velo denies that the army shelled Sarnat.")
    claim = only(rows, "shelling")
    assert claim["voices"] == ["the author", "Ali Doran", "Karim Velo"]
    assert claim["polarity"] == "denied"


def test_prisoners_quoted_by_the_army_are_the_inner_voice(lexicons: Lexicons) -> None:
    rows = claims(lexicons, "The army said that, according to prisoners, the rebels shelled the town.")
    assert only(rows, "shelling")["voices"] == ["the author", "army", "prisoners"]


def test_who_does_not_say_it_is_no_voice(lexicons: Lexicons) -> None:
    rows = claims(lexicons, "The army does not say how many soldiers died.")
    assert only(rows, "death")["voices"] == ["the author"]


def test_who_is_asked_to_say_it_has_not_said_it(lexicons: Lexicons) -> None:
    rows = claims(lexicons, "The families demand that the minister say who shelled Sarnat.")
    assert "minister" not in voices(only(rows, "shelling"))


def test_an_accuser_says_that_it_is_so(lexicons: Lexicons) -> None:
    claim = only(claims(lexicons, "The ministry accused the rebels of shelling Sarnat."), "shelling")
    assert claim["certainty"] == "certain"
    assert claim["voices"] == ["the author", "ministry"]
    assert str(claim["status"]).startswith("accused")


def test_an_accusation_by_nobody_named_stays_open(lexicons: Lexicons) -> None:
    assert (
        only(claims(lexicons, "The rebels are accused of shelling Sarnat."), "shelling")["certainty"]
        == "possible"
    )


def test_two_sources_of_one_sentence_keep_their_own_parts(lexicons: Lexicons) -> None:
    rows = claims(
        lexicons,
        "According to the rebels, the army shelled Sarnat; according to the army, the rebels shelled Sarnat.",
    )
    said = {(words(row, "actor"), voices(row)[-1]) for row in rows if row["type"] == "shelling"}
    assert said == {("the army", "rebels"), ("the rebels", "army")}


def test_the_short_name_of_the_author_is_no_second_voice(lexicons: Lexicons) -> None:
    rows = claims(
        lexicons, "The Monitor documented the arrest of two nurses.", author="Tahl Casualty Monitor"
    )
    assert only(rows, "arrest")["voices"] == ["Tahl Casualty Monitor"]


def test_a_part_of_a_number_is_a_claim_of_its_own(lexicons: Lexicons) -> None:
    rows = claims(lexicons, "At least 23 civilians, including 7 children, were killed in Sarnat.")
    assert [words(row, "quantity") for row in rows if row["type"] == "killing"] == ["At least 23", "7"]


def test_has_no_presence_is_denied(lexicons: Lexicons) -> None:
    assert (
        only(claims(lexicons, "The militia has no presence in Sarnat."), "presence")["polarity"] == "denied"
    )


def test_a_relative_who_is_what_stands_before_it(lexicons: Lexicons) -> None:
    claim = only(claims(lexicons, "Samir Tolan, who was arrested in May, is a baker."), "arrest")
    assert "Samir Tolan" in str(claim["target"])


def test_the_arrest_of_somebody_and_his_arrest_have_the_same_target(lexicons: Lexicons) -> None:
    claim = only(claims(lexicons, "Samir Tolan's arrest in May shocked the street."), "arrest")
    assert claim["actor"] is None
    assert words(claim, "target") in {"Samir Tolan", "Samir Tolan's"}
