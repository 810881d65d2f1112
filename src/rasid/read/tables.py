"""Files of rows -> tables of text cells: CSV in any shape and encoding, spreadsheets, JSON lines, Parquet.

In:  bytes and a file name. Out: `TextTable`s and what could not be read. Large CSV files are cut by Polars; no cell
is touched in Python. Spreadsheets are read in sheets.py, tables inside HTML and PDF in page_tables.py.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import polars as pl

from rasid.model.text_tables import TextTable
from rasid.read.archives import read_gzip, read_zip
from rasid.read.encoding import decode
from rasid.read.reading import BROKEN_FILE, Limits, Trouble, broken, refuse
from rasid.read.table_heads import make_table

#: Endings of files that are rows. A gzip file of one of them is one too.
PLAIN_ENDINGS = frozenset({".csv", ".tsv", ".tab", ".psv", ".jsonl", ".ndjson"})
ENDINGS = PLAIN_ENDINGS | {".xlsx", ".xlsm", ".ods", ".parquet"}
ARCHIVE = ".zip"  # the files directly inside it are looked at
PAGE_ENDINGS = frozenset(
    {".html", ".htm", ".xhtml"}
)  # read as reports; their tables only where a mapping names the page

_DELIMITERS = ",\t;|"
_SAMPLE_CHARS = 200_000
_SAMPLE_LINES = 200
_PIECE_BYTES = 1_000_000
_FIELD = 10_000_000  # characters of one cell; csv stops at 131,072, and one row names more sources than that


@dataclass(frozen=True, slots=True)
class ReadTables:
    """The tables of one file, and what went wrong."""

    tables: tuple[TextTable, ...] = ()
    troubles: tuple[Trouble, ...] = ()


def ending(name: str) -> str:
    """The ending that says what is inside: of `a.csv.gz` it is `.csv`."""
    path = PurePosixPath(name.replace("\\", "/").casefold())
    return PurePosixPath(path.stem).suffix if path.suffix == ".gz" else path.suffix


def is_book(name: str) -> bool:
    """Can a file of this name hold several tables?"""
    return ending(name) in {".xlsx", ".xlsm", ".ods", ARCHIVE, *PAGE_ENDINGS}


def is_table(name: str, head: bytes) -> bool:
    """Is this original a file of rows, judged by its name and its first bytes?

    A file called .csv that holds a picture is none. The name decides where content cannot: text with commas is text.
    """
    found = ending(name)
    if found not in ENDINGS:
        return False
    if head.startswith(b"\x1f\x8b"):
        return True
    if found == ".parquet":
        return head.startswith(b"PAR1")
    if found in PLAIN_ENDINGS:
        return not head.startswith((b"PK\x03\x04", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"PAR1"))
    return head.startswith(b"PK\x03\x04")


def read_tables(content: bytes, *, name: str, limits: Limits = Limits()) -> ReadTables:  # noqa: B008
    """All tables of one file. What cannot be read is a trouble, never an error."""
    if len(content) > limits.max_bytes:
        return ReadTables(
            troubles=refuse(
                "too large",
                f"This file has {len(content):,} bytes, more than the limit of {limits.max_bytes:,}.",
                "Pack it with gzip, or raise max_file_bytes in rasid.toml.",
            ).troubles
        )
    if content.startswith(b"\x1f\x8b"):
        wide = replace(limits, max_bytes=limits.max_total_bytes)  # a packed release holds 300 MB of rows
        opened = read_gzip(content, name=name, limits=wide, budget=limits.max_total_bytes)
        if opened.troubles:
            return ReadTables(troubles=opened.troubles)
        content = opened.members[0].content
        del opened
    if ending(name) == ARCHIVE:
        return _from_archive(content, limits)
    try:
        return _read(content, name)
    except BROKEN_FILE as error:
        return ReadTables(troubles=broken("table", error).troubles)
    except pl.exceptions.ComputeError as error:
        return ReadTables(troubles=broken("table", error).troubles)


def _read(content: bytes, name: str) -> ReadTables:
    found = ending(name)
    if found in {".jsonl", ".ndjson"}:
        return _one(_from_rows(list(_json_lines(content))))
    if content.startswith(b"PAR1"):
        return _one(_from_parquet(content))
    if content.startswith(b"PK\x03\x04"):
        from rasid.read.sheets import read_sheets

        return _several(read_sheets(content))
    if found == ".pdf":
        from rasid.read.pdf_tables import read_pdf_tables

        return _several(read_pdf_tables(content))
    if found in PAGE_ENDINGS:
        from rasid.read.page_tables import read_page_tables

        return _several(read_page_tables(content))
    return _one(read_csv(content))


def _from_archive(content: bytes, limits: Limits) -> ReadTables:
    """The tables of the files directly inside; the other files are read as reports."""
    wide = replace(limits, max_bytes=limits.max_total_bytes)
    opened = read_zip(content, limits=wide, budget=limits.max_total_bytes)
    tables: list[TextTable] = []
    troubles: list[Trouble] = []
    for inner in opened.members:
        if ending(inner.path) != ARCHIVE and is_table(inner.path, inner.content[:64]):
            read = read_tables(inner.content, name=inner.path, limits=wide)
            named = [f"{inner.path}, {each.member}" if each.member else inner.path for each in read.tables]
            tables += [replace(each, member=name) for each, name in zip(read.tables, named, strict=True)]
            troubles += [replace(each, sentence=f"{inner.path}: {each.sentence}") for each in read.troubles]
    return ReadTables(tuple(tables), tuple(troubles))


def tables_inside(path: Path) -> tuple[int, int]:
    """How many files directly inside a ZIP file are tables, and how many are something else; by their names alone."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
    except BROKEN_FILE:
        return 0, 1
    tables = sum(ending(name) in ENDINGS for name in names)
    return tables, len(names) - tables


def _several(sheets: Iterable[tuple[str, Sequence[Sequence[str | None]]]]) -> ReadTables:
    """Tables with a name each; a second one of the same name gets a number."""
    names: Counter[str] = Counter()
    made = []
    for name, rows in sheets:
        names[name] += 1
        member = name if names[name] == 1 else f"{name} ({names[name]})"
        lines = _from_rows(rows)
        made.append(make_table(lines, member=member) if lines.width else None)
    return _found([table for table in made if table is not None])


def _one(lines: pl.DataFrame) -> ReadTables:
    table = make_table(lines, member="") if lines.width else None
    return _found([table] if table is not None else [])


def _found(tables: Sequence[TextTable]) -> ReadTables:
    if tables:
        return ReadTables(tuple(tables))
    trouble = Trouble(
        "no rows",
        "This table has no row below its headings.",
        "Check that it was saved whole, and add it again.",
    )
    return ReadTables(troubles=(trouble,))


# --- CSV ------------------------------------------------------------------------------------------------------


def read_csv(content: bytes) -> pl.DataFrame:
    """All lines as text, null where a cell is empty; nothing is cut off from a long line.

    raises: ValueError if a line cannot be cut into cells
    """
    plain, sample = _as_utf8(content)
    delimiter, width, first = _form(sample)
    names = {f"c{n}": pl.String() for n in range(width)}
    short = first < width  # Polars takes the first line for the longest; a title above the table is not
    try:
        lines = pl.read_csv(
            (delimiter * (width - 1) + "\n").encode() + plain if short else plain,
            has_header=False,
            schema=names,
            separator=delimiter,
            infer_schema=False,
            truncate_ragged_lines=False,
        )
    except (
        pl.exceptions.ComputeError,
        pl.exceptions.SchemaError,
    ):  # a line is longer than those of the sample, or a quote is left open
        lines, short = _from_rows(_python_lines(plain.decode("utf-8", "replace"), delimiter)), False
    return lines.slice(int(short)).with_columns(pl.all().replace({"": None}))


def _as_utf8(content: bytes) -> tuple[bytes, str]:
    """The bytes in UTF-8 without a mark, and the beginning as text."""
    body = content.removeprefix(b"\xef\xbb\xbf")
    wide = b"\0" in body[:4_096] or body.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and _is_utf8(body):
        return body, body[:_SAMPLE_CHARS].decode("utf-8", "ignore")
    text = decode(content).text
    return text.encode("utf-8"), text[:_SAMPLE_CHARS]


def _is_utf8(body: bytes) -> bool:
    """Looks at a piece at a time: the text of a release would be as large as the release."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(body), _PIECE_BYTES):
            decoder.decode(body[start : start + _PIECE_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _form(sample: str) -> tuple[str, int, int]:
    """The sign between cells, the columns, and those of the first line: what cuts most lines into as many cells."""
    best = (0.0, 1, ",", 1)
    for delimiter in _DELIMITERS:
        lines = _python_lines(sample, delimiter)[:_SAMPLE_LINES]
        counts = Counter(len(line) for line in lines[:-1] or lines if len(line) > 1)
        if not counts:
            continue
        usual, times = counts.most_common(1)[0]
        best = max(best, (times / len(lines) * min(usual, 4), max(counts), delimiter, len(lines[0])))
    return best[2], best[1], best[3]


def _python_lines(text: str, delimiter: str) -> list[list[str]]:
    held = csv.field_size_limit(_FIELD)
    try:
        return [*csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise ValueError(str(error)) from error
    finally:
        csv.field_size_limit(held)


def _from_rows(rows: Sequence[Sequence[str | None]]) -> pl.DataFrame:
    """Lines of unequal length as a table of text; white space alone is an empty cell."""
    width = max((len(row) for row in rows), default=0)
    columns: dict[str, list[str | None]] = {f"c{n}": [] for n in range(width)}
    for row in rows:
        for n, held in enumerate(columns.values()):
            cell = row[n] if n < len(row) else None
            held.append(cell if cell and not cell.isspace() else None)
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String()))


# --- JSON lines and Parquet -----------------------------------------------------------------------------------


def _json_lines(content: bytes) -> Iterator[list[str | None]]:
    """The keys of all lines as a first line, then each object. Numbers stay as they are written.

    raises: ValueError if a line is no JSON object
    """
    objects = []
    for line in decode(content).text.splitlines():
        if line.strip():
            held = json.loads(line, parse_float=str, parse_int=str)
            if not isinstance(held, dict):
                raise ValueError("a line is not an object")
            objects.append(held)
    keys = list(dict.fromkeys(key for held in objects for key in held))
    yield list(keys)
    for held in objects:
        yield [_said(held.get(key)) for key in keys]


def _said(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False)


def _from_parquet(content: bytes) -> pl.DataFrame:
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    given = pq.read_table(pa.BufferReader(content))  # a damaged file makes the reader of Polars panic
    given.validate(
        full=True
    )  # and so would text or a heading that is no UTF-8, or the notes of another program
    names: list[str] = list(given.column_names)
    frame = pl.DataFrame({name: pl.from_arrow(given.column(n)) for n, name in enumerate(names)})
    texts = []
    for name, dtype in frame.schema.items():
        column = pl.col(name)
        if isinstance(dtype, pl.List):
            column = column.cast(pl.List(pl.String())).list.join("; ")
        elif isinstance(dtype, pl.Struct):
            column = column.struct.json_encode()
        elif dtype == pl.Binary():
            column = column.bin.encode("hex")
        texts.append(column.cast(pl.String()))
    headings = pl.DataFrame(
        {name: [name] for name in frame.columns}, schema=dict.fromkeys(frame.columns, pl.String())
    )
    return pl.concat([headings, frame.select(texts)])
