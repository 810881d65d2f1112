"""Columns of tables without a Python object for each cell: looked up, taken, and lists as two rows of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Lists = tuple[Ints, Ints]  # (starts, values): those of row n are values[starts[n] : starts[n + 1]]


def looked_up(column: pl.Series, values: Mapping[str, object], dtype: pl.DataType) -> pl.Series:
    """The value of each cell; null for a null, and for one without a value."""
    known = pl.DataFrame(
        {"key": list(values), "value": list(values.values())}, schema={"key": pl.String(), "value": dtype}
    )
    return column.alias("key").to_frame().join(known, on="key", how="left", maintain_order="left")["value"]


def taken(values: NDArray[np.generic], at: Ints, held: NDArray[np.bool_]) -> pl.Series:
    """values[at] where held, else null."""
    found = np.zeros(len(at), dtype=values.dtype)
    found[held] = values[at[held]]
    return pl.select(pl.when(pl.Series(held)).then(pl.Series(found))).to_series()


def list_series(lists: Lists, *, missing: NDArray[np.bool_] | None = None) -> pl.Series:
    """Lists of whole numbers as a column, by way of Arrow; null where missing."""
    import pyarrow as pa  # type: ignore[import-untyped]

    starts = pa.array(lists[0], mask=None if missing is None else np.append(missing, False))
    return pl.Series(values=pl.from_arrow(pa.LargeListArray.from_arrays(starts, pa.array(lists[1]))))


def side_by_side(columns: Sequence[Lists]) -> Lists:
    """Several columns of lists as one: the lists of row 0 in the order of the columns, then those of row 1."""
    size = np.stack([np.diff(starts) for starts, _ in columns], axis=1)
    starts = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
    values = np.empty(starts[-1], dtype=np.int64)
    for n, (own, held) in enumerate(columns):
        at = starts[n : -1 : len(columns)] - own[:-1]
        values[np.repeat(at, size[:, n]) + np.arange(len(held))] = held
    return starts, values


def number_texts(*columns: pl.Series) -> dict[str, int]:
    """Each different text of the columns -> a number."""
    return {text: at for at, text in enumerate(pl.concat(columns).drop_nulls().unique().sort().to_list())}


def lists_of(column: pl.Series, numbers: Mapping[str, int] | None = None) -> Lists:
    """A column of lists as two rows of numbers; a null has none.

    numbers: of texts, if these are lists of texts
    """
    starts = np.concatenate([[0], np.cumsum(column.list.len().fill_null(0).to_numpy())]).astype(np.int64)
    values = column.explode(empty_as_null=False, keep_nulls=False)
    if numbers is not None:
        values = looked_up(values, numbers, pl.Int64())
    return starts, values.to_numpy(writable=True).astype(np.int64, copy=False)
