"""Spellings of one name against look-alikes (bench/linkage/namepairs): average precision.

The shipped weights were learned from two thirds of the development part; "unseen" is the third whose words were not
learned from (training/person_names.py). Peers were measured on the whole part.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from benchmarks.common import Job, Report, find_split, write_predictions
from rasid.knowledge.person_names_spelling import score_words

PEERS = {
    "consonant skeleton": {"ar-lat": 0.871, "lat-lat": 0.763},
    "romanised Jaro-Winkler": {"ar-lat": 0.719, "lat-lat": 0.546},
}


def run(job: Job) -> Report:
    """Score every pair."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "training"))
    from person_names import average_precision, unseen_third

    path = find_split(job.folder("linkage"), f"namepairs_{job.split}")
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))[: job.limit]
    scores = score_words([row["name_1"] for row in rows], [row["name_2"] for row in rows])
    write_predictions(job.predictions, ({"score": round(float(score), 4)} for score in scores))
    report = Report("namepairs", {}, PEERS, {"ar-lat": 0.95, "lat-lat": 0.90}, len(rows), unit="pairs")
    if "same" not in rows[0]:
        return report
    unseen = unseen_third(rows) if job.split == "dev" else {row["name_1"] for row in rows}
    for kind in ("ar-lat", "lat-lat"):
        for name, held in (
            ("", [r["name_1"] in unseen for r in rows]),
            (" with learned", [True] * len(rows)),
        ):
            at = [n for n, (row, ok) in enumerate(zip(rows, held, strict=True)) if row["kind"] == kind and ok]
            report.ours[kind + name] = average_precision([rows[n]["same"] == "1" for n in at], scores[at])
    return report
