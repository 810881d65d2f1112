"""One table on its way to records: what its columns are called, and what was found odd in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from rasid.extract.row_values import Values
from rasid.knowledge.shapes import Shape, Source
from rasid.model.ids import content_id
from rasid.model.tables import Row
from rasid.model.text_tables import ROW, TextTable

EXAMPLES = 5  # rows or cells that a doubt names


@dataclass(slots=True)
class Course:
    """One table on its way: what each folded heading is called here, and what was found odd."""

    table: TextTable
    shape: Shape
    dataset: str
    original: str
    name: str
    rows: pl.DataFrame
    columns: Mapping[str, str]  # folded heading -> column of `rows`
    headings: Mapping[str, str]  # folded heading -> as written
    values: Values
    doubts: list[Row] = field(default_factory=list)
    disordered: list[tuple[str, pl.Expr]] = field(default_factory=list)  # (whose, rows out of order)

    def doubt(self, what: str, sentence: str, advice: str) -> None:
        """Note what could not be read; the file stays as it is."""
        self.doubts.append(
            {
                "id": content_id("x", "extract", self.dataset, what, sentence),
                "stage": "extract",
                "original": self.original,
                "name": self.shown,
                "what": what,
                "sentence": sentence,
                "advice": advice,
            }
        )

    @property
    def shown(self) -> str:
        """File, and sheet if it has several."""
        return f"{self.name}, {self.table.member}" if self.table.member else self.name

    def here(self, source: Source | None) -> list[str]:
        """The headings of a source that this table has."""
        return [each for each in source.headings if each in self.columns] if source else []

    def text(self, name: str) -> pl.Expr | None:
        """What a field says, as written; None if the table has no such column."""
        source = self.shape.fields.get(name)
        cells = [pl.col(self.columns[each]) for each in self.here(source)]
        if source is not None and source.always is not None:
            cells.append(pl.lit(source.always))
        if not cells or source is None:
            return None
        said = pl.coalesce(cells)
        return said.str.extract(source.pattern, 1) if source.pattern else said

    def kept(self, name: str, value: pl.Expr) -> pl.Expr:
        """The value as a column of the rows, computed once however often it is asked for."""
        if name not in self.rows.columns:
            self.rows = self.rows.with_columns(value.alias(name))
        return pl.col(name)

    def examples(self, condition: pl.Expr) -> str:
        """The first rows for which something holds, in words."""
        rows = self.rows.filter(condition)[ROW]
        listed = ", ".join(f"{row:,}" for row in rows.head(EXAMPLES))
        return f"row {listed}" if rows.len() == 1 else f"rows {listed}{' …' if rows.len() > EXAMPLES else ''}"

    def count(self, condition: pl.Expr) -> int:
        """For how many rows something holds."""
        return int(self.rows.select(condition.fill_null(value=False).sum()).item() or 0)


def rows_words(count: int, one: str = "row") -> str:
    """The number and its noun: "1 row", "1,234 rows"."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"
