"""A case as a person handles it: add, ask, withdraw, look, search, verify. The command line is thin over this."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from rasid import flow
from rasid.case import Case
from rasid.errors import WrongUse
from rasid.flow import Progress, no_progress
from rasid.store import decisions, derived
from rasid.store.archive import Archive

if TYPE_CHECKING:
    import polars as pl

    from rasid.model.tables import Row
    from rasid.store.verify import Problem

_IGNORED = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did: files not held before, files known already."""

    new: int
    known: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a case holds, and whether its pages are those of what it holds now."""

    documents: int
    claims: int
    incidents: int
    voices: int
    figures: int
    questions: int
    datasets: int  # tables of events or figures
    records: int  # numbers and events in their rows
    listings: int  # rows of lists of people
    doubts: int
    up_to_date: bool

    def as_row(self) -> dict[str, int | bool]:
        """For JSON."""
        return asdict(self)


def person(named: str | None) -> str:
    """Who decides: as named, else the name of the account, else "unknown"."""
    if named is not None:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such account, as in some containers and on Windows
        return "unknown"


def add(case: Case, paths: Iterable[Path], *, by: str | None, progress: Progress = no_progress) -> Added:
    """Keep the files, and all files below the folders, in the case.

    raises: WrongUse if a path does not exist or cannot be read; nothing is lost of what was kept before
    """
    files = list_files(case, paths)
    archive = Archive(case.root)
    who = person(by)
    new = 0
    for number, path in enumerate(files, start=1):
        try:
            new += archive.add(path, by=who).new_original
        except OSError as error:
            raise WrongUse(f"{path} cannot be read: {error.strerror}. Check your rights to it.") from error
        progress("keep", number, len(files))
    return Added(new, len(files) - new)


def list_files(case: Case, paths: Iterable[Path]) -> list[Path]:
    """All files meant by these paths, sorted; the case's own folder is never among them.

    raises: WrongUse if a path does not exist
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += _below(path, case.root)
        elif path.is_file():
            found.append(path)
        else:
            raise WrongUse(f"{path} does not exist. Check the spelling, or give the full path.")
    return sorted(dict.fromkeys(found))


def _below(folder: Path, case_root: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        inside = Path(here)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and (inside / name).resolve() != case_root
        )
        yield from (inside / n for n in names if not _is_litter(n) and (inside / n).is_file())


def _is_litter(name: str) -> bool:
    """Hidden files and what systems leave in folders; name such a file itself to have it read."""
    return name.startswith(".") or name.casefold() in _IGNORED


def ask(case: Case, question: str, *, by: str | None) -> bool:
    """Put a question to the case; returns whether it is new."""
    return decisions.ask(case, question, by=person(by))


def withdraw(case: Case, question: str, *, by: str | None) -> None:
    """Take a question back.

    raises: WrongUse if it is not asked now
    """
    decisions.withdraw(case, question, by=person(by))


def rebuild(case: Case, *, by: str | None, progress: Progress = no_progress) -> bool:
    """Bring tables and pages up to date; returns whether there was anything to do."""
    return flow.rebuild(case, by=person(by), progress=progress)


def summarise(case: Case) -> Summary:
    """How much the case holds, from the fingerprints of its tables: no table is opened."""
    names = [field.name for field in fields(Summary) if field.name != "up_to_date"]
    counts = {name: mark.rows if (mark := derived.fingerprint(case, name)) else 0 for name in names}
    return Summary(**counts, up_to_date=flow.is_built(case))


def contract_rows(case: Case, what: str) -> Iterator[Row]:
    """Rows of the JSON contract; what: a key of contract.SHOWN.

    raises: WrongUse if the case was not built yet
    """
    from rasid.model import ranges as r
    from rasid.model import tables as t
    from rasid.present import contract
    from rasid.present.contract_ranges import range_rows

    def load(name: str) -> pl.DataFrame:
        table, schema = contract.TABLES.get(name, (name, getattr(t, name.upper(), {})))
        return derived.read_table(case, table, schema)

    if what == "questions":
        return contract.question_rows(load("questions"), load("stances"), load("conflicts"))
    if what == "contradictions":
        return contract.contradiction_rows(load("conflicts"))
    if what == "claims":
        return contract.claim_rows(load("claims"))
    if what == "ranges":
        parts = derived.read_table(case, "range_parts", r.RANGE_PARTS)
        return range_rows(derived.read_table(case, "ranges", r.RANGES), parts)
    if what in contract.OF_DATA and derived.fingerprint(case, what) is None and flow.is_built(case):
        return iter(())
    if what == "documents":
        return contract.document_rows(flow.load_documents(case))
    return contract.plain_rows(load(what))


Standing: TypeAlias = tuple[int, int]  # rank, rows against


def rankings(case: Case) -> dict[str, dict[str, Standing]]:
    """Question as asked -> hypothesis -> how it stands, best first; empty if nothing was built yet."""
    from rasid.model.tables import HYPOTHESES, QUESTIONS

    if derived.fingerprint(case, "hypotheses") is None:
        return {}
    asked = dict(derived.read_table(case, "questions", QUESTIONS).select("id", "question").iter_rows())
    found: dict[str, dict[str, Standing]] = {}
    for row in derived.read_table(case, "hypotheses", HYPOTHESES).to_dicts():
        of_question = found.setdefault(asked[row["question"]], {})
        of_question[row["hypothesis"]] = (row["rank"], row["inconsistent"])
    return found


def changed_rankings(before: dict[str, dict[str, Standing]], case: Case) -> Iterator[tuple[str, str]]:
    """(question, line) for each hypothesis of each question whose ranking is another one than before."""
    for question, now in rankings(case).items():
        was = before.get(question, {})
        for name, (rank, against) in now.items() if now != was else ():
            old = was.get(name)
            change = (
                "" if old == (rank, against) else f"  (was {old[0]}, {old[1]} against)" if old else "  (new)"
            )
            yield question, f"{rank}  {name:12} {against} against{change}"


def document_names(case: Case) -> dict[str, str]:
    """Document id -> file name to show."""
    from rasid.model.tables import DOCUMENTS

    return dict(derived.read_table(case, "documents", DOCUMENTS).select("id", "name").iter_rows())


def find(case: Case, words: str, *, limit: int) -> list[Row]:
    """Passages that hold these words, best first."""
    from rasid.store.search import search

    names = document_names(case)
    return [
        {"document": hit.document, "name": names.get(hit.document), "start": hit.start, "end": hit.end,
         "snippet": hit.snippet}
        for hit in search(case, words, limit=limit)
    ]  # fmt: skip


def verify(case: Case) -> list[Problem]:
    """Everything that is not as it should be; empty if all is well."""
    from rasid.store.verify import verify_case

    return verify_case(case)


def to_json(row: Row) -> str:
    """One line of JSON; letters of every script as they are."""
    return json.dumps(row, ensure_ascii=False)
