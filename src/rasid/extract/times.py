"""Stretches of a sentence that say when, and the days they allow.

One pass of a regular expression over the small-letter words finds pieces (a date, a month, a clock time, "two
days ago"); pieces that belong together become one stretch ("Monday, 12 March 2024"), two that make a range
become one span. What the words mean is read by knowledge/time_phrases.py. Nothing here needs the parse; times
in Arabic letters are read from the words alone (`read_times_of_text`). A day is never invented: a month stays a
month, and what needs the date of the document ("yesterday", "on 23 March") stays open until `resolve`.

In: a `Sentence`. Out: `TimeFound`, in the order of the text, without overlaps.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rasid.extract.found import Stretch
from rasid.extract.syntax import Sentence
from rasid.extract.time_words import SIGNS, pieces
from rasid.extract.times_doubles import is_in_place
from rasid.knowledge.calendar import fold
from rasid.knowledge.time_phrases import read_phrase, span_of
from rasid.knowledge.time_phrases_arabic import find_arabic_phrases, has_arabic
from rasid.model.values import DateSpan


@dataclass(frozen=True, slots=True)
class TimeFound:
    """A stretch that says when, and the days it allows.

    where: the words, with "since", "until", "early" and the like but without "in", "on", "at"
    """

    where: Stretch
    span: DateSpan


@dataclass(frozen=True, slots=True)
class _Piece:
    """Tokens first..last; kind is the rule's name."""

    first: int
    last: int
    kind: str


def read_times(sentence: Sentence) -> list[TimeFound]:
    """Every stretch of the sentence that says when, in order, not overlapping.

    Times of day alone are among them, open: their digits are no figures.
    """
    found: list[TimeFound] = []
    if may_say_when(sentence):
        found = [_found(sentence, piece) for piece in _ranged(sentence, _joined(sentence, _pieces(sentence)))]
    if not sentence.text.isascii() and has_arabic(sentence.text):
        found = _with_arabic(sentence, found)
    return found


def read_times_of_text(text: str, *, start: int = 0) -> list[tuple[int, int, DateSpan]]:
    """Times in Arabic of a passage that is not parsed: start, end, span, in order, not overlapping.

    start: where the text begins in the kept text; the offsets given back count from there
    """
    return [
        (start + first, start + end, span_of(meaning, as_said=text[first:end]))
        for first, end, meaning in find_arabic_phrases(text)
    ]


def may_say_when(sentence: Sentence) -> bool:
    """Cheap: does any word look like part of a time?"""
    return any(word in SIGNS or word[0].isdigit() or word[:4] == "mid-" for word in sentence.lower)


# --- pieces -------------------------------------------------------------------------------------------------


def _pieces(sentence: Sentence) -> Iterable[_Piece]:
    joined, starts, ends = _line(sentence)
    for match in pieces().finditer(joined):
        first = bisect_right(starts, match.start()) - 1
        last = bisect_left(ends, match.end())
        if starts[first] != match.start() or last >= len(ends) or not _whole(match.end(), ends[last], joined):
            continue
        piece = _Piece(first, last, str(match.lastgroup))
        if is_in_place(sentence, (first, last, piece.kind)) and _meaning(sentence, piece) is not None:
            yield piece


def _line(sentence: Sentence) -> tuple[str, list[int], list[int]]:
    """The words with one space between them, digits as 0-9, and where each word starts and ends."""
    starts, ends, at = [], [], 0
    for word in sentence.lower:
        starts.append(at)
        ends.append(at + len(word))
        at += len(word) + 1
    return fold(" ".join(sentence.lower)), starts, ends


def _whole(end: int, token_end: int, joined: str) -> bool:
    """The match ends where its last token ends, or only a stop is left of it."""
    return end == token_end or joined[end:token_end] in {".", "'s"}


def _words(sentence: Sentence, piece: _Piece) -> str:
    return sentence.words_between(*sentence.chars(piece.first, piece.last))


def _meaning(sentence: Sentence, piece: _Piece) -> str | None:
    return read_phrase(_words(sentence, piece))


# --- joining ------------------------------------------------------------------------------------------------

_GLUE = frozenset({",", "at", "on", "of", "the", "in", "(", "around", "about", "late", "early", "-"})
_DATED = frozenset({"iso", "dmy", "mdy", "dmy_days", "mdy_days", "my", "decade", "years", "year", "order",
                    "named", "season"})  # fmt: skip
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


def _joined(sentence: Sentence, found: Iterable[_Piece]) -> list[_Piece]:
    """Pieces of one time as one: "Monday, 12 March 2024", "10:30 on 5 May"."""
    out: list[_Piece] = []
    for piece in found:
        if out and _belong(sentence, out[-1], piece):
            kind = out[-1].kind if out[-1].kind in _DATED else piece.kind
            out[-1] = _Piece(out[-1].first, piece.last, kind)
        else:
            out.append(piece)
    return out


def _belong(sentence: Sentence, left: _Piece, right: _Piece) -> bool:
    between = sentence.lower[left.last + 1 : right.first]
    return (
        len(between) <= 2
        and all(word in _GLUE for word in between)
        and right.kind in _FITS.get(left.kind, frozenset())
        and not (left.kind in _DATED and right.kind in _DATED)
    )


# --- ranges -------------------------------------------------------------------------------------------------

_LINKS = {("-",), ("–",), ("—",), ("to",), ("until",), ("till",), ("through",)}
_FROM_LINKS = {("to", "the"), ("until", "the"), ("up", "to")}
_OPENERS = frozenset({"since", "after", "until", "till", "before", "by", "starting"})
_BETWEEN_OPENERS = frozenset({"the", "late", "early", "about", "around", "in", "from", "to"})
_TWO_WORD_OPENERS = frozenset(
    {("starting", "in"), ("starting", "from"), ("beginning", "in"), ("prior", "to"), ("up", "to")}
)


def _ranged(sentence: Sentence, found: list[_Piece]) -> list[_Piece]:
    """ "Between A and B", "from A to B", "A - B" as one; "since A", "until B" with their first word."""
    out: list[_Piece] = []
    for piece in found:
        if out and (made := _range(sentence, out[-1], piece)):
            out[-1] = made
        else:
            out.append(piece)
    return [_around(sentence, _opened(sentence, piece)) for piece in out]


def _range(sentence: Sentence, left: _Piece, right: _Piece) -> _Piece | None:
    between = tuple(sentence.lower[left.last + 1 : right.first])
    lead = sentence.lower[left.first - 1] if left.first else ""
    linked = (
        between in _LINKS
        or (between == ("and",) and lead == "between")
        or (between in _FROM_LINKS and lead == "from")
    )
    if not linked or left.kind in {"range", "years", "decade", "dmy_days", "mdy_days"}:
        return None
    first = left.first - 1 if lead in {"between", "from"} else left.first
    whole = _Piece(first, right.last, "range")
    return whole if _meaning(sentence, whole) is not None else None


def _opened(sentence: Sentence, piece: _Piece) -> _Piece:
    """Take "since", "until", "before" in front into the stretch; the other side is then open."""
    if piece.kind in {"range", "nth"} or piece.first == 0:
        return piece
    lead = sentence.lower[piece.first - 1]
    if lead in {"from", "between"} and piece.kind in {"dmy_days", "mdy_days", "dm", "md"}:
        holds_two = {"-", "–", "to", "and", "until", "through"} & set(
            sentence.lower[piece.first : piece.last]
        )
        return replace(piece, first=piece.first - 1) if holds_two else piece
    if lead in _OPENERS and not _is_owner(sentence, piece):
        return replace(piece, first=piece.first - 1)
    if piece.first > 1 and lead in _BETWEEN_OPENERS:
        wider = sentence.lower[piece.first - 2]
        if (wider in _OPENERS and lead not in {"in", "from", "to"}) or (wider, lead) in _TWO_WORD_OPENERS:
            return replace(piece, first=piece.first - 2)
    return piece


def _is_owner(sentence: Sentence, piece: _Piece) -> bool:
    """ "By today's crowd"."""
    return piece.last + 1 < len(sentence) and sentence.lower[piece.last + 1] in {"'s", "’s"}


def _around(sentence: Sentence, piece: _Piece) -> _Piece:
    """ "Around 12 March 2019" is not that day."""
    before = sentence.lower[piece.first - 1] if piece.first else ""
    if piece.kind in _DATED and before in {"around", "about", "circa", "approximately"}:
        return replace(piece, first=piece.first - 1)
    return piece


def _found(sentence: Sentence, piece: _Piece) -> TimeFound:
    start, end = sentence.chars(piece.first, piece.last)
    said = sentence.words_between(start, end)
    where = Stretch(piece.first, piece.last, start, end)
    return TimeFound(where, span_of(read_phrase(said) or "", as_said=said))


# --- Arabic -------------------------------------------------------------------------------------------------


def _with_arabic(sentence: Sentence, found: list[TimeFound]) -> list[TimeFound]:
    """The Arabic times of the sentence beside the others; where both read the same words, the longer stays."""
    arabic = [
        TimeFound(Stretch(first, last, sentence.starts[first], sentence.ends[last]), span)
        for start, end, span in read_times_of_text(sentence.text, start=sentence.start)
        if (first := bisect_right(sentence.ends, start)) <= (last := bisect_left(sentence.ends, end))
        and last < len(sentence)
        and sentence.starts[first] == start
        and sentence.ends[last] == end
    ]
    kept: list[TimeFound] = []
    for time in sorted(found + arabic, key=lambda t: (t.where.start - t.where.end, t.where.start)):
        if all(time.where.last < k.where.first or time.where.first > k.where.last for k in kept):
            kept.append(time)
    return sorted(kept, key=lambda t: t.where.first)
