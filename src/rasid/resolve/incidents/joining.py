"""Tellings of all documents -> incidents: which belong together, which stand in doubt.

Clustering is that of lists of people (resolve/people/clusters.py): groups join best first, while the mean log-odds over
all pairs between them is above zero, so that one strong link cannot chain two groups that share nothing else. What is
barred (two exact days, two known towns) is never joined; what a person said comes before everything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rasid.model.judged_incidents import SAME, JudgedIncidents
from rasid.resolve.incidents.blocking import candidate_pairs
from rasid.resolve.incidents.scoring import BARRED, Score, Side, make_sides, score_pair
from rasid.resolve.incidents.tellings import Telling
from rasid.resolve.people.clusters import LARGEST, Decided, cluster

UNSEEN = -1.5  # log-odds of two tellings that share no block
LARGE = 4  # tellings from which on a group may have been split by the limits of blocking
SAMPLE = 50  # pairs from which the mean between two large groups is estimated
SURE = 0.8  # a link below this is worth a look, joined or not
HALF_BARRED = BARRED / 2


@dataclass(frozen=True, slots=True)
class Link:
    """Two tellings that were compared, by their numbers."""

    left: int
    right: int
    score: Score


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of it.

    group: of each telling, the lowest number of its group
    links: compared pairs that are not hopeless
    loose: claims that tell nothing themselves -> (telling, score) that they fit best
    """

    group: tuple[int, ...]
    links: tuple[Link, ...]
    loose: Mapping[int, Link]


def join_tellings(
    tellings: Sequence[Telling], loose: Sequence[Telling], judged: Iterable[JudgedIncidents]
) -> Joined:
    """Put tellings of all documents to incidents.

    tellings: those that tell; loose: single claims that are denied, possible or predicted, to be put beside them
    """
    sides = make_sides([*tellings, *loose])
    size = len(tellings)
    links: list[Link] = []
    best: dict[int, Link] = {}
    for a, b in candidate_pairs(sides):
        if a >= size:
            continue  # two claims that tell nothing
        score = score_pair(sides[a], sides[b])
        if b < size:
            links.append(Link(a, b, score))
        elif score.odds > 0 and (b not in best or score.odds > best[b].score.odds):
            best[b] = Link(a, b, score)
    decided = decide(sides[:size], judged)
    group = _clustered(sides[:size], links, decided)
    return Joined(tuple(group), tuple(links), {b - size: link for b, link in best.items()})


def _clustered(sides: Sequence[Side], links: Sequence[Link], decided: Decided) -> list[int]:
    """The lowest number of the group of each telling.

    What a person called one incident is put together as whole groups, after the scores: else the other members of a
    group, whose days are barred, would be torn from the one that was named. Where that would put together what a
    person called two incidents, the named tellings alone are joined, before the scores.
    """
    if not sides:
        return []
    barred = tuple((k.left, k.right) for k in links if k.score.odds < HALF_BARRED)
    left, right = (np.array([getattr(k, side) for k in links], dtype=np.int64) for side in ("left", "right"))
    odds = np.array([k.score.odds for k in links], dtype=np.float64)

    def grouped(same: tuple[tuple[int, int], ...]) -> list[int]:
        different = (*decided.different, *(pair for pair in barred if pair not in same))
        found = cluster(len(sides), left, right, odds, decided=Decided(same, different), unseen=UNSEEN)
        return _join_large([int(n) for n in found], sides, links=links, different=different)

    group = grouped(())
    first = tuple(pair for pair in decided.same if not _may_unite(pair, group, decided.different))
    if first:
        group = grouped(first)
    for pair in decided.same:
        if _may_unite(pair, group, decided.different):
            group = _united(group, *pair)
    return group


def _join_large(
    group: list[int], sides: Sequence[Side], *, links: Sequence[Link], different: Iterable[tuple[int, int]]
) -> list[int]:
    """Join large groups that blocking held apart: most pairs between them were never compared.

    The mean over all pairs is estimated from SAMPLE of them, evenly spread. Only groups with a link are looked at.
    """
    sizes = Counter(group)
    members: dict[int, list[int]] = defaultdict(list)
    for number, name in enumerate(group):
        members[name].append(number)
    met = {tuple(sorted((group[k.left], group[k.right]))) for k in links if k.score.odds > 0}
    means = [
        (-mean, a, b) for a, b in sorted(met)
        if a != b and min(sizes[a], sizes[b]) >= LARGE and (mean := _mean(members[a], members[b], sides)) > 0
    ]  # fmt: skip
    into = {name: name for name in members}
    apart: dict[int, set[int]] = defaultdict(set)
    for one, other in different:
        apart[group[one]].add(group[other])
        apart[group[other]].add(group[one])
    for _, one, other in sorted(means):
        a, b = sorted((_top(into, one), _top(into, other)))
        if a == b or b in apart[a]:
            continue
        into[b] = a
        for each in apart.pop(b, set()):
            apart[each].discard(b)
            apart[each].add(a)
            apart[a].add(each)
    return [_top(into, name) for name in group]


def _top(into: Mapping[int, int], name: int) -> int:
    while into[name] != name:
        name = into[name]
    return name


def _mean(some: Sequence[int], others: Sequence[int], sides: Sequence[Side]) -> float:
    """The mean log-odds over a fixed sample of the pairs between two groups."""
    total = len(some) * len(others)
    step = (
        max(1, total // SAMPLE) | 1
    )  # odd, so that it does not meet the same few of an even number again and again
    pairs = [(some[n // len(others)], others[n % len(others)]) for n in range(0, total, step)]
    odds = [max(-LARGEST, min(LARGEST, score_pair(sides[a], sides[b]).odds)) for a, b in pairs]
    return sum(odds) / len(odds)


def _united(group: list[int], one: int, other: int) -> list[int]:
    a, b = sorted((group[one], group[other]))
    return [a if n == b else n for n in group]


def _may_unite(pair: tuple[int, int], group: Sequence[int], different: Iterable[tuple[int, int]]) -> bool:
    """No two tellings of these two groups were called two incidents."""
    two = {group[pair[0]], group[pair[1]]}
    return not any({group[a], group[b]} == two for a, b in different)


def decide(sides: Sequence[Side], judged: Iterable[JudgedIncidents]) -> Decided:
    """Decisions about claims as decisions about tellings; those whose claims are gone say nothing here."""
    where = {claim.id: n for n, side in enumerate(sides) for claim in side.telling.claims}
    same: list[tuple[int, int]] = []
    different: list[tuple[int, int]] = []
    for each in judged:
        a, b = where.get(each.left), where.get(each.right)
        if a is None or b is None or a == b:
            continue
        (same if each.answer == SAME else different).append((min(a, b), max(a, b)))
    return Decided(tuple(same), tuple(different))


def doubtful_links(joined: Joined) -> list[Link]:
    """For each two incidents, the best link between them if it is near even, or if only the days speak against it."""
    best: dict[tuple[int, int], Link] = {}
    for link in joined.links:
        a, b = joined.group[link.left], joined.group[link.right]
        key = (min(a, b), max(a, b))
        if a == b or not (link.score.days_bar or link.score.odds > -SURE):
            continue
        if key not in best or link.score.odds > best[key].score.odds:
            best[key] = link
    return [best[key] for key in sorted(best)]


def links_within(joined: Joined) -> Mapping[int, list[Link]]:
    """Group -> its compared pairs, the strongest first."""
    held: dict[int, list[Link]] = defaultdict(list)
    for link in joined.links:
        if joined.group[link.left] == joined.group[link.right]:
            held[joined.group[link.left]].append(link)
    return {
        group: sorted(links, key=lambda k: (-k.score.odds, k.left, k.right)) for group, links in held.items()
    }
