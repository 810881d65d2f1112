"""The figures that count -> low, best and high under a named rule, and why in plain sentences.

Low and high are the same under every rule: the lowest and the highest number that a counted voice gives. The rule only
picks "best" between them, or none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from rasid.model.ranges import RangeRule, Relation, Rule
from rasid.model.values import Bound
from rasid.weigh.ranges.relations import Placed, by_relation
from rasid.weigh.ranges.said import Said
from rasid.weigh.ranges.speakers import words_of

_SOME = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Ends:
    """What a range comes to. voices: independent ones that count."""

    low: float | None
    best: float | None
    high: float | None
    open_low: bool
    open_high: bool
    voices: int
    because: str


def settle(placed: Sequence[Placed], rule: RangeRule) -> Ends:
    """Low, best and high of a group."""
    by = by_relation(placed)
    counted = [each.said for each in by[Relation.COUNTS]]
    voices = len({said.speaker for said in counted})
    if not counted:
        return Ends(None, None, None, False, False, 0, f"No voice counts here. {_others(by)}".strip())
    firm = [said for said in counted if said.bound != Bound.VAGUE.value] or counted
    lows = [said.low for said in firm if said.low is not None]
    tops = [
        number for said in firm if (number := said.high if said.high is not None else said.low) is not None
    ]
    low, high = min(lows, default=None), max(tops, default=None)
    open_low, open_high = any(s.low is None for s in firm), any(s.high is None for s in firm)
    if voices == 1:
        best, why = None, _one_voice(counted)
    else:
        best, why = _best(
            firm, rule, agreed=low is not None and low == high and not open_low and not open_high
        )
        why = f"{_ends(voices, low, high)} {why}"
    vague = len(counted) - len(firm)
    if vague:
        why += f" {_many(vague)} vague {'figure moves' if vague == 1 else 'figures move'} no end."
    if open_high and voices > 1:
        why += " A voice sets no upper end, so there may be more."
    return Ends(low, best, high, open_low, open_high, voices, f"{why} {_others(by)}".strip())


def _one_voice(counted: Sequence[Said]) -> str:
    if len({said.number for said in counted}) > 1:
        return f"One voice, {counted[0].voice}, with more than one number; which is later is not known."
    return f"One voice, {counted[0].voice}: a figure, not a range."


def _ends(voices: int, low: float | None, high: float | None) -> str:
    if low is not None and low == high:
        return f"{_many(voices)} voices give {written(low)}."
    if low is None or high is None:
        return f"{_many(voices)} voices; none sets {'a lower' if low is None else 'an upper'} end."
    return f"{_many(voices)} voices; the lowest gives {written(low)}, the highest {written(high)}."


def _best(firm: Sequence[Said], rule: RangeRule, *, agreed: bool) -> tuple[float | None, str]:
    """The number the rule picks, or None and why."""
    match rule.rule:
        case Rule.RANGE:
            if agreed:
                return firm[0].number, "All agree."
            return None, "The rule “range” gives both ends and picks none between them."
        case Rule.MAJORITY:
            return _majority(firm)
        case Rule.RANKING:
            return _first_ranked(firm, rule.ranking)
        case Rule.CONSERVATIVE:
            return _lowest(firm)
        case _:
            assert_never(rule.rule)


def _majority(firm: Sequence[Said]) -> tuple[float | None, str]:
    """The number that most named voices give; "at least 23" and 23 are the same number here."""
    backers: dict[float, set[str]] = defaultdict(set)
    for said in firm:
        number = _single(said)
        if said.named and number is not None:
            backers[number].add(said.speaker)
    ranked = sorted(backers.items(), key=lambda each: (-len(each[1]), each[0]))
    if not ranked or len(ranked[0][1]) < 2:
        return None, "The rule “majority” picks none: no number is given by two independent named voices."
    number, held = ranked[0]
    if len(ranked) > 1 and len(ranked[1][1]) == len(held):
        tied = " and ".join(written(n) for n, voices in ranked if len(voices) == len(held))
        return None, f"The rule “majority” picks none: {tied} have {_many(len(held)).lower()} voices each."
    return (
        number,
        f"The rule “majority” picks {written(number)}: {_many(len(held)).lower()} named voices give it.",
    )


def _single(said: Said) -> float | None:
    """The number said; None for "between 12 and 15", which names none."""
    spans = said.low is not None and said.high is not None and said.low != said.high
    return None if spans else said.number


def _first_ranked(firm: Sequence[Said], ranking: Sequence[str]) -> tuple[float | None, str]:
    for name in ranking:
        words = words_of(name)
        held = [said for said in firm if words and words == frozenset(said.speaker.split())]
        if not held:
            continue
        if len({said.number for said in held}) > 1:
            return None, f"The rule “ranking” picks none: {held[0].voice} gives more than one number."
        if _single(held[0]) is None:
            return None, f"The rule “ranking” picks none: {held[0].voice} gives two ends and no number."
        return held[0].number, f"The rule “ranking” picks the number of {held[0].voice}, first in the order."
    if not ranking:
        return None, "The rule “ranking” picks none: rasid.toml names no order of voices."
    return None, "The rule “ranking” picks none: no voice of the order gives a number here."


def _lowest(firm: Sequence[Said]) -> tuple[float | None, str]:
    named = [said for said in firm if said.named and said.low is not None]
    if not named:
        return None, "The rule “most conservative” picks none: no named voice sets a lower end."
    least = min(named, key=lambda said: (said.low or 0.0, said.order))
    return (
        least.low,
        f"The rule “most conservative” picks the lowest that a named voice gives: {least.voice}.",
    )


_NOTES = {
    Relation.REPEAT: ("repeats a number", "repeat a number"),
    Relation.UPDATED: ("was replaced by a later one", "were replaced by later ones"),
    Relation.WITHDRAWN: ("was taken back", "were taken back"),
    Relation.PART: ("is a part", "are parts"),
    Relation.APART: ("cannot be compared", "cannot be compared"),
    Relation.NOT_SO: ("is denied, possible, predicted or asked", "are denied, possible, predicted or asked"),
}


def _others(by: Mapping[Relation, Sequence[Placed]]) -> str:
    notes = [
        f"{_many(len(by[relation]))} {one if len(by[relation]) == 1 else more}."
        for relation, (one, more) in _NOTES.items()
        if by[relation]
    ]
    return f"Listed but not counted: {' '.join(notes)}" if notes else ""


def _many(number: int) -> str:
    return _SOME[number].capitalize() if number < len(_SOME) else f"{number:,}"


def written(number: float) -> str:
    """`31.0` -> "31", `900000.0` -> "900,000"."""
    return f"{number:,.0f}" if number == int(number) else f"{number:,g}"
