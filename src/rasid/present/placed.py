"""Which claims are where, and how finely that is known: claims and places in, marks for map and pages out.

A mark is one reading of one place: the town itself, "east of" it, its district, its governorate. How it may be drawn
follows from how finely the place is known, never finer: a point only for a place that is itself a point.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import polars as pl

from rasid.model.ids import content_id
from rasid.present import words
from rasid.present.outlines import Area, Outlines, Point
from rasid.present.shelf import Shelf

_IDENTITY = ["place_id", "name", "level", "country", "adm1", "adm2", "latitude", "longitude", "where_prec"]
_PRECISION = {  # where the gazetteer gave no UCDP precision: from the level alone, on the safe side
    "town": 1,
    "neighbourhood": 1,
    "part": 2,
    "district": 3,
    "governorate": 4,
    "region": 5,
    "country": 6,
}
_WIDE = {"district": 3, "governorate": 4, "region": 5, "country": 6}
# Kilometres around the middle in which such a claim may lie, where no outline is at hand. UCDP calls "near" within
# about 25 km; a district of Syria, Iraq or Yemen has the area of a circle of 10 to 40 km, a governorate of 30 to 120.
_RADIUS_KM = {2: 25, 3: 30, 4: 75, 5: 150, 6: 300, 7: 50}
_SMALLEST_PART_KM = 25
_GRID = 14  # points across an area when its parts are measured: a few milliseconds an area
_SIDE = re.compile(r"(?:the )?(north|south)?(?:ern)?[- ]?(east|west)?(?:ern)?\b", re.IGNORECASE)
_SAYS_PART = "somewhere in this part of the country or governorate"
_SAYS = {
    1: "at this place",
    2: "at or near this place, not exactly there",
    3: "somewhere in this district",
    4: "somewhere in this governorate",
    5: "somewhere in this region",
    6: "somewhere in this country",
    7: "at sea or in the air near here",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A place as it may be drawn.

    page:      name of the place's page, without ".html"
    precision: UCDP where_prec, 1 exact to 7 sea or air
    form:      point, halo (a circle of `radius_km`), area (an outline), or none (no coordinates)
    area:      id of the outline, "" if the form is another
    says:      what the form means, in words
    """

    number: int
    page: str
    name: str
    level: str
    country: str
    adm1: str
    adm2: str
    precision: int
    form: str
    area: str
    longitude: float | None
    latitude: float | None
    radius_km: int
    says: str


@dataclass(frozen=True, slots=True)
class Placed:
    """marks: sorted by country, governorate, district, name; `number` is the place in this list.
    sightings: claim (row in the claims table), document, text as written, mark (null while open or unknown),
               reason, candidates; one row per claim and written place, in the order of the claims
    spots:     claim, mark: the sightings that have a mark, each pair once
    """

    marks: tuple[Mark, ...]
    sightings: pl.DataFrame
    spots: pl.DataFrame


def place_claims(shelf: Shelf, outlines: Outlines) -> Placed:
    """Bring claims and places together by document and written text."""
    places = shelf.tables.places.unique(["document", "text"], keep="first", maintain_order=True)
    settled = places.filter(pl.col("place_id").is_not_null())
    identities = (
        settled.select(_IDENTITY)
        .unique()
        .sort(["country", "adm1", "adm2", "name", "place_id", *_IDENTITY[2:]], nulls_last=True)
    )
    marks = tuple(_mark(row, number, outlines) for number, row in enumerate(identities.iter_rows(named=True)))
    numbered = identities.with_row_index("mark")
    known = places.join(numbered, on=_IDENTITY, how="left", nulls_equal=True).select(
        "document", "text", "mark", "reason", "candidates"
    )
    written = (
        shelf.tables.claims.with_row_index("claim")
        .select("claim", "document", text=pl.col("places").list.eval(pl.element().struct.field("text")))
        .explode("text")
        .drop_nulls("text")
        .unique(maintain_order=True)
    )
    sightings = written.join(known, on=["document", "text"], how="left", maintain_order="left")
    spots = sightings.select("claim", "mark").drop_nulls().unique(maintain_order=True)
    return Placed(marks, sightings, spots)


def _mark(row: dict[str, Any], number: int, outlines: Outlines) -> Mark:
    level = row["level"] or ""
    precision = _precision(level, row["where_prec"])
    has_point = row["longitude"] is not None and row["latitude"] is not None
    at = (row["longitude"], row["latitude"]) if has_point else None
    area = _area(row, precision, at, outlines)
    middle = area.middle if area else at  # of a whole area never the town it is named after
    radius_km, says = _RADIUS_KM.get(precision, 0), _SAYS[precision]
    whole = _whole_of_part(row, precision, at, outlines)
    if whole is not None:
        (middle, radius_km), says = _part(whole, row["name"] or ""), _SAYS_PART
    name = words.clip(" ".join((row["name"] or "unnamed place").split()), 120)
    return Mark(
        number=number,
        page=content_id("p", row["place_id"]),
        name=name,
        level=words.clip(level, 40),
        country=words.clip(row["country"] or "", 40),
        adm1=words.clip(row["adm1"] or "", 80),
        adm2=words.clip(row["adm2"] or "", 80),
        precision=precision,
        form="area" if area else "none" if middle is None else "point" if precision == 1 else "halo",
        area=area.id if area else "",
        longitude=middle[0] if middle else None,
        latitude=middle[1] if middle else None,
        radius_km=0 if area else radius_km,
        says=says,
    )


def _whole_of_part(row: dict[str, Any], precision: int, at: Point | None, outlines: Outlines) -> Area | None:
    """The country or governorate that the row is a part of; None for parts of smaller places."""
    if row["level"] != "part" or precision != 5 or row["adm2"] is not None:
        return None
    if row["adm1"] is None:
        return outlines.nation(row["country"])
    return outlines.governorate(row["country"], row["adm1"], at)


def _part(whole: Area, name: str) -> tuple[Point, int]:
    """Middle and radius of the circle for "south of Syria": around the third of the area that lies on that side.

    A part without a side ("the countryside of Idlib") may be anywhere in the whole.
    """
    side = _SIDE.match(name)
    toward = tuple(word.casefold() for word in side.groups() if word) if side else ()
    held = _third(whole, toward)
    x, y = (sum(each) / len(held) for each in zip(*held, strict=True)) if toward else whole.middle
    narrow = math.cos(math.radians(y))
    apart = sorted(111.2 * math.hypot((px - x) * narrow, py - y) for px, py in held)
    return (round(x, 3), round(y, 3)), max(_SMALLEST_PART_KM, round(apart[int(0.9 * (len(apart) - 1))]))


def _third(whole: Area, toward: tuple[str, ...]) -> list[Point]:
    """Points evenly spread over the area; of these the third that lies farthest on each side that is named."""
    west, south, east, north = whole.box
    steps = [(n + 0.5) / _GRID for n in range(_GRID)]
    spread = [(west + (east - west) * i, south + (north - south) * j) for i in steps for j in steps]
    held = [point for point in spread if whole.holds(point)] or [whole.middle]
    reach = {"east": (1, 0), "west": (-1, 0), "north": (0, 1), "south": (0, -1)}
    far = (sum(reach[word][0] for word in toward), sum(reach[word][1] for word in toward))
    ranked = sorted(held, key=lambda p: (-(p[0] * far[0] + p[1] * far[1]), p))
    return ranked[: max(1, len(ranked) // 3)] if toward else held


def _precision(level: str, given: int | None) -> int:
    """The given precision, but never finer than the level: a governorate is not a point, whoever says so."""
    if given is None or given not in _SAYS:
        return _PRECISION.get(level, 2)
    if given == 7:
        return given
    return max(given, _WIDE.get(level, 1), 2 if level == "part" else 1)


def _area(
    row: dict[str, Any], precision: int, at: tuple[float, float] | None, outlines: Outlines
) -> Area | None:
    """The outline of a whole governorate or country; None where it is finer, wider, or not shipped."""
    if precision == 4:
        return outlines.governorate(row["country"], row["adm1"] or row["name"], at)
    return outlines.nation(row["country"]) if precision == 6 else None
