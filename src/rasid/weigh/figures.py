"""Claims -> figures: every number with what it counts and who says so. Nothing is added to anything here.

In: tables.CLAIMS with names. Out: tables.FIGURES, one row per claim that carries a number.
"""

from __future__ import annotations

import polars as pl

from rasid.model.tables import CLAIMS, FIGURES, Row, as_rows, check, table
from rasid.model.values import Certainty, Polarity

#: Only these certainties speak of what is or was (law 6: the rest never counts as having happened).
HAPPENED = frozenset({Certainty.CERTAIN.value, Certainty.PARTIAL.value})

_OF_QUANTITY = (
    "text", "low", "high", "bound", "unit", "base", "measure", "per", "stock_flow", "cumulative", "part_of",
)  # fmt: skip


def list_figures(claims: pl.DataFrame) -> pl.DataFrame:
    """The numbers of a case, sorted by document and place in the text."""
    numbered = check(claims, CLAIMS, where="list_figures").filter(pl.col("quantity").is_not_null())
    rows = [_figure(row) for row in as_rows(numbered) if _has_number(row)]
    return table(sorted(rows, key=lambda r: (str(r["document"]), r["start"], str(r["claim"]))), FIGURES)


def happened(polarity: str, certainty: str) -> bool:
    """Does the voice speak of something that is or was so?"""
    return polarity == Polarity.AFFIRMED.value and certainty in HAPPENED


def is_asked(quote: str) -> bool:
    """ "Were 100 people killed?": a question claims no number."""
    return quote.rstrip(" \t\n\"'”’»)]").endswith(("?", "؟"))


def _has_number(row: Row) -> bool:
    quantity = row["quantity"]
    return isinstance(quantity, dict) and quantity["text"] is not None


def _figure(row: Row) -> Row:
    quantity, time = row["quantity"], row["time"]
    voices, places = row["voices"], row["places"]
    assert isinstance(quantity, dict) and isinstance(voices, list) and isinstance(places, list)
    figure: Row = {name: quantity.get(name) for name in _OF_QUANTITY}
    figure |= {name: row[name] for name in ("document", "start", "end", "quote", "type")}
    return figure | {
        "claim": row["id"],
        "place": places[0]["name"] or places[0]["text"] if places else None,
        "first_day": time["first_day"] if isinstance(time, dict) else None,
        "last_day": time["last_day"] if isinstance(time, dict) else None,
        "voice": voices[-1],
        "via": voices[:-1],
        "happened": happened(str(row["polarity"]), str(row["certainty"])) and not is_asked(str(row["quote"])),
    }
