"""`python -m benchmarks NAME [--data FOLDER] [--split SPLIT] [--predictions OUT.jsonl] [--limit N] [...]`

Each program is `benchmarks/NAME.py` with `run(job: Job) -> Report`.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import time
from pathlib import Path

import benchmarks
from benchmarks.common import Job, show

HELPERS = frozenset(
    {"__main__", "common", "claims", "muc_incidents", "muc_relevance", "muc_slots", "stance_scores"}
)  # no programs of their own


def main() -> None:
    """Run one program and print its report."""
    names = sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if m.name not in HELPERS)
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Score the current code.")
    parser.add_argument("name", choices=names, type=lambda name: name.replace("-", "_"))
    parser.add_argument("--data", type=Path, help="folder with files of the README's format")
    parser.add_argument("--split", default="dev", help="file stem in that folder")
    parser.add_argument("--predictions", type=Path, help="write one JSON object a line here")
    parser.add_argument("--limit", type=int, help="read only the first N items")
    known, rest = parser.parse_known_args()
    if known.data is not None and not known.data.is_dir():
        sys.exit(f"{known.data} is not a folder.")
    job = Job(known.data, known.split, known.predictions, known.limit, tuple(rest))
    started = time.perf_counter()
    show(importlib.import_module(f"benchmarks.{known.name}").run(job), started)


if __name__ == "__main__":
    main()
