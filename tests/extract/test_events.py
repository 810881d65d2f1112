"""Who did what to whom, through the real pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rasid.extract.events import read_events
from rasid.extract.found import EventFound, Stretch
from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse
from rasid.knowledge.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def read(text: str, nlp: Language) -> tuple[Sentence, list[EventFound]]:
    (sentence,) = parse([PassageText("d", 0, "sentence", 1000, text)], nlp)
    return sentence, read_events(sentence, load_vocabulary())


def words(s: Sentence, phrase: Stretch | None) -> str | None:
    return s.words_between(phrase.start, phrase.end) if phrase else None


def told(text: str, nlp: Language) -> list[tuple[str, str | None, str | None]]:
    s, events = read(text, nlp)
    return [(e.type, words(s, e.actor), words(s, e.target)) for e in events]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen killed two farmers.", ("killing", "Gunmen", "two farmers")),
        ("Two farmers were killed by gunmen.", ("killing", "gunmen", "two farmers".capitalize())),
        ("Farmers killed by the militia were buried.", ("killing", "the militia", "Farmers")),
        ("The soldiers who killed the farmers fled.", ("killing", "The soldiers", "the farmers")),
        ("The army continued to shell the town.", ("shelling", "The army", "the town")),
        ("The army was ordered to storm the town.", ("attack", "The army", "the town")),
        ("The shelling of Homs by the army lasted two days.", ("shelling", "the army", "Homs")),
        ("The army carried out an attack on the camp.", ("attack", "The army", "the camp")),
        ("The camp came under attack.", ("attack", None, "The camp")),
        ("There is no victory over the rebels.", ("victory", None, "the rebels")),
        ("The rebels are still a threat to the town.", ("threat_status", "The rebels", "the town")),
        ("What has been defeated is not the militia.", ("defeat", None, "the militia")),
        ("12 killed in Homs shelling", ("killing", None, "12")),
        ("The nuns' murders shocked the town.", ("killing", None, "The nuns")),
        ("The government condemned the president's assassination.", ("killing", None, "the president")),
        ("The army's attack on the camp lasted an hour.", ("attack", "The army", "the camp")),
        ("The judge was shot dead, apparently by the militia.", ("killing", "the militia", "The judge")),
        ("Citizens taken and killed by the militia were named.", ("killing", "the militia", "Citizens")),
        (
            "On 10 March members of the Salam Brigade attacked the barracks.",
            ("attack", "members of the Salam Brigade", "the barracks"),
        ),
        ("The injured farmers were taken to the clinic.", ("injury", None, "The injured farmers")),
        ("Government warplanes bombed the market.", ("air_strike", "Government warplanes", "the market")),
    ],
)
def test_the_parties_are_found_in_each_construction(
    text: str, expected: tuple[str, str | None, str | None], nlp: Language
) -> None:
    assert expected in told(text, nlp)


def test_each_verb_of_a_coordination_is_its_own_event_with_the_shared_parties(nlp: Language) -> None:
    assert told("Gunmen killed and wounded nine people.", nlp) == [
        ("killing", "Gunmen", "nine people"),
        ("injury", "Gunmen", "nine people"),
    ]


def test_a_verb_that_the_tagger_took_for_a_noun_is_read_by_the_order_of_words(nlp: Language) -> None:
    s, events = read("The regime regularly shells Homs and Tel Amra.", nlp)
    (event,) = events
    assert (event.type, words(s, event.actor), words(s, event.target)) == (
        "shelling",
        "The regime",
        "Homs and Tel Amra",
    )
    assert not event.parsed
    assert event.rule == "words"


def test_an_act_is_the_instrument_and_its_author_the_actor(nlp: Language) -> None:
    s, events = read("An air strike by government forces killed 29 people.", nlp)
    killing = next(e for e in events if e.type == "killing")
    assert words(s, killing.instrument) == "An air strike"
    assert words(s, killing.actor) == "government forces"


def test_a_partial_defeat_is_judged_at_the_word_partial(nlp: Language) -> None:
    s, events = read("The defeat of the group is only partial.", nlp)
    assert [s.words[e.head] for e in events if e.type == "defeat"] == ["partial"]


def test_places_of_a_coordination_are_kept_apart(nlp: Language) -> None:
    s, events = read("The militia is still in Homs and in Aleppo.", nlp)
    (presence,) = [e for e in events if e.type == "presence"]
    assert [words(s, p) for p in presence.places] == ["Homs", "Aleppo"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Nine passengers died in the accident.", []),
        ("NINE PASSENGERS DIED IN THE ACCIDENT", []),
        ("Gunmen shot the teacher in front of his wife.", []),
        ("14 wounded in Taiz shelling", ["Taiz"]),
    ],
)
def test_a_place_is_a_name_or_a_noun_for_a_place(text: str, places: list[str], nlp: Language) -> None:
    s, events = read(text, nlp)
    assert [words(s, p) for p in events[0].places] == places


def test_offsets_point_into_the_kept_text_of_the_document(nlp: Language) -> None:
    s, events = read("Gunmen  killed two farmers.", nlp)
    (event,) = events
    assert event.trigger.start == 1000 + s.text.index("killed")
    assert words(s, event.trigger) == "killed"


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry of Defence opened a museum.",
        "Human Rights Watch has offices in London.",
        "The company fired its manager.",
        "The film bombed at the box office.",
        "The team defeated its rivals in the final.",
        "The armed men waited.",
        "The meeting will be held in March.",
    ],
)
def test_names_and_other_senses_are_no_events(text: str, nlp: Language) -> None:
    assert told(text, nlp) == []


def test_capitals_throughout_are_read_without_names(nlp: Language) -> None:
    assert ("abduction", "GUNMEN", "SEVEN CHILDREN") in told("SEVEN CHILDREN WERE KIDNAPPED BY GUNMEN", nlp)
