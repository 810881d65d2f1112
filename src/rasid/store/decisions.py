"""What people decided: one append-only log per person, and the state that follows from all of them.

    decisions/<person>.jsonl

    {"n": 1, "previous": "000…", "at": "2026-03-01T09:00:00.000000Z", "by": "Rana", "kind": "ask",
     "question": "Has the bridge been rebuilt?", "check": "9f2c…"}

`previous` is the SHA-256 of the whole line before, `check` that of this line up to the check itself; so a
changed, lost, added or moved line breaks the chain, the last line too. What a chain cannot show is that
its last lines were cut off cleanly, or that somebody wrote the whole log anew: keep backups.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from rasid.case import Case, hold_lock
from rasid.errors import BrokenLog, WrongUse
from rasid.store import lines

FIRST = "0" * 64  # `previous` of a first line
WAIT_S = 10.0  # appending one line takes milliseconds

_CHECK = re.compile(rb', "check": "([0-9a-f]{64})"\}\Z')
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\Z")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin|conout|clock|(com|lpt)[0-9¹²³])\Z")  # Windows device names
_MAX_NAME_CHARS = 40  # four bytes each and the hash stay under the 255 bytes of a file name


class DecisionKind(StrEnum):
    """What was decided."""

    ASK = "ask"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of a log. `n` counts within the log of one person, from 1; `at` is UTC, ISO 8601."""

    n: int
    at: str
    by: str
    kind: DecisionKind
    question: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that stands: who asked it first, and when."""

    question: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What follows from all logs. `questions` in the order in which they were asked."""

    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class _Log:
    decisions: tuple[Decision, ...]
    lines: lines.Lines

    @property
    def head(self) -> str:
        return hashlib.sha256(self.lines.whole[-1]).hexdigest() if self.lines.whole else FIRST


def ask(case: Case, question: str, *, by: str, at: datetime | None = None) -> bool:
    """Put a question to the case. One that stands already, asked by anybody, is not written again.

    at:      when; now unless given
    returns: whether it is new
    raises:  WrongUse if the question is empty; BrokenLog if a log is damaged
    """
    wanted = plain_question(question)
    with _locked(case):
        if any(asked.question == wanted for asked in replay(case).questions):
            return False
        _append(case, DecisionKind.ASK, wanted, by=by, at=at)
    return True


def withdraw(case: Case, question: str, *, by: str, at: datetime | None = None) -> None:
    """Take a question back. Anyone may withdraw any question; the logs keep who did.

    raises: WrongUse if it is not asked now; BrokenLog if a log is damaged
    """
    wanted = plain_question(question)
    with _locked(case):
        if all(asked.question != wanted for asked in replay(case).questions):
            raise WrongUse(
                f'"{wanted}" is not a question of this case. `rasid show questions` lists those that are.'
            )
        _append(case, DecisionKind.WITHDRAW, wanted, by=by, at=at)


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
    standing: dict[str, Asked] = {}
    for decision in read_decisions(case):
        match decision.kind:
            case DecisionKind.ASK:
                standing.setdefault(
                    decision.question, Asked(decision.question, by=decision.by, at=decision.at)
                )
            case DecisionKind.WITHDRAW:
                standing.pop(decision.question, None)
            case _:
                assert_never(decision.kind)
    return Decided(tuple(standing.values()))


def read_decisions(case: Case) -> list[Decision]:
    """Every decision of everybody, ordered by time, then person, then place in the log.

    raises: BrokenLog naming the file and the line
    """
    found = [decision for path in logs(case) for decision in read_log(path)]
    return sorted(found, key=lambda decision: (decision.at, decision.by, decision.n))


def logs(case: Case) -> list[Path]:
    """The logs of the case, sorted by name."""
    return sorted(case.decisions.glob("*.jsonl"))


def read_log(path: Path) -> tuple[Decision, ...]:
    """The decisions of one log, its chain checked.

    raises: BrokenLog naming the file and the line
    """
    return _read(path).decisions


def log_name(person: str) -> str:
    """The file name of a person's log: readable in any script, safe and different on every system.

    A name that is not plain lower-case letters and digits gets 8 hex digits of its hash, so that "Ana",
    "ana" and "a/na" stay apart where file names ignore case.

    raises: WrongUse if the name is empty
    """
    name = _plain_person(person)
    spelled = "".join(sign if sign.isalnum() else "-" for sign in name.casefold())
    short = re.sub("-+", "-", spelled)[:_MAX_NAME_CHARS].strip("-")
    if short == name and not _RESERVED.match(short):
        return f"{short}.jsonl"
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{short}-{digest}.jsonl" if short else f"{digest}.jsonl"


def _plain_person(person: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", person).split())
    if not name:
        raise WrongUse("A decision needs the name of the person who makes it.")
    return name


def _locked(case: Case) -> AbstractContextManager[None]:
    case.decisions.mkdir(exist_ok=True)
    busy = (
        f"Another rasid has been writing a decision to {case.decisions} for {WAIT_S:.0f} s. Try again later."
    )
    return hold_lock(case.decisions / ".lock", busy=busy, wait_s=WAIT_S)


def _append(case: Case, kind: DecisionKind, question: str, *, by: str, at: datetime | None) -> None:
    person = _plain_person(by)
    path = case.decisions / log_name(person)
    log = _read(path)
    stamp = _stamp(at or datetime.now(UTC), after=read_decisions(case))
    record: dict[str, object] = {"n": len(log.decisions) + 1, "previous": log.head, "at": stamp, "by": person}
    record |= {"kind": kind.value, "question": question}
    lines.append(path, _seal(lines.encode(record)), after=log.lines)


def _stamp(at: datetime, *, after: list[Decision]) -> str:
    """UTC, later than every decision already there.

    Else a clock that is behind would put a decision before the one it answers, and undo it.
    """
    when = at.astimezone(UTC)
    if after:
        when = max(when, datetime.fromisoformat(after[-1].at) + timedelta(microseconds=1))
    return when.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _seal(line: bytes) -> bytes:
    checked = line[:-1]
    return checked + b', "check": "' + hashlib.sha256(checked).hexdigest().encode() + b'"}'


def _is_sealed(line: bytes) -> bool:
    match = _CHECK.search(line)
    if match is None or hashlib.sha256(line[: match.start()]).hexdigest().encode() != match[1]:
        return False
    return lines.is_json_object(line)


def _read(path: Path) -> _Log:
    found = lines.read(path, is_whole=_is_sealed)
    previous, decisions = FIRST, []
    for n, line in enumerate(found.whole, start=1):
        where = f"{path}, line {n}"
        if not _is_sealed(line):
            raise _broken(where, "was altered or cut")
        record = json.loads(line)
        if record.get("previous") != previous or record.get("n") != n:
            raise _broken(where, "does not follow the line before it: a line was lost, added or moved")
        decision = _decision(record, where)
        if log_name(decision.by) != unicodedata.normalize("NFC", path.name):
            raise _broken(where, f"is in a log that is not the one of {decision.by}")
        decisions.append(decision)
        previous = hashlib.sha256(line).hexdigest()
    return _Log(tuple(decisions), found)


def _decision(record: dict[str, object], where: str) -> Decision:
    n, at, by = record["n"], record.get("at"), record.get("by")
    kind, question = record.get("kind"), record.get("question")
    if not (isinstance(n, int) and isinstance(at, str) and _AT.match(at) and isinstance(by, str)):
        raise _broken(where, "lacks who decided or when")
    if kind not in set(DecisionKind) or not isinstance(question, str):
        raise BrokenLog(f"{where} holds a decision this version does not know ({kind}). Use a newer Rasid.")
    return Decision(n, at, by, DecisionKind(str(kind)), question)


def _broken(where: str, what: str) -> BrokenLog:
    return BrokenLog(
        f"{where} {what}. Nothing was written. Restore this file from a backup; do not mend it by hand."
    )
