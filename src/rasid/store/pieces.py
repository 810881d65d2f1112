"""A derived table that is too large to be held at once, written piece by piece.

Equal pieces give equal bytes, as `derived.parquet_bytes` does; each piece is a group of rows of the file.
"""

from __future__ import annotations

import io

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from rasid.case import Case
from rasid.model.tables import Schema
from rasid.store import derived


class Pieces:
    """Parquet in memory; only the packed bytes of the pieces are held together."""

    def __init__(self, schema: Schema) -> None:
        """schema: of every piece; the caller has checked them (`tables.check`)."""
        self._out, self.rows = io.BytesIO(), 0
        self._form = _arrow(pl.DataFrame(schema=dict(schema))).schema
        self._file = pq.ParquetWriter(
            self._out, self._form, compression="zstd", compression_level=derived.COMPRESSION_LEVEL
        )

    def add(self, piece: pl.DataFrame) -> None:
        """Write the next rows."""
        if piece.height:
            self._file.write_table(_arrow(piece).cast(self._form))
            self.rows += piece.height

    def content(self) -> bytes:
        """The whole file; nothing can be added after it."""
        self._file.close()
        return self._out.getvalue()


def put_pieces(case: Case, name: str, pieces: Pieces, *, inputs: str) -> derived.Fingerprint:
    """Replace a derived table by what was written.

    raises: WrongUse if another program holds the old file open (Windows)
    """
    case.derived.mkdir(exist_ok=True)
    content = pieces.content()
    return derived.put_derived(case, name, content, suffix=".parquet", rows=pieces.rows, inputs=inputs)


def _arrow(piece: pl.DataFrame) -> pa.Table:
    return piece.to_arrow(compat_level=pl.CompatLevel.oldest())
