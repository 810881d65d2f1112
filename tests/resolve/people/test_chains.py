"""Many names read at once are read as one by one."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.knowledge.person_names import MAX_WORDS, folded_words, joined_words, name_words
from rasid.resolve.people.chains import read_chains, word_counts

PARTS = (
    "Samer",
    "Karim",
    "Abu",
    "Zayd",
    "al-Najjar",
    "Al",
    "bin",
    "Abd",
    "Rahman",
    "Salah",
    "al-Din",
    "Nasr",
    "Allah",
)
PARTS += (
    "سامر",
    "أبو",
    "زيد",
    "عبد",
    "الكريم",
    "بن",
    "نصر",
    "الله",
    "--",
    "12",
    "O'Dara",
    "Abu-Layl",
    "X Y",
    "",
)


def words_of(names: list[str | None]) -> list[tuple[str, ...]]:
    words, (chains,) = read_chains(pl.Series(names, dtype=pl.String()))
    return [
        tuple(words[n] for n in chains.words[a:b])
        for a, b in zip(chains.starts, chains.starts[1:], strict=False)
    ]


@given(st.lists(st.none() | st.lists(st.sampled_from(PARTS), max_size=11).map(" ".join), max_size=6))
@settings(max_examples=200, deadline=None)
def test_a_column_of_names_is_read_as_each_name_alone(names: list[str | None]) -> None:
    assert words_of(names) == [name_words(name) if name else () for name in names]


@given(st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_as_it_is_alone(name: str) -> None:
    assert words_of([name]) == [name_words(name)]


def test_each_column_keeps_its_own_rows_and_shares_the_words() -> None:
    words, (names, others) = read_chains(pl.Series(["Samer Karim", None]), pl.Series([None, "Karim"]))
    assert words == ("karim", "samer")
    assert names.words.tolist() == [1, 0]
    assert names.starts.tolist() == [0, 2, 2]
    assert others.words.tolist() == [0]
    assert others.starts.tolist() == [0, 0, 1]
    assert word_counts(words, (names, others)) == {"karim": 2, "samer": 1}


def test_a_word_that_only_stands_behind_the_longest_chain_is_no_word() -> None:
    name = " ".join(["Samer", "Karim"] * (MAX_WORDS // 2) + ["Zahra"])
    words, (chains,) = read_chains(pl.Series([name]))
    assert words == ("karim", "samer")
    assert chains.lengths.tolist() == [MAX_WORDS]


def test_words_of_texts_joined_by_a_space_are_the_words_of_each() -> None:
    assert folded_words("Abu Zayd al-Najjar") == folded_words("Abu") + folded_words("Zayd") + folded_words(
        "al-Najjar"
    )
    assert joined_words(folded_words("Samer Abu Zayd")) == name_words("Samer Abu Zayd")
