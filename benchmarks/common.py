"""What every benchmark program shares: where data lies, how figures are printed, how predictions are written."""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SHARED = Path(__file__).resolve().parents[2] / "shared"


@dataclass(frozen=True, slots=True)
class Job:
    """One call of a benchmark program."""

    data: Path | None
    split: str
    predictions: Path | None
    limit: int | None
    options: tuple[str, ...] = ()  # whatever else stood on the command line

    def folder(self, name: str) -> Path:
        """The data folder: as given, else ../shared/bench/NAME."""
        return self.data or SHARED / "bench" / name


@dataclass(slots=True)
class Report:
    """Figures of ours, with the peers beside them.

    ours:  metric -> figure; peers: name -> {metric -> figure}
    """

    name: str
    ours: dict[str, float]
    peers: dict[str, dict[str, float]] = field(default_factory=dict)
    aim: dict[str, float] = field(default_factory=dict)
    words: int = 0  # how much was read, for the rate
    unit: str = "words"
    notes: list[str] = field(default_factory=list)


def read_lines(path: Path, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """Objects of a JSON-lines file, gzipped or not."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                return
            yield json.loads(line)


def find_split(folder: Path, stem: str) -> Path:
    """The file of this stem, .jsonl.gz, .jsonl or .csv."""
    for suffix in (".jsonl.gz", ".jsonl", ".csv", ".csv.gz"):
        if (path := folder / (stem + suffix)).exists():
            return path
    sys.exit(
        f"No file {stem}.jsonl.gz (or .jsonl, .csv) in {folder}. Name the folder with --data, the part with --split."
    )


def write_predictions(path: Path | None, rows: Iterable[dict[str, Any]]) -> None:
    """One JSON object a line, in the form of PREDICTIONS.md."""
    if path is None:
        return
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def f_score(hits: float, predicted: float, gold: float) -> tuple[float, float, float]:
    """Precision, recall and F in per cent; 0 where nothing was predicted or nothing is there."""
    precision = 100 * hits / predicted if predicted else 0.0
    recall = 100 * hits / gold if gold else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def show(report: Report, started: float) -> None:
    """Print the report: our figures, the peers', the aim, the rate and the peak memory."""
    seconds = time.perf_counter() - started
    metrics = list(report.ours)
    width = max(12, *(len(m) + 2 for m in metrics))
    rows = {"Rasid": report.ours, **report.peers}
    if report.aim:
        rows["aim"] = report.aim
    label = max(len(name) for name in rows) + 2
    print(report.name)
    print(" " * label + "".join(m.rjust(width) for m in metrics))
    for name, figures in rows.items():
        cells = "".join(
            (f"{figures[m]:.3g}" if abs(figures[m]) < 1 else f"{figures[m]:.1f}").rjust(width)
            if m in figures
            else "-".rjust(width)
            for m in metrics
        )
        print(name.ljust(label) + cells)
    for note in report.notes:
        print(note)
    if report.words:
        print(
            f"{report.words} {report.unit} in {seconds:.1f} s: {report.words / seconds:.0f} {report.unit} a second; ",
            end="",
        )
    print(f"peak memory {peak_mib():.0f} MiB")


def peak_mib() -> float:
    """Peak resident memory of this process in MiB (0 where the system does not say)."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
