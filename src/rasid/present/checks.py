"""The pages of checks: for each document whose own numbers do not go together, the words and the sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import polars as pl

from rasid.present import words
from rasid.present.asked import QuoteView, quote_view
from rasid.present.press import Press, sheets
from rasid.present.shelf import Shelf

_DOCUMENTS = 25  # on a page; a document with many findings still keeps the page under 1 MB
_FINDINGS = 20  # of a document
_QUOTES = 4  # shown at once; the others open
_HARD = "hard"


@dataclass(frozen=True, slots=True)
class CheckView:
    """One finding: what does not go together, the sum, and the words."""

    kind: str
    severity: str
    sentence: str
    sum: str
    quotes: tuple[QuoteView, ...]
    more: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A document with its findings, hard ones first."""

    title: str
    href: str
    findings: tuple[CheckView, ...]
    unshown: int


def checked_documents(shelf: Shelf) -> list[CheckedDocument]:
    """Documents with findings, those with hard ones first, then in the order of the list of documents."""
    rows = shelf.tables.checks.sort("document", maintain_order=True).to_dicts()
    held = {document: list(group) for document, group in groupby(rows, key=lambda row: str(row["document"]))}
    views = []
    for document, about in shelf.documents.items():
        found = sorted(
            held.get(document, ()), key=lambda row: (row["severity"] != _HARD, row["quotes"][0]["start"])
        )
        if found:
            shown = tuple(_view(shelf, row) for row in found[:_FINDINGS])
            href = shelf.href(None, document)
            views.append(CheckedDocument(about.title, href, shown, max(0, len(found) - _FINDINGS)))
    return sorted(views, key=lambda view: view.findings[0].severity != _HARD)


def _view(shelf: Shelf, row: dict[str, object]) -> CheckView:
    quotes = row["quotes"]
    assert isinstance(quotes, list)
    views = tuple(_quote(shelf, quote) for quote in quotes)
    return CheckView(
        kind=str(row["kind"]),
        severity=str(row["severity"]),
        sentence=words.clip(str(row["sentence"])),
        sum=words.clip(str(row["sum"])),
        quotes=views[:_QUOTES],
        more=views[_QUOTES:],
    )


def _quote(shelf: Shelf, quote: dict[str, object]) -> QuoteView:
    """A quote with the way to its claim; to its very words where no claim stands on them."""
    view = quote_view(shelf, quote)
    start, end = quote["start"], quote["end"]
    if quote["claim"] is not None or not isinstance(start, int) or not isinstance(end, int):
        return view
    return replace(view, href=shelf.href_of_words(str(quote["document"]), start, end))


def print_checks(press: Press, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """The findings over as many pages as they need."""
    views = checked_documents(shelf)
    checks = shelf.tables.checks
    for path, turn, part in sheets("checks", len(views), most=_DOCUMENTS):
        yield press.page(
            path,
            "checks.html",
            title="Checks",
            section="Checks",
            documents=views[part],
            hard=checks.filter(pl.col("severity") == _HARD).height,
            soft=checks.filter(pl.col("severity") != _HARD).height,
            checked=shelf.tables.documents.height,
            turn=turn,
        )
