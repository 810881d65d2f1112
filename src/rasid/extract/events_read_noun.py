"""Who did what to whom for one noun: "the shelling of X by Y", "an attack staged by Y", "police firing".

In: a `Candidate` read as a noun. Out: a `Reading`, or None where the noun only says what kind another thing is.
"""

from __future__ import annotations

from rasid.extract.events_nouns import (
    Light,
    happening_places,
    judged_at,
    light_verb,
    nearby_places,
    noun_places,
    predicate_subject,
)
from rasid.extract.events_owners import is_act_of_force, is_done_to_named, is_done_to_owner, plural_owner
from rasid.extract.events_phrases import preposition, run_right
from rasid.extract.events_roles import Reading, finish, slots_of, take
from rasid.extract.events_verbs import Places, verb_places
from rasid.extract.events_words import Candidate
from rasid.extract.found import Stretch
from rasid.extract.syntax import Sentence
from rasid.knowledge.forms import listed
from rasid.knowledge.vocabulary import Vocabulary

# A noun that only tells what kind another noun is ("attack helicopter") is no event, but for these heads.
_CARRIERS = listed("campaign operation incident attempt case spree wave site victim victims report")


def read_noun(s: Sentence, c: Candidate, vocabulary: Vocabulary) -> Reading | None:
    """The noun with its roles, or None if it is no event here or lacks what its frame needs."""
    i = c.token
    if _is_only_a_modifier(s, c, vocabulary):
        return None
    places = _own_places(s, c, vocabulary)
    _place_predicate_subject(s, c, places)
    _place_owner(s, c, places, vocabulary)
    if c.entry.lemma == "support" and preposition(s, i) == "in" and "of" in places:
        places.setdefault("for", places.pop("of"))  # "marched in support of the mayor"
    light = light_verb(s, i, vocabulary)
    if light is not None:
        _fill_from_light(s, light, places)
    for place, token in happening_places(s, i).items():
        places.setdefault(place, token)
    by_words = _fill_by_words(s, c, places, vocabulary)
    head = judged_at(s, i, vocabulary)
    if light is not None and light.judged == "verb" and not _has_no(s, i):
        head = light.verb
    rule = "light verb" if light is not None else "noun" if places or head != i else "bare noun"
    if rule == "bare noun" and (s.lemmas[i] in vocabulary.classes["person"] or c.entry.type == "base"):
        return None
    return finish(s, c, places, by_words, rule, vocabulary, head=head, light=light)


def _own_places(s: Sentence, c: Candidate, vocabulary: Vocabulary) -> Places:
    """What hangs on the noun and on the other words of its entry ("police firing": the police fire)."""
    places = noun_places(s, c.token, vocabulary, c.words)
    others = sorted(c.words - {c.token})
    for k in others:
        for place, token in noun_places(s, k, vocabulary, c.words).items():
            places.setdefault(place, token)
    within = next((k for k in others if _is_force(s, k, vocabulary)), None)
    if within is not None:
        places.setdefault("compound", within)
    return places


def _place_predicate_subject(s: Sentence, c: Candidate, places: Places) -> None:
    """Put the subject of which the noun is said in its place ("the road is under the control of the army")."""
    subject = predicate_subject(s, c.token)
    if subject is None:
        return
    if preposition(s, c.token) == "under":
        if "of" in places:
            places["by"] = places.pop("of")
        places["of"] = subject
    elif "subject" in c.entry.slots:
        places["subject"] = subject
    else:
        places.setdefault("copula", subject)


def _place_owner(s: Sentence, c: Candidate, places: Places, vocabulary: Vocabulary) -> None:
    """Put the owner before the noun in the place of the one it was done to, where it was ("the mayor's arrest")."""
    if "poss" not in places and (owner := plural_owner(s, places)) is not None:
        places["poss"] = owner
    if is_act_of_force(s, c, places, vocabulary):
        places["by"] = places.pop("of")
    if is_done_to_owner(s, c, places, vocabulary):
        places["of"] = places.pop("poss")
    elif is_done_to_named(s, c, places, vocabulary):
        places["of"] = places.pop("compound")  # "the Odeh murder"


def _fill_by_words(s: Sentence, c: Candidate, places: Places, vocabulary: Vocabulary) -> dict[int, Stretch]:
    """Prepositions after the noun, read by the order of the words; the phrases found so."""
    slots = slots_of(c)
    by_words: dict[int, Stretch] = {}
    theirs = "by" in places and preposition(s, places["by"]) == "of"  # "strikes of the coalition"
    for place, run in nearby_places(s, c.last, vocabulary).items():
        if theirs and place == "of":
            continue
        if place in slots and place not in places and run[0] not in places.values():
            take(run, place, places, by_words, c)
    if "by" in slots and "by" not in places and (hands := _at_the_hands(s, c.last)) is not None:
        take(run_right(s, hands), "by", places, by_words, c)
    return by_words


def _at_the_hands(s: Sentence, last: int) -> int | None:
    """The "of" of "at the hands of" soon after token `last`, or None."""
    for k in range(last + 1, min(last + 8, len(s) - 3)):
        if s.lower[k : k + 4] == ["at", "the", "hands", "of"]:
            return k + 3
    return None


def _is_force(s: Sentence, k: int, vocabulary: Vocabulary) -> bool:
    return s.lower[k] in vocabulary.classes["police"] or s.lower[k] in {"coalition", "army"}


def _is_only_a_modifier(s: Sentence, c: Candidate, vocabulary: Vocabulary) -> bool:
    """ "attack helicopter", "protest leader": the noun says what kind the next one is."""
    i = c.token
    if i + 2 < len(s) and s.words[i + 1] == "-" and s.tags[i + 2] in {"VBN", "VBD", "JJ"}:
        return True  # "war-torn"
    if s.deps[i] not in {"compound", "amod"} and not (i + 1 < len(s) and s.words[i + 1] == "-"):
        return False
    above = s.heads[i]
    says_event = s.lower[above] in vocabulary.uses and s.lower[above] not in vocabulary.partners
    return above > i and s.lemmas[above] not in _CARRIERS and not says_event


def _fill_from_light(s: Sentence, light: Light, places: Places) -> None:
    """The subject of the light verb, and the prepositions that the parse hung on it."""
    if light.subject is not None and s.lower[light.subject] not in {"there", "what"}:
        places[f"light:{light.gives}"] = light.subject
    done = light.subject is not None and light.subject < light.verb and light.gives == "actor"
    for place, token in verb_places(s, light.verb, "base").items():
        if place not in {"subject", "object"} and not (place == "by" and done):
            places.setdefault(place, token)  # who "staged a strike against abuses by X" is not X


def _has_no(s: Sentence, i: int) -> bool:
    det = s.child(i, "det")
    return det is not None and s.lower[det] in {"no", "neither"}
