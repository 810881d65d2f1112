"""`rasid stance`: which documents agree with a claim, which disagree, which only discuss it. Needs no case."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasid.errors import WrongUse

if TYPE_CHECKING:
    import polars as pl

    from rasid.read import Reading

NOT_READ = "not read"  # shown for a document in another language
READ_SECONDS = 60.0  # for one file, as in flow.py
_ORDER = ("disagree", "agree", "discusses", "unrelated", NOT_READ)
_Job = tuple[bytes, str, str]


def stance(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders (read with all sub-folders).")],
    claim: Annotated[str, typer.Option("--claim", help="One plain sentence, in quotes.")],
    argument: Annotated[
        bool, typer.Option("--argument", help="Also weigh each text as an argument for or against the claim.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON lines on standard output.")] = False,
) -> None:
    """Compare documents with a claim: agree, disagree, discusses or unrelated, with the sentence that decides."""
    from rasid.extract.stances import read_stances

    if not claim.strip():
        raise WrongUse("The claim is empty. Write one plain sentence, in quotes.")
    documents, passages, doubts = _tables(_files(paths))
    rows = read_stances(documents, passages, claim=claim).to_dicts()
    if argument:
        from rasid.extract.stances.arguments import weigh_texts

        texts = [row["quote"] or "" for row in rows]
        for row, side in zip(rows, weigh_texts(claim, texts), strict=True):
            row["argues"] = side if row["quote"] else None
    for sentence in doubts:
        typer.echo(sentence, err=True)
    if as_json:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        _print(rows, argument=argument)


def _files(paths: Iterable[Path]) -> list[Path]:
    """All files meant, sorted.

    raises: WrongUse if a path does not exist
    """
    found: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found.update(_below(path))
        elif path.is_file():
            found.add(path)
        else:
            raise WrongUse(f"{path} does not exist. Check the spelling, or give the full path.")
    return sorted(found)


def _below(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(here) / name for name in names if not name.startswith("."))


def _tables(files: list[Path]) -> tuple[pl.DataFrame, pl.DataFrame, list[str]]:
    """tables.DOCUMENTS, tables.PASSAGES and sentences about what could not be read."""
    from rasid.model.tables import DOCUMENTS, PASSAGES, Row, table

    documents: dict[str, Row] = {}
    passages: list[Row] = []
    doubts: list[str] = []
    for reading in _read(files):
        new = [row for row in reading.documents if row["id"] not in documents]
        documents.update((str(row["id"]), row) for row in new)
        kept = {row["id"] for row in new}
        passages += [row for row in reading.passages if row["document"] in kept]
        doubts += [f"{row['name']}: {row['sentence']}" for row in reading.doubts]
    return table(documents.values(), DOCUMENTS), table(passages, PASSAGES), doubts


def _read(files: list[Path]) -> Iterator[Reading]:
    """Plain text here; formats that need native code in a worker that may crash or hang without harm."""
    from rasid.engine import Failure, run_guarded
    from rasid.read import Reading, Trouble, doubt_row, is_risky

    risky: list[_Job] = []
    for path in files:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise WrongUse(f"{path} cannot be read: {error.strerror}. Check your rights to it.") from error
        job = content, hashlib.sha256(content).hexdigest(), path.name
        if is_risky(content, path.name):
            risky.append(job)
        else:
            yield read_job(job)
    for (_, sha, name), result in zip(
        risky, run_guarded(read_job, risky, timeout_s=READ_SECONDS), strict=True
    ):
        if isinstance(result, Failure):
            trouble = Trouble(
                result.kind, "This file could not be read and was left out.", "Save it anew as text."
            )
            yield Reading(doubts=[doubt_row(sha, name=name, trouble=trouble)])
        else:
            yield result


def read_job(job: _Job) -> Reading:
    """Read one file; importable by name, for the worker."""
    from rasid.read import read_original

    content, sha, name = job
    return read_original(content, original=sha, name=name)


def _print(rows: list[dict[str, object]], *, argument: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=None, pad_edge=False)
    for heading in ("stance", "document", "decides", "why", *(("argues",) if argument else ())):
        shown.add_column(heading, overflow="fold")
    for row in sorted(rows, key=lambda r: (_ORDER.index(_side(r)), str(r["name"]))):
        cells = [_side(row), str(row["name"]), str(row["quote"] or ""), str(row["reason"])]
        shown.add_row(*cells, *((str(row["argues"] or ""),) if argument else ()))
    Console(width=None if Console().is_terminal else 160).print(shown)
    counts = {side: sum(_side(row) == side for row in rows) for side in _ORDER}
    typer.echo(", ".join(f"{n} {side}" for side, n in counts.items() if n or side != NOT_READ), err=True)


def _side(row: dict[str, object]) -> str:
    return str(row["stance"] or NOT_READ)
