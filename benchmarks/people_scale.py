"""Time and memory of linking many listings. All names are made of random letters; nobody is meant.

`--rows N` listings (1,000,000) on four lists: persons on one to three of them, one row in ten with a typing error,
one in six without its grandfather, ages and days now and then a little off.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
import polars as pl

from benchmarks.common import Job, Report
from benchmarks.people import cluster_score
from rasid.model.people import LISTINGS
from rasid.resolve.people import Settings, settle
from rasid.resolve.people.features import make_features
from rasid.resolve.people.link import learn_kinds
from rasid.resolve.people.linking import compare

T = TypeVar("T")

LETTERS = "بتجحدرسشصطعفقكلمنهوي"
NAMES = 4000
PLACES = 40


def run(job: Job) -> Report:
    """The whole way without answers, with time and memory of each step."""
    rows = int(job.options[job.options.index("--rows") + 1]) if "--rows" in job.options else 1_000_000
    listings, entity = invent(rows, np.random.default_rng(5))
    of_rows = entity[np.argsort(listings["id"].to_numpy(), kind="stable")]
    report = Report("people_scale", {}, aim={"s": 60.0, "GB": 3.0}, unit="listings", words=rows)
    report.notes.append(f"before linking: {peak():.2f} GB")
    settings = Settings()
    started, cpu = time.perf_counter(), time.process_time()
    features = timed(report, "features", lambda: make_features(listings))
    compared = timed(report, "blocked and compared", lambda: compare(features))
    comparison = timed(report, "learned", lambda: learn_kinds(features, compared, settings=settings))
    linkage = timed(report, "settled", lambda: settle(comparison))
    report.ours = {"s": time.perf_counter() - started, "GB": peak()}
    report.notes.append(
        f"{time.process_time() - cpu:.1f} s of processor time, {len(comparison.log_odds)} pairs; load of the machine at"
        f" the end {os.getloadavg()[0]:.1f}"
    )
    report.notes.append(f"clusters: {cluster_score(linkage.groups, of_rows)}")
    return report


def timed(report: Report, name: str, step: Callable[[], T]) -> T:
    """Do a step, and note what it took."""
    started, cpu = time.perf_counter(), time.process_time()
    done = step()
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    report.notes.append(f"{name}: {seconds:.1f} s, {cpu:.1f} s of processor time, {peak():.2f} GB")
    return done


def peak() -> float:
    """Largest memory so far, in GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def invent(rows: int, rng: np.random.Generator) -> tuple[pl.DataFrame, np.ndarray]:
    """LISTINGS, and the number of the person behind each row."""
    names = np.array(
        ["".join(rng.choice(list(LETTERS), rng.integers(3, 6))) for _ in range(NAMES)], dtype=object
    )
    usual = 1.0 / (np.arange(NAMES) + 15.0)
    persons = rows * 10 // 16
    chains = [names[rng.choice(NAMES, persons, p=usual / usual.sum())] for _ in range(4)]
    age, day, place = (
        rng.integers(0, 90, persons),
        rng.integers(0, 700, persons),
        rng.integers(0, PLACES, persons),
    )
    times = rng.choice([1, 2, 3], persons, p=[0.55, 0.3, 0.15])
    entity = np.repeat(np.arange(persons), times)[:rows]
    on = (np.arange(len(entity)) - np.searchsorted(entity, entity) + entity) % 4
    held = [
        _written([chain[e] for chain in chains], short=bool(s), typo=bool(t), rng=rng)
        for e, s, t in zip(
            entity, rng.random(len(entity)) < 1 / 6, rng.random(len(entity)) < 0.1, strict=True
        )
    ]
    off = rng.choice([0, 0, 0, 0, 0, 1, -1], len(entity))
    begun = date(2021, 1, 1)
    columns = {
        "id": [f"r{n:08d}" for n in range(len(entity))],
        "list": [f"list {n}" for n in on.tolist()],
        "name": held,
        "age": (age[entity] + off).clip(0).astype(float),
        "date": [(begun + timedelta(days=int(d))).isoformat() for d in day[entity] + off],
        "place": [f"place {chr(97 + p % 26)}{chr(97 + p // 26)}" for p in place[entity].tolist()],
    }
    frame = pl.DataFrame(columns)
    missing = [
        pl.lit(None, dtype=dtype).alias(name) for name, dtype in LISTINGS.items() if name not in frame.columns
    ]
    return frame.with_columns(missing).select(list(LISTINGS)).cast(dict(LISTINGS)), entity  # type: ignore[arg-type]


def _written(chain: list[str], *, short: bool, typo: bool, rng: np.random.Generator) -> str:
    words = [chain[0], chain[1], chain[3]] if short else list(chain)
    if typo:
        at = int(rng.integers(len(words)))
        place = int(rng.integers(len(words[at])))
        words[at] = words[at][:place] + LETTERS[int(rng.integers(len(LETTERS)))] + words[at][place + 1 :]
    return " ".join(words)
