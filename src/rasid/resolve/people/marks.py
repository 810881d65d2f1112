"""What two listings say beyond the parts of comparing.py: how rare what they share is, and how near what they do not.

    born          one digit of two births is not the same, or day and month are exchanged
    things        how rare the other things are that agree, or whether words of them agree ("ab1 2cd" and "ab1 3xy")
    common        how few rows name the place that agrees
    letters       given names that do not agree are one letter apart, or one is the initial of the other
    last_letters  so for last names

Each says what a part of comparing.py leaves open, and is absent where that part says enough or nothing.

In:  LISTINGS, made into the columns MARKS of the features; then pairs of rows.
Out: the level of each of MARK_PARTS. Rarities stand in the last twelve bits of a number, as in features.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from zlib import adler32, crc32

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rasid.knowledge.person_names import core_of
from rasid.resolve.people.chains import Chains
from rasid.resolve.people.columns import Lists, list_series, lists_of, looked_up, taken
from rasid.resolve.people.comparing import Level, Part

Ints = NDArray[np.int64]
Levels = NDArray[np.int8]

RARITY_BITS = 12
RARITY_STEPS = 3  # to a bit
MIN_LETTERS = 4  # of a word that may be one letter from another; shorter ones are near too many
STEP = 200_000  # pairs at once
_BIRTH = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_WORDS = re.compile(r"[^\s/@_,;.-]+")
_CODES = pl.List(pl.Int64())
_YEAR_ALONE = 101  # 1 January: lists write it where they know the year only

#: Columns of numbers beside those of features.FEATURES.
MARKS = {
    "born": pl.Int64(),  # the digits of the birth as a number, 18600601, also of a day that does not exist
    "things": _CODES,  # the other things, with rarity among things of their kind
    "thing_words": _CODES,  # the words of other things of several words, with rarity
    "place_bits": pl.Int64(),  # rarity of the place as written
    "given_near": _CODES,  # the given name, and what is left of it without any one letter
    "last_near": _CODES,
    "initial": pl.Int64(),  # the first letter of the given name; below zero if it is all there is
}


def _part(name: str, *sentences: str) -> Part:
    return Part(name, "", tuple(Level("", sentence) for sentence in sentences))


MARK_PARTS = (
    _part(
        "born",
        "one digit of the days of birth is not the same",
        "one digit of the births is not the same, and one of them is a year alone",
        "day and month of birth are exchanged",
        "two digits of the births are not the same",
        "more digits of the births are not the same",
    ),
    _part(
        "things",
        "what agrees is very rare",
        "what agrees is rare",
        "what agrees is not common",
        "what agrees is common",
        "rare words in them agree",
        "words in them agree",
        "common words in them agree",
        "no word in them agrees",
    ),
    _part(
        "common",
        "a place that very few rows name",
        "a place that few rows name",
        "a place that some rows name",
        "a place that many rows name",
    ),
    _part(
        "letters",
        "the given names are one letter apart",
        "one given name is the initial of the other",
        "the given name of one is one letter from the last name of the other",
        "the given names begin with the same letter",
        "the given names do not look alike",
    ),
    _part("last_letters", "the last names are one letter apart", "the last names do not look alike"),
)
#: Bits from which a level holds.
_THING_BANDS, _WORD_BANDS, _PLACE_BANDS = (16, 10, 6), (8, 4), (9, 7, 5)


def mark_columns(listings: pl.DataFrame, words: Sequence[str], names: Chains) -> list[pl.Series]:
    """The columns MARKS of LISTINGS.

    words, names: the words of all names, and which of them each name has
    """
    lengths, begins, ends = names.lengths, names.starts[:-1], names.starts[1:] - 1
    givens, lasts = (
        np.where(held, names.words[np.where(held, at, 0)] if len(names.words) else 0, -1)
        for at, held in ((begins, lengths > 0), (ends, lengths > 1))
    )
    near = _near_words(words)
    initials = np.array([_initial(word) for word in words], dtype=np.int64)
    things, thing_words = _things(listings["codes"])
    births = {text: _digits(text) for text in listings["birth"].drop_nulls().unique().to_list()}
    return [
        looked_up(listings["birth"], births, pl.Int64()).alias("born"),
        list_series(things).alias("things"),
        list_series(thing_words).alias("thing_words"),
        _place_bits(listings["place"]).alias("place_bits"),
        list_series(_gathered(near, givens)).alias("given_near"),
        list_series(_gathered(near, lasts)).alias("last_near"),
        taken(initials, givens, givens >= 0).alias("initial"),
    ]


def mark_levels(table: pl.DataFrame, left: Ints, right: Ints, *, threads: int = 2) -> Levels:
    """Levels of MARK_PARTS for pairs of rows, pairs x parts; -1 for absent.

    table: features.FEATURES with MARKS
    """
    sides = _read_sides(table)
    out = np.empty((len(MARK_PARTS), len(left)), dtype=np.int8)

    def some(begin: int) -> None:
        pairs = [rows[begin : begin + STEP].astype(np.int64) for rows in (left, right)]
        held = (_born(sides, *pairs), _thing(sides, *pairs), _common(sides, *pairs), *_letters(sides, *pairs))
        out[:, begin : begin + STEP] = held

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(some, range(0, len(left), STEP)))
    return out.T


# --- columns ------------------------------------------------------------------------------------------------------


def _digits(birth: str) -> int | None:
    found = _BIRTH.fullmatch(birth)
    return int(found[1]) * 10_000 + int(found[2] or 1) * 100 + int(found[3] or 1) if found else None


def _things(column: pl.Series) -> tuple[Lists, Lists]:
    """The other things of each row, and the words in them, as numbers with rarity."""
    column = column.list.unique().list.sort()
    texts = sorted(set(column.explode().drop_nulls().to_list()))
    rows = lists_of(column, {text: at for at, text in enumerate(texts)})
    words_of = [_thing_words(text) for text in texts]
    words = sorted({word for row in words_of for word in row})
    number = {word: at for at, word in enumerate(words)}
    of_text = _as_lists([[number[word] for word in row] for row in words_of])
    return _with_rarity(rows, texts), _with_rarity(_once(_gathered_rows(of_text, rows)), words)


def _thing_words(thing: str) -> list[str]:
    """Of a thing of several words its words; of another the thing itself."""
    kind, _, value = thing.partition(": ")
    found = _WORDS.findall(value)
    return sorted({f"{kind}: {word}" for word in found}) if len(found) > 1 else [thing]


def _with_rarity(rows: Lists, texts: Sequence[str]) -> Lists:
    """How rare a thing is among all of its kind, put into its number."""
    counts = np.bincount(rows[1], minlength=len(texts)).astype(np.int64)
    kinds = [text.partition(": ")[0] for text in texts]
    at = {kind: n for n, kind in enumerate(sorted(set(kinds)))}
    kind = np.array([at[k] for k in kinds], dtype=np.int64)
    totals = np.bincount(kind, weights=counts, minlength=len(at))
    return rows[0], (rows[1] << RARITY_BITS) + _steps(counts, totals[kind].astype(float))[rows[1]]


def _steps(counts: NDArray[Any], totals: NDArray[np.float64]) -> Ints:
    bits = np.log2(np.maximum(totals, 1.0) / np.maximum(counts, 1))
    return np.asarray(np.minimum(63, np.round(RARITY_STEPS * bits)).astype(np.int64))


def _place_bits(places: pl.Series) -> pl.Series:
    counts = places.drop_nulls().value_counts()
    steps = _steps(counts["count"].to_numpy(), np.full(counts.height, float(counts["count"].sum())))
    return looked_up(places, dict(zip(counts[places.name], steps.tolist(), strict=True)), pl.Int64())


def _near_words(words: Sequence[str]) -> Lists:
    """Of each word the numbers of itself and of what is left without any one letter."""
    return _as_lists([sorted({_number_of(cut) for cut in _cuts(core_of(word))}) for word in words])


def _cuts(core: str) -> set[str]:
    return {core} | {core[:i] + core[i + 1 :] for i in range(len(core)) if len(core) >= MIN_LETTERS}


def _number_of(text: str) -> int:
    """The same on every machine; its last twelve bits are empty."""
    raw = text.encode()
    return ((crc32(raw) << 18) + (adler32(raw) & 0x3FFFF)) << RARITY_BITS


def _initial(word: str) -> int:
    core = core_of(word)
    return 0 if not core else -ord(core) if len(core) == 1 else ord(core[0])


def _as_lists(rows: Iterable[Sequence[int]]) -> Lists:
    held = list(rows)
    starts = np.cumsum([0, *map(len, held)], dtype=np.int64)
    return starts, np.fromiter((n for row in held for n in row), dtype=np.int64, count=int(starts[-1]))


def _gathered(lists: Lists, at: Ints) -> Lists:
    """The list number at[n] for row n; none where it is below zero."""
    size = np.where(at < 0, 0, np.diff(lists[0])[at] if len(lists[0]) > 1 else 0)
    starts = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
    first = np.where(at < 0, 0, lists[0][at])
    return starts, lists[1][np.repeat(first - starts[:-1], size) + np.arange(starts[-1])]


def _gathered_rows(lists: Lists, rows: Lists) -> Lists:
    """For each row the lists of all its values, one after the other."""
    starts, values = _gathered(lists, rows[1])
    return starts[rows[0]], values


def _once(lists: Lists) -> Lists:
    """No value twice in a row; sorted."""
    row = np.repeat(np.arange(len(lists[0]) - 1), np.diff(lists[0]))
    held = np.unique(np.stack([row, lists[1]]), axis=1)
    return np.searchsorted(held[0], np.arange(len(lists[0]))).astype(np.int64), held[1]


# --- pairs --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sides:
    """Columns of the features as arrays."""

    numbers: Mapping[str, Ints]
    lists: Mapping[str, Lists]

    def shared(self, one: str, left: Ints, other: str, right: Ints) -> Ints:
        """Rarity of what the list `one` of the left row shares with the list `other` of the right one."""
        from rasid.resolve.people.overlaps import shared_rarity

        return shared_rarity(self.lists[one], left, self.lists[other], right)

    def meet(
        self, one: str, other: str, rows: tuple[Ints, Ints], asked: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Do they share anything? False where it is not asked."""
        found = np.zeros(len(asked), dtype=bool)
        found[asked] = self.shared(one, rows[0][asked], other, rows[1][asked]) >= 0
        return found


def _read_sides(table: pl.DataFrame) -> _Sides:
    numbers = table.select(
        pl.col("born", "place_bits", "words").fill_null(-1),
        pl.col("initial").fill_null(0),
        pl.col("arabic").cast(pl.Int64),
        place=pl.col("place").rank("dense").cast(pl.Int64).fill_null(0),
    )
    lists = ("things", "thing_words", "given_near", "last_near", "given_any", "last_any")
    return _Sides(
        {column.name: column.to_numpy().astype(np.int64) for column in numbers},
        {name: lists_of(table[name]) for name in lists},
    )


def _born(sides: _Sides, left: Ints, right: Ints) -> Levels:
    one, other = sides.numbers["born"][left], sides.numbers["born"][right]
    if not ((one >= 0) & (other >= 0)).any():
        return np.full(len(one), -1, dtype=np.int8)
    apart = np.zeros(len(one), dtype=np.int8)
    for place in range(8):
        apart += one // 10**place % 10 != other // 10**place % 10
    alone = (one % 10_000 == _YEAR_ALONE) | (other % 10_000 == _YEAR_ALONE)
    turned = other // 10_000 * 10_000 + other % 100 * 100 + other // 100 % 100
    conditions = [(one < 0) | (other < 0) | (one == other), (apart == 1) & ~alone, apart == 1]
    conditions += [one == turned, apart == 2]
    return _first_of(conditions, [-1, 0, 1, 2, 3], 4)


def _thing(sides: _Sides, left: Ints, right: Ints) -> Levels:
    some = np.diff(sides.lists["things"][0]) > 0
    whole, part = (
        sides.shared("things", left, "things", right),
        sides.shared("thing_words", left, "thing_words", right),
    )
    conditions = [~(some[left] & some[right])]
    conditions += [whole >= RARITY_STEPS * bits for bits in _THING_BANDS] + [whole >= 0]
    conditions += [part >= RARITY_STEPS * bits for bits in _WORD_BANDS] + [part >= 0]
    return _first_of(conditions, list(range(-1, 7)), 7)


def _common(sides: _Sides, left: Ints, right: Ints) -> Levels:
    place, bits = sides.numbers["place"], sides.numbers["place_bits"]
    rarity = np.minimum(bits[left], bits[right])
    conditions = [(place[left] != place[right]) | (place[left] == 0)]
    conditions += [rarity >= RARITY_STEPS * band for band in _PLACE_BANDS]
    return _first_of(conditions, [-1, 0, 1, 2], 3)


def _letters(sides: _Sides, left: Ints, right: Ints) -> tuple[Levels, Levels]:
    numbers = sides.numbers
    alike = numbers["arabic"][left] == numbers["arabic"][right]
    one, other = numbers["initial"][left], numbers["initial"][right]
    rows, named = (left, right), alike & (one != 0) & (other != 0)
    open_given = named & ~sides.meet("given_any", "given_any", rows, named)
    initial = np.abs(one) == np.abs(other)
    near = sides.meet("given_near", "given_near", rows, open_given)
    bare = initial & ((one < 0) | (other < 0))
    asked = open_given & ~near & ~bare
    crossed = sides.meet("given_near", "last_near", rows, asked) | sides.meet(
        "last_near", "given_near", rows, asked
    )
    given = [~open_given, near, bare, crossed, initial]
    several = alike & (numbers["words"][left] > 1) & (numbers["words"][right] > 1)
    open_last = several & ~sides.meet("last_any", "last_any", rows, several)
    last = [~open_last, sides.meet("last_near", "last_near", rows, open_last)]
    return _first_of(given, [-1, 0, 1, 2, 3], 4), _first_of(last, [-1, 0], 1)


def _first_of(conditions: list[NDArray[np.bool_]], levels: Sequence[int], other: int) -> Levels:
    """The level of the first condition that holds."""
    return np.select(conditions, [np.int8(level) for level in levels], np.int8(other)).astype(np.int8)
