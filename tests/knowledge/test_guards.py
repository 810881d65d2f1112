"""Guards of event words: how their lists are read."""

from __future__ import annotations

import pytest

from rasid.knowledge.guards import Guard, read_guard

CLASSES = {"sport": frozenset({"match", "matches"})}


def test_words_and_classes_become_one_set_of_words() -> None:
    assert read_guard(["film", "@sport"], CLASSES) == Guard(frozenset({"film", "match", "matches"}), (), ())


def test_words_in_a_row_stay_together() -> None:
    assert read_guard(["child soldier"], CLASSES) == Guard(frozenset(), (("child", "soldier"),), ())


def test_an_expression_is_cut_at_the_event_word_and_read_outwards() -> None:
    guard = read_guard(["may or _ * deal"], CLASSES)
    assert guard == Guard(frozenset(), (), ((("or", "may"), ("*", "deal")),))


def test_an_empty_list_is_no_guard() -> None:
    assert read_guard([], CLASSES) is None


def test_an_unknown_class_is_an_error() -> None:
    with pytest.raises(KeyError):
        read_guard(["@chess"], CLASSES)
