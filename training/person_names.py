"""Learn which letters stand for which in spellings of names -> src/rasid/knowledge/person_names.npz.

    python training/person_names.py ../shared/bench/linkage/namepairs_dev.csv [--all]

Reads pairs of single name words (name_1, name_2, same, kind); no person stands in them. Words that are spellings of
one another are kept together, and a third of these groups is never learned from: `unseen_third` says which, and the
benchmark `namepairs` reports it apart. `--all` learns from all of them (for a release that no figure is taken from).
"""

from __future__ import annotations

import csv
import math
import sys
import zlib
from pathlib import Path

import numba
import numpy as np

from rasid.knowledge.person_names_spelling import (
    BITS,
    FEATURES,
    MAX_LETTERS,
    STEPS,
    Spelling,
    encode,
    features,
    walk,
)

OUT = Path(__file__).resolve().parents[1] / "src/rasid/knowledge/person_names.npz"
EPOCHS = 6
RATE = 0.15  # of the first epoch; falls to a fifth
SHRINK = {
    "ar-lat": 0.005,
    "lat-lat": 0.02,
}  # pull to zero; of .001 to .1 the best on a part of what is learned
START = (-0.3, -1.0, -1.0, -1.0, -1.0, -1.0)  # of the shapes of steps: one letter for one is cheap


def main() -> None:
    """Learn both models, print their average precision on what was not learned, and write them."""
    with Path(sys.argv[1]).open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    unseen = unseen_third(rows)
    stored: dict[str, np.ndarray] = {}
    for kind, name in (("ar-lat", "mixed"), ("lat-lat", "latin")):
        learned = [
            r
            for r in rows
            if r["kind"] == kind and ("--all" in sys.argv or not ({r["name_1"], r["name_2"]} & unseen))
        ]
        model = learn([(r["name_1"], r["name_2"], float(r["same"])) for r in learned], kind=kind)
        kept = np.flatnonzero(np.abs(model.weights) > 0.004)
        stored |= {name: model.weights[kept].astype(np.float16), f"{name}_at": kept.astype(np.int32)}
        stored[f"{name}_bias"] = np.float64(model.bias)
        asked = [r for r in rows if r["kind"] == kind and r["name_1"] in unseen]
        scores = model.score([r["name_1"] for r in asked], [r["name_2"] for r in asked])
        print(
            kind,
            len(learned),
            "learned;",
            "unseen:",
            round(average_precision([r["same"] == "1" for r in asked], scores), 4),
        )
    np.savez_compressed(OUT, **stored)


def unseen_third(rows: list[dict[str, str]]) -> set[str]:
    """The words of a third of the groups of spellings of one name, chosen by a checksum."""
    above: dict[str, str] = {}

    def top(word: str) -> str:
        while above.setdefault(word, word) != word:
            word = above[word]
        return word

    for row in rows:
        one, other = top(row["name_1"]), top(row["name_2"])
        if row["same"] == "1" and one != other:
            above[max(one, other)] = min(one, other)
    return {word for word in list(above) if zlib.crc32(top(word).encode()) % 3 == 0}


def average_precision(same: list[bool], scores: np.ndarray) -> float:
    """Mean precision at each true pair, best score first; ties in the order of the file."""
    right = np.asarray(same)[np.argsort(-scores, kind="stable")]
    return float((right * np.cumsum(right) / np.arange(1, len(right) + 1)).sum() / right.sum())


def learn(pairs: list[tuple[str, str, float]], *, kind: str) -> Spelling:
    """Weights by stochastic ascent of the logistic likelihood with Adagrad."""
    if kind == "lat-lat":
        pairs = pairs + [(b, a, same) for a, b, same in pairs]
    x, nx = encode([a for a, _, _ in pairs])
    y, ny = encode([b for _, b, _ in pairs])
    same = np.array([s for _, _, s in pairs])
    weights, squares, bias = np.zeros(1 << BITS), np.zeros(1 << BITS), np.zeros(2)
    weights[: len(START)] = START
    rng = np.random.default_rng(0)
    for epoch in range(EPOCHS):
        rate = RATE * (1 - 0.8 * epoch / EPOCHS)
        order = rng.permutation(len(pairs))
        learn_once((x, nx), (y, ny), same, order, (weights, squares, bias), (rate, SHRINK[kind]))
    return Spelling(weights, float(bias[0]))


@numba.njit
def add_logs(a, b):
    """The logarithm of the sum of two exponentials."""
    if a < b:
        a, b = b, a
    return a if b < -1e29 else a + math.log1p(math.exp(b - a))


@numba.njit
def walk_back(x, y, size, weights, steps, held, out):
    """As `walk`, from the end."""
    n, m = size
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            total = 0.0 if i == n and j == m else -1e30
            for k in range(len(steps)):
                a, b = steps[k, 0], steps[k, 1]
                if i + a <= n and j + b <= m:
                    features(x, y, size, (i, j), (a, b), out)
                    one = held[i + a, j + b] + weights[k]
                    for f in range(FEATURES):
                        one += weights[out[f]]
                    total = add_logs(total, one)
            held[i, j] = total


@numba.njit
def learn_once(left, right, same, order, held, settings):
    """One pass over the pairs in this order."""
    (x, nx), (y, ny), (weights, squares, bias) = left, right, held
    rate, shrink = settings
    steps = STEPS
    ahead = np.empty((MAX_LETTERS + 1, MAX_LETTERS + 1))
    behind = np.empty((MAX_LETTERS + 1, MAX_LETTERS + 1))
    out = np.empty(FEATURES + 1, np.int64)
    for row in order:
        n, m = nx[row], ny[row]
        if n == 0 or m == 0:
            continue
        whole = walk(x[row], y[row], (n, m), weights, steps, ahead, out)
        walk_back(x[row], y[row], (n, m), weights, steps, behind, out)
        error = same[row] - 1 / (1 + math.exp(-max(-30.0, whole + bias[0])))
        bias[1] += error * error
        bias[0] += 0.3 * rate * error / math.sqrt(bias[1] + 1e-6)
        if abs(error) < 1e-3:
            continue
        for i in range(n + 1):
            for j in range(m + 1):
                for k in range(len(steps)):
                    a, b = steps[k, 0], steps[k, 1]
                    if i + a > n or j + b > m:
                        continue
                    features(x[row], y[row], (n, m), (i, j), (a, b), out)
                    out[FEATURES] = k
                    share = ahead[i, j] + behind[i + a, j + b] + weights[k] - whole
                    for f in range(FEATURES):
                        share += weights[out[f]]
                    if share < -12:
                        continue
                    share = math.exp(share)
                    for f in range(FEATURES + 1):
                        at = out[f]
                        slope = share * error - shrink * weights[at] * share
                        squares[at] += slope * slope
                        weights[at] += rate * slope / math.sqrt(squares[at] + 1e-3)


if __name__ == "__main__":
    main()
