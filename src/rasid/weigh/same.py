"""Do two names mean the same, or is one a part of the other? Compared as the registry and the words allow.

A party is often named by its people or its doing: "US forces", "ISIS fighters", "the Khilafa project". The core of
such a name is the party itself; a claim about one is a claim about the other, and the reason says so.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rasid.knowledge.actors import fold_name, load_actors
from rasid.knowledge.registry import Registry, load_registry

_ARTICLE = re.compile(
    r"\A(?:the|a|an|this|that|our|its|their|his|her|my|any|no|some|all|single)\s+(?:single\s+)?",
    re.IGNORECASE,
)
#: Whose people these are in every war, though no name says so.
_OF_THE_UN = frozenset({"peacekeepers", "blue helmets", "un peacekeepers", "un blue helmets", "un mission"})
_UN = "United Nations"
_PEOPLE = re.compile(
    r"\s+(?:forces?|troops|army|armies|soldiers?|military|militants?|fighters?|gunmen|units?|jets|warplanes|aircraft|planes"
    r"|drones|artillery|navy|police|officials?|authorities|commanders?|group|movement|organi[sz]ation|militia|militias"
    r"|rebels|insurgents)\Z",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"\s+(?:project|rule|reign|state|idea|dream|offensive|campaign|operation)\Z", re.IGNORECASE
)


def bare(words: str) -> str:
    """Without its article."""
    return _ARTICLE.sub("", words)


def same_name(said: str | None, asked: object) -> bool:
    """Two spellings of one name, articles and marks aside."""
    return said is not None and asked is not None and fold_name(bare(said)) == fold_name(bare(str(asked)))


def names_the_same(said: str, asked: str) -> bool:
    """ "The market of Dovrek" and "market": all words of one are in the other."""
    a, b = (set(bare(words).casefold().split()) for words in (said, asked))
    return a <= b or b <= a


def part_of(said: str | None, asked: object, registry: Registry) -> bool:
    """The actor said is a part of the actor asked about, an army of its government, or its people.

    A state does with its forces what it does: "the US withdraws" speaks of US forces too.
    """
    if said is None or asked is None or same_name(said, asked):
        return False
    core, whole = core_name(said), core_name(str(asked))
    if any(same_name(name, whole) for name in (*registry.lineage(core), _state_of(core, registry))):
        return True
    return acts_for(said, asked, registry)


def acts_for(said: str | None, asked: object, registry: Registry) -> bool:
    """A state acts through its forces: "the US withdraws" says that US forces do."""
    if said is None or asked is None:
        return False
    return same_name(core_name(said), _state_of(core_name(str(asked)), registry))


def _state_of(name: str, registry: Registry) -> str | None:
    """The state whose forces these are: "US forces" -> "United States"; None for all others."""
    actor = registry.actors.get(name)
    if actor is None or actor.kind != "state forces" or not actor.countries:
        return None
    country = registry.countries.get(actor.countries[0])
    first = fold_name(name.split()[0])
    if country is None or first not in {fold_name(each) for each in (country.name, *country.adjectives)}:
        return None
    return country.name


def same_party(said: str | None, asked: object) -> bool:
    """The same name, or the people of it: "ISIS fighters" and "Islamic State"."""
    if said is None or asked is None:
        return False
    return same_name(said, asked) or same_name(_party(said), _party(str(asked)))


@lru_cache(maxsize=8192)
def core_name(name: str) -> str:
    """The party in a name, its people or its doing: "the Khilafa project" -> "Islamic State"."""
    whole = bare(name)
    known = load_actors().find(whole)
    return known.name if known is not None else _party(_DOING.sub("", whole))


def _party(name: str) -> str:
    """ "ISIS fighters" -> "Islamic State"; a name without a party is given back without its article."""
    whole = bare(name)
    if whole.casefold() in _OF_THE_UN:
        return _UN
    short = _PEOPLE.sub("", whole)
    for words in (whole, short):
        known = load_actors().find(words)
        if known is not None:
            return known.name
    return _of_state(short) if short != whole else whole


def _of_state(word: str) -> str:
    """ "Turkish" -> "Turkey": whose people they are; any other word stays."""
    folded = fold_name(word)
    for country in load_registry().countries.values():
        if folded in {fold_name(each) for each in (country.name, *country.adjectives)}:
            return country.name
    return word


def has_a_name(words: str) -> bool:
    """Is one of the words written with a capital?"""
    return any(word[:1].isupper() for word in words.split())
