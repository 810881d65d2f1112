"""The pages of lists of people: Lists and overlap, People, Estimate. Printed only for a case that has lists.

What was counted and what models say stand on different pages or in different sections; no drawing, no sum and no
sentence holds both. Sums only, unless the owner of the case asked for names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import polars as pl

from rasid.model.ages import SHOWN, age_group
from rasid.model.tables import Row, as_rows
from rasid.present.people_draw import Axis, axis, bar_of, dots, quantiles, strip
from rasid.present.press import Press, sheets
from rasid.present.shelf import Shelf

MODELS = {
    "chao": ("Lower bound (Chao)", "The fewest there can be if persons differ in how easily lists hear of them."),
    "loglinear": ("Log-linear models", "Lists may depend on each other in pairs or more; many such models, averaged."),
    "graphs": ("Graphs of lists", "All ways in which lists may hang together, averaged by how well they fit."),
    "trait": ("A trait and ties", "Some persons are easier to hear of than others; some pairs of lists hang together."),
    "latent": ("Latent classes", "Persons fall into groups that nobody named, each with its own chances to be listed."),
}  # fmt: skip
PARTS = {
    "sampling": ("Chance", "who happened to be listed, within one model and one way to link"),
    "model": ("Models", "the models read the same lists differently"),
    "linkage": ("Linking", "it is not sure which rows are one person"),
    "missing_values": ("Missing values", "cells of the lists that are empty"),
}
_DOTS = 20
_PERSONS_A_PAGE = 150
_NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class PeopleTables:
    """What the pages are made from; the tables are those of model/people.py.

    findings: tables.DOUBTS; apart: ESTIMATE for each stratum of `by`, None without
    names:    show names and rows
    claims:   LISTED_CLAIMS: the claim that a row opens, if its list was made from claims
    reasons:  LINK_REASONS, with names only
    """

    lists: pl.DataFrame
    listings: pl.DataFrame
    persons: pl.DataFrame
    places: pl.DataFrame
    findings: pl.DataFrame
    overlap: pl.DataFrame
    linking: pl.DataFrame
    estimate: pl.DataFrame
    apart: pl.DataFrame | None = None
    by: str = ""
    names: bool = False
    claims: pl.DataFrame | None = None
    reasons: pl.DataFrame | None = None


def print_people(
    press: Press, people: PeopleTables, *, shelf: Shelf | None = None
) -> Iterator[tuple[str, bytes]]:
    """All pages about lists of people. shelf: leads from a row that was made from a claim to its words."""
    yield "assets/people.css", files("rasid.present").joinpath("static", "people.css").read_bytes()
    yield print_lists(press, people)
    yield from print_persons(press, people, shelf=shelf)
    yield print_estimate(press, people)


# --- Lists and overlap ----------------------------------------------------------------------------------------


def print_lists(press: Press, people: PeopleTables) -> tuple[str, bytes]:
    """Counts per list and pair, a heat table, who is on how many, and what looks wrong."""
    counted = as_rows(people.overlap)
    names = [str(row["name"]) for row in as_rows(people.lists)]
    per_list = {str(row["one"]): _number(row["persons"]) for row in counted if row["what"] == "list"}
    sizes = [(int(str(row["one"])), _number(row["persons"])) for row in counted if row["what"] == "size"]
    return press.page(
        "lists/index.html",
        "lists.html",
        title="Lists and overlap",
        section="Lists and overlap",
        lists=[row | {"persons": per_list.get(str(row["name"]), 0.0)} for row in as_rows(people.lists)],
        names=names,
        heat=_heat(names, counted, per_list),
        sizes=[(size, n, bar_of(n, max(m for _, m in sizes))) for size, n in sizes],
        patterns=_patterns(sorted(per_list), counted),
        documented=sum(n for _, n in sizes),
        findings=as_rows(people.findings),
    )


def _heat(
    names: Sequence[str], counted: Sequence[Row], per_list: Mapping[str, float]
) -> list[tuple[str, list[tuple[str, float, int, int]]]]:
    """For each list its cells: (other list, persons on both, per cent of this list, step of the colour)."""
    shared: dict[tuple[str, str], float] = {}
    for row in counted:
        if row["what"] == "shared":
            a, b, n = str(row["one"]), str(row["other"]), _number(row["persons"])
            shared[a, b] = shared[b, a] = n
    lines = []
    for name in names:
        cells = []
        for other in names:
            both = shared.get((name, other), 0.0)
            share = both / per_list[name] if per_list.get(name) else 0.0
            cells.append((other, both, round(100 * share), min(9, int(10 * share))))
        lines.append((name, cells))
    return lines


def _patterns(lists: Sequence[str], counted: Sequence[Row]) -> list[tuple[list[str], float]]:
    """Which lists exactly, and how many persons."""
    found = []
    for row in counted:
        if row["what"] == "pattern":
            on = [name for name, mark in zip(lists, str(row["one"]), strict=True) if mark == "1"]
            found.append((on, _number(row["persons"])))
    return found


# --- People ---------------------------------------------------------------------------------------------------


def print_persons(
    press: Press, people: PeopleTables, *, shelf: Shelf | None = None
) -> Iterator[tuple[str, bytes]]:
    """Sums of documented persons; with names also every person with every row."""
    persons = _grouped(people, shelf)
    facts = {str(row["what"]): _number(row["value"]) for row in as_rows(people.linking)}
    yield press.page(
        "people/index.html",
        "people.html",
        title="People",
        section="People",
        total=len(persons),
        facts=facts,
        tables=[
            (title, _counts(values))
            for title, values in _traits(persons, dict(people.places.iter_rows()))
            if set(values) != {_NOT_KNOWN}
        ],
        names=people.names,
    )
    if people.names:
        ordered = sorted(persons.items())
        reasons = _links(people.reasons)
        for path, turn, part in sheets("people/rows", len(ordered), most=_PERSONS_A_PAGE):
            yield press.page(
                path, "people_rows.html", title="Every person and row", section="People", turn=turn,
                persons=ordered[part], total=len(ordered), reasons=reasons,
            )  # fmt: skip


def _links(reasons: pl.DataFrame | None) -> dict[str, list[tuple[str, str, list[Row]]]]:
    """Person -> the links that hold the rows together: two rows and the pieces of evidence."""
    held: dict[str, dict[tuple[str, str], list[Row]]] = {}
    for row in as_rows(reasons) if reasons is not None else []:
        pair = (str(row["left_id"]), str(row["right_id"]))
        held.setdefault(str(row["person"]), {}).setdefault(pair, []).append(row)
    return {person: [(*pair, pieces) for pair, pieces in links.items()] for person, links in held.items()}


def _grouped(people: PeopleTables, shelf: Shelf | None) -> dict[str, list[Row]]:
    """Person -> rows, in the order of lists and ids; `href` opens the words of a row that was made from a claim."""
    opens = {}
    if shelf is not None and people.claims is not None:
        opens = {row: shelf.href(claim, document) for row, claim, document in people.claims.iter_rows()}
    person = dict(people.persons.iter_rows())
    held: dict[str, list[Row]] = {}
    for row in sorted(as_rows(people.listings), key=lambda r: (str(r["list"]), str(r["id"]))):
        if row["id"] in person:
            held.setdefault(person[row["id"]], []).append(row | {"href": opens.get(row["id"], "")})
    return held


def _traits(persons: Mapping[str, Sequence[Row]], places: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """What is summed up, and the value of each person: what most of their rows say.

    places: as written -> the spelling under which they are summed
    """
    rows = list(persons.values())
    return [
        ("By number of lists", [str(len({r["list"] for r in each})) for each in rows]),
        ("By month", [_most([str(r["date"])[:7] for r in each if r["date"]]) for each in rows]),
        ("By place", [_most([places[str(r["place"])] for r in each if r["place"]]) for each in rows]),
        ("By sex", [_most([str(r["sex"]) for r in each if r["sex"]]) for each in rows]),
        ("By age", [_most([group for r in each if (group := age_group(r, SHOWN))]) for each in rows]),
        ("By status", [_most([str(r["status"]) for r in each if r["status"]]) for each in rows]),
    ]


def _most(values: Sequence[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else _NOT_KNOWN


def _counts(values: Sequence[str]) -> list[tuple[str, int, float]]:
    """(value, persons, width of the bar in per cent); what is not known stands last."""
    counts = Counter(values)
    most = max(counts.values(), default=1)
    rank = {words: low for low, _, words in SHOWN}
    order = sorted(counts, key=lambda value: (value == _NOT_KNOWN, rank.get(value, 0), value))
    return [(value, counts[value], bar_of(counts[value], most)) for value in order]


# --- Estimate -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a model or of all together, with its drawing on the axis of the page.

    bars: (left, width, class) in per cent; mark: the median
    """

    name: str
    words: str
    value: float
    low: float
    high: float
    bars: tuple[tuple[float, float, str], ...]
    mark: float
    weight: float | None = None
    is_bound: bool = False


def print_estimate(press: Press, people: PeopleTables) -> tuple[str, bytes]:
    """The interval with its parts, the models side by side, refusals, method and limits."""
    rows = [row for row in as_rows(people.estimate) if row["stratum"] == ""]
    facts = {str(row["what"]): _number(row["value"]) for row in as_rows(people.linking)}
    documented = [_number(r["persons"]) for r in as_rows(people.overlap) if r["what"] == "size"]
    joint = _one(rows, "population")
    return press.page(
        "estimate/index.html",
        "estimate.html",
        title="Estimate",
        section="Estimate",
        documented=sum(documented),
        lists=people.lists.height,
        facts=facts,
        population=joint,
        unlisted=_one(rows, "unlisted"),
        drawn=_drawn(rows) if joint else None,
        parts=_parts(rows),
        refused=_refusals(rows),
        notes=[str(row["words"]) for row in rows if row["what"] == "note" and not row["name"]],
        model_notes=[
            (MODELS[str(row["name"])][0], str(row["words"]))
            for row in rows
            if row["what"] == "note" and row["name"]
        ],
        details=[_detail(row) for row in rows if row["what"] == "detail"],
        settings=[(row["name"], row["words"]) for row in rows if row["what"] == "setting"],
        strata=_strata(people),
        strata_notes=_notes_of_parts(people, rows),
        by=people.by,
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """The figures on one axis. dots: equally likely answers, as (place in per cent, height in dots)."""

    axis: Axis
    joint: Figure
    models: tuple[Figure, ...]
    dots: tuple[tuple[float, int], ...]
    tallest: int


def _drawn(rows: Sequence[Row]) -> Drawn:
    models = [row for row in rows if row["what"] == "model"]
    joint = next(row for row in rows if row["what"] == "population")
    weights = {str(row["name"]): _number(row["value"]) for row in rows if row["what"] == "weight"}
    held = axis([_number(row[end]) for row in (joint, *models) for end in ("low", "high")])
    figures = tuple(_figure(row, held, weights) for row in models)
    mixture = _mixture(models, weights)
    spread = dots(mixture, held, count=_DOTS)
    tallest = max((height for _, height in spread), default=0) + 1
    together = joint | {"draws": quantiles(mixture, count=len(mixture))}
    return Drawn(held, _figure(together, held, {}), figures, spread, tallest)


def _mixture(models: Sequence[Row], weights: Mapping[str, float]) -> list[tuple[float, float]]:
    """(draw, share) over all models that have a weight."""
    found = []
    for row in models:
        draws = row["draws"]
        weight = weights.get(str(row["name"]), 0.0)
        if isinstance(draws, list) and draws and weight > 0:
            found += [(float(draw), weight / len(draws)) for draw in draws]
    return found


def _figure(row: Row, held: Axis, weights: Mapping[str, float]) -> Figure:
    name = str(row["name"])
    title, words = MODELS.get(
        name, ("All together", "The models, weighed by how well they foretell a listed person.")
    )
    draws = row["draws"] if isinstance(row["draws"], list) else []
    value, low, high = (_number(row[key]) for key in ("value", "low", "high"))
    bars = strip([float(draw) for draw in draws], low, high, on=held)
    bound = bool(row["words"])
    return Figure(title, words, value, low, high, bars, held.place(value), weights.get(name), bound)


def _parts(rows: Sequence[Row]) -> list[tuple[str, str, str, float, float]]:
    """(code, title, words, share in per cent, where its bar begins)."""
    found, begin = [], 0.0
    for row in rows:
        if row["what"] == "width":
            share = 100 * _number(row["value"])
            found.append((str(row["name"]), *PARTS[str(row["name"])], share, begin))
            begin += share
    return found


def _refusals(rows: Sequence[Row]) -> list[tuple[str, str, str]]:
    """(who refuses and why, reason, what helps)."""
    found = []
    for row in rows:
        if row["what"] == "refused":
            model, _, why = str(row["name"]).rpartition(": ")
            who = f"{MODELS[model][0]}: {why}" if model else why
            found.append((who, str(row["words"]), str(row["helps"])))
    return found


def _strata(people: PeopleTables) -> list[tuple[str, Row | None, Row | None, str]]:
    """(stratum, population, unlisted, refusal) for each part."""
    if people.apart is None:
        return []
    rows = [row for row in as_rows(people.apart) if row["what"] != "setting"]
    found = []
    for name in dict.fromkeys(str(row["stratum"]) for row in rows):
        held = [row for row in rows if row["stratum"] == name]
        refusals = _refusals(held)
        population = _one(held, "population")
        why = f"{refusals[0][1]} {refusals[0][2]}" if refusals and population is None else ""
        found.append((name, population, _one(held, "unlisted"), why))
    return found


def _notes_of_parts(people: PeopleTables, whole: Sequence[Row]) -> list[str]:
    """What must be said of the parts and not of the whole, each once."""
    if people.apart is None:
        return []
    said = {str(row["words"]) for row in whole if row["what"] == "note"}
    notes = [str(r["words"]) for r in as_rows(people.apart) if r["what"] == "note" and not r["name"]]
    return [note for note in dict.fromkeys(notes) if note not in said]


def _detail(row: Row) -> tuple[str, float]:
    model, _, what = str(row["name"]).partition(": ")
    return f"{MODELS[model][0]}: {what}", _number(row["value"])


def _one(rows: Sequence[Row], what: str) -> Row | None:
    return next((row for row in rows if row["what"] == what), None)


def _number(value: object) -> float:
    return float(str(value))
