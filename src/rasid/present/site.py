"""The static site of a case: tables in, pages out. Read this file to see what is printed, in which order.

Pure: no disk, no clock, no network; the same tables give the same bytes. The pages open from a folder without
a server, need no script but for filtering the claims, and hold no outside address.
"""

from __future__ import annotations

from collections.abc import Iterator

from rasid.knowledge.registry import load_registry
from rasid.model import versions
from rasid.present.activity_pages import print_activity
from rasid.present.activity_views import open_book
from rasid.present.actor_pages import print_actors
from rasid.present.asked import print_questions
from rasid.present.checks import print_checks
from rasid.present.claim_charts import print_charts
from rasid.present.contradictions import print_contradictions
from rasid.present.data_pages import print_data
from rasid.present.figure_pages import print_figures
from rasid.present.filterdata import print_filter_data
from rasid.present.incident_pages import print_incidents
from rasid.present.lists import (
    print_about,
    print_claims,
    print_documents_list,
    print_doubts,
    print_voices,
)
from rasid.present.map import print_map
from rasid.present.outlines import load_outlines
from rasid.present.overview import print_overview
from rasid.present.parts import SiteParts
from rasid.present.people_pages import print_people
from rasid.present.place_pages import print_places
from rasid.present.placed import place_claims
from rasid.present.press import assets, open_press
from rasid.present.reading import print_documents
from rasid.present.record import About, DecisionNote, OriginalNote, SiteTables, checked
from rasid.present.shelf import open_shelf
from rasid.present.source_pages import print_sources
from rasid.present.timeline import print_timeline

__all__ = ["SITE_VERSION", "About", "DecisionNote", "OriginalNote", "SiteTables", "render_site"]

SITE_VERSION = versions.SITE  # raised when the same tables give other pages


def render_site(
    tables: SiteTables, about: About, *, parts: SiteParts | None = None
) -> Iterator[tuple[str, bytes]]:
    """Every file of the site as (path, bytes), the path relative to the site's folder, with "/".

    Page by page: beside the tables only one document, or one page of a list, is held. No page is over 1 MB.
    The page to open is `index.html`; the words of a claim are at `documents/<document>.html#<claim>`, or at
    `documents/<document>-2.html#<claim>` and so on where a long document is split.

    raises: TableShapeError if a table lacks a column, an id cannot be a file name, or a claim has no document
    """
    shelf = open_shelf(checked(tables))
    parts = parts or SiteParts()
    press = open_press(about, absent=parts.absent())
    # 1. the words: only after this is it known on which page each claim stands
    yield from assets()
    yield from print_documents(press, shelf)
    # 2. everything that points to them
    chunks = 0
    for path, content in print_filter_data(shelf):
        chunks += 1
        yield path, content
    yield from print_claims(press, shelf, chunks=chunks)
    if parts.incidents is not None:
        yield from print_incidents(press, shelf, parts.incidents)
    outlines = load_outlines()
    placed = place_claims(shelf, outlines)
    yield from print_map(press, shelf, placed, outlines)
    yield from print_timeline(press, shelf)
    yield from print_places(press, shelf, placed, outlines)
    yield from print_actors(press, shelf)
    book = None
    if parts.activity is not None:
        book = open_book(parts.activity, {code: c.name for code, c in load_registry().countries.items()})
        yield from print_activity(press, shelf, book, outlines)  # first: a question's charts open its rows
    yield from print_questions(press, shelf, book)
    yield from print_contradictions(press, shelf)
    yield from print_checks(press, shelf)
    yield from print_figures(press, shelf, parts.ranges)
    yield from print_charts(press, shelf)
    yield from print_voices(press, shelf)
    if parts.standings is not None:
        yield from print_sources(press, shelf, parts.standings)
    if parts.people is not None:
        yield from print_people(press, parts.people, shelf=shelf)
    if parts.data is not None:
        yield from print_data(press, parts.data)
    yield from print_documents_list(press, shelf)
    yield from print_doubts(press, shelf)
    yield from print_about(press, shelf)
    # 3. the front page
    yield print_overview(press, shelf, parts)
