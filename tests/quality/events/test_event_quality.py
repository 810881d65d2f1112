"""Floors on sentences written for the project: which events are found, and who did what to whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from rasid.extract.events import read_events
from rasid.extract.found import EventFound, Stretch
from rasid.extract.mended_roles import mend_roles
from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse
from rasid.knowledge.vocabulary import load_vocabulary

FILES = (
    "sentences.yaml",
    "fresh.yaml",
    "fresh_2.yaml",
    "fresh_3.yaml",
    "fresh_4.yaml",
    "roles.yaml",
    "judged.yaml",
)
FLOOR = 95.0  # per cent of the judged things that are right


def _text(s: Sentence, phrase: Stretch | None) -> str:
    return s.words_between(phrase.start, phrase.end) if phrase else "-"


def _told(s: Sentence, event: EventFound) -> tuple[str, str, str, str]:
    places = "; ".join(_text(s, p) for p in event.places) or "-"
    return event.type, _text(s, event.actor), _text(s, event.target), places


def _fits(wanted: str, told: tuple[str, str, str, str]) -> bool:
    parts = [part.strip() for part in wanted.split("|")]
    return all(part in ("*", have) for part, have in zip(parts, told, strict=False))


def judge(s: Sentence, told: list[tuple[str, str, str, str]], item: dict[str, Any]) -> list[tuple[str, bool]]:
    """Each thing that is asked of a sentence, and whether it is so."""
    asked = [(wanted, any(_fits(wanted, t) for t in told)) for wanted in item.get("e", ())]
    for barred in item.get("never", ()):
        asked.append((f"never {barred}", not told if barred == "any" else barred not in {t[0] for t in told}))
    return asked


@pytest.fixture(scope="module")
def judged() -> list[tuple[str, str, bool, list[tuple[str, str, str, str]]]]:
    items = [
        item for name in FILES for item in yaml.safe_load((Path(__file__).parent / name).read_text("utf-8"))
    ]
    vocabulary = load_vocabulary()
    passages = [PassageText("d", i, "sentence", 0, item["t"]) for i, item in enumerate(items)]
    rows = []
    for s in parse(passages, load_pipeline()):
        told = [_told(s, event) for event in mend_roles(s, read_events(s, vocabulary))]
        for wanted, right in judge(s, told, items[s.index]):
            rows.append((s.text, wanted, right, told))
    return rows


def test_the_right_events_with_their_parties_are_found_in_95_of_100_cases(judged: Any) -> None:
    wrong = [
        f"{text}\n   wanted {wanted}\n   found {told}" for text, wanted, right, told in judged if not right
    ]
    share = 100 * (1 - len(wrong) / len(judged))
    assert share >= FLOOR, f"{share:.1f} % of {len(judged)}\n" + "\n".join(wrong)


def test_at_most_one_of_the_sentences_without_an_event_yields_one(judged: Any) -> None:
    wrong = [
        (text, told) for text, wanted, right, told in judged if wanted.startswith("never ") and not right
    ]
    assert len(wrong) <= 1, wrong
