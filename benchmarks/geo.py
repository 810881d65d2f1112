"""Place names of other lists -> places of the gazetteer (bench/geo).

`--governorate` also gives the matcher the true governorate. `--split` is a file stem; without it all development files.
"""

from __future__ import annotations

import csv
import math
import os
import re
import sys
import tempfile
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benchmarks.common import SHARED, Job, Report, write_predictions
from rasid.knowledge.gazetteer import Found, Gazetteer, load_gazetteer
from rasid.knowledge.gazetteer_index import Volume, load_volume, save_volume

SPLITS = ("examples_dev", "ocha_syria_dev", "iom_iraq_dev", "ucdp_names_dev", "variants_dev")
PEERS = {
    ("ocha_syria_dev", False): {"first": 67.0, "hit@5": 89.4},
    ("ocha_syria_dev", True): {"first": 87.0, "hit@5": 96.0},
    ("iom_iraq_dev", False): {"first": 50.6, "hit@5": 68.8},
    ("iom_iraq_dev", True): {"first": 66.2, "hit@5": 78.7},
}
_MARKS = re.compile(r"['’‘ʿʾ`´ʼʻ′]")
_PUNCTUATION = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Figures:
    """What one file scored; shares in per cent."""

    first: float
    hit5: float
    accepted: float
    precision: float
    rows: int


def run(job: Job) -> Report:
    """Match every row of the files and count."""
    governorate = "--governorate" in job.options
    splits = SPLITS if job.split == "dev" else (job.split,)
    report = Report("geo" + (" --governorate" if governorate else ""), {}, unit="look-ups")
    out: list[dict[str, Any]] = []
    seconds = 0.0
    for split in splits:
        rows = _rows(job.folder("geo") / f"{split}.csv")[: job.limit]
        gazetteer = _gazetteer(job, split, rows)
        started = time.process_time()
        found = gazetteer.look_up_many(
            [(r["query"], r["country"], r.get("adm1_pcode") if governorate else None) for r in rows]
        )
        seconds += time.process_time() - started
        report.words += len(rows)
        out += [_prediction(f) for f in found]
        _note(report, split, list(zip(rows, found, strict=True)), governorate)
    write_predictions(job.predictions, out)
    report.notes.append(
        f"{report.words / seconds:.0f} look-ups a second of processor time, {1e6 * seconds / report.words:.0f} us each"
    )
    return report


def hidden_volume(folder: Path, file: Path) -> Volume:
    """The region's volume without the names that the rows of `file` ask for, kept in a cache folder."""
    cache = Path(os.environ.get("RASID_BENCH_CACHE", tempfile.gettempdir())) / "rasid-bench-geo"
    if not (cache / f"{file.stem}.forms.parquet").exists():
        sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))
        from make_gazetteer import build_region

        asked = {(int(r["place_id"]), readme_form(r["query"])) for r in _rows(file)}
        names = pl.read_parquet(folder / "names.parquet").select("place_id", "name")
        hidden = [n for n in names.iter_rows() if (n[0], readme_form(n[1])) in asked]
        save_volume(
            build_region(folder, hidden=pl.DataFrame(hidden, schema=names.schema, orient="row")),
            cache,
            file.stem,
        )
    return load_volume(cache, file.stem)


def readme_form(name: str) -> str:
    """The form in which the README compares names: casefold, no marks or apostrophes, punctuation as space."""
    bare = unicodedata.normalize("NFKD", _MARKS.sub("", name.casefold()))
    return _PUNCTUATION.sub(" ", "".join(c for c in bare if not unicodedata.combining(c))).strip()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _gazetteer(job: Job, split: str, rows: list[dict[str, str]]) -> Gazetteer:
    """The shipped gazetteer, or for `variants` the one without the hidden names."""
    source = SHARED / "data/gazetteer"
    if "place_id" not in rows[0] or not source.is_dir():
        return load_gazetteer(world=False)
    return Gazetteer((hidden_volume(source, job.folder("geo") / f"{split}.csv"),))


def _prediction(found: Found) -> dict[str, Any]:
    places = [
        {"place_id": c.place_id, "lat": c.latitude, "lon": c.longitude, "score": round(c.score, 4)}
        for c in found.candidates[:5]
    ]
    return {"places": places, "accepted": found.accepted}


def _right(row: dict[str, str], found: Found) -> list[bool]:
    """For each of the first five candidates: is it right?"""
    if "accept_place_ids" in row:
        ids = {int(i) for i in row["accept_place_ids"].split(";")}
        return [c.place_id in ids for c in found.candidates[:5]]
    if "place_id" in row:
        return [c.place_id == int(row["place_id"]) for c in found.candidates[:5]]
    lat, lon = float(row["lat"]), float(row["lon"])
    return [_km(c.latitude, c.longitude, lat, lon) <= 5 for c in found.candidates[:5]]


def _score(pairs: list[tuple[dict[str, str], Found]]) -> Figures:
    right = [_right(row, found) for row, found in pairs]
    first, tied = 0.0, 0
    for (_, found), good in zip(pairs, right, strict=True):
        tops = [
            g for c, g in zip(found.candidates, good, strict=False) if c.score == found.candidates[0].score
        ]
        first += sum(tops[:1]) if len(tops) < 2 else sum(tops) / len(tops)
        tied += len(tops) > 1
    taken = [good[0] for (_, found), good in zip(pairs, right, strict=True) if found.accepted]
    return Figures(
        100 * first / len(pairs),
        100 * float(np.mean([any(g) for g in right])),
        100 * len(taken) / len(pairs),
        100 * float(np.mean(taken)) if taken else math.nan,
        len(pairs),
    )


def _note(report: Report, split: str, pairs: list[tuple[dict[str, str], Found]], governorate: bool) -> None:
    """One line a file (all rows), one for the third that was never read, and one for each relation of `variants`."""
    peer = PEERS.get((split, governorate), {})
    groups = {split: pairs, f"{split}, unread third": [p for n, p in enumerate(pairs) if n % 3 == 2]}
    for relation in sorted({row.get("relation", "") for row, _ in pairs} - {""}):
        groups[f"{split}, {relation}"] = [p for p in pairs if p[0]["relation"] == relation]
    for name, group in groups.items():
        if not group:
            continue
        figures = _score(group)
        beside = ", ".join(f"{metric} {value}" for metric, value in peer.items())
        report.notes.append(
            f"{name:40} {figures.rows:5} rows  first {figures.first:5.1f}  hit@5 {figures.hit5:5.1f}  "
            f"accepted {figures.accepted:5.1f} at precision {figures.precision:5.1f}"
            + (f"   (peer: {beside})" if beside and name == split else "")
        )
        if name == split:
            report.ours[f"{split.removesuffix('_dev')} first"] = figures.first


def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    return math.hypot((lat1 - lat2) * 111.2, (lon1 - lon2) * 111.2 * math.cos(math.radians(lat1)))
