"""Does a log-linear fit exist, and does it fix the unseen cell?

A maximum of the likelihood exists if and only if the fitted margins can be reached by a table that is
positive in every cell (Fienberg and Rinaldo 2012). Where it does not, the likelihood still has a limit: some
cells go to zero, and the others, the face, have an ordinary fit. That limit speaks of the unseen cell only if
the row of this cell is a combination of the rows of the face; otherwise any number of unseen persons fits
equally well, or ever more fit better.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_LITTLE = 0.02  # of a person
_NONE = 1e-4  # of a person: a cell that can hold no more than this must be empty


@dataclass(frozen=True, slots=True)
class Face:
    """What of a fit exists.

    cells:      which cells may be positive; all of them where the ordinary fit exists
    columns:    terms that are left when dependent ones are dropped; the constant stays first
    identified: whether the fit fixes the unseen cell
    """

    cells: Flags
    columns: npt.NDArray[np.int64]
    identified: bool


def find_face(design: Floats, counts: Floats) -> Face:
    """The face of the table under this model.

    design: cells x terms; the row of the unseen cell would be 1, 0, 0, ...
    counts: per cell, zero or more
    source: Fienberg and Rinaldo 2012, Annals of Statistics 40; Geyer 2009
    """
    cells = _possible(design, counts)
    rows = design[cells]
    columns = _independent(rows)
    constant = np.zeros(design.shape[1])
    constant[0] = 1.0
    whole = np.linalg.matrix_rank(rows)
    identified = bool(np.linalg.matrix_rank(np.vstack([rows, constant])) == whole)
    return Face(cells, columns, identified)


def _possible(design: Floats, counts: Floats) -> Flags:
    """Cells that are positive in some table with the same margins.

    Each cell is a little, `_LITTLE` at most, and the rest; the sum of the littles is made as large as can be. One such
    programme nearly always finds all cells at once, since a mean of two tables is positive where either is.
    """
    from scipy.optimize import linprog

    positive = counts > 0
    cells = counts.size
    margins = np.hstack([design.T, design.T])
    while not positive.all():
        found = linprog(
            np.concatenate([-(~positive).astype(np.float64), np.zeros(cells)]),
            A_eq=margins,
            b_eq=design.T @ counts,
            bounds=[(0.0, _LITTLE)] * cells + [(0.0, None)] * cells,
            method="highs",
        )
        if found.x is None:
            return positive
        more = (found.x[:cells] + found.x[cells:] > _NONE) & ~positive
        if not more.any():
            return positive
        positive = positive | more
    return positive


def _independent(rows: Floats) -> npt.NDArray[np.int64]:
    """Columns, from the left, each of which says something that those before it do not."""
    kept: list[int] = []
    basis = np.zeros((rows.shape[0], 0))
    for column in range(rows.shape[1]):
        rest = rows[:, column] - basis @ (basis.T @ rows[:, column])
        rest = rest - basis @ (basis.T @ rest)
        size = float(np.linalg.norm(rest))
        if size > 1e-8:
            kept.append(column)
            basis = np.column_stack([basis, rest / size])
    return np.array(kept, np.int64)
