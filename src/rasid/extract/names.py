"""Known names in a parsed sentence: what the entity recogniser misses and the name lists know.

A known name wins over what the recogniser says of the same words: the lists are exact, the recogniser calls
Khan Sheikhoun a person. A name must be written with a capital (or in a script without capitals) to count.
"""

from __future__ import annotations

from dataclasses import dataclass

from rasid.extract.syntax import Sentence
from rasid.knowledge.actors import KnownName, Names, fold_name

_ARTICLES = frozenset({"the", "al", "el", "ad", "ar", "as", "ash", "at", "az", "an"})  # left out by fold_name
_MIN_LETTERS = 3  # shorter folded names ("Ibb") are too often something else


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """Tokens first..last (included) are a known name."""

    first: int
    last: int
    known: KnownName


def mark_known_names(sentence: Sentence, lists: tuple[Names, ...]) -> list[NamedSpan]:
    """Find known names, longest first, and write their labels into `sentence.entities` and `labels`."""
    found = _find(sentence, lists)
    if not found:
        return found
    covered = {i for span in found for i in range(span.first, span.last + 1)}
    kept = [
        (first, after, label)
        for first, after, label in sentence.entities
        if not covered.intersection(range(first, after)) or _reaches_beyond(first, after, found)
    ]
    for span in found:
        if not any(first <= span.first and span.last < after for first, after, _ in kept):
            kept.append((span.first, span.last + 1, span.known.label))
    sentence.entities = sorted(kept)
    sentence.labels = [""] * len(sentence)
    for first, after, label in sentence.entities:
        for i in range(first, after):
            sentence.labels[i] = label
    return found


def _reaches_beyond(first: int, after: int, found: list[NamedSpan]) -> bool:
    """The recogniser's span holds a known name and a name more: "Raqqa Media Centre" is not Raqqa."""
    return any(
        first <= span.first and span.last < after and after - first > span.last - span.first + 1
        for span in found
    )


def _find(sentence: Sentence, lists: tuple[Names, ...]) -> list[NamedSpan]:
    words = sentence.words
    found: list[NamedSpan] = []
    longest = max(names.max_words for names in lists)
    i = 0
    while i < len(words):
        hit = _longest_at(sentence, i, longest, lists) if _may_start(words[i]) else None
        if hit is None:
            i += 1
        else:
            found.append(hit)
            i = hit.last + 1
    return found


def _may_start(word: str) -> bool:
    first = word[0]
    return first.isupper() or not first.isascii() or word in ("al", "el", "anti", "internationally")


def _longest_at(sentence: Sentence, i: int, longest: int, lists: tuple[Names, ...]) -> NamedSpan | None:
    words = sentence.words
    if words[i] in ("The", "Al", "the") and i + 1 < len(words) and not words[i + 1][0].isupper():
        return None
    if not any(_begins_a_name(words[i], names) for names in lists):
        return None
    for last in range(min(len(words), i + longest) - 1, i - 1, -1):
        written = sentence.words_between(sentence.starts[i], sentence.ends[last]).replace("_", " ")
        if not words[last][-1].isalnum():
            continue
        if last == i and sentence.pos[i] not in ("PROPN", "NOUN", "X", "ADJ") and not words[i].isupper():
            continue
        for names in lists:
            known = names.acronyms.get(written) or _by_fold(written, names)
            if known is not None:
                return NamedSpan(i, last, known)
    return None


def _begins_a_name(word: str, names: Names) -> bool:
    folded = fold_name(word)
    return folded in _ARTICLES or folded.split(" ")[0] in names.starts or word in names.acronyms


def _by_fold(written: str, names: Names) -> KnownName | None:
    folded = fold_name(written)
    return names.folded.get(folded) if len(folded) >= _MIN_LETTERS else None
