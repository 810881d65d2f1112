"""Numbers of a sentence with the words that bind them, what they measure, count and are a part of.

Numerals are read from the words (numbers.py), stretches of time are set aside (times.py), names with digits
are passed over; then each number gets its bound, its measure and what it counts (counted.py), and at last what
ties the figures of one sentence together (figure_links.py). The rules and conventions, with worked examples, are in
docs/concepts/figures.md.

In: a `Sentence`. Out: `FigureFound`, in the order of the text.
"""

from __future__ import annotations

from collections.abc import Sequence

from rasid.extract.bounds import bound_after, bound_before
from rasid.extract.figure_links import Draft, link_figures
from rasid.extract.figure_names import is_name
from rasid.extract.found import FigureFound, Stretch
from rasid.extract.measures import Measured, measure_of, rate_of
from rasid.extract.numbers import read_numerals
from rasid.extract.numeral import Numeral, word_at
from rasid.extract.syntax import Sentence
from rasid.extract.times import TimeFound, read_times
from rasid.knowledge.figures import FigureWords, load_figure_words
from rasid.model.values import Bound, Measure


def read_figures(sentence: Sentence, *, times: Sequence[TimeFound] | None = None) -> list[FigureFound]:
    """The figures of a sentence; `times` saves reading them again."""
    words = load_figure_words()
    if not _may_hold(sentence, words):
        return []
    if times is None:
        times = read_times(sentence)
    blocked = {i for time in times for i in range(time.where.first, time.where.last + 1)}
    numerals = [n for n in read_numerals(sentence, blocked, words) if not is_name(sentence, n, words)]
    drafts = [draft for n in numerals if (draft := _draft(sentence, n, words)) is not None]
    told = [d for d in drafts if d.counted is None or d.counted.head not in blocked]  # "at 2115 tonight"
    return link_figures(sentence, told, words)


def _may_hold(sentence: Sentence, words: FigureWords) -> bool:
    """Cheap: is there a digit or a number word at all?"""
    numbers = words.number_words
    return any(w in numbers or w[0].isdigit() or (len(w) > 1 and w[1].isdigit()) for w in sentence.lower)


def _draft(sentence: Sentence, numeral: Numeral, words: FigureWords) -> Draft | None:
    """The numeral with its bound and measure, or None if it counts nothing that can be told."""
    measured = measure_of(sentence, numeral, words)
    if measured is None:
        return None
    measured, per = rate_of(sentence, numeral, measured, words)
    counted = measured.counted
    first, told = bound_before(sentence, min(numeral.first, measured.first), words)
    if measured.measure is Measure.DURATION and _is_during(sentence, first):
        first, told = min(numeral.first, measured.first), None
    last, late = bound_after(sentence, max(numeral.last, measured.last), counted, words)
    bound = told or late or numeral.bound or Bound.EXACT
    if numeral.bound in {Bound.VAGUE, Bound.RANGE} and bound is not numeral.bound:
        bound = _mixed(numeral.bound, bound)
    if numeral.bound is Bound.AT_LEAST and bound is Bound.ABOUT:
        bound = Bound.AT_LEAST
    low, high = _values(_value(numeral, measured), bound)
    stretch = Stretch(first, last, sentence.starts[first], sentence.ends[last])
    np = None
    if counted is not None and counted.first is not None and counted.last is not None:
        np = Stretch(counted.first, counted.last, *sentence.chars(counted.first, counted.last))
    figure = FigureFound(
        where=stretch,
        counted=np,
        low=low,
        high=high,
        bound=bound,
        measure=measured.measure,
        unit=measured.unit,
        base=measured.base,
        head=counted.head if counted else measured.last,
        per=per,
    )
    return Draft(figure, numeral, counted)


def _is_during(sentence: Sentence, first: int) -> bool:
    """ "over ten years": during them, unless a preposition before it leaves "over" to bind the number."""
    return sentence.lower[first] == "over" and word_at(sentence, first - 1) not in {
        "for",
        "after",
        "in",
        "of",
        "lasted",
        "is",
        "was",
        "spent",
        "by",
    }


def _value(numeral: Numeral, measured: Measured) -> tuple[float | None, float | None]:
    """ "1.234" is 1234 of people and things, 1.234 of what is measured."""
    if numeral.decimal is not None and measured.measure not in {Measure.COUNT, Measure.RATE, Measure.MONEY}:
        return numeral.decimal, numeral.decimal
    return numeral.low, numeral.high


def _mixed(inner: Bound, outer: Bound) -> Bound:
    """ "about 20 to 30" stays a range, "hundreds or more" stays vague; "at least several hundred" is at least."""
    if inner is Bound.VAGUE and outer in {Bound.AT_LEAST, Bound.MORE_THAN}:
        return outer
    return inner


def _values(span: tuple[float | None, float | None], bound: Bound) -> tuple[float | None, float | None]:
    low, high = span
    match bound:
        case Bound.AT_LEAST | Bound.MORE_THAN:
            return low, None
        case Bound.AT_MOST | Bound.LESS_THAN:
            return None, high
        case _:
            return low, high
