"""What became of a person, and whether a thing is over: what a claim says of something that goes on or has ended."""

from __future__ import annotations

import re

from rasid.model.tables import Row
from rasid.model.values import Polarity, Stance
from rasid.weigh.answers import first_place
from rasid.weigh.by_type import by_type, implied_leaning, speaks_in_words
from rasid.weigh.evidence import (
    OPPOSITE,
    SURE,
    Evidence,
    Known,
    at_the_place,
    is_a,
    kind_of,
    same_things,
    stated_leaning,
)
from rasid.weigh.figures import happened
from rasid.weigh.meant import concerns, is_about_the_deed

_GOES_ON = re.compile(
    r"\b(?:still|continu\w+|ongoing|goes? on|remains?|escalat\w+|rag(?:es|ing)|daily|every day)\b", re.I
)
_ENDS = frozenset({"continuation", "ending", "defeat"})  # "the siege goes on", "the siege is over"


def fate(question: Row, claim: Row, known: Known) -> Evidence | None:
    """What the claim says of the person: dead, missing, held, free."""
    if not concerns(str(question["target"]), claim, known.ground):
        return None
    said = str(claim["type"])
    if question["asks"] == "fate" and said in ("presence", "relocation"):
        where = first_place(claim)
        if where is None:
            return Evidence(claim, Stance.UNCLEAR, True) if said == "presence" else None
        return Evidence(claim, stated_leaning(claim), True, answer=f"in {where}")
    for answer, types in kind_of(question, known).answers.items():
        if any(is_a(said, each, known) for each in types):
            return _fate_leaning(question, claim, answer)
    if question["asks"] != "whether":
        return None
    for bearing in known.kinds.bearings[str(question["type"])]:
        if bearing.words and speaks_in_words(bearing, claim, known):
            leaning = implied_leaning(bearing, claim)
            return None if leaning is None else Evidence(claim, leaning, False, bearing.why)
    return by_type(question, claim, known)


def _fate_leaning(question: Row, claim: Row, answer: str) -> Evidence | None:
    if question["asks"] == "fate":
        return Evidence(claim, stated_leaning(claim), True, answer=answer)
    if answer == "dead":
        return Evidence(claim, stated_leaning(claim), True)
    if answer == "alive":
        leaning = stated_leaning(claim)
        return Evidence(claim, OPPOSITE.get(leaning, leaning), True)
    if answer != "free" or not happened(str(claim["polarity"]), str(claim["certainty"])):
        return None  # an arrest long ago, a reward for one: nothing follows for today
    return Evidence(claim, Stance.DENIES, False, "who is released or has fled is alive")


def is_over(question: Row, claim: Row, known: Known) -> Evidence | None:
    """What goes on is not over; "has ended" and "has not ended" are ending, affirmed or denied."""
    said = str(claim["type"])
    turned = question["polarity"] == Polarity.DENIED.value
    if (
        said in _ENDS
        and is_about_the_deed(question, claim, known.ground)
        and at_the_place(question, claim, known)
    ):
        leaning = stated_leaning(claim)
        opposite = turned != (said == "continuation")  # "goes on" denies that it is over
        return Evidence(claim, OPPOSITE.get(leaning, leaning) if opposite else leaning, True)
    if not is_a(said, str(question["type"]), known) or same_things(question, claim, known) is None:
        return None
    if claim["polarity"] == Polarity.DENIED.value and claim["certainty"] == SURE:
        return Evidence(claim, Stance.DENIES if turned else Stance.AFFIRMS, True)
    if _GOES_ON.search(str(claim["quote"])) and happened(str(claim["polarity"]), str(claim["certainty"])):
        return Evidence(claim, Stance.AFFIRMS if turned else Stance.DENIES, False, "what goes on is not over")
    return None
