"""Questions: what each voice says to a proposition, with its words, and where two voices contradict each other.

In:  questions as understood (tables.QUESTIONS), claims with names, documents (for their dates).
Out: tables.STANCES and tables.CONFLICTS.

A claim speaks to a question when it is of the same type about the same thing (stated), or when its type
entails or excludes that (implied): who still holds territory is not wholly defeated. Nothing is decided
for the reader: the stance is the voice's, the rule and the quotes stand beside it.

    bearing.py   one claim -> what it alone says
    meant.py     "these shells", "she": who or what is meant
    where.py     is the claim of the place asked about?
    stances.py   all that one voice says -> its stance
    disputes.py  two stances -> a conflict, or a mere difference
    contradictions.py  the same between any two claims, unasked
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from rasid.knowledge.question_types import load_question_kinds
from rasid.knowledge.registry import load_registry
from rasid.knowledge.vocabulary import load_vocabulary
from rasid.model.tables import CLAIMS, CONFLICTS, DOCUMENTS, QUESTIONS, STANCES, Row, as_rows, check, table
from rasid.weigh.bearing import weigh_claim
from rasid.weigh.contradictions import find_contradictions
from rasid.weigh.counted import quantity_of, without_parts
from rasid.weigh.deeds import marks_of
from rasid.weigh.disputes import disputes_of
from rasid.weigh.evidence import Evidence, Known
from rasid.weigh.ground import survey
from rasid.weigh.meant import looks_like_a_person
from rasid.weigh.stances import stances_of
from rasid.weigh.where import parts_named

#: What happens to people one by one; "the town was released" is said of nobody.
_OF_PERSONS = frozenset(
    "release arrest detention abduction disappearance escape injury execution torture trial".split()
)


def answer_questions(
    questions: pl.DataFrame,
    claims: pl.DataFrame,
    documents: pl.DataFrame,
    *,
    places: pl.DataFrame | None = None,
    actors_file: Path | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The stance of each voice to each question, the conflicts between them, and those that nobody asked about.

    places:      tables.PLACES, for what lies in what
    actors_file: the case's own actors, added to the registry
    """
    check(questions, QUESTIONS, where="answer_questions")
    check(documents, DOCUMENTS, where="answer_questions")
    rows = as_rows(check(claims, CLAIMS, where="answer_questions"))
    if not rows:
        return table([], STANCES), table([], CONFLICTS)
    asked = as_rows(questions)
    known = load_known(asked, rows, documents, places=places, actors_file=actors_file)
    dates = dict(documents.select("id", "date").iter_rows())
    stances: list[Row] = []
    conflicts: list[Row] = []
    for question in asked:
        kind = known.kinds.by_name.get(str(question["kind"]), known.kinds.by_name["occurrence"])
        evidence = evidence_for(question, rows, known)
        taken = stances_of(question, evidence, dates, event=kind.event)
        stances += taken
        numbers = {str(e.claim["id"]): q for e in evidence if (q := quantity_of(e, question)) is not None}
        parts = {str(e.claim["id"]): parts_named(question, e.claim, known.ground) for e in evidence}
        marks = {str(e.claim["id"]): marks_of(e.claim) for e in evidence}
        conflicts += disputes_of(
            question, taken, kind, registry=known.registry, numbers=numbers, parts=parts, marks=marks
        )
    conflicts += find_contradictions(rows, dates, known)
    return table(stances, STANCES), table(conflicts, CONFLICTS)


def load_known(
    asked: Sequence[Row],
    claims: Sequence[Row],
    documents: pl.DataFrame,
    *,
    places: pl.DataFrame | None = None,
    actors_file: Path | None = None,
) -> Known:
    """What the reading of these questions leans on: what the field knows, and what the documents are about."""
    ground = survey(
        claims,
        documents.select("id", "title", "text").iter_rows(named=True),
        [str(q["place"]) for q in asked if q["place"] is not None],
        people=[str(q["target"]) for q in asked if _is_of_a_person(q)],
        groups=[str(q[role]) for q in asked for role in ("actor", "target") if q[role] is not None],
        places=[] if places is None else places.iter_rows(named=True),
    )
    return Known(load_vocabulary(), load_question_kinds(), load_registry(actors_file), ground)


def _is_of_a_person(question: Row) -> bool:
    """Is it about what became of one human being, by name?"""
    target = question["target"]
    if target is None or question["kind"] == "fate":
        return target is not None
    return question["type"] in _OF_PERSONS and looks_like_a_person(str(target))


def evidence_for(question: Row, claims: Sequence[Row], known: Known) -> list[Evidence]:
    """Every claim that speaks to the question."""
    found = [e for claim in claims if (e := weigh_claim(question, claim, known)) is not None]
    return without_parts(found) if question["kind"] == "number" else found
