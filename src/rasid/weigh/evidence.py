"""What one claim says to a question, and how its parties and its place meet those asked about.

In: a question as understood, one claim. Out: the same things, or not. by_type, answers, counted lean on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rasid.knowledge.question_types import QuestionKind, QuestionKinds
from rasid.knowledge.registry import Registry
from rasid.knowledge.vocabulary import Vocabulary
from rasid.model.tables import Row
from rasid.model.values import Certainty, Polarity, Stance
from rasid.weigh.ground import Ground, same_words
from rasid.weigh.meant import (
    concerns,
    is_named_beside,
    is_the_group,
    looks_like_a_person,
    mention_name,
    points_back,
    speaker_of,
    used_by,
    written,
)
from rasid.weigh.same import acts_for, names_the_same, part_of, same_name, same_party
from rasid.weigh.where import meet_place, met_document

SURE = Certainty.CERTAIN.value
OPEN = frozenset({Certainty.POSSIBLE.value, Certainty.PREDICTED.value})
OPPOSITE = {Stance.AFFIRMS: Stance.DENIES, Stance.DENIES: Stance.AFFIRMS}


@dataclass(frozen=True, slots=True)
class Known:
    """What the reading of a question leans on: event types, kinds of question, actors."""

    vocabulary: Vocabulary
    kinds: QuestionKinds
    registry: Registry
    ground: Ground = field(default_factory=Ground)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim that speaks to a question.

    leaning: the stance it alone would give
    stated:  the claim is about the proposition itself, not about something that follows from it
    reason:  of what is implied, or how the names meet; a clause, or ""
    answer:  for an open question what it names: a party, a place, a number, what became of somebody
    """

    claim: Row
    leaning: Stance
    stated: bool
    reason: str = ""
    answer: str | None = None


def said_on(claim: Row, dates: Mapping[str, str | None]) -> str | None:
    """When the claim was made, ISO: the day its voice said it, else the one who passes it on, else its document.

    dates: document -> its ISO date
    """
    told = claim["attribution"]
    assert isinstance(told, list)
    days = (str(each["said"]) for each in reversed(told) if each.get("said"))
    return next(days, None) or dates.get(str(claim["document"]))


def is_a(said: str, asked: str, known: Known) -> bool:
    """Is the type said the type asked about or one of its sub-types?"""
    return said == asked or (said in known.vocabulary.types and asked in known.vocabulary.lineage(said))


def kind_of(question: Row, known: Known) -> QuestionKind:
    """What the field knows of questions of this kind."""
    return known.kinds.by_name[str(question["kind"])]


def stated_leaning(claim: Row) -> Stance:
    """The stance of a claim that is about the proposition itself."""
    if claim["certainty"] in OPEN:
        return Stance.UNCLEAR
    if claim["certainty"] == Certainty.PARTIAL.value:
        return Stance.PARTLY
    return Stance.DENIES if claim["polarity"] == Polarity.DENIED.value else Stance.AFFIRMS


def same_things(question: Row, claim: Row, known: Known) -> str | None:
    """How every role that the question fixes is filled in the claim: "" by the same name; None if it is not."""
    how = ""
    for role in ("actor", "target"):
        said, asked = mention_name(claim, role), question[role]
        if asked is None or (role == "target" and same_name(str(asked), question["place"])):
            continue  # "Who controls Deir ez-Zor": the place, compared below
        if role == "target" and is_named_beside(str(asked), said, question, claim):
            continue
        if role == "target" and points_back(said, claim):
            if met_document(question, claim, known.ground):
                continue
            return None
        if same_name(written(claim, role), asked):
            continue  # "the air force", which in this document is that of one state
        own = speaker_of(claim, role)
        if own is not None and (names_the_same(own, str(asked)) or same_party(own, asked)):
            continue  # "we did not shell it"
        if said is None and role == "actor" and used_by(str(asked), claim):
            continue
        if role == "target" and _is_the_person(str(asked), claim, known):
            continue
        if said is None:
            return None
        if (
            names_the_same(said, str(asked))
            or same_party(said, asked)
            or acts_for(said, asked, known.registry)
        ):
            continue
        if is_the_group(said, str(asked), claim, registry=known.registry, ground=known.ground):
            continue
        if not part_of(said, asked, known.registry):
            return None
        how = f"{said} is of {asked}, not the whole of it"
    return None if meet_place(question, claim, known.ground, compared=True) is None else how


def _is_the_person(asked: str, claim: Row, known: Known) -> bool:
    """ "She has not been released", in a document about her."""
    return looks_like_a_person(asked) and concerns(asked, claim, known.ground)


def at_the_place(question: Row, claim: Row, known: Known, *, compared: bool = False) -> bool:
    """Is the claim of the place asked about, in any way?"""
    return meet_place(question, claim, known.ground, compared=compared) is not None


def shares_something(question: Row, claim: Row, known: Known) -> bool:
    """The claim is at the place of the question, or one of its parties is in it."""
    if question["place"] is not None:
        named = same_words(
            str(question["place"]), str(claim["quote"])
        )  # "aid for Dovrek is held up at the bridge"
        return named or at_the_place(question, claim, known)
    said = [mention_name(claim, role) for role in ("actor", "target")]
    asked = [question[role] for role in ("actor", "target") if question[role] is not None]
    return any(same_party(s, a) or part_of(s, a, known.registry) for s in said for a in asked)
