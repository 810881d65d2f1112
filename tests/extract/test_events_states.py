"""States said in ordinary words, through the real pipeline; sentences of our own about places that do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rasid.extract.certainty import judge
from rasid.extract.events import read_events
from rasid.extract.found import Stretch
from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse
from rasid.extract.voices import read_attributions
from rasid.knowledge.certainty import load_certainty
from rasid.knowledge.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def words(s: Sentence, phrase: Stretch | None) -> str | None:
    return s.words_between(phrase.start, phrase.end) if phrase else None


def told(text: str, nlp: Language) -> list[tuple[str, str | None, str | None, str, str]]:
    (s,) = parse([PassageText("d", 0, "sentence", 1000, text)], nlp)
    rows = []
    for e in read_events(s, load_vocabulary()):
        said = judge(s, e.head, lexicon=load_certainty())
        rows.append(
            (e.type, words(s, e.actor), words(s, e.target), said.polarity.value, said.certainty.value)
        )
    return rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "There are no foreign soldiers in the valley.",
            ("presence", "foreign soldiers", None, "denied", "certain"),
        ),
        ("There is not a single rebel with us.", ("presence", "a single rebel", None, "denied", "certain")),
        (
            "There are still militiamen in the harbour.",
            ("presence", "militiamen", None, "affirmed", "certain"),
        ),
        (
            "The harbour is in the hands of the rebels.",
            ("control", "the rebels", "The harbour", "affirmed", "certain"),
        ),
        ("Nobody controls the harbour.", ("control", "Nobody", "the harbour", "denied", "certain")),
        (
            "The militia is behind the massacre.",
            ("responsibility", "The militia", "the massacre", "affirmed", "certain"),
        ),
        (
            "The insurgents still collect a tax on every boat.",
            ("taxation", "The insurgents", "every boat", "affirmed", "certain"),
        ),
        ("The truce is not holding.", ("ceasefire", None, "The truce", "denied", "certain")),
        ("The truce is largely holding.", ("ceasefire", None, "The truce", "affirmed", "partial")),
        ("The truce has collapsed.", ("ceasefire_breach", None, "The truce", "affirmed", "certain")),
        ("The truce exists only on paper.", ("ceasefire_breach", None, "The truce", "affirmed", "certain")),
        ("General Rashid Toma is alive.", ("survival", None, "Rashid Toma", "affirmed", "certain")),
        (
            "The peacekeepers are not leaving the island.",
            ("withdrawal", "The peacekeepers", None, "denied", "certain"),
        ),
        (
            "The clinic in Wadi Sarn was not bombed.",
            ("facility_attack", None, "The clinic", "denied", "certain"),
        ),
        (
            "No cluster munitions were used in the valley.",
            ("prohibited_weapons", None, None, "denied", "certain"),
        ),
        (
            "There can be no doubt that cluster munitions were used.",
            ("prohibited_weapons", None, None, "affirmed", "certain"),
        ),
        (
            "The school was hit only in part.",
            ("facility_attack", None, "The school", "affirmed", "partial"),
        ),
    ],
)
def test_a_state_in_ordinary_words_is_found_with_its_polarity(
    text: str, expected: tuple[str, str | None, str | None, str, str], nlp: Language
) -> None:
    assert expected in told(text, nlp)


@pytest.mark.parametrize(
    "text",
    [
        "There are no tomatoes in the market.",
        "The letter is in the hands of the postman's children.",
        "The sun is behind the hill.",
    ],
)
def test_ordinary_words_about_other_things_are_no_such_state(text: str, nlp: Language) -> None:
    assert not {row[0] for row in told(text, nlp)} & {"presence", "responsibility"}


def test_who_breaks_a_truce_has_not_made_one(nlp: Language) -> None:
    kinds = [row[0] for row in told("The rebels violated the ceasefire nine times.", nlp)]
    assert kinds == ["ceasefire_breach"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A message that ten people were killed at the ford was read out.", "message"),
        ("They tell us on the radio that the soldiers are leaving.", "radio"),
        ("The spokesman of the mission, Karim Odeh, said that the town was calm.", "Karim Odeh"),
        ("Lisbon repeats on every channel that foreign troops are in the valley.", "Lisbon"),
        ("The council informs public opinion that the road is open.", "council"),
    ],
)
def test_the_one_who_speaks_is_named(text: str, speaker: str, nlp: Language) -> None:
    sentences = list(parse([PassageText("d", 0, "sentence", 1000, text)], nlp))
    assert [a.speaker for a in read_attributions(sentences)] == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "There can be no doubt that the bridge was mined.",
        "In a new chapter of its black book, the militia shelled the bridge on Monday.",
    ],
)
def test_a_figure_of_speech_is_nobody_else_s_voice(text: str, nlp: Language) -> None:
    sentences = list(parse([PassageText("d", 0, "sentence", 1000, text)], nlp))
    assert read_attributions(sentences) == []
