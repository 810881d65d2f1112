"""Flows of one voice in one document or version that add up, and those that do not, with the reason.

Added are only flows with the same base, of disjoint periods at one place or of disjoint places in one period, said by
one voice in one document. Nothing else is ever added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rasid.knowledge.actors import fold_name
from rasid.model.ids import content_id
from rasid.model.tables import Row
from rasid.model.values import Bound, Measure
from rasid.weigh.ranges.counting import ESTIMATED, FLOW, STOCK
from rasid.weigh.ranges.rules import written
from rasid.weigh.ranges.said import Counted, Said, When, Where, iso

_MOST = 60  # figures of one sum; a longer list is a table and has a total of its own


@dataclass(frozen=True, slots=True)
class _Series:
    """Flows of one voice that differ in the days, or in the place, alone."""

    over: str
    figures: tuple[Said, ...]


def sum_flows(figures: Sequence[Said]) -> list[Row]:
    """model/ranges.SUMS, sorted by document, voice and id."""
    held: dict[tuple[str, str, Counted], list[Said]] = defaultdict(list)
    for said in figures:
        if said.so and not said.is_record and said.where is not None and _counts(said) and _is_own(said):
            held[said.document, said.speaker, said.counted].append(said)
    rows = [_row(series) for members in held.values() for series in _series(members)]
    return sorted(rows, key=lambda row: (str(row["document"]), str(row["voice"]), str(row["id"])))


def _counts(said: Said) -> bool:
    return said.counted.measure == Measure.COUNT.value and bool(said.counted.outcome)


def _is_own(said: Said) -> bool:
    """Place and days are said beside it, or in the title."""
    return all("title" in why or "sentence" in why for why in said.taken)


def _series(members: Sequence[Said]) -> Iterator[_Series]:
    by_place: dict[str, dict[When | None, Said]] = defaultdict(dict)
    by_days: dict[When, dict[str, Said]] = defaultdict(dict)
    for said in sorted(members, key=lambda s: s.order):
        assert said.where is not None
        by_place[said.where.key].setdefault(said.when, said)
        if said.when is not None:
            by_days[said.when].setdefault(said.where.key, said)
    for days in by_place.values():
        if len(days) > 1:
            yield _Series("periods", tuple(days.values()))
    for places in by_days.values():
        if len(places) > 1:
            yield _Series("places", tuple(places.values()))


def _row(series: _Series) -> Row:
    figures = series.figures[:_MOST]
    first = figures[0]
    why_not = _why_not(series)
    lows, highs = [s.low for s in figures], [s.high for s in figures]
    days = [s.when for s in figures if s.when is not None]
    assert first.where is not None
    return {
        "id": content_id("u", *(said.id for said in figures)),
        "document": first.document,
        "voice": first.voice,
        "counted": first.counted.outcome,
        "base": first.counted.base,
        "unit": first.counted.unit,
        "over": series.over,
        "place": first.where.name if series.over == "periods" else None,
        "first_day": iso(min((d.first for d in days if d.first is not None), default=None)),
        "last_day": iso(max((d.last for d in days if d.last is not None), default=None)),
        "low": None if why_not else _total(lows),
        "high": None if why_not else _total(highs),
        "made": not why_not,
        "claims": [said.id for said in figures],
        "because": why_not or _because(series),
    }


def _total(numbers: Sequence[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _why_not(series: _Series) -> str:
    """Why these are not added; "" if they are."""
    figures, counted = series.figures, series.figures[0].counted
    if counted.span == STOCK:
        return "Not added: each is a stock, so the same people may stand in all of them."
    if counted.span != FLOW:
        return f"Not added: each is a {counted.span} and holds the ones before."
    if counted.method == ESTIMATED:
        return "Not added: these are estimates."
    if len(figures) > _MOST:
        return f"Not added: more than {_MOST} figures; look for the document's own total."
    if any(said.whole is not None for said in figures):
        return "Not added: one of them is a part of another figure."
    if any(said.bound == Bound.VAGUE.value for said in figures):
        return "Not added: a vague word such as “dozens” is among them."
    return _clash_of_days(figures) if series.over == "periods" else _clash_of_places(figures)


def _clash_of_days(figures: Sequence[Said]) -> str:
    whens = [said.when for said in figures]
    if any(when is None or when.days == 0 for when in whens):
        return "Not added: the days of one of them are not known."
    spans = sorted(
        (w.first, w.last) for w in whens if w is not None and w.first is not None and w.last is not None
    )
    for (_, last), (first, _) in pairwise(spans):
        if first <= last:
            return "Not added: their days overlap, so some would count twice."
    return ""


def _clash_of_places(figures: Sequence[Said]) -> str:
    places = [said.where for said in figures if said.where is not None]
    if any(when is None or when.days == 0 for when in (said.when for said in figures)):
        return "Not added: the days are not known."
    names = {fold_name(place.name) for place in places}
    if any(names.intersection(place.around) for place in places):
        return "Not added: one of the places lies in another."
    if any("+" in place.key for place in places):
        return "Not added: one figure is for several places together."
    if len({_rank(place) for place in places}) > 1:
        return "Not added: a town may lie in one of the larger areas beside it."
    return ""


def _rank(place: Where) -> str:
    return "town" if place.is_settlement else place.level


def _because(series: _Series) -> str:
    terms = " + ".join(said.text for said in series.figures)
    total = _total([s.low for s in series.figures]), _total([s.high for s in series.figures])
    said = " to ".join(dict.fromkeys(written(n) for n in total if n is not None))
    open_end = " or more" if total[1] is None else ""
    what = (
        "periods that do not overlap" if series.over == "periods" else "places of which none lies in another"
    )
    return f"{terms} = {said}{open_end}: one voice, one document, the same base, {what}."
