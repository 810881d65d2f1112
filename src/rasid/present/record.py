"""What the site is made from: the tables, and what is known about how they were made."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import partial

import polars as pl

from rasid.model import tables


@dataclass(frozen=True, slots=True)
class SiteTables:
    """The tables of a case, each in the shape that `rasid.model.tables` gives it. Without places the map is empty.

    documents: with the dates that count: `dates` says which of them a person gave
    """

    documents: pl.DataFrame
    passages: pl.DataFrame
    claims: pl.DataFrame
    figures: pl.DataFrame
    voices: pl.DataFrame
    questions: pl.DataFrame
    stances: pl.DataFrame
    conflicts: pl.DataFrame
    doubts: pl.DataFrame
    places: pl.DataFrame = field(default_factory=partial(tables.empty, tables.PLACES))
    actors: pl.DataFrame = field(default_factory=partial(tables.empty, tables.ACTORS))
    dates: pl.DataFrame = field(default_factory=partial(tables.empty, tables.DATES))
    hypotheses: pl.DataFrame = field(default_factory=partial(tables.empty, tables.HYPOTHESES))
    matrix: pl.DataFrame = field(default_factory=partial(tables.empty, tables.MATRIX))
    checks: pl.DataFrame = field(default_factory=partial(tables.empty, tables.CHECKS))


@dataclass(frozen=True, slots=True)
class OriginalNote:
    """A file as received.

    names: every name it was added under, without folders
    size:  bytes
    """

    sha256: str
    names: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class DecisionNote:
    """One line of a decision log, in words: who, when (as written there), what was decided."""

    person: str
    when: str
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class About:
    """How a record was made, for the page that says so.

    title:            of the case
    reader:           name of the reader that found the claims, e.g. "rules"
    pipeline:         name and version of the language pipeline it stood on
    stages:           (stage, version), in the order they ran
    fingerprints:     (table, hex digest) of each derived table
    verify:           sentences on how to check the record, in order; may hold a command
    """

    title: str
    rasid_version: str
    contract_version: int
    reader: str
    pipeline: str
    stages: tuple[tuple[str, str], ...] = ()
    originals: tuple[OriginalNote, ...] = ()
    decisions: tuple[DecisionNote, ...] = ()
    fingerprints: tuple[tuple[str, str], ...] = ()
    verify: tuple[str, ...] = (
        "Run “rasid verify” in the folder of the case: it checks each original against its hash, each quote "
        "against the kept text, and the chain of each decision log, and names what broke.",
        "Run “rasid build” again on the same originals and decisions: every table must come out with the "
        "fingerprint that is printed here.",
    )


_SORT = {
    "documents": ("id",),
    "passages": ("document", "index"),
    "claims": ("document", "start", "end", "id"),
    "figures": ("claim", "start", "text"),
    "voices": ("name",),
    "questions": ("question", "id"),
    "stances": ("question", "voice"),
    "conflicts": ("question", "topic", "kind", "reason"),
    "doubts": ("stage", "name", "id"),
    "places": ("document", "text", "place_id", "name", "level"),
    "actors": ("document", "text", "name", "reason"),
    "dates": ("document",),
    "hypotheses": ("question", "rank", "hypothesis"),
    "matrix": ("question", "row"),
    "checks": ("document", "kind", "severity", "sentence", "sum"),
}


def checked(given: SiteTables) -> SiteTables:
    """The tables in one fixed order of rows, whatever order they came in.

    raises: TableShapeError if a table lacks a column or has one of the wrong type
    """
    return SiteTables(
        **{
            held.name: tables.check(
                getattr(given, held.name), getattr(tables, held.name.upper()), where=f"present/{held.name}"
            ).sort(_SORT[held.name], nulls_last=True, maintain_order=True)
            for held in fields(SiteTables)
        }
    )
