"""The words around a place name: what they say about which place is meant, and how near to it.

"the northern countryside of Idlib" is a part of Idlib; "10 km west of Raqqa" is near Raqqa; "Idlib city" is the
town, "Idlib province" the governorate; "Kafr Nabl, in Idlib" lies in Idlib. The words may stand in the written place
itself or just before and after it in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIDE = (
    r"(?:(?:north|south|east|west|north[- ]?east|north[- ]?west|south[- ]?east|south[- ]?west)(?:ern)?(?:most)?"
    r"|central|upper|lower|rural|greater|outer|inner|شمال|جنوب|شرق|غرب|وسط)"
)
_AREA = (
    r"(?:countryside|suburbs?|outskirts|surroundings|environs|hinterland|parts?|half|areas?|edges?|sides?|flanks?"
    r"|fringes?|periphery|sector|regions?|centre|center|heart|interior|ريف|ضواحي|محيط)"
)
_UNIT = {
    "city": "town", "town": "town", "village": "town", "hamlet": "town", "مدينة": "town", "بلدة": "town",
    "قرية": "town", "province": "governorate", "governorate": "governorate", "muhafazah": "governorate",
    "محافظة": "governorate", "district": "district", "county": "district", "subdistrict": "subdistrict",
    "sub-district": "subdistrict", "neighbourhood": "neighbourhood", "neighborhood": "neighbourhood",
    "quarter": "neighbourhood", "حي": "neighbourhood", "camp": "town",
}  # fmt: skip
_UNITS = "|".join(sorted(_UNIT, key=len, reverse=True))
_OF = r"(?:\s+(?:of|from|in)\s+(?:the\s+)?|\s+)"
_DISTANCE = (
    r"(?:(?:about|some|around|nearly)\s+)?(?:\d[\d.,]*|several|a few|two|three|four|five|ten|twenty)\s*"
    r"(?:km|kms|kilomet(?:re|er)s?|miles?|m|met(?:re|er)s?)\b"
)

_EMPHASIS = re.compile(r"\s+(?:itself|proper|alone|too)$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_PREFIXES = (
    ("between", re.compile(r"^between\s+", re.IGNORECASE)),
    (
        "near",
        re.compile(rf"^{_DISTANCE}(?:\s+(?:to the\s+)?{_SIDE})?\s+(?:of|from|outside)\s+", re.IGNORECASE),
    ),
    ("near", re.compile(r"^(?:near|nearby|around|outside|close to|just outside|off|قرب)\s+", re.IGNORECASE)),
    ("part", re.compile(rf"^(?:{_SIDE}\s+)?{_AREA}{_OF}(?=\S)", re.IGNORECASE)),
    ("side of", re.compile(rf"^{_SIDE}\s+(?:of|from)\s+(?:the\s+)?", re.IGNORECASE)),
    ("part", re.compile(rf"^{_SIDE}\s+(?=\S)", re.IGNORECASE)),
    (
        "part",
        re.compile(
            rf"^(?!(?:{_UNITS})\s)(?:[a-z][\w'’-]*\s+){{1,4}}(?:of|in|at)\s+(?:the\s+)?(?=[A-Z\u0621-\u064a])"
        ),
    ),
)
_UNIT_OF = re.compile(rf"^({_UNITS})\s+(?:of\s+)?(?=\S)", re.IGNORECASE)
_UNIT_AFTER = re.compile(rf"^(\S.*?)['’s]*\s+({_UNITS})s?$", re.IGNORECASE)
_AREA_AFTER = re.compile(rf"^(\S.*?)['’]?s?\s+(?:{_SIDE}\s+)?{_AREA}$", re.IGNORECASE)
#: A building or field that bears a town's name stands in it or near it.
_SITE_AFTER = re.compile(
    r"^(\S.*?)['’s]*\s+(?:(?:international|military|central|main|general)\s+)*(?:airport|airbase|air base|airfield"
    r"|market|hospital|checkpoint|mosque|university|prison|refinery|crossing)$"
)
_INSIDE = re.compile(r"^(.+?)(?:\s*,\s*(?:in\s+)?|\s+in\s+)(?:the\s+)?(.+)$")

_BEFORE = (
    ("between", re.compile(r"\bbetween\s+(?:the\s+)?(?:\w+\s+of\s+)?$", re.IGNORECASE)),
    ("between", re.compile(r"\bbetween\s+[^.;:]{2,60}\s+and\s+(?:the\s+)?$", re.IGNORECASE)),
    (
        "near",
        re.compile(
            rf"{_DISTANCE}(?:\s+(?:to the\s+)?{_SIDE})?\s+(?:of|from|outside)\s+(?:the\s+)?$", re.IGNORECASE
        ),
    ),
    (
        "near",
        re.compile(r"\b(?:near|nearby|around|close to|outside|just outside)\s+(?:the\s+)?$", re.IGNORECASE),
    ),
    ("part", re.compile(rf"\b(?:{_SIDE}\s+)?{_AREA}\s+of\s+(?:the\s+)?$", re.IGNORECASE)),
    ("side of", re.compile(rf"\b{_SIDE}\s+of\s+(?:the\s+)?$", re.IGNORECASE)),
    ("part", re.compile(rf"\b{_SIDE}\s+$", re.IGNORECASE)),
)
_UNIT_BEFORE = re.compile(rf"\b({_UNITS})\s+of\s+$", re.IGNORECASE)
_UNIT_BEHIND = re.compile(rf"^\s+({_UNITS})\b", re.IGNORECASE)
_AREA_BEHIND = re.compile(rf"^(?:['’]s?)?\s+(?:{_SIDE}\s+)?{_AREA}\b", re.IGNORECASE)
_INSIDE_BEHIND = re.compile(
    rf"^(\s*,?\s+in\s+|\s*,\s*|\s+of\s+)(?:the\s+)?(?:{_SIDE}\s+)?(?:{_AREA}\s+of\s+)?"
    rf"((?:[A-Z\u0621-\u064a][\w'’\u2011-]*[ -]?|(?:al|el|ez|az|ash|as|ad|ar|at)[ -]){{1,4}})\s*(?:({_UNITS})\b)?"
)


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """What the words say.

    core:     the name itself
    relation: "" at the place, "part" of it, "near" it, "between" it and another
    unit:     the level the words name ("city" -> "town"), or None
    inside:   the name of the place it lies in, as written, or None
    side:     the words of the relation, as written, for the name to show
    sure:     False if `inside` follows a comma alone ("Hama, Syria"): it may as well be the next of a list
    """

    core: str
    relation: str = ""
    unit: str | None = None
    inside: str | None = None
    side: str = ""
    sure: bool = True


def read_words(text: str, before: str = "", after: str = "") -> PlaceWords:
    """Read a written place with the text just before and after it (some fifty letters each)."""
    words = _read_inner(text)
    relation, side = words.relation, words.side
    unit, inside = words.unit, words.inside
    if not relation:
        relation = next((name for name, pattern in _BEFORE if pattern.search(before)), "")
        if not relation and _AREA_BEHIND.match(after):
            relation = "part"
    if unit is None and (hit := _UNIT_BEFORE.search(before) or _UNIT_BEHIND.match(after)):
        unit = _UNIT[hit.group(1).casefold()]
    sure = True
    if inside is None:
        inside, sure = _container(after)
    return PlaceWords(words.core, relation, unit, inside, side, sure)


def _read_inner(text: str) -> PlaceWords:
    core = _EMPHASIS.sub("", _ARTICLE.sub("", text.strip(' .,;:"“”()')))
    relation = side = ""
    for name, pattern in _PREFIXES:
        if hit := pattern.match(core):
            relation, side, core = name, hit.group().strip(), _ARTICLE.sub("", core[hit.end() :])
            break
    unit = None
    if hit := _UNIT_OF.match(core):
        unit, core = _UNIT[hit.group(1).casefold()], _ARTICLE.sub("", core[hit.end() :])
    inside = None
    if hit := _INSIDE.match(core):
        core, inside = hit.group(1), _read_inner(hit.group(2)).core
    if hit := _UNIT_AFTER.match(core):
        core, unit = hit.group(1), _UNIT[hit.group(2).casefold()]
    elif not relation and (hit := _AREA_AFTER.match(core)):
        side = re.sub(r"^['’]?s?\s+", "", core[len(hit.group(1)) :])
        core, relation = hit.group(1), "part"
    elif not relation and (hit := _SITE_AFTER.match(core)):
        side = "near"
        core, relation = hit.group(1), "near"
    return PlaceWords(core, relation, unit, inside, side)


def _container(after: str) -> tuple[str | None, bool]:
    """The place named right behind: "in Idlib", ", in Deir ez-Zor province", ", Syria"; is the link sure?"""
    hit = _INSIDE_BEHIND.match(after)
    if hit is None:
        return None, True
    name, unit = hit.group(2).strip(" -"), hit.group(3)
    if "in" in hit.group(1).split() or unit is not None:
        return name, True
    return (name, False) if "," in hit.group(1) else (None, True)
