"""Within one document: which claims tell of one happening.

Read in order, as a reader does. A claim goes to the telling that it shares most with and does not contradict. A claim
without a day, a place or a name of its own ("four children were injured", "the strike hit the roof") belongs to the
happening told just before; one that says "another" or names another day or another place begins a new one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from rasid.resolve.incidents.kinds import HARM, needs_a_day, type_likeness
from rasid.resolve.incidents.spots import Nearness, Spot, closest
from rasid.resolve.incidents.told import Count, Told, same_person

NEAR_CHARS = 420  # two or three sentences: so far a claim with nothing of its own looks back
POINTING_CHARS = 1500  # "the attack": so far it looks back
OPEN = 12  # tellings of a document that a new claim is compared with, the last touched ones


@dataclass(slots=True)
class Telling:
    """Claims of one document about one happening, in reading order."""

    claims: list[Told] = field(default_factory=list)
    spots: dict[str, Spot] = field(default_factory=dict)
    days: tuple[int, int] | None = None
    persons: set[str] = field(default_factory=set)
    target: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    reach: int = 0  # where its last claim ends

    def add(self, told: Told) -> None:
        """Take a claim in; the days grow narrower, never wider."""
        self.claims.append(told)
        for spot in told.spots:
            self.spots.setdefault(spot.key, spot)
        self.days = narrower(self.days, told.days)
        self.persons |= told.persons
        self.target |= told.target
        self.types.add(told.type)
        self.reach = max(self.reach, told.end)

    @property
    def located(self) -> bool:
        """In time or in place, or by whom it befell; a governorate is enough where a number is given."""
        if self.days is not None or self.persons or any(s.fine for s in self.spots.values()):
            return True
        counted = any(claim.count for claim in self.claims)
        return counted and any(s.level not in (None, "country", "region") for s in self.spots.values())


def narrower(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    """The days that both allow; the shorter of the two where they allow none together."""
    if one is None or other is None:
        return one or other
    both = max(one[0], other[0]), min(one[1], other[1])
    return both if both[0] <= both[1] else min(one, other, key=lambda days: (days[1] - days[0], days))


def group_tellings(told: Iterable[Told], *, apart: Collection[tuple[str, str]] = ()) -> list[Telling]:
    """The tellings of one document.

    told:  claims that tell, by start
    apart: pairs of claims (either order once, smaller id first) that a person called two incidents
    """
    groups: list[Telling] = []
    recent: list[Telling] = []
    for claim in told:
        scored = [(likeness(group, claim), n, group) for n, group in enumerate(recent)]
        scored = [each for each in scored if each[0] > 0 and not _is_barred(each[2], claim, apart)]
        if scored:
            group = max(scored, key=lambda each: each[:2])[2]
            recent.remove(group)
        else:
            group = Telling()
            groups.append(group)
        group.add(claim)
        recent = [*recent[-OPEN + 1 :], group]
    return groups


def _is_barred(group: Telling, claim: Told, apart: Collection[tuple[str, str]]) -> bool:
    if not apart:
        return False
    return any((min(c.id, claim.id), max(c.id, claim.id)) in apart for c in group.claims)


def likeness(group: Telling, claim: Told) -> float:
    """How much speaks for the claim telling of this happening; 0 or less: of another one."""
    same_sentence = any(c.start == claim.start for c in group.claims)
    if _days_differ(group, claim):
        return -1.0
    kinds = max(type_likeness(claim.type, kind) for kind in group.types)
    if kinds < 0 or (kinds == 0 and _may_be_of_other_days(group, claim)):
        return -1.0
    where, *_ = closest(group.spots.values(), claim.spots)
    named = _share_person(group.persons, claim.persons)
    if where >= Nearness.OTHER_NAME and not named:
        return -1.0 if not (same_sentence and kinds >= 0.4 and not claim.count) else 0.1
    if _victims_differ(group, claim, where=where) and not claim.points:
        return -1.0
    gap = claim.start - group.reach
    score = kinds - 0.4
    score += 2.0 if named else 0.0
    score += {Nearness.SAME: 1.2, Nearness.NEAR: 0.9, Nearness.INSIDE: 0.5}.get(where, 0.0)
    if group.days and claim.days:
        score += 1.2
    if same_sentence:
        return score + 1.0
    if claim.another and not named and not claim.points:
        return -1.0
    score += 0.6 if group.target & claim.target else 0.0
    if claim.points:
        return score + 1.0 if gap < POINTING_CHARS and kinds > 0 else score - 1.0
    return score + _beside(claim, gap)


def _beside(claim: Told, gap: int) -> float:
    """What the distance says: harm without anything of its own belongs to what was told just before."""
    bare = not claim.spots and claim.days is None and not claim.persons
    if gap < NEAR_CHARS:
        return 0.9 if bare and claim.type in HARM | {"injury"} else -0.8 if bare else 0.2
    return -0.8 if bare else -0.5


def _days_differ(group: Telling, claim: Told) -> bool:
    if group.days is None or claim.days is None:
        return False
    return group.days[1] < claim.days[0] or claim.days[1] < group.days[0]


def _may_be_of_other_days(group: Telling, claim: Told) -> bool:
    """ "He was abducted in March 2013 ... beheaded": if the text gives only one day, it is not that of the other."""
    given = group.days is not None and claim.days is not None
    return not given and any(needs_a_day(claim.type, kind) for kind in group.types)


def _victims_differ(group: Telling, claim: Told, *, where: Nearness) -> bool:
    """Other people by name, or another number of the same victims from the same voice."""
    mine = claim.count
    if claim.persons and group.persons and not _share_person(group.persons, claim.persons):
        return claim.start not in {c.start for c in group.claims} and where is not Nearness.SAME
    if mine is None or where is Nearness.SAME:
        return False
    return any(
        _is_rival(mine, c.count) and c.voice == claim.voice and c.start != claim.start for c in group.claims
    )


def _share_person(some: Collection[str], others: Collection[str]) -> bool:
    return any(same_person(a, b) for a in some for b in others)


def _is_rival(one: Count, other: Count | None) -> bool:
    """Two numbers of the same victims that cannot both be right."""
    if other is None or (one.effect, one.base) != (other.effect, other.base):
        return False
    low = max(one.low or 0.0, other.low or 0.0)
    return any(count.high is not None and count.high < low for count in (one, other))


def words_in(claims: Sequence[Told]) -> frozenset[str]:
    """All words of the sentences of a telling."""
    return frozenset().union(*(claim.words for claim in claims))
