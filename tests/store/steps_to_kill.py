"""Run a few steps of the store in a process of its own, and die at the n-th line of the store's code.

    python steps_to_kill.py (keep | derive) CASE N

Dying is `os._exit`: nothing is flushed, no `finally` runs, as after kill -9. Prints one line per step
that was answered, or, with N = 0, at the end how many lines there were to die at.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import rasid.store
from rasid.case import open_case
from rasid.store.archive import Archive
from rasid.store.decisions import ask, withdraw
from rasid.store.disk import folder_aside, replace_folder

STORE = str(Path(rasid.store.__file__).parent)
FILES = [f"report {n} ".encode() * 2_000 for n in range(4)]


def keep(root: Path, done: Callable[[str], None]) -> None:
    """Add four files, one of them from two places; ask four questions, withdraw one."""
    archive, case = Archive(root), open_case(root)
    for n, content in enumerate(FILES):
        archive.add(content, by="rana", name=f"{n}.txt")
        done(f"add {n}")
        ask(case, f"Question {n}?", by="omar" if n % 2 else "rana")
        done(f"ask {n}")
    archive.add(FILES[0], by="rana", name="copy of 0.txt")
    done("add copy")
    if any(asked == "Question 1?" for asked in _asked(root)):
        withdraw(case, "Question 1?", by="rana")
    done("withdraw")


def add_and_ask(root: Path, done: Callable[[str], None]) -> None:
    """The first steps of `keep`: one file, one question."""
    Archive(root).add(FILES[0], by="rana", name="0.txt")
    done("add 0")
    ask(open_case(root), "Question 0?", by="rana")
    done("ask 0")


def derive(root: Path, done: Callable[[str], None]) -> None:
    """Replace a part, a table and the site."""
    import polars as pl

    from rasid.store.derived import write_table
    from rasid.store.parts import save_part

    case, frame = open_case(root), pl.DataFrame({"n": [2]})
    save_part(case, "read", "a", version="new", frames={"t": frame})
    done("part")
    write_table(case, "t", frame, inputs="new")
    done("table")
    site = folder_aside(case.site)
    (site / "index.html").write_text("new", encoding="utf-8")
    replace_folder(site, case.site)
    done("site")


def _asked(root: Path) -> list[str]:
    from rasid.store.decisions import replay

    return [asked.question for asked in replay(open_case(root)).questions]


def run_traced(steps: Callable[[], None], at_line: Callable[[int], None]) -> int:
    """Run the steps and call `at_line` before each line of the store's code; how many there were."""
    seen = 0

    def count(frame: FrameType, event: str, _: object) -> object:
        nonlocal seen
        if not frame.f_code.co_filename.startswith(STORE) or frame.f_code.co_name == "<module>":
            return None
        if event == "line":
            seen += 1
            at_line(seen)
        return count

    before = sys.gettrace()
    sys.settrace(count)  # type: ignore[arg-type]
    try:
        steps()
    finally:
        sys.settrace(before)
    return seen


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(name: str, root: Path, die_at: int) -> None:
    """Run `keep` or `derive` and die on the way."""
    steps = {"keep": keep, "derive": derive}[name]
    lines = run_traced(lambda: steps(root, _say), lambda line: os._exit(9) if line == die_at else None)
    if not die_at:
        _say(str(lines))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
