"""Many names as written -> their words as numbers. Each distinct word is read once.

In:  columns of names.
Out: the different words of all of them, and for each column a Chains.

Most words are the same whatever stands beside them, so a name is the words of its parts; only names with a word that
joins others ("Abu", an article) are read as a whole. A million names hold far fewer words than names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rasid.knowledge.person_names import MAX_WORDS, folded_words, joined_words, stands_alone

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chains:
    """The words of name n are words[starts[n] : starts[n + 1]]: numbers of words."""

    starts: Ints
    words: Ints

    @property
    def lengths(self) -> Ints:
        """Words of each name."""
        return np.diff(self.starts)


def read_chains(*columns: pl.Series) -> tuple[tuple[str, ...], list[Chains]]:
    """The different words, sorted, and the chains of each column. A cell that is null has no words."""
    names = pl.concat([column.alias("name") for column in columns]).to_frame().with_row_index("row")
    units, words_of = _units(names.drop_nulls())
    words = sorted(set(chain.from_iterable(words_of)))
    number = {word: at for at, word in enumerate(words)}
    rows, at = _spread(units, [[number[word] for word in each] for each in words_of])
    used, at = np.unique(at, return_inverse=True)  # words behind MAX_WORDS of every name are not
    ends = np.cumsum([column.len() for column in columns])
    return tuple(words[n] for n in used.tolist()), [
        _chains(rows, at, int(end) - column.len(), int(end))
        for column, end in zip(columns, ends, strict=True)
    ]


def word_counts(words: Sequence[str], chains: Sequence[Chains]) -> dict[str, int]:
    """Word -> how often it occurs in all chains."""
    times = sum(np.bincount(each.words, minlength=len(words)) for each in chains)
    return dict(zip(words, np.asarray(times).tolist(), strict=True))


def _units(names: pl.DataFrame) -> tuple[pl.DataFrame, list[tuple[str, ...]]]:
    """Pieces of names that can be read alone, as (row, number of the unit) in order, and the words of each unit."""
    pieces = names.select("row", unit=pl.col("name").str.split(" ")).explode("unit")
    folded = {piece: folded_words(piece) for piece in pieces["unit"].unique().to_list()}
    joining = [piece for piece, words in folded.items() if not all(map(stands_alone, words))]
    rows = pieces.filter(pl.col("unit").is_in(joining)).select("row").unique()
    whole = names.join(rows, on="row", how="semi").select("row", unit="name")
    held = pl.concat([pieces.join(rows, on="row", how="anti", maintain_order="left"), whole])
    units = held.select("unit").unique().with_row_index("number")
    words = [
        joined_words([word for piece in unit.split(" ") for word in folded[piece]]) for unit in units["unit"]
    ]
    return held.join(units, on="unit", how="left", maintain_order="left").select("row", "number").sort(
        "row", maintain_order=True
    ), words


def _spread(units: pl.DataFrame, words_of: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """(row, word) for each word of each unit, no more than MAX_WORDS a row."""
    size = np.array([len(words) for words in words_of], dtype=np.int64)
    start = np.concatenate([[0], np.cumsum(size)])
    flat = np.fromiter(chain.from_iterable(words_of), dtype=np.int64, count=int(start[-1]))
    unit, row = units["number"].to_numpy(), units["row"].to_numpy().astype(np.int64)
    times = size[unit]
    first = np.cumsum(times) - times
    rows = np.repeat(row, times)
    words = flat[np.repeat(start[unit] - first, times) + np.arange(len(rows))]
    place = np.arange(len(rows)) - np.searchsorted(rows, rows)
    return rows[place < MAX_WORDS], words[place < MAX_WORDS]


def _chains(rows: Ints, words: Ints, begin: int, end: int) -> Chains:
    """The chains of the rows from `begin` to before `end`."""
    starts = np.searchsorted(rows, np.arange(begin, end + 1))
    return Chains(starts - starts[0], words[starts[0] : starts[-1]])
