"""Where a claim happens, as far as two claims can be compared by it.

A spot is a place of the gazetteer, or a written name that no gazetteer knows. Two spots are the same, near, one inside
the other, different, or cannot be compared.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rasid.knowledge.actors import fold_name
from rasid.knowledge.forms import listed
from rasid.knowledge.vocabulary import load_vocabulary
from rasid.model.tables import Row

NEAR_KM = 5.0  # a town and its edge, two quarters of one city
APART_KM = 12.0  # from here on two known towns are two places
_FINE = frozenset({"town", "neighbourhood", "part"})
# What stands before or behind the proper name of a place.
_LOOSE = re.compile(
    r"\b(?:the|a|an|this|that|our|my|his|her|its|their|capital|settlement|in|of|at|near|outside|around|northern|southern|eastern|western|central|north|south|east|west|downtown"
    r"|city|town|village|department|province|governorate|district|municipality|region|area|neighbou?rhood|quarter|camp"
    r"|suburbs?|countryside|outskirts|rural|greater|market|hospital|school|square|bridge|road|valley)\b",
    re.IGNORECASE,
)
# Words of areas, which may have proper names of their own; all other places in knowledge/events are sites.
_AREAS = listed(
    "area areas capital capitals city cities coast countries country countryside district districts governorate"
    " neighborhood neighbourhood province provinces quarter region regions state states town towns valley village"
    " villages suburb suburbs territory territories zone zones camp camps island islands"
)
_IN_TOWN = re.compile(
    r"\b(?:of|in|at|near|outside)\s+((?:(?:al|el|de|la)[ -])?[^\W\d_a-z][^\s,.;]*(?:[ -][^\W\d_a-z][^\s,.;]*)*)\Z"
)
_TIME = re.compile(
    r"\s+(?:on|at|in|last|this|during|since|until|by)\s+(?:the\s+)?(?:\d|\w*day\b|night|morning|evening|noon|dawn|jan|feb|mar|apr"
    r"|may\b|jun|jul|aug|sep|oct|nov|dec).*|\s+(?:today|yesterday|tonight|tomorrow)\b.*"
    r"|\s+(?:the same|that|the next|the following) (?:day|night|morning|evening|hour)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_EARTH_KM = 6371.0


class Nearness(IntEnum):
    """How two places go together, the closest first."""

    SAME = 0
    NEAR = 1
    INSIDE = 2  # one lies in the other: a town and its governorate
    UNKNOWN = 3
    OTHER_NAME = 4  # two names that no gazetteer can compare
    DIFFERENT = 5  # two places that are known, and apart


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of one claim.

    key:   what two equal places share: "g" and the id of the gazetteer, else "n" and the folded proper name
    fine:  a town or smaller, or a name of which no more is known; never a country or a governorate
    known: found in the gazetteer, so that it can be measured against others
    site:  a building or the like, that may lie in any town
    """

    key: str
    name: str
    fine: bool
    known: bool
    site: bool = False
    place_id: int | None = None
    level: str | None = None
    country: str | None = None
    adm1: str | None = None
    adm2: str | None = None
    latitude: float | None = None
    longitude: float | None = None


def spot_of(written: Row, found: Row | None) -> Spot | None:
    """The spot of one place of a claim (tables.PLACE) with its row of tables.PLACES; None if it names nothing."""
    shown = " ".join(str(written.get("name") or written["text"] or "").split())
    if found is not None and isinstance(found["place_id"], int):
        rank = str(found["level"] or "")
        return Spot(
            f"g{found['place_id']}", shown, rank in _FINE, True, False, found["place_id"], rank,
            _text(found["country"]), _text(found["adm1"]), _text(found["adm2"]),
            _real(found["latitude"]), _real(found["longitude"]),
        )  # fmt: skip
    proper = proper_name(str(written["text"] or ""))
    if not proper:
        return None
    level, country = _text(written.get("level")), _text(written.get("country"))
    return Spot(f"n{proper}", shown, level not in {"country", "region", "governorate"}, level is not None,
                site=_is_site(str(written["text"])), level=level, country=country)  # fmt: skip


def proper_name(text: str) -> str:
    """ "the market of Dovrek" -> "dovrek"; "" where no word of the name has a capital or a script without them."""
    words = [
        w for w in _LOOSE.sub(" ", _TIME.sub("", text)).split() if w[:1].isupper() or not w[:1].isascii()
    ]
    plain = [w.strip(",.;:'\"()[]") for w in words]
    if all(w.lower() in _places() for w in plain):
        return ""  # "THE RESIDENCE", in a text in capitals
    return fold_name(" ".join(plain))


def spot_in_target(text: str) -> Spot | None:
    """ "the grain silo of Port Amrit" -> Port Amrit: the town that a place or a building is said to lie in."""
    match = _IN_TOWN.search(text)
    if (
        match is None
        or text.isupper()
        or not any(word in _places() for word in text[: match.start()].lower().split())
    ):
        return None
    proper = proper_name(match[1])
    return Spot(f"n{proper}", match[1], fine=True, known=False) if proper else None


def _is_site(text: str) -> bool:
    """ "Peruvian Embassy", but neither "the market of Dovrek" nor "Dovrek bus station", which speak of a town."""
    if _IN_TOWN.search(text):
        return False
    return any(
        word.lower() in _places() and word.lower() not in _AREAS and word[:1].isupper()
        for word in text.split()
    )


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    classes = load_vocabulary().classes
    return (
        classes["place"]
        | classes["facility"]
        | frozenset({"silo", "stop", "headquarters", "office", "offices"})
    )


def nearness(one: Spot, other: Spot) -> Nearness:
    """How two spots go together."""
    if one.key == other.key:
        return Nearness.SAME
    if one.known and other.known:
        return _nearness_of_known(one, other)
    if one.name and other.name and _shares_name(one, other):
        return Nearness.NEAR
    comparable = one.fine and other.fine and not (one.site or other.site)
    return Nearness.OTHER_NAME if comparable else Nearness.UNKNOWN


def _nearness_of_known(one: Spot, other: Spot) -> Nearness:
    if one.country and other.country and one.country != other.country:
        return Nearness.DIFFERENT
    if not (one.fine and other.fine):
        return Nearness.INSIDE if _is_inside(one, other) or _is_inside(other, one) else (
            Nearness.DIFFERENT if one.adm1 and other.adm1 and one.adm1 != other.adm1 else Nearness.UNKNOWN
        )  # fmt: skip
    gap = distance_km(one, other)
    if gap is None:
        return Nearness.SAME if fold_name(one.name) == fold_name(other.name) else Nearness.UNKNOWN
    if gap <= NEAR_KM:
        return Nearness.NEAR
    return Nearness.DIFFERENT if gap >= APART_KM else Nearness.UNKNOWN


def _is_inside(small: Spot, large: Spot) -> bool:
    """Does the area hold the other place, by its names?"""
    match large.level:
        case "country":
            return small.country is not None and small.country == large.country
        case "region" | None:
            return False
        case "governorate":
            return small.adm1 is not None and small.adm1 == (large.adm1 or large.name)
        case "district" | "subdistrict":
            return small.adm2 is not None and small.adm2 == (large.adm2 or large.name)
        case _:
            return False


def _shares_name(one: Spot, other: Spot) -> bool:
    """All words of one proper name are in the other: "Dovrek" and "Dovrek bus station"."""
    a, b = (set((s.key[1:] if s.key[0] == "n" else proper_name(s.name)).split()) for s in (one, other))
    return bool(a and b) and (a <= b or b <= a)


def closest(ones: Iterable[Spot], others: Iterable[Spot]) -> tuple[Nearness, Spot | None, Spot | None]:
    """The closest two of two sets of spots: an incident may be said to be in a town and in its governorate."""
    best: tuple[Nearness, Spot | None, Spot | None] = (Nearness.UNKNOWN, None, None)
    found = sorted(
        ((nearness(a, b), a.key, b.key, a, b) for a in ones for b in others), key=lambda each: each[:3]
    )
    return (found[0][0], found[0][3], found[0][4]) if found else best


def distance_km(one: Spot, other: Spot) -> float | None:
    """Great-circle distance; None where a point is missing."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return point_distance_km((one.latitude, one.longitude), (other.latitude, other.longitude))


def point_distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two WGS84 points (haversine; Sinnott 1984)."""
    (a, b), (c, d) = (tuple(map(math.radians, point)) for point in (one, other))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def place_index(places: Iterable[Row]) -> Mapping[tuple[str, str], Row]:
    """Rows of tables.PLACES by document and words."""
    return {(str(row["document"]), str(row["text"])): row for row in places}


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) and cell else None


def _real(cell: object) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None
