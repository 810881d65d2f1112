"""Roles that the parser cut short: members of a list, parts of a name, the one who is "shot to death".

About one word in six has a wrong head or label. Where the order of the words leaves no doubt, the role of an event
is made whole here. In: a `Sentence` and its events. Out: the same events, some with longer roles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rasid.extract.events_edges import CALENDAR, is_time_noun
from rasid.extract.events_phrases import noun_phrase, stretch
from rasid.extract.found import EventFound, Stretch
from rasid.extract.syntax import Sentence

_LIST_POS = frozenset({"DET", "NUM", "ADJ", "NOUN", "PROPN", "CCONJ", "PUNCT", "PRON"})
_MARKS = frozenset({",", '"', "“", "”", "'", "-"})
_QUOTES = frozenset({'"', "“", "”", "'"})
_OWN = frozenset({"his", "her", "their", "its", "our", "my", "your"})
_CASUALTIES = frozenset({"killing", "death", "injury", "execution", "abduction", "facility_attack", "arrest"})
_PHRASE_POS = frozenset({"DET", "NUM", "ADJ", "NOUN", "PROPN", "PRON"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_OPENERS = frozenset(
    {"until", "when", "after", "before", "because", "while", "if", "unless", "once", "since", "as"}
)
_HARMED = frozenset({"dead", "killed", "wounded", "injured", "hurt"})
_BOUNDS = frozenset(
    {"at", "least", "more", "than", "over", "about", "some", "up", "to", "nearly", "almost", "around"}
)
_LEFT = frozenset({"left", "leaving", "leave", "leaves"})
_BLOWS = frozenset({"attack", "torture", "injury"})
_TIMES = CALENDAR | {
    "night",
    "morning",
    "afternoon",
    "evening",
    "day",
    "week",
    "month",
    "year",
    "today",
    "yesterday",
}
_INTENTIONS = frozenset({"plan", "vow", "threat", "bid", "attempt", "effort", "decision", "pledge"})
_MOST_LEFT = 8  # tokens between "left" and "wounded"


def mend_roles(s: Sentence, events: Sequence[EventFound]) -> list[EventFound]:
    """The events in their order, with roles made whole."""
    mended = [_with_number_before(s, _with_noun_before(s, _with_left_ones(s, event))) for event in events]
    mended = [_with_doer_before(s, _with_near_subject(s, event)) for event in mended]
    mended = [_with_rest_of_list(s, _with_subject_over_clause(s, event)) for event in mended]
    mended = [_with_found_ones(s, _as_gapped_passive(s, event)) for event in mended]
    mended = [_with_doer_over_clause(s, event) for event in mended]
    mended = [_with_whole_list(s, _with_whole_names(s, event)) for event in mended]
    mended = [_besieged_place(_with_owner(s, event)) for event in mended]
    mended = [_without_other_owner(s, event, mended) for event in mended]
    mended = [_with_shared_doer(s, event, mended) for event in mended]
    mended = [_not_an_owner_before(s, event) for event in mended]
    return [_put_to_death(s, event, mended) for event in mended]


def _with_doer_before(s: Sentence, event: EventFound) -> EventFound:
    """ "On the night of 3 May our fighters attacked": the doer that the parser hung on the day."""
    head = event.head
    if event.actor is not None or s.tags[head] != "VBD" or head < 2 or s.pos[head - 1] != "NOUN":
        return event
    if event.target is not None and event.target.first < head:
        return event
    if s.child(head, "nsubj", "nsubj:pass", "aux:pass") is not None:
        return event
    first = head - 1
    while first > 0 and s.pos[first - 1] in _PHRASE_POS and s.lower[first - 1] not in CALENDAR:
        first -= 1
    opened = first > 0 and (s.lower[first - 1] in CALENDAR | _OPENERS or s.words[first - 1] == ",")
    bare = s.tags[head - 1] == "NNS" or s.pos[first] in {"DET", "PRON"}
    if not (opened and bare):
        return event
    means = event.instrument
    if means is not None and means.last < first:
        means = None  # it belongs to the clause before
    return replace(event, actor=stretch(s, first, head - 1), instrument=means)


def _with_subject_over_clause(s: Sentence, event: EventFound) -> EventFound:
    """ "Carl Mott, who defended him, was shot dead": Mott, where the parser lost him over the clause."""
    helper = s.child(event.head, "aux:pass")
    if event.target is not None or helper is None or helper < 4 or s.words[helper - 1] != ",":
        return event
    marks = [i for i in range(helper - 1) if s.words[i] == "," and s.lower[i + 1] in {"who", "which", "whom"}]
    if (
        not marks
        or s.pos[marks[-1] - 1] not in {"NOUN", "PROPN"}
        or "," in s.words[marks[-1] + 1 : helper - 1]
    ):
        return event
    first = last = marks[-1] - 1
    while first > 0 and s.pos[first - 1] in _PHRASE_POS:
        first -= 1
    return replace(event, target=stretch(s, first, last))


def _as_gapped_passive(s: Sentence, event: EventFound) -> EventFound:
    """ "One man was killed and another badly injured": the second "was" is left out."""
    actor, head = event.actor, event.head
    if actor is None or event.target is not None or s.tags[head] not in {"VBN", "VBD"} or actor.last >= head:
        return event
    above = s.heads[head]
    joined = s.deps[head] == "conj" and s.child(above, "aux:pass") is not None
    between = all(s.pos[i] == "ADV" for i in range(actor.last + 1, head))
    after_and = actor.first > above and s.lower[actor.first - 1] in {"and", ","}
    obj = s.child(head, "obj")
    bare = s.child(head, "aux", "aux:pass") is None and (obj is None or is_time_noun(s, obj))
    return replace(event, actor=None, target=actor) if joined and between and after_and and bare else event


def _with_found_ones(s: Sentence, event: EventFound) -> EventFound:
    """ "Two bodies were found shot to death": those who were found."""
    above = s.heads[event.head]
    if (
        event.target is not None
        or s.lemmas[above] not in {"find", "discover", "leave"}
        or above >= event.head
    ):
        return event
    if event.type not in _CASUALTIES and event.type not in _BLOWS:
        return event
    subject = (
        s.child(above, "nsubj:pass") if s.child(above, "aux:pass") is not None else s.child(above, "obj")
    )
    if subject is None or (s.tags[event.head] not in {"VBN", "VBD"} and s.deps[event.head] != "xcomp"):
        return event
    return replace(event, target=noun_phrase(s, subject))


def _with_doer_over_clause(s: Sentence, event: EventFound) -> EventFound:
    """ "The police that were guarding the crowd fired at the youths": the police, not the crowd."""
    head = event.head
    if event.actor is not None or event.target is None or s.deps[head] != "acl" or event.type != "attack":
        return event
    clause = s.heads[s.heads[head]]
    doer = s.heads[clause]
    opened = any(s.lower[c] in {"who", "that", "which"} for c in s.children[clause])
    at = s.lower[head + 1 : head + 2] in (["at"], ["on"], ["upon"])
    if s.deps[clause] != "acl:relcl" or not opened or not at or not doer < clause < head:
        return event
    return replace(event, actor=noun_phrase(s, doer))


def _with_rest_of_list(s: Sentence, event: EventFound) -> EventFound:
    """ "Tolan and his brother were beaten": both, where the parser saw two subjects."""
    target, helper = event.target, s.child(event.head, "aux:pass")
    if target is None or helper is None or not target.last + 1 < helper < event.head:
        return event
    between = range(target.last + 1, helper)
    joined = s.lower[between[0]] in {"and", ","} and any(s.lower[i] == "and" for i in between)
    listed = all(s.pos[i] in _LIST_POS and s.words[i] not in _QUOTES for i in between)
    ends = s.pos[helper - 1] in {"NOUN", "PROPN"} and s.heads[helper - 1] == event.head
    return (
        replace(event, target=stretch(s, target.first, helper - 1)) if joined and listed and ends else event
    )


def _with_shared_doer(s: Sentence, event: EventFound, events: Sequence[EventFound]) -> EventFound:
    """ "Militiamen burned the houses and took away the herders": the same hand, said once."""
    if event.actor is not None or s.deps[event.head] != "conj" or s.tags[event.head] not in _FINITE:
        return event
    if s.child(event.head, "nsubj", "nsubj:pass", "aux:pass") is not None:
        return event
    by = next((e for e in events if e.head == s.heads[event.head] and e.actor is not None), None)
    shared = by is not None and s.tags[by.head] in _FINITE and s.child(by.head, "aux:pass") is None
    if by is None or not shared or by.actor is None or by.actor.last > by.head or event.target is None:
        return event
    return replace(event, actor=by.actor)


def _with_near_subject(s: Sentence, event: EventFound) -> EventFound:
    """ "The curfew remains until the Red Column is defeated": the words before "is", not the far subject."""
    target = event.target
    auxiliary = s.child(event.head, "aux:pass")
    if target is None or auxiliary is None or not target.last < auxiliary - 1:
        return event
    opener = next((i for i in range(auxiliary - 1, target.last, -1) if s.lower[i] in _OPENERS), None)
    if opener is None or auxiliary - opener < 2 or s.pos[auxiliary - 1] not in {"NOUN", "PROPN"}:
        return event
    between = range(opener + 1, auxiliary)
    if any(s.pos[i] not in _PHRASE_POS for i in between):
        return event
    return replace(event, target=stretch(s, opener + 1, auxiliary - 1))


def _put_to_death(s: Sentence, event: EventFound, events: Sequence[EventFound]) -> EventFound:
    """ "was shot to death": he who was shot died, by the same hand."""
    head = event.head
    if event.target is not None or s.lower[head] != "death" or head == 0 or s.lower[head - 1] != "to":
        return event
    by = next((e for e in events if e.head == s.heads[head] and e.target is not None), None)
    if by is None or by.type not in _BLOWS:  # "sentenced to death" has killed nobody
        return event
    return replace(event, type="killing", target=by.target, actor=by.actor or event.actor)


def _with_left_ones(s: Sentence, event: EventFound) -> EventFound:
    """ "left at least five persons wounded": those between are the target."""
    head = event.head
    if event.type not in {"killing", "death", "injury"}:
        return event
    low = max(0, head - _MOST_LEFT)
    verb = next((i for i in range(head - 1, low - 1, -1) if s.lower[i] in _LEFT and s.pos[i] == "VERB"), None)
    if verb is None or head - verb < 2 or (event.target is not None and event.target.first > verb):
        return event
    between = range(verb + 1, head)
    if any(s.pos[i] in {"VERB", "PUNCT", "SCONJ"} for i in between) or s.pos[head - 1] not in {
        "NOUN",
        "PROPN",
    }:
        return event
    return replace(event, target=stretch(s, verb + 1, head - 1))


def _with_number_before(s: Sentence, event: EventFound) -> EventFound:
    """ "14 dead and over 40 wounded": the number right before the word is who was harmed, nobody else."""
    word = event.trigger.last
    if event.type not in {"killing", "death", "injury"} or s.lower[word] not in _HARMED or word < 2:
        return event
    first = word
    while first > 0 and (s.pos[first - 1] == "NUM" or (first < word and s.lower[first - 1] in _BOUNDS)):
        first -= 1
    if first == word:
        return event
    actor = event.actor
    if actor is not None and first <= actor.last and actor.first < word:
        actor = None
    return replace(event, target=stretch(s, first, word - 1), actor=actor)


def _with_noun_before(s: Sentence, event: EventFound) -> EventFound:
    """ "12 posts the army has built": what was built, where no "that" says so."""
    actor, head = event.actor, event.head
    if event.target is not None or actor is None or not 0 < actor.first <= head or s.pos[head] != "VERB":
        return event
    noun = actor.first - 1
    clause = s.deps[head].startswith("acl") or (s.deps[head] == "ccomp" and s.tags[noun] == "VBZ")
    if not clause or s.heads[head] != noun or s.lower[noun] in CALENDAR or s.child(head, "obj") is not None:
        return event
    first = noun
    while first > 0 and s.pos[first - 1] in _PHRASE_POS:
        first -= 1
    first -= first > 0 and s.lower[first - 1 : first + 1] == ["at", "least"]
    counted = any(s.pos[i] == "NUM" for i in range(first, noun))
    return replace(event, target=stretch(s, first, noun)) if s.pos[noun] == "NOUN" or counted else event


def _with_whole_names(s: Sentence, event: EventFound) -> EventFound:
    """The whole of a name of which the role has only the end or, after a title, nothing."""
    if event.actor is not None:
        event = replace(event, actor=_whole_name(s, event.actor, event))
    if event.target is not None:
        event = replace(event, target=_without_verb(s, _whole_name(s, event.target, event)))
    return event


def _whole_name(s: Sentence, role: Stretch, event: EventFound) -> Stretch:
    first, last = role.first, role.last
    taken = range(event.trigger.first, event.trigger.last + 1)
    for low, after, label in s.entities:
        bracket = any(s.words[i] in {"[", "]", "(", ")"} for i in range(low, after))
        ends_here = low < first < after and label in {"ORG", "PERSON"} and not bracket
        follows_title = low == last + 1 and label == "PERSON" and _is_title_of(s, last, low)
        if (ends_here or follows_title) and not any(i in taken for i in range(low, after)):
            first, last = min(first, low), max(last, after - 1)
    return role if (first, last) == (role.first, role.last) else stretch(s, first, last)


def _without_verb(s: Sentence, role: Stretch) -> Stretch:
    """ "Captain Amari and fled": without the verb that the parser took for a name."""
    if role.last - role.first < 2 or s.tags[role.last] != "VBD" or s.lower[role.last - 1] != "and":
        return role
    return stretch(s, role.first, role.last - 2)


def _is_title_of(s: Sentence, title: int, name: int) -> bool:
    """ "Colonel" + "Idris Bano", which the parser takes for two objects of one verb."""
    head = next((i for i in range(name, len(s)) if s.labels[i] == "PERSON" and s.heads[i] < name), name)
    return s.pos[title] in {"NOUN", "PROPN"} and s.heads[head] in {title, s.heads[title]}


def _with_whole_list(s: Sentence, event: EventFound) -> EventFound:
    """ "A priest, two nuns and five orphans died": all of them, where the parser saw only the last."""
    target = event.target
    if target is None or event.type not in _CASUALTIES or target.first == 0 or target.last > event.head:
        return event
    head = next((i for i in range(target.last, target.first - 1, -1) if s.heads[i] == event.head), None)
    if head is None or not s.deps[head].startswith("nsubj"):
        return event
    first = target.first
    while first > 0 and _may_be_listed(s, first - 1):
        first -= 1
    comma = next((i for i in range(first, target.first) if s.words[i] == ","), None)
    opening = range(comma or 0)  # "On 3 May, ..."
    if (
        comma
        and first <= 1
        and all(s.pos[i] in {"ADP", "NUM", "DET"} or s.lower[i] in _TIMES for i in opening)
    ):
        first = comma + 1
    elif first:
        return event
    if (
        first >= target.first
        or s.pos[first] not in {"DET", "NUM", "ADJ", "NOUN", "PROPN"}
        or s.lower[target.first - 1] == ","
    ):
        return event
    joined = (
        any(s.lower[i] in {"and", "or"} for i in range(first, target.first))
        or s.pos[target.first - 1] != "PUNCT"
    )
    return replace(event, target=stretch(s, first, target.last)) if joined else event


def _may_be_listed(s: Sentence, i: int) -> bool:
    if s.pos[i] == "PUNCT":
        return s.words[i] in _MARKS
    if s.pos[i] == "PRON":
        return s.lower[i] in _OWN
    return s.pos[i] in _LIST_POS or s.lower[i] == "of"


def _with_owner(s: Sentence, event: EventFound) -> EventFound:
    """ "The Red Column's attacks", "the army plans to attack": the owner of the noun does it."""
    if event.actor is not None or event.trigger.first < 2:
        return event
    i = event.trigger.first - 1
    while i > 0 and s.pos[i] == "ADJ":
        i -= 1
    if s.tags[i] == "POS":  # "Tolan's arrest" has its owner as the target already
        return _done_by(s, event, i - 1) if event.target is not None and event.target.first > i else event
    noun = s.heads[event.trigger.first]
    if s.lemmas[noun] in _INTENTIONS and s.pos[noun] == "NOUN" and s.lower[i] == "to" and noun == i - 1:
        owner = noun - 1 if s.tags[noun - 1] != "POS" else noun - 2
        return _done_by(s, event, owner)
    return event


def _done_by(s: Sentence, event: EventFound, last: int) -> EventFound:
    """The event with the noun phrase that ends at `last` as its actor."""
    if last < 0 or s.pos[last] not in {"NOUN", "PROPN"} or s.lower[last] in _TIMES or s.labels[last] == "LOC":
        return event
    first = last
    while first > 0 and s.pos[first - 1] in {"ADJ", "NOUN", "PROPN", "DET", "NUM"}:
        first -= 1
    return replace(event, actor=stretch(s, first, last))


def _without_other_owner(s: Sentence, event: EventFound, events: Sequence[EventFound]) -> EventFound:
    """ "The shelling of X and Y's attacks": Y is not shelled, it attacks."""
    target = event.target
    if target is None or target.last + 1 >= len(s) or s.tags[target.last + 1] != "POS":
        return event
    owner = next((e.actor for e in events if e.actor is not None and e.actor.last == target.last), None)
    if owner is None or not target.first < owner.first - 1 or s.lower[owner.first - 1] != "and":
        return event
    return replace(event, target=stretch(s, target.first, owner.first - 2))


def _besieged_place(event: EventFound) -> EventFound:
    """ "The Ordun siege": the place is what is besieged."""
    if event.type == "siege" and event.target is None and len(event.places) == 1:
        return replace(event, target=event.places[0])
    return event


def _not_an_owner_before(s: Sentence, event: EventFound) -> EventFound:
    """ "By the agency's tally, 40 people were killed", with two subjects in the parse: the agency was not killed."""
    target = event.target
    if event.rule != "passive" or target is None or s.tags[target.last + 1 : target.last + 2] != ["POS"]:
        return event
    other = next((c for c in s.children[event.head] if s.deps[c] == "nsubj:pass" and c > target.last), None)
    return event if other is None else replace(event, target=noun_phrase(s, other))
