"""A linkage -> for each person of several rows, the links that hold the rows together, each with its evidence.

Rows of one person are tied pairwise; as many links are shown as it takes to hold them together, the strongest first.
What a person judged comes before every score. Bits are log2 of the odds; see docs/concepts/people.md.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from rasid.model.people import LINK_REASONS
from rasid.model.tables import Row, table
from rasid.resolve.people.link import Linkage, evidence_of

JUDGED = "a person judged these two rows to be one person"
SILENT = 0.05  # bits; a smaller piece of evidence says nothing


def link_reasons(linkage: Linkage) -> pl.DataFrame:
    """LINK_REASONS of all persons of two rows or more."""
    ids = linkage.comparison.features.ids
    person = dict(linkage.persons.iter_rows())
    rows: list[Row] = []
    for left, right, pair in _holding(linkage):
        for place, (sentence, bits) in enumerate(_said(linkage, pair)):
            rows.append({
                "person": person[ids[left]], "left_id": ids[left], "right_id": ids[right], "place": place,
                "sentence": sentence, "bits": bits,
            })  # fmt: skip
    return table(rows, LINK_REASONS).sort("person", "left_id", "right_id", "place")


def _said(linkage: Linkage, pair: int | None) -> Iterator[tuple[str, float | None]]:
    """The pieces that say something, then all of them together."""
    if pair is None:
        yield JUDGED, None
        return
    evidence = evidence_of(linkage, pair)
    for piece in evidence.pieces:
        if abs(piece.bits) >= SILENT:
            yield piece.sentence, piece.bits
    yield f"together: probability {evidence.probability:.3f}", evidence.bits


def _holding(linkage: Linkage) -> Iterator[tuple[int, int, int | None]]:
    """Left row, right row, number of the pair (None: judged by a person), enough to tie each group together."""
    compared, groups = linkage.comparison.compared, linkage.groups
    root = list(range(len(groups)))
    for left, right in linkage.decided.same:
        if groups[left] == groups[right] and _join(root, left, right):
            yield left, right, None
    inside = np.flatnonzero(groups[compared.left] == groups[compared.right])
    for pair in inside[np.argsort(-linkage.log_odds[inside], kind="stable")].tolist():
        left, right = int(compared.left[pair]), int(compared.right[pair])
        if _join(root, left, right):
            yield left, right, pair


def _join(root: list[int], left: int, right: int) -> bool:
    """Put two rows into one tree; False if they are in one already."""
    one, other = _top(root, left), _top(root, right)
    root[max(one, other)] = min(one, other)
    return one != other


def _top(root: list[int], row: int) -> int:
    while root[row] != row:
        root[row] = root[root[row]]
        row = root[row]
    return row
