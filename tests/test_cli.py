"""The command line as a person meets it, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "The Ash Front has not been defeated. The ministry said that 12 people were killed in Sallow Ford."


def rasid(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rasid", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports and a built case."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "reports").mkdir()
    (folder / "reports" / "تقرير.txt").write_text(TEXT, encoding="utf-8")
    done = rasid("build", "reports", "--ask", "Has the Ash Front been defeated?", "--by", "Rana", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_build_prints_the_address_of_the_page_and_nothing_else_on_stdout(built: Path) -> None:
    done = rasid("build", "reports", cwd=built)
    page = built / "rasid-case" / "site" / "index.html"
    assert done.stdout.strip() == page.resolve().as_uri()
    assert "Nothing to do" in done.stderr
    assert page.exists()


def test_show_claims_gives_json_lines(built: Path) -> None:
    done = rasid("show", "claims", "--json", cwd=built)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"defeat", "killing"} <= {row["type"] for row in rows}
    assert all(TEXT[row["start"] : row["end"]] == row["quote"] for row in rows)


def test_filters_narrow_what_is_shown(built: Path) -> None:
    done = rasid("show", "claims", "--json", "--polarity", "denied", cwd=built)
    assert [json.loads(line)["type"] for line in done.stdout.splitlines()] == ["defeat"]


@pytest.mark.parametrize("what", ["documents", "claims", "voices", "figures", "questions", "doubts"])
def test_every_table_can_be_shown_to_a_person_and_to_a_program(built: Path, what: str) -> None:
    assert rasid("show", what, cwd=built).returncode == 0
    done = rasid("show", what, "--json", cwd=built)
    assert done.returncode == 0
    assert all(isinstance(json.loads(line), dict) for line in done.stdout.splitlines())


def test_status_counts_what_the_case_holds(built: Path) -> None:
    row = json.loads(rasid("status", "--json", cwd=built).stdout)
    assert (row["documents"], row["questions"], row["up_to_date"]) == (1, 1, True)


def test_explain_says_why_a_claim_was_read_so(built: Path) -> None:
    row = json.loads(rasid("show", "claims", "--json", "--type", "defeat", cwd=built).stdout.splitlines()[0])
    said = rasid("explain", row["id"], cwd=built).stdout
    assert "denied" in said
    assert row["quote"] in said


def test_search_finds_a_word(built: Path) -> None:
    assert "Sallow Ford" in rasid("search", "sallow", cwd=built).stdout


def test_verify_is_content_with_a_sound_case(built: Path) -> None:
    assert rasid("verify", cwd=built).returncode == 0


def test_verify_names_a_changed_original_and_exits_with_3(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert rasid("build", "a.txt", cwd=tmp_path).returncode == 0
    original = next((tmp_path / "rasid-case" / "originals").glob("*/*.txt"))
    original.chmod(0o600)
    original.write_text(TEXT.replace("12", "21"), encoding="utf-8")
    done = rasid("verify", cwd=tmp_path)
    assert done.returncode == 3
    assert original.name[:12] in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["build", "nowhere.txt"], "does not exist"),
        (["show", "claims", "--case", "nowhere"], "is not a case"),
        (["ask", "Why?", "--case", "nowhere"], "is not a case"),
        (["show", "spoons"], "spoons"),
        (["build", "--case", "."], "not empty"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(tmp_path: Path, words: list[str], said: str) -> None:
    (tmp_path / "own.doc").write_text("mine")
    done = rasid(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_version_and_help(tmp_path: Path) -> None:
    assert rasid("--version", cwd=tmp_path).stdout.startswith("rasid ")
    for command in ("build", "add", "ask", "withdraw", "status", "show", "search", "explain", "verify"):
        assert rasid(command, "--help", cwd=tmp_path).returncode == 0


def test_strict_exits_1_when_there_are_doubts(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    assert rasid("build", "empty.txt", "--strict", cwd=tmp_path).returncode == 1
