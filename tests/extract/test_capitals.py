import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.extract.capitals import restore_case, restore_title


@pytest.mark.parametrize(
    ("capitals", "restored"),
    [
        ("THE ARMY TOOK PORT SABIL.", "The army took port Sabil."),
        ("FIVE SOLDIERS WERE KILLED, THE SNHR SAID.", "Five soldiers were killed, the SNHR said."),
        ("MR. O'BRIEN SAID IT WAS LATE.", "Mr. O'Brien said it was late."),
        ("HE SAID I'LL COME.", "He said I'll come."),
        ("THE U.S. EMBASSY IN DAMASCUS WAS CLOSED.", "The U.S. Embassy in Damascus was closed."),
        ("THE FARMERS LOST THEIR HOUSES", "The farmers lost their houses"),
    ],
)
def test_names_get_their_capitals_back(capitals, restored):
    assert restore_case(capitals) == restored


@pytest.mark.parametrize(
    ("capitals", "names"),
    [
        ("ARMED MEN KILLED KAREL OMBATI NEAR THE CHURCH IN QUILNAR.", ["Karel Ombati", "Quilnar"]),
        ("THE MAYOR OF SANTA BRELLA, RAMIRO QUESTE, WAS WOUNDED.", ["Santa Brella", "Ramiro Queste"]),
        ("THE ISLAMIC STATE HELD DEIR EZZOR AND RAQQA.", ["Islamic State", "Deir Ezzor", "Raqqa"]),
        ("MEMBERS OF THE VALDORAN PEOPLE'S FRONT [VPF] LEFT.", ["Valdoran People's Front", "VPF"]),
    ],
)
def test_unknown_and_known_names_are_found_again(capitals, names):
    restored = restore_case(capitals)
    assert [name for name in names if name not in restored] == []


def test_common_words_stay_in_lower_case():
    words = "THE REBELS HAD SHELLED THE VILLAGE FOR THREE DAYS BEFORE THEY WITHDREW TO THE HILLS"
    assert restore_case(words).split()[1:] == words.lower().split()[1:]


@pytest.mark.parametrize("text", ["", "123 --", "قُتل رجل", "İSTANBUL'DA ATEŞ AÇILDI", "STRASSE ẞ ǅ"])
def test_other_scripts_and_odd_letters_keep_their_places(text):
    assert len(restore_case(text)) == len(text)
    assert restore_case(text).upper() == text.upper()


@given(st.text(alphabet=string.ascii_uppercase + " .,'’-[]0123456789ÑÉ\n", max_size=200))
def test_only_the_case_of_letters_differs(text):
    restored = restore_case(text)
    assert len(restored) == len(text)
    assert all(a == b or a.lower() == b for a, b in zip(text, restored, strict=True))


def test_the_same_text_gives_the_same_case_wherever_it_is_read():
    text = "THE GUARDS OF FORT ADLEN FIRED ON FARMERS IN NORTH HESK."
    assert restore_case(text) == restore_case(text)
    assert restore_case(text.replace("THE ", "THE  ")).replace("  ", " ") == restore_case(text)


@pytest.mark.parametrize(
    ("headline", "sentence"),
    [
        (
            "Regime Helicopters Drop Barrel Bombs on Dar Sabil, Killing Nine Civilians",
            "Regime helicopters drop barrel bombs on Dar Sabil, killing nine civilians",
        ),
        (
            "Mayor Says NATO Jets Hit His Village With Bombs",
            "Mayor says NATO jets hit his village with bombs",
        ),
        ("KelOS 8 Can Delete All Of Your Files", "KelOS 8 can delete all of your files"),
    ],
)
def test_a_headline_with_a_capital_on_every_word_is_written_as_a_sentence(
    headline: str, sentence: str
) -> None:
    assert restore_title(headline) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry of Health and Social Welfare",
        "Karim Odeh, Salma Nasser, Idris Bano, Tarek Salloum",
        "The army shelled the Northern Bridge in Dar Sabil on Monday.",
    ],
)
def test_names_and_sentences_keep_their_capitals(text: str) -> None:
    assert restore_title(text) == text


@given(st.text(alphabet=string.ascii_letters + " .,'’-[]0123456789ÑÉ", max_size=200))
def test_a_headline_keeps_its_letters(text: str) -> None:
    restored = restore_title(text)
    assert len(restored) == len(text)
    assert all(a == b or a.lower() == b for a, b in zip(text, restored, strict=True))
