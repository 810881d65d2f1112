"""Whose murder: is the owner before an event noun the one it was done to, or the one who did it?

In: a candidate noun and its grammatical places. Out: yes or no, for `events_readings` to put the owner in its place.
"""

from __future__ import annotations

from rasid.extract.events_classes import is_of, is_town
from rasid.extract.events_verbs import Places
from rasid.extract.events_words import Candidate
from rasid.extract.syntax import Sentence
from rasid.knowledge.forms import listed
from rasid.knowledge.vocabulary import Vocabulary

_ARMED, _PERSON = frozenset({"armed"}), frozenset({"person"})
# Nouns whose owner is the one it was done to, even where he carries arms ("the president's assassination").
_DONE_TO = listed(
    "murder assassination death demise slaying lynching execution beheading hanging kidnapping abduction "
    "arrest detention disappearance imprisonment capture rape torture beating injury wound killing"
)
_BLOWS = frozenset({"shooting", "stabbing"})  # "Karim Odeh's shooting"
_DONE_BY_OWNER = frozenset({"hostile_crime", "release", "hunger"})
_SINGLE_ACTS = listed("strike airstrike raid attack assault ambush offensive onslaught incursion sortie")
_COLLECTIVE = frozenset({"collective"})


def is_done_to_owner(s: Sentence, c: Candidate, places: Places, vocabulary: Vocabulary) -> bool:
    """ "Samir's arrest", "the priests' murder": the owner is whom it was done to, unless he may well have done it."""
    owner = places.get("poss")
    if owner is None or places.keys() & {"of", "against", "on"}:
        return False
    if is_town(s, owner):
        return vocabulary.types[c.entry.type].family in {"harm", "attacks"}
    shot = c.entry.lemma in _BLOWS and s.tags[c.token] != "NNS" and s.labels[owner] == "PERSON"
    if not _happens_to_people(c, vocabulary) and not shot:
        return False
    if s.tags[owner] == "PRP$":
        return (
            s.tags[c.token] != "NNS" and s.lower[owner] in {"his", "her", "my", "their"} and _is_done_to(s, c)
        )
    if s.labels[owner] in {"ORG", "LOC"} or is_of(s, owner, _COLLECTIVE, vocabulary):
        return False
    person = s.labels[owner] == "PERSON" or is_of(s, owner, _PERSON, vocabulary)
    armed = s.labels[owner] != "PERSON" and is_of(s, owner, _ARMED, vocabulary)
    one = s.tags[owner] == "NN" and s.tags[c.token] != "NNS" and _is_done_to(s, c)  # "the president's murder"
    return (person and not armed) or (armed and one)


def is_act_of_force(s: Sentence, c: Candidate, places: Places, vocabulary: Vocabulary) -> bool:
    """ "Air strikes of the coalition", "a raid of the rebels": theirs, not on them."""
    of = places.get("of")
    if of is None or places.keys() & {"by", "poss"} or s.lemmas[c.token] not in _SINGLE_ACTS:
        return False
    return s.labels[of] != "LOC" and is_of(s, of, _ARMED, vocabulary)


def _is_done_to(s: Sentence, c: Candidate) -> bool:
    return c.entry.lemma in _DONE_TO or s.lower[c.token] in _DONE_TO


def is_done_to_named(s: Sentence, c: Candidate, places: Places, vocabulary: Vocabulary) -> bool:
    """ "the Odeh murder": a person's name before an act that is done to people."""
    name = places.get("compound")
    if name is None or places.keys() & {"of", "poss"} or not _happens_to_people(c, vocabulary):
        return False
    return s.labels[name] == "PERSON" and s.pos[name] == "PROPN"


def _happens_to_people(c: Candidate, vocabulary: Vocabulary) -> bool:
    of = vocabulary.types[c.entry.type]
    return of.family in {"harm", "liberty"} and of.id not in _DONE_BY_OWNER


def plural_owner(s: Sentence, places: Places) -> int | None:
    """ "the nuns' murders": an owner that the parse took for a part of a compound."""
    for place in ("compound", "of"):
        token = places.get(place)
        if token is not None and token + 1 < len(s) and s.tags[token + 1] == "POS":
            return places.pop(place)
    return None
