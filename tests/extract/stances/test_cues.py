"""Cues and what a negation makes of them."""

from __future__ import annotations

import pytest

from rasid.extract.stances.cues import find_cues
from rasid.extract.stances.words import cut_words
from rasid.knowledge.stance_words import StanceWords, load_stance_words


@pytest.fixture(scope="module")
def words() -> StanceWords:
    return load_stance_words()


def _found(text: str, words: StanceWords) -> list[tuple[str, str]]:
    lower = cut_words(text, known={}).lower
    return [(cue.family, " ".join(lower[cue.first : cue.last + 1])) for cue in find_cues(lower, words=words)]


def test_each_family_is_found(words: StanceWords) -> None:
    assert _found("The report is a hoax", words)[-1] == ("refutes", "hoax")
    assert _found("The army denies it", words) == [("denies", "denies")]
    assert _found("An unlikely attack", words) == [("doubts", "unlikely")]
    assert _found("He was reportedly killed", words) == [("reports", "reportedly")]
    assert _found("The police confirm the attack", words) == [("confirms", "confirm")]
    assert _found("They never left", words) == [("negates", "never")]
    assert _found("Have they left?", words) == [("asks", "?")]


def test_a_negated_refutation_confirms(words: StanceWords) -> None:
    assert _found("It is not a hoax", words) == [("confirms", "hoax")]


def test_a_denial_that_is_not_made_only_passes_on(words: StanceWords) -> None:
    assert _found("The army did not deny the strike", words) == [("reports", "deny")]


def test_an_idiom_with_a_negation_is_no_negation(words: StanceWords) -> None:
    assert _found("There is no doubt left", words) == []
    assert _found("Not only the bridge fell", words) == []


def test_the_longest_phrase_wins_and_may_have_a_gap(words: StanceWords) -> None:
    assert _found("The picture is from a different war", words) == [("refutes", "from a different war")]


def test_a_contracted_negation_counts(words: StanceWords) -> None:
    assert _found("They didn't leave", words) == [("negates", "didn't")]
