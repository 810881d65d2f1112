"""The figures of one group -> what each is to the range: counts, repeat, updated, withdrawn, part, not so.

In: `Said` of one thing that is counted, one place and one stretch of days. Out: a `Placed` for each.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from rapidfuzz import fuzz

from rasid.model.ranges import Relation
from rasid.model.values import Bound
from rasid.weigh.ranges.counting import FLOW
from rasid.weigh.ranges.said import Said, iso
from rasid.weigh.ranges.speakers import merge_bodies

_COPY = 90.0  # rapidfuzz ratio from which two quotes are one text, as in weigh/disputes
_MOST_COMPARED = 40  # figures that one is held against: a limit against a thousand numbers on one thing
_ABOUT = 0.1  # "about 40" and 43 may be one number: said less exactly, not corrected
_NEAR_DAYS = 31  # two stocks, or two running totals, further apart than this are of different times
_SPACES = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure with its relation. other: id of the figure that it repeats, or that replaces it."""

    said: Said
    relation: Relation
    reason: str
    other: str | None = None


def place_figures(group: Sequence[Said]) -> list[Placed]:
    """One `Placed` for each figure, in the order of writing."""
    merged = merge_bodies(said.speaker for said in group)
    told = sorted((_merged(s, merged) for s in group), key=lambda s: s.order)
    placed: dict[str, Placed] = {}
    for said in told:
        if not said.so:
            why = "denied" if said.denied else "only possible, predicted or asked"
            placed[said.id] = Placed(said, Relation.NOT_SO, f"It is {why}, so it counts nothing.")
    counted = [said for said in told if said.so]
    placed |= _withdrawn(counted, [said for said in told if said.denied])
    placed |= _many_rows(counted)
    placed |= _parts([s for s in counted if s.id not in placed])
    by_speaker: dict[str, list[Said]] = defaultdict(list)
    for said in counted:
        if said.id not in placed:
            by_speaker[said.speaker].append(said)
    for held in by_speaker.values():
        placed |= _one_voice(held)
    placed |= _quoted([s for s in counted if s.id not in placed])
    placed |= _copied([s for s in counted if s.id not in placed])
    rest = [s for s in counted if s.id not in placed]
    if rest and rest[0].counted.span != FLOW:
        placed |= _of_another_time(rest)
    for said in counted:
        if said.id not in placed:
            placed[said.id] = Placed(said, Relation.COUNTS, _why_counts(said))
    return [placed[said.id] for said in told]


def _merged(said: Said, merged: Mapping[str, str]) -> Said:
    return replace(said, speaker=merged[said.speaker]) if said.speaker in merged else said


def as_of(said: Said) -> int | None:
    """The day that a stock or a running total stands for: its own, else that of writing."""
    own = said.when.last if said.when is not None else None
    return own if own is not None else said.date


def _why_counts(said: Said) -> str:
    taken = f" ({'; '.join(said.taken)})" if said.taken else ""
    if said.bound == Bound.VAGUE.value:
        return f"It counts as a voice, but a vague word moves no end{taken}."
    return f"It counts{taken}."


# --- one voice ------------------------------------------------------------------------------------------------


def _withdrawn(counted: Sequence[Said], denied: Sequence[Said]) -> dict[str, Placed]:
    """A number that its own voice later says is not so."""
    found = {}
    taken_back = {(s.speaker, s.number): s for s in denied}
    for said in counted:
        later = taken_back.get((said.speaker, said.number))
        if later is not None and later.order > said.order:
            why = f"{said.voice} later says that this number is not so."
            found[said.id] = Placed(said, Relation.WITHDRAWN, why, later.id)
    return found


def _many_rows(counted: Sequence[Said]) -> dict[str, Placed]:
    """Rows of one data set at one place on one day are different events: which of them is meant is not known."""
    rows: dict[str, list[Said]] = defaultdict(list)
    for said in counted:
        if said.is_record:
            rows[said.document].append(said)
    return {
        said.id: Placed(
            said, Relation.APART, f"{len(held)} rows of the data lie here; which one is meant is not known."
        )
        for held in rows.values()
        if len(held) > 1
        for said in held
    }


def _parts(counted: Sequence[Said]) -> dict[str, Placed]:
    held = {said.id: said for said in counted}
    return {
        said.id: Placed(said, Relation.PART, f"A part of “{held[said.whole].text}”.", said.whole)
        for said in counted
        if said.whole is not None and said.whole in held
    }


def _one_voice(held: Sequence[Said]) -> dict[str, Placed]:
    """Repeats of one voice, and the earlier numbers that it replaced."""
    placed: dict[str, Placed] = {}
    firsts: dict[float | None, Said] = {}
    for said in held:
        first = firsts.get(said.number)
        if first is not None:
            placed[said.id] = Placed(said, Relation.REPEAT, _same_voice(said, first), first.id)
        else:
            firsts[said.number] = said
    kept = list(firsts.values())
    beside: dict[str, list[Said]] = defaultdict(list)
    for said in kept:
        beside[said.document].append(said)
    for said in kept:
        exact = next((o for o in beside[said.document][:_MOST_COMPARED] if _is_vaguer(said, o)), None)
        if exact is not None:
            why = f"{said.voice} says the same more exactly in this document: “{exact.text}”."
            placed[said.id] = Placed(said, Relation.REPEAT, why, exact.id)
    kept = [said for said in kept if said.id not in placed]
    for said, later in _replaced(kept):
        why = f"{said.voice} later says “{later.text}”" + (f", on {later.written}." if later.written else ".")
        placed[said.id] = Placed(said, Relation.UPDATED, why, later.id)
    return placed


def _same_voice(said: Said, first: Said) -> str:
    if said.document == first.document:
        return f"{said.voice} says it more than once in this document."
    return f"The same voice, {said.voice}, with the same number: it counts once."


def _is_vaguer(said: Said, other: Said) -> bool:
    """Less exact, and both can be right: "more than 20" above a text that says 23."""
    return _width(said) > _width(other) and can_be_one(said, other)


def _width(said: Said) -> float:
    low, high = limits(said)
    return high - low


def _replaced(kept: Sequence[Said]) -> Iterable[tuple[Said, Said]]:
    """Numbers of one voice with the next one that it gave on a later day. Of undated ones nothing is known."""
    dated = sorted((s for s in kept if _moment(s) is not None), key=lambda s: (_moment(s) or 0, *s.order))
    later: Said | None = None
    following: Said | None = None
    for said in reversed(dated):
        if following is not None and _moment(following) != _moment(said):
            later = following
        if later is not None:
            yield said, later
        following = said


def _moment(said: Said) -> int | None:
    return said.date if said.counted.span == FLOW else as_of(said)


# --- other voices ---------------------------------------------------------------------------------------------


def _quoted(counted: Sequence[Said]) -> dict[str, Placed]:
    """A document's own number that is the one of a voice it quotes: a headline over what the ministry said."""
    quoted: dict[str, list[Said]] = defaultdict(list)
    for said in counted:
        if said.via:
            quoted[said.document].append(said)
    placed = {}
    for said in counted:
        if said.via:
            continue
        source = next((o for o in quoted[said.document][:_MOST_COMPARED] if _gives_same(said, o)), None)
        if source is not None:
            why = f"The document gives the number of {source.voice}, whom it quotes."
            placed[said.id] = Placed(said, Relation.REPEAT, why, source.id)
    return placed


def _gives_same(said: Said, other: Said) -> bool:
    return said.number == other.number or _is_vaguer(said, other)


def _copied(counted: Sequence[Said]) -> dict[str, Placed]:
    """The same number in the same words under another name."""
    by_number: dict[float | None, list[tuple[Said, str]]] = defaultdict(list)
    for said in counted:
        by_number[said.number].append((said, _SPACES.sub(" ", said.quote.casefold())))
    placed = {}
    for held in by_number.values():
        for n, (said, words) in enumerate(held[:_MOST_COMPARED]):
            for first, other in held[:n]:
                if said.is_record or first.is_record or first.id in placed:
                    continue
                if words == other or fuzz.ratio(words, other, score_cutoff=_COPY) >= _COPY:
                    why = f"The words are those of {first.voice}: copied words are one source."
                    placed[said.id] = Placed(said, Relation.REPEAT, why, first.id)
                    break
    return placed


def _of_another_time(counted: Sequence[Said]) -> dict[str, Placed]:
    """Stocks and running totals are compared only with those of about the same day as the latest."""
    days = {said.id: as_of(said) for said in counted}
    latest = max((day for day in days.values() if day is not None), default=None)
    placed = {}
    for said in counted:
        day = days[said.id]
        if latest is None or (day is not None and latest - day <= _NEAR_DAYS):
            continue
        when = f"It is of {iso(day)}" if day is not None else "It is of no known day"
        why = f"{when}, the latest of {iso(latest)}: more than {_NEAR_DAYS} days apart, both can be right."
        placed[said.id] = Placed(said, Relation.APART, why)
    return placed


# --- numbers --------------------------------------------------------------------------------------------------


def limits(said: Said) -> tuple[float, float]:
    """What the words allow, "about" with a tenth to both sides, open ends as 0 and infinity."""
    low = said.low if said.low is not None else 0.0
    high = said.high if said.high is not None else inf
    if said.bound == Bound.ABOUT.value:
        return low * (1 - _ABOUT), high * (1 + _ABOUT)
    return low, high


def can_be_one(a: Said, b: Said) -> bool:
    """One number could satisfy both."""
    (low, high), (other_low, other_high) = limits(a), limits(b)
    return low <= other_high and other_low <= high


def by_relation(placed: Iterable[Placed]) -> dict[Relation, list[Placed]]:
    """The figures of each relation."""
    held: dict[Relation, list[Placed]] = {relation: [] for relation in Relation}
    for each in placed:
        held[each.relation].append(each)
    return held
