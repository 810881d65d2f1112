"""May these words be a time here? Years, months, short weekdays and "12.30" have doubles.

In: a parsed sentence and the tokens of a piece found by word order. Out: yes or no, from the neighbours and
their tags, never from the tree.
"""

from __future__ import annotations

import re

from rasid.extract.syntax import Sentence

_PREPOSITIONS = frozenset(
    {
        "in",
        "since",
        "during",
        "of",
        "until",
        "till",
        "throughout",
        "early",
        "late",
        "mid",
        "mid-",
        "from",
        "by",
        "before",
        "after",
        "through",
        "between",
        "the",
        "about",
        "around",
        "year",
    }
)
_SURE_PREPOSITIONS = frozenset(
    {"in", "since", "during", "until", "till", "throughout", "early", "late", "mid", "year"}
)
_UNIT_WORDS = frozenset(
    {
        "km",
        "m",
        "kg",
        "mm",
        "metre",
        "meter",
        "mile",
        "dollar",
        "euro",
        "pound",
        "ha",
        "usd",
        "tonne",
        "ton",
        "foot",
        "gmt",
        "people",
        "personnel",
        "staff",
        "livestock",
        "cattle",
        "sheep",
        "fish",
        "aircraft",
        "police",
        "infantry",
    }
)
_LABELS = frozenset({
    "resolution", "total", "toll", "number", "article", "law", "decree", "act", "unit", "population", "average"
})  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_NAMED_AFTER_DAYS = frozenset(
    "brigade battalion regiment division movement street square bridge hospital school university stadium"
    " airport organisation organization party".split()
)


def is_in_place(sentence: Sentence, at: tuple[int, int, str]) -> bool:
    """Do the neighbours allow it? Years, months ("may", "march"), short weekdays and "12.30" have doubles."""
    first, last, kind = at
    before = sentence.lower[first - 1] if first else ""
    after = sentence.lower[last + 1] if last + 1 < len(sentence) else ""
    if kind == "year" and first == last:
        return _is_year(sentence, first)
    word = sentence.words[first]
    if kind == "month" and first == last:
        if "PERSON" in sentence.labels[first : first + 2] and before not in _PREPOSITIONS:
            return False  # "June Mansour"
        if sentence.lower[first] in {"may", "march", "mar"}:
            capital = word[0].isupper() and first > 0
            return (
                capital
                and before in _PREPOSITIONS | {"last", "next", "this"}
                and sentence.pos[first] != "AUX"
            )
        return len(word) > 3 or before in _PREPOSITIONS
    if kind == "this" and sentence.lower[last] == "may":
        return sentence.words[last][0].isupper()  # "a choice that may matter"
    if kind in {"this", "near"} and last - first < 3 and sentence.lower[last] in {"second", "minute"}:
        return False  # "this second filing", "at the last minute"
    if kind == "word":  # "USA Today"
        return first == 0 or first < last or not word[0].isupper() or sentence.pos[first - 1] != "PROPN"
    if kind == "weekday":
        if "PERSON" in sentence.labels[first : first + 2] and before not in _PREPOSITIONS | {"on"}:
            return False  # "Sunday Okoro"
        return len(sentence.lower[last]) > 5 or last > first or after == "."
    if kind == "clock":
        text = sentence.words_between(sentence.starts[first], sentence.ends[last])
        return (
            ":" in text or "m" in text.lower() or (before in {"at", "around"} and not after.startswith("%"))
        )
    if kind in {"md", "dm"}:
        if before == "the" and after in _NAMED_AFTER_DAYS:
            return False  # "the 12 May brigade"
        names = [w for w in sentence.lower[first : last + 1] if w in {"may", "march", "mar"}]
        return not names or not (
            names[0] == "may" and sentence.pos[first] == "AUX" and before not in {"on", "in"}
        )
    return True


def _is_year(sentence: Sentence, i: int) -> bool:
    """A lone number of four digits is a year after "in" or "since"; else only where no counted noun follows."""
    before = sentence.lower[i - 1] if i else ""
    after = sentence.lower[i + 1] if i + 1 < len(sentence) else ""
    tag = sentence.tags[i + 1] if i + 1 < len(sentence) else ""
    if after in {"%", "percent", "per", "km", "million", "thousand"}:
        return False
    if (
        tag == "NN"
        and after not in _UNIT_WORDS
        and before not in {"than", "least", "$", "€", "£", "no", "no.", "some"}
    ):
        return not _is_label(sentence, i - 1)  # "its 2011 offensive": a count would take a plural
    if before in _SURE_PREPOSITIONS or (before in {"and", "to"} and _second_year(sentence, i)):
        return True
    if before in {"and", "or", ","} and tag not in {"NNS", "NNPS"} and _is_listed(sentence, i):
        return True
    if tag in {"NNS", "NNPS"} or before in {
        "than",
        "least",
        "over",
        "to",
        "$",
        "€",
        "£",
        "no",
        "no.",
        "some",
    }:
        return False
    if before in _PREPOSITIONS or before in {"(", "[", "'s"}:
        if before in {"about", "around"}:
            return (
                i > 1 and sentence.lower[i - 2] in _SURE_PREPOSITIONS
            )  # "in about 2012"; "about 2012 came" is none
        return not (before == "of" and _is_label(sentence, i - 2))
    return (
        (after in {")", "]", ",", ".", ";", ""} or i == 0)
        and bool(before)
        and (sentence.pos[i - 1] in {"PROPN", "PUNCT"} and not _is_label(sentence, i - 1))
    )


def _second_year(sentence: Sentence, i: int) -> bool:
    """The second of "between 2016 and 2018", "from 2016 to 2018"."""
    return (
        i >= 3
        and sentence.lower[i - 3] in {"between", "from"}
        and _YEAR.match(sentence.lower[i - 2]) is not None
    )


def _is_listed(sentence: Sentence, i: int) -> bool:
    """One more of "in 2008, 2010 and 2012"."""
    j = i - 1
    while j > 0 and (sentence.lower[j] in {"and", "or", ","} or _YEAR.match(sentence.lower[j])):
        j -= 1
    return j < i - 2 and sentence.lower[j] in _SURE_PREPOSITIONS


def _is_label(sentence: Sentence, i: int) -> bool:
    return i >= 0 and sentence.lower[i] in _LABELS
