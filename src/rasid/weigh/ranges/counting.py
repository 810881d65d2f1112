"""A claim's number -> what it counts: the happening, the people or things, stock or flow, counted or estimated."""

from __future__ import annotations

import re

from rasid.knowledge.actors import fold_name
from rasid.model.tables import Row
from rasid.model.values import Kind, Measure
from rasid.weigh.ranges.said import Counted
from rasid.weigh.same import bare, has_a_name

FLOW, STOCK, RUNNING, UNSAID = "flow", "stock", "running total", "unsaid"
COUNTED, ESTIMATED = "counted", "estimated"
RANGED = frozenset({Measure.COUNT.value, Measure.SHARE.value, Measure.RATE.value})

_OUTCOMES = {
    "killing": "killed", "death": "killed", "execution": "executed", "injury": "wounded", "abduction": "abducted",
    "disappearance": "missing", "arrest": "arrested", "detention": "detained", "displacement": "displaced",
    "return": "returned", "release": "released", "destruction": "destroyed",
}  # fmt: skip
_TO_PEOPLE = frozenset(_OUTCOMES.values()) - {"destroyed"}
#: What a base says came to them, whatever else the sentence tells: "the raid left 23 dead".
_BY_BASE = {"dead": "killed", "wounded": "wounded", "casualties": "casualties"}
#: The same, unless something else was done to them: "12 displaced people were killed".
_BY_STATE = {"missing": "missing", "displaced": "displaced", "returnees": "returned"}
_DONE_TO = frozenset({"killing", "death", "execution", "injury", "arrest", "abduction", "release", "torture"})
#: Bases that say no more than "people" once it is known what came to them.
_EVERYBODY = frozenset({"dead", "wounded", "casualties", "missing", "displaced", "returnees", "people"})
_PLAIN_UNITS = frozenset(
    "people person individual human victim soul body corpse fatality death dead casualty wounded injured injury"
    " missing displaced idp returnee martyr killing displacement evacuee".split()
)
#: Types whose numbers count those it was done to, or those who did it (`_BY_DOERS`); of other types a number may count
#: anything ("controls a town of 60,000 people"), so it stands alone.
_RANGED_TYPES = frozenset(
    "torture sexual_violence hunger crisis_harm recruitment recruitment_children surrender escape deployment strength"
    " withdrawal arrival protest looting weapons_seizure aid_delivery survival exhumation".split()
)
_BY_DOERS = frozenset(
    "displacement return protest withdrawal deployment arrival surrender escape death survival strength hunger".split()
)
_ACTS = frozenset(  # counted themselves: "12 air strikes", never people
    "attack air_strike drone_attack shelling grenade bombing suicide_attack chemical_attack battle facility_attack"
    " ceasefire_breach".split()
)
#: Types whose day and place a number told just after can be of.
HARMS = frozenset(_OUTCOMES) | _ACTS
_STOCK_TYPES = frozenset({"strength", "presence", "detention", "control", "hiding", "siege", "base"})
_MOVED = frozenset({"displaced", "returned"})

#: What a sentence says came to the people of a number that no event was found for; two of these say nothing.
_SAID = {
    "killed": re.compile(r"\b(?:tolls?|deaths?|dead|fatalities|killed|died|bodies|corpses)\b", re.I),
    "wounded": re.compile(r"\b(?:wounded|injured|injuries)\b", re.I),
    "displaced": re.compile(r"\b(?:displaced|fled|uprooted)\b", re.I),
    "returned": re.compile(r"\breturned\b", re.I),
    "missing": re.compile(r"\bmissing\b", re.I),
    "arrested": re.compile(r"\barrest(?:ed|s)\b", re.I),
    "other": re.compile(r"\b(?:casualt\w+|detained|released|abducted|kidnapped|executed|tortured)\b", re.I),
}
#: "Left three people dead and 17 wounded": what stands behind the counted noun goes before the verb of the sentence.
_RIGHT_BEHIND = re.compile(
    r"\s+(?:(?!and\b|or\b)[a-z-]+\s+)?(?:(?:were|was|had been|have been|been)\s+)?"
    r"(dead|killed|wounded|injured|missing)\b",
    re.I,
)
_BY_WORD = {
    "dead": "killed",
    "killed": "killed",
    "wounded": "wounded",
    "injured": "wounded",
    "missing": "missing",
}
#: "Another three were killed", "along with two other villagers": a rest of a count that nobody has told whole.
_REST_BEFORE = re.compile(r"\b(?:another|further|additional)\s*\Z", re.I)
_REST = re.compile(r"\A(?:another|a further|an additional|further|additional)\b", re.I)
_REST_BEHIND = re.compile(r"\s+(?:others?|more|additional|further)\b", re.I)
_ESTIMATE = re.compile(
    r"\b(?:estimat\w+|excess (?:deaths|mortality)|extrapolat\w+|model+ed|projections?)\b", re.I
)
_NEAR = (
    70  # characters in front of a number in which "estimated" or "according to estimates" still governs it
)
_OPEN = re.compile(r"\b(?:since|so far|to date|until now|up to now|all told)\b", re.I)


def read_counted(claim: Row, quantity: Row) -> Counted:
    """What the number of a claim counts; span `unsaid` where the words do not tell stock from flow."""
    outcome = _outcome(claim, quantity)
    base, unit = _base(quantity, outcome)
    measure = str(quantity["measure"])
    return Counted(
        outcome=outcome,
        base=base,
        unit=unit,
        measure=measure,
        per=str(quantity["per"] or ""),
        share_of=str(quantity["base"] or "") if measure == Measure.SHARE.value else "",
        span=_span(claim, quantity, outcome),
        method=_method(claim, quantity),
        actor=_party(claim, "actor"),
        instrument=_party(claim, "instrument"),
    )


def _outcome(claim: Row, quantity: Row) -> str:
    said, base = str(claim["type"]), str(quantity["base"] or "")
    if _counts_doers(claim, quantity) or _counts_rest(claim, quantity):
        return ""
    if quantity["measure"] == Measure.COUNT.value:
        if base and (
            behind := _RIGHT_BEHIND.match(str(claim["quote"]), _int(quantity["end"]) - _int(claim["start"]))
        ):
            return _BY_WORD[behind[1].casefold()]
        if base in _BY_BASE:
            return _BY_BASE[base]
        if base in _BY_STATE and said not in _DONE_TO:
            return _BY_STATE[base]
    if not base and _OUTCOMES.get(said) in _TO_PEOPLE and quantity["measure"] == Measure.COUNT.value:
        return ""  # "killed in seven departments"
    if said in _OUTCOMES or said in _RANGED_TYPES or (said in _ACTS and not base):
        return _OUTCOMES.get(said, said)
    if said != Kind.FIGURE.value:
        return ""
    told = [outcome for outcome, words in _SAID.items() if words.search(str(claim["quote"]))]
    return told[0] if base and len(told) == 1 and told[0] != "other" else ""


def _counts_doers(claim: Row, quantity: Row) -> bool:
    """ "300 fighters stormed the town and killed ...": the number counts who did it."""
    actor, target = claim["actor"], claim["target"]
    if claim["type"] in _BY_DOERS or not isinstance(actor, dict):
        return False
    inside = _holds(actor, quantity)
    return inside and not (isinstance(target, dict) and _holds(target, quantity))


def _counts_rest(claim: Row, quantity: Row) -> bool:
    quote, start = str(claim["quote"]), _int(claim["start"])
    first, last = _int(quantity["start"]) - start, _int(quantity["end"]) - start
    if _REST.match(str(quantity.get("text") or "")) or _REST_BEHIND.match(quote, max(0, last)):
        return True
    return _REST_BEFORE.search(quote[max(0, first - 20) : max(0, first)]) is not None


def _holds(mention: Row, quantity: Row) -> bool:
    if not isinstance(mention.get("start"), int):
        return False  # of a data row, which has no words
    return _int(mention["start"]) <= _int(quantity["start"]) and _int(quantity["end"]) <= _int(mention["end"])


def _base(quantity: Row, outcome: str) -> tuple[str, str]:
    """Base and unit. People who are told apart by their work or kin keep it as their base: "12 farmers"."""
    base, unit = str(quantity["base"] or ""), str(quantity["unit"] or "")
    if quantity["measure"] != Measure.COUNT.value:
        return base, unit
    if base == "families":
        return "families", "family"
    plain = unit in _PLAIN_UNITS or unit == base
    if base in _EVERYBODY and not (base in _BY_STATE and _BY_STATE[base] != outcome):
        return ("people", "people") if plain else (_plural(unit), unit)
    if base:
        return base, "people"
    return _plural(unit) if unit else "", unit


def _plural(unit: str) -> str:
    if unit.endswith("man"):
        return unit[:-2] + "en"
    return unit if unit.endswith("s") else unit + "s"


def _span(claim: Row, quantity: Row, outcome: str) -> str:
    said = quantity["stock_flow"]
    if said is not None:
        return str(said)
    if quantity["cumulative"] and _OPEN.search(str(claim["quote"])):
        return RUNNING
    if claim["kind"] == Kind.STATUS.value or claim["type"] in _STOCK_TYPES:
        return STOCK
    if outcome in _MOVED and (quantity["base"] in _BY_STATE or not isinstance(claim["time"], dict)):
        return UNSAID
    return FLOW


def _method(claim: Row, quantity: Row) -> str:
    quote, start = str(claim["quote"]), _int(claim["start"])
    first, last = _int(quantity["start"]) - start, _int(quantity["end"]) - start
    return ESTIMATED if _ESTIMATE.search(quote[max(0, first - _NEAR) : last + 20]) else COUNTED


def _party(claim: Row, role: str) -> str:
    """The folded name of a party; "" if it is unsaid or nobody in particular ("gunmen", "a strike")."""
    mention = claim[role]
    if not isinstance(mention, dict):
        return ""
    name = str(mention["name"] or mention["text"] or "")
    return fold_name(bare(name)) if mention["name"] or has_a_name(name) else ""


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0
