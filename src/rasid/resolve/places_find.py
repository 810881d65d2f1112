"""One document's written places -> readings: which place each is, why, or which it may be.

The rules are those at the head of places.py; this file holds the evidence and the constants.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace

from rasid.knowledge.actors import KnownName, load_places
from rasid.knowledge.gazetteer import ACCEPT_SHARE, SAME_PLACE_KM, Candidate, Gazetteer
from rasid.model.settled import Settled
from rasid.resolve.places_words import PlaceWords
from rasid.resolve.settled import SettledNames

_MOST = 5
LIKELY = 0.1  # candidates from here on are named in a reason or a doubt
_NEAR_KM = 40.0  # at this distance from another place of the document a candidate gains about 4-fold
_NEAR_GAIN = 8.0
_SAME_ADM1_GAIN = 4.0
_COUNTRY_SHARE = 0.6  # of the document's well-known places must lie in one country for it to count
#: Levels a word such as "city" or "province" allows.
_UNIT_LEVELS = {
    "town": ("town", "neighbourhood"),
    "governorate": ("governorate", "region"),
    "district": ("district", "subdistrict"),
    "subdistrict": ("subdistrict", "district"),
    "neighbourhood": ("neighbourhood", "town"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A name as it stands in one document, all its occurrences together."""

    document: str
    text: str
    words: PlaceWords


@dataclass(frozen=True, slots=True)
class Reading:
    """What a written name was read as. `place` is None while it is open; `name` may be known even then."""

    place: Candidate | None
    name: str | None
    level: str | None
    country: str | None
    reason: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Finder:
    """Reads the places of one document after the other."""

    gazetteer: Gazetteer
    settled: SettledNames

    def read_document(self, written: list[Written]) -> dict[str, Reading]:
        """Readings by text: first what needs no neighbours, then the rest with these as evidence."""
        country = _main_country(written)
        first = {w.text: self._read(w, country) for w in written}
        anchors = [r.place for r in first.values() if r.place is not None]
        return {text: r if r.place is not None else _read_near(r, anchors) for text, r in first.items()}

    def _read(self, written: Written, country: str | None) -> Reading:
        words = written.words
        if (decided := self.settled.find(words.core, written.document)) is not None:
            reading = self._read_settled(decided, words)
            if reading is not None:
                return reading
        known = load_places().find(words.core)
        if known is not None and (reading := self._read_known(known, words)) is not None:
            return reading
        return self._read_unknown(words, country, known)

    def _read_settled(self, decided: Settled, words: PlaceWords) -> Reading | None:
        """The place that a person named; None if it is gone, or if a word beside the name asks for another level."""
        place = self.gazetteer.by_id(int(decided.means)) if decided.means.isdecimal() else None
        if place is None:
            return None
        if words.unit is not None and place.level not in (*_UNIT_LEVELS[words.unit], "country"):
            return None
        where = "document" if decided.document else "case"
        reason = f"{decided.who} that “{decided.name}” means {decided.shown} in this {where}."
        return _reading_of(place, reason, ())

    def _read_known(self, known: KnownName, words: PlaceWords) -> Reading | None:
        """A well-known name; None if the words ask for another level, or if it is known in several countries."""
        level = known.level or "town"
        if words.unit is not None and level not in _UNIT_LEVELS[words.unit] and level != "country":
            return None
        if known.country is None and level == "town":
            return None
        place = self._of_level(words.core, known, level) or self._of_level(known.name, known, level)
        if place is None:
            return Reading(
                None, known.name, level, known.country, f"A well-known {level}; the gazetteer lacks it."
            )
        reason = f"A well-known {level}."
        if level in ("governorate", "district"):
            reason = (
                f"A well-known {level}; read as the whole {level}, since no word says that the town is meant."
            )
            if words.unit is not None:
                reason = f"A well-known {level}, as the word beside it says."
        return Reading(replace(place, score=1.0), known.name, level, known.country, reason)

    def _of_level(self, name: str, known: KnownName, level: str) -> Candidate | None:
        found = self.gazetteer.look_up(name, country=known.country, most=12)
        for candidate in found.candidates:
            same_area = level not in ("governorate", "district", "country") or candidate.name == known.name
            if candidate.level == level and (same_area or level == "country"):
                return candidate
        loose = [c for c in found.candidates if c.level == level and "differs" not in c.reason]
        return loose[0] if loose else None

    def _read_unknown(self, words: PlaceWords, country: str | None, known: KnownName | None) -> Reading:
        inside = _container(words, known)
        if inside is not None:
            country = inside.country or country
        adm1 = self._pcode(inside) if inside is not None else None
        found = self.gazetteer.look_up(words.core, country=country, adm1=adm1, most=12)
        candidates = found.candidates
        if words.unit is not None:
            candidates = _of_levels(candidates, _UNIT_LEVELS[words.unit])
        if country is None:  # over twelve countries some name is near any name
            candidates = tuple(c for c in candidates if "differs" not in c.reason)
        if not candidates:
            return Reading(None, None, None, None, "No place of this name or near it is known.")
        share = _share(candidates, [c.score for c in candidates])
        best = candidates[0]
        where = f", in {inside.name}" if inside is not None else f", in {country}" if country else ""
        reason = f"{best.reason[0].upper()}{best.reason[1:]}{where}; {share:.0%} sure."
        if share >= ACCEPT_SHARE and (country is not None or best.reason == "the same name"):
            return _reading_of(best, reason, candidates[:_MOST])
        return Reading(None, None, None, None, _why_open(candidates), candidates)

    def _pcode(self, inside: KnownName) -> str | None:
        if inside.level not in ("governorate", "district"):
            return None
        place = self._of_level(inside.name, inside, inside.level)
        return place.adm1_pcode if place is not None else None


def _container(words: PlaceWords, known: KnownName | None) -> KnownName | None:
    """The place that the named one lies in: by the words, or its own governorate ("Raqqa city" lies in Raqqa)."""
    inside = load_places().find(words.inside) if words.inside is not None else None
    if inside is not None and (words.sure or inside.level == "country"):
        return inside
    return known if known is not None and known.level in ("governorate", "district", "country") else None


def _read_near(reading: Reading, anchors: list[Candidate]) -> Reading:
    """An open name again, with the settled places of the document as evidence."""
    if not reading.candidates or not anchors:
        return replace(reading, candidates=reading.candidates[:_MOST])
    weighed = [c.score * _gain(c, anchors) for c in reading.candidates]
    rest = max(0.0, 1.0 - sum(c.score for c in reading.candidates))
    total = sum(weighed) + rest
    order = sorted(range(len(weighed)), key=lambda i: (-weighed[i], i))
    scored = tuple(replace(reading.candidates[i], score=weighed[i] / total) for i in order)
    share = _share(scored, [c.score for c in scored])
    fits = any(c.country == scored[0].country for c in anchors)
    if share >= ACCEPT_SHARE and fits and "differs" not in scored[0].reason:
        return _reading_of(
            scored[0], f"Nearest to the other places of the document; {share:.0%} sure.", scored[:_MOST]
        )
    return replace(reading, candidates=scored[:_MOST])


def _gain(candidate: Candidate, anchors: list[Candidate]) -> float:
    """How much the other places of the document speak for a candidate."""
    fine = [a for a in anchors if a.level not in ("country", "region")]
    gain = 1.0
    if any(a.adm1_pcode is not None and a.adm1_pcode == candidate.adm1_pcode for a in fine):
        gain = _SAME_ADM1_GAIN
    towns = [
        _km(a, candidate) for a in fine if a.level in ("town", "neighbourhood", "subdistrict", "district")
    ]
    return gain * (1.0 + _NEAR_GAIN * math.exp(-min(towns) / _NEAR_KM)) if towns else gain


def _of_levels(candidates: tuple[Candidate, ...], levels: tuple[str, ...]) -> tuple[Candidate, ...]:
    """The candidates of these levels, with the chances of the others shared out among them; all if there is none."""
    fit = [c for c in candidates if c.level in levels]
    left = 1.0 - sum(c.score for c in candidates if c.level not in levels)
    return tuple(replace(c, score=c.score / left) for c in fit) or candidates


def _share(candidates: tuple[Candidate, ...], chances: list[float]) -> float:
    """The chance that the first is right to within 5 km."""
    return sum(
        chance
        for candidate, chance in zip(candidates, chances, strict=True)
        if _km(candidates[0], candidate) <= SAME_PLACE_KM
    )


def _km(a: Candidate, b: Candidate) -> float:
    north = (a.latitude - b.latitude) * 111.2
    east = (a.longitude - b.longitude) * 111.2 * math.cos(math.radians(a.latitude))
    return math.hypot(north, east)


def _reading_of(place: Candidate, reason: str, candidates: tuple[Candidate, ...]) -> Reading:
    return Reading(place, place.name, place.level, place.country, reason, candidates)


def _why_open(candidates: tuple[Candidate, ...]) -> str:
    likely = [c for c in candidates if c.score >= LIKELY]
    if len(likely) > 1 and sum(c.score for c in likely) > 0.5:
        return f"{len(likely)} places may be meant, and nothing in the text decides between them."
    if likely:
        return f"It may be {likely[0].name}, but that is not sure enough ({likely[0].score:.0%})."
    if len(candidates) >= _MOST and all("differs" not in c.reason for c in candidates[:_MOST]):
        return "Many places bear this name or one like it, and nothing in the text decides between them."
    return "No known name is near enough."


def _main_country(written: list[Written]) -> str | None:
    """The country that most well-known places of the document lie in, if it is clear."""
    names = (load_places().find(n) for w in written for n in (w.words.core, w.words.inside) if n)
    counts = Counter(known.country for known in names if known is not None and known.country is not None)
    if not counts:
        return None
    (country, most), *_ = counts.most_common(1)
    return country if most / counts.total() >= _COUNTRY_SHARE else None
