"""A process that dies at any line of the store loses nothing that it had answered for.

Real deaths in processes of their own at some lines, and, as those are slow, an exception that nothing in
the store catches at every line.
"""

import gc
import importlib.util
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from rasid.case import Case, create_case, open_case
from rasid.store.archive import Archive
from rasid.store.decisions import replay
from rasid.store.derived import is_current, read_table, write_table
from rasid.store.disk import folder_aside, replace_folder, sweep
from rasid.store.parts import parts, save_part
from rasid.store.verify import verify_case

SCRIPT = Path(__file__).with_name("steps_to_kill.py")
KEEP_KILLS, DERIVE_KILLS = 25, 5
OLD, NEW = pl.DataFrame({"n": [1]}), pl.DataFrame({"n": [2]})


class Died(BaseException):
    """Stands for a death."""


# A file that is open at a death is never closed, which Python would remark on.
unclosed = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def steps() -> ModuleType:
    spec = importlib.util.spec_from_file_location("steps_to_kill", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _run(name: str, case: Case, *, die_at: int) -> list[str]:
    command = [sys.executable, str(SCRIPT), name, str(case.root), str(die_at)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == (9 if die_at else 0), ran.stderr
    return ran.stdout.splitlines()


def _points(lines: int, count: int) -> list[int]:
    """One line to die at in each of `count` equal stretches of the run, so that none is spared."""
    dice, width = random.Random(7), lines / count
    return [1 + int(width * (n + dice.random())) for n in range(count)]


def _deaths(
    steps: ModuleType, run: Callable[[Path, Callable[[str], None]], None], start: Case
) -> Iterator[tuple[int, Case, list[str]]]:
    """A copy of `start` for every line of the run, dead at that line, and the steps it had answered."""
    for point in range(1, 100_000):
        root = start.root.with_name(f"dead at {point}")
        shutil.copytree(start.root, root)
        answered: list[str] = []

        def die(line: int, point: int = point) -> None:
            if line == point:
                raise Died

        try:
            steps.run_traced(lambda: run(root, answered.append), die)  # noqa: B023  (called at once)
        except Died:
            yield point, open_case(root), answered
        else:
            gc.collect()  # close the dead's files within this test
            return


def _state(case: Case) -> object:
    archive = Archive(case.root)
    entries = [(entry.sha256, entry.name, entry.origin) for entry in archive.entries()]
    kept = [archive.read(sha) for sha in archive.originals()]
    return entries, kept, [asked.question for asked in replay(case).questions]


def _check_kept(case: Case, answered: list[str], steps: ModuleType) -> None:
    """All that was answered is there, nothing is broken, and the same steps end in the same state."""
    archive = Archive(case.root)
    held = {entry.name for entry in archive.entries()}
    asked = {asked.question for asked in replay(case).questions}
    for step in answered:
        what, _, which = step.partition(" ")
        if what == "add":
            assert ("copy of 0.txt" if which == "copy" else f"{which}.txt") in held
        if what == "ask" and which != "1":
            assert f"Question {which}?" in asked
    assert all(archive.read(sha) in steps.FILES for sha in archive.originals())
    assert {problem.what for problem in verify_case(case)} <= {"stray"}


def _check_continued(case: Case, wanted: object, steps: ModuleType) -> None:
    sweep(case)
    steps.keep(case.root, lambda _: None)
    assert _state(case) == wanted
    assert verify_case(case) == []
    assert list(case.root.rglob(".rasid-tmp-*")) == []


@pytest.fixture
def wanted(tmp_path: Path, steps: ModuleType) -> object:
    case = create_case(tmp_path / "undisturbed")
    steps.keep(case.root, lambda _: None)
    return _state(case)


def test_no_kill_loses_an_original_or_a_decision(tmp_path: Path, steps: ModuleType, wanted: object) -> None:
    lines = int(_run("keep", create_case(tmp_path / "counted"), die_at=0)[-1])
    assert lines > 10 * KEEP_KILLS
    for point in _points(lines, KEEP_KILLS):
        case = create_case(tmp_path / f"killed at {point}")
        _check_kept(case, _run("keep", case, die_at=point), steps)
        _check_continued(case, wanted, steps)


@unclosed
def test_no_line_of_adding_and_deciding_is_one_too_many_to_die_at(
    tmp_path: Path, steps: ModuleType, wanted: object
) -> None:
    deaths = 0
    for point, case, answered in _deaths(steps, steps.add_and_ask, create_case(tmp_path / "empty")):
        _check_kept(case, answered, steps)
        if point % 5 == 0:  # going on is the slow part
            _check_continued(case, wanted, steps)
        deaths += 1
    assert deaths > 50


def _old_case(root: Path) -> Case:
    case = create_case(root)
    write_table(case, "t", OLD, inputs="old")
    save_part(case, "read", "a", version="old", frames={"t": OLD})
    site = folder_aside(case.site)
    (site / "index.html").write_text("old", encoding="utf-8")
    replace_folder(site, case.site)
    return case


def _check_derived(case: Case, answered: list[str]) -> None:
    """Table, part and site are the old or the new one, whole, or asked for again; the answered are new."""
    sweep(case)
    current = {inputs for inputs in ("old", "new") if is_current(case, "t", inputs)}
    for inputs in current:
        assert read_table(case, "t", {"n": pl.Int64()}).equals(OLD if inputs == "old" else NEW)
    found = {
        version: [part.frames["t"] for part in parts(case, "read", version)] for version in ("old", "new")
    }
    assert all(frame.equals(OLD) for frame in found["old"])
    assert all(frame.equals(NEW) for frame in found["new"])
    assert len(found["old"] + found["new"]) <= 1
    page = (case.site / "index.html").read_text(encoding="utf-8")
    assert page in {"old", "new"}
    assert "part" not in answered or found["new"]
    assert "table" not in answered or current == {"new"}
    assert "site" not in answered or page == "new"
    assert verify_case(case) == []
    assert list(case.root.rglob(".rasid-*-*")) == []


def test_no_kill_leaves_a_half_written_table_part_or_site(tmp_path: Path) -> None:
    lines = int(_run("derive", _old_case(tmp_path / "undisturbed"), die_at=0)[-1])
    for point in _points(lines, DERIVE_KILLS):
        case = _old_case(tmp_path / f"killed at {point}")
        _check_derived(case, _run("derive", case, die_at=point))


@unclosed
def test_no_line_of_writing_tables_parts_and_site_is_one_too_many_to_die_at(
    tmp_path: Path, steps: ModuleType
) -> None:
    deaths = 0
    for _, case, answered in _deaths(steps, steps.derive, _old_case(tmp_path / "old")):
        _check_derived(case, answered)
        deaths += 1
    assert deaths > 50
