"""Owns src/rasid/extract/certainty.py, certainty_local.py and certainty_above.py."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rasid.extract.certainty import judge
from rasid.extract.found import Judgement
from rasid.extract.syntax import PassageText, load_pipeline, parse
from rasid.knowledge.certainty import load_certainty

Judge = Callable[[str, str], Judgement]


@pytest.fixture(scope="module")
def judged() -> Judge:
    nlp, lexicon = load_pipeline(), load_certainty()

    def of(text: str, word: str, start: int = 0) -> Judgement:
        (sentence,) = parse([PassageText("d", 0, "sentence", start, text)], nlp)
        return judge(sentence, sentence.words.index(word), lexicon=lexicon)

    return of


def said(judgement: Judgement) -> tuple[str, str]:
    return judgement.polarity.value, judgement.certainty.value


def test_a_plain_past_is_affirmed_and_certain_without_cues(judged: Judge) -> None:
    judgement = judged("Shells killed two farmers near Marut.", "killed")
    assert said(judgement) == ("affirmed", "certain")
    assert (judgement.value, judgement.cues) == (3.0, ())


def test_no_before_a_noun_denies_it_and_is_the_cue(judged: Judge) -> None:
    text = "There is no victory over the militia."
    judgement = judged(text, "victory")
    assert said(judgement) == ("denied", "certain")
    assert [text[a:b] for a, b in judgement.cues] == ["no"]
    assert judgement.rule == "denied: 'no' before 'victory'"


def test_cues_are_offsets_into_the_kept_text_of_the_document() -> None:
    nlp, lexicon = load_pipeline(), load_certainty()
    (sentence,) = parse([PassageText("d", 3, "sentence", 500, "They did not flee.")], nlp)
    assert judge(sentence, 3, lexicon=lexicon).cues == ((509, 512),)


def test_a_reporting_verb_is_seen_through(judged: Judge) -> None:
    assert said(judged("Residents said that planes bombed the mill.", "bombed")) == ("affirmed", "certain")


def test_not_saying_leaves_it_open(judged: Judge) -> None:
    assert said(judged("Residents did not say that planes bombed the mill.", "bombed")) == (
        "affirmed",
        "possible",
    )


def test_deny_turns_round_once_and_not_deny_back(judged: Judge) -> None:
    assert said(judged("The colonel denied that planes bombed the mill.", "bombed")) == ("denied", "certain")
    assert said(judged("It cannot be denied that planes bombed the mill.", "bombed")) == (
        "affirmed",
        "certain",
    )


def test_an_own_no_is_not_counted_again_through_the_verb_above(judged: Judge) -> None:
    assert said(judged("The unit carried out no attack.", "attack")) == ("denied", "certain")


def test_denying_responsibility_does_not_deny_the_attack(judged: Judge) -> None:
    assert said(judged("The group denied responsibility for the attack.", "attack")) == (
        "affirmed",
        "certain",
    )


def test_refusing_a_request_does_not_deny_that_it_was_made(judged: Judge) -> None:
    assert said(judged("The court denied the request.", "request")) == ("affirmed", "certain")


def test_a_clause_with_its_own_subject_does_not_share_a_modal(judged: Judge) -> None:
    text = "The rebels will attack the town, but the army has left."
    assert said(judged(text, "attack")) == ("affirmed", "predicted")
    assert said(judged(text, "left")) == ("affirmed", "certain")


def test_a_verb_in_the_same_form_shares_the_negation(judged: Judge) -> None:
    assert said(judged("The blast did not kill or wound anyone.", "wound")) == ("denied", "certain")


def test_but_ends_the_reach_of_not(judged: Judge) -> None:
    assert said(judged("They did not flee but fight on.", "fight")) == ("affirmed", "certain")


def test_not_completely_is_partly_and_not_even_partly_is_no(judged: Judge) -> None:
    assert said(judged("The militia is not completely defeated.", "defeated")) == ("affirmed", "partial")
    assert said(judged("The militia is not even partly defeated.", "defeated")) == ("denied", "certain")


def test_nearly_before_a_number_bounds_the_number_only(judged: Judge) -> None:
    assert said(judged("Nearly 40 people were killed.", "killed")) == ("affirmed", "certain")


def test_may_the_month_is_no_modal(judged: Judge) -> None:
    assert said(judged("Planes bombed our street in May.", "bombed")) == ("affirmed", "certain")


def test_an_ending_leaves_what_was_done_and_one_that_has_not_come_leaves_it_going_on(judged: Judge) -> None:
    assert said(judged("They stopped bombing our street.", "bombing")) == ("affirmed", "certain")
    assert said(judged("They stopped supporting the militia.", "supporting")) == ("denied", "certain")
    assert said(judged("They stopped him from bombing our street.", "bombing")) == ("denied", "certain")
    assert said(judged("They must stop bombing our street.", "bombing")) == ("affirmed", "certain")


def test_a_question_is_open_but_takes_its_reason_clauses_for_granted(judged: Judge) -> None:
    assert said(judged("Did soldiers burn the mill?", "burn")) == ("affirmed", "possible")
    assert said(judged("Who burned the mill?", "burned")) == ("affirmed", "certain")


def test_a_cleft_denies_the_relation(judged: Judge) -> None:
    assert said(judged("What has been defeated is not the militia.", "defeated")) == ("denied", "certain")
    assert said(judged("It was not the rebels who burned the mill.", "burned")) == ("denied", "certain")


def test_until_says_that_it_happened_later(judged: Judge) -> None:
    assert said(judged("The families did not return until April.", "return")) == ("affirmed", "certain")
    assert said(judged("The families did not return until now.", "return")) == ("denied", "certain")


def test_only_the_means_is_corrected(judged: Judge) -> None:
    text = "The driver was not killed by shelling but by a sniper."
    assert said(judged(text, "killed")) == ("affirmed", "certain")


def test_values_are_ordered_from_certain_to_denied(judged: Judge) -> None:
    values = [
        judged(text, "flee").value
        for text in (
            "The guards managed to flee.",
            "The guards will flee.",
            "The guards may flee.",
            "The guards may not flee.",
            "The guards did not flee.",
        )
    ]
    assert values == sorted(values, reverse=True)
    assert (values[0], values[-1]) == (3.0, -3.0)


# --- what is only talked about, supposed, stopped before it began -------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The sides held talks on a withdrawal from Kelan.", "withdrawal"),
        ("Negotiations about the release of the miners went on.", "release"),
        ("The council tabled a proposal on the release of the miners.", "release"),
        ("They renewed negotiations today on a withdrawal.", "withdrawal"),
    ],
)
def test_what_is_talked_over_or_proposed_is_open(judged: Judge, text: str, word: str) -> None:
    assert judged(text, word).certainty.value in {"possible", "predicted"}


def test_what_a_thing_that_does_not_exist_yet_does_has_not_happened(judged: Judge) -> None:
    assert judged("They must reach a deal that ends the war.", "ends").certainty.value != "certain"
    assert said(judged("They reached the deal that ended the war.", "ended")) == ("affirmed", "certain")


def test_an_announced_end_is_still_to_come_and_one_asked_for_leaves_it_going_on(judged: Judge) -> None:
    assert said(judged("The army will end its siege of Kelan.", "siege")) == ("denied", "predicted")
    assert judged("The army should stop bombing the town.", "bombing").polarity.value == "affirmed"


def test_what_hangs_on_a_plot_that_was_foiled_did_not_come(judged: Judge) -> None:
    assert said(judged("The police foiled a plot to bomb the market.", "bomb")) == ("denied", "predicted")


def test_a_supposition_against_the_facts_is_left_open(judged: Judge) -> None:
    text = "Had the guards not fled, the rebels would have killed them."
    assert said(judged(text, "fled")) == ("affirmed", "possible")


def test_a_report_called_false_is_denied_and_one_that_is_not_false_is_not(judged: Judge) -> None:
    assert judged("The report that he died turned out to be false.", "died").polarity.value == "denied"
    assert judged("The report that he died was not false.", "died").polarity.value == "affirmed"


def test_the_month_of_may_in_capitals_is_no_modal(judged: Judge) -> None:
    assert said(judged("ON 2 MAY OUR MEN KILLED NINE SOLDIERS.", "killed")) == ("affirmed", "certain")


def test_neither_nor_denies_each_once(judged: Judge) -> None:
    text = "The minister neither confirmed nor denied that the convoy was attacked."
    assert judged(text, "confirmed").polarity.value == "denied"
    assert judged(text, "denied").polarity.value == "denied"


def test_what_is_feared_to_have_happened_is_possible_and_not_predicted(judged: Judge) -> None:
    text = "The families fear that their sons were executed."
    assert said(judged(text, "executed")) == ("affirmed", "possible")
    assert judged("The families fear an attack.", "attack").certainty.value == "predicted"


def test_habit_in_the_past_happened(judged: Judge) -> None:
    habit = "The rebels would kidnap merchants every summer in those years."
    assert said(judged(habit, "kidnap")) == ("affirmed", "certain")
    assert judged("The rebels would kidnap merchants.", "kidnap").certainty.value == "predicted"
