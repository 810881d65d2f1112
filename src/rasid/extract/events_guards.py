"""Do the neighbours of an event word let it be that event? The reader of `knowledge.guards`.

In: a sentence, the tokens of the words of one entry, and the entry. Out: yes or no.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rasid.extract.syntax import Sentence
from rasid.knowledge.guards import GAP, Guard
from rasid.knowledge.vocabulary import Entry

_NEAR_LEFT, _NEAR_RIGHT = 9, 10  # how far "near" reaches, in tokens
_MAX_GAP = 3  # words that "*" may stand for

Classes = Mapping[str, frozenset[str]]


def is_allowed(s: Sentence, held: Sequence[int], entry: Entry, classes: Classes) -> bool:
    """Does `only` hold, and nothing of `unless`?"""
    if entry.only is None and entry.unless is None:
        return True
    around = range(max(0, min(held) - _NEAR_LEFT), min(len(s), max(held) + _NEAR_RIGHT))
    near = {w for k in around if k not in held for w in (s.lower[k], s.lemmas[k])}
    if entry.only is not None:
        own = {s.lower[k] for k in held}
        if (entry.only.words.isdisjoint(near | own)) and not _says(s, held, entry.only, around, classes):
            return False
    if entry.unless is None:
        return True
    return entry.unless.words.isdisjoint(near) and not _says(s, held, entry.unless, around, classes)


def _says(s: Sentence, held: Sequence[int], guard: Guard, around: range, classes: Classes) -> bool:
    """Does one of the guard's rows of words stand near, or one of its expressions around the event word?"""
    if any(_stands(s, k - 1, row, 1, classes) for row in guard.rows for k in around):
        return True
    return any(
        _stands(s, min(held), before, -1, classes) and _stands(s, max(held), after, 1, classes)
        for before, after in guard.expressions
    )


def _stands(s: Sentence, at: int, wanted: Sequence[str], step: int, classes: Classes) -> bool:
    """Do the wanted words follow token `at` one by one, to the right (step 1) or to the left (-1)?

    Adverbs may stand between them ("called again on"); a gap ends at a mark.
    """
    k, room = at + step, 0
    for word in wanted:
        if word == GAP:
            room = _MAX_GAP
            continue
        while 0 <= k < len(s) and not _is(s, k, word, classes):
            if s.pos[k] == "PUNCT" or not (room or s.pos[k] == "ADV"):
                return False
            room -= bool(room)
            k += step
        if not 0 <= k < len(s):
            return False
        k, room = k + step, 0
    return True


def _is(s: Sentence, k: int, word: str, classes: Classes) -> bool:
    if word == "<number>":
        return s.pos[k] == "NUM"
    if word.startswith("<"):
        listed = classes[word[1:-1]]
        return s.lower[k] in listed or s.lemmas[k] in listed
    return word in (s.lower[k], s.lemmas[k])
