"""The log of decisions: one file per person, lines that are only added, each bound to the one before.

    decisions/<person>.jsonl

    {"n": 1, "previous": "000…", "at": "2026-03-01T09:00:00.000000Z", "by": "Rana", "kind": "ask",
     "question": "Has the bridge been rebuilt?", "check": "9f2c…"}

A line that settles what a name means, or the date of a document, has instead of the question:

    "kind": "settle place", "name": "Sallow Ford", "means": "1125", "shown": "Sallow Ford, town, SY"

and, where it holds for one document alone, "document".

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
    SETTLE_PLACE = "settle place"
    REOPEN_PLACE = "reopen place"
    SETTLE_ACTOR = "settle actor"
    REOPEN_ACTOR = "reopen actor"
    SETTLE_DATE = "settle date"
    REOPEN_DATE = "reopen date"
    SUPPOSE = "suppose"
    DROP = "drop"
    JUDGE = "judge"
    LIST = "list"
    PAIR = "pair"
    INCIDENT = "incident"
    GRADE_VOICE = "grade voice"
    GRADE_CLAIM = "grade claim"
    GRADE_INCIDENT = "grade incident"


class What(StrEnum):
    """What can be settled and opened again: the place or the actor that a name means, the date of a document."""

    PLACE = "place"
    ACTOR = "actor"
    DATE = "date"


_QUESTIONS = frozenset(
    {DecisionKind.ASK, DecisionKind.WITHDRAW, DecisionKind.SUPPOSE, DecisionKind.DROP, DecisionKind.JUDGE}
)


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of a log. `n` counts within the log of one person, from 1; `at` is UTC, ISO 8601.

    about:                  the question, the name, the id of the document that is dated, the name of a list of
                            people, or the id of one row of a list that is compared with another
    means, shown, document: as in model.settled.Settled; empty where nothing is settled. Of a hypothesis
                            `means` is the sentence and `shown` its id, of a cell the cell and the hypothesis
                            Of a list `document` names its files, `means` its columns and `shown` whether it is
                            deduplicated (model/listed.py); of a pair `document` is the other row, `means` the answer
                            Of a grade `means` is the grade and `shown` the reason (grade_decisions.py)
    claim:                  whose cell is judged
    """

    n: int
    at: str
    by: str
    kind: DecisionKind
    about: str
    means: str = ""
    shown: str = ""
    document: str = ""
    claim: str = ""

    def in_words(self) -> str:
        """What was decided, for a page."""
        where = f", in document {self.document} alone" if self.document else ""
        match self.kind:
            case DecisionKind.SETTLE_PLACE if not self.means:
                return f"“{self.about}” is no place{where}"
            case DecisionKind.SETTLE_PLACE:
                return f"“{self.about}” is {self.shown} ({self.means}){where}"
            case DecisionKind.SETTLE_ACTOR:
                return f"“{self.about}” is {self.means}{where}"
            case DecisionKind.SETTLE_DATE:
                return f"{self.shown} ({self.about}) is of {self.means}"
            case DecisionKind.SUPPOSE:
                return f"{self.about} Hypothesis {self.shown}: {self.means}"
            case DecisionKind.LIST:
                return f"“{self.about}” is {'a list of people' if self.document else 'no longer a list of people'}"
            case DecisionKind.PAIR:
                return f"Rows {self.about} and {self.document}: {self.means or 'not judged any more'}"
            case DecisionKind.INCIDENT:
                said = {"same": "are one incident", "different": "are two incidents"}
                found = said.get(self.means, "are not judged any more") + (
                    f" ({self.shown})" if self.shown else ""
                )
                return f"Claims {self.about} and {self.document} {found}"
            case DecisionKind.GRADE_VOICE | DecisionKind.GRADE_CLAIM | DecisionKind.GRADE_INCIDENT:
                what = self.kind.value.removeprefix("grade ").capitalize()
                because = f", because {self.shown}" if self.shown else ""
                return f"{what} “{self.about}”: graded {self.means or 'by the rule again'}{because}"
            case DecisionKind.DROP:
                return f"{self.about} Hypothesis {self.shown} is dropped"
            case DecisionKind.JUDGE:
                cell = self.means or "as the rule says"
                return f"{self.about} Claim {self.claim} and hypothesis {self.shown}: {cell}"
            case _:
                return self.about + where


@dataclass(frozen=True, slots=True)
class _Log:
    decisions: tuple[Decision, ...]
    lines: lines.Lines

    @property
    def head(self) -> str:
        return hashlib.sha256(self.lines.whole[-1]).hexdigest() if self.lines.whole else FIRST


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
    name = plain_person(person)
    spelled = "".join(sign if sign.isalnum() else "-" for sign in name.casefold())
    short = re.sub("-+", "-", spelled)[:_MAX_NAME_CHARS].strip("-")
    if short == name and not _RESERVED.match(short):
        return f"{short}.jsonl"
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{short}-{digest}.jsonl" if short else f"{digest}.jsonl"


def plain_person(person: str) -> str:
    """The name with single spaces and composed letters.

    raises: WrongUse if nothing is left
    """
    name = " ".join(unicodedata.normalize("NFC", person).split())
    if not name:
        raise WrongUse("A decision needs the name of the person who makes it.")
    return name


def locked(case: Case) -> AbstractContextManager[None]:
    """Be the only one who writes a decision; waits for another for some seconds.

    raises: CaseBusy if the other does not end
    """
    case.decisions.mkdir(exist_ok=True)
    busy = (
        f"Another rasid has been writing a decision to {case.decisions} for {WAIT_S:.0f} s. Try again later."
    )
    return hold_lock(case.decisions / ".lock", busy=busy, wait_s=WAIT_S)


def append(case: Case, kind: DecisionKind, said: dict[str, str], *, by: str, at: datetime | None) -> None:
    """Add a line to the log of this person. The caller holds the lock (`locked`).

    said:   what the line holds beside who, when and of what kind
    raises: BrokenLog if a log is damaged; WrongUse without a name
    """
    person = plain_person(by)
    path = case.decisions / log_name(person)
    log = _read(path)
    stamp = _stamp(at or datetime.now(UTC), after=read_decisions(case))
    record: dict[str, object] = {"n": len(log.decisions) + 1, "previous": log.head, "at": stamp, "by": person}
    record |= {"kind": kind.value, **said}
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
    kind = record.get("kind")
    if not (isinstance(n, int) and isinstance(at, str) and _AT.match(at) and isinstance(by, str)):
        raise _broken(where, "lacks who decided or when")
    about = record.get("question" if kind in _QUESTIONS else "name")
    said = [record.get(key, "") for key in ("means", "shown", "document", "claim")]
    if (
        kind not in set(DecisionKind)
        or not isinstance(about, str)
        or not all(isinstance(s, str) for s in said)
    ):
        raise BrokenLog(f"{where} holds a decision this version does not know ({kind}). Use a newer Rasid.")
    return Decision(n, at, by, DecisionKind(str(kind)), about, *map(str, said))


def _broken(where: str, what: str) -> BrokenLog:
    return BrokenLog(
        f"{where} {what}. Nothing was written. Restore this file from a backup; do not mend it by hand."
    )
