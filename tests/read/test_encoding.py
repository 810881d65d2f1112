"""Bytes to text, whatever the encoding."""

import codecs

import pytest

from rasid.read.encoding import decode, looks_like_text

ENGLISH = "They left the café on Monday. “Nobody came back,” said Zoë — not one of them.\n"
ARABIC = "بيان صحفي\nانسحب الجيش من البلدة. عاد الناس إلى بيوتهم في المساء.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-16-be"),
        (ENGLISH, "utf-32"),
        (ENGLISH, "utf-32-le"),
        (ENGLISH, "utf-32-be"),
        (ENGLISH, "cp1252"),
        (ARABIC, "utf-8"),
        (ARABIC, "utf-16"),
        (ARABIC, "utf-16-le"),
        (ARABIC, "utf-16-be"),
        (ARABIC, "utf-32-le"),
        (ARABIC, "cp1256"),
        ("قتل خمسة أشخاص في البلدة.", "cp1256"),
        ("Un café a été détruit à l’entrée de la ville.", "cp1252"),
        ("Die Brücke wurde zerstört; es waren fünf Tote.", "cp1252"),
        ("Ò, é, à: señor Núñez, ça suffit", "cp1252"),
    ],
)
def test_text_comes_back_as_it_was_written(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text == text
    assert decoded.lost == 0


def test_a_byte_order_mark_is_not_part_of_the_text() -> None:
    assert decode(codecs.BOM_UTF8 + b"They left.").text == "They left."


def test_line_ends_stay_as_they_are() -> None:
    assert decode(b"a\r\nb\rc\n").text == "a\r\nb\rc\n"


def test_what_a_file_declares_is_used_where_utf8_does_not_fit() -> None:
    russian = "Армия покинула город."
    assert decode(russian.encode("koi8-r"), declared="koi8-r").text == russian


def test_utf8_wins_against_a_wrong_declaration() -> None:
    assert decode(ENGLISH.encode(), declared="iso-8859-1").text == ENGLISH


@pytest.mark.parametrize("declared", ["no-such-thing", "hex", "utf-8\0", ""])
def test_a_senseless_declaration_is_ignored(declared: str) -> None:
    assert decode(ENGLISH.encode("cp1252"), declared=declared).text == ENGLISH


def test_a_text_cut_inside_a_character_loses_one_character_and_says_so() -> None:
    decoded = decode(ARABIC.encode()[:41])
    assert decoded.encoding == "utf-8"
    assert decoded.lost == 1


def test_a_replacement_sign_that_was_written_is_not_lost() -> None:
    assert decode("they \ufffd left".encode()).lost == 0


def test_binary_bytes_do_not_look_like_text() -> None:
    assert not looks_like_text(bytes(range(256)) * 8)
    assert looks_like_text(ENGLISH.encode("cp1252"))
    assert looks_like_text(ARABIC.encode("utf-16-le"))
