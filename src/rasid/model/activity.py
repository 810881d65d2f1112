"""How much a group appears in event data, over time and place: columns, types, meaning.

Every table is kept by dataset: rows of two datasets, or of two versions of one, are never joined or summed. An actor
that is null stands for all events of the dataset; these rows are no sum of the others, since an event has two sides.
"""

from __future__ import annotations

import polars as pl

from rasid.model.recorded import RECORDS
from rasid.model.tables import Schema

_TEXT = pl.String()
_INT = pl.Int64()
_REAL = pl.Float64()
_FLAG = pl.Boolean()

_READ = (
    "dataset row part actor target unclear country adm1 adm2 latitude longitude where_prec first_day last_day"
)
_READ += " low best high unit base measure stock_flow"
_SHOWN = "dataset row part actor actor_text target target_text unclear place adm1 adm2 first_day last_day"
_SHOWN += " low best high as_said column source"

#: What activity reads of RECORDS, so that a large table need not be loaded whole; and what its pages show of them.
ACTIVITY_READS: Schema = {name: RECORDS[name] for name in _READ.split()}
ACTIVITY_SHOWS: Schema = {name: RECORDS[name] for name in _SHOWN.split()}

#: One row per dataset: whether it can be counted by month, and which months it covers. Sorted by dataset.
COVERAGE: Schema = {
    "dataset": _TEXT,
    "counted": _FLAG,
    "reason": _TEXT,  # why it is not counted; null if it is
    "first_month": _TEXT,  # "2016-01": the first and the last month with a row
    "last_month": _TEXT,
    "first_whole": _TEXT,  # the first and the last month that are covered from end to end; null if none is
    "last_whole": _TEXT,
    "provisional": _FLAG,  # a monthly or quarterly release, to be replaced by the yearly one
    "events": _INT,
    "undated": _INT,  # events without a first day
    "long": _INT,  # events that end in a later month than they begin; counted where they begin
}

#: One row per group, place, month and kind of number. Sorted by its columns from dataset to unclear, nulls first.
ACTIVITY: Schema = {
    "dataset": _TEXT,
    "actor": _TEXT,  # null: all events
    "country": _TEXT,  # ISO 3166, two letters where known
    "adm1": _TEXT,  # governorate, as the data writes it
    "month": _TEXT,  # "2016-03", the month in which the event begins; null if it has no day
    "part": _TEXT,  # "event" for the events themselves; else what the number is a part of, where it is above zero
    "base": _TEXT,  # counting base of the numbers: dead, civilians …
    "unclear": _FLAG,  # rows that the data calls unclear or provisional stand in rows of their own
    "events": _INT,  # rows of the data; of a part those in which it is above zero
    "as_actor": _INT,  # of these, on the first side
    "as_target": _INT,  # on the second side; one that stands on both is counted in both, but once in events
    "unnumbered": _INT,  # of these, without a number
    "long": _INT,  # of these, going on beyond the month; counted here whole
    "low": _REAL,  # sums of the lowest, best and highest numbers; null where no row has one, low and high also
    "best": _REAL,
    "high": _REAL,  # where one row gives a best number alone; high too where one has no upper end
    "long_best": _REAL,  # of best, from rows that go on beyond the month
}

TESTED_MONTHS = 24  # whole months: with fewer, a series is not tested for changes of level
TESTED_EVENTS = 20

#: One row per place in time where a series changes its level. Sorted by dataset, actor, country, month.
SHIFTS: Schema = {
    "dataset": _TEXT,
    "actor": _TEXT,
    "country": _TEXT,
    "month": _TEXT,  # the first month of the new level
    "earliest": _TEXT,  # the change may as well have come anywhere between these two months
    "latest": _TEXT,
    "before": _REAL,  # events a month, from the change before (or the beginning) to this one
    "after": _REAL,  # events a month, from this change to the next one (or the end)
    "from_month": _TEXT,  # the first month of `before`
    "to_month": _TEXT,  # the last month of `after`
    "p": _REAL,  # share of shuffled series with as strong a change
    "test": _TEXT,  # name of the test
}

#: One row per group, country and year: where its events lie. Sorted by dataset, actor, country, year.
MOVES: Schema = {
    "dataset": _TEXT,
    "actor": _TEXT,
    "country": _TEXT,
    "year": _INT,
    "events": _INT,
    "located": _INT,  # of these, known to a district or finer; only these are below
    "latitude": _REAL,  # centre: mean of the places, one for each event
    "longitude": _REAL,
    "spread_km": _REAL,  # standard distance: root of the mean squared distance from the centre
    "sure_km": _REAL,  # standard error of the centre: two centres closer than this may be one
    "adm1s": _INT,  # governorates with an event
    "adm2s": _INT,  # districts with an event
}

#: One row per series that stands beside a question. Sorted by question, dataset, rank.
BESIDE: Schema = {
    "question": _TEXT,
    "dataset": _TEXT,
    "actor": _TEXT,  # as in ACTIVITY
    "country": _TEXT,  # null: all countries of the dataset
    "adm1": _TEXT,  # null: the whole country
    "rank": _INT,  # 1 for the nearest
    "reason": _TEXT,  # one sentence: why this series
}
