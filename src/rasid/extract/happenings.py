""" "The attack", "this bombing", "the murder": nouns that refer back to a happening told shortly before.

Such a noun takes over the day, the place and the target of the happening only where nothing else can be meant: it has
"the", "this" or "that" and nothing else of its own, and the last three sentences tell of exactly one happening of
its kind as a fact. Feed sentences in order; one object per document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rasid.extract.found import EventFound
from rasid.extract.syntax import Sentence
from rasid.knowledge.forms import listed
from rasid.model.tables import Row
from rasid.model.values import Certainty, Polarity

REACH = 3  # sentences
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_DEADLY = frozenset({"killing", "execution", "death"})
_BLASTS = frozenset({"bombing", "suicide_attack", "grenade"})
_STRIKES = frozenset({"air_strike", "drone_attack", "shelling", "chemical_attack"})
_ACTS = _BLASTS | _STRIKES | {"attack", "facility_attack"}
_TAKEN = frozenset({"abduction", "disappearance"})
# The noun -> the kinds of happenings that it may stand for. A general noun stands for more.
_MAY_BE: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(listed("attack assault raid incident ambush"), _ACTS | {"battle"}),
    **dict.fromkeys(listed("explosion blast bombing"), _BLASTS | {"attack", "facility_attack", "air_strike"}),
    **dict.fromkeys(listed("strike bombardment shelling"), _STRIKES | {"facility_attack"}),
    **dict.fromkeys(listed("murder killing assassination massacre slaying crime"), _DEADLY),
    **dict.fromkeys(listed("kidnapping abduction"), _TAKEN),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """A happening told as a fact."""

    sentence: int
    type: str
    words: str
    target: Row | None
    time: Row | None
    places: tuple[Row, ...]


class Happenings:
    """What the document has told so far."""

    def __init__(self) -> None:
        self._told: list[Happening] = []
        self._at = 0

    def tell(self, row: Row) -> None:
        """Remember a claim of this sentence if it tells of a happening as a fact."""
        certain = row["certainty"] in {Certainty.CERTAIN.value, Certainty.PARTIAL.value}
        target, time, places = row["target"], row["time"], row["places"]
        if row["polarity"] != Polarity.AFFIRMED.value or not certain:
            return
        assert isinstance(places, list)
        self._told.append(
            Happening(
                self._at,
                str(row["type"]),
                _text(row["trigger"]),
                target if isinstance(target, dict) else None,
                time if isinstance(time, dict) else None,
                tuple(places),
            )
        )

    def meant_by(self, s: Sentence, events: Sequence[EventFound]) -> dict[int, Happening]:
        """For the events of the next sentence: event -> the one happening that its noun refers back to."""
        self._at += 1
        self._told = [h for h in self._told if self._at - h.sentence <= REACH]
        return {k: meant for k, event in enumerate(events) if (meant := self._meant(s, event)) is not None}

    def _meant(self, s: Sentence, event: EventFound) -> Happening | None:
        noun = _pointing_noun(s, event)
        if noun is None:
            return None
        kinds = _MAY_BE[s.lower[noun]]
        before = [h for h in self._told if h.type in kinds and _is_own(h)]
        if not before:
            return None
        nearest = [h for h in before if h.sentence == before[-1].sentence]
        return nearest[0] if _are_one(before) else None


def _pointing_noun(s: Sentence, event: EventFound) -> int | None:
    """The noun of an event said with "the" or "this" and without a place, a target or a name of its own."""
    if event.target is not None or event.places:
        return None
    for i in range(event.trigger.first, event.trigger.last + 1):
        if s.lower[i] in _MAY_BE and s.pos[i] == "NOUN":
            determiner = s.child(i, "det")
            more = [
                c
                for c in s.children[i]
                if s.deps[c] in {"nmod", "nmod:poss", "amod", "nummod", "acl", "compound"}
            ]
            if determiner is not None and s.lower[determiner] in _POINTING and not more:
                return i
    return None


def _is_own(happening: Happening) -> bool:
    """Told with something that tells it apart: whom, when or where."""
    return happening.target is not None or happening.time is not None or bool(happening.places)


def _are_one(happenings: list[Happening]) -> bool:
    """No two of them differ in day, or in place, or in target."""
    days = {_text(h.time) for h in happenings if h.time}
    places = {_text(h.places[0]) for h in happenings if h.places}
    targets = {_text(h.target) for h in happenings if h.target}
    return len(days) <= 1 and len(places) <= 1 and len(targets) <= 1


def _text(cell: object) -> str:
    return str(cell["text"]) if isinstance(cell, dict) else ""
