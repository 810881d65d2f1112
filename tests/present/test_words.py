"""Values in plain English."""

from __future__ import annotations

import pytest

from rasid.model.values import Certainty, Polarity
from rasid.present import words


@pytest.mark.parametrize(
    ("low", "high", "bound", "said"),
    [
        (12.0, 12.0, "exact", "12, said without a bound"),
        (900_000.0, 900_000.0, "about", "about 900,000"),
        (7.0, None, "more than", "more than 7, no upper end"),
        (None, 30.0, "less than", "less than 30, no lower end"),
        (23.0, None, "at least", "23 or more, no upper end"),
        (None, 10.0, "at most", "10 or fewer, no lower end"),
        (10.0, 20.0, "range", "10 to 20"),
        (24.0, None, "vague", "vague: 24 or more, no upper end"),
        (24.0, 60.0, "vague", "vague: 24 to 60"),
        (None, None, "vague", "no number can be put on it"),
        (11.5, 11.5, None, "11.5"),
    ],
)
def test_a_number_says_what_it_allows(
    low: float | None, high: float | None, bound: str | None, said: str
) -> None:
    assert words.span_words(low, high, bound) == said


def test_one_is_singular_and_thousands_are_parted() -> None:
    assert [words.count(n, "claim") for n in (0, 1, 2, 40_000)] == [
        "0 claims",
        "1 claim",
        "2 claims",
        "40,000 claims",
    ]


def test_a_date_is_as_fine_as_it_was_given() -> None:
    given = ["2024", "2024-03", "2024-03-05", None, "spring"]
    assert [words.day_words(iso) for iso in given] == [
        "2024",
        "March 2024",
        "5 March 2024",
        "undated",
        "spring",
    ]


@pytest.mark.parametrize("polarity", list(Polarity))
@pytest.mark.parametrize("certainty", list(Certainty))
def test_only_affirmed_and_certain_or_partial_looks_like_a_thing_that_happened(
    polarity: Polarity, certainty: Certainty
) -> None:
    stands = words.standing(polarity.value, certainty.value)
    happened = polarity is Polarity.AFFIRMED and certainty in (Certainty.CERTAIN, Certainty.PARTIAL)
    assert stands.so is happened
    assert (stands.code in ("affirmed", "partial")) is happened


def test_every_standing_has_words_of_its_own() -> None:
    said = [words.standing(p.value, c.value).words for p in Polarity for c in Certainty]
    assert len(set(said)) == len(said)


def test_an_override_of_direction_is_shown_and_not_obeyed() -> None:
    assert "\u202e" not in words.shown("a\u202e<b>")
    assert "U+202E" in words.shown("a\u202e<b>") and "&lt;b&gt;" in words.shown("a\u202e<b>")
    assert words.plain("a\u202eb\nc") == "a[U+202E]b c"


def test_right_to_left_marks_with_an_honest_use_are_kept() -> None:
    assert words.shown("\u200fمن\u200c") == "\u200fمن\u200c"


def test_a_long_text_is_cut_at_a_space() -> None:
    assert words.clip("one two three", 9) == "one two …"
    assert words.clip("one two", 9) == "one two"
