import pytest

from rasid.errors import BadSettings
from rasid.extract.syntax import PassageText, Sentence, clean_for_parser, load_pipeline, parse


@pytest.fixture(scope="module")
def nlp():
    return load_pipeline()


def parsed(nlp, text, start=0):
    return next(parse([PassageText("d1", 0, "sentence", start, text)], nlp))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\u00a0 b\n c", "a b c"),
        ("11°/° of them", "11% of them"),
        ("11 °/° of them", "11 % of them"),
        ("it fell,and burned", "it fell, and burned"),
        ("it is`burning", "it is burning"),
        ("the `camp", "the camp"),
        ("3,500 men", "3,500 men"),
        ("THE ARMY TOOK PORT SABIL.", "The army took port Sabil."),
        ("UN, EU", "UN, EU"),
        ("Sami_Odeh_was_taken_in_2013", "Sami Odeh was taken in 2013"),
        ("a snake_case word", "a snake_case word"),
        ("", ""),
    ],
)
def test_the_parser_sees_a_cleaned_copy(text, clean):
    assert clean_for_parser(text)[0] == clean


@pytest.mark.parametrize(
    "text", ["The  army,took 11°/° of`it.", " a\tb ", "قُتل رجل", "x" * 50, "İSTANBUL'DA ATEŞ"]
)
def test_every_letter_of_the_copy_knows_its_place(text):
    clean, starts, ends = clean_for_parser(text)
    assert len(clean) == len(starts) == len(ends)
    assert all(a <= b for a, b in zip(starts, ends, strict=True))
    assert list(starts) == sorted(starts)
    for letter, start, end in zip(clean, starts, ends, strict=True):
        if letter.isalnum():
            assert text[start:end].casefold() == letter.casefold()


def test_tokens_keep_their_place_in_the_kept_text(nlp):
    text = "The  Rivers Front ,said it`holds 11°/° of\u00a0Port Sabil ."
    sentence = parsed(nlp, text, start=40)
    for word, start, end in zip(sentence.words, sentence.starts, sentence.ends, strict=True):
        assert word in (text[start - 40 : end - 40], "%")
    assert sentence.words_between(*sentence.chars(0, 0)) == "The"


def test_a_passage_is_never_cut_by_the_parser(nlp):
    sentence = parsed(nlp, "Kareth regularly shells Imerra and Sallow Ford, the last towns that resist him")
    assert [i for i, head in enumerate(sentence.heads) if head == i] == [sentence.root()]


def test_passages_without_a_letter_and_overlong_ones_are_left_out(nlp):
    passages = [PassageText("d1", 0, "row", 0, "12 | 13"), PassageText("d1", 1, "row", 8, "word " * 1000)]
    assert list(parse(passages, nlp)) == []


def test_an_unknown_pipeline_is_named():
    with pytest.raises(BadSettings, match="en_no_such"):
        load_pipeline("en_no_such")


def test_labels_of_other_pipelines_become_universal():
    # "They attacked in Imerra": attacked -prep-> in -pobj-> Imerra
    from rasid.extract.syntax import _prepositions_to_case

    deps, heads = _prepositions_to_case(["nsubj", "root", "prep", "pobj"], [1, 1, 1, 2])
    assert deps == ["nsubj", "root", "case", "obl"]
    assert heads == [1, 1, 3, 1]


def test_a_copula_of_other_pipelines_hangs_on_its_predicate():
    # "They are a threat": are -attr-> threat
    from rasid.extract.syntax import _prepositions_to_case

    deps, heads = _prepositions_to_case(["nsubj", "root", "det", "attr"], [1, 1, 3, 1])
    assert deps == ["nsubj", "cop", "det", "root"]
    assert heads == [3, 3, 3, 3]


def test_the_subtree_is_safe_against_a_cycle():
    words = ["a", "b", "c"]
    sentence = Sentence("d1", 0, "sentence", 0, "a b c", words, words, ["X"] * 3, ["X"] * 3, ["dep"] * 3,
                        [1, 0, 2], [0, 2, 4], [1, 3, 5])  # fmt: skip
    assert sentence.subtree(0) == [0, 1]
