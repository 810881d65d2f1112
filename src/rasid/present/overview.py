"""The front page: what is in the record, and the first of each kind with the way to the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rasid.present.asked import question_views
from rasid.present.data_pages import DataTables
from rasid.present.lists import doubt_views, voice_rows
from rasid.present.parts import SiteParts
from rasid.present.people_pages import PeopleTables
from rasid.present.press import Press
from rasid.present.shelf import Shelf

_FIRST = 12  # questions, voices, documents, doubts that are shown before the page points to their own


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a kind there are, and the page that lists them."""

    number: int
    noun: str
    page: str


def print_overview(press: Press, shelf: Shelf, parts: SiteParts) -> tuple[str, bytes]:
    """`index.html`. A case of lists alone has no part on claims."""
    tables = shelf.tables
    dates = sorted(view.date for view in shelf.documents.values() if view.date)
    return press.page(
        "index.html",
        "overview.html",
        title=press.about.title,
        section="Overview",
        tally=[count for count in _counts(shelf, parts) if count.number],
        questions=question_views(shelf)[:_FIRST],
        voices=voice_rows(shelf).head(_FIRST).to_dicts(),
        doubts=doubt_views(shelf, tables.doubts.head(_FIRST)),
        documents=list(shelf.documents.values())[:_FIRST],
        totals={
            "documents": tables.documents.height,
            "voices": tables.voices.height,
            "questions": tables.questions.height,
            "doubts": tables.doubts.height,
            "undated": len(shelf.documents) - len(dates),
        },
        lists=_lists(parts.people),
        datasets=_datasets(parts.data),
        standings=_standings(shelf),
        first_date=dates[0] if dates else None,
        last_date=dates[-1] if dates else None,
    )


def _counts(shelf: Shelf, parts: SiteParts) -> Iterator[Count]:
    """What the record holds, in the order of the page."""
    tables = shelf.tables
    yield Count(tables.claims.height, "claim", "claims/index.html")
    if parts.incidents is not None:
        yield Count(parts.incidents.incidents.height, "incident", "incidents/index.html")
    yield Count(tables.documents.height, "document", "documents/index.html")
    yield Count(tables.voices.height, "voice", "voices/index.html")
    yield Count(tables.figures.height, "figure", "figures/index.html")
    yield Count(tables.questions.height, "question", "questions/index.html")
    if parts.data is not None:
        yield Count(int(parts.data.datasets["rows"].sum()), "data row", "data/index.html")
    if parts.people is not None:
        yield Count(parts.people.lists.height, "list", "lists/index.html")
        yield Count(parts.people.listings.height, "listing", "lists/index.html")
    yield Count(tables.doubts.height, "doubt", "doubts/index.html")


def _lists(people: PeopleTables | None) -> list[tuple[str, int]]:
    """Name and rows of each list of people."""
    if people is None:
        return []
    return [(str(row["name"]), int(row["rows"])) for row in people.lists.select("name", "rows").to_dicts()]


def _datasets(data: DataTables | None) -> list[tuple[str, int]]:
    """Name and rows of each table of event data."""
    if data is None:
        return []
    return [(str(row["name"]), int(row["rows"])) for row in data.datasets.select("name", "rows").to_dicts()]


def _standings(shelf: Shelf) -> list[tuple[str, int]]:
    """How many claims stand in each way, by code, in a fixed order."""
    codes = [spot.standing.code for spot in shelf.spots.values()]
    return [(code, codes.count(code)) for code in ("affirmed", "partial", "possible", "predicted", "denied")]
