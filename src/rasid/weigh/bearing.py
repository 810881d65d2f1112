"""What one claim alone says to a question: the stance it would give, whether it says so itself, and to which answer.

evidence.py  what is found, and how parties and places meet
by_type.py   the same type, or one that entails or excludes it
answers.py   who, where; questions that no type fits
counted.py   how many
lasting.py   what became of a person; is it over
"""

from __future__ import annotations

from dataclasses import replace

from rasid.model.tables import Row
from rasid.model.values import Polarity
from rasid.weigh.answers import by_words
from rasid.weigh.by_type import by_type
from rasid.weigh.counted import a_number
from rasid.weigh.evidence import OPPOSITE, Evidence, Known
from rasid.weigh.lasting import fate, is_over


def weigh_claim(question: Row, claim: Row, known: Known) -> Evidence | None:
    """What this claim alone says to the question; None if it does not speak to it."""
    if not _at_the_time(question, claim):
        return None
    match question["kind"]:
        case "words":
            return by_words(question, claim)
        case "number":
            return a_number(question, claim, known)
        case "over":
            return is_over(question, claim, known)
        case "fate":
            found = fate(question, claim, known)
        case _:
            found = by_type(question, claim, known)
    if found is not None and question["polarity"] == Polarity.DENIED.value:
        return replace(found, leaning=OPPOSITE.get(found.leaning, found.leaning))
    return found


def _at_the_time(question: Row, claim: Row) -> bool:
    """The days of the claim touch those of the question; a claim without days is kept."""
    time = claim["time"]
    if not isinstance(time, dict) or time["first_day"] is None or time["last_day"] is None:
        return True
    first, last = question["first_day"], question["last_day"]
    return (first is None or str(time["last_day"]) >= str(first)) and (
        last is None or str(time["first_day"]) <= str(last)
    )
