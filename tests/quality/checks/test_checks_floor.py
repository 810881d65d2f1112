"""Measured floor: hard mismatches found, and nothing said of clean pages, on pages of our own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from rasid.model.tables import CLAIMS, DOCUMENTS, PASSAGES, as_rows, empty, table
from rasid.read.original import read_original
from rasid.weigh.checks import check_documents

HERE = Path(__file__).parent
RECALL = 0.95


@dataclass(frozen=True, slots=True)
class Marked:
    """A page with its right findings, and with what was found."""

    name: str
    hard: Counter[str]
    soft: Counter[str]
    found_hard: Counter[str]
    found_soft: Counter[str]


def measure() -> Iterator[Marked]:
    for file in sorted(HERE.glob("*.yaml")):
        for page in yaml.safe_load(file.read_text("utf-8")):
            texts = [page["text"], page["beside"]] if "beside" in page else [page["text"]]
            rows, passages = [], []
            for n, text in enumerate(texts):
                reading = read_original(
                    text.encode(), original=f"{n}" * 64, name=f"page{n}.{page.get('as', 'md')}"
                )
                rows += reading.documents
                passages += reading.passages
            found = as_rows(check_documents(table(rows, DOCUMENTS), table(passages, PASSAGES), empty(CLAIMS)))
            by = {"hard": Counter[str](), "soft": Counter[str]()}
            for row in found:
                by["hard" if row["severity"] == "hard" else "soft"][str(row["kind"])] += 1
            yield Marked(
                page["name"],
                Counter(page.get("hard", [])),
                Counter(page.get("soft", [])),
                by["hard"],
                by["soft"],
            )


@pytest.fixture(scope="module")
def marked() -> list[Marked]:
    return list(measure())


def test_95_in_100_hard_mismatches_are_found(marked: list[Marked]) -> None:
    wanted = sum(page.hard.total() for page in marked)
    missed = [
        (page.name, dict(page.hard - page.found_hard)) for page in marked if page.hard - page.found_hard
    ]
    assert len(marked) >= 40
    assert 1 - sum(sum(kinds.values()) for _, kinds in missed) / wanted >= RECALL, missed


def test_no_clean_page_has_any_finding(marked: list[Marked]) -> None:
    clean = [page for page in marked if not page.hard and not page.soft]
    assert len(clean) >= 15
    assert not [
        (page.name, page.found_hard, page.found_soft) for page in clean if page.found_hard or page.found_soft
    ]


def test_nothing_is_called_hard_that_is_not(marked: list[Marked]) -> None:
    assert not [
        (page.name, dict(page.found_hard - page.hard)) for page in marked if page.found_hard - page.hard
    ]
