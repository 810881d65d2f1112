"""Named entities on text of other kinds: span F per corpus and label, and words a second on one core.

Reads the test parts of `../shared/corpora` (tokens of the corpus, sentences as the corpus or our cutter has them).
`--dev` reads the development parts.
"""

from __future__ import annotations

import itertools
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.common import SHARED, Job, Report, f_score

TESTS = {"ewt": "ud/ewt-test", "gumfree": "ud/gumfree-test", "pud": "ner/pud-ner-test", "gmb": "ner/gmb-test"}
LABELS = ("PERSON", "ORG", "LOC", "NORP")
FIRST = {"ewt": 65.2, "gumfree": 63.6, "pud": 66.0, "gmb": 85.1}
ENCODER = {"ewt": 78.6, "gumfree": 70.1, "pud": 77.0, "gmb": 84.2}
Span = tuple[int, int, str]
Read = Callable[[Sequence[Sequence[str]]], list[list[Span]]]


def run(job: Job) -> Report:
    """Score every corpus; the rate is that of all sentences together, the second time over."""
    one_core()
    read = own_reader()
    part = "dev" if "--dev" in job.options else "test"
    tests = {n: p.replace("test", part) for n, p in TESTS.items() if part == "test" or n != "pud"}
    figures: dict[str, float] = {}
    notes = []
    everything: list[list[str]] = []
    for name, path in tests.items():
        sentences, gold = read_corpus((job.data or SHARED / "corpora") / f"{path}.spacy", job.limit)
        mine = read(sentences)
        figures[name] = score(mine, gold)[2]
        notes.append(f"{name:8} " + ", ".join(per_label(mine, gold)))
        everything += sentences
    words = sum(map(len, everything))
    started = time.process_time()
    read(everything)
    spent = time.process_time() - started
    notes.append(
        f"{words} words in {spent:.1f} s of processor time: {words / spent:.0f} words a second per core"
    )
    return Report(
        name=f"entities, {part} parts: span F",
        ours=figures,
        peers={"first pipeline": FIRST, "frozen encoder, 17 ms a sentence": ENCODER},
        aim={"ewt": 76, "gumfree": 70, "pud": 75},
        notes=notes,
    )


def one_core() -> None:
    """One thread for NumPy: has to be said before it is imported."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ[name] = "1"


def own_reader() -> Read:
    """The recogniser that ships."""
    from rasid.extract.entities import load_entities

    return load_entities().read


def read_corpus(path: Path, limit: int | None = None) -> tuple[list[list[str]], list[list[Span]]]:
    """Sentences as tokens, and their gold spans."""
    import spacy
    from spacy.tokens import DocBin

    from rasid.read.passages import cut_passages

    sentences: list[list[str]] = []
    gold: list[list[Span]] = []
    for doc in DocBin().from_disk(path).get_docs(spacy.blank("en").vocab):
        if limit is not None and len(sentences) >= limit:
            break
        spans = [(e.start, e.end, e.label_) for e in doc.ents]
        if path.parent.name == "ud":
            starts = [t.i for t in doc if t.is_sent_start]
        else:
            begins = {p.start for p in cut_passages(doc.text)}
            starts = [t.i for t in doc if t.idx in begins]
        for words, own in cut([t.text for t in doc], spans, starts):
            sentences.append(words)
            gold.append(own)
    return sentences, gold


def cut(
    words: Sequence[str], spans: Sequence[Span], starts: Iterable[int]
) -> Iterator[tuple[list[str], list[Span]]]:
    """Sentences with their spans; a start within a name is passed over, so that no gold span is lost."""
    inside = {i for a, b, _ in spans for i in range(a + 1, b)}
    edges = [*sorted({0, *starts} - inside), len(words)]
    for first, after in itertools.pairwise(edges):
        own = [(a - first, b - first, label) for a, b, label in spans if first <= a < after]
        yield list(words[first:after]), own


def score(mine: Sequence[Iterable[Span]], gold: Sequence[Iterable[Span]]) -> tuple[float, float, float]:
    """Precision, recall and F of whole spans with their labels."""
    hits = sum(len(set(a) & set(b)) for a, b in zip(mine, gold, strict=True))
    return f_score(hits, sum(len(set(a)) for a in mine), sum(len(set(b)) for b in gold))


def per_label(mine: Sequence[Sequence[Span]], gold: Sequence[Sequence[Span]]) -> Iterator[str]:
    """ "PERSON 88.0 (P 90.1 R 86.0 of 412)" for each label."""
    counts = Counter(label for spans in gold for _, _, label in spans)
    for label in LABELS:
        a = [[s for s in spans if s[2] == label] for spans in mine]
        b = [[s for s in spans if s[2] == label] for spans in gold]
        precision, recall, f = score(a, b)
        yield f"{label} {f:.1f} (P {precision:.1f} R {recall:.1f} of {counts[label]})"
