"""Who did what to whom for one candidate word: its grammatical places put into the roles of its frame.

In: a `Candidate`. Out: a `Reading` with role -> head token, or None where a place that the frame needs is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rasid.extract.events_nouns import (
    Light,
    happening_places,
    judged_at,
    light_verb,
    nearby_places,
    noun_places,
    predicate_subject,
)
from rasid.extract.events_owners import is_done_to_named, is_done_to_owner, plural_owner
from rasid.extract.events_phrases import (
    calendar,
    is_country,
    is_of,
    preposition,
    run_left,
    run_right,
    stretch,
)
from rasid.extract.events_verbs import Places, gerund_subject, own_subject, verb_places
from rasid.extract.events_words import BE, HAVE, Candidate, helper_words, is_passive
from rasid.extract.found import Stretch
from rasid.extract.syntax import Sentence
from rasid.knowledge.forms import listed
from rasid.knowledge.vocabulary import Slot, Vocabulary

_WEAPON, _ARMED = frozenset({"weapon"}), frozenset({"armed"})
_PERSON = frozenset({"person"})
# Participles before a noun that tell of an act on it ("the displaced families") and not of what it is ("armed men").
_BEFORE_NOUN = frozenset({"harm", "liberty"})
_BEFORE_NOUN_TYPES = frozenset({"displacement", "siege", "destruction", "control", "defeat"})
# A noun that only tells what kind another noun is ("attack helicopter") is no event, but for these heads.
_CARRIERS = listed("campaign operation incident attempt case spree wave site victim victims report")


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


def read_candidate(s: Sentence, c: Candidate, vocabulary: Vocabulary) -> Reading | None:
    """The candidate with its roles, or None if the sentence lacks what its frame needs."""
    match c.reading:
        case "verb":
            return _read_verb(s, c, vocabulary)
        case "noun":
            return _read_noun(s, c, vocabulary)
        case "imperative":
            places = verb_places(s, c.token, "base")
            places.pop("subject", None)
            return _finish(s, c, places, {}, "imperative", vocabulary)
        case _:
            return _read_adjective(s, c, vocabulary)


def _read_verb(s: Sentence, c: Candidate, vocabulary: Vocabulary) -> Reading | None:
    i = c.token
    if s.deps[i] in {"aux", "aux:pass", "cop"}:
        return None
    before_noun = s.deps[i] == "amod" and s.heads[i] > i and not _tells_of_act(c, vocabulary)
    if c.rescued:
        pass
    elif before_noun or (s.deps[i] == "compound" and s.heads[i] > i):
        going_on = s.tags[i] == "VBG" and s.lower[i - 1] in BE  # "soldiers were looting shops"
        if i == 0 or not (going_on or s.pos[i - 1] in {"NOUN", "PROPN", "PRON", "SCONJ", "ADP"}):
            return None
        c = replace(c, rescued=True)  # "youths pelted stones": the parse hung the verb on its object
    transitive = "object" in c.entry.slots or bool(c.entry.after)
    places: Places = {} if c.rescued else verb_places(s, i, c.use.form, transitive=transitive)
    _move_particle(s, c, places)
    by_words: dict[int, Stretch] = {}
    passive = (
        bool(helper_words(s, i) & BE) and c.use.form != "ing" if c.rescued else is_passive(s, i, c.use.form)
    )
    rule = "passive" if transitive and passive else "active"
    head = i
    said_after = _after_what(s, i, places)
    if said_after is not None:
        place, token, phrase = said_after
        places[place] = token
        by_words[token] = phrase
        return _finish(s, c, places, by_words, "cleft", vocabulary, head=token)
    if c.use.form in {"past", "participle"} and _is_bare_number_before(s, i) and "object" in c.entry.slots:
        places["object"], rule = i - 1, "headline"  # "Two wounded as ...", "Six killed, 20 wounded"
        by_words[i - 1] = stretch(s, i - 1, i - 1)
        if own_subject(s, i) is None:
            places.pop("subject", None)
    if _is_headline_passive(s, c, places, vocabulary):
        places["object"] = places.pop("subject")
        rule = "headline"
    _cleft(s, i, places)
    if s.lower[places.get("object", i)] == "what" or s.lower[places.get("subject", i)] == "what":
        return None
    if s.deps[i] in {"csubj", "csubj:pass", "nsubj"} and places.get("object") == s.heads[i]:
        head, rule = s.heads[i], "cleft"
    if rule == "passive" and _is_far_fetched(s, c, places, vocabulary):
        _take(run_left(s, i), "object", places, by_words, c)
    _fill_by_words(s, c, places, by_words, passive=rule == "passive")
    return _finish(s, c, places, by_words, rule, vocabulary, head=head)


def _move_particle(s: Sentence, c: Candidate, places: Places) -> None:
    """ "handed over the town": what the parse hung on the particle is the object."""
    for word in c.words - {c.token}:
        name = s.lower[word]
        if name in places and name not in c.entry.slots:
            places.setdefault("object", places.pop(name))


def _is_bare_number_before(s: Sentence, i: int) -> bool:
    """A number that stands for people right before a participle, with no noun on either side."""
    if (
        i == 0
        or s.pos[i - 1] != "NUM"
        or (i + 1 < len(s) and s.pos[i + 1] in {"NOUN", "PROPN", "DET", "NUM"})
    ):
        return False
    return i == 1 or s.pos[i - 2] in {"PUNCT", "CCONJ"}


def _tells_of_act(c: Candidate, vocabulary: Vocabulary) -> bool:
    """May this participle stand before a noun and still tell of an act?"""
    of = vocabulary.types[c.entry.type]
    return of.family in _BEFORE_NOUN or of.id in _BEFORE_NOUN_TYPES


def _cleft(s: Sentence, i: int, places: Places) -> None:
    """ "What has been defeated is not X": X stands in the place of "what"."""
    above = s.heads[i]
    if s.deps[i] not in {"csubj", "csubj:pass", "nsubj", "csubj:outer"} or s.child(above, "cop") is None:
        return
    for place, token in list(places.items()):
        if s.lower[token] == "what":
            places[place] = above


def _after_what(s: Sentence, i: int, places: Places) -> tuple[str, int, Stretch] | None:
    """ "What has been defeated is not X", read by the order of the words: the place of "what", and X."""
    place = next((name for name, token in places.items() if s.lower[token] == "what" and token < i), None)
    if place is None:
        return None
    for j in range(i + 1, min(i + 10, len(s))):
        if s.lower[j] in {"is", "was", "are", "were"}:
            run = run_right(s, j)
            if run is None and j + 1 < len(s) and s.lower[j + 1] in {"not", "n't"}:
                run = run_right(s, j + 1)
            return None if run is None else (place, run[0], run[1])
    return None


def _is_headline_passive(s: Sentence, c: Candidate, places: Places, vocabulary: Vocabulary) -> bool:
    """ "23 civilians killed in Aleppo": a participle without helper or object, about people or a number."""
    if c.use.form not in {"past", "participle"} or "object" in places or "object" not in c.entry.slots:
        return False
    subject = places.get("subject")
    if subject is None or subject > c.token or run_right(s, c.token) is not None:
        return False
    if helper_words(s, c.token) & (BE | HAVE) or s.child(c.token, "aux", "aux:pass") is not None:
        return False
    slot, of = c.entry.slots["object"], vocabulary.types[c.entry.type]
    if of.family == "attacks" and is_of(s, subject, _ARMED, vocabulary):
        return False  # "the air force heavily bombed ..."
    about_harm = of.family in _BEFORE_NOUN or of.family == "attacks" or of.id in _BEFORE_NOUN_TYPES
    if slot.role == "instrument" and slot.classes and s.tags[c.token] == "VBN":
        return is_of(s, subject, slot.classes, vocabulary)  # "Rockets fired from the hills ..."
    if not about_harm or slot.role != "target" or c.entry.slots.get("subject", slot).role != "actor":
        return False
    if s.tags[c.token] == "VBN" or s.pos[subject] == "NUM" or s.child(subject, "nummod") is not None:
        return is_of(s, subject, slot.classes, vocabulary)
    unarmed = is_of(s, subject, _PERSON, vocabulary) and not is_of(s, subject, _ARMED, vocabulary)
    return unarmed and of.family in _BEFORE_NOUN


def _fill_by_words(
    s: Sentence, c: Candidate, places: Places, by_words: dict[int, Stretch], *, passive: bool
) -> None:
    """Look left and right of the verb for a subject or an object that the parse did not give."""
    i, slots = c.token, c.entry.slots
    left_place = "object" if passive else "subject"
    if left_place in slots and left_place not in places and _has_own_subject(s, c):
        _take(run_left(s, i), left_place, places, by_words, c)
    if "object" in slots and "object" not in places and not passive:
        _take(run_right(s, c.last), "object", places, by_words, c)
    if passive and "subject" in slots and "subject" not in places:
        _take(_agent_by_words(s, c.last), "subject", places, by_words, c)
    if "object" not in places and _noun_right_before(s, c, alone="subject" not in places):
        _take(run_left(s, i), "object", places, by_words, c)
    if c.rescued:
        _prepositions_by_words(s, c.last, places)
        if "subject" not in places and (above := gerund_subject(s, i)) is not None:
            places["subject"] = above


def _is_far_fetched(s: Sentence, c: Candidate, places: Places, vocabulary: Vocabulary) -> bool:
    """Is the one harmed a town ("Karma, 3 May: six were killed") or a source ("according to X, Y was killed")?"""
    token = places.get("object")
    if token is None or token > c.token or vocabulary.types[c.entry.type].family not in _BEFORE_NOUN:
        return False
    source = any(s.lower[k] == "according" for k in s.children[token])
    return source or (
        s.labels[token] == "LOC" and not is_country(s, token) and own_subject(s, c.token) != token
    )


def _agent_by_words(s: Sentence, last: int) -> tuple[int, Stretch] | None:
    """What follows the first "by" after a passive; a comma may stand before "apparently by" only."""
    for j in range(last + 1, min(last + 10, len(s))):
        if s.lower[j] == "by":
            run = run_right(s, j)
            return None if run is None or s.lower[run[0]] in calendar() else run
        hedged = s.words[j] == "," and j + 2 < len(s) and s.pos[j + 1] == "ADV" and s.lower[j + 2] == "by"
        if s.pos[j] in {"VERB", "AUX"} or (s.pos[j] == "PUNCT" and not hedged):
            return None
    return None


def _noun_right_before(s: Sentence, c: Candidate, *, alone: bool) -> bool:
    """ "another guard wounded": a participle of harm with a bare noun before it and nothing after."""
    i = c.token
    if c.use.form not in {"past", "participle"} or i == 0 or s.pos[i - 1] not in {"NOUN", "PROPN"}:
        return False
    if not alone and not (
        s.heads[i - 1] == i and s.deps[i - 1] == "obl:unmarked" and s.lower[i - 1] not in calendar()
    ):
        return False
    bare = "object" in c.entry.slots and c.entry.slots["object"].role == "target"
    return bare and s.deps[i - 1] not in {"nmod:poss", "compound"} and run_right(s, c.last) is None


def _has_own_subject(s: Sentence, c: Candidate) -> bool:
    """May a subject stand before the verb (finite forms, participles of headlines)?"""
    if c.use.form == "ing" and c.token and s.lower[c.token - 1] in BE:
        return True
    if c.use.form == "ing" or s.lower[c.token - 1 if c.token else 0] in {"to", "and", "or", ","}:
        return False
    return c.rescued or s.deps[c.token] in {"root", "ccomp", "parataxis", "acl:relcl", "advcl", "conj"}


def _take(
    run: tuple[int, Stretch] | None, place: str, places: Places, by_words: dict[int, Stretch], c: Candidate
) -> None:
    if run is None or run[0] in c.words or run[0] in places.values():
        return
    places[place] = run[0]
    by_words[run[0]] = run[1]


def _prepositions_by_words(s: Sentence, i: int, places: Places) -> None:
    """The first preposition after the words of the entry and the noun behind it."""
    for j in range(i + 1, min(i + 8, len(s))):
        if s.pos[j] == "ADP":
            run = run_right(s, j)
            if run is not None:
                places.setdefault(s.lower[j], run[0])
            return


def _read_noun(s: Sentence, c: Candidate, vocabulary: Vocabulary) -> Reading | None:
    i = c.token
    if _is_only_a_modifier(s, c, vocabulary):
        return None
    places = noun_places(s, i, vocabulary, c.words)
    for k in c.words - {i}:
        for place, token in noun_places(s, k, vocabulary, c.words).items():
            places.setdefault(place, token)
    within = next((k for k in sorted(c.words - {i}) if _is_force(s, k, vocabulary)), None)
    if within is not None:
        places.setdefault("compound", within)  # "police firing", "coalition strike": the first word acts
    subject = predicate_subject(s, i)
    if subject is not None and preposition(s, i) == "under":  # "the road is under the control of the army"
        if "of" in places:
            places["by"] = places.pop("of")
        places["of"] = subject
    elif subject is not None and "subject" in c.entry.slots:
        places["subject"] = subject
    elif subject is not None:
        places.setdefault("copula", subject)
    if "poss" not in places and (owner := plural_owner(s, places)) is not None:
        places["poss"] = owner
    if is_done_to_owner(s, c, places, vocabulary):
        places["of"] = places.pop("poss")  # "the mayor's arrest"
    elif is_done_to_named(s, c, places, vocabulary):
        places["of"] = places.pop("compound")  # "the Odeh murder"
    light = light_verb(s, i, vocabulary)
    if light is not None:
        _fill_from_light(s, light, places)
    for place, token in happening_places(s, i).items():
        places.setdefault(place, token)
    by_words: dict[int, Stretch] = {}
    for place, run in nearby_places(s, c.last, vocabulary).items():
        if place in _slots_of(c) and place not in places and run[0] not in places.values():
            _take(run, place, places, by_words, c)
    if "by" in _slots_of(c) and "by" not in places and (hands := _at_the_hands(s, c.last)) is not None:
        _take(run_right(s, hands), "by", places, by_words, c)
    head = judged_at(s, i, vocabulary)
    if light is not None and light.judged == "verb" and not _has_no(s, i):
        head = light.verb
    rule = "light verb" if light is not None else "noun" if places or head != i else "bare noun"
    if rule == "bare noun" and (s.lemmas[i] in vocabulary.classes["person"] or c.entry.type == "base"):
        return None
    return _finish(s, c, places, by_words, rule, vocabulary, head=head, light=light)


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
    if s.deps[i] not in {"compound", "amod", "nmod:poss"} and not (i + 1 < len(s) and s.words[i + 1] == "-"):
        return False
    if s.deps[i] == "nmod:poss":
        return False
    above = s.heads[i]
    return above > i and s.lemmas[above] not in _CARRIERS and not vocabulary.uses.get(s.lower[above])


def _fill_from_light(s: Sentence, light: Light, places: Places) -> None:
    """The subject of the light verb, and the prepositions that the parse hung on it."""
    if light.subject is not None and s.lower[light.subject] not in {"there", "what"}:
        places[f"light:{light.gives}"] = light.subject
    for place, token in verb_places(s, light.verb, "base").items():
        if place not in {"subject", "object"}:
            places.setdefault(place, token)


def _has_no(s: Sentence, i: int) -> bool:
    det = s.child(i, "det")
    return det is not None and s.lower[det] in {"no", "neither"}


def _read_adjective(s: Sentence, c: Candidate, vocabulary: Vocabulary) -> Reading | None:
    i = c.token
    before = s.lower[i - 1] if i else ""
    if s.lower[i] in {"dead", "missing"} and _is_bare_number_before(s, i):
        held = {i - 1: stretch(s, i - 1, i - 1)}
        return _finish(s, c, {"subject": i - 1}, held, "headline", vocabulary)
    if s.child(i, "cop") is None and before not in {
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "remain",
        "remains",
    }:
        return None
    places = verb_places(s, i, "adjective")
    by_words: dict[int, Stretch] = {}
    if "subject" not in places:
        _take(run_left(s, i), "subject", places, by_words, c)
    if "subject" not in places or s.lower[places["subject"]] in {"there", "what"}:
        return None
    return _finish(s, c, places, by_words, "copula", vocabulary)


def _finish(
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
    for place, slot in _slots_of(c).items():
        token = places.get(place)
        fits = (
            token is not None
            and (token not in c.words or place == "compound")
            and (is_of(s, token, slot.classes, vocabulary) or _may_be_town(s, token, slot, c))
        )
        if not fits:
            vetoed = token is not None and any(kind.startswith("~") for kind in slot.classes)
            if slot.required or vetoed:
                return None
            continue
        assert token is not None
        if token == head and rule not in {"cleft"}:
            continue
        roles.setdefault(_role(s, token, slot, place, vocabulary), token)
    if light is not None and (token := places.get(f"light:{light.gives}")) is not None:
        if (held := roles.get(light.gives)) is not None and s.tags[held] == "PRP$":
            del roles[light.gives]  # "Assad continues his crimes": the name says more than "his"
        roles.setdefault(_role(s, token, Slot(light.gives), "subject", vocabulary), token)
    return Reading(c, roles, by_words, places, rule, c.token if head is None else head, light)


def _may_be_town(s: Sentence, token: int, slot: Slot, c: Candidate) -> bool:
    """A name of one word that is left, held or besieged is a place, whatever the recogniser calls it."""
    if "place" not in slot.classes or c.entry.lemma not in _ONLY_PLACES or s.pos[token] != "PROPN":
        return False
    return not any(first <= token < after and after - first > 1 for first, after, _ in s.entities)


def _slots_of(c: Candidate) -> Mapping[str, Slot]:
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
        armed = is_of(s, token, _ARMED, vocabulary)
        tool = is_of(s, token, _WEAPON, vocabulary)
        if tool and not armed:
            return "instrument"
    return slot.role
