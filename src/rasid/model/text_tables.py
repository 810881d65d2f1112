"""A table as it stands in a file: cells as text, each with its row. What `read` hands to `extract`, and the rows kept.

A cell is the text exactly as the file has it; that is its quote. Nothing is read out of it here.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rasid.model.tables import Schema

_TEXT = pl.String()
_INT = pl.Int64()

ROW, TOTAL = "row", "total"  # the two columns of `TextTable.cells` that are no cells

#: One row per data row that has a page. Sorted by dataset, row.
DATA_ROWS: Schema = {
    "dataset": _TEXT,
    "row": _INT,  # as a spreadsheet counts
    "cells": pl.List(
        _TEXT
    ),  # of the columns that are mapped, in the order of DATASETS.columns; null where empty
}


@dataclass(frozen=True, slots=True)
class TextTable:
    """One table of a file.

    member:   sheet or number of the table; "" where the file is the table
    headings: as written, each of them once; a second one of the same words has a number behind it
    tags:     of a line of HXL tags, one for each heading; () without such a line
    cells:    `row` (as a spreadsheet counts), `total` (the row sums up others), then c0, c1 … for each heading;
              null where the cell is empty
    named:    a line of headings was found; else they are "column 1", "column 2" …
    """

    member: str
    headings: tuple[str, ...]
    tags: tuple[str, ...]
    cells: pl.DataFrame
    named: bool = True

    def cell(self, heading: str) -> pl.Expr:
        """The cells below a heading."""
        return pl.col(f"c{self.headings.index(heading)}")
