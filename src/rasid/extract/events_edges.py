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
    while last > head and (s.pos[last] in {"PUNCT", "CCONJ", "ADP"} or _is_next_verb(s, last)):
        last -= 1
    if last > head + 1 and s.lower[last] in CALENDAR and s.lower[last - 1] == "on":
        last = without_end_marks(s, head, last - 2)
    return last


def _is_next_verb(s: Sentence, last: int) -> bool:
    """ "killed by a strike circulated in the press": a finite verb that ran into the phrase before it."""
    return s.pos[last] == "VERB" and s.tags[last] == "VBD" and not s.labels[last]


def is_time_noun(s: Sentence, i: int) -> bool:
    """ "Last weekend", "Friday": the head of a time, whatever its label."""
    return s.lower[i] in _TIME_NOUNS and s.child(i, "case") is None


def before_clause(s: Sentence, head: int, last: int) -> int:
    """Where the phrase ends before a finite verb that the parse put inside it ("gunmen last night bombed a ...")."""
    cut = next(
        (k for k in range(head + 1, last) if s.tags[k] == "VBD" and s.pos[k] == "VERB" and not s.labels[k]),
        None,
    )
    if cut is None:
        return last
    last = cut - 1
    while last > head and (
        s.lower[last] in {"which", "who", "that"}
        or s.lower[last] in _TIME_NOUNS
        or s.lower[last] in _TIME_STARTS
    ):
        last -= 1
    return last


def after_time_of(s: Sentence, phrase: Stretch) -> Stretch:
    """ "The murder on 26 February of the mayor": the mayor, where the time became the head of the phrase."""
    of = next((k for k in range(phrase.first, phrase.last) if s.lower[k] == "of"), None)
    if of is None or of == phrase.first:
        return phrase
    before = Stretch(phrase.first, of - 1, *s.chars(phrase.first, of - 1))
    after = Stretch(of + 1, phrase.last, *s.chars(of + 1, phrase.last))
    if is_time(s, before) and not _starts_with_time(s, after):
        return after
    return after_time_of(s, after) if is_time(s, before) else phrase


def _starts_with_time(s: Sentence, phrase: Stretch) -> bool:
    return s.lower[phrase.first] in _TIME_NOUNS | _TIME_STARTS or (
        s.pos[phrase.first] == "NUM"
        and phrase.first < phrase.last
        and s.lower[phrase.first + 1] in _TIME_NOUNS
    )


def after_colon(s: Sentence, phrase: Stretch, trigger: int) -> Stretch:
    """ "Ministry: Red Column driven out": the Red Column alone."""
    if phrase.last >= trigger:
        return phrase
    colon = next((k for k in range(phrase.last - 1, phrase.first, -1) if s.words[k] == ":"), None)
    return phrase if colon is None else Stretch(colon + 1, phrase.last, *s.chars(colon + 1, phrase.last))


def after_dateline(s: Sentence, first: int, head: int) -> int:
    """Where the phrase starts without the town of a report and its colon ("kelan: the farmers' union")."""
    colon = next((k for k in range(first, head) if s.words[k] == ":"), None)
    return first if colon is None or colon > 4 else colon + 1


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
