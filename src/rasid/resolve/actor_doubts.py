"""Why each written name was linked or left open, and what a person can settle.

In:  the links of the case, each different name of a document once.
Out: rows of tables.ACTORS; one doubt per open name of the case, and one per decision without effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from rasid.knowledge.actors import name_key
from rasid.model.ids import content_id
from rasid.model.tables import DOUBTS, Row, table
from rasid.resolve.mentions import Link
from rasid.resolve.settled import SettledNames, without_effect

NOT_LISTED = "No list knows this name."  # says nothing that a page should repeat
_SHOWN = 4  # candidates in a doubt
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Seen:
    """A written name of a document, the name it was given, and why."""

    document: str
    text: str
    name: str
    link: Link

    @property
    def is_open(self) -> bool:
        """Several actors may be meant, and a person can say which."""
        return self.link.open and self.link.kind is None and len(self.link.candidates) >= _SEVERAL

    def row(self) -> Row | None:
        """A row of tables.ACTORS; None where the lists say nothing."""
        if self.link.kind is None and not self.link.candidates:
            return None
        return {
            "document": self.document,
            "text": self.text,
            "name": self.name,
            "kind": self.link.kind,
            "open": self.is_open,
            "reason": self.link.reason,
            "candidates": list(self.link.candidates),
        }


def open_doubts(seen: Sequence[Seen], settled: SettledNames) -> pl.DataFrame:
    """One doubt for each name that is open in some document, one for each decision without effect.

    returns: tables.DOUBTS, sorted by id
    """
    opened: dict[str, list[Seen]] = {}
    for one in sorted(seen, key=lambda s: (s.text.casefold(), s.text, s.document)):
        if one.is_open:
            opened.setdefault(name_key(one.text), []).append(one)
    rows = [_doubt(key, held) for key, held in opened.items()]
    rows += _unused(seen, settled)
    return table(sorted(rows, key=lambda row: str(row["id"])), DOUBTS)


def _doubt(key: str, held: list[Seen]) -> Row:
    name = held[0].text
    documents = sorted({one.document for one in held})
    candidates = list(dict.fromkeys(c for one in held for c in one.link.candidates))
    listed = "; ".join(candidates[:_SHOWN]) + (" …" if len(candidates) > _SHOWN else "")
    where = f"{len(documents)} document{'s' if len(documents) > 1 else ''}"
    settle = f'`rasid settle actor "{name}" --as "{candidates[0]}"`'
    alone = (
        f"; with `--document {documents[0]}` it holds for that document alone" if len(documents) > 1 else ""
    )
    return {
        "id": content_id("x", "resolve", "open actor", key),
        "stage": "resolve",
        "original": None,
        "document": documents[0] if len(documents) == 1 else None,
        "name": name,
        "what": "open actor",
        "sentence": f'"{name}" ({where}) was linked to nobody. {held[0].link.reason} It may be: {listed}.',
        "advice": f"{settle} settles it for the case, if it is that one{alone}.",
    }


def _unused(seen: Iterable[Seen], settled: SettledNames) -> list[Row]:
    if not settled:
        return []
    used = {one.link.by for one in seen}
    why = "no claim has this name now"
    return [
        without_effect(decided, what="actor", why=why)
        for decided in settled.held.values()
        if decided not in used
    ]
