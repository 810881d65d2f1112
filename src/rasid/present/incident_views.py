"""Incidents as they are shown: the line in the list, the sides of each difference, numbers, accusations, data rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import polars as pl

from rasid.model import incidents as model
from rasid.model import tables
from rasid.model.recorded import DATASETS, RECORDS
from rasid.model.standing import INCIDENT_GRADES
from rasid.present import words
from rasid.present.asked import QuoteView, quote_view
from rasid.present.data_pages import record_link
from rasid.present.shelf import Shelf

QUOTES = 4  # of one side, shown at once; the others are counted
CLAIMS = 100  # that tell one incident, on its page
BESIDE = 40  # that stand beside it
SIDES = 10  # of one aspect
ROWS = 60  # of event data beside one incident
_LABELS = {"what": "What was done", "day": "Day", "place": "Place", "area": "Area", "accused": "Who did it"}
_SCALE = 300.0  # width of a drawn span, in units of the drawing


@dataclass(frozen=True, slots=True)
class IncidentTables:
    """The tables that the pages of incidents are made from; without event data the three about rows are empty."""

    incidents: pl.DataFrame
    claims: pl.DataFrame
    pairs: pl.DataFrame
    sides: pl.DataFrame
    ranges: pl.DataFrame
    accused: pl.DataFrame
    matches: pl.DataFrame = field(default_factory=partial(tables.empty, model.INCIDENT_RECORDS))
    records: pl.DataFrame = field(default_factory=partial(tables.empty, RECORDS))
    datasets: pl.DataFrame = field(default_factory=partial(tables.empty, DATASETS))
    grades: pl.DataFrame = field(default_factory=partial(tables.empty, INCIDENT_GRADES))


@dataclass(frozen=True, slots=True)
class GradeView:
    """The grade of an incident: what a person set, and beside it what the rule proposes and why."""

    proposed: str
    reason: str
    given: str
    because: str
    by: str
    at: str  # the day

    @property
    def stands(self) -> str:
        """The grade that counts: a person's goes before the rule's."""
        return self.given or self.proposed


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident in the list. href: its page, or its only claim, from the root of the site."""

    id: str
    href: str
    has_page: bool
    what: str
    when: str
    place: str
    reports: int
    claims: int
    voices: int
    dead: tuple[str, ...]
    differs: tuple[str, ...]
    grade: GradeView | None


@dataclass(frozen=True, slots=True)
class SideView:
    """One of the things that voices say of an aspect."""

    says: str
    voices: tuple[str, ...]
    quotes: tuple[QuoteView, ...]
    unshown: int


@dataclass(frozen=True, slots=True)
class AspectView:
    """What the voices say of one aspect. label: "Dead, of civilians"."""

    label: str
    sides: tuple[SideView, ...]
    unshown: int


@dataclass(frozen=True, slots=True)
class SpanView:
    """The span of the numbers of one effect and base. left, right: where it is drawn, in units of the drawing."""

    label: str
    words: str
    rule: str
    voices: int
    left: float
    right: float
    is_open: bool
    quotes: tuple[QuoteView, ...]
    unshown: int


@dataclass(frozen=True, slots=True)
class AccusedView:
    """One party, with who says what of it."""

    accused: str
    said: tuple[tuple[str, str, QuoteView], ...]  # voice, status, quote


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of event data. href: from the root of the site; says: the cell of its number, with its heading."""

    dataset: str
    row: int
    href: str
    type: str
    where: str
    when: str
    says: str
    source: str
    why: str


def by_incident(frame: pl.DataFrame) -> Mapping[str, list[dict[str, Any]]]:
    """Rows by their incident, in the order of the table."""
    held: dict[str, list[dict[str, Any]]] = {}
    for row in frame.iter_rows(named=True):
        held.setdefault(row["incident"], []).append(row)
    return held


def incident_lines(shelf: Shelf, given: IncidentTables) -> list[IncidentLine]:
    """One line per incident, in the order of days, the undated last."""
    spans, sides = by_incident(given.ranges), by_incident(given.sides)
    claims, matched = by_incident(given.claims), set(given.matches["incident"])
    grades = {row["incident"]: _grade(row) for row in given.grades.iter_rows(named=True)}
    return [
        _line(
            shelf,
            row,
            spans.get(i, []),
            sides=sides.get(i, []),
            claims=claims[i],
            matched=i in matched,
            grade=grades.get(i),
        )
        for row in given.incidents.iter_rows(named=True)
        if (i := row["id"])
    ]


def _grade(row: dict[str, Any]) -> GradeView:
    return GradeView(
        proposed=row["proposed"], reason=words.clip(row["reason"], 300), given=row["given"] or "",
        because=words.clip(row["because"] or "", 300), by=words.clip(row["by"] or "", 120), at=(row["at"] or "")[:10],
    )  # fmt: skip


def _line(
    shelf: Shelf,
    row: dict[str, Any],
    spans: Sequence[dict[str, Any]],
    *,
    sides: Sequence[dict[str, Any]],
    claims: Sequence[dict[str, Any]],
    matched: bool,
    grade: GradeView | None,
) -> IncidentLine:
    alone = len(claims) == 1 and not matched and not (grade and grade.given)
    href = shelf.href(claims[0]["claim"], claims[0]["document"]) if alone else f"incidents/{row['id']}.html"
    differs = dict.fromkeys(side_label(s) for s in sides if not s["agreed"])
    return IncidentLine(
        id=row["id"],
        href=href,
        has_page=not alone,
        what=words.label(row["what"]),
        when=words.days_words(row["first_day"], row["last_day"]) or "undated",
        place=words.clip(row["place"] or "", 120),
        reports=row["documents"],
        claims=row["claims"],
        voices=len(row["voices"]),
        dead=tuple(span_words(s) for s in spans if s["aspect"] == "dead")[:4],
        differs=tuple(differs)[:5],
        grade=grade,
    )


def side_label(side: dict[str, Any]) -> str:
    """ "Day", "Dead, of civilians"."""
    plain = _LABELS.get(side["aspect"], str(side["aspect"]).capitalize())
    return f"{plain}: {words.label(side['base'])}" if side["base"] else plain


def span_words(span: dict[str, Any]) -> str:
    """ "12 to 17 people", "15 or more civilians"."""
    low, high = words.thousands(span["low"]), words.thousands(span["high"])
    number = low if span["low"] == span["high"] else f"{low} to {high}"
    return f"{number}{' or more' if span['open'] else ''} {words.label(span['base'])}"


def aspect_views(shelf: Shelf, sides: Iterable[dict[str, Any]]) -> tuple[list[AspectView], list[AspectView]]:
    """The aspects that two voices or more agree on, and those that differ."""
    held: dict[tuple[str, bool], list[dict[str, Any]]] = {}
    for side in sides:
        held.setdefault((side_label(side), side["agreed"]), []).append(side)
    views = [
        (agreed, AspectView(label, tuple(_side(shelf, s) for s in rows[:SIDES]), max(0, len(rows) - SIDES)))
        for (label, agreed), rows in held.items()
    ]
    shared = [
        view for agreed, view in views if agreed and len({v for side in view.sides for v in side.voices}) > 1
    ]
    return shared, [view for agreed, view in views if not agreed]


def _side(shelf: Shelf, side: dict[str, Any]) -> SideView:
    says = side["says"]
    if side["aspect"] == "day":
        first, _, last = says.partition(" to ")
        says = words.days_words(first, last or first)
    quotes, unshown = _quotes(shelf, side["quotes"])
    return SideView(
        words.clip(says, 120), tuple(words.clip(v, 120) for v in side["voices"][:8]), quotes, unshown
    )


def span_views(shelf: Shelf, spans: Sequence[dict[str, Any]]) -> list[SpanView]:
    """The spans of one incident, drawn on one scale for each effect."""
    views = []
    for span in spans:
        top = max(s["high"] for s in spans if s["aspect"] == span["aspect"]) or 1.0
        quotes, unshown = _quotes(shelf, span["quotes"])
        views.append(SpanView(
            label=str(span["aspect"]).capitalize(), words=span_words(span), rule=span["rule"], voices=span["voices"],
            left=round(_SCALE * span["low"] / top, 1), right=round(_SCALE * span["high"] / top, 1),
            is_open=span["open"], quotes=quotes, unshown=unshown,
        ))  # fmt: skip
    return views


def accused_views(shelf: Shelf, rows: Iterable[dict[str, Any]]) -> list[AccusedView]:
    """Each party that is named as having done it, with every voice that says so or denies it."""
    held: dict[str, dict[tuple[str, str], tuple[str, str, QuoteView]]] = {}
    for row in rows:
        said = held.setdefault(words.clip(row["accused"], 160), {})
        key = row["voice"], row["status"]
        said.setdefault(key, (words.clip(row["voice"], 120), row["status"], quote_view(shelf, row)))
    return [AccusedView(accused, tuple(said.values())[:SIDES]) for accused, said in held.items()][:SIDES]


def row_views(given: IncidentTables, matches: Sequence[dict[str, Any]]) -> list[RowView]:
    """The data rows that match, with their dataset, nearest first."""
    wanted = given.records.filter(pl.col("id").is_in([m["record"] for m in matches[:ROWS]]))
    records = {row["id"]: row for row in wanted.iter_rows(named=True)}
    names = dict(given.datasets.select("id", "name").iter_rows())
    found = []
    for match in matches[:ROWS]:
        if (row := records.get(match["record"])) is None:
            continue
        said = f"{row['column']}: {row['as_said']}" if row["as_said"] else ""
        found.append(RowView(
            dataset=names.get(row["dataset"]) or row["dataset"], row=row["row"],
            href=record_link(row["dataset"], row["row"]), type=words.label(row["type"]),
            where=words.clip(row["place"] or row["adm1"] or "", 120),
            when=words.days_words(row["first_day"], row["last_day"]), says=words.clip(said, 200),
            source=words.clip(row["source"] or row["voice"] or "", 160), why=match["why"],
        ))  # fmt: skip
    return found


def _quotes(shelf: Shelf, quotes: Sequence[dict[str, Any]]) -> tuple[tuple[QuoteView, ...], int]:
    return tuple(quote_view(shelf, quote) for quote in quotes[:QUOTES]), max(0, len(quotes) - QUOTES)
