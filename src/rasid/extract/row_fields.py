"""What a row says besides its numbers: who, to whom, where, when, what, and whether the data itself calls it unclear.

In: a `Course`. Out: for each column of RECORDS an expression over its rows.
"""

from __future__ import annotations

import polars as pl

from rasid.extract.row_course import EXAMPLES, Course, rows_words


def read_fields(course: Course) -> dict[str, pl.Expr]:
    """Column of RECORDS -> expression over the rows."""
    values, nothing = course.values, pl.lit(None, pl.String())
    days = _days(course)
    made: dict[str, pl.Expr] = {}
    for name in ("event_id", "place", "adm1", "adm2", "source"):
        said = course.text(name)
        made[name] = nothing if said is None else said
    for name in ("actor", "target"):
        said = course.text(name)
        source = course.shape.fields.get(name)
        column = course.columns.get(source.id) if source and source.id else None
        made[f"{name}_text"] = nothing if said is None else said
        named = nothing if said is None else values.actors(course.rows, said, column)
        made[name] = named if said is None else values.in_time(named, days["first_day"])
    country = course.text("country")
    if country is None:
        made["country"] = nothing
    else:
        made["country"] = course.kept("country", values.countries(course.rows, country))
    made |= _places(course)
    made |= days
    made["type"] = _coded(course, "type", nothing)
    precision = _coded(course, "where_prec", nothing)
    made["where_prec"] = precision.cast(pl.Float64, strict=False).cast(pl.Int64, strict=False)
    made["unclear"] = _unclear(course)
    return made


def _coded(course: Course, name: str, nothing: pl.Expr) -> pl.Expr:
    source, said = course.shape.fields.get(name), course.text(name)
    if source is None or said is None:
        return nothing
    if source.codes is None:
        return said
    coded, unknown = course.values.codes(course.rows, said, source.codes)
    if unknown:
        bad = said.is_in(unknown)
        words = ", ".join(f'"{cell}"' for cell in sorted(unknown)[:EXAMPLES])
        course.doubt(
            f"unknown {name.replace('_', ' ')}",
            f"Rasid does not know this {name.replace('_', ' ')} of {rows_words(course.count(bad))}: {words} "
            f"({course.examples(bad)}).",
            "They are kept without it. A mapping of your own can say what they mean.",
        )
    return coded


def _places(course: Course) -> dict[str, pl.Expr]:
    """Latitude and longitude; a pair that is on no globe, or 0 and 0, is left out and said."""
    read: dict[str, pl.Expr] = {}
    for name in ("latitude", "longitude"):
        said = course.text(name)
        read[name] = pl.lit(None, pl.Float64()) if said is None else course.values.degrees(course.rows, said)
    latitude, longitude = read["latitude"], read["longitude"]
    bad = (latitude.abs() > 90) | (longitude.abs() > 180) | ((latitude == 0) & (longitude == 0))
    if count := course.count(bad):
        course.doubt(
            "impossible coordinates",
            f"The coordinates of {rows_words(count)} are on no map, or 0 and 0 ({course.examples(bad)}).",
            "They are kept without coordinates. Check whether latitude and longitude are swapped.",
        )
    good = ~bad.fill_null(value=False)
    return {name: pl.when(good).then(value) for name, value in read.items()}


def _days(course: Course) -> dict[str, pl.Expr]:
    """First and last day; cells that name no day, and rows that end before they begin, are left out and said."""
    said = {name: course.text(name) for name in ("first_day", "last_day", "day_prec")}
    held = [each for each in (said["first_day"], said["last_day"]) if each is not None]
    nothing = pl.lit(None, pl.String())
    if not held:
        return {"first_day": nothing, "last_day": nothing}
    days = course.values.days(course.rows, held, day_first=course.shape.day_first)
    if days.ambiguous:
        course.doubt(
            "days or months",
            f'Dates like "{days.ambiguous}" do not say which number is the day, and no row of the file shows it.',
            "They are kept without a date. Write `dates: day first` or `dates: month first` into its mapping, or write "
            "dates as 2024-03-05 in a copy, and add that.",
        )
    for each in held if days.unread else ():
        bad = each.is_in(days.unread)
        if count := course.count(bad):
            words = course.rows.filter(bad).select(each).to_series()[0]
            course.doubt(
                "unread dates",
                f'The dates of {rows_words(count)} cannot be read, such as "{words}" ({course.examples(bad)}).',
                "They are kept without a date. Write dates as 2024-03-05 in a copy, and add that.",
            )
    firsts, lasts = [days.first(each) for each in held], [days.last(each) for each in reversed(held)]
    first = course.kept("earliest", pl.coalesce(firsts))
    last = course.kept("latest", pl.coalesce(lasts))
    if said["day_prec"] is not None:
        prec, _ = course.values.codes(
            course.rows, said["day_prec"], course.shape.fields["day_prec"].codes or {}
        )
        first, last = course.values.widened(course.rows, first, last, prec)
    backwards = first > last
    if count := course.count(backwards):
        course.doubt(
            "ends before it begins",
            f"The last day of {rows_words(count)} is before the first ({course.examples(backwards)}).",
            "They are kept without a date. Check the two columns of days.",
        )
    good = ~backwards.fill_null(value=False)
    return {
        "first_day": course.kept("first_day", pl.when(good).then(first)),
        "last_day": course.kept("last_day", pl.when(good).then(last)),
    }


def _unclear(course: Course) -> pl.Expr:
    tests = []
    for each in course.shape.unclear:
        if each.heading not in course.columns:
            continue
        cell = pl.col(course.columns[each.heading]).str.strip_chars()
        folded = cell.str.to_lowercase().str.strip_suffix(".0")
        if each.words:
            tests.append(folded.is_in(each.words))
        if each.others:
            tests.append(~folded.is_in(each.others))
        if each.pattern:
            tests.append(cell.str.contains(each.pattern))
    if not tests:
        return pl.lit(value=False)
    return pl.any_horizontal(test.fill_null(value=False) for test in tests)
