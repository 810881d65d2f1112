"""Spreadsheets: the sheets of an XLSX or an ODS book as lines of text. Only values; no formula is run.

A number is text as the file keeps it, a day is an ISO day. Words in a merged cell stand in each cell that it covers, so
that a row below still says its place; a number stands only once, or it would be counted twice.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree

Rows = list[list[str | None]]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_WORDS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_DAY_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DAY_SIGNS = re.compile(r"[dyhs]|m(?!\])", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_NUMBER = re.compile(r"[-+]?[\d.,\s]+(?:[eE][-+]?\d+)?\Z")
_MOST_COLUMNS = 2_000  # an ODS line may say that its last cell stands 16,384 times
_MOST_REPEATS = 10_000
_MOST_BYTES = 1_000_000_000  # unpacked; the largest sheet there can be, a million rows, has less


def read_sheets(content: bytes) -> Iterator[tuple[str, Rows]]:
    """The visible sheets as (name, lines), empty ones left out.

    raises: one of reading.BROKEN_FILE, or ElementTree.ParseError (a SyntaxError), for a damaged book
    """
    with zipfile.ZipFile(BytesIO(content)) as book:
        if sum(info.file_size for info in book.infolist()) > _MOST_BYTES:
            raise ValueError("the book unpacks to more than the limit")
        if "content.xml" in book.namelist():
            yield from _ods(book)
        else:
            yield from _xlsx(book)


# --- XLSX -----------------------------------------------------------------------------------------------------


def _xlsx(book: zipfile.ZipFile) -> Iterator[tuple[str, Rows]]:
    names = set(book.namelist())
    shared = _shared(book) if "xl/sharedStrings.xml" in names else []
    days = _day_styles(book) if "xl/styles.xml" in names else frozenset()
    tree = ElementTree.fromstring(book.read("xl/workbook.xml"))
    from_1904 = any(each.get("date1904") in {"1", "true"} for each in tree.iter(f"{_MAIN}workbookPr"))
    links = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links.iter(f"{_PACKAGE}Relationship")}
    for sheet in tree.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if path in names and sheet.get("state", "visible") == "visible" and "worksheets" in path:
            rows = _xlsx_rows(book, path, shared=shared, days=days, epoch=_EPOCHS[from_1904])
            if any(any(row) for row in rows):
                yield sheet.get("name", ""), rows


def _xlsx_rows(
    book: zipfile.ZipFile, path: str, *, shared: Sequence[str], days: frozenset[int], epoch: datetime
) -> Rows:
    rows: Rows = []
    merged: list[str] = []
    with book.open(path) as lines:
        for _, element in ElementTree.iterparse(lines):
            if element.tag == f"{_MAIN}row":
                at = int(element.get("r") or len(rows) + 1)
                rows += [[] for _ in range(min(at - 1 - len(rows), _MOST_REPEATS))]
                rows.append(_xlsx_row(element, shared, days, epoch))
                element.clear()
            elif element.tag == f"{_MAIN}mergeCell":
                merged.append(element.get("ref", ""))
    spread(rows, (_corners(each) for each in merged if ":" in each))
    return rows


def _xlsx_row(
    row: ElementTree.Element, shared: Sequence[str], days: frozenset[int], epoch: datetime
) -> list[str | None]:
    cells: list[str | None] = []
    for cell in row.iter(f"{_MAIN}c"):
        at = _place(cell.get("r", ""))[1] if cell.get("r") else len(cells)
        cells += [None] * (at - len(cells))
        cells.append(_xlsx_cell(cell, shared, days, epoch))
    return cells


def _xlsx_cell(
    cell: ElementTree.Element, shared: Sequence[str], days: frozenset[int], epoch: datetime
) -> str | None:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_MAIN}t"))
    value = cell.findtext(f"{_MAIN}v")
    if value is None:
        return None
    if kind == "s":
        return shared[int(value)]
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind == "n" and int(cell.get("s", "0")) in days:
        return _day(value, epoch)
    return value


def _day(value: str, epoch: datetime) -> str:
    """A number of days since the beginning of the book's calendar, as ISO; a time of day alone stays a number."""
    serial = float(value)
    if not 1 <= serial < 2_958_466:
        return value
    moment = epoch + timedelta(days=serial)
    return moment.date().isoformat() if serial == int(serial) else moment.isoformat(" ", "seconds")


def _day_styles(book: zipfile.ZipFile) -> frozenset[int]:
    """Numbers of the cell styles that show a number as a day."""
    tree = ElementTree.fromstring(book.read("xl/styles.xml"))
    own = {
        int(each.get("numFmtId", "0")): _QUOTED.sub("", each.get("formatCode", ""))
        for each in tree.iter(f"{_MAIN}numFmt")
    }
    shown = {
        number
        for number, code in own.items()
        if _DAY_SIGNS.search(code) and "0" not in code and "#" not in code
    }
    styles = tree.find(f"{_MAIN}cellXfs")
    formats = [int(style.get("numFmtId", "0")) for style in styles] if styles is not None else []
    return frozenset(n for n, number in enumerate(formats) if number in _DAY_FORMATS | shown)


def _shared(book: zipfile.ZipFile) -> list[str]:
    found: list[str] = []
    with book.open("xl/sharedStrings.xml") as lines:
        for _, element in ElementTree.iterparse(lines):
            if element.tag == f"{_MAIN}si":
                outside = [part for part in element.iter() if part.tag != f"{_MAIN}rPh"]
                found.append("".join(part.text or "" for part in outside if part.tag == f"{_MAIN}t"))
                element.clear()
    return found


def _corners(reference: str) -> tuple[int, int, int, int]:
    first, _, last = reference.partition(":")
    return (*_place(first), *_place(last))


def _place(reference: str) -> tuple[int, int]:
    """(row, column) of "C7", counted from 0."""
    column = 0
    for letter in reference:
        if letter.isalpha():
            column = column * 26 + ord(letter.upper()) - 64
    digits = "".join(sign for sign in reference if sign.isdigit())
    return int(digits or 1) - 1, column - 1


def spread(rows: Rows, merged: Iterator[tuple[int, int, int, int]]) -> None:
    """Words of a merged cell into the cells it covers."""
    for top, left, bottom, right in merged:
        said = rows[top][left] if top < len(rows) and left < len(rows[top]) else None
        if not said or _NUMBER.match(said):
            continue
        for row in rows[top : min(bottom, top + _MOST_REPEATS) + 1]:
            row += [None] * (min(right, _MOST_COLUMNS) + 1 - len(row))
            for n in range(left, min(right, _MOST_COLUMNS) + 1):
                row[n] = row[n] or said


# --- ODS ------------------------------------------------------------------------------------------------------


def _ods(book: zipfile.ZipFile) -> Iterator[tuple[str, Rows]]:
    tree = ElementTree.fromstring(book.read("content.xml"))
    for table in tree.iter(f"{_TABLE}table"):
        rows: Rows = []
        merged: list[tuple[int, int, int, int]] = []
        for row in table.iter(f"{_TABLE}table-row"):
            cells = _ods_row(row, len(rows), merged)
            times = min(int(row.get(f"{_TABLE}number-rows-repeated", "1")), _MOST_REPEATS)
            rows += [list(cells) for _ in range(times)] if any(cells) else [[] for _ in range(times)]
        while rows and not any(rows[-1]):
            rows.pop()
        spread(rows, iter(merged))
        if rows:
            yield table.get(f"{_TABLE}name", ""), rows


def _ods_row(
    row: ElementTree.Element, number: int, merged: list[tuple[int, int, int, int]]
) -> list[str | None]:
    cells: list[str | None] = []
    for cell in row:
        if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        down = int(cell.get(f"{_TABLE}number-rows-spanned", "1"))
        across = int(cell.get(f"{_TABLE}number-columns-spanned", "1"))
        if down > 1 or across > 1:
            merged.append((number, len(cells), number + down - 1, len(cells) + across - 1))
        times = min(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), _MOST_COLUMNS)
        cells += [_ods_cell(cell)] * times
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _ods_cell(cell: ElementTree.Element) -> str | None:
    kind = cell.get(f"{_OFFICE}value-type")
    if kind == "date":
        said = cell.get(f"{_OFFICE}date-value", "")
        try:
            moment = datetime.fromisoformat(said)
        except ValueError:
            return said or None
        return said[:10] if moment.time() == datetime.min.time() and len(said) >= 10 else said
    if kind in {"float", "percentage", "currency"}:
        return cell.get(f"{_OFFICE}value")
    lines = ["".join(part.itertext()) for part in cell.iter(f"{_WORDS}p")]
    return "\n".join(lines) or None
