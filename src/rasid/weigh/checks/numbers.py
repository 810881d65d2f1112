"""Numbers in running text, as intervals: what each could mean given the words that bind it.

In: a text. Out: `Number`, in order, not overlapping. A bound word widens the interval and never narrows it, so that
a sum that fails has failed under every reading. Works on English; digits may be Arabic-Indic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Literal

Role = Literal["count", "percent", "days", "other"]

_SMALL = {
    word: n
    for n, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split(),
        start=1,
    )
} | {
    word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "tens": 20, "several": 2, "a few": 2,
          "a handful": 2, "many": 2}  # fmt: skip
_ABOUT = 0.1  # "about 600" for 550 to 660
_SPACES = "\u00a0\u202f\u2009 "
_DIGITS = rf"\d{{1,3}}(?:[,{_SPACES}]\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD = "|".join(sorted((*_SMALL, *_SCALES), key=len, reverse=True))
_SPELT = rf"(?:a\s+(?=hundred|thousand|million))?(?:{_WORD})(?:(?:[-\s]|\s+and\s+)(?:{_WORD}))*"
_FOUND = re.compile(
    rf"(?<![\w.,/:#$€£%-])(?:(?P<digits>{_DIGITS})(?:-(?P<upto>{_DIGITS})(?![\w-]))?(?:\s(?P<scale>thousand|million|billion))?|(?P<spelt>(?i:{_SPELT}))|(?P<vague>(?i:{'|'.join(_VAGUE)})))(?!\w)"
)
_BOUNDS: tuple[tuple[str, str], ...] = (
    ("low", r"at least|no fewer than|no less than|not less than|a minimum of|upwards of|at the very least"),
    ("low", r"more than|over|above|exceeding|in excess of|exceeded|surpassed|just over|well over|as many as"),
    (
        "high",
        r"at most|up to|no more than|not more than|a maximum of|fewer than|less than|under|below|just under",
    ),
    ("under", r"nearly|almost|close to|not quite"),
    ("about", r"about|around|some|approximately|roughly|circa|an estimated|estimated at|~|≈|or so"),
)
_BEFORE = tuple(
    (how, re.compile(rf"(?:^|\W)((?:{words})\s*(?:the\s+|a\s+total\s+of\s+)?)\Z", re.I))
    for how, words in _BOUNDS
)
_AFTER = re.compile(r"\s*(?:\+|or more\b|at least\b|or so\b|approximately\b)")
_TO = re.compile(r"\s*(?:-|–|—|to|or)\s*\Z")
_AND = re.compile(r"\s+and\s+\Z")
_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|percentage\b|percent\b)", re.I)
_SPAN = re.compile(r"[\s-](?P<unit>day|week)s?\b", re.I)
_UNIT = re.compile(
    r"[\s-]?(?:km|kilomet\w+|met(?:er|re)s?|miles?|kg|kilo\w*|tonn?es?|tons?|hours?|minutes?|months?|years?|seconds?"
    r"|dollars?|euros?|lira|pounds?|mm|cm|hectares?|litres?|degrees?|a\.?m|p\.?m|o.clock|times|million|billion"
    r"|decades?|nights?|mornings?|evenings?|th|st|nd|rd)\b"
    r"|-[a-z]|[:/.]\d|%|:\d",
    re.I,
)
_NAMED = re.compile(
    r"(?:\b(?:No|Nos|no|number|Article|Resolution|Chapter|Page|page|Part|Section|Communique|Statement|Brigade|Division"
    r"|aged?|ages|Issue|Report|Day|day|Highway|Route|Phase|Camp|Unit|Block|Ward|Law|Decree|M|T|F|Mi|Su|MiG)\.?|[$€£#])"
    r"[\s-]*\Z"
)
_MODEL = re.compile(
    r"[\w,)] (?!At\b|About\b|Some\b|Over\b|Nearly\b|Total\b)[A-Z][\w-]*\s\Z"
)  # "one Airbus 330, two"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)"
)
_MONTH_AFTER = re.compile(rf"(?:\s*[-–]\s*\d{{1,2}}|\s+(?:and|to|or)\s+\d{{1,2}})?\s+(?:of\s+)?{_MONTH}\b")
_MONTH_BEFORE = re.compile(rf"(?P<how>\b\w+\s+)?\b{_MONTH}\.?\s+(?:\d{{1,2}}\s*[-–]\s*)?\Z")
_NOUN_AFTER = re.compile(r"\s+(?!(?:and|or|at|in|on|was|were|the|to|until|by)\b)[a-z]+")
_AGE = re.compile(
    r"\b(?:[A-Z]\w+|son|daughter|wife|husband|mother|father|brother|sister|baby|boy|girl|nephew|niece|cousin|uncle"
    r"|aunt|grand\w+|man|woman),\s*\Z"
)
_AGE_GROUP = re.compile(
    r"\b(?:(?:people|persons|children|minors|adults|women|men|girls|boys|voters|civilians|those|anyone|everyone)\s+"
    r"(?:(?:aged?|who are|of)\s+)?(?:under|over|above|below)|those)\s+\Z",
    re.I,
)  # "children under 18", "those 45 and over"
_TENS = frozenset({3, 4, 5, 10, 20, 100, 1000})
_IN_TEN = re.compile(r"\s+in\s+(?:every\s+)?(?:three|four|five|ten|[345]|10|20|100|1,000)\b(?!,)", re.I)
_OF_TEN = re.compile(rf"\b(?:\d+|{_WORD})\s+in\s+(?:every\s+)?\Z", re.I)
_YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Number:
    """One number and what it could mean.

    start, end: of the number without its bound words
    low, high:  the interval; `high` is infinite for "at least"
    value:      as written
    exact:      no bound word
    places:     decimals written
    days:       for a duration, its length; 0 else
    begin:      where its bound words begin
    """

    start: int
    end: int
    low: float
    high: float
    value: float
    exact: bool
    places: int
    role: Role
    begin: int
    days: int = 0


def read_numbers(text: str) -> list[Number]:
    """Every number of a text; years, dates, ages and clock times have the role "other"."""
    found: list[Number] = []
    for match in _FOUND.finditer(text):
        number = _one(text, match)
        if found and (joined := _joined(text, found[-1], number)) is not None:
            found[-1] = joined
        else:
            found.append(number)
    return found


def _one(text: str, match: re.Match[str]) -> Number:
    start, end = match.span()
    if match["vague"]:
        low = float(_VAGUE[match["vague"].lower()])
        return Number(start, end, low, inf, low, exact=False, places=0, role="count", begin=start)
    written = match["digits"]
    value = _digits(written) if written else _spelt(match["spelt"])
    role, last, days = _role(text, start, end, value=value, plain=bool(written) and written.isdigit())
    begin, low, high = _bounded(text, start, last, value)
    if days and re.match(r"(?:over|some|under)\b", text[begin:start], re.I):
        begin, low, high = start, value, value  # "over 30 days" is how long it took
    places = len(written.partition(".")[2]) if written else 0
    if match["upto"]:  # "20-30"; "2016-17" and "4-2" are no ranges of people
        top = _digits(match["upto"])
        role = "other" if top <= value or role == "other" else role
        value, high = top, max(top, high)
    if match["scale"]:  # "1.2 million" is rounded to its last digit
        scale = {"thousand": 1e3, "million": 1e6, "billion": 1e9}[match["scale"]]
        half = 0.5 * 10.0**-places
        value, low, high, places = value * scale, (low - half) * scale, (high + half) * scale, 0
    return Number(
        start, last, low, high, value, exact=low == high, places=places, role=role, begin=begin, days=days
    )


def _digits(written: str) -> float:
    return float(re.sub(rf"[,{_SPACES}]", "", written))


def _spelt(words: str) -> float:
    """ "two thousand three hundred and four" -> 2304."""
    total, part = 0, 0
    for word in re.split(r"[-\s]+", words.lower()):
        if word in _SMALL:
            part += _SMALL[word]
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word in _SCALES:
            total, part = total + max(part, 1) * _SCALES[word], 0
    return float(total + part)


def _role(text: str, start: int, end: int, *, value: float, plain: bool) -> tuple[Role, int, int]:
    """What sort of number it is, where it ends with its sign, how many days it spans."""
    before, after = text[max(0, start - 30) : start], text[end : end + 40]
    if match := _PERCENT.match(after):
        return "percent", end + match.end(), 0
    if match := _SPAN.match(after):
        days = int(value) * (7 if match["unit"].lower() == "week" else 1)
        return "days", end, days
    if _UNIT.match(after) or _NAMED.search(before) or _is_date(before, after, value):
        return "other", end, 0
    if plain and _MODEL.search(before) and not _NOUN_AFTER.match(after):
        return "other", end, 0
    if plain and value in _YEARS and not _counts_something(after):
        return "other", end, 0
    if value < 110 and _AGE_GROUP.search(before) and not _NOUN_AFTER.match(after):
        return "other", end, 0
    if (_IN_TEN.match(after)) or (_OF_TEN.search(before) and value in _TENS):
        return "other", end, 0  # "6 in 10"
    if value < 110 and _AGE.search(before) and re.match(r"[,.;)]", after):
        return "other", end, 0  # "Samer, 31, lived", "her son, 7."
    return "count", end, 0


def _is_date(before: str, after: str, value: float) -> bool:
    if value > 31:
        return False
    if _MONTH_AFTER.match(after):
        return True
    match = _MONTH_BEFORE.search(before)
    if match is None:
        return False
    # "in February 30 civilians were killed" counts; "on February 3 civilians fled" dates
    counts = (match["how"] or "").strip().lower() in {"in", "during", "for", "of"} and _NOUN_AFTER.match(
        after
    )
    return not counts


def _counts_something(after: str) -> bool:
    return bool(
        re.match(
            r"\s+(?:people|persons|civilians|deaths|victims|others|children|women|men|fighters)\b", after
        )
    )


def _bounded(text: str, start: int, end: int, value: float) -> tuple[int, float, float]:
    """Where the bound words begin, and the interval."""
    before = text[max(0, start - 40) : start]
    for how, pattern in _BEFORE:
        if match := pattern.search(before):
            begin = start - len(match[1])
            if re.search(r"\d\s+\Z", text[:begin]):
                continue  # "110 fewer than the 880" bounds nothing
            return begin, *_interval(how, value)
    if _AFTER.match(text, end):
        return start, value, inf
    return start, value, value


def _interval(how: str, value: float) -> tuple[float, float]:
    if how == "low":
        return value, inf
    if how == "high":
        return 0.0, value
    if how == "under":
        return value * (1 - _ABOUT), value
    return value * (1 - _ABOUT), value * (1 + _ABOUT)


def _joined(text: str, left: Number, right: Number) -> Number | None:
    """ "20-30", "20 to 30", "between 20 and 30" as one range."""
    between = text[left.end : right.start]
    ranged = _TO.match(between) or (
        _AND.match(between) and re.search(r"\bbetween\s*\Z", text[max(0, left.begin - 10) : left.begin], re.I)
    )
    if not ranged or left.value >= right.value or left.role == "percent" != right.role:
        return None
    if re.search(r"\bfrom\s*\Z", text[max(0, left.begin - 8) : left.begin]):
        return None  # "rose from 31 to 40"
    return Number(
        left.start,
        right.end,
        left.low,
        right.high,
        right.value,
        exact=False,
        places=0,
        role=right.role,
        begin=left.begin,
    )


def in_words(value: float) -> str:
    """3486.0 -> "3,486"; 116.2 -> "116.2"."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def months(text: str) -> Iterator[re.Match[str]]:
    """Every name of a month that stands as one, with `month` and, if said, `year`."""
    pattern = re.compile(rf"\b(?P<month>{_MONTH})\b\.?(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?")
    for match in pattern.finditer(text):
        if match["month"] not in {"May", "March", "Mar", "MAY", "MARCH", "MAR"} or _is_month(text, match):
            yield match


def _is_month(text: str, match: re.Match[str]) -> bool:
    """Not the verb: "May it end", "March on the capital"."""
    if match["year"]:
        return True
    before = text[: match.start()].rstrip()
    return bool(
        re.search(
            r"(?:\b(?:in|of|during|for|since|until|from|to|by|and|early|late|last|than|throughout)|\d|[,–-])\Z",
            before,
            re.I,
        )
    ) or bool(re.match(r"\s+(?:toll|report|statistics|figures|count|\d)", text[match.end() :]))


MONTHS = {
    name: n
    for n, names in enumerate(
        ("January Jan", "February Feb", "March Mar", "April Apr", "May", "June Jun", "July Jul", "August Aug",
         "September Sept Sep", "October Oct", "November Nov", "December Dec"),
        start=1,
    )
    for written in names.split()
    for name in (written, written.upper())
}  # fmt: skip
MONTH_NAMES = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September",
               "October", "November", "December")  # fmt: skip
MONTH = _MONTH
