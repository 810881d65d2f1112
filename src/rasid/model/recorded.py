"""Event data and tables of figures: a row is evidence like a sentence. Columns, types, meaning.

A file of rows is an original like any other, but its rows stand in flat tables of their own and not in `CLAIMS`: there
may be hundreds of thousands, and every one has the same few columns (docs/decisions/0010). The quote of a record is its
cell, exactly as it stands in the file: dataset, row, column, `as_said`.
"""

from __future__ import annotations

import polars as pl

from rasid.model.tables import Schema

_TEXT = pl.String()
_INT = pl.Int64()
_REAL = pl.Float64()

COLUMN = pl.Struct({"heading": _TEXT, "means": _TEXT})  # means: a column of RECORDS, or "ignored"

#: One row per table that was read as data. Sorted by id.
DATASETS: Schema = {
    "id": _TEXT,  # "s" and 12 hex digits, from the original and the sheet
    "original": _TEXT,  # SHA-256 of the file as received
    "member": _TEXT,  # sheet, table or inner file; "" = the file itself
    "name": _TEXT,  # file name to show
    "shape": _TEXT,  # "UCDP GED", "ACLED" …, or "own mapping"
    "version": _TEXT,  # of the data as the file says, "26.0.2"; null if it does not
    "voice": _TEXT,  # who publishes it
    "rows": _INT,  # data rows
    "columns": pl.List(COLUMN),  # in the order of the file
    "first_day": _TEXT,  # what its rows cover, ISO; null if they have no days
    "last_day": _TEXT,
    "countries": pl.List(_TEXT),  # ISO 3166, two letters where known, else as written; sorted
}

#: One row per number of a data row, or one for the event itself where it has none. Sorted by dataset, row, part.
RECORDS: Schema = {
    "id": _TEXT,  # "<dataset>-<row>-<part>"
    "dataset": _TEXT,
    "row": _INT,  # as a spreadsheet counts: the first line of the file is 1
    "part": _TEXT,  # "event" for the row as a whole; else what the number is, e.g. "civilians"
    "event_id": _TEXT,  # the data's own name of the event
    "type": _TEXT,  # an event type of knowledge/events
    "actor": _TEXT,  # name in the list of actors if it is known, else as written
    "actor_text": _TEXT,  # as written
    "target": _TEXT,
    "target_text": _TEXT,
    "unclear": pl.Boolean(),  # the data itself calls an actor or the row unclear or provisional
    "place": _TEXT,  # as written, the finest there is
    "country": _TEXT,  # ISO 3166, two letters where known
    "adm1": _TEXT,
    "adm2": _TEXT,
    "latitude": _REAL,  # WGS84
    "longitude": _REAL,
    "where_prec": _INT,  # UCDP scale, see tables.PLACES
    "first_day": _TEXT,  # ISO
    "last_day": _TEXT,
    "low": _REAL,
    "best": _REAL,
    "high": _REAL,
    "as_said": _TEXT,  # the cell that holds the number, exactly as it stands in the file
    "column": _TEXT,  # heading of that cell
    "bound": _TEXT,  # values.Bound
    "unit": _TEXT,  # "people", "family", …
    "base": _TEXT,  # counting base: "dead", "civilians", "displaced" …
    "measure": _TEXT,  # values.Measure
    "stock_flow": _TEXT,  # "stock", "flow" or null
    "voice": _TEXT,  # who says it: the publisher of the data
    "source": _TEXT,  # whom the row itself names as its source, as written
}
