"""States said in ordinary words: "there are no X troops in Y", "Y is in the hands of X".

In: a `Sentence`. Out: `EventFound` of presence and control, read by the order of the words where a verb of their own
is missing. The head is the word that carries "not" or "no".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rasid.extract.events_classes import is_of
from rasid.extract.events_phrases import run_left, run_right, stretch
from rasid.extract.events_places import is_place
from rasid.extract.found import EventFound, Stretch
from rasid.extract.syntax import Sentence
from rasid.knowledge.vocabulary import Vocabulary
from rasid.model.values import Kind

#: A sentence without one of these holds no such state.
OPENERS = frozenset({"there", "hands", "where", "behind"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", "remain", "remains", "remained", "stay", "stays"})
_WHERE = frozenset({"in", "inside", "at", "near", "around", "across", "within", "throughout", "on"})
_BESIDE = frozenset({"with", "among", "beside", "alongside"})
_US = frozenset({"us", "them", "him", "her", "you", "me"})
_HERE = frozenset({"here", "there", "anywhere", "left"})
_NOT = frozenset({"not", "n't", "never", "still", "also", "now", "only"})
_FORCES = frozenset({"fighter", "force"})
_KNOW = frozenset({"know", "knows", "knew", "known", "say", "unknown", "unclear", "sure"})
_UNSURE = frozenset({"not", "n't", "nobody", "never", "unknown", "unclear", "cannot", "no"})
_DEEDS = frozenset(
    "attack attacks shelling bombing massacre killing killings strike strikes raid raids murder murders abduction"
    " kidnapping ambush assault explosion explosions blast blasts crime crimes assassination".split()
)
_LONGEST = 6  # words of the phrase between "there are" and the place


def find_states(s: Sentence, vocabulary: Vocabulary, *, taken: frozenset[int]) -> Iterator[EventFound]:
    """Presences said with "there is" and control said with "in the hands of"; taken: heads of events found before."""
    for i, word in enumerate(s.lower):
        if word == "there" and i + 2 < len(s) and s.lower[i + 1] in _BE and i + 1 not in taken:
            found = _there_is(s, i + 1, vocabulary)
        elif word == "hands" and i not in taken:
            found = _in_the_hands(s, i)
        elif word == "where" and i and i + 2 < len(s) and s.lower[i - 1] in _KNOW:
            found = _where_is(s, i)
        elif word == "behind" and i and s.lower[i - 1] in _BE | _NOT:
            found = _is_behind(s, i)
        else:
            continue
        if found is not None:
            yield found


def _there_is(s: Sentence, be: int, vocabulary: Vocabulary) -> EventFound | None:
    """ "There are no army troops in the town", "there is not a single soldier with us"."""
    j = be + 1
    while j < len(s) and s.lower[j] in _NOT:
        j += 1
    first = j
    if first < len(s) and s.lower[first] in {"no", "any"}:
        j += 1
    run = run_right(s, j - 1)
    if run is None or run[1].last - first > _LONGEST:
        return None
    head, words = run
    if not is_of(s, head, _FORCES, vocabulary) or s.pos[head] != "NOUN":
        return None
    after = words.last + 1
    if after >= len(s):
        return None
    places: tuple[Stretch, ...] = ()
    if s.lower[after] in _WHERE and (where := run_right(s, after)) is not None:
        if not is_place(s, where[0], vocabulary):
            return None
        places = (where[1],)
    elif s.lower[after] not in _HERE and not (
        s.lower[after] in _BESIDE and _US.intersection(s.lower[after + 1 : after + 2])
    ):
        return None
    return EventFound(
        type="presence",
        kind=Kind.STATUS,
        trigger=stretch(s, be - 1, be),
        head=be,
        actor=words,
        places=places,
        rule="there is",
        parsed=s.heads[head] == be,
    )


def _in_the_hands(s: Sentence, hands: int) -> EventFound | None:
    """ "The town is in the hands of the rebels", "is firmly in rebel hands"."""
    k = hands - 1
    while k > 0 and s.pos[k] in {"DET", "ADJ", "NOUN", "PROPN"} and s.lower[k] != "in":
        k -= 1
    if s.lower[k] != "in":
        return None
    be = k - 1
    while be > 0 and (s.pos[be] in {"ADV", "PART"} or s.lower[be] in _NOT):
        be -= 1
    held = run_left(s, be) if be > 0 and s.lower[be] in _BE else None
    if held is None:
        return None
    if s.lower[hands + 1 : hands + 2] == ["of"]:
        holder = run_right(s, hands + 1)
        actor = holder[1] if holder is not None else None
    else:
        named = k + 2 if s.lower[k + 1] == "the" else k + 1
        actor = stretch(s, named, hands - 1) if named < hands else None
    if actor is None or s.tags[actor.first] == "PRP$":
        return None
    return EventFound(
        type="control",
        kind=Kind.STATUS,
        trigger=stretch(s, be, hands),
        head=hands,
        actor=actor,
        target=held[1],
        places=(held[1],) if s.labels[held[0]] or s.pos[held[0]] == "PROPN" else (),
        rule="in the hands of",
        parsed=s.heads[be] == hands,
    )


def _where_is(s: Sentence, where: int) -> EventFound | None:
    """ "Nobody knows where she is": a presence without a place."""
    be = next((k for k in range(where + 2, min(where + 7, len(s))) if s.lower[k] in _BE), None)
    if be is None or (be + 1 < len(s) and s.pos[be + 1] not in {"PUNCT", "CCONJ", "SCONJ"}):
        return None
    if not any(s.lower[k] in _UNSURE for k in range(where)):
        return None
    return EventFound(
        type="presence",
        kind=Kind.STATUS,
        trigger=stretch(s, where, be),
        head=be,
        actor=stretch(s, where + 1, be - 1),
        rule="where is",
        parsed=False,
    )


def _is_behind(s: Sentence, behind: int) -> EventFound | None:
    """ "The army is behind the attack": who did it."""
    be = behind - 1
    while be > 0 and s.lower[be] in _NOT:
        be -= 1
    deed = run_right(s, behind)
    doer = run_left(s, be) if be > 0 and s.lower[be] in _BE else None
    if deed is None or doer is None or s.lower[deed[0]] not in _DEEDS:
        return None
    return EventFound(
        type="responsibility",
        kind=Kind.RESPONSIBILITY,
        trigger=stretch(s, be, behind),
        head=deed[0] if s.heads[be] == deed[0] else be,
        actor=doer[1],
        target=deed[1],
        rule="is behind",
        parsed=s.heads[be] == deed[0],
    )


def with_thing(s: Sentence, event: EventFound) -> EventFound:
    """ "The clinic in Dovrek was bombed": the clinic, where the parser took the place for what was bombed."""
    where = event.target or (event.places[0] if event.places else None)
    if where is None or s.labels[where.first] != "LOC" or where.first < 2:
        return event
    if not where.last < event.head or s.lower[where.first - 1] not in {"in", "at", "near"}:
        return event
    if s.tags[event.head] not in {"VBN", "VBD"}:
        return event
    if event.target is None and (event.actor is not None or s.child(event.head, "obj") is not None):
        return event
    between = range(where.last + 1, event.head)
    passive = any(s.lower[k] in {"was", "were", "been", "is", "are", "being"} for k in between)
    if not passive or any(s.pos[k] not in {"AUX", "ADV", "PART"} for k in between):
        return event
    first = head = where.first - 2
    if s.pos[head] != "NOUN":
        return event
    while first > 0 and s.pos[first] != "DET" and s.tags[first] != "PRP$":
        if s.pos[first - 1] not in {"DET", "ADJ", "NOUN", "NUM"} and s.tags[first - 1] != "PRP$":
            break
        first -= 1
    return replace(event, target=stretch(s, first, head), places=(where,))
