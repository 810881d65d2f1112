"""A stretch of running text -> where its sentences start and end. One pass from left to right, linear in time.

Made for text as it is typed in a hurry: a space before the stop ("They left . What now"), no space after it
("Syria.Citizen_Omar"), no capitals, capitals throughout, Arabic. Every candidate (a run of stops) is judged
by a bounded look to the left and to the right; when unsure it does not cut, because a passage of two sentences
can still be read, and half a sentence cannot.

In: text, start, end. Out: (start, end) of each sentence, without white space at the ends; together they cover
everything that is not white space.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rasid.read.words import BEFORE_NUMBERS, FILE_AND_DOMAIN_ENDINGS, OPENERS, PARTICLES, TITLES, UNSURE

MAX_SENTENCE_CHARS = 2_000  # longer runs without a stop are lists or dumps; they are cut at a space
_LOOK = 200  # how far a judgement may look: bounds the cost of each candidate

_SPACE = re.compile(r"\s+")
# A run of end marks, also with spaces between them ("? !", ". . ."), on one line.
_STOPS = re.compile(r"[.!?‽…؟۔؛。！？।]+(?:[ \t\u00a0]{1,3}[.!?…؟]+(?![\w.]))*")
_CLOSERS = re.compile(r"[”’»›)\]}*_\"'`]*")
_SPACED_CLOSER = re.compile(r"[ \t\u00a0][”»)\]}]+(?=\s|[.,;:]|\Z)")
_NOTE_MARKS = re.compile(r"(?:[ \t\u00a0]?\[\d{1,3}(?:\s?[-–,]\s?\d{1,3}){0,5}\]|[¹²³⁰⁴-⁹])+")
_OPENERS = re.compile(r"[\"'“‘«‹„(\[{*_`¿¡\u200e\u200f\u202a-\u202e\u2066-\u2069]*")
_LEFT_WORD = re.compile(r"[^\s\"“”‘«»()\[\]{}<>*;:,!?/—–…؟،؛]*\Z")
_NEXT_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PARTICLE = re.compile(PARTICLES)
_ADDRESS = re.compile(r"://|www\.|@|^\w+\.\w+/|\\")
_VOWEL = re.compile(r"[aeiouyAEIOUYà-ÿ]")


def cut_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of text[start:end] in order, each without white space at its ends."""
    at = _skip_space(text, start, end)
    quotes = 0  # straight double quotes seen in this stretch: odd means that one is open
    counted = at
    search = at
    while at < end:
        stop = _STOPS.search(text, search, end)
        if stop is None:
            break
        quotes += text.count('"', counted, stop.start())
        counted = stop.start()
        after = _absorb_closers(text, stop.end(), end, quote_open=bool(quotes % 2))
        if after >= end:
            break
        if _ends_sentence(text, (at, stop.start(), stop.end(), after), end, quote_open=bool(quotes % 2)):
            yield from cut_pieces(text, at, after)
            at = _skip_space(text, after, end)
        search = max(after, at)
    yield from cut_pieces(text, at, end)


def _absorb_closers(text: str, at: int, end: int, *, quote_open: bool) -> int:
    """The place after the quotation marks and brackets that close behind a stop."""
    closers = _CLOSERS.match(text, at, end)
    assert closers is not None
    after = closers.end()
    marks = closers.group()
    straight = marks.find('"')
    if straight >= 0 and not quote_open:  # it opens the next sentence: ."We left
        after = at + straight
    elif marks and marks[-1] in "'`*_" and after < end and not text[after].isspace():
        after = at + len(marks.rstrip("'`*_"))  # the same for an opening apostrophe or emphasis
    if note := _NOTE_MARKS.match(text, after, end):
        after = note.end()
    if spaced := _SPACED_CLOSER.match(text, after, end):
        return spaced.end()
    if straight < 0 and quote_open and text[after : after + 2] == ' "':
        follows = text[after + 2 : after + 3]
        if not follows or follows.isspace():
            return min(after + 2, end)
    return after


def _ends_sentence(text: str, places: tuple[int, int, int, int], end: int, *, quote_open: bool) -> bool:
    """Is there a sentence end at this run of stops? places: sentence start, stop start, stop end, after closers."""
    at, stop_start, stop_end, after = places
    mark = text[stop_start:stop_end]
    if stop_start == at:  # nothing but stops so far: "... and then"
        return False
    if text[stop_start - 1] in "[(" and text[stop_end : stop_end + 1] in ("]", ")"):
        return False  # "[...]" leaves words out, it does not end anything
    gap = _SPACE.match(text, after, end)
    if gap is None:
        return _ends_when_glued(text, places, end, mark)
    openers = _OPENERS.match(text, gap.end(), end)
    assert openers is not None
    begin = openers.end()
    if begin >= end:
        return True
    opened = openers.end() > openers.start()
    closed = after > stop_end
    if text[begin].isspace():  # a lone quotation mark between two spaces: look past it
        begin = _skip_space(text, begin, end)
        if begin >= end:
            return False
    return _ends_before(
        text,
        begin,
        mark,
        left=_left_word(text, at, stop_start),
        first_in_sentence=_left_is_first(text, at, stop_start),
        spaced=text[stop_start - 1].isspace(),
        closed=closed,
        opened=opened or quote_open,
    )


def _ends_before(
    text: str,
    begin: int,
    mark: str,
    *,
    left: str,
    first_in_sentence: bool,
    spaced: bool,
    closed: bool,
    opened: bool,
) -> bool:
    """The judgement when white space follows the stop; `begin` is the first letter of what comes next."""
    letter = text[begin]
    if unicodedata.category(letter) == "Lo":  # Arabic, Hebrew, Chinese …: no capitals to go by
        return not (mark == "." and len(left.strip(".")) <= 1 and left.isalpha())
    word_match = _NEXT_WORD.match(text, begin, begin + _LOOK)
    word = word_match.group() if word_match else ""
    if letter.islower() and not _PARTICLE.match(text, begin):
        return _ends_before_lower_case(mark, left, spaced=spaced, closed=closed, opened=opened)
    if letter in ",;:.!?)]}”»%&=/|+،؛" or (closed and letter in "-–—"):
        return False
    initial = len(left) == 1 and left.isupper() and left != "I" and word.casefold() not in OPENERS
    if mark != "." or spaced or (closed and not initial):
        return mark not in {"..", "...", "…"} or not spaced or word.casefold() in OPENERS or closed
    if letter.isdigit():
        return not (first_in_sentence and left.isdigit()) and left.casefold() not in BEFORE_NUMBERS
    return not _is_abbreviation(left, word, first_in_sentence=first_in_sentence, opened=opened)


def _is_abbreviation(left: str, word: str, *, first_in_sentence: bool, opened: bool) -> bool:
    """Does the stop after `left` belong to the word, when a capital (the start of `word`) follows?"""
    low = left.casefold().lstrip(".'’-")
    opens = word.casefold() in OPENERS
    if first_in_sentence and ((low.isdigit() and len(low) <= 3) or len(low) == 1):
        return True  # "1. The army", "A. The army": the number of an item, also in the middle of a line
    if low in TITLES:
        return not (opens and low in UNSURE) or opened
    if low in UNSURE or (
        "." in low and all(len(part) <= 2 and not part.isdigit() for part in low.split("."))
    ):
        return not opens or len(word) == 1
    if len(low) == 1 and low.isalpha():
        return left not in {"I"} and (not opens or len(word) == 1)
    return False


def _ends_before_lower_case(mark: str, left: str, *, spaced: bool, closed: bool, opened: bool) -> bool:
    """People who do not type capitals still end sentences; a quotation that goes on does not."""
    if closed or mark in {"..", "...", "…"}:
        return False
    low = left.casefold()
    if mark == ".":
        if spaced:
            return True  # no abbreviation has a space before its stop
        known = low in TITLES or low in UNSURE or low in BEFORE_NUMBERS
        return len(low) >= 3 and low.isalpha() and not known and bool(_VOWEL.search(low))
    if opened:
        return False  # "Why? because" inside an open quotation
    return spaced or mark[-1] in "؟۔؛" or "?" in mark or not left[:1].isupper()


def _ends_when_glued(text: str, places: tuple[int, int, int, int], end: int, mark: str) -> bool:
    """The judgement when no white space follows: "over.The", but not "U.S.Army", "snhr.org", "3.5"."""
    at, stop_start, stop_end, after = places
    openers = _OPENERS.match(text, after, end)
    assert openers is not None
    begin = openers.end()
    if begin >= end or text[begin].isspace() or (mark in {"..", "...", "…"} and begin == stop_end):
        return False
    letter = text[begin]
    if letter in "،,;:)]}" or not letter.isalpha() or letter.islower():
        return False
    left = _left_word(text, at, stop_start)
    token = _token_around(text, stop_start)
    if _ADDRESS.search(token):
        return False
    word_match = _NEXT_WORD.match(text, begin, min(end, begin + _LOOK))
    word = word_match.group() if word_match else ""
    if unicodedata.category(letter) == "Lo":
        return (len(left) >= 2 and len(word) >= 2) or "؟" in mark or "!" in mark
    before = text[stop_start - 1]
    if after > stop_end or mark != "." or before.isspace() or before in ')]”»"':
        return True  # a closing mark, "!" or "?" stands between, or a space before the stop: ".The"
    if token.rstrip(".,;:!?)\"'”’").rpartition(".")[2].casefold() in FILE_AND_DOMAIN_ENDINGS:
        return False
    return _glued_words(left, word, text[begin + len(word) : begin + len(word) + 1])


def _glued_words(left: str, word: str, follows: str) -> bool:
    """Are these the last word of one sentence and the first of the next? Both must look like words."""
    if left.casefold() in TITLES or (left.casefold() in BEFORE_NUMBERS and not left.isdigit()):
        return False
    if "." in left or len(left.strip("'’-")) < 2:
        return False  # "U.S.Army", "J.Smith"
    if len(word) == 1:
        return word in {"A", "I"} and follows.isspace()
    return True


def _left_word(text: str, at: int, stop: int) -> str:
    """The word that ends before the stop, with stops inside it ("U.S", "e.g")."""
    low = max(at, stop - 40)
    while stop > low and text[stop - 1].isspace():
        stop -= 1
    found = _LEFT_WORD.search(text[low:stop])
    return found.group() if found else ""


def _left_is_first(text: str, at: int, stop: int) -> bool:
    """Is the word before the stop the first of its sentence (the "1" of "1. The army")?"""
    return stop - at <= 4 and not any(c.isspace() for c in text[at:stop])


def _token_around(text: str, place: int) -> str:
    """The run without white space around a place, at most `_LOOK` characters to each side."""
    left = text[max(0, place - _LOOK) : place]
    right = text[place : place + _LOOK]
    cut_left = max((left.rfind(c) for c in " \t\n\r\u00a0"), default=-1)
    found = _SPACE.search(right)
    return left[cut_left + 1 :] + (right[: found.start()] if found else right)


def cut_pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """text[start:end] without white space at its ends, in pieces of at most MAX_SENTENCE_CHARS."""
    start = _skip_space(text, start, end)
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE_CHARS:
        cut = _last_space(text, start, start + MAX_SENTENCE_CHARS)
        stop = cut
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        yield start, stop
        start = _skip_space(text, cut, end)
    if start < end:
        yield start, end


def _last_space(text: str, start: int, end: int) -> int:
    """The last white space in text[start+1:end+1], or `end` if there is none."""
    for i in range(end, start, -1):
        if text[i].isspace():
            return i
    return end


def _skip_space(text: str, at: int, end: int) -> int:
    found = _SPACE.match(text, at, end)
    return found.end() if found else at
