"""Guards of event words, applied to parsed sentences."""

from __future__ import annotations

import pytest

from rasid.extract.events_guards import is_allowed
from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse
from rasid.knowledge.guards import read_guard
from rasid.knowledge.vocabulary import Entry
from rasid.model.values import Kind

CLASSES = {"person": frozenset({"nurse", "nurses"}), "sport": frozenset({"match"})}


def sentence(text: str) -> Sentence:
    return next(iter(parse([PassageText("d", 0, "sentence", 0, text)], load_pipeline())))


def allowed(text: str, word: str, *, only: tuple[str, ...] = (), unless: tuple[str, ...] = ()) -> bool:
    s = sentence(text)
    entry = Entry(
        "attack",
        Kind.EVENT,
        "noun",
        word,
        {},
        only=read_guard(only, CLASSES),
        unless=read_guard(unless, CLASSES),
    )
    return is_allowed(s, [s.lower.index(word)], entry, CLASSES)


@pytest.mark.parametrize(
    ("text", "unless", "may"),
    [
        ("He had a heart attack at home.", "heart _", False),
        ("His heart sank after the attack.", "heart _", True),
        ("The attack won the match.", "@sport", False),
        ("The attack shook the town.", "@sport", True),
        ("They saw the attack of nine nurses.", "_ of * <person>", False),
        ("They saw the attack of the army.", "_ of * <person>", True),
        ("They fear an attack again on the road.", "_ on", False),
        ("The attack, on the whole, failed.", "_ on", True),
        ("The attack of 300 men failed.", "_ of <number>", False),
    ],
)
def test_an_expression_forbids_only_where_its_words_stand_beside_the_event_word(
    text: str, unless: str, may: bool
) -> None:
    assert allowed(text, "attack", unless=(unless,)) is may


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("The child soldier saw the attack.", True),
        ("The soldier saw the attack on a child.", False),
    ],
)
def test_words_in_a_row_must_stand_in_a_row(text: str, may: bool) -> None:
    assert allowed(text, "attack", only=("child soldier",)) is may


def test_a_word_without_guards_is_allowed() -> None:
    assert allowed("The attack shook the town.", "attack")
