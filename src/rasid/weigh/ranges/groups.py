"""Figures -> groups that may be compared, topics that hold them, and the near ones that may not, with the reason.

Two figures are of one group only if all guards agree: what happened, whom or what is counted, measure, stock or flow,
counted or estimated, place, days, and for anything longer than a happening by whom and with what. Everything is done by
keys, so that the time grows with the number of figures and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from rasid.knowledge.actors import fold_name
from rasid.model.ids import content_id
from rasid.weigh.ranges.context import SHORT_DAYS
from rasid.weigh.ranges.counting import ESTIMATED, FLOW, RUNNING, STOCK, UNSAID
from rasid.weigh.ranges.said import Counted, Said, When, Where, iso

Key: TypeAlias = tuple[str, ...]
_TOLD_WITHIN = 10  # days after a happening in which a report without a day can be about it
_MOST_NEAR = 12  # figures listed beside a range as not to be compared
_MOST_LOOKED_AT = 60  # neighbours looked at for these

# A happening lets go of who did it and with what: voices that name two parties still count the same dead.
_ONE_HAPPENING = {"actor": "", "instrument": ""}


@dataclass(frozen=True, slots=True)
class Group:
    """Figures that pass all guards, with what they share. topic: of the groups that differ in the base alone."""

    key: Key
    topic: Key
    counted: Counted
    where: Where
    when: When | None
    figures: tuple[Said, ...]

    @property
    def id(self) -> str:
        """Depends on what is counted, where and when, and not on who says it."""
        return content_id("r", *self.key)


def group_figures(figures: Sequence[Said]) -> list[Group]:
    """The groups, in the order of their keys. A figure without a place, or a flow without days, is in none."""
    held: dict[Key, list[Said]] = defaultdict(list)
    for said in figures:
        key = group_key(said)
        if key is not None:
            held[key].append(said)
    groups = []
    for key, members in sorted(held.items()):
        first = min(members, key=lambda s: s.order)
        assert first.where is not None
        counted = replace(first.counted, **_ONE_HAPPENING) if is_happening(first) else first.counted
        groups.append(
            Group(key, _topic_key(first), counted, first.where, _shared_days(members), tuple(members))
        )
    return groups


def group_key(said: Said) -> Key | None:
    """What two figures share that may be ranged together; None for one that stands alone."""
    counted = said.counted
    if not counted.outcome or not counted.base or said.where is None or counted.span == UNSAID:
        return None
    if counted.span == FLOW and (said.when is None or said.when.days == 0):
        return None
    parties = ("", "") if is_happening(said) else (counted.actor, counted.instrument)
    return (
        *_topic_key(said), counted.base, counted.unit, counted.measure, counted.per, counted.share_of, counted.method,
        *parties,
    )  # fmt: skip


def _topic_key(said: Said) -> Key:
    assert said.where is not None
    when, span = said.when, said.counted.span
    days = ("", "")
    if span == FLOW and when is not None:
        days = (str(when.first), str(when.last))
    if span == RUNNING:
        days = (str(when.first if when is not None else None), "")
    return (said.counted.outcome, said.where.key, span, *days)


def is_happening(said: Said) -> bool:
    """One town, a few days: whoever is named for it, it is one happening."""
    where, when = said.where, said.when
    return (
        where is not None
        and where.is_settlement
        and said.counted.span == FLOW
        and when is not None
        and 0 < when.days <= SHORT_DAYS
    )


def _shared_days(members: Sequence[Said]) -> When | None:
    span = members[0].counted.span
    if span == FLOW:
        return members[0].when
    days = [s.when.last if s.when is not None and s.when.last is not None else s.date for s in members]
    known = [day for day in days if day is not None]
    last = max(known, default=None)
    if span == STOCK:
        return When(min(known), last) if known else None
    first = members[0].when.first if members[0].when is not None else None
    return When(first, last)


# --- figures without a day or a place ---------------------------------------------------------------------------


def settle_by_others(figures: Sequence[Said], texts: Mapping[str, str]) -> list[Said]:
    """The figures; a flow that lacks the day or the place takes it from the one happening that others tell of.

    "The toll of the strike on the market rose to 41", written within ten days after the only such day of that town in
    the case; "eleven were killed on 11 May", in a document that names the only town others name for that day.
    texts: document -> its kept text
    """
    days: dict[tuple[str, str], set[tuple[int, str]]] = defaultdict(set)
    towns: dict[tuple[str, int], dict[tuple[str, str], Where]] = defaultdict(dict)
    for said in figures:
        if is_happening(said) and said.when is not None and said.when.days == 1:
            assert said.where is not None and said.when.first is not None
            days[said.counted.outcome, said.where.key].add((said.when.first, said.document))
            towns[said.counted.outcome, said.when.first][said.where.key, said.document] = said.where
    return [_settled(said, days, towns, texts.get(said.document, "")) for said in figures]


def _settled(
    said: Said,
    days: Mapping[tuple[str, str], set[tuple[int, str]]],
    towns: Mapping[tuple[str, int], Mapping[tuple[str, str], Where]],
    text: str,
) -> Said:
    if said.counted.span != FLOW or not said.counted.outcome:
        return said
    if said.when is None and said.where is not None and said.where.is_settlement and said.date is not None:
        known = days.get((said.counted.outcome, said.where.key), set())
        near = {day for day, _ in known if 0 <= said.date - day <= _TOLD_WITHIN}
        if len(near) == 1 and any(day in near and document != said.document for day, document in known):
            first = near.pop()
            why = "day taken from the other reports on the same place, which know of one only"
            return replace(said, when=When(first, first), taken=(*said.taken, why))
    if said.where is None and said.when is not None and said.when.days == 1:
        held = towns.get((said.counted.outcome, said.when.first or 0), {})
        few = held if len(held) <= _MOST_LOOKED_AT else {}
        named = {key: where for (key, of), where in few.items() if of != said.document and where.name in text}
        if len(named) == 1:
            why = "place taken from the other reports of that day, whose town this document names"
            return replace(said, where=next(iter(named.values())), taken=(*said.taken, why))
    return said


# --- what cannot be compared ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Near:
    """A figure that is about the same and still on another footing."""

    said: Said
    reason: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Groups and lone figures by what they share with a range; made once for a case."""

    by_place: Mapping[Key, Sequence[Group]]
    by_days: Mapping[Key, Sequence[Group]]
    undated: Mapping[Key, Sequence[Said]]


def know_neighbours(groups: Sequence[Group], figures: Sequence[Said]) -> Neighbours:
    """Index what a range will be held against."""
    by_place: dict[Key, list[Group]] = defaultdict(list)
    by_days: dict[Key, list[Group]] = defaultdict(list)
    undated: dict[Key, list[Said]] = defaultdict(list)
    for group in groups:
        same = _same(group.counted)
        by_place[(*same, group.where.key)].append(group)
        if group.when is not None:
            by_days[(*same, group.counted.span, str(group.when.first), str(group.when.last))].append(group)
    for said in figures:
        if said.so and said.where is not None and group_key(said) is None and said.counted.outcome:
            undated[(*_same(said.counted), said.where.key)].append(said)
    return Neighbours(by_place, by_days, undated)


def near_figures(group: Group, known: Neighbours) -> list[Near]:
    """The figures beside a group that a reader could take for its own, each with the guard that keeps it out."""
    same = _same(group.counted)
    found: dict[str, Near] = {}
    for other in known.by_place[(*same, group.where.key)][:_MOST_LOOKED_AT]:
        why = _other_footing(group, other)
        if why:
            found |= {said.id: Near(said, why) for said in other.figures if said.so}
    for said in known.undated.get((*same, group.where.key), ())[:_MOST_LOOKED_AT]:
        found[said.id] = Near(said, _why_alone(said))
    if group.when is not None:
        days = (*same, group.counted.span, str(group.when.first), str(group.when.last))
        for other in known.by_days[days][:_MOST_LOOKED_AT]:
            if _lies_in(group.where, other.where) or _lies_in(other.where, group.where):
                why = f"It is for {other.where.name}: one of the two places lies in the other."
                found |= {said.id: Near(said, why) for said in other.figures if said.so}
    return sorted(found.values(), key=lambda near: near.said.order)[:_MOST_NEAR]


def _same(counted: Counted) -> Key:
    return (counted.outcome, counted.base, counted.unit, counted.measure, counted.share_of)


def _other_footing(group: Group, other: Group) -> str:
    """Why the other group of the same place is another thing; "" if it has nothing to do with this one."""
    if other.key == group.key:
        return ""
    mine, its = group.counted, other.counted
    if mine.span != its.span:
        return f"It is a {its.span}, this is a {mine.span}."
    if group.topic == other.topic:
        return _other_way(mine, its)
    if not _overlap(group.when, other.when):
        return ""
    return f"It is for other days: {days_words(other.when)}."


def _other_way(mine: Counted, its: Counted) -> str:
    if mine.method != its.method:
        return (
            "It is an estimate, this was counted."
            if its.method == ESTIMATED
            else "It was counted, this is an estimate."
        )
    if mine.per != its.per:
        return f"It is per {its.per or 'the whole period'}, this per {mine.per or 'the whole period'}."
    if mine.actor != its.actor:
        return f"It counts only what {its.actor} did." if its.actor else "It counts what all parties did."
    return (
        f"It counts only what was done with {its.instrument}." if its.instrument else "It counts all means."
    )


def _why_alone(said: Said) -> str:
    if said.counted.span == UNSAID:
        return "The words do not say whether so many were displaced in a period or at a time."
    return "The words give no days, and no other report settles them."


def _overlap(a: When | None, b: When | None) -> bool:
    if a is None or b is None:
        return False
    starts = (a.first if a.first is not None else 0, b.first if b.first is not None else 0)
    ends = (a.last if a.last is not None else 10**7, b.last if b.last is not None else 10**7)
    return max(starts) <= min(ends)


def _lies_in(inner: Where, outer: Where) -> bool:
    return fold_name(outer.name) in inner.around


def days_words(when: When | None) -> str:
    """ISO days for a reason; the page writes them out."""
    if when is None:
        return "no known days"
    first, last = iso(when.first), iso(when.last)
    if first == last:
        return str(first)
    return f"{first or 'an unknown day'} to {last or 'an unknown day'}"
