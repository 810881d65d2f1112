"""Stretches of a sentence that say when, in first form.

One pass of a regular expression over the small-letter words finds pieces (a date, a month, a clock time, "two
days ago"); pieces that belong together become one stretch ("Monday, 12 March 2024"), two that make a range
become one span. Nothing here needs the parse. A day is never invented: a month stays a month, and what needs
the date of the document ("yesterday", "on 23 March") stays open.

In: a `Sentence`. Out: `TimeFound`, in the order of the text, without overlaps.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rasid.extract.found import Stretch
from rasid.extract.syntax import Sentence
from rasid.extract.time_words import MONTHS, SIGNS, pieces
from rasid.model.values import DateSpan, Precision


@dataclass(frozen=True, slots=True)
class TimeFound:
    """A stretch that says when, and the days it allows.

    where: the words, with "since", "until", "early" and the like but without "in", "on", "at"
    """

    where: Stretch
    span: DateSpan


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
    }
)
_LABELS = frozenset({
    "resolution", "total", "toll", "number", "article", "law", "decree", "act", "unit", "population", "average"
})  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_OPENERS = {"since": "from", "after": "from", "until": "to", "till": "to", "before": "to", "by": "to"}


@dataclass(frozen=True, slots=True)
class _Piece:
    """Tokens first..last; kind is the rule's name; the days, or None while open."""

    first: int
    last: int
    kind: str
    low: date | None = None
    high: date | None = None
    precision: Precision = Precision.OPEN


def read_times(sentence: Sentence) -> list[TimeFound]:
    """Every stretch of the sentence that says when, in order, not overlapping."""
    if not may_say_when(sentence):
        return []
    found = _joined(sentence, list(_find_pieces(sentence)))
    return [_found(sentence, piece) for piece in _ranged(sentence, found)]


def may_say_when(sentence: Sentence) -> bool:
    """Cheap: does any word look like part of a time?"""
    return any(word in SIGNS or word[0].isdigit() for word in sentence.lower)


def _find_pieces(sentence: Sentence) -> Iterable[_Piece]:
    joined, starts, ends = _line(sentence)
    for match in pieces().finditer(joined):
        first = bisect_right(starts, match.start()) - 1
        last = bisect_left(ends, match.end())
        if starts[first] != match.start() or last >= len(ends) or not _whole(match.end(), ends[last], joined):
            continue
        kind = match.lastgroup
        piece = _piece(sentence, match.group().strip(), (first, last, kind)) if kind else None
        if piece is not None:
            yield piece


def _line(sentence: Sentence) -> tuple[str, list[int], list[int]]:
    """The words with one space between them, digits as 0-9, and where each word starts and ends."""
    starts, ends, at = [], [], 0
    for word in sentence.lower:
        starts.append(at)
        ends.append(at + len(word))
        at += len(word) + 1
    joined = " ".join(sentence.lower)
    if not joined.isascii():
        joined = "".join(_plain(c) for c in joined)
    return joined, starts, ends


def _plain(c: str) -> str:
    if c.isdecimal():
        return str(int(c))
    return "'" if c in "’ʼ" else c


def _whole(end: int, token_end: int, joined: str) -> bool:
    """The match ends where its last token ends, or only a stop is left of it."""
    return end == token_end or joined[end:token_end] in {".", "'s"}


def _piece(sentence: Sentence, text: str, at: tuple[int, int, str]) -> _Piece | None:
    first, last, kind = at
    if kind in {"month", "year", "years", "weekday", "clock", "md", "dm", "order", "word"} and not _in_place(
        sentence, at
    ):
        return None
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    month = _month_of(text)
    piece = _Piece(first, last, kind)
    match kind:
        case "iso":
            return _span(piece, numbers, Precision.DAY)
        case "dmy":
            return _span(piece, [numbers[1], month, numbers[0]], Precision.DAY)
        case "mdy":
            return _span(piece, [numbers[1], month, numbers[0]], Precision.DAY)
        case "dmy_days" | "mdy_days":
            return _days(piece, numbers, month)
        case "my":
            return _span(piece, [numbers[0], month], Precision.MONTH)
        case "order":
            return _numeric(piece, numbers)
        case "decade":
            tens = numbers[0] if numbers[0] % 10 == 0 else None
            return _bounded(piece, tens, tens + 9) if tens is not None else None
        case "years":
            to = numbers[1] if numbers[1] > 99 else numbers[0] // 100 * 100 + numbers[1]
            return _bounded(piece, numbers[0], to) if to > numbers[0] else None
        case "year":
            return _span(piece, numbers, Precision.YEAR)
        case _:
            return piece


def _in_place(sentence: Sentence, at: tuple[int, int, str]) -> bool:
    """Do the neighbours allow it? Years, months ("may", "march"), short weekdays and "12.30" have doubles."""
    first, last, kind = at
    before = sentence.lower[first - 1] if first else ""
    after = sentence.lower[last + 1] if last + 1 < len(sentence) else ""
    if kind == "year" and first == last:
        return _is_year(sentence, first)
    word = sentence.words[first]
    if kind == "month" and first == last:
        if sentence.lower[first] in {"may", "march", "mar"}:
            capital = word[0].isupper() and first > 0
            return (
                capital
                and before in _PREPOSITIONS | {"last", "next", "this"}
                and sentence.pos[first] != "AUX"
            )
        return len(word) > 3 or before in _PREPOSITIONS
    if kind == "word":  # "USA Today"
        return first == 0 or first < last or not word[0].isupper() or sentence.pos[first - 1] != "PROPN"
    if kind == "weekday":
        return len(sentence.lower[last]) > 5 or last > first or after == "."
    if kind == "clock":
        text = sentence.words_between(sentence.starts[first], sentence.ends[last])
        return (
            ":" in text or "m" in text.lower() or (before in {"at", "around"} and not after.startswith("%"))
        )
    if kind in {"md", "dm"}:
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
        return before not in {"about", "around"} and not (before == "of" and _is_label(sentence, i - 2))
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


def _is_label(sentence: Sentence, i: int) -> bool:
    return i >= 0 and sentence.lower[i] in _LABELS


def _month_of(text: str) -> int:
    """1 to 12, or 0 where no month is named."""
    for number, names in enumerate(_month_words(), start=1):
        if names.search(text):
            return number
    return 0


@lru_cache(maxsize=1)
def _month_words() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b(?:{names})\b") for names in MONTHS)


def _span(piece: _Piece, parts: list[int], precision: Precision) -> _Piece | None:
    """With its days; None where there is no such day, since "2024-13-45" is then something else."""
    year, month, day = (*parts, 0, 0)[:3]
    if month > 12 or (precision is not Precision.YEAR and month < 1):
        return None
    if precision is Precision.YEAR:
        return _filled(piece, date(year, 1, 1), date(year, 12, 31), precision)
    length = monthrange(year, month)[1]
    if precision is Precision.MONTH:
        return _filled(piece, date(year, month, 1), date(year, month, length), precision)
    if not 1 <= day <= length:
        return None
    return _filled(piece, date(year, month, day), date(year, month, day), precision)


def _filled(piece: _Piece, low: date | None, high: date | None, precision: Precision) -> _Piece:
    return replace(piece, low=low, high=high, precision=precision)


def _days(piece: _Piece, numbers: list[int], month: int) -> _Piece | None:
    low, high = (_span(piece, [numbers[2], month, n], Precision.DAY) for n in numbers[:2])
    if low is None or high is None or low.low is None or high.low is None or low.low >= high.low:
        return None
    return _filled(piece, low.low, high.low, Precision.RANGE)


def _bounded(piece: _Piece, first_year: int, last_year: int) -> _Piece:
    return _filled(piece, date(first_year, 1, 1), date(last_year, 12, 31), Precision.RANGE)


def _numeric(piece: _Piece, numbers: list[int]) -> _Piece | None:
    """03/04/2019 is open: the order of day and month is unknown. 23/04/2019 is a day."""
    a, b, year = numbers
    if max(a, b) > 31 or min(a, b) < 1 or min(a, b) > 12:
        return None
    if year > 99 and (a == b or max(a, b) > 12):
        return _span(piece, [year, min(a, b), max(a, b)], Precision.DAY)
    return piece


# --- joining ----------------------------------------------------------------------------------------------------

_GLUE = frozenset({",", "at", "on", "of", "the", "in", "(", "around", "about", "late", "early", "-"})
_DAYLIKE = frozenset(
    {"iso", "dmy", "mdy", "dm", "md", "order", "word", "near", "this", "dmy_days", "mdy_days", "my"}
)
_FITS = {  # what may follow what in one stretch, and then says the same time
    "weekday": _DAYLIKE | {"clock", "clock2"},
    "clock": _DAYLIKE | {"weekday", "clock2"},
    "clock1": _DAYLIKE | {"weekday"},
    "clock2": _DAYLIKE | {"weekday"},
    "clock3": _DAYLIKE | {"weekday"},
    "md": frozenset({"clock", "clock2", "near", "this"}),
    "dm": frozenset({"clock", "clock2", "near", "this"}),
    "month": frozenset({"near", "this", "year"}),
    "word": frozenset({"clock", "clock2", "weekday", "md", "dm"}),
    "iso": frozenset({"clock", "clock2"}),
    "dmy": frozenset({"clock", "clock2"}),
    "mdy": frozenset({"clock", "clock2"}),
    "near": frozenset({"clock", "clock2"}),
    "this": frozenset({"clock", "clock2"}),
}


def _joined(sentence: Sentence, pieces: list[_Piece]) -> list[_Piece]:
    """Pieces of one time as one: "Monday, 12 March 2024", "10:30 on 5 May"."""
    out: list[_Piece] = []
    for piece in pieces:
        if out and _belong(sentence, out[-1], piece):
            last = out[-1]
            keep = last if last.low is not None else piece
            out[-1] = replace(keep, first=last.first, last=piece.last)
        else:
            out.append(piece)
    return out


def _belong(sentence: Sentence, left: _Piece, right: _Piece) -> bool:
    between = sentence.lower[left.last + 1 : right.first]
    return (
        len(between) <= 2
        and all(word in _GLUE for word in between)
        and right.kind in _FITS.get(left.kind, frozenset())
        and (left.low is None or right.low is None)
    )


def _ranged(sentence: Sentence, pieces: list[_Piece]) -> list[_Piece]:
    """ "Between A and B", "from A to B", "A - B" as one; "since A", "until B" open on one side."""
    out: list[_Piece] = []
    for piece in pieces:
        if out and (made := _range(sentence, out[-1], piece)):
            out[-1] = made
        else:
            out.append(piece)
    return [_opened(sentence, piece) for piece in out]


def _range(sentence: Sentence, left: _Piece, right: _Piece) -> _Piece | None:
    between = tuple(sentence.lower[left.last + 1 : right.first])
    lead = sentence.lower[left.first - 1] if left.first else ""
    linked = (
        between in {("-",), ("–",), ("—",), ("to",), ("until",), ("till",), ("through",)}
        or (between == ("and",) and lead == "between")
        or (between in {("to", "the"), ("until", "the"), ("up", "to")} and lead == "from")
    )
    if not linked or left.precision is Precision.RANGE:
        return None
    first = left.first - 1 if lead in {"between", "from"} else left.first
    whole = _Piece(first, right.last, "range")
    low = left.low or _borrowed_year(sentence, left, right)
    if low is None or right.high is None:
        return whole
    return _filled(whole, low, right.high, Precision.RANGE) if low <= right.high else None


def _borrowed_year(sentence: Sentence, left: _Piece, right: _Piece) -> date | None:
    """The year of "3 March to 5 April 2020" is said once and holds for both."""
    text = " ".join(sentence.lower[left.first : left.last + 1])
    month, numbers = _month_of(text), [int(n) for n in re.findall(r"\d+", text)]
    if right.high is None or not month or left.kind not in {"md", "dm", "month"} or len(numbers) > 1:
        return None
    precision = Precision.DAY if numbers else Precision.MONTH
    made = _span(left, [right.high.year, month, *numbers], precision)
    return made.low if made else None


def _opened(sentence: Sentence, piece: _Piece) -> _Piece:
    """Take "since", "until", "before" in front into the stretch; the other side is then open."""
    lead = sentence.lower[piece.first - 1] if piece.first else ""
    if lead in {"the", "late", "early", "about", "around"} and piece.first > 1:
        wide = sentence.lower[piece.first - 2]
        side, first = _OPENERS.get(wide), piece.first - 2
    else:
        side, first = _OPENERS.get(lead), piece.first - 1
    if side is None or piece.kind == "range":
        return piece
    wider = replace(piece, first=first)
    if piece.precision is Precision.OPEN or (piece.precision is Precision.RANGE and side == "from"):
        return wider
    if side == "from":
        return _filled(wider, piece.low, None, Precision.RANGE)
    return _filled(wider, None, piece.high, Precision.RANGE)


def _found(sentence: Sentence, piece: _Piece) -> TimeFound:
    start, end = sentence.chars(piece.first, piece.last)
    where = Stretch(piece.first, piece.last, start, end)
    return TimeFound(
        where, DateSpan(piece.low, piece.high, piece.precision, sentence.words_between(start, end))
    )
