"""The tables that the stages hand to each other: columns, types, meaning.

Offsets are Unicode code points into `DOCUMENTS.text`, end exclusive. A person's JSON (`rasid show --json`)
has the same columns as the table it shows. A change here raises `CONTRACT_VERSION` and gets a decision note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import polars as pl

from rasid.errors import TableShapeError
from rasid.model import versions

CONTRACT_VERSION = versions.CONTRACT

Schema: TypeAlias = Mapping[str, pl.DataType]
Row: TypeAlias = dict[str, object]

_TEXT = pl.String()
_INT = pl.Int64()

SPAN = pl.Struct({"text": _TEXT, "start": _INT, "end": _INT})
MENTION = pl.Struct({"text": _TEXT, "name": _TEXT, "start": _INT, "end": _INT})
PLACE = pl.Struct(
    {"text": _TEXT, "name": _TEXT, "level": _TEXT, "country": _TEXT, "start": _INT, "end": _INT}
)
TIME = pl.Struct(
    {"text": _TEXT, "first_day": _TEXT, "last_day": _TEXT, "precision": _TEXT, "start": _INT, "end": _INT}
)
QUANTITY = pl.Struct(
    {
        "text": _TEXT,
        "low": pl.Float64(),
        "high": pl.Float64(),
        "bound": _TEXT,
        "unit": _TEXT,
        "base": _TEXT,
        "measure": _TEXT,
        "per": _TEXT,  # of a rate: day, week, month, year, 100000
        "stock_flow": _TEXT,  # stock: at a time; flow: within a period; null if unsaid
        "cumulative": pl.Boolean(),  # a running total: "bringing the total to"
        "part_of": _TEXT,  # the words of the number in the same passage that this one is a part of
        "start": _INT,
        "end": _INT,
    }
)
ATTRIBUTION = pl.Struct(
    {
        "name": _TEXT,  # the voice, as in `voices`
        "text": _TEXT,  # its words; null for the author of the document, who has none
        "start": _INT,
        "end": _INT,
        "cue": _TEXT,  # the words that make it a voice: "according to", "said"
        "cue_start": _INT,
        "cue_end": _INT,
        "said_text": _TEXT,  # when it was said, in words: "on 3 May"; null if the text does not say
        "said_start": _INT,
        "said_end": _INT,
        "said": _TEXT,  # ISO year, month or day, as precise as known; null while open
    }
)
QUOTE = pl.Struct({"claim": _TEXT, "document": _TEXT, "start": _INT, "end": _INT, "quote": _TEXT})

#: One row per readable text. Sorted by id.
DOCUMENTS: Schema = {
    "id": _TEXT,
    "original": _TEXT,  # SHA-256 of the file as received
    "member": _TEXT,  # path inside an archive or mailbox; "" = the file itself
    "name": _TEXT,  # file name to show, archive members as "archive.zip/inner.txt"; never a full path
    "media_type": _TEXT,
    "title": _TEXT,  # null where the file does not say
    "author": _TEXT,
    "publisher": _TEXT,
    "date": _TEXT,  # ISO year, month or day, as precise as the file says
    "language": _TEXT,  # ISO 639-1, "und" when unsure
    "address": _TEXT,  # where it was published, if the file says
    "direction": _TEXT,  # ltr or rtl
    "text": _TEXT,  # the kept text: what every offset points into
}

#: One row per sentence, heading, bullet, caption or table row. Sorted by document, index. Passages do not overlap.
PASSAGES: Schema = {
    "document": _TEXT,
    "index": _INT,  # 0, 1, 2 … in reading order
    "kind": _TEXT,  # values.PassageKind
    "start": _INT,
    "end": _INT,
    "language": _TEXT,
}

#: One row per claim. Sorted by document, start, end, id. `extract` leaves the names null, `resolve` fills them.
CLAIMS: Schema = {
    "id": _TEXT,
    "document": _TEXT,
    "start": _INT,  # the quote
    "end": _INT,
    "quote": _TEXT,  # text[start:end], exactly
    "kind": _TEXT,  # values.Kind
    "type": _TEXT,  # an event type of knowledge/events, e.g. "killing"
    "trigger": SPAN,  # the words that make it one
    "actor": MENTION,  # who does it or is it; null if unsaid
    "target": MENTION,  # to whom or what
    "instrument": MENTION,
    "places": pl.List(PLACE),
    "time": TIME,
    "quantity": QUANTITY,
    "persons": pl.List(MENTION),  # named people who were harmed
    "polarity": _TEXT,  # values.Polarity
    "certainty": _TEXT,  # values.Certainty
    "status": _TEXT,  # values.Status
    "voices": pl.List(_TEXT),  # outermost first; the first is the document's own voice
    "attribution": pl.List(ATTRIBUTION),  # one per voice
    "explain": _TEXT,  # one sentence: why it was read so
    "reading": _TEXT,  # which reader and rule: "rules/parse", "rules/words"
}

CANDIDATE = pl.Struct(
    {
        "place_id": _INT,
        "name": _TEXT,
        "level": _TEXT,
        "country": _TEXT,
        "adm1": _TEXT,
        "latitude": pl.Float64(),
        "longitude": pl.Float64(),
        "score": pl.Float64(),
    }
)

#: One row per written place of a document. Sorted by document, text. An open one has candidates but no place_id.
PLACES: Schema = {
    "document": _TEXT,
    "text": _TEXT,  # as written in the claims of this document
    "place_id": _INT,  # of the gazetteer; null while open
    "name": _TEXT,  # to show
    "level": _TEXT,  # country, region, governorate, district, town, neighbourhood, part (of a named place)
    "country": _TEXT,  # ISO 3166, two letters
    "adm1": _TEXT,  # governorate
    "adm2": _TEXT,  # district
    "latitude": pl.Float64(),  # WGS84; of the place itself or of the middle of the area
    "longitude": pl.Float64(),
    "where_prec": _INT,  # UCDP: 1 exact, 2 near, 3 district, 4 governorate, 5 part or larger, 6 country, 7 sea or air
    "geo_precision": _INT,  # ACLED: 1 exact, 2 near or part of a region, 3 region
    "reason": _TEXT,  # one sentence: why this place, or why it stays open
    "candidates": pl.List(CANDIDATE),  # best first, at most 5
}

#: One row per written name that the list of actors speaks to. Sorted by document, text, name, reason.
ACTORS: Schema = {
    "document": _TEXT,
    "text": _TEXT,  # as written in the claims of this document
    "name": _TEXT,  # as the claims have it: of the actor, or as written while it is open
    "kind": _TEXT,  # of the actor; null while open
    "open": pl.Boolean(),  # it has several candidates, and a person can settle it
    "reason": _TEXT,  # one sentence: why this actor, or why it stays open
    "candidates": pl.List(_TEXT),  # other actors it could mean
}

#: One row per document that a person dated. Sorted by document.
DATES: Schema = {
    "document": _TEXT,
    "date": _TEXT,  # ISO year, month or day
    "by": _TEXT,
    "at": _TEXT,  # UTC, ISO 8601
}

#: One row per number in a claim. Sorted by claim.
FIGURES: Schema = {
    "claim": _TEXT,
    "document": _TEXT,
    "start": _INT,  # the quote of the claim
    "end": _INT,
    "quote": _TEXT,
    "text": _TEXT,  # the number as said
    "low": pl.Float64(),
    "high": pl.Float64(),
    "bound": _TEXT,
    "unit": _TEXT,
    "base": _TEXT,
    "measure": _TEXT,
    "per": _TEXT,  # these four as in QUANTITY
    "stock_flow": _TEXT,
    "cumulative": pl.Boolean(),
    "part_of": _TEXT,
    "type": _TEXT,
    "place": _TEXT,
    "first_day": _TEXT,
    "last_day": _TEXT,
    "voice": _TEXT,  # the innermost voice
    "via": pl.List(_TEXT),  # who passes it on, outermost first
    "happened": pl.Boolean(),  # false for denied, possible, predicted: never summed, never on a map
}

#: One row per voice. Sorted by name.
VOICES: Schema = {
    "name": _TEXT,
    "kind": _TEXT,  # document, named, unnamed
    "claims": _INT,  # claims it makes itself
    "passes_on": _INT,  # claims of others that it passes on
    "documents": pl.List(_TEXT),
    "via": pl.List(_TEXT),  # voices it is heard through
}

#: One row per question that is asked now. Sorted by id.
QUESTIONS: Schema = {
    "id": _TEXT,
    "question": _TEXT,  # as asked
    "proposition": _TEXT,  # what was understood, in words
    "kind": _TEXT,  # of knowledge/questions, or "words" where no type fits
    "asks": _TEXT,  # whether, who, whom, where, how many, fate
    "unit": _TEXT,  # of "how many": what is counted
    "first_day": _TEXT,  # the days it is limited to
    "last_day": _TEXT,
    "terms": pl.List(_TEXT),  # the words that carry it
    "type": _TEXT,  # event type it is about; null if not understood
    "actor": _TEXT,  # canonical names; null = anyone
    "target": _TEXT,
    "place": _TEXT,
    "polarity": _TEXT,  # of the proposition as asked
}

#: One row per voice that speaks to a question, per date if it changed its mind. Sorted by question, voice, via, answer.
STANCES: Schema = {
    "question": _TEXT,
    "voice": _TEXT,
    "via": pl.List(_TEXT),
    "stance": _TEXT,  # values.Stance
    "directness": _TEXT,  # stated or implied
    "answer": _TEXT,  # to "who", "where", "how many": what it names; null for yes or no
    "date": _TEXT,  # when it was said, as the text says, else of the document; null if it has none
    "first_day": _TEXT,  # the days it speaks of: of the claim, else when it was said; null if not dated
    "last_day": _TEXT,
    "quotes": pl.List(QUOTE),  # best first
    "concessions": pl.List(QUOTE),  # what the same voice says that leans the other way
    "rule": _TEXT,  # one sentence: why this stance
}

#: One row per contradiction or agreement between voices. Sorted.
CONFLICTS: Schema = {
    "question": _TEXT,  # null for what was found without a question
    "topic": _TEXT,  # what it is about, in words; of a question its proposition
    "kind": _TEXT,  # conflicts, "conflicts unless the time differs", "different date", agrees, same …
    "reason": _TEXT,
    "voices": pl.List(_TEXT),  # who says it, the two sides of a conflict in the order of the quotes
    "quotes": pl.List(QUOTE),  # at least one of each side
}

#: One row per hypothesis of a question. Sorted by question, rank, hypothesis.
HYPOTHESES: Schema = {
    "question": _TEXT,
    "hypothesis": _TEXT,  # short id, as decisions name it
    "says": _TEXT,
    "by": _TEXT,  # the person who added it; null for those of the kind of question
    "inconsistent": _INT,  # independent rows that do not go with it: the fewer, the better it stands
    "consistent": _INT,
    "silent": _INT,  # rows that say nothing to it: one that few touch stands high for that alone
    "rank": _INT,  # 1 for the fewest inconsistent rows; equal ones share it
}

CELL = pl.Struct({"hypothesis": _TEXT, "cell": _TEXT, "by": _TEXT})

#: One row per independent statement on a question, held against its hypotheses. Sorted by question, row.
MATRIX: Schema = {
    "question": _TEXT,
    "row": _INT,
    "voices": pl.List(_TEXT),  # more than one where they repeat the same words
    "says": _TEXT,  # what it comes to: affirms, implied denies …
    "cells": pl.List(
        CELL
    ),  # consistent, inconsistent or neutral; by: the person who set it, null for the rule
    "diagnostic": pl.Float64(),  # share of pairs of hypotheses that it tells apart; 0 tells nothing
    "turns": _TEXT,  # how the ranking changes if this row fell; null if it does not
    "quotes": pl.List(QUOTE),
}

#: One row per finding on a document's own numbers. Sorted by document, place, kind, sentence.
CHECKS: Schema = {
    "document": _TEXT,
    "kind": _TEXT,  # sum, table, part above whole, share, rate, comparison, heading, date, two totals
    "severity": _TEXT,  # "hard": no reading saves it; else "check base or rounding"
    "sentence": _TEXT,  # what does not go together
    "sum": _TEXT,  # the sum that shows it, done in words
    "quotes": pl.List(QUOTE),  # the total or the headline first
}

#: One row per thing that could not be read or decided. Sorted by stage, document, id.
DOUBTS: Schema = {
    "id": _TEXT,
    "stage": _TEXT,  # read, extract, resolve, weigh
    "original": _TEXT,  # null if it concerns no single file
    "document": _TEXT,
    "name": _TEXT,  # the file or the thing, to show
    "what": _TEXT,  # short code: "empty file", "password", "too large"
    "sentence": _TEXT,  # what is the matter, for a tired person
    "advice": _TEXT,  # what to do
}

#: One row per file of the site. Sorted by path.
PAGES: Schema = {"path": _TEXT, "sha256": _TEXT, "size": _INT}


def table(rows: Iterable[Row], schema: Schema) -> pl.DataFrame:
    """Build a table of this shape from rows; missing keys are null, unknown keys are a defect.

    raises: TableShapeError if a row has a key the schema lacks
    """
    held = list(rows)
    for row in held:
        if unknown := row.keys() - schema.keys():
            raise TableShapeError(f"rows carry unknown columns: {', '.join(sorted(unknown))}")
    if not held:
        return empty(schema)
    # Polars reads nested values four times faster by row than by column, but then also takes 1.5 for a whole number:
    # only the nested columns go that way.
    nested = {name: dtype for name, dtype in schema.items() if dtype.is_nested()}
    flat = {name: dtype for name, dtype in schema.items() if name not in nested}
    frame = pl.DataFrame({name: [row.get(name) for row in held] for name in flat}, schema=flat, strict=True)
    if not nested:
        return frame
    inner = pl.from_dicts([{name: row.get(name) for name in nested} for row in held], schema=nested)
    return frame.hstack(inner).select(list(schema))


def empty(schema: Schema) -> pl.DataFrame:
    """A table of this shape without rows."""
    return pl.DataFrame(schema=dict(schema))


def check(frame: pl.DataFrame, schema: Schema, *, where: str) -> pl.DataFrame:
    """Return `frame` if it has exactly the columns and types of `schema`, in order.

    raises: TableShapeError naming `where` and the first difference
    """
    for name, dtype in schema.items():
        if name not in frame.columns:
            raise TableShapeError(f"{where}: column {name!r} is missing")
        if frame.schema[name] != dtype:
            raise TableShapeError(f"{where}: column {name!r} is {frame.schema[name]}, not {dtype}")
    if extra := set(frame.columns) - set(schema):
        raise TableShapeError(f"{where}: unexpected columns {', '.join(sorted(extra))}")
    return frame.select(list(schema))


def as_rows(frame: pl.DataFrame) -> list[Row]:
    """The rows as plain dicts, nested values as dicts and lists."""
    return frame.to_dicts()
