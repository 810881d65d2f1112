"""Kill a build at random moments, build again, compare every byte with an undisturbed build.

`python -m tests.invariants.kill --points 200 [--seed 1]` prints how many points left a loss. A loss is: an
original or a decision gone, a file of the finished case that differs, or a second build that fails.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.event_case import write_files

QUESTION = "Has the Grey Banner been driven out of the Imerra valley?"
REPORTS = Path(__file__).resolve().parents[2] / "examples" / "reports"


def contents(case: Path) -> dict[str, str]:
    """Path -> hash of everything that must come out the same: originals, derived tables, pages."""
    found = {}
    for part in ("originals", "derived", "site"):
        for path in sorted((case / part).rglob("*")):
            if path.is_file() and path.name not in ("manifest.jsonl", ".lock"):
                found[path.relative_to(case).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def build(case: Path) -> subprocess.Popen[bytes]:
    """Start a build of the example reports and the small case of event data."""
    files = write_files(case.parent / "files")
    paths = [str(REPORTS), *map(str, files)]
    command = [sys.executable, "-m", "rasid", "build", *paths, "--case", str(case), "--by", "tester"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def ask(case: Path) -> None:
    """Make the case and put one question with a fixed date, so that two cases can be compared."""
    from datetime import UTC, datetime

    from rasid.case import create_case
    from rasid.store import decisions

    decisions.ask(create_case(case, "Killed"), QUESTION, by="tester", at=datetime(2026, 1, 1, tzinfo=UTC))


def kill_at(case: Path, seconds: float) -> str | None:
    """Kill a build after so many seconds, build again; returns what was lost, or None."""
    ask(case)
    process = build(case)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()
    again = build(case)
    _, said = again.communicate(timeout=300)
    return said.decode(errors="replace") if again.returncode else None


def main() -> None:
    """Run many points and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    losses = 0
    with tempfile.TemporaryDirectory() as temp:
        whole = Path(temp) / "whole"
        ask(whole)
        started = time.perf_counter()
        build(whole).communicate()
        seconds = time.perf_counter() - started  # of a whole build; moments are drawn from all of it
        expected = contents(whole)
        for number in range(args.points):
            moment = chance.uniform(0.1, seconds)
            case = Path(temp) / f"case-{number}"
            broke = kill_at(case, moment)
            got = contents(case)
            if broke or got != expected:
                losses += 1
                differ = sorted(k for k in got.keys() | expected.keys() if got.get(k) != expected.get(k))
                print(f"LOSS at {moment:.2f} s: {broke or differ[:5]}", flush=True)
            _remove(case)
    print(f"{args.points} kill points over {seconds:.1f} s, {losses} losses")
    sys.exit(1 if losses else 0)


def _remove(case: Path) -> None:
    import shutil

    for path in case.rglob("*"):
        if path.is_file():
            path.chmod(0o600)
    shutil.rmtree(case)


if __name__ == "__main__":
    main()
