"""Can two claims speak of one deed? Who did it is not enough: it takes whom, or where and when.

In: two claims, or one. Out: yes or no, or the names and days that it shares with others of the same deed.
"""

from __future__ import annotations

import re

from rasid.knowledge.actors import fold_name
from rasid.knowledge.vocabulary import load_vocabulary
from rasid.model.tables import Row
from rasid.model.values import Polarity
from rasid.weigh.disputes import one_voice
from rasid.weigh.meant import mention_name
from rasid.weigh.same import core_name, has_a_name, same_name, same_party
from rasid.weigh.where import place_names

#: Done to people: the same party does it to many, each on a day of its own.
_TO_PEOPLE = frozenset(
    "abduction arrest detention disappearance killing execution death injury torture sexual_violence release"
    " trial".split()
)

_ANY = re.compile(r"\b(?:never|any|anyone|anybody|no such)\b", re.IGNORECASE)


def may_be_one_deed(a: Row, b: Row) -> bool:
    """Of what is done to people: the same victims, or one place and day, or a denial of any such deed at all."""
    if not (_is_done_to_people(a) and _is_done_to_people(b)):
        return True
    if any(_denies_any(claim) for claim in (a, b)):
        return True
    whom = [mention_name(claim, "target") for claim in (a, b)]
    if all(name and has_a_name(name) for name in whom):
        return same_party(str(whom[0]), str(whom[1]))
    days, one_place = {one_day(a), one_day(b)} - {""}, bool(_named_places(a) & _named_places(b))
    if one_place and len(days) < 2 and same_name(whom[0], whom[1]):
        return True  # "two engineers in Dovrek" in both
    return one_place and one_day(a) == one_day(b) != ""


def marks_of(claim: Row) -> frozenset[str]:
    """What ties a claim to a deed: its named places, its named target, its day. Two claims that share none may well
    speak of two deeds."""
    target = mention_name(claim, "target")
    marks = set(_named_places(claim))
    if target and has_a_name(target):
        marks.add(fold_name(core_name(target)))
    if day := one_day(claim):
        marks.add(day)
    return frozenset(marks)


def one_day(claim: Row) -> str:
    """The day of a claim that names just one, else nothing."""
    time = claim["time"]
    if isinstance(time, dict) and time["first_day"] is not None and time["first_day"] == time["last_day"]:
        return str(time["first_day"])
    return ""


def _is_done_to_people(claim: Row) -> bool:
    types = load_vocabulary()
    said = str(claim["type"])
    return said in _TO_PEOPLE or (said in types.types and not _TO_PEOPLE.isdisjoint(types.lineage(said)))


def _denies_any(claim: Row) -> bool:
    """ "We never took anyone", "no such arrest": whom is left open on purpose, and not only unread."""
    denied = claim["polarity"] == Polarity.DENIED.value
    if not denied or one_day(claim) or mention_name(claim, "target") is not None:
        return False
    voices, actor = claim["voices"], mention_name(claim, "actor")
    assert isinstance(voices, list)
    own = actor is not None and one_voice(str(voices[-1]), actor)
    return own or _ANY.search(str(claim["quote"])) is not None


def _named_places(claim: Row) -> frozenset[str]:
    return frozenset(fold_name(name) for name in place_names(claim) if has_a_name(name))
