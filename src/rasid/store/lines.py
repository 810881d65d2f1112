"""Append-only files of JSON lines that survive a kill in the middle of a line.

A line counts when it is whole. A last line without its newline is an append that never finished, or
one that an editor stripped of its newline: if it is whole it counts, if not it never happened and the
next append writes over it. Anything else that cannot be read is damage, and its owner raises.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rasid.store.disk import sync_folder


@dataclass(frozen=True, slots=True)
class Lines:
    """What an append-only file holds.

    whole:       the lines, without their newlines
    kept_bytes:  how many bytes they take; what lies behind is an unfinished append
    open_ended:  the last line lacks its newline
    """

    whole: tuple[bytes, ...]
    kept_bytes: int
    open_ended: bool


def encode(record: Mapping[str, object]) -> bytes:
    """One line of JSON, readable in any script, without its newline.

    A file name may hold bytes that are no text; such a record is written in ASCII escapes.
    """
    try:
        return json.dumps(record, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(record, ensure_ascii=True).encode("ascii")


def read(path: Path, *, is_whole: Callable[[bytes], bool]) -> Lines:
    """All lines of the file; none if it is not there.

    is_whole: decides whether a last line without newline counts
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Lines((), 0, open_ended=False)
    *whole, tail = content.split(b"\n")
    if tail and is_whole(tail):
        return Lines((*whole, tail), len(content), open_ended=True)
    return Lines(tuple(whole), len(content) - len(tail), open_ended=False)


def append(path: Path, line: bytes, *, after: Lines) -> int:
    """Write one line behind `after`, over any unfinished append, and force it to the disk.

    Call it under a lock, with `after` read under the same lock.

    returns: the size of the file in bytes
    """
    new = not path.exists()
    with path.open("xb" if new else "r+b") as out:
        out.seek(after.kept_bytes)
        out.truncate()
        out.write((b"\n" if after.open_ended else b"") + line + b"\n")
        out.flush()
        os.fsync(out.fileno())
        size = out.tell()
    if new:
        sync_folder(path.parent)
    return size


def is_json_object(line: bytes) -> bool:
    """Is this line a whole JSON object?"""
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
