"""How words are cut and how their writing is told."""

import pytest

from rasid.extract.wordpieces import MAX_CACHED, MAX_PIECES, SHAPES, WordPieces, load_pieces, shape

VOCABULARY = ["[UNK]", "[CLS]", "[SEP]", "idlib", "khan", "she", "##ik", "##houn", "-", ".", "e", "##t", "al"]


@pytest.fixture
def pieces() -> WordPieces:
    return WordPieces({piece: number for number, piece in enumerate(VOCABULARY)})


def names(pieces: WordPieces, word: str) -> list[str]:
    return [VOCABULARY[n] for n in pieces.read(word)[0]]


def test_a_known_word_is_one_piece_however_it_is_written(pieces: WordPieces) -> None:
    assert names(pieces, "Idlib") == names(pieces, "IDLIB") == ["idlib"]


def test_an_unknown_word_is_cut_into_the_longest_known_parts(pieces: WordPieces) -> None:
    assert names(pieces, "Sheikhoun") == ["she", "##ik", "##houn"]


def test_a_word_with_a_rest_that_has_no_piece_is_unknown(pieces: WordPieces) -> None:
    assert names(pieces, "Sheikhzzz") == ["[UNK]"]


def test_marks_within_a_word_stand_alone(pieces: WordPieces) -> None:
    assert names(pieces, "al-Khan.") == ["al", "-", "khan", "."]


def test_accents_are_dropped(pieces: WordPieces) -> None:
    assert names(pieces, "Ét") == ["e", "##t"]


def test_a_word_of_nothing_visible_is_unknown(pieces: WordPieces) -> None:
    assert names(pieces, " ") == names(pieces, "\u200f") == ["[UNK]"]


def test_a_very_long_word_is_cut_off(pieces: WordPieces) -> None:
    assert len(pieces.read("-" * 500)[0]) == MAX_PIECES


def test_the_words_remembered_stay_bounded(pieces: WordPieces) -> None:
    for number in range(MAX_CACHED + 10):
        pieces.read(f"w{number}")
    assert len(pieces.cache) <= MAX_CACHED


def test_the_line_in_the_file_is_the_number_of_the_piece(tmp_path) -> None:
    (tmp_path / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", "utf-8")
    assert load_pieces(tmp_path / "vocab.txt").numbers["al"] == VOCABULARY.index("al")


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("town", "lower"),
        ("Town", "capital"),
        ("T", "letter"),
        ("TOWN", "capitals"),
        ("U.S.", "capitals"),
        ("McKay", "mixed"),
        ("iPhone", "mixed"),
        ("4", "digit"),
        ("4th", "figure"),
        ("1,200", "figure"),
        (",", "mark"),
        ("حلب", "mark"),
    ],
)
def test_the_shape_says_how_a_word_is_written(word: str, name: str) -> None:
    assert SHAPES[shape(word)] == name
