"""Two who speak together are one voice; the "that" of what they say is found behind a time the parser stumbles on."""

from __future__ import annotations

import pytest
from spacy.language import Language

from rasid.extract.found import AttributionFound
from rasid.extract.syntax import PassageText, load_pipeline, parse
from rasid.extract.voices import read_attributions
from rasid.model.values import PassageKind, Status


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def _read(text: str, nlp: Language) -> list[AttributionFound]:
    return read_attributions(list(parse([PassageText("d", 0, PassageKind.SENTENCE, 0, text)], nlp)))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Tahl Monitor and the Red River Network said that nine people were killed.", "Tahl Monitor and Red River Network"),
        ("Nine people were killed, said Karim Odeh and Selma Darwish.", "Karim Odeh and Selma Darwish"),
        (
            "Karim Odeh, a spokesman for the Front, and Selma Darwish, a doctor, said that the town fell.",
            "Karim Odeh and Selma Darwish",
        ),
        ("According to residents and activists, nine people were killed.", "residents and activists"),
        ("The spokesman and commander Karim Odeh said nine people were killed.", "Karim Odeh"),
        ("The Ministry of Health and Education said that the town was quiet.", "Ministry of Health and Education"),
        ("The governors of Marbat and Kelan said that nine people were killed.", "governors"),
        ("Karim Odeh, a teacher and the editor of a paper, said that the town fell.", "Karim Odeh"),
        ("Karim Odeh, founder and director of Kelan Aid, said that the town fell.", "Karim Odeh"),
        ("The group met the army and the ministry said that nine people were killed.", "ministry"),
    ],
)  # fmt: skip
def test_two_who_say_one_thing_are_one_voice_with_both_names(text: str, speaker: str, nlp: Language) -> None:
    assert [a.speaker for a in _read(text, nlp)] == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker", "said"),
    [
        (
            "The Tahl Monitor said in a report on 3 May 2019 that air strikes of the alliance killed 60 civilians.",
            "Tahl Monitor",
            "that air strikes of the alliance killed 60 civilians",
        ),
        (
            "The ministry and the network announced in June 2020 that shells of the army killed nine people.",
            "ministry and network",
            "that shells of the army killed nine people",
        ),
        (
            "Karim Odeh told reporters on Monday that tanks of the brigade entered Marbat.",
            "Karim Odeh",
            "that tanks of the brigade entered Marbat",
        ),
        (
            "Marbat Watch and Kelan Aid said on 4 April 2019 that rocket and mortar fire of the Tahl-led alliance"
            " killed more than 60 farmers.",
            "Marbat Watch and Kelan Aid",
            "that rocket and mortar fire of the Tahl-led alliance killed more than 60 farmers",
        ),
    ],
)
def test_what_is_said_begins_at_the_that_behind_the_day(
    text: str, speaker: str, said: str, nlp: Language
) -> None:
    (found,) = _read(text, nlp)
    assert found.speaker == speaker
    assert [text[a:b] for a, b in found.contents] == [said]


def test_a_plan_announced_in_june_says_nothing(nlp: Language) -> None:
    found = _read("The plan announced in June that the council backed was dropped.", nlp)
    assert not [a for a in found if a.speaker == "plan"]


@pytest.mark.parametrize(
    "text",
    [
        "The prime minister declared victory in Marbat.",
        "The governor announced the end of the siege.",
        "The group proclaimed victory over the army.",
        "The general declared the defeat of the Rivers Front in the north.",
    ],
)
def test_a_declared_victory_is_claimed_and_not_a_fact(text: str, nlp: Language) -> None:
    (found,) = _read(text, nlp)
    assert found.status is Status.CLAIMED


@pytest.mark.parametrize(
    "text",
    [
        "The envoy dismissed as lies the claims that his country had used chemical weapons.",
        "The minister rejected as false the reports that soldiers had killed farmers.",
        "The governor denounced as propaganda the allegation that the army had shelled the market.",
    ],
)
def test_a_claim_called_a_lie_before_it_is_told_is_denied(text: str, nlp: Language) -> None:
    found = [a for a in _read(text, nlp) if a.source is not None]
    assert [(a.status, a.denies) for a in found] == [(Status.DENIED, True)]


def test_what_is_said_may_hold_a_verb_that_the_parser_took_for_a_noun(nlp: Language) -> None:
    text = "The army tortures prisoners, the network says."
    assert [(a.speaker, [text[x:y] for x, y in a.contents]) for a in _read(text, nlp)] == [
        ("network", ["The army tortures prisoners"])
    ]


def test_an_announced_truce_is_no_claim_but_made_by_the_word(nlp: Language) -> None:
    (found,) = _read("The governor announced a truce in Marbat.", nlp)
    assert found.status is Status.REPORTED_AS_FACT
