import json
from pathlib import Path

import polars as pl
import pytest

from rasid.case import Case, create_case
from rasid.errors import BrokenTable, TableShapeError, WrongUse
from rasid.model import tables
from rasid.store.derived import (
    check_table,
    combine,
    fingerprint,
    is_current,
    parquet_bytes,
    put_derived,
    read_table,
    table_names,
    write_table,
)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "case")


def _passages(count: int) -> pl.DataFrame:
    rows = [
        {"document": "d1", "index": n, "kind": "sentence", "start": n, "end": n + 1} for n in range(count)
    ]
    return tables.table(rows, tables.PASSAGES)


def _claims(rows: list[tables.Row]) -> pl.DataFrame:
    return tables.table(rows, tables.CLAIMS)


def test_a_table_comes_back_as_it_was(case: Case) -> None:
    claims = _claims(
        [
            {"id": "c1", "actor": {"text": "the guard", "name": None, "start": 0, "end": 9}, "places": []},
            {"id": "c2", "voices": ["Rana", "a driver"], "quantity": None, "places": None},
        ]
    )
    write_table(case, "claims", claims, inputs="one")
    assert read_table(case, "claims", tables.CLAIMS).equals(claims)
    write_table(case, "voices", tables.empty(tables.VOICES), inputs="one")
    assert read_table(case, "voices", tables.VOICES).equals(tables.empty(tables.VOICES))
    assert table_names(case) == ["claims", "voices"]


def test_the_fingerprint_says_what_the_table_was_made_of(case: Case) -> None:
    mark = write_table(case, "passages", _passages(3), inputs="texts 1")
    assert fingerprint(case, "passages") == mark
    assert (mark.table, mark.rows, mark.inputs) == ("passages", 3, "texts 1")
    assert mark.contract == tables.CONTRACT_VERSION
    assert is_current(case, "passages", "texts 1")
    assert not is_current(case, "passages", "texts 2")
    assert not is_current(case, "claims", "texts 1")


def test_equal_tables_have_equal_bytes_however_they_lie_in_memory(case: Case) -> None:
    rows: list[tables.Row] = [
        {
            "id": f"c{n:04}",
            "actor": None if n % 3 else {"text": "x", "start": n, "end": n + 1},
            "voices": ["a"],
        }
        for n in range(500)
    ]
    whole = _claims(rows)
    pieces = pl.concat([_claims(rows[:7]), _claims(rows[7:300]), _claims(rows[300:])], rechunk=False)
    cut_out = _claims([{"id": "other"}, *rows, {"id": "other"}]).slice(1, 500)
    sorted_back = _claims(rows[::-1]).sort("id")
    assert pieces.n_chunks() == 3
    assert {parquet_bytes(frame) for frame in (pieces, cut_out, sorted_back)} == {parquet_bytes(whole)}


def test_a_changed_table_is_not_read(case: Case) -> None:
    write_table(case, "passages", _passages(3), inputs="one")
    path = case.derived / "passages.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(BrokenTable, match=r"passages\.parquet no longer matches.*rasid build"):
        read_table(case, "passages", tables.PASSAGES)
    path.unlink()
    with pytest.raises(BrokenTable, match="is gone"):
        check_table(case, "passages")
    assert not is_current(case, "passages", "one")


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"{}", b'{"table": 5}', b"\xff"])
def test_a_table_with_an_unreadable_fingerprint_is_not_current(case: Case, damage: bytes) -> None:
    write_table(case, "passages", _passages(3), inputs="one")
    (case.derived / "passages.json").write_bytes(damage)
    assert not is_current(case, "passages", "one")
    with pytest.raises(BrokenTable, match="cannot be read"):
        check_table(case, "passages")


def test_a_fingerprint_that_points_out_of_the_folder_is_not_followed(case: Case) -> None:
    write_table(case, "passages", _passages(3), inputs="one")
    path = case.derived / "passages.json"
    mark = json.loads(path.read_bytes())
    path.write_text(json.dumps(mark | {"file": "../rasid.toml"}), encoding="utf-8")
    assert fingerprint(case, "passages") is None


def test_a_table_of_another_version_of_rasid_is_not_current(case: Case) -> None:
    write_table(case, "passages", _passages(3), inputs="one")
    path = case.derived / "passages.json"
    mark = json.loads(path.read_bytes())
    path.write_text(json.dumps(mark | {"rasid": "0.0.1"}), encoding="utf-8")
    assert not is_current(case, "passages", "one")


def test_a_table_of_another_shape_is_refused(case: Case) -> None:
    write_table(case, "passages", _passages(3), inputs="one")
    with pytest.raises(TableShapeError, match="passages"):
        read_table(case, "passages", tables.CLAIMS)


def test_a_table_that_was_not_built_is_asked_for_in_a_sentence(case: Case) -> None:
    with pytest.raises(WrongUse, match="rasid build"):
        read_table(case, "claims", tables.CLAIMS)


def test_a_kill_before_the_new_fingerprint_leaves_a_table_that_is_not_current(case: Case) -> None:
    write_table(case, "passages", _passages(3), inputs="one")
    (case.derived / "passages.json").unlink()  # the state between the two renames
    assert not is_current(case, "passages", "one")
    assert table_names(case) == []


def test_any_derived_file_can_have_a_fingerprint(case: Case) -> None:
    case.derived.mkdir()
    put_derived(case, "map", b"tiles", suffix=".bin", rows=1, inputs="one")
    assert is_current(case, "map", "one")
    (case.derived / "map.bin").write_bytes(b"tile")
    assert not is_current(case, "map", "one")


def test_a_combined_fingerprint_depends_on_names_and_values_not_on_order() -> None:
    assert combine({"a": "1", "b": "2"}) == combine({"b": "2", "a": "1"})
    assert combine({"a": "1", "b": "2"}) != combine({"a": "2", "b": "1"})
