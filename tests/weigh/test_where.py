"""Which place a claim is of, and what stands in for names that are said only once."""

import pytest

from rasid.weigh.questions import answer_questions
from tests.builders import claim, claims, document, documents, mention, question, questions

TROOPS = mention("Lorean troops", "Lorean troops")


def place(text, name=None):
    return mention(text, name) | {"level": None, "country": None}


def answered(*rows, asked, text="", date=None):
    held = documents(document(text=text or "The bridge fell.", date=date))
    stances, conflicts = answer_questions(questions(asked), claims(*rows), held)
    return stances.to_dicts(), [c for c in conflicts.to_dicts() if c["question"] is not None]


def asks_presence(**given):
    return question(
        kind="presence", type="presence", actor="Lorean troops", target=None, place="Imerra", **given
    )


def asks_control(**given):
    return question(
        kind="control", type="control", asks="who", actor=None, target="Imerra", place="Imerra", **given
    )


@pytest.mark.parametrize("said", ["Imerra", "Imerra district", "the city of Imerra"])
def test_a_place_is_the_same_whatever_sort_of_place_it_is_said_to_be(said):
    row = claim(type="presence", kind="status", actor=TROOPS, places=[place(said)])
    assert [s["stance"] for s in answered(row, asked=asks_presence())[0]] == ["affirms"]


def test_a_report_that_names_one_place_once_is_about_it():
    row = claim(type="presence", kind="status", actor=TROOPS)
    text = "Shots were heard in Imerra. Lorean troops are here."
    assert [s["stance"] for s in answered(row, asked=asks_presence(), text=text)[0]] == ["affirms"]


def test_who_holds_one_bank_controls_the_town_in_part():
    row = claim(
        type="control", kind="status", actor=mention("the army", "army"), target=mention("the right bank")
    )
    row["target"]["name"] = "right bank"
    stances, _ = answered(row, asked=asks_control(), text="Imerra is divided. Imerra has two masters.")
    assert [(s["stance"], s["answer"]) for s in stances] == [("partly", "army")]


def test_that_nobody_controls_a_town_is_an_answer():
    row = claim(
        type="control",
        kind="status",
        polarity="denied",
        actor=mention("nobody"),
        target=mention("Imerra", "Imerra"),
        places=[place("Imerra", "Imerra")],
    )
    stances, _ = answered(row, asked=asks_control())
    assert [(s["stance"], s["answer"]) for s in stances] == [("affirms", "nobody")]


def test_who_denies_a_deed_contradicts_who_says_that_he_did_it():
    asked = question(
        kind="responsibility", type="shelling", asks="who", target="market", place=None, actor=None
    )
    market = mention("the market", "market")
    says = claim(
        type="shelling", actor=mention("the Shield", "Shield"), target=market, voices=["The General Staff"]
    )
    denies = claim(
        id="c2",
        start=60,
        type="shelling",
        polarity="denied",
        actor=mention("the Red Shield", "Red Shield"),
        target=market,
        voices=["Salma"],
    )
    _, conflicts = answered(says, denies, asked=asked)
    assert [c["kind"] for c in conflicts] == ["conflicts"]
    assert "one affirms, the other denies" in conflicts[0]["reason"]


def test_a_body_and_its_media_office_do_not_contradict_each_other():
    row = claim(
        type="defeat", kind="status", target=mention("Ash Front", "Ash Front"), voices=["Hill Brigade"]
    )
    other = {**row, "id": "c2", "start": 60, "end": 76, "polarity": "denied"}
    other |= {"voices": ["Hill Brigade media office"]}
    assert answered(row, other, asked=question())[1] == []


def test_a_deed_without_a_doer_grants_the_deed_only():
    asked = question(
        kind="means", type="chemical_attack", actor="the army", target="chlorine", place="Imerra"
    )
    chlorine = mention("chlorine", "chlorine")
    row = claim(type="chemical_attack", target=chlorine, places=[place("Imerra", "Imerra")])
    stances, _ = answered(row, asked=asked)
    assert [(s["stance"], s["directness"]) for s in stances] == [("partly", "implied")]


def test_she_is_the_one_woman_whom_the_document_is_about():
    asked = question(kind="fate", type="death", asks="fate", target="Sister Oda Falk", place=None)
    she = mention("she", "Karl Brandt")  # the nearest name is a man's
    row = claim(type="presence", kind="status", actor=she, places=[place("Imerra", "Imerra")])
    text = "Sister Oda Falk was taken in May. Karl Brandt says that she is in Imerra."
    stances, _ = answered(row, asked=asked, text=text)
    assert [(s["stance"], s["answer"]) for s in stances] == [("affirms", "in Imerra")]


def test_who_is_alive_is_not_dead():
    asked = question(kind="fate", type="death", asks="whether", target="Rashid al-Toma", place=None)
    row = claim(type="survival", kind="status", target=mention("al-Toma", "al-Toma"))
    stances, _ = answered(row, asked=asked)
    assert [(s["stance"], s["directness"]) for s in stances] == [("denies", "stated")]


def test_the_insurgents_are_the_group_that_the_document_names():
    asked = question(target="Boko Haram")
    row = claim(
        type="defeat", kind="status", certainty="partial", target=mention("the insurgents", "insurgents")
    )
    named = "Boko Haram still taxes the boats. The insurgents are largely defeated."
    assert [s["stance"] for s in answered(row, asked=asked, text=named)[0]] == ["partly"]
    assert answered(row, asked=asked, text="The insurgents are largely defeated.")[0] == []


def test_what_another_passes_on_adds_no_contradiction_of_its_own():
    front = mention("Ash Front", "Ash Front")
    own = claim(type="defeat", kind="status", target=front, voices=["Hill Army"])
    again = claim(id="c2", start=60, type="defeat", kind="status", target=front, voices=["blog", "army"])
    denies = claim(
        id="c3", start=90, type="defeat", kind="status", target=front, polarity="denied", voices=["monitor"]
    )
    _, conflicts = answered(own, again, denies, asked=question())
    assert [sorted(c["voices"]) for c in conflicts] == [["Hill Army", "monitor"]]


def test_who_will_stay_is_not_leaving():
    asked = question(kind="movement", type="withdrawal", actor="Lorean troops", target=None, place="Imerra")
    row = claim(
        type="presence",
        kind="status",
        certainty="predicted",
        actor=TROOPS,
        places=[place("Imerra", "Imerra")],
        quote="Lorean troops will stay in Imerra for ever.",
    )
    stances, _ = answered(row, asked=asked)
    assert [(s["stance"], s["directness"]) for s in stances] == [("denies", "implied")]


def asks_truce():
    return question(
        kind="truce",
        type="ceasefire",
        actor=None,
        target="the truce",
        place="Imerra",
        question="Is the truce holding?",
    )


def test_a_truce_that_holds_in_one_part_and_not_in_another_is_no_contradiction():
    holds = claim(
        type="ceasefire",
        quote="The truce is holding in our street.",
        places=[place("our street")],
        voices=["blog"],
    )
    broken = claim(
        id="c2", start=60, type="ceasefire_breach", quote="The truce is broken at the mill.",
        target=mention("truce", "truce"), places=[place("the mill")], voices=["blog", "cousin"],
    )  # fmt: skip
    _, conflicts = answered(holds, broken, asked=asks_truce(), text="Imerra. Again Imerra.")
    assert [c["kind"] for c in conflicts] == ["different place"]
    assert "one speaks of our street, the other of the mill" in conflicts[0]["reason"]


def test_a_letter_without_a_place_speaks_of_the_one_truce_that_the_case_tells_of():
    told = claim(
        id="c2", document="d000000000002", start=60, type="ceasefire", places=[place("Imerra", "Imerra")],
        voices=["wire"], quote="The truce in Imerra is holding.",
    )  # fmt: skip
    row = claim(type="ceasefire", quote="The truce is holding.", voices=["blog"])
    held = documents(document(text="The truce is holding."), document(id="d000000000002", original="1" * 64))
    stances, _ = answer_questions(questions(asks_truce()), claims(row, told), held)
    assert sorted(s["voice"] for s in stances.to_dicts()) == ["blog", "wire"]
    elsewhere = {**told, "id": "c3", "start": 90, "places": [place("Belm", "Belm")]}
    stances, _ = answer_questions(questions(asks_truce()), claims(row, told, elsewhere), held)
    assert [s["voice"] for s in stances.to_dicts()] == ["wire"]


def test_a_letter_with_a_dateline_is_from_there():
    told = claim(
        id="c2", document="d000000000002", start=60, type="ceasefire", places=[place("Imerra", "Imerra")],
        voices=["wire"], quote="The truce in Imerra is holding.",
    )  # fmt: skip
    row = claim(type="ceasefire", quote="The truce is not holding here.", polarity="denied", voices=["blog"])
    text = "BELM - The truce is not holding here."
    held = documents(document(text=text), document(id="d000000000002", original="1" * 64))
    stances, _ = answer_questions(questions(asks_truce()), claims(row, told), held)
    assert [s["voice"] for s in stances.to_dicts()] == ["wire"]


@pytest.mark.parametrize(
    ("said", "stances"),
    [("the market of Imerra", 1), ("the border of Imerra", 0), ("north of Imerra", 0), ("Belm", 0)],
)
def test_a_thing_of_the_place_is_in_it_and_its_border_is_not(said, stances):
    row = claim(type="presence", kind="status", actor=TROOPS, places=[place(said, said)])
    assert len(answered(row, asked=asks_presence())[0]) == stances


def test_who_is_named_beside_his_office_is_the_one_meant():
    asked = question(kind="fate", type="death", target="Rashid Toma", actor=None)
    quote = "The commander, Colonel Rashid Toma, was killed."
    row = claim(type="killing", quote=quote, target=mention("The commander", "commander"))
    assert [s["stance"] for s in answered(row, asked=asked)[0]] == ["affirms"]


def test_who_is_treated_for_wounds_is_alive_and_who_is_only_wounded_is_not_said_to_be():
    asked = question(kind="fate", type="death", target="Rashid Toma", actor=None)
    toma = mention("Rashid Toma", "Rashid Toma")
    treated = claim(type="injury", quote="Rashid Toma was wounded and is being treated.", target=toma)
    wounded = claim(type="injury", quote="Rashid Toma was wounded.", target=toma)
    assert [(s["stance"], s["directness"]) for s in answered(treated, asked=asked)[0]] == [
        ("denies", "implied")
    ]
    assert answered(wounded, asked=asked)[0] == []


def test_a_withdrawal_half_a_year_after_somebody_was_still_there_contradicts_nobody():
    asked = question(kind="movement", type="withdrawal", actor="Lorean troops", target=None, place="Imerra")
    imerra = [place("Imerra", "Imerra")]
    there = claim(type="presence", kind="status", actor=TROOPS, places=imerra, voices=["families"])
    left = claim(
        id="c2", document="d000000000002", type="withdrawal", actor=TROOPS, places=imerra, voices=["mayor"]
    )
    held = documents(
        document(date="2024-05-20"), document(id="d000000000002", original="1" * 64, date="2024-11-23")
    )
    _, conflicts = answer_questions(questions(asked), claims(there, left), held)
    assert [c["kind"] for c in conflicts.to_dicts() if c["question"]] == ["different date"]


def test_what_follows_from_a_denial_is_said_as_a_denial():
    asked = question(kind="movement", type="expulsion", actor=None, target="Lorean troops", place="Imerra")
    row = claim(type="withdrawal", polarity="denied", actor=TROOPS, places=[place("Imerra", "Imerra")])
    stances, _ = answered(row, asked=asked)
    assert [(s["stance"], s["rule"]) for s in stances] == [
        ("denies", "implied: who has not left is not gone")
    ]
