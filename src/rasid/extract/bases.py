"""The unit of a counted noun, and whom the number is about: the counting base.

In: a `Sentence`, the tokens of a noun phrase, the words of figures.yaml. Out: names. Works on the words alone.
"""

from __future__ import annotations

from rasid.extract.syntax import Sentence
from rasid.knowledge.figures import FigureWords

PEOPLE = "people"


def lemma_of(sentence: Sentence, i: int, words: FigureWords) -> str:
    """The counted noun in the singular; "person" is "people", which the contract calls everybody."""
    if i >= 2 and sentence.lower[i - 1] == "-" and sentence.lower[i - 2] in _PREFIXES:
        return f"{sentence.lower[i - 2]}-{_single(sentence, i, words)}"
    return _single(sentence, i, words)


_PREFIXES = frozenset(["anti", "pro", "ex", "non", "co", "self", "counter", "half"])


def _single(sentence: Sentence, i: int, words: FigureWords) -> str:
    word, lemma = sentence.lower[i], sentence.lemmas[i]
    if word in {"people", "person", "persons", "others", "peoples", "individuals"}:
        return PEOPLE
    if word in _ODD:
        return _ODD[word]
    if word in words.bases and not word.endswith("s"):
        return word
    for single in (word.removesuffix("s"), word[:-3] + "y" if word.endswith("ies") else word):
        if single != word and single in words.bases:
            return single
    if sentence.tags[i] == "VBZ" and word.endswith(("shes", "ches", "xes", "sses")):
        return word.removesuffix("es")
    if (
        sentence.tags[i] in {"NNS", "NNPS", "VBZ"}
        and (lemma == word or sentence.tags[i] == "VBZ")
        and word.endswith("s")
    ):
        return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
    return lemma[:-2] + "y" if lemma.endswith("ie") and word.endswith("ies") and len(word) > 7 else lemma


_ODD = {"men": "man", "women": "woman", "children": "child", "policemen": "policeman", "gunmen": "gunman",
        "bodies": "body", "wives": "wife", "servicemen": "serviceman", "militiamen": "militiaman", "dead": PEOPLE,
        "casualties": "casualty", "families": "family"}  # fmt: skip


def base_of(sentence: Sentence, span: tuple[int, int], words: FigureWords) -> str | None:
    """Whom a noun phrase is about, by figures.yaml; None when it is not about people."""
    first, last = span
    if sentence.lower[last] in words.nominals:
        return words.nominals[sentence.lower[last]]
    unit = lemma_of(sentence, last, words)
    base = _joint_base(sentence, first, last, words)
    if base is not None:
        return base
    base = words.bases.get(unit) or words.bases.get(sentence.lower[last])
    if base is None and sentence.labels[last] == "NORP" and sentence.tags[last] in {"NNS", "NNPS"}:
        base = PEOPLE
    if base is None and unit.endswith("man") and len(unit) > 6:  # cattleman, ferryman
        base = PEOPLE
    if unit == "man" and base == PEOPLE:
        base = "men"
    if base is None or base not in words.general:
        return base
    for i in range(last - 1, first - 1, -1):
        narrower = words.modifiers.get(sentence.lower[i])
        if narrower and not (base != PEOPLE and narrower == base):
            return narrower
    return _of_whom(sentence, last, words) or base


def _joint_base(sentence: Sentence, first: int, last: int, words: FigureWords) -> str | None:
    """Two words that say it together: "medical staff", "women and children"."""
    unit = lemma_of(sentence, last, words)
    if last - 2 >= first:
        three = " ".join(sentence.lower[last - 2 : last + 1])
        if three in words.joint:
            return words.joint[three]
    if last - 1 >= first:
        return words.joint.get(f"{sentence.lower[last - 1]} {unit}") or words.joint.get(
            f"{sentence.lower[last - 1]} {sentence.lower[last]}"
        )
    return None


def _of_whom(sentence: Sentence, last: int, words: FigureWords) -> str | None:
    """ "deaths of civilians", "casualties among children"."""
    if last + 2 >= len(sentence) or sentence.lower[last + 1] not in {"of", "among", "amongst"}:
        return None
    for i in range(last + 2, min(last + 5, len(sentence))):
        unit = lemma_of(sentence, i, words)
        if unit in words.bases:
            return words.bases[unit]
        if sentence.pos[i] not in {"ADJ", "DET", "PROPN", "NOUN"}:
            break
    return None
