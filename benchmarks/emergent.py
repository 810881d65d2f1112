"""Emergent: is a headline for a rumour, against it, or does it only observe that it is told?

Each headline is read by itself, as a text that is known to be about the claim. Nothing was trained on this set; the
words and thresholds were chosen by reading two thirds of its claims (`--third` splits the figures).
"""

from __future__ import annotations

from benchmarks.common import Job, Report, find_split, read_lines, write_predictions
from benchmarks.stance_scores import accuracy, confusion, macro_f, thirds
from rasid.extract.stances.judge import judge_text
from rasid.extract.stances.pieces import Cutter
from rasid.extract.stances.shelf import make_shelf

LABELS = ("for", "against", "observing")
NAMES = {"agree": "for", "disagree": "against", "discusses": "observing"}
PEERS = {
    "majority": {"accuracy": 46.9, "macro-F1": 21.3},
    "TF-IDF": {"accuracy": 67.9, "macro-F1": 66.9},
    "authors' model": {"accuracy": 73.3, "macro-F1": 72.3},
    "two regular expressions (test)": {"accuracy": 74.8, "macro-F1": 73.8},
}


def run(job: Job) -> Report:
    """Judge every pair of the split."""
    rows = list(read_lines(find_split(job.folder("stance_emergent"), job.split), job.limit))
    cutter = Cutter()
    shelf = make_shelf((), cutter=cutter)
    ours = []
    for row in rows:
        text = cutter.text(row["id"], row["headline"], [(0, len(row["headline"]))])
        ours.append(
            NAMES[judge_text(shelf.claim(row["claim"]), text, words=cutter.words, paired=True).stance]
        )
    write_predictions(job.predictions, ({"stance": label} for label in ours))
    gold = [row.get("stance", "") for row in rows]
    figures = {"accuracy": accuracy(gold, ours), "macro-F1": macro_f(gold, ours, LABELS)}
    split = thirds(
        [row["claim"] for row in rows], gold, ours, lambda g, o: (accuracy(g, o), macro_f(g, o, LABELS))
    )
    return Report(
        "emergent",
        figures,
        PEERS,
        {"accuracy": 78.0, "macro-F1": 77.0},
        words=len(rows),
        unit="pairs",
        notes=[*split, *confusion(gold, ours, LABELS)],
    )
