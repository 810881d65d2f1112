"""What the map draws, as script files: a page opened from a disk may load scripts but not fetch.

`data/map-N.js` holds the marks and, for each claim on them, just what the filters need; `data/map-words-N.js` holds
the quotes and is read only when somebody opens a mark. A claim with two places stands at both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

import polars as pl

from rasid.present import words
from rasid.present.placed import Mark, Placed
from rasid.present.shelf import Shelf

CHUNK_BYTES = 400_000  # of one file of marks
START_BYTES = (
    800_000  # of the files read at once; with page, script and outlines the start stays under 1.2 MB
)
WORDS_BYTES = 200_000  # of one file of quotes
_NAME = 80
_QUOTE = 240
_CODES = ("affirmed", "partial", "possible", "predicted", "denied")
_DAY_ZERO = date(1970, 1, 1)
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class MapFiles:
    """chunks: files of marks; start: how many of them are read at once; quotes: first row of each file of quotes."""

    chunks: int
    start: int
    quotes: tuple[int, ...]
    rows: int
    claims: int


@dataclass(slots=True)
class Chunk:
    """Marks of one file with their claims, column by column; names that repeat are kept once.

    chains: voices of a claim, outermost first, each a place in `names`
    days:   first known day, as the step from the row before; None where it is not known
    lasts:  days from the first to the last; None where the end is not known; from day zero if only the end is
    """

    first: int
    marks: list[list[object]] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    chains: dict[tuple[int, ...], int] = field(default_factory=dict)
    columns: tuple[list[object], ...] = field(default_factory=lambda: tuple([] for _ in range(7)))
    again: list[int] = field(default_factory=list)
    size: int = 0

    def name(self, name: str) -> int:
        """The place of a name."""
        if name not in self.names:
            self.names[name] = len(self.names)
            self.size += len(name.encode("utf-8")) + 4
        return self.names[name]

    def add(self, mark: Mark, rows: list[dict[str, Any]], seen: set[int]) -> None:
        """Put a mark with its claims in. The order is the one that map.js reads."""
        day = 0
        for row in rows:
            if row["claim"] in seen:
                self.again.append(len(self.columns[0]))
            seen.add(row["claim"])
            first, last = _days(row)
            chain = tuple(self.name(words.clip(v, _NAME)) for v in row["voices"] or ["nobody named"])
            if chain not in self.chains:
                self.chains[chain] = len(self.chains)
                self.size += 4 * len(chain) + 3
            cells = (
                self.name(words.clip(words.label(row["type"]), _NAME)),
                self.name(words.clip(row["actor"] or "", _NAME)),
                self.name(words.clip(row["target"] or "", _NAME)),
                self.chains[chain],
                _CODES.index(words.standing(row["polarity"], row["certainty"]).code),
                None if first is None else first - day,
                None if last is None else last - (first or 0),
            )
            day = day if first is None else first
            for column, cell in zip(self.columns, cells, strict=True):
                column.append(cell)
                self.size += 5 if cell is None else len(str(cell)) + 1
        self.marks.append(_mark_row(mark, len(rows)))
        self.size += len(json.dumps(self.marks[-1], ensure_ascii=False).encode("utf-8")) + 1

    def file(self, number: int) -> tuple[str, bytes]:
        """Path and bytes: a call of `rasidMap(number, {…})`."""
        held = {
            "first": self.first,
            "marks": self.marks,
            "names": list(self.names),
            "chains": list(self.chains),
            "columns": self.columns,
            "again": self.again,
        }
        return f"data/map-{number}.js", _call("rasidMap", number, held)


def print_map_data(shelf: Shelf, placed: Placed) -> Iterator[tuple[str, bytes] | MapFiles]:
    """The files of marks and of quotes, then how many there are of each."""
    spots = _sorted_spots(shelf, placed)
    chunk, number, start, held, seen = Chunk(0), 1, 0, 0, set[int]()
    for at, group in groupby(spots.drop("quote").iter_rows(named=True), key=lambda row: row["mark"]):
        chunk.add(placed.marks[at], list(group), seen)
        if chunk.size > CHUNK_BYTES:
            path, content = chunk.file(number)
            held += len(content)
            start = number if held <= START_BYTES else start
            yield path, content
            chunk, number = Chunk(chunk.first + len(chunk.columns[0])), number + 1
    if chunk.marks:
        path, content = chunk.file(number)
        start = number if held + len(content) <= START_BYTES else start
        yield path, content
        number += 1
    quotes = []
    for offset, path, content in _quote_files(shelf, spots):
        quotes.append(offset)
        yield path, content
    yield MapFiles(number - 1, start or min(number - 1, 1), tuple(quotes), spots.height, len(seen))


def _sorted_spots(shelf: Shelf, placed: Placed) -> pl.DataFrame:
    """Claims with a mark that can be drawn: by mark, then by day, then in the order of the claims."""
    claims = shelf.tables.claims.with_row_index("claim").select(
        "claim",
        "id",
        "document",
        "quote",
        "type",
        "polarity",
        "certainty",
        "voices",
        actor=_named("actor"),
        target=_named("target"),
        first=pl.col("time").struct.field("first_day"),
        last=pl.col("time").struct.field("last_day"),
    )
    drawn = [mark.number for mark in placed.marks if mark.form != "none"]
    return (
        placed.spots.filter(pl.col("mark").is_in(drawn))
        .join(claims, on="claim", how="left")
        .sort(["mark", "first", "last", "claim"], nulls_last=True)
    )


def _named(column: str) -> pl.Expr:
    held = pl.col(column).struct
    return pl.coalesce(held.field("name"), held.field("text"))


def _quote_files(shelf: Shelf, spots: pl.DataFrame) -> Iterator[tuple[int, str, bytes]]:
    """(first row, path, bytes) of the files of quotes, in the order of the rows of the marks."""
    rows: list[list[object]] = []
    documents: dict[str, int] = {}
    size, first, number = 0, 0, 1

    def packed() -> tuple[int, str, bytes]:
        views = [shelf.documents[document] for document in documents]
        held = {
            "first": first,
            "rows": rows,
            "documents": [[words.clip(v.title, 120), v.direction, v.date] for v in views],
        }
        return first, f"data/map-words-{number}.js", _call("rasidWords", number, held)

    for at, row in enumerate(spots.select("id", "document", "quote").iter_rows(named=True)):
        spot = shelf.spots[row["id"]]
        document = documents.setdefault(row["document"], len(documents))
        cells: list[object] = [spot.page, row["id"], spot.number, document, words.clip(row["quote"], _QUOTE)]
        rows.append(cells)
        size += len(json.dumps(cells, ensure_ascii=False).encode("utf-8")) + 1
        if size > WORDS_BYTES:
            yield packed()
            rows, documents, size, first, number = [], {}, 0, at + 1, number + 1
    if rows:
        yield packed()


def _mark_row(mark: Mark, claims: int) -> list[object]:
    assert mark.longitude is not None and mark.latitude is not None
    return [
        mark.page,
        mark.name,
        round(mark.longitude, 4),
        round(mark.latitude, 4),
        ("point", "halo", "area").index(mark.form),
        mark.area or mark.radius_km,
        mark.precision,
        mark.adm1 if mark.level not in ("governorate", "country") else "",
        mark.country,
        mark.level,
        claims,
    ]


def _days(row: dict[str, Any]) -> tuple[int | None, int | None]:
    return _day(row["first"]), _day(row["last"])


def _day(iso: str | None) -> int | None:
    """Days since 1 January 1970; None for what is no whole day."""
    try:
        return (date.fromisoformat(iso) - _DAY_ZERO).days if iso else None
    except ValueError:
        return None


def _call(name: str, number: int, held: dict[str, object]) -> bytes:
    body = json.dumps(held, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
    return f"{name}({number},{body});\n".encode()
