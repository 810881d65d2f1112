"""Tables inside a web page -> lines of text cells. The page itself is read as a report; html.py does that.

Cells that reach over several rows or columns stand in each of them if they hold words, as in a spreadsheet (sheets.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import lxml.html

from rasid.read.encoding import decode
from rasid.read.sheets import Rows, spread

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FEWEST_ROWS, _FEWEST_COLUMNS = 2, 2  # a table of one row or column only puts things on the page
_MOST_SPAN = 1_000


def read_page_tables(content: bytes) -> Iterator[tuple[str, Rows]]:
    """The tables of an HTML page as (caption or number, lines); a table that holds tables is left out."""
    root = lxml.html.document_fromstring(decode(content).text)
    for number, table in enumerate(root.iter("table"), start=1):
        if table.find(".//table") is not None:
            continue
        rows = _rows(table)
        if len(rows) >= _FEWEST_ROWS and max(map(len, rows)) >= _FEWEST_COLUMNS:
            caption = table.find("caption")
            said = _words(caption) if caption is not None else None
            yield said or f"table {number}", rows


def _rows(table: HtmlElement) -> Rows:
    rows: Rows = []
    merged: list[tuple[int, int, int, int]] = []
    taken: set[tuple[int, int]] = set()  # cells that one above or before reaches into
    for number, line in enumerate(table.iter("tr")):
        row: list[str | None] = []
        for cell in line.iter("td", "th"):
            while (number, len(row)) in taken:
                row.append(None)
            down, across = _span(cell.get("rowspan")), _span(cell.get("colspan"))
            if down > 1 or across > 1:
                merged.append((number, len(row), number + down - 1, len(row) + across - 1))
                taken |= {(number + d, len(row) + a) for d in range(down) for a in range(across)}
            row.append(_words(cell))
        rows.append(row)
    spread(rows, iter(merged))
    return rows


def _span(said: str | None) -> int:
    return min(int(said), _MOST_SPAN) if said and said.isdigit() and int(said) > 0 else 1


def _words(element: HtmlElement) -> str | None:
    return " ".join(str(element.text_content()).split()) or None
