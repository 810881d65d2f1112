"""Run a function over many things, in worker processes where that pays or protects.

`run_guarded`: one worker takes what may crash native code or never end; it is replaced when that happens.
`run_batches`: many workers share heavy work; the order of the results never depends on them.

A worker is `python -c` on the same interpreter that talks pickles over its own pipes, not `multiprocessing`: spawn
would import the caller's main program again in each worker (half a second for the command line, and endless
recursion in a script without a main guard). A worker ends when the pipe from its parent closes, however the parent
died.
"""

from __future__ import annotations

import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Generic, Literal, TypeVar

from rasid.errors import RasidError, WorkerDied

Item = TypeVar("Item")
Result = TypeVar("Result")

_LENGTH = struct.Struct(">Q")
_START = "import sys; sys.path[:] = {path!r}; from rasid.engine import _serve; _serve()"


@dataclass(frozen=True, slots=True)
class Failure:
    """One item whose worker crashed (signal, memory, a defect) or did not answer in time."""

    kind: Literal["crashed", "timed out"]
    seconds: float


def run_guarded(
    function: Callable[[Item], Result], items: Iterable[Item], *, timeout_s: float
) -> Iterator[Result | Failure]:
    """Yield the result for each item in order, or a `Failure`; the next item gets a fresh worker.

    function:  importable by name (not defined in a script), picklable as are items and results
    timeout_s: for one item, from the moment the worker is ready
    raises:    RasidError if `function` raises one, WorkerDied if a worker cannot load it; any
               other error kills the worker and is a `Failure`
    """
    worker: _Worker[Item, Result] | None = None
    try:
        for item in items:
            if worker is None:
                worker = _Worker(function)
            worker.ready()
            begun = time.monotonic()
            answer = worker.ask(item, timeout_s=timeout_s)
            if isinstance(answer, _Answer):
                yield answer.unwrap()
            else:
                worker.kill()
                worker = None
                yield Failure(answer, time.monotonic() - begun)
    finally:
        if worker is not None:
            worker.kill()


def run_batches(
    function: Callable[[Item], Result],
    batches: Sequence[Item],
    *,
    processes: int,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Result]:
    """Yield function(batch) for each batch, in the order of the batches.

    function:  as in `run_guarded`; one copy lives in each worker, so it may keep what it loads
    processes: 1 = run here, without any worker
    progress:  called with the number of batches done, also out of order
    raises:    what `function` raises, if it is a RasidError; WorkerDied if a worker ends
    """
    if processes <= 1 or len(batches) <= 1:
        for done, batch in enumerate(batches, start=1):
            result = function(batch)
            if progress:
                progress(done)
            yield result
        return
    yield from _run_shared(function, batches, min(processes, len(batches)), progress)


def _run_shared(
    function: Callable[[Item], Result],
    batches: Sequence[Item],
    processes: int,
    progress: Callable[[int], None] | None,
) -> Iterator[Result]:
    """One thread per worker hands it the next batch that nobody has; results wait here for their turn."""
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for index in range(len(batches)):
        waiting.put(index)
    answers: queue.SimpleQueue[tuple[int, _Answer[Result] | None]] = queue.SimpleQueue()
    workers: list[_Worker[Item, Result]] = [_Worker(function) for _ in range(processes)]

    def feed(worker: _Worker[Item, Result]) -> None:
        while True:
            try:
                index = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                answer = worker.ask(batches[index], timeout_s=None)
            except WorkerDied as error:
                answer = _Answer(None, error)
            answers.put((index, answer if isinstance(answer, _Answer) else None))
            if not isinstance(answer, _Answer):
                return

    threads = [threading.Thread(target=feed, args=(worker,), daemon=True) for worker in workers]
    for thread in threads:
        thread.start()
    try:
        held: dict[int, Result] = {}
        wanted = 0
        for done in range(1, len(batches) + 1):
            index, answer = answers.get()
            if answer is None:
                raise WorkerDied(
                    f"A worker ended while it worked on batch {index + 1} of {len(batches)}. If memory ran out, set "
                    "fewer processes in rasid.toml; otherwise its last words above are a defect to report."
                )
            held[index] = answer.unwrap()
            if progress:
                progress(done)
            while wanted in held:
                yield held.pop(wanted)
                wanted += 1
    finally:
        for worker in workers:
            worker.kill()
        for thread in threads:
            thread.join(timeout=5)


@dataclass(frozen=True, slots=True)
class _Answer(Generic[Result]):
    """What a worker sent back: a result, or the RasidError that the function raised."""

    result: Result | None
    error: RasidError | None = None

    def unwrap(self) -> Result:
        if self.error is not None:
            raise self.error
        return self.result  # type: ignore[return-value]  # None only beside an error, or if Result allows it


class _Worker(Generic[Item, Result]):
    """One child process and the thread that listens to it."""

    def __init__(self, function: Callable[[Item], Result]) -> None:
        self._child = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={
                "OPENBLAS_NUM_THREADS": "1",
                **os.environ,
                "PYTHONUTF8": "1",
            },  # workers must not share cores twice
        )
        assert self._child.stdin is not None and self._child.stdout is not None
        self._to, self._from = self._child.stdin, self._child.stdout
        self._heard: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._listener = threading.Thread(target=_listen, args=(self._from, self._heard), daemon=True)
        self._listener.start()
        self._function: Callable[[Item], Result] | None = function

    def ready(self) -> None:
        """Wait until the worker has loaded the function, so that loading does not count as its time."""
        if self._function is not None:
            function, self._function = self._function, None
            if not self._send(function) or self._heard.get() is None:
                raise WorkerDied(
                    f"A worker could not load {function!r}; its last words above say why. It must be defined in a "
                    "module that can be imported, not in the program that was started."
                )

    def ask(
        self, item: Item, *, timeout_s: float | None
    ) -> _Answer[Result] | Literal["crashed", "timed out"]:
        """Hand over one item and wait for the answer."""
        self.ready()
        if not self._send(item):
            return "crashed"
        try:
            heard = self._heard.get(timeout=timeout_s)
        except queue.Empty:
            return "timed out"
        if heard is None:
            return "crashed"
        answer: _Answer[Result] = pickle.loads(heard)
        return answer

    def kill(self) -> None:
        """End the worker at once; it holds nothing that could be lost."""
        self._child.kill()
        self._child.wait()
        self._listener.join()
        for pipe in (self._to, self._from):
            try:
                pipe.close()
            except OSError:  # unsent bytes for a dead worker
                continue

    def _send(self, thing: object) -> bool:
        try:
            _write(self._to, pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL))
        except (OSError, ValueError):  # it has ended, or was killed meanwhile and its pipe closed
            return False
        return True


def _listen(pipe: IO[bytes], heard: queue.SimpleQueue[bytes | None]) -> None:
    """Pass on what a worker sends; None when it has ended."""
    while True:
        message = _read(pipe)
        heard.put(message)
        if message is None:
            return


def _write(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes | None:
    """One whole message, or None if the other side has gone."""
    try:
        head = pipe.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack(head)
        body = pipe.read(length)
    except (OSError, ValueError):
        return None
    return body if len(body) == length else None


def _serve() -> None:
    """The life of a worker: take the function, then answer one item after the other until the parent has gone."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what native code prints must not get between the answers
    asked: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_hear_parent, args=(asked,), daemon=True).start()
    function = pickle.loads(asked.get())
    _write(answers, b"ready")
    while True:
        item = pickle.loads(asked.get())
        try:
            answer = _Answer(function(item))
        except RasidError as error:
            answer = _Answer(None, error)
        _write(answers, pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL))


def _hear_parent(asked: queue.SimpleQueue[bytes]) -> None:
    """Take in what the parent sends; when the pipe closes the parent is gone, also after kill -9, and so are we."""
    pipe = os.fdopen(os.dup(0), "rb")
    while (message := _read(pipe)) is not None:
        asked.put(message)
    os._exit(0)
