"""Bundles of reports -> tables, and how far the incidents found are the right ones: pairs of sentences."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from rasid.extract.reader import make_reader
from rasid.model.incidents import TELLS
from rasid.model.tables import DOCUMENTS, PASSAGES, Row, table
from rasid.read.original import read_original
from rasid.resolve.incidents import Found, find_incidents
from rasid.resolve.names import name_actors
from rasid.resolve.places import resolve_places
from rasid.resolve.times import resolve_times

_TAGS = re.compile(r"(?:\{\d+\})+\s?")
Unit = tuple[str, int]  # report, sentence by its start


@dataclass(frozen=True, slots=True)
class Bundle:
    """One bundle after reading: its tables, and for each tagged sentence the incidents it tells of."""

    about: str
    documents: pl.DataFrame
    claims: pl.DataFrame
    places: pl.DataFrame
    tagged: Mapping[Unit, frozenset[str]]
    starts: Mapping[str, Sequence[int]]


def read_bundles(path: Path) -> list[Bundle]:
    """Every bundle of a file, read and resolved as a case would be."""
    written: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    reader = make_reader("rules", "rasid")
    found = []
    for number, bundle in enumerate(written):
        documents: list[Row] = []
        passages: list[Row] = []
        tagged: dict[Unit, frozenset[str]] = {}
        starts: dict[str, list[int]] = {}
        for place, report in enumerate(bundle["reports"]):
            text = _TAGS.sub("", report["text"]).encode()
            sha = hashlib.sha256(f"{path.name} {number} {place}\n".encode() + text).hexdigest()
            reading = read_original(text, original=sha, name=f"{number}-{place}.txt")
            [document] = reading.documents
            documents.append({**document, "date": str(report["date"])})
            passages += reading.passages
            for at, tags in _sentences(report["text"], str(document["text"])):
                starts.setdefault(str(document["id"]), []).append(at)
                if tags:
                    tagged[str(document["id"]), at] = tags
        frame = table(sorted(documents, key=lambda d: str(d["id"])), DOCUMENTS)
        claims, _ = reader.read(frame, table(passages, PASSAGES))
        claims = resolve_times(name_actors(claims, frame).claims, frame)
        claims, places, _ = resolve_places(claims, frame)
        found.append(Bundle(str(bundle["about"]), frame, claims, places, tagged, starts))
    return found


def _sentences(written: str, kept: str) -> Iterator[tuple[int, frozenset[str]]]:
    """Where each sentence starts in the kept text, and its tags. A sentence ends at a full stop and a space."""
    at = 0
    for part in re.split(r"(?<=\.)\s+", written.strip()):
        plain = _TAGS.sub("", part)
        at = kept.index(plain[:25], at)
        yield at, frozenset(re.findall(r"\{(\d+)\}", part))


def find(bundle: Bundle) -> Found:
    """The incidents of a bundle."""
    return find_incidents(bundle.claims, bundle.documents, places=bundle.places)


def guessed(bundle: Bundle, found: Found) -> dict[Unit, frozenset[str]]:
    """Sentence -> the incidents that its claims tell."""
    told: dict[Unit, set[str]] = {}
    for row in found.claims.filter(pl.col("part") == TELLS).iter_rows(named=True):
        start = max(at for at in bundle.starts[row["document"]] if at <= row["start"])
        told.setdefault((row["document"], start), set()).add(row["incident"])
    return {unit: frozenset(ids) for unit, ids in told.items()}


def pairs(units: Mapping[Unit, frozenset[str]]) -> set[tuple[Unit, Unit]]:
    """Pairs of sentences that tell of one incident; each sentence that tells of one is a pair with itself."""
    return {(a, b) for a, b in combinations_with_replacement(sorted(units), 2) if units[a] & units[b]}


def score(bundles: Iterable[Bundle]) -> tuple[float, float, list[str]]:
    """Precision and recall of the pairs in per cent, and what went wrong in each bundle."""
    hits = said = wanted = 0
    wrong = []
    for bundle in bundles:
        gold, ours = pairs(bundle.tagged), pairs(guessed(bundle, find(bundle)))
        hits, said, wanted = hits + len(gold & ours), said + len(ours), wanted + len(gold)
        if gold != ours:
            wrong.append(f"{bundle.about}: {len(ours - gold)} pairs too many, {len(gold - ours)} missing")
    return 100 * hits / max(1, said), 100 * hits / max(1, wanted), wrong
