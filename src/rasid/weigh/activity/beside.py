"""Which series of event data stand beside a question: the group it asks about, in the place it asks about.

The data says how often a group appears in it. That is no answer to a question, and no stance: nothing here reads
whether a number is high or low. Names meet in the registry of actors, so that "IS" in the data and "ISIS" in a
report are one group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from rasid.knowledge.actors import Names, fold_name, load_actors, load_places
from rasid.knowledge.registry import Registry, load_registry
from rasid.model.activity import ACTIVITY, BESIDE
from rasid.model.tables import QUESTIONS, Row, check, table

_MOST = 3  # series of one dataset beside one question
_LEVELS = re.compile(r"\b(?:governorate|province|region|muhafazat|muhafaza)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Known:
    """What names mean: actors by every spelling, their relations, places."""

    actors: Names
    registry: Registry
    places: Names

    def key(self, name: str) -> str:
        """One text for all spellings of an actor."""
        found = self.actors.find(name)
        return found.name if found else fold_name(name)

    def wider(self, key: str) -> tuple[str, ...]:
        """What the actor is part of, nearest first; of a leader, whose forces they are."""
        actor = self.registry.actors.get(key)
        begins = (key, *(actor.related("forces") if actor else ()))
        return tuple(dict.fromkeys(name for begin in begins for name in self.registry.lineage(begin)))[1:]


def activity_for_questions(
    questions: pl.DataFrame, activity: pl.DataFrame, *, actors_file: Path | None = None
) -> pl.DataFrame:
    """The series to show beside each question that names a group or a place.

    questions:   tables.QUESTIONS; reads actor, target, place
    activity:    activity.ACTIVITY
    actors_file: a case's own actors
    returns:     activity.BESIDE; a question whose group or place is not in the data has no row
    raises:      TableShapeError if a table lacks a column; BadSettings if `actors_file` cannot be read
    """
    check(questions, QUESTIONS, where="activity/questions")
    check(activity, ACTIVITY, where="activity/activity")
    known = _Known(load_actors(actors_file), load_registry(actors_file), load_places())
    places = activity.select("dataset", "actor", "country", "adm1").unique()
    held = {str(name): group for (name,), group in places.group_by("dataset")}
    rows: list[Row] = []
    for question in questions.select("id", "actor", "target", "place").iter_rows(named=True):
        for dataset in sorted(held):
            found = list(_series(question, held[dataset], known))[:_MOST]
            rows += [
                {"question": question["id"], "dataset": dataset, "rank": rank} | row
                for rank, row in enumerate(found, start=1)
            ]
    return table(rows, BESIDE).sort("question", "dataset", "rank")


def _series(question: dict[str, str | None], held: pl.DataFrame, known: _Known) -> Iterator[Row]:
    """The series of one dataset, nearest first."""
    asked = [name for name in (question["actor"], question["target"]) if name]
    place = question["place"]
    if not asked and not place:
        return
    groups: list[tuple[str | None, str]] = [(None, "")]
    if asked:
        names = sorted({name for name in held["actor"] if name is not None})
        groups = [each for name in asked for each in _groups(name, names, known)]
    for actor, why in dict(groups).items():
        own = held.filter(pl.col("actor").eq_missing(pl.lit(actor, pl.String)))
        where = _where(place, own, known) if place else (None, None, "")
        if where is not None:
            country, adm1, so = where
            said = " ".join(part for part in (why, so) if part)
            yield {"actor": actor, "country": country, "adm1": adm1, "reason": said or "It is asked about."}


def _groups(asked: str, names: list[str], known: _Known) -> Iterator[tuple[str | None, str]]:
    """The group itself; else the nearest one that it is part of; then those that are part of it."""
    key = known.key(asked)
    keys = {name: known.key(name) for name in names}
    own = [name for name in names if keys[name] == key]
    yield from ((name, _meets(name, asked)) for name in own)
    if not own:
        for wider in known.wider(key):
            above = [name for name in names if keys[name] == wider]
            yield from (
                (name, f"The data has no events of {asked}, only of {name}, to which it belongs.")
                for name in above
            )
            if above:
                return
    parts = [name for name in names if keys[name] != key and key in known.wider(keys[name])]
    yield from ((name, f"{name} is part of {asked}.") for name in parts)


def _meets(name: str, asked: str) -> str:
    return f"{name} is asked about." if name == asked else f"{asked} is {name} in the data."


def _where(place: str, own: pl.DataFrame, known: _Known) -> tuple[str | None, str | None, str] | None:
    """(country, governorate, note) of the place asked about; None if the group has no event in that country."""
    found = known.places.find(place)
    codes = {code: country.name for code, country in known.registry.countries.items()}
    wanted = found.country if found and found.country else None
    for code, name in codes.items():
        if fold_name(name) == fold_name(place):
            wanted = code
    countries = {name for name in own["country"] if name is not None}
    if wanted in countries or codes.get(wanted or "") in countries:
        own = own.filter(pl.col("country").is_in([wanted, codes.get(wanted or "")]))
    elif wanted is not None:
        return None
    for country, adm1 in sorted(own.select("country", "adm1").drop_nulls().unique().iter_rows()):
        if _bare(adm1) == _bare(place):
            return country, adm1, ""
    if wanted is None:
        return None
    country = str(own["country"][0])
    if found and found.level != "country":
        return (
            country,
            None,
            f"The data is kept by governorate: this is all of {codes.get(country, country)}.",
        )
    return country, None, ""


def _bare(name: str) -> str:
    return " ".join(fold_name(_LEVELS.sub(" ", name)).split())
