"""A number as it is spelt, and what helps to look at the words around it."""

from __future__ import annotations

from dataclasses import dataclass

from rasid.extract.syntax import Sentence
from rasid.model.values import Bound

DASHES = frozenset({"-", "–", "—", "−", "--"})


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


def word_at(sentence: Sentence, i: int) -> str:
    """The word in small letters, "" outside the sentence."""
    return sentence.lower[i] if 0 <= i < len(sentence) else ""


def is_glued(sentence: Sentence, i: int) -> bool:
    """No space between tokens i and i+1."""
    return i + 1 < len(sentence) and sentence.ends[i] == sentence.starts[i + 1]


def has_digit(word: str) -> bool:
    """Numbers start with a digit, or with a sign and a digit."""
    return word[0].isdigit() or (len(word) > 1 and word[1].isdigit())
