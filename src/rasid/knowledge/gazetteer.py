"""The gazetteer: which places a written name can mean, best first, with how sure that is.

A name is found by the consonants it shares with a known name (gazetteer_index) and judged by a sum of weighted
signs: how alike sound and bones are, and what speaks for the place itself. The weights make the sums
probabilities (a conditional logit model, fitted by training/gazetteer_weights.py on development data); a chance
is left for "none of these". Places less than 5 km apart count as one, so `share` is the probability that the best
place is right to within 5 km. A name is accepted only when `share` is high: a wrong place is worse than an open one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cdist

from rasid.knowledge.actors import load_places
from rasid.knowledge.gazetteer_forms import (
    Forms,
    exact_forms,
    name_forms,
    query_readings,
    without_apart,
    word_forms,
)
from rasid.knowledge.gazetteer_index import Ints, Volume, load_volume

Floats = npt.NDArray[np.float64]

#: Places nearer than this are one place for the question whether a name is ambiguous (km).
SAME_PLACE_KM = 5.0
#: From this share on a name is accepted without a person.
ACCEPT_SHARE = 0.9  # bench geo with the governorate: Syria 71 % accepted at 99.7 %, Iraq 61 % at 98.5 %

SIGNS = (
    "sound alike",
    "sound starts alike",
    "bones alike",
    "same sound",
    "same bones",
    "same key",
    "other script",
    "other script, sound alike",
    "other script, bones alike",
    "part of the name",
    "part of the query",
    "length, bones alike",
)
PRIOR = (
    "log names",
    "log population",
    "population known",
    "no district known",
    "country",
    "governorate",
    "district",
    "neighbourhood",
    "historical",
)
#: Fitted by training/gazetteer_weights.py on two thirds of the development files of bench/geo.
WEIGHTS = {
    "sound alike": 5.151,
    "sound starts alike": -0.718,
    "bones alike": -1.540,
    "same sound": 2.284,
    "same bones": 1.264,
    "same key": 1.613,
    "other script": -1.136,
    "other script, sound alike": 2.485,
    "other script, bones alike": 0.489,
    "part of the name": 0.277,
    "part of the query": -0.052,
    "length, bones alike": 1.900,
    "log names": -0.595,
    "log population": 0.389,
    "population known": -1.365,
    "no district known": -0.181,
    "country": -0.041,
    "governorate": -0.588,
    "district": -1.366,
    "neighbourhood": -0.533,
    "historical": -0.406,
    "governorate fits": 1.164,
    "governorate differs": -4.017,
    "none": 6.095,
}
#: In the world's volume a tenfold population counts this much more: reports name large cities.
_WORLD_POPULATION = 0.8
_SIGN_WEIGHTS = np.array([WEIGHTS[name] for name in SIGNS])
_PRIOR_WEIGHTS = np.array([WEIGHTS[name] for name in PRIOR])
_SAME_BONES = SIGNS.index("same bones")
_SAME_SOUND, _PART_OF_QUERY = SIGNS.index("same sound"), SIGNS.index("part of the query")
_LOG_POPULATION = 1 + PRIOR.index("log population")  # column of Volume.prior
_CLUSTERED = 16  # likeliest places among which those within 5 km are counted together
_THOUSAND = 3.0
_FEW = 4
_MOST = 200  # forms judged at most; more share their key with a short name only


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name can mean.

    level:   country, region, governorate, district, subdistrict, town, neighbourhood
    score:   probability in [0, 1] that exactly this place is meant
    reason:  one phrase: how the name fits
    """

    place_id: int
    name: str
    name_ar: str | None
    level: str
    country: str | None
    adm1: str | None
    adm1_pcode: str | None
    adm2: str | None
    latitude: float
    longitude: float
    population: int
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one look-up.

    candidates: best first
    share:      probability that the first is right to within 5 km; 0 without candidates
    """

    query: str
    candidates: tuple[Candidate, ...]
    share: float

    @property
    def accepted(self) -> bool:
        """May the first candidate be taken without a person?"""
        return self.share >= ACCEPT_SHARE


@dataclass(frozen=True, slots=True)
class Match:
    """Places of one volume that a name may mean, one row each, with their signs (for training and ranking)."""

    volume: Volume
    places: Ints  # row numbers in volume.places
    signs: Floats  # (rows, len(SIGNS)), of the name that fits
    forms: Ints  # number of that name


def raw_matches(volume: Volume, query: str, country: str | None) -> Match | None:
    """Every name of a volume near the query, with its signs."""
    readings = query_readings(query)
    match = _matches(volume, readings, country)
    bare = [words for words in map(without_apart, readings) if words not in readings]
    if bare and (match is None or not match.signs[:, _SAME_BONES].any()):
        match = _matches(volume, [*readings, *bare], country)  # "east Damascus": a direction, not a name
    return match


def _matches(volume: Volume, readings: list[list[str]], country: str | None) -> Match | None:
    found: list[tuple[Ints, Floats, Ints]] = []
    for number, words in enumerate(readings):
        forms = exact_forms(words) if volume.exact else word_forms(words)
        near = volume.find_forms(forms, country, near=True)
        if len(near) == 0:
            continue
        signs, kept = _signs(volume, forms, near)
        if volume.exact:
            same = signs[:, _SAME_SOUND] == 1.0
            signs, kept = signs[same], kept[same]
            if len(kept) == 0:
                continue
        signs[:, _PART_OF_QUERY] = number > 0
        row, owners = volume.owners_of(kept)
        found.append((owners, signs[row], kept[row]))
    if not found:
        return None
    if len(found) == 1:
        return Match(volume, *found[0])
    return Match(
        volume,
        np.concatenate([owners for owners, _, _ in found]),
        np.concatenate([signs for _, signs, _ in found]),
        np.concatenate([forms for _, _, forms in found]),
    )


def _signs(volume: Volume, query: Forms, near: Ints) -> tuple[Floats, Ints]:
    """Signs of these forms against the query, and the forms that were judged."""
    bones = volume.bones[near].tolist()
    alike = cdist([query.bones], bones, scorer=Levenshtein.normalized_similarity, dtype=np.float64)[0]
    if len(near) > _MOST:
        best = np.argpartition(-alike, _MOST)[:_MOST]
        near, alike = near[best], alike[best]
    sounds = volume.sounds[near].tolist()
    sound = cdist([query.sound], sounds, scorer=Levenshtein.normalized_similarity, dtype=np.float64)[0]
    start = cdist([query.sound], sounds, scorer=JaroWinkler.similarity, dtype=np.float64)[0]
    flags = volume.flags[near]
    other = ((flags & 1) != query.arabic).astype(np.float64)
    same_key = (volume.keys[near] >> np.uint64(8)) == np.uint64(query.key)
    columns = (
        sound,
        start,
        alike,
        sound == 1.0,
        alike == 1.0,
        same_key,
        other,
        other * sound,
        other * alike,
        (flags & 2) > 0,
        0.0,  # part of the query: the caller knows
        math.log1p(len(query.bones)) * alike,
    )
    signs = np.empty((len(near), len(SIGNS)))
    for number, column in enumerate(columns):
        signs[:, number] = column
    return signs, near


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """One or more volumes, searched together."""

    volumes: tuple[Volume, ...]

    def look_up(
        self, name: str, *, country: str | None = None, adm1: str | None = None, most: int = 5
    ) -> Found:
        """The places that `name` can mean.

        country: ISO 3166 two letters, if it is known
        adm1:    p-code of the governorate, if it is known; places elsewhere stay possible, but hardly
        most:    candidates to return
        """
        held = [m for v in self.volumes if (m := raw_matches(v, name, country)) is not None]
        if not held:
            return Found(name, (), 0.0)
        scores = np.concatenate([_scores(m, adm1) for m in held])
        volume_of = np.repeat(np.arange(len(held)), [len(m.places) for m in held])
        places = np.concatenate([m.places for m in held])
        return _rank(name, held, _Scored(volume_of, places, scores), most)

    def by_id(self, place_id: int) -> Candidate | None:
        """The place with this id, as a candidate that is sure; None if no volume has it."""
        for volume in self.volumes:
            rows = np.flatnonzero(volume.ids == place_id)
            if len(rows):
                return _place(volume, int(rows[0]), 1.0, "named by its id")
        return None

    def look_up_many(self, queries: Iterable[tuple[str, str | None, str | None]]) -> list[Found]:
        """Look up (name, country, adm1) triples; equal ones once."""
        known: dict[tuple[str, str | None, str | None], Found] = {}
        found = []
        for query in queries:
            if query not in known:
                known[query] = self.look_up(query[0], country=query[1], adm1=query[2])
            found.append(known[query])
        return found


@dataclass(frozen=True, slots=True)
class _Scored:
    volume_of: Ints
    places: Ints
    scores: Floats


@lru_cache(maxsize=50_000)
def place_strength(name: str) -> float:
    """How strongly a capitalised name, seen alone, speaks for a place: 0 unknown to 1 sure.

    1 for the well-known names of knowledge/places.tsv; 0.7 for a name that at most four places of the region
    bear, one of them with a thousand inhabitants; 0.4 for any other name of the region's gazetteer. Names that
    many villages bear are mostly names of men and words for things, so 0.4 alone should never make a place.
    """
    if load_places().find(name) is not None:
        return 1.0
    volume = ship_volume("region")
    forms = name_forms(name)
    near = volume.find_forms(forms, None, near=False)
    same = near[volume.sounds[near] == forms.sound]
    if len(same) == 0:
        return 0.0
    owners = np.unique(volume.owners_of(same)[1])
    people = volume.prior[owners][:, _LOG_POPULATION]
    return 0.7 if len(owners) <= _FEW and bool((people >= _THOUSAND).any()) else 0.4


def is_place_name(words: Sequence[str]) -> bool:
    """May these words, written with capitals, be taken for a place without further evidence?"""
    return place_strength(" ".join(words)) >= 0.7


@lru_cache(maxsize=4)
def ship_volume(name: str) -> Volume:
    """A volume that comes with the package: "region" or "world"."""
    return load_volume(resources.files("rasid.knowledge") / "gazetteer", name, exact=name == "world")


def load_gazetteer(*, world: bool = True, added: Sequence[Path] = ()) -> Gazetteer:
    """The shipped volumes and those of the `added` folders (see gazetteer_add.py)."""
    volumes = [ship_volume("region")]
    if world:
        volumes.append(ship_volume("world"))
    for folder in added:
        for file in sorted(folder.glob("*.places.parquet")):
            volumes.append(load_volume(folder, file.name.removesuffix(".places.parquet")))
    return Gazetteer(tuple(volumes))


def _scores(match: Match, adm1: str | None) -> Floats:
    """The weighted sum of signs of each row."""
    score: Floats = match.signs @ _SIGN_WEIGHTS + match.volume.prior[match.places][:, 1:] @ _PRIOR_WEIGHTS
    if match.volume.exact:
        score = score + _WORLD_POPULATION * match.volume.prior[match.places][:, _LOG_POPULATION]
    if adm1 is not None:
        fits = match.volume.adm1[match.places] == match.volume.adm1_codes.get(adm1, -1)
        score = score + np.where(fits, WEIGHTS["governorate fits"], WEIGHTS["governorate differs"])
    return score


def _rank(name: str, held: list[Match], scored: _Scored, most: int) -> Found:
    """Probabilities from scores, one per place, and the best place by what lies within 5 km of it."""
    owner = scored.volume_of * 10_000_000 + scored.places
    unique, inverse = np.unique(owner, return_inverse=True)
    top = max(float(scored.scores.max()), WEIGHTS["none"])
    mass = np.exp(scored.scores - top)
    per_place = np.bincount(inverse, weights=mass)
    chance = per_place / (per_place.sum() + math.exp(WEIGHTS["none"] - top))
    best = np.argsort(-chance, kind="stable")[: max(most, _CLUSTERED)]
    chance = chance[best]
    at = [(int(unique[b]) // 10_000_000, int(unique[b]) % 10_000_000) for b in best.tolist()]
    lat = np.array([held[v].volume.latitude[p] for v, p in at])
    lon = np.array([held[v].volume.longitude[p] for v, p in at])
    near = _distances_km(lat, lon) <= SAME_PLACE_KM
    share = near @ chance
    leader = int(np.argmax(np.where(near[int(np.argmax(share))], chance, -1.0)))
    order = [leader, *(i for i in range(len(best)) if i != leader)][:most]
    candidates = tuple(_candidate(held[at[i][0]], at[i][1], float(chance[i])) for i in order)
    return Found(name, candidates, float(share[leader]))


def _distances_km(lat: Floats, lon: Floats) -> Floats:
    """Distances between all pairs, on a plane that is good enough for a few kilometres."""
    north = (lat[:, None] - lat[None, :]) * 111.2
    east = (lon[:, None] - lon[None, :]) * 111.2 * np.cos(np.radians(lat))[:, None]
    return np.hypot(north, east)


def _candidate(match: Match, place: int, chance: float) -> Candidate:
    return _place(match.volume, place, chance, _reason(match, place))


def _place(volume: Volume, place: int, chance: float, reason: str) -> Candidate:
    row = volume.places.row(place)
    return Candidate(
        place_id=row[0],
        name=row[1],
        name_ar=row[2],
        country=row[3],
        level=row[4],
        latitude=row[5],
        longitude=row[6],
        population=row[7] or 0,
        adm1=row[8],
        adm1_pcode=row[9],
        adm2=row[10],
        score=chance,
        reason=reason,
    )


def _reason(match: Match, place: int) -> str:
    """How the best name of this place fits."""
    signs = match.signs[match.places == place]
    best = signs[int(np.argmax(signs @ _SIGN_WEIGHTS))]
    fits = dict(zip(SIGNS, best.tolist(), strict=True))
    if fits["same sound"]:
        words = "the same name"
    elif fits["same bones"]:
        words = "the same consonants"
    elif fits["same key"]:
        words = "a spelling of the same name"
    else:
        words = "one consonant differs"
    script = ", in the other script" if fits["other script"] else ""
    part = ", as part of the name" if fits["part of the name"] or fits["part of the query"] else ""
    return words + script + part
