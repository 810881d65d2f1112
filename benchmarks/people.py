"""Lists of people -> who is who (bench/linkage: casualty4, releases, historical, febrl3).

Answers of a person are taken from the truth for 300 stratified pairs (`--labels N`); the learning itself sees none.
`--only NAME` reads one file. The names in `releases` are of real people who were killed: only sums are printed.
With `--predictions OUT` clusters go to OUT, scored pairs to OUT with `.pairs` in its name.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.common import Job, Report, write_predictions
from rasid.knowledge.gazetteer import load_gazetteer
from rasid.resolve.people import (
    LISTINGS,
    Answer,
    Linkage,
    Settings,
    ask,
    compare_listings,
    pair_table,
    settle,
)
from rasid.resolve.people.link import Comparison, probabilities
from rasid.resolve.people.places import with_places

PEERS = {"casualty4 pairs": 84.9, "casualty4 clusters": 86.0, "casualty4 cross-script": 84.6}
PEERS |= {
    "releases lat-ar": 88.8,
    "releases ar-ar": 96.1,
    "historical clusters": 89.0,
    "febrl3 clusters": 99.89,
    "casualty4 Brier": 0.044,
}
AIM = {"casualty4 pairs": 93.0, "casualty4 clusters": 93.0, "casualty4 cross-script": 92.0}
AIM |= {"releases lat-ar": 95.0, "releases ar-ar": 98.5, "historical clusters": 92.0, "casualty4 Brier": 0.03}
BRIER_LEAST = (
    0.01  # pairs below are not scored: there are a hundred for each true one, and all tools are right on them
)


@dataclass(frozen=True, slots=True)
class Scored:
    """Precision, recall and F in per cent."""

    precision: float
    recall: float
    f: float

    def __str__(self) -> str:
        return f"{self.f:.1f} (P {self.precision:.1f} R {self.recall:.1f})"


def run(job: Job) -> Report:
    """Link each file, compare with the truth."""
    only = job.options[job.options.index("--only") + 1] if "--only" in job.options else ""
    labels = int(job.options[job.options.index("--labels") + 1]) if "--labels" in job.options else 300
    report = Report("people", {}, {"best peer": PEERS}, AIM, unit="listings")
    gazetteer = load_gazetteer(world=False)
    clusters: list[dict[str, Any]] = []
    pairs: list[dict[str, Any]] = []
    for name, read in READERS.items():
        if only and not name.startswith(only):
            continue
        started, cpu = time.perf_counter(), time.process_time()
        listings, truth = read(job.folder("linkage"), job.split)
        settings = Settings(deduplicated=("a", "b") if name.startswith("releases") else ())
        comparison = compare_listings(with_places(listings, gazetteer), settings=settings)
        before = settle(comparison)
        linkage = (
            settle(comparison, answers=answers_of(comparison, truth, count=labels)) if labels else before
        )
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        note(report, name, linkage, before, truth)
        report.notes.append(
            f"{name}: {seconds:.0f} s, {cpu:.0f} s of processor time, {len(comparison.log_odds)} pairs"
        )
        report.words += listings.height
        clusters += linkage.persons.select(rec_id="id", cluster="person").to_dicts()
        pairs += (
            pair_table(linkage)
            .select(rec_id_1="left_id", rec_id_2="right_id", probability="probability")
            .to_dicts()
        )
    if job.predictions:
        write_predictions(job.predictions, clusters)
        write_predictions(job.predictions.with_suffix(".pairs.jsonl"), pairs)
    return report


def note(report: Report, name: str, linkage: Linkage, before: Linkage, truth: dict[str, str]) -> None:
    """The figures of one file. Answered pairs are scored as the model has them, not as they were answered."""
    from rasid.resolve.people.calibrate import calibrated

    comparison = linkage.comparison
    table = comparison.features.table
    entity = np.unique([truth[i] for i in comparison.features.ids], return_inverse=True)[1]
    lists, left, right = table["list"].to_numpy(), comparison.compared.left, comparison.compared.right
    same = entity[left] == entity[right]
    across = name.startswith("releases")
    total = count_links(entity, lists if across else None)
    odds = calibrated(linkage.calibration, comparison.signs)
    counted = lists[left] != lists[right] if across else np.ones(len(left), dtype=bool)
    taken = best_f(np.where(counted, odds, -99), same & counted, total)
    fixed = at_zero(np.where(counted, before.log_odds, -99), same & counted, total)
    clusters = cluster_score(linkage.groups, entity, lists if across else None)
    bare = cluster_score(before.groups, entity, lists if across else None)
    key = name if across else f"{name} pairs"
    report.ours[key] = clusters.f if across else taken.f
    if not across:
        report.ours[f"{name} clusters"] = clusters.f
    report.notes.append(
        f"{name}: pairs at best threshold {taken}; at one half without labels {fixed};"
        f" clusters {clusters}, without labels {bare}"
    )
    report.notes.append(
        f"  compared pairs hold {100 * (same & counted).sum() / total:.1f} % of {total} links; lost by blocking,"
        f" estimated {linkage.missed:.0f}, in fact {total - int((same & counted).sum())}"
    )
    scripts = table["arabic"].to_numpy().astype(int)
    kinds = scripts[left] + scripts[right]
    if name == "casualty4":
        everyone = {0: ~table["arabic"].to_numpy(), 2: table["arabic"].to_numpy()}
        for kind, words in ((1, "cross-script"), (2, "ar-ar"), (0, "lat-lat")):
            if kind == 1:
                links = total - sum(count_links(entity[rows]) for rows in everyone.values())
                report.ours["casualty4 cross-script"] = best_f(
                    np.where(kinds == 1, odds, -99), same & (kinds == 1), links
                ).f
            else:
                links = count_links(entity[everyone[kind]])
            report.notes.append(
                f"  {words}: {best_f(np.where(kinds == kind, odds, -99), same & (kinds == kind), links)}"
            )
        report.ours["casualty4 Brier"] = brier(odds, same)
    report.notes.append(
        f"  Brier of pairs from {BRIER_LEAST:.0%}: {brier(odds, same):.4f}, "
        f"without labels {brier(before.log_odds, same):.4f};"
        f" expected links {probabilities(odds)[counted].sum():.0f} of {int((same & counted).sum())}"
    )


def answers_of(comparison: Comparison, truth: dict[str, str], *, count: int) -> dict[tuple[str, str], Answer]:
    """What a person who knows the truth says about the pairs that are asked."""
    return {
        (a, b): Answer.SAME if truth[a] == truth[b] else Answer.DIFFERENT
        for a, b in ask(comparison, count=count)
    }


def count_links(entity: np.ndarray, lists: np.ndarray | None = None) -> int:
    """True links; with lists only those between different ones."""
    sizes = np.unique(entity, return_counts=True)[1]
    links = int((sizes * (sizes - 1) // 2).sum())
    if lists is None:
        return links
    within = np.unique(entity * 100 + lists, return_counts=True)[1]
    return links - int((within * (within - 1) // 2).sum())


def cluster_score(groups: np.ndarray, entity: np.ndarray, lists: np.ndarray | None = None) -> Scored:
    """Pairwise precision, recall and F of groups."""
    both = np.unique(np.stack([groups, entity]), axis=1, return_inverse=True)[1]
    return _scored(count_links(both, lists), count_links(groups, lists), count_links(entity, lists))


def best_f(scores: np.ndarray, same: np.ndarray, total: int) -> Scored:
    """At the threshold with the best F, as the peers are measured."""
    right = same[np.argsort(-scores, kind="stable")]
    hits, taken = np.cumsum(right), np.arange(1, len(right) + 1)
    best = int(np.argmax(2 * hits / (taken + total)))
    return _scored(int(hits[best]), int(taken[best]), total)


def at_zero(log_odds: np.ndarray, same: np.ndarray, total: int) -> Scored:
    """At a probability of one half."""
    return _scored(int((same & (log_odds > 0)).sum()), int((log_odds > 0).sum()), total)


def brier(log_odds: np.ndarray, same: np.ndarray) -> float:
    """Mean squared error of the probabilities of pairs that are not hopeless."""
    probability = probabilities(log_odds)
    held = probability >= BRIER_LEAST
    return float(np.mean((probability[held] - same[held]) ** 2))


def _scored(hits: int, taken: int, total: int) -> Scored:
    precision, recall = 100 * hits / max(1, taken), 100 * hits / max(1, total)
    return Scored(precision, recall, 200 * hits / max(1, taken + total))


# --- the files ------------------------------------------------------------------------------------------------


def _listings(frame: pl.DataFrame) -> pl.DataFrame:
    missing = [
        pl.lit(None, dtype=dtype).alias(name) for name, dtype in LISTINGS.items() if name not in frame.columns
    ]
    return frame.with_columns(missing).select(list(LISTINGS)).cast(dict(LISTINGS))  # type: ignore[arg-type]


def _file(folder: Path, stem: str) -> pl.DataFrame:
    path = folder / f"{stem}.csv"
    if not path.exists():
        sys.exit(f"No file {path}. Name the folder with --data, the part with --split.")
    return pl.read_csv(path, infer_schema=False)


def read_casualty4(folder: Path, split: str) -> tuple[pl.DataFrame, dict[str, str]]:
    """Four lists in two scripts."""
    rows = _file(folder, f"casualty4_{split}")
    listings = _listings(rows.rename({"rec_id": "id", "date_of_death": "date", "governorate": "place"}))
    return listings, dict(rows.select("rec_id", "entity_id").iter_rows())


def _read_releases(folder: Path, split: str, column: str) -> tuple[pl.DataFrame, dict[str, str]]:
    a, b = _file(folder, f"releases_{split}_a"), _file(folder, f"releases_{split}_b")
    frames = [
        frame.select(
            pl.format(f"{name}{{}}", "rec_id").alias("id"),
            pl.lit(name).alias("list"),
            pl.col(of).alias("name"),
            "age",
            "sex",
        )
        for name, frame, of in (("a", a, column), ("b", b, "name_ar"))
    ]
    truth = {f"a{i}": e for i, e in a.select("rec_id", "entity_id").iter_rows()}
    truth |= {f"b{i}": e for i, e in b.select("rec_id", "entity_id").iter_rows()}
    return _listings(pl.concat(frames)), truth


def read_releases_mixed(folder: Path, split: str) -> tuple[pl.DataFrame, dict[str, str]]:
    """The Latin names of the first list against the Arabic ones of the second."""
    return _read_releases(folder, split, "name_en")


def read_releases_arabic(folder: Path, split: str) -> tuple[pl.DataFrame, dict[str, str]]:
    """Arabic names of both."""
    return _read_releases(folder, split, "name_ar")


def read_historical(folder: Path, split: str) -> tuple[pl.DataFrame, dict[str, str]]:
    """Names, births and places of one list, in English."""
    rows = _file(folder, f"historical_{split}")
    frame = rows.select(
        pl.col("unique_id").alias("id"),
        pl.lit("wikidata").alias("list"),
        pl.col("full_name").alias("name"),
        pl.col("dob").alias("birth"),
        pl.col("gender").alias("sex"),
        pl.col("birth_place").alias("place"),
        pl.concat_list(pl.format("postcode: {}", "postcode_fake"), pl.format("occupation: {}", "occupation"))
        .list.drop_nulls()
        .alias("codes"),
    )
    return _listings(frame), dict(rows.select("unique_id", "cluster").iter_rows())


def read_febrl3(folder: Path, split: str) -> tuple[pl.DataFrame, dict[str, str]]:
    """Names, births, addresses and numbers of one list, made by FEBRL; the same file in every part."""
    rows = pl.read_csv(folder / "febrl3.csv", infer_schema=False)
    rows = rows.rename(str.strip).with_columns(pl.all().str.strip_chars().replace("", None))
    day = pl.col("date_of_birth")
    things = ("address_1", "address_2", "postcode", "soc_sec_id")
    frame = rows.select(
        pl.col("rec_id").alias("id"),
        pl.lit("febrl3").alias("list"),
        pl.concat_str("given_name", "surname", separator=" ", ignore_nulls=True).alias("name"),
        pl.format("{}-{}-{}", day.str.slice(0, 4), day.str.slice(4, 2), day.str.slice(6, 2)).alias("birth"),
        pl.col("suburb").alias("place"),
        pl.concat_list(pl.format(f"{name}: {{}}", name) for name in things).list.drop_nulls().alias("codes"),
    )
    persons = rows.select("rec_id", person=pl.col("rec_id").str.extract(r"^(rec-\d+)"))
    return _listings(frame), dict(persons.iter_rows())


READERS = {
    "casualty4": read_casualty4,
    "releases lat-ar": read_releases_mixed,
    "releases ar-ar": read_releases_arabic,
    "historical": read_historical,
    "febrl3": read_febrl3,
}
