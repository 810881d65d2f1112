"""The models of a trait with ties: which there are, and how well each explains a table.

In:  a capture table of three to eight lists.
Out: the terms of all models over its cells; models with their log evidence, best first.

A model is a shape of the trait (or none) and a set of tied pairs of lists. Its terms are those of `trait`,
with normal priors, so its evidence (Laplace) can be compared with that of every other model of the table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from rasid.estimate.capture import CaptureTable

Floats = npt.NDArray[np.float64]
Ties = frozenset[int]  # places among the pairs of lists, (1, 2), (1, 3) ...

NONE = "none"
KINDS = ("kinds 1.5", "kinds 2", "kinds 2.5", "kinds 3")
SHAPES = (NONE, "gamma 1", "gamma 3.5", "normal", "poisson", *KINDS)
SHARES = (0.25, 0.1, 0.2, 0.2, 0.1, *(0.15 / len(KINDS),) * len(KINDS))
# prior chances of the shapes, chosen among a dozen panels on 95 simulated populations of seven kinds of our own
KINDS_APART = 20.0  # odds ratio of every list between two kinds of persons
LIST_PRIOR = (-2.0, 3.0)  # mean and spread of the log odds of a list: 12 %, nearly anything possible
TIE_PRIOR = 1.0  # spread of the log odds ratio of a tied pair
TRAIT_PRIOR = 1.0  # spread of the half-normal of d
_ALL_UP_TO = 6  # pairs, that is four lists: 64 sets of ties
_WINDOW = 7.0  # the search goes on from sets at most this much log evidence behind the best
_FRONT = 6  # sets whose neighbours are looked at in one step
_MOST_FITTED = 1_200_000  # cells x terms x sets: half a second's work for six lists


@dataclass(frozen=True, slots=True)
class Cells:
    """A table with the terms of all models.

    counts:    per cell 1 .. 2**lists - 1; bit i of a cell is list i
    design:    cells x (constant, lists, pairs, shapes but `NONE`)
    centre:    prior mean per term; precision: one over the prior variance, 0 for the flat constant
    """

    lists: int
    pairs: int
    counts: Floats
    design: Floats
    centre: Floats
    precision: Floats


@dataclass(frozen=True, slots=True)
class Weighed:
    """One model with its log evidence plus log prior; `shape` is a place in `SHAPES`."""

    shape: int
    ties: Ties
    evidence: float


def lift(shape: str, sizes: Floats) -> Floats:
    """g: how a trait of this shape lifts patterns of so many lists; 0 at none and one, and 1 at two but for `kinds`."""
    kind, _, number = shape.partition(" ")
    match kind:
        case "normal":
            lifted = sizes * (sizes - 1.0) / 2.0
        case "poisson":
            lifted = 2.0**sizes - 1.0 - sizes
        case "gamma":
            a = float(number)
            bent = math.log(a) - np.log(a + sizes) + sizes * math.log((a + 1.0) / a)
            lifted = bent / math.log((a + 1.0) ** 2 / (a * (a + 2.0)))
        case "kinds":
            share = KINDS_APART ** -float(number)  # of those easy to list among the unlisted
            lifted = np.log(1.0 - share + share * KINDS_APART**sizes)
            lifted = lifted - sizes * math.log(1.0 - share + share * KINDS_APART)
        case _:
            raise ValueError(f"No trait has the shape {shape}.")
    return np.asarray(lifted, np.float64)


def as_cells(table: CaptureTable) -> Cells:
    """The table with the terms of all models."""
    lists = len(table.lists)
    counts = np.zeros(2**lists)
    for pattern, count in table.counts.items():
        counts[cell_of(pattern)] = count
    cells = np.arange(1, 2**lists)
    pairs = [1 << i | 1 << j for i, j in combinations(range(lists), 2)]
    sets = [0, *(1 << i for i in range(lists)), *pairs]
    sizes = np.array([cell.bit_count() for cell in cells.tolist()], np.float64)
    columns = [(cells & chosen == chosen).astype(np.float64) for chosen in sets]
    columns += [lift(shape, sizes) for shape in SHAPES[1:]]
    spreads = [LIST_PRIOR[1]] * lists + [TIE_PRIOR] * len(pairs) + [TRAIT_PRIOR] * len(SHAPES[1:])
    centre = np.zeros(len(columns))
    centre[1 : lists + 1] = LIST_PRIOR[0]
    precision = np.concatenate([[0.0], 1.0 / np.array(spreads) ** 2])
    return Cells(lists, len(pairs), counts[1:], np.ascontiguousarray(np.array(columns).T), centre, precision)


def cell_of(pattern: tuple[int, ...]) -> int:
    """The number of a pattern's cell; 0 is nobody's."""
    return sum(1 << place for place, mark in enumerate(pattern) if mark)


def columns_of(cells: Cells, shape: int, ties: Ties) -> list[int]:
    """The terms of one model; a trait is the last of them."""
    first = 1 + cells.lists
    trait = [first + cells.pairs + shape - 1] if shape else []
    return [*range(first), *(first + tie for tie in sorted(ties)), *trait]


def most_ties(lists: int) -> int:
    """Ties that leave fewer terms than cells: one for three lists, then all pairs."""
    return min(math.comb(lists, 2), (1 << lists) - 4 - lists)


def log_prior(lists: int, shape: int, ties: Ties) -> float:
    """Every number of ties is as likely, and every set of one size; `SHARES` has the shapes."""
    return math.log(SHARES[shape] / (most_ties(lists) + 1) / math.comb(math.comb(lists, 2), len(ties)))


def weigh_models(cells: Cells) -> list[Weighed]:
    """Models, best first: all of them up to four lists, beyond those that a search among neighbours meets."""
    if cells.pairs <= _ALL_UP_TO:
        sizes = range(most_ties(cells.lists) + 1)
        met = _weigh(cells, (frozenset(c) for size in sizes for c in combinations(range(cells.pairs), size)))
    else:
        met = _search(cells)
    return sorted(met, key=lambda w: (-w.evidence, w.shape, sorted(w.ties)))


def _weigh(cells: Cells, sets: Iterable[Ties]) -> list[Weighed]:
    """These sets of ties with every shape."""
    from rasid.estimate.trait_kernels import weigh_many

    models = [(shape, ties) for ties in sets for shape in range(len(SHAPES))]
    chosen = np.zeros((len(models), cells.design.shape[1]), np.bool_)
    for row, (shape, ties) in enumerate(models):
        chosen[row, columns_of(cells, shape, ties)] = True
    traits = 1 + cells.lists + cells.pairs
    evidence = weigh_many(cells.design, cells.counts, chosen, cells.centre, cells.precision, traits)
    return [
        Weighed(shape, ties, float(value) + log_prior(cells.lists, shape, ties))
        for (shape, ties), value in zip(models, evidence, strict=True)
    ]


def _search(cells: Cells) -> list[Weighed]:
    """From no ties and from all, look at every set with one tie more or fewer than one of the good sets."""
    most = _MOST_FITTED // (cells.counts.size * cells.design.shape[1])
    met: dict[Ties, float] = {}
    found: list[Weighed] = []
    done: set[Ties] = set()
    new: list[Ties] = [frozenset(), frozenset(range(most_ties(cells.lists)))]
    while new:
        weighed = _weigh(cells, new)
        found += weighed
        for one in weighed:
            met[one.ties] = max(met.get(one.ties, -math.inf), one.evidence)
        worst = max(met.values()) - _WINDOW
        good = sorted(
            (t for t, e in met.items() if e > worst and t not in done), key=lambda t: (-met[t], sorted(t))
        )
        front = good[:_FRONT] if len(met) < most else []
        done.update(front)
        near = {t ^ {pair} for t in front for pair in range(cells.pairs)}
        new = sorted((t for t in near if t not in met and len(t) <= most_ties(cells.lists)), key=sorted)
    return found
