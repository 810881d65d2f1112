"""What MUC-4 calls an incident: which claims speak of one, and which groups of claims are worth an answer.

The task wants acts against people and property, not the war between armies, not violence in general. A group of claims
is scored by plain features of its claims; the weights were fitted by logistic regression on the two thirds of the
development set that were read, and rounded. They are conventions of this task and never enter the product.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.muc_slots import DAY_WORDS, HARM, Head, end_of, start_of, text_of, words_in
from rasid.model.tables import Row

# Who is not a victim in the sense of the task: parties of the war itself. (Police are officials of the law and count.)
_FIGHTERS = frozenset(
    (
        "soldier soldiers troop troops guerrilla guerrillas guerilla guerillas rebel rebels insurgent "
        "insurgents terrorist terrorists subversive subversives extremist extremists combatant combatants "
        "fighter fighters paratrooper paratroopers army battalion patrol brigade garrison barracks military "
        "enemy unit units detachment platoon column regiment navy positions fortifications garrisons escort "
        "squad criminals criminal traffickers trafficker assailant assailants attackers servicemen infantry "
        "militiamen delinquents gunmen smugglers"
    ).split()
)
_CIVIL = frozenset(
    (
        "civilian civilians peasant peasants priest priests mayor judge lawyer journalist child children woman "
        "women student students worker workers leader minister president ambassador teacher embassy house home "
        "church school store bank bus car office offices tower towers pylon pipeline bridge station hotel "
        "senator deputy candidate businessman farmer nun bishop citizen citizens people person persons "
        "policeman policemen official officials family residents"
    ).split()
)
# Words for war in general, for strikes of workers, for losses in combat: no incident of its own.
_WAR = re.compile(
    r"\b(?:OFFENSIVES?|INVA\w+|AGGRESSIONS?|STRIKES?|CASUALT\w+|HOSTILIT\w+|INCURSIONS?|GENOCIDE|OPERATIONS?|CAMPAIGNS?|LASH\w*|"
    r"MURDERERS?|KILLERS?|ASSASSINS?|BOMBERS?|ATTACKERS?|KIDNAPPERS?|ABUSES?|VIOLATIONS?|RAPPROCHEMENT|SEIZURES?)\b"
)
_ACCIDENT = re.compile(r"\b(?:ACCIDENTS?|ACCIDENTAL\w*|CRASH\w*|EARTHQUAKE)\b")
_STATISTIC = re.compile(r"\b(?:YEARS?|DECADES?|SINCE|MONTHS|SO FAR|19[4-8]\d)\b|^\d{4}$")
_MANY = 500  # victims; a larger number sums up a war
FINITE = re.compile(r"(?:ED|EN|EW|OT|UNG|ENT|ODE)$")
BARE = frozenset(
    (
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "it",
        "its",
        "they",
        "them",
        "who",
        "which",
        "today",
        "of",
    )
)
_STATE = frozenset(
    (
        "army troops soldiers forces force armed military police policemen government regime battalion brigade "
        "infantry marines navy guard planes aircraft helicopters helicopter"
    ).split()
)
_FIRST_PERSON = re.compile(r"\b(?:WE|OUR|I|US|MY)\b")
_PERFECT = re.compile(r"\b(?:HAVE|HAS)(?: ALSO| RECENTLY)?(?: BEEN)?\s*\Z")
_LEAD, _LATE = 350, 2500  # characters from the start
_WEIGHTS: Mapping[str, float] = {
    "person": 0.8, "civil": 0.5, "generic": -0.2, "place": 0.3, "count": 0.6, "many": -0.3, "state": -0.3,
    "battle": -0.8, "fighters near": -0.4, "fighters": -0.3, "BOMBING": 0.5, "KIDNAPPING": -0.5, "ARSON": 0.6,
    "lead": 0.5, "late": -0.2, "two": 0.3, "three": 0.5, "opinion": -0.3, "we": -0.5, "possible": -0.7,
    "perfect": -0.3, "recent": 0.2, "some time": 0.3, "injury": -0.4, "bare attack": -0.2, "armed radio": -0.3,
}  # fmt: skip
_ENOUGH = 0.4


@dataclass(slots=True)
class Group:
    """Claims taken for one incident."""

    type: str
    claims: list[Row] = field(default_factory=list)
    days: set[date] = field(default_factory=set)
    places: list[str] = field(default_factory=list)
    harmed: set[str] = field(default_factory=set)

    @property
    def begin(self) -> int:
        return min(start_of(c) for c in self.claims)

    @property
    def end(self) -> int:
        return max(end_of(c) for c in self.claims)


def is_incident_claim(claim: Row, beside: Sequence[Row]) -> bool:
    """Does it report an act (done, tried) against people or property, not war, a strike or a figure over years?

    beside: all claims of the same sentence
    """
    if (
        claim["polarity"] == "denied"
        or claim["certainty"] == "predicted"
        or _WAR.search(text_of(claim["trigger"]))
    ):
        return False
    time = claim["time"]
    if (
        isinstance(time, dict)
        and _STATISTIC.search(str(time["text"]).upper())
        and not DAY_WORDS.search(str(time["text"]))
    ):
        return False
    quantity = claim["quantity"]
    if claim["type"] in HARM and isinstance(quantity, dict) and not _counts_victims(quantity):
        return False
    if _ACCIDENT.search(str(claim["quote"]).upper()):
        return False
    target = words_in(claim["target"])
    if target & _FIGHTERS and not target & _CIVIL:
        return False
    near = frozenset().union(*(words_in(c["target"]) for c in beside))
    fought = any(c["type"] == "battle" for c in beside) or bool(near & _FIGHTERS)
    return not (fought and not target & _CIVIL and not claim["persons"])


def _counts_victims(quantity: Row) -> bool:
    """A number of people of one happening, not a share and not the toll of a war."""
    low = quantity["low"]
    return quantity["measure"] == "count" and (not isinstance(low, float) or low < _MANY)


def is_reportable(group: Group, head: Head, sentences: Mapping[int, Sequence[Row]]) -> bool:
    """Worth an answer: said of a happening of its own, and not long past.

    sentences: all claims of the text by the start of their sentence
    """
    if group.days and head.day and max(group.days) < head.day - timedelta(days=75):
        return False
    return score_of(group, head, sentences) >= _ENOUGH


def score_of(group: Group, head: Head, sentences: Mapping[int, Sequence[Row]]) -> float:
    """How much a group of claims speaks of one incident in the sense of the task."""
    beside = [b for c in group.claims for b in sentences[start_of(c)]]
    shown = _shown_by_claims(group.claims) | {
        "place": bool(group.places),
        "battle": any(b["type"] == "battle" for b in beside),
        "fighters near": any(words_in(b["target"]) & _FIGHTERS for b in beside),
        "lead": group.begin < _LEAD,
        "late": group.begin > _LATE,
        "two": len(group.claims) >= 2,
        "three": len(group.claims) >= 3,
        "opinion": head.opinion,
        "armed radio": head.clandestine,
        "recent": bool(head.day and group.days and max(group.days) >= head.day - timedelta(days=3)),
        "some time": not group.days and any(c["time"] for c in group.claims),
        group.type: True,
    }
    return sum(_WEIGHTS.get(name, 0.0) for name, holds in shown.items() if holds)


def _shown_by_claims(claims: Sequence[Row]) -> dict[str, bool]:
    targets = [words_in(c["target"]) for c in claims]
    person = any(c["persons"] for c in claims)
    lows = [q["low"] for c in claims if isinstance(q := c["quantity"], dict) and q["measure"] == "count"]
    return {
        "person": person,
        "civil": any(words & _CIVIL for words in targets),
        "fighters": any(words & _FIGHTERS for words in targets),
        "generic": not person and all(_is_generic(c) for c in claims if isinstance(c["target"], dict)),
        "count": bool(lows),
        "many": any(isinstance(low, float) and low > 30 for low in lows),
        "state": any(words_in(c["actor"]) & _STATE for c in claims),
        "we": any(_FIRST_PERSON.search(str(c["quote"])) for c in claims),
        "possible": all(c["certainty"] == "possible" for c in claims),
        "perfect": any(_PERFECT.search(_before_trigger(c)) for c in claims),
        "injury": any(c["type"] == "injury" for c in claims),
        "bare attack": all(c["type"] == "attack" for c in claims),
    }


def _is_generic(claim: Row) -> bool:
    """ "Women", "police stations": a plural of one or two words without a number."""
    words = text_of(claim["target"]).upper().split()
    return len(words) <= 2 and bool(words) and words[-1].endswith("S") and claim["quantity"] is None


def _before_trigger(claim: Row) -> str:
    trigger = claim["trigger"]
    assert isinstance(trigger, dict)
    return str(claim["quote"])[: int(str(trigger["start"])) - start_of(claim)]
