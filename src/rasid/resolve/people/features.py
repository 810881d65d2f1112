"""Listings -> one row of numbers each, so that pairs can be compared in SQL without Python.

Names stand as numbers of names (spellings.py); a number carries in its last twelve bits how rare the name is, so that
the overlap of two lists of numbers can be weighed where they meet (the sum of a few codes has the sum of their
rarities in its last twelve bits):

    code = number of the name * 4096 + min(63, 3 * bits of rarity)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from rasid.knowledge.person_names import is_arabic
from rasid.model.people import LISTINGS
from rasid.model.tables import check
from rasid.model.values import DateSpan
from rasid.resolve.people.chains import Chains, read_chains, word_counts
from rasid.resolve.people.columns import Lists, list_series, looked_up, taken
from rasid.resolve.people.marks import MARKS, mark_columns
from rasid.resolve.people.places import governorate_at, place_key
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
    **MARKS,
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
    words, (names, others) = read_chains(held["name"], held["other_name"])
    counts = word_counts(words, (names, others))
    codes = _codes(words, counts, group_spellings(counts))
    lists = tuple(sorted(held["list"].unique().to_list()))
    table = pl.DataFrame(
        [
            *_name_columns(words, names, codes),
            *_possible_columns(names, others, codes),
            looked_up(held["list"], {name: at for at, name in enumerate(lists)}, FEATURES["list"]).alias(
                "list"
            ),
            held["sex"],
            held["codes"],
            *_time_columns(held),
            *_place_columns(held),
            *mark_columns(held, words, names),
        ]
    )
    return Features(table.select(list(FEATURES)).cast(FEATURES), tuple(held["id"]), lists)  # type: ignore[arg-type]


# --- names ------------------------------------------------------------------------------------------------------


def _codes(words: Sequence[str], counts: Mapping[str, int], spellings: Spellings) -> Lists:
    """Codes of the names that each word may be, likeliest first."""
    totals = name_counts(counts, spellings)
    bits = -np.log2(np.maximum(totals, 0.5) / max(1.0, float(totals.sum())))
    rarity = np.minimum(63, np.round(RARITY_STEPS * bits)).astype(np.int64)
    name_of = [[name for name, _ in spellings.of[word]] for word in words]
    names = np.array([name for each in name_of for name in each], dtype=np.int64)
    starts = np.cumsum([0, *map(len, name_of)], dtype=np.int64)
    return starts, (names << RARITY_BITS) + rarity[names]


def _name_columns(words: Sequence[str], names: Chains, codes: Lists) -> list[pl.Series]:
    """What the likeliest names of the words are."""
    likeliest, lengths = codes[1][codes[0][:-1]][names.words], names.lengths
    named, begins = lengths > 0, names.starts[:-1]
    script = np.array([is_arabic(word) for word in words], dtype=bool)[names.words]
    behind = np.ones(len(names.words), dtype=bool)
    behind[begins[named]] = False
    rest = np.concatenate([[0], np.cumsum(np.maximum(lengths - 1, 0))])
    return [
        pl.Series("row", np.arange(len(lengths))),
        taken(script, begins, named).fill_null(False).alias("arabic"),
        pl.Series("words", lengths),
        taken(likeliest, begins, named).alias("given"),
        list_series((rest, likeliest[behind])).alias("rest"),
        taken(likeliest, names.starts[1:] - 1, lengths > 1).alias("last"),
    ]


def _possible_columns(names: Chains, others: Chains, codes: Lists) -> list[pl.Series]:
    """What the words may be; a second spelling of the name adds to it."""
    from rasid.resolve.people import kernels

    most = int(sum(np.diff(codes[0])[each.words].sum() for each in (names, others)))
    columns = []
    for name, part, words in (
        ("given_any", kernels.GIVEN, 1),
        ("father_any", kernels.FATHER, 2),
        ("last_any", kernels.LAST, 2),
        ("rest_any", kernels.REST, 0),
    ):
        found = kernels.gather_codes(
            (names.starts, names.words), (others.starts, others.words), codes, part, most
        )
        columns.append(list_series(found, missing=names.lengths < words).alias(name))
    return columns


# --- time and place ---------------------------------------------------------------------------------------------


def _time_columns(listings: pl.DataFrame) -> list[pl.Series]:
    event, birth = listings["date"], listings["birth"]
    events, births = _spans(event), _spans(birth)

    def read(
        column: pl.Series, spans: Mapping[str, DateSpan], what: Callable[[DateSpan], int | None]
    ) -> pl.Series:
        return looked_up(column, {written: what(span) for written, span in spans.items()}, pl.Int64())

    days = (read(event, events, _first_day) - read(birth, births, _first_day)).cast(pl.Float64())
    years = (days / 365.25).floor()
    return [
        pl.select(pl.coalesce(listings["age"], pl.when(days >= 0).then(years))).to_series().alias("age"),
        read(event, events, _day).alias("day"),
        read(event, events, _month).alias("month"),
        read(birth, births, _birth_day).alias("birth_day"),
        read(birth, births, _first_year).alias("birth_year"),
    ]


def _spans(written: pl.Series) -> dict[str, DateSpan]:
    """Each different date, read once."""
    spans = {iso: _span(iso) for iso in written.drop_nulls().unique().to_list()}
    return {iso: span for iso, span in spans.items() if span is not None}


def _span(written: str) -> DateSpan | None:
    try:
        return DateSpan.from_iso(written) if written else None
    except ValueError:  # read/listings.py has said so already
        return None


def _first_day(span: DateSpan) -> int | None:
    """Days since 1970."""
    return None if span.first_day is None else (span.first_day - date(1970, 1, 1)).days


def _first_year(span: DateSpan) -> int | None:
    return None if span.first_day is None else span.first_day.year


def _day(span: DateSpan) -> int | None:
    return _first_day(span) if span.first_day == span.last_day else None


def _birth_day(span: DateSpan) -> int | None:
    """The day, but for 1 January: lists write it where they know the year only."""
    first = span.first_day
    return None if first is None or (first.month, first.day) == (1, 1) else _day(span)


def _month(span: DateSpan) -> int | None:
    if span.first_day is None or span.last_day is None:
        return None
    first, last = span.first_day, span.last_day
    return first.year * 12 + first.month if (first.year, first.month) == (last.year, last.month) else None


def _place_columns(listings: pl.DataFrame) -> list[pl.Series]:
    """A place of the gazetteer by its path; one that is not in it by the consonants of its name."""
    keys = {name: place_key(name) for name in listings["place"].drop_nulls().unique().to_list()}
    path = pl.col("place_path")
    known = path.list.len() > 0
    held = listings.with_columns(key=looked_up(listings["place"], keys, pl.String()))
    found = held.select(
        place=pl.when(known).then(path.list.last()).otherwise(pl.col("key")),
        within=pl.when(known).then(path.list.head(path.list.len() - 1)),
        area=path.list.get(governorate_at(path.list.first()), null_on_oob=True),
    )
    return found.get_columns()
