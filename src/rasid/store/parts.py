"""Parts: finished batches of a long stage, so that a killed build goes on where it stopped.

    derived/parts/<stage>/<hash of the key>/part.json + <table>.parquet

A part is a folder that is filled aside and renamed: it is whole or not there. One that is damaged, or
of another version of its stage, is as good as absent; its batch is computed again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rasid.case import Case
from rasid.model.ids import Sha256
from rasid.store.derived import parquet_bytes
from rasid.store.disk import aside, hash_file, put, remove, sync_folder, write_whole

if TYPE_CHECKING:
    import polars as pl

_MARK = "part.json"


@dataclass(frozen=True, slots=True)
class Part:
    """One finished batch: its key and the tables that came out of it, by name."""

    key: str
    frames: dict[str, pl.DataFrame]


def save_part(case: Case, stage: str, key: str, *, version: str, frames: Mapping[str, pl.DataFrame]) -> None:
    """Keep the tables of one finished batch, replacing an older part of the same key.

    key:     names the batch: the same key must mean the same inputs
    version: of the stage and of all it depends on; parts of another version are not found again
    """
    folder = _part_folder(case, stage, key)
    folder.parent.mkdir(parents=True, exist_ok=True)
    temp = aside(folder.parent)
    temp.mkdir()
    hashes = {name: _write_frame(temp / f"{name}.parquet", frame) for name, frame in sorted(frames.items())}
    mark = {"key": key, "version": version, "tables": hashes}
    write_whole(temp / _MARK, json.dumps(mark).encode())
    if folder.exists():
        _retire(folder)
    put(temp, folder)


def parts(case: Case, stage: str, version: str) -> Iterator[Part]:
    """The whole parts of this version, sorted by key, one in memory at a time."""
    import polars as pl

    for key, (folder, hashes) in sorted(_marks(case, stage, version).items()):
        paths = {name: folder / f"{name}.parquet" for name in hashes}
        if all(_fits(paths[name], sha) for name, sha in hashes.items()):
            yield Part(key, {name: pl.read_parquet(path, glob=False) for name, path in paths.items()})


def part_keys(case: Case, stage: str, version: str) -> set[str]:
    """The keys of the parts of this version, without opening their tables: what need not be done again.

    A part whose tables turn out to be damaged is in this set, but not in `parts`; compare the two.
    """
    return set(_marks(case, stage, version))


def drop_parts(case: Case, stage: str) -> None:
    """Delete the parts of a stage once its table is written."""
    folder = case.derived / "parts" / stage
    if folder.exists():
        _retire(folder)


def _write_frame(path: Path, frame: pl.DataFrame) -> Sha256:
    content = parquet_bytes(frame)
    write_whole(path, content)
    return Sha256(hashlib.sha256(content).hexdigest())


def _marks(case: Case, stage: str, version: str) -> dict[str, tuple[Path, dict[str, str]]]:
    found = {}
    for path in (case.derived / "parts" / stage).glob(f"[0-9a-f]*/{_MARK}"):
        try:
            mark = json.loads(path.read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(mark, dict) and mark.get("version") == version:
            found[str(mark["key"])] = (path.parent, dict(mark["tables"]))
    return found


def _fits(path: Path, sha: str) -> bool:
    return path.is_file() and hash_file(path) == sha


def _part_folder(case: Case, stage: str, key: str) -> Path:
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return case.derived / "parts" / stage / digest[:24]


def _retire(folder: Path) -> None:
    """Rename first: a kill while deleting must not leave half a part under a part's name."""
    temp = aside(folder.parent)
    folder.rename(temp)
    sync_folder(folder.parent)
    remove(temp)
