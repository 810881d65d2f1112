"""The command `rasid stance`, over real files."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from typer.testing import CliRunner

from rasid.cli_stance import stance

CLAIM = "Rebels seized the mill at Orlin"


def _app() -> typer.Typer:
    app = typer.Typer()
    app.command()(stance)
    return app


def _folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Rebels seize the mill at Orlin.", "utf-8")
    (tmp_path / "b.txt").write_text("Army denies that rebels seized the mill at Orlin.", "utf-8")
    (tmp_path / "c.html").write_text(
        "<html><body><p>Bread is dear in the south this winter, bakers say.</p></body></html>", "utf-8"
    )
    return tmp_path


def test_json_gives_one_line_a_document(tmp_path: Path) -> None:
    result = CliRunner().invoke(_app(), [str(_folder(tmp_path)), "--claim", CLAIM, "--json"])
    rows = {row["name"]: row for row in map(json.loads, result.stdout.splitlines())}
    assert {name: row["stance"] for name, row in rows.items()} == {
        "a.txt": "agree",
        "b.txt": "disagree",
        "c.html": "unrelated",
    }
    assert rows["b.txt"]["cues"][0]["text"] == "denies"
    assert result.exit_code == 0


def test_the_table_shows_quote_and_reason(tmp_path: Path) -> None:
    result = CliRunner().invoke(_app(), [str(_folder(tmp_path)), "--claim", CLAIM])
    assert "disagree" in result.stdout
    assert "It reports a denial" in " ".join(result.stdout.split())
    assert "1 disagree, 1 agree, 0 discusses, 1 unrelated" in result.output


def test_argument_adds_a_column(tmp_path: Path) -> None:
    result = CliRunner().invoke(_app(), [str(_folder(tmp_path)), "--claim", CLAIM, "--json", "--argument"])
    assert {json.loads(line)["argues"] for line in result.stdout.splitlines()} <= {
        "support",
        "undermine",
        None,
    }


def test_a_missing_file_and_an_empty_claim_are_refused(tmp_path: Path) -> None:
    missing = CliRunner().invoke(_app(), [str(tmp_path / "none.txt"), "--claim", CLAIM])
    empty = CliRunner().invoke(_app(), [str(_folder(tmp_path)), "--claim", "  "])
    assert "does not exist" in str(missing.exception)
    assert "The claim is empty" in str(empty.exception)
