"""Tables inside a PDF -> lines of text cells. The PDF itself is read as a report; pdf.py does that.

A PDF knows letters and where they stand, no tables. Letters on one height are a line; a gap wider than a letter parts
two cells; lines with cells below each other are a table. What goes on over a page is one table for each page.
"""

from __future__ import annotations

import ctypes
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rasid.read.sheets import Rows

if TYPE_CHECKING:
    import pypdfium2

_CELL_GAP = 0.9  # of the size of the letters; a space is a quarter of it, in stretched lines half
_LINE_SHIFT = 0.4  # of the size: letters that stand higher or lower by less are on one line
_TABLE_GAP = 3.0  # of the size: lines that stand further apart are not of one table
_WRAPPED_GAP = (
    1.5  # of the size: a single cell this near to a line is a part of one of its cells that was too long
)
_MOST_WRAPPED = 4  # lines of single cells that follow each other; more are a text
_FEWEST_LINES = 3
_MOST_PAGES = 500


@dataclass(frozen=True, slots=True)
class _Letter:
    left: float
    right: float
    base: float
    size: float
    place: int  # in the text of the page, which is in reading order
    sign: str


@dataclass(frozen=True, slots=True)
class _Cell:
    left: float
    right: float
    words: str


@dataclass(frozen=True, slots=True)
class _Line:
    base: float
    size: float
    cells: tuple[_Cell, ...]


def read_pdf_tables(content: bytes) -> Iterator[tuple[str, Rows]]:
    """The tables of a PDF as (page and number, lines).

    raises: pypdfium2.PdfiumError (a RuntimeError) if the file is damaged or locked
    """
    import pypdfium2

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pypdfium2 warns about forms it does not draw
        pdf = pypdfium2.PdfDocument(content)
        try:
            for page in range(min(len(pdf), _MOST_PAGES)):
                for number, lines in enumerate(_tables(_lines(_letters(pdf, page))), start=1):
                    yield f"page {page + 1}, table {number}", _rows(lines)
        finally:
            pdf.close()


# --- letters and lines ----------------------------------------------------------------------------------------


def _letters(pdf: pypdfium2.PdfDocument, number: int) -> list[_Letter]:
    page = pdf[number]
    try:
        text_page = page.get_textpage()
        try:
            return list(_of_page(text_page))
        finally:
            text_page.close()
    finally:
        page.close()


def _of_page(text_page: Any) -> Iterator[_Letter]:
    from pypdfium2 import raw

    box = [ctypes.c_double() for _ in range(4)]
    refs = [ctypes.byref(side) for side in box]  # left, right, bottom, top
    x, y = ctypes.c_double(), ctypes.c_double()
    for place in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page, place)
        if 32 < code < 0x110000 and code != 160 and not 0xD800 <= code < 0xE000:
            raw.FPDFText_GetCharBox(text_page, place, *refs)
            raw.FPDFText_GetCharOrigin(text_page, place, ctypes.byref(x), ctypes.byref(y))
            size = raw.FPDFText_GetFontSize(text_page, place) or 10.0
            yield _Letter(box[0].value, box[1].value, y.value, size, place, chr(code))


def _lines(letters: Sequence[_Letter]) -> list[_Line]:
    """From the top of the page to its bottom."""
    groups: list[list[_Letter]] = []
    for letter in sorted(letters, key=lambda each: (-each.base, each.left)):
        if groups and groups[-1][0].base - letter.base < _LINE_SHIFT * letter.size:
            groups[-1].append(letter)
        else:
            groups.append([letter])
    return [_Line(group[0].base, max(each.size for each in group), _cells(group)) for group in groups]


def _cells(line: Sequence[_Letter]) -> tuple[_Cell, ...]:
    parts: list[list[_Letter]] = []
    right = 0.0
    for letter in sorted(line, key=lambda each: each.left):
        if parts and letter.left - right < _CELL_GAP * letter.size:
            parts[-1].append(letter)
        else:
            parts.append([letter])
        right = max(right, letter.right) if len(parts[-1]) > 1 else letter.right
    return tuple(
        _Cell(min(each.left for each in part), max(each.right for each in part), _words(part))
        for part in parts
    )


def _words(letters: Sequence[_Letter]) -> str:
    """In the order of the text, so that Arabic is not turned round; what was skipped between two letters is a space."""
    words = ""
    before = None
    for letter in sorted(letters, key=lambda each: each.place):
        words += (" " if before is not None and letter.place > before + 1 else "") + letter.sign
        before = letter.place
    return words


# --- tables ---------------------------------------------------------------------------------------------------


def _tables(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Runs of lines with several cells, and the few single cells between them."""
    run: list[_Line] = []
    single = 0
    for line in lines:
        single = single + 1 if len(line.cells) == 1 else 0
        apart = bool(run) and run[-1].base - line.base > _TABLE_GAP * line.size
        if apart or single > _MOST_WRAPPED:
            yield from _if_table(run)
            run = []
        if len(line.cells) > 1 or single <= _MOST_WRAPPED:
            run.append(line)
    yield from _if_table(run)


def _if_table(run: list[_Line]) -> Iterator[list[_Line]]:
    if sum(len(each.cells) > 1 for each in run) >= _FEWEST_LINES:
        yield run


def _rows(lines: Sequence[_Line]) -> Rows:
    """Cells below each other are one column. The fullest lines say where the columns are."""
    columns = _columns(lines)
    rows = [line for line in lines if len(line.cells) > 1]
    held = [[line] for line in rows]
    for line in lines:
        if len(line.cells) == 1:
            gap, nearest = min((abs(row.base - line.base), n) for n, row in enumerate(rows))
            near = gap < _WRAPPED_GAP * line.size
            if near and _is_within(line.cells[0], columns):
                held[nearest].append(line)
    return [_row(sorted(each, key=lambda line: -line.base), columns) for each in held]


def _columns(lines: Sequence[_Line]) -> list[tuple[float, float]]:
    fullest = max(len(line.cells) for line in lines)
    cells = [cell for line in lines if len(line.cells) == fullest for cell in line.cells]
    columns: list[tuple[float, float]] = []
    for cell in sorted(cells, key=lambda each: each.left):
        if columns and cell.left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], cell.right))
        else:
            columns.append((cell.left, cell.right))
    return columns


def _row(lines: Sequence[_Line], columns: Sequence[tuple[float, float]]) -> list[str | None]:
    row: list[str | None] = [None] * len(columns)
    for line in lines:
        for cell in line.cells:
            n = _column(cell, columns)
            row[n] = f"{row[n]} {cell.words}" if row[n] else cell.words
    return row


def _is_within(cell: _Cell, columns: Sequence[tuple[float, float]]) -> bool:
    """Does the cell reach into no other column? A line of text below a table does."""
    return sum(cell.left < right and cell.right > left for left, right in columns) == 1


def _column(cell: _Cell, columns: Sequence[tuple[float, float]]) -> int:
    """The column that the cell covers most of, else the nearest."""

    def shared(n: int) -> float:
        return min(cell.right, columns[n][1]) - max(cell.left, columns[n][0])

    return max(range(len(columns)), key=lambda n: (shared(n), -n))
