from pathlib import Path

import polars as pl
import pytest

from rasid.case import Case, create_case
from rasid.store.disk import sweep
from rasid.store.parts import drop_parts, part_keys, parts, save_part


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case")


def _save(case: Case, key: str, numbers: list[int], *, version: str = "1") -> None:
    frames = {"claims": pl.DataFrame({"n": numbers}), "doubts": pl.DataFrame({"m": numbers[:1]})}
    save_part(case, "extract", key, version=version, frames=frames)


def _held(case: Case, version: str = "1") -> dict[str, list[int]]:
    return {part.key: part.frames["claims"]["n"].to_list() for part in parts(case, "extract", version)}


def test_finished_parts_come_back_in_the_order_of_their_keys(case: Case) -> None:
    _save(case, "b", [3])
    _save(case, "a/ü", [1, 2])
    assert list(_held(case).items()) == [("a/ü", [1, 2]), ("b", [3])]
    first = next(parts(case, "extract", "1"))
    assert first.frames["doubts"].equals(pl.DataFrame({"m": [1]}))
    assert part_keys(case, "extract", "1") == {"a/ü", "b"}


def test_parts_of_another_version_or_stage_are_not_seen(case: Case) -> None:
    _save(case, "a", [1], version="1")
    assert _held(case, "2") == {}
    assert list(parts(case, "read", "1")) == []


def test_saving_a_key_again_replaces_its_part(case: Case) -> None:
    _save(case, "a", [1])
    _save(case, "a", [2], version="2")
    assert (_held(case, "1"), _held(case, "2")) == ({}, {"a": [2]})


def test_a_damaged_part_is_as_good_as_absent(case: Case) -> None:
    for key in ("cut", "gone", "mark", "whole"):
        _save(case, key, [1])
    folders = {
        part.key: next(path for path in (case.derived / "parts" / "extract").iterdir() if _is(path, part.key))
        for part in parts(case, "extract", "1")
    }
    table = folders["cut"] / "claims.parquet"
    table.write_bytes(table.read_bytes()[:-9])
    (folders["gone"] / "doubts.parquet").unlink()
    (folders["mark"] / "part.json").write_bytes(b'{"key": "mark", "ver')
    assert set(_held(case)) == {"whole"}
    _save(case, "cut", [5])
    assert _held(case) == {"cut": [5], "whole": [1]}


def _is(folder: Path, key: str) -> bool:
    return f'"{key}"' in (folder / "part.json").read_text(encoding="utf-8")


def test_a_part_that_was_being_written_is_swept(case: Case) -> None:
    _save(case, "a", [1])
    leftover = case.derived / "parts" / "extract" / ".rasid-tmp-1-ab"
    leftover.mkdir()
    (leftover / "part.json").write_text('{"key": "b", "version": "1", "tables": {}}', encoding="utf-8")
    assert set(_held(case)) == {"a"}
    assert sweep(case) == 1
    assert not leftover.exists()


def test_dropped_parts_are_gone(case: Case) -> None:
    _save(case, "a", [1])
    drop_parts(case, "extract")
    drop_parts(case, "extract")
    assert _held(case) == {}
    assert list((case.derived / "parts").iterdir()) == []
