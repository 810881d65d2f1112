"""Are two tellings of two documents about one happening? Log-odds, with a sentence for each part that counts.

The parts are added as if they were independent, which they are not quite; the weights were set by hand on two thirds
of the MUC-4 development clusters and on the written bundles of tests/quality/incidents (docs/concepts/incidents.md).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rasid.knowledge.forms import listed
from rasid.knowledge.vocabulary import load_vocabulary
from rasid.resolve.incidents.kinds import DEADLY, HARM, needs_a_day, type_likeness
from rasid.resolve.incidents.spots import Nearness, Spot, closest, distance_km, proper_name
from rasid.resolve.incidents.tellings import Telling, words_in
from rasid.resolve.incidents.told import Count, Told, fold_word, is_date_word, same_person, words_of

PRIOR = -4.0  # two tellings that blocking brought together and of which nothing else is known
VAGUE = -1.0
BARRED = -20.0  # no evidence outweighs it, only a person does
LONG_PAST_DAYS = 20  # so long after, a report names few days, and one that it names says more
BLURRED_DAYS = 10  # "last week" and the like are said loosely: so far they may miss the day
MOST_WORDS = 3.5  # shared words beyond this add nothing
# Words are weighed as if the case held so many more days, in one of a hundred of which each word stands: in a case of
# ten reports no word is rare by counting alone.
MORE_TELLINGS = 150
PER_WORD = 0.35
PER_PLACE = 0.3  # a place of which one telling in thirty speaks, or fewer, counts in full
COMMON = 2.6  # a shared word that is no rarer than this says nothing
USUAL_WORDS = 12  # longer tellings share more words by chance; their words count for less

_ANYBODY = listed(
    "people person civilian man woman men women child children boy girl resident inhabitant villager citizen victim"
    " survivor member individual casualty adult other dead wounded one him her them several many some human local"
    " suspect terrorist rebel guerrilla criminal gunman attacker assailant bomber leader supporter young old population"
)
_WHERE = {
    Nearness.SAME: 2.4,
    Nearness.NEAR: 1.8,
    Nearness.INSIDE: 0.8,
    Nearness.UNKNOWN: 0.0,
    Nearness.OTHER_NAME: -2.2,
}
_MONTHS_APART = -8.0  # a taking and a killing of which not both have a day: the same name must not join them
_TYPES = {1.0: 0.9, 0.8: 0.7, 0.4: 0.3, 0.0: -1.0, -0.5: -0.8, -1.0: -4.0}


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the comparison says. reason: a clause, "both on 5 March 2024"."""

    weight: float
    reason: str


@dataclass(frozen=True, slots=True)
class Score:
    """Log-odds that both are one happening, with what speaks for and against it.

    days_bar: two different exact days and nothing else that bars: a person should look if the rest fits well
    """

    odds: float
    parts: tuple[Part, ...]
    days_bar: bool = False

    def reasons(self) -> list[str]:
        """The clauses, what speaks for it first, the weightiest first of each."""
        ranked = sorted(
            (p for p in self.parts if p.reason), key=lambda p: (p.weight <= 0, -abs(p.weight), p.reason)
        )
        return [("" if p.weight > 0 else "but ") + p.reason for p in ranked]


@dataclass(frozen=True, slots=True)
class Side:
    """A telling as it is compared.

    weights: word -> how rare it is among all tellings, without the words of its places, people and numbers
    words:   all words of its sentences
    victims: what those harmed are, where it tells them apart: "judge", "fisherman"
    places:  key of a place -> how much it says that it is the same one: a city of which half a case speaks says little
    only:    the one town that its whole document names, if it names one
    """

    telling: Telling
    first: Told
    written: int | None
    weights: Mapping[str, float]
    words: frozenset[str]
    only: Spot | None
    places: Mapping[str, float]
    counts: tuple[Count, ...]
    actors: frozenset[str]
    victims: frozenset[str]


def make_sides(tellings: Sequence[Telling]) -> list[Side]:
    """Tellings with their words and places weighed by how rare they are in the case (IDF).

    Counted by days and not by tellings: a hundred reports of one happening make its words no commoner.
    """
    words = [words_in(telling.claims) for telling in tellings]
    days = [telling.days or telling.claims[0].written for telling in tellings]
    word_days = Counter(
        word for word, _ in {(w, day) for said, day in zip(words, days, strict=True) for w in said}
    )
    place_days = Counter(
        key
        for key, _ in {(k, day) for telling, day in zip(tellings, days, strict=True) for k in telling.spots}
    )
    everything = len(set(days)) + MORE_TELLINGS
    rarity = {word: math.log(everything / (n + MORE_TELLINGS / 100)) for word, n in word_days.items()}
    says = {
        key: min(1.0, max(0.33, PER_PLACE * math.log(everything / (n + MORE_TELLINGS / 100))))
        for key, n in place_days.items()
    }
    only = _only_places(tellings)
    return [
        _side(telling, said, rarity, only=only.get(telling.claims[0].document), says=says)
        for telling, said in zip(tellings, words, strict=True)
    ]


def _only_places(tellings: Sequence[Telling]) -> Mapping[str, Spot]:
    """Document -> the town, if all its tellings name the same one and no other."""
    held: dict[str, dict[str, Spot]] = {}
    for telling in tellings:
        towns = {key: spot for key, spot in telling.spots.items() if spot.fine and not spot.site}
        held.setdefault(telling.claims[0].document, {}).update(towns)
    return {document: next(iter(spots.values())) for document, spots in held.items() if len(spots) == 1}


def _said_otherwise(telling: Telling) -> frozenset[str]:
    """Words that are compared as places, people and numbers already."""
    names = [*(spot.name for spot in telling.spots.values()), *telling.persons]
    numbers = {f"{c.count.low:.0f}" for c in telling.claims if c.count and c.count.low is not None}
    return frozenset().union(numbers, *(words_of(name) for name in names))


def _side(
    telling: Telling,
    words: frozenset[str],
    rarity: Mapping[str, float],
    *,
    only: Spot | None,
    says: Mapping[str, float],
) -> Side:
    counts = {c.count: None for c in telling.claims if c.count is not None}
    actors = frozenset(c.actor for c in telling.claims if c.actor)
    weights = {w: rarity[w] for w in sorted(words - _said_otherwise(telling)) if not is_date_word(w)}
    first = telling.claims[0]
    return Side(
        telling, first, first.written, weights, words, only, says, tuple(counts), actors, _victims(telling)
    )


def _victims(telling: Telling) -> frozenset[str]:
    harmed = frozenset().union(*(c.target for c in telling.claims if c.type in HARM or c.type == "injury"))
    return harmed & _kinds_of_people()


@lru_cache(maxsize=1)
def _kinds_of_people() -> frozenset[str]:
    """Words for people that say who they are; "civilians" and "soldiers" are said of anybody."""
    held = load_vocabulary().classes
    common = frozenset(_ANYBODY) | held["fighter"] | held["quantity"]
    return frozenset(fold_word(word) for word in held["person"] - common) - _ANYBODY


def score_pair(one: Side, other: Side) -> Score:
    """Compare two tellings of two documents."""
    when, days_bar = _compare_days(one, other)
    where = _compare_places(one, other)
    parts = [
        Part(PRIOR, ""), _compare_located(one, other), when, where, _compare_types(one, other),
        _compare_persons(one, other), _compare_victims(one, other), _compare_counts(one, other),
        _compare_actors(one, other), _compare_words(one, other),
    ]  # fmt: skip
    shown = tuple(p for p in parts if p.weight)
    total = sum(p.weight for p in parts)
    return Score(total, shown, days_bar and total - when.weight > PRIOR + 4.0)


def _compare_located(one: Side, other: Side) -> Part:
    """A telling without day, place or name may be of anything."""
    return Part(0.0 if one.telling.located and other.telling.located else VAGUE, "")


# --- when -----------------------------------------------------------------------------------------------------


def _compare_days(one: Side, other: Side) -> tuple[Part, bool]:
    """The part, and whether two exact days differ."""
    a, b = one.telling.days, other.telling.days
    if a is None or b is None:
        return _one_undated(one, other), False
    if a[0] == a[1] and b[0] == b[1]:
        if a == b:
            long_past = max((side.written or a[0]) - a[0] for side in (one, other)) >= LONG_PAST_DAYS
            return Part(3.0 if long_past else 2.4, f"both on {_shown(a[0])}"), False
        return Part(BARRED, f"one is on {_shown(a[0])}, the other on {_shown(b[0])}"), True
    gap = max(a[0], b[0]) - min(a[1], b[1])
    if gap > 0:
        weight = BARRED if gap > BLURRED_DAYS else -3.0
        return Part(weight, f"their days do not meet: {_span(a)} and {_span(b)}"), False
    longest = max(a[1] - a[0], b[1] - b[0]) + 1
    weight = 2.0 if longest <= 2 else 1.4 if longest <= 7 else 0.6 if longest <= 31 else -0.4
    return Part(weight, f"{_span(a)} and {_span(b)} overlap"), False


def _one_undated(one: Side, other: Side) -> Part:
    """A telling without a day is of some time before its document was written, mostly shortly before."""
    dated, undated = (one, other) if one.telling.days else (other, one)
    if undated.written is None:
        return Part(-1.0, "")
    if dated.telling.days is None:
        if dated.written is None:
            return Part(-1.0, "")
        gap = abs(dated.written - undated.written)
        weight = 1.0 if gap <= 1 else 0.4 if gap <= 3 else -0.2 if gap <= 7 else -1.0 if gap <= 30 else -2.5
        reason = "neither gives a day; the reports are " + _gap(gap)
        return Part(weight, reason)
    gap = undated.written - dated.telling.days[0]
    if gap < 0:
        exact = dated.telling.days[0] == dated.telling.days[1]
        return Part(
            BARRED if exact else -3.0, f"one report was written before {_shown(dated.telling.days[0])}"
        )
    weight = 1.4 if gap <= 1 else 1.0 if gap <= 3 else 0.3 if gap <= 10 else -0.6 if gap <= 45 else -2.0
    return Part(weight, f"one gives no day and was written {_after(gap)} the day of the other")


# --- where ----------------------------------------------------------------------------------------------------


def _compare_places(one: Side, other: Side) -> Part:
    nearness, a, b = closest(one.telling.spots.values(), other.telling.spots.values())
    if a is None or b is None:
        named = _named_in_words(one, other) or _named_in_words(other, one)
        return named or _in_only_place(one, other) or _in_only_place(other, one) or Part(0.0, "")
    if nearness is Nearness.DIFFERENT:
        gap = distance_km(a, b)
        apart = f", {gap:.0f} km apart" if gap is not None else ""
        return Part(BARRED, f"{a.name} and {b.name} are two places{apart}")
    weight = _WHERE[nearness]
    if nearness <= Nearness.NEAR:
        weight *= max(one.places[a.key], one.places[b.key])
    if not (a.fine and b.fine) and nearness is Nearness.SAME:
        weight = 0.6 if "country" in (a.level, b.level) else 1.0
    clause = {
        Nearness.SAME: f"both in {a.name}",
        Nearness.NEAR: f"{a.name} and {b.name} are near each other"
        if a.name != b.name
        else f"both in {a.name}",
        Nearness.INSIDE: f"{a.name} and {b.name}: one lies in the other",
        Nearness.OTHER_NAME: f"{a.name} and {b.name} are other names",
    }.get(nearness, "")
    return Part(weight, clause)


def _named_in_words(placed: Side, other: Side) -> Part | None:
    """The place of one stands in the sentences of the other, though not as the place of a claim."""
    for key in sorted(placed.telling.spots):
        spot = placed.telling.spots[key]
        words = words_of(proper_name(spot.name) or spot.name)
        if spot.fine and words and words <= other.words:
            return Part(1.5, f"both name {spot.name}")
    return None


def _in_only_place(placed: Side, other: Side) -> Part | None:
    """The place of one is the only town that the report of the other names."""
    if other.telling.spots or other.only is None or not placed.telling.spots:
        return None
    nearness, *_ = closest(placed.telling.spots.values(), (other.only,))
    if nearness <= Nearness.NEAR:
        return Part(1.2, f"one is in {other.only.name}, the only town that the other report names")
    return (
        Part(-1.2, f"the other report names {other.only.name} alone")
        if nearness >= Nearness.OTHER_NAME
        else None
    )


# --- what, to whom, how many, by whom -------------------------------------------------------------------------


def _compare_types(one: Side, other: Side) -> Part:
    pairs = [
        (type_likeness(a, b), a, b) for a in sorted(one.telling.types) for b in sorted(other.telling.types)
    ]
    best, a, b = max(pairs, key=lambda each: each[0])
    names = a.replace("_", " "), b.replace("_", " ")
    weight = _TYPES[best]
    if best == 1.0:
        return Part(weight, f"both tell of {_a(names[0])}")
    if best == 0.0 and needs_a_day(a, b) and None in (one.telling.days, other.telling.days):
        return Part(_MONTHS_APART, f"{_a(names[0])} and {_a(names[1])} may lie months apart")
    return Part(
        weight, f"{_a(names[0])} and {_a(names[1])} {'go together' if weight > 0 else 'seldom go together'}"
    )


def _compare_persons(one: Side, other: Side) -> Part:
    a, b = one.telling.persons, other.telling.persons
    if not a or not b:
        return Part(0.0, "")
    shared = sorted({min(x, y, key=len) for x in a for y in b if same_person(x, y)})
    if not shared:
        single = all((c.low or 0) <= 1 for side in (one, other) for c in side.counts)
        return Part(-3.2 if single else -0.6, "they name other people")
    full = any(" " in name for name in shared)
    dies = all(side.telling.types & DEADLY for side in (one, other))  # nobody is killed twice
    weight = (5.4 if dies and full else 4.4 if full else 2.0) + min(1.5, 0.7 * (len(shared) - 1))
    return Part(weight, f"both name {' and '.join(n.title() for n in shared[:2])}")


def _compare_victims(one: Side, other: Side) -> Part:
    """A judge and a shopkeeper are two; that both are judges is counted with the words."""
    if not one.victims or not other.victims or one.victims & other.victims:
        return Part(0.0, "")
    names = f"{' and '.join(sorted(one.victims)[:2])}, {' and '.join(sorted(other.victims)[:2])}"
    return Part(-1.2, f"other victims ({names})")


def _compare_counts(one: Side, other: Side) -> Part:
    """The best agreement counts: one report often gives a first and a later number."""
    parts = [
        _compare_count(a, b)
        for a in one.counts
        for b in other.counts
        if a.effect == b.effect and _comparable(a, b)
    ]
    return max(parts, key=lambda p: p.weight, default=Part(0.0, ""))


def _comparable(a: Count, b: Count) -> bool:
    return a.base == b.base or {a.base, b.base} & {"people", "person", "dead"} != set()


def _compare_count(a: Count, b: Count) -> Part:
    low = max(a.low or 0, b.low or 0)
    high = min(_top(a), _top(b))
    numbers = f"{_number(a)} and {_number(b)} {a.effect}"
    if low <= high:
        exact = a.low == a.high == b.low == b.high
        if not exact:
            return Part(0.4, f"{numbers} go together")
        size = a.low or 0
        return Part(1.6 if size >= 8 else 1.0 if size >= 3 else 0.4, f"both say {_number(a)} {a.effect}")
    ratio = low / max(1.0, high)
    weight = 0.0 if ratio <= 1.7 else -0.5 if ratio <= 3 else -1.2 if ratio <= 8 else -2.5
    return Part(weight, f"{numbers}")


def _compare_actors(one: Side, other: Side) -> Part:
    if not one.actors or not other.actors:
        return Part(0.0, "")
    if shared := sorted(one.actors & other.actors):
        return Part(0.5, f"both name {shared[0].title()} as doing it")
    return Part(-0.3, "they name other doers")


def _compare_words(one: Side, other: Side) -> Part:
    few, many = sorted((one.weights, other.weights), key=len)
    shared = {w: gain for w, rarity in few.items() if w in many and (gain := rarity - COMMON) > 0}
    length = max(1.0, math.sqrt(len(few) / USUAL_WORDS))
    weight = min(MOST_WORDS, PER_WORD * sum(shared.values()) / length) - 0.8
    told = ", ".join(sorted(sorted(shared, key=lambda w: (-shared[w], w))[:4]))
    return Part(weight, f"their words are alike ({told})" if weight > 0 else "their words are not alike")


# --- words ----------------------------------------------------------------------------------------------------


def _top(count: Count) -> float:
    return math.inf if count.high is None else count.high


def _number(count: Count) -> str:
    if count.low is not None and count.low == count.high:
        return f"{count.low:.0f}"
    if count.high is None:
        return f"{count.low or 0:.0f} or more"
    return f"{count.high:.0f} or fewer" if count.low is None else f"{count.low:.0f} to {count.high:.0f}"


def _shown(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _span(days: tuple[int, int]) -> str:
    return _shown(days[0]) if days[0] == days[1] else f"{_shown(days[0])} to {_shown(days[1])}"


def _gap(days: int) -> str:
    return "of one day" if days == 0 else f"{days} day{'s' if days > 1 else ''} apart"


def _after(days: int) -> str:
    return "on" if days == 0 else f"{days} day{'s' if days > 1 else ''} after"


def _a(name: str) -> str:
    return f"{'an' if name[:1] in 'aeiou' else 'a'} {name}"
