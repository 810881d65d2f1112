"""Passages -> words with their offsets, as arrays: what text reuse is found on.

Each word has two numbers. `ids` tells folded words apart (case, marks, digits of any script). `keys` is that of the
ordinary words alone, endings off, and 0 for all others: names, numbers and the small words that any two reports of one
thing share. Whoever copies keeps the ordinary words; whoever tells the same thing anew does not.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rasid.knowledge.actors import fold_name
from rasid.knowledge.standing import load_standing_words

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

# A letter or digit, then letters, digits and the marks that are written over letters. Hyphens and apostrophes part.
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f\u064b-\u065f\u0670\u0640\u200c\u200d])*")
_MARKS = re.compile("[\u0640\u200c\u200d]")
_ENDINGS = re.compile(r"(?:ings?|ed|es|s|e)\Z")
_STEM = 7  # letters of a word that are compared: longer words differ in their endings
_CAPITALS = 0.6  # from this share of capitals on a passage is shouted, and capitals say nothing


class _Word(NamedTuple):
    """What is known of a written word, wherever it stands."""

    id: int
    key: int  # 0 for small words and numbers
    capital: bool
    loud: bool  # all capitals


@dataclass(frozen=True, slots=True)
class Words:
    """All words of all passages, in the order of the passages.

    first:      of each passage, its first word; one longer than there are passages
    documents:  of each passage, the row of its document
    starts, ends: offsets into the text of the document
    names:      capitalised in the middle of a passage, or a number: what any two tellers of one thing share
    shouted:    of each passage, is it written in capitals?
    """

    ids: Ints
    keys: Ints
    starts: Ints
    ends: Ints
    names: Flags
    shouted: Flags
    first: Ints
    documents: Ints

    def of(self, passage: int) -> slice:
        """The words of a passage."""
        return slice(int(self.first[passage]), int(self.first[passage + 1]))


def read_words(documents: pl.DataFrame, passages: pl.DataFrame) -> Words:
    """Cut passages into words. `documents` sorted by id, `passages` by document and index."""
    texts: list[str] = documents["text"].to_list()
    row_of = {name: row for row, name in enumerate(documents["id"])}
    known: dict[str, _Word] = {}
    ids, keys, starts, ends = (array("q") for _ in range(4))
    capitals, louds = array("b"), array("b")
    first, rows = [0], []
    for document, start, end in passages.select("document", "start", "end").iter_rows():
        row = row_of[document]
        for match in _WORD.finditer(texts[row], start, end):
            raw = match.group()
            word = known.get(raw)
            if word is None:
                word = known[raw] = _look_up(raw)
            ids.append(word.id)
            keys.append(word.key)
            starts.append(match.start())
            ends.append(match.end())
            capitals.append(word.capital)
            louds.append(word.loud)
        first.append(len(ids))
        rows.append(row)
    firsts = np.asarray(first, dtype=np.int64)
    key = np.frombuffer(keys, dtype=np.int64)
    shouted = _shouted(_flags(louds), firsts)
    names = _names(key, _flags(capitals), np.repeat(shouted, np.diff(firsts)), firsts)
    return Words(
        ids=np.frombuffer(ids, dtype=np.int64),
        keys=np.where(names, 0, key),
        starts=np.frombuffer(starts, dtype=np.int64),
        ends=np.frombuffer(ends, dtype=np.int64),
        names=names,
        shouted=shouted,
        first=firsts,
        documents=np.asarray(rows, dtype=np.int64),
    )


def _flags(held: array[int]) -> Flags:
    return np.frombuffer(held, dtype=np.int8).astype(bool)


def _look_up(raw: str) -> _Word:
    folded = fold_name(_MARKS.sub("", raw))
    number = any(sign.isdecimal() for sign in raw)
    if number:
        folded = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in folded)
    small = folded in load_standing_words().small or len(folded) < 2
    key = 0 if small or number else stable_hash(_stem(folded))
    return _Word(stable_hash(folded), key, raw[0].isupper() or number, len(raw) > 1 and raw.isupper())


def _stem(folded: str) -> str:
    """A key under which forms of one word meet: "shelled", "shelling" -> "shell"; the Arabic "and" and article go."""
    if "\u0621" <= folded[0] <= "\u064a":
        bare = folded[1:] if folded[0] == "و" and len(folded) > 4 else folded
        return bare[2:] if bare.startswith("ال") and len(bare) > 4 else bare
    bare = _ENDINGS.sub("", folded)
    return (bare if len(bare) >= 3 else folded)[:_STEM]


def stable_hash(text: str) -> int:
    """63 bits that are the same on every machine; never 0."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1 | 1


def _shouted(louds: Flags, first: Ints) -> Flags:
    found = np.zeros(len(first) - 1, dtype=bool)
    filled = np.flatnonzero(np.diff(first) > 0)
    if len(filled):
        loud = np.add.reduceat(louds.astype(np.int64), first[:-1][filled])
        found[filled] = loud > _CAPITALS * np.diff(first)[filled]
    return found


def _names(keys: Ints, capitals: Flags, shouted: Flags, first: Ints) -> Flags:
    """Which words are names or numbers: capitals but for those of a shouted passage.

    A first word is capitalised anyway; it is a name unless the case writes it small somewhere.
    """
    names: Flags = capitals & ~(shouted & (keys != 0))
    begins = first[:-1][np.diff(first) > 0]
    names[begins] &= ~np.isin(keys[begins], np.unique(keys[~capitals]))
    return names


def digests(words: Words) -> Ints:
    """Of each passage one number that stands for its words in their order; 0 for an empty one."""
    found = np.zeros(len(words.first) - 1, dtype=np.int64)
    filled = np.flatnonzero(np.diff(words.first) > 0)
    if not len(filled):
        return found
    begins = words.first[:-1][filled]
    place = np.arange(len(words.ids)) - np.repeat(begins, np.diff(words.first)[filled])
    mixed = mix(words.ids.astype(np.uint64) + place.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    found[filled] = (np.add.reduceat(mixed, begins) >> np.uint64(1)).astype(np.int64) | 1
    return found


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of splitmix64: spreads the bits so that sums and orders of hashes behave as random."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint64] = values ^ (values >> np.uint64(31))
    return mixed
