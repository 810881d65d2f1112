"""Measured floors on sentences written for the project; how they were made stands in docs/concepts/times.md."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse
from tests.quality.dates.scoring import Case, cases, faults, read_alone, read_dated

FLOOR = 0.97  # issue 4


@pytest.fixture(scope="module")
def parsed() -> Callable[[str], Sentence]:
    nlp = load_pipeline()

    def one(text: str) -> Sentence:
        (sentence,) = parse([PassageText("d1", 0, "sentence", 0, text)], nlp)
        return sentence

    return one


def _check(chosen: list[Case], parsed: Callable[[str], Sentence] | None) -> tuple[int, int, int, list[str]]:
    """Expressions (a sentence without one counts as one), of these right in both readings, invented days, faults."""
    total = right = invented = 0
    wrong: list[str] = []
    for case in chosen:
        found = read_alone(case.text, parsed)
        alone, by_alone = faults(case.alone, found)
        dated, by_dated = faults(case.dated, read_dated(case, found)) if case.date else ([], 0)
        n = max(1, len(case.alone))
        bad = min(n, max(len(alone), len(dated)))
        total, right, invented = total + n, right + n - bad, invented + by_alone + by_dated
        wrong += [f"{case.text} {fault}" for fault in alone + dated]
    return total, right, invented, wrong


@pytest.mark.parametrize("unseen", [False, True])
@pytest.mark.parametrize("name", ["english.txt", "arabic.txt"])
def test_dates_in_context_are_read_right_and_no_day_is_invented(name, unseen, parsed):
    chosen = [case for case in cases(name) if case.unseen is unseen]
    total, right, invented, wrong = _check(chosen, None if name == "arabic.txt" else parsed)
    assert right / total >= FLOOR, wrong
    assert invented == 0, wrong


def test_the_set_is_as_large_as_it_should_be():
    assert sum(max(1, len(c.alone)) for name in ("english.txt", "arabic.txt") for c in cases(name)) >= 200


def test_fresh_sentences_are_read_and_no_day_is_invented(parsed):
    total, right, invented, wrong = _check(list(cases("fresh.txt")), parsed)
    assert right / total >= 0.95, wrong
    assert invented == 0, wrong
