"""What a claim says to a question by its type: the same type, or one that entails or excludes it."""

from __future__ import annotations

import re
from dataclasses import replace

from rasid.knowledge.question_types import ANY, Bearing
from rasid.model.tables import Row
from rasid.model.values import Certainty, Polarity, Stance
from rasid.weigh.answers import names_an_answer
from rasid.weigh.course import of_the_fight
from rasid.weigh.evidence import (
    OPEN,
    SURE,
    Evidence,
    Known,
    at_the_place,
    is_a,
    kind_of,
    same_things,
    shares_something,
    stated_leaning,
)
from rasid.weigh.figures import happened
from rasid.weigh.meant import (
    RULE,
    asks_of_the_past,
    is_in_one_respect,
    is_of_its_rule,
    mention_name,
    speaker_of,
    was_once,
)
from rasid.weigh.same import has_a_name, names_the_same, part_of, same_name, same_party
from rasid.weigh.where import Met, meet_place, place_names, same_place

#: What the army says, signs or is blamed with, its government has not said or signed.
_IN_WORDS = frozenset(
    "accusation agreement appeal ceasefire claim_of_responsibility denial diplomacy publication support threat"
    " trust".split()
)
#: True of the whole only when it is so of all of it: a defeated brigade is no defeated army.
_OF_THE_WHOLE = frozenset("defeat expulsion repulse surrender victory withdrawal".split())
_BEATEN = frozenset({"defeat", "victory"})
_MACHINES = frozenset(
    "plane planes aircraft jet jets warplane warplanes helicopter helicopters drone drones artillery".split()
)
_NEAR_BEFORE, _NEAR_AFTER = (
    12,
    32,
)  # letters around the words that tell it: "is the truce", "in Dovrek is holding"
_TRUCE = re.compile(r"\b(?:truce|cease-?fire|armistice|cessation)", re.I)
_WILL_STAY = re.compile(
    r"\b(?:will|shall)\s+(?:stay|remain)\b", re.I
)  # who is to stay is there and not leaving


def by_type(question: Row, claim: Row, known: Known) -> Evidence | None:
    """What the claim says by its type and that of the question; of a means asked by name also by its words."""
    weapon = known.kinds.weapon_in(str(question.get("question"))) if question["kind"] == "means" else None
    if weapon is None:
        return _of_the_deed(question, claim, known)
    if claim["type"] in weapon.types or weapon.is_named_in(str(claim["quote"])):
        related = claim["type"] in weapon.types or is_a(str(claim["type"]), "attack", known)
        return _of_the_deed({**question, "type": claim["type"]} if related else question, claim, known)
    if claim["polarity"] != Polarity.DENIED.value or claim["certainty"] != SURE:
        return None  # an attack by means that are not told, or by others
    if not is_a(str(claim["type"]), "attack", known):
        return None
    found = _of_the_deed({**question, "type": claim["type"]}, claim, known)
    return found and replace(found, stated=False, reason="who denies the deed denies its means")


def _of_the_deed(question: Row, claim: Row, known: Known) -> Evidence | None:
    if claim["kind"] == "figure" or (was_once(claim) and not asks_of_the_past(question)):
        return None
    asked, said = str(question["type"]), str(claim["type"])
    if question["asks"] in ("who", "where"):
        return names_an_answer(question, claim, known)
    if is_a(said, asked, known):
        if not _speaks_of_it(question, claim, known):
            return None
        return (
            _stated(question, claim, known)
            or _denied_of_the_whole(question, claim, known)
            or _without_doer(question, claim, known)
        )
    if asked in _BEATEN and (found := of_the_fight(question, claim, known)) is not None:
        return found
    for bearing in known.kinds.bearings.get(asked, ()):
        if speaks_in_words(bearing, claim, known) and _bears(bearing, question, claim, known):
            if bearing.how == "same":
                return _placed(Evidence(claim, stated_leaning(claim), True), question, known)
            leaning = implied_leaning(bearing, claim)
            return None if leaning is None else Evidence(claim, leaning, False, clause_of(bearing, claim))
    return None


def _stated(question: Row, claim: Row, known: Known) -> Evidence | None:
    """A claim of the type asked about, if it is about the same things."""
    part = same_things(question, claim, known)
    if part is None:
        return None
    if part:
        return _of_a_part(claim, str(question["type"]), part)
    if _is_of_its_rule(question, claim):
        return _of_a_part(
            claim, str(question["type"]), "it speaks of the rule over a territory, not of the group"
        )
    return _placed(Evidence(claim, stated_leaning(claim), True), question, known)


def _is_of_its_rule(question: Row, claim: Row) -> bool:
    """It speaks of the caliphate, and the question of the group."""
    if question["type"] not in _OF_THE_WHOLE or not is_of_its_rule(claim):
        return False
    asked = f"{question.get('question') or ''} {question['target'] or ''}".casefold()
    return not RULE.intersection(re.findall(r"[a-z]+", asked))


def _denied_of_the_whole(question: Row, claim: Row, known: Known) -> Evidence | None:
    """Who says that he did not shell the town says that he did not shell its market."""
    place, said = question["place"], mention_name(claim, "target")
    if place is None or said is None or not same_place(said, str(place)):
        return None
    if claim["polarity"] != Polarity.DENIED.value or claim["certainty"] != SURE:
        return None
    if same_things({**question, "target": place}, claim, known) != "":
        return None
    return Evidence(claim, Stance.DENIES, True, f"it denies it of all {place}")


def _without_doer(question: Row, claim: Row, known: Known) -> Evidence | None:
    """ "Chlorine was used in Dovrek" grants the deed to "did the army use chlorine?" and leaves open who did it."""
    if question["kind"] not in ("means", "occurrence") or question["actor"] is None:
        return None
    if (
        not _is_mere_means(mention_name(claim, "actor"))
        or same_things({**question, "actor": None}, claim, known) != ""
    ):
        return None
    if claim["polarity"] == Polarity.DENIED.value:
        why = "who denies the deed denies that anybody did it"
        return Evidence(claim, stated_leaning(claim), False, why)
    leaning = Stance.UNCLEAR if claim["certainty"] in OPEN else Stance.PARTLY
    return Evidence(claim, leaning, False, "it speaks of the deed and does not say who did it")


def _is_mere_means(doer: str | None) -> bool:
    """Nobody is named, or a machine: "a plane dropped it"."""
    return doer is None or doer.split()[-1].casefold() in _MACHINES


def _placed(evidence: Evidence, question: Row, known: Known) -> Evidence | None:
    """With the place said that stands in for the one asked about; what is so in a part is not so in the whole."""
    match meet_place(question, evidence.claim, known.ground, compared=True):
        case Met.INSIDE:
            where = next(name for name in place_names(evidence.claim) if has_a_name(name))
            return _of_a_part(evidence.claim, str(question["type"]), f"{where} is in {question['place']}")
        case Met.PART:
            where = next((name for name in place_names(evidence.claim) if not has_a_name(name)), "it")
            said = _of_a_part(
                evidence.claim, str(question["type"]), f"{where} is a part of {question['place']}"
            )
            return said and replace(said, stated=True)
        case _ if evidence.leaning is Stance.AFFIRMS and _in_one_respect(evidence.claim, question):
            return replace(evidence, leaning=Stance.PARTLY, reason="it says so in one respect")
        case Met.ONLY:
            told = str(question["type"]).replace("_", " ")
            return replace(evidence, reason=f"it names no place, and no other {told} is told of in this case")
        case Met.DOCUMENT:
            return replace(evidence, reason=f"it names no place; its document is about {question['place']}")
        case _:
            return evidence


def clause_of(bearing: Bearing, claim: Row) -> str:
    """Why it follows: "who left is gone", and of one denied "who has not left is not gone"."""
    denied = claim["polarity"] == Polarity.DENIED.value
    return bearing.why_not if denied and bearing.why_not else bearing.why


def speaks_in_words(bearing: Bearing, claim: Row, known: Known) -> bool:
    """The claim is of the type that bears on the question, and has the words that it needs for that."""
    if not is_a(str(claim["type"]), bearing.type, known):
        return False
    return not bearing.words or not bearing.words.isdisjoint(
        re.findall(r"[a-z]+", str(claim["quote"]).casefold())
    )


def _in_one_respect(claim: Row, question: Row) -> bool:
    return question["type"] in _OF_THE_WHOLE and is_in_one_respect(claim)


def _of_a_part(claim: Row, asked: str, how: str) -> Evidence | None:
    """What a part says for the whole: its deeds are deeds of the whole; its words, and what it did not do, are not."""
    leaning = stated_leaning(claim)
    if asked in _IN_WORDS or leaning is Stance.DENIES:
        return None
    if asked in _OF_THE_WHOLE and leaning is Stance.AFFIRMS:
        return Evidence(claim, Stance.PARTLY, False, how)
    return Evidence(claim, leaning, False, how)


def _speaks_of_it(question: Row, claim: Row, known: Known) -> bool:
    """It has one of the words without which such a claim says nothing to such a question, at what it tells.

    "Over" and "held" have many uses: "a truce was signed, confusion over the prisoners" does not end the truce.
    """
    needed = kind_of(question, known).needs.get(str(claim["type"]))
    if needed is None:
        return True
    trigger, quote, start = claim["trigger"], str(claim["quote"]), int(str(claim["start"]))
    assert isinstance(trigger, dict)
    first, last = (int(str(trigger[end])) - start for end in ("start", "end"))
    near = quote[max(0, first - _NEAR_BEFORE) : last + _NEAR_AFTER].casefold()
    return not needed.isdisjoint(re.findall(r"[a-z]+", near))


def implied_leaning(bearing: Bearing, claim: Row) -> Stance | None:
    """What follows for the question; None where nothing does.

    "Is no longer in Raqqa" does not make a defeat, "may attack" is no attack: silence beats a guess.
    """
    if happened(str(claim["polarity"]), str(claim["certainty"])):
        return Stance.AFFIRMS if bearing.how == "supports" else Stance.DENIES
    stays = bearing.type == "presence" and claim["certainty"] == Certainty.PREDICTED.value
    if stays and claim["polarity"] == Polarity.AFFIRMED.value and _WILL_STAY.search(str(claim["quote"])):
        return Stance.AFFIRMS if bearing.how == "supports" else Stance.DENIES
    if bearing.turns and claim["polarity"] == Polarity.DENIED.value and claim["certainty"] == SURE:
        return Stance.DENIES if bearing.how == "supports" else Stance.AFFIRMS
    return None


def _bears(bearing: Bearing, question: Row, claim: Row, known: Known) -> bool:
    """The claim's role is the thing asked about, and it is at the place asked about."""
    if bearing.role == ANY:
        of_the_truce = (
            question["kind"] != "truce" or question["place"] is not None or _TRUCE.search(str(claim["quote"]))
        )
        return bool(of_the_truce) and shares_something(question, claim, known)
    asked = question[bearing.asked]
    said = speaker_of(claim, bearing.role) or mention_name(claim, bearing.role)
    if asked is None and bearing.how == "same" and question["target"] is not None:
        return (
            same_things(question, claim, known) == ""
        )  # "was the clinic bombed": nobody is named who did it
    if asked is None or not (same_party(said, asked) or part_of(said, asked, known.registry)):
        return False
    if bearing.how == "same" and bearing.role == "actor" and question["target"] is not None:
        if same_name(str(question["target"]), question["place"]):
            return at_the_place(question, claim, known)
        said = mention_name(claim, "target")  # "attacked" says "shelled" only of the same thing
        if said is None or not names_the_same(said, str(question["target"])):
            return False
    return at_the_place(question, claim, known, compared=bearing.how == "same")
