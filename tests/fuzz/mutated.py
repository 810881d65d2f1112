"""Real files, mutated, and what a reading of them promises all the same. `fuzz_read.py` is the program."""

from __future__ import annotations

import hashlib
import io
import random
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from rasid.engine import Failure, run_guarded
from rasid.read import Limits, Reading, read_original
from tests.read.made import every_format

HANG_S = 20.0
LIMITS = Limits(max_bytes=20_000_000, max_chars=2_000_000, max_total_bytes=50_000_000, max_members=200)
CHUNKS = (
    b"\0" * 64, b"\xff" * 32, b"%PDF-1.7", b"PK\x03\x04", b"PK\x01\x02", b"<div>" * 300, b"</p>", b"<table><tr>",
    b"\n\nFrom x Mon Jan  1 00:00:00 2024\nA: b\n\n", b"Content-Type: multipart/mixed; boundary=x\n", b"--x\n",
    b"=?utf-8?B?gICA?=", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"9999999999", b"-1", b"endstream", b"stream\n",
    b"<!ENTITY a 'b'>", b"&#x110000;", b"<?xml version='1.0' encoding='utf-32'?>", b"." * 500, b'"' * 99, b">" * 200,
)  # fmt: skip


@dataclass(slots=True)
class Figures:
    """What a run of the fuzzer found."""

    read: int = 0
    crashes: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    broken_promises: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    slowest: str = ""
    doubts: Counter[str] = field(default_factory=Counter)


def inputs(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """`count` mutated files; the same for the same seed."""
    files = every_format()
    names = sorted(files)
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        name = names[number % len(names)]
        content = files[name]
        inside = content.startswith(b"PK") and chance.random() < 0.6
        content = _mutate_member(content, chance) if inside else _mutate(content, chance, files)
        yield name, content


def _mutate(content: bytes, chance: random.Random, files: dict[str, bytes]) -> bytes:
    """One to six flips, cuts, splices, repeats or inserted chunks."""
    held = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(held) + 1)
        match chance.randrange(6):
            case 0:
                for _ in range(chance.randint(1, 40)):
                    if held:
                        held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)
            case 1:
                del held[at : at + chance.randint(1, max(1, len(held) // 3))]
            case 2:
                held[at:at] = chance.choice(CHUNKS) * chance.choice((1, 1, 3, 50))
            case 3:
                other = files[chance.choice(sorted(files))]
                begin = chance.randrange(len(other))
                held[at:at] = other[begin : begin + chance.randint(1, 4_000)]
            case 4:
                held[at:at] = held[at : at + chance.randint(1, 2_000)] * chance.randint(1, 20)
            case _:
                del held[at:]
    return bytes(held[:5_000_000])


def _mutate_member(content: bytes, chance: random.Random) -> bytes:
    """Mutate one file inside a zip or docx, so that the damage gets past the zip's checksums."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    stream = io.BytesIO()
    wanted = "word/document.xml" if "word/document.xml" in members and chance.random() < 0.6 else None
    victim = wanted or chance.choice(sorted(members))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in members.items():
            changed = _mutate(held, chance, members) if name == victim else held
            archive.writestr(zipfile.ZipInfo(name), changed, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def read_one(case: tuple[str, bytes]) -> Reading:
    """What the guarded worker runs."""
    name, content = case
    return read_original(content, original=hashlib.sha256(content).hexdigest(), name=name, limits=LIMITS)


def fuzz(count: int, seed: int) -> Figures:
    """Read `count` mutated files and count what went wrong."""
    figures = Figures()
    results = run_guarded(read_one, inputs(count, seed), timeout_s=HANG_S)
    begun = time.monotonic()
    for number, (result, (name, _)) in enumerate(zip(results, inputs(count, seed), strict=True)):
        label = f"{number}:{name}"
        figures.read += 1
        if time.monotonic() - begun > figures.slowest_s:
            figures.slowest_s, figures.slowest = time.monotonic() - begun, label
        if isinstance(result, Failure):
            (figures.hangs if result.kind == "timed out" else figures.crashes).append(label)
        else:
            figures.doubts.update(str(doubt["what"]) for doubt in result.doubts)
            figures.broken_promises += [f"{label}: {broken}" for broken in broken_promises(result)]
        begun = time.monotonic()
    return figures


def broken_promises(reading: Reading) -> Iterator[str]:
    """The promises of a reading, whatever the input was."""
    texts = {str(row["id"]): str(row["text"]) for row in reading.documents}
    if len(texts) != len(reading.documents):
        yield "two documents with one id"
    if not reading.documents and not reading.doubts:
        yield "nothing read and nothing said"
    if len({row["id"] for row in reading.doubts}) != len(reading.doubts):
        yield "two doubts with one id"
    last: dict[str, int] = {}
    for row in reading.passages:
        document, start, end = str(row["document"]), int(str(row["start"])), int(str(row["end"]))
        quote = texts[document][start:end]
        if not quote or quote != quote.strip() or start < last.get(document, 0) or end - start != len(quote):
            yield f"passage {row['index']} of {document} is out of place"
        last[document] = end
    for row in (*reading.documents, *reading.doubts):
        try:
            "\0".join(str(value) for value in row.values()).encode("utf-8")
        except UnicodeEncodeError:
            yield "a value that cannot be written as UTF-8"
