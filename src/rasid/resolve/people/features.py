"""Listings -> one row of numbers each, so that pairs can be compared in SQL without Python.

Names stand as numbers of names (spellings.py); a number carries in its last twelve bits how rare the name is, so that
the overlap of two lists of numbers can be weighed where they meet (the sum of a few codes has the sum of their
rarities in its last twelve bits):

    code = number of the name * 4096 + min(63, 3 * bits of rarity)
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from rasid.knowledge.person_names import is_arabic, name_words
from rasid.model.people import LISTINGS
from rasid.model.tables import check
from rasid.model.values import DateSpan
from rasid.resolve.people.places import governorate_of, place_key
from rasid.resolve.people.spellings import Spellings, group_spellings, name_counts

RARITY_BITS = 12
RARITY_STEPS = 3  # to a bit
_CODES = pl.List(pl.Int64())

FEATURES = {
    "row": pl.Int64(),
    "list": pl.Int64(),
    "arabic": pl.Boolean(),
    "words": pl.Int64(),  # of the name
    "given": pl.Int64(),  # code of the likeliest name; null without a name
    "given_any": _CODES,  # codes of all names it may be
    "rest": _CODES,  # codes of the words behind the given name, in order
    "rest_any": _CODES,
    "father_any": _CODES,
    "last_any": _CODES,
    "last": pl.Int64(),
    "age": pl.Float64(),
    "sex": pl.String(),
    "day": pl.Int64(),  # days since 1970 of the event; null if not known to the day
    "month": pl.Int64(),  # year * 12 + month
    "birth_day": pl.Int64(),
    "birth_year": pl.Int64(),
    "place": pl.String(),  # the most exact part known
    "within": pl.List(pl.String()),  # the wider places in which it lies; null if it is in no gazetteer
    "area": pl.String(),  # the governorate
    "codes": pl.List(pl.String()),
}


@dataclass(frozen=True, slots=True)
class Features:
    """The table FEATURES, sorted by the ids of the listings, and what its numbers stand for."""

    table: pl.DataFrame
    ids: tuple[str, ...]
    lists: tuple[str, ...]


def make_features(listings: pl.DataFrame) -> Features:
    """Read names, dates, ages and places of all listings.

    raises: TableShapeError if `listings` is not LISTINGS
    """
    held = check(listings, LISTINGS, where="make_features").sort("id")
    words, others = _words(held["name"]), _words(held["other_name"])
    counts = Counter(word for row in (*words, *others) for word in row)
    spellings = group_spellings(counts)
    lists = tuple(sorted(held["list"].unique().to_list()))
    table = _name_columns(words, others, _codes(counts, spellings)).with_columns(
        pl.Series("list", [lists.index(name) for name in held["list"]], dtype=pl.Int64()),
        held["sex"],
        held["codes"],
        *_time_columns(held),
        *_place_columns(held),
    )
    return Features(table.select(list(FEATURES)).cast(FEATURES), tuple(held["id"]), lists)  # type: ignore[arg-type]


# --- names ------------------------------------------------------------------------------------------------------


def _words(names: pl.Series) -> list[tuple[str, ...]]:
    read = {name: name_words(name) for name in names.drop_nulls().unique().to_list()}
    return [read.get(name, ()) for name in names.to_list()]


def _codes(counts: Mapping[str, int], spellings: Spellings) -> dict[str, tuple[int, ...]]:
    """Word -> codes of the names it may be, likeliest first."""
    totals = name_counts(counts, spellings)
    bits = -np.log2(np.maximum(totals, 0.5) / max(1.0, float(totals.sum())))
    rarity = np.minimum(63, np.round(RARITY_STEPS * bits)).astype(np.int64)
    return {
        word: tuple((name << RARITY_BITS) + int(rarity[name]) for name, _ in shares)
        for word, shares in spellings.of.items()
    }


def _name_columns(
    words: Sequence[tuple[str, ...]], others: Sequence[tuple[str, ...]], codes: Mapping[str, tuple[int, ...]]
) -> pl.DataFrame:
    """The columns of names; a second spelling of the name adds to what its words may be."""
    any_of = [[codes[word] for word in row] for row in words]
    also = [[codes[word] for word in row] for row in others]
    columns: dict[str, list[object]] = {
        "row": list(range(len(words))),
        "arabic": [bool(row) and is_arabic(row[0]) for row in words],
        "words": [len(row) for row in words],
        "given": [row[0][0] if row else None for row in any_of],
        "given_any": [_either(row[:1], more[:1]) for row, more in zip(any_of, also, strict=True)],
        "rest": [[c[0] for c in row[1:]] for row in any_of],
        "rest_any": [
            sorted({c for cs in (*row[1:], *more[1:]) for c in cs})
            for row, more in zip(any_of, also, strict=True)
        ],
        "father_any": [_either(row[1:2], more[1:2]) for row, more in zip(any_of, also, strict=True)],
        "last_any": [_either(row[1:][-1:], more[1:][-1:]) for row, more in zip(any_of, also, strict=True)],
        "last": [row[-1][0] if len(row) > 1 else None for row in any_of],
    }
    return pl.DataFrame([_series(name, cells) for name, cells in columns.items()])


def _series(name: str, cells: list[object]) -> pl.Series:
    """A column of FEATURES. Lists go by way of Arrow: polars makes a Series of each, which takes most of the time."""
    if FEATURES[name] != _CODES:
        return pl.Series(name, cells, dtype=FEATURES[name])
    import pyarrow as pa  # type: ignore[import-untyped]

    return pl.Series(name, pl.from_arrow(pa.array(cells, type=pa.large_list(pa.int64()))), dtype=_CODES)


def _either(one: Sequence[tuple[int, ...]], other: Sequence[tuple[int, ...]]) -> list[int] | None:
    """The codes of a word in both spellings; None if the name has no such word."""
    return list(dict.fromkeys(code for codes in (*one, *other) for code in codes)) if one else None


# --- time and place ---------------------------------------------------------------------------------------------


def _time_columns(listings: pl.DataFrame) -> list[pl.Series]:
    events = [_span(written) for written in listings["date"].to_list()]
    births = [_span(written) for written in listings["birth"].to_list()]
    ages = [
        age if age is not None else _age_at(birth, event)
        for age, birth, event in zip(listings["age"].to_list(), births, events, strict=True)
    ]
    return [
        pl.Series("age", ages, dtype=pl.Float64()),
        pl.Series("day", [_day(span) for span in events], dtype=pl.Int64()),
        pl.Series("month", [_month(span) for span in events], dtype=pl.Int64()),
        pl.Series("birth_day", [_birth_day(span) for span in births], dtype=pl.Int64()),
        pl.Series(
            "birth_year", [s.first_day.year if s and s.first_day else None for s in births], dtype=pl.Int64()
        ),
    ]


def _span(written: str | None) -> DateSpan | None:
    try:
        return DateSpan.from_iso(written) if written else None
    except ValueError:  # read/listings.py has said so already
        return None


def _day(span: DateSpan | None) -> int | None:
    if span is None or span.first_day is None or span.first_day != span.last_day:
        return None
    return (span.first_day - date(1970, 1, 1)).days


def _birth_day(span: DateSpan | None) -> int | None:
    """The day, but for 1 January: lists write it where they know the year only."""
    day = _day(span)
    return (
        None
        if day is None
        or span is None
        or span.first_day is None
        or (span.first_day.month, span.first_day.day) == (1, 1)
        else day
    )


def _month(span: DateSpan | None) -> int | None:
    if span is None or span.first_day is None or span.last_day is None:
        return None
    first, last = span.first_day, span.last_day
    return first.year * 12 + first.month if (first.year, first.month) == (last.year, last.month) else None


def _age_at(birth: DateSpan | None, event: DateSpan | None) -> float | None:
    if birth is None or event is None or birth.first_day is None or event.first_day is None:
        return None
    years = (event.first_day - birth.first_day).days / 365.25
    return math.floor(years) if years >= 0 else None


def _place_columns(listings: pl.DataFrame) -> list[pl.Series]:
    """A place of the gazetteer by its path; one that is not in it by the consonants of its name."""
    written = listings["place"].to_list()
    keys = {name: place_key(name) for name in set(written) - {None}}
    paths = listings["place_path"].to_list()
    places = [path[-1] if path else keys.get(name) for name, path in zip(written, paths, strict=True)]
    return [
        pl.Series("place", places, dtype=pl.String()),
        pl.Series("within", [path[:-1] if path else None for path in paths], dtype=FEATURES["within"]),
        pl.Series("area", [governorate_of(path or ()) for path in paths], dtype=pl.String()),
    ]
