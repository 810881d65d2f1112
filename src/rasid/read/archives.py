"""Archives (zip, gzip) -> their files, within limits. Nothing is ever written to disk.

A zip bomb is stopped by counting what is really unpacked, piece by piece, not by what the archive declares.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from rasid.read.reading import BROKEN_FILE, Limits, Member, Opened, Trouble, broken, refuse

_PIECE = 1 << 20
_SMALL = 1_000_000  # bytes: below this the ratio of packed to unpacked says nothing
_LITTER = re.compile(r"(?:\A|/)(?:__MACOSX/|\.DS_Store\Z|Thumbs\.db\Z|desktop\.ini\Z|\._)", re.I)


def read_zip(content: bytes, *, limits: Limits, budget: int) -> Opened:
    """The files of a zip archive. budget: bytes that may still be unpacked from this original."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except BROKEN_FILE as error:
        return broken("zip archive", error)
    members: list[Member] = []
    troubles: list[Trouble] = []
    with archive:
        wanted = [m for m in archive.infolist() if not m.is_dir() and not _LITTER.search(m.filename)]
        if len(wanted) > limits.max_members:
            troubles.append(_too_many(len(wanted), limits))
        for info in wanted[: limits.max_members]:
            name = safe_name(_member_name(info))
            held = _unpack(archive, info, name, limits=limits, budget=budget)
            if isinstance(held, Trouble):
                troubles.append(held)
                if held.what == "zip bomb":
                    break
            else:
                budget -= len(held)
                members.append(Member(name, held))
    if not members and not troubles:
        return refuse("empty file", "This archive holds no file.", "Check that the right file was added.")
    return Opened(members=tuple(members), troubles=tuple(_fold_passwords(troubles)))


def read_gzip(content: bytes, *, name: str, limits: Limits, budget: int) -> Opened:
    """The one file inside a gzip file."""
    inner = PurePosixPath(name.replace("\\", "/")).name
    inner = inner[:-3] if inner.casefold().endswith(".gz") else inner
    inner = inner[:-4] + ".tar" if inner.casefold().endswith(".tgz") else inner
    engine = zlib.decompressobj(wbits=31)
    unpacked = bytearray()
    rest = content
    most = _most(len(content), limits, budget)
    try:
        while rest and not engine.eof:
            unpacked += engine.decompress(rest, _PIECE)
            rest = engine.unconsumed_tail
            if len(unpacked) > most:
                return Opened(troubles=(_bomb(inner),))
    except zlib.error as error:
        return broken("gzip file", error)
    if not engine.eof:
        return broken("gzip file", EOFError())
    return Opened(members=(Member(safe_name(inner) or "unpacked", bytes(unpacked)),))


def safe_name(path: str) -> str:
    """A path inside an archive to show and to make ids from: no drive, no "..", no control characters."""
    clean = "".join(
        "_" if unicodedata.category(c) in ("Cc", "Cs", "Cf") else c for c in path.replace("\\", "/")
    )
    parts = [part for part in clean.split("/") if part not in ("", ".", "..")]
    if parts and re.fullmatch(r"[A-Za-z]:", parts[0]):
        parts = parts[1:]
    return "/".join(parts)[-500:] or "unnamed"


def _unpack(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, *, limits: Limits, budget: int
) -> bytes | Trouble:
    """The bytes of one member, or why they could not be had."""
    if info.flag_bits & 1:
        return Trouble(
            "password",
            f"“{name}” in this archive is locked with a password.",
            "Unpack it with the password and add the files.",
        )
    most = _most(info.compress_size, limits, budget)
    held = bytearray()
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_PIECE):
                held += piece
                if len(held) > most:
                    return _bomb(name)
    except BROKEN_FILE as error:
        return Trouble(
            "broken file",
            f"“{name}” in this archive is damaged and could not be unpacked ({type(error).__name__}).",
            "Get a fresh copy of the archive and add that.",
        )
    return bytes(held)


def _most(packed: int, limits: Limits, budget: int) -> int:
    return min(limits.max_bytes, budget, max(_SMALL, packed * limits.max_ratio))


def _bomb(name: str) -> Trouble:
    return Trouble(
        "zip bomb",
        f"“{name}” unpacks to far more than the limits allow; this archive was not read further.",
        "If it is genuine, unpack it yourself and add the files you need.",
    )


def _too_many(count: int, limits: Limits) -> Trouble:
    return Trouble(
        "too many members",
        f"This archive holds {count} files; only the first {limits.max_members} were read.",
        "Unpack it and add its folder, or split it.",
    )


def _member_name(info: zipfile.ZipInfo) -> str:
    """The name; where the archive does not say it is UTF-8, it mostly is all the same."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _fold_passwords(troubles: list[Trouble]) -> list[Trouble]:
    """One doubt for all locked members of an archive."""
    locked = [trouble for trouble in troubles if trouble.what == "password"]
    if len(locked) <= 1:
        return troubles
    rest = [trouble for trouble in troubles if trouble.what != "password"]
    sentence = f"{len(locked)} files in this archive are locked with a password."
    return [Trouble("password", sentence, locked[0].advice), *rest]
