"""What is cut from the edges of a noun phrase: times that ran into it, brackets and marks left open.

In: a sentence and tokens of it. Out: where the phrase starts or ends without them.
"""

from __future__ import annotations

from rasid.extract.found import Stretch
from rasid.extract.syntax import Sentence
from rasid.knowledge.forms import listed

CALENDAR = listed(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday ramadan today yesterday tomorrow"
)
_TIME_NOUNS = CALENDAR | listed(
    "night morning evening afternoon noon midnight tonight dawn weekend week month year"
)
_TIME_STARTS = listed("last this next early late earlier yesterday")


def without_end_marks(s: Sentence, head: int, last: int) -> int:
    """Where the phrase ends without marks, joiners and prepositions left hanging at its end."""
    while last > head and s.pos[last] in {"PUNCT", "CCONJ", "ADP"}:
        last -= 1
    return last


def after_time(s: Sentence, first: int, head: int) -> int:
    """Where the phrase starts without the time that ran into it ("10 March members of", "last night gunmen")."""
    j = first
    while j < head and (s.pos[j] == "NUM" or s.lower[j] in _TIME_STARTS):
        j += 1
    if j < head and s.lower[j] in _TIME_NOUNS:
        j += 1
        while j < head and (s.lower[j] in _TIME_NOUNS or s.pos[j] == "NUM" or s.words[j] == ","):
            j += 1
        if j == head and (s.pos[j] == "NUM" or s.lower[j] in _TIME_NOUNS):
            return first
        named = any(entry[0] < j < entry[1] for entry in s.entities)  # "the 4 May Brigade"
        return first if named or s.lower[j] in {"'s", "’s", "-", "of"} else j
    return first


def is_time(s: Sentence, phrase: Stretch) -> bool:
    """Is the phrase nothing but a time ("Sunday night", "June 12")? A time is never a party."""
    tokens = range(phrase.first, phrase.last + 1)
    plain = all(
        s.pos[k] in {"NUM", "DET"} or s.lower[k] in _TIME_NOUNS | _TIME_STARTS or s.words[k] == ","
        for k in tokens
    )
    return plain and any(s.lower[k] in _TIME_NOUNS or _is_date(s.words[k]) for k in tokens)


def _is_date(word: str) -> bool:
    """A year or a day in figures ("the 2014 shooting", "9/11")."""
    return (len(word) == 4 and word.isdigit() and word[:2] in {"19", "20"}) or (
        word[:1].isdigit() and "/" in word
    )


def before_open_bracket(s: Sentence, head: int, last: int) -> int:
    """Where the phrase ends without a bracket that it opens and does not close ("the Brigade (SB")."""
    opened = next((k for k in range(last, head, -1) if s.words[k] in {"(", "[", ")", "]"}), None)
    return opened - 1 if opened is not None and s.words[opened] in {"(", "["} else last


def without_time(s: Sentence, head: int) -> int:
    """The noun itself where a time was parsed as its head ("a councillor Friday night")."""
    if s.lower[head] not in _TIME_NOUNS:
        return head
    below = (c for c in s.children[head] if c < head and s.deps[c] in {"compound", "nmod", "nummod"})
    return next((c for c in below if s.pos[c] == "NOUN" and s.lower[c] not in _TIME_NOUNS), head)
