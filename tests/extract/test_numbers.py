"""Numbers as they are spelt, on the words alone: these sentences are never parsed."""

from __future__ import annotations

import pytest

from rasid.extract.number_words import read_digits
from rasid.extract.numbers import read_numerals
from rasid.extract.numeral import Numeral
from rasid.extract.syntax import Sentence
from rasid.knowledge.figures import load_figure_words
from rasid.model.values import Bound


def _sentence(text: str) -> Sentence:
    """Words cut at spaces, every tree edge and label meaningless."""
    words = text.split()
    starts = [len(" ".join(words[:i])) + (1 if i else 0) for i in range(len(words))]
    n = len(words)
    return Sentence(
        document="d1", index=0, kind="sentence", start=0, text=text, words=words, lemmas=words, pos=["X"] * n,
        tags=["XX"] * n, deps=["dep"] * n, heads=[0] * n, starts=starts,
        ends=[s + len(w) for s, w in zip(starts, words, strict=True)],
    )  # fmt: skip


def _numerals(text: str) -> list[Numeral]:
    return read_numerals(_sentence(text), frozenset(), load_figure_words())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("23", 23), ("1,234", 1234), ("1'234", 1234), ("1’234", 1234), ("1.234.567", 1234567), ("12,345,678", 12345678),
        ("3.5", 3.5), ("3,5", 3.5), ("1,234.5", 1234.5), ("1.234,5", 1234.5), ("1,50,000", 150000), ("0.234", 0.234),
        ("١٢٣", 123), ("١٬٢٣٤", 1234), ("٣٫٥", 3.5), ("34.", 34),
    ],
)  # fmt: skip
def test_digits_are_read_with_every_separator(text: str, value: float) -> None:
    read = read_digits(text)
    assert read is not None and read[0] == value


def test_a_stop_before_three_digits_has_two_readings() -> None:
    assert read_digits("1.234") == (1234.0, 1.234)
    assert read_digits("1,234") == (1234.0, None)


@pytest.mark.parametrize("text", ["33.5138", "12.34.56", "1,23,4", "12-3"])
def test_what_is_no_number_is_not_read_as_one(text: str) -> None:
    assert read_digits(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("twenty - three men", 23),
        ("twenty three men", 23),
        ("two hundred and fifty thousand people", 250_000),
        ("a hundred men", 100),
        ("one million two hundred thousand people", 1_200_000),
        ("900 thousand people", 900_000),
        ("3.5 million people", 3_500_000),
        ("12k displaced", 12_000),
        ("half a million people", 500_000),
        ("two and a half million people", 2_500_000),
        ("1 234 people", 1234),
        ("12 345 678 people", 12_345_678),
    ],
)
def test_number_words_and_scales_make_one_number(text: str, value: float) -> None:
    (numeral,) = _numerals(text)
    assert (numeral.first, numeral.low, numeral.high, numeral.bound) == (0, value, value, None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("20 - 30 men", 20, 30),
        ("20–30 men", 20, 30),
        ("20 to 30 men", 20, 30),
        ("between 20 and 30 men", 20, 30),
        ("from five to seven men", 5, 7),
        ("five or six men", 5, 6),
        ("20 to 30 thousand men", 20_000, 30_000),
        ("two or three hundred men", 200, 300),
    ],
)
def test_a_range_is_one_number_with_two_ends(text: str, low: float, high: float) -> None:
    (numeral,) = _numerals(text)
    assert (numeral.low, numeral.high, numeral.bound) == (low, high, Bound.RANGE)


def test_a_change_is_two_numbers_and_not_a_range() -> None:
    assert [n.low for n in _numerals("it rose from 120 to 145")] == [120, 145]


def test_a_score_of_a_match_is_no_range() -> None:
    assert [n.bound for n in _numerals("they won 3 - 1")] == [None, None]


@pytest.mark.parametrize(
    ("text", "floor"),
    [
        ("dozens of men", 24), ("scores of men", 40), ("hundreds of men", 200), ("thousands of men", 2_000),
        ("tens of thousands of men", 20_000), ("hundreds of thousands fled", 200_000), ("several men", 3),
        ("a few men", 2), ("a couple of men", 2), ("a handful of men", 3), ("several hundred men", 300),
        ("a few dozen men", 24), ("by the thousands", 2_000), ("in their hundreds", 200),
    ],
)  # fmt: skip
def test_a_vague_amount_has_a_floor_and_no_ceiling(text: str, floor: float) -> None:
    (numeral,) = _numerals(text)
    assert (numeral.low, numeral.high, numeral.bound) == (floor, None, Bound.VAGUE)


def test_a_dozen_is_about_twelve() -> None:
    (numeral,) = _numerals("a dozen men")
    assert (numeral.first, numeral.last, numeral.low, numeral.bound) == (0, 1, 12, Bound.ABOUT)


def test_few_without_an_article_is_no_amount() -> None:
    assert _numerals("few men came") == []


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("two thirds of them", 66.67), ("two - thirds of them", 66.67), ("one in five women", 20),
        ("a third of them", 33.33),
        ("nine out of ten men", 90), ("half of the town", 50), ("three quarters of it", 75),
    ],
)  # fmt: skip
def test_a_fraction_is_a_share_in_per_cent(text: str, share: float) -> None:
    (numeral,) = _numerals(text)
    assert (numeral.kind, numeral.low, numeral.high) == ("share", share, share)


def test_three_in_five_days_is_no_share() -> None:
    assert [n.kind for n in _numerals("three in five days")] == ["cardinal", "cardinal"]


def test_endless_numbers_are_cut_or_left_out() -> None:
    assert read_digits("9" * 400) is None
    told = _numerals("hundred " * 400 + "million " * 400 + "dozens of " * 400)
    assert all(n.low is not None and n.low < 1e30 for n in told)


def test_blocked_tokens_are_left_alone() -> None:
    sentence = _sentence("on 12 May 30 men died")
    assert [n.low for n in read_numerals(sentence, {1, 2}, load_figure_words())] == [30]
