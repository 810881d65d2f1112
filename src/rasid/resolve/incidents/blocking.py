"""Which tellings are compared at all: generous, and never all pairs.

Two tellings meet in a block if they share a day and a place, a place and a week, a named person, a day and a number, or
rare words and a week. Within a block each is compared with the next few in the order of days only, and with MOST in
all, so that the work grows with the number of claims even where half a case speaks of one town. Groups that these
limits keep apart are joined afterwards (joining.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rasid.resolve.incidents.scoring import Side
from rasid.resolve.incidents.told import sound_of

UNDATED_DAYS = 14  # a telling without a day is looked for so many days before its document
WEEKS = 8  # a telling over more weeks than this is blocked by place and person alone
NEXT = 12  # neighbours in a block that one telling is compared with
MOST = 16  # tellings that one is compared with in all; in the MUC-4 reports it is three on average
RARE = 6  # words of a telling that block it
RARE_IN = 25  # a word in more tellings than this is no rare word


def candidate_pairs(sides: Sequence[Side]) -> list[tuple[int, int]]:
    """Pairs of numbers of tellings of different documents, each once, the smaller first; sorted."""
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    common = Counter(word for side in sides for word in side.weights)
    for number, side in enumerate(sides):
        for key in dict.fromkeys(_keys(side, common)):
            blocks[key].append(number)
    order = [_when(side) for side in sides]
    met = [0] * len(sides)
    found: set[tuple[int, int]] = set()
    # The smallest blocks say most: they come first, before the limit of a telling is reached.
    for _, held in sorted(blocks.items(), key=lambda block: (len(block[1]), str(block[0]))):
        ranked = sorted(held, key=lambda n: (order[n], n)) if len(held) > 1 else []
        for place, a in enumerate(ranked):
            for b in ranked[place + 1 : place + 1 + NEXT]:
                if sides[a].first.document == sides[b].first.document or (met[a] >= MOST and met[b] >= MOST):
                    continue
                pair = (a, b) if a < b else (b, a)
                if pair not in found:
                    found.add(pair)
                    met[a] += 1
                    met[b] += 1
    return sorted(found)


def _keys(side: Side, common: Counter[str]) -> Iterator[tuple[object, ...]]:
    telling = side.telling
    weeks = _weeks(side)
    exact = telling.days is not None and telling.days[0] == telling.days[1]
    for spot in telling.spots.values():
        keys = [spot.key] if spot.fine else []
        keys += [f"a{spot.country}/{spot.adm1}"] if spot.adm1 else []
        keys += [f"w{word}" for word in spot.key[1:].split()] if spot.key[0] == "n" else []
        for key in keys:
            if exact:
                yield "day", key, telling.days
            for week in weeks or ("any",):
                yield "week", key, week
    for sound in {sound_of(word) for person in telling.persons for word in person.split() if len(word) > 2}:
        yield "person", sound
    if exact:
        yield "force", side.first.strand, telling.days
    for count in side.counts if exact else ():
        if (count.low or 0) >= 2:
            yield "count", telling.days, count.effect, count.low
    rare = sorted((common[w], w) for w in side.weights if 1 < common[w] <= RARE_IN)
    for _, word in rare[:RARE]:
        for week in weeks or ("any",):
            yield "word", word, week


def _weeks(side: Side) -> tuple[int, ...]:
    """The weeks that a telling may be of; none if they are too many to say anything."""
    days = side.telling.days
    if days is None:
        if side.written is None:
            return ()
        days = (side.written - UNDATED_DAYS, side.written)
    weeks = range(days[0] // 7, days[1] // 7 + 1)
    return tuple(weeks) if len(weeks) <= WEEKS else ()


def _when(side: Side) -> int:
    days = side.telling.days
    return days[0] if days else (side.written or 0)
