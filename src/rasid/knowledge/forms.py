"""The forms that an English word takes in a text: a few rules and a list of irregular verbs, no dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_VOWELS = frozenset("aeiou")
_SAME_PLURAL = frozenset(
    {"people", "police", "aircraft", "personnel", "staff", "series", "crossroads", "headquarters"}
)
_ODD_PLURALS = {"man": "men", "woman": "women", "child": "children", "foot": "feet", "wife": "wives",
                "life": "lives", "leaf": "leaves", "crisis": "crises"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inflection:
    """Irregular verbs (lemma -> pasts, participles) and verbs that double their last letter."""

    irregular: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    doubling: frozenset[str]

    @classmethod
    def of(cls, irregular: Mapping[str, str], doubling: Iterable[str]) -> Inflection:
        """From `take: took taken` (alternatives with a slash) and a list of lemmas."""
        split = {lemma: told.split() for lemma, told in irregular.items()}
        return cls(
            {
                lemma: (tuple(past.split("/")), tuple(part.split("/")))
                for lemma, (past, part) in split.items()
            },
            frozenset(doubling),
        )


def listed(words: str) -> frozenset[str]:
    """The words of a text, as a set: lists of function words stay readable this way."""
    return frozenset(words.split())


def verb_forms(lemma: str, inflection: Inflection) -> Iterator[tuple[str, str]]:
    """Each form and its name: base, s, past, participle, ing."""
    if lemma == "be":
        yield from ((w, "s") for w in ("be", "is", "are", "was", "were", "am", "been", "being"))
        return
    yield lemma, "base"
    yield ("has" if lemma == "have" else _with_s(lemma)), "s"
    stem = lemma + lemma[-1] if lemma in inflection.doubling else lemma
    past, participle = inflection.irregular.get(lemma, ((_with_ed(stem),), ()))
    for form in past:
        yield form, "past"
    for form in participle:
        if form not in past and form != lemma:
            yield form, "participle"
    yield _with_ing(stem), "ing"


def noun_forms(lemma: str) -> Iterator[tuple[str, str]]:
    """Singular and plural."""
    yield lemma, "singular"
    if lemma not in _SAME_PLURAL and not lemma.endswith(("ss'", "ies")):
        plural = _ODD_PLURALS.get(lemma) or (lemma[:-3] + "men" if lemma.endswith("man") else _with_s(lemma))
        yield plural, "plural"


def _with_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")) or word in {"go", "do", "echo", "veto", "embargo"}:
        return word + "es"
    if word.endswith("y") and len(word) > 1 and word[-2] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _with_ed(stem: str) -> str:
    if stem.endswith("e"):
        return stem + "d"
    if stem.endswith("y") and stem[-2] not in _VOWELS:
        return stem[:-1] + "ied"
    return stem + "ed"


def _with_ing(stem: str) -> str:
    if stem.endswith("ie"):
        return stem[:-2] + "ying"
    if stem.endswith("e") and not stem.endswith(("ee", "oe", "ye")) and len(stem) > 2:
        return stem[:-1] + "ing"
    return stem + "ing"
