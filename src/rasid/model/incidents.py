"""Tables of incidents, claims about the same happening: of `resolve/incidents` and of `weigh/incidents.py`."""

from __future__ import annotations

import polars as pl

from rasid.model.tables import QUOTE, Schema

#: How a claim belongs to its incident. Only `tells` makes incidents and counts.
TELLS = "tells"  # a voice says that it happened
ACCUSES = "says who did it"  # responsibility: accused, claimed, admitted, denied
ALSO = "also said"  # predicted, possible or denied: shown beside the incident, never part of it

_TEXT = pl.String()
_INT = pl.Int64()
_REAL = pl.Float64()


#: One row per incident. Sorted by first_day (undated last), id.
INCIDENTS: Schema = {
    "id": _TEXT,  # "i" and 12 hex digits, from its earliest claim: stays when later reports join
    "what": _TEXT,  # the event type that says most of what was done, of knowledge/events
    "types": pl.List(_TEXT),  # all event types told, sorted
    "first_day": _TEXT,  # ISO; the days that the most exact claims give; null if undated
    "last_day": _TEXT,
    "dated": _TEXT,  # "day", "span" or "undated"
    "place": _TEXT,  # the finest that is known, to show; null if unknown
    "place_id": _INT,  # of the gazetteer; null while open
    "country": _TEXT,  # ISO 3166, two letters
    "adm1": _TEXT,
    "latitude": _REAL,  # WGS84
    "longitude": _REAL,
    "claims": _INT,  # that tell it
    "documents": _INT,  # in which it is told
    "voices": pl.List(_TEXT),  # that tell it, innermost of each chain, sorted
    "why": pl.List(_TEXT),  # why the reports belong together, strongest first; empty for one report
}

#: One row per claim of an incident. A claim tells at most one. Sorted by incident, document, start, claim.
INCIDENT_CLAIMS: Schema = {
    "incident": _TEXT,
    "claim": _TEXT,
    "document": _TEXT,
    "start": _INT,
    "part": _TEXT,  # TELLS, ACCUSES or ALSO
    "why": _TEXT,  # one sentence: why it stands here
}

#: Pairs of incidents that may be one, and pairs that a person judged. Sorted by left, right.
INCIDENT_PAIRS: Schema = {
    "left": _TEXT,  # incident, left < right
    "right": _TEXT,
    "left_claim": _TEXT,  # the claims that a decision would name
    "right_claim": _TEXT,
    "score": _REAL,  # log-odds that both are one
    "why": pl.List(_TEXT),  # for and against, strongest first
    "what": _TEXT,  # "doubtful" or "days differ"
}

#: Rows of event data that match an incident by place and day. Sorted by incident, record.
INCIDENT_RECORDS: Schema = {
    "incident": _TEXT,
    "record": _TEXT,  # recorded.RECORDS, part "event" or the number of dead
    "distance_km": _REAL,  # null where one of the two has no point
    "why": _TEXT,  # one sentence
}

#: What the voices say of one aspect of an incident. Sorted by incident, aspect, side.
INCIDENT_SIDES: Schema = {
    "incident": _TEXT,
    "aspect": _TEXT,  # "day", "place", "dead", "injured", "accused" …
    "base": _TEXT,  # of a number, its counting base; else null
    "agreed": pl.Boolean(),  # true: every voice that speaks of it says this
    "side": _INT,  # 1, 2 … within the aspect and base
    "says": _TEXT,  # in words: "12", "at least 15", "the Third Column (accused)"
    "low": _REAL,  # of a number
    "high": _REAL,
    "voices": pl.List(_TEXT),
    "quotes": pl.List(QUOTE),
}

#: The span of the numbers of an incident, one row per aspect and base. Bases are never put together.
INCIDENT_RANGES: Schema = {
    "incident": _TEXT,
    "aspect": _TEXT,  # "dead", "injured", "abducted" …
    "base": _TEXT,
    "low": _REAL,  # smallest number that a voice gives
    "high": _REAL,  # largest one; "at least 15" counts as 15 here
    "open": pl.Boolean(),  # a voice sets no ceiling: "at least 15"
    "rule": _TEXT,  # how it was made: "range"
    "voices": _INT,  # that give a number
    "quotes": pl.List(QUOTE),  # every number that stands behind it
}

#: Who is accused by whom. Sorted by incident, accused, voice, claim.
INCIDENT_ACCUSED: Schema = {
    "incident": _TEXT,
    "accused": _TEXT,
    "voice": _TEXT,  # who says it
    "status": _TEXT,  # values.Status
    "claim": _TEXT,
    "document": _TEXT,
    "start": _INT,
    "end": _INT,
    "quote": _TEXT,
}
