"""Claims -> voices: who speaks in this case, in which documents, through whom.

In: tables.CLAIMS with names. Out: tables.VOICES.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from rasid.model.tables import CLAIMS, VOICES, Row, check, table

UNNAMED = "unnamed"


@dataclass(slots=True)
class _Heard:
    is_document: bool = False
    claims: int = 0
    passes_on: int = 0
    documents: set[str] = field(default_factory=set)
    via: set[str] = field(default_factory=set)


def list_voices(claims: pl.DataFrame) -> pl.DataFrame:
    """One row per voice, sorted by name. A voice makes the claims it is the innermost voice of."""
    heard: dict[str, _Heard] = {}
    columns = check(claims, CLAIMS, where="list_voices").select("document", "voices")
    for document, voices in columns.iter_rows():
        for depth, name in enumerate(voices):
            voice = heard.setdefault(name, _Heard())
            voice.documents.add(document)
            if depth == 0:
                voice.is_document = True
            else:
                voice.via.add(voices[depth - 1])
            if depth == len(voices) - 1:
                voice.claims += 1
            else:
                voice.passes_on += 1
    rows: list[Row] = [
        {
            "name": name,
            "kind": "unnamed" if name == UNNAMED else "document" if voice.is_document else "named",
            "claims": voice.claims,
            "passes_on": voice.passes_on,
            "documents": sorted(voice.documents),
            "via": sorted(voice.via),
        }
        for name, voice in sorted(heard.items())
    ]
    return table(rows, VOICES)
