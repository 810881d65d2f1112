"""Borders for the map, as data: governorates of Syria, Iraq and Yemen, and the countries around them.

Made by training/make_outlines.py from OCHA and Natural Earth. A border here says what the source draws, nothing
about who is right; the two sources differ by a kilometre or two along the same border.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from itertools import pairwise

Point = tuple[float, float]  # longitude, latitude
Ring = list[Point]


@dataclass(frozen=True)
class Area:
    """A country or a governorate.

    id:     p-code of a governorate, ISO 3166 two letters of a country, "" of a country without a code
    middle: the point deepest inside its largest part: where its name stands
    steps:  rings as whole numbers of `unit` degrees: x, y of the first point, then the steps
    """

    id: str
    level: str
    country: str
    name: str
    name_ar: str
    middle: Point
    unit: float
    steps: tuple[tuple[int, ...], ...]

    @cached_property
    def rings(self) -> list[Ring]:
        """The rings in degrees, not closed."""
        return [list(_points(steps, self.unit)) for steps in self.steps]

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        xs = [x for ring in self.rings for x, _ in ring]
        ys = [y for ring in self.rings for _, y in ring]
        return min(xs), min(ys), max(xs), max(ys)

    def holds(self, point: Point) -> bool:
        """Is the point inside?"""
        x, y = point
        west, south, east, north = self.box
        if not (west <= x <= east and south <= y <= north):
            return False
        odd = False
        for ring in self.rings:
            for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
                if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                    odd = not odd
        return odd


@dataclass(frozen=True, slots=True)
class Outlines:
    """All areas. box: what the source of the countries was clipped to: beyond it nothing is drawn."""

    box: tuple[float, float, float, float]
    areas: tuple[Area, ...]
    text: str

    def governorate(self, country: str | None, name: str | None, at: Point | None) -> Area | None:
        """The governorate of this name in this country; else the one of that country that holds the point."""
        own = [area for area in self.areas if area.level == "governorate" and area.country == country]
        for area in own:
            if name and name.casefold() in (area.name.casefold(), area.id.casefold(), area.name_ar):
                return area
        return next((area for area in own if at and area.holds(at)), None)

    def nation(self, code: str | None) -> Area | None:
        """The country with this ISO 3166 code."""
        countries = (area for area in self.areas if area.level == "country")
        return next((area for area in countries if code and area.id == code), None)


def load_outlines() -> Outlines:
    """The shipped outlines, about 100 kB."""
    text = files("rasid.present.outlines").joinpath("outlines.json").read_text("utf-8").strip()
    held = json.loads(text)
    areas = tuple(
        Area(
            id=area["id"],
            level=area["level"],
            country=area["country"],
            name=area["name"],
            name_ar=area["name_ar"],
            middle=(area["middle"][0], area["middle"][1]),
            unit=held["unit"],
            steps=tuple(tuple(ring) for ring in area["rings"]),
        )
        for area in held["areas"]
    )
    west, south, east, north = held["box"]
    return Outlines((west, south, east, north), areas, text)


def _points(steps: tuple[int, ...], unit: float) -> Iterator[Point]:
    x = y = 0
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x * unit, y * unit
