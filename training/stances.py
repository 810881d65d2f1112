"""Make what `rasid stance` weighs with.

    python -m training.stances words CORPORA
    python -m training.stances arguments PERSPECTRUM VADER [--out FILE] [--leave-third]

words:     CORPORA is the folder of open treebanks and entity corpora named in NOTICE, as spaCy DocBin files. From them:
           in how many pieces of text (1 to 8 sentences) each stem stands -> knowledge/stance_idf.tsv.gz. Half a minute.
arguments: PERSPECTRUM is the folder with dev.jsonl.gz (CC BY-SA 4.0), VADER the file vader_lexicon.txt of the PyPI
           package vaderSentiment 3.3.2 (MIT). Logistic regression by Newton steps and conjugate gradients, plain numpy
           -> knowledge/argument_head.tsv.gz. Half a minute. --leave-third trains without the claims that
           benchmarks.stance_scores.is_unread names, so that they can be measured.
"""

from __future__ import annotations

import argparse
import gzip
import math
from collections import Counter
from pathlib import Path

import numpy as np

from benchmarks.common import read_lines
from benchmarks.stance_scores import is_unread
from rasid.extract.stances.arguments import ArgumentReader
from rasid.extract.stances.words import cut_words
from rasid.knowledge.stance_words import HEAD_FILE, IDF_FILE, VALENCE, load_irregular, load_stance_words

KNOWLEDGE = Path(__file__).resolve().parents[1] / "src" / "rasid" / "knowledge"
TEXTS = ("ner/gmb-train", "ud/gumfree-train", "ud/ewt-train")  # public domain; CC BY and the like; CC BY-SA
MIN_PIECES = 4  # a stem that stands in fewer is as good as unknown
MIN_COUNT = 2  # a feature that occurs in fewer rows is left out
RIDGE = 1.0  # penalty on the square of each weight; 0.25 to 2 gave the same within half a point
NEWTON_STEPS, CG_STEPS = 8, 60


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("words", "arguments"))
    parser.add_argument("source", type=Path)
    parser.add_argument("vader", type=Path, nargs="?")
    parser.add_argument("--out", type=Path, default=KNOWLEDGE / HEAD_FILE)
    parser.add_argument("--leave-third", action="store_true")
    given = parser.parse_args()
    if given.what == "words":
        make_idf(given.source)
    elif given.vader is None:
        parser.error("arguments needs the file vader_lexicon.txt too")
    else:
        rows = list(read_lines(given.source / "dev.jsonl.gz"))
        kept = [row for row in rows if not (given.leave_third and is_unread(row["claim"]))]
        write(given.out, train_arguments(kept, read_vader(given.vader)))


# --- how rare words are


def make_idf(corpora: Path) -> None:
    """Count in how many pieces each stem stands; write log2(pieces / count), one decimal."""
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("en").vocab
    known = dict(load_irregular())
    counts: Counter[str] = Counter()
    pieces = 0
    for name in TEXTS:
        for doc in DocBin().from_disk(corpora / f"{name}.spacy").get_docs(vocab):
            pieces += 1
            stems = cut_words(doc.text, known=known).stems
            counts.update({stem for stem in stems if stem and not stem[0].isdigit()})
    write(
        KNOWLEDGE / IDF_FILE,
        {s: round(math.log2(pieces / n), 1) for s, n in counts.items() if n >= MIN_PIECES},
    )


# --- arguments


def read_vader(path: Path) -> dict[str, float]:
    """Plain words and how good or bad they sound, -4 to 4; smileys are left out."""
    lines = (line.split("\t") for line in path.read_text("utf-8").splitlines())
    return {
        cells[0]: round(float(cells[1]), 1) for cells in lines if cells[0].isascii() and cells[0].isalpha()
    }


def train_arguments(rows: list[dict], valence: dict[str, float]) -> dict[str, float]:
    """The weights of every feature, and the valence of words."""
    reader = ArgumentReader(load_stance_words(), {}, valence)
    read = [reader.read(row["claim"], row["perspective"]) | {"bias": 1.0} for row in rows]
    gold = np.array([1.0 if row["stance"] == "support" else 0.0 for row in rows])
    counts = Counter(name for features in read for name in features)
    names = sorted(name for name, n in counts.items() if n >= MIN_COUNT)
    place = {name: k for k, name in enumerate(names)}
    cells = [(i, place[n], v) for i, features in enumerate(read) for n, v in features.items() if n in place]
    row, column, value = (np.array(part) for part in zip(*cells, strict=True))
    weights = fit((row, column, value), gold, bias=place["bias"], size=len(names))
    head = {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}
    return head | {VALENCE + word: sound for word, sound in valence.items()}


def fit(
    cells: tuple[np.ndarray, np.ndarray, np.ndarray], gold: np.ndarray, *, bias: int, size: int
) -> np.ndarray:
    """Logistic regression with a ridge penalty; the bias is not held down."""
    row, column, value = cells
    penalty = np.full(size, RIDGE)
    penalty[bias] = 1e-6

    def forward(w: np.ndarray) -> np.ndarray:
        return np.bincount(row, value * w[column], len(gold))

    def backward(r: np.ndarray) -> np.ndarray:
        return np.bincount(column, value * r[row], size)

    w = np.zeros(size)
    for _ in range(NEWTON_STEPS):
        p = 1 / (1 + np.exp(-forward(w)))
        curve = p * (1 - p)
        slope = backward(p - gold) + penalty * w
        w -= conjugate_gradients(lambda v, c=curve: backward(c * forward(v)) + penalty * v, slope)
    return w


def conjugate_gradients(product, wanted: np.ndarray) -> np.ndarray:
    """Solve product(x) = wanted for a positive definite product."""
    x = np.zeros_like(wanted)
    rest = wanted.copy()
    step = rest.copy()
    size = rest @ rest
    for _ in range(CG_STEPS):
        image = product(step)
        alpha = size / (step @ image)
        x += alpha * step
        rest -= alpha * image
        smaller = rest @ rest
        if smaller < 1e-10:
            break
        step = rest + (smaller / size) * step
        size = smaller
    return x


def write(path: Path, weights: dict[str, float]) -> None:
    """One "name TAB weight" a line, sorted, gzipped without a time stamp: the same bytes each time."""
    lines = "".join(f"{name}\t{weight:g}\n" for name, weight in sorted(weights.items()) if weight)
    path.write_bytes(gzip.compress(lines.encode("utf-8"), mtime=0))
    print(f"{path}: {path.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
