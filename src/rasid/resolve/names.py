"""Written names -> the names to show: actors, places and voices, by the name lists, exactly or not at all.

In:  claims as `extract` leaves them (names null, or the name a pronoun stands for).
Out: the same claims with names filled. A name that no list knows stays as written, without its article.
"""

from __future__ import annotations

import re

import polars as pl

from rasid.knowledge.actors import KnownName, Names, fold_name, load_actors, load_places
from rasid.model.tables import CLAIMS, QUESTIONS, Row, as_rows, check, table

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_SPACES = re.compile(r"\s+")


def resolve_names(claims: pl.DataFrame) -> pl.DataFrame:
    """Fill `name` of actors, targets, instruments, persons, places and voices.

    claims:  tables.CLAIMS
    returns: tables.CLAIMS, same rows, same order
    """
    actors, places = load_actors(), load_places()
    spelling = _usual_spellings(claims, actors, places)
    rows = []
    for row in as_rows(check(claims, CLAIMS, where="resolve_names")):
        rows.append(_resolved(row, actors, places, spelling))
    return table(rows, CLAIMS)


def resolve_questions(questions: pl.DataFrame) -> pl.DataFrame:
    """The names in the questions as the claims have them.

    questions: tables.QUESTIONS, names as written
    returns:   tables.QUESTIONS, same rows, same order
    """
    actors, places = load_actors(), load_places()
    rows = as_rows(check(questions, QUESTIONS, where="resolve_questions"))
    for row in rows:
        for role in ("actor", "target", "place"):
            if row[role] is not None:
                known = known_name(str(row[role]), actors, places)
                row[role] = known.name if known else show_name(str(row[role]))
    return table(rows, QUESTIONS)


def show_name(written: str) -> str:
    """A written name as it is shown when no list knows it: no article, no possessive, single spaces."""
    return _POSSESSIVE.sub("", _ARTICLE.sub("", _SPACES.sub(" ", written).strip(" .,;:"))) or written


def known_name(written: str, actors: Names, places: Names) -> KnownName | None:
    """The entry of the lists for a name as written, with or without article and possessive."""
    bare = show_name(written)
    return actors.find(bare) or places.find(bare)


def _resolved(row: Row, actors: Names, places: Names, spelling: dict[str, str]) -> Row:
    def name_of(written: str) -> str:
        known = known_name(written, actors, places)
        return known.name if known else spelling.get(fold_name(show_name(written)), show_name(written))

    for role in ("actor", "target", "instrument"):
        mention = row[role]
        if isinstance(mention, dict) and mention["text"] is not None:
            written = mention["name"] or mention["text"]
            row[role] = {**mention, "name": None if _is_open(written) else name_of(written)}
    row["persons"] = [
        {**person, "name": name_of(str(person["name"] or person["text"]))} for person in _list(row["persons"])
    ]
    row["places"] = [_resolved_place(place, places) for place in _list(row["places"])]
    row["voices"] = [name_of(str(voice)) for voice in _strings(row["voices"])]
    row["attribution"] = [{**a, "name": name_of(str(a["name"]))} for a in _list(row["attribution"])]
    return row


def _resolved_place(place: Row, places: Names) -> Row:
    known = places.find(show_name(str(place["text"])))
    if known is None:
        return place
    return {**place, "name": known.name, "level": known.level, "country": known.country}


def _usual_spellings(claims: pl.DataFrame, actors: Names, places: Names) -> dict[str, str]:
    """For names no list knows: the spelling that stands most often (then first in the alphabet)."""
    counts: dict[str, dict[str, int]] = {}
    for voices in claims["voices"].to_list():
        for voice in voices or []:
            if known_name(voice, actors, places) is None:
                shown = show_name(voice)
                per = counts.setdefault(fold_name(shown), {})
                per[shown] = per.get(shown, 0) + 1
    return {folded: min(per, key=lambda s: (-per[s], s)) for folded, per in counts.items()}


_OPEN = frozenset(
    "he him his she her hers it its they them their theirs this that these those who whom which what"
    " we us our ours you your i me my one someone somebody everyone nobody there here himself themselves".split()
)


def _is_open(written: str) -> bool:
    """A pronoun or the like: it names nobody."""
    return written.casefold() in _OPEN and not written.isupper()


def _list(value: object) -> list[Row]:
    return list(value) if isinstance(value, list) else []


def _strings(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else []
