import pytest

from rasid.extract.names import mark_known_names
from rasid.extract.syntax import PassageText, load_pipeline, parse
from rasid.knowledge.actors import fold_name, load_actors, load_places


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def found(nlp, text):
    sentence = next(parse([PassageText("d1", 0, "sentence", 0, text)], nlp))
    spans = mark_known_names(sentence, (load_actors(), load_places()))
    return {sentence.words_between(*sentence.chars(s.first, s.last)): s.known.name for s in spans}, sentence


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shells fell on Khan Cheikhoun and on Deir Azzour.", {"Khan Cheikhoun": "Khan Shaykhun", "Deir Azzour": "Deir-ez-Zor"}),
        ("HRW and Human Rights Watch asked Daesh to stop.", {"HRW": "Human Rights Watch", "Human Rights Watch": "Human Rights Watch", "Daesh": "Islamic State"}),
        ("who is the ally of the us here?", {}),
        ("The WHO counted them.", {"WHO": "World Health Organization"}),
        ("They met in al-Bab.", {"al-Bab": "Al Bab"}),
    ],
)  # fmt: skip
def test_known_names_are_found_as_written(nlp, text, names):
    assert found(nlp, text)[0] == names


def test_a_known_place_is_no_person_whatever_the_recogniser_says(nlp):
    _, sentence = found(nlp, "Planes bombed Khan Sheikhoun again.")
    assert [label for _, _, label in sentence.entities] == ["LOC"]


def test_a_name_inside_a_longer_name_does_not_break_it(nlp):
    sentence = found(nlp, "The Raqqa Media Centre said so.")[1]
    assert all(after - first != 1 for first, after, label in sentence.entities if label == "ORG")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("al-Raqqa", "Ar Raqqa"),
        ("Da'esh", "Da’esh"),
        ("الدَّولة", "الدولة"),
        ("Sana'a", "sana a"),
        ("The BBC", "bbc"),
    ],
)
def test_spellings_that_differ_only_in_marks_fold_together(a, b):
    assert fold_name(a) == fold_name(b)
