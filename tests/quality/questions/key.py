"""The key of the contested questions: one YAML file per question, read into frozen rows and checked.

A file holds `question`, `type`, `open` (true where the answer is not yes or no), `documents` (file, text), and:

stances:       one line per voice and way it is heard
    voice, also     its name, and other names that are as right
    via             fair chains of who passes it on, outermost first, "A > B"; "" or none given = its own document
    stance, fair    affirms, denies, partly, unclear; other stances that a careful reader could defend
    how, fair_how   stated or implied
    date            of its document; left out where that has none
    answer          open questions: answers that are right ("" = it gives none)
    not_answer      open questions: answers that it rejects
    file, words     where it says so
    id, same        a name for this line; `same`: the line of the same voice that this one repeats
    optional        fair to leave out; judged if it is there
silent:        voices that are heard but take no stance; anything but "unclear" is invented
copies:        groups of files that reprint each other
conflicts:     a × b, with the kinds that are fair
may_conflict:  a × b, fair to show and fair to leave out
not_conflicts: a × b, which look like one and are none, with the reason
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
STANCES = ("affirms", "denies", "partly", "unclear")
Pair = frozenset[str]  # the ids of two voices


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of `stances`.

    same: the id under which this voice counts in conflicts; its own id, or that of the line it repeats
    """

    id: str
    same: str
    names: tuple[str, ...]
    via: tuple[tuple[str, ...], ...]
    stances: tuple[str, ...]  # the right one first
    how: tuple[str, ...]
    date: str | None
    answers: tuple[str, ...]
    rejected: tuple[str, ...]
    file: str
    words: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Key:
    """One question with its documents and right answers."""

    name: str
    question: str
    is_open: bool
    documents: Mapping[str, str]
    copies: Sequence[frozenset[str]]
    wanted: Sequence[Wanted]
    silent: Sequence[str]
    conflicts: Mapping[Pair, tuple[str, ...]]
    may_conflict: frozenset[Pair]
    not_conflicts: Mapping[Pair, str]

    def reprints(self, file: str) -> frozenset[str]:
        """This file and those that copy it."""
        return next((group for group in self.copies if file in group), frozenset({file}))


def read_keys(folder: Path = HERE) -> list[Key]:
    """Every question, in the order of the files."""
    return [
        _key(path.stem, yaml.safe_load(path.read_text("utf-8"))) for path in sorted(folder.glob("q*.yaml"))
    ]


def _key(name: str, row: dict[str, Any]) -> Key:
    wanted = [_wanted(line) for line in row["stances"]]
    same = {w.id: w.same for w in wanted}
    return Key(
        name=name,
        question=row["question"],
        is_open=row.get("open", False),
        documents={d["file"]: d["text"] for d in row["documents"]},
        copies=[frozenset(group) for group in row.get("copies", [])],
        wanted=wanted,
        silent=row["silent"],
        conflicts={pair: tuple(line["kind"]) for line, pair in _pairs(row, "conflicts", same)},
        may_conflict=frozenset(pair for _, pair in _pairs(row, "may_conflict", same)),
        not_conflicts={pair: line["why"] for line, pair in _pairs(row, "not_conflicts", same)},
    )


def _wanted(line: dict[str, Any]) -> Wanted:
    own = line.get("id", line["voice"])
    date = line.get("date")
    return Wanted(
        id=own,
        same=line.get("same", own),
        names=(line["voice"], *line.get("also", [])),
        via=tuple(
            tuple(part.strip() for part in c.split(">") if part.strip()) for c in line.get("via", [""])
        ),
        stances=(line["stance"], *line.get("fair", [])),
        how=(line["how"], *line.get("fair_how", [])),
        date=None if date is None else str(date),
        answers=tuple(str(answer) for answer in line.get("answer", [])),
        rejected=tuple(str(answer) for answer in line.get("not_answer", [])),
        file=line["file"],
        words=line["words"],
        optional=line.get("optional", False),
    )


def _pairs(row: dict[str, Any], part: str, same: Mapping[str, str]) -> Iterator[tuple[dict[str, Any], Pair]]:
    for line in row.get(part, []):
        for a, b in product(line["a"], line["b"]):
            yield line, frozenset((same.get(a, a), same.get(b, b)))


def faults(key: Key) -> list[str]:
    """What is wrong with the key itself: words that do not stand in their document, names nobody bears."""
    found = []
    for w in key.wanted:
        if w.words not in " ".join(key.documents[w.file].split()):
            found.append(f"{key.name}: not in {w.file}: {w.words}")
        if not set(w.stances) <= set(STANCES):
            found.append(f"{key.name}: {w.id} has stances {w.stances}")
        if key.is_open != bool(w.answers or w.rejected):
            found.append(f"{key.name}: {w.id} has answers {w.answers}, rejects {w.rejected}")
    named = {w.same for w in key.wanted} | set(key.silent)
    pairs = [*key.conflicts, *key.may_conflict, *key.not_conflicts]
    found += [f"{key.name}: nobody is called {name}" for pair in pairs for name in pair - named]
    if len(pairs) != len(set(pairs)):
        found.append(f"{key.name}: a pair stands in two lists")
    return found + [f"{key.name}: nothing said of {' and '.join(sorted(p))}" for p in _unsaid(key, pairs)]


def _unsaid(key: Key, pairs: Sequence[Pair]) -> list[Pair]:
    """Pairs of opposite stances that no list speaks of."""
    opposite = {
        frozenset((a.same, b.same))
        for a, b in product(key.wanted, key.wanted)
        if (a.stances[0], b.stances[0]) == ("affirms", "denies") and a.same != b.same
    }
    return sorted(opposite - set(pairs), key=sorted)
