"""Writes src/rasid/knowledge/capitals.tsv.gz: how English words are capitalised, for passages in capitals throughout.

From: the openly licensed corpora of NOTICE (GMB, UD EWT, UD GUM, wikigold, re3d, CrossNER politics), as spaCy DocBin
files. Run: `python training/make_capitals.py CORPORA_FOLDER`. About three minutes on one core.

Words seen at least MIN_COUNT times get a letter for how they are mostly written (a = always lower … j = always with a
capital, A = mostly an acronym). An averaged perceptron then learns from the words around. The lines: "letter, words"
and "feature, three weights in tenths". No sentence of the corpora is kept.
"""

import gzip
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

import spacy
from spacy.tokens import DocBin

from rasid.extract.capitals import (
    ACRONYM,
    CAPITAL,
    LOWER,
    SHAPES,
    WORD,
    begins_sentence,
    features,
    rate_of,
)

OUT = Path(__file__).parents[1] / "src/rasid/knowledge/capitals.tsv.gz"
PARTS = (
    "ner/gmb-train",
    "ud/ewt-train",
    "ud/gumfree-train",
    "ner/wikigold-train",
    "ner/re3d-train",
    "ner/crossner-politics-train",
)
MIN_COUNT = 5  # a word seen less often is learned as an unknown one, as new names will be
MIN_FEATURE = 4  # updates that a feature must have had to be kept
MIN_WEIGHT = 3  # tenths; the largest weight of a kept feature
EPOCHS = 3


def main() -> None:
    """Read, count, learn, write."""
    texts = [words for part in PARTS for words in read(Path(sys.argv[1]) / f"{part}.spacy")]
    rates = count_rates(texts)
    weights = learn(texts, rates)
    write(rates, weights)
    print(
        f"{sum(map(len, texts))} words read, {len(rates)} kept, {len(weights)} features, {OUT.stat().st_size} bytes"
    )


def read(path: Path) -> list[list[str]]:
    """Words of each document as written; lines in capitals throughout are left out."""
    nlp = spacy.blank("en")
    lines = []
    for doc in DocBin().from_disk(path).get_docs(nlp.vocab):
        words = [m.group() for m in WORD.finditer(doc.text)]
        if sum(w.isupper() for w in words) < len(words) / 3:
            lines.append(words)
    return lines


def shape_of(word: str) -> int:
    """The shape of a word as written; mixed ones ("McCoy") count as Capital."""
    if len(word) > 1 and word.removesuffix("'s").isupper():
        return ACRONYM
    return CAPITAL if word[0].isupper() else LOWER


def count_rates(texts: list[list[str]]) -> dict[str, str]:
    """Word -> its letter, from places where no sentence begins."""
    seen: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for words in texts:
        lowered = [w.lower() for w in words]
        for i, word in enumerate(words):
            if word[0].isalpha() and not begins_sentence(lowered, i):
                seen[lowered[i].removesuffix("'s")][shape_of(word)] += 1
    rates = {}
    for word, counts in seen.items():
        total = counts.total()
        if total < MIN_COUNT:
            continue
        if counts[ACRONYM] > total / 2:
            rates[word] = "A"
        else:
            share = (counts[CAPITAL] + counts[ACRONYM]) / total
            rates[word] = "a" if share < 0.01 else "j" if share > 0.99 else "bcdefghi"[min(7, int(share * 8))]
    return rates


def learn(texts: list[list[str]], rates: dict[str, str]) -> dict[str, list[int]]:
    """Feature -> weights in tenths, averaged over all steps."""
    weights: dict[str, list[float]] = {}
    sums: dict[str, list[float]] = {}
    last: dict[str, int] = {}
    updates: Counter[str] = Counter()
    order = list(range(len(texts)))
    shuffle = random.Random(7)
    step = 0
    for _ in range(EPOCHS):
        shuffle.shuffle(order)
        for t in order:
            words = texts[t]
            lowered = [w.lower() for w in words]
            known = [rate_of(w, rates) for w in lowered]
            shapes: list[int] = []
            for i, word in enumerate(words):
                gold = shape_of(word)
                if not word[0].isalpha():
                    shapes.append(LOWER)
                    continue
                if begins_sentence(lowered, i):  # says nothing
                    shapes.append(ACRONYM if gold == ACRONYM else CAPITAL)
                    continue
                step += 1
                active = list(features(lowered, known, shapes, i))
                held = [weights[f] for f in active if f in weights]
                score = [sum(w[s] for w in held) for s in SHAPES]
                best = max(SHAPES, key=lambda s: score[s])
                shapes.append(best)
                if best == gold:
                    continue
                for feature in active:
                    row = weights.setdefault(feature, [0.0, 0.0, 0.0])
                    total = sums.setdefault(feature, [0.0, 0.0, 0.0])
                    gap = step - last.get(feature, 0)
                    for s in SHAPES:
                        total[s] += gap * row[s]
                    last[feature] = step
                    row[gold] += 1
                    row[best] -= 1
                    updates[feature] += 1
    return averaged(weights, sums, last, updates, step=step)


def averaged(weights, sums, last, updates, *, step):  # type: ignore[no-untyped-def]
    """The mean of each weight over all steps, in tenths; small and seldom ones left out."""
    kept = {}
    for feature, row in weights.items():
        mean = [round(10 * (sums[feature][s] + (step - last[feature]) * row[s]) / step) for s in SHAPES]
        if updates[feature] >= MIN_FEATURE and max(map(abs, mean)) >= MIN_WEIGHT:
            kept[feature] = mean
    return kept


def write(rates: dict[str, str], weights: dict[str, list[int]]) -> None:
    """The table, sorted, so that the same corpora give the same bytes."""
    by_letter: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(rates):
        by_letter[rates[word]].append(word)
    lines = [
        "# how words are capitalised: letter, words; feature, weights. Made by training/make_capitals.py"
    ]
    lines += [f"{letter}\t{' '.join(words)}" for letter, words in sorted(by_letter.items())]
    lines += ["\t".join([feature, *map(str, row)]) for feature, row in sorted(weights.items())]
    OUT.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0))


if __name__ == "__main__":
    main()
