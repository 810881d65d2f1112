"""The small map on the page of a place: the borders around it and the place as it may be drawn. Numbers only, no words.

The window is that of the governorate, of the country, or of a square of degrees, so that the pages of one governorate
share their borders and these are worked out once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from math import cos, radians

from rasid.present.outlines import Area, Outlines, Point, Ring
from rasid.present.placed import Mark

WIDTH, HEIGHT = 360, 260  # units of the drawing
_MARGIN = 14  # units around the area in the middle
_CELL = 2.0  # degrees: windows outside the outlines are snapped to this, and reach three cells each way
_STEP = 3  # units: points nearer to the one before are left out; a page is smaller by some kilobytes
_LEAST = 0.35  # degrees of latitude that a window shows at least: something stands around a small place
_KM_PER_DEGREE = 111.2

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Border:
    """One outline: path in the units of the drawing; name, with its place, where that lies inside ("" elsewhere)."""

    id: str
    level: str
    path: str
    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A mark: form, and a circle for point and halo or a path for an area."""

    form: str
    x: float
    y: float
    radius: float
    path: str


@dataclass(frozen=True, slots=True)
class SmallMap:
    """borders: countries first; figures: widest first; km: length of the scale bar; bar: its units."""

    borders: tuple[Border, ...]
    figures: tuple[Figure, ...]
    km: int
    bar: int


@dataclass(frozen=True, slots=True)
class Window:
    """A box of degrees fitted into the drawing. Plate carree with the middle latitude kept true: windows are small."""

    box: Box
    scale: float
    narrow: float

    def spot(self, point: Point) -> tuple[float, float]:
        """Units of the drawing, from its top left."""
        west, south, east, north = self.box
        x = (point[0] - (west + east) / 2) * self.narrow * self.scale + WIDTH / 2
        return x, HEIGHT / 2 - (point[1] - (south + north) / 2) * self.scale


@dataclass(slots=True)
class Drawer:
    """Draws small maps and keeps the borders of each window."""

    outlines: Outlines
    kept: dict[Box, tuple[Window, tuple[Border, ...]]] = field(default_factory=dict)

    def draw(self, marks: list[Mark]) -> SmallMap | None:
        """The map of the marks of one place; None if it has no coordinates."""
        drawn = [mark for mark in marks if mark.longitude is not None and mark.latitude is not None]
        if not drawn:
            return None
        finest = min(drawn, key=lambda mark: (mark.precision, mark.number))
        box = self._box(finest)
        if box not in self.kept:
            window = _fit(box)
            self.kept[box] = window, tuple(_borders(self.outlines, window))
        window, borders = self.kept[box]
        ordered = sorted(drawn, key=lambda mark: (-mark.precision, mark.number))
        figures = tuple(_figure(mark, window, borders) for mark in ordered)
        km = next((k for k in (500, 200, 100, 50, 20, 10, 5) if _units(k, window) < 120), 2)
        return SmallMap(borders, figures, km, round(_units(km, window)))

    def _box(self, mark: Mark) -> Box:
        assert mark.longitude is not None and mark.latitude is not None
        at = (mark.longitude, mark.latitude)
        area = (
            self.outlines.nation(mark.country)
            if mark.precision >= 6
            else None
            if mark.precision == 5
            else self.outlines.governorate(mark.country, mark.adm1, at)
        )
        if area and (mark.form == "area" or area.holds(at)):
            return area.box
        x, y = (round(part / _CELL) * _CELL for part in at)
        return x - 3 * _CELL, y - 3 * _CELL, x + 3 * _CELL, y + 3 * _CELL


def _fit(box: Box) -> Window:
    west, south, east, north = box
    narrow = cos(radians(max(-80.0, min(80.0, (south + north) / 2))))
    high, wide = max(north - south, _LEAST), max((east - west) * narrow, _LEAST)
    return Window(box, min((WIDTH - 2 * _MARGIN) / wide, (HEIGHT - 2 * _MARGIN) / high), narrow)


def _units(km: float, window: Window) -> float:
    return km / _KM_PER_DEGREE * window.scale


def _borders(outlines: Outlines, window: Window) -> list[Border]:
    found = []
    for area in outlines.areas:
        path = _path(area, window)
        if path:
            x, y = window.spot(area.middle)
            inside = 20 < x < WIDTH - 20 and 12 < y < HEIGHT - 12
            found.append(Border(area.id, area.level, path, area.name if inside else "", round(x), round(y)))
    return found


def _path(area: Area, window: Window) -> str:
    """The outline within the drawing, "" if no part of it is."""
    west, south, east, north = area.box
    left, top = window.spot((west, north))
    right, bottom = window.spot((east, south))
    if right < 0 or bottom < 0 or left > WIDTH or top > HEIGHT:
        return ""
    parts = []
    for ring in area.rings:
        kept: list[tuple[int, int]] = []
        for x, y in _clip([window.spot(point) for point in ring]):
            if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) > _STEP:
                kept.append((round(x), round(y)))
        if len(kept) > 2:
            steps = "".join(f" {b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(kept))
            parts.append(f"M{kept[0][0]} {kept[0][1]}l{steps.lstrip()}z")
    return "".join(parts)


def _clip(ring: Ring) -> Ring:
    """The part of a ring within the drawing and a little around it (Sutherland and Hodgman 1974)."""
    for axis, bound, above in ((0, -9, True), (0, WIDTH + 9, False), (1, -9, True), (1, HEIGHT + 9, False)):
        held: Ring = []
        for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
            ins = [(p[axis] >= bound) == above for p in (before, point)]
            if ins[0] != ins[1]:
                part = (bound - before[axis]) / (point[axis] - before[axis])
                held.append(
                    (before[0] + (point[0] - before[0]) * part, before[1] + (point[1] - before[1]) * part)
                )
            if ins[1]:
                held.append(point)
        ring = held
    return ring


def _figure(mark: Mark, window: Window, borders: tuple[Border, ...]) -> Figure:
    assert mark.longitude is not None and mark.latitude is not None
    x, y = window.spot((mark.longitude, mark.latitude))
    path = next((b.path for b in borders if mark.area and b.id == mark.area), "")
    radius = 5.0 if mark.form == "point" else max(10.0, _units(mark.radius_km, window))
    return Figure(mark.form, round(x, 1), round(y, 1), round(radius, 1), path)
