"""Lists of parties before a verb: "A priest, two nuns and a cook were abducted".

The parser often takes the last member alone for the subject. Here the list is read by the order of the words:
everything nominal that stands before the verb, if it holds an "and". In: a sentence, the first token of the verb
and what was read as its party. Out: the whole list, or the same phrase again.
"""

from __future__ import annotations

from rasid.extract.events_phrases import stretch
from rasid.extract.found import Stretch
from rasid.extract.syntax import Sentence
from rasid.knowledge.forms import listed

_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "DET", "ADJ"})
_SEPARATORS = frozenset({",", ";", "and"})
_INSIDE = listed("of 's ’s - their his her its my our another other others son daughter") | _SEPARATORS
_SAYING = listed("say report add confirm announce claim state believe allege")


def with_whole_list(s: Sentence, phrase: Stretch, verb: int) -> Stretch:
    """The list that `phrase` is a member of and that ends right before the verb at token `verb`."""
    last = verb - 1
    while last >= 0 and (s.pos[last] in {"AUX", "ADV", "PART"} or s.words[last] == ","):
        last -= 1
    first = last + 1
    while first > 0 and (s.pos[first - 1] in _NOMINAL or s.lower[first - 1] in _INSIDE):
        first -= 1
    first = _after_foreign_member(s, first, last)
    while first <= last and s.lower[first] in _SEPARATORS:
        first += 1
    inside = first <= phrase.first and phrase.last <= last
    if not inside or not _is_list(s, first, last):
        return phrase
    return stretch(s, first, last)


def _after_foreign_member(s: Sentence, first: int, last: int) -> int:
    """Skip what belongs to a word before the list: "On Monday, a priest ...", "they saw him, and a cook was"."""
    if first == 0:
        return first
    before = first - 1
    if s.pos[before] in {"SCONJ", "PUNCT"} or s.lower[before] == "that" or s.lemmas[before] in _SAYING:
        return first
    return next((k for k in range(first, last + 1) if s.lower[k] in _SEPARATORS), last + 1)


def _is_list(s: Sentence, first: int, last: int) -> bool:
    """Members with a mark between them and "and" before the last one."""
    marks = [k for k in range(first, last + 1) if s.lower[k] in _SEPARATORS]
    if not any(s.lower[k] == "and" for k in marks) or s.lower[marks[0]] == "and":
        return False
    described = s.pos[marks[0] - 1] == "PROPN" and s.lower[marks[0] + 1] in {"a", "an", "the"}
    return not (described and len(marks) == 2)  # "Rana Odeh, the owner and editor"
