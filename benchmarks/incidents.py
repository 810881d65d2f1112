"""MUC-4 incidents across documents: which documents report the same one, against silver clusters.

Claims, tellings and incidents are the product's own. Two conventions of the task stand here and not in the product:
the silver knows only incidents that an answer key dates to one day, so a document counts as reporting one where it
gives that day itself, shortly after it; and only acts against people and property are incidents (`muc_relevance`).

Every third cluster was never read while the rules were made; the read and the unread ones stand apart. The silver
holds few of the pairs that are one incident in truth, so that precision says little (README: "silver").
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, TypeAlias

import numpy as np
import polars as pl
from scipy import sparse

from benchmarks.common import Job, Report, f_score, find_split, read_lines, write_predictions
from benchmarks.muc_incidents import task_type
from benchmarks.muc_relevance import is_incident_claim
from benchmarks.muc_slots import read_head, split_header
from rasid.extract.reader import make_reader
from rasid.model.incidents import TELLS
from rasid.model.tables import CLAIMS, DOCUMENTS, PASSAGES, PLACES, Row, empty, table
from rasid.read.original import read_original
from rasid.resolve.incidents import Found, find_incidents
from rasid.resolve.names import name_actors
from rasid.resolve.places import resolve_places
from rasid.resolve.times import resolve_times
from rasid.weigh.incidents import Weighed, weigh_incidents

Pair: TypeAlias = tuple[str, str]

BATCH = 200  # documents parsed together
SOON_DAYS = 60  # the task asks for incidents of the last two months


@dataclass(frozen=True, slots=True)
class Case:
    """The documents of a split as a case would have them after `resolve`. names: id of a document -> its docid."""

    documents: pl.DataFrame
    claims: pl.DataFrame
    places: pl.DataFrame
    names: Mapping[str, str]


def run(job: Job) -> Report:
    """Score the pairs of documents, and how often the differences that the keys hold are shown."""
    folder = job.folder("muc4_incidents")
    texts = {row["docid"]: row["text"] for row in read_lines(find_split(folder, job.split), job.limit)}
    for extra in folder.glob("xdoc_extra_docs.jsonl*"):
        texts |= {row["docid"]: row["text"] for row in read_lines(extra)}
    case = read_case(texts)
    found = find_incidents(case.claims, case.documents, places=case.places)
    groups = reported(case, found)
    write_predictions(
        job.predictions, ({"docid": d, "cluster": c} for c in sorted(groups) for d in sorted(groups[c]))
    )
    words = sum(len(text.split()) for text in texts.values())
    silver = next(iter(folder.glob("xdoc_clusters.jsonl*")), None)
    if silver is None:
        return Report(
            name="MUC-4 incidents across documents: no clusters in this folder", ours={}, words=words
        )
    gold = [row | {"documents": documents_of(row) & texts.keys()} for row in read_lines(silver)]
    return _report(gold, case, found, groups=groups, texts=texts)


def _report(
    gold: Sequence[dict[str, Any]],
    case: Case,
    found: Found,
    *,
    groups: Mapping[str, set[str]],
    texts: Mapping[str, str],
) -> Report:
    wanted, ours = pairs(row["documents"] for row in gold), pairs(groups.values())
    everything = pairs(whole_groups(case, found).values())
    inside = {document for row in gold for document in row["documents"]}
    within = {pair for pair in everything if set(pair) <= inside}
    precision, recall, f = score(ours, wanted)
    notes = [f"{len(ours)} pairs said, {len(wanted)} in the silver"]
    for name, part in (("read clusters", [r for n, r in enumerate(gold) if n % 3 != 2]),
                       ("clusters never read", [r for n, r in enumerate(gold) if n % 3 == 2])):  # fmt: skip
        of_part = pairs(row["documents"] for row in part)
        all_found, held = len(everything & of_part), len(ours & of_part)
        notes.append(f"{name}: {held} of {len(of_part)} pairs, {all_found} without the conventions")
    notes.append(f"without the conventions, all documents: {_in_words(score(everything, wanted))}")
    notes.append(f"without them, documents of the clusters alone: {_in_words(score(within, wanted))}")
    there = best_tfidf({d: texts[d] for d in sorted(inside)}, wanted)
    notes.append(f"TF-IDF at its best threshold, documents of the clusters alone: F {there:.1f}")
    notes += _differences(gold, case, found)
    return Report(
        name="MUC-4 incidents across documents, pairs of documents (silver)",
        ours={"precision": precision, "recall": recall, "F": f},
        peers={"TF-IDF, best threshold, here": {"F": best_tfidf(texts, wanted)}},
        aim={"F": 50},
        words=sum(len(text.split()) for text in texts.values()),
        notes=notes,
    )


# --- texts -> incidents ---------------------------------------------------------------------------------------


def read_case(texts: Mapping[str, str]) -> Case:
    """The whole chain as a build does it; the date of a document is that of its dateline."""
    reader = make_reader("rules", "rasid")
    names: dict[str, str] = {}
    held: list[tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]] = [
        (empty(DOCUMENTS), empty(CLAIMS), empty(PLACES))
    ]
    every = list(texts)
    for group in (every[i : i + BATCH] for i in range(0, len(every), BATCH)):
        documents: list[Row] = []
        passages: list[Row] = []
        for docid in group:
            header, body = split_header(texts[docid])
            day = read_head(header).day
            sha = hashlib.sha256(f"{docid}\n{body}".encode()).hexdigest()  # two equal texts stay two
            reading = read_original(body.encode(), original=sha, name=f"{docid}.txt")
            documents += [
                {**document, "date": day.isoformat() if day else None} for document in reading.documents
            ]
            names.update((str(document["id"]), docid) for document in reading.documents)
            passages += reading.passages
        frame = table(documents, DOCUMENTS)
        claims, _ = reader.read(frame, table(passages, PASSAGES))
        claims = resolve_times(name_actors(claims, frame).claims, frame)
        claims, places, _ = resolve_places(claims, frame)
        held.append((frame, claims, places))
    return Case(*(pl.concat(part) for part in zip(*held, strict=True)), names)


def whole_groups(case: Case, found: Found) -> dict[str, set[str]]:
    """Incident -> docids of all documents that tell it."""
    groups: dict[str, set[str]] = defaultdict(set)
    for incident, document in _told(found).select("incident", "document").iter_rows():
        groups[incident].add(case.names[document])
    return dict(groups)


def reported(case: Case, found: Found) -> dict[str, set[str]]:
    """The same with the conventions of the task: the day is given, it is recent, and it is an act the task asks for."""
    claims = {row["id"]: row for row in case.claims.iter_rows(named=True)}
    beside: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in claims.values():
        beside[row["document"], row["start"]].append(row)
    written = dict(case.documents.select("id", "date").iter_rows())
    dated: set[tuple[str, str]] = set()
    acts: set[tuple[str, str]] = set()
    for incident, document, claim in _told(found).select("incident", "document", "claim").iter_rows():
        row = claims[claim]
        if _is_recent_day(row["time"], written[document]):
            dated.add((incident, document))
        if task_type(row) and is_incident_claim(row, beside[document, row["start"]]):
            acts.add((incident, document))
    groups: dict[str, set[str]] = defaultdict(set)
    for incident, document in dated & acts:
        groups[incident].add(case.names[document])
    return dict(groups)


def _told(found: Found) -> pl.DataFrame:
    return found.claims.filter(pl.col("part") == TELLS)


def _is_recent_day(time: Mapping[str, Any] | None, written: str | None) -> bool:
    if time is None or written is None or time["first_day"] is None or time["first_day"] != time["last_day"]:
        return False
    return (date.fromisoformat(written) - date.fromisoformat(time["first_day"])).days <= SOON_DAYS


# --- scores ---------------------------------------------------------------------------------------------------


def documents_of(cluster: Mapping[str, Any]) -> set[str]:
    """ "DOCID#template" -> DOCID."""
    return {member.split("#")[0] for member in cluster["members"]}


def pairs(groups: Iterable[Collection[str]]) -> set[Pair]:
    """Pairs of documents that share a group, the smaller docid first."""
    return {pair for group in groups for pair in combinations(sorted(set(group)), 2)}


def score(ours: set[Pair], wanted: set[Pair]) -> tuple[float, float, float]:
    """Precision, recall, F of pairs in per cent."""
    return f_score(len(ours & wanted), len(ours), len(wanted))


def _in_words(scored: tuple[float, float, float]) -> str:
    precision, recall, f = scored
    return f"P {precision:.1f} R {recall:.1f} F {f:.1f}"


def best_tfidf(texts: Mapping[str, str], wanted: set[Pair]) -> float:
    """The peer: cosine of TF-IDF vectors of whole documents, F at the threshold that is best for these very pairs."""
    names = sorted(texts)
    words = [Counter(re.findall(r"\w+", texts[name].lower())) for name in names]
    held = Counter(word for each in words for word in each)
    column = {word: n for n, word in enumerate(held)}
    cells = [
        (row, column[word], (1 + math.log(n)) * math.log(len(names) / held[word]))
        for row, each in enumerate(words) for word, n in each.items()
    ]  # fmt: skip
    rows, columns, values = zip(*cells, strict=True)
    matrix = sparse.csr_matrix((values, (rows, columns)))
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1))).ravel()
    matrix = sparse.diags(1 / np.maximum(length, 1e-9)) @ matrix
    likeness = (matrix @ matrix.T).toarray()
    left, right = np.triu_indices(len(names), 1)
    order = np.argsort(-likeness[left, right], kind="stable")
    right_ones = np.cumsum([(names[left[i]], names[right[i]]) in wanted for i in order])
    f = 2 * right_ones / (np.arange(1, len(order) + 1) + len(wanted))
    return 100 * float(f.max()) if len(f) else 0.0


# --- the two kinds of difference ------------------------------------------------------------------------------


def _differences(gold: Sequence[Mapping[str, Any]], case: Case, found: Found) -> Iterator[str]:
    """How often a difference of the keys is shown, of all, and of those whose documents stand together here."""
    weighed = weigh_incidents(found.claims, case.claims)
    groups = whole_groups(case, found)
    for name, column, shown in (("number of dead", "death_numbers", _shows_numbers),
                                ("who is accused", "perp_confidence", _shows_accused)):  # fmt: skip
        with_it = [row for row in gold if len(row[column]) > 1]
        ours = [[i for i, docs in groups.items() if len(docs & row["documents"]) > 1] for row in with_it]
        hits = sum(any(shown(weighed, incident) for incident in incidents) for incidents in ours)
        yield f"difference in {name}: shown in {hits} of {len(with_it)}, found together {sum(map(bool, ours))}"


def _shows_numbers(weighed: Weighed, incident: str) -> bool:
    sides = weighed.sides.filter(pl.col("incident") == incident, pl.col("aspect") == "dead")
    return sides.select("low", "high").n_unique() > 1


def _shows_accused(weighed: Weighed, incident: str) -> bool:
    return weighed.accused.filter(pl.col("incident") == incident).select("accused", "status").n_unique() > 1
