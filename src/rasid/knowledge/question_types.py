"""What the field knows of contested questions: their kinds, what bears on each, rival hypotheses.

One file of `knowledge/questions/` per kind:

    kind:       its name: "defeat", "control", "fate" …
    types:      the event types whose questions are of this kind
    one_answer: two different answers to "who", "where" or "how many" exclude each other at one time
    event:      it is about one deed, so the dates of the documents do not matter, only those of the deed
    lasts:      what is so stays so: who was dead on Monday is dead on Friday
    needs:      claims of this type speak to the question only with one of these words ("a truce was signed"
                does not say that it holds)
    bearings:   for a type asked about, the claims that bear on it
        same:     claims that say the same in other words: claim type and role -> role of the question
        excludes: claims that speak against it: who still holds territory is not wholly defeated
        supports: claims that speak for it without saying it
        turns:    the claim denied speaks the other way: "we have not left it" speaks against having been driven out
        loose:    it bears on a question that somebody asks, but is no contradiction by itself
        words:    only with one of these words ("was wounded and is treated" says that he lives)
        role, asked "any": whoever it is, if the place or a party of the question is named in the claim
    weapons:    means that are asked about by name, with the words for each
    hypotheses: what could be the case; `fits` and `against` name leanings (affirms, partly, denies,
        implied affirms, implied denies) or event types

A claim type stands for its sub-types too. `why` is printed beside the stance, after "implied: "; `why_not` in its
place where the claim is denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from rasid.knowledge.data_files import parse_yaml

ANY = "any"
_HOW = ("same", "excludes", "supports")


@dataclass(frozen=True, slots=True)
class Bearing:
    """Claims of `type` bear on a question when their `role` is what the question has as `asked`.

    how:   "same", "excludes" or "supports"
    why:   a clause that can follow "implied:"; empty for "same"
    turns: the claim denied speaks the other way
    why_not: the clause for a claim denied
    loose: it is no contradiction by itself
    words: only with one of these words in its quote; empty: always
    """

    type: str
    role: str
    asked: str
    how: str
    why: str
    turns: bool = False
    loose: bool = False
    words: frozenset[str] = frozenset()
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One thing that could be the case.

    id:      short, stable: decisions name it
    says:    with {who}, {what} and {where} for the names of the question
    fits:    leanings and event types that go with it
    against: leanings and event types that do not
    """

    id: str
    says: str
    fits: frozenset[str]
    against: frozenset[str]


@dataclass(frozen=True, slots=True)
class Weapon:
    """A means that is asked about by name.

    words: how it is called, lower case; the beginning of a word is enough
    types: event types that speak of it without any of these words
    """

    words: tuple[str, ...]
    types: frozenset[str]

    def is_named_in(self, text: str) -> bool:
        """Does one of its words stand in the text?"""
        low = text.casefold()
        return any(re.search(rf"\b{re.escape(word)}", low) for word in self.words)


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """A kind of question and what it needs.

    answers: for kinds with named answers: answer -> event types that give it
    """

    name: str
    types: tuple[str, ...]
    one_answer: bool
    event: bool
    lasts: bool
    needs: Mapping[str, frozenset[str]]
    bearings: Mapping[str, Sequence[Bearing]]
    hypotheses: tuple[Hypothesis, ...]
    answers: Mapping[str, tuple[str, ...]]
    weapons: tuple[Weapon, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionKinds:
    """All kinds. by_type: event type -> kind; a type in no list is a question of occurrence."""

    by_name: Mapping[str, QuestionKind]
    by_type: Mapping[str, str]
    bearings: Mapping[str, Sequence[Bearing]]
    weapons: tuple[Weapon, ...] = ()

    def of_type(self, event_type: str) -> str:
        """The kind of a question about events of this type."""
        return self.by_type.get(event_type, "occurrence")

    def weapon_in(self, text: str) -> Weapon | None:
        """The means named in a sentence, the first of the list if there are more."""
        return next((weapon for weapon in self.weapons if weapon.is_named_in(text)), None)


_PLAIN = (
    Hypothesis(
        "so",
        "yes, it is so",
        frozenset({"affirms", "implied affirms"}),
        frozenset({"denies", "implied denies", "partly"}),
    ),
    Hypothesis("partly", "yes, but only in part", frozenset({"partly"}), frozenset({"denies"})),
    Hypothesis(
        "not", "no, it is not so", frozenset({"denies", "implied denies"}), frozenset({"affirms", "partly"})
    ),
)


@lru_cache(maxsize=1)
def load_question_kinds() -> QuestionKinds:
    """Every kind of `knowledge/questions/`, sorted by file name."""
    kinds = [_kind(raw) for raw in _files()]
    return QuestionKinds(
        by_name=MappingProxyType({kind.name: kind for kind in kinds}),
        by_type=MappingProxyType({each: kind.name for kind in kinds for each in kind.types}),
        bearings=MappingProxyType({asked: found for kind in kinds for asked, found in kind.bearings.items()}),
        weapons=tuple(weapon for kind in kinds for weapon in kind.weapons),
    )


def _files() -> Iterator[Any]:
    folder = resources.files("rasid.knowledge") / "questions"
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        if path.name.endswith(".yaml"):
            yield parse_yaml(path.read_text("utf-8"))


def _kind(raw: Any) -> QuestionKind:
    hypotheses = tuple(
        Hypothesis(item["id"], item["says"], frozenset(item["fits"]), frozenset(item["against"]))
        for item in raw.get("hypotheses", ())
    )
    return QuestionKind(
        name=raw["kind"],
        types=tuple(raw["types"]),
        one_answer=raw.get("one_answer", False),
        event=raw.get("event", False),
        lasts=raw.get("lasts", False),
        needs={name: frozenset(words) for name, words in raw.get("needs", {}).items()},
        bearings={asked: tuple(_bearings(groups)) for asked, groups in raw["bearings"].items()},
        hypotheses=hypotheses or _PLAIN,
        answers={name: tuple(types) for name, types in raw.get("answers", {}).items()},
        weapons=tuple(
            Weapon(tuple(item["words"]), frozenset(item["types"])) for item in raw.get("weapons", ())
        ),
    )


def _bearings(groups: Mapping[str, Any]) -> Iterator[Bearing]:
    for how in _HOW:
        for item in groups.get(how, ()):
            yield Bearing(
                type=item["type"],
                role=item["role"],
                asked=item["asked"],
                how=how,
                why=item.get("why", ""),
                turns=item.get("turns", False),
                loose=item.get("loose", False),
                words=frozenset(item.get("words", ())),
                why_not=item.get("why_not", ""),
            )
