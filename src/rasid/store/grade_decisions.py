"""Decisions about grades: of a voice (A to F), of a claim (1 to 6), of an incident.

A line of a log (decision_log.py):

    "kind": "grade voice", "name": "Valley Observatory", "means": "B", "shown": "four years of checked lists"
    "kind": "grade claim", "name": "c0a1…", "means": "2", "shown": ""
    "kind": "grade incident", "name": "i7c2…", "means": "fair", "shown": ""

`shown` says why. An empty `means` gives the grade back to the rule. The last word counts, whoever says it. A grade
whose voice, claim or incident is gone stays in the log and is listed.
"""

from __future__ import annotations

from datetime import datetime

from rasid.case import Case
from rasid.errors import WrongUse
from rasid.model.graded import GRADES, GivenGrade, Graded
from rasid.store.decision_log import Decision, DecisionKind, append, locked


def grade(
    case: Case,
    what: Graded,
    about: str,
    *,
    means: str,
    because: str = "",
    by: str,
    at: datetime | None = None,
) -> bool:
    """Set a grade, or with an empty one give it back to the rule.

    about:   name of the voice, id of the claim or the incident
    returns: whether it is new
    raises:  WrongUse for a grade that there is not, an empty name, or nothing to give back; BrokenLog
    """
    from rasid.store.decisions import plain_name, replay

    plain = plain_name(about)
    if means and means not in GRADES[what]:
        *most, last = GRADES[what]
        article = "An" if what is Graded.INCIDENT else "A"
        raise WrongUse(f'{article} {what} is graded {", ".join(most)} or {last}; not "{means}".')
    why = " ".join(because.split())
    with locked(case):
        held = {_key(g.what, g.about): g for g in replay(case).grades}.get(_key(what, plain))
        if held is None and not means:
            raise WrongUse(f'Nobody has graded the {what} "{plain}".')
        if held is not None and (held.grade, held.because) == (means, why):
            return False
        line = {"name": plain, "means": means, "shown": why}
        append(case, DecisionKind(f"grade {what}"), line, by=by, at=at)
    return True


def replay_grade(grades: dict[tuple[str, str], GivenGrade], d: Decision) -> None:
    """One line about a grade."""
    what = Graded(d.kind.value.removeprefix("grade "))
    key = _key(what, d.about)
    grades.pop(key, None)  # the new one stands last
    if d.means:
        grades[key] = GivenGrade(what, d.about, d.means, d.shown, d.by, d.at)


def _key(what: Graded, about: str) -> tuple[str, str]:
    """Names of voices that differ in case, marks or article alone are one."""
    from rasid.knowledge.actors import name_key  # not at the top: a build with nothing to do need not load it

    return what.value, name_key(about) if what is Graded.VOICE else about
