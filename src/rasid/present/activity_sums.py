"""What rows of ACTIVITY come to: events and numbers, added only within one dataset, one part and one base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from rasid.present import words


@dataclass(frozen=True, slots=True)
class Sum:
    """Events and numbers of some rows, as in model/activity.py. low and high are None beside a best: no range."""

    events: int = 0
    unnumbered: int = 0
    long: int = 0
    low: float | None = None
    best: float | None = None
    high: float | None = None
    long_best: float | None = None

    def plus(self, other: Sum) -> Sum:
        """Both together; one without a range, or without an upper end, leaves both without."""
        bare = any(each.best is not None and each.low is None for each in (self, other))
        endless = any(each.low is not None and each.high is None for each in (self, other))
        return Sum(
            self.events + other.events,
            self.unnumbered + other.unnumbered,
            self.long + other.long,
            None if bare else _plus(self.low, other.low),
            _plus(self.best, other.best),
            None if bare or endless else _plus(self.high, other.high),
            _plus(self.long_best, other.long_best),
        )

    @property
    def cells(self) -> tuple[str, ...]:
        """Events, low, best, high as text."""
        if self.best is not None and self.low is None:
            return (words.thousands(self.events), "not given", _text(self.best), "not given")
        high = "no upper end" if self.high is None and self.low is not None else _text(self.high)
        return (words.thousands(self.events), _text(self.low), _text(self.best), high)

    @property
    def span(self) -> str:
        """Best and, in brackets, low to high; a best outside its own range is said to be so, and left as it is."""
        _, low, best, high = self.cells
        if self.best is None:
            return "–"
        if self.low is None:
            return f"{best} (no range given)"
        odd = self.low > self.best or (self.high is not None and self.high < self.best)
        return f"{best} ({low} to {high}{'; the file has it so' if odd else ''})"


_NUMBERS = ("low", "best", "high", "long_best")


def _plus(one: float | None, other: float | None) -> float | None:
    return other if one is None else one + (other or 0.0)


def _text(number: float | None) -> str:
    return "–" if number is None else words.thousands(number)


def sums_by(rows: pl.DataFrame, *keys: str | pl.Expr) -> dict[tuple[Any, ...], Sum]:
    """What the rows come to for each value of the keys; give rows of one part and base. The same as many `plus`."""
    bare = (pl.col("best").is_not_null() & pl.col("low").is_null()).any()
    endless = (pl.col("low").is_not_null() & pl.col("high").is_null()).any()
    known = {name: pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()) for name in _NUMBERS}
    found = rows.group_by(*keys).agg(
        *(pl.col(name).sum() for name in ("events", "unnumbered", "long")),
        low=pl.when(~bare).then(known["low"]),
        best=known["best"],
        high=pl.when(~bare & ~endless).then(known["high"]),
        long_best=known["long_best"],
    )
    return {row[: len(keys)]: Sum(*row[len(keys) :]) for row in found.iter_rows()}


def sums(rows: pl.DataFrame, part: str, *, by: int) -> dict[tuple[str, bool], Sum]:
    """(month or year, unclear) -> what it comes to. by: 7 for months, 4 for years."""
    own = rows.filter((pl.col("part") == part) & pl.col("month").is_not_null())
    found = sums_by(own, pl.col("month").str.slice(0, by), "unclear")
    return {(month, unclear): held for (month, unclear), held in found.items()}


def total(rows: pl.DataFrame) -> Sum:
    """What these rows of ACTIVITY come to; give rows of one part and base."""
    return sums_by(rows, pl.lit(0)).get((0,), Sum())
