"""Files of rows with bytes changed at random: read, a trouble or a doubt, never a crash, and no record twice."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Iterator

import polars as pl

from rasid.extract.propose import mapping_text, propose
from rasid.extract.rows import read_rows
from rasid.knowledge.shapes import find_shape, read_shapes
from rasid.read.tables import read_tables
from tests.table_files import ACLED_31, ACLED_EVENT, GED_49, GED_EVENT, csv_file, number, words, xlsx_file

FILES = 300
NOISE = [b'"', b",", b"\n", b";", b'"""', b"\xff", b"\0", b",,,,,", b"\xc2\xb2", b"<", b"-"]


def originals() -> dict[str, bytes]:
    rows = (
        f"<row r='1'>{words('A1', 'place')}{words('B1', 'day')}{words('C1', 'killed')}</row>"
        f"<row r='2'>{words('A2', 'Marwa')}{number('B2', '45356', style=1)}{number('C2', '3')}</row>"
    )
    parquet = io.BytesIO()
    pl.DataFrame({"place": ["Marwa"], "killed": [3]}).write_parquet(parquet)
    return {
        "a.csv": csv_file(GED_49, [GED_EVENT] * 4),
        "a.csv.gz": gzip.compress(csv_file(ACLED_31, [ACLED_EVENT] * 3), mtime=0),
        "a.xlsx": xlsx_file({"May": rows}, merged={"May": ["A1:B2"]}),
        "a.jsonl": b'{"place": "Marwa", "killed": 3}\n{"place": "Dalia", "day": null}\n',
        "a.parquet": parquet.getvalue(),
        "a.html": b"<table><tr><td rowspan=3 colspan=2>a<td>b</tr><tr><td>3</table>",
    }


def mutated(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    rng, held = random.Random(seed), originals()
    for _ in range(count):
        name = rng.choice(sorted(held))
        yield name, _inside(held[name], rng) if name == "a.xlsx" else _changed(held[name], rng)


def _changed(content: bytes, rng: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(made))
        match rng.randrange(3):
            case 0:
                made[at] = rng.randrange(256)
            case 1:
                del made[at : at + rng.randint(1, 20)]
            case _:
                made[at:at] = rng.choice(NOISE)
        made = made or bytearray(b"x")
    return bytes(made)


def _inside(book: bytes, rng: random.Random) -> bytes:
    """One file of a book changed: changes to the archive itself only make it no archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        target = rng.choice(old.namelist())
        for name in old.namelist():
            new.writestr(name, _changed(old.read(name), rng) if name == target else old.read(name))
    return out.getvalue()


def test_changed_files_of_rows_are_read_or_said() -> None:
    tables = troubles = 0
    for name, content in mutated(FILES, seed=11):
        read = read_tables(content, name=name)
        troubles += len(read.troubles)
        assert read.tables or read.troubles, name
        for table in read.tables:
            tables += 1
            (own,) = read_shapes(mapping_text(propose(table, name=name), voice="v"), where=name)
            for shape in filter(None, (own, find_shape(table.headings, name=name))):
                pieces = [
                    records for records, _ in read_rows(table, shape, original="0" * 64, name=name).pieces
                ]
                assert not pieces or pl.concat(pieces)["id"].is_unique().all()
    assert tables > FILES / 4 and troubles > FILES / 10
