"""How the ranges of little bundles of documents compare with what was written down for them.

`python -m tests.quality.figures_ranges.scoring` prints each fault and a line for each relation. A pair is right if both
figures stand in that relation, in that order; a figure that the reader did not find is a miss. `apart` counts the pairs
kept out of one range; `ranges` those with the same low, high, open end and number of voices.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from rasid.extract.reader import make_reader
from rasid.knowledge.gazetteer import Gazetteer, load_gazetteer
from rasid.model import tables
from rasid.model.ranges import RangeRule
from rasid.read.original import read_original
from rasid.resolve.names import name_actors
from rasid.resolve.places import resolve_places
from rasid.resolve.times import resolve_times
from rasid.weigh.ranges import Ranged, weigh_ranges

HERE = Path(__file__).parent
PAIRED = ("rivals", "repeats", "updates", "withdrawn", "parts", "not_so")
_SAME_RANGE = frozenset({"counts", "repeat", "updated", "withdrawn", "part"})

Row = dict[str, Any]


@dataclass(slots=True)
class Score:
    """Right, missed and false by relation; a line of words for each fault."""

    right: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def precision(self, what: str) -> float:
        return self.right[what] / max(1, self.right[what] + self.false[what])

    def recall(self, what: str) -> float:
        return self.right[what] / max(1, self.right[what] + self.missed[what])


def bundles(chosen: Sequence[str] = ()) -> Iterator[Row]:
    for file in sorted(HERE.glob("*.yaml")):
        if chosen and file.stem not in chosen:
            continue
        yield from yaml.safe_load(file.read_text("utf-8"))


def measure(chosen: list[Row]) -> Score:
    """From the texts to the ranges, without a case folder: the stages in the order of flow.py."""
    score = Score()
    reading = _read(chosen)
    gazetteer = load_gazetteer()
    for number, bundle in enumerate(chosen):
        named, ranged = _weigh(reading, number, gazetteer)
        _judge(bundle, named, ranged, score)
    return score


@dataclass(frozen=True, slots=True)
class _Reading:
    """All documents with their claims; files: document -> (bundle, name)."""

    documents: pl.DataFrame
    passages: pl.DataFrame
    claims: pl.DataFrame
    files: dict[str, tuple[int, str]]


def _read(chosen: list[Row]) -> _Reading:
    documents: list[Row] = []
    passages: list[Row] = []
    files: dict[str, tuple[int, str]] = {}
    for number, bundle in enumerate(chosen):
        for name, text in bundle["documents"].items():
            content = text.encode()
            sha = hashlib.sha256(f"{number} {name}".encode()).hexdigest()
            read = read_original(content, original=sha, name=f"{name}.md")
            documents += read.documents
            passages += read.passages
            files |= {str(row["id"]): (number, name) for row in read.documents}
    tabled = tables.table(documents, tables.DOCUMENTS).sort("id")
    cut = tables.table(passages, tables.PASSAGES).sort("document", "index")
    claims, _ = make_reader("rules", "rasid", None).read(tabled, cut)
    return _Reading(tabled, cut, claims, files)


def _weigh(reading: _Reading, number: int, gazetteer: Gazetteer) -> tuple[dict[str, str], Ranged]:
    """The names of the figures of one bundle by claim, and its ranges."""
    ids = [document for document, (of, _) in reading.files.items() if of == number]
    documents = reading.documents.filter(pl.col("id").is_in(ids))
    passages = reading.passages.filter(pl.col("document").is_in(ids))
    named = name_actors(reading.claims.filter(pl.col("document").is_in(ids)), documents)
    claims = resolve_times(named.claims, documents)
    claims, places, _ = resolve_places(claims, documents, settled=(), gazetteer=gazetteer)
    names: dict[str, str] = {}
    seen: Counter[str] = Counter()
    numbered = [claim for claim in claims.to_dicts() if claim["quantity"] is not None]
    for claim in sorted(numbered, key=lambda c: (c["document"], c["quantity"]["start"])):
        name = f"{reading.files[claim['document']][1]}:{claim['quantity']['text']}"
        seen[name] += 1
        names[claim["id"]] = name if seen[name] == 1 else f"{name}@{seen[name]}"
    return names, weigh_ranges(claims, documents, places=places, passages=passages, rule=RangeRule())


def _judge(bundle: Row, named: dict[str, str], ranged: Ranged, score: Score) -> None:
    parts = ranged.parts.to_dicts()
    found = _pairs(parts, named)
    for what in PAIRED:
        wanted = _wanted(bundle, what)
        for pair in wanted | found[what]:
            if pair in wanted and pair in found[what]:
                score.right[what] += 1
            elif pair in wanted:
                score.missed[what] += 1
                score.faults.append(f"{bundle['name']}: {what} missed {pair}")
            else:
                score.false[what] += 1
                score.faults.append(f"{bundle['name']}: {what} false {pair}")
    held = [_members(parts, named, each["id"]) for each in ranged.ranges.to_dicts()]
    for a, b in bundle.get("apart", []):
        _mark(score, bundle, "apart", (a, b), not any(a in members and b in members for members in held))
    for wanted in bundle.get("ranges", []):
        _mark(score, bundle, "ranges", wanted, _range_of(wanted, parts, named, ranged) == _told(wanted))
    for wanted in bundle.get("sums", []):
        _mark(score, bundle, "sums", wanted, _has_sum(wanted, named, ranged))


def _mark(score: Score, bundle: Row, what: str, said: object, right: bool) -> None:
    (score.right if right else score.missed)[what] += 1
    if not right:
        score.faults.append(f"{bundle['name']}: {what} wrong {said}")


def _wanted(bundle: Row, what: str) -> set[tuple[str, ...]]:
    given = bundle.get(what, [])
    if what == "not_so":
        return {(each,) for each in given}
    return {tuple(sorted(pair)) if what == "rivals" else tuple(pair) for pair in given}


def _pairs(parts: list[Row], named: dict[str, str]) -> dict[str, set[tuple[str, ...]]]:
    found: dict[str, set[tuple[str, ...]]] = {what: set() for what in PAIRED}
    counts: dict[str, list[Row]] = {}
    ways = {"repeat": "repeats", "updated": "updates", "withdrawn": "withdrawn"}
    for row in parts:
        name = named.get(row["claim"], "?")
        if row["whole"] is not None:
            found["parts"].add((name, named.get(row["whole"], "?")))
        if row["relation"] in ways:
            found[ways[row["relation"]]].add((name, named.get(row["other"], "?")))
        elif row["relation"] == "not so":
            found["not_so"].add((name,))
        elif row["relation"] == "counts":
            counts.setdefault(row["range"], []).append(row)
    for held in counts.values():
        for a, b in combinations(held, 2):
            if (a["voice"], a["via"][:1]) != (b["voice"], b["via"][:1]):
                found["rivals"].add(tuple(sorted((named[a["claim"]], named[b["claim"]]))))
    return found


def _members(parts: list[Row], named: dict[str, str], range_id: str) -> set[str]:
    return {
        named.get(row["claim"], "?")
        for row in parts
        if row["range"] == range_id and row["relation"] in _SAME_RANGE
    }


def _range_of(wanted: Row, parts: list[Row], named: dict[str, str], ranged: Ranged) -> tuple[object, ...]:
    for row in parts:
        if row["relation"] == "counts" and named.get(row["claim"]) == wanted["of"]:
            held = next(each for each in ranged.ranges.to_dicts() if each["id"] == row["range"])
            return held["low"], held["high"], held["open_high"], held["voices"]
    return ()


def _told(wanted: Row) -> tuple[object, ...]:
    return float(wanted["low"]), float(wanted["high"]), wanted["open"], wanted["voices"]


def _has_sum(wanted: Row, named: dict[str, str], ranged: Ranged) -> bool:
    return any(
        row["made"]
        and {named.get(claim) for claim in row["claims"]} == set(wanted["of"])
        and (row["low"], row["high"]) == (wanted["low"], wanted["high"])
        for row in ranged.sums.to_dicts()
    )


def main() -> None:
    """Print the faults and the score; names of files after it choose sets ("harder")."""
    score = measure(list(bundles(sys.argv[1:])))
    for fault in score.faults:
        print(fault)
    for what in (*PAIRED, "apart", "ranges", "sums"):
        told = f"P {score.precision(what):.0%}  R {score.recall(what):.0%}"
        print(
            f"{what:10} right {score.right[what]:3}  missed {score.missed[what]:3}  false {score.false[what]:3}  {told}"
        )


if __name__ == "__main__":
    main()
