"""The "that" of what is said, found without the parse: "X said on 3 May 2019 that ...", "announced in June that ...".

The parser may hang "that air strikes of the alliance" on the date before it, and then no clause is left to be said.
In: a sentence and a verb of saying in it. Out: the token of the "that", or None.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rasid.extract.syntax import Sentence
from rasid.knowledge.calendar import load_calendar

_NEAR = 16  # tokens from the verb to its "that": "told reporters in the capital on Monday, 3 May 2019, that"
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_DONE = _FINITE | {"VBN"}  # the parser takes "killed" for a participle where it lost the clause
_DAYS = frozenset(
    {"today", "yesterday", "tonight", "now", "later", "earlier", "recently", "afterwards", "ago"}
)
_PERIODS = frozenset(
    {
        "week",
        "month",
        "year",
        "night",
        "morning",
        "afternoon",
        "evening",
        "spring",
        "summer",
        "autumn",
        "winter",
    }
)
_WHICH_PERIOD = frozenset({"last", "this", "earlier", "yesterday", "early", "late"})
_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th|s)?")
_OPENS = frozenset({"DET", "PRON", "PROPN", "NUM"})


def that_by_order(s: Sentence, v: int, high: int) -> int | None:
    """The "that" right behind the verb or behind a time beside it, if a clause with a subject follows."""
    for t in range(v + 1, min(v + _NEAR, high - 1)):
        if s.lower[t] == "that":
            opens = _opens_clause(s, t, high)
            return t if opens and (_sure(s, t) if t == v + 1 else _ends_in_time(s, v, t - 1)) else None
        if s.tags[t] in _FINITE or s.words[t] in {";", ":"}:
            return None
    return None


def speaks_after_all(s: Sentence, v: int, high: int, *, speakers: frozenset[str]) -> bool:
    """ "The ministry and the network announced in June that ...": no passive, though the parser says so.

    speakers: common nouns that can be a voice; "the plan announced in June that the council backed" has none
    """
    if v == 0 or (s.pos[v - 1] != "PROPN" and s.lower[v - 1] not in speakers):
        return False
    that = that_by_order(s, v, high)
    return that is not None and that > v + 1


def _opens_clause(s: Sentence, that: int, high: int) -> bool:
    """A subject right behind "that", a verb behind it: no "that killed nine"."""
    first = that + 1
    if s.pos[first] in {"VERB", "AUX", "PUNCT", "ADP"} and s.tags[first] != "VBG":
        return False
    return any(s.tags[t] in _DONE for t in range(first + 1, high + 1))


def _sure(s: Sentence, that: int) -> bool:
    """ "Said that strikes ...", not "saw that man": what follows is no singular noun that "that" could point at."""
    first = that + 1
    while (
        first + 1 < len(s)
        and s.pos[first] in {"ADJ", "NOUN"}
        and s.pos[first + 1] in {"NOUN", "CCONJ", "ADJ"}
    ):
        first += 1
    return s.pos[first] in _OPENS or s.tags[first] == "NNS"


def _ends_in_time(s: Sentence, v: int, last: int) -> bool:
    """Is the token before "that" the end of a time that stands beside the verb?"""
    while last > v and s.words[last] in {",", ")"}:
        last -= 1
    word = s.lower[last].rstrip(".")
    if last == v:
        return False
    if word in names_of_days() or word in _DAYS:
        return True
    if word in _PERIODS:
        return s.lower[last - 1] in _WHICH_PERIOD
    if not _NUMBER.fullmatch(word):
        return False
    near = s.lower[max(v + 1, last - 3) : last]
    return any(w.rstrip(".") in names_of_days() for w in near) or (
        len(word) == 4 and s.lower[last - 1] == "in"
    )


@lru_cache(maxsize=1)
def names_of_days() -> frozenset[str]:
    """Months and weekdays in small letters, short forms too."""
    calendar = load_calendar()
    return frozenset(calendar.months) | frozenset(calendar.weekdays)
