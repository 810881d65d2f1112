"""How many voices of our own passages are read right, and how often one is turned round."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from rasid.extract.found import AttributionFound
from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse
from rasid.extract.voices import read_attributions
from rasid.read.passages import cut_passages

SETS = ("passages.yaml", "passages_2.yaml", "passages_3.yaml", "passages_4.yaml")
SAME_CONTENT = 0.7  # words in common over words in either
FLOOR_RIGHT = 0.95
MOST_REVERSALS = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of `says`."""

    speaker: str
    status: str
    denies: bool
    content: str


@dataclass(slots=True)
class Tally:
    """What was found; wrong and reversed hold one line each for the reader of the test's output."""

    wanted: int
    wrong: list[str]
    reversals: list[str]
    invented: list[str]


@pytest.fixture(scope="module")
def tally() -> Tally:
    rows = read_sets(SETS)
    texts = [row["text"] for row in rows]
    return judge([(row["text"], read_expected(row)) for row in rows], parse_texts(texts))


def read_sets(names: tuple[str, ...]) -> list[dict[str, object]]:
    """The rows of these files beside the test."""
    folder = Path(__file__).parent
    return [row for name in names for row in yaml.safe_load((folder / name).read_text(encoding="utf-8"))]


def parse_texts(texts: list[str]) -> list[list[Sentence]]:
    """Each text cut and parsed as its own document."""
    passages = [
        PassageText(str(number), i, p.kind, p.start, text[p.start : p.end])
        for number, text in enumerate(texts)
        for i, p in enumerate(cut_passages(text))
    ]
    parsed: list[list[Sentence]] = [[] for _ in texts]
    for sentence in parse(passages, load_pipeline()):
        parsed[int(sentence.document)].append(sentence)
    return parsed


def read_expected(row: dict[str, object]) -> list[Expected]:
    """The lines of `says`."""
    lines: list[str] = list(row.get("says", []))  # type: ignore[call-overload]
    made = []
    for line in lines:
        speaker, status, content = (part.strip() for part in line.split("|", 2))
        made.append(Expected(speaker, status.removesuffix(", not"), status.endswith(", not"), content))
    return made


def judge(rows: list[tuple[str, list[Expected]]], parsed: list[list[Sentence]]) -> Tally:
    result = Tally(0, [], [], [])
    for (text, expected), sentences in zip(rows, parsed, strict=True):
        found = read_attributions(sentences)
        result.wanted += max(len(expected), 1)
        if not expected and found:
            result.invented.append(f"{text} -> {[(a.speaker, a.verb) for a in found]}")
        for want in expected:
            near = [a for a in found if overlap(words_of(text, a), want.content) >= SAME_CONTENT]
            if any(is_right(a, want) for a in near):
                continue
            result.wrong.append(
                f"{want} <- {[(a.speaker, a.status.value, a.denies, words_of(text, a)) for a in found]}"
            )
            if near and all(a.denies != want.denies or a.speaker != want.speaker for a in near):
                result.reversals.append(f"{want} <- {[(a.speaker, a.denies) for a in near]}")
    return result


def words_of(text: str, found: AttributionFound) -> str:
    return " ".join(text[start:end] for start, end in found.contents)


def overlap(a: str, b: str) -> float:
    x, y = (re.findall(r"\w+", part.lower()) for part in (a, b))
    common = len(set(x) & set(y))
    return common / max(1, len(set(x) | set(y)))


def is_right(found: AttributionFound, want: Expected) -> bool:
    return (found.speaker, found.status.value, found.denies) == (want.speaker, want.status, want.denies)


def test_most_voices_of_our_own_passages_are_read_right(tally: Tally) -> None:
    right = 1 - (len(tally.wrong) + len(tally.invented)) / tally.wanted
    assert right >= FLOOR_RIGHT, "\n".join([f"{right:.3f}", *tally.wrong, *tally.invented])


def test_a_voice_is_hardly_ever_given_to_the_wrong_speaker_or_turned_round(tally: Tally) -> None:
    assert len(tally.reversals) <= MOST_REVERSALS, "\n".join(tally.reversals)
