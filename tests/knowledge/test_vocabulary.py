"""The event vocabulary: what the data files compile to."""

from __future__ import annotations

import time

import pytest

from rasid.knowledge.forms import Inflection, noun_forms, verb_forms
from rasid.knowledge.vocabulary import load_vocabulary, may_hold_event

INFLECTION = Inflection.of({"shoot": "shot shot", "burn": "burned/burnt burned/burnt"}, ["stab"])


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("kill", {"kill", "kills", "killed", "killing"}),
        ("besiege", {"besiege", "besieges", "besieged", "besieging"}),
        ("occupy", {"occupy", "occupies", "occupied", "occupying"}),
        ("crush", {"crush", "crushes", "crushed", "crushing"}),
        ("stab", {"stab", "stabs", "stabbed", "stabbing"}),
        ("free", {"free", "frees", "freed", "freeing"}),
        ("shoot", {"shoot", "shoots", "shot", "shooting"}),
        ("burn", {"burn", "burns", "burned", "burnt", "burning"}),
    ],
)
def test_a_verb_takes_its_regular_or_listed_forms(lemma: str, forms: set[str]) -> None:
    assert {form for form, _ in verb_forms(lemma, INFLECTION)} == forms


def test_nouns_take_their_plurals() -> None:
    assert [form for form, _ in noun_forms("casualty")] == ["casualty", "casualties"]
    assert [form for form, _ in noun_forms("policeman")] == ["policeman", "policemen"]
    assert [form for form, _ in noun_forms("aircraft")] == ["aircraft"]


def test_every_type_has_a_parent_and_relations_that_exist() -> None:
    types = load_vocabulary().types
    for of in types.values():
        assert of.parent is None or of.parent in types, of.id
        assert set(of.entails) <= types.keys(), of.id
        assert {x.type for x in of.excludes} <= types.keys(), of.id


def test_every_slot_names_a_class_that_exists() -> None:
    vocabulary = load_vocabulary()
    for uses in vocabulary.uses.values():
        for use in uses:
            for place, slot in use.entry.slots.items():
                known = {"any", *vocabulary.classes}
                assert slot.classes | slot.barred <= known, (use.entry.type, use.entry.lemma, place)


def test_who_is_present_or_in_control_is_not_wholly_defeated() -> None:
    types = load_vocabulary().types
    for holder in ("presence", "control", "threat_status"):
        assert any(x.type == "defeat" and x.wholly for x in types[holder].excludes), holder


@pytest.mark.parametrize(
    "needed",
    [
        "killing",
        "injury",
        "attack",
        "air_strike",
        "shelling",
        "bombing",
        "chemical_attack",
        "suicide_attack",
        "drone_attack",
        "battle",
        "abduction",
        "disappearance",
        "arrest",
        "detention",
        "torture",
        "sexual_violence",
        "execution",
        "displacement",
        "return",
        "siege",
        "destruction",
        "facility_attack",
        "looting",
        "recruitment_children",
        "prohibited_weapons",
        "deployment",
        "base",
        "withdrawal",
        "relocation",
        "hiding",
        "infiltration",
        "territorial_gain",
        "territorial_loss",
        "control",
        "presence",
        "defeat",
        "victory",
        "ceasefire",
        "ceasefire_breach",
        "agreement",
        "surrender",
        "protest",
        "threat",
        "claim_of_responsibility",
        "accusation",
        "denial",
        "aid_delivery",
        "aid_obstruction",
        "release",
        "exhumation",
        "court_act",
        "publication",
        "support",
        "creation",
        "motive",
        "trust",
        "appeal",
    ],
)
def test_the_families_a_documenter_needs_are_there(needed: str) -> None:
    assert needed in load_vocabulary().types


def test_lineage_goes_up_to_the_root() -> None:
    assert load_vocabulary().lineage("suicide_attack") == ("suicide_attack", "bombing", "attack")


def test_a_sentence_without_an_event_word_is_told_apart_before_the_parse() -> None:
    assert not may_hold_event(["the", "weather", "was", "fine"])
    assert may_hold_event(["troops", "shelled", "the", "town"])
    assert may_hold_event(["they", "are", "still", "in", "homs"])


def test_the_vocabulary_loads_in_a_fraction_of_a_second_and_only_once() -> None:
    load_vocabulary.cache_clear()
    started = time.perf_counter()
    first = load_vocabulary()
    assert time.perf_counter() - started < 1.0
    assert load_vocabulary() is first
