"""Columns of cells -> columns of values, each distinct cell read once. The slow work of rows.py, kept small.

In: rows and an expression for the text. Out: an expression that any part of these rows can be put through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import polars as pl

from rasid.extract.cell_values import NOT_KNOWN, days_come_first, is_not_known, read_count, read_days, widen
from rasid.knowledge.actors import load_actors, load_places
from rasid.knowledge.registry import load_registry
from rasid.knowledge.shapes import fold_code, other_countries
from rasid.model.values import Bound

_AMBIGUOUS = r"^\s*\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}"
_IN_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
_DEGREES = re.compile(r"([-+]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSEW]?)\s*\Z", re.IGNORECASE)
_GOVERNMENT = re.compile(r"Government of (.+)\Z", re.IGNORECASE)
_CIVILIANS = "civilians"


@dataclass(frozen=True, slots=True)
class Counts:
    """Expressions of one column of numbers. unread: filled cells that are no number that can be read."""

    low: pl.Expr
    high: pl.Expr
    bound: pl.Expr
    unread: Sequence[str]


@dataclass(frozen=True, slots=True)
class Days:
    """How cells of days are read.

    unread: filled cells that name no day; ambiguous: one that does not say which number is the day, "" if all do
    """

    firsts: Mapping[str, str]
    lasts: Mapping[str, str]
    unread: Sequence[str]
    ambiguous: str

    def first(self, said: pl.Expr) -> pl.Expr:
        """The first day that the cell names."""
        return _through(said, self.firsts)

    def last(self, said: pl.Expr) -> pl.Expr:
        """The last day that the cell names."""
        return _through(said, self.lasts)


@dataclass(frozen=True, slots=True)
class Values:
    """Reads columns. actors_file: a case's own list of actors."""

    actors_file: Path | None

    def counts(self, rows: pl.DataFrame, said: pl.Expr) -> Counts:
        """Numbers with their bounds."""
        cells = _distinct(rows, said)
        read = {cell: found for cell in cells if (found := read_count(cell)) is not None}
        unread = [cell for cell in cells if cell not in read and not is_not_known(cell)]
        low = _through(said, {cell: each.low for cell, each in read.items()}, pl.Float64())
        if all(
            each.bound is Bound.EXACT for each in read.values()
        ):  # as in nearly all files: one number a cell
            return Counts(low, low, pl.when(low.is_not_null()).then(pl.lit(Bound.EXACT.value)), unread)
        high = _through(said, {cell: each.high for cell, each in read.items()}, pl.Float64())
        bound = _through(said, {cell: each.bound.value for cell, each in read.items()})
        return Counts(low, high, bound, unread)

    def days(self, rows: pl.DataFrame, columns: Sequence[pl.Expr], *, day_first: bool | None = None) -> Days:
        """Days of several columns, which all write the day before the month, or none does.

        day_first: what the mapping says; None: the cells tell
        """
        cells = {cell for each in columns for cell in _distinct(rows, each)}
        numeric = [cell for cell in cells if re.match(_AMBIGUOUS, cell)]
        day_first = days_come_first(numeric) if day_first is None else day_first
        read = {cell: found for cell in cells if (found := read_days(cell, day_first=day_first)) is not None}
        both = {cell for cell in numeric if cell not in read} if day_first is None else set()
        return Days(
            {cell: each[0] for cell, each in read.items()},
            {cell: each[1] for cell, each in read.items()},
            sorted(
                cell for cell in cells if cell not in read and cell not in both and not is_not_known(cell)
            ),
            min(both, default=""),
        )

    def widened(
        self, rows: pl.DataFrame, first: pl.Expr, last: pl.Expr, precision: pl.Expr
    ) -> tuple[pl.Expr, pl.Expr]:
        """Days that stand for their week or month, as the data itself says."""
        distinct = rows.select(f=first, l=last, p=precision).drop_nulls().unique()
        made = {" ".join(row): widen((row[0], row[1]), row[2]) for row in distinct.iter_rows()}
        key = pl.concat_str(first, last, precision, separator=" ")
        wide = [_through(key, {k: days[n] for k, days in made.items()}) for n in (0, 1)]
        return pl.coalesce(wide[0], first), pl.coalesce(wide[1], last)

    def codes(self, rows: pl.DataFrame, said: pl.Expr, codes: Mapping[str, str]) -> tuple[pl.Expr, list[str]]:
        """What codes stand for, and the cells that are none of them."""
        cells = _distinct(rows, said)
        meant = {cell: codes[folded] or None for cell in cells if (folded := fold_code(cell)) in codes}
        unknown = [cell for cell in cells if cell not in meant and not is_not_known(cell)]
        return _through(said, meant), unknown

    def countries(self, rows: pl.DataFrame, said: pl.Expr) -> pl.Expr:
        """Two letters of ISO 3166 where the name is known, else the name."""
        by_iso3 = {each.iso3: iso2 for iso2, each in load_registry().countries.items()}
        known = {cell: found for cell in _distinct(rows, said) if (found := _country(cell, by_iso3))}
        return pl.coalesce(_through(said, known), said)

    def actors(self, rows: pl.DataFrame, said: pl.Expr, id_column: str | None) -> pl.Expr:
        """The name in the list of actors, found by the data's own number first; else the name as written.

        Null where the cell says that nobody knows.
        """
        by_id = _actors_by_number(self.actors_file) if id_column else {}
        find = partial(_actor, names=load_actors(self.actors_file).find)
        named = {cell: name for cell in _distinct(rows, said) if (name := find(cell))}
        found = [_through(said, named), said]
        if id_column:
            found.insert(0, _through(pl.col(id_column).str.strip_suffix(".0"), by_id))
        return pl.when(~_says_nothing(said)).then(pl.coalesce(found))

    def in_time(self, name: pl.Expr, first_day: pl.Expr) -> pl.Expr:
        """Of a government that is no more, the one that followed it, for rows after its end: numbers and names of
        data sets go over from one to the other.
        """
        for old, end, new in _followed(self.actors_file):
            name = (
                pl.when((name == old) & (first_day.str.slice(0, len(end)) > end))
                .then(pl.lit(new))
                .otherwise(name)
            )
        return name

    def degrees(self, rows: pl.DataFrame, said: pl.Expr) -> pl.Expr:
        """Degrees as a number; "33,5" and "33.5 N" too."""
        plain = said.cast(pl.Float64, strict=False)
        plain = pl.when(plain.is_finite()).then(plain)
        others = rows.select(said=said, plain=plain).filter(pl.col("plain").is_null())
        read = {
            cell: found for cell in _distinct(others, pl.col("said")) if (found := _degrees(cell)) is not None
        }
        return pl.coalesce(plain, _through(said, read, pl.Float64()))


def _distinct(rows: pl.DataFrame, said: pl.Expr) -> list[str]:
    return rows.select(said.alias("said")).to_series().drop_nulls().unique().to_list()


def _through(
    said: pl.Expr, made: Mapping[str, object], dtype: pl.DataType | type[pl.DataType] = pl.String
) -> pl.Expr:
    if not made:
        return pl.lit(None, dtype)
    return said.replace_strict(list(made), list(made.values()), default=None, return_dtype=dtype)


def _says_nothing(said: pl.Expr) -> pl.Expr:
    return said.str.strip_chars().str.to_lowercase().is_in(sorted(NOT_KNOWN))


def _country(cell: str, by_iso3: Mapping[str, str]) -> str | None:
    plain = cell.strip()
    if plain in other_countries():
        return other_countries()[plain]
    if plain.upper() in by_iso3:
        return by_iso3[plain.upper()]
    if len(plain) == 2 and plain.isupper() and plain in by_iso3.values():
        return plain
    find = load_places().find
    inside = _IN_BRACKETS.search(plain)
    tries = [plain, _IN_BRACKETS.sub("", plain), *([inside[1]] if inside else [])]
    tries += [re.sub(r"^(?:Kingdom|Republic|State) of ", "", each) for each in tries]
    tries += [each.replace(" and ", " & ") for each in tries]
    found = (place for each in tries if (place := find(each)) and place.level == "country")
    return next((place.country for place in found), None)


def _actor(cell: str, names: Callable[[str], object]) -> str | None:
    wording = load_registry().wording.civilians
    if cell.strip().casefold() == _CIVILIANS:
        return wording.get(_CIVILIANS, _CIVILIANS)
    found = names(cell) or names(_IN_BRACKETS.sub("", cell))
    return getattr(found, "name", None) or _government(cell)


def _government(cell: str) -> str | None:
    """What data calls "Government of Ethiopia", reports are read: "Ethiopian government"."""
    written = _GOVERNMENT.match(cell.strip())
    iso2 = _country(written[1], {}) if written else None
    country = load_registry().countries.get(iso2 or "")
    return f"{country.adjectives[0]} government" if country else None


def _followed(actors_file: Path | None) -> list[tuple[str, str, str]]:
    """(government, the month of its end, the one of the same country after it)."""
    governments = [
        actor
        for actor in load_registry(actors_file).actors.values()
        if "government" in (actor.role or "").split("+")
    ]
    found = []
    for actor in governments:
        ends = [each.last for each in actor.names]
        if not ends or None in ends:
            continue
        end = max(last for last in ends if last is not None)
        after = [
            other.name
            for other in governments
            if other.countries[:1] == actor.countries[:1] and any(each.last is None for each in other.names)
        ]
        if after:
            found.append((actor.name, end, after[0]))
    return found


def _actors_by_number(actors_file: Path | None) -> dict[str, str]:
    """UCDP's number of an actor -> its name; of forces with the number of their government, the first in the list."""
    found: dict[str, str] = {}
    for actor in load_registry(actors_file).actors.values():
        for number in (actor.codes or {}).get("ucdp", "").split(","):
            if number.strip():
                found.setdefault(number.strip(), actor.name)
    return found


def _degrees(cell: str) -> float | None:
    match = _DEGREES.match(cell.strip())
    if match is None:
        return None
    value = float(match[1].replace(",", "."))
    return -value if match[2].upper() in {"S", "W"} else value
