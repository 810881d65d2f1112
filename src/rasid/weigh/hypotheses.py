"""Rival hypotheses held against the claims, after Heuer's analysis of competing hypotheses (1999, chapter 8).

In:  questions, claims, what people decided. Out: tables.HYPOTHESES and tables.MATRIX.

Each row of the matrix is one independent statement: all that one voice says in one sense counts once, and so do the
copies of one text. A hypothesis is ranked by how few rows speak against it, never by how many speak for it: evidence
that fits everything proves nothing. No row and no rank is called the truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import TypeAlias

import polars as pl
from rapidfuzz import fuzz

from rasid.knowledge.question_types import Hypothesis
from rasid.model.graded import GivenGrade, Graded
from rasid.model.judged import CELLS, GivenHypothesis, JudgedCell
from rasid.model.tables import CLAIMS, HYPOTHESES, MATRIX, QUESTIONS, Row, as_rows, check, table
from rasid.model.values import Stance
from rasid.weigh.bearing import weigh_claim
from rasid.weigh.disputes import one_voice
from rasid.weigh.evidence import Evidence, Known, is_a
from rasid.weigh.questions import evidence_for, load_known
from rasid.weigh.stances import quote_of

CONSISTENT, INCONSISTENT, NEUTRAL = CELLS
_COPY = 90.0  # rapidfuzz ratio from which two quotes are one text
_MAX_QUOTES = 12
_UNRELIABLE, _IMPROBABLE = "E", "5"  # grades of the Admiralty code

_Judged: TypeAlias = Mapping[tuple[str, str], tuple[str, str]]  # (claim, hypothesis) -> (cell, who set it)


@dataclass(frozen=True, slots=True)
class _Rival:
    """A hypothesis of this question: of its kind (rule) or of a person (its own proposition)."""

    id: str
    says: str
    rule: Hypothesis | None = None
    proposition: Row | None = None
    by: str | None = None


@dataclass(slots=True)
class _Row:
    """One independent statement. cells: hypothesis -> (cell, who set it)"""

    voices: list[str]
    says: str
    cells: dict[str, tuple[str, str | None]]
    evidence: list[Evidence] = field(default_factory=list)


def weigh_hypotheses(  # noqa: PLR0913 - each is one table or one kind of decision
    questions: pl.DataFrame,
    claims: pl.DataFrame,
    documents: pl.DataFrame,
    *,
    propositions: Mapping[str, Row],
    given: Sequence[GivenHypothesis] = (),
    cells: Sequence[JudgedCell] = (),
    grades: Sequence[GivenGrade] = (),
    places: pl.DataFrame | None = None,
    actors_file: Path | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """tables.HYPOTHESES and tables.MATRIX of the questions that ask for yes or no.

    propositions: the sentence of a given hypothesis -> it, understood as a question is (a row of tables.QUESTIONS)
    cells:        in the order in which they were set: the last one stands
    grades:       by people: what a voice graded E says, and a claim graded 5, counts neither for nor against
    """
    check(questions, QUESTIONS, where="weigh_hypotheses")
    rows = as_rows(check(claims, CLAIMS, where="weigh_hypotheses"))
    asked = as_rows(questions)
    added = list(propositions.values())
    known = load_known([*asked, *added], rows, documents, places=places, actors_file=actors_file)
    hypotheses: list[Row] = []
    matrix: list[Row] = []
    for question in asked:
        if question["asks"] != "whether":
            continue
        rivals = _rivals(question, propositions, given, known)
        judged = {
            (c.claim, c.hypothesis): (c.cell, c.by) for c in cells if c.question == question["question"]
        }
        held = _matrix(question, rows, rivals, {**judged, **_set_aside(rows, rivals, grades, judged)}, known)
        matrix += _matrix_rows(question, rivals, held)
        hypotheses += _ranked(question, rivals, held)
    return table(hypotheses, HYPOTHESES), table(matrix, MATRIX)


def _rivals(
    question: Row, propositions: Mapping[str, Row], given: Iterable[GivenHypothesis], known: Known
) -> list[_Rival]:
    kind = known.kinds.by_name.get(str(question["kind"]), known.kinds.by_name["occurrence"])
    names = {
        "who": question["actor"] or question["target"] or "the one asked about",
        "what": question["target"] or question["actor"] or "the one asked about",
        "where": question["place"] or "the place asked about",
    }
    own = [_Rival(rule.id, rule.says.format(**names), rule=rule) for rule in kind.hypotheses]
    added = [
        _Rival(each.id, each.says, proposition=propositions.get(each.says), by=each.by)
        for each in given
        if each.question == question["question"]
    ]
    return own + added


def _set_aside(
    claims: Iterable[Row], rivals: Sequence[_Rival], grades: Iterable[GivenGrade], judged: _Judged
) -> _Judged:
    """The cells of what a person graded as unreliable or improbable: neutral, unless a person set the cell itself."""
    voices = {g.about: g.by for g in grades if g.what is Graded.VOICE and g.grade == _UNRELIABLE}
    improbable = {g.about: g.by for g in grades if g.what is Graded.CLAIM and g.grade == _IMPROBABLE}
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for claim in claims if voices or improbable else ():
        said = claim["voices"]
        assert isinstance(said, list)
        by = improbable.get(str(claim["id"])) or voices.get(str(said[-1]))
        if by is not None:
            cells = ((str(claim["id"]), rival.id) for rival in rivals)
            found |= {cell: (NEUTRAL, by) for cell in cells if cell not in judged}
    return found


def _matrix(
    question: Row, claims: Sequence[Row], rivals: Sequence[_Rival], judged: _Judged, known: Known
) -> list[_Row]:
    """The rows, those that tell most apart first."""
    found = {str(e.claim["id"]): e for e in evidence_for(question, claims, known)}
    for claim in claims:  # what bears on a hypothesis that somebody added, and not on the question
        if str(claim["id"]) not in found and _bears_on_added(claim, rivals, known):
            found[str(claim["id"])] = Evidence(claim, Stance.UNCLEAR, stated=True)
    by_pattern: dict[tuple[object, ...], _Row] = {}
    for evidence in found.values():
        row_cells = {rival.id: _cell(evidence, rival, judged, known) for rival in rivals}
        if all(cell == NEUTRAL and by is None for cell, by in row_cells.values()):
            continue
        voices = evidence.claim["voices"]
        assert isinstance(voices, list)
        pattern = (voices[-1], *(row_cells[rival.id][0] for rival in rivals))
        row = by_pattern.setdefault(pattern, _Row([str(voices[-1])], _says(evidence), row_cells))
        row.evidence.append(evidence)
        for name, (cell, by) in row_cells.items():
            if by is not None:
                row.cells[name] = (cell, by)
    rows = _without_copies(list(by_pattern.values()))
    return sorted(rows, key=lambda row: (-_diagnostic(row), row.voices, row.says))


def _bears_on_added(claim: Row, rivals: Iterable[_Rival], known: Known) -> bool:
    return any(
        r.proposition is not None and weigh_claim(r.proposition, claim, known) is not None for r in rivals
    )


def _says(evidence: Evidence) -> str:
    return evidence.leaning.value if evidence.stated else f"implied {evidence.leaning.value}"


def _cell(evidence: Evidence, rival: _Rival, judged: _Judged, known: Known) -> tuple[str, str | None]:
    """What a person set, else what the rule gives."""
    by_person = judged.get((str(evidence.claim["id"]), rival.id))
    if by_person is not None:
        return by_person
    if rival.proposition is not None:
        own = weigh_claim(rival.proposition, evidence.claim, known)
        found = {Stance.AFFIRMS: CONSISTENT, Stance.PARTLY: CONSISTENT, Stance.DENIES: INCONSISTENT}
        return (found.get(own.leaning, NEUTRAL) if own is not None else NEUTRAL), None
    if rival.rule is None or evidence.leaning is Stance.UNCLEAR:
        return NEUTRAL, None
    said = str(evidence.claim["type"])
    for names, cell in ((rival.rule.against, INCONSISTENT), (rival.rule.fits, CONSISTENT)):
        if _says(evidence) in names or any(is_a(said, name, known) for name in names):
            return cell, None
    return NEUTRAL, None


def _without_copies(rows: list[_Row]) -> list[_Row]:
    """Rows of two voices with the same words are one, as is what a voice says and what others pass on of it."""
    kept: list[_Row] = []
    for row in sorted(rows, key=_is_passed_on):
        twin = next((other for other in kept if _is_copy(other, row) or _is_retold(other, row)), None)
        if twin is None:
            kept.append(row)
        else:
            twin.voices += [voice for voice in row.voices if voice not in twin.voices]
            twin.evidence += row.evidence
    return kept


def _is_retold(own: _Row, other: _Row) -> bool:
    """Others pass on what "the ministry" says; the Ministry of Defence of Kelan says the same itself."""
    return _is_passed_on(other) and _same_cells(own, other) and one_voice(own.voices[0], other.voices[0])


def _is_passed_on(row: _Row) -> bool:
    return all(len(_voices(e)) > 1 for e in row.evidence)


def _voices(evidence: Evidence) -> list[object]:
    voices = evidence.claim["voices"]
    assert isinstance(voices, list)
    return voices


def _same_cells(one: _Row, other: _Row) -> bool:
    return {name: cell for name, (cell, _) in one.cells.items()} == {
        name: cell for name, (cell, _) in other.cells.items()
    }


def _is_copy(one: _Row, other: _Row) -> bool:
    if not _same_cells(one, other):
        return False
    texts = [[str(e.claim["quote"]) for e in row.evidence] for row in (one, other)]
    return any(fuzz.ratio(a, b) >= _COPY for a in texts[0] for b in texts[1])


def _diagnostic(row: _Row) -> float:
    """The share of pairs of hypotheses between which the row makes a difference."""
    cells = [cell for cell, _ in row.cells.values()]
    pairs = list(combinations(cells, 2))
    return sum(a != b for a, b in pairs) / len(pairs) if pairs else 0.0


def _against(rows: Iterable[_Row], rival: _Rival) -> int:
    return sum(row.cells[rival.id][0] == INCONSISTENT for row in rows)


def _leaders(rows: Sequence[_Row], rivals: Sequence[_Rival]) -> list[str]:
    counts = {rival.id: _against(rows, rival) for rival in rivals}
    least = min(counts.values(), default=0)
    return [name for name, count in counts.items() if count == least]


def _ranked(question: Row, rivals: Sequence[_Rival], rows: Sequence[_Row]) -> list[Row]:
    counts = {rival.id: _against(rows, rival) for rival in rivals}
    order = sorted(set(counts.values()))
    ranked: list[Row] = [
        {
            "question": question["id"],
            "hypothesis": rival.id,
            "says": rival.says,
            "by": rival.by,
            "inconsistent": counts[rival.id],
            "consistent": sum(row.cells[rival.id][0] == CONSISTENT for row in rows),
            "silent": sum(row.cells[rival.id][0] == NEUTRAL for row in rows),
            "rank": order.index(counts[rival.id]) + 1,
        }
        for rival in rivals
    ]
    return sorted(ranked, key=lambda r: (int(str(r["rank"])), str(r["hypothesis"])))


def _matrix_rows(question: Row, rivals: Sequence[_Rival], rows: Sequence[_Row]) -> list[Row]:
    says = {rival.id: rival.says for rival in rivals}
    leaders = _leaders(rows, rivals)
    return [
        {
            "question": question["id"],
            "row": number,
            "voices": row.voices,
            "says": row.says,
            "cells": [{"hypothesis": name, "cell": cell, "by": by} for name, (cell, by) in row.cells.items()],
            "diagnostic": _diagnostic(row),
            "turns": _turns([other for other in rows if other is not row], rivals, leaders, says),
            "quotes": [quote_of(e.claim) for e in row.evidence[:_MAX_QUOTES]],
        }
        for number, row in enumerate(rows)
    ]


def _turns(
    rest: Sequence[_Row], rivals: Sequence[_Rival], leaders: Sequence[str], says: Mapping[str, str]
) -> str | None:
    """What the ranking would be without this row, if it would be another."""
    without = _leaders(rest, rivals)
    if without == list(leaders):
        return None
    named = " and ".join(f"“{says[name]}”" for name in without)
    return f"Without it {named} would have the fewest statements against {'it' if len(without) == 1 else 'them'}."
