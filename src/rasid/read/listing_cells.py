"""One list as a file -> rows of cells, and a cell -> a number, a day or a plain word.

In:  bytes of a CSV file or of an XLSX book (its first sheet); digits may be Arabic ones.
Out: text, floats and ISO dates; None for a cell that says neither. listings.py makes rows of persons from them.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, timedelta
from xml.etree import ElementTree

from rasid.model.values import DateSpan
from rasid.read.encoding import decode

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_DATE = re.compile(r"^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[T ].*)?$")
_AGE = re.compile(
    r"^(\S+?)\s*(y|yo|yrs?|years?(?: old)?|سنة|سنه|سنوات|عام|عاما|عاماً|أعوام|m|months?|شهر|أشهر|شهور|اشهر)\.?$"
)
_MONTHS = frozenset("m month months شهر أشهر شهور اشهر".split())
_NOT_WORDS = re.compile(r"[\W_]+")
_XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_cells(content: bytes, *, name: str) -> list[list[str]]:
    """All rows of the table, cells as text; the first row holds the headings."""
    if content[:4] == b"PK\x03\x04":
        return _read_sheet(content)
    text = decode(content).text
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = "excel"
    return [row for row in csv.reader(io.StringIO(text), dialect) if row]


def number_of(cell: str) -> float | None:
    """The number in a cell, with a point or a comma; None if it holds none."""
    try:
        return float(cell.translate(_DIGITS).replace(",", "."))
    except ValueError:
        return None


def age_of(cell: str) -> float | None:
    """Years in a cell: "31", "31 years", "8 months" (two thirds); None if it says no age."""
    match = _AGE.match(cell.strip().casefold())
    if match is None:
        return number_of(cell)
    number = number_of(match[1])
    return number / 12 if number is not None and match[2] in _MONTHS else number


def days_come_first(cells: Sequence[str]) -> bool:
    """Does the day stand before the month in this column? Yes, unless some second number can only be a day."""
    return not any(
        (m := _DATE.match(cell.translate(_DIGITS))) and len(m[1]) <= 2 and int(m[2]) > 12 for cell in cells
    )


def date_of(cell: str, *, day_first: bool) -> str | None:
    """The ISO date of a cell, whole or in part; None if it holds none. Spreadsheets keep days as numbers."""
    plain = cell.translate(_DIGITS).strip()
    if match := _DATE.match(plain):
        first, second, third = match.groups()
        year, month, day = (first, second, third) if len(first) == 4 else (third, second, first)
        if len(first) != 4 and not day_first:
            month, day = day, month
        plain = f"{year:0>4}-{month:0>2}-{day:0>2}"
    elif (serial := number_of(plain)) is not None and 20_000 < serial < 80_000:  # how spreadsheets keep days
        plain = (date(1899, 12, 30) + timedelta(days=int(serial))).isoformat()
    try:
        DateSpan.from_iso(plain)
    except ValueError:
        return None
    return plain


def fold(text: str) -> str:
    """Words in lower case with one spelling of the Arabic letters that clerks mix, for comparing headings and codes."""
    folded = text.casefold().replace("ة", "ه").replace("ى", "ي").translate(str.maketrans("أإآ", "ااا"))
    return " ".join(_NOT_WORDS.sub(" ", folded).split())


# --- the first sheet of an XLSX file ------------------------------------------------------------------------------


def _read_sheet(content: bytes) -> list[list[str]]:
    """Cells of the first sheet as text. No formulas, no formats; a day is a number of days, which `date_of` knows."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            names = book.namelist()
            shared = _shared(book.read("xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else []
            sheet = min(
                (n for n in names if n.startswith("xl/worksheets/") and n.endswith(".xml")),
                key=lambda n: (len(n), n),
                default="",
            )
            tree = ElementTree.fromstring(book.read(sheet)) if sheet else None
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError):
        return []
    rows = []
    for row in tree.iter(f"{_XLSX}row") if tree is not None else ():
        cells: dict[int, str] = {}
        for cell in row.iter(f"{_XLSX}c"):
            cells[_place(cell.get("r", ""), len(cells))] = _cell(cell, shared)
        rows.append([cells.get(n, "") for n in range(max(cells, default=-1) + 1)])
    return [row for row in rows if row]


def _shared(content: bytes) -> list[str]:
    return [
        "".join(part.text or "" for part in item.iter(f"{_XLSX}t"))
        for item in ElementTree.fromstring(content).iter(f"{_XLSX}si")
    ]


def _cell(cell: ElementTree.Element, shared: Sequence[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_XLSX}t"))
    value = cell.findtext(f"{_XLSX}v") or ""
    return shared[int(value)] if cell.get("t") == "s" and value else value


def _place(reference: str, otherwise: int) -> int:
    letters = "".join(c for c in reference if c.isalpha())
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter.upper()) - 64
    return place - 1 if letters else otherwise
