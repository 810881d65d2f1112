import pytest

from rasid.extract.questions import read_questions


def understood(text):
    questions, doubts = read_questions([text])
    return questions.to_dicts()[0], doubts.to_dicts()


@pytest.mark.parametrize(
    ("text", "kind", "actor", "target"),
    [
        ("Has Boko Haram been defeated?", "defeat", None, "Boko Haram"),
        ("Who controls Deir ez-Zor?", "control", None, "Deir ez-Zor"),
        ("Does Hamas control Gaza?", "control", "Hamas", "Gaza"),
        ("Did the Ash Front shell Imerra?", "shelling", "the Ash Front", "Imerra"),
        ("Are US forces withdrawing from Syria?", "withdrawal", "US forces", None),
    ],
)
def test_a_question_becomes_a_proposition(text, kind, actor, target):
    row, doubts = understood(text)
    assert (row["type"], row["actor"], row["target"]) == (kind, actor, target)
    assert doubts == []


def test_what_was_understood_is_said_in_words():
    assert (
        understood("Has Boko Haram been defeated?")[0]["proposition"] == "defeat; to whom or what: Boko Haram"
    )


def test_a_question_outside_the_vocabulary_is_a_doubt_with_advice():
    row, doubts = understood("What colour was the sky?")
    assert row["type"] is None
    assert doubts[0]["what"] == "question not understood"
    assert doubts[0]["advice"]


def test_no_question_gives_empty_tables():
    questions, doubts = read_questions([])
    assert (questions.height, doubts.height) == (0, 0)


@pytest.mark.parametrize(
    ("text", "kind", "actor", "target"),
    [
        ("Who controls Wad Tirmil?", "control", None, "Wad Tirmil"),
        ("Who holds Wad Tirmil?", "control", None, "Wad Tirmil"),
        ("Has the army left Wad Tirmil?", "withdrawal", "the army", "Wad Tirmil"),
    ],
)
def test_a_name_that_no_list_knows_is_taken_for_a_place(text, kind, actor, target):
    row, doubts = understood(text)
    assert (row["type"], row["actor"], row["target"]) == (kind, actor, target)
    assert doubts == []


@pytest.mark.parametrize("text", ["Is Boko Haram defeated?", "Are the Houthis beaten?"])
def test_the_one_it_befell_is_not_the_one_who_did_it(text):
    row, _ = understood(text)
    assert (row["type"], row["actor"]) == ("defeat", None)
    assert row["target"] is not None


def test_a_question_about_means_is_of_that_kind():
    assert understood("Did the air force drop barrel bombs on Dovrek?")[0]["kind"] == "means"
    assert understood("Did the Ash Front use drones against Dovrek?")[0]["kind"] == "means"
    assert understood("Did the air force bomb Dovrek?")[0]["kind"] == "occurrence"
