"""Whether a fight goes on or is over, by the words behind the one that names it: "the war against X is far from over".

In: a claim of a battle. Out: what it says of the defeat of the side it is fought against, or None.
"""

from __future__ import annotations

import re

from rasid.model.tables import Row
from rasid.model.values import Stance
from rasid.weigh.evidence import SURE, Evidence, Known, at_the_place, is_a
from rasid.weigh.meant import mention_name
from rasid.weigh.same import part_of, same_party

_REACH = 90  # letters from the word for the fight to what is said of it
_BE = r"(?:is|was|are|were|be|been|being)"
_ENDED = r"(?:over|won|finished|at an end|ended|concluded)"
_NOT = r"(?:\bnot|n[\u2019']t|\bnever|\bfar from|\bno way|\bnowhere near|\bhardly)"
_GOES_ON = re.compile(
    rf"{_NOT}\s+(?:\w+\s+){{0,2}}?{_ENDED}\b|\b(?:continue[sd]?|goes on|went on|must go on|drags on)\b", re.I
)
_OVER = re.compile(
    rf"\b{_BE}\s+(?:(?:now|finally|at last|already|effectively)\s+)?{_ENDED}\b"
    r"|\b(?:has|had|have)\s+(?:now\s+)?(?:ended|been won)\b",
    re.I,
)


def of_the_fight(question: Row, claim: Row, known: Known) -> Evidence | None:
    """The fight against the one asked about goes on, or is over; None if the claim says neither."""
    if not is_a(str(claim["type"]), "battle", known) or claim["certainty"] != SURE:
        return None
    asked, said = question["target"], mention_name(claim, "target")
    if asked is None or not (same_party(said, asked) or part_of(said, asked, known.registry)):
        return None
    if not at_the_place(question, claim, known):
        return None
    told = _told(claim)
    if _GOES_ON.search(told):
        return Evidence(claim, Stance.DENIES, False, "the fight against it goes on")
    if _OVER.search(told):
        return Evidence(claim, Stance.AFFIRMS, False, "the fight against it is called over")
    return None


def _told(claim: Row) -> str:
    """What is said of the fight: from its word to the next stop or comma."""
    trigger, start = claim["trigger"], int(str(claim["start"]))
    assert isinstance(trigger, dict)
    behind = str(claim["quote"])[int(str(trigger["end"])) - start :][:_REACH]
    return re.split(r"[.;:!?,]", behind, maxsplit=1)[0]
