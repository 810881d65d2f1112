"""Originals: files as received, kept by their SHA-256, never changed and never deleted.

    originals/ab/abcd….html      the bytes
    originals/manifest.jsonl     one line per file and place it came from: what, from where, when, by whom

The bytes are in place before the manifest names them. A kill between the two leaves a stray: the bytes
without a line. Adding the same bytes again, or `adopt_strays`, gives it one.
"""

from __future__ import annotations

import hashlib
import json
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePath

from rasid.case import TEMP_PREFIX, hold_lock
from rasid.errors import BrokenLog, ChangedOriginal, MissingOriginal
from rasid.model.ids import Sha256
from rasid.store import lines
from rasid.store.disk import CHUNK_BYTES, hash_file, put, remove, sync_folder, write_aside

WAIT_S = 30.0  # adding one large file to a slow disk takes seconds; half a minute means something hangs

_SUFFIX = re.compile(r"\.[a-z0-9]{1,10}\Z")
_NAME = re.compile(r"([0-9a-f]{64})(\.[a-z0-9]{1,10})?\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the manifest: these bytes came from there.

    name:     the file's own name, without folders
    origin:   the path or address as it was given; None for a stray that was taken in
    added_at: UTC, ISO 8601
    """

    sha256: Sha256
    size: int
    name: str
    origin: str | None
    added_at: str
    added_by: str


@dataclass(frozen=True, slots=True)
class Added:
    """What adding did. `new_original`: bytes not held before; `new_entry`: a place not known before."""

    sha256: Sha256
    name: str
    new_original: bool
    new_entry: bool


class Archive:
    """The originals of the case in this folder. Many may read while one adds."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "originals"
        self.manifest = self.folder / "manifest.jsonl"
        self._entries: list[Entry] = []
        self._by_sha: dict[Sha256, list[Entry]] = {}
        self._lines = lines.Lines((), 0, open_ended=False)
        self._read_bytes = -1  # size of the manifest when it was read; -1 = not read yet

    def add(
        self, source: Path | bytes, *, by: str, name: str | None = None, origin: str | None = None
    ) -> Added:
        """Keep these bytes and write down where they came from. What is held already is not written again.

        source: a file, read in pieces, or the bytes themselves, which need a name
        origin: where it came from; the path as given, or the name
        raises: ChangedOriginal if the bytes are held, but the held file no longer has them;
                OSError if the source cannot be read
        """
        shown = _base_name(name or (source.name if isinstance(source, Path) else ""))
        came_from = origin or (str(source) if isinstance(source, Path) else shown)
        sha = hash_file(source) if isinstance(source, Path) else Sha256(hashlib.sha256(source).hexdigest())
        if self._is_known(sha, came_from):
            return Added(sha, shown, new_original=False, new_entry=False)
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._locked():
            sha, size, new = self._keep(source, _suffix(shown))
            if self._is_known(sha, came_from):  # another process was quicker
                return Added(sha, shown, new_original=new, new_entry=False)
            self._write_down(Entry(sha, size, shown, came_from, _now(), by))
        return Added(sha, shown, new_original=new, new_entry=True)

    def read(self, sha: Sha256) -> bytes:
        """The bytes, hashed again on the way.

        raises: MissingOriginal, ChangedOriginal
        """
        path = self.path(sha)
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha:
            raise _changed(path, sha)
        return content

    def check(self, sha: Sha256) -> None:
        """Hash the original again, in pieces.

        raises: MissingOriginal, ChangedOriginal
        """
        path = self.path(sha)
        if hash_file(path) != sha:
            raise _changed(path, sha)

    def path(self, sha: Sha256) -> Path:
        """Where the original lies.

        raises: MissingOriginal
        """
        found = self._find(sha)
        if found is None:
            named = ", ".join(self.names(sha)) or "no name known"
            raise MissingOriginal(
                f"The original {sha[:12]}… ({named}) is not in {self.folder / sha[:2]}. "
                "Restore it from a backup, or add the same file again."
            )
        return found

    def entries(self) -> tuple[Entry, ...]:
        """The manifest, in the order in which it was written.

        raises: BrokenLog if a line of it cannot be read
        """
        self._catch_up()
        return tuple(self._entries)

    def originals(self) -> tuple[Sha256, ...]:
        """Every original that the manifest names, sorted."""
        self._catch_up()
        return tuple(sorted(self._by_sha))

    def names(self, sha: Sha256) -> list[str]:
        """The file names under which these bytes came in, sorted, without folders."""
        self._catch_up()
        entries = self._by_sha.get(sha, [])
        given = {entry.name for entry in entries if entry.origin is not None}
        return sorted(given or {entry.name for entry in entries})

    def strays(self) -> list[Path]:
        """Originals that no line of the manifest names, sorted."""
        self._catch_up()
        return sorted(path for sha, path in self._held() if sha not in self._by_sha)

    def adopt_strays(self, *, by: str) -> list[Sha256]:
        """Give every stray a line in the manifest, with its own hash as its name.

        The name gives way as soon as the same bytes are added under a real one.

        raises: ChangedOriginal if a stray does not have the bytes that its name promises
        """
        if not self.strays():
            return []
        adopted = []
        with self._locked():
            for path in self.strays():
                sha = Sha256(path.name[:64])
                if hash_file(path) != sha:
                    raise _changed(path, sha)
                self._write_down(Entry(sha, path.stat().st_size, path.name, None, _now(), by))
                adopted.append(sha)
        return adopted

    def _keep(self, source: Path | bytes, suffix: str) -> tuple[Sha256, int, bool]:
        """Put the bytes in place unless they are there. The hash is the one of the bytes written:
        a file that changed between the first look and this one is kept as what it is now."""
        temp, sha, size = write_aside(self.folder, _pieces(source))
        held = self._find(sha)
        if held is not None:
            remove(temp)
            if hash_file(held) != sha:
                raise _changed(held, sha)
            return sha, size, False
        target = self.folder / sha[:2] / (sha + suffix)
        if not target.parent.exists():
            target.parent.mkdir()
            sync_folder(self.folder)
        put(temp, target)
        _make_read_only(target)
        return sha, size, True

    def _write_down(self, entry: Entry) -> None:
        self._catch_up()
        record = {
            "sha256": entry.sha256,
            "size": entry.size,
            "name": entry.name,
            "origin": entry.origin,
            "added_at": entry.added_at,
            "added_by": entry.added_by,
        }
        line = lines.encode(record)
        self._read_bytes = lines.append(self.manifest, line, after=self._lines)
        self._lines = lines.Lines((), self._read_bytes, open_ended=False)
        self._hold(entry)

    def _catch_up(self) -> None:
        """Read the manifest again if its size says that somebody else wrote to it."""
        try:
            size = self.manifest.stat().st_size
        except FileNotFoundError:
            size = 0
        if size == self._read_bytes:
            return
        found = lines.read(self.manifest, is_whole=lines.is_json_object)
        self._entries, self._by_sha = [], {}
        for number, line in enumerate(found.whole, start=1):
            self._hold(_entry(line, f"{self.manifest}, line {number}"))
        self._lines = lines.Lines((), found.kept_bytes, found.open_ended)
        self._read_bytes = size

    def _hold(self, entry: Entry) -> None:
        self._entries.append(entry)
        self._by_sha.setdefault(entry.sha256, []).append(entry)

    def _is_known(self, sha: Sha256, origin: str) -> bool:
        self._catch_up()
        known = any(entry.origin == origin for entry in self._by_sha.get(sha, []))
        return known and self._find(sha) is not None

    def _find(self, sha: Sha256) -> Path | None:
        for entry in self._by_sha.get(sha, []):
            path = self.folder / sha[:2] / (sha + _suffix(entry.name))
            if path.is_file():
                return path
        return next(iter(sorted((self.folder / sha[:2]).glob(f"{sha}*"))), None)

    def _held(self) -> Iterator[tuple[Sha256, Path]]:
        for path in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            if (match := _NAME.match(path.name)) and not path.name.startswith(TEMP_PREFIX):
                yield Sha256(match[1]), path

    def _locked(self) -> AbstractContextManager[None]:
        busy = f"Another rasid has been adding to {self.folder} for {WAIT_S:.0f} seconds. Try again later."
        return hold_lock(self.folder / ".lock", busy=busy, wait_s=WAIT_S)


def _entry(line: bytes, where: str) -> Entry:
    try:
        record = json.loads(line)
        entry = Entry(**record)
    except (ValueError, TypeError) as error:
        raise BrokenLog(f"{where} cannot be read. Restore the manifest from a backup.") from error
    texts = (entry.sha256, entry.name, entry.added_at, entry.added_by)
    right = all(isinstance(text, str) for text in texts) and isinstance(entry.origin, str | None)
    if not (right and isinstance(entry.size, int) and _NAME.match(entry.sha256)):
        raise BrokenLog(f"{where} is not an entry of a manifest. Restore the manifest from a backup.")
    return entry


def _pieces(source: Path | bytes) -> Iterable[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as held:
        while piece := held.read(CHUNK_BYTES):
            yield piece


def _base_name(name: str) -> str:
    """The last part of a name given with either system's slashes; a manifest holds no paths in names."""
    base = PurePath(name.replace("\\", "/")).name
    return base or "unnamed"


def _suffix(name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    return suffix if _SUFFIX.match(suffix) else ""


def _make_read_only(path: Path) -> None:
    """A hint to people and programs. Some disks (FAT, network shares) do not take it."""
    try:
        path.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
    except OSError:
        return


def _changed(path: Path, sha: Sha256) -> ChangedOriginal:
    return ChangedOriginal(
        f"{path} no longer matches its hash {sha[:12]}…. Restore it from a backup; `rasid verify` lists all."
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
