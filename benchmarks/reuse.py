"""Text reuse on the 100 pairs of tests/quality/reuse: copied and rewritten against told anew and unrelated.

Options: `scale=N` also times N documents of about 500 words each, made of words drawn at random, a tenth copied.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import yaml

from benchmarks.common import Job, Report, f_score, peak_mib, write_predictions
from rasid.model.tables import DOCUMENTS, PASSAGES, Row, table
from rasid.read.original import read_original
from rasid.weigh.standing.reuse import find_reuse

PAIRS = Path(__file__).resolve().parents[1] / "tests" / "quality" / "reuse"
SHARED = ("copied", "rewritten")


def run(job: Job) -> Report:
    """Is a pair found to share text?"""
    rows = []
    words = 0
    for kind, pair in list(read_pairs(job.data or PAIRS))[: job.limit]:
        found = find_reuse(*read_texts([pair["a"], pair["b"]]))
        words += len((pair["a"] + pair["b"]).split())
        rows.append({"kind": kind, "name": pair["name"], "found": found["kind"].to_list()})
    hits = sum(bool(row["found"]) for row in rows if row["kind"] in SHARED)
    predicted = sum(bool(row["found"]) for row in rows)
    gold = sum(row["kind"] in SHARED for row in rows)
    precision, recall, f = f_score(hits, predicted, gold)
    ours = {"F": f, "precision": precision, "recall": recall}
    wrong = [f"{r['kind']}: {r['name']}" for r in rows if bool(r["found"]) != (r["kind"] in SHARED)]
    write_predictions(job.predictions, rows)
    notes = [f"wrong: {'; '.join(wrong) or 'none'}"]
    for option in job.options:
        if option.startswith("scale="):
            notes.append(_timed(int(option[6:])))
    return Report("reuse", ours, aim={"F": 95.0}, words=words, notes=notes)


def read_pairs(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """(kind, pair) of every file, the kind being the name of its file."""
    for path in sorted(folder.glob("*.yaml")):
        for pair in yaml.safe_load(path.read_text("utf-8")):
            yield path.stem, pair


def read_texts(texts: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Documents and passages of texts, as `read` makes them."""
    documents, passages = [], []
    for n, text in enumerate(texts):
        reading = read_original(text.encode(), original=f"{n:064x}", name=f"text{n}.txt")
        documents += reading.documents
        passages += reading.passages
    return table(documents, DOCUMENTS), table(passages, PASSAGES)


def _timed(number: int) -> str:
    """Time and memory on documents of words drawn by rank, as in a language; every tenth repeats half of another."""
    documents, passages, words = made_up(number)
    started = time.perf_counter()
    found = find_reuse(documents, passages)
    took = time.perf_counter() - started
    return (
        f"{number} documents, {words:,} words: {took:.1f} s, {found.height} groups, peak {peak_mib():.0f} MiB"
    )


def made_up(number: int, *, seed: int = 7) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """Documents of 25 sentences of 20 words."""
    draw = random.Random(seed)
    letters = "etaoinshrdlu"
    lexicon = ["".join(draw.choices(letters, k=draw.randint(3, 9))) for _ in range(30_000)]
    weights = [1 / (rank + 2) for rank in range(len(lexicon))]
    texts: list[list[str]] = []
    for n in range(number):
        own = [" ".join(draw.choices(lexicon, weights, k=20)) + "." for _ in range(25)]
        if n % 10 == 9:
            own[5:15] = texts[draw.randrange(n)][5:15]
        texts.append(own)
    documents: list[Row] = []
    passages: list[Row] = []
    for n, sentences in enumerate(texts):
        document = f"d{n:012x}"
        at = 0
        for index, sentence in enumerate(sentences):
            end = at + len(sentence)
            passages.append(
                {"document": document, "index": index, "kind": "sentence", "start": at, "end": end}
            )
            at = end + 1
        documents.append({"id": document, "text": " ".join(sentences), "date": f"20{10 + n % 10}"})
    return table(documents, DOCUMENTS), table(passages, PASSAGES), number * 500
