"""Verify a case: every original, every log, every table, every quote. Reads all, changes nothing.

In: a case. Out: what is broken, in plain sentences; an empty list means that all of it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rasid.case import Case
from rasid.errors import IntegrityError, RasidError
from rasid.store import decisions, derived
from rasid.store.archive import Archive

if TYPE_CHECKING:
    import polars as pl

    from rasid.model.tables import Schema

_REBUILD = "Delete the folder derived/ and run `rasid build`; if it comes back, report it as a defect."
_RESTORE = "Restore it from a backup."


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not hold.

    what:     short code: "original", "manifest", "stray", "log", "table", "quote", "passage", "reference"
    where:    the file, or the table and the row
    sentence: what is the matter, for a tired person
    advice:   what to do
    """

    what: str
    where: str
    sentence: str
    advice: str


def verify_case(case: Case) -> list[Problem]:
    """Check everything that a case promises; takes as long as reading all of it once.

    returns: the problems in a fixed order, originals first
    """
    problems = [*_originals(case), *_logs(case)]
    sound: list[str] = []
    for name in derived.table_names(case):
        broken = _caught("table", f"derived/{name}.json", partial(derived.check_table, case, name))
        problems += broken
        if not broken:
            sound.append(name)
    return problems + list(_contents(case, sound))


def _caught(what: str, where: str, look: Callable[[], object]) -> list[Problem]:
    try:
        look()
    except IntegrityError as error:
        return [Problem(what, where, str(error), _REBUILD if what == "table" else _RESTORE)]
    return []


def _originals(case: Case) -> Iterator[Problem]:
    archive = Archive(case.root)
    if broken := _caught("manifest", "originals/manifest.jsonl", archive.entries):
        yield from broken
        return
    for sha in archive.originals():
        yield from _caught("original", f"originals/{sha[:2]}/{sha}", partial(archive.check, sha))
    for path in archive.strays():
        where = path.relative_to(case.root).as_posix()
        sentence = f"{where} is an original that the manifest does not name: an interrupted run left it."
        yield Problem("stray", where, sentence, "Run `rasid build` on the same files again.")


def _logs(case: Case) -> Iterator[Problem]:
    for path in decisions.logs(case):
        yield from _caught("log", f"decisions/{path.name}", partial(decisions.read_log, path))


def _contents(case: Case, names: list[str]) -> Iterator[Problem]:
    """What the sound tables say about each other and about the kept texts."""
    from rasid.model import tables

    schemas: dict[str, Schema] = {
        "documents": tables.DOCUMENTS,
        "passages": tables.PASSAGES,
        "claims": tables.CLAIMS,
        "figures": tables.FIGURES,
        "stances": tables.STANCES,
        "conflicts": tables.CONFLICTS,
        "checks": tables.CHECKS,
    }
    found: dict[str, pl.DataFrame] = {}
    for name, schema in schemas.items():
        if name not in names:
            continue
        try:
            found[name] = derived.read_table(case, name, schema)
        except RasidError as error:
            yield Problem("table", f"derived/{name}.parquet", str(error), _REBUILD)
    if "documents" not in found:
        return
    texts = kept_texts(found["documents"])
    yield from _references(case, found["documents"])
    if "passages" in found:
        yield from misplaced_passages(texts, found["passages"])
    for name in ("claims", "figures", "stances", "conflicts", "checks"):
        if name in found:
            yield from broken_quotes(texts, found[name], table=name)


def kept_texts(documents: pl.DataFrame) -> dict[str, str]:
    """The kept text of every document, by id."""
    return dict(documents.select("id", "text").iter_rows())


def broken_quotes(texts: dict[str, str], frame: pl.DataFrame, *, table: str) -> Iterator[Problem]:
    """Every quote and every marked span of these rows that is not at its place in the kept text.

    texts: `kept_texts`
    frame: any table whose rows, or the structs in them, have start, end and quote or text
    """
    for number, row in enumerate(frame.iter_rows(named=True), start=1):
        where = f"{table}, row {number}" + (f" ({row['id']})" if "id" in row else "")
        document = row.get("document")
        for span in _spans(row, "quote", str(document) if document is not None else None):
            if sentence := _misquoted(texts, span):
                yield Problem("quote", where, sentence, _REBUILD)


def misplaced_passages(texts: dict[str, str], passages: pl.DataFrame) -> Iterator[Problem]:
    """Every passage that is outside its document, empty, or overlaps the one before it."""
    previous, reached = None, 0
    columns = ("document", "index", "start", "end")
    for document, index, start, end in passages.sort("document", "index").select(columns).iter_rows():
        reached = reached if document == previous else 0
        length = len(texts.get(document) or "")
        if start is None or end is None or not reached <= start < end <= length:
            sentence = (
                f"Passage {index} of {document} runs from {start} to {end}; "
                f"the passage before it ends at {reached}, the text at {length}."
            )
            yield Problem("passage", f"passages, {document} {index}", sentence, _REBUILD)
            continue
        previous, reached = document, end


@dataclass(frozen=True, slots=True)
class _Span:
    label: str
    document: str | None
    words: object
    start: object
    end: object


def _spans(value: object, label: str, document: str | None) -> Iterator[_Span]:
    """Every (words, start, end) in a row, however deep; one without words of its own has no start."""
    if isinstance(value, list):
        for item in value:
            yield from _spans(item, label, document)
    if not isinstance(value, dict):
        return
    inner = value.get("document") or document
    if "start" in value and (value["start"] is not None or "quote" in value):
        words = value["quote"] if "quote" in value else value.get("text")
        yield _Span(label, inner, words, value["start"], value["end"])
    if value.get("cue_start") is not None:
        yield _Span(f"{label} cue", inner, value["cue"], value["cue_start"], value["cue_end"])
    if value.get("said_start") is not None:
        said = (value["said_text"], value["said_start"], value["said_end"])
        yield _Span(f"{label} time of saying", inner, *said)
    for name, item in value.items():
        if isinstance(item, list | dict):
            yield from _spans(item, name, inner)


def _misquoted(texts: dict[str, str], span: _Span) -> str | None:
    """Why this span is not what its document says; None if it is."""
    if span.document is None or span.document not in texts:
        return f"The {span.label} points into the document {span.document}, which is not there."
    text, start, end = texts[span.document] or "", span.start, span.end
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        return f"The {span.label} runs from {start} to {end}, outside {span.document} ({len(text)} signs)."
    if text[start:end] != span.words:
        return f"The words of the {span.label} are not what {span.document} has from {start} to {end}."
    return None


def _references(case: Case, documents: pl.DataFrame) -> Iterator[Problem]:
    try:
        held = set(Archive(case.root).originals())
    except IntegrityError:
        return  # said already
    for document, original in documents.select("id", "original").iter_rows():
        if original not in held:
            sentence = f"The document {document} comes from an original that the manifest does not name."
            yield Problem("reference", f"documents, {document}", sentence, _REBUILD)
