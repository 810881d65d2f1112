"""Fits the weights of src/rasid/knowledge/gazetteer_weights.py: how much each sign that a name fits a place counts.

A conditional logit model: among the candidates of a query, and "none of these", the right places (within 5 km of
the true point) should hold the probability. Two thirds of each development file of bench/geo are read, the third
with row number 2 modulo 3 never. Run: `python training/gazetteer_weights.py BENCH_GEO GAZETTEER_FOLDER CACHE`.
"""

import csv
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from benchmarks.geo import hidden_volume
from rasid.knowledge.gazetteer import PRIOR, SIGNS, raw_matches, ship_volume
from rasid.knowledge.gazetteer_index import Volume

FILES = {"ocha_syria_dev": 1.0, "iom_iraq_dev": 3.0, "ucdp_names_dev": 0.5, "variants_dev": 0.3}
NAMES = (*SIGNS, *PRIOR, "governorate fits", "governorate differs", "none")
DECAY = 1e-3


@dataclass(frozen=True, slots=True)
class Query:
    """Candidates of one query: signs, whether each is right, the number of its place."""

    signs: np.ndarray
    right: np.ndarray
    weight: float
    length: float


def collect(volume: Volume, row: dict[str, str], weight: float) -> list[Query]:
    """The query without and with its governorate."""
    matches = raw_matches(volume, row["query"], row["country"])
    if matches is None:
        return []
    places = matches.places
    lat, lon = float(row["lat"]), float(row["lon"])
    north = (volume.latitude[places] - lat) * 111.2
    east = (volume.longitude[places] - lon) * 111.2 * np.cos(np.radians(lat))
    right = np.hypot(north, east) <= 5
    if "place_id" in row:
        right = volume.places["place_id"].to_numpy()[places] == int(row["place_id"])
    code = volume.adm1_codes.get(row["adm1_pcode"], -1)
    fits = (volume.adm1[places] == code).astype(float)
    base = np.hstack([matches.signs, volume.prior[places][:, 1:]])
    zeros = np.zeros((len(places), 2))
    given = np.column_stack([fits, 1 - fits])
    return [Query(np.hstack([base, extra]), right, weight, 0.0) for extra in (zeros, given)]


def loss(weights: np.ndarray, stacked: tuple[np.ndarray, ...]) -> tuple[float, np.ndarray]:
    """Weighted negative log-likelihood and its gradient."""
    signs, right, starts, counts, query_weights, has = stacked
    w, none = weights[:-1], weights[-1]
    score = signs @ w
    top = np.maximum(np.maximum.reduceat(score, starts), none)
    e = np.exp(score - np.repeat(top, counts))
    e_none = np.exp(none - top)
    whole = np.add.reduceat(e, starts) + e_none
    good = np.add.reduceat(e * right, starts)
    good = np.where(has, good, e_none)
    total = -(query_weights * (np.log(good + 1e-300) - np.log(whole))).sum()
    p = e / np.repeat(whole, counts)
    q = e * right / np.repeat(np.where(has, good, 1.0), counts)
    row_weight = np.repeat(query_weights, counts)
    gradient = ((p - q) * row_weight) @ signs
    g_none = (query_weights * (e_none / whole - np.where(has, 0.0, 1.0))).sum()
    size = query_weights.sum()
    decay = DECAY * (weights @ weights)
    return total / size + decay, np.append(gradient, g_none) / size + 2 * DECAY * weights


def fit(queries: list[Query]) -> np.ndarray:
    """Weights in the order of NAMES."""
    counts = np.array([len(q.right) for q in queries])
    stacked = (
        np.vstack([q.signs for q in queries]),
        np.concatenate([q.right for q in queries]).astype(float),
        np.concatenate([[0], np.cumsum(counts)[:-1]]),
        counts,
        np.array([q.weight for q in queries]),
        np.array([q.right.any() for q in queries]),
    )
    start = np.zeros(len(NAMES))
    start[0] = start[2] = 5.0
    result = minimize(loss, start, args=(stacked,), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    print(result.message, result.fun)
    return result.x


def main() -> None:
    """Fit and print the weights."""
    bench, folder = Path(sys.argv[1]), Path(sys.argv[2])
    shipped = ship_volume("region")
    queries: list[Query] = []
    for name, weight in FILES.items():
        with (bench / f"{name}.csv").open(encoding="utf-8") as lines:
            rows = [r for number, r in enumerate(csv.DictReader(lines)) if number % 3 != 2]
        volume = hidden_volume(folder, bench / f"{name}.csv") if "place_id" in rows[0] else shipped
        for row in rows:
            queries += collect(volume, row, weight)
        print(name, len(queries))
    for name, weight in zip(NAMES, fit(queries), strict=True):
        print(f'    "{name}": {weight:.3f},')


if __name__ == "__main__":
    main()
