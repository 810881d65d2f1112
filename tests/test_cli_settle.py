"""Settling names and dates on the command line: the record changes, says who, and can be taken back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from rasid.case import open_case
from rasid.store.decisions import Decided, replay
from tests.test_cli import rasid

TEXT = (
    "Yesterday gunmen attacked a farm in Nasib in Syria. Clashes in Iraq, in northern Iraq and in Syria went on. "
    "The army shelled a farm in Nasib."
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("settle")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    assert rasid("build", "a.txt", cwd=folder).returncode == 0
    return folder


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "copy")
    return tmp_path / "copy"


def doubts(folder: Path) -> dict[str, str]:
    rows = [json.loads(line) for line in rasid("show", "doubts", "--json", cwd=folder).stdout.splitlines()]
    return {row["what"]: row["advice"] for row in rows}


def typed(advice: str) -> list[str]:
    """The first command of an advice, as a shell would cut it."""
    import shlex

    return shlex.split(advice.split("`")[1])[1:]


def claims(folder: Path, *words: str) -> list[dict[str, object]]:
    return [
        json.loads(line) for line in rasid("show", "claims", "--json", *words, cwd=folder).stdout.splitlines()
    ]


def test_the_commands_of_the_doubts_settle_them_and_survive_a_new_build(case: Path) -> None:
    said = doubts(case)
    assert {"open place", "open actor", "no date"} <= said.keys()
    for what in ("open place", "open actor"):
        assert rasid(*typed(said[what]), "--by", "Rana", "--later", cwd=case).returncode == 0
    done = rasid("settle", "date", "a.txt", "2019-03-23", "--by", "Rana", cwd=case)
    assert done.returncode == 0, done.stderr
    assert doubts(case) == {}
    shutil.rmtree(case / "rasid-case" / "derived")
    assert rasid("build", cwd=case).returncode == 0
    attack = claims(case, "--type", "attack")[0]
    assert attack["time"]["first_day"] == "2019-03-22"  # type: ignore[index]
    assert attack["places"][0]["name"]  # type: ignore[index]
    pages = {p.name: p.read_text("utf-8") for p in (case / "rasid-case" / "site").rglob("*.html")}
    today = replay(open_case(case / "rasid-case")).places[0].day
    reason = f"Rana decided on {today} that “Nasib” means"
    assert any(reason in page for page in pages.values())
    assert f"settled by Rana, {today}" in next(page for name, page in pages.items() if name.startswith("d"))
    assert rasid("verify", cwd=case).returncode == 0


def test_what_was_settled_can_be_taken_back(case: Path) -> None:
    before = doubts(case)
    for what in ("open place", "open actor"):
        rasid(*typed(before[what]), "--later", cwd=case)
    rasid("settle", "date", "a.txt", "2019", "--later", cwd=case)
    assert rasid("reopen", "place", "nasib", "--later", cwd=case).returncode == 0
    assert rasid("reopen", "actor", "army", "--later", cwd=case).returncode == 0
    assert rasid("reopen", "date", "a.txt", cwd=case).returncode == 0
    assert doubts(case) == before


def test_a_decision_that_matches_nothing_any_more_is_listed(case: Path) -> None:
    assert rasid("settle", "place", "Old Mill", "--as", "421168647", "--later", cwd=case).returncode == 0
    assert rasid("build", cwd=case).returncode == 0
    advice = doubts(case)["decision without effect"]
    assert typed(f"`{advice.split('`')[1]}`") == ["reopen", "place", "Old Mill"]


def test_a_name_can_be_settled_as_no_place_and_for_one_document_alone(case: Path) -> None:
    done = rasid("settle", "place", "Nasib", "--none", "--document", "a.txt", cwd=case)
    assert done.returncode == 0, done.stderr
    assert all(not row["places"] or row["places"][0]["text"] != "Nasib" for row in claims(case))  # type: ignore[index]
    assert "open place" not in doubts(case)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["place", "Nasib", "--as", "Salihiyah"], "not sure. Give the number of one of these"),
        (["place", "Nasib", "--as", "1"], "no place 1"),
        (["place", "Nasib"], "--as"),
        (["actor", "the army", "--as", "Ash Frond"], "has the actor"),
        (["actor", "the army", "--as", "Iraqi Armee"], 'Did you mean "Iraqi Army"'),
        (["date", "a.txt", "last week"], "Write 2019-03-23"),
        (["date", "b.txt", "2019"], 'did you mean "a.txt"'),
        (["date", "a.txt", "2019", "--case", "nowhere"], "is not a case"),
    ],
)
def test_what_is_not_clear_is_refused_with_the_way_out(built: Path, words: list[str], said: str) -> None:
    done = rasid("settle", *words, cwd=built)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert replay(open_case(built / "rasid-case")) == Decided(())
