"""FNC-1: does an article agree with a headline, disagree, discuss it, or is it about something else?

Bodies are cut into passages once, as `rasid` reads plain text; each headline is then laid beside its bodies. Nothing
was trained on this set; thresholds were chosen on two thirds of its bodies.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from benchmarks.common import Job, Report, find_split, read_lines, write_predictions
from benchmarks.stance_scores import confusion, label_f, macro_f, thirds
from rasid.extract.stances.judge import judge_text
from rasid.extract.stances.pieces import Cutter
from rasid.extract.stances.shelf import Shelf, is_related, make_shelf
from rasid.read.passages import cut_passages

LABELS = ("agree", "disagree", "discuss", "unrelated")
PEERS = {
    "official baseline": {"FNC score": 75.4, "macro-F1": 45.2, "F disagree": 0.8},
    "winners of 2017": {"FNC score": 82.0, "macro-F1": 57.6, "F disagree": 3.0},
    "second of 2017": {"FNC score": 82.7, "macro-F1": 60.2, "F disagree": 12.6},
    "RoBERTa, fine-tuned": {"FNC score": 90.0, "macro-F1": 78.0},
}


def run(job: Job) -> Report:
    """Judge every headline and body of the split."""
    folder = job.folder("stance_fnc1")
    bodies = {
        str(row["body_id"]): row["text"] for row in read_lines(find_split(folder, f"{job.split}_bodies"))
    }
    rows = list(read_lines(find_split(folder, f"{job.split}_stances"), job.limit))
    shelf = read_bodies(bodies)
    begun = time.perf_counter()
    ours = judge_rows(shelf, rows)
    rate = len(rows) / (time.perf_counter() - begun)
    write_predictions(job.predictions, ({"stance": label} for label in ours))
    gold = [row.get("stance", "") for row in rows]
    keys = [str(row["body_id"]) for row in rows]
    return Report(
        "fnc1",
        dict(zip(("FNC score", "macro-F1", "F disagree"), score(gold, ours), strict=True)),
        PEERS,
        {"FNC score": 82.0, "macro-F1": 60.0, "F disagree": 25.0},
        words=len(rows),
        unit="pairs",
        notes=[
            *thirds(keys, gold, ours, score),
            *confusion(gold, ours, LABELS),
            f"{rate:.0f} pairs a second once the bodies are cut into words",
        ],
    )


def read_bodies(bodies: dict[str, str]) -> Shelf:
    """The bodies on a shelf, each under its number."""
    cutter = Cutter()
    return make_shelf(
        (
            cutter.text(key, text, ((p.start, p.end) for p in cut_passages(text)))
            for key, text in bodies.items()
        ),
        cutter=cutter,
    )


def judge_rows(shelf: Shelf, rows: list[dict[str, Any]]) -> list[str]:
    """The label of each row, in order."""
    at = {text.document: k for k, text in enumerate(shelf.texts)}
    asked: dict[str, list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        asked[row["headline"]].append(n)
    labels = ["unrelated"] * len(rows)
    for headline, numbers in asked.items():
        claim = shelf.claim(headline)
        close = shelf.closeness(claim)
        for n in numbers:
            k = at[str(rows[n]["body_id"])]
            if is_related(claim, shelf.texts[k], closeness=float(close[k])):
                stance = judge_text(claim, shelf.texts[k], words=shelf.cutter.words).stance
                labels[n] = "discuss" if stance == "discusses" else stance
    return labels


def score(gold: Sequence[str], ours: Sequence[str]) -> tuple[float, float, float]:
    """FNC score, macro-F1, F of disagree; all in per cent."""
    got = best = 0.0
    for g, o in zip(gold, ours, strict=True):
        best += 0.25 if g == "unrelated" else 1.0
        if g == "unrelated":
            got += 0.25 * (o == g)
        elif o != "unrelated":
            got += 0.25 + 0.75 * (o == g)
    return 100 * got / max(best, 1e-9), macro_f(gold, ours, LABELS), label_f(gold, ours, "disagree")
