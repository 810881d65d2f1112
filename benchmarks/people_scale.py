"""Time and memory of linking many listings. All names are made of random letters; nobody is meant.

`--rows N` listings (1,000,000) on four lists: persons on one to three of them, one row in ten with a typing error,
one in six without its grandfather, ages and days now and then a little off.
"""

from __future__ import annotations

import resource
import time
from datetime import date, timedelta

import numpy as np
import polars as pl

from benchmarks.common import Job, Report
from benchmarks.people import cluster_score
from rasid.model.people import LISTINGS
from rasid.resolve.people import compare_listings, settle
from rasid.resolve.people.features import make_features

LETTERS = "بتجحدرسشصطعفقكلمنهوي"
NAMES = 4000
PLACES = 40


def run(job: Job) -> Report:
    """Features alone, then the whole way without answers."""
    rows = int(job.options[job.options.index("--rows") + 1]) if "--rows" in job.options else 1_000_000
    listings, entity = invent(rows, np.random.default_rng(5))
    report = Report("people_scale", {}, aim={"s": 60.0, "GB": 3.0}, unit="listings", words=rows)
    started, cpu = time.perf_counter(), time.process_time()
    features = make_features(listings)
    report.notes.append(f"features alone: {time.perf_counter() - started:.0f} s")
    del features
    started = time.perf_counter()
    comparison = compare_listings(listings)
    report.notes.append(
        f"compared: {time.perf_counter() - started:.0f} s, {len(comparison.log_odds)} pairs, {peak():.1f} GB"
    )
    linkage = settle(comparison)
    report.ours = {"s": time.perf_counter() - started, "GB": peak()}
    of_rows = entity[np.argsort(listings["id"].to_numpy(), kind="stable")]
    report.notes.append(f"processor time {time.process_time() - cpu:.0f} s with the features twice")
    report.notes.append(f"clusters: {cluster_score(linkage.groups, of_rows)}")
    return report


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
