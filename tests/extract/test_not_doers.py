"""Who stands before a deed and has not done it, and groups said to be there by their numbers."""

from __future__ import annotations

import pytest

from rasid.extract.claims import read_claims
from rasid.extract.reader import RulesReader
from rasid.extract.syntax import PassageText, parse
from rasid.model.tables import Row
from rasid.model.values import PassageKind


@pytest.fixture(scope="module")
def reader() -> RulesReader:
    return RulesReader()


def _read(text: str, reader: RulesReader, kind: PassageKind = PassageKind.SENTENCE) -> list[Row]:
    sentences = list(parse([PassageText("d", 0, kind, 0, text)], reader._nlp))
    return read_claims("d", "desk", text, sentences, reader._lexicons)


def _words(row: Row, role: str) -> str | None:
    held = row[role]
    return str(held["text"]) if isinstance(held, dict) else None


@pytest.mark.parametrize(
    ("text", "kind", "actor", "target"),
    [
        ("Karim Odeh, governor: The army shelled the town.", "shelling", "The army", "the town"),
        ("The governor: The army shelled the town.", "shelling", "The army", "the town"),
        ("Police foiled a plot to bomb the market.", "bombing", None, "the market"),
        ("The army thwarted a plan to attack the port.", "attack", None, "the port"),
        ("The army stopped an attack by the rebels on Marbat.", "attack", "the rebels", None),
    ],
)
def test_who_stands_before_a_deed_has_not_always_done_it(
    text: str, kind: str, actor: str | None, target: str | None, reader: RulesReader
) -> None:
    (row,) = [r for r in _read(text, reader) if r["type"] == kind]
    assert (_words(row, "actor"), _words(row, "target")) == (actor, target)


@pytest.mark.parametrize(
    ("text", "actor", "target"),
    [
        ("Marbat shelled, four dead", None, "Marbat"),
        ("MARBAT attacked, four dead", None, "MARBAT"),
        ("Rebels attacked, four dead", "Rebels", None),
    ],
)
def test_a_town_before_a_bare_attack_in_a_heading_was_attacked(
    text: str, actor: str | None, target: str | None, reader: RulesReader
) -> None:
    row = next(r for r in _read(text, reader, PassageKind.HEADING) if r["type"] in {"shelling", "attack"})
    assert (_words(row, "actor"), _words(row, "target")) == (actor, target)


def test_an_offered_truce_is_no_truce_yet(reader: RulesReader) -> None:
    (row,) = _read("The militia offered a truce.", reader)
    assert (row["type"], row["certainty"]) == ("ceasefire", "predicted")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("More than 300 fighters of the Rivers Front remained active in Marbat.", "More than 300"),
        ("The Rivers Front still had between 1,400 and 1,800 members in Marbat.", "between 1,400 and 1,800"),
        ("The militia has about 300 fighters in Marbat.", "about 300"),
    ],
)
def test_fighters_said_to_be_somewhere_are_a_presence_with_their_number(
    text: str, count: str, reader: RulesReader
) -> None:
    (row,) = _read(text, reader)
    assert (row["type"], _words(row, "quantity"), row["polarity"]) == ("presence", count, "affirmed")


def test_a_party_with_members_of_parliament_is_no_armed_presence(reader: RulesReader) -> None:
    assert [r["type"] for r in _read("The party has 40 members in parliament.", reader)] == ["figure"]


def test_the_last_piece_of_territory_is_territory(reader: RulesReader) -> None:
    (row,) = _read("The Rivers Front had lost its last piece of territory, in Marbat.", reader)
    assert (row["type"], _words(row, "actor")) == ("territorial_loss", "The Rivers Front")


def test_who_claims_a_deed_is_not_accused_of_it(reader: RulesReader) -> None:
    rows = _read("The Rivers Front claimed responsibility for the attack.", reader)
    assert [r["status"] for r in rows if r["type"] == "claim_of_responsibility"] == ["claimed"]


def test_the_day_of_saying_goes_with_the_voice_and_not_with_the_deed(reader: RulesReader) -> None:
    text = "On 12 May 2021 the ministry said that the army had shelled Marbat."
    (row,) = [r for r in _read(text, reader) if r["type"] == "shelling"]
    told = row["attribution"]
    assert isinstance(told, list)
    said = {key: told[-1][key] for key in ("said_text", "said_start", "said_end", "said")}
    assert said == {"said_text": "12 May 2021", "said_start": 3, "said_end": 14, "said": "2021-05-12"}
    assert row["time"] is None


@pytest.mark.parametrize(
    ("text", "actor", "target"),
    [
        ("Air strikes of the coalition killed nine people.", "the coalition", None),
        ("The raids of the army killed nine people.", "the army", None),
        ("The attack of rebel positions began at dawn.", None, "rebel positions"),
        ("The attack of the village killed nine.", None, "the village"),
        ("The bombing of the rebels killed nine.", None, "the rebels"),
        ("The bombing of the army base killed nine soldiers.", None, "the army base"),
    ],
)
def test_a_strike_of_an_army_is_its_own_and_a_bombing_of_it_is_not(
    text: str, actor: str | None, target: str | None, reader: RulesReader
) -> None:
    row = next(r for r in _read(text, reader) if r["type"] in {"air_strike", "attack", "bombing"})
    assert (_words(row, "actor"), _words(row, "target")) == (actor, target)
