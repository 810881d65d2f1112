"""Files that are whole or not there: written aside, forced to the disk, renamed into place.

A kill at any moment leaves the old file, or the new one, or a leftover whose name begins with
`.rasid-tmp-`, which `sweep` removes. A loss of power too, as far as the disk keeps its word.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from rasid.case import TEMP_PREFIX, Case
from rasid.errors import WrongUse
from rasid.model.ids import Sha256

CHUNK_BYTES = 1 << 20
OLD_PREFIX = ".rasid-old-"  # a folder that is being replaced; needed to go back


def aside(folder: Path) -> Path:
    """A new name in this folder for something that is still being written."""
    return folder / f"{TEMP_PREFIX}{os.getpid()}-{secrets.token_hex(6)}"


def write_aside(folder: Path, chunks: Iterable[bytes]) -> tuple[Path, Sha256, int]:
    """Write the bytes under a leftover's name and force them to the disk.

    returns: the path, the SHA-256 and the number of the bytes written
    """
    temp = aside(folder)
    digest, size = hashlib.sha256(), 0
    with temp.open("xb") as out:
        for chunk in chunks:
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        out.flush()
        os.fsync(out.fileno())
    return temp, Sha256(digest.hexdigest()), size


def put(temp: Path, target: Path) -> None:
    """Rename `temp` to `target`, replacing it.

    raises: WrongUse if the target cannot be replaced, on Windows because a program has it open
    """
    try:
        temp.replace(target)
    except OSError as error:
        raise WrongUse(
            f"{target} cannot be replaced: {error.strerror}. "
            "Close the programs that have it open, or check your rights, and run the command again."
        ) from error
    sync_folder(target.parent)


def write_whole(target: Path, content: bytes) -> None:
    """Replace `target` by these bytes, or leave it as it is."""
    temp, _, _ = write_aside(target.parent, [content])
    put(temp, target)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk, where the system can (Windows cannot)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def hash_file(path: Path) -> Sha256:
    """SHA-256 of the file's bytes, read in pieces."""
    with path.open("rb") as held:
        return Sha256(hashlib.file_digest(held, "sha256").hexdigest())


def folder_aside(target: Path) -> Path:
    """Make an empty folder beside `target`, to be filled and handed to `replace_folder`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = aside(target.parent)
    folder.mkdir()
    return folder


def replace_folder(new: Path, target: Path) -> None:
    """Let the finished folder `new` take the place of `target`.

    Two renames, as no system can swap two folders in one. A kill between them is mended by
    `recover_folder`, which the next call and `sweep` begin with.

    raises: WrongUse if one of the folders is held open by another program (Windows)
    """
    recover_folder(target)
    old = _old_name(target)
    try:
        if target.exists():
            target.rename(old)
        new.rename(target)
    except OSError as error:
        if old.exists() and not target.exists():
            old.rename(target)
        raise WrongUse(
            f"{target} cannot be replaced: {error.strerror}. Close the browser tabs, editors or "
            "file windows that show it, and run the command again."
        ) from error
    sync_folder(target.parent)
    remove(old)


def recover_folder(target: Path) -> None:
    """Finish or undo a replacement of `target` that was killed halfway. Does nothing otherwise."""
    old = _old_name(target)
    if not old.exists():
        return
    if target.exists():
        remove(old)
    else:
        old.rename(target)


def remove(path: Path) -> None:
    """Delete a file or a folder; one that is gone or still held open by a reader is left to `sweep`."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        return


def sweep(case: Case) -> int:
    """Remove what killed runs left half-written, and finish a replacement of the site.

    Call it with the case locked: a leftover of a run that still runs is its work.

    returns: how many leftovers there were
    """
    recover_folder(case.site)
    places = [case.root, case.originals, case.decisions, case.derived]
    places += [case.derived / "parts", *sorted((case.derived / "parts").glob("*"))]
    leftovers = [path for place in places if place.is_dir() for path in place.glob(f"{TEMP_PREFIX}*")]
    for path in leftovers:
        remove(path)
    return len(leftovers)


def _old_name(target: Path) -> Path:
    return target.with_name(OLD_PREFIX + target.name)
