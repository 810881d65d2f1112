"""Ranges: which figures count the same thing, what they come to under a named rule, and which flows add up.

A range is never more than its parts: every row of RANGES has rows of RANGE_PARTS, and each of these opens a quote or a
cell. What the relations and rules mean, with examples: docs/concepts/ranges.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from rasid.model.tables import Schema

_TEXT = pl.String()
_INT = pl.Int64()
_REAL = pl.Float64()
_YES = pl.Boolean()


class Rule(StrEnum):
    """How "best" is chosen. Low and high are always the lowest and the highest that a counted voice gives."""

    RANGE = "range"  # no best: the two ends only, as Airwars publishes
    MAJORITY = "majority"  # the number that most independent voices give
    RANKING = "ranking"  # that of the first voice in an order set by a person
    CONSERVATIVE = "most conservative"  # the lowest that a named voice gives


class Relation(StrEnum):
    """What a figure is to the range that it stands in. Only `counts` moves its ends."""

    COUNTS = "counts"
    REPEAT = "repeat"  # the same voice, or copied words, with the same number
    UPDATED = "updated"  # the same voice gives a later number
    WITHDRAWN = "withdrawn"  # the same voice takes it back
    PART = "part"  # a part of another figure of this range
    APART = "not compared"  # about the same, but on another footing
    NOT_SO = "not so"  # denied, possible or predicted


@dataclass(frozen=True, slots=True)
class RangeRule:
    """The rule of a case. ranking: names of voices, first the one that goes before all others."""

    rule: Rule = Rule.RANGE
    ranking: tuple[str, ...] = ()


#: One row per thing that is counted. Sorted by topic, base, unit, id.
RANGES: Schema = {
    "id": _TEXT,  # "r" and 12 hex digits, from what is counted, where and when
    "topic": _TEXT,  # id shared by the ranges of one happening, place and time: their bases differ
    "counted": _TEXT,  # killed, wounded, displaced …, or an event type
    "base": _TEXT,  # whom or what: people, civilians, children, houses
    "unit": _TEXT,  # people, family, house; of a share "percent"
    "measure": _TEXT,  # values.Measure
    "per": _TEXT,  # of a rate
    "span": _TEXT,  # flow (within the days), stock (at a time), running total (up to a time)
    "method": _TEXT,  # counted or estimated
    "actor": _TEXT,  # by whom, where that is part of what is counted; null for a single incident
    "instrument": _TEXT,  # the same of the means
    "place": _TEXT,
    "level": _TEXT,  # of the place, as in PLACES; null if it is on no list
    "country": _TEXT,
    "first_day": _TEXT,  # the days that are counted; of a stock the days it stands for
    "last_day": _TEXT,
    "low": _REAL,  # the lowest that a counted voice gives; null if none sets a floor
    "best": _REAL,  # by the rule; null where the rule gives none, and `because` says why
    "high": _REAL,  # the highest number said; see open_high
    "open_low": _YES,  # a counted voice sets no lower end
    "open_high": _YES,  # a counted voice sets no upper end ("at least")
    "rule": _TEXT,  # Rule
    "voices": _INT,  # independent voices that count
    "because": _TEXT,  # how the range came about, in plain sentences
}

#: One row per figure and range. Sorted by range, relation, date, document, start, claim, record.
RANGE_PARTS: Schema = {
    "range": _TEXT,
    "relation": _TEXT,  # Relation
    "claim": _TEXT,  # null for a cell of a data row
    "record": _TEXT,  # recorded.RECORDS.id; null for words
    "document": _TEXT,  # of a record its dataset
    "start": _INT,  # the quote; null for a record
    "end": _INT,
    "quote": _TEXT,  # the words, or the cell as it stands
    "text": _TEXT,  # the number as said
    "low": _REAL,
    "high": _REAL,
    "bound": _TEXT,
    "voice": _TEXT,
    "via": pl.List(_TEXT),
    "date": _TEXT,  # of the document
    "other": _TEXT,  # claim or record that it repeats, is replaced by, or is withdrawn by
    "whole": _TEXT,  # claim that it is a part of, in this range or another
    "reason": _TEXT,  # one sentence: why it stands so
}

#: One row per set of flows of one voice that adds up, or that does not and why. Sorted by document, voice, id.
SUMS: Schema = {
    "id": _TEXT,
    "document": _TEXT,  # or dataset
    "voice": _TEXT,
    "counted": _TEXT,
    "base": _TEXT,
    "unit": _TEXT,
    "over": _TEXT,  # periods or places
    "place": _TEXT,  # the place of all; null over places
    "first_day": _TEXT,
    "last_day": _TEXT,
    "low": _REAL,  # null where it was not added
    "high": _REAL,
    "made": _YES,
    "claims": pl.List(_TEXT),
    "because": _TEXT,
}
