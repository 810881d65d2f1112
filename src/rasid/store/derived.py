"""Derived tables: one Parquet file per kind of thing, and beside each what it was computed from.

    derived/claims.parquet     the table; the same rows give the same bytes
    derived/claims.json        {table, file, size, rows, sha256, inputs, rasid, contract}

A table without its fingerprint is unfinished and is built again. So the old fingerprint is removed before
the new table takes its place, and the new one is written last.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rasid import __version__
from rasid.case import Case
from rasid.errors import BrokenTable, WrongUse
from rasid.model import versions
from rasid.model.ids import Sha256
from rasid.store.disk import hash_file, put, sync_folder, write_aside, write_whole

if TYPE_CHECKING:  # importing polars takes a quarter of a second, which a build with nothing to do saves
    import polars as pl

    from rasid.model.tables import Schema

# Fixed, so that the same rows give the same bytes on every machine with the same polars.
ROW_GROUP_ROWS = 50_000
COMPRESSION_LEVEL = 3  # zstd; higher levels halve the speed for 5 % of the size on text


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a derived file was computed from, and the hash that it must have.

    inputs:   the caller's fingerprint of everything that went in
    rasid:    the version that wrote it
    contract: tables.CONTRACT_VERSION when it was written
    """

    table: str
    file: str
    size: int
    rows: int
    sha256: Sha256
    inputs: str
    rasid: str
    contract: int


def write_table(case: Case, name: str, frame: pl.DataFrame, *, inputs: str) -> Fingerprint:
    """Replace a derived table. The caller has checked its shape (`tables.check`).

    raises: WrongUse if another program holds the old file open (Windows)
    """
    case.derived.mkdir(exist_ok=True)
    return put_derived(case, name, parquet_bytes(frame), suffix=".parquet", rows=frame.height, inputs=inputs)


def put_derived(case: Case, name: str, content: bytes, *, suffix: str, rows: int, inputs: str) -> Fingerprint:
    """Put a derived file of any kind in place, with its fingerprint.

    A kill between two steps leaves no fingerprint, so the file counts as not there.
    """
    target = case.derived / f"{name}{suffix}"
    temp, sha, size = write_aside(case.derived, [content])
    mark = Fingerprint(name, target.name, size, rows, sha, inputs, __version__, versions.CONTRACT)
    _mark_path(case, name).unlink(missing_ok=True)
    sync_folder(case.derived)
    put(temp, target)
    write_whole(_mark_path(case, name), json.dumps(asdict(mark), indent=1).encode())
    return mark


def read_table(case: Case, name: str, schema: Schema) -> pl.DataFrame:
    """Read a derived table, after hashing its bytes.

    raises: WrongUse if it was not built; BrokenTable if its bytes changed;
            TableShapeError if another version of Rasid gave it another shape
    """
    import polars as pl

    from rasid.model.tables import check

    check_table(case, name)
    frame = pl.read_parquet(case.derived / f"{name}.parquet", glob=False)
    return check(frame, schema, where=f"derived/{name}.parquet")


def read_columns(case: Case, name: str, schema: Schema) -> pl.DataFrame:
    """Some columns of a derived table, after hashing its bytes: a large table need not be held whole.

    raises: as `read_table`
    """
    import polars as pl

    from rasid.model.tables import check

    check_table(case, name)
    frame = pl.read_parquet(case.derived / f"{name}.parquet", columns=list(schema), glob=False)
    return check(frame, schema, where=f"derived/{name}.parquet")


def is_current(case: Case, name: str, inputs: str) -> bool:
    """Was this derived file computed from these inputs, by this version, and finished?

    Looks at the size, not at the bytes: this runs for every table of every build. `check_table` hashes.
    """
    mark = fingerprint(case, name)
    if mark is None or (mark.inputs, mark.rasid, mark.contract) != (inputs, __version__, versions.CONTRACT):
        return False
    try:
        return (case.derived / mark.file).stat().st_size == mark.size
    except OSError:
        return False


def are_current(case: Case, names: Iterable[str], inputs: str) -> bool:
    """The same for several tables that are made together."""
    return all(is_current(case, name, inputs) for name in names)


def write_tables(case: Case, tables: Mapping[str, tuple[pl.DataFrame, Schema]], *, inputs: str) -> None:
    """Replace derived tables that are made together, each after checking its shape; in the given order.

    raises: TableShapeError as `tables.check`, before any of them is replaced; WrongUse as `write_table`
    """
    from rasid.model.tables import check

    checked = {name: check(frame, schema, where=name) for name, (frame, schema) in tables.items()}
    for name, frame in checked.items():
        write_table(case, name, frame, inputs=inputs)


def check_table(case: Case, name: str) -> Fingerprint:
    """Hash a derived file and compare it with its fingerprint.

    raises: WrongUse if it was not built; BrokenTable if its bytes or its fingerprint changed
    """
    mark = fingerprint(case, name)
    if mark is None:
        if _mark_path(case, name).exists():
            raise _broken(_mark_path(case, name), "cannot be read")
        raise WrongUse(f"The case has no finished table {name!r} yet. Run `rasid build`.")
    path = case.derived / mark.file
    if not path.is_file():
        raise _broken(path, "is gone")
    if hash_file(path) != mark.sha256:
        raise _broken(path, "no longer matches its fingerprint")
    return mark


def fingerprint(case: Case, name: str) -> Fingerprint | None:
    """What stands beside a derived file; None if nothing readable does."""
    try:
        mark = Fingerprint(**json.loads(_mark_path(case, name).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    kinds = {"table": str, "file": str, "size": int, "rows": int, "sha256": str, "inputs": str}
    fits = all(isinstance(getattr(mark, field), kind) for field, kind in kinds.items())
    return mark if fits and mark.table == name and Path(mark.file).name == mark.file else None


def table_names(case: Case) -> list[str]:
    """The derived files that have a fingerprint, readable or not, sorted."""
    return sorted(path.stem for path in case.derived.glob("*.json"))


def combine(parts: Mapping[str, str]) -> str:
    """One fingerprint out of several named ones; their order does not matter."""
    return hashlib.sha256(json.dumps(dict(parts), sort_keys=True).encode()).hexdigest()


def parquet_bytes(frame: pl.DataFrame) -> bytes:
    """The table as Parquet. Equal tables give equal bytes, however their rows lie in memory."""
    out = io.BytesIO()
    frame.rechunk().write_parquet(
        out,
        compression="zstd",
        compression_level=COMPRESSION_LEVEL,
        row_group_size=ROW_GROUP_ROWS,
        statistics=True,
    )
    return out.getvalue()


def _mark_path(case: Case, name: str) -> Path:
    return case.derived / f"{name}.json"


def _broken(path: Path, what: str) -> BrokenTable:
    return BrokenTable(
        f"{path} {what}. Delete the folder {path.parent} and run `rasid build`: all in it is computed again."
    )
