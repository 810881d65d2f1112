"""Where a group's events lie, year by year: words, and a small map with the centre and the spread of each year."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import Any

from rasid.present import words
from rasid.present.charts import tenth
from rasid.present.placed import Mark
from rasid.present.small_map import HEIGHT, WIDTH, Border, Drawer, Window

_EARTH_KM = 6371.0
_KM_PER_DEGREE = 111.2
_LEAST = 5  # located events: with fewer a centre says nothing
_SURE = 2.0  # standard errors; two centres nearer than this are not said to have moved
_DRAWN = 8  # years on a map: the first, the last and as many as fit between
_ROUND_THE_COMPASS = (
    "north",
    "north-east",
    "east",
    "south-east",
    "south",
    "south-west",
    "west",
    "north-west",
)


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One year: numbers as text, and how the centre lies to that of the year before."""

    year: int
    events: int
    located: int
    centre: str
    spread: str
    adm1s: int
    adm2s: int
    says: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A year on the map: centre, radius of the spread, whether its label has room; last for the latest."""

    year: int
    x: float
    y: float
    radius: float
    label: bool
    last: bool
    says: str


@dataclass(frozen=True, slots=True)
class MoveMap:
    """The map of one country: borders, the centres by year and the line between them."""

    borders: tuple[Border, ...]
    stops: tuple[Stop, ...]
    line: str
    km: int
    bar: int


def move_rows(rows: list[dict[str, Any]]) -> tuple[MoveRow, ...]:
    """The years of one group in one country, in order. rows: activity.MOVES"""
    return tuple(_row(row, rows[at - 1] if at else None) for at, row in enumerate(rows))


def _row(row: dict[str, Any], before: dict[str, Any] | None) -> MoveRow:
    known = row["located"] >= _LEAST
    return MoveRow(
        row["year"],
        row["events"],
        row["located"],
        f"{row['latitude']:.2f}, {row['longitude']:.2f}" if known else "–",
        f"{row['spread_km']:,.0f} km" if known else "–",
        row["adm1s"],
        row["adm2s"],
        _moved(row, before) if known else "Too few events with a known place.",
    )


def _moved(row: dict[str, Any], before: dict[str, Any] | None) -> str:
    if before is None or before["located"] < _LEAST:
        return ""
    if row["year"] != before["year"] + 1:
        return f"No events between {before['year']} and {row['year']}."
    km, way = _way(before, row)
    unsure = _SURE * sqrt(row["sure_km"] ** 2 + before["sure_km"] ** 2)
    if km <= unsure:
        return f"Centre about where it was ({km:,.0f} km, sure to {unsure:,.0f} km)."
    return f"Centre {km:,.0f} km to the {way}, give or take {unsure:,.0f} km."


def _way(a: dict[str, Any], b: dict[str, Any]) -> tuple[float, str]:
    """Great-circle distance and direction from one centre to another."""
    lat_a, lon_a, lat_b, lon_b = (
        radians(each[name]) for each in (a, b) for name in ("latitude", "longitude")
    )
    part = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    turn = atan2(
        sin(lon_b - lon_a) * cos(lat_b),
        cos(lat_a) * sin(lat_b) - sin(lat_a) * cos(lat_b) * cos(lon_b - lon_a),
    )
    return 2 * _EARTH_KM * asin(sqrt(part)), _ROUND_THE_COMPASS[round(degrees(turn) / 45) % 8]


def move_sentence(rows: list[dict[str, Any]]) -> str:
    """From the first year to the last in one sentence; "" if there is no more than one with a centre."""
    known = [row for row in rows if row["located"] >= _LEAST]
    if len(known) < 2:
        return ""
    first, last = known[0], known[-1]
    km, way = _way(first, last)
    unsure = _SURE * sqrt(first["sure_km"] ** 2 + last["sure_km"] ** 2)
    moved = (
        f"lies {km:,.0f} km to the {way} of that of {first['year']}"
        if km > unsure
        else f"lies about where it lay in {first['year']}"
    )
    districts = (
        f"{words.count(last['adm2s'], 'district')} in {last['year']}, {first['adm2s']:,} in {first['year']}"
    )
    return f"The centre of the events of {last['year']} {moved}; spread {last['spread_km']:,.0f} km. {districts}."


def draw_moves(drawer: Drawer, country: str, rows: list[dict[str, Any]]) -> MoveMap | None:
    """The map of a country with the centres; None where the outlines do not hold it or there is no centre."""
    known = [row for row in rows if row["located"] >= _LEAST]
    area = drawer.outlines.nation(country)
    if area is None or not known:
        return None
    drawing = drawer.draw([_whole(area.id, area.name, area.middle)])
    window = drawer.kept[area.box][0] if area.box in drawer.kept else None
    if drawing is None or window is None:
        return None
    every = max(1, -(-len(known) // _DRAWN))
    drawn = [*known[:-1:every], known[-1]]
    stops = _stops(drawn, window)
    line = "".join(f"{'L' if at else 'M'}{stop.x} {stop.y}" for at, stop in enumerate(stops))
    return MoveMap(drawing.borders, stops, line, drawing.km, drawing.bar)


def _whole(code: str, name: str, middle: tuple[float, float]) -> Mark:
    """The whole country as the mark that says which window to draw."""
    return Mark(
        number=0,
        page="",
        name=name,
        level="country",
        country=code,
        adm1="",
        adm2="",
        precision=6,
        form="area",
        area=code,
        longitude=middle[0],
        latitude=middle[1],
        radius_km=0,
        says="",
    )


def _stops(rows: list[dict[str, Any]], window: Window) -> tuple[Stop, ...]:
    """The centres; a label is left out where one stands already, the latest first."""
    placed: list[tuple[float, float]] = []
    stops = []
    for at, row in reversed(list(enumerate(rows))):
        x, y = window.spot((row["longitude"], row["latitude"]))
        room = all(abs(x - a) > 30 or abs(y - b) > 11 for a, b in placed) and 0 < x < WIDTH and 0 < y < HEIGHT
        if room:
            placed.append((x, y))
        says = f"{row['year']}: {words.count(row['located'], 'event')}, spread {row['spread_km']:,.0f} km"
        radius = tenth(row["spread_km"] / _KM_PER_DEGREE * window.scale)
        stops.append(Stop(row["year"], tenth(x), tenth(y), radius, room, at == len(rows) - 1, says))
    return tuple(reversed(stops))
