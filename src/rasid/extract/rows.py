"""A table of text cells and what its columns mean -> records: one row per number, with its cell as the quote.

In:  `TextTable` and `Shape`. Out: a row of DATASETS, doubts, and pieces of RECORDS and DATA_ROWS, row by row in order.
Polars does all of it. What must be read (numbers, days, names) is read once for each distinct cell (row_values.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from rasid.extract.row_course import EXAMPLES, Course, rows_words
from rasid.extract.row_fields import read_fields
from rasid.extract.row_numbers import doubt_order, has_number, read_number
from rasid.extract.row_values import Values
from rasid.knowledge.shapes import ENDS, Number, Shape, fold_heading
from rasid.model.ids import content_id
from rasid.model.recorded import RECORDS
from rasid.model.tables import Row, check
from rasid.model.text_tables import DATA_ROWS, ROW, TOTAL, TextTable

PIECE_ROWS = 25_000  # rows turned into records at a time: about 125,000 records, 100 MB
IGNORED = "ignored"
WHOLE = "event"  # the part that is the row as a whole
_QUOTED = (
    "quote",
    "type",
    "actor",
    "place",
    "first_day",
    "event_id",
)  # the first is shown for a row without number


@dataclass(frozen=True, slots=True)
class ReadRows:
    """What one table gave.

    dataset: a row of DATASETS; doubts: rows of tables.DOUBTS
    pieces:  RECORDS and DATA_ROWS of consecutive rows; can be gone through once
    """

    dataset: Row
    doubts: list[Row]
    pieces: Iterator[tuple[pl.DataFrame, pl.DataFrame]]


def dataset_id(original: str, member: str) -> str:
    """The id of the table `member` of an original."""
    return content_id("s", original, member)


def read_rows(
    table: TextTable, shape: Shape, *, original: str, name: str, actors_file: Path | None = None
) -> ReadRows:
    """Read one table.

    original:    SHA-256 of the file; name: its name, to show
    actors_file: a case's own list of actors
    returns:     records of all rows but those that sum up others
    """
    folded: dict[str, str] = {}
    for heading in table.headings:
        folded.setdefault(fold_heading(heading), heading)
    course = Course(
        table=table,
        shape=shape,
        dataset=dataset_id(original, table.member),
        original=original,
        name=name,
        rows=table.cells.filter(~pl.col(TOTAL)),
        columns={key: f"c{table.headings.index(heading)}" for key, heading in folded.items()},
        headings=folded,
        values=Values(actors_file),
    )
    _doubt_totals(course)
    fields = read_fields(course)
    numbers = [
        read_number(course, each)
        for each in sorted(shape.numbers, key=lambda n: n.part)
        if has_number(course, each)
    ]
    means = _meanings(course)
    doubt_order(course)
    _doubt_unknown(course, means)
    _doubt_repeats(course, fields["event_id"])
    dataset = _dataset(course, fields, means)
    return ReadRows(dataset, course.doubts, _pieces(course, fields, numbers, means))


# --- putting it together --------------------------------------------------------------------------------------


def _pieces(
    course: Course,
    fields: Mapping[str, pl.Expr],
    numbers: list[tuple[Number, dict[str, pl.Expr]]],
    means: Mapping[str, str],
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    mapped = [f"c{n}" for n, heading in enumerate(course.table.headings) if means[heading] != IGNORED]
    cells = pl.concat_list(mapped) if mapped else pl.lit([], pl.List(pl.String()))
    quote, column = _quote(course)
    every = [
        pl.col(ROW),
        *(value.alias(name) for name, value in fields.items()),
        quote.alias("_quote"),
        column.alias("_column"),
    ]
    for piece in course.rows.iter_slices(PIECE_ROWS):
        records = _records(course, piece.select(every), [piece.select(**made) for _, made in numbers])
        rows = piece.select(pl.lit(course.dataset).alias("dataset"), ROW, cells.alias("cells"))
        yield records, check(rows, DATA_ROWS, where="extract/rows")


def _records(course: Course, base: pl.DataFrame, numbers: list[pl.DataFrame]) -> pl.DataFrame:
    """One record per number; a row without any is one record of the whole."""
    parts = [
        made.with_columns(pl.int_range(pl.len()).alias("at")).filter(pl.col("as_said").is_not_null())
        for made in numbers
    ]
    given = (
        pl.concat([part.select("at") for part in parts])["at"] if parts else pl.Series("at", [], pl.Int64())
    )
    bare = base.select("_quote", "_column").with_columns(pl.int_range(pl.len()).alias("at"))
    bare = bare.filter(~pl.col("at").is_in(given.unique().implode()))
    whole = bare.select(
        "at", as_said="_quote", column="_column", part=pl.lit(WHOLE), measure=pl.lit(None, pl.String())
    )
    ordered = pl.concat([*parts, whole], how="diagonal").sort("at", "part", maintain_order=True)
    for name in (*ENDS, "bound", "unit", "base", "stock_flow", "own_type"):
        if name not in ordered.columns:
            dtype = pl.Float64() if name in ENDS else pl.String()
            ordered = ordered.with_columns(pl.lit(None, dtype).alias(name))
    spread = base.drop("_quote", "_column")[ordered["at"]]
    both = pl.concat([spread, ordered.drop("at")], how="horizontal")
    made = both.with_columns(
        pl.format(f"{course.dataset}-{{}}-{{}}", pl.col(ROW), pl.col("part")).alias("id"),
        pl.lit(course.dataset).alias("dataset"),
        pl.coalesce("own_type", "type").alias("type"),
        pl.lit(course.shape.voice or course.name).alias("voice"),
    )
    return check(made.select(list(RECORDS)), RECORDS, where="extract/rows")


def _quote(course: Course) -> tuple[pl.Expr, pl.Expr]:
    """The cell to show for a row without a number, and its heading."""
    nothing = pl.lit(None, pl.String())
    cells, columns = [nothing], [nothing]
    for name in _QUOTED:
        for heading in course.here(course.shape.fields.get(name)):
            cell = pl.col(course.columns[heading])
            cells.insert(-1, cell)
            columns.insert(-1, pl.when(cell.is_not_null()).then(pl.lit(course.headings[heading])))
    return pl.coalesce(cells), pl.coalesce(columns)


def _meanings(course: Course) -> dict[str, str]:
    """Heading as written -> what it is read as, or "ignored"."""
    known = course.shape.meanings(list(course.headings))
    means = dict.fromkeys(course.table.headings, IGNORED)
    for heading, names in known.items():
        means[course.headings[heading]] = ", ".join(names)
    return means


def _doubt_unknown(course: Course, means: Mapping[str, str]) -> None:
    """Columns that the shape neither reads nor leaves out by name."""
    strange = [
        heading
        for heading, said in means.items()
        if said == IGNORED and fold_heading(heading) not in course.shape.ignored
    ]
    if strange:
        course.doubt(
            "unknown columns",
            f"The shape {course.shape.name} does not know {rows_words(len(strange), 'column')}, left out here: "
            f"{', '.join(strange[:20])}"
            f"{' …' if len(strange) > 20 else ''}.",
            "Nothing to do if they do not matter. A mapping of your own can read them: `rasid map`.",
        )


def _doubt_totals(course: Course) -> None:
    totals = course.table.cells.filter(pl.col(TOTAL))[ROW]
    if totals.len():
        listed = ", ".join(f"{row:,}" for row in totals.head(EXAMPLES))
        course.doubt(
            "rows of totals",
            f"Not read as events, because they sum up others: {rows_words(totals.len())} (row {listed}"
            f"{' …' if totals.len() > EXAMPLES else ''}).",
            "Nothing to do: the rows they sum up are all there. Their numbers stand in the file.",
        )


def _doubt_repeats(course: Course, event_id: pl.Expr) -> None:
    """The same event twice would count twice."""
    repeated = event_id.is_not_null() & ~event_id.is_first_distinct()
    if count := course.count(repeated):
        course.doubt(
            "repeated events",
            f"{rows_words(count).capitalize()} named as an earlier event is ({course.examples(repeated)}).",
            "They are read as they stand. If they are one event, take the file without them.",
        )


def _dataset(course: Course, fields: Mapping[str, pl.Expr], means: Mapping[str, str]) -> Row:
    covered = course.rows.select(
        first=fields["first_day"].min(),
        last=fields["last_day"].max(),
        countries=fields["country"].drop_nulls().unique().sort().implode(),
    ).row(0, named=True)
    return {
        "id": course.dataset,
        "original": course.original,
        "member": course.table.member,
        "name": course.shown,
        "shape": course.shape.name,
        "version": _version(course),
        "voice": course.shape.voice or course.name,
        "rows": course.rows.height,
        "columns": [{"heading": heading, "means": said} for heading, said in means.items()],
        "first_day": covered["first"],
        "last_day": covered["last"],
        "countries": list(covered["countries"] or []),
    }


def _version(course: Course) -> str | None:
    """As a column of the file says it, if all rows agree; else as its name says it."""
    heading = course.shape.version_heading
    if heading is not None and heading in course.columns:
        said = course.rows[course.columns[heading]].drop_nulls().unique()
        if said.len() == 1:
            return str(said[0])
    for pattern in course.shape.version:
        if found := re.search(pattern, course.name, re.IGNORECASE):
            said_so = found[1].replace("_", ".")
            return f"{said_so[:2]}.{said_so[2:]}" if said_so.isdigit() else said_so
    return None
