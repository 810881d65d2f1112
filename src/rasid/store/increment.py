"""A long stage, done only for what is new: finished work is taken from the last tables and from saved parts.

A stage of this kind works item by item (an original, a document) and its tables are the items' rows put
together and sorted. So a table made in steps has the same bytes as one made at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from rasid.case import Case
from rasid.errors import BrokenTable, TableShapeError, WrongUse
from rasid.model.tables import Schema, check, empty, table
from rasid.store import derived
from rasid.store.parts import drop_parts, parts, save_part

Frames = dict[str, pl.DataFrame]

_PART_VERSION = "1"  # of the form of the parts; what they were made with is in the items' fingerprints

ITEMS: Schema = {"item": pl.String(), "fingerprint": pl.String()}


@dataclass(frozen=True, slots=True)
class LongStage:
    """What a long stage makes.

    name:    "read"; its items stand in the table "<name>_items"
    schemas: table -> its shape
    sort_by: table -> columns that fix the order of its rows
    keep:    (frames, items) -> the rows that belong to these items
    """

    name: str
    schemas: Mapping[str, Schema]
    sort_by: Mapping[str, Sequence[str]]
    keep: Callable[[Frames, set[str]], Frames]

    @property
    def tables(self) -> list[str]:
        """Names of all tables, the list of items last."""
        return [*self.schemas, f"{self.name}_items"]


def is_done(case: Case, stage: LongStage, inputs: str) -> bool:
    """Are all tables of the stage there, made from these inputs?"""
    return all(derived.is_current(case, name, inputs) for name in stage.tables)


def run(
    case: Case,
    stage: LongStage,
    items: Mapping[str, str],
    *,
    inputs: str,
    compute: Callable[[list[str]], Iterator[tuple[list[str], Frames]]],
) -> None:
    """Bring the tables of a stage up to date.

    items:   item -> fingerprint of all that its rows depend on, the version of the stage too
    inputs:  fingerprint of the whole
    compute: items still to do -> batches of (items, their frames); each batch is saved before the next
    """
    pieces: list[Frames] = []
    done: set[str] = set()
    for finished, frames in _finished(case, stage, items):
        if new := finished - done:
            pieces.append(stage.keep(frames, new))
            done |= new
    for batch, frames in compute(sorted(items.keys() - done)):
        kept = {name: check(frames[name], schema, where=stage.name) for name, schema in stage.schemas.items()}
        marks = _marks(batch, items)
        key = derived.combine({item: items[item] for item in batch})
        save_part(case, stage.name, key, version=_PART_VERSION, frames={**kept, "items": marks})
        pieces.append(kept)
    for name, schema in stage.schemas.items():
        whole = pl.concat([empty(schema), *(piece[name] for piece in pieces)])
        ordered = whole.sort(list(stage.sort_by[name]), maintain_order=True)
        derived.write_table(case, name, ordered, inputs=inputs)
    derived.write_table(case, f"{stage.name}_items", _marks(sorted(items), items), inputs=inputs)
    drop_parts(case, stage.name)


def _finished(case: Case, stage: LongStage, items: Mapping[str, str]) -> Iterator[tuple[set[str], Frames]]:
    """What need not be done again: (items whose fingerprint still fits, frames that hold their rows)."""
    held = _last_tables(case, stage)
    if held is not None:
        yield _unchanged(held.pop("items"), items), held
    for part in parts(case, stage.name, _PART_VERSION):
        if part.frames.keys() >= {*stage.schemas, "items"}:
            yield _unchanged(part.frames["items"], items), part.frames


def _last_tables(case: Case, stage: LongStage) -> Frames | None:
    """The tables of the last run; None if one is missing, altered or of another shape: then all is done again."""
    try:
        marks = derived.read_table(case, f"{stage.name}_items", ITEMS)
        frames = {name: derived.read_table(case, name, schema) for name, schema in stage.schemas.items()}
    except (WrongUse, BrokenTable, TableShapeError):
        return None
    made_from = {
        mark.inputs for name in stage.tables if (mark := derived.fingerprint(case, name)) is not None
    }
    return {**frames, "items": marks} if len(made_from) == 1 else None


def _unchanged(marks: pl.DataFrame, items: Mapping[str, str]) -> set[str]:
    return {item for item, fingerprint in marks.iter_rows() if items.get(item) == fingerprint}


def _marks(batch: Iterable[str], items: Mapping[str, str]) -> pl.DataFrame:
    return table(({"item": item, "fingerprint": items[item]} for item in batch), ITEMS)
