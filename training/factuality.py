"""Train the factuality head: `python -m training.factuality [DATA_FOLDER]`.

Reads train.jsonl.gz of ../shared/bench/factuality, only the corpora whose licences allow shipping what is learnt:
UDS-IH2 and MegaVeridicality (decomp.io, CC BY-SA 4.0) and MEANTIME (NewsReader, CC BY 4.0). Never UW or
CommitmentBank. Ridge regression by conjugate gradients, plain numpy; features that occur fewer than MIN_COUNT
times are dropped. Writes src/rasid/knowledge/factuality_head.tsv.gz. Takes about a minute.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from benchmarks.common import SHARED, read_lines
from benchmarks.factuality import judged_targets
from rasid.extract.certainty_head import WEIGHTS_FILE, features
from rasid.extract.syntax import load_pipeline
from rasid.knowledge.certainty import load_certainty

ALLOWED = {"UDS_IH2": 1.0, "MV2": 1.0, "MEANTIME": 0.5}  # corpus -> weight of one target
MIN_COUNT = 4
RIDGE = 40.0
STEPS = 200
TARGET = Path(__file__).resolve().parents[1] / "src" / "rasid" / "knowledge" / WEIGHTS_FILE

Rows = list[np.ndarray[tuple[int], np.dtype[np.int64]]]


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "bench" / "factuality"
    rows = [row for row in read_lines(folder / "train.jsonl.gz") if row["corpus"] in ALLOWED]
    named, gold, weight = read_examples(rows)
    save(train(named, np.array(gold), np.array(weight)), TARGET)


def read_examples(rows: list[dict]) -> tuple[list[list[str]], list[float], list[float]]:
    """Feature names, label and weight of every target."""
    named, gold, weight = [], [], []
    for row, target, sentence, i, judgement in judged_targets(rows, load_pipeline(), load_certainty()):
        named.append(sorted(set(features(sentence, i, judgement))))
        gold.append(target["label"])
        weight.append(ALLOWED[row["corpus"]])
    return named, gold, weight


def train(named: list[list[str]], gold: np.ndarray, weight: np.ndarray) -> dict[str, float]:
    """Ridge regression on 0/1 features; the bias is not held down."""
    counts = Counter(name for names in named for name in names)
    kept = sorted(name for name, count in counts.items() if count >= MIN_COUNT)
    place = {name: k for k, name in enumerate(kept)}
    rows = [[place[n] for n in names if n in place] for names in named]
    lengths = np.array([len(r) for r in rows])
    flat = np.concatenate([np.array(r, dtype=np.int64) for r in rows])
    owner = np.repeat(np.arange(len(rows)), lengths)
    penalty = np.full(len(kept), RIDGE)
    penalty[place["bias"]] = 0.0

    def product(w: np.ndarray) -> np.ndarray:
        seen = np.bincount(owner, w[flat], len(rows)) * weight
        return np.bincount(flat, seen[owner], len(kept)) + penalty * w

    wanted = np.bincount(flat, (gold * weight)[owner], len(kept))
    w = conjugate_gradients(product, wanted)
    return {name: float(w[k]) for name, k in place.items() if abs(w[k]) >= 0.005}


def conjugate_gradients(product, wanted: np.ndarray) -> np.ndarray:
    """Solve product(w) = wanted for a positive definite product."""
    w = np.zeros_like(wanted)
    rest = wanted.copy()
    step = rest.copy()
    size = rest @ rest
    for _ in range(STEPS):
        image = product(step)
        alpha = size / (step @ image)
        w += alpha * step
        rest -= alpha * image
        smaller = rest @ rest
        if smaller < 1e-8:
            break
        step = rest + (smaller / size) * step
        size = smaller
    return w


def save(weights: dict[str, float], path: Path) -> None:
    """One "name TAB weight" a line, sorted, without a time stamp: the same bytes each time."""
    lines = "".join(f"{name}\t{weight:.3f}\n" for name, weight in sorted(weights.items()))
    path.write_bytes(gzip.compress(lines.encode("utf-8"), mtime=0))
    print(f"{len(weights)} weights, {path.stat().st_size / 1024:.0f} KiB: {path}")


if __name__ == "__main__":
    main()
