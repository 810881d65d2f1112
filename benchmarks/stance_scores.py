"""What the stance benchmarks share: accuracy, macro-F1, confusion, and the third of the claims that nobody read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence


def accuracy(gold: Sequence[str], ours: Sequence[str]) -> float:
    """Per cent of equal labels."""
    return 100 * sum(g == o for g, o in zip(gold, ours, strict=True)) / max(1, len(gold))


def label_f(gold: Sequence[str], ours: Sequence[str], label: str) -> float:
    """F of one label, in per cent."""
    hits = sum(g == o == label for g, o in zip(gold, ours, strict=True))
    return 200 * hits / max(1, sum(g == label for g in gold) + sum(o == label for o in ours))


def macro_f(gold: Sequence[str], ours: Sequence[str], labels: Sequence[str]) -> float:
    """Mean F over the labels, in per cent."""
    return sum(label_f(gold, ours, label) for label in labels) / len(labels)


def is_unread(key: str) -> bool:
    """Is this claim or body in the third that was set aside and not looked at while the rules were made?"""
    return hashlib.sha256(key.encode()).digest()[0] % 3 == 0


def thirds(
    keys: Sequence[str],
    gold: Sequence[str],
    ours: Sequence[str],
    score: Callable[[list[str], list[str]], Sequence[float]],
) -> list[str]:
    """One line for the two thirds that were read, one for the third that was not."""
    lines = []
    for name, wanted in (("two thirds read", False), ("third not read", True)):
        rows = [(g, o) for key, g, o in zip(keys, gold, ours, strict=True) if is_unread(key) == wanted]
        figures = score([g for g, _ in rows], [o for _, o in rows])
        lines.append(f"{name} ({len(rows)}): " + " / ".join(f"{figure:.1f}" for figure in figures))
    return lines


def confusion(gold: Sequence[str], ours: Sequence[str], labels: Sequence[str]) -> list[str]:
    """F of each label and what it is taken for."""
    pairs = Counter(zip(gold, ours, strict=True))
    return [
        f"{label}: F {label_f(gold, ours, label):.1f}; "
        + ", ".join(f"{pairs[label, other]} read as {other}" for other in labels)
        for label in labels
    ]
