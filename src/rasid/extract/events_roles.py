"""The last step of a reading: what stands in the grammatical places of a word is put into the roles of its frame.

In: a `Candidate` and its places (place -> head token). Out: a `Reading`, or None where a place that the frame
needs is empty or holds what the frame bars.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rasid.extract.events_classes import core, is_of
from rasid.extract.events_nouns import Light
from rasid.extract.events_verbs import Places
from rasid.extract.events_words import Candidate
from rasid.extract.found import Stretch
from rasid.extract.syntax import Sentence
from rasid.knowledge.forms import listed
from rasid.knowledge.vocabulary import Slot, Vocabulary

# Verbs whose object can only be a place, in the sense that the vocabulary has them for.
_ONLY_PLACES = listed(
    "leave quit vacate abandon evacuate control occupy besiege blockade encircle retake recapture liberate overrun"
    " enter"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a candidate came to: role -> head token, and the words of those read without the parse."""

    candidate: Candidate
    roles: Mapping[str, int]
    by_words: Mapping[int, Stretch]
    places: Places
    rule: str
    head: int
    light: Light | None = None


def finish(
    s: Sentence,
    c: Candidate,
    places: Places,
    by_words: Mapping[int, Stretch],
    rule: str,
    vocabulary: Vocabulary,
    *,
    head: int | None = None,
    light: Light | None = None,
) -> Reading | None:
    """Put what stands in the places into the roles; None if a needed place is empty."""
    roles: dict[str, int] = {}
    for place, slot in slots_of(c).items():
        token = places.get(place)
        if (
            token is not None
            and slot.barred
            and is_of(s, core(s, token, vocabulary), slot.barred, vocabulary)
        ):
            return None
        fits = (
            token is not None
            and (token not in c.words or place == "compound")
            and (is_of(s, token, slot.classes, vocabulary) or _may_be_town(s, token, slot, c))
        )
        if not fits:
            if slot.required:
                return None
            continue
        assert token is not None
        if token == head and rule not in {"cleft"}:
            continue
        if slot.role == "actor" and _is_mere_place(s, token, c, vocabulary):
            continue
        roles.setdefault(_role(s, token, slot, place, vocabulary), token)
    if light is not None and (token := _light_subject(s, c, light, places, vocabulary)) is not None:
        if (held := roles.get(light.gives)) is not None and s.tags[held] == "PRP$":
            del roles[light.gives]  # "Assad continues his crimes": the name says more than "his"
        roles.setdefault(_role(s, token, Slot(light.gives), "subject", vocabulary), token)
    if c.entry.needs and c.entry.needs.isdisjoint(roles):
        return None
    return Reading(c, roles, by_words, places, rule, c.token if head is None else head, light)


def _light_subject(
    s: Sentence, c: Candidate, light: Light, places: Places, vocabulary: Vocabulary
) -> int | None:
    """The subject of the light verb, if it may hold the role it is given ("the shop has a goal": a shop may not)."""
    token = places.get(f"light:{light.gives}")
    asked = [slot.classes for slot in slots_of(c).values() if slot.role == light.gives]
    if token is None or not asked or not all(asked):
        return token
    return token if any(is_of(s, token, classes, vocabulary) for classes in asked) else None


def _is_mere_place(s: Sentence, token: int, c: Candidate, vocabulary: Vocabulary) -> bool:
    """ "a town", "the road": places do not kill or attack; a country or an office may."""
    if vocabulary.types[c.entry.type].family not in {"harm", "attacks"} or s.pos[token] != "NOUN":
        return False
    lemma, classes = s.lemmas[token], vocabulary.classes
    return lemma in classes["place"] and lemma not in classes["armed"] | classes["collective"]


def _may_be_town(s: Sentence, token: int, slot: Slot, c: Candidate) -> bool:
    """A name of one word that is left, held or besieged is a place, whatever the recogniser calls it."""
    if "place" not in slot.classes or c.entry.lemma not in _ONLY_PLACES or s.pos[token] != "PROPN":
        return False
    return not any(first <= token < after and after - first > 1 for first, after, _ in s.entities)


def slots_of(c: Candidate) -> Mapping[str, Slot]:
    """The places of the entry; for a verbal noun ("the shelling of X by Y") those that the verb's turn into."""
    slots = c.entry.slots
    if not (c.reading == "noun" and c.entry.word == "verb"):
        return slots
    actor = slots.get("subject", Slot("actor"))
    turned = {"by": actor, "poss": actor, "compound": actor}
    turned["of"] = slots.get("object", actor)
    return {**{k: v for k, v in slots.items() if k not in {"subject", "object"}}, **turned}


def _role(s: Sentence, token: int, slot: Slot, place: str, vocabulary: Vocabulary) -> str:
    """The role, but weapons and acts never act: "an air strike killed 12" has an instrument."""
    if slot.role == "actor" and place in {"subject", "by", "from"} and s.labels[token] == "":
        words = {s.lower[token], s.lemmas[token]}
        armed = not words.isdisjoint(vocabulary.classes["armed"])
        if not armed and not words.isdisjoint(vocabulary.classes["weapon"]):
            return "instrument"
    return slot.role


def is_bare_number_before(s: Sentence, i: int) -> bool:
    """A number that stands for people right before a participle, with no noun on either side."""
    if (
        i == 0
        or s.pos[i - 1] != "NUM"
        or (i + 1 < len(s) and s.pos[i + 1] in {"NOUN", "PROPN", "DET", "NUM"})
    ):
        return False
    return i == 1 or s.pos[i - 2] in {"PUNCT", "CCONJ"}


def take(
    run: tuple[int, Stretch] | None, place: str, places: Places, by_words: dict[int, Stretch], c: Candidate
) -> None:
    """Put a phrase read by the order of the words into a place, if it is new there."""
    if run is None or run[0] in c.words or run[0] in places.values():
        return
    places[place] = run[0]
    by_words[run[0]] = run[1]
