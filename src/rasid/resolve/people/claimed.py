"""Persons named in claims as a list of its own: claims -> LISTINGS, and the claim behind each row.

One row a person and document: a report that names a man five times has him once. Only what a voice affirms as having
happened counts (law 6), and only events that say what became of a person: killed, missing, detained, released. Someone
named by a single word is left out, for one word says too little of who it is; where the document has the whole name as
well, both are one. Age and sex are not read from sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from rasid.knowledge.person_names import name_words
from rasid.model.ids import content_id
from rasid.model.people import LISTED_CLAIMS, LISTINGS
from rasid.model.tables import CLAIMS, DOUBTS, Row, as_rows, check, table
from rasid.model.values import Certainty, Polarity

#: Type of event -> what became of the person, gravest first.
STATUS_OF = {
    "killing": "killed",
    "execution": "killed",
    "death": "killed",
    "disappearance": "missing",
    "abduction": "detained",
    "arrest": "detained",
    "detention": "detained",
    "release": "released",
}
_GRAVEST = ("killed", "missing", "detained", "released")
_SAID = (Certainty.CERTAIN.value, Certainty.PARTIAL.value)
_LETTERS_OF = {"day": 10, "month": 7, "year": 4}  # of an ISO date, by what is known of it

Named = tuple[str, Row]  # the name, the claim


def list_claims(claims: pl.DataFrame, list_name: str) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """The persons harmed whom claims name.

    claims:    tables.CLAIMS, names and places settled
    list_name: what the list is called; part of the ids
    returns:   LISTINGS; LISTED_CLAIMS; DOUBTS, one if persons were left out
    raises:    TableShapeError
    """
    held = check(claims, CLAIMS, where="list_claims").filter(
        pl.col("type").is_in(list(STATUS_OF)),
        pl.col("polarity") == Polarity.AFFIRMED.value,
        pl.col("certainty").is_in(_SAID),
        pl.col("persons").list.len() > 0,
    )
    by_document: dict[str, list[Named]] = {}
    for claim in as_rows(held):
        for person in _structs(claim["persons"]):
            name = str(person["name"] or person["text"])
            by_document.setdefault(str(claim["document"]), []).append((name, claim))
    rows: list[Row] = []
    behind: list[Row] = []
    left_out = 0
    for document, named in sorted(by_document.items()):
        groups, bare = _persons(named)
        left_out += bare
        for words, of_person in groups.items():
            row = _listing(words, of_person, list_name=list_name, document=document)
            rows.append(row)
            claim = min((c for _, c in of_person), key=lambda c: (_rank(c), str(c["id"])))
            behind.append({"id": row["id"], "claim": claim["id"], "document": document})
    listings = table(sorted(rows, key=lambda row: str(row["id"])), LISTINGS)
    found = table(sorted(behind, key=lambda row: str(row["id"])), LISTED_CLAIMS)
    return listings, found, table(_left_out(left_out, list_name), DOUBTS)


def _persons(named: Iterable[Named]) -> tuple[dict[tuple[str, ...], list[Named]], int]:
    """Words of the whole name -> its claims, of one document; and how many bare names fit no whole one."""
    groups: dict[tuple[str, ...], list[Named]] = {}
    single: dict[str, list[Named]] = {}
    for name, claim in named:
        words = name_words(name)
        if len(words) > 1:
            groups.setdefault(words, []).append((name, claim))
        elif words:
            single.setdefault(words[0], []).append((name, claim))
    left_out = 0
    for word, of_word in sorted(single.items()):
        fitting = [words for words in groups if word in words]
        if len(fitting) == 1:
            groups[fitting[0]] += of_word
        else:
            left_out += 1
    return dict(sorted(groups.items())), left_out


def _listing(words: tuple[str, ...], named: Sequence[Named], *, list_name: str, document: str) -> Row:
    """What the gravest claims of a document say of one person."""
    claims = sorted((claim for _, claim in named), key=lambda c: (_rank(c), str(c["id"])))
    names = sorted({name for name, _ in named if name_words(name) == words})
    gravest = [claim for claim in claims if _rank(claim) == _rank(claims[0])]
    return {
        "id": content_id("l", "claimed", list_name, document, *words),
        "list": list_name,
        "name": names[0],
        "date": next((day for claim in gravest if (day := _day(claim))), None),
        "place": next((place for claim in gravest if (place := _place(claim))), None),
        "status": STATUS_OF[str(claims[0]["type"])],
    }


def _rank(claim: Row) -> int:
    return _GRAVEST.index(STATUS_OF[str(claim["type"])])


def _day(claim: Row) -> str | None:
    """When it happened, as precisely as known to the day, month or year; None for a longer stretch."""
    time = claim["time"]
    if not isinstance(time, dict) or time["first_day"] is None:
        return None
    letters = _LETTERS_OF.get(str(time["precision"]))
    return str(time["first_day"])[:letters] if letters else None


def _place(claim: Row) -> str | None:
    """The first place whose name was understood."""
    return next((str(p["name"]) for p in _structs(claim["places"]) if p["name"] and p["level"]), None)


def _structs(cell: object) -> list[Mapping[str, object]]:
    return list(cell) if isinstance(cell, list) else []


def _left_out(count: int, list_name: str) -> list[Row]:
    if not count:
        return []
    sentence = f"{count} persons are named by one word only, in a report that has no more of their name."
    return [
        {
            "id": content_id("x", "claimed", list_name, sentence),
            "stage": "link",
            "name": list_name,
            "what": "bare names",
            "sentence": sentence,
            "advice": "They are not on this list. Their claims stand on the page of claims.",
        }
    ]
