"""Independence and standing: who repeats whom, what goes back to one origin, how voices and claims are graded.

Proposals come from rules and say why; what a person set stands beside them and wins. Nothing here is the truth.
"""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from rasid.model.tables import Schema

_TEXT = pl.String()
_INT = pl.Int64()


class ReuseKind(StrEnum):
    """How stretches of different documents share their words."""

    COPIED = "copied"  # the same words in the same order
    REWRITTEN = "rewritten"  # most words kept, turned round or cut
    SAME_FORM = (
        "same form"  # the same wording around other names or numbers: a template, not a copy of the fact
    )


class SourceKind(StrEnum):
    """What kind of source a voice is."""

    WITNESS = "primary witness"
    PARTY = "belligerent party"
    MONITOR = "monitor"
    UN = "UN"
    MEDIA = "media"
    OFFICIAL = "official"
    UNNAMED = "unnamed"
    UNKNOWN = "unknown"


class Nearness(StrEnum):
    """How near to what it tells a voice says to be."""

    SAW = "says it saw"
    OWN = "gathers its own"  # collects, interviews, visits: first hand of a kind, without having seen it
    CITES = "cites others"
    PASSES_ON = "passes on"  # has nothing of its own
    UNKNOWN = "unknown"


class Shared(StrEnum):
    """Why claims are counted as one origin."""

    WORDS = "same words"
    VOICE = "same voice"
    CHANNEL = "heard through the same voice"


STRETCH = pl.Struct({"document": _TEXT, "start": _INT, "end": _INT, "quote": _TEXT})

#: One row per group of stretches that share text, in at least two documents. Sorted by id.
REUSE: Schema = {
    "id": _TEXT,  # "r" and 12 hex digits
    "kind": _TEXT,  # ReuseKind
    "words": _INT,  # ordinary words that every stretch shares with another one, the fewest of any
    "share": pl.Float64(),  # of the ordinary words of the shorter stretch, 0 to 1, the lowest of any
    "first": _TEXT,  # the document that had it first by its date; null while undated or of the same day
    "own": pl.Boolean(),  # all documents speak with one own voice: a house repeats itself
    "reason": _TEXT,  # one sentence
    "stretches": pl.List(STRETCH),  # sorted by document, start; quote = text[start:end], exactly
}

#: One row per origin that two claims or more go back to. Sorted by id. A claim that is in none is its own origin.
ORIGINS: Schema = {
    "id": _TEXT,  # "o" and 12 hex digits
    "origin": _TEXT,  # the voice they go back to; null where only the words tell
    "shares": pl.List(_TEXT),  # Shared, sorted
    "reason": _TEXT,  # one sentence
    "claims": pl.List(_TEXT),  # ids, sorted
    "documents": pl.List(_TEXT),
    "tellers": pl.List(_TEXT),  # the documents' own voices
}

REPEATED = pl.Struct({"voice": _TEXT, "claims": _INT, "copies": _INT})

#: One row per voice. Sorted by name.
STANDING: Schema = {
    "name": _TEXT,
    "kind": _TEXT,  # SourceKind
    "kind_reason": _TEXT,
    "nearness": _TEXT,  # Nearness
    "nearness_reason": _TEXT,
    "claims": _INT,  # that it makes or passes on
    "documents": pl.List(_TEXT),
    "dated": _INT,  # of its documents, how many carry a date
    "origins": _INT,  # independent origins that its claims go back to, itself counted where it tells of its own
    "repeats": pl.List(REPEATED),  # whom it cites (claims) or shares words with (copies), most first
    "checked": _INT,  # of its own claims, how many an independent origin of a known kind speaks to
    "supported": _INT,  # of these, how many it bears out
    "contradicted": _INT,  # of these, how many it denies
    "proposed": _TEXT,  # A to F
    "reason": _TEXT,
    "given": _TEXT,  # A to F, by a person; null
    "because": _TEXT,
    "by": _TEXT,
    "at": _TEXT,
}

#: One row per claim. Sorted by claim.
CREDIBILITIES: Schema = {
    "claim": _TEXT,
    "origin": _TEXT,  # id of ORIGINS; null where the claim is its own origin
    "support": _INT,  # independent origins that say so, its own included
    "against": _INT,  # independent origins that deny it
    "supports": pl.List(_TEXT),  # claims of other origins that say so, at most 12
    "denials": pl.List(_TEXT),  # claims of other origins that deny it, at most 12
    "proposed": _TEXT,  # 1 to 6
    "reason": _TEXT,
    "given": _TEXT,
    "because": _TEXT,
    "by": _TEXT,
    "at": _TEXT,
}

#: One row per grade that a person set and that stands. Sorted by what, about.
GIVEN_GRADES: Schema = {
    "what": _TEXT,  # Graded
    "about": _TEXT,
    "grade": _TEXT,
    "because": _TEXT,
    "by": _TEXT,
    "at": _TEXT,
    "found": pl.Boolean(),  # it is in the case now; null for an incident where incidents are not known
}

#: One row per incident. Sorted by incident.
INCIDENT_GRADES: Schema = {
    "incident": _TEXT,
    "proposed": _TEXT,  # IncidentGrade
    "reason": _TEXT,
    "given": _TEXT,  # by a person; null
    "because": _TEXT,
    "by": _TEXT,
    "at": _TEXT,
}
