"""Do two claims speak of the same thing? Nothing in them may differ, and something must tie them together.

Claims of one incident (incidents across reports) are tied by that; others by what they name: place, days, who, to
whom, how many.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from rasid.knowledge.actors import fold_name
from rasid.knowledge.standing import load_standing_words
from rasid.model.standing import SourceKind
from rasid.model.tables import Row
from rasid.model.values import Certainty, Polarity

_NEIGHBOURS = (
    60  # claims of one block that each is held against, nearest days first: a block may hold thousands
)
_ECHO_WORDS = 4
_ECHO = 0.75  # of the words of the longer quote
_WORD = re.compile(r"\w+")
_PLACE, _ACTOR, _TARGET, _DAYS, _NUMBER = "place", "actor", "target", "days", "number"
_INCIDENT = "incident"
#: Ties that fix one happening; who and to whom alone hold of many.
FIXING = frozenset({_PLACE, _DAYS, _NUMBER, _INCIDENT})


@dataclass(frozen=True, slots=True)
class Thing:
    """What a claim is about, ready to compare.

    places:   folded names; actor, target: folded words; days: (first, last), ISO
    number:   (low, high, unit, base) of a count
    root:     the voice it goes back to; root_words: the folded words of its name
    quote:    the folded words of the quote
    happened: it speaks of what is or was so, or denies it; never of what may be
    """

    claim: str
    document: str
    type: str
    denied: bool
    happened: bool
    places: frozenset[str]
    actor: frozenset[str]
    target: frozenset[str]
    days: tuple[str, str] | None
    number: tuple[float, float, str, str] | None
    voices: tuple[str, ...]
    root: str
    root_words: frozenset[str]
    quote: frozenset[str]
    incident: str | None = None


def root_of(voices: Sequence[str]) -> str:
    """The innermost voice with a name, else that of the document: who has no name is known through whoever heard."""
    return next((name for name in reversed(voices[1:]) if is_name(name)), voices[0])


@lru_cache(maxsize=20_000)
def is_name(voice: str) -> bool:
    """Does it name somebody? "nurse", "Residents", "He" and "unnamed" do not; scripts without capitals always may."""
    first = next((sign for sign in voice if sign.isalpha()), "")
    if not first or (first.islower() and not any(sign.isupper() for sign in voice)):
        return False
    words, folded = load_standing_words(), fold_name(voice)
    witness = dict(words.kinds)[SourceKind.WITNESS.value]
    empty = folded in words.unnamed or all(word in words.small for word in folded.split())
    return not empty and not witness.fullmatch(folded)


def may_be_one(one: frozenset[str], other: frozenset[str]) -> bool:
    """Are two names the same, or is one the other with words left out ("Ministry", "Ministry of Defence")?

    Such names may mean one voice, so they never count twice. Compared by their folded words.
    """
    return one <= other or other <= one


def read_things(claims: Iterable[Row], incidents: dict[str, str] | None = None) -> list[Thing]:
    """The claims, ready to compare. incidents: claim -> incident, where that is known."""
    held = incidents or {}
    return [_thing(claim, held.get(str(claim["id"]))) for claim in claims]


def _thing(claim: Row, incident: str | None) -> Thing:
    voices, places, time = claim["voices"], claim["places"], claim["time"]
    assert isinstance(voices, list) and isinstance(places, list)
    days = (time["first_day"], time["last_day"]) if isinstance(time, dict) else (None, None)
    chain = tuple(map(str, voices)) or ("unnamed",)
    root = root_of(chain)
    return Thing(
        claim=str(claim["id"]),
        document=str(claim["document"]),
        type=str(claim["type"]),
        denied=claim["polarity"] == Polarity.DENIED.value,
        happened=claim["certainty"] in (Certainty.CERTAIN.value, Certainty.PARTIAL.value),
        places=frozenset(fold_name(str(p["name"] or p["text"])) for p in places if p["name"] or p["text"]),
        actor=_words(claim["actor"]),
        target=_words(claim["target"]),
        days=(str(days[0]), str(days[1])) if days[0] and days[1] else None,
        number=_number(claim["quantity"]),
        voices=chain,
        root=root,
        root_words=frozenset(fold_name(root).split()),
        quote=frozenset(_WORD.findall(fold_name(str(claim["quote"])))),
        incident=incident,
    )


def _words(mention: object) -> frozenset[str]:
    if not isinstance(mention, dict):
        return frozenset()
    return frozenset(fold_name(str(mention["name"] or mention["text"] or "")).split())


def _number(quantity: object) -> tuple[float, float, str, str] | None:
    if not isinstance(quantity, dict) or quantity["measure"] != "count":
        return None
    low, high = quantity["low"], quantity["high"]
    if low is None and high is None:
        return None
    ends = (float("-inf") if low is None else low, float("inf") if high is None else high)
    return (*ends, str(quantity["unit"]), str(quantity["base"]))


def ties(one: Thing, other: Thing, *, numbers: bool = True) -> frozenset[str] | None:
    """What ties two claims together, or None where something in them differs.

    numbers: another count of the same unit and base is a difference; not so where one voice brings its own up to date
    """
    if one.type != other.type:
        return None
    found = set()
    if one.incident is not None and other.incident is not None:
        if one.incident != other.incident:
            return None
        found.add(_INCIDENT)
    for name, a, b in ((_ACTOR, one.actor, other.actor), (_TARGET, one.target, other.target)):
        if a and b:
            if not (a <= b or b <= a):  # "farmers" and "three farmers"
                return None
            found.add(name)
    if one.places and other.places:
        if not one.places & other.places:
            return None
        found.add(_PLACE)
    if one.days and other.days:
        if one.days[0] > other.days[1] or other.days[0] > one.days[1]:
            return None
        found.add(_DAYS)
    return _with_number(one, other, found, strict=numbers)


def _with_number(one: Thing, other: Thing, found: set[str], *, strict: bool) -> frozenset[str] | None:
    if one.number and other.number and one.number[2:] == other.number[2:]:
        if max(one.number[0], other.number[0]) <= min(one.number[1], other.number[1]):
            found.add(_NUMBER)
        elif strict and one.denied == other.denied:
            return None
    return frozenset(found)


def is_echo(one: Thing, other: Thing) -> bool:
    """Do two quotes have nearly the same words? Short sentences are too short for `reuse.py` to be sure of."""
    fewer = min(len(one.quote), len(other.quote))
    return fewer >= _ECHO_WORDS and len(one.quote & other.quote) >= _ECHO * max(
        len(one.quote), len(other.quote)
    )


def is_pinned(one: Thing, other: Thing) -> bool:
    """Do both name one place and one day?"""
    return (
        bool(one.places & other.places)
        and one.days == other.days
        and one.days is not None
        and one.days[0] == one.days[1]
    )


def pairs_of_things(things: Sequence[Thing]) -> Iterator[tuple[Thing, Thing]]:
    """Pairs that name a thing in common, each at least once; of large blocks only the nearest in time."""
    blocks: dict[tuple[str, str, str], list[Thing]] = defaultdict(list)
    for thing in things:
        for key in _blocks(thing):
            blocks[key].append(thing)
    for _, held in sorted(blocks.items()):
        held.sort(key=lambda t: (t.days or ("", ""), t.claim))
        for place, thing in enumerate(held):
            for other in islice(held, place + 1, place + 1 + _NEIGHBOURS):
                yield thing, other


def _blocks(thing: Thing) -> Iterator[tuple[str, str, str]]:
    if thing.incident is not None:
        yield thing.type, _INCIDENT, thing.incident
    for place in thing.places:
        yield thing.type, _PLACE, place
    for name, words in ((_ACTOR, thing.actor), (_TARGET, thing.target)):
        if words:
            yield thing.type, name, " ".join(sorted(words))
