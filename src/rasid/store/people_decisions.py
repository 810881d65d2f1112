"""Decisions about lists of people: a file is a list, two rows are one human being or not.

Two lines of a log (decision_log.py):

    "kind": "list", "name": "monitor", "document": "9f2c… 77ab…", "means": "name=Full name; age=Age", "shown": "once"
    "kind": "pair", "name": "l0a1…", "document": "l7c2…", "means": "same"

A list whose `document` is "claims" is made of the persons whom the claims of the case name. An empty `document` takes a
list out, an empty `means` takes an answer back. The last word counts, whoever says it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from rasid.case import Case
from rasid.errors import WrongUse
from rasid.model.listed import ANSWERS, FROM_CLAIMS, GivenList, JudgedPair
from rasid.store.decision_log import Decision, DecisionKind, append, locked

ONCE = "once"


def give_list(
    case: Case,
    name: str,
    *,
    files: Sequence[str],
    columns: Mapping[str, str],
    deduplicated: bool,
    by: str,
    at: datetime | None = None,
) -> bool:
    """Say that these originals are a list of this name; one of the same name before it is replaced.

    returns: whether anything is new
    raises:  WrongUse for an empty name, no file, or a sign in a heading that the log uses; BrokenLog
    """
    from rasid.store.decisions import plain_name, replay

    plain = plain_name(name)
    if not files:
        raise WrongUse(f'The list "{plain}" needs a file.')
    if any(sign in cell for pair in columns.items() for cell in pair for sign in ";="):
        raise WrongUse("A heading with ; or = in it cannot be named. Rename it in a copy of the file.")
    means = "; ".join(f"{column}={heading}" for column, heading in sorted(columns.items()))
    line = {"name": plain, "document": " ".join(files), "means": means, "shown": ONCE if deduplicated else ""}
    with locked(case):
        for held in replay(case).lists:
            same = (held.name, held.files, held.columns) == (plain, tuple(files), _columns(means))
            if same and held.deduplicated == deduplicated:
                return False
        append(case, DecisionKind.LIST, line, by=by, at=at)
    return True


def drop_list(case: Case, name: str, *, by: str, at: datetime | None = None) -> None:
    """Take a list out. Its files stay in the archive and are not read as reports; answers about its rows are kept.

    raises: WrongUse if there is no such list; BrokenLog
    """
    from rasid.store.decisions import plain_name, replay

    plain = plain_name(name)
    with locked(case):
        names = [held.name for held in replay(case).lists]
        if plain not in names:
            raise WrongUse(f'The case has no list "{plain}". It has: {", ".join(names) or "none"}.')
        append(case, DecisionKind.LIST, {"name": plain, "document": ""}, by=by, at=at)


def answer(case: Case, pairs: Sequence[tuple[str, str, str]], *, by: str, at: datetime | None = None) -> int:
    """Write down answers (row, row, answer); "" takes one back. What stands already is not written again.

    returns: how many were new
    raises:  WrongUse for an answer that is none, or a row compared with itself; BrokenLog
    """
    from rasid.store.decisions import replay

    for left, right, said in pairs:
        if said and said not in ANSWERS:
            raise WrongUse(f'An answer is {", ".join(ANSWERS)}; not "{said}".')
        if left == right:
            raise WrongUse(f"{left} is one row; an answer is about two.")
    new = 0
    with locked(case):
        standing = {(p.left, p.right): p.answer for p in replay(case).pairs}
        for left, right, said in pairs:
            pair = (min(left, right), max(left, right))
            if standing.get(pair, "") == said:
                continue
            standing[pair] = said
            line = {"name": pair[0], "document": pair[1], "means": said}
            append(case, DecisionKind.PAIR, line, by=by, at=at)
            new += 1
    return new


def replay_list(lists: dict[str, GivenList], files: set[str], d: Decision) -> None:
    """One line about a list. A list given anew keeps its place among the lists, so that ids of persons stay.

    files: every original that was ever a list; such a file names people and is never read as a report
    """
    if not d.document:
        lists.pop(d.about, None)
        return
    given = tuple(d.document.split())
    files.update(each for each in given if each != FROM_CLAIMS)
    lists[d.about] = GivenList(d.about, given, _columns(d.means), d.shown == ONCE, d.by, d.at)


def replay_pair(pairs: dict[tuple[str, str], JudgedPair], d: Decision) -> None:
    """One line about a pair."""
    pairs.pop((d.about, d.document), None)
    if d.means:
        pairs[d.about, d.document] = JudgedPair(d.about, d.document, d.means, d.by, d.at)


def _columns(means: str) -> tuple[tuple[str, str], ...]:
    pairs = (part.split("=", 1) for part in means.split("; ") if part)
    return tuple((column, heading) for column, heading in pairs)
