"""Numbers as they are spelt: digits with separators, number words, ranges, fractions, vague amounts.

In: a `Sentence` and the words of figures.yaml. Out: `Numeral`, in order, not overlapping, without any thought of
what is counted. Works on the words alone, so a wrong parse does no harm. Single numbers are read by number_words.py;
here two of them become a range ("20 to 30") or a share ("one in five").
"""

from __future__ import annotations

from collections.abc import Collection

from rasid.extract.number_words import read_number_at
from rasid.extract.numeral import DASHES, Numeral, has_digit, word_at
from rasid.extract.syntax import Sentence
from rasid.knowledge.figures import FigureWords
from rasid.model.values import Bound

_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000, 10000})


def read_numerals(sentence: Sentence, blocked: Collection[int], words: FigureWords) -> list[Numeral]:
    """Every number of the sentence outside the blocked tokens."""
    found: list[Numeral] = []
    i, n = 0, len(sentence)
    while i < n:
        if i in blocked or not (sentence.lower[i] in words.number_words or has_digit(sentence.lower[i])):
            i += 1
            continue
        numeral = read_number_at(sentence, i, words)
        if numeral is None or any(j in blocked for j in range(numeral.first, numeral.last + 1)):
            i += 1
            continue
        numeral = _share(sentence, numeral, words) or _with_range(sentence, numeral, words)
        found.append(numeral)
        i = numeral.last + 1
    return found


def _share(sentence: Sentence, left: Numeral, words: FigureWords) -> Numeral | None:
    """ "two thirds", "one in five", "nine out of ten"."""
    if left.kind != "cardinal" or left.low is None or left.low != left.high:
        return None
    at = left.last + 1
    hyphened = at + 1 if word_at(sentence, at) in DASHES else at
    word = word_at(sentence, hyphened)
    if (
        word in words.fractions
        and (word.endswith("s") or word_at(sentence, hyphened + 1) == "of")
        and left.low < 20
    ):
        value = round(100 * left.low / words.fractions[word], 2)
        return Numeral(left.first, hyphened, value, value, None, "share") if value <= 100 else None
    step = 1 if word_at(sentence, at) == "in" else 2 if sentence.lower[at : at + 2] == ["out", "of"] else 0
    if not step and word_at(sentence, at) == "of" and word_at(sentence, at + 1) in {"10", "ten", "100"}:
        step = 1
    if step == 2 and word_at(sentence, at + 2) == "every":
        step = 3
    if step == 1 and word_at(sentence, at + 1) == "every":
        step = 2
    right = read_number_at(sentence, at + step, words) if step and at + step < len(sentence) else None
    if right is None or right.low not in _DENOMINATORS or right.low <= left.low or right.kind != "cardinal":
        return None
    if right.first != at + step or (
        word_at(sentence, at) == "in" and left.written != right.written and left.low > 1
    ):
        return None
    if word_at(sentence, at) == "in" and word_at(sentence, right.last + 1) in words.measures and left.low > 1:
        return None  # "three in five days"
    value = round(100 * left.low / right.low, 2)
    return Numeral(left.first, right.last, value, value, None, "share")


def _with_range(sentence: Sentence, left: Numeral, words: FigureWords) -> Numeral:
    """ "20-30", "20 to 30", "between 20 and 30", "five or six"; the numeral itself if it is none."""
    at = left.last + 1
    sign = word_at(sentence, at) if word_at(sentence, at) in {"%", "$", "€", "£"} else ""
    link = word_at(sentence, at + bool(sign))
    if (
        left.kind != "cardinal"
        or left.bound not in {None, Bound.ABOUT}
        or left.low is None
        or not _is_link(sentence, left, link, words)
    ):
        return left
    start = at + bool(sign) + 1
    if word_at(sentence, start) in {"$", "€", "£"}:
        sign, start = sign or sentence.lower[start], start + 1
    if start >= len(sentence) or not (
        word_at(sentence, start) in words.number_words or has_digit(sentence.lower[start])
    ):
        if word_at(sentence, start) not in {"a"}:
            return left
        start += 1
    right = read_number_at(sentence, start, words) if start < len(sentence) else None
    if right is None or right.kind != "cardinal" or right.low is None or right.bound is Bound.VAGUE:
        return left
    return _joined(sentence, left, right, link=link, sign=sign) or left


def _is_link(sentence: Sentence, left: Numeral, link: str, words: FigureWords) -> bool:
    lead = word_at(sentence, left.first - 1)
    if lead in {"$", "€", "£"}:
        lead = word_at(sentence, left.first - 2)
    if link == "and":
        return lead == "between"
    if link == "to" and lead == "from":  # "rose from 120 to 145" is two figures
        return not words.change_words.intersection(sentence.lower[max(0, left.first - 8) : left.first])
    return link in DASHES or link in {"to", "or"}


def _joined(sentence: Sentence, left: Numeral, right: Numeral, *, link: str, sign: str) -> Numeral | None:
    assert left.low is not None and right.low is not None
    low, high = left.low, right.high
    if right.scale > 1 and left.scale == 1 and right.low / right.scale > low:
        low *= right.scale
    if high is None or low >= high:
        return None
    if link == "or" and (high - low > max(2.0, low) or right.bound is not None):
        return None
    lead = word_at(sentence, left.first - 1)
    first = left.first - 1 if (lead, link) in {("between", "and"), ("from", "to")} else left.first
    if first == left.first and word_at(sentence, left.first - 2) == "between" and sign:
        first = left.first - 2
    return Numeral(
        first, right.last, low, high, Bound.RANGE, scale=right.scale, written=left.written, sign=sign
    )
