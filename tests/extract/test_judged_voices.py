"""Voices that a reader who had written none of the rules found wrong; sentences of our own."""

from __future__ import annotations

import pytest

from rasid.extract.reader import make_reader
from rasid.extract.syntax import OWN_PIPELINE
from rasid.model.tables import DOCUMENTS, PASSAGES, table
from rasid.read import Limits, read_original


def claims(text):
    read = read_original(text.encode(), original="0" * 64, name="a.txt", limits=Limits())
    reader = make_reader("rules", OWN_PIPELINE)
    found, _ = reader.read(table(read.documents, DOCUMENTS), table(read.passages, PASSAGES))
    return found.to_dicts()


def voices(text, event_type):
    return [tuple(c["voices"][1:]) for c in claims(text) if c["type"] == event_type]


def test_who_accuses_says_it_and_not_the_one_who_tells_of_it():
    assert voices("Odran accuses the rebels of starting the violence.", "accusation") == [("Odran",)]


def test_in_an_interview_everybody_says_his_own_turn():
    text = "[REPORTER] And then?\n\n[SALEH] They came on Monday.\n\n[REPORTER] Who?\n\n[SALEH] The Front shelled the bridge."
    assert voices(text, "shelling") == [("SALEH",)]


@pytest.mark.parametrize(
    "text",
    [
        "Officer Sarn responded to the house of a man who had been injured in a crash.",
        "He confessed to the police on Monday, and a man was injured.",
    ],
)
def test_who_answers_a_call_or_goes_to_the_police_says_nothing(text):
    assert all(said == () for said in voices(text, "injury"))


def test_a_fighter_said_abducted_says_nothing():
    assert voices("Rebel fighter said abducted by army", "abduction") == [("unnamed",)]


def test_the_month_of_may_leaves_nothing_open():
    told = [
        c
        for c in claims("Sel wrote in May after two brothers killed 14 people in Kelan.")
        if c["type"] == "killing"
    ]
    assert told
    assert {c["certainty"] for c in told} == {"certain"}


def test_a_reward_for_an_arrest_is_no_arrest():
    told = [c for c in claims("There is a bounty for the arrest of Ali Saleh.") if c["type"] == "arrest"]
    assert {c["certainty"] for c in told} == {"possible"}


def test_those_who_say_so_are_nobody_whose_word_it_is():
    told = [
        c
        for c in claims("Those who say the Front has been driven out should come and look.")
        if c["type"] == "expulsion"
    ]
    assert {c["certainty"] for c in told} == {"possible"}


def test_an_admission_that_is_only_demanded_gives_no_voice_to_who_should_admit():
    told = claims("Nine lawyers demanded an admission by the ministry that soldiers killed the farmer.")
    assert told
    assert all("ministry" not in " ".join(c["voices"][1:]) for c in told)


def test_an_army_that_puts_a_toll_at_a_number_says_so_and_one_that_puts_a_bomb_at_a_gate_does_not():
    assert [c["voices"][1:] for c in claims("The army put the death toll at 40.")] == [["army"]]
    assert all(
        c["voices"][1:] == [] for c in claims("The army put the bombs at the gate at 4 and killed nine.")
    )


def test_a_label_that_names_a_kind_of_text_is_nobody():
    text = (
        "MARJ, 3 MAY 89 (RADIO SARM) -- [EXCERPTS] THE REBELS SHELLED THE MILL.\n\nTHE ARMY SHELLED THE DAM."
    )
    assert voices(text, "shelling") == [(), ()]


def test_a_speech_belongs_to_its_speaker_to_its_end():
    text = (
        "MARJ, 3 MAY 89 (RADIO SARM) -- [SPEECH] [GENERAL ODEH] [TEXT] THE REBELS SHELLED THE MILL."
        "\n\nNOBODY SLEPT.\n\nTHEY SHELLED THE DAM."
    )
    assert voices(text, "shelling") == [("GENERAL ODEH",), ("GENERAL ODEH",)]


def test_he_is_not_the_woman_who_spoke_before():
    text = "Rana Zein said that her brother Karim called the police. He said he was shot at."
    assert voices(text, "attack") == [("unnamed",)]


def test_a_new_sentence_by_according_to_does_not_take_the_quote_before_it():
    text = (
        'Said Rana Zein, a teacher: "They shelled the mill and we left." According to Adib Sarraf, a baker, '
        "the rebels killed nine."
    )
    assert voices(text, "killing") == [("Adib Sarraf",)]
