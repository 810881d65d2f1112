"""Shapes of tables: how a known file is recognised and what each of its columns means. Data: knowledge/shapes/*.yaml.

A mapping that a person keeps in a case (`mappings/*.yaml`) has the same form. _form.yaml says what the keys mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any, TypeAlias

import yaml

from rasid.errors import BadSettings
from rasid.knowledge.data_files import parse_yaml

_Raw: TypeAlias = dict[str, Any]  # what a YAML file holds, read only in this file

#: Columns of RECORDS that a column of a file can be, besides its numbers.
FIELDS = (
    "event_id type actor target place country adm1 adm2 latitude longitude where_prec first_day last_day day_prec"
    " source quote"
).split()
ENDS = ("low", "best", "high")
_KEYS = frozenset("shape voice recognise names dates version columns numbers unclear ignored".split())
_OF_COLUMN = frozenset("from codes pattern id always".split())
_OF_NUMBER = frozenset("part low best high base unit measure stock_flow type only_best".split())
_OF_UNCLEAR = frozenset("column is not pattern".split())
_DATES = {"day first": True, "month first": False}
_SIGNS = re.compile(r"[^\w#+]+|_+")


@dataclass(frozen=True, slots=True)
class Source:
    """Which columns say one thing.

    headings: folded; the first of them that has a cell in a row counts
    codes:    cell (folded) -> what it stands for; None: the cell is taken as it is
    pattern:  the part of the cell to take: the first group
    id:       folded heading of a column with UCDP's own number of the actor
    always:   what holds for all rows where no column says it: the month of a monthly toll
    """

    headings: tuple[str, ...]
    codes: Mapping[str, str] | None = None
    pattern: str | None = None
    id: str | None = None
    always: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a row; low, best, high are folded headings.

    base:      counting base, or a `Source` that says it for each row
    only_best: the file gives a best figure and no range; else a plain number is its own range
    """

    part: str
    low: str | None
    best: str | None
    high: str | None
    base: str | Source
    unit: str = "people"
    measure: str = "count"
    stock_flow: str | None = None
    type: str | None = None
    only_best: bool = False

    def headings(self) -> tuple[str, ...]:
        """The columns it is read from, the quoted one first."""
        held = (self.best, self.low, self.high)
        return tuple(dict.fromkeys(each for each in held if each is not None))


@dataclass(frozen=True, slots=True)
class Unclear:
    """A row is unclear if the cell below this heading is one of `words`, is none of `others`, or fits the pattern."""

    heading: str
    words: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """What a table means.

    recognise: sets of folded headings; a table that has all of one set is of this shape
    version:   a pattern for the name of the file, or a heading whose cells say it
    ignored:   folded heading -> why it is not read, "" if nobody said
    day_first: of "05/03/2024"; None: the cells tell
    """

    name: str
    voice: str
    fields: Mapping[str, Source]
    numbers: tuple[Number, ...]
    recognise: tuple[frozenset[str], ...] = ()
    names: tuple[str, ...] = ()
    version: tuple[str, ...] = ()
    version_heading: str | None = None
    unclear: tuple[Unclear, ...] = ()
    ignored: Mapping[str, str] = field(default_factory=dict)
    day_first: bool | None = None

    def meanings(self, headings: Sequence[str]) -> dict[str, list[str]]:
        """Folded heading -> the columns of RECORDS it is read into: "actor", "best of civilians" …"""
        here = set(headings)
        found: dict[str, list[str]] = {}
        for name, source in self.fields.items():
            for heading in source.headings:
                found.setdefault(heading, []).append(name)
            if source.id is not None:
                found.setdefault(source.id, []).append(f"id of {name}")
        for number in self.numbers:
            for end in ENDS:
                if heading := getattr(number, end):
                    found.setdefault(heading, []).append(f"{end} of {number.part}")
            if isinstance(number.base, Source):
                for heading in number.base.headings:
                    found.setdefault(heading, []).append(f"base of {number.part}")
        for each in self.unclear:
            found.setdefault(each.heading, []).append("unclear")
        if self.version_heading is not None:
            found.setdefault(self.version_heading, []).append("version")
        return {heading: list(dict.fromkeys(means)) for heading, means in found.items() if heading in here}


def fold_heading(written: str) -> str:
    """The form headings are compared in: no case, no signs, one underscore between words."""
    plain = unicodedata.normalize("NFKC", written).casefold()
    return "_".join(part for part in _SIGNS.split(plain) if part)


@lru_cache(maxsize=1)
def load_shapes() -> tuple[Shape, ...]:
    """The shipped shapes, in the order of their files."""
    folder = resources.files("rasid.knowledge") / "shapes"
    names = sorted(each.name for each in folder.iterdir() if each.name.endswith(".yaml"))
    held = [(name, folder.joinpath(name).read_text("utf-8")) for name in names if not name.startswith("_")]
    return tuple(shape for name, text in held for shape in read_shapes(text, where=name))


@lru_cache(maxsize=1)
def other_countries() -> Mapping[str, str]:
    """Names of states that data sets use and the list of places does not: name -> two letters of ISO 3166."""
    text = (resources.files("rasid.knowledge") / "shapes" / "_countries.yaml").read_text("utf-8")
    return {str(name): str(code) for name, code in parse_yaml(text).items()}


def read_shapes(text: str, *, where: str) -> tuple[Shape, ...]:
    """The shapes of one YAML file: one, or a list of them.

    raises: BadSettings that names the file and the key
    """
    try:
        held = parse_yaml(text)
    except yaml.YAMLError as error:
        raise BadSettings(f"{where} is not valid YAML: {error}. Mend that line.") from error
    return tuple(_shape(raw, where) for raw in (held if isinstance(held, list) else [held]))


def find_shape(headings: Iterable[str], *, name: str = "", own: Sequence[Shape] = ()) -> Shape | None:
    """The shape of a table with these headings: of those that fit, the one that asks for most.

    own: the mappings of the case, which go before the shipped shapes
    """
    here = {fold_heading(each) for each in headings}
    for shapes in (own, load_shapes()):
        fitting = [
            (len(wanted), -place, shape)
            for place, shape in enumerate(shapes)
            for wanted in shape.recognise
            if wanted <= here
            and (not shape.names or any(re.search(each, name, re.I) for each in shape.names))
        ]
        if fitting:
            return max(fitting, key=lambda each: each[:2])[2]
    return None


# --- YAML -> Shape --------------------------------------------------------------------------------------------


def _shape(raw: object, where: str) -> Shape:
    held = _mapping(raw, where, _KEYS)
    for needed in ("shape", "columns"):
        if needed not in held:
            raise BadSettings(f'{where}: the key "{needed}" is missing.')
    columns = _mapping(held["columns"] or {}, f"{where}, columns", frozenset(FIELDS))
    numbers = held.get("numbers") or []
    if not isinstance(numbers, list):
        raise BadSettings(f'{where}: "numbers" must be a list.')
    version = _texts(held.get("version"))
    return Shape(
        name=str(held["shape"]),
        voice=str(held.get("voice") or ""),
        fields={name: _source(value, f"{where}, {name}") for name, value in columns.items()},
        numbers=tuple(_number(each, f"{where}, numbers") for each in numbers),
        recognise=tuple(frozenset(map(fold_heading, _texts(each))) for each in held.get("recognise") or []),
        names=_texts(held.get("names")),
        version=tuple(each for each in version if "(" in each),
        version_heading=next((fold_heading(each) for each in version if "(" not in each), None),
        unclear=tuple(_unclear(each, f"{where}, unclear") for each in held.get("unclear") or []),
        ignored=_ignored(held.get("ignored") or [], where),
        day_first=_day_first(held.get("dates"), where),
    )


def _day_first(value: object, where: str) -> bool | None:
    if value is None:
        return None
    if value not in _DATES:
        raise BadSettings(f'{where}: "dates" is {" or ".join(_DATES)}; not {value!r}.')
    return _DATES[str(value)]


def _source(value: object, where: str) -> Source:
    if not isinstance(value, dict):
        return Source(tuple(map(fold_heading, _texts(value))))
    held = _mapping(value, where, _OF_COLUMN)
    codes = held.get("codes")
    return Source(
        headings=tuple(map(fold_heading, _texts(held.get("from")))),
        codes=None if codes is None else {fold_code(str(k)): str(v) for k, v in codes.items()},
        pattern=_pattern(held.get("pattern"), where),
        id=fold_heading(str(held["id"])) if held.get("id") else None,
        always=str(held["always"]) if held.get("always") is not None else None,
    )


def _number(value: object, where: str) -> Number:
    held = _mapping(value, where, _OF_NUMBER)
    ends = {end: fold_heading(str(held[end])) if held.get(end) else None for end in ENDS}
    if not any(ends.values()) or not held.get("part"):
        raise BadSettings(f'{where}: a number needs "part" and one of low, best, high.')
    base = held.get("base", "people")
    return Number(
        part=fold_heading(str(held["part"])),
        low=ends["low"],
        best=ends["best"],
        high=ends["high"],
        base=_source(base, where) if isinstance(base, dict) else str(base),
        unit=str(held.get("unit", "people")),
        measure=str(held.get("measure", "count")),
        stock_flow=held.get("stock_flow"),
        type=held.get("type"),
        only_best=bool(held.get("only_best", False)),
    )


def _unclear(value: object, where: str) -> Unclear:
    held = _mapping(value, where, _OF_UNCLEAR)
    return Unclear(
        fold_heading(str(held.get("column", ""))),
        tuple(map(fold_code, _texts(held.get("is")))),
        tuple(map(fold_code, _texts(held.get("not")))),
        _pattern(held.get("pattern"), where),
    )


def _ignored(value: object, where: str) -> dict[str, str]:
    if isinstance(value, dict):
        return {fold_heading(str(each)): str(why or "") for each, why in value.items()}
    if isinstance(value, list):
        return {fold_heading(str(each)): "" for each in value}
    raise BadSettings(f'{where}: "ignored" must be a list of headings.')


def fold_code(cell: str) -> str:
    """The form codes are compared in: no case, no space around, "1.0" is "1"."""
    return cell.strip().casefold().removesuffix(".0")


def _pattern(value: object, where: str) -> str | None:
    if value is None:
        return None
    try:
        re.compile(str(value))
    except re.error as error:
        raise BadSettings(f"{where}: {value!r} is not a pattern: {error}.") from error
    return str(value)


def _texts(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _mapping(value: object, where: str, known: frozenset[str]) -> _Raw:
    if not isinstance(value, dict):
        raise BadSettings(f"{where}: expected keys and values.")
    if unknown := sorted(map(str, set(value) - known)):
        raise BadSettings(f"{where}: unknown key {unknown[0]!r} (known here: {', '.join(sorted(known))}).")
    return value
