"""Writes src/rasid/present/outlines/outlines.json: the borders that the map of a case is drawn on.

From: governorates of Syria, Iraq and Yemen (OCHA Common Operational Datasets, simplified to 0.01 degrees; CC BY-IGO)
and the countries around them (Natural Earth 1:50m, public domain, clipped to a box). Names in English and Arabic:
OCHA for governorates, Unicode CLDR (through Babel) for countries.
Run: `python training/make_outlines.py OUTLINES_FOLDER`.

Coordinates are whole numbers of UNIT degrees; after the first point of a ring each is the step from the one before.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global

OUT = Path(__file__).parents[1] / "src/rasid/present/outlines/outlines.json"
UNIT = 0.002  # degrees, about 220 m: five times finer than the sources were simplified to
BOX = (22, 5, 68, 46)  # west, south, east, north: what the source of the countries was clipped to
LEAST_STEP = 0.004  # degrees; points nearer than this to the line between their neighbours are left out
GRID = 30  # points a side that are tried for the middle of an area

Point = tuple[float, float]
Ring = list[Point]


def main(folder: Path) -> None:
    governorates = json.loads((folder / "admin1_sy_iq_ye.geojson").read_text("utf-8"))["features"]
    countries = json.loads((folder / "countries_region_50m.geojson").read_text("utf-8"))["features"]
    areas = [country(feature) for feature in countries] + [governorate(feature) for feature in governorates]
    areas.sort(key=lambda area: (area["level"], area["id"], area["name"]))
    OUT.parent.mkdir(exist_ok=True)
    held = {"unit": UNIT, "box": BOX, "areas": areas}
    OUT.write_text(json.dumps(held, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{OUT.name}: {len(areas)} areas, {OUT.stat().st_size:,} bytes")


def country(feature: dict[str, Any]) -> dict[str, Any]:
    """A country; without a code in the source it is drawn but has no name here: we take no side."""
    known = get_global("territory_aliases").get(feature["properties"]["iso_n3"] or "")
    code = known[0] if known else ""
    names = {lang: Locale(lang).territories[code] if code else "" for lang in ("en", "ar")}
    return area(feature, ident=code, level="country", country=code, name=names["en"], name_ar=names["ar"])


def governorate(feature: dict[str, Any]) -> dict[str, Any]:
    held = feature["properties"]
    return area(
        feature,
        ident=held["pcode"],
        level="governorate",
        country=held["country"],
        name=held["name"],
        name_ar=held["name_ar"],
    )


def area(feature: dict[str, Any], *, ident: str, **known: str) -> dict[str, Any]:
    shape = feature["geometry"]
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    rings = [simplify([(x, y) for x, y in ring]) for part in parts for ring in part]
    largest = max(rings, key=lambda ring: abs(size(ring)))
    x, y = middle(largest, rings)
    steps = [steps_of(ring) for ring in rings]
    return {
        "id": ident,
        **known,
        "middle": [round(x, 3), round(y, 3)],
        "rings": [ring for ring in steps if len(ring) >= 6],
    }


def steps_of(ring: Ring) -> list[int]:
    """The ring without its closing point, as whole units: x, y of the first, then steps."""
    whole = [(round(x / UNIT), round(y / UNIT)) for x, y in ring]
    kept = [point for at, point in enumerate(whole) if at == 0 or point != whole[at - 1]]
    if len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    flat = list(kept[0])
    for (ax, ay), (bx, by) in pairwise(kept):
        flat += [bx - ax, by - ay]
    return flat


def simplify(ring: Ring) -> Ring:
    """Douglas and Peucker 1973, between the first point and the one farthest from it."""
    far = max(range(len(ring)), key=lambda at: abs(ring[at][0] - ring[0][0]) + abs(ring[at][1] - ring[0][1]))
    keep = {0, far, len(ring) - 1}
    todo = [(0, far), (far, len(ring) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        at = max(range(first + 1, last), key=lambda n: offset(ring[n], ring[first], ring[last]))
        if offset(ring[at], ring[first], ring[last]) > LEAST_STEP:
            keep.add(at)
            todo += [(first, at), (at, last)]
    return [ring[at] for at in sorted(keep)]


def offset(point: Point, first: Point, last: Point) -> float:
    """How far, in degrees, a point is from the stretch between two others."""
    (px, py), (ax, ay), (bx, by) = point, first, last
    dx, dy = bx - ax, by - ay
    along = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy) if dx or dy else 0.0
    along = min(1.0, max(0.0, along))
    return float(((px - ax - along * dx) ** 2 + (py - ay - along * dy) ** 2) ** 0.5)


def size(ring: Ring) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def middle(ring: Ring, rings: list[Ring]) -> Point:
    """The point of a grid over one ring that lies deepest inside the area, holes left out: where a name fits best."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    tried = [
        (min(xs) + (max(xs) - min(xs)) * (i + 0.5) / GRID, min(ys) + (max(ys) - min(ys)) * (j + 0.5) / GRID)
        for i in range(GRID)
        for j in range(GRID)
    ]
    within = [point for point in tried if sum(inside(point, held) for held in rings) % 2]
    edges = [edge for held in rings for edge in zip(held, held[1:] + held[:1], strict=True)]
    return max(within, key=lambda point: min(offset(point, a, b) for a, b in edges))


def inside(point: Point, ring: Ring) -> bool:
    px, py = point
    odd = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > py) != (by > py) and px < (bx - ax) * (py - ay) / (by - ay) + ax:
            odd = not odd
    return odd


if __name__ == "__main__":
    main(Path(sys.argv[1]))
