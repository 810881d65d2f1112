"""The likeliest place of each name of a document, anywhere in the world: a best guess, never a settled place.

Rasid's record uses places.py, which leaves open what is not sure. This is for lists of candidates and for the
benchmark `geoparse`: each name is given the place that the others of the document
speak for: the container written behind it
("Alexandria, La."), the country and the state or governorate that most others lie in, nearness, and population.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rasid.knowledge.actors import load_places
from rasid.knowledge.gazetteer import Candidate, Gazetteer
from rasid.knowledge.gazetteer_forms import plain_form

_MOST = 30
_SURE_ENOUGH = 0.3  # a name in another spelling counts from this chance on
_POWER = 0.2  # of the population
_OTHER_SPELLING = 0.1
_ROUNDS = 2
_CONTAINED = 60.0  # how much a container behind the name counts
_STATE_VOTE, _COUNTRY_VOTE, _NEAR_VOTE = 60.0, 8.0, 20.0  # of ten settings on two thirds of bench geoparse
_NEAR_KM = 80.0
_LEVEL_WEIGHT = {"country": 8.0, "region": 4.0, "governorate": 4.0}

#: States of the USA as newspapers shorten them.
_SHORT_STATES = {
    "Ala": "Alabama", "Ariz": "Arizona", "Ark": "Arkansas", "Calif": "California", "Colo": "Colorado",
    "Conn": "Connecticut", "Del": "Delaware", "Fla": "Florida", "Ga": "Georgia", "Ill": "Illinois",
    "Ind": "Indiana", "Kan": "Kansas", "Ky": "Kentucky", "La": "Louisiana", "Md": "Maryland",
    "Mass": "Massachusetts", "Mich": "Michigan", "Minn": "Minnesota", "Miss": "Mississippi", "Mo": "Missouri",
    "Mont": "Montana", "Neb": "Nebraska", "Nev": "Nevada", "Okla": "Oklahoma", "Ore": "Oregon",
    "Pa": "Pennsylvania", "Tenn": "Tennessee", "Tex": "Texas", "Vt": "Vermont", "Va": "Virginia",
    "Wash": "Washington", "Wis": "Wisconsin", "Wyo": "Wyoming", "N.Y": "New York", "N.J": "New Jersey",
    "N.C": "North Carolina", "S.C": "South Carolina", "N.H": "New Hampshire", "N.M": "New Mexico",
    "N.D": "North Dakota", "S.D": "South Dakota", "R.I": "Rhode Island", "W.Va": "West Virginia",
    "AL": "Alabama", "AZ": "Arizona", "CA": "California", "FL": "Florida", "GA": "Georgia", "IL": "Illinois",
    "KY": "Kentucky", "LA": "Louisiana", "MA": "Massachusetts", "MI": "Michigan", "NC": "North Carolina",
    "NJ": "New Jersey", "NY": "New York", "OH": "Ohio", "PA": "Pennsylvania", "TN": "Tennessee", "TX": "Texas",
    "VA": "Virginia", "WA": "Washington", "MN": "Minnesota", "MO": "Missouri", "AR": "Arkansas",
}  # fmt: skip
#: Words for people and things of a country, where the country's name does not begin them.
_PEOPLE = {
    "American": "United States", "Americans": "United States", "British": "United Kingdom", "Briton": "United Kingdom",
    "Britons": "United Kingdom", "French": "France", "German": "Germany", "Germans": "Germany", "Dutch": "Netherlands",
    "Spanish": "Spain", "Irish": "Ireland", "Swiss": "Switzerland", "Danish": "Denmark", "Swedish": "Sweden",
    "Polish": "Poland", "Greek": "Greece", "Turkish": "Turkey", "Chinese": "China", "Japanese": "Japan",
    "Welsh": "Wales", "Scottish": "Scotland", "Scots": "Scotland", "English": "England", "Finnish": "Finland",
    "Czech": "Czechia", "Thai": "Thailand", "Filipino": "Philippines", "Lebanese": "Lebanon", "Iraqi": "Iraq",
    "Iraqis": "Iraq", "Israeli": "Israel", "Israelis": "Israel", "Saudi": "Saudi Arabia", "Saudis": "Saudi Arabia",
    "Pakistani": "Pakistan", "Yemeni": "Yemen", "Kuwaiti": "Kuwait", "Qatari": "Qatar", "Omani": "Oman",
    "Emirati": "United Arab Emirates", "Afghan": "Afghanistan", "Afghans": "Afghanistan", "Cypriot": "Cyprus",
    "Portuguese": "Portugal", "Maltese": "Malta", "Burmese": "Myanmar", "Congolese": "DR Congo", "Sudanese": "Sudan",
    "Belgian": "Belgium", "Hungarian": "Hungary", "Norwegian": "Norway", "Ukrainian": "Ukraine",
    "Canadian": "Canada", "Canadians": "Canada", "Mexican": "Mexico", "Peruvian": "Peru", "Argentine": "Argentina",
}  # fmt: skip
_ENDINGS = re.compile(r"(?:ian|ians|an|ans|n|ns|ese|i|is)$")
_BEHIND = re.compile(r"^\s*,?\s*(?:in\s+)?((?:[A-Z][\w.'-]*\s?){1,3})")
_TITLE = re.compile(r"\s+(?:County|Parish|Province|Governorate|District|City|city|county|parish|province)$")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text and the text behind it (some forty letters)."""

    name: str
    behind: str = ""


def guess_places(names: Sequence[Named], gazetteer: Gazetteer) -> list[Candidate | None]:
    """The likeliest place of each name, one for each; None if no volume knows the name."""
    distinct = list(dict.fromkeys(n.name for n in names))
    held = {name: _candidates(name, gazetteer) for name in distinct}
    container = {n.name: c for n in names if (c := _container(n.behind)) is not None}
    weights = {name: _first_weights(name, held[name], container.get(name)) for name in distinct}
    for _ in range(_ROUNDS):
        chosen = [_best(held[name], weights[name]) for name in distinct]
        weights = {
            name: _first_weights(name, held[name], container.get(name))
            * _votes(held[name], [c for j, c in enumerate(chosen) if j != i and c is not None])
            for i, name in enumerate(distinct)
        }
    best = {name: _best(held[name], weights[name]) for name in distinct}
    return [best[n.name] for n in names]


def _candidates(name: str, gazetteer: Gazetteer) -> list[Candidate]:
    """Candidates whose names are the same; a well-known name of one country keeps to its country and level."""
    whole = _PEOPLE.get(name) or _SHORT_STATES.get(name.strip(". "), name)
    if load_places().find(whole) is None:
        whole = _country_of(whole) or whole
    known = load_places().find(whole)
    wide = known is not None and known.level not in ("town", "country")
    country = known.country if known is not None and wide else None
    found = gazetteer.look_up(whole, country=country, most=_MOST).candidates
    if (bare := _TITLE.sub("", whole)) != whole:  # the town of a county is near enough
        found = (*found, *gazetteer.look_up(bare, most=_MOST).candidates)
    same = [c for c in found if c.reason.startswith("the same name")]
    close = same or [c for c in found if "differs" not in c.reason and c.score >= _SURE_ENOUGH]
    if known is not None and known.level == "country" and not any(c.level == "country" for c in close):
        close += [
            c for c in gazetteer.look_up(known.name, country=known.country).candidates if c.level == "country"
        ]
    if whole != name:  # a word for people: of the country, not of a town
        return [c for c in close if c.level == "country"] or close
    return close


def country_of_people(name: str) -> str | None:
    """The country that a word for people or things names: "Americans", "Syrian"; None for any other word."""
    return _PEOPLE.get(name) or _country_of(name)


def _country_of(name: str) -> str | None:
    """The country whose name begins a word for its people: "Syrian", "Syrians", "Sudanese"."""
    stem = _ENDINGS.sub("", name)
    for guess in (stem, stem + "a", stem + "ia", stem + "e", stem + "y"):
        known = load_places().find(guess) if stem != name and len(stem) > 3 else None
        if known is not None and known.level == "country":
            return known.name
    return None


def _container(behind: str) -> str | None:
    hit = _BEHIND.match(behind)
    if hit is None:
        return None
    words = hit.group(1).strip()
    return _SHORT_STATES.get(
        words.rstrip(".").strip(), _SHORT_STATES.get(words.split()[0].rstrip("."), words.rstrip("."))
    )


def _first_weights(name: str, candidates: list[Candidate], container: str | None) -> npt.NDArray[np.float64]:
    weights = []
    plain = plain_form(name)
    for c in candidates:
        inside = container is not None and (
            c.adm1 == container
            or ((known := load_places().find(container)) is not None and known.country == c.country)
        )
        people = max(c.population, 1000) ** _POWER
        exact = 1.0 if plain_form(c.name) == plain else _OTHER_SPELLING
        weights.append(people * exact * _LEVEL_WEIGHT.get(c.level, 1.0) * (_CONTAINED if inside else 1.0))
    return np.array(weights, dtype=np.float64)


def _votes(candidates: list[Candidate], others: list[Candidate]) -> npt.NDArray[np.float64]:
    """How the other places of the document speak for each candidate."""
    if not others or not candidates:
        return np.ones(len(candidates))
    states: Counter[tuple[str | None, str | None]] = Counter(
        (c.country, c.adm1) for c in others if c.adm1 is not None
    )
    countries = Counter(c.country for c in others)
    fine = [c for c in others if c.level not in ("country", "region", "governorate")]
    return np.array(
        [
            1.0
            + _STATE_VOTE * states[(c.country, c.adm1)] / len(others)
            + _COUNTRY_VOTE * countries[c.country] / len(others)
            + _NEAR_VOTE * _nearness(c, fine)
            for c in candidates
        ]
    )


def _nearness(candidate: Candidate, others: list[Candidate]) -> float:
    """1 beside another place of the document, falling to nothing over some hundred kilometres."""
    if not others:
        return 0.0
    lat = np.array([c.latitude for c in others])
    lon = np.array([c.longitude for c in others])
    north = (lat - candidate.latitude) * 111.2
    east = (lon - candidate.longitude) * 111.2 * np.cos(np.radians(candidate.latitude))
    return float(np.exp(-np.hypot(north, east).min() / _NEAR_KM))


def _best(candidates: list[Candidate], weights: npt.NDArray[np.float64]) -> Candidate | None:
    return candidates[int(np.argmax(weights))] if candidates else None
