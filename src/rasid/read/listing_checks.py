"""What is odd about a list of people as a whole: columns that look swapped, rows that stand twice, a list in a list.

In:  columns of cells of one list; LISTINGS of several.
Out: findings in plain words, with counts and never with a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import polars as pl

from rasid.model.ids import content_id
from rasid.model.tables import DOUBTS, Row, table
from rasid.read.listing_cells import age_of, date_of, fold

Finding = tuple[str, str, str]  # what, sentence, advice

MOSTLY = 0.5  # of the cells of a column: below, the column is probably not what it is taken for
FEW_ROWS = 5  # too few to say anything of a column
FEW_NAMES = 0.2  # of the rows: where fewer different names stand in a list, the column holds no names
CONTAINED = 0.95  # of the rows of a list that stand in another
ADVICE_COLUMNS = (
    'Name the columns yourself and add the list again, as in `--map "Full Name=name" --map Years=age`.'
)


def counted(number: int, one: str, many: str) -> str:
    """ "1 age", "7 ages"."""
    return f"{number} {one if number == 1 else many}"


def compare_lists(listings: pl.DataFrame) -> pl.DataFrame:
    """Findings over all lists: a file given twice, a list that holds another, a list that repeats itself.

    listings: LISTINGS of several lists
    returns:  tables.DOUBTS
    """
    rows: dict[str, Counter[tuple[str, ...]]] = {}
    for row in listings.select("list", "name", "age", "date").iter_rows():
        key = tuple("" if cell is None else fold(str(cell)) for cell in row[1:])
        rows.setdefault(str(row[0]), Counter())[key] += 1
    doubts = []
    for one in sorted(rows):
        repeated = sum(count - 1 for count in rows[one].values())
        if repeated:
            repeating = counted(repeated, "row that repeats", "rows that repeat")
            words = f"{one} has {repeating} an earlier row in name, age and date."
            advice = "They will be linked; check that the list counts each person once."
            doubts.append(doubt(one, ("repeated rows", words, advice)))
        for other in sorted(rows):
            if one != other and (found := _held(one, other, rows)):
                doubts.append(doubt(one, found))
    return table(doubts, DOUBTS)


def swapped(
    given: Mapping[str, list[str]], headings: Mapping[str, str], *, sexes: Mapping[str, str]
) -> list[Finding]:
    """Columns whose cells are mostly not what they should be, and which of the others would fit there."""
    fits: dict[str, Callable[[str], bool]] = {
        "age": lambda cell: age_of(cell) is not None,
        "name": lambda cell: not any(c.isdigit() for c in cell),
        "date": lambda cell: date_of(cell, day_first=True) is not None,
        "birth": lambda cell: date_of(cell, day_first=True) is not None,
        "sex": lambda cell: fold(cell) in {fold(w) for words in sexes.values() for w in words.split()},
    }
    wrong = {key for key, fit in fits.items() if _share(given.get(key, []), fit) < MOSTLY}
    findings = _few_names(given, headings)
    for key in sorted(wrong):
        better = sorted(
            other
            for other in given
            if other != key
            and (key, other) != ("name", "place")  # any place reads like a name; see _few_names
            and _share(given[other], fits[key]) > 1 - MOSTLY / 5
            and other in wrong | {"status", "place"}
        )
        words = f"Most cells of {headings[key]!r} are not what a column for {key} holds."
        if not better:
            findings.append(("odd column", words, ADVICE_COLUMNS))
            continue
        words += f" The column {headings[better[0]]!r} looks like {key}: the two may be swapped."
        findings.append(("swapped columns", words, _swap_back(headings, key, better[0])))
    return findings


def _swap_back(headings: Mapping[str, str], key: str, other: str) -> str:
    """The options that undo the swap. A heading is quoted for the shell where it needs it."""
    said = " ".join(f'--map "{headings[a]}={b}"' for a, b in ((other, key), (key, other)))
    return f"If they are, add the list again with `{said}`."


def _few_names(given: Mapping[str, list[str]], headings: Mapping[str, str]) -> list[Finding]:
    """A column of names in which the same few words stand again and again: rather places, or a status."""
    names, places = given.get("name", []), given.get("place", [])
    if _different(names) >= FEW_NAMES:
        return []
    words = f"The same few words fill {headings['name']!r}: it hardly holds names."
    if _different(places) > 1 - FEW_NAMES:
        words += f" The column {headings['place']!r} looks like name: the two may be swapped."
        return [("swapped columns", words, _swap_back(headings, "name", "place"))]
    return [("odd column", words, ADVICE_COLUMNS)]


def _different(cells: Sequence[str]) -> float:
    filled = [cell for cell in cells if cell]
    return len(set(filled)) / len(filled) if len(filled) >= 2 * FEW_ROWS else 1.0


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    filled = [cell for cell in cells if cell]
    return sum(map(fits, filled)) / len(filled) if len(filled) >= FEW_ROWS else 1.0


def doubt(name: str, finding: Finding) -> Row:
    """A row of DOUBTS about one list."""
    what, sentence, advice = finding
    return {
        "id": content_id("x", "listing", name, what, sentence),
        "stage": "read",
        "name": name,
        "what": what,
        "sentence": sentence,
        "advice": advice,
    }


def _held(one: str, other: str, rows: Mapping[str, Counter[tuple[str, ...]]]) -> Finding | None:
    mine, theirs = set(rows[one]), set(rows[other])
    if len(mine) < FEW_ROWS or len(mine & theirs) < CONTAINED * len(mine):
        return None
    advice = "Lists that were made from each other are no separate witnesses: leave one out of an estimate."
    if mine == theirs:
        return ("same list twice", f"{one} and {other} hold the same rows.", advice) if one < other else None
    if len(mine & theirs) >= CONTAINED * len(theirs) and one > other:
        return None
    return (
        "list within a list",
        f"{len(mine & theirs)} of the {len(mine)} rows of {one} stand in {other} as they are.",
        advice,
    )
