"""`rasid suppose`, `judge` and `drop`: the ranking flips, says so, and survives a rebuild from scratch."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.test_cli import rasid

ASKED = "Has the Ash Front been defeated?"
TEXTS = {
    "a.txt": "By Mirna Saleh\n\nThe Ash Front has not been defeated. It still controls Sallow Ford.",
    "b.txt": "By Karim Odeh\n\nThe Ash Front has been defeated.",
}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "reports" / name).write_text(text, encoding="utf-8")
    done = rasid("build", "reports", "--ask", ASKED, "--by", "Rana", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_one_cell_flips_the_ranking_and_survives_a_rebuild(case: Path) -> None:
    claims = [json.loads(line) for line in rasid("show", "claims", "--json", cwd=case).stdout.splitlines()]
    denial = next(c for c in claims if c["type"] == "defeat" and c["polarity"] == "denied")
    done = rasid("judge", ASKED, denial["id"], "wholly", "consistent", "--by", "Rana", cwd=case)
    assert done.returncode == 0, done.stderr
    assert "(was " in done.stderr
    shutil.rmtree(case / "rasid-case" / "derived")
    again = rasid("judge", ASKED, denial["id"], "wholly", "rule", "--by", "Rana", cwd=case)
    assert again.returncode == 0, again.stderr
    page = next((case / "rasid-case" / "site" / "questions").glob("q*.html")).read_text("utf-8")
    assert "Held against each other" in page


def test_one_grade_flips_the_ranking_says_so_and_survives_a_rebuild(case: Path) -> None:
    claims = [json.loads(line) for line in rasid("show", "claims", "--json", cwd=case).stdout.splitlines()]
    denial = next(c for c in claims if c["type"] == "defeat" and c["polarity"] == "denied")
    done = rasid("grade", "claim", denial["id"], "5", "--by", "Rana", cwd=case)
    assert done.returncode == 0, done.stderr
    assert f"The ranking changed: {ASKED}" in done.stderr
    assert "(was " in done.stderr
    shutil.rmtree(case / "rasid-case" / "derived")
    again = rasid("grade", "claim", denial["id"], "rule", "--by", "Rana", cwd=case)
    assert again.returncode == 0, again.stderr
    page = next((case / "rasid-case" / "site" / "questions").glob("q*.html")).read_text("utf-8")
    assert "Held against each other" in page


def test_a_hypothesis_of_ones_own_is_ranked_and_can_be_dropped(case: Path) -> None:
    done = rasid("suppose", ASKED, "The Ash Front controls Sallow Ford", "--by", "Rana", cwd=case)
    assert done.returncode == 0, done.stderr
    short = done.stderr.split("Hypothesis ")[1].split(":")[0]
    assert "(new)" in done.stderr
    dropped = rasid("drop", ASKED, short, "--by", "Rana", cwd=case)
    assert dropped.returncode == 0, dropped.stderr


def test_an_unknown_hypothesis_is_named_with_those_there_are(case: Path) -> None:
    done = rasid("judge", ASKED, "c000000000000", "nonsense", "neutral", cwd=case)
    assert done.returncode == 2
    assert "wholly" in done.stderr


def test_contradictions_are_shown_without_a_question(case: Path) -> None:
    done = rasid("show", "contradictions", "--json", cwd=case)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert any(row["kind"].startswith("conflicts") and len(row["quotes"]) >= 2 for row in rows)
