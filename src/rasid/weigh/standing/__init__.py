"""Independence and standing: who repeats whom, what goes back to one origin, how voices and claims are graded.

    documents, passages     -> reuse           stretches of the same words
    claims, reuse           -> origins         what counts once
    claims, origins         -> credibilities   1 to 6, proposed; what a person set beside it
    all of these            -> standing        of each voice: kind, nearness, whom it repeats, A to F

Pure tables -> tables; the same tables give the same bytes whatever the order of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from rasid.knowledge.actors import name_key
from rasid.model.graded import GivenGrade, Graded
from rasid.model.standing import GIVEN_GRADES
from rasid.model.tables import CLAIMS, Row, as_rows, check, table
from rasid.weigh.standing.credibility import weigh_claims
from rasid.weigh.standing.incidents import grade_incident, grade_incidents
from rasid.weigh.standing.kinds import find_fighters, voice_kind
from rasid.weigh.standing.origins import Independent, find_origins, independent_voices
from rasid.weigh.standing.reuse import find_reuse
from rasid.weigh.standing.things import read_things
from rasid.weigh.standing.voices import list_standing

__all__ = [
    "Independent",
    "StandingTables",
    "find_reuse",
    "grade_incident",
    "grade_incidents",
    "independent_voices",
    "weigh_standing",
]


_READ = (
    "id", "document", "start", "quote", "type", "trigger", "actor", "target", "places", "time", "quantity", "polarity",
    "certainty", "voices",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StandingTables:
    """The five tables of model/standing.py."""

    reuse: pl.DataFrame
    origins: pl.DataFrame
    standing: pl.DataFrame
    credibilities: pl.DataFrame
    given_grades: pl.DataFrame


def weigh_standing(
    documents: pl.DataFrame,
    passages: pl.DataFrame,
    claims: pl.DataFrame,
    *,
    reuse: pl.DataFrame | None = None,
    grades: Iterable[GivenGrade] = (),
    incidents: Mapping[str, str] | None = None,
    actors_file: Path | None = None,
) -> StandingTables:
    """Weigh the independence and the standing of all voices and claims of a case.

    documents: with the dates that count
    reuse:     `find_reuse` of these documents, if it is at hand; a grade changes nothing in it
    grades:    what people set and stands
    incidents: claim -> incident, where incidents across reports are known
    """
    given = list(grades)
    reuse = find_reuse(documents, passages) if reuse is None else reuse
    claims = check(claims, CLAIMS, where="weigh_standing").sort("document", "start", "end", "id")
    rows = as_rows(claims.select(_READ))
    things = read_things(rows, dict(incidents or {}))
    origins = find_origins(rows, things, reuse)
    fighters = find_fighters(rows)
    names = sorted({str(name) for row in rows for name in _voices(row)})
    kinds = {name: voice_kind(name, fighters=fighters, actors_file=actors_file) for name in names}
    credibilities = weigh_claims(
        things, origins, kinds={name: kind for name, (kind, _) in kinds.items()}, given=given
    )
    standing = list_standing(
        documents, rows, reuse=reuse, origins=origins, credibilities=credibilities, kinds=kinds, given=given
    )
    known = {
        Graded.VOICE: {name_key(name) for name in names},
        Graded.CLAIM: {thing.claim for thing in things},
    }
    if incidents is not None:
        known[Graded.INCIDENT] = {*incidents, *incidents.values()}
    return StandingTables(reuse, origins, standing, credibilities, _listed(given, known))


def _voices(row: Row) -> list[object]:
    voices = row["voices"]
    assert isinstance(voices, list)
    return voices


def _listed(given: Iterable[GivenGrade], known: Mapping[Graded, set[str]]) -> pl.DataFrame:
    """All grades that stand, those too whose voice, claim or incident is gone."""
    rows: list[Row] = []
    for grade in sorted(given, key=lambda grade: (grade.what.value, grade.about)):
        about = name_key(grade.about) if grade.what is Graded.VOICE else grade.about
        row: Row = {"what": grade.what.value, "about": grade.about, "grade": grade.grade}
        row |= {"because": grade.because, "by": grade.by, "at": grade.at}
        rows.append(row | {"found": about in known[grade.what] if grade.what in known else None})
    return table(rows, GIVEN_GRADES)
