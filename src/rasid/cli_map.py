"""`rasid map FILE`: propose what the columns of a table mean, and write it where a person can correct it.

The proposal lies in the case as `mappings/<name>.yaml`. What stands there is never written over, unless asked.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rasid.cli_settle import ByOption, CaseOption, open_named
from rasid.errors import NotACase, WrongUse

if TYPE_CHECKING:
    from rasid.case import Case

DEFAULT_CASE = Path("rasid-case")  # as in cli.py


def map_table(
    file: Annotated[str, typer.Argument(help="A table: a file, or the name of one in the case.")],
    voice: Annotated[
        str | None, typer.Option("--voice", help="Who publishes the table. Default: the name of the file.")
    ] = None,
    events: Annotated[
        bool, typer.Option("--events", help="Each row is an event, though the table names people.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Write over a mapping that stands.")] = False,
    case: CaseOption = None,
    by: ByOption = None,
) -> None:
    """Propose what the columns of a table mean. Correct the file it writes, then run `rasid build`."""
    from rasid import data, record

    held, path = _open_or_create(case), Path(file)
    if path.is_file():
        name, content = path.name, path.read_bytes()
        _keep(held, path, record.person(by))
    else:
        name, content = _in_case(held, file)
    for found in data.propose_mappings(held, content, name=name, voice=voice, events=events, again=again):
        typer.echo(found.sentence, err=True)
        if found.path is not None:
            typer.echo(str(found.path))


def _open_or_create(folder: Path | None) -> Case:
    from rasid.case import create_case

    try:
        return open_named(folder)
    except NotACase:
        return create_case(folder or DEFAULT_CASE)


def _keep(case: Case, path: Path, who: str) -> None:
    from rasid.store.archive import Archive

    try:
        Archive(case.root).add(path, by=who)
    except OSError as error:
        raise WrongUse(f"{path} cannot be read: {error.strerror}. Check your rights to it.") from error


def _in_case(case: Case, name: str) -> tuple[str, bytes]:
    """The original of this name.

    raises: WrongUse if the case has none
    """
    from rasid.store.archive import Archive

    archive = Archive(case.root)
    for sha in archive.originals():
        if name in archive.names(sha):
            return name, archive.read(sha)
    raise WrongUse(f"{name} is neither a file here nor an original of the case {case.root}.")
