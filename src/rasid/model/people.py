"""Tables of lists of people: what `read/listings.py` makes, what `resolve/people` takes and gives."""

from __future__ import annotations

import polars as pl

from rasid.model.tables import Schema

_TEXT = pl.String()

#: One row per row of a list that names a person. `id` is unique over all lists; the order of rows is irrelevant.
LISTINGS: Schema = {
    "id": _TEXT,
    "list": _TEXT,
    "name": _TEXT,  # as written, given name first; null if the list gives none
    "other_name": _TEXT,  # the same name in another script or spelling, if the list gives two
    "age": pl.Float64(),  # years; null if unknown
    "birth": _TEXT,  # ISO year, month or day
    "sex": _TEXT,  # male, female
    "date": _TEXT,  # of what happened to the person: ISO year, month or day
    "place": _TEXT,  # as written
    "place_path": pl.List(
        pl.String()
    ),  # of the place in a gazetteer, widest first: country, governorate, district, place
    "status": _TEXT,  # killed, missing, detained, released
    "codes": pl.List(
        pl.String()
    ),  # other things that hold of a person and seldom change: "occupation: teacher"
}

#: One row per compared pair of listings, left_id < right_id, sorted. The levels say how each part compares.
PAIRS: Schema = {
    "left_id": _TEXT,
    "right_id": _TEXT,
    "bits": pl.Float64(),  # log2 of the odds that both are one person
    "probability": pl.Float64(),  # that both are one person
}

#: One row per listing. Sorted by id.
PERSONS: Schema = {
    "id": _TEXT,
    "person": _TEXT,  # "p" + 12 hex digits
}
