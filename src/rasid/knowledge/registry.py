"""The registry of actors: states and their forces, armed groups, coalitions, monitors, media, UN bodies, leaders.

Data: knowledge/actors/*.yaml (states.yaml says what the keys mean, countries.yaml holds the states, wording.yaml the
words around a name). A case may add actors in a file of the same form.

YAML is slow to read and this is read on every build, so `compiled.json` beside it holds the same rows; it is used only
while it carries the hash of the YAML files, else the YAML is read. `python -m rasid.knowledge.registry` writes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from rasid.errors import BadSettings
from rasid.knowledge.data_files import parse_yaml

_Raw: TypeAlias = dict[str, Any]  # rows of YAML or JSON, read only in this file

_COMPILED = "compiled.json"
_APART = ("countries.yaml", "wording.yaml")  # the YAML files that are not lists of actors
_KEYS = frozenset(
    "name kind aliases local countries role names codes".split()
    + "part_of split_from merged_into allied_with against forces".split()
)
_NEEDED = ("name", "kind")

#: ACLED's "inter" by kind: 1 state forces, 2 rebel group, 7 civilians, 8 external or other forces.
_ACLED = {"state forces": "1", "state": "1", "armed group": "2", "coalition": "8", "civilians": "7"}
_ACLED |= {"monitor": "7", "media": "7", "people": "7", "un": "8"}
#: Role codes of CAMEO and PLOVER by kind, after the country's code.
_CAMEO = {"state forces": "MIL", "state": "GOV", "armed group": "REB", "media": "MED", "monitor": "NGO"}


@dataclass(frozen=True, slots=True)
class TimedName:
    """A name that an actor had in a span of years; `first` and `last` are ISO years or months, None = open."""

    name: str
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor.

    name:      the name to show
    kind:      state, state forces, armed group, coalition, monitor, media, un, organisation, person, people
    aliases:   other names and spellings, valid in any document
    local:     names valid only where the document is about one of `countries`
    countries: ISO 3166 codes of where it acts; the first is its home
    role:      what the general wordings of its home mean: forces, army, government, opposition, rebels
    relations: (relation, other actor): part_of, split_from, merged_into, allied_with, against, forces
    names:     names by time
    codes:     ucdp (ids, comma between), acled (inter), cameo
    """

    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    local: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    role: str | None = None
    relations: tuple[tuple[str, str], ...] = ()
    names: tuple[TimedName, ...] = ()
    codes: Mapping[str, str] | None = None

    def related(self, relation: str) -> tuple[str, ...]:
        """The actors it stands in this relation to."""
        return tuple(other for kind, other in self.relations if kind == relation)


@dataclass(frozen=True, slots=True)
class Country:
    """A state: its name, codes, the words for "of this country" and the seats of its government."""

    iso2: str
    name: str
    iso3: str
    adjectives: tuple[str, ...]
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words around names; see knowledge/actors/wording.yaml."""

    state_forces: frozenset[str]
    members: frozenset[str]
    speaking_for: frozenset[str]
    fillers: frozenset[str]
    other_party: frozenset[str]
    governments: frozenset[str]
    civilians: Mapping[str, str]  # any form -> the form to show
    generic: Mapping[
        str, str
    ]  # wording -> what it asks for: government, army, forces, rebels, coalition, group …
    short_heads: frozenset[str]
    interveners: frozenset[str]  # ISO codes
    divided: frozenset[str]  # ISO codes
    peoples: frozenset[str]


@dataclass(frozen=True, slots=True)
class Registry:
    """All actors by name, the countries by ISO code, and the wording."""

    actors: Mapping[str, Actor]
    countries: Mapping[str, Country]
    wording: Wording

    def lineage(self, name: str) -> tuple[str, ...]:
        """The actor and what it is part of, nearest first: "Tiger Forces", "Syrian Arab Army", …"""
        found: list[str] = []
        waiting = [name]
        while waiting:
            at = waiting.pop(0)
            if at not in found:
                found.append(at)
                waiting += self.actors[at].related("part_of") if at in self.actors else ()
        return tuple(found)


def load_registry(extra: Path | None = None) -> Registry:
    """The shipped registry, with the actors of a case's own `actors.yaml` added.

    An actor of the file with the name of a shipped one adds aliases and countries to it.

    raises: BadSettings if the file cannot be read as a list of actors
    """
    return _made_registry(extra, own_text(extra))


def own_text(extra: Path | None) -> str:
    """What a case's own list says, "" without one: part of a key where something made from it is kept.

    raises: BadSettings if the file cannot be read
    """
    if extra is None:
        return ""
    try:
        return extra.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{extra} could not be read as a list of actors: {error}") from error


@lru_cache(maxsize=4)
def _made_registry(extra: Path | None, own_yaml: str) -> Registry:
    rows = _shipped()
    own = _own_rows(extra, own_yaml) if extra is not None else []
    return Registry(
        actors=_merged([_actor(row) for row in [*rows["actors"], *own]]),
        countries={iso2: _country(iso2, row) for iso2, row in rows["countries"].items()},
        wording=_wording(rows["wording"]),
    )


def code(actor: Actor, scheme: str, countries: Mapping[str, Country]) -> str | None:
    """The actor's code in "ucdp", "acled" (inter, 1 to 8, at home) or "cameo" (also PLOVER), or None."""
    if actor.codes and scheme in actor.codes:
        return actor.codes[scheme]
    if scheme == "acled":
        return _ACLED.get(actor.kind)
    if scheme == "cameo":
        if actor.kind == "un":
            return "IGOUNO"
        home = countries.get(actor.countries[0]) if actor.countries else None
        role = _CAMEO.get(actor.kind)
        if actor.kind == "armed group" and len(actor.countries) > 2:
            return "IMG"
        return f"{home.iso3}{role}" if home and role else None
    return None


# --- reading ---------------------------------------------------------------------------------------------------


def compile_registry() -> str:
    """The YAML files as one JSON text with their hash."""
    files = _yaml_files()
    return json.dumps({"sha256": _sha256(files), **_parsed(files)}, ensure_ascii=False, separators=(",", ":"))


def is_compiled() -> bool:
    """Does compiled.json hold what the YAML files say?"""
    return _compiled(_sha256(_yaml_files())) is not None


def _shipped() -> _Raw:
    files = _yaml_files()
    return _compiled(_sha256(files)) or _parsed(files)


def _compiled(sha256: str) -> _Raw | None:
    file = resources.files("rasid.knowledge") / "actors" / _COMPILED
    if not file.is_file():
        return None
    held: _Raw = json.loads(file.read_text("utf-8"))
    return held if held["sha256"] == sha256 else None


def _yaml_files() -> dict[str, str]:
    folder = resources.files("rasid.knowledge") / "actors"
    return {f.name: f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")}


def _sha256(files: Mapping[str, str]) -> str:
    joined = "\0".join(f"{name}\0{files[name]}" for name in sorted(files))
    return hashlib.sha256(joined.encode()).hexdigest()


def _parsed(files: Mapping[str, str]) -> _Raw:
    actors: list[_Raw] = []
    for name in sorted(files):
        if name not in _APART:
            actors += parse_yaml(files[name])
    return {
        "actors": actors,
        "countries": parse_yaml(files["countries.yaml"]),
        "wording": parse_yaml(files["wording.yaml"]),
    }


def _own_rows(path: Path, text: str) -> list[_Raw]:
    try:
        rows = parse_yaml(text)
    except yaml.YAMLError as error:
        raise BadSettings(f"{path} could not be read as a list of actors: {error}") from error
    if rows is None:
        return []
    for row in rows if isinstance(rows, list) else [rows]:
        if not isinstance(row, dict) or any(not isinstance(row.get(key), str) for key in _NEEDED):
            raise BadSettings(
                f"{path}: each actor needs a name and a kind, as in “- {{name: …, kind: armed group}}”."
            )
        if unknown := row.keys() - _KEYS:
            raise BadSettings(
                f"{path}: {row['name']} has keys that are not known: {', '.join(sorted(unknown))}."
            )
    if not isinstance(rows, list):
        raise BadSettings(f"{path} must be a list of actors, each beginning with “- name:”.")
    return rows


def _actor(row: _Raw) -> Actor:
    relations: list[tuple[str, str]] = []
    for relation in ("part_of", "split_from", "merged_into", "allied_with", "against", "forces"):
        held = row.get(relation, ())
        relations += [(relation, other) for other in ([held] if isinstance(held, str) else held)]
    names = tuple(TimedName(str(n), _text(a), _text(b)) for n, a, b in row.get("names", ()))
    return Actor(
        name=row["name"],
        kind=row["kind"],
        aliases=tuple(str(a) for a in (*row.get("aliases", ()), *(n.name for n in names))),
        local=tuple(str(a) for a in row.get("local", ())),
        countries=tuple(row.get("countries", ())),
        role=row.get("role"),
        relations=tuple(relations),
        names=names,
        codes={key: str(value) for key, value in row.get("codes", {}).items()} or None,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _merged(actors: Iterable[Actor]) -> dict[str, Actor]:
    held: dict[str, Actor] = {}
    for actor in actors:
        first = held.get(actor.name)
        held[actor.name] = actor if first is None else _joined(first, actor)
    return held


def _joined(first: Actor, more: Actor) -> Actor:
    def both(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*a, *b)))

    return Actor(
        name=first.name,
        kind=first.kind,
        aliases=both(first.aliases, more.aliases),
        local=both(first.local, more.local),
        countries=both(first.countries, more.countries),
        role=first.role or more.role,
        relations=tuple(dict.fromkeys((*first.relations, *more.relations))),
        names=(*first.names, *more.names),
        codes={**(first.codes or {}), **(more.codes or {})} or None,
    )


def _country(iso2: str, row: list[Any]) -> Country:
    name, iso3, adjectives, seats = row
    return Country(iso2, name, iso3, tuple(adjectives), tuple(seats))


def _wording(row: _Raw) -> Wording:
    civilians = {form: shown for shown, forms in row["civilians"].items() for form in (shown, *forms)}
    generic: dict[str, str] = {}
    for asks, wordings in row["generic"].items():
        generic |= dict.fromkeys(_words(wordings), asks)
    return Wording(
        state_forces=_words(row["state_forces"]),
        members=_words(row["members"]),
        speaking_for=_words(row["speaking_for"]),
        fillers=_words(row["fillers"]),
        other_party=_words(row["other_party"]),
        governments=_words(row["governments"]),
        civilians=civilians,
        generic=generic,
        short_heads=_words(row["short_heads"]),
        interveners=_words(row["interveners"]),
        divided=_words(row["divided"]),
        peoples=_words(row["peoples"]),
    )


def _words(held: str | list[str]) -> frozenset[str]:
    parts = held.split(",") if isinstance(held, str) else held
    return frozenset(" ".join(part.split()) for part in parts if part.strip())


def _write() -> None:
    path = Path(str(resources.files("rasid.knowledge") / "actors" / _COMPILED))
    path.write_text(compile_registry(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    _write()
