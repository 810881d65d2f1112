"""How many: the number that a claim gives to the question, and what it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rasid.model.tables import Row
from rasid.model.values import Measure, Polarity, Stance
from rasid.weigh.evidence import SURE, Evidence, Known, at_the_place, is_a, stated_leaning
from rasid.weigh.meant import mention_name
from rasid.weigh.same import bare, names_the_same
from rasid.weigh.where import Met, meet_place, names_another_place

NOBODY = "nobody"
_NONE = re.compile(r"(?:no|not a single|not one|not any|zero)\s+(?P<unit>[\w-]+)", re.I)
_PLURALS = re.compile(r"men\Z")  # fishermen, women
_FEW_DAYS = 7  # a siege or a battle is told by the week; a longer span is that of a report
_DEATHS = frozenset({"killing", "death", "execution"})  # one count of the dead


def a_number(question: Row, claim: Row, known: Known) -> Evidence | None:
    """The number that this claim gives, and in the reason what it counts where that is something else."""
    quantity = claim["quantity"]
    if not _of_that_deed(question, claim, known):
        return None
    if not isinstance(quantity, dict) or quantity["text"] is None:
        return _none_at_all(question, claim, known)
    if quantity["measure"] != Measure.COUNT.value or _counts_its_voice(quantity, claim):
        return None
    if _buried(quantity, claim) and question["type"] in _DEATHS and at_the_place(question, claim, known):
        why = "who is buried is dead; it counts the buried"
        return Evidence(claim, stated_leaning(claim), False, why, _in_figures(quantity))
    if not _of_the_type(question, claim, known) or not at_the_place(question, claim, known):
        return None
    asked = question["target"]
    said = mention_name(claim, "target")
    if asked is not None and not (said and names_the_same(said, str(asked))):
        return None
    leaning = stated_leaning(claim)
    counted = quantity["base"] or quantity["unit"]
    same = any(counts_the_same(each, question["unit"]) for each in (counted, quantity["unit"]) if each)
    reason = "" if not counted or same else f"it counts {counted}"
    told = f" {counted}" if reason else ""  # "31 dead": not 31 of those asked about
    return Evidence(claim, leaning, True, reason, _in_figures(quantity) + told)


def _of_that_deed(question: Row, claim: Row, known: Known) -> bool:
    """The dead of a whole month, or of another place in the same report, are not those of the place it is about."""
    if meet_place(question, claim, known.ground) is not Met.DOCUMENT:
        return True
    if names_another_place(claim, question):
        return False
    time = claim["time"]
    if not isinstance(time, dict) or time["first_day"] is None or time["last_day"] is None:
        return True
    first, last = (date.fromisoformat(str(time[end])) for end in ("first_day", "last_day"))
    return (last - first).days <= _FEW_DAYS


def _none_at_all(question: Row, claim: Row, known: Known) -> Evidence | None:
    """ "No civilian was killed in Dovrek": none of those asked about."""
    target = mention_name(claim, "target")
    none = _NONE.match(target or "")
    if none is None or claim["polarity"] != Polarity.DENIED.value or claim["certainty"] != SURE:
        return None
    if not _of_the_type(question, claim, known) or not at_the_place(question, claim, known):
        return None
    if not counts_the_same(none["unit"], question["unit"]):
        return None
    return Evidence(claim, Stance.AFFIRMS, True, answer=NOBODY)


def _counts_its_voice(quantity: Row, claim: Row) -> bool:
    """ "Killing eleven, two residents said": the two are no dead."""
    voices = claim["voices"]
    assert isinstance(voices, list)
    said = f"{quantity['text']} {quantity['unit']}".casefold()
    return any(bare(str(voice)).casefold().startswith(said) for voice in voices[1:])


def _of_the_type(question: Row, claim: Row, known: Known) -> bool:
    both = {str(claim["type"]), str(question["type"])}
    return is_a(str(claim["type"]), str(question["type"]), known) or both <= _DEATHS


def without_parts(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Without the women and children among the civilians that the same sentence counts."""
    whole = {_sentence(e) for e in evidence if e.stated and not e.reason}
    return [e for e in evidence if not e.reason or not e.stated or _sentence(e) not in whole]


def _sentence(e: Evidence) -> tuple[object, ...]:
    voices = e.claim["voices"]
    assert isinstance(voices, list)
    return (e.claim["document"], e.claim["start"], *voices)


def quantity_of(e: Evidence, question: Row) -> Row | None:
    """The number it gives, with what it counts; "nobody" is 0 of whatever was asked for."""
    if e.answer == NOBODY:
        none = _NONE.match(mention_name(e.claim, "target") or "")
        unit = none["unit"] if none is not None else None
        return {"text": NOBODY, "low": 0, "high": 0, "unit": unit, "base": unit}
    quantity = e.claim["quantity"]
    if not isinstance(quantity, dict):
        return None
    as_asked = e.stated and not e.reason and question["unit"] is not None
    return quantity | {"base": question["unit"]} if as_asked else quantity


def _buried(quantity: Row, claim: Row) -> bool:
    """ "Neighbours buried 24 people": a count of dead, on another base."""
    people = str(quantity["unit"]).casefold() in {
        "people",
        "person",
        "body",
        "bodies",
        "villager",
        "resident",
    }
    before = str(claim["quote"]).casefold().partition(str(quantity["text"]).casefold())[0]
    return claim["kind"] == "figure" and people and re.search(r"\bburied\s*\Z", before) is not None


def _in_figures(quantity: Row) -> str:
    """ "Eleven" and "11" are one answer; "at least 27" stays as it was said."""
    text, low = str(quantity["text"]), quantity["low"]
    exact = low is not None and low == quantity["high"] and len(text.split()) == 1
    return (
        f"{low:,.0f}"
        if exact and isinstance(low, float | int) and not any(c.isdigit() for c in text)
        else text
    )


def counts_the_same(counted: object, asked: object) -> bool:
    """ "civilians" and "civilian" are one base; a question without a unit takes any."""
    if asked is None:
        return True
    a, b = (_PLURALS.sub("man", str(word).casefold()).rstrip("s") for word in (counted, asked))
    everybody = {"people", "person", "dead", "death", "casualty", "individual"}
    return a == b or (a in everybody and b in everybody)
