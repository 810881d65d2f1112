"""Measured floor on sentences of our own: polarity and certainty of one word each."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from rasid.extract.certainty import judge
from rasid.extract.found import Judgement
from rasid.extract.syntax import PassageText, load_pipeline, parse
from rasid.knowledge.certainty import load_certainty

FLOOR = 0.95  # share of sentences with polarity and certainty both right
MOST_REVERSALS = 0  # affirmed for denied or the other way round
SENTENCES = Path(__file__).with_name("sentences.yaml")

Case = tuple[str, str, str, str]


def read_cases() -> list[Case]:
    groups = yaml.safe_load(SENTENCES.read_text("utf-8"))
    return [(s, t, p, c) for rows in groups.values() for s, t, p, c in rows]


@pytest.fixture(scope="module")
def judged() -> list[tuple[Case, Judgement]]:
    cases = read_cases()
    passages = [PassageText("d", k, "sentence", 0, case[0]) for k, case in enumerate(cases)]
    lexicon = load_certainty()
    found = []
    for case, sentence in zip(cases, parse(passages, load_pipeline()), strict=True):
        word, _, nth = case[1].partition("#")
        places = [k for k, w in enumerate(sentence.words) if w == word]
        found.append((case, judge(sentence, places[int(nth or 1) - 1], lexicon=lexicon)))
    return found


def test_there_are_at_least_250_sentences_of_several_kinds_of_writer() -> None:
    assert len(read_cases()) >= 250
    assert len(yaml.safe_load(SENTENCES.read_text("utf-8"))) >= 5


def test_polarity_and_certainty_are_right_above_the_floor(judged: list[tuple[Case, Judgement]]) -> None:
    wrong = [
        f"{c} -> {j.polarity}, {j.certainty}: {j.rule}"
        for c, j in judged
        if (j.polarity, j.certainty) != c[2:]
    ]
    assert 1 - len(wrong) / len(judged) >= FLOOR, "\n".join(wrong)


def test_no_sentence_is_turned_round(judged: list[tuple[Case, Judgement]]) -> None:
    turned = [f"{c} -> {j.polarity}, {j.certainty}: {j.rule}" for c, j in judged if j.polarity != c[2]]
    assert len(turned) <= MOST_REVERSALS, "\n".join(turned)
