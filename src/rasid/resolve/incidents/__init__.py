"""Claims -> incidents: which claims of all reports speak of the same happening, with reasons and doubts.

1. told      claims that say that something happened, and can be put in time or place
2. tellings  within a document: the claims of one happening
3. joining   across documents: candidates by blocking, a score with reasons, groups without chains
4. beside    what is denied, possible or predicted, and who is held responsible: beside an incident, never part of it
5. records   rows of event data that match an incident by place and day

In: tables.CLAIMS with names, times and places; tables.DOCUMENTS with the dates that count; tables.PLACES; what people
decided. Out: the tables of model/incidents.py. A function of its input alone: the order of documents is irrelevant.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import polars as pl

from rasid.model import incidents as model
from rasid.model.incidents import ACCUSES, ALSO, TELLS
from rasid.model.judged_incidents import DIFFERENT, JudgedIncidents
from rasid.model.tables import CLAIMS, DOCUMENTS, DOUBTS, PLACES, Row, as_rows, check, table
from rasid.resolve.incidents.beside import put_beside
from rasid.resolve.incidents.days import read_days
from rasid.resolve.incidents.joining import join_tellings, links_within
from rasid.resolve.incidents.kinds import RESPONSIBLE, strands
from rasid.resolve.incidents.records import match_records
from rasid.resolve.incidents.rows import (
    best_links,
    claim_row,
    gone_doubts,
    incident_row,
    make_incidents,
    pair_doubts,
    pair_rows,
    why_it_tells,
)
from rasid.resolve.incidents.spots import place_index
from rasid.resolve.incidents.tellings import Telling, group_tellings
from rasid.resolve.incidents.told import Told, read_told

__all__ = ["Found", "find_incidents"]

_COLUMNS = ("id", "document", "start", "end", "quote", "kind", "type", "trigger", "actor", "target", "places", "time",
            "quantity", "persons", "polarity", "certainty", "voices")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Tables of model/incidents.py: INCIDENTS, INCIDENT_CLAIMS, INCIDENT_PAIRS, INCIDENT_RECORDS; and tables.DOUBTS."""

    incidents: pl.DataFrame
    claims: pl.DataFrame
    pairs: pl.DataFrame
    records: pl.DataFrame
    doubts: pl.DataFrame


def find_incidents(
    claims: pl.DataFrame,
    documents: pl.DataFrame,
    *,
    places: pl.DataFrame,
    decided: Sequence[JudgedIncidents] = (),
    records: pl.DataFrame | None = None,
) -> Found:
    """Put the claims of a case to incidents.

    claims, documents, places: tables of these names, resolved; documents with the dates that count
    decided:                   what people said about pairs of claims; counts before every score
    records:                   recorded.RECORDS of the case's event data, if there is any
    """
    told, responsible = _read(claims, documents, places)
    tellings = _tellings(told, decided)
    beside = [t for t in told if not t.tells or t.id in responsible]
    loose = [_alone(t) for t in beside if t.spots or t.persons]
    joined = join_tellings(tellings, loose, decided)
    incidents = [i for i in make_incidents(tellings, joined) if i.located]
    links = links_within(joined)
    names = {number: incident.id for incident in incidents for number in incident.numbers}
    of_incident = {i.id: links.get(joined.group[i.numbers[0]], []) for i in incidents}
    rows = {i.id: incident_row(i, of_incident[i.id]) for i in incidents}
    held: list[Row] = []
    for i in incidents:
        best = best_links(of_incident[i.id])
        for number, telling in zip(i.numbers, i.tellings, strict=True):
            why = why_it_tells(i, best.get(number))
            held += [claim_row(i.id, c, part=TELLS, why=why) for c in telling.claims]
    fits = {
        loose[n].claims[0].id: (names[k.left], k.score) for n, k in joined.loose.items() if k.left in names
    }
    held += [
        claim_row(incident, each, part=ACCUSES if each.id in responsible else ALSO, why=why)
        for each, incident, why in put_beside(beside, incidents, fits)
    ]  # fmt: skip
    pairs = pair_rows(joined, tellings, names, judged=decided)
    telling_ids = [c.id for t in tellings for c in t.claims]
    doubts = pair_doubts(pairs, rows) + gone_doubts(decided, telling_ids)
    incidents_table = table(sorted(rows.values(), key=_by_day), model.INCIDENTS)
    return Found(
        incidents_table,
        table(sorted(held, key=_by_claim), model.INCIDENT_CLAIMS),
        table(pairs, model.INCIDENT_PAIRS),
        match_records(incidents_table, records),
        table(sorted(doubts, key=lambda r: str(r["id"])), DOUBTS),
    )


def _read(claims: pl.DataFrame, documents: pl.DataFrame, places: pl.DataFrame) -> tuple[list[Told], set[str]]:
    """Every claim that speaks of a single happening, in order; and the ids of those that say who did one."""
    speaks = pl.col("type").is_in([*strands(), *RESPONSIBLE])
    dated = pl.col("time").struct.field("text").is_not_null()  # it may date the events of its sentence
    wanted = check(claims, CLAIMS, where="find_incidents").filter(speaks | dated).select(_COLUMNS)
    dates = dict(check(documents, DOCUMENTS, where="find_incidents").select("id", "date").iter_rows())
    found = place_index(as_rows(check(places, PLACES, where="find_incidents").drop("candidates")))
    told: list[Told] = []
    responsible: set[str] = set()
    rows = as_rows(wanted.sort("document", "start", "end", "id"))
    days = read_days(rows, dates)
    for row in rows:
        if row["type"] in RESPONSIBLE:
            responsible.add(str(row["id"]))
        of_claim, too_long = days[str(row["id"])]
        if too_long or not (row["type"] in RESPONSIBLE or row["type"] in strands()):
            continue
        one = read_told(row, days=of_claim, written=dates.get(row["document"]), places=found)
        if one is not None:
            told.append(one)
    return told, responsible


def _tellings(told: Sequence[Told], decided: Sequence[JudgedIncidents]) -> list[Telling]:
    """The tellings of all documents, those too that give neither day nor place: another report may."""
    apart: Collection[tuple[str, str]] = {(j.left, j.right) for j in decided if j.answer == DIFFERENT}
    by_document: dict[str, list[Told]] = {}
    for each in told:
        if each.tells:
            by_document.setdefault(each.document, []).append(each)
    return [t for held in by_document.values() for t in group_tellings(held, apart=apart)]


def _alone(told: Told) -> Telling:
    telling = Telling()
    telling.add(told)
    return telling


def _by_day(row: Row) -> tuple[bool, str, str]:
    return row["first_day"] is None, str(row["first_day"]), str(row["id"])


def _by_claim(row: Row) -> tuple[str, str, int, str]:
    start = row["start"]
    assert isinstance(start, int)
    return str(row["incident"]), str(row["document"]), start, str(row["claim"])
