"""Where an event is said to be: prepositional phrases and names of places around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rasid.extract.events_classes import is_placelike, is_town, starts_like_place
from rasid.extract.events_phrases import noun_phrase, place_prepositions, preposition, run_right, stretch
from rasid.extract.found import Stretch
from rasid.extract.syntax import Sentence
from rasid.knowledge.forms import listed
from rasid.knowledge.vocabulary import Vocabulary

_DEPTH = 3  # "in the town of X in the province of Y"
# Nouns for a spot where something happens, though nobody would be said to capture or to hold it.
_SPOTS = listed(
    "township residence branch office cemetery bank theatre theater cinema stadium park avenue boulevard ranch estate "
    "plantation jungle lake canyon garage room garden supermarket mall club bar monastery convent seminary "
    "synagogue campus dormitory kindergarten parliament beach swamp plain alley lane corner courtyard workshop "
    "zone sector subway metro ravine ditch vicinity surroundings"
)
_ACT_PREPOSITIONS = frozenset({"in", "during", "by"})


def is_place(s: Sentence, i: int, vocabulary: Vocabulary) -> bool:
    """A name of a place, a noun for one, or an unknown name that could be one."""
    if s.labels[i]:
        return s.labels[i] == "LOC" or starts_like_place(s, i) or is_town(s, i)
    if s.lemmas[i] in vocabulary.classes["time"] or s.lower[i] in {
        "part",
        "parts",
        "half",
        "side",
        "power",
        "line",
        "lines",
        "sides",
        "powers",
    }:
        return False
    if s.lemmas[i] == "front" and i and s.lower[i - 1] == "in":
        return False  # "in front of his wife"
    nouns = vocabulary.classes["place"]
    return s.lemmas[i] in nouns or s.lower[i] in nouns or s.lemmas[i] in _SPOTS or is_placelike(s, i)


def find_places(
    s: Sentence,
    at: Mapping[str, int],
    roles: Mapping[str, int],
    vocabulary: Vocabulary,
    *,
    held: frozenset[int],
) -> tuple[Stretch, ...]:
    """The places in the grammatical places of the event, in order, each member of a coordination on its own."""
    heads: list[int] = []
    for name, token in at.items():
        if token in held and s.labels[token] != "LOC":
            if token == roles.get("target") and is_place(s, token, vocabulary) and _is_named(s, token):
                heads.append(token)
            heads.extend(_below(s, token, vocabulary, 1))
        elif _may_hold_place(name, token, roles) and is_place(s, token, vocabulary):
            heads.append(token)
            heads.extend(_below(s, token, vocabulary, _DEPTH))
        elif name in _ACT_PREPOSITIONS and _is_act(s, token, vocabulary):
            heads.extend(
                c
                for c in s.all_children(token, "compound")
                if s.labels[c] == "LOC" and s.words[c + 1] != "-"  # "US-led bombing" was not in the US
            )  # "in Homs shelling"
            heads.extend(_below(s, token, vocabulary, 1))  # "killed in an exchange of fire in X"
    members = sorted({m for head in heads for m in _members(s, head, vocabulary)})
    found: list[Stretch] = []
    for member in members:
        phrase = _before_of(s, member, noun_phrase(s, member, conjuncts=False))
        if not any(f.first <= phrase.first and phrase.last <= f.last for f in found):
            found.append(phrase)
    return tuple(found)


def _before_of(s: Sentence, i: int, phrase: Stretch) -> Stretch:
    """ "Died in Lowa of lung cancer": what is "of" a name and no name itself is no part of it."""
    if s.pos[i] != "PROPN":
        return phrase
    end = next((after for first, after, _ in s.entities if first <= i < after), i + 1)
    of = next((k for k in range(end, phrase.last) if s.lower[k] == "of"), None)
    if of is None or s.labels[of + 1] or not s.words[of + 1].islower() or s.lower[of + 1] in {"the", "al"}:
        return phrase
    return stretch(s, phrase.first, of - 1)


def _is_act(s: Sentence, i: int, vocabulary: Vocabulary) -> bool:
    return s.pos[i] == "NOUN" and bool(vocabulary.uses.get(s.lower[i]))


def _may_hold_place(name: str, token: int, roles: Mapping[str, int]) -> bool:
    return name in place_prepositions() or token in (roles.get("place"), roles.get("target"))


def _is_named(s: Sentence, i: int) -> bool:
    """Does the phrase of this place noun hold a name ("the town of X", "X airport")?"""
    phrase = noun_phrase(s, i)
    return any(s.labels[k] == "LOC" for k in range(phrase.first, phrase.last + 1))


def following_place(s: Sentence, last: int, vocabulary: Vocabulary) -> Stretch | None:
    """A place in the prepositional phrase that starts right after token `last`, by the order of words."""
    if last + 1 >= len(s) or s.lower[last + 1] not in place_prepositions() - {
        "to",
        "over",
        "within",
        "between",
    }:
        return None
    run = run_right(s, last + 1)
    if run is not None and s.words[run[1].last + 1 : run[1].last + 2] == ["-"]:
        return None  # "in Orlan-led bombing"
    if run is None or not is_place(s, run[0], vocabulary):
        named = next((e for e in s.entities if e[0] == last + 2 and e[2] == "LOC"), None)
        return None if named is None else stretch(s, named[0], named[1] - 1)  # "in Lisbon friends shocked"
    return _before_of(s, last + 2, run[1])


def _members(s: Sentence, i: int, vocabulary: Vocabulary) -> Iterator[int]:
    yield i
    for c in s.all_children(i, "conj"):
        if is_place(s, c, vocabulary):
            yield c


def _below(s: Sentence, i: int, vocabulary: Vocabulary, depth: int) -> Iterator[int]:
    """Places that hang on the noun `i` by a preposition other than "of"."""
    if depth == 0:
        return
    for c in s.children[i]:
        if c > i and s.deps[c] in {"nmod", "obl"} and preposition(s, c) in place_prepositions():
            if is_place(s, c, vocabulary) and s.labels[c] == "LOC":
                yield c
            yield from _below(s, c, vocabulary, depth - 1)


def leading_place(s: Sentence) -> Stretch | None:
    """ "In Idlib, ..." at the start of the sentence: a place for everything after it."""
    if len(s) < 4 or s.lower[0] not in {"in", "near", "at", "across", "inside", "around", "outside"}:
        return None
    for j in range(1, min(len(s), 7)):
        if s.words[j] == ",":
            head = next((k for k in range(j - 1, 0, -1) if s.labels[k] == "LOC"), None)
            return None if head is None else noun_phrase(s, head)
    return None
