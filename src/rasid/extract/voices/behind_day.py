"""Who speaks right behind a day that opens the sentence: "On 4 May 2021 Selma Darwish, a doctor, told ...".

Without a comma behind the day the parser hangs the name on it, and the verb is left without a subject.
"""

from __future__ import annotations

import re

from rasid.extract.syntax import Sentence
from rasid.extract.voices.phrases import Subject
from rasid.extract.voices.that_by_order import names_of_days

_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th)?")
_IN_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "ADP", "PART", "PRON", "CCONJ"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def subject_behind_day(s: Sentence, v: int, low: int) -> Subject | None:
    """The words from the day to the verb, or to the comma before words about the speaker; None if no day opens."""
    first = _past_day(s, low)
    if first is None or first >= v or any(s.tags[t] in _FINITE for t in range(first, v)):
        return None
    end = v
    while end > first and s.pos[end - 1] in {"ADV", "AUX"}:
        end -= 1
    commas = [t for t in range(first, end) if s.words[t] == ","]
    last = end - 1
    if commas:
        if len(commas) < 2 or commas[-1] != end - 1:
            return None
        last = commas[0] - 1
    if last < first or any(s.pos[t] not in _IN_PHRASE for t in range(first, last + 1)):
        return None
    link = next((t for t in range(first + 1, last) if s.pos[t] == "ADP"), last + 1)
    if s.pos[link - 1] not in {"NOUN", "PROPN", "PRON"}:
        return None
    return Subject(link - 1, first, last, by_order=True)


def _past_day(s: Sentence, low: int) -> int | None:
    """The token after "On 4 May 2021", "In June", "On Monday", if no comma follows."""
    if low >= len(s) - 2 or s.lower[low] not in {"on", "in"}:
        return None
    t, named = low + 1, False
    while t < len(s) and (s.lower[t] in names_of_days() or _NUMBER.fullmatch(s.lower[t])):
        named = named or s.lower[t] in names_of_days() or len(s.lower[t]) == 4
        t += 1
    return t if named and t < len(s) and s.words[t] != "," else None
