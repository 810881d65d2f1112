"""Tables of lists of people: what `read/listings.py` makes, what `resolve/people` takes and gives."""

from __future__ import annotations

import polars as pl

from rasid.model.tables import Schema

_TEXT = pl.String()
_INT = pl.Int64()
_REAL = pl.Float64()

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

#: One row per row of a list that was made from claims: the claim that it opens. Sorted by id.
LISTED_CLAIMS: Schema = {"id": _TEXT, "claim": _TEXT, "document": _TEXT}

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

#: Why the rows of a person are held to be one: a few links a person, several pieces of evidence a link. Made only where
#: the owner of the case asked for names.
LINK_REASONS: Schema = {
    "person": _TEXT,
    "left_id": _TEXT,
    "right_id": _TEXT,
    "place": _INT,  # of the piece among those of its link; the last one is the sum
    "sentence": _TEXT,
    "bits": _REAL,  # log2 of the odds; null where a person judged
}

# --- what the lists of a case give (people.py) ---------------------------------------------------------------

#: One row per list, in the order in which they were added.
LISTS: Schema = {
    "name": _TEXT,
    "file": _TEXT,  # names of its files, joined by ", "
    "sha256": _TEXT,  # of its files, joined by a space
    "rows": _INT,
    "named": _INT,  # rows that name somebody; the others cannot be linked
    "deduplicated": pl.Boolean(),
    "columns": _TEXT,  # what was read from which heading: "name=Full name; age=Age"
}

#: Places as the lists write them, and under which spelling they are summed.
LIST_PLACES: Schema = {"written": _TEXT, "shown": _TEXT}

#: Pairs that a person should look at, in the order of asking.
ASKED: Schema = {"place": _INT, "left_id": _TEXT, "right_id": _TEXT}

#: What linking found out, one number a row: pairs compared, answers, expected links, links lost by blocking.
LINKING: Schema = {"what": _TEXT, "value": _REAL}

#: Sampled clusterings as counts, and what each misses; the rows of one (by, stratum, draw) are one capture table.
CAPTURES: Schema = {
    "by": _TEXT,  # "" for everybody; sex, age, status, place, month, year
    "stratum": _TEXT,
    "draw": _INT,
    "what": _TEXT,  # count, missed, false; "not known": persons whose stratum no row says, once for each `by`
    "key": _TEXT,  # of a count the pattern, "0110"; else two numbers of lists, "0 2"
    "value": _REAL,
}

#: Documented persons only, never an estimate.
OVERLAP: Schema = {
    "what": _TEXT,  # list, shared, size, pattern
    "one": _TEXT,  # list; number of lists; pattern
    "other": _TEXT,  # the second list of two, else ""
    "persons": _REAL,
}

#: What models say, never a count of documented persons.
ESTIMATE: Schema = {
    "stratum": _TEXT,  # "" for everybody
    "what": _TEXT,  # population, unlisted, model, weight, width, detail, refused, note, setting
    "name": _TEXT,  # the model, the part of the width, the reason of a refusal, the setting
    "value": _REAL,  # median, weight, share
    "low": _REAL,
    "high": _REAL,
    "words": _TEXT,  # a refusal or a note in a sentence
    "helps": _TEXT,  # what would help
    "draws": pl.List(pl.Float64()),  # quantiles at even steps that stand for the distribution
}
