"""Numbers as they are spelt: digits with separators, number words, ranges, fractions, vague amounts.

In: a `Sentence` and the words of figures.yaml. Out: `Numeral`, in order, not overlapping, without any thought of
what is counted. Works on the words alone, so a wrong parse does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from rasid.extract.syntax import Sentence
from rasid.knowledge.figures import FigureWords
from rasid.model.values import Bound


@dataclass(frozen=True, slots=True)
class Numeral:
    """Tokens first..last say a number.

    bound:    what the number's own words say (RANGE, VAGUE; ABOUT for "a dozen"; AT_LEAST for "12+"), else None
    kind:     "cardinal", "ordinal" or "share" (a fraction: low and high are then per cent)
    scale:    the last multiplier ("thousand"), 1 without one
    written:  True for digits
    decimal:  the other reading of "1.234", if it has two
    sign:     a percent or currency sign stands inside ("50%-60%"), or ""
    """

    first: int
    last: int
    low: float | None
    high: float | None
    bound: Bound | None = None
    kind: str = "cardinal"
    scale: float = 1
    written: bool = False
    decimal: float | None = None
    sign: str = ""


_TOKEN = re.compile(r"([~≈<>≥≤]?)(\d[\d.,'’٬٫]*)(bn|mn|mln|k|m|b)?(\+?)\Z")
_TWO = re.compile(r"([~≈]?)(\d[\d.,'’]*)%?[-–—−](\d[\d.,'’]*)(bn|mn|mln|k|m|b)?(\+?)\Z")
_ORDINAL = re.compile(r"(\d{1,3}(?:,\d{3})*)(?:st|nd|rd|th)\Z")
_LEADS = {"~": Bound.ABOUT, "≈": Bound.ABOUT, "<": Bound.LESS_THAN, ">": Bound.MORE_THAN, "≥": Bound.AT_LEAST,
          "≤": Bound.AT_MOST}  # fmt: skip
DASHES = frozenset({"-", "–", "—", "−", "--"})
_LARGEST = (
    1e13  # a number that has reached it takes no further scale: beyond the money of states, it is noise
)
_MOST_CHARS = 20  # digits and separators of one number; longer ones are codes
_MANY_OF = frozenset({"tens", "dozens", "scores", "hundreds", "thousands"})
_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000, 10000})
_WHOLE_WORDS = frozenset({"of", "the", "their", "its", "his", "her", "our", "all", "those", "these"})


def read_numerals(sentence: Sentence, blocked: Collection[int], words: FigureWords) -> list[Numeral]:
    """Every number of the sentence outside the blocked tokens."""
    found: list[Numeral] = []
    i, n = 0, len(sentence)
    while i < n:
        if i in blocked or not (sentence.lower[i] in words.number_words or _has_digit(sentence.lower[i])):
            i += 1
            continue
        numeral = _read_at(sentence, i, words)
        if numeral is None or any(j in blocked for j in range(numeral.first, numeral.last + 1)):
            i += 1
            continue
        numeral = _share(sentence, numeral, words) or _with_range(sentence, numeral, words)
        found.append(numeral)
        i = numeral.last + 1
    return found


def _has_digit(word: str) -> bool:
    """Numbers start with a digit, or with a sign and a digit."""
    return word[0].isdigit() or (len(word) > 1 and word[1].isdigit())


def read_digits(text: str) -> tuple[float, float | None] | None:
    """The value of digits with separators, and the other reading of an ambiguous one.

    "1,234", "1'234" and "1.234.567" are thousands, "3.5" and "3,5" decimals; "1.234" is read as 1234 with 1.234
    as the other reading. None for what is no number ("12.34.56", "33.5138").
    """
    plain = "".join(str(int(c)) if c.isdecimal() else c for c in text).replace("٬", ",").replace("٫", ".")
    plain = plain.replace("’", "'").rstrip(".,'")
    if len(plain) > _MOST_CHARS:
        return None
    if plain.isdigit():
        return float(int(plain)), None
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?:'\d{3})+|[1-9]\d{0,2}(?:\.\d{3}){2,}", plain):
        return float(re.sub(r"\D", "", plain)), None
    if re.fullmatch(r"[1-9]\d?(?:,\d\d)+,\d{3}", plain):  # 1,50,000
        return float(plain.replace(",", "")), None
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", plain):
        return float(plain.replace(".", "")), float(plain)
    if match := re.fullmatch(r"(\d{1,3}(?:,\d{3})*|\d+)\.(\d{1,3})", plain):
        return float(match[1].replace(",", "") + "." + match[2]), None
    if match := re.fullmatch(r"(\d{1,3}(?:\.\d{3})*|\d+),(\d{1,2})", plain):
        return float(match[1].replace(".", "") + "." + match[2]), None
    return None


# --- one number -----------------------------------------------------------------------------------------------


def _read_at(sentence: Sentence, i: int, words: FigureWords) -> Numeral | None:
    """The number that starts at (or, for "a hundred", just before) token `i`."""
    word = sentence.lower[i]
    if word[0].isdigit() or not word[0].isalpha():
        return _digits(sentence, i, words)
    if word in words.vague_plurals or word in words.vague_amounts:
        return _vague(sentence, i, words)
    if word == "half":
        return _half(sentence, i, words)
    if word in words.cardinals or word in words.scales:
        return _spelt(sentence, i, words)
    if word == "score" and word_at(sentence, i - 1) in {"a", "three"} and word_at(sentence, i + 1) == "of":
        return Numeral(i - 1, i, 20, 20, Bound.ABOUT)
    if (
        word in words.fractions
        and word_at(sentence, i - 1) in {"a", "one"}
        and word_at(sentence, i + 1) == "of"
    ):
        value = round(100 / words.fractions[word], 2)
        return Numeral(i - 1, i, value, value, None, "share")
    if word in words.ordinals:
        return Numeral(i, i, words.ordinals[word], words.ordinals[word], None, "ordinal")
    return None


def word_at(sentence: Sentence, i: int) -> str:
    """The word in small letters, "" outside the sentence."""
    return sentence.lower[i] if 0 <= i < len(sentence) else ""


def _glued(sentence: Sentence, i: int) -> bool:
    """No space between tokens i and i+1."""
    return i + 1 < len(sentence) and sentence.ends[i] == sentence.starts[i + 1]


def _digits(sentence: Sentence, i: int, words: FigureWords) -> Numeral | None:
    word = sentence.lower[i]
    if match := _ORDINAL.match(word):
        value = float(match[1].replace(",", ""))
        return Numeral(i, i, value, value, None, "ordinal", written=True)
    if match := _TWO.match(word):
        return _two(i, match, words, sign="%" if "%" in word else "")
    match = _TOKEN.match(word)
    if match is None:
        return None
    read = read_digits(match[2])
    if read is None:
        return None
    (value, decimal), last = read, i
    bound = _LEADS.get(match[1])
    if match[3]:
        value = (decimal or value) * words.suffixes[match[3]]
        return _bounded(
            sentence, Numeral(i, i, value, value, bound, scale=words.suffixes[match[3]], written=True)
        )
    while value < _LARGEST and _is_next_group(sentence, i, last):
        last += 1
        value, decimal = value * 1000 + float(sentence.lower[last].rstrip(".,")), None
    numeral = Numeral(i, last, value, value, bound, written=True, decimal=decimal)
    if match[4]:
        return replace(numeral, bound=Bound.AT_LEAST)
    return _bounded(sentence, _scaled(sentence, numeral, words))


def _is_next_group(sentence: Sentence, i: int, last: int) -> bool:
    """ "1 234": one to three digits, one space, exactly three digits."""
    if last + 1 >= len(sentence) or not re.fullmatch(r"[1-9]\d{0,2}", sentence.lower[i]):
        return False
    if _glued(sentence, last + 1) and word_at(sentence, last + 2) in {"mm", "cm"}:  # "4 122mm rockets"
        return False
    gap = sentence.starts[last + 1] - sentence.ends[last]
    return gap == 1 and re.fullmatch(r"\d{3}", sentence.lower[last + 1]) is not None


def _two(i: int, match: re.Match[str], words: FigureWords, *, sign: str) -> Numeral | None:
    """ "20–30" as one token."""
    low, high = read_digits(match[2]), read_digits(match[3])
    if low is None or high is None:
        return None
    scale = words.suffixes[match[4]] if match[4] else 1
    if low[0] >= high[0]:
        return None
    return Numeral(i, i, low[0] * scale, high[0] * scale, Bound.RANGE, scale=scale, written=True, sign=sign)


def _scaled(sentence: Sentence, numeral: Numeral, words: FigureWords) -> Numeral:
    """Digits and the scales behind them: "3.5 million", "900 thousand", "3.5m", "2 dozen", "3 and a half million"."""
    value, last, scale, bound = numeral.low or 0.0, numeral.last, 1.0, numeral.bound
    if numeral.decimal is not None and word_at(sentence, last + 1) in words.scales:
        value = numeral.decimal
    if tuple(sentence.lower[last + 1 : last + 4]) == ("and", "a", "half"):
        value, last = value + 0.5, last + 3
    while value < _LARGEST and (
        (word := word_at(sentence, last + 1)) in words.scales or _is_glued_scale(sentence, last, words)
    ):
        factor = words.scales.get(word) or words.suffixes[word]
        bound = bound or (Bound.ABOUT if word == "dozen" else None)
        value, scale, last = value * factor, scale * factor, last + 1
    if last == numeral.last:
        return numeral
    return replace(numeral, last=last, low=value, high=value, scale=scale, bound=bound, decimal=None)


def _is_glued_scale(sentence: Sentence, last: int, words: FigureWords) -> bool:
    """The "m" of "3.5m people" or "$3.5m", not of "30m away"."""
    word = word_at(sentence, last + 1)
    if word not in words.suffixes or not (_glued(sentence, last) or word in {"bn", "mn"}):
        return False
    if word != "m":
        return True
    before = word_at(sentence, last - 1)
    after = word_at(sentence, last + 2)
    if after in {"away", "deep", "long", "high", "tall", "wide", "from", "above", "below", "-", "x"}:
        return False
    people = last + 2 < len(sentence) and sentence.tags[last + 2] in {"NNS", "NNPS", "JJ"}
    return before in words.currencies or people or "." in sentence.lower[last]


def _bounded(sentence: Sentence, numeral: Numeral) -> Numeral:
    """A plus sign right behind: "12+"."""
    if word_at(sentence, numeral.last + 1) == "+" and _glued(sentence, numeral.last):
        return replace(numeral, last=numeral.last + 1, bound=Bound.AT_LEAST)
    return numeral


def _spelt(sentence: Sentence, i: int, words: FigureWords) -> Numeral | None:
    """Number words from `i` on: "twenty-three", "two hundred and fifty thousand", "a dozen"."""
    first = i
    if sentence.lower[i] in words.scales:
        if word_at(sentence, i - 1) in {"a", "an"}:
            first = i - 1
        elif sentence.lower[i] not in {"dozen", "hundred"} and word_at(sentence, i - 1) != "the":
            return None
    total = current = scale = 0.0
    last, j, about = i, i, False
    while j < len(sentence):
        word = sentence.lower[j]
        if word in words.cardinals and _fits(current, words.cardinals[word]):
            current += words.cardinals[word]
        elif word in words.scales and total + current < _LARGEST:
            total, current = _multiplied(total, current, words.scales[word])
            scale, about = float(words.scales[word]), about or word == "dozen"
        elif j > i and _links(sentence, j, words):
            j += 1
            continue
        elif tuple(sentence.lower[j : j + 3]) == ("and", "a", "half") and j > i:
            current, last, j = current + 0.5, j + 2, j + 3
            continue
        else:
            break
        last, j = j, j + 1
    value = total + current
    if tuple(sentence.lower[last + 1 : last + 4]) == ("and", "a", "half") and scale >= 1000:
        value, last = value + scale / 2, last + 3
    bound = Bound.ABOUT if about else None
    return _bounded(sentence, Numeral(first, last, value, value, bound, scale=scale or 1))


def _fits(current: float, value: int) -> bool:
    """May this cardinal follow what was read? "twenty three" yes, "two three" no."""
    if not current:
        return True
    below = current % 100
    return below == 0 or (below >= 20 and below % 10 == 0 and 0 < value < 10)


def _multiplied(total: float, current: float, factor: int) -> tuple[float, float]:
    if factor <= 100:
        return total, (current or 1) * factor
    if not current and total:
        return total * factor, 0.0
    return total + (current or 1) * factor, 0.0


def _links(sentence: Sentence, j: int, words: FigureWords) -> bool:
    """A hyphen or an "and" inside one number: "twenty-three", "two hundred and fifty"."""
    before, after = word_at(sentence, j - 1), word_at(sentence, j + 1)
    if sentence.lower[j] in DASHES:
        tens = words.cardinals.get(before, 0) >= 20 and 0 < words.cardinals.get(after, 0) < 10
        return tens or (before in words.cardinals and after in words.scales)
    return sentence.lower[j] == "and" and before in words.scales and after in words.cardinals


def _half(sentence: Sentence, i: int, words: FigureWords) -> Numeral | None:
    """ "half a million" is a number, "half of the town" a share, "half an hour" a half."""
    after, next_after = word_at(sentence, i + 1), word_at(sentence, i + 2)
    if after in {"a", "an", "-"} and next_after in words.scales:
        value = words.scales[next_after] / 2
        bound = Bound.ABOUT if next_after == "dozen" else None
        return Numeral(i, i + 2, value, value, bound, scale=value * 2)
    if after in {"a", "an"} and next_after in words.measures:
        return Numeral(i, i + 1, 0.5, 0.5)
    bounded = word_at(sentence, i - 1) in {
        "than",
        "about",
        "nearly",
        "almost",
        "over",
        "least",
        "roughly",
        "around",
        "only",
    }
    if word_at(sentence, i - 1) in {"first", "second", "other", "in", "-", "latter", "the"}:
        return None
    if after in _WHOLE_WORDS or bounded:
        first = i - 1 if word_at(sentence, i - 1) in {"one", "a"} else i
        return Numeral(first, i, 50, 50, None, "share")
    return None


def _vague(sentence: Sentence, i: int, words: FigureWords) -> Numeral | None:
    """Dozens, tens of thousands, several hundred, a couple of: a floor, no ceiling (docs/concepts/figures.md)."""
    word, before = sentence.lower[i], word_at(sentence, i - 1)
    if word in words.vague_plurals:
        return _plural(sentence, i, words)
    first = i - 1 if before in {"a", "an"} else i
    if word != "several" and first == i:
        return None
    if word in {"couple", "handful"}:
        if word_at(sentence, i + 1) != "of":
            return _spelt_scale(sentence, (first, i), words) if word == "couple" else None
        if word == "couple" and word_at(sentence, i + 2) in words.scales:
            return _spelt_scale(sentence, (first, i + 1), words)
        return Numeral(first, i, words.vague_amounts[word], None, Bound.VAGUE)
    return _spelt_scale(sentence, (first, i), words) or Numeral(
        first, i, words.vague_amounts[word], None, Bound.VAGUE
    )


def _spelt_scale(sentence: Sentence, at: tuple[int, int], words: FigureWords) -> Numeral | None:
    """ "several hundred", "a few dozen": the amount times the scale."""
    first, last = at
    amount = next(
        float(words.vague_amounts[w]) for w in sentence.lower[first : last + 1] if w in words.vague_amounts
    )
    scale = 1.0
    while scale < _LARGEST and word_at(sentence, last + 1) in words.scales:
        last += 1
        scale *= words.scales[sentence.lower[last]]
    return Numeral(first, last, amount * scale, None, Bound.VAGUE, scale=scale) if scale > 1 else None


def _plural(sentence: Sentence, i: int, words: FigureWords) -> Numeral | None:
    word = sentence.lower[i]
    after = word_at(sentence, i + 1)
    if word == "tens" and after != "of" and not _by_the(sentence, i):
        return None
    if word == "scores" and after not in {"of", "were", "have", "are", "more"} and not _by_the(sentence, i):
        return None  # goals, or a verb
    value, last = 2.0 * words.vague_plurals[word], i
    while (
        value < _LARGEST
        and word in _MANY_OF
        and word_at(sentence, last + 1) == "of"
        and word_at(sentence, last + 2) in words.vague_plurals
    ):
        last += 2
        value *= words.vague_plurals[sentence.lower[last]]
    first = _by_the(sentence, i) or i
    if first == i and word_at(sentence, i - 1) in {"many", "several"}:
        first = i - 1
    return Numeral(first, last, value, None, Bound.VAGUE, scale=value)


def _by_the(sentence: Sentence, i: int) -> int | None:
    """First token of "by the thousands", "in their hundreds"."""
    if word_at(sentence, i - 2) in {"by", "in"} and word_at(sentence, i - 1) in {"the", "their"}:
        return i - 2
    return None


# --- two numbers as one ---------------------------------------------------------------------------------------


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
    right = _read_at(sentence, at + step, words) if step and at + step < len(sentence) else None
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
        word_at(sentence, start) in words.number_words or _has_digit(sentence.lower[start])
    ):
        if word_at(sentence, start) not in {"a"}:
            return left
        start += 1
    right = _read_at(sentence, start, words) if start < len(sentence) else None
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
