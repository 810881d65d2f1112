"""The pages of activity: what event data says of each group over time, apart from all that voices say.

A page for each group with 20 events or more, and for those that questions or claims name; the others stand in the
table of their dataset. Series of different datasets stand under each other and are never joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import polars as pl

from rasid.model.ids import content_id
from rasid.present import words
from rasid.present.activity_blocks import Block, block_files, make_block
from rasid.present.activity_book import EVENT, Book, Source, group_name
from rasid.present.activity_moves import move_sentence
from rasid.present.activity_rows import MOST_ROWS, RowPages, print_rows, row_pages, rows_of
from rasid.present.activity_sums import total
from rasid.present.activity_views import shift_words, small_series
from rasid.present.charts import Panel, draw_panels
from rasid.present.outlines import Outlines
from rasid.present.press import Press, pack, sheet
from rasid.present.shelf import Shelf
from rasid.present.small_map import Drawer

LEAST = 20  # events of a group that has a page
_MOST_PAGES = 200
_BLOCKS = 4  # countries of one dataset on a page, besides all of them together
_CARDS = 24  # of one dataset on its page; the others in its table
_LISTED = 600  # groups in the table of one dataset
_FIRST = 6  # cards of one dataset on the first page
_SOURCES = 12  # datasets with cards there
_PAGE_BYTES = 700_000


Events = dict[tuple[str, str | None], int]  # (dataset, group) -> events


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group in one dataset. href: its page; "" if it has none."""

    key: str | None
    name: str
    href: str
    events: int
    unclear: int
    best: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Card:
    """A group on the first page: its series in small, changes and moves in words."""

    row: GroupRow
    panel: Panel | None
    shifts: tuple[str, ...]
    moved: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A dataset with its groups."""

    source: Source
    whole: GroupRow | None
    cards: tuple[Card, ...]
    groups: tuple[GroupRow, ...]
    unlisted: int


def print_activity(press: Press, shelf: Shelf, book: Book, outlines: Outlines) -> Iterator[tuple[str, bytes]]:
    """`activity/index.html`, a page for each group, pages of their rows, and a CSV for each chart."""
    drawer = Drawer(outlines)
    events = _count_events(book)
    paged = _paged(book, shelf, events)
    views = [_source_view(book, source, paged, events) for source in book.sources.values()]
    yield press.page(
        "activity/index.html",
        "activity.html",
        title="Activity",
        section="Activity",
        sources=[
            replace(view, cards=view.cards[: _FIRST if number < _SOURCES else 0])
            for number, view in enumerate(views)
        ],
        least=LEAST,
    )
    for view in views:
        if view.groups:
            yield press.page(
                f"activity/{view.source.id}.html",
                "activity_source.html",
                title=f"{view.source.name}: activity",
                section="Activity",
                view=view,
                least=LEAST,
            )
    left = MOST_ROWS
    for name in paged:
        printed, files = _print_group(press, book, drawer, name=name, left=left)
        left -= printed
        yield from files


def group_page(name: str | None) -> str:
    """The file of a group, in the folder `activity`."""
    return "all.html" if name is None else f"{content_id('a', name)}.html"


def _count_events(book: Book) -> Events:
    counted = book.tables.activity.filter(pl.col("part") == EVENT).group_by("dataset", "actor")
    return {(dataset, actor): n for dataset, actor, n in counted.agg(pl.col("events").sum()).iter_rows()}


def _paged(book: Book, shelf: Shelf, events: Events) -> list[str | None]:
    """Groups with a page: those asked about, those that claims name, then by events; all events last."""
    totals: Counter[str] = Counter()
    for (_, actor), number in events.items():
        if actor is not None:
            totals[actor] += number
    largest = {actor for (_, actor), number in events.items() if actor is not None and number >= LEAST}
    asked = {name for name in book.tables.beside["actor"] if name is not None}
    claims = shelf.tables.claims
    said = {
        name
        for side in ("actor", "target")
        for name in claims.select(pl.col(side).struct.field("name")).to_series().drop_nulls()
    }
    wanted = totals.keys() & (asked | said | largest)
    first = sorted(wanted, key=lambda name: (name not in asked, name not in said, -totals[name], name))
    return [*first[:_MOST_PAGES], *([None] if any(actor is None for _, actor in events) else [])]


# --- the first page ----------------------------------------------------------------------------------------------


def _source_view(book: Book, source: Source, paged: list[str | None], events: Events) -> SourceView:
    pages = set(paged)

    def row(actor: str | None) -> GroupRow:
        href = group_page(actor) if actor in pages else ""
        return group_row(actor, book.series[source.id, actor], href)

    own = [(actor, number) for (dataset, actor), number in events.items() if dataset == source.id]
    ranked = sorted((-number, actor) for actor, number in own if actor is not None)
    groups = [row(actor) for _, actor in ranked[:_LISTED]]
    cards = [_card(book, source, group) for group in groups if group.href][:_CARDS]
    if source.is_drawn:
        series = [
            small_series(book.series[source.id, card.row.key], source, name=card.row.name) for card in cards
        ]
        panels = zip(cards, draw_panels(series), strict=True)
        cards = [replace(card, panel=panel) for card, panel in panels]
    whole = row(None) if (source.id, None) in events else None
    return SourceView(source, whole, tuple(cards), tuple(groups), max(0, len(ranked) - _LISTED))


def group_row(actor: str | None, held: pl.DataFrame, href: str) -> GroupRow:
    """The group in one dataset, from its rows of ACTIVITY. unclear: of these events"""
    events = held.filter(pl.col("part") == EVENT)
    all_, unclear = total(events), total(events.filter("unclear"))
    months = events["month"].drop_nulls()
    return GroupRow(
        actor,
        words.clip(group_name(actor), 120),
        href,
        all_.events,
        unclear.events,
        all_.span,
        str(months.min() or ""),
        str(months.max() or ""),
    )


def _card(book: Book, source: Source, row: GroupRow) -> Card:
    countries = book.series[source.id, row.key]["country"].unique().to_list()
    country = countries[0] if len(countries) == 1 else None
    own = (
        (pl.col("dataset") == source.id)
        & (pl.col("actor") == row.key)
        & pl.col("country").eq_missing(pl.lit(country, pl.String))
    )
    shifts = tuple(shift_words(each) for each in book.tables.shifts.filter(own).iter_rows(named=True))
    moves = book.tables.moves.filter(own).to_dicts() if country else []
    return Card(row, None, shifts, move_sentence(moves))


# --- a group -----------------------------------------------------------------------------------------------------


def _print_group(
    press: Press, book: Book, drawer: Drawer, *, name: str | None, left: int
) -> tuple[int, Iterator[tuple[str, bytes]]]:
    """How many rows were printed, and the files of the group."""
    stem = group_page(name).removesuffix(".html")
    shown = group_name(name)
    printed = 0
    rows: dict[str, RowPages] = {}
    files: list[tuple[str, bytes]] = []
    keys = [(source.id, name) for source in book.sources.values() if (source.id, name) in book.series]
    for number, (dataset, _) in enumerate(keys, start=1):
        events = total(book.series[dataset, name].filter(pl.col("part") == EVENT)).events
        if events <= left - printed:
            own = rows_of(book.tables.records, dataset, name)
            printed += events
            rows[dataset] = row_pages(press, own, stem=f"{stem}-rows{number}")
            book.opened[dataset, name] = rows[dataset].months
            files += print_rows(
                press,
                rows[dataset],
                name=shown,
                source=book.sources[dataset],
                back=group_page(name),
                total=events,
            )
    blocks = list(_blocks(book, drawer, keys=keys, stem=stem, rows=rows))
    for block in blocks:
        files += [(f"activity/{file}", content) for file, content in block_files(block, group=shown)]
    return printed, iter([*files, *_block_pages(press, blocks, name=name, stem=stem, rows=rows)])


def _block_pages(
    press: Press, blocks: list[Block], *, name: str | None, stem: str, rows: dict[str, RowPages]
) -> Iterator[tuple[str, bytes]]:
    """The blocks on as many pages as they need; the first tells where each stands."""
    macro = press.macro("activity_parts.html", "block")
    held = {dataset: f"{pages.stem}.html" for dataset, pages in rows.items() if pages.pages}
    pages = pack([macro(block, held.get(block.source.id)) for block in blocks], most_bytes=_PAGE_BYTES)
    ids = iter(blocks)
    turns = [sheet(n, len(pages), stem=f"{stem}-", first=f"{stem}.html") for n in range(1, len(pages) + 1)]
    files = [dict(turn.links)[turn.number] for turn in turns]
    jumps = [
        (f"{file}#{block.id}", block.where, block.source.name)
        for file, page in zip(files, pages, strict=True)
        for _, block in zip(page, ids, strict=False)
    ]
    shown = group_name(name)
    for turn, file, page in zip(turns, files, pages, strict=True):
        yield press.page(
            f"activity/{file}",
            "activity_group.html",
            title=f"{words.clip(shown, 100)}: activity",
            section="Activity",
            name=words.clip(shown, 120),
            is_all=name is None,
            blocks=page,
            jumps=jumps if len(jumps) > 1 else [],
            turn=turn,
        )


def _blocks(
    book: Book, drawer: Drawer, *, keys: list[tuple[str, str | None]], stem: str, rows: dict[str, RowPages]
) -> Iterator[Block]:
    """Per dataset all countries together, then each country with enough events if there are several."""
    for number, key in enumerate(keys, start=1):
        own = rows.get(key[0])
        yield make_block(book, drawer, key=key, country=None, stem=f"{stem}-{number}", rows=own)
        by_country = (
            book.series[key]
            .filter((pl.col("part") == EVENT) & pl.col("country").is_not_null())
            .group_by("country")
            .agg(pl.col("events").sum())
            .sort(["events", "country"], descending=[True, False])
        )
        if by_country.height < 2 or key[1] is None:
            continue
        large = by_country.filter(pl.col("events") >= LEAST)["country"].head(_BLOCKS)
        for place, country in enumerate(large, start=1):
            yield make_block(
                book, drawer, key=key, country=country, stem=f"{stem}-{number}-{place}", rows=own
            )
