"""Words -> numbers a small encoder reads: its word pieces, and how the word is written.

The word pieces are those of BERT's uncased vocabulary, so a name never seen in training is still read by its
parts. What lower-casing loses (capitals, digits) comes back as one shape number a word.

In: tokens. Out: piece numbers and shapes. Used by `entities` and by its training recipe, so both see the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

MAX_PIECES = 12  # pieces kept of one word; more is a web address or a run of letters
MAX_CACHED = 200_000  # words remembered; about 40 MB when full
UNKNOWN, START, STOP = "[UNK]", "[CLS]", "[SEP]"

#: How a word is written. The order is part of the trained weights: append only.
SHAPES = ("none", "lower", "capital", "letter", "capitals", "mixed", "digit", "figure", "mark")


def shape(word: str) -> int:
    """Index in SHAPES: lower "town", capital "Town", letter "T", capitals "TOWN", mixed "al-Noor" or
    "McKay", digit "4", figure "4th" or "1,200", mark "," or a script without capitals."""
    first = word[0]
    if first.isdigit():
        return 6 if len(word) == 1 else 7
    if not any(c.isupper() or c.islower() for c in word):
        return 8
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) == 1 else 4
    return 2 if first.isupper() and word[1:].islower() else 5


@dataclass(slots=True)
class WordPieces:
    """The vocabulary, and the pieces of every word met so far.

    numbers: piece -> its row in the table of embeddings
    cache:   word -> (piece numbers, shape); emptied when full, so that its size stays bounded
    """

    numbers: dict[str, int]
    cache: dict[str, tuple[tuple[int, ...], int]] = field(default_factory=dict)

    def read(self, word: str) -> tuple[tuple[int, ...], int]:
        """The piece numbers of one word (at least one, at most MAX_PIECES) and its shape."""
        known = self.cache.get(word)
        if known is None:
            if len(self.cache) >= MAX_CACHED:
                self.cache.clear()
            known = self.cache[word] = (self._cut(word), shape(word) if word else 0)
        return known

    def _cut(self, word: str) -> tuple[int, ...]:
        found = [n for part in _parts(word) for n in self._longest(part)]
        return tuple(found[:MAX_PIECES]) or (self.numbers[UNKNOWN],)

    def _longest(self, part: str) -> Sequence[int]:
        """Longest pieces first, from the left; one unknown piece if any rest has none."""
        found: list[int] = []
        start = 0
        while start < len(part):
            prefix = "##" if start else ""
            for end in range(min(len(part), start + 20), start, -1):
                if (number := self.numbers.get(prefix + part[start:end])) is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self.numbers[UNKNOWN]]
        return found


def load_pieces(path: Path) -> WordPieces:
    """The vocabulary file: one piece a line, the line number is the piece's number."""
    lines = path.read_text("utf-8").split("\n")
    return WordPieces({piece: number for number, piece in enumerate(lines) if piece})


def _parts(word: str) -> list[str]:
    """Lower case without combining marks, cut at every mark that is not a letter or digit."""
    bare = [c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn"]
    parts: list[str] = []
    glue = False
    for c in bare:
        if c.isspace() or unicodedata.category(c)[0] in "CZ":
            glue = False
        elif _is_mark(c):
            parts.append(c)
            glue = False
        elif glue:
            parts[-1] += c
        else:
            parts.append(c)
            glue = True
    return parts


def _is_mark(c: str) -> bool:
    """Punctuation as BERT's tokenizer sees it: every ASCII sign too."""
    return (c.isascii() and not c.isalnum()) or unicodedata.category(c).startswith("P")
