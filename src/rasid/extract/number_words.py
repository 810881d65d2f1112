"""One number at one place: digits with separators and scales, number words, halves, vague amounts.

In: a `Sentence`, a token, the words of figures.yaml. Out: a `Numeral`, or None. Works on the words alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rasid.extract.numeral import DASHES, Numeral, is_glued, word_at
from rasid.extract.syntax import Sentence
from rasid.knowledge.figures import FigureWords
from rasid.model.values import Bound

_TOKEN = re.compile(r"([~≈<>≥≤]?)(\d[\d.,'’٬٫]*)(bn|mn|mln|k|m|b)?(\+?)\Z")
_TWO = re.compile(r"([~≈]?)(\d[\d.,'’]*)%?[-–—−](\d[\d.,'’]*)(bn|mn|mln|k|m|b)?(\+?)\Z")
_ORDINAL = re.compile(r"(\d{1,3}(?:,\d{3})*)(?:st|nd|rd|th)\Z")
_LEADS = {"~": Bound.ABOUT, "≈": Bound.ABOUT, "<": Bound.LESS_THAN, ">": Bound.MORE_THAN, "≥": Bound.AT_LEAST,
          "≤": Bound.AT_MOST}  # fmt: skip
_LARGEST = (
    1e13  # a number that has reached it takes no further scale: beyond the money of states, it is noise
)
_MOST_CHARS = 20  # digits and separators of one number; longer ones are codes
_MANY_OF = frozenset({"tens", "dozens", "scores", "hundreds", "thousands"})
_WHOLE_WORDS = frozenset({"of", "the", "their", "its", "his", "her", "our", "all", "those", "these"})


def read_number_at(sentence: Sentence, i: int, words: FigureWords) -> Numeral | None:
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
    if is_glued(sentence, last + 1) and word_at(sentence, last + 2) in {"mm", "cm"}:  # "4 122mm rockets"
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
    if word not in words.suffixes or not (is_glued(sentence, last) or word in {"bn", "mn"}):
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
    if word_at(sentence, numeral.last + 1) == "+" and is_glued(sentence, numeral.last):
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
