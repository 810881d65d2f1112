"""Functions for the workers of `test_engine.py`: workers import what they run, so it must stand in a module."""

import ctypes
import os
import signal
import sys
import threading
from dataclasses import dataclass, field

from rasid.errors import BadSettings


def double(number: int) -> int:
    return number * 2


def misbehave(what: str) -> str:
    match what:
        case "segfault":
            ctypes.string_at(0)
        case "exit":
            os._exit(3)
        case "defect":
            raise KeyError(what)
        case "hang":
            threading.Event().wait()
        case "refuse":
            raise BadSettings("refused on purpose")
        case "print":
            os.write(1, b"noise from native code\n")
            sys.stdout.write("noise from Python\n")
            sys.stdout.flush()
        case "interrupt":
            os.kill(os.getpid(), signal.SIGINT)
    return what


def same(content: bytes) -> bytes:
    return content


def process_id(_: int) -> int:
    return os.getpid()


@dataclass
class Counting:
    """A function that keeps something between its calls."""

    calls: list[int] = field(default_factory=list)

    def __call__(self, number: int) -> tuple[int, int]:
        self.calls.append(number)
        return number, len(self.calls)
