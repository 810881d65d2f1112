"""Which claims tell of a happening, and which types of event may be one happening.

Types stand in strands. Within a strand the entailments and parents of knowledge/events say how well two types go
together; across strands they may still be one happening told from two sides, but little speaks for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rasid.knowledge.forms import listed
from rasid.knowledge.vocabulary import load_vocabulary
from rasid.model.values import Certainty, Kind, Polarity

DEADLY = listed("killing execution death")
HARM = listed("killing execution death injury destruction")  # what an attack does; it has no means of its own
_FORCE = listed(
    "attack air_strike drone_attack shelling grenade bombing suicide_attack chemical_attack prohibited_weapons"
    " facility_attack battle sexual_violence torture"
)
_STRANDS: Mapping[str, frozenset[str]] = {
    "force": _FORCE | HARM,
    "taking": listed("abduction disappearance"),
    "arrest": listed("arrest detention"),
    "release": listed("release escape"),
    "protest": listed("protest riot dispersal"),
    "ground": listed("territorial_gain territorial_loss expulsion repulse surrender handover withdrawal"),
    "robbery": listed("looting hostile_crime weapons_seizure crime"),
    "flight": listed("displacement return"),
    "aid": listed("aid_delivery aid_obstruction checkpoint_closure"),
    "truce": listed("ceasefire ceasefire_breach"),
    "find": listed("exhumation"),
    "mishap": listed("disaster accident"),
}
RESPONSIBLE = listed("responsibility claim_of_responsibility accusation denial")

_CAMPAIGN = re.compile(
    r"\b(?:offensives?|campaigns?|hostilit(?:y|ies)|aggressions?|invasions?|wars?|insurgency)\Z",
    re.IGNORECASE,
)
_SAID_AS_SO = frozenset({Certainty.CERTAIN.value, Certainty.PARTIAL.value})
# Words that make a sentence speak of a state of things, not of one happening.
_GENERAL = re.compile(
    r"\b(?:continu(?:e|es|ed|ing)|ongoing|daily|nightly|regular(?:ly)?|routine(?:ly)?|repeated(?:ly)?|frequent(?:ly)?"
    r"|almost every|nearly every|every (?:day|night|week|month)|(?:week|month|day) after (?:week|month|day)"
    r"|for (?:days|weeks|months|years|decades)|over the (?:past|last)|in recent (?:days|weeks|months|years)"
    r"|in the (?:past|last) (?:\w+ )?(?:days|weeks|months|years)|campaign of|waves? of|intermittent(?:ly)?|so far this"
    r"|on average|an average of"
    r"|since (?:the )?(?:beginning|start|outbreak)|since (?:19|20)\d\d"
    r"|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|many|dozens of"
    r"|hundreds of|numerous|a number of|a series of) (?:[\w-]+ ){0,2}"
    r"(?:attacks|strikes|airstrikes|raids|bombings|clashes|incidents|ambushes|assaults|massacres)"
    r"|(?:recorded|documented|counted|registered|tallied|verified|logged) (?:[\w-]+ ){0,5}"
    r"(?:deaths|killings|cases|incidents|casualties|violations|abductions|arrests))\b",
    re.IGNORECASE,
)  # fmt: skip
_MANY_TIMES = re.compile(
    r"\b(?:attacks|strikes|airstrikes|raids|bombings|killings|abductions|kidnappings|arrests|clashes|murders|protests"
    r"|assassinations|executions|bombardments|ambushes|assaults|explosions|incidents)\Z",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def strands() -> Mapping[str, str]:
    """Type -> its strand; types that are no happening are not in it."""
    return {kind: name for name, kinds in _STRANDS.items() for kind in kinds}


def tells(kind: str, event_type: str, *, polarity: str, certainty: str) -> bool:
    """Does a claim of this kind say that a happening took place?"""
    said = polarity == Polarity.AFFIRMED.value and certainty in _SAID_AS_SO
    return said and kind == Kind.EVENT.value and event_type in strands()


@lru_cache(maxsize=100_000)  # a sentence has several claims
def is_general(quote: str) -> bool:
    """Does the sentence speak of something that goes on or happens again and again?"""
    return _GENERAL.search(quote) is not None


def is_plural(trigger: str) -> bool:
    """ "attacks", "strikes": more than one, or one in a series."""
    return _MANY_TIMES.search(trigger) is not None


def is_campaign(trigger: str) -> bool:
    """ "The offensive", "the campaign": many happenings over weeks, even where the day of its beginning is told."""
    return _CAMPAIGN.search(trigger) is not None


@lru_cache(maxsize=4096)
def type_likeness(one: str, other: str) -> float:
    """How well two types go with one happening: 1 the same, 0.8 one is the other, 0 other strands, -1 rival means."""
    if one == other:
        return 1.0
    if strands().get(one) != strands().get(other):
        return 0.0 if {strands().get(one), strands().get(other)} in _TOLD_TOGETHER else -1.0
    lines = _wider(one), _wider(other)
    if one in lines[1] or other in lines[0]:
        return 0.8
    if one in HARM or other in HARM:
        return 0.4
    if "attack" in (one, other) or "battle" in (one, other):
        return 0.4
    means = _is_means(one) and _is_means(other)
    return -0.5 if means else 0.4


_TOLD_TOGETHER = tuple(
    frozenset(pair.split("+"))
    for pair in (
        "force+taking", "force+ground", "force+robbery", "force+mishap", "force+protest", "force+find",
        "arrest+protest", "taking+robbery",
    )
)  # fmt: skip


def needs_a_day(one: str, other: str) -> bool:
    """Taking somebody and killing him: months may lie between, so only the same days make them one happening."""
    pair = {strands().get(one), strands().get(other)}
    return pair == {"taking", "force"} and bool({one, other} & (DEADLY | {"injury"}))


def _is_means(event_type: str) -> bool:
    return "attack" in _wider(event_type)


@lru_cache(maxsize=256)
def _wider(event_type: str) -> frozenset[str]:
    """The type, what it is a kind of, and what it entails."""
    held = load_vocabulary()
    return frozenset((*held.lineage(event_type), *held.types[event_type].entails))
