"""The pages of the places: each with its claims, the spellings seen, why it is this place, and a small map.

A wide place (a governorate, a country) counts the places in it and leads to them; it lists their claims itself only
while these are few, so that a large record does not print each claim four times.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl

from rasid.present import words
from rasid.present.map import Tally, tally
from rasid.present.outlines import Outlines
from rasid.present.placed import Mark, Placed
from rasid.present.press import Press, Sheet, sheet, sheets
from rasid.present.shelf import ClaimView, Shelf
from rasid.present.small_map import Drawer

LISTED, CLAIMS, OPEN = 200, 40, 40  # places on a page of the list; claims on a page; open places on a page
_LIKELY = 0.1  # from this score on the first candidate stands in the command to type
_BELOW = 40  # claims of places inside that a page still lists in full
_SPELLINGS, _READINGS, _INSIDE, _HEARD = 24, 6, 150, 4


@dataclass(frozen=True, slots=True)
class Spelling:
    """A place as written. documents: in how many; first: address of the first claim with it."""

    text: str
    claims: int
    documents: int
    first: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that the words could mean. number: in the gazetteer, for `rasid settle place`."""

    number: str
    name: str
    level: str
    where: str
    score: str
    spot: str


@dataclass(frozen=True, slots=True)
class ReadingView:
    """Why some words were read as this place, or left open; best candidates first."""

    text: str
    claims: int
    reason: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """Words for a place that nobody could settle, what to type to settle them, and the first claims that hold them."""

    reading: ReadingView
    command: str
    documents: int
    heard: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class PlaceBook:
    """The marks by page and what stands at each. at: claims (rows) of a mark; inside: pages within a page."""

    pages: dict[str, list[Mark]]
    tallies: dict[int, Tally]
    at: dict[int, list[int]]
    sightings: dict[int, pl.DataFrame]


def print_places(
    press: Press, shelf: Shelf, placed: Placed, outlines: Outlines
) -> Iterator[tuple[str, bytes]]:
    """The list, a page for each settled place, and the places left open."""
    book = _open_book(shelf, placed)
    open_places = _open_places(shelf, placed)
    yield from _print_list(press, book, opened=len(open_places))
    drawer = Drawer(outlines)
    inside = _containment(book)
    for page, marks in book.pages.items():
        yield from _print_place(
            press, shelf, book, page=page, inside=inside[page], drawer=drawer, marks=marks
        )
    yield from _print_open(press, shelf, open_places)


def _open_book(shelf: Shelf, placed: Placed) -> PlaceBook:
    tallies = {row.mark.number: row for row in tally(shelf, placed)}
    pages: dict[str, list[Mark]] = defaultdict(list)
    for mark in placed.marks:
        if mark.number in tallies:
            pages[mark.page].append(mark)
    at = placed.spots.group_by("mark", maintain_order=True).agg("claim")
    seen = placed.sightings.drop_nulls("mark").partition_by("mark", as_dict=True, maintain_order=True)
    return PlaceBook(
        dict(pages),
        tallies,
        {mark: list(claims) for mark, claims in at.iter_rows()},
        {int(key[0]): frame for key, frame in seen.items()},
    )


def _print_list(press: Press, book: PlaceBook, *, opened: int) -> Iterator[tuple[str, bytes]]:
    """Places by country and governorate, with their claims counted."""
    rows = sorted(
        ((_main(marks), _total(book, marks)) for marks in book.pages.values()),
        key=lambda row: (
            row[0].country or "~",
            row[0].adm1 or "~",
            _wide(row[0]),
            row[0].name,
            row[0].number,
        ),
    )
    for path, turn, part in sheets("places", len(rows), most=LISTED):
        groups = groupby(rows[part], key=lambda row: (row[0].country, row[0].adm1))
        yield press.page(
            path,
            "places.html",
            title="Places",
            section="Places",
            groups=[(country, adm1, list(group)) for (country, adm1), group in groups],
            total=len(rows),
            opened=opened,
            turn=turn,
        )


def _print_place(
    press: Press,
    shelf: Shelf,
    book: PlaceBook,
    *,
    page: str,
    inside: list[str],
    drawer: Drawer,
    marks: list[Mark],
) -> Iterator[tuple[str, bytes]]:
    main = _main(marks)
    own = sorted({row for mark in marks for row in book.at[mark.number]})
    below = sorted(
        {row for name in inside for mark in book.pages[name] for row in book.at[mark.number]} - set(own)
    )
    listed = below if len(below) <= _BELOW else []
    order = _by_standing(shelf, own, where=0) + _by_standing(shelf, listed, where=1)
    contained = sorted(
        ((_main(book.pages[name]), _total(book, book.pages[name])) for name in inside),
        key=lambda row: (-row[1].so, -row[1].others, row[0].name, row[0].number),
    )
    for at, (turn, part) in enumerate(_parts(page, len(order))):
        yield press.page(
            f"places/{page}.html" if at == 0 else f"places/{page}-{at + 1}.html",
            "place.html",
            title=main.name,
            section="Places",
            main=main,
            marks=[book.tallies[mark.number] for mark in marks],
            total=_total(book, marks),
            groups=_groups(shelf, order[part]),
            turn=turn,
            own=len(own),
            below=len(below),
            contained=contained[:_INSIDE],
            uncounted=len(contained[_INSIDE:]),
            spellings=_spellings(shelf, book, marks) if at == 0 else [],
            readings=_readings(book, marks) if at == 0 else [],
            drawing=drawer.draw(marks) if at == 0 else None,
            page=page,
        )


def _parts(stem: str, total: int) -> Iterator[tuple[Sheet, slice]]:
    of = max(1, -(-total // CLAIMS))
    for number in range(1, of + 1):
        turn = sheet(number, of, stem=f"{stem}-", first=f"{stem}.html")
        yield turn, slice((number - 1) * CLAIMS, number * CLAIMS)


def _by_standing(shelf: Shelf, rows: list[int], *, where: int) -> list[tuple[int, bool, int]]:
    """(where, said to be so, row), those said to be so first, then in the order of time and of the claims."""
    if not rows:
        return []
    held = (
        shelf.tables.claims[rows]
        .select("polarity", "certainty", pl.col("time").struct.field("first_day"))
        .rows()
    )
    keyed = [
        (not words.standing(polarity, certainty).so, first or "~", row)
        for row, (polarity, certainty, first) in zip(rows, held, strict=True)
    ]
    return [(where, not apart, row) for apart, _, row in sorted(keyed)]


def _groups(shelf: Shelf, order: list[tuple[int, bool, int]]) -> list[tuple[int, bool, list[ClaimView]]]:
    return [
        (where, so, shelf.views_at([row for _, _, row in group]))
        for (where, so), group in groupby(order, key=lambda item: item[:2])
    ]


def _main(marks: list[Mark]) -> Mark:
    """The mark that names the page: the place itself rather than a part of it."""
    return min(marks, key=lambda mark: (mark.level == "part", mark.precision, mark.number))


def _wide(mark: Mark) -> int:
    return {"country": 0, "region": 1, "governorate": 2, "district": 3}.get(mark.level, 4)


def _total(book: PlaceBook, marks: list[Mark]) -> Tally:
    held = [book.tallies[mark.number] for mark in marks]
    apart = [(code, sum(dict(row.apart)[code] for row in held)) for code, _ in held[0].apart]
    return Tally(_main(marks), so=sum(row.so for row in held), apart=tuple(apart))


def _containment(book: PlaceBook) -> dict[str, list[str]]:
    """For each page the pages of places inside it, as far as country, governorate and district are known."""
    groups: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for page, marks in book.pages.items():
        for mark in marks:
            for key in ((mark.country,), (mark.country, mark.adm1), (mark.country, mark.adm1, mark.adm2)):
                if all(key):
                    groups[key].add(page)
    held: dict[str, list[str]] = {}
    for page, marks in book.pages.items():
        main = _main(marks)
        keys: dict[str, list[tuple[str, ...]]] = {
            "country": [(main.country,)],
            "governorate": [(main.country, main.adm1), (main.country, main.name)],
            "district": [(main.country, main.adm1, main.adm2), (main.country, main.adm1, main.name)],
        }
        found = {name for key in keys.get(main.level, []) if all(key) for name in groups.get(key, ())}
        own = _wide(main)
        held[page] = sorted(name for name in found - {page} if _wide(_main(book.pages[name])) > own)
    return held


def _spellings(shelf: Shelf, book: PlaceBook, marks: list[Mark]) -> list[Spelling]:
    frame = pl.concat([book.sightings[mark.number] for mark in marks])
    counted = (
        frame.group_by("text")
        .agg(pl.col("claim").n_unique(), pl.col("document").n_unique(), first=pl.col("claim").min())
        .sort(["claim", "text"], descending=[True, False])
        .head(_SPELLINGS)
    )
    ids = shelf.tables.claims["id"]
    documents = shelf.tables.claims["document"]
    return [
        Spelling(words.clip(text, 160), claims, held, shelf.href(ids[first], documents[first]))
        for text, claims, held, first in counted.rows()
    ]


def _readings(book: PlaceBook, marks: list[Mark]) -> list[ReadingView]:
    """The reasons given, each once with its most frequent spelling."""
    frame = pl.concat([book.sightings[mark.number] for mark in marks])
    rows = frame.select("claim", "text", "reason", "candidates").to_dicts()
    return _reasons(rows)[:_READINGS]


def _reasons(rows: list[dict[str, Any]]) -> list[ReadingView]:
    held = Counter((row["text"], row["reason"]) for row in rows)
    first: dict[tuple[str, str | None], Any] = {}
    for row in rows:
        first.setdefault((row["text"], row["reason"]), row["candidates"])
    ranked = sorted(held.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or ""))
    return [
        ReadingView(
            words.clip(text, 160),
            number,
            words.clip(reason or "", 400),
            tuple(_candidate(row) for row in (first[text, reason] or [])[:5] if row),
        )
        for (text, reason), number in ranked
    ]


def _candidate(row: dict[str, Any]) -> Candidate:
    at = (row["latitude"], row["longitude"])
    return Candidate(
        number="" if row["place_id"] is None else str(row["place_id"]),
        name=words.clip(row["name"] or "", 120),
        level=words.clip(row["level"] or "", 40),
        where=", ".join(words.clip(part, 80) for part in (row["adm1"], row["country"]) if part),
        score="" if row["score"] is None else f"{row['score']:.2f}",
        spot="" if None in at else f"{at[0]:.3f}, {at[1]:.3f}",
    )


def _open_places(shelf: Shelf, placed: Placed) -> list[tuple[str, list[dict[str, Any]]]]:
    """Open words, most frequent first, each with its sightings; words that differ in case alone are one."""
    held: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in placed.sightings.filter(pl.col("mark").is_null()).to_dicts():
        held[" ".join(row["text"].split()).casefold()].append(row)
    return sorted(held.items(), key=lambda item: (-len({row["claim"] for row in item[1]}), item[0]))


def _print_open(
    press: Press, shelf: Shelf, places: list[tuple[str, list[dict[str, Any]]]]
) -> Iterator[tuple[str, bytes]]:
    of = max(1, -(-len(places) // OPEN))
    for number in range(1, of + 1):
        held = []
        for _, rows in places[(number - 1) * OPEN : number * OPEN]:
            (reading, *_) = _reasons(rows)
            claims = sorted({row["claim"] for row in rows})
            reading = ReadingView(reading.text, len(claims), reading.reason, reading.candidates)
            documents = len({row["document"] for row in rows})
            likely = bool(reading.candidates) and float(reading.candidates[0].score or 0) >= _LIKELY
            first = reading.candidates[0].number if likely else ""
            looked_up = bool(reading.reason)  # "other places" is no name, and nothing to settle
            command = f'rasid settle place "{reading.text}" --as {first or "PLACE"}' if looked_up else ""
            held.append(OpenPlace(reading, command, documents, tuple(shelf.views_at(claims[:_HEARD]))))
        yield press.page(
            "places/open.html" if number == 1 else f"places/open-{number}.html",
            "open_places.html",
            title="Places left open",
            section="Places",
            places=held,
            total=len(places),
            turn=sheet(number, of, stem="open-", first="open.html"),
        )
