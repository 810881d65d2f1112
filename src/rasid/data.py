"""Event data and tables of figures on one screen: files of rows = datasets and records.

    1. find    originals             -> which of them are rows, judged by name and first bytes
    2. read    their bytes, mappings -> datasets, records, data_rows, data_doubts

The stages are pure; only this file loads and saves for them, as flow.py does for reports. A file of rows is not read as
a report. Records are written piece by piece: a release of 400,000 rows gives two million of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from rasid.case import Case
from rasid.errors import WrongUse
from rasid.model import versions
from rasid.model.ids import Sha256, content_id
from rasid.store import derived, disk
from rasid.store.archive import Archive

if TYPE_CHECKING:
    import polars as pl

    from rasid.extract.rows import ReadRows
    from rasid.knowledge.shapes import Shape
    from rasid.model.tables import Row
    from rasid.model.text_tables import TextTable
    from rasid.present.data_pages import DataTables
    from rasid.read import Limits

Progress = Callable[[str, int, int], None]

DATA_VERSION = 2  # raise when the same file gives other records
MAPPINGS = "mappings"  # folder of a case
MOST_SHOWN = 100_000  # rows of one dataset that get pages; about 120 MB
_HEAD_BYTES = 64
_TABLES = ("datasets", "records", "data_rows", "data_doubts")


@dataclass(frozen=True, slots=True)
class DataPlan:
    """What the data of a case is made from.

    files:    (SHA-256, name) of the originals that are rows
    mappings: (name, text) of the case's own mappings
    records:  fingerprint of the tables, "" where the case has no data
    """

    files: tuple[tuple[str, str], ...]
    mappings: tuple[tuple[str, str], ...]
    records: str


@dataclass(frozen=True, slots=True)
class DataFiles:
    """Originals that are rows.

    names:     SHA-256 -> name
    only_rows: those that hold nothing else and are not read as reports; an archive may hold a report beside its tables
    """

    names: Mapping[str, str]
    only_rows: frozenset[str]


def find_files(case: Case, *, lists: Set[str] = frozenset()) -> DataFiles:
    """Which originals are rows. lists: originals that are lists of people, which are something else."""
    from rasid.read.tables import ARCHIVE, ENDINGS, PAGE_ENDINGS, ending, is_table, tables_inside

    archive, mapped = Archive(case.root), _mapped_pages(case)
    names, only = {}, set()
    for sha in archive.originals():
        name = archive.names(sha)[0]
        if sha in lists:
            continue
        if ending(name) == ARCHIVE:
            tables, others = tables_inside(archive.path(sha))
        elif ending(name) in ENDINGS:
            with archive.path(sha).open("rb") as file:
                tables, others = int(is_table(name, file.read(_HEAD_BYTES))), 0
        elif ending(name) in PAGE_ENDINGS:
            tables, others = int(any(re.search(each, name) for each in mapped)), 1
        else:
            continue
        if tables:
            names[str(sha)] = name
            only |= set() if others else {str(sha)}
    return DataFiles(names, frozenset(only))


def make_plan(case: Case, files: DataFiles) -> DataPlan:
    """Look at files and mappings; opens no table."""
    if not files.names:
        return DataPlan((), (), "")
    mappings = _mapping_texts(case)
    made_of = {
        "version": f"{DATA_VERSION} {versions.READ}",
        "knowledge": _knowledge(),
        "limits": case.settings.limits.model_dump_json(),
        "actors": disk.hash_file(case.own_actors) if case.own_actors.is_file() else "",
        **{f"mapping {name}": text for name, text in mappings},
        **{f"file {sha}": name for sha, name in files.names.items()},
    }
    return DataPlan(tuple(sorted(files.names.items())), mappings, derived.combine(made_of))


def build(case: Case, plan: DataPlan, progress: Progress) -> None:
    """Bring datasets and records up to date. The caller holds the lock of the case."""
    if not plan.files or all(derived.is_current(case, name, plan.records) for name in _TABLES):
        return
    import polars as pl

    from rasid.model.recorded import DATASETS, RECORDS
    from rasid.model.tables import DOUBTS, table
    from rasid.model.text_tables import DATA_ROWS
    from rasid.store.pieces import Pieces, put_pieces

    records, rows = Pieces(RECORDS), Pieces(DATA_ROWS)
    datasets: list[Row] = []
    doubts: list[Row] = []
    events: list[pl.Series] = []
    for number, found in enumerate(_read_files(case, plan, doubts)):
        datasets.append(found.dataset)
        doubts += found.doubts
        named = []
        for part, cells in found.pieces:
            records.add(part)
            rows.add(cells.filter(_is_shown()))
            named.append(part["event_id"].drop_nulls().unique().hash())
        events.append(pl.concat(named).unique() if named else pl.Series(dtype=pl.UInt64()))
        progress("data", number + 1, max(number + 1, len(plan.files)))
    doubts += _shared_events(datasets, events)
    _write(case, "datasets", table(datasets, DATASETS).sort("id"), plan.records)
    put_pieces(case, "records", records, inputs=plan.records)
    put_pieces(case, "data_rows", rows, inputs=plan.records)
    _write(case, "data_doubts", table(doubts, DOUBTS).unique("id").sort("id"), plan.records)


def load_for_site(case: Case, plan: DataPlan) -> DataTables | None:
    """What the pages are made from; None for a case without data."""
    from rasid.model.recorded import DATASETS, RECORDS
    from rasid.model.tables import DOUBTS
    from rasid.model.text_tables import DATA_ROWS
    from rasid.present.data_pages import DataTables

    if not plan.files:
        return None
    return DataTables(
        datasets=derived.read_table(case, "datasets", DATASETS),
        records=derived.read_table(case, "records", RECORDS),
        rows=derived.read_table(case, "data_rows", DATA_ROWS),
        doubts=derived.read_table(case, "data_doubts", DOUBTS),
        most_shown=MOST_SHOWN,
    )


# --- 1. find --------------------------------------------------------------------------------------------------


def own_shapes(mappings: Sequence[tuple[str, str]]) -> tuple[Shape, ...]:
    """The mappings of a case, in the order of their names.

    raises: BadSettings that names the file and the key
    """
    from rasid.knowledge.shapes import read_shapes

    return tuple(shape for name, text in mappings for shape in read_shapes(text, where=f"{MAPPINGS}/{name}"))


def shape_of(table: TextTable, *, name: str, own: Sequence[Shape]) -> Shape | None:
    """What the table means: by a mapping of the case, a known shape, or its own HXL tags; None if nobody knows."""
    from rasid.knowledge.shapes import find_shape
    from rasid.knowledge.shapes_hxl import shape_of_tags

    found = find_shape(table.headings, name=name, own=own)
    return found or (shape_of_tags(table.headings, table.tags) if table.tags else None)


def _mapped_pages(case: Case) -> list[str]:
    """Patterns for the names of web pages whose tables a person mapped."""
    return [pattern for shape in own_shapes(_mapping_texts(case)) for pattern in shape.names]


def _mapping_texts(case: Case) -> tuple[tuple[str, str], ...]:
    folder = case.root / MAPPINGS
    paths = sorted(folder.glob("*.yaml")) if folder.is_dir() else []
    return tuple((path.name, path.read_text("utf-8-sig")) for path in paths)


def _knowledge() -> str:
    from rasid.knowledge import knowledge_version

    return knowledge_version()


# --- 2. read --------------------------------------------------------------------------------------------------


def _read_files(case: Case, plan: DataPlan, doubts: list[Row]) -> Iterator[ReadRows]:
    """Every table that is understood, in the order of its id; what is not becomes a doubt.

    The id of a plain file is known without reading it, so that only one is held at a time. A book has several tables.
    """
    from rasid.extract.rows import dataset_id
    from rasid.read.tables import is_book

    archive, own = Archive(case.root), own_shapes(plan.mappings)
    jobs: list[tuple[str, str, str, TextTable | None]] = []
    for sha, name in plan.files:
        if is_book(name):
            tables = _tables(archive, case, sha, name, doubts)
            jobs += [(dataset_id(sha, each.member), sha, name, each) for each in tables]
        else:
            jobs.append((dataset_id(sha, ""), sha, name, None))
    for _, sha, name, held in sorted(jobs, key=lambda job: job[0]):
        for table in [held] if held is not None else _tables(archive, case, sha, name, doubts):
            found = _read_table(case, table, sha, name, own)
            if isinstance(found, dict):
                doubts.append(found)
            else:
                yield found


def _tables(archive: Archive, case: Case, sha: str, name: str, doubts: list[Row]) -> tuple[TextTable, ...]:
    from rasid.read import doubt_row
    from rasid.read.tables import read_tables

    read = read_tables(archive.read(Sha256(sha)), name=name, limits=_limits(case))
    doubts += [doubt_row(sha, name=name, trouble=trouble) for trouble in read.troubles]
    return read.tables


def _read_table(case: Case, table: TextTable, sha: str, name: str, own: Sequence[Shape]) -> ReadRows | Row:
    """The rows of one table, or the doubt about it."""
    from rasid.extract.rows import read_rows

    shape = shape_of(table, name=name, own=own)
    if shape is None:
        return _unknown(table, sha, name)
    own_actors = case.own_actors if case.own_actors.is_file() else None
    return read_rows(table, shape, original=sha, name=name, actors_file=own_actors)


def _unknown(table: TextTable, sha: str, name: str) -> Row:
    """The doubt about a table whose columns nobody explained."""
    shown = f"{name}, {table.member}" if table.member else name
    if _names_people(table):
        what, sentence = (
            "perhaps a list of people",
            "This table names people and may be a list of them.",
        )
        add, as_events = f"`rasid people add {_typed(name)}`", f"`rasid map {_typed(name)} --events`"
        advice = f"If each row is a person: {add}. If each row is an event: {as_events}."
    else:
        what, sentence = "unknown table", "Rasid does not know what the columns of this table mean."
        advice = f"Run `rasid map {_typed(name)}`: it proposes what they mean, and you correct it."
    return {
        "id": content_id("x", "read", sha, table.member, what),
        "stage": "read",
        "original": sha,
        "name": shown,
        "what": what,
        "sentence": f"{sentence} No row of it was read ({table.cells.height:,}). Columns: {_listed(table)}.",
        "advice": advice,
    }


def _typed(name: str) -> str:
    """A name as a person types it in a command."""
    return name if re.fullmatch(r"[\w.\-]+", name) else f'"{name}"'


def _listed(table: TextTable) -> str:
    """The first headings, each short."""
    named = [f"“{heading if len(heading) <= 40 else heading[:39] + '…'}”" for heading in table.headings[:12]]
    return ", ".join(named) + (" and more" if len(table.headings) > 12 else "")


def _shared_events(datasets: Sequence[Row], events: Sequence[pl.Series]) -> Iterator[Row]:
    """Doubts about events that stand in two datasets of one shape: two versions, or a cut of a larger file."""
    for n, (one, own) in enumerate(zip(datasets, events, strict=True)):
        for other, others in zip(datasets[:n], events[:n], strict=True):
            both = own.is_in(others.implode()).sum() if one["shape"] == other["shape"] else 0
            if both:
                yield {
                    "id": content_id("x", "extract", str(one["id"]), str(other["id"])),
                    "stage": "extract",
                    "original": one["original"],
                    "name": one["name"],
                    "what": "events in two datasets",
                    "sentence": f"{both:,} of its {own.len():,} events stand in {other['name']} too.",
                    "advice": "The two are never added. If one is an older edition or a cut, take it as such.",
                }


def _limits(case: Case) -> Limits:
    from rasid.read import Limits

    return Limits(max_bytes=case.settings.limits.max_file_bytes)


# --- mappings of a person -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proposed:
    """What `rasid map` did with one table: a sentence for the person, and the file if one was written."""

    sentence: str
    path: Path | None = None


def propose_mappings(
    case: Case, content: bytes, *, name: str, voice: str | None, events: bool, again: bool
) -> Iterator[Proposed]:
    """Write a mapping for each table of a file that needs one.

    events: rows are events even if they name people; again: write over a mapping that stands
    raises: WrongUse if the file holds no table; BadSettings if a mapping of the case cannot be read
    """
    from rasid.read.tables import read_tables

    read = read_tables(content, name=name, limits=_limits(case))
    if not read.tables:
        why = " ".join(f"{trouble.sentence} {trouble.advice}" for trouble in read.troubles)
        raise WrongUse(f"{name} holds no table that can be mapped. {why}".strip())
    own = own_shapes(_mapping_texts(case))
    for table in read.tables:
        yield _propose(case, table, name, voice, own=() if again else own, events=events)


def _propose(
    case: Case, table: TextTable, name: str, voice: str | None, *, own: Sequence[Shape], events: bool
) -> Proposed:
    from rasid.extract.propose import mapping_text, propose
    from rasid.read.tables import PAGE_ENDINGS, ending

    shown = f"{name}, {table.member}" if table.member else name
    if (shape := shape_of(table, name=name, own=own)) is not None:
        return Proposed(f"{shown}: Rasid reads this as {shape.name} already. Nothing was written.")
    if _names_people(table) and not events:
        words = "names people. If each row is a person"
        return Proposed(
            f"{shown} {words}: `rasid people add {_typed(name)}`. If each row is an event, say --events."
        )
    proposal = propose(table, name=shown)
    if not proposal.says_anything:
        said = f"{shown}: no column was understood as a number or an event, so nothing was written."
        how = "If it holds numbers, say what they mean by hand: docs/how-to/event-data.md shows how."
        return Proposed(f"{said} {how} Columns: {_listed(table)}.")
    folder = case.root / MAPPINGS
    folder.mkdir(exist_ok=True)
    path = folder / f"{_file_stem(shown)}.yaml"
    only_for = name if ending(name) in PAGE_ENDINGS else None
    text = mapping_text(proposal, voice=voice or PurePosixPath(name).name.split(".")[0], only_for=only_for)
    disk.write_whole(path, text.encode("utf-8"))
    read, left = len(table.headings) - len(proposal.ignored), len(proposal.ignored)
    number = len(proposal.asks)
    asks = (
        f" {number} thing{' stands' if number == 1 else 's stand'} at its top to look at." if number else ""
    )
    counted = f"{read} column{' is' if read == 1 else 's are'} read, {left} left out"
    return Proposed(
        f"{shown}: {counted}.{asks} Correct the file, then `rasid build`.",
        path,
    )


def _names_people(table: TextTable) -> bool:
    """Is there a column of names, and a column that only a person has?"""
    from rasid.read.listings import guess_columns

    columns = guess_columns(table.headings).keys()
    return bool(columns & {"name", "given"}) and bool(columns & {"age", "birth", "sex", "father", "status"})


def _file_stem(shown: str) -> str:
    """A name for a file: letters, digits, "-" and "_"."""
    kept = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in shown)
    return "-".join(part for part in kept.split("-") if part)[:80] or "table"


# --- writing --------------------------------------------------------------------------------------------------


def _write(case: Case, name: str, frame: pl.DataFrame, inputs: str) -> None:
    derived.write_table(case, name, frame, inputs=inputs)


def _is_shown() -> pl.Expr:
    import polars as pl

    return pl.col("row") <= MOST_SHOWN
