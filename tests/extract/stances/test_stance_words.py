"""Words and stems."""

from __future__ import annotations

from rasid.extract.stances.words import cut_words, find_stem


def test_forms_of_one_word_have_one_stem() -> None:
    assert {find_stem(w) for w in ("killing", "killings", "killed", "kills", "kill")} == {"kill"}
    assert {find_stem(w) for w in ("withdraw", "withdrawal", "withdrawing")} == {"withdraw"}
    assert {find_stem(w) for w in ("city", "cities")} == {"city"}


def test_owners_and_contracted_negations_lose_their_ending() -> None:
    assert find_stem("valmour's") == find_stem("valmour")
    assert find_stem("isn't") == "is"


def test_a_number_loses_its_commas_only() -> None:
    assert find_stem("1,200") == "1200"
    assert find_stem("3.5") == "3.5"


def test_a_short_word_keeps_its_ending() -> None:
    assert find_stem("red") == "red"
    assert find_stem("used") == "used"


def test_a_country_in_capitals_is_not_the_pronoun() -> None:
    assert cut_words("US troops left us", known={}).lower == ("usa", "troops", "left", "us")
    assert cut_words("TELL US MORE", known={}).lower == ("tell", "us", "more")


def test_words_stand_at_their_offsets_in_the_whole_text() -> None:
    text = "Before. “It isn’t so,” he said?"
    words = cut_words(text, 8, len(text), known={})
    assert [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == [
        "“", "It", "isn’t", "so", ",", "”", "he", "said", "?",
    ]  # fmt: skip
    assert words.lower[2] == "isn't"
    assert words.stems[-1] == ""
    assert words.capital[1]
