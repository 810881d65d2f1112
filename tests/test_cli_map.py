"""`rasid map`, as a person meets it."""

from __future__ import annotations

from pathlib import Path

from tests.test_cli import rasid

OWN = "Place,Day,Killed\nMarwa,2024-03-05,3\nDalia,2024-03-06,at least 4\n"


def test_a_file_is_kept_its_mapping_written_and_read_by_the_next_build(tmp_path: Path) -> None:
    (tmp_path / "toll.csv").write_text(OWN, encoding="utf-8")
    done = rasid("map", "toll.csv", "--voice", "Marwa Monitor", "--by", "Rana", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    path = tmp_path / "rasid-case" / "mappings" / "toll-csv.yaml"
    assert done.stdout.strip() == str(path) and path.is_file()
    assert "3 columns are read, 0 left out" in done.stderr
    done = rasid("build", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "rasid-case" / "site" / "data" / "index.html").read_text("utf-8")
    assert "Marwa Monitor" in page and "All rows with their cells" in page


def test_a_table_in_the_case_can_be_named_and_is_not_mapped_twice(tmp_path: Path) -> None:
    (tmp_path / "toll.csv").write_text(OWN, encoding="utf-8")
    assert rasid("map", "toll.csv", cwd=tmp_path).returncode == 0
    (tmp_path / "toll.csv").unlink()
    again = rasid("map", "toll.csv", cwd=tmp_path)
    assert again.returncode == 0 and not again.stdout and "already" in again.stderr


def test_a_name_that_is_nowhere_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "toll.csv").write_text(OWN, encoding="utf-8")
    assert rasid("map", "toll.csv", cwd=tmp_path).returncode == 0
    done = rasid("map", "other.csv", cwd=tmp_path)
    assert done.returncode == 2 and "other.csv" in done.stderr


def test_a_mapping_with_a_wrong_key_says_where(tmp_path: Path) -> None:
    (tmp_path / "toll.csv").write_text(OWN, encoding="utf-8")
    assert rasid("map", "toll.csv", cwd=tmp_path).returncode == 0
    path = tmp_path / "rasid-case" / "mappings" / "toll-csv.yaml"
    path.write_text(path.read_text("utf-8").replace("numbers:", "number:"), encoding="utf-8")
    done = rasid("build", cwd=tmp_path)
    assert done.returncode == 2 and "mappings/toll-csv.yaml" in done.stderr and "number" in done.stderr
