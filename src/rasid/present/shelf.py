"""Where everything stands: for each document its rows of the tables, for each claim its address on the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from rasid.errors import TableShapeError
from rasid.present import words
from rasid.present.record import SiteTables

_SAFE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")  # ids become file names and anchors
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE | re.ASCII)
_KEPT_VIEWS = 20_000  # about 40 MB
_NAME = 160  # characters of a name on a page; the whole of it stands in the document
_FACT = 200  # characters of all that is said about who, to whom, where …, each


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document without its text.

    title: what it calls itself, else its file name
    row:   its row in the documents table
    claims, passages: (first row, how many) in their tables
    dated: who gave the date and when, if a person did
    """

    id: str
    title: str
    name: str
    author: str | None
    publisher: str | None
    date: str | None
    language: str | None
    address: str | None
    direction: str
    media_type: str | None
    original: str
    member: str
    row: int
    claims: tuple[int, int]
    passages: tuple[int, int]
    dated: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a claim stands: page file in `documents/`, its number there; and, for links to it, how and who says it."""

    page: str
    number: int
    standing: words.Standing
    voice: str


@dataclass(slots=True)
class Shelf:
    """The tables with a way to each document and claim. `spots` fills while the documents are printed."""

    tables: SiteTables
    documents: dict[str, DocumentView]  # in the order of the list: dated first, oldest first, then by name
    spots: dict[str, Spot] = field(default_factory=dict)
    words: dict[tuple[str, int, int], str] = field(default_factory=dict)  # where quotes without a claim stand
    _views: dict[int, ClaimView] = field(default_factory=dict)  # by row: one claim stands on several pages

    def href(self, claim: str | None, document: str) -> str:
        """Address of a claim from the root of the site; of its document if the claim is not known."""
        spot = self.spots.get(claim or "")
        return f"documents/{spot.page}#{claim}" if spot else f"documents/{document}.html"

    def href_of_words(self, document: str, start: int, end: int) -> str:
        """Address of these words of a document, if a finding quotes them; else of the document."""
        return f"documents/{self.words.get((document, start, end), f'{document}.html')}"

    def claim_rows(self, document: DocumentView) -> list[dict[str, Any]]:
        """The claims of a document as rows, by start."""
        return self.tables.claims.slice(*document.claims).to_dicts()

    def claim_views(self) -> Iterator[ClaimView]:
        """Every claim, document by document in the order of the list, by its number in the document."""
        for document in self.documents.values():
            rows = self.claim_rows(document)
            for row in sorted(rows, key=lambda row: self.spots[row["id"]].number):
                yield self.view(row, document)

    def views_at(self, rows: Sequence[int]) -> list[ClaimView]:
        """The claims of these rows of the table, in this order."""
        if len(self._views) > _KEPT_VIEWS:
            self._views.clear()
        missing = sorted(set(rows) - self._views.keys())
        if missing:
            for number, row in zip(missing, self.tables.claims[missing].to_dicts(), strict=True):
                self._views[number] = self.view(row, self.documents[row["document"]])
        return [self._views[number] for number in rows]

    def view(self, row: dict[str, Any], document: DocumentView) -> ClaimView:
        """A row of the claims table as it is shown. The claim must have its spot."""
        return claim_view(row, document=document, spot=self.spots[row["id"]])


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as it is shown. Texts are clipped; "" or () where nothing was said.

    facts: (name, words) of who, to whom, where, when …, in reading order
    """

    id: str
    href: str
    number: int
    document: DocumentView
    type: str
    kind: str
    standing: words.Standing
    polarity: str
    certainty: str
    status: str
    voice: str
    via: tuple[str, ...]
    actor: str
    target: str
    places: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    quote: str
    explain: str
    reading: str


def open_shelf(tables: SiteTables) -> Shelf:
    """Sort the documents and find the rows of each. `tables` must be sorted (`record.checked`).

    raises: TableShapeError if an id cannot be a file name or a claim belongs to no document
    """
    claims = _stretches(tables.claims)
    passages = _stretches(tables.passages)
    dated = {document: f"{by}, {at[:10]}" for document, _, by, at in tables.dates.iter_rows()}
    views = [
        _document_view(
            row,
            at=at,
            claims=claims.get(row["id"], (0, 0)),
            passages=passages.get(row["id"], (0, 0)),
            dated=dated.get(row["id"]),
        )
        for at, row in enumerate(tables.documents.drop("text").iter_rows(named=True))
    ]
    views.sort(key=lambda view: (view.date is None, view.date or "", view.name, view.id))
    documents = {view.id: view for view in views}
    if stray := claims.keys() - documents.keys():
        raise TableShapeError(f"claims name documents that are not there: {', '.join(sorted(stray)[:3])}")
    for ids in (tables.documents["id"], tables.claims["id"], tables.questions["id"]):
        if bad := [value for value in ids if not _SAFE_ID.match(value)]:
            raise TableShapeError(f"{bad[0]!r} cannot be an id: only letters, digits, - and _")
    return Shelf(tables, documents)


def _stretches(table: pl.DataFrame) -> dict[str, tuple[int, int]]:
    """First row and number of rows of each document in a table sorted by document."""
    runs = table["document"].rle().struct.unnest()
    starts = runs["len"].cum_sum() - runs["len"]
    return {
        document: (start, length)
        for document, start, length in zip(runs["value"], starts, runs["len"], strict=True)
    }


def _document_view(
    row: dict[str, Any],
    *,
    at: int,
    claims: tuple[int, int],
    passages: tuple[int, int],
    dated: str | None,
) -> DocumentView:
    return DocumentView(
        id=row["id"],
        title=words.clip(row["title"] or row["name"] or row["id"], 200),
        name=words.clip(row["name"] or row["id"], 200),
        author=row["author"] and words.clip(row["author"], _NAME),
        publisher=row["publisher"] and words.clip(row["publisher"], _NAME),
        date=row["date"],
        language=row["language"],
        address=row["address"] and words.clip(row["address"], 300),
        direction="rtl" if row["direction"] == "rtl" else "ltr",
        media_type=row["media_type"],
        original=row["original"] or "",
        member=row["member"] or "",
        row=at,
        claims=claims,
        passages=passages,
        dated=dated and words.clip(dated, 120),
    )


def claim_view(row: dict[str, Any], *, document: DocumentView, spot: Spot) -> ClaimView:
    """A row of the claims table as it is shown."""
    voices = [words.clip(voice, _NAME) for voice in row["voices"] or []] or ["nobody named"]
    places = tuple(_mention(place) for place in (row["places"] or [])[:6])
    return ClaimView(
        id=row["id"],
        href=f"documents/{spot.page}#{row['id']}",
        number=spot.number,
        document=document,
        type=words.clip(words.label(row["type"]), 80) or "untyped",
        kind=words.label(row["kind"]),
        standing=spot.standing,
        polarity=row["polarity"],
        certainty=row["certainty"],
        status=row["status"] or "",
        voice=voices[-1],
        via=tuple(voices[:-1][:4]),
        actor=_mention(row["actor"]),
        target=_mention(row["target"]),
        places=places,
        facts=tuple((name, words.clip(said, _FACT)) for name, said in _facts(row, places) if said),
        quote=words.clip(row["quote"]),
        explain=words.clip(row["explain"] or ""),
        reading=words.clip(row["reading"] or "", _NAME),
    )


def _facts(row: dict[str, Any], places: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield "Who", _mention(row["actor"])
    yield "To whom", _mention(row["target"])
    yield "With", _mention(row["instrument"])
    yield "Named", "; ".join(_mention(person) for person in (row["persons"] or [])[:8])
    yield "Where", "; ".join(places)
    yield "When", _time(row["time"])
    yield "How many", _quantity(row["quantity"])


def _mention(mention: dict[str, Any] | None) -> str:
    """The name if it is known, with the words as written where they differ."""
    if mention is None:
        return ""
    text, name = mention["text"] or "", mention["name"] or ""
    differs = name and text and _bare(text) != _bare(name)
    both = f"{name} (“{text}”)" if differs else name or text
    return words.clip(" ".join(both.split()), _NAME)


def _bare(name: str) -> str:
    """Without a leading article, spacing and case: "the  Guard" and "Guard" are one wording."""
    plain = " ".join(name.split())
    article = _ARTICLE.match(plain)
    return plain[article.end() if article else 0 :].casefold()


def _time(time: dict[str, Any] | None) -> str:
    if time is None:
        return ""
    days = words.days_words(time["first_day"], time["last_day"]) or "not put on the calendar"
    return f"“{words.clip(time['text'] or '', _NAME)}” ({days})"


def _quantity(quantity: dict[str, Any] | None) -> str:
    if quantity is None:
        return ""
    span = words.span_words(quantity["low"], quantity["high"], quantity["bound"])
    return f"“{words.clip(quantity['text'] or '', _NAME)}” ({span})"
