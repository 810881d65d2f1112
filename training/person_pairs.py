"""Learn what kinds of pairs lists of the dead hold -> src/rasid/knowledge/person_names_pairs.npz.

    python -m training.person_pairs ../shared/bench/linkage/casualty4_dev.csv

Reads synthetic lists, and never their truth: the kinds of pairs are found without labels, from a start that says what
they mean. What is written is one table a part, P(level | kind, scripts); no person stands in it. Parts that these lists
do not have (births, other things) are set by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from benchmarks.people import read_casualty4
from rasid.resolve.people import mixture
from rasid.resolve.people.comparing import PARTS
from rasid.resolve.people.features import make_features
from rasid.resolve.people.linking import compare

OUT = Path(__file__).resolve().parents[1] / "src/rasid/knowledge/person_names_pairs.npz"
#: P(level | same person), P(level | any other kind), by what is usual in registers.
BY_HAND = {
    "birth": ((0.75, 0.05, 0.08, 0.07, 0.03, 0.015, 0.005), (0.002, 0.003, 0.02, 0.025, 0.05, 0.4, 0.5)),
    "codes": ((0.4, 0.4, 0.2), (0.005, 0.095, 0.9)),
}
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
    lists = features.table["list"].to_numpy()
    arabic = features.table["arabic"].to_numpy().astype(np.int64)
    one, other = lists[compared.left], lists[compared.right]
    number = np.minimum(one, other) * len(features.lists) + np.maximum(one, other)
    pairs = mixture.Pairs(compared.levels, arabic[compared.left] + arabic[compared.right], number)
    model = mixture.learn(pairs, start=start(pairs))
    stored = {table.name: np.exp(table.log) for table in model.tables}
    for name, (same, others) in BY_HAND.items():
        stored[name] = np.stack([same, *[others] * (mixture.KINDS - 1)])[None]
    stored["place"] = with_hierarchy(stored["place"])
    stored["shares"] = np.exp(model.log_shares).mean(axis=0)
    np.savez_compressed(OUT, **stored)
    print("links expected", float((1 / (1 + np.exp(-mixture.log_odds(model, pairs)))).sum()))


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
    level = {part.name: pairs.levels[:, n] for n, part in enumerate(PARTS)}
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
