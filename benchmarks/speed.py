"""`python -m benchmarks speed [--limit N]`: the whole build beside the bare parse, on one core, in one run.

Text: N documents (default 400) assembled from the development texts of ../shared/bench, written as plain text
into a temporary folder and never kept. Both run in fresh processes that are held to one core where the system
can do that. The bare parse is `nlp.pipe` of the same pipeline over the same passages' text. Seconds are processor
seconds of the process and its children, so that other work on the machine does not count; wall seconds stand in a note.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.common import SHARED, Job, Report, peak_mib, read_lines

DOCUMENTS = 400


def run(job: Job) -> Report:
    """Measure both, in turn, and report words per second and their ratio."""
    with tempfile.TemporaryDirectory() as temp:
        folder = Path(temp) / "texts"
        words = assemble(folder, job.limit or DOCUMENTS)
        size = sum(f.stat().st_size for f in folder.iterdir())
        bare = _measure("bare", folder, Path(temp) / "bare-case")
        whole = _measure("whole", folder, Path(temp) / "case")
        bare_again = _measure("bare", folder, Path(temp) / "bare-case")
    best_bare = min(bare["cpu"], bare_again["cpu"])
    report = Report(
        "speed",
        ours={
            "cpu s": whole["cpu"],
            "words/s": words / whole["cpu"],
            "ratio": whole["cpu"] / best_bare,
            "peak MiB": whole["peak"],
        },
        peers={
            "bare nlp.pipe": {
                "cpu s": best_bare,
                "words/s": words / best_bare,
                "ratio": 1.0,
                "peak MiB": bare["peak"],
            }
        },
        aim={"ratio": 1.3},
    )
    report.notes = [
        f"{words} words, {size / 1e6:.1f} MB, one core; {whole['claims']:.0f} claims; model load left out of both.",
        f"bare parse twice: {bare['cpu']:.1f} and {bare_again['cpu']:.1f} s; wall: whole {whole['wall']:.1f} s, "
        f"bare {bare['wall']:.1f} and {bare_again['wall']:.1f} s.",
    ]
    return report


def assemble(folder: Path, count: int) -> int:
    """Write `count` texts of the development sets as .txt files; returns their number of words."""
    folder.mkdir(parents=True)
    words = 0
    for number, text in zip(range(count), texts(), strict=False):
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8", newline="")
        words += len(text.split())
    return words


def texts() -> Iterator[str]:
    """Texts of several kinds, in turn: news, police reports, wire copy in capitals."""
    bench = SHARED / "bench"
    news = (row["text"] for row in read_lines(bench / "polnear_attribution" / "train.jsonl.gz"))
    bodies = (
        row.get("text") or row.get("body")
        for row in read_lines(bench / "stance_fnc1" / "dev_bodies.jsonl.gz")
    )
    for pair in zip(news, bodies, strict=False):
        yield from (text for text in pair if text)


def _measure(what: str, folder: Path, case: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.speed", what, str(folder), str(case)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _hold_to_one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _bare(folder: Path, case: Path) -> dict[str, float]:
    """Parse the passages that `read` cuts, and nothing else."""
    from rasid.extract.syntax import load_pipeline
    from rasid.read import Limits, read_original

    passages = []
    for number, file in enumerate(sorted(folder.iterdir())):
        reading = read_original(file.read_bytes(), original=f"{number:064x}", name=file.name, limits=Limits())
        for passage in reading.passages:
            text = str(reading.documents[0]["text"])
            passages.append(text[int(str(passage["start"])) : int(str(passage["end"]))])
    nlp = load_pipeline()
    clock = _Clock()
    for _ in nlp.pipe(passages, batch_size=256):
        pass
    return {**clock.read(), "peak": peak_mib()}


def _whole(folder: Path, case_folder: Path) -> dict[str, float]:
    """Add, build, write the site."""
    from rasid import record
    from rasid.case import create_case
    from rasid.extract.syntax import load_pipeline

    load_pipeline()  # the load is the same for both and left out of both
    case = create_case(case_folder)
    clock = _Clock()
    record.add(case, [folder], by="benchmark")
    record.rebuild(case, by="benchmark")
    return {**clock.read(), "peak": peak_mib(), "claims": record.summarise(case).claims}


class _Clock:
    """Processor and wall seconds since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), self._cpu_now()

    def read(self) -> dict[str, float]:
        """Seconds so far."""
        return {"wall": time.perf_counter() - self._wall, "cpu": self._cpu_now() - self._cpu}

    @staticmethod
    def _cpu_now() -> float:
        now = os.times()
        return now.user + now.system + now.children_user + now.children_system


if __name__ == "__main__":
    _hold_to_one_core()
    measured = {"bare": _bare, "whole": _whole}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    print(json.dumps(measured))
