"""Roles cut short by the parser and made whole: mended_roles.py, and numbers bound to the right event: binding.py."""

from __future__ import annotations

import pytest

from rasid.extract.binding import bind_figures
from rasid.extract.events import read_events
from rasid.extract.figures import read_figures
from rasid.extract.mended_roles import mend_roles
from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse
from rasid.knowledge.vocabulary import load_vocabulary


def sentence(text: str) -> Sentence:
    return next(iter(parse([PassageText("d", 0, "sentence", 0, text)], load_pipeline())))


def roles(text: str) -> dict[str, tuple[str | None, str | None]]:
    """Type -> the words of actor and target."""
    s = sentence(text)
    return {
        e.type: (
            None if e.actor is None else s.words_between(e.actor.start, e.actor.end),
            None if e.target is None else s.words_between(e.target.start, e.target.end),
        )
        for e in mend_roles(s, read_events(s, load_vocabulary()))
    }


@pytest.mark.parametrize(
    ("said", "kind", "target"),
    [
        ("A baker, two drivers and four girls died.", "death", "A baker, two drivers and four girls"),
        ("The pilot Rudo Amari was shot to death.", "killing", "The pilot Rudo Amari"),
        ("Shells that left at least five porters wounded fell at noon.", "injury", "at least five porters"),
        ("Rebels murdered Captain Rudo Amari and fled.", "killing", "Captain Rudo Amari"),
    ],
)
def test_everybody_harmed_stands_in_the_target(said: str, kind: str, target: str) -> None:
    assert roles(said)[kind][1] == target


def test_a_list_that_starts_elsewhere_is_left_alone() -> None:
    assert roles("Near the mill in Homs, two drivers died.")["death"][1] == "two drivers"


def test_a_doer_said_once_does_both() -> None:
    found = roles("Militiamen burned nine houses and abducted two shepherds.")
    assert found["destruction"][0] == found["abduction"][0] == "Militiamen"


def test_a_part_follows_its_whole() -> None:
    s = sentence("A gunman died and 10 people were wounded, including three policemen.")
    events = mend_roles(s, read_events(s, load_vocabulary()))
    figures = read_figures(s)
    owners = {
        s.words_between(f.where.start, f.where.end): events[k].type
        for j, f in enumerate(figures)
        if (k := bind_figures(s, events, figures).get(j)) is not None
    }
    assert owners == {"10": "injury", "three": "injury"}


def test_a_sentence_of_death_is_no_killing() -> None:
    assert "killing" not in roles("The court sentenced Rudo Amari to death.")


def test_a_night_is_no_doer() -> None:
    assert roles("Last night's attack on a bank in Homs failed.")["attack"][0] is None


def test_the_number_of_bases_belongs_to_their_building() -> None:
    s = sentence("The number of bases that were established in the valley has reached 14.")
    events = mend_roles(s, read_events(s, load_vocabulary()))
    figures = read_figures(s)
    bound = bind_figures(s, events, figures)
    assert [events[k].type for k in bound.values()] == ["base"]


def test_what_a_clause_without_that_speaks_of_is_its_target() -> None:
    found = roles("At least 9 posts the militia attacked in Homs were empty.")
    assert found["attack"] == ("the militia", "At least 9 posts")


def test_those_left_dead_and_wounded_are_told_apart() -> None:
    found = roles("The clashes left 14 dead and over 40 wounded.")
    assert (found["killing"][1], found["injury"][1]) == ("14", "over 40")


def counts(text: str) -> dict[str, str]:
    """The words of a number -> the type of the event that it counts."""
    s = sentence(text)
    events = mend_roles(s, read_events(s, load_vocabulary()))
    figures = read_figures(s)
    bound = bind_figures(s, events, figures)
    return {
        s.words_between(figures[j].where.start, figures[j].where.end): events[k].type
        for j, k in bound.items()
    }


def test_the_number_of_the_killers_is_no_number_of_the_dead() -> None:
    assert counts("Two women were killed in Lowa by a group of 30 to 40 men.") == {"Two": "killing"}


def test_the_number_of_those_who_march_counts_the_march() -> None:
    assert counts("Some 300 nurses protested in Lowa.") == {"Some 300": "protest"}


def test_one_of_three_leaders_is_not_three_dead() -> None:
    assert "three" not in counts("Idris Bano, one of the three leaders of the union, was found dead.")


def test_she_who_tells_of_arrests_has_arrested_nobody() -> None:
    found = roles("The council broke its own law, arresting opponents, a spokeswoman said.")
    assert found["arrest"][0] != "a spokeswoman"


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("The army stopped the aid convoy at the bridge.", {"aid_obstruction"}),
        ("The strike stopped trains near the relief office.", set()),
    ],
)
def test_only_aid_that_is_stopped_is_obstructed(said: str, kinds: set[str]) -> None:
    assert {kind for kind in roles(said) if kind == "aid_obstruction"} == kinds


def test_whose_count_it_is_was_not_killed() -> None:
    assert roles("By the agency's tally, 40 people were killed in Kelan.")["killing"][1] == "40 people"
