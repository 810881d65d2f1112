"""The pages of incidents: the list by day, and for each what its voices agree on and where they differ.

An incident of which one claim tells, with nothing beside it, has no page: the list leads to its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from rasid.model.incidents import ACCUSES, ALSO, TELLS
from rasid.present import words
from rasid.present.incident_views import (
    BESIDE,
    CLAIMS,
    IncidentLine,
    IncidentTables,
    accused_views,
    aspect_views,
    by_incident,
    incident_lines,
    row_views,
    span_views,
)
from rasid.present.press import Press, sheets
from rasid.present.shelf import ClaimView, Shelf

__all__ = ["IncidentTables", "print_incidents"]

LISTED = 200  # incidents on a page of the list
_PAIRS = 12  # other incidents that may be the same one


@dataclass(frozen=True, slots=True)
class Report:
    """The claims of one document that tell the incident. command: what to type if it tells of another one."""

    title: str
    href: str
    date: str | None
    why: str
    claims: tuple[ClaimView, ...]
    command: str


@dataclass(frozen=True, slots=True)
class Twin:
    """Another incident that may be the same one."""

    line: IncidentLine
    why: tuple[str, ...]
    same: str
    different: str


@dataclass(frozen=True, slots=True)
class _Held:
    """Everything by incident, read once."""

    given: IncidentTables
    lines: Mapping[str, IncidentLine]
    incidents: Mapping[str, dict[str, Any]]
    claims: Mapping[str, list[dict[str, Any]]]
    sides: Mapping[str, list[dict[str, Any]]]
    ranges: Mapping[str, list[dict[str, Any]]]
    accused: Mapping[str, list[dict[str, Any]]]
    matches: Mapping[str, list[dict[str, Any]]]
    twins: Mapping[str, list[dict[str, Any]]]
    rows: Mapping[str, int]


def print_incidents(press: Press, shelf: Shelf, given: IncidentTables) -> Iterator[tuple[str, bytes]]:
    """The lists of dated and of undated incidents, and a page for each that more than one claim speaks of.

    shelf: after the documents were printed, so that each claim has its address
    """
    yield "assets/incidents.css", files("rasid.present").joinpath("static", "incidents.css").read_bytes()
    lines = incident_lines(shelf, given)
    undated = {row["id"] for row in given.incidents.iter_rows(named=True) if row["dated"] == "undated"}
    dated_lines = [line for line in lines if line.id not in undated]
    undated_lines = [line for line in lines if line.id in undated]
    for folder, shown in (("incidents", dated_lines), ("incidents/undated", undated_lines)):
        for path, turn, part in sheets(folder, len(shown), most=LISTED):
            yield press.page(
                path,
                "incidents.html",
                title="Incidents",
                section="Incidents",
                lines=shown[part],
                dated=len(dated_lines),
                undated=len(undated_lines),
                is_undated=folder != "incidents",
                doubtful=given.pairs.height,
                graded=given.grades.height > 0,
                turn=turn,
            )
    held = _hold(shelf, given, lines)
    for line in lines:
        if line.has_page:
            yield _print_incident(press, shelf, line, held)


def _hold(shelf: Shelf, given: IncidentTables, lines: Sequence[IncidentLine]) -> _Held:
    twins: dict[str, list[dict[str, Any]]] = {}
    for pair in given.pairs.iter_rows(named=True):
        for side in ("left", "right"):
            twins.setdefault(pair[side], []).append(pair)
    return _Held(
        given,
        {line.id: line for line in lines},
        {row["id"]: row for row in given.incidents.iter_rows(named=True)},
        by_incident(given.claims),
        by_incident(given.sides),
        by_incident(given.ranges),
        by_incident(given.accused),
        by_incident(given.matches),
        twins,
        {claim: row for row, claim in enumerate(shelf.tables.claims["id"])},
    )


def _print_incident(press: Press, shelf: Shelf, line: IncidentLine, held: _Held) -> tuple[str, bytes]:
    agreed, differs = aspect_views(
        shelf, [s for s in held.sides.get(line.id, []) if s["aspect"] != "accused"]
    )
    claims = held.claims[line.id]
    return press.page(
        f"incidents/{line.id}.html",
        "incident.html",
        title=f"{line.what}{', ' + line.place if line.place else ''}, {line.when}",
        section="Incidents",
        line=line,
        why=[words.clip(clause, 300) for clause in held.incidents[line.id]["why"]],
        agreed=agreed,
        differs=differs,
        spans=span_views(shelf, held.ranges.get(line.id, [])),
        accused=accused_views(shelf, held.accused.get(line.id, [])),
        reports=_reports(shelf, claims, held),
        blamed=_views(shelf, [c for c in claims if c["part"] == ACCUSES][:BESIDE], held),
        also=_views(shelf, [c for c in claims if c["part"] == ALSO][:BESIDE], held),
        unshown=_unshown(claims),
        rows=row_views(held.given, held.matches.get(line.id, [])),
        matched=len(held.matches.get(line.id, [])),
        twins=_twins(line.id, held),
    )


def _unshown(claims: Sequence[dict[str, Any]]) -> int:
    """How many claims the page leaves out."""
    most = {TELLS: CLAIMS, ACCUSES: BESIDE, ALSO: BESIDE}
    return sum(max(0, sum(c["part"] == part for c in claims) - limit) for part, limit in most.items())


def _views(shelf: Shelf, claims: Sequence[dict[str, Any]], held: _Held) -> list[ClaimView]:
    return shelf.views_at([held.rows[claim["claim"]] for claim in claims])


def _reports(shelf: Shelf, claims: Sequence[dict[str, Any]], held: _Held) -> list[Report]:
    """The claims that tell it, document by document in the order of the list of documents."""
    telling = [claim for claim in claims if claim["part"] == TELLS][:CLAIMS]
    by_document: dict[str, list[dict[str, Any]]] = {}
    for claim in telling:
        by_document.setdefault(claim["document"], []).append(claim)
    ordered = [document for document in shelf.documents if document in by_document]
    first = by_document[ordered[0]][0]["claim"]
    found = []
    for document in ordered:
        about, mine = shelf.documents[document], by_document[document]
        command = f"rasid incident different {first} {mine[0]['claim']}" if document != ordered[0] else ""
        views = tuple(_views(shelf, mine, held))
        href = shelf.href(None, document)
        found.append(Report(about.title, href, about.date, words.clip(mine[0]["why"], 400), views, command))
    return found


def _twins(incident: str, held: _Held) -> list[Twin]:
    found = []
    for pair in held.twins.get(incident, [])[:_PAIRS]:
        other = pair["right"] if pair["left"] == incident else pair["left"]
        names = f"{pair['left']} {pair['right']}"
        found.append(Twin(
            held.lines[other], tuple(words.clip(clause, 300) for clause in pair["why"][:6]),
            f"rasid incident same {names}", f"rasid incident different {names}",
        ))  # fmt: skip
    return found
