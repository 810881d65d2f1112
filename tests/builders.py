"""Small builders of rows, so that a test says only what it is about."""

from __future__ import annotations

import polars as pl

from rasid.model.settled import Settled
from rasid.model.tables import CLAIMS, DOCUMENTS, QUESTIONS, Row, table


def mention(text: str, name: str | None = None, start: int = 0) -> Row:
    return {"text": text, "name": name, "start": start, "end": start + len(text)}


def voice(name: str) -> Row:
    return {
        "name": name,
        "text": None,
        "start": None,
        "end": None,
        "cue": None,
        "cue_start": None,
        "cue_end": None,
    }


def claim(**given: object) -> Row:
    """A claim of one voice about nothing in particular; anything can be set."""
    quote = str(given.get("quote", "The bridge fell."))
    voices = given.pop("voices", ["author of a.txt"])
    assert isinstance(voices, list)
    start = given.get("start", 0)
    assert isinstance(start, int)
    row: Row = {
        "id": "c000000000001",
        "document": "d000000000001",
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "kind": "event",
        "type": "attack",
        "trigger": {"text": quote[:3], "start": start, "end": start + 3},
        "places": [],
        "persons": [],
        "polarity": "affirmed",
        "certainty": "certain",
        "status": "reported as fact",
        "voices": voices,
        "attribution": [voice(str(name)) for name in voices],
        "explain": "because",
        "reading": "rules/parse",
    }
    return row | given


def settled(name: str, means: str, *, shown: str = "", document: str = "", by: str = "Rana") -> Settled:
    """A decision that stands."""
    return Settled(name, means, shown, document, by, "2026-03-01T09:00:00.000000Z")


def claims(*rows: Row) -> pl.DataFrame:
    return table(rows, CLAIMS)


def document(**given: object) -> Row:
    row: Row = {
        "id": "d000000000001",
        "original": "0" * 64,
        "member": "",
        "name": "a.txt",
        "media_type": "text/plain",
        "language": "en",
        "direction": "ltr",
        "text": "The bridge fell.",
    }
    return row | given


def documents(*rows: Row) -> pl.DataFrame:
    return table(rows, DOCUMENTS)


def question(**given: object) -> Row:
    row: Row = {
        "id": "q000000000001",
        "question": "Has the Ash Front been defeated?",
        "proposition": "defeat; to whom or what: Ash Front",
        "kind": "defeat",
        "asks": "whether",
        "terms": ["Ash", "Front", "defeated"],
        "type": "defeat",
        "target": "Ash Front",
        "polarity": "affirmed",
    }
    return row | given


def questions(*rows: Row) -> pl.DataFrame:
    return table(rows, QUESTIONS)
