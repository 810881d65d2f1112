"""Which happening a number of the same sentence belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from rasid.extract.found import EventFound, FigureFound, Stretch
from rasid.extract.syntax import Sentence
from rasid.model.values import Measure

#: Numbers that can stand for a claim of their own.
STANDALONE = frozenset({Measure.COUNT, Measure.SHARE, Measure.RATE, Measure.MONEY})


#: Happenings whose number is that of the people they are done to, never of those who do them.
_DONE_TO = frozenset(
    "killing death injury execution abduction arrest detention torture release sexual_violence disappearance".split()
)


def bind_figures(
    sentence: Sentence, events: Sequence[EventFound], figures: Sequence[FigureFound]
) -> dict[int, int]:
    """figure -> event that it counts the target (else the actor) of; figures that bind to none are left out."""
    bound: dict[int, int] = {}
    for j, figure in enumerate(figures):
        if figure.measure not in STANDALONE or figure.part_of is not None:
            continue
        owner = _owner(sentence, events, figure)
        if owner is not None:
            bound[j] = owner
    for j, figure in enumerate(figures):  # "23 civilians, including 7 children": the part follows the whole
        if figure.part_of is None or figure.measure not in STANDALONE:
            continue
        owner = bound.get(figure.part_of, _owner(sentence, events, figure))
        if owner is not None:
            bound[j] = owner
    return bound


def _owner(sentence: Sentence, events: Sequence[EventFound], figure: FigureFound) -> int | None:
    if _is_rest_of_choice(sentence, figure):
        return None
    for name in ("target", "actor"):
        inside = [
            (role.last - role.first, k)
            for k, event in enumerate(events)
            if (role := getattr(event, name)) is not None and _counts(figure, role)
        ]
        told = [found for found in inside if name == "target" or events[found[1]].type not in _DONE_TO]
        if told:
            return min(told)[1]
        if inside:
            return None  # "killed by a group of 30 men": of the dead it says nothing
    heads = {event.head: k for k, event in reversed(list(enumerate(events)))}
    i = figure.head
    for _ in range(3):
        if i in heads:
            return heads[i]
        if sentence.heads[i] == i or sentence.deps[i] in {"ccomp", "advcl", "acl:relcl", "parataxis", "conj"}:
            return None
        i = sentence.heads[i]
    return heads.get(i)


def _is_rest_of_choice(s: Sentence, figure: FigureFound) -> bool:
    """ "One of the three leaders was found dead": three is no number of the dead."""
    i = figure.where.first
    i -= i > 0 and s.lower[i - 1] in {"the", "its", "their", "his", "her", "these", "those"}
    return i > 1 and s.lower[i - 2 : i] == ["one", "of"]


def _counts(figure: FigureFound, role: Stretch) -> bool:
    """Is the number in the phrase of the role, or is the phrase what it counts ("dozens of" + "families")?"""
    if role.first <= figure.where.first and figure.where.last <= role.last:
        return True
    counted = figure.counted
    return counted is not None and counted.first <= role.last and role.first <= counted.last
