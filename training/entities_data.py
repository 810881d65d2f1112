"""Sentences for the entity recogniser: reads the corpora, cuts sentences, makes variants of them."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.tokens import DocBin

LABELS = ("PERSON", "ORG", "LOC", "NORP")
TAGS = ("O", *(f"{place}-{label}" for label in LABELS for place in "BI"))
ENDS = {".", "!", "?", "...", "…"}
CLOSERS = {'"', "''", "”", "’", "'", ")", "]"}
MAX_WORDS = 120  # a longer sentence is a table or a list; cut so that batches stay small

#: corpus -> how many times an epoch reads it. GMB is large, one-domain and partly machine-made.
TRAIN = {
    "ud/ewt-train": 1.0,
    "ud/gumfree-train": 1.0,
    "ner/wikigold-train": 1.0,
    "ner/crossner-politics-train": 0.7,
    "ner/grobidner-train": 0.7,
    "ner/re3d-train": 4.0,
    "ner/gmb-train": 0.2,
}
SOURCES = ("none", *TRAIN)  # number 0: no source known, which is what the product uses
Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence: its words, the spans of its names, and the corpus it comes from."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    source: int


def read_corpus(path: Path, source: int = 0) -> list[Example]:
    """All sentences of a DocBin file."""
    vocab = spacy.blank("en").vocab
    found = []
    for doc in DocBin().from_disk(path).get_docs(vocab):
        words = [t.text for t in doc]
        spans = [(e.start, e.end, e.label_) for e in doc.ents if e.label_ in LABELS]
        if doc.has_annotation("SENT_START") and "ud" in path.parts:
            starts = [i for i, t in enumerate(doc) if t.is_sent_start]
        else:
            starts = sentence_starts(words)
        found += cut(words, spans, starts, source=source)
    return found


def sentence_starts(words: Sequence[str]) -> list[int]:
    """A sentence starts after an end mark (and closing quotes) where a word does not start in lower case."""
    starts = [0]
    for i in range(1, len(words)):
        j = i - 1
        while j > 0 and words[j] in CLOSERS:
            j -= 1
        if words[j] in ENDS and words[i] not in CLOSERS | ENDS and not words[i][0].islower():
            starts.append(i)
    return starts


def cut(
    words: Sequence[str], spans: Sequence[Span], starts: Sequence[int], *, source: int
) -> Iterator[Example]:
    """Sentences with their own spans; never a cut through a name."""
    inside = {i for a, b, _ in spans for i in range(a + 1, b)}
    edges = [s for s in starts if s not in inside]
    edges = sorted({0, *edges, len(words)})
    for first, after in itertools.pairwise(edges):
        for a in range(first, after, MAX_WORDS):
            b = min(a + MAX_WORDS, after)
            own = tuple((s - a, e - a, label) for s, e, label in spans if a <= s and e <= b)
            yield Example(tuple(words[a:b]), own, source)


def name_lists(
    examples: Sequence[Example], more: dict[str, list[tuple[str, ...]]]
) -> dict[str, list[tuple[str, ...]]]:
    """label -> names to swap in: those of the corpora, and as many again of `more`."""
    lists: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for e in examples:
        for a, b, label in e.spans:
            lists[label].append(e.words[a:b])
    return {label: sorted(set(names)) + more.get(label, []) for label, names in lists.items()}


def vary(e: Example, names: dict[str, list[tuple[str, ...]]], rng: random.Random) -> Example:
    """Now and then other names of the same kind, or another way of writing capitals."""
    if e.spans and rng.random() < 0.3:
        e = swap(e, names, rng)
    chance = rng.random()
    if chance < 0.06:
        return Example(tuple(w.lower() for w in e.words), e.spans, e.source)
    if chance < 0.09:
        return Example(tuple(w.upper() for w in e.words), e.spans, e.source)
    if chance < 0.11:
        return Example(tuple(w[:1].upper() + w[1:] if len(w) > 3 else w for w in e.words), e.spans, e.source)
    return e


def swap(e: Example, names: dict[str, list[tuple[str, ...]]], rng: random.Random) -> Example:
    """Half of the names replaced. Nationalities stay: "Syrian" is not "Buddhists"."""
    words: list[str] = []
    spans: list[Span] = []
    at = 0
    for a, b, label in sorted(e.spans):
        words += e.words[at:a]
        name = e.words[a:b]
        if label != "NORP" and rng.random() < 0.5:
            name = rng.choice(names[label])
        spans.append((len(words), len(words) + len(name), label))
        words += name
        at = b
    words += e.words[at:]
    return Example(tuple(words), tuple(spans), e.source)


def tags(e: Example) -> list[int]:
    """BIO tag numbers, one a word."""
    found = [0] * len(e.words)
    for a, b, label in e.spans:
        found[a] = TAGS.index(f"B-{label}")
        for i in range(a + 1, b):
            found[i] = TAGS.index(f"I-{label}")
    return found
