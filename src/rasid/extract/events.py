"""One parsed sentence -> the happenings and states it speaks of: type, actor, target, instrument, places.

In: a `Sentence` and the `Vocabulary`. Out: `EventFound`, sorted by where their words stand. Whether a thing
happened, is denied or only expected is judged elsewhere, at the token `head`; so "no victory over X" is a
victory found here. Each place is read from the parse first and by the order of words where that gives nothing
(`parsed=False`), because about one word in six has a wrong head or label.
"""

from __future__ import annotations

from dataclasses import replace

from rasid.extract.events_classes import is_of
from rasid.extract.events_edges import after_colon, after_time_of, is_time
from rasid.extract.events_lists import with_whole_list
from rasid.extract.events_phrases import noun_phrase, stretch
from rasid.extract.events_places import find_places, following_place, leading_place
from rasid.extract.events_presence import find_presence
from rasid.extract.events_readings import read_candidate
from rasid.extract.events_roles import Reading
from rasid.extract.events_states import OPENERS, find_states, with_thing
from rasid.extract.events_words import Candidate, find_candidates
from rasid.extract.found import EventFound, Stretch
from rasid.extract.syntax import Sentence
from rasid.knowledge.vocabulary import Vocabulary

_TIGHT = 2  # "killed and wounded": further apart, each verb has its own place
_DEEDS = frozenset({"harm", "attacks", "liberty"})
_WEAPON, _ARMED = frozenset({"weapon"}), frozenset({"armed"})
_EMPTY_WORDS = frozenset({"what", "this", "there"})


def read_events(s: Sentence, vocabulary: Vocabulary) -> list[EventFound]:
    """The events of a sentence, at most one per trigger word, in order of their triggers."""
    if not vocabulary.may_hold_event(s.lower) and OPENERS.isdisjoint(s.lower):
        return []
    readings = [r for found in find_candidates(s, vocabulary) if (r := _first_reading(s, found, vocabulary))]
    taken = {k: r for r in sorted(readings, key=lambda r: len(r.candidate.words)) for k in r.candidate.words}
    kept = [r for r in readings if taken[r.candidate.token] is r]
    events = _merge([_event(s, r, vocabulary) for r in kept])
    events.extend(find_presence(s, vocabulary, taken=frozenset(e.head for e in events)))
    events.extend(find_states(s, vocabulary, taken=frozenset(e.head for e in events)))
    events = [with_thing(s, e) for e in events]
    events = _inherit_actors(events)
    return _share_places(s, sorted(events, key=lambda e: (e.trigger.first, e.trigger.last)))


def _first_reading(s: Sentence, found: list[Candidate], vocabulary: Vocabulary) -> Reading | None:
    """The most special use of a token whose needed places are filled."""
    readings = (read_candidate(s, candidate, vocabulary) for candidate in found)
    return next((reading for reading in readings if reading is not None), None)


def _merge(events: list[EventFound]) -> list[EventFound]:
    """Drop a noun that is the object of a verb of the same type ("established bases" is one thing)."""
    return [
        e
        for e in events
        if not any(
            o is not e and _swallows(o.type, e.type) and (_inside(e, o.target) or _inside(e, o.instrument))
            for o in events
        )
    ]


def _swallows(verb: str, noun: str) -> bool:
    """Is the noun nothing of its own beside this verb? Who violates a truce has not made one."""
    return verb == noun or (verb == "ceasefire_breach" and noun == "ceasefire")


def _inside(e: EventFound, phrase: Stretch | None) -> bool:
    return phrase is not None and phrase.first <= e.trigger.last <= phrase.last


def _inherit_actors(events: list[EventFound]) -> list[EventFound]:
    """An air strike by X that killed 12: X killed them too. Who threw a bomb at Y did the bombing of Y."""
    done: list[EventFound] = []
    for e in events:
        if e.actor is None and e.instrument is not None:
            by = next(
                (o for o in events if o is not e and o.actor is not None and _inside(o, e.instrument)), None
            )
            if by is not None:
                e = replace(e, actor=by.actor)
        done.append(_as_thrown(e, events))
    return done


def _as_thrown(e: EventFound, events: list[EventFound]) -> EventFound:
    by = next((o for o in events if o is not e and o.type == "attack" and _inside(e, o.instrument)), None)
    if by is None or e.actor is not None or by.actor is None:
        return e
    places = tuple(p for p in e.places if by.target is None or p.first != by.target.first)
    return replace(e, actor=by.actor, target=e.target or by.target, places=places or by.places)


def _event(s: Sentence, r: Reading, vocabulary: Vocabulary) -> EventFound:
    c = r.candidate
    first, last = c.first, c.last
    if r.light is not None and 0 < c.first - r.light.verb <= 6:
        first = r.light.verb
    words = {role: r.by_words.get(token) or noun_phrase(s, token) for role, token in r.roles.items()}
    if c.reading == "verb":
        words = {
            role: with_whole_list(s, phrase, c.first) if phrase.last < c.first else phrase
            for role, phrase in words.items()
        }
    clean = {role: cut for role, phrase in words.items() if (cut := _without(s, phrase, c)) is not None}
    clean = {role: _before_contrast(s, _past_hoax(s, phrase)) for role, phrase in clean.items()}
    clean = {role: after_time_of(s, phrase) for role, phrase in clean.items() if not is_time(s, phrase)}
    clean = {role: after_colon(s, phrase, c.first) for role, phrase in clean.items()}
    clean = {role: _before_next_deed(s, phrase, vocabulary) for role, phrase in clean.items()}
    if (doer := clean.get("actor")) is not None and doer.first < c.token < doer.last:
        del clean["actor"]  # "the tale of the stolen car": a phrase around the deed has not done it
    if "actor" in clean and clean["actor"] == clean.get("target"):
        del clean["target"]  # "her victory": she won, nobody says over whom
    if "actor" not in words and (owner := _weapon_owner(s, c, vocabulary)) is not None:
        clean["actor"] = stretch(s, owner, owner)
    if "instrument" not in words and (means := _means(s, r, vocabulary)) is not None:
        clean["instrument"] = means
    held = {r.roles[role] for role in ("actor", "target", "instrument") if role in r.roles}
    places = find_places(s, r.places, r.roles, vocabulary, held=frozenset(held))
    ends = {c.last} | {clean[role].last for role in ("target", "actor") if role in clean}
    if not places:
        nearby = (following_place(s, end, vocabulary) for end in sorted(ends, reverse=True) if end >= c.last)
        places = tuple(p for p in nearby if p is not None)[:1]
    places = tuple(cut for p in places if (cut := _without(s, p, c)) is not None and not _is_elsewhere(s, p))
    parsed = not c.rescued and not any(token in r.by_words for token in r.roles.values())
    return EventFound(
        type=c.entry.type,
        kind=c.entry.kind,
        trigger=stretch(s, first, last),
        head=r.head,
        actor=clean.get("actor"),
        target=clean.get("target"),
        instrument=clean.get("instrument"),
        places=places,
        rule=r.rule if parsed else "words",
        parsed=parsed,
    )


def _is_elsewhere(s: Sentence, place: Stretch) -> bool:
    """ "was stationed in the east and not in Daran", "rather than in Daran": the place where it was not."""
    k = place.first - 1
    while k > 0 and s.pos[k] in {"ADP", "DET", "ADJ"}:
        k -= 1
    if k <= 0:
        return False
    contrasted = s.lower[k] in {"not", "never"} and s.lower[k - 1] in {"and", "but", ","}
    return contrasted or s.lower[k : k + 2] == ["rather", "than"]


def _before_contrast(s: Sentence, phrase: Stretch) -> Stretch:
    """ "shelled Belin and not Torva", "killed soldiers but no civilians": only what stands before the "not"."""
    for k in range(phrase.first + 1, phrase.last):
        if s.lower[k] in {"and", "but", ","} and s.lower[k + 1] in {"not", "never"}:
            return stretch(s, phrase.first, k - 1)
    return phrase


def _past_hoax(s: Sentence, phrase: Stretch) -> Stretch:
    """ "Fake Dalia Arrested Story": the first word of the headline is no part of her name."""
    opens = phrase.first == 0 and phrase.last > 0 and s.lower[0] in {"fake", "hoax", "false"}
    return stretch(s, 1, phrase.last) if opens else phrase


def _before_next_deed(s: Sentence, phrase: Stretch, vocabulary: Vocabulary) -> Stretch:
    """ "The murder of the mayor and the murder ...": the second murder is no part of the first one's victims."""
    last = phrase.last
    uses = vocabulary.uses.get(s.lower[last], ())
    deed = any(u.entry.word == "noun" and vocabulary.types[u.entry.type].family in _DEEDS for u in uses)
    joint = next((k for k in range(last - 1, max(phrase.first, last - 4), -1) if s.lower[k] == "and"), None)
    if not deed or joint is None or s.pos[last] != "NOUN" or s.lower[joint + 1] != "the":
        return phrase
    return stretch(s, phrase.first, joint - 1)


def _means(s: Sentence, r: Reading, vocabulary: Vocabulary) -> Stretch | None:
    """ "killed in shelling", "died when" not: the act or weapon by which people came to harm."""
    if vocabulary.types[r.candidate.entry.type].family != "harm":
        return None
    for place in ("in", "by", "during", "due", "because", "to", "from", "under"):
        token = r.places.get(place)
        if token is not None and token not in r.roles.values() and _is_means(s, token, vocabulary):
            return noun_phrase(s, token)
    return None


def _weapon_owner(s: Sentence, c: Candidate, vocabulary: Vocabulary) -> int | None:
    """ "Three men fell to police bullets": whose bullets they were."""
    if vocabulary.types[c.entry.type].family != "harm":
        return None
    weapons = (k for k in c.words if k != c.token and is_of(s, k, _WEAPON, vocabulary))
    owners = (o for k in weapons for o in s.all_children(k, "compound") if is_of(s, o, _ARMED, vocabulary))
    return next((o for o in owners if not is_of(s, o, _WEAPON, vocabulary)), None)


def _is_means(s: Sentence, token: int, vocabulary: Vocabulary) -> bool:
    if is_of(s, token, _WEAPON, vocabulary):
        return True
    uses = vocabulary.uses.get(s.lower[token], ())
    return any(vocabulary.types[use.entry.type].family == "attacks" for use in uses)


def _without(s: Sentence, phrase: Stretch, c: Candidate) -> Stretch | None:
    """The phrase cut where it runs into the trigger ("12 killed": the phrase is "12")."""
    first, last = phrase.first, phrase.last
    above = s.heads[c.token]
    if s.deps[c.token] == "amod" and first < c.token < above <= last:
        return phrase  # "the injured farmers": the participle is a part of the phrase
    if first <= c.token <= last:
        if c.token > first:
            last = c.token - 1
        else:
            first = c.token + 1
    if phrase.first < c.token < phrase.last and s.pos[phrase.last] == "PROPN":
        first, last = c.token + 1, phrase.last  # a name that ran over the verb: what follows it is the name
    if first > last or (first == last and s.lower[first] in _EMPTY_WORDS):
        return None
    return phrase if (first, last) == (phrase.first, phrase.last) else stretch(s, first, last)


def _share_places(s: Sentence, events: list[EventFound]) -> list[EventFound]:
    """Give an event without a place the one its coordinated verb has, or the one that opens the sentence."""
    opening = leading_place(s)
    shared: list[EventFound] = []
    for event in events:
        if not event.places:
            other = next((o for o in events if o.places and _coordinated(s, event.head, o.head)), None)
            if other is not None:
                event = replace(event, places=other.places)
            elif opening is not None and event.head > opening.last:
                event = replace(event, places=(opening,))
        shared.append(event)
    return shared


def _coordinated(s: Sentence, a: int, b: int) -> bool:
    joined = (s.deps[a] == "conj" and s.heads[a] == b) or (s.deps[b] == "conj" and s.heads[b] == a)
    return joined and abs(a - b) <= _TIGHT
