"""The built example case against its answer key. Floors are what is reached; nothing may be turned round."""

from __future__ import annotations

import pytest

from tests.quality.examples.answers import Answers, build_examples, compare, lines, read_key

FLOOR_STANCES = 6  # right or also fair, of 18 that are in English
FLOOR_FIGURES = 33  # of 36
MOST_INVENTED = 2
MOST_WRONGLY_HAPPENED = 2


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    key = read_key()
    return compare(build_examples(tmp_path_factory.mktemp("examples") / "case", key), key)


def test_no_voice_is_given_the_opposite_of_its_stance(answers: Answers) -> None:
    assert answers.reversed == []


def test_as_many_stances_are_right_as_the_floor_says(answers: Answers) -> None:
    right = len(answers.right) + len(answers.also_fair)
    assert right >= FLOOR_STANCES, "\n".join(lines(answers))


def test_few_voices_get_a_stance_they_did_not_take(answers: Answers) -> None:
    assert len(answers.invented) <= MOST_INVENTED, "\n".join(answers.invented)


def test_figures_are_found_with_their_words_and_bounds(answers: Answers) -> None:
    assert len(answers.figures_found) >= FLOOR_FIGURES, "\n".join(answers.figures_missing)


def test_what_never_happened_is_not_shown_as_happened(answers: Answers) -> None:
    assert len(answers.wrongly_happened) <= MOST_WRONGLY_HAPPENED, "\n".join(answers.wrongly_happened)


def test_every_word_of_the_key_stands_in_the_kept_text(answers: Answers) -> None:
    assert answers.absent_words == []


def test_the_broken_file_and_the_unread_language_are_doubts(answers: Answers) -> None:
    assert {"10_broken_on_purpose.docx", "09_arabic_report.txt"} <= answers.doubted
