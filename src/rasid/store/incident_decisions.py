"""Decisions about incidents: two claims tell of one happening, or of two.

One line of a log (decision_log.py), about claims and not about incidents, whose make-up changes with each new report:

    "kind": "incident", "name": "c0a1…", "document": "c7c2…", "means": "same", "shown": "air strike in Dovrek"

An empty `means` takes an answer back. The last word counts, whoever says it.
"""

from __future__ import annotations

from datetime import datetime

from rasid.case import Case
from rasid.errors import WrongUse
from rasid.model.judged_incidents import ANSWERS, JudgedIncidents
from rasid.store.decision_log import Decision, DecisionKind, append, locked


def judge_incidents(
    case: Case, left: str, right: str, *, means: str, shown: str, by: str, at: datetime | None = None
) -> bool:
    """Write down that two claims are of one incident ("same") or of two ("different"); "" takes it back.

    shown:   what the two are, in words: the claims may be gone when somebody reads this
    returns: whether it is new
    raises:  WrongUse for an answer that is none, a claim compared with itself, or nothing to take back; BrokenLog
    """
    from rasid.store.decisions import replay

    if means and means not in ANSWERS:
        raise WrongUse(f'An answer is {" or ".join(ANSWERS)}; not "{means}".')
    if left == right:
        raise WrongUse(f"{left} is one claim; an answer is about two.")
    pair = (min(left, right), max(left, right))
    with locked(case):
        standing = {(j.left, j.right): j.answer for j in replay(case).incidents}
        if not means and pair not in standing:
            raise WrongUse(f"Nothing was decided about {pair[0]} and {pair[1]}.")
        if standing.get(pair, "") == means:
            return False
        line = {"name": pair[0], "document": pair[1], "means": means, "shown": shown}
        append(case, DecisionKind.INCIDENT, line, by=by, at=at)
    return True


def replay_incident(held: dict[tuple[str, str], JudgedIncidents], d: Decision) -> None:
    """One line about two claims."""
    held.pop((d.about, d.document), None)
    if d.means:
        held[d.about, d.document] = JudgedIncidents(d.about, d.document, d.means, d.by, d.at)
