"""Where a table begins: titles above it, one or two lines of headings, a line of HXL tags, totals inside the data.

In: all lines of a table as text, the first lines also as lists. Out: `TextTable`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from rasid.model.text_tables import ROW, TOTAL, TextTable

LOOKED_AT = 40  # lines from the top; no title and no legend was longer in the files that were looked at
_HEADING = 500  # letters of a heading that are kept; surveys write whole questions
_LABELS = 3  # columns from the left in which a line says that it is a total
_TOTAL = "|".join(
    (
        r"(?i)^\W*(?:grand |sub-?|over-?all |sous-)?(?:totals?|sum|somme|total général)\W*(?:[:=(].*)?$",
        r"^\W*(?:المجموع|الإجمالي|الاجمالي|إجمالي)(?:\W.*)?$",
    )
)
_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+\s*[a-z_0-9]+)*\s*\Z", re.IGNORECASE)
_NUMBER = re.compile(r"[\s+\-~<>≥≤]*[\d٠-٩۰-۹][\d٠-٩۰-۹.,:/\-\s%]*\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")

Line = Sequence[str | None]


def make_table(lines: pl.DataFrame, *, member: str, first_row: int = 1) -> TextTable | None:
    """Find the headings of a table and number its rows; None if there is no row below them.

    lines:     all lines, columns of text only, null where a cell is empty
    first_row: the row that the first line is, as a spreadsheet counts
    """
    lines = lines.rename({name: f"c{n}" for n, name in enumerate(lines.columns)})
    top: Sequence[Line] = lines.head(LOOKED_AT).rows()
    start, depth, named = _headings(top)
    tags = _tags_below(top, start + depth) if named else ()
    headings = _named([top[start + n] for n in range(depth)], lines.width)
    below = lines.with_row_index(ROW, offset=first_row).slice(start + depth + bool(tags))
    used = [n for n in range(lines.width) if n < len(headings)]
    is_total = [pl.col(f"c{n}").str.contains(_TOTAL).fill_null(value=False) for n in used[:_LABELS]]
    filled = [pl.col(f"c{n}").is_not_null() for n in used]
    if not used:
        return None
    cells = below.filter(pl.any_horizontal(filled)).with_columns(
        pl.col(ROW).cast(pl.Int64), pl.any_horizontal(is_total).alias(TOTAL)
    )
    empty = [
        n for n in used if headings[n].startswith("column ") and cells[f"c{n}"].null_count() == cells.height
    ]
    kept = [n for n in used if n not in empty]
    if cells.is_empty() or not kept:
        return None
    cells = cells.select(ROW, TOTAL, *(pl.col(f"c{n}").alias(f"c{at}") for at, n in enumerate(kept)))
    shown = tuple(headings[n] for n in kept)
    return TextTable(member, shown, tuple(tags[n] for n in kept) if tags else (), cells, named)


def _headings(top: Sequence[Line]) -> tuple[int, int, bool]:
    """(line of the headings, how many lines they take, are there any)."""
    for number, line in enumerate(top):
        if number and _is_tags(line):
            return number - 1, 1, True
    widest = max((_filled(line) for line in top), default=0)
    for number, line in enumerate(top):
        thin = _filled(line) < max(2, widest / 2) and not _continues(top, number, widest)
        if widest > 1 and (thin or _is_one_text(line)):
            continue  # a title, perhaps merged over all columns, or nothing
        if _is_data(line):
            return number, 0, False
        below = top[number + 1] if number + 1 < len(top) else None
        two = below is not None and _goes_on(line, below, top[number + 2 : number + 6])
        return number, 2 if two else 1, True
    return 0, 1, True


def _continues(top: Sequence[Line], number: int, widest: int) -> bool:
    """Is this thin line the upper of two lines of headings: cells spread out over what stands below?"""
    line = top[number]
    below = top[number + 1] if number + 1 < len(top) else None
    spread = _filled(line) >= 2 and below is not None and _filled(below) >= max(2, widest / 2)
    return spread and below is not None and _goes_on(line, below, top[number + 2 : number + 6])


def _goes_on(upper: Line, lower: Line, data: Sequence[Line]) -> bool:
    """Do headings go on in the next line? Only if the upper one has gaps, the lower one no number, and data follow."""
    gaps = any(not up and low for up, low in zip(upper, lower, strict=True))
    repeats = len({cell for cell in upper if cell}) < _filled(upper)
    numbers = any(_NUMBER.match(cell) and not _YEAR.match(cell) for cell in lower if cell)
    return (gaps or repeats) and not numbers and _filled(lower) > 0 and any(map(_is_data, data))


def _filled(line: Line) -> int:
    return sum(cell is not None for cell in line)


def _is_one_text(line: Line) -> bool:
    """The same words in every cell: a title in merged cells."""
    held = {cell for cell in line if cell}
    return len(held) == 1 and _filled(line) > 1 and not _is_data(line)


def _is_data(line: Line) -> bool:
    """A line with a number that is no year is no line of headings: those hold words."""
    cells = [cell for cell in line if cell]
    numbers = sum(bool(_NUMBER.match(cell)) and not _YEAR.match(cell) for cell in cells)
    return numbers > 0 and numbers >= len(cells) / 8


def _is_tags(line: Line) -> bool:
    cells = [cell.strip() for cell in line if cell and cell.strip()]
    return bool(cells) and all(_TAG.match(cell) for cell in cells)


def _tags_below(top: Sequence[Line], number: int) -> tuple[str, ...]:
    if number < len(top) and _is_tags(top[number]):
        return tuple("".join((cell or "").split()).casefold() for cell in top[number])
    return ()


def _named(lines: Sequence[Line], width: int) -> tuple[str, ...]:
    """One heading for each column; an upper one reaches over the empty cells to its right."""
    if not lines:
        return tuple(f"column {n + 1}" for n in range(width))
    parts: list[list[str]] = [[] for _ in range(width)]
    for depth, line in enumerate(lines):
        held = ""
        for n in range(width):
            said = " ".join((line[n] or "").split()) if n < len(line) else ""
            held = said or (held if depth < len(lines) - 1 else "")
            if held and held not in parts[n]:
                parts[n].append(held)
    found: list[str] = []
    seen: dict[str, int] = {}
    for n, words in enumerate(parts):
        name = " / ".join(words)[:_HEADING] or f"column {n + 1}"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)
