"""The numbers of a row: low, best and high, how they are bound, what they count, and the cell that says so."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from rasid.extract.row_course import Course, rows_words
from rasid.extract.row_values import Counts
from rasid.knowledge.shapes import ENDS, Number
from rasid.model.values import Bound


def has_number(course: Course, number: Number) -> bool:
    """Does the table have a column of this number?"""
    return any(each in course.columns for each in number.headings())


def read_number(course: Course, number: Number) -> tuple[Number, dict[str, pl.Expr]]:
    """Columns of RECORDS for one number of a row; `as_said` is null where the row does not give it."""
    cells = {
        end: pl.col(course.columns[heading])
        for end in ENDS
        if (heading := getattr(number, end)) and heading in course.columns
    }
    counts = {end: _counts(course, getattr(number, end)) for end in cells}
    left_out = len(counts) == 1 and len(number.headings()) > 1  # the file left its range out
    alone = number.only_best or left_out
    made = _range(counts, only_best=alone)
    if len(counts) > 1:
        _note_order(course, number, made)
    here = [each for each in number.headings() if each in course.columns]
    said = [(course.headings[each], pl.col(course.columns[each])) for each in here]
    read_any = pl.any_horizontal(read.low.is_not_null() | read.high.is_not_null() for read in counts.values())
    as_said = pl.coalesce(cell for _, cell in said)
    column = pl.coalesce(pl.when(cell.is_not_null()).then(pl.lit(heading)) for heading, cell in said)
    made["as_said"] = pl.when(read_any).then(as_said)
    made["column"] = pl.when(read_any).then(column)
    made["base"] = _base(course, number)
    constant = {
        "part": number.part,
        "unit": number.unit,
        "measure": number.measure,
        "stock_flow": number.stock_flow,
    }
    made |= {name: pl.lit(value, pl.String()) for name, value in constant.items()}
    made["own_type"] = pl.lit(number.type, pl.String())
    return number, made


def _counts(course: Course, heading: str) -> Counts:
    """The numbers of one column, read once; what cannot be read is said."""
    column = course.columns[heading]
    cell = pl.col(column)
    read = course.values.counts(course.rows, cell)
    if read.unread and f"{column} low" not in course.rows.columns:
        bad = cell.is_in(read.unread)
        course.doubt(
            "unread numbers",
            f'Below "{course.headings[heading]}", {rows_words(course.count(bad), "cell")} cannot be read as a number, '
            f'such as "{course.rows.filter(bad).select(cell).to_series()[0]}" ({course.examples(bad)}).',
            "They are left out; nothing was taken for a zero. Write the number alone in a copy, and add that.",
        )
    low = course.kept(f"{column} low", read.low)
    if read.high is read.low:
        return Counts(low, low, pl.when(low.is_not_null()).then(pl.lit(Bound.EXACT.value)), ())
    high = course.kept(f"{column} high", read.high)
    return Counts(low, high, course.kept(f"{column} bound", read.bound), ())


def _range(counts: Mapping[str, Counts], *, only_best: bool) -> dict[str, pl.Expr]:
    """low, best, high and the bound. One cell is its own range, unless the file gives a best figure alone."""
    nothing = pl.lit(None, pl.Float64())
    if set(counts) == {"best"}:
        read = counts["best"]
        single = pl.when(read.low == read.high).then(read.low)
        if only_best:
            plain = read.bound == Bound.EXACT.value
            bounded: dict[str, pl.Expr] = {"best": single}
            for name, end in (("low", read.low), ("high", read.high), ("bound", read.bound)):
                bounded[name] = pl.when(~plain).then(end)
            return bounded
        return {"low": read.low, "best": single, "high": read.high, "bound": read.bound}
    low = counts["low"].low if "low" in counts else nothing
    high = counts["high"].high if "high" in counts else nothing
    best = counts.get("best")
    middle = nothing if best is None else pl.when(best.low == best.high).then(best.low)
    bound = (
        pl.when(low == high).then(pl.lit(Bound.EXACT.value))
        .when(low.is_not_null() & high.is_not_null()).then(pl.lit(Bound.RANGE.value))
        .when(low.is_not_null()).then(pl.lit(Bound.AT_LEAST.value))
        .when(high.is_not_null()).then(pl.lit(Bound.AT_MOST.value))
    )  # fmt: skip
    return {"low": low, "best": middle, "high": high, "bound": bound}


def _note_order(course: Course, number: Number, made: dict[str, pl.Expr]) -> None:
    """A row whose low is above its high, or its best outside, keeps its numbers; `doubt_order` names it."""
    low, best, high = (made[end] for end in ENDS)
    bad = (low > high) | (best < low) | (best > high)
    if course.count(bad):
        course.disordered.append((_whose(number), bad))


def doubt_order(course: Course) -> None:
    """Say which low, best and high figures are not in order, all of them at once."""
    if course.disordered:
        parts = [f"{course.count(bad):,} of {whose}" for whose, bad in course.disordered]
        every = pl.any_horizontal(bad.fill_null(value=False) for _, bad in course.disordered)
        where = f": {', '.join(parts)}" if len(parts) > 1 else f", those of {course.disordered[0][0]}"
        course.doubt(
            "low above high",
            f"Low, best and high figures are not in order in {rows_words(course.count(every))}{where} "
            f"({course.examples(every)}).",
            "They are kept as they stand. Ask the makers of the data.",
        )


def _whose(number: Number) -> str:
    return "the event" if number.part == "event" else number.part.replace("_", " ")


def _base(course: Course, number: Number) -> pl.Expr:
    if isinstance(number.base, str):
        return pl.lit(number.base, pl.String())
    here = course.here(number.base)
    if not here:
        return pl.lit("people", pl.String())
    cell = pl.coalesce(pl.col(course.columns[each]) for each in here)
    if number.base.codes is None:
        return cell
    return course.values.codes(course.rows, cell, number.base.codes)[0]
