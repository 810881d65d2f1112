"""The entity recogniser: the path through the tags, and what the shipped weights read."""

import random
from itertools import pairwise

import numpy as np
import pytest

from rasid.extract.entities import (
    EntityReader,
    best_tags,
    entities_version,
    load_entities,
    mended_span,
    spans_of,
)


@pytest.fixture(scope="module")
def reader() -> EntityReader:
    return load_entities()


def names(reader: EntityReader, text: str) -> list[tuple[str, str]]:
    words = text.split()
    return [(" ".join(words[a:b]), label) for a, b, label in reader.read([words])[0]]


# --- tags and spans


def test_tags_become_spans_with_the_end_excluded() -> None:
    assert spans_of([1, 2, 0, 5, 5, 6, 7]) == [(0, 2, "PERSON"), (3, 4, "LOC"), (4, 6, "LOC"), (6, 7, "NORP")]


@pytest.mark.parametrize(
    ("words", "label", "left"),
    [
        ("Orva Rights Network (ORN", "ORG", "Orva Rights Network"),
        ("Orva Rights Network (ORN )", "ORG", "Orva Rights Network (ORN )"),
        ("State of Marrada and the", "ORG", "State of Marrada"),
        ("Office Minister , Karim Odeh", "PERSON", "Karim Odeh"),
    ],
)
def test_a_name_holds_only_what_a_name_can_hold(words: str, label: str, left: str) -> None:
    tokens = words.replace("(", "( ").split()
    start, end, _ = mended_span(tokens, (0, len(tokens), label))
    assert " ".join(tokens[start:end]) == left.replace("(", "( ")


def test_no_tags_are_no_spans() -> None:
    assert spans_of([]) == spans_of([0, 0]) == []


def test_the_best_path_may_pass_through_a_worse_tag() -> None:
    scores = np.array([[0.0, 0.4], [0.0, 1.0]], np.float32)
    chain = np.array([[0.0, 2.0], [0.0, -2.0]], np.float32)
    assert best_tags(scores, [2], chain, np.zeros(2, np.float32)) == [[0, 1]]


def test_sentences_of_different_length_have_their_own_paths() -> None:
    scores = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0]], np.float32)
    free = np.zeros((2, 2), np.float32)
    assert best_tags(scores, [1, 3], free, free[0]) == [[1], [0, 1, 1]]


# --- the shipped weights


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Layla Haddad told the Aleppo Media Centre that two shells fell on Idlib .",
            [("Layla Haddad", "PERSON"), ("Aleppo Media Centre", "ORG"), ("Idlib", "LOC")],
        ),
        (
            "Syrian troops withdrew from Hama on Monday , Human Rights Watch said .",
            [("Syrian", "NORP"), ("Hama", "LOC"), ("Human Rights Watch", "ORG")],
        ),
        ("At least 23 people were killed near the bridge .", []),
        ("In Port Sudan , Amira Osman met the UN envoy .", [("Port Sudan", "LOC"), ("Amira Osman", "PERSON"), ("UN", "ORG")]),
    ],
)  # fmt: skip
def test_plain_names_are_found(reader: EntityReader, text: str, expected: list[tuple[str, str]]) -> None:
    assert names(reader, text) == expected


def test_names_that_no_corpus_has_are_found_from_their_parts(reader: EntityReader) -> None:
    found = names(reader, "Tarvenko Belmarizh was arrested in Qarmatubad , his brother Yazdushar said .")
    assert ("Tarvenko Belmarizh", "PERSON") in found
    assert ("Qarmatubad", "LOC") in found


def test_names_in_lower_case_and_in_capitals_are_found(reader: EntityReader) -> None:
    text = "the shelling of aleppo by russia killed mohammed haddad ."
    expected = [("aleppo", "LOC"), ("russia", "LOC"), ("mohammed haddad", "PERSON")]
    assert names(reader, text) == expected
    assert names(reader, text.upper()) == [(name.upper(), label) for name, label in expected]


def test_a_sentence_is_read_the_same_whichever_others_stand_beside_it(reader: EntityReader) -> None:
    rng = random.Random(5)
    words = "Omar Saleh and the Red Cross left Homs for Beirut , where Kurdish and Lebanese doctors work .".split()
    sentences = [[rng.choice(words) for _ in range(rng.randint(1, 60))] for _ in range(50)]
    alone = [reader.read([s])[0] for s in sentences]
    order = [*range(len(sentences))]
    rng.shuffle(order)
    shuffled = reader.read([sentences[i] for i in order])
    assert reader.read(sentences) == alone
    assert [shuffled[order.index(i)] for i in range(len(sentences))] == alone


def test_two_readers_agree(reader: EntityReader) -> None:
    sentences = [["Nour", "Mansour", "fled", "Raqqa", "."], ["The", "UN", "waited", "."]]
    assert load_entities().read(sentences) == reader.read(sentences)


def test_nothing_in_is_nothing_out(reader: EntityReader) -> None:
    assert reader.read([]) == []
    assert reader.read([[], ["."], []]) == [[], [], []]


def test_a_sentence_longer_than_the_encoder_sees_is_read_to_its_end(reader: EntityReader) -> None:
    words = [*["and"] * 700, *"Dr Samir Khatib was seen in Damascus .".split()]
    spans = reader.read([words])[0]
    assert [words[a:b] for a, b, _ in spans][-2:] == [["Samir", "Khatib"], ["Damascus"]]


def test_signs_and_other_scripts_do_no_harm(reader: EntityReader) -> None:
    words = ["قُتل", "ثلاثة", "🕊", "\u200f", " ", "", "…", "№", "x" * 5000]
    assert all(0 <= a < b <= len(words) for a, b, _ in reader.read([words])[0])


def test_spans_are_in_order_and_do_not_overlap(reader: EntityReader) -> None:
    words = (
        "Rania Barakat , Walid Najjar and Huda Salem of Basra , Mosul and Erbil met Iraqi police".split() * 12
    )
    spans = reader.read([words])[0]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert len(spans) > 50


def test_the_version_is_known_without_loading() -> None:
    assert entities_version().startswith("entities_")
