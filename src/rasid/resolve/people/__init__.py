"""Who is who across lists and scripts. link.py says the steps in order."""

from rasid.model.people import LISTINGS, PAIRS, PERSONS
from rasid.resolve.people.link import (
    Answer,
    Comparison,
    Evidence,
    Linkage,
    Piece,
    Settings,
    ask,
    compare_listings,
    explain,
    pair_table,
    settle,
)

__all__ = [
    "LISTINGS",
    "PAIRS",
    "PERSONS",
    "Answer",
    "Comparison",
    "Evidence",
    "Linkage",
    "Piece",
    "Settings",
    "ask",
    "compare_listings",
    "explain",
    "pair_table",
    "settle",
]
