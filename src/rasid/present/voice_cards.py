"""Who says it: the voices of one column of a question, each once, however often and through whomever it is heard.

A sentence in two papers is one source. It is shown once, with "also in"; a voice that another passes on stands on the
card of its own document. In: rows of tables.STANCES. Out: the same rows in groups, the first of each to be shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz

_Row = dict[str, Any]

_COPY = 90.0  # rapidfuzz ratio from which two quotes are one text
_LETTERS = 40  # shorter sentences can be alike without being copied: "The siege is over."
_UNNAMED = "unnamed"
_LITTLE = re.compile(r"\b(?:the|a|an|our|my|his|her|their|its)\b", re.I)


def group_voices(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Rows of one voice together, in the order in which each is first met; copies count as one voice."""
    groups: list[list[_Row]] = []
    for row in sorted(rows, key=_own_first):
        held = next((group for group in groups if _is_one_voice(row, group)), None)
        if held is None:
            groups.append([row])
        else:
            held.append(row)
    return groups


def group_cards(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Rows that one card shows: the words of the first, and where else the same is told."""
    cards: list[list[_Row]] = []
    for group in group_voices(rows):
        own: list[list[_Row]] = []
        for row in group:
            held = next((card for card in own if _tells_the_same(row, card[0])), None)
            if held is None:
                own.append([row])
            else:
                held.append(row)
        cards += own
    return cards


def _own_first(row: _Row) -> tuple[object, ...]:
    """Its own document before what others pass on, stated before implied, the fuller name before the shorter."""
    heard = tuple(row["via"] or ())
    return (
        len(heard),
        row["directness"] != "stated",
        -len(row["voice"].split()),
        row["voice"],
        heard,
        row["date"] or "",
    )


def _is_one_voice(row: _Row, group: Sequence[_Row]) -> bool:
    if any(_is_copy(row, other) for other in group):
        return True
    if row["voice"] == _UNNAMED:
        return False
    return any(row["voice"] == other["voice"] for other in group) or (
        bool(row["via"]) and _within(row["voice"], group[0]["voice"])
    )


def _within(short: str, long: str) -> bool:
    """ "Ministry of Defence", heard through others, where the Ministry of Defence of Kalvesh speaks itself."""
    a, b = (set(_LITTLE.sub("", name).casefold().split()) for name in (short, long))
    return len(a) > 1 and a <= b


def _tells_the_same(row: _Row, first: _Row) -> bool:
    """The same words, or what the voice of the first says itself, passed on by another."""
    if _is_copy(row, first):
        return True
    same_day = row["date"] == first["date"] and row["voice"] == first["voice"] and row["via"] == first["via"]
    return same_day or (bool(row["via"]) and not first["via"])


def _is_copy(a: _Row, b: _Row) -> bool:
    one, other = _first_words(a), _first_words(b)
    return min(len(one), len(other)) >= _LETTERS and fuzz.ratio(one, other) >= _COPY


def _first_words(row: _Row) -> str:
    quotes = row["quotes"] or []
    return str(quotes[0]["quote"]) if quotes else ""
