import pytest

from rasid.extract.events import read_events
from rasid.extract.names import mark_known_names
from rasid.extract.references import References
from rasid.extract.syntax import PassageText, load_pipeline, parse
from rasid.knowledge.actors import load_actors, load_places
from rasid.knowledge.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def names(nlp, *texts):
    """(event type, actor name, target name) of the last sentence, names only where a reference was resolved."""
    passages = [PassageText("d1", n, "sentence", n * 500, text) for n, text in enumerate(texts)]
    references = References()
    read = []
    for sentence in parse(passages, nlp):
        known = mark_known_names(sentence, (load_actors(), load_places()))
        read = references.read(sentence, read_events(sentence, load_vocabulary()), known)
    return {(r.event.type, r.actor_name, r.target_name) for r in read}


def test_his_defeat_is_the_defeat_of_the_one_named_before(nlp):
    got = names(nlp, "The defeat of Boko Haram was announced.", "For the army, its defeat is clear.")
    assert ("defeat", None, "Boko Haram") in got


def test_this_defeat_takes_over_who_was_defeated(nlp):
    got = names(nlp, "The minister announced the defeat of Boko Haram.", "This defeat is only partial.")
    assert ("defeat", None, "Boko Haram") in got


def test_it_stands_for_the_only_group_named_before(nlp):
    got = names(nlp, "In Iraq, Boko Haram is still in Kirkuk.", "It shelled Mosul.")
    assert {actor for _, actor, _ in got} == {"Boko Haram"}


def test_it_stays_open_between_two_groups(nlp):
    got = names(
        nlp,
        "Hamas fought Hezbollah near Beirut.",
        "Planes flew over both Hamas and Hezbollah.",
        "It shelled Mosul.",
    )
    assert {actor for _, actor, _ in got} == {None}


def test_a_name_three_sentences_back_is_out_of_reach(nlp):
    far = [
        "Boko Haram is in Kirkuk.",
        "It rained.",
        "The road was long.",
        "The night was cold.",
        "It shelled Mosul.",
    ]
    assert {actor for _, actor, _ in names(nlp, *far)} == {None}


def test_he_is_never_a_group(nlp):
    assert {a for _, a, _ in names(nlp, "Boko Haram is in Kirkuk.", "He bombs Mosul.")} == {None}


def test_two_defeats_leave_this_defeat_open(nlp):
    got = names(
        nlp, "The defeat of Hamas is old.", "The defeat of Boko Haram is new.", "This defeat is only partial."
    )
    assert {target for kind, _, target in got if kind == "defeat"} == {None}


def test_nothing_is_followed_over_a_passage_that_was_not_parsed(nlp):
    first = PassageText("d1", 0, "sentence", 0, "In Iraq, Boko Haram is still in Kirkuk.")
    later = PassageText("d1", 2, "sentence", 900, "It shelled Mosul.")
    references = References()
    read = []
    for sentence in parse([first, later], nlp):
        known = mark_known_names(sentence, (load_actors(), load_places()))
        read = references.read(sentence, read_events(sentence, load_vocabulary()), known)
    assert [r.actor_name for r in read] == [None]
