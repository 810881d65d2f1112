"""Who did what to whom for one verb: by the parse, and by the order of the words where the parse gives nothing.

In: a `Candidate` read as a verb. Out: a `Reading`, or None where a place that the frame needs is empty.
"""

from __future__ import annotations

from dataclasses import replace

from rasid.extract.events_classes import is_country, is_of
from rasid.extract.events_phrases import calendar, preposition, run_left, run_right, stretch
from rasid.extract.events_roles import Reading, finish, is_bare_number_before, take
from rasid.extract.events_verbs import Places, gerund_subject, own_subject, verb_places
from rasid.extract.events_words import BE, HAVE, Candidate, helper_words, is_passive
from rasid.extract.found import Stretch
from rasid.extract.syntax import Sentence
from rasid.knowledge.vocabulary import Vocabulary

_ARMED = frozenset({"armed"})
_PERSON = frozenset({"person"})
# Participles before a noun that tell of an act on it ("the displaced families") and not of what it is ("armed men").
_BEFORE_NOUN = frozenset({"harm", "liberty"})
_NEVER_ALONE = frozenset({"arrest", "detention", "abduction", "release", "execution"})  # nobody just arrests
_BEFORE_NOUN_TYPES = frozenset({"displacement", "siege", "destruction", "control", "defeat"})


def read_verb(s: Sentence, c: Candidate, vocabulary: Vocabulary) -> Reading | None:
    """The verb with its roles, or None if the sentence lacks what its frame needs."""
    i = c.token
    if s.deps[i] in {"aux", "aux:pass", "cop"}:
        return None
    if not c.rescued and _is_before_noun(s, c, vocabulary):
        if not _may_be_verb_still(s, i):
            return None
        c = replace(c, rescued=True)  # "youths pelted stones": the parse hung the verb on its object
    places, rule = _places_and_voice(s, c, vocabulary)
    by_words: dict[int, Stretch] = {}
    said_after = _after_what(s, i, places)
    if said_after is not None:
        place, token, phrase = said_after
        places[place] = token
        by_words[token] = phrase
        return finish(s, c, places, by_words, "cleft", vocabulary, head=token)
    rule = _as_in_headlines(s, c, places, by_words, rule, vocabulary)
    _cleft(s, i, places)
    if s.lower[places.get("object", i)] == "what" or s.lower[places.get("subject", i)] == "what":
        return None
    head = i
    if s.deps[i] in {"csubj", "csubj:pass", "nsubj"} and places.get("object") == s.heads[i]:
        head, rule = s.heads[i], "cleft"
    if rule == "passive" and _is_far_fetched(s, c, places, vocabulary):
        take(run_left(s, i), "object", places, by_words, c)
    _fill_by_words(s, c, places, by_words, vocabulary, passive=rule in {"passive", "headline"})
    return finish(s, c, places, by_words, rule, vocabulary, head=head)


def _is_before_noun(s: Sentence, c: Candidate, vocabulary: Vocabulary) -> bool:
    """Did the parse hang the word on the noun after it, as a thing said of the noun ("armed men")?"""
    i = c.token
    if s.heads[i] <= i:
        return False
    return s.deps[i] == "compound" or (s.deps[i] == "amod" and not _tells_of_act(c, vocabulary))


def _may_be_verb_still(s: Sentence, i: int) -> bool:
    """Does a word stand before it that can be its subject, or "be" before an -ing form?"""
    if i == 0:
        return False
    going_on = s.tags[i] == "VBG" and s.lower[i - 1] in BE  # "soldiers were looting shops"
    return going_on or s.pos[i - 1] in {"NOUN", "PROPN", "PRON", "SCONJ", "ADP"}


def _places_and_voice(s: Sentence, c: Candidate, vocabulary: Vocabulary) -> tuple[Places, str]:
    """The grammatical places of the verb, and "active" or "passive"."""
    i = c.token
    transitive = "object" in c.entry.slots or bool(c.entry.after)
    places: Places = {} if c.rescued else verb_places(s, i, c.use.form, transitive=transitive)
    _move_particle(s, c, places)
    places = {
        place: token
        for place, token in places.items()
        if (token not in c.words or token == i) and not (token > i and _is_span_of_time(s, token, vocabulary))
    }
    if c.rescued:
        passive = bool(helper_words(s, i) & BE) and c.use.form != "ing"
    else:
        passive = is_passive(s, i, c.use.form)
    if passive and "subject" not in places and "by" in places and "by" not in c.entry.slots:
        places["subject"] = places.pop("by")  # hung on "dead" in "was shot dead by"
    if passive and _is_doer(s, c, places, vocabulary):
        passive, places["subject"] = False, places.pop("object")
    return places, "passive" if transitive and passive else "active"


def _as_in_headlines(
    s: Sentence,
    c: Candidate,
    places: Places,
    by_words: dict[int, Stretch],
    rule: str,
    vocabulary: Vocabulary,
) -> str:
    """Turn the places of a participle without a helper ("Two wounded as ...") round; the rule that then holds."""
    i = c.token
    if c.use.form in {"past", "participle"} and is_bare_number_before(s, i) and "object" in c.entry.slots:
        places["object"], rule = i - 1, "headline"  # "Six killed, 20 wounded"
        by_words[i - 1] = stretch(s, i - 1, i - 1)
        if own_subject(s, i) is None:
            places.pop("subject", None)
    if _is_headline_passive(s, c, places, vocabulary):
        places["object"] = places.pop("subject")
        rule = "headline"
    return rule


def _is_span_of_time(s: Sentence, token: int, vocabulary: Vocabulary) -> bool:
    """ "kidnapped more than a year ago", "abducted six months ago": how long ago, no party."""
    times = vocabulary.classes["time"]
    if s.pos[token] not in {"NUM", "ADJ"} and s.lower[token] != "more" and s.lemmas[token] not in times:
        return False
    for k in range(token, min(token + 5, len(s))):
        if s.lemmas[k] in times:
            return any(
                s.lower[j] in {"ago", "earlier", "later", "before"} for j in range(k + 1, min(k + 3, len(s)))
            )
        if s.pos[k] not in {"NUM", "ADJ", "DET", "ADP", "ADV", "NOUN"}:
            return False
    return False


def _is_doer(s: Sentence, c: Candidate, places: Places, vocabulary: Vocabulary) -> bool:
    """ "after police fired at a mob": no helper, and what would be fired is no weapon but may well fire."""
    slot, held = c.entry.slots.get("object"), places.get("object")
    if slot is None or held is None or slot.role != "instrument" or not slot.classes or held > c.token:
        return False
    if "subject" in places or helper_words(s, c.token) & BE or s.child(c.token, "aux:pass") is not None:
        return False
    return is_of(s, held, _ARMED, vocabulary) and not is_of(s, held, slot.classes, vocabulary)


def _move_particle(s: Sentence, c: Candidate, places: Places) -> None:
    """ "handed over the town", "hold X responsible for Y": what the parse hung on another word of the entry."""
    for word in sorted(c.words - {c.token}):
        name = s.lower[word]
        for below in s.children[word]:
            if below > word and s.deps[below] in {"obl", "nmod"} and (led := preposition(s, below)):
                places.setdefault(led, below)
        if name in places and name not in c.entry.slots:
            places.setdefault("object", places.pop(name))


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
    about_harm = about_harm or (s.tags[c.token] == "VBN" and own_subject(s, c.token) == subject)
    if slot.role == "instrument" and slot.classes and s.tags[c.token] == "VBN":
        return is_of(s, subject, slot.classes, vocabulary)  # "Rockets fired from the hills ..."
    if not about_harm or slot.role != "target" or c.entry.slots.get("subject", slot).role != "actor":
        return False
    if s.tags[c.token] == "VBN" or s.pos[subject] == "NUM" or s.child(subject, "nummod") is not None:
        return is_of(s, subject, slot.classes, vocabulary)
    named = of.id in _NEVER_ALONE and s.labels[subject] == "PERSON"  # "Karim Odeh arrested in Lisbon"
    unarmed = named or (is_of(s, subject, _PERSON, vocabulary) and not is_of(s, subject, _ARMED, vocabulary))
    return unarmed and of.family in _BEFORE_NOUN


def _fill_by_words(
    s: Sentence,
    c: Candidate,
    places: Places,
    by_words: dict[int, Stretch],
    vocabulary: Vocabulary,
    *,
    passive: bool,
) -> None:
    """Look left and right of the verb for a subject or an object that the parse did not give."""
    i, slots = c.token, c.entry.slots
    left_place = "object" if passive else "subject"
    if left_place in slots and left_place not in places and _has_own_subject(s, c):
        take(run_left(s, c.first), left_place, places, by_words, c)
    if "object" in slots and "object" not in places and not passive:
        run = run_right(s, c.last)
        if run is not None and not _is_span_of_time(s, run[1].first, vocabulary):
            take(run, "object", places, by_words, c)
    to = slots.get("to")
    town = s.lower[c.last + 1 : c.last + 2] == ["to"] and s.labels[c.last + 2 : c.last + 3] == ["LOC"]
    if to is not None and to.required and "to" not in places and town:
        places["to"] = c.last + 2  # "was moved to Lisbon months ago", with the town hung on the months
    if passive and "subject" in slots and "subject" not in places:
        take(_agent_by_words(s, c.last), "subject", places, by_words, c)
    if "object" not in places and _noun_right_before(s, c, alone="subject" not in places):
        take(run_left(s, i), "object", places, by_words, c)
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


def _prepositions_by_words(s: Sentence, i: int, places: Places) -> None:
    """The first preposition after the words of the entry and the noun behind it."""
    for j in range(i + 1, min(i + 8, len(s))):
        if s.pos[j] == "ADP":
            run = run_right(s, j)
            if run is not None:
                places.setdefault(s.lower[j], run[0])
            return
