"""Perspectrum: does a statement support a contested claim or undermine it?

The learned weights that ship have seen the whole development part, so its figures here are those of known text. For
figures of unknown text train without a third (`python -m training.stances arguments ... --leave-third --out HEAD`)
and name that file: `--head HEAD`; the figures of the third are then honest.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.common import Job, Report, find_split, read_lines, write_predictions
from benchmarks.stance_scores import accuracy, is_unread, macro_f, thirds
from rasid.extract.stances.arguments import load_arguments

LABELS = ("support", "undermine")


def run(job: Job) -> Report:
    """Weigh every statement of the split."""
    head = Path(job.options[job.options.index("--head") + 1]) if "--head" in job.options else None
    rows = list(read_lines(find_split(job.folder("stance_perspectrum"), job.split), job.limit))
    read = load_arguments(head).weigh([(row["claim"], row["perspective"]) for row in rows])
    ours, rules = [r.side for r in read], [r.by_rule for r in read]
    write_predictions(job.predictions, ({"stance": label} for label in ours))
    gold = [row.get("stance", "") for row in rows]
    keys = [row["claim"] for row in rows]

    def score(g: list[str], o: list[str]) -> tuple[float, float]:
        return accuracy(g, o), macro_f(g, o, LABELS)

    def figures(o: list[str]) -> dict[str, float]:
        return dict(zip(("accuracy", "macro-F1"), score(gold, o), strict=True))

    seen = {plain(row["perspective"]) for row in rows if not is_unread(row["claim"])}
    fresh = [
        k for k, row in enumerate(rows) if is_unread(row["claim"]) and plain(row["perspective"]) not in seen
    ]
    alone = score([gold[k] for k in fresh], [ours[k] for k in fresh])
    return Report(
        "perspectrum",
        figures(ours),
        {"Rasid, rule alone": figures(rules), "trivial": {"accuracy": 53.0, "macro-F1": 34.6}},
        {"accuracy": 66.0, "macro-F1": 65.0},
        words=len(rows),
        unit="pairs",
        notes=[
            *thirds(keys, gold, ours, score),
            f"of that third, statements that stand nowhere else ({len(fresh)}): {alone[0]:.1f} / {alone[1]:.1f}",
            "The weights that ship have seen the whole of dev; see the module for honest figures."
            if head is None
            else f"Weights: {head.name}",
        ],
    )


def plain(text: str) -> str:
    """Lower case, letters only: to find the same statement again."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
