"""What the lists of two rows have in common, for many pairs. Compiled: import this inside functions only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rasid.resolve.people.kernels import compiled, has

Ints = NDArray[np.int64]
Lists = tuple[Ints, Ints]  # (starts, values): those of row n are values[starts[n] : starts[n + 1]]


@compiled
def shared_rarity(lists: Lists, left: Ints, others: Lists, right: Ints) -> Ints:
    """For each pair the sum of the last twelve bits of the values that both rows have; -1 if they have none.

    lists, others: no value twice in a row
    left, right:   rows of `lists` and of `others`
    """
    out = np.full(len(left), -1, np.int64)
    for n in range(len(left)):
        for k in range(lists[0][left[n]], lists[0][left[n] + 1]):
            if has(others, right[n], lists[1][k]):
                out[n] = max(out[n], 0) + (lists[1][k] & 4095)
    return out
