"""Tables: columns and rows against their totals, shares beside counts, and the text around against the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rasid.weigh.checks.findings import HARD, SOFT, Finding, meets, spot
from rasid.weigh.checks.lists import OVERLAP, SHARE_OFF, TOTAL, WHOLES
from rasid.weigh.checks.numbers import in_words, read_numbers
from rasid.weigh.checks.page import Count, Line, Page, class_of, state_of

_SUB = re.compile(r"\s*\W*(?:sub-?total|of which|including|of whom|thereof)\b", re.I)
_NOT_COUNTED = re.compile(
    r"%|share|rate|percent|ratio|average|mean|median|interval|estimate|score|index|minimum|maximum|year|date|age|rank"
    r"|no\.|number of days|latitude|longitude|id\b",
    re.I,
)
_SHARE = re.compile(r"%|\bshare\b|\bper\s?cent", re.I)
_SHARE_CELL = re.compile(r"(?P<value>\d{1,3}(?:\.(?P<places>\d+))?)\s?%?")
_MOST_ROWS = 0.66  # rows that add up to their last cell, from which on that cell is a total
_OTHER_COUNT = re.compile(
    r"\b(?:since|last|previous|compared|before|earlier|so far|another|some of|brings?"
    r"|bringing|remaining)\b",
    re.I,
)
_OF_OTHERS = re.compile(r"\bof (?:these|those|them|whom|which)\b", re.I)
_ONE_EVENT = re.compile(
    r"\b(?:on|when|day|night|morning|evening|raids? on|shelling of|attacks? on|strikes?|one|single|"
    r"massacre|family|hospital|school|market|since|last|before)\b",
    re.I,
)
_ALL = re.compile(r"\W*(?:overall|all)\b", re.I)  # of all rows: their sum, or their mean
_SUM_OFF = 1.25  # times; a row "All" further from the sum is something else
_NEAR = 2.0  # times; a number further from the total of the table is of something else


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose rows have the same number of cells.

    rows:  the passages, the first with the names of the columns
    total: the index of the row of totals; None if there is none
    inner: the indexes of the rows that the totals are of
    """

    rows: tuple[Line, ...]
    cells: tuple[tuple[str, ...], ...]
    total: int | None
    inner: tuple[int, ...]

    def counted(self) -> Iterator[tuple[int, str]]:
        """Columns that can be added, with their names."""
        for column, name in enumerate(self.cells[0]):
            if column and not _NOT_COUNTED.search(name):
                yield column, name


def check_grids(page: Page) -> Iterator[Finding]:
    """Findings on tables."""
    for rows in tables_of(page):
        grid = _grid(rows)
        if grid is None:
            continue
        yield from _rows_against_their_total(page, grid)
        yield from _columns(page, grid)
        yield from _shares(page, grid)
        yield from _text_against_total(page, grid)
        yield from _text_against_cells(page, grid)


def _grid(rows: Sequence[Line]) -> Grid | None:
    cells = tuple(tuple(cells_of(line)) for line in rows)
    last = len(rows) - 1
    if len({len(c) for c in cells}) != 1 or last < 1 or len(cells[0]) < 2:
        return None
    total = last if last > 1 and TOTAL.match(cells[last][0]) else None
    if total is None and last > 2 and TOTAL.match(cells[1][0]):
        total = 1
    inner = tuple(n for n in range(1, len(rows)) if n != total)
    if any(_SUB.match(cells[n][0]) or TOTAL.match(cells[n][0]) for n in inner):
        total = None  # totals of parts of the table: which rows they are of is not said
    return Grid(tuple(rows), cells, total, inner)


def _columns(page: Page, grid: Grid) -> Iterator[Finding]:
    kinds = {class_of(grid.cells[n][0]) for n in grid.inner} & OVERLAP
    if grid.total is None or len(grid.inner) < 2 or (kinds and kinds not in WHOLES):
        return
    others = (spot(page.document, grid.rows[0]), *(spot(page.document, grid.rows[n]) for n in grid.inner))
    for column, name in grid.counted():
        parts = [grid.cells[n][column] for n in grid.inner]
        if _ALL.match(grid.cells[grid.total][0]) and not _is_near(parts, grid.cells[grid.total][column]):
            continue
        if told := _wrong_sum(parts, grid.cells[grid.total][column]):
            sentence = f"The column “{name}” does not add up to the row of totals."
            yield Finding(
                "table", HARD, sentence, told, (spot(page.document, grid.rows[grid.total]), *others)
            )


def _rows_against_their_total(page: Page, grid: Grid) -> Iterator[Finding]:
    """A last column "Total" of columns that do not overlap: men, women and children, or most rows show it."""
    head, body = grid.cells[0], grid.cells[1:]
    if not TOTAL.match(head[-1]) or len(head) < 4:
        return
    wrong = [_wrong_sum(row[1:-1], row[-1]) for row in body]
    added = [w is None and _value(row[-1]) is not None for w, row in zip(wrong, body, strict=True)]
    disjoint = {class_of(h) for h in head[1:-1]} in WHOLES
    if not disjoint and (len(body) < 4 or sum(added) < _MOST_ROWS * len(body)):
        return
    for line, row, told in zip(grid.rows[1:], body, wrong, strict=True):
        if told:
            sentence = f"The row “{row[0]}” does not add up to its total."
            yield Finding(
                "table", HARD, sentence, told, (spot(page.document, line), spot(page.document, grid.rows[0]))
            )


def _shares(page: Page, grid: Grid) -> Iterator[Finding]:
    """A column of shares beside the one column of counts."""
    columns = [column for column, _ in grid.counted()]
    shares = [n for n, name in enumerate(grid.cells[0]) if n and _SHARE.search(name)]
    if grid.total is None or len(columns) != 1 or len(shares) != 1:
        return
    whole = _value(grid.cells[grid.total][columns[0]])
    values = [_value(grid.cells[n][columns[0]]) for n in grid.inner]
    bases = [b for b in (whole, sum(v for v in values if v is not None)) if b]
    for n, value in zip(grid.inner, values, strict=True):
        said = _SHARE_CELL.fullmatch(grid.cells[n][shares[0]])
        if said is None or value is None or not bases:
            continue
        share, rounding = float(said["value"]), 0.5 * 10.0 ** -len(said["places"] or "") + 1e-6
        off = min(abs(share - 100 * value / base) for base in bases)
        if off <= rounding:
            continue
        right = f"{in_words(value)} / {in_words(bases[0])} = {100 * value / bases[0]:.1f}%"
        yield Finding(
            "share",
            HARD if off > SHARE_OFF + rounding else SOFT,
            f"In the row “{grid.cells[n][0]}” the count and the share do not go together.",
            f"{right}, not {share:g}%.",
            (spot(page.document, grid.rows[n]), spot(page.document, grid.rows[grid.total])),
        )


# --- the text around ------------------------------------------------------------------------------------------


def _text_against_total(page: Page, grid: Grid) -> Iterator[Finding]:
    """The first count of the text above that counts what a column counts, against the total of that column."""
    if grid.total is None:
        return
    at = page.lines.index(grid.rows[0])
    told = [(line, c) for line in page.lines for c in line.counts]
    for column, name in grid.counted():
        total = _value(grid.cells[grid.total][column])
        like = [(line, c) for line, c in told if _counts_column(c, name)]
        above = [(line, c) for line, c in like if line in page.lines[max(0, at - 4) : at]]
        if total is None or not above or any(c.low <= total <= c.high for _, c in told):
            continue
        line, count = above[0]
        if not count.exact or _OTHER_COUNT.search(line.text) or count is not line.counts[0]:
            continue
        if _OF_OTHERS.search(line.text[: count.number.begin]) or _rows_named(grid, line):
            continue
        if not total / _NEAR <= count.number.value <= total * _NEAR:
            continue
        one, other = in_words(count.number.value), in_words(total)
        yield Finding(
            "table",
            HARD,
            f"The text says {one}, the total of the column “{name}” is {other}.",
            f"{one} - {other} = {in_words(count.number.value - total)}.",
            (spot(page.document, line, count), spot(page.document, grid.rows[grid.total])),
        )


def _counts_column(count: Count, name: str) -> bool:
    """Whether the count and the column are of the same thing: the same noun, or people in the same state."""
    last = (name.split() or [""])[-1].lower()
    if count.noun and count.noun.rstrip("s") == last.rstrip("s"):
        return True
    state, kind = state_of(name), class_of(name)
    return bool(state) and state == count.state and count.human and {count.kind, kind} <= {"person", ""}


def _rows_named(grid: Grid, line: Line) -> list[str]:
    """The rows whose first cell stands in the line."""
    labels = [grid.cells[n][0] for n in grid.inner if len(grid.cells[n][0]) > 2]
    return [label for label in labels if re.search(rf"(?<!\w){re.escape(label)}(?!\w)", line.text)]


def _text_against_cells(page: Page, grid: Grid) -> Iterator[Finding]:
    """ "In Kefra 14 people were killed" against the row of Kefra."""
    rows = {grid.cells[n][0]: n for n in grid.inner if len(grid.cells[n][0]) > 2}
    if len(rows) != len(grid.inner):
        return
    for line in page.lines:
        named = _rows_named(grid, line)
        if line.kind != "sentence" or len(named) != 1 or len(line.counts) not in (1, 2):
            continue
        if _ONE_EVENT.search(line.text) or _OTHER_COUNT.search(line.text):
            continue
        for count in line.counts:
            columns = [column for column, name in grid.counted() if _counts_column(count, name)]
            if len(columns) != 1:
                continue
            row = rows[named[0]]
            cell = _value(grid.cells[row][columns[0]])
            others = [_value(grid.cells[n][columns[0]]) for n in range(1, len(grid.rows))]
            if cell is None or meets((cell, cell), (count.low, count.high)) or count.number.value in others:
                continue
            one, other = in_words(count.number.value), in_words(cell)
            yield Finding(
                "table",
                HARD,
                f"For “{named[0]}” the text says {one}, the table {other}.",
                f"{one} - {other} = {in_words(count.number.value - cell)}.",
                (spot(page.document, line, count), spot(page.document, grid.rows[row])),
            )


# --- cells ----------------------------------------------------------------------------------------------------


def tables_of(page: Page) -> Iterator[list[Line]]:
    """The rows of each table of the page."""
    held: list[Line] = []
    for line in page.lines:
        if line.kind == "row":
            held.append(line)
        elif held:
            yield held
            held = []
    if held:
        yield held


def cells_of(line: Line) -> list[str]:
    """The cells of a row written with bars or tabs."""
    text = line.text.strip()
    mark = "|" if "|" in text else "\t"
    return [cell.strip() for cell in text.strip("|").split(mark)]


def _value(cell: str) -> float | None:
    """The plain number of a cell; None if it holds anything else."""
    if not re.fullmatch(r"[\d\s.,\u00a0\u202f]+", cell):
        return None
    numbers = read_numbers(cell)
    ok = len(numbers) == 1 and numbers[0].role in {"count", "other"} and not numbers[0].places
    return numbers[0].value if ok else None


def _is_near(parts: Sequence[str], total: str) -> bool:
    got, whole = sum(_value(part) or 0 for part in parts), _value(total) or 0
    return whole <= got * _SUM_OFF and got <= whole * _SUM_OFF


def _wrong_sum(parts: Sequence[str], total: str) -> str | None:
    """The sum in words if these cells cannot add up; an empty or unclear cell may hold anything."""
    whole, values = _value(total), [_value(part) for part in parts]
    known = [v for v in values if v is not None]
    got = sum(known)
    if whole is None or got == whole or len(known) < 2 or (len(known) < len(values) and got < whole):
        return None
    return " + ".join(map(in_words, known)) + f" = {in_words(got)}, not {in_words(whole)}."
