"""A table that nobody mapped -> a proposal of what its columns mean, as YAML for a person to correct.

By names first (knowledge/shapes/_words.yaml), by contents where a name says nothing: most cells are days or countries.
Every column is named: read as something, or left out. Nothing is guessed twice: a written mapping is not touched again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

import polars as pl

from rasid.extract.cell_values import is_not_known, read_count, read_days
from rasid.knowledge.actors import load_places
from rasid.knowledge.data_files import parse_yaml
from rasid.knowledge.shapes import fold_code, fold_heading
from rasid.knowledge.vocabulary import Vocabulary, load_vocabulary
from rasid.model.text_tables import ROW, TOTAL, TextTable

_SAMPLE = 2_000  # rows looked at
_MOSTLY = 0.8  # of the filled cells
_HALF, _NEARLY_ALL = 0.5, 0.98
_MOST_CODES = 60  # distinct cells of a column of types


@dataclass(frozen=True, slots=True)
class Proposal:
    """What each column seems to be. Keys and values are headings as written.

    fields:  column of RECORDS -> headings; numbers: part -> {low, best, high, base, unit …}
    codes:   cell of the column of types -> event type, "" where none fits
    ignored: heading -> why; asks: what a person should look at
    """

    name: str
    headings: tuple[str, ...]
    fields: Mapping[str, Sequence[str]]
    numbers: Mapping[str, Mapping[str, str]]
    codes: Mapping[str, str]
    ignored: Mapping[str, str]
    asks: Sequence[str] = ()

    @property
    def says_anything(self) -> bool:
        """Is there a number, or a thing with a place or a day? Else rows of this table are no records."""
        return bool(self.numbers) or bool(
            self.fields.keys() & {"type", "actor"} and self.fields.keys() & {"first_day", "place"}
        )


@dataclass(slots=True)
class _Found:
    fields: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, dict[str, str]] = field(default_factory=dict)
    ignored: dict[str, str] = field(default_factory=dict)
    asks: list[str] = field(default_factory=list)


def propose(table: TextTable, *, name: str) -> Proposal:
    """What the columns of a table seem to be. name: of the file, to show."""
    words, found = _words(), _Found()
    samples = {heading: _sample(table, heading) for heading in table.headings}
    for heading in table.headings:
        cells = samples[heading]
        counts = _share(cells, lambda cell: read_count(cell) is not None)
        number = _number_of(heading, words)
        if not cells:
            found.ignored[heading] = "empty"
        elif number and counts >= _HALF:
            _add_number(found, heading, number)
            if counts < _NEARLY_ALL:
                found.asks.append(
                    f'{1 - counts:.0%} of the cells of "{heading}" are no number that can be read.'
                )
        elif meaning := _field_of(heading, cells, words):
            found.fields.setdefault(meaning, []).append(heading)
        elif counts >= _MOSTLY:
            found.ignored[heading] = "a number; say what it counts to have it read"
        else:
            found.ignored[heading] = "not understood"
    _settle(found, samples)
    codes = _codes(samples, found.fields.get("type", []))
    return Proposal(name, table.headings, found.fields, found.numbers, codes, found.ignored, found.asks)


def _sample(table: TextTable, heading: str) -> list[str]:
    rows = table.cells.filter(~pl.col(TOTAL)).head(_SAMPLE).sort(ROW)
    cells = rows.select(table.cell(heading)).to_series().drop_nulls().to_list()
    return [cell for cell in cells if not is_not_known(cell)]


# --- what a heading and its cells say -------------------------------------------------------------------------


def _field_of(heading: str, cells: Sequence[str], words: Mapping[str, Any]) -> str | None:
    folded = fold_heading(heading)
    named = _longest(folded, {name: list(map(str, held)) for name, held in words["fields"].items()})
    days = _share(cells, lambda cell: read_days(cell, day_first=True) is not None)
    if named in {"first_day", "last_day"}:
        return named if days >= _MOSTLY / 2 else None
    if named in {"latitude", "longitude"}:
        return named if _share(cells, _is_degrees) >= _MOSTLY else None
    if named:
        return named
    if days >= _MOSTLY and _share(cells, lambda cell: cell.isdigit()) < 1 - _MOSTLY:
        return "first_day"
    if _share(cells, lambda cell: "://" in cell) >= _MOSTLY:
        return "source"
    places = load_places()
    if (
        _share(cells, lambda cell: (hit := places.find(cell)) is not None and hit.level == "country")
        >= _MOSTLY
    ):
        return "country"
    if _share(cells, lambda cell: places.find(cell) is not None) >= _MOSTLY:
        return "place"
    return None


def _number_of(heading: str, words: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """(base, unit, end) if the heading says what a number counts."""
    folded = fold_heading(heading)
    key = _longest(folded, {name: list(map(str, held["words"])) for name, held in words["numbers"].items()})
    if key is None:
        return None
    held = words["numbers"][key]
    parts = set(folded.split("_"))
    end = next((end for end in ("low", "high", "best") if parts & set(words["ends"][end])), "")
    return str(held.get("base", key)), str(held.get("unit", "people")), end


def _longest(folded: str, known: Mapping[str, Sequence[str]]) -> str | None:
    """Whose word is the heading, or stands in it as a whole; the longest counts, then the first."""
    best: tuple[int, int, str] | None = None
    for place, (name, words) in enumerate(known.items()):
        for word in map(fold_heading, words):
            whole = folded == word
            if word and (whole or (len(word) > 3 and f"_{word}_" in f"_{folded}_")):
                rank = (len(word) + 100 * whole, -place, name)
                best = rank if best is None else max(best, rank)
    return best[2] if best else None


def _add_number(found: _Found, heading: str, number: tuple[str, str, str]) -> None:
    """Keep a number; the least and the most of one thing are one number."""
    base, unit, end = number
    kept = [word for word in fold_heading(heading).split("_") if not end or word not in _words()["ends"][end]]
    key = "_".join(kept)
    while (end or "best") in found.numbers.get(key, {}):
        key += "_"
    found.numbers.setdefault(key, {}).update({end or "best": heading, "base": base, "unit": unit})


def _name_parts(numbers: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Parts are named by what they count: plain letters, whatever the headings are written in."""
    if len(numbers) == 1:
        return {"event": next(iter(numbers.values()))}
    named: dict[str, dict[str, str]] = {}
    for held in numbers.values():
        name = fold_heading(held["base"] if held["unit"] == "people" else f"{held['base']} {held['unit']}")
        taken = sum(each == name or each.startswith(f"{name}_") for each in named)
        named[f"{name}_{taken + 1}" if taken else name] = held
    return named


def _settle(found: _Found, samples: Mapping[str, Sequence[str]]) -> None:
    """One number alone is the event itself; of several columns for one thing the fullest is kept; the rest is asked."""
    found.numbers = _name_parts(found.numbers)
    for name in ("event_id", "latitude", "longitude", "first_day", "last_day", "type", "actor", "target"):
        held = found.fields.get(name, [])
        if len(held) > 1:
            kept = max(held, key=lambda heading: (len(samples[heading]), -held.index(heading)))
            found.asks.append(
                f'"{kept}" was taken for {name}; {", ".join(map(json.dumps, (h for h in held if h != kept)))} too?'
            )
            found.ignored |= {heading: f"{kept} was taken for {name}" for heading in held if heading != kept}
            found.fields[name] = [kept]
    for part, held_number in found.numbers.items():
        if held_number["base"] in _words()["stock"]:
            found.asks.append(
                f'Is "{part}" a stock (at one time) or a flow (within a period)? Write stock_flow: stock or flow.'
            )
    if "first_day" not in found.fields:
        found.asks.append(
            "No column of days was found. If all rows are of one month, write below columns: "
            'first_day: {always: "2024-05"}'
        )


def _codes(samples: Mapping[str, Sequence[str]], headings: Sequence[str]) -> dict[str, str]:
    """Cells of the column of types -> event types."""
    cells = sorted({cell for heading in headings for cell in samples[heading]})
    if not cells or len(cells) > _MOST_CODES:
        return {}
    vocabulary = load_vocabulary()
    return {cell: _event_type(cell, vocabulary) for cell in cells}


def _event_type(cell: str, vocabulary: Vocabulary) -> str:
    """The event type whose title or code the cell is, or one of whose nouns stands in it; "" if none."""
    folded = fold_code(cell)
    for each in vocabulary.types.values():
        codes = {
            code.casefold() for scheme, code in each.codes.items() if scheme in {"acled_sub", "case2021"}
        }
        if folded in {each.id.replace("_", " "), each.title.casefold(), *codes}:
            return each.id
    words = folded.replace("-", " ").replace("/", " ").split()
    best = (0, "")
    for place, word in enumerate(words):
        for use in vocabulary.uses.get(word, ()):
            before = use.entry.before
            fits = not before or tuple(words[max(0, place - len(before)) : place]) == before
            if use.entry.word == "noun" and fits and not use.entry.only and len(before) + 1 > best[0]:
                best = (len(before) + 1, use.entry.type)
    return best[1]


def _share(cells: Sequence[str], fits: Any) -> float:
    return sum(map(bool, map(fits, cells))) / len(cells) if cells else 0.0


def _is_degrees(cell: str) -> bool:
    try:
        return -180 <= float(cell.replace(",", ".")) <= 180
    except ValueError:
        return False


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    text = (resources.files("rasid.knowledge") / "shapes" / "_words.yaml").read_text("utf-8")
    held: Mapping[str, Any] = parse_yaml(text)
    return held


# --- as a file to read and correct ----------------------------------------------------------------------------


def mapping_text(proposal: Proposal, *, voice: str, only_for: str | None = None) -> str:
    """The proposal as YAML, with comments.

    voice: who publishes the table; only_for: the name of the only file it is for, a web page
    """
    lines = [
        f"# What the columns of {_line(proposal.name)} mean, as `rasid map` proposed it.",
        "# Correct it, then run `rasid build`. Each column stands once: below columns, numbers or ignored.",
        "# docs/how-to/event-data.md says what can be written.",
        *(f"# Look at this: {_line(each)}" for each in proposal.asks),
        "shape: own mapping",
        f"voice: {_quoted(voice)}  # who publishes it",
        "recognise:  # a table with all these headings is read by this mapping",
        f"  - [{', '.join(map(_quoted, proposal.headings))}]",
        *(
            [f"names: [{_quoted(f'^{re.escape(only_for)}$')}]  # of the page whose tables are meant"]
            if only_for
            else []
        ),
        "columns:" if proposal.fields else "columns: {}",
    ]
    for name, headings in proposal.fields.items():
        if name == "type" and proposal.codes:
            lines += [
                f"  {name}:",
                f"    from: [{', '.join(map(_quoted, headings))}]",
                '    codes:  # cell: event type; "" for none',
            ]
            lines += [
                f"      {_quoted(cell)}: {said or _quoted('')}" for cell, said in proposal.codes.items()
            ]
        else:
            said = _quoted(headings[0]) if len(headings) == 1 else f"[{', '.join(map(_quoted, headings))}]"
            lines.append(f"  {name}: {said}")
    lines.append("numbers:" if proposal.numbers else "numbers: []")
    for part, held in proposal.numbers.items():
        given = ", ".join(f"{key}: {_quoted(value)}" for key, value in held.items())
        lines.append(f"  - {{part: {_quoted(part)}, {given}}}")
    lines.append("ignored:" if proposal.ignored else "ignored: []")
    lines += [f"  {_quoted(heading)}: {_quoted(why)}" for heading, why in proposal.ignored.items()]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """As a YAML string: JSON is one, but for signs that cannot be seen."""
    said = json.dumps(text, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in said)


def _line(text: str) -> str:
    """On one line of a comment, which holds no sign that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
