"""Text -> words with their places and stems: all that the comparison of texts needs, without a parse.

A stem is the word in lower case without its common endings, so that "killings", "killed" and "kill" meet. It is
rougher than a dictionary and costs a microsecond. Question marks, colons and quotation marks are words without a stem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(
    r"\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W\d_]+)?|[?!:;,.()\"“”…–—]|(?<!\w)['‘’]|['’](?!\w)"
)
_OWNER = re.compile(r"['’]s?\Z")
_NOT = re.compile(r"n['’]t\Z")
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLE = re.compile(r"([bdfgmnprt])\1\Z")
#: Names that are everyday words in lower case. A text that is in capitals throughout does not tell them apart.
_ACRONYMS = {"US": "usa", "U.S.": "usa", "IS": "isis"}
MIN_STEM = 3  # letters a stem keeps at least: "used" and "using" lose their ending, "red" and "king" do not

# Ending -> what stands instead; the first that fits is used, longest first. The second round takes what derivation
# left, so that "investigations", "investigators" and "investigated" meet.
_FIRST = (
    ("sses", "ss"), ("ies", "y"), ("ied", "y"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("ss", "ss"),
    ("us", "us"), ("is", "is"), ("s", ""),
)  # fmt: skip
_SECOND = (
    ("fulness", ""), ("ousness", ""), ("iveness", ""), ("isation", ""), ("ization", ""), ("ional", ""), ("ation", "at"),
    ("ator", "at"), ("ment", ""), ("ing", ""), ("ate", "at"), ("ised", ""), ("ized", ""), ("ise", ""), ("ize", ""),
    ("edly", ""), ("tion", "t"), ("sion", "s"), ("able", ""), ("ible", ""), ("ness", ""), ("fully", ""), ("ful", ""),
    ("ously", ""), ("ous", ""), ("ally", ""), ("ity", ""), ("ive", ""), ("er", ""), ("or", ""), ("ed", ""), ("ly", ""),
    ("al", ""), ("ist", ""), ("ism", ""), ("e", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one stretch of text, in order.

    lower:         each word in lower case, curly marks made straight
    stems:         its stem; "" for marks
    starts, ends:  offsets into the document's text
    capital:       whether it begins with a capital letter
    """

    lower: tuple[str, ...]
    stems: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    capital: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.lower)


def cut_words(text: str, start: int = 0, end: int | None = None, *, known: dict[str, str]) -> Words:
    """The words of text[start:end].

    known: stems found so far; it is filled, so hand in the same one for all texts that belong together
    """
    lower, stems, starts, ends, capital = [], [], [], [], []
    end = len(text) if end is None else end
    in_capitals = text[start:end].isupper()
    for word, at, stop in _cut(text, start, end):
        low = word.lower() if in_capitals else _ACRONYMS.get(word) or word.lower()
        low = low.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
        stem = known.get(low)
        if stem is None:
            stem = known[low] = find_stem(low)
        lower.append(low)
        stems.append(stem)
        starts.append(at)
        ends.append(stop)
        capital.append(word[0].isupper())
    return Words(tuple(lower), tuple(stems), tuple(starts), tuple(ends), tuple(capital))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for found in _WORD.finditer(text, start, end):
        yield found.group(), found.start(), found.end()


def find_stem(word: str) -> str:
    """The stem of a word in lower case; "" for a mark. Numbers lose their commas, "isn't" is "is"."""
    if word[0].isdigit():
        return word.replace(",", "").rstrip(".")
    if not word[0].isalpha():
        return ""
    if "." in word:
        return word.replace(".", "")
    bare = _OWNER.sub("", _NOT.sub("", word))
    if len(bare) <= MIN_STEM:
        return bare
    return _strip(_strip(bare, _FIRST), _SECOND)


def _strip(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, instead in endings:
        if word.endswith(ending):
            stem = word[: len(word) - len(ending)] + instead
            if len(stem) < MIN_STEM or not _VOWEL.search(stem):
                continue
            return _DOUBLE.sub(r"\1", stem) if ending in {"ing", "ed", "er", "ers"} else stem
    return word[:-1] + "i" if word.endswith("y") and len(word) > MIN_STEM + 1 else word
