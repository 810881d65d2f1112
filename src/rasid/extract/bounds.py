"""The words that bind a number: "at least 12", "12 or more", "nearly 3 km".

In: a `Sentence` and where the number ends. Out: how far the bound words reach and what they say.
"""

from __future__ import annotations

from rasid.extract.counted import Counted
from rasid.extract.numeral import word_at
from rasid.extract.syntax import Sentence
from rasid.knowledge.figures import FigureWords
from rasid.model.values import Bound


def bound_before(sentence: Sentence, i: int, words: FigureWords) -> tuple[int, Bound | None]:
    """First token of the words that bind the number from the left, and what they say."""
    first, bound, at = i, None, i
    while at > 0:
        step = _phrase_before(sentence, at, words)
        if step is None:
            break
        at, told = step
        if told is not None and bound is not None and bound is not Bound.ABOUT:
            break  # "over at least five years": the second is a preposition
        if told is not None:
            first = at
            bound = told
    return first, bound


def _phrase_before(sentence: Sentence, at: int, words: FigureWords) -> tuple[int, Bound | None] | None:
    for phrase, bound in words.before.get(sentence.lower[at - 1], ()):
        start = at - len(phrase)
        if (
            start >= 0
            and tuple(sentence.lower[start:at]) == phrase
            and not _is_verb_particle(sentence, start)
        ):
            return start, bound
    return None


def _is_verb_particle(sentence: Sentence, i: int) -> bool:
    """ "took over 12 villages", "handed over 5 bodies", "the talk about 3 things"."""
    if (
        sentence.lower[i] not in {"over", "under", "around", "about", "even", "above", "below", "near"}
        or i == 0
    ):
        return False
    before = sentence.lemmas[i - 1]
    if sentence.lower[i] == "over":
        return before in {
            "take",
            "hand",
            "turn",
            "control",
            "fly",
            "win",
            "fight",
            "rule",
            "authority",
            "victory",
            "power",
            "concern",
        }
    if sentence.lower[i] == "about":
        return before in {
            "talk",
            "speak",
            "know",
            "information",
            "question",
            "report",
            "concern",
            "news",
            "worry",
        }
    return False


def bound_after(
    sentence: Sentence, last: int, counted: Counted | None, words: FigureWords
) -> tuple[int, Bound | None]:
    """Last token of the words that bind the number from the right, behind it or behind what it counts."""
    spots = (
        [last] if counted is None or counted.last is None or counted.last <= last else [last, counted.last]
    )
    for spot in spots:
        for phrase, bound in words.after.get(word_at(sentence, spot + 1), ()):
            if tuple(sentence.lower[spot + 1 : spot + 1 + len(phrase)]) == phrase and (
                len(phrase) > 1 or phrase[0] in {"+", "odd"} or spot == last
            ):
                if (
                    phrase[0] in {"plus", "maximum", "approximately"}
                    and counted is not None
                    and counted.first == spot + 2
                ):
                    continue
                if phrase == ("at", "least") and word_at(sentence, spot + 3)[:1].isdigit():
                    continue
                return (spot + len(phrase) if spot == last else last), bound
    return last, None
