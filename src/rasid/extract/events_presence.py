""" "X is still in Y": a copula and a place, with a force as the subject, is a presence."""

from __future__ import annotations

from collections.abc import Iterator

from rasid.extract.events_classes import is_of
from rasid.extract.events_phrases import noun_phrase, run_left, stretch
from rasid.extract.events_places import find_places, is_place
from rasid.extract.events_verbs import own_subject
from rasid.extract.found import EventFound, Stretch
from rasid.extract.syntax import Sentence
from rasid.knowledge.vocabulary import Vocabulary
from rasid.model.values import Kind

_WHERE = frozenset({"in", "inside", "at", "near", "around", "across", "within", "outside", "throughout"})
_BE = frozenset({"is", "are", "was", "were", "be", "been"})
_STAY = frozenset({"remain", "remains", "remained", "stay", "stays", "stayed"})
_STANDING = frozenset({"active", "present", "operational", "alive", "deployed", "armed", "entrenched"})
_HERE = frozenset({"here", "there", "everywhere"})
_BARE_PRONOUNS = frozenset({"it", "he", "she", "they", "we", "i", "you", "who", "which", "that"})
_COUNTRYSIDE = frozenset(
    {"mountain", "valley", "hill", "forest", "town", "village", "city", "district", "province"}
)
_ARMED = frozenset({"armed"})


def find_presence(s: Sentence, vocabulary: Vocabulary, *, taken: frozenset[int]) -> Iterator[EventFound]:
    """Presences said with "be", by the parse or by the order of the words."""
    for i, word in enumerate(s.lower):
        stays = word in _STAY and i + 1 < len(s) and s.lower[i + 1] in _STANDING
        found = _at(s, i, vocabulary) if stays or word in _BE else None
        if found is not None and found.head not in taken:
            yield found


def _at(s: Sentence, be: int, vocabulary: Vocabulary) -> EventFound | None:
    j = be + 1 + (s.lower[be] in _STAY)  # "remained active in"
    while (
        j < len(s)
        and (s.pos[j] in {"ADV", "PART"} or s.lower[j] in {"still", "also"})
        and s.lower[j] not in _HERE
    ):
        j += 1
    if j >= len(s):
        return None
    if s.lower[j] in _HERE:
        place: int | None = j
        places: tuple[Stretch, ...] = ()
    elif s.lower[j] in _WHERE:
        place = _place_after(s, j, vocabulary)
        places = find_places(s, {"in": place}, {}, vocabulary, held=frozenset()) if place is not None else ()
    else:
        return None
    if place is None:
        return None
    subject, words = _subject(s, be, place)
    if subject is None or words is None or not _may_be_there(s, subject, place, vocabulary):
        return None
    return EventFound(
        type="presence",
        kind=Kind.STATUS,
        trigger=stretch(s, be, j),
        head=place if s.heads[be] == place else be,
        actor=words,
        places=places,
        rule="copula" if s.heads[be] == place else "words",
        parsed=s.heads[be] == place,
    )


def _place_after(s: Sentence, preposition: int, vocabulary: Vocabulary) -> int | None:
    head = s.heads[preposition]
    if head > preposition and is_place(s, head, vocabulary):
        return head
    for k in range(preposition + 1, min(preposition + 6, len(s))):
        if s.labels[k] == "LOC":
            return k
        if s.pos[k] not in {"DET", "ADJ", "NOUN", "PROPN"}:
            return None
    return None


def _subject(s: Sentence, be: int, place: int) -> tuple[int | None, Stretch | None]:
    for holder in (place, s.heads[be], be):
        token = own_subject(s, holder)
        if token is not None and token < be:
            return token, noun_phrase(s, token)
    run = run_left(s, be)
    return run if run is not None else (None, None)


def _may_be_there(s: Sentence, subject: int, place: int, vocabulary: Vocabulary) -> bool:
    """A force or a named party; a bare pronoun only beside a named place."""
    if s.lower[subject] in _BARE_PRONOUNS:
        if s.lower[subject] in {"we", "they"} and s.lemmas[place] in _COUNTRYSIDE:
            return True
        return s.lower[subject] in {"it", "they", "he", "she"} and s.labels[place] == "LOC"
    return s.labels[subject] != "LOC" and is_of(s, subject, _ARMED, vocabulary)
