"""The lists: claims, documents, voices, doubts, and the record about the record. Each split over pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

import polars as pl

from rasid.present import words
from rasid.present.press import Press, sheets
from rasid.present.shelf import ClaimView, DocumentView, Shelf

# Items on a page. With every text clipped to its longest and escaped at its worst a page is still under 1 MB.
CLAIMS, DOCUMENTS, VOICES, DOUBTS, LINES = 50, 120, 40, 100, 200
_HEARD = 6  # claims of a voice that its entry links to
_INLINE = 40  # originals or decisions that still stand on the page about the record itself


@dataclass(frozen=True, slots=True)
class VoiceView:
    """A voice with links to the first of its claims, and to the documents it speaks in."""

    name: str
    kind: str
    claims: int
    passes_on: int
    documents: tuple[DocumentView, ...]
    more_documents: int
    via: tuple[str, ...]
    heard: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class DoubtView:
    """Something that could not be read or decided."""

    stage: str
    name: str
    what: str
    sentence: str
    advice: str
    document: DocumentView | None


def print_claims(press: Press, shelf: Shelf, *, chunks: int) -> Iterator[tuple[str, bytes]]:
    """The claims as plain pages, with the form that filters all of them (`chunks` files of search data)."""
    claims = shelf.tables.claims
    choices = {
        name: sorted(value for value in claims[name].unique().drop_nulls() if len(value) < 80)[:200]
        for name in ("kind", "type", "polarity", "certainty")
    }
    views = shelf.claim_views()
    for path, turn, part in sheets("claims", claims.height, most=CLAIMS):
        held = list(islice(views, part.stop - part.start))
        yield press.page(
            path,
            "claims.html",
            title="Claims",
            section="Claims",
            script=True,
            groups=[(doc, list(group)) for doc, group in groupby(held, key=lambda view: view.document)],
            total=claims.height,
            first=part.start + 1,
            last=part.start + len(held),
            turn=turn,
            choices=choices,
            chunks=chunks,
        )


def print_documents_list(press: Press, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """The list of documents, dated ones first."""
    views = list(shelf.documents.values())
    for path, turn, part in sheets("documents", len(views), most=DOCUMENTS):
        yield press.page(
            path,
            "documents.html",
            title="Documents",
            section="Documents",
            documents=views[part],
            total=len(views),
            turn=turn,
        )


def voice_rows(shelf: Shelf) -> pl.DataFrame:
    """The voices, those with most claims first."""
    return shelf.tables.voices.sort(
        ["claims", "passes_on", "name"], descending=[True, True, False], maintain_order=True
    )


def print_voices(press: Press, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """The voices with the first claims of each."""
    rows = voice_rows(shelf)
    speaking = _first_claims(shelf)
    for path, turn, part in sheets("voices", rows.height, most=VOICES):
        held = rows.slice(part.start, VOICES).to_dicts()
        yield press.page(
            path,
            "voices.html",
            title="Voices",
            section="Voices",
            voices=[_voice_view(shelf, row, speaking.get(row["name"], [])) for row in held],
            total=rows.height,
            turn=turn,
        )


def _first_claims(shelf: Shelf) -> dict[str, list[int]]:
    """For each voice, the row numbers of the first claims that it makes itself."""
    found = (
        shelf.tables.claims.select(voice=pl.col("voices").list.last())
        .with_row_index("row")
        .drop_nulls()
        .group_by("voice", maintain_order=True)
        .agg(pl.col("row").head(_HEARD))
    )
    return {voice: list(rows) for voice, rows in found.iter_rows()}


def _voice_view(shelf: Shelf, row: dict[str, Any], first: list[int]) -> VoiceView:
    documents = [shelf.documents[d] for d in row["documents"] or [] if d in shelf.documents]
    return VoiceView(
        name=words.clip(row["name"], 160),
        kind=row["kind"] or "",
        claims=row["claims"] or 0,
        passes_on=row["passes_on"] or 0,
        documents=tuple(documents[:3]),
        more_documents=max(0, len(documents) - 3),
        via=tuple(words.clip(name, 160) for name in (row["via"] or [])[:4]),
        heard=tuple(shelf.views_at(first)),
    )


def print_doubts(press: Press, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """What could not be read or decided, by stage, with what to do."""
    rows = shelf.tables.doubts
    for path, turn, part in sheets("doubts", rows.height, most=DOUBTS):
        views = doubt_views(shelf, rows.slice(part.start, DOUBTS))
        yield press.page(
            path,
            "doubts.html",
            title="Doubts",
            section="Doubts",
            groups=[(stage, list(group)) for stage, group in groupby(views, key=lambda view: view.stage)],
            total=rows.height,
            turn=turn,
        )


def doubt_views(shelf: Shelf, rows: pl.DataFrame) -> list[DoubtView]:
    """Rows of the doubts table as they are shown."""
    return [
        DoubtView(
            stage=row["stage"] or "",
            name=words.clip(row["name"] or "", 200),
            what=words.clip(row["what"] or "", 80),
            sentence=words.clip(row["sentence"] or ""),
            advice=words.clip(row["advice"] or ""),
            document=shelf.documents.get(row["document"] or ""),
        )
        for row in rows.iter_rows(named=True)
    ]


def print_about(press: Press, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """How the record was made and how to check it; long lists of originals and decisions on pages of their own."""
    about = press.about
    readings = shelf.tables.claims.group_by("reading").len().sort("len", "reading", descending=[True, False])
    yield press.page(
        "about.html",
        "about.html",
        title="About this record",
        section="About this record",
        readings=readings.head(40).rows(),
        inline=_INLINE,
    )
    for name, items in (("originals", about.originals), ("decisions", about.decisions)):
        if len(items) > _INLINE:
            for path, turn, part in sheets(name, len(items), most=LINES):
                yield press.page(
                    path,
                    "ledger.html",
                    title=name.capitalize(),
                    section="About this record",
                    what=name,
                    items=items[part],
                    total=len(items),
                    turn=turn,
                )
