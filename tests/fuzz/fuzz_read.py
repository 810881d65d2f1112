"""Mutate real files and read them in the guarded worker: `python -m tests.fuzz.fuzz_read --count 2000 --seed 1`.

Prints how many inputs were read, how many killed the worker (native crashes and uncaught exceptions alike), how many
took longer than 20 seconds, and how many readings broke a promise (offsets, one document per id, something said).
"""

from __future__ import annotations

import argparse
import sys
import time

from tests.fuzz.mutated import HANG_S, fuzz


def main() -> int:
    """Run and print the figures; 1 if anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    figures = fuzz(asked.count, asked.seed)
    lines = [
        f"inputs {figures.read}, crashes {len(figures.crashes)}, hangs over {HANG_S:.0f} s {len(figures.hangs)}, "
        f"broken promises {len(figures.broken_promises)}; slowest {figures.slowest_s:.1f} s ({figures.slowest}), "
        f"all {time.monotonic() - begun:.0f} s",
        "doubts: " + ", ".join(f"{what} {count}" for what, count in figures.doubts.most_common()),
        *figures.crashes[:20],
        *figures.hangs[:20],
        *figures.broken_promises[:20],
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if figures.crashes or figures.hangs or figures.broken_promises else 0


if __name__ == "__main__":
    raise SystemExit(main())
