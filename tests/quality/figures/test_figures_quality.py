"""Measured floor: figures fully right in sentences of our own, in five voices."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from spacy.language import Language

from rasid.extract.figures import read_figures
from rasid.extract.found import FigureFound
from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse

HERE = Path(__file__).parent
FLOOR = 0.95


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def _cases() -> list[tuple[str, list[list[object]]]]:
    files = sorted(HERE.glob("*.yaml"))
    return [(str(c["text"]), c["figures"]) for f in files for c in yaml.safe_load(f.read_text("utf-8"))]


def _rows(sentence: Sentence) -> list[list[object]]:
    def text(figure: FigureFound) -> str:
        return sentence.words_between(figure.where.start, figure.where.end)

    return [
        [text(f), f.low, f.high, f.bound.value, f.unit, f.base, f.measure.value]
        for f in read_figures(sentence)
    ]


def test_95_in_100_sentences_have_every_figure_fully_right(nlp: Language) -> None:
    cases = _cases()
    passages = [PassageText("d1", i, "sentence", 1000 * i, text) for i, (text, _) in enumerate(cases)]
    wrong = [
        f"{text}\n    expected {expected}\n    found    {found}"
        for (text, expected), found in zip(cases, map(_rows, parse(passages, nlp)), strict=True)
        if found != expected
    ]
    assert len(cases) >= 120
    assert 1 - len(wrong) / len(cases) >= FLOOR, f"{len(wrong)} of {len(cases)} wrong:\n" + "\n".join(wrong)
