"""What stands below the voices of a question: rival hypotheses, how it moved in time, what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from rasid.model.values import DateSpan
from rasid.present import words
from rasid.present.shelf import Shelf
from rasid.present.voice_cards import group_voices

MOST_ROWS = 60  # of a matrix on the page; the CSV has all
MOST_POINTS = 80
_SIGNS = {"consistent": "+", "inconsistent": "−", "neutral": "·"}
_WIDTH = 860.0  # units of the time axis
_ROW = 26


@dataclass(frozen=True, slots=True)
class RivalView:
    """A hypothesis: what it says, what speaks against it and for it, its rank. by: a person, or None for the rule."""

    id: str
    says: str
    by: str | None
    rank: int
    inconsistent: int
    consistent: int
    silent: int


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell: its code, its sign, and who set it."""

    code: str
    sign: str
    by: str | None


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One independent statement with the way to its words; claim: the id that `rasid judge` takes."""

    voices: tuple[str, ...]
    says: str
    cells: tuple[CellView, ...]
    diagnostic: int  # per cent
    turns: str | None
    quote: str
    href: str
    direction: str
    claim: str
    more: int


@dataclass(frozen=True, slots=True)
class MatrixView:
    """The hypotheses, best standing first, and the rows in their order."""

    rivals: tuple[RivalView, ...]
    rows: tuple[MatrixRow, ...]
    unshown: int


@dataclass(frozen=True, slots=True)
class Point:
    """A dated stance on the axis. x, width in units; width 0 is a point in time."""

    x: float
    width: float
    y: int
    code: str
    label: str
    voice: str
    href: str


@dataclass(frozen=True, slots=True)
class AxisView:
    """How it moved: dated stances on a line, the undated ones by name beside it."""

    points: tuple[Point, ...]
    ticks: tuple[tuple[float, str], ...]
    height: int
    undated: tuple[str, ...]
    unshown: int


def matrix_view(shelf: Shelf, question: str) -> MatrixView | None:
    """The hypotheses of a question held against the claims; None where it has none or nothing speaks to it."""
    ranked = shelf.tables.hypotheses.filter(pl.col("question") == question).to_dicts()
    rows = shelf.tables.matrix.filter(pl.col("question") == question).to_dicts()
    if not ranked or not rows:
        return None
    rivals = tuple(
        RivalView(
            id=h["hypothesis"],
            says=words.clip(h["says"], 200),
            by=h["by"],
            rank=h["rank"],
            inconsistent=h["inconsistent"],
            consistent=h["consistent"],
            silent=h["silent"],
        )
        for h in ranked
    )
    shown = tuple(_matrix_row(shelf, row, [r.id for r in rivals]) for row in rows[:MOST_ROWS])
    return MatrixView(rivals, shown, max(0, len(rows) - MOST_ROWS))


def _matrix_row(shelf: Shelf, row: dict[str, Any], order: Sequence[str]) -> MatrixRow:
    cells = {cell["hypothesis"]: cell for cell in row["cells"]}
    first = row["quotes"][0]
    document = shelf.documents.get(first["document"])
    return MatrixRow(
        voices=tuple(words.clip(voice, 120) for voice in row["voices"][:4]),
        says=row["says"],
        cells=tuple(
            CellView(cells[name]["cell"], _SIGNS[cells[name]["cell"]], cells[name]["by"]) for name in order
        ),
        diagnostic=round(100 * row["diagnostic"]),
        turns=row["turns"],
        quote=words.clip(first["quote"], 300),
        href=shelf.href(first["claim"], first["document"]),
        direction=document.direction if document else "auto",
        claim=first["claim"],
        more=len(row["quotes"]) - 1,
    )


def axis_view(shelf: Shelf, question: str) -> AxisView | None:
    """The stances on a line of time; None where none is dated."""
    stances = shelf.tables.stances.filter(pl.col("question") == question).to_dicts()
    dated = [(span, row) for row in stances if (span := _span(row)) is not None]
    if not dated:
        return None
    dated.sort(key=lambda each: (each[0], each[1]["voice"]))
    first, last = min(span[0] for span, _ in dated), max(span[1] for span, _ in dated)
    days = max(1, (last - first).days)

    def x(day: date) -> float:
        return round(10 + (_WIDTH - 20) * (day - first).days / days, 1)

    points = tuple(
        Point(
            x=x(span[0]),
            width=round(x(span[1]) - x(span[0]), 1),
            y=_ROW * n + 14,
            code=row["stance"],
            label=_label(row),
            voice=words.clip(row["voice"], 60),
            href=shelf.href(row["quotes"][0]["claim"], row["quotes"][0]["document"]) if row["quotes"] else "",
        )
        for n, (span, row) in enumerate(dated[:MOST_POINTS])
    )
    ends = [(x(first), first.isoformat())] + ([(x(last), last.isoformat())] if last != first else [])
    undated = sorted({words.clip(row["voice"], 80) for row in stances if _span(row) is None})
    return AxisView(
        points, tuple(ends), _ROW * len(points) + 34, tuple(undated), max(0, len(dated) - MOST_POINTS)
    )


def _span(row: dict[str, Any]) -> tuple[date, date] | None:
    """First and last day of a stance, from dates as precise as they are."""
    if row["date"] is None:
        return None
    begins, ends = DateSpan.from_iso(row["date"]), DateSpan.from_iso(row["date"])
    if begins.first_day is None or ends.last_day is None:
        return None
    return begins.first_day, ends.last_day


def _label(row: dict[str, Any]) -> str:
    answer = f": {row['answer']}" if row["answer"] else ""
    return words.clip(f"{row['date']}, {row['voice']} {row['stance']}{answer}", 160)


def missing_notes(shelf: Shelf, question: str) -> list[str]:
    """What a careful reader would ask for, each one sentence."""
    stances = shelf.tables.stances.filter(pl.col("question") == question).to_dicts()
    if not stances:
        return []
    notes = []
    undated = sum(row["date"] is None for row in stances)
    if undated:
        notes.append(
            f"{words.count(undated, 'stance')} of {len(stances)} {'is' if undated == 1 else 'are'} not dated: "
            "settle the dates of the documents with “rasid settle date”."
        )
    for stance in ("affirms", "denies", "partly"):
        voices = group_voices([row for row in stances if row["stance"] == stance])
        if len(voices) == 1:
            alone = words.clip(voices[0][0]["voice"], 80)
            notes.append(f"“{stance.capitalize()}” rests on one voice alone: {alone}.")
    passed_on = {group[0]["voice"] for group in group_voices(stances) if group[0]["via"]}
    if passed_on:
        named = ", ".join(words.clip(name, 60) for name in sorted(passed_on)[:5])
        notes.append(f"Heard only through others, no document of their own in the case: {named}.")
    implied = [row for row in stances if row["directness"] == "implied" and row["stance"] != "unclear"]
    if implied:
        notes.append(f"Not stated, but following from what is said: {words.count(len(implied), 'stance')}.")
    return notes
