"""Learn what kinds of pairs lists of the dead hold -> src/rasid/knowledge/person_names_pairs.npz.

    python -m training.person_pairs ../shared/bench/linkage/casualty4_dev.csv

Reads synthetic lists, and never their truth: the kinds of pairs are found without labels, from a start that says what
they mean. What is written is one table a part, P(level | kind, scripts); no person stands in it. Parts that these lists
do not have (births, other things) are set by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.people import read_casualty4
from rasid.resolve.people import mixture
from rasid.resolve.people.features import make_features
from rasid.resolve.people.link import pairs_of
from rasid.resolve.people.linking import compare

OUT = Path(__file__).resolve().parents[1] / "src/rasid/knowledge/person_names_pairs.npz"
Two = tuple[
    Sequence[float], Sequence[float]
]  # P(level | same person), P(level | any other kind), to be scaled to 1
#: By what is usual in registers.
BIRTH: Two = ((0.7, 0.04, 0.07, 0.07, 0.04, 0.05, 0.03), (0.002, 0.003, 0.02, 0.025, 0.05, 0.4, 0.5))
CODES: Two = ((0.4, 0.4, 0.2), (0.005, 0.095, 0.9))
BY_HAND: dict[str, Two] = {
    "common": ((0.3, 0.25, 0.25, 0.2), (0.1, 0.2, 0.3, 0.4)),
    "letters": ((0.35, 0.03, 0.05, 0.15, 0.42), (0.01, 0.005, 0.004, 0.1, 0.881)),
    "last_letters": ((0.4, 0.6), (0.02, 0.98)),
}
#: Of the part that stands beside: first "absent", then its levels; one row for the first part "absent", then one for
#: each of its levels. Births that are not the same day are mostly one digit apart if they are of one person.
_DIGITS: Two = ((0.02, 0.45, 0.15, 0.03, 0.15, 0.22), (0.02, 0.01, 0.04, 0.005, 0.035, 0.89))
_ONLY_YEAR: Two = ((0.8, 0.1, 0.02, 0.01, 0.03, 0.04), (0.6, 0.03, 0.01, 0.01, 0.05, 0.3))
_NO_DAY: Two = ((0, 0.5, 0.1, 0.1, 0.1, 0.2), (0, 0.02, 0.02, 0.02, 0.05, 0.9))
_SAME_DAY: Two = ((1, 0, 0, 0, 0, 0), (1, 0, 0, 0, 0, 0))
BORN: Sequence[Two] = (_NO_DAY, _SAME_DAY, _DIGITS, _DIGITS, _ONLY_YEAR, _DIGITS, _DIGITS, _DIGITS)
THINGS: Sequence[Two] = (
    ((1, 0, 0, 0, 0, 0, 0, 0, 0), (1, 0, 0, 0, 0, 0, 0, 0, 0)),
    ((0, 0.6, 0.25, 0.1, 0.05, 0, 0, 0, 0), (0, 0.05, 0.25, 0.3, 0.4, 0, 0, 0, 0)),
    ((0, 0.1, 0.5, 0.2, 0.2, 0, 0, 0, 0), (0, 0.01, 0.04, 0.15, 0.8, 0, 0, 0, 0)),
    ((0, 0, 0, 0, 0, 0.15, 0.15, 0.1, 0.6), (0, 0, 0, 0, 0, 0.005, 0.03, 0.1, 0.86)),
)
FIRST_ABSENT = {"birth": 0.02, "codes": 0.0}  # how often the second part can be compared and the first cannot
LEAST = 1e-5
#: Where learning starts: rough bits a level, and from how many a pair begins as "the same". From 18 and from 22 the
#: same tables are found; from 14 relatives are taken for one person.
ROUGH_BITS = {
    "given": (12, 10, 7, 4, 3, -2, -5),
    "rest": (18, 15, 12, 10, 7, 4, 1, 9, 5, 2, 0, -2, -3, -6),
    "date": (8, 7, 5.5, 0, -3, -4, -5),
    "age": (5, 4, 3.5, 3, -2, -3, -4),
    "sex": (1, -5),
    "place": (1, 0, 0, -1),
}
#: P(level | kind) of a place that lies in the other's, as a share of "the same place": a list that names the
#: governorate says as little against as one that names the town. And of another place of the same governorate, as a
#: share of "not the same", for one person and for two: those who write down one death are seldom far off.
INSIDE, SAME_AREA = 0.1, (0.3, 0.15)
SAME_FROM = 20


def main() -> None:
    """Compare, learn, write."""
    path = Path(sys.argv[1])
    listings, _ = read_casualty4(path.parent, path.stem.removeprefix("casualty4_"))
    features = make_features(listings)
    compared = compare(features)
    pairs = pairs_of(features, compared)
    model = mixture.learn(pairs, start=start(pairs))
    stored = {table.name: np.exp(table.log) for table in model.tables}
    stored |= {name: by_kind(*two) for name, two in BY_HAND.items()}
    stored["birth"] = by_kind(*joint(BIRTH, BORN, FIRST_ABSENT["birth"]))
    stored["codes"] = by_kind(*joint(CODES, THINGS, FIRST_ABSENT["codes"]))
    stored["place"] = with_hierarchy(stored["place"])
    stored["shares"] = np.exp(model.log_shares).mean(axis=0)
    np.savez_compressed(OUT, **stored)
    print("links expected", float((1 / (1 + np.exp(-mixture.log_odds(model, pairs)))).sum()))


def by_kind(same: Sequence[float], others: Sequence[float]) -> np.ndarray:
    """[1, kind, level]: the first kind is the same person."""
    return np.stack([scaled(same), *[scaled(others)] * (mixture.KINDS - 1)])[None]


def joint(first: Two, beside: Sequence[Two], absent: float) -> tuple[np.ndarray, np.ndarray]:
    """Two parts as one table, in the order of mixture.JOINED: each level of the first with each of the second."""
    same, others = (
        np.concatenate(
            [p * scaled(row[kind]) for p, row in zip([absent, *scaled(first[kind])], beside, strict=True)]
        )
        for kind in (0, 1)
    )
    return same[1:], others[1:]


def scaled(shares: Sequence[float] | np.ndarray) -> np.ndarray:
    """Shares that add up to one, none of them nought."""
    held = np.maximum(np.asarray(shares, dtype=float), LEAST)
    return np.asarray(held / held.sum())


def with_hierarchy(place: np.ndarray) -> np.ndarray:
    """Levels of places by hand where the synthetic lists, which name governorates only, have none.

    place: [1, kind, level] as comparing.PLACE has the levels; "the same" and the last were learned
    """
    same, other = place[0, :, 0], place[0, :, -1]
    near = np.array([SAME_AREA[0], *[SAME_AREA[1]] * (mixture.KINDS - 1)]) * other
    made = np.stack([same, INSIDE * same, near, other - near], axis=1)
    return np.asarray(made / made.sum(axis=1, keepdims=True))[None]


def start(pairs: mixture.Pairs) -> np.ndarray:
    """[pair, kind]: the same, relatives, namesakes, strangers, neighbours of one day, by the meaning of the levels."""
    level = {part.name: pairs.levels[:, n] for n, part in enumerate(mixture.PARTS)}
    bits = np.zeros(len(pairs.lists))
    for name, rough in ROUGH_BITS.items():
        bits += np.array([*rough, 0.0])[level[name]]  # the last is for "absent", -1
    other, whole = level["given"] >= 5, (level["rest"] >= 0) & (level["rest"] < 7)
    near = (level["date"] >= 0) & (level["date"] < 3)
    kinds = np.full((len(other), mixture.KINDS), 0.02)
    kinds[:, 0] = np.where(other, 0.02, 1 / (1 + 2.0 ** (SAME_FROM - bits)))
    kinds[:, 1] += np.where(whole & other, 0.8, 0.02) * np.where(near, 1.0, 0.2)
    kinds[:, 2] += np.where(whole & ~other, 0.2, 0.0)
    kinds[:, 3] += np.where(~whole, 0.5, 0.0)
    kinds[:, 4] += np.where(near, 0.3, 0.15)
    return kinds / kinds.sum(axis=1, keepdims=True)


if __name__ == "__main__":
    main()
