"""Pairs with log-odds -> persons: groups of listings.

Groups are joined best first, as long as the mean log-odds between two groups, over all pairs across them, is above
zero. A pair that was never compared counts against (`unseen_odds`): one strong link cannot chain two groups
whose other members have nothing in common. What a person decided comes first: "same" joins before anything else,
"different" forbids.

Source: average linkage (Sokal and Michener 1958) on log-odds, which greedily solves correlation clustering (Bansal,
Blum and Chawla 2004).
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rasid.model.ids import content_id

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_Pairs = tuple[Ints, Ints, Floats]

UNSEEN = (
    -3.0
)  # log-odds of a pair that blocking left out, where one link in twenty is lost so; see `unseen_odds`
HOPELESS = -4.0  # groups below this mean are not joined even in a sampled clustering
LARGEST = 8.0  # log-odds are cut here, so that no single pair decides for a group
_CLOSE = 1e-6  # for rounding
ONCE = 3.0  # log-odds taken from two listings of one list that is said to name nobody twice


@dataclass(frozen=True, slots=True)
class Decided:
    """What people said about pairs of rows."""

    same: tuple[tuple[int, int], ...] = ()
    different: tuple[tuple[int, int], ...] = ()


NOTHING_DECIDED = Decided()


@dataclass(slots=True)
class _Groups:
    """Groups while they are joined: members, and sums of log-odds between neighbours."""

    members: dict[int, list[int]]
    unseen: float
    prior: float = 0.0
    rooted: bool = False
    sums: dict[int, dict[int, tuple[float, int]]] = field(default_factory=lambda: defaultdict(dict))
    forbidden: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, a: int, b: int, total: float, pairs: int) -> None:
        held, count = self.sums[a].get(b, (0.0, 0))
        self.sums[a][b] = self.sums[b][a] = (held + total, count + pairs)

    def mean(self, a: int, b: int) -> float:
        total, seen = self.sums[a][b]
        all_pairs = len(self.members[a]) * len(self.members[b])
        known = math.sqrt(seen)
        missing = math.sqrt(all_pairs) - known if self.rooted else all_pairs - seen
        return (total - self.prior * (seen - known) + self.unseen * missing) / all_pairs

    def join(self, a: int, b: int) -> list[int]:
        """b goes into a; the neighbours of a whose mean changed."""
        self.members[a] += self.members.pop(b)
        self.sums[a].pop(b, None)
        for other, (total, pairs) in self.sums.pop(b, {}).items():
            self.sums[other].pop(b, None)
            if other != a:
                self.add(a, other, total, pairs)
        for other in self.forbidden.pop(b, set()):
            self.forbidden[other].discard(b)
            self.forbidden[other].add(a)
            self.forbidden[a].add(other)
        return list(self.sums[a])


def cluster(
    size: int,
    left: Ints,
    right: Ints,
    log_odds: Floats,
    *,
    decided: Decided = NOTHING_DECIDED,
    links: float | None = None,
    unseen: float = UNSEEN,
    prior: float | None = None,
) -> Ints:
    """The number of the group of each row: the lowest row in it.

    size:      rows
    links:     stop once the groups hold so many pairs of rows, whatever the mean, instead of at a mean of zero
    unseen:    log-odds of a pair that was never compared
    prior:     log-odds that a compared pair is a link, before its parts are looked at. It stands in the log-odds of
               every pair, but two groups are one person or not only once. Pairs that share rows are neither one witness
               nor many: n of them are taken for the root of n, and so often the prior is kept; pairs that were never
               compared count as often as they add to that root. None: each pair is a witness of its own
    """
    rooted, prior = prior is not None, prior or 0.0
    found = np.arange(size, dtype=np.int64)
    pairs = _useful(size, (left, right, log_odds), decided)
    if links is None and unseen <= 0.0 and prior <= 0.0:
        pairs = _within_reach(size, pairs, decided, prior)
        pairs, found = _joined_alone(size, pairs, decided)
    groups = _started(pairs, decided, unseen)
    groups.prior, groups.rooted = prior, rooted
    least = HOPELESS if links is not None else 0.0
    near = ((a, b) for a in groups.sums for b in groups.sums[a] if a < b)
    heap = [(-mean, a, b) for a, b in near if (mean := groups.mean(a, b)) > least]
    heapq.heapify(heap)
    held = float(sum(len(m) * (len(m) - 1) // 2 for m in groups.members.values()))
    while heap and (links is None or held < links):
        height, a, b = heapq.heappop(heap)
        if a not in groups.members or b not in groups.members or -height <= least:
            continue
        if b not in groups.sums[a] or groups.mean(a, b) != -height or b in groups.forbidden[a]:
            continue
        held += len(groups.members[a]) * len(groups.members[b])
        for other in groups.join(a, b):
            if (mean := groups.mean(a, other)) > least:
                heapq.heappush(heap, (-mean, min(a, other), max(a, other)))
    for members in groups.members.values():
        found[members] = min(members)
    return found


def unseen_odds(links: float, missed: float) -> float:
    """What it says of two listings that no key brought them together: the share of links that are lost so, as a Bayes
    factor (of pairs that are no link nearly all are lost)."""
    return float(np.clip(np.log((missed + 0.5) / (links + missed + 1.0)), HOPELESS, -1.0))


def prior_odds(probability: Floats) -> float:
    """Log-odds that a compared pair is a link, before its parts are looked at; never above even."""
    share = (float(probability.sum()) + 0.5) / (len(probability) + 1.0)
    return float(np.clip(np.log(share / (1.0 - share)), -LARGEST, 0.0)) if len(probability) else 0.0


def _useful(size: int, pairs: _Pairs, decided: Decided) -> _Pairs:
    """The pairs of rows that can be joined to anything at all."""
    left, right, log_odds = pairs
    hopeful = np.zeros(size, dtype=bool)
    for rows in (left, right):
        hopeful[rows[log_odds > HOPELESS]] = True
    for a, b in (*decided.same, *decided.different):
        hopeful[[a, b]] = True
    useful = hopeful[left] & hopeful[right]
    return left[useful], right[useful], np.clip(log_odds[useful], -LARGEST, LARGEST)


def _within_reach(size: int, pairs: _Pairs, decided: Decided, prior: float) -> _Pairs:
    """The pairs whose rows may come into one group where only means above zero are joined; the others say nothing.

    Between two groups with a mean above zero there are some n pairs, all above the prior, with

        sum of (log-odds - prior) > -prior * root of n          (`_Groups.mean`; unseen pairs only take away)

    so the sum over all such pairs is above -prior, and the best of them above prior * (1 - 1 / root of n). Rows are
    brought together as long as that holds: first those of single pairs above zero, then groups of these.
    """
    left, right, log_odds = pairs
    near, same = log_odds > prior, np.array(decided.same, dtype=np.int64).reshape(-1, 2)
    a, b, above = left[near], right[near], log_odds[near] - prior
    part = _parts(size, np.r_[a[above > -prior], same[:, 0]], np.r_[b[above > -prior], same[:, 1]])
    while True:
        one, other = np.minimum(part[a], part[b]), np.maximum(part[a], part[b])
        across = np.flatnonzero(one != other)
        key, which, count = np.unique(
            one[across].astype(np.int64) * size + other[across], return_inverse=True, return_counts=True
        )
        best = np.zeros(len(key))
        np.maximum.at(best, which, above[across])
        total = np.bincount(which, weights=above[across], minlength=len(key))
        joined = key[(total > -prior - _CLOSE) & (best > -prior / np.sqrt(count) - _CLOSE)]
        if not len(joined):
            break
        part = _parts(size, joined // size, joined % size)[part]
    held = part[left] == part[right]
    return left[held], right[held], log_odds[held]


def _joined_alone(size: int, pairs: _Pairs, decided: Decided) -> tuple[_Pairs, Ints]:
    """Two rows that pairs connect to nothing else are one group where their log-odds are above zero: most groups of
    most lists. The pairs that are left, and the groups so far."""
    left, right, log_odds = pairs
    crowded = np.bincount(left, minlength=size) + np.bincount(right, minlength=size) != 1
    for a, b in (*decided.same, *decided.different):
        crowded[[a, b]] = True
    alone = ~(crowded[left] | crowded[right])
    groups = np.arange(size, dtype=np.int64)
    joined = alone & (log_odds > 0.0)
    groups[right[joined]] = left[joined]
    return (left[~alone], right[~alone], log_odds[~alone]), groups


def _parts(size: int, left: Ints, right: Ints) -> Ints:
    """The number of the part of each row, where pairs connect them."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    graph = coo_matrix((np.ones(len(left), dtype=bool), (left, right)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1])


def _started(pairs: _Pairs, decided: Decided, unseen: float) -> _Groups:
    """A group for each row of the pairs; the others stay alone."""
    left, right, log_odds = pairs
    rows = np.unique(np.concatenate([left, right, np.array(decided.same, dtype=np.int64).ravel()]))
    groups = _Groups({row: [row] for row in rows.tolist()}, unseen)
    for a, b, odds in zip(left.tolist(), right.tolist(), log_odds.tolist(), strict=True):
        groups.add(a, b, odds, 1)
    for a, b in decided.different:
        groups.forbidden[a].add(b)
        groups.forbidden[b].add(a)
    top = {row: row for pair in decided.same for row in pair}
    for a, b in decided.same:
        while top[a] != a:
            a = top[a]
        while top[b] != b:
            b = top[b]
        if a != b and b not in groups.forbidden[a]:
            groups.join(min(a, b), max(a, b))
            top[max(a, b)] = min(a, b)
    return groups


def held_once(log_odds: Floats, list_left: Ints, list_right: Ints, *, deduplicated: Iterable[int]) -> Floats:
    """Log-odds less ONCE for two rows of one list that is said to name nobody twice; evidence can outweigh it."""
    same_list = (list_left == list_right) & np.isin(list_left, list(deduplicated))
    return np.asarray(log_odds - ONCE * same_list)


def sample_links(log_odds: Floats, rng: np.random.Generator) -> Floats:
    """Log-odds with logistic noise: above zero as often as the pair's probability says. Hopeless pairs stay as they
    are."""
    noise = rng.logistic(size=len(log_odds))
    return np.where(log_odds > HOPELESS, log_odds + noise, log_odds)


def sample_clustering(
    size: int,
    left: Ints,
    right: Ints,
    log_odds: Floats,
    *,
    rng: np.random.Generator,
    decided: Decided = NOTHING_DECIDED,
    unseen: float = UNSEEN,
) -> Ints:
    """One clustering that might be so: each pair's log-odds with logistic noise, joined until the groups hold as many
    pairs as the probabilities say there are."""
    total = float((1 / (1 + np.exp(-np.clip(log_odds, -60, 60)))).sum())
    noisy = sample_links(log_odds, rng)
    return cluster(size, left, right, noisy, decided=decided, links=total, unseen=unseen)


def name_persons(
    groups: Ints, ids: Sequence[str], list_rank: Mapping[str, int], lists: Sequence[str]
) -> list[str]:
    """An id for the group of each row, that stays when lists are added later.

    A person is known by the listing that came first: of the list added first, then of the lowest id.

    ids, lists: of each row; list_rank: list -> 0 for the one added first
    """
    first: dict[int, tuple[int, str]] = {}
    for group, listing, name in zip(groups.tolist(), ids, lists, strict=True):
        key = (list_rank[name], listing)
        if group not in first or key < first[group]:
            first[group] = key
    named = {group: content_id("p", "person", listing) for group, (_, listing) in first.items()}
    return [named[group] for group in groups.tolist()]
