"""The cells of a claim's row: a stretch of words, a number, a time, a place."""

from __future__ import annotations

from collections.abc import Sequence

from rasid.extract.found import FigureFound, Stretch
from rasid.extract.syntax import Sentence
from rasid.extract.times import TimeFound
from rasid.model.tables import Row


def span_cell(sentence: Sentence, where: Stretch) -> Row:
    """Words and where they stand."""
    return {
        "text": sentence.words_between(where.start, where.end),
        "start": where.start,
        "end": where.end,
    }


def quantity_cell(sentence: Sentence, figure: FigureFound, figures: Sequence[FigureFound] = ()) -> Row:
    """A number with what it counts.

    figures: those of the sentence, in which `figure.part_of` is an index; without them no whole is named
    """
    whole = figures[figure.part_of] if figures and figure.part_of is not None else None
    return {
        "text": sentence.words_between(figure.where.start, figure.where.end),
        "low": figure.low,
        "high": figure.high,
        "bound": figure.bound.value,
        "unit": figure.unit,
        "base": figure.base,
        "measure": figure.measure.value,
        "per": figure.per,
        "stock_flow": figure.stock_flow,
        "cumulative": figure.cumulative,
        "part_of": sentence.words_between(whole.where.start, whole.where.end) if whole else None,
        "start": figure.where.start,
        "end": figure.where.end,
    }


def time_cell(sentence: Sentence, found: TimeFound) -> Row:
    """When, with the days that it allows."""
    span = found.span
    return {
        "text": sentence.words_between(found.where.start, found.where.end),
        "first_day": span.first_day.isoformat() if span.first_day else None,
        "last_day": span.last_day.isoformat() if span.last_day else None,
        "precision": span.precision.value,
        "start": found.where.start,
        "end": found.where.end,
    }


def place_cell(sentence: Sentence, where: Stretch) -> Row:
    """Where, as written; `resolve` finds the name."""
    return {**span_cell(sentence, where), "name": None, "level": None, "country": None}
