"""What people decided, and the state that follows from all their logs (decision_log.py).

Each verb appends one line; `replay` reads all lines of all people in the order of time and says what stands.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from rasid.case import Case
from rasid.errors import WrongUse
from rasid.model.graded import GivenGrade
from rasid.model.judged import CELLS, GivenHypothesis, JudgedCell
from rasid.model.judged_incidents import JudgedIncidents
from rasid.model.listed import GivenList, JudgedPair
from rasid.model.settled import Settled
from rasid.store.decision_log import (
    FIRST,
    Decision,
    DecisionKind,
    What,
    append,
    locked,
    log_name,
    logs,
    read_decisions,
    read_log,
)
from rasid.store.grade_decisions import replay_grade
from rasid.store.incident_decisions import replay_incident
from rasid.store.people_decisions import replay_list, replay_pair

__all__ = [
    "FIRST",
    "Asked",
    "Decided",
    "Decision",
    "DecisionKind",
    "What",
    "ask",
    "drop",
    "judge",
    "log_name",
    "logs",
    "plain_name",
    "plain_question",
    "read_decisions",
    "read_log",
    "reopen",
    "replay",
    "settle",
    "standing",
    "suppose",
    "withdraw",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that stands: who asked it first, and when."""

    question: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What follows from all logs. Each in the order in which it was decided, lists in that in which they came first."""

    questions: tuple[Asked, ...]
    places: tuple[Settled, ...] = ()
    actors: tuple[Settled, ...] = ()
    dates: tuple[Settled, ...] = ()
    hypotheses: tuple[GivenHypothesis, ...] = ()
    cells: tuple[JudgedCell, ...] = ()
    lists: tuple[GivenList, ...] = ()
    list_files: frozenset[str] = frozenset()  # every original that is or was a list
    pairs: tuple[JudgedPair, ...] = ()
    incidents: tuple[JudgedIncidents, ...] = ()
    grades: tuple[GivenGrade, ...] = ()

    def settled(self, what: What) -> tuple[Settled, ...]:
        """Those of one kind."""
        match what:
            case What.PLACE:
                return self.places
            case What.ACTOR:
                return self.actors
            case What.DATE:
                return self.dates
            case _:
                assert_never(what)


def ask(case: Case, question: str, *, by: str, at: datetime | None = None) -> bool:
    """Put a question to the case. One that stands already, asked by anybody, is not written again.

    at:      when; now unless given
    returns: whether it is new
    raises:  WrongUse if the question is empty; BrokenLog if a log is damaged
    """
    wanted = plain_question(question)
    with locked(case):
        if any(asked.question == wanted for asked in replay(case).questions):
            return False
        append(case, DecisionKind.ASK, {"question": wanted}, by=by, at=at)
    return True


def withdraw(case: Case, question: str, *, by: str, at: datetime | None = None) -> None:
    """Take a question back. Anyone may withdraw any question; the logs keep who did.

    raises: WrongUse if it is not asked now; BrokenLog if a log is damaged
    """
    wanted = plain_question(question)
    with locked(case):
        if all(asked.question != wanted for asked in replay(case).questions):
            raise WrongUse(
                f'"{wanted}" is not a question of this case. `rasid show questions` lists those that are.'
            )
        append(case, DecisionKind.WITHDRAW, {"question": wanted}, by=by, at=at)


def settle(
    case: Case,
    what: What,
    name: str,
    *,
    means: str,
    shown: str,
    by: str,
    document: str = "",
    at: datetime | None = None,
) -> bool:
    """Settle what a name means, or the date of a document; the last word counts, whoever says it.

    name, means, shown, document: as in model.settled.Settled
    returns: whether it is new
    raises:  WrongUse if the name is empty; BrokenLog if a log is damaged
    """
    plain = plain_name(name)
    line = {"name": plain, "means": means, "shown": shown} | ({"document": document} if document else {})
    with locked(case):
        held = standing(case, what, plain, document=document)
        if held is not None and held.means == means:
            return False
        append(case, DecisionKind(f"settle {what}"), line, by=by, at=at)
    return True


def reopen(
    case: Case, what: What, name: str, *, by: str, document: str = "", at: datetime | None = None
) -> None:
    """Take back what was settled. Anyone may; the logs keep who did.

    raises: WrongUse if it is not settled now; BrokenLog if a log is damaged
    """
    plain = plain_name(name)
    with locked(case):
        held = standing(case, what, plain, document=document)
        if held is None:
            names = ", ".join(
                f'"{s.shown if what is What.DATE else s.name}"' for s in replay(case).settled(what)
            )
            raise WrongUse(f'No {what} is settled for "{plain}". Settled now: {names or "none"}.')
        line = {"name": held.name} | ({"document": document} if document else {})
        append(case, DecisionKind(f"reopen {what}"), line, by=by, at=at)


def suppose(case: Case, question: str, says: str, *, by: str, at: datetime | None = None) -> str:
    """Put a hypothesis beside those of the kind of question. One that stands already is not written again.

    returns: its short id, by which a cell names it
    raises:  WrongUse if the question is not asked or the sentence is empty; BrokenLog if a log is damaged
    """
    plain, sentence = plain_question(question), plain_name(says)
    short = hashlib.sha256(f"{plain}\n{sentence}".encode()).hexdigest()[:6]
    with locked(case):
        held = _asked_now(case, plain)
        if all((h.question, h.id) != (plain, short) for h in held.hypotheses):
            line = {"question": plain, "means": sentence, "shown": short}
            append(case, DecisionKind.SUPPOSE, line, by=by, at=at)
    return short


def drop(case: Case, question: str, hypothesis: str, *, by: str, at: datetime | None = None) -> None:
    """Take back a hypothesis that a person added. Cells set for it are kept, and count again if it returns.

    raises: WrongUse if there is no such hypothesis; BrokenLog if a log is damaged
    """
    plain = plain_question(question)
    with locked(case):
        held = [h.id for h in _asked_now(case, plain).hypotheses if h.question == plain]
        if hypothesis not in held:
            names = ", ".join(held) or "none"
            raise WrongUse(f'No hypothesis "{hypothesis}" was added to this question. Added now: {names}.')
        append(case, DecisionKind.DROP, {"question": plain, "shown": hypothesis}, by=by, at=at)


def judge(
    case: Case,
    question: str,
    *,
    claim: str,
    hypothesis: str,
    cell: str,
    by: str,
    at: datetime | None = None,
) -> None:
    """Set one cell of the matrix of a question. An empty cell gives it back to the rule.

    raises: WrongUse if the question is not asked or there is no such cell; BrokenLog if a log is damaged
    """
    plain = plain_question(question)
    if cell and cell not in CELLS:
        raise WrongUse(f'A cell is {", ".join(CELLS)}, or empty for the rule; not "{cell}".')
    with locked(case):
        _asked_now(case, plain)
        line = {"question": plain, "claim": claim, "shown": hypothesis, "means": cell}
        append(case, DecisionKind.JUDGE, line, by=by, at=at)


def _asked_now(case: Case, question: str) -> Decided:
    held = replay(case)
    if all(asked.question != question for asked in held.questions):
        raise WrongUse(
            f'"{question}" is not a question of this case. `rasid show questions` lists those that are.'
        )
    return held


def standing(case: Case, what: What, name: str, *, document: str = "") -> Settled | None:
    """What is settled now for this name, or None. Names that differ in case, marks or article alone are one.

    raises: BrokenLog if a log is damaged
    """
    wanted = _key(what, name, document)
    held = replay(case).settled(what)
    return next((s for s in held if _key(what, s.name, s.document) == wanted), None)


def plain_name(name: str) -> str:
    """The name with single spaces and composed letters.

    raises: WrongUse if nothing is left
    """
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    if not plain:
        raise WrongUse("The name is empty.")
    return plain


def _key(what: What, name: str, document: str) -> tuple[str, str]:
    from rasid.knowledge.actors import name_key  # not at the top: a build with nothing to do need not load it

    return document, name if what is What.DATE else name_key(name)


def plain_question(question: str) -> str:
    """The question with single spaces and composed letters: the form in which two are the same.

    raises: WrongUse if nothing is left
    """
    plain = " ".join(unicodedata.normalize("NFC", question).split())
    if not plain:
        raise WrongUse('The question is empty. Ask one like: --ask "Has the bridge been rebuilt?"')
    return plain


def replay(case: Case) -> Decided:
    """What all logs together say now. The same logs always give the same answer.

    raises: BrokenLog naming the file and the line
    """
    asked: dict[str, Asked] = {}
    settled: dict[What, dict[tuple[str, str], Settled]] = {what: {} for what in What}
    supposed: dict[tuple[str, str], GivenHypothesis] = {}
    cells: dict[tuple[str, str, str], JudgedCell] = {}
    lists: dict[str, GivenList] = {}
    list_files: set[str] = set()
    pairs: dict[tuple[str, str], JudgedPair] = {}
    incidents: dict[tuple[str, str], JudgedIncidents] = {}
    grades: dict[tuple[str, str], GivenGrade] = {}
    for d in read_decisions(case):
        match d.kind:
            case DecisionKind.ASK:
                asked.setdefault(d.about, Asked(d.about, by=d.by, at=d.at))
            case DecisionKind.WITHDRAW:
                asked.pop(d.about, None)
            case DecisionKind.SETTLE_PLACE | DecisionKind.SETTLE_ACTOR | DecisionKind.SETTLE_DATE:
                held, key = _place_in(settled, d)
                held.pop(key, None)  # the new one stands last
                held[key] = Settled(d.about, d.means, d.shown, d.document, d.by, d.at)
            case DecisionKind.REOPEN_PLACE | DecisionKind.REOPEN_ACTOR | DecisionKind.REOPEN_DATE:
                held, key = _place_in(settled, d)
                held.pop(key, None)
            case DecisionKind.SUPPOSE:
                supposed[d.about, d.shown] = GivenHypothesis(d.about, d.means, d.shown, d.by, d.at)
            case DecisionKind.DROP:
                supposed.pop((d.about, d.shown), None)
            case DecisionKind.JUDGE:
                cells.pop((d.about, d.claim, d.shown), None)
                if d.means:
                    cells[d.about, d.claim, d.shown] = JudgedCell(
                        d.about, d.claim, d.shown, d.means, d.by, d.at
                    )
            case DecisionKind.LIST:
                replay_list(lists, list_files, d)
            case DecisionKind.PAIR:
                replay_pair(pairs, d)
            case DecisionKind.INCIDENT:
                replay_incident(incidents, d)
            case DecisionKind.GRADE_VOICE | DecisionKind.GRADE_CLAIM | DecisionKind.GRADE_INCIDENT:
                replay_grade(grades, d)
            case _:
                assert_never(d.kind)
    return Decided(
        tuple(asked.values()),
        places=tuple(settled[What.PLACE].values()),
        actors=tuple(settled[What.ACTOR].values()),
        dates=tuple(settled[What.DATE].values()),
        hypotheses=tuple(supposed.values()),
        cells=tuple(cells.values()),
        lists=tuple(lists.values()),
        list_files=frozenset(list_files),
        pairs=tuple(pairs.values()),
        incidents=tuple(incidents.values()),
        grades=tuple(grades.values()),
    )


def _place_in(
    settled: dict[What, dict[tuple[str, str], Settled]], d: Decision
) -> tuple[dict[tuple[str, str], Settled], tuple[str, str]]:
    what = What(d.kind.value.split()[1])
    return settled[what], _key(what, d.about, d.document)
