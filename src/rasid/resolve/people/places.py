"""Places as lists write them -> where they lie: country, governorate, district, place.

In:  the written places of all lists, each as often as it occurs; a gazetteer.
Out: LISTINGS with `place_path` filled in where it is sure, and one key a place for spellings that are in no gazetteer.

A list gives a bare name, so these rules are strict (docs/concepts/people.md):
1. Spellings with the same consonants, in whatever script, are one name; "city" and "governorate" are no part of it.
2. A well-known name (knowledge/places.tsv) is its place.
3. Another name is the place that the gazetteer is sure of, in the country where most well-known places of these lists
   lie. Without such a country it stays open: over many countries some village has any name.
A name that stays open is still equal to itself, and its listings are compared by all else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from rasid.knowledge.actors import KnownName, load_places
from rasid.knowledge.gazetteer import Candidate, Gazetteer
from rasid.knowledge.gazetteer_forms import name_words, plain_form, without_generic, word_forms
from rasid.model.people import LISTINGS
from rasid.model.tables import check
from rasid.resolve.people.columns import looked_up

PlacePath = tuple[str, ...]

COUNTRY_SHARE = (
    0.6  # of the rows with a well-known place must lie in one country; as in resolve/places_find.py
)
#: Where the governorate stands in a path. In Palestine the first level below the country is one of its two parts.
_GOVERNORATE_AT = {"PS": 2}
_MOST = 12


def with_places(listings: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    """The listings with the path of each place that is sure; a path that a list brings along stays.

    listings: LISTINGS
    raises:   TableShapeError
    """
    held = check(listings, LISTINGS, where="with_places")
    paths = find_paths(held["place"].drop_nulls().to_list(), gazetteer)
    placed = looked_up(
        held["place"], {name: list(path) for name, path in paths.items()}, LISTINGS["place_path"]
    )
    brought = pl.col("place_path")
    return held.with_columns(place_path=pl.when(brought.list.len() > 0).then(brought).otherwise(placed))


def find_paths(written: Iterable[str], gazetteer: Gazetteer) -> dict[str, PlacePath]:
    """Place as written -> its path, widest first, for those that are sure. The last part is the place itself."""
    counts = Counter(written)
    alike: dict[str, list[str]] = defaultdict(list)
    for name in sorted(counts):
        alike[place_key(name)].append(name)
    known = {key: found for key, names in alike.items() if (found := _well_known(names)) is not None}
    rows = {key: sum(counts[name] for name in names) for key, names in alike.items()}
    country = _main_country(known, rows)
    paths = {}
    for key, names in alike.items():
        path = _known_path(known[key], gazetteer) if key in known else _sure_path(names, country, gazetteer)
        paths.update(dict.fromkeys(names, path) if path else {})
    return paths


def place_key(name: str) -> str:
    """Consonant classes of the words, sorted: "North Gaza" and its Arabic, which turns the words round, are one."""
    words = without_generic(name_words(plain_form(name)))
    return " ".join(f"{key:x}" for key in sorted(word_forms([word]).key for word in words)) or name


def governorate_of(path: Sequence[str]) -> str | None:
    """The governorate in a path; None for a country or a wider part."""
    at = _GOVERNORATE_AT.get(path[0], 1) if path else 0
    return path[at] if path and len(path) > at else None


def governorate_at(country: pl.Expr) -> pl.Expr:
    """Where the governorate stands in a path that begins with this country; see `governorate_of`."""
    return country.replace_strict(list(_GOVERNORATE_AT), list(_GOVERNORATE_AT.values()), default=1)


def _well_known(names: Sequence[str]) -> KnownName | None:
    """What the spellings stand for; None if none is known, or two are known for different places."""
    bare = [" ".join(without_generic(plain_form(name).split())) for name in names]
    found = {known for name in (*names, *bare) if (known := load_places().find(name)) is not None}
    return found.pop() if len(found) == 1 else None


def _main_country(known: Mapping[str, KnownName], rows: Mapping[str, int]) -> str | None:
    count: Counter[str] = Counter()
    for key, name in known.items():
        if name.country:
            count[name.country] += rows[key]
    if not count:
        return None
    country, most = min(count.items(), key=lambda item: (-item[1], item[0]))
    return country if most >= COUNTRY_SHARE * count.total() else None


def _known_path(known: KnownName, gazetteer: Gazetteer) -> PlacePath:
    """Of a well-known name; () for one that lies in several countries or that the gazetteer lacks."""
    if known.country is None:
        return ()
    if known.level == "country":
        return (known.country,)
    found = gazetteer.look_up(known.name, country=known.country, most=_MOST).candidates
    key = place_key(known.name)
    fitting = [c for c in found if c.country == known.country and place_key(c.name) == key]
    level = [c for c in fitting if c.level == known.level]
    return _path((level or fitting)[0]) if fitting else ()


def _sure_path(names: Sequence[str], country: str | None, gazetteer: Gazetteer) -> PlacePath:
    """Of a name that is not well known; () unless a spelling is sure and no other sure one says otherwise."""
    if country is None:
        return ()
    found = [gazetteer.look_up(name, country=country, most=1) for name in names]
    paths = {_path(each.candidates[0]) for each in found if each.accepted}
    return paths.pop() if len(paths) == 1 else ()


def _path(place: Candidate) -> PlacePath:
    """Country, governorate, district, place; each part holds those before it.

    The place stands by its consonants and not by its id, and not at all where it bears the name of its district or
    governorate: a gazetteer has the town, the district and a second entry of the town apart, and a list that writes
    the bare name does not say which it means.
    """
    if place.country is None:
        return ()
    above = [place.adm1, place.adm2 if place.level not in ("country", "governorate") else None]
    path = [place.country]
    for name in filter(None, above):
        if place_key(name) != place_key(path[-1].rpartition("/")[2]):
            path.append(f"{path[-1]}/{name}")
    if place.level not in ("country", "governorate"):
        names = [place_key(part.rpartition("/")[2]) for part in path]
        path += [f"{path[-1]}/{place_key(place.name)}"] if place_key(place.name) != names[-1] else []
    return tuple(path)
