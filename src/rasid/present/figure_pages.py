"""The pages of figures: what is counted, where and when, drawn with every voice; below, the numbers that stand alone.

A range and each figure in it open the words they come from. Denied, possible and predicted numbers are listed with the
reason why they count nothing, and never drawn as if they did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from importlib.resources import files
from itertools import groupby
from typing import Any

import polars as pl
from markupsafe import Markup

from rasid.model import ranges as r
from rasid.model import tables
from rasid.model.values import Bound, DateSpan
from rasid.present import words
from rasid.present.data_pages import record_link
from rasid.present.figure_list import count_figures, list_pages, lone_figures
from rasid.present.people_draw import Axis, axis
from rasid.present.press import Press, pack, sheet
from rasid.present.shelf import Shelf

_CARD_BYTES = 420_000  # of cards on a page, and of the list below them: together a page stays under 1 MB
_CARDS = 25  # cards on a page: what a reader takes in
_VOICES = 40  # figures of a range that are drawn; the others are counted in words
_SUMS = 30  # sums in one card
_COUNTED = {
    "killed": "Killed", "wounded": "Wounded", "casualties": "Killed or wounded", "missing": "Missing",
    "displaced": "Displaced", "returned": "Returned", "arrested": "Arrested", "detained": "Detained",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RangeTables:
    """RANGES, RANGE_PARTS and SUMS of model/ranges.py; empty where a case has none."""

    ranges: pl.DataFrame = field(default_factory=partial(tables.empty, r.RANGES))
    parts: pl.DataFrame = field(default_factory=partial(tables.empty, r.RANGE_PARTS))
    sums: pl.DataFrame = field(default_factory=partial(tables.empty, r.SUMS))


@dataclass(frozen=True, slots=True)
class PartView:
    """One figure of a range. Places are per cent of the axis; end None: no mark on that side.

    form: dot, bar, floor ("at least", open above), ceiling (open below); code: how the claim stands
    """

    text: str
    voice: str
    via: tuple[str, ...]
    date: str
    href: str
    document: str
    quote: str
    direction: str
    reason: str
    is_cell: bool = False
    is_vague: bool = False
    form: str = "none"
    begin: float = 0.0
    end: float = 0.0


@dataclass(frozen=True, slots=True)
class RangeView:
    """One range: what it counts, its ends in words, the figures that count, and the others with the reason."""

    id: str
    base: str
    notes: tuple[str, ...]
    ends: str
    best: str
    voices: int
    because: str
    axis: Axis
    is_drawn: bool
    band: tuple[float, float] | None
    open_high: bool
    parts: tuple[PartView, ...]
    unshown: int
    others: tuple[tuple[str, tuple[PartView, ...]], ...]
    unshown_others: int


@dataclass(frozen=True, slots=True)
class TopicView:
    """Ranges of one happening, place and time: their bases differ, so they never meet."""

    id: str
    counted: str
    place: str
    days: str
    ranges: tuple[RangeView, ...]


@dataclass(frozen=True, slots=True)
class SumView:
    """Flows that were added, or were not."""

    made: bool
    what: str
    voice: str
    because: str
    terms: tuple[tuple[str, str], ...]  # (number, address)


def print_figures(
    press: Press, shelf: Shelf, ranged: RangeTables | None = None
) -> Iterator[tuple[str, bytes]]:
    """The style sheet, then the pages: groups first, below them the numbers that stand alone."""
    ranged = ranged or RangeTables()
    yield "assets/figures.css", files("rasid.present").joinpath("static", "figures.css").read_bytes()
    card, added = press.macro("figure_parts.html", "topic"), press.macro("figure_parts.html", "sums")
    topics = topic_views(shelf, ranged)
    cards = [card(view) for view in topics]
    sums = sum_views(shelf, ranged)
    cards += [added(sums[n : n + _SUMS]) for n in range(0, len(sums), _SUMS)]
    above = _by_number(pack(cards, most_bytes=_CARD_BYTES))
    grouped = ranged.parts.filter(pl.col("relation") != r.Relation.APART.value)["claim"].drop_nulls().unique()
    lone = lone_figures(shelf, grouped)
    below = list_pages(press, shelf, lone, most_bytes=_CARD_BYTES)
    of = max(len(above), len(below), 1)
    rule = ranged.ranges["rule"][0] if ranged.ranges.height else None
    for number in range(1, of + 1):
        turn = sheet(number, of, stem="", first="index.html")
        yield press.page(
            f"figures/{dict(turn.links)[number]}",
            "figures.html",
            title="Figures",
            section="Figures",
            cards=above[number - 1] if number <= len(above) else [],
            groups=below[number - 1] if number <= len(below) else [],
            rule=rule,
            totals=count_figures(lone),
            total=shelf.tables.figures.height,
            ranges=ranged.ranges.filter(pl.col("voices") > 1).height,
            topics=len(topics),
            turn=turn,
        )


def _by_number(pages: list[list[Markup]]) -> list[list[Markup]]:
    """No more cards on a page than a reader takes in."""
    return [page[n : n + _CARDS] for page in pages for n in range(0, len(page), _CARDS)]


# --- ranges -----------------------------------------------------------------------------------------------------


def topic_views(shelf: Shelf, ranged: RangeTables) -> list[TopicView]:
    """The topics, those that most voices speak to first, then by time and place."""
    parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in ranged.parts.iter_rows(named=True):
        parts[row["range"]].append(row)
    held: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in ranged.ranges.iter_rows(named=True):
        held[row["topic"]].append(row)
    order = sorted(held.values(), key=_topic_order)
    return [_topic_view(shelf, rows, parts) for rows in order]


def _topic_order(rows: list[dict[str, Any]]) -> tuple[object, ...]:
    first = rows[0]
    return (-max(row["voices"] for row in rows), first["first_day"] or "", first["place"], first["topic"])


def _topic_view(
    shelf: Shelf, rows: list[dict[str, Any]], parts: dict[str, list[dict[str, Any]]]
) -> TopicView:
    first = rows[0]
    ordered = sorted(rows, key=lambda row: (-row["voices"], row["base"] != "people", row["base"], row["id"]))
    return TopicView(
        id=first["topic"],
        counted=_COUNTED.get(first["counted"], words.label(first["counted"]).capitalize()),
        place=words.clip(first["place"], 160),
        days=_days(first),
        ranges=tuple(_range_view(shelf, row, parts[row["id"]]) for row in ordered),
    )


def _days(row: dict[str, Any]) -> str:
    if row["span"] == "stock":
        return f"at a time, last {words.day_words(row['last_day'])}"
    if row["span"] == "running total":
        begun = f"since {words.day_words(row['first_day'])}" if row["first_day"] else "from an unknown day"
        return f"running total {begun}"
    return _stretch(row["first_day"], row["last_day"])


def _stretch(first: str | None, last: str | None) -> str:
    """ "March 2019" for all of it, "2017" for a whole year, else the days."""
    if not first or not last:
        return words.days_words(first, last)
    for length in (4, 7):
        span = DateSpan.from_iso(first[:length])
        if (span.first_day, span.last_day) == (date.fromisoformat(first), date.fromisoformat(last)):
            return words.day_words(first[:length])
    return words.days_words(first, last)


def _range_view(shelf: Shelf, row: dict[str, Any], parts: list[dict[str, Any]]) -> RangeView:
    parts = sorted(parts, key=_part_order)
    counting = [part for part in parts if part["relation"] == r.Relation.COUNTS.value]
    others = [part for part in parts if part["relation"] != r.Relation.COUNTS.value]
    numbers = [n for part in counting for n in (part["low"], part["high"]) if n is not None]
    drawn = _whole(axis(numbers or [0.0]))
    shown = others[:_VOICES]
    grouped = groupby(shown, key=lambda part: str(part["relation"]))
    low, high = row["low"], row["high"]
    band = (drawn.place(low), drawn.place(high)) if row["voices"] > 1 and None not in (low, high) else None
    return RangeView(
        id=row["id"],
        base=words.clip(words.label(row["base"]), 80),
        notes=_notes(row),
        ends=_ends(row),
        best=words.thousands(row["best"]) if row["best"] is not None else "",
        voices=row["voices"],
        because=words.clip(row["because"], 900),
        axis=drawn,
        is_drawn=len(counting) > 1,
        band=band,
        open_high=row["open_high"],
        parts=tuple(_part_view(shelf, part, drawn) for part in counting[:_VOICES]),
        unshown=max(0, len(counting) - _VOICES),
        others=tuple(
            (relation, tuple(_part_view(shelf, part) for part in group)) for relation, group in grouped
        ),
        unshown_others=max(0, len(others) - _VOICES),
    )


_RELATIONS = [relation.value for relation in r.Relation]


def _part_order(part: dict[str, Any]) -> tuple[object, ...]:
    """As the table has it, whatever order it came in."""
    rank = _RELATIONS.index(part["relation"])
    return (
        rank,
        part["date"] or "9999",
        part["document"],
        part["start"] or 0,
        part["claim"] or part["record"],
    )


def _whole(drawn: Axis) -> Axis:
    """Without the ticks between two persons."""
    return replace(drawn, ticks=tuple(tick for tick in drawn.ticks if tick[0].is_integer()))


def _notes(row: dict[str, Any]) -> tuple[str, ...]:
    """What else tells this range from its neighbours."""
    notes = []
    if row["unit"] == "family":
        notes.append("families, not persons")
    if row["measure"] != "count":
        notes.append(row["measure"] + (f" per {row['per']}" if row["per"] else ""))
    if row["method"] == "estimated":
        notes.append("estimated, not counted")
    notes += [f"by {row['actor']}"] if row["actor"] else []
    notes += [f"with {row['instrument']}"] if row["instrument"] else []
    return tuple(words.clip(note, 120) for note in notes)


def _ends(row: dict[str, Any]) -> str:
    low, high = row["low"], row["high"]
    if low is None and high is None:
        return "no number counts"
    open_end = ", no upper end" if row["open_high"] else ""
    if low is None or high is None or low == high:
        only = low if low is not None else high
        return ("up to " if low is None else "") + words.thousands(only) + open_end
    return f"{words.thousands(low)} to {words.thousands(high)}{open_end}"


def _part_view(shelf: Shelf, part: dict[str, Any], drawn: Axis | None = None) -> PartView:
    document = shelf.documents.get(part["document"])
    form, begin, end = _mark(part, drawn) if drawn is not None else ("none", 0.0, 0.0)
    return PartView(
        text=words.clip(part["text"], 120),
        voice=words.clip(part["voice"], 120),
        via=tuple(words.clip(name, 120) for name in part["via"][:4]),
        date=words.day_words(part["date"]),
        href=_address(shelf, part),
        document=document.title if document else part["document"],
        is_cell=part["record"] is not None,
        quote=words.clip(part["quote"]),
        direction=document.direction if document else "auto",
        reason=words.clip(part["reason"], 400),
        is_vague=part["bound"] == Bound.VAGUE.value,
        form=form,
        begin=begin,
        end=end,
    )


def _address(shelf: Shelf, part: dict[str, Any]) -> str:
    """Of the words, or of the data row: a record is named "<dataset>-<row>-<part>"."""
    if part["record"] is None:
        return shelf.href(part["claim"], part["document"])
    return record_link(part["document"], int(part["record"].split("-")[1]))


def _mark(part: dict[str, Any], drawn: Axis) -> tuple[str, float, float]:
    low, high = part["low"], part["high"]
    if low is None:
        return "ceiling", 0.0, drawn.place(high)
    if high is None:
        return "floor", drawn.place(low), 100.0
    return ("dot" if low == high else "bar"), drawn.place(low), drawn.place(high)


def sum_views(shelf: Shelf, ranged: RangeTables) -> list[SumView]:
    """Sums that were made, then those that were not."""
    numbers = dict(shelf.tables.figures.select("claim", "text").iter_rows())
    ordered = ranged.sums.sort("made", descending=True, maintain_order=True).iter_rows(named=True)
    return [_sum_view(shelf, row, numbers) for row in ordered]


def _sum_view(shelf: Shelf, row: dict[str, Any], numbers: dict[str, str]) -> SumView:
    held = [row["counted"], words.label(row["base"]), row["place"] and f"in {row['place']}"]
    days = _stretch(row["first_day"], row["last_day"])
    return SumView(
        made=row["made"],
        what=words.clip(", ".join([*(part for part in held if part), *([days] if days else [])]), 240),
        voice=words.clip(row["voice"], 120),
        because=words.clip(row["because"], 400),
        terms=tuple(
            (words.clip(numbers.get(claim) or "?", 60), shelf.href(claim, row["document"]))
            for claim in row["claims"][:_VOICES]
        ),
    )
