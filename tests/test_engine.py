"""Workers that crash, hang or die with their parent, and results that never depend on them."""

import os
import signal
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest

from rasid.engine import Failure, run_batches, run_guarded
from rasid.errors import BadSettings, WorkerDied
from tests.engine_jobs import Counting, double, misbehave, process_id, same

ROOT = Path(__file__).resolve().parents[1]


def kinds(results: list[str | Failure]) -> list[str]:
    return [result.kind if isinstance(result, Failure) else result for result in results]


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(run_guarded(double, range(50), timeout_s=20)) == [number * 2 for number in range(50)]


@pytest.mark.parametrize("what", ["segfault", "exit", "defect"])
def test_after_a_crash_the_next_item_gets_a_fresh_worker(what: str) -> None:
    assert kinds(list(run_guarded(misbehave, ["a", what, "b"], timeout_s=20))) == ["a", "crashed", "b"]


def test_an_item_that_never_ends_is_given_up_after_its_time() -> None:
    begun = time.monotonic()
    results = list(run_guarded(misbehave, ["a", "hang", "b"], timeout_s=1))
    assert kinds(results) == ["a", "timed out", "b"]
    assert isinstance(results[1], Failure) and 1 <= results[1].seconds < 10
    assert time.monotonic() - begun < 20


def test_an_error_of_rasid_reaches_the_caller() -> None:
    with pytest.raises(BadSettings, match="refused on purpose"):
        list(run_guarded(misbehave, ["refuse"], timeout_s=20))


def test_what_a_worker_prints_does_not_get_between_the_answers() -> None:
    assert list(run_guarded(misbehave, ["print", "a"], timeout_s=20)) == ["print", "a"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_a_worker_leaves_ctrl_c_to_its_parent() -> None:
    assert list(run_guarded(misbehave, ["interrupt", "a"], timeout_s=20)) == ["interrupt", "a"]


def test_large_items_pass_both_ways() -> None:
    content = os.urandom(1 << 20) * 20
    assert list(run_guarded(same, [content], timeout_s=60)) == [content]


def test_no_worker_starts_for_nothing() -> None:
    begun = time.monotonic()
    assert list(run_guarded(double, [], timeout_s=1)) == []
    assert time.monotonic() - begun < 0.1


def test_a_function_that_no_worker_can_load_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(number: int) -> int:
        return number

    only_here = types.ModuleType("only_here")
    only_here.lost = lost  # type: ignore[attr-defined]
    lost.__module__, lost.__qualname__ = "only_here", "lost"
    monkeypatch.setitem(sys.modules, "only_here", only_here)
    with pytest.raises(WorkerDied, match="could not load"):
        list(run_guarded(lost, [1], timeout_s=20))
    with pytest.raises(WorkerDied, match="could not load"):
        list(run_batches(lost, [1, 2], processes=2))


def test_a_caller_that_stops_early_leaves_no_worker() -> None:
    results = run_guarded(process_id, range(10), timeout_s=20)
    worker = next(results)
    assert isinstance(worker, int)
    results.close()  # type: ignore[attr-defined]
    assert not is_alive(worker)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a word of Unix")
def test_workers_end_when_their_parent_is_killed() -> None:
    program = (
        "from rasid.engine import run_guarded\nfrom tests.engine_jobs import process_id, misbehave\n"
        "results = run_guarded(process_id, [1, 2], timeout_s=60)\nprint(next(results), flush=True)\n"
        "import threading; threading.Event().wait()\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        assert is_alive(worker)
        parent.send_signal(signal.SIGKILL)
    give_up = time.monotonic() + 10
    while is_alive(worker) and time.monotonic() < give_up:
        pass
    assert not is_alive(worker)


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_batches_come_back_in_order_for_any_number_of_processes(processes: int) -> None:
    done: list[int] = []
    results = run_batches(double, list(range(20)), processes=processes, progress=done.append)
    assert list(results) == [number * 2 for number in range(20)]
    assert done == list(range(1, 21))


def test_one_process_means_no_other_process() -> None:
    assert set(run_batches(process_id, [1, 2, 3], processes=1)) == {os.getpid()}
    assert os.getpid() not in set(run_batches(process_id, [1, 2, 3], processes=2))


def test_a_function_keeps_what_it_loaded_from_batch_to_batch() -> None:
    counts = [calls for _, calls in run_batches(Counting(), list(range(12)), processes=2)]
    assert max(counts) >= 6


def test_no_batches_give_no_results() -> None:
    assert list(run_batches(double, [], processes=4)) == []


def test_a_worker_that_dies_stops_the_batches() -> None:
    with pytest.raises(WorkerDied, match="batch 2 of 3"):
        list(run_batches(misbehave, ["a", "exit", "b"], processes=2))


def test_an_error_of_rasid_in_a_batch_reaches_the_caller() -> None:
    with pytest.raises(BadSettings):
        list(run_batches(misbehave, ["a", "refuse", "b"], processes=2))
