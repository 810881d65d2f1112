"""What one claim alone says to a question: the stance it would give, whether it says so itself, and to which answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from rasid.knowledge.question_types import ANY, Bearing, QuestionKind, QuestionKinds
from rasid.knowledge.registry import Registry
from rasid.knowledge.vocabulary import Vocabulary
from rasid.model.tables import Row
from rasid.model.values import Certainty, Measure, Polarity, Stance
from rasid.weigh.figures import happened
from rasid.weigh.meant import (
    asks_of_the_past,
    concerns,
    is_about_the_deed,
    is_in_one_respect,
    is_named_beside,
    is_the_group,
    mention_name,
    points_back,
    was_once,
)
from rasid.weigh.same import (
    acts_for,
    has_a_name,
    names_the_same,
    part_of,
    same_name,
    same_party,
)
from rasid.weigh.where import Ground, Met, meet_place, met_document, place_names

_SURE = Certainty.CERTAIN.value
_OPEN = frozenset({Certainty.POSSIBLE.value, Certainty.PREDICTED.value})
_OPPOSITE = {Stance.AFFIRMS: Stance.DENIES, Stance.DENIES: Stance.AFFIRMS}
#: What the army says, signs or is blamed with, its government has not said or signed.
_IN_WORDS = frozenset(
    "accusation agreement appeal ceasefire claim_of_responsibility denial diplomacy publication support threat"
    " trust".split()
)
#: True of the whole only when it is so of all of it: a defeated brigade is no defeated army.
_OF_THE_WHOLE = frozenset("defeat expulsion repulse surrender victory withdrawal".split())
_ABOUT_DEEDS = frozenset({"responsibility", "accusation", "claim_of_responsibility", "denial"})
_GOES_ON = re.compile(
    r"\b(?:still|continu\w+|ongoing|goes? on|remains?|escalat\w+|rag(?:es|ing)|daily|every day)\b", re.I
)
_PARTY = re.compile(
    r"\A(?:\w+\s+){0,5}(?:army|government|regime|police|rebels|coalition|militia|opposition)\Z", re.I
)
_NOBODY = frozenset({"nobody", "no one", "neither side", "no side"})
_DEATHS = frozenset({"killing", "death", "execution"})  # one count of the dead
_ENDS = frozenset({"continuation", "defeat"})  # "the siege goes on", "the siege is over"
_WILL_STAY = re.compile(
    r"\b(?:will|shall)\s+(?:stay|remain)\b", re.I
)  # who is to stay is there and not leaving
_TERMS_NEEDED = 0.6  # of the words of a question that no type fits


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


def weigh_claim(question: Row, claim: Row, known: Known) -> Evidence | None:
    """What this claim alone says to the question; None if it does not speak to it."""
    if not _at_the_time(question, claim):
        return None
    match question["kind"]:
        case "words":
            return _by_words(question, claim)
        case "number":
            return _a_number(question, claim, known)
        case "over":
            return _is_over(question, claim, known)
        case "fate":
            found = _fate(question, claim, known)
        case _:
            found = _by_type(question, claim, known)
    if found is not None and question["polarity"] == Polarity.DENIED.value:
        return replace(found, leaning=_OPPOSITE.get(found.leaning, found.leaning))
    return found


# --- by type --------------------------------------------------------------------------------------------------


def _by_type(question: Row, claim: Row, known: Known) -> Evidence | None:
    if claim["kind"] == "figure" or (was_once(claim) and not asks_of_the_past(question)):
        return None
    asked, said = str(question["type"]), str(claim["type"])
    if question["asks"] in ("who", "where"):
        return _names_an_answer(question, claim, known)
    if is_a(said, asked, known):
        if not _speaks_of_it(question, claim, known):
            return None
        return _stated(question, claim, known) or _without_doer(question, claim, known)
    for bearing in known.kinds.bearings.get(asked, ()):
        if is_a(said, bearing.type, known) and _bears(bearing, question, claim, known):
            if bearing.how == "same":
                return _placed(Evidence(claim, _stated_leaning(claim), True), question, known)
            leaning = _implied_leaning(bearing, claim)
            return None if leaning is None else Evidence(claim, leaning, False, bearing.why)
    return None


def _stated(question: Row, claim: Row, known: Known) -> Evidence | None:
    """A claim of the type asked about, if it is about the same things."""
    part = _same_things(question, claim, known)
    if part is None:
        return None
    if part:
        return _of_a_part(claim, str(question["type"]), part)
    return _placed(Evidence(claim, _stated_leaning(claim), True), question, known)


def _without_doer(question: Row, claim: Row, known: Known) -> Evidence | None:
    """ "Chlorine was used in Dovrek" grants the deed to "did the army use chlorine?" and leaves open who did it."""
    if question["kind"] not in ("means", "occurrence") or question["actor"] is None:
        return None
    if (
        mention_name(claim, "actor") is not None
        or _same_things({**question, "actor": None}, claim, known) != ""
    ):
        return None
    leaning = Stance.UNCLEAR if claim["certainty"] in _OPEN else Stance.PARTLY
    if claim["polarity"] == Polarity.DENIED.value:
        leaning = _stated_leaning(claim)
    return Evidence(claim, leaning, False, "it speaks of the deed and does not say who did it")


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
        case Met.DOCUMENT:
            return replace(evidence, reason=f"it names no place; its document is about {question['place']}")
        case _:
            return evidence


def _in_one_respect(claim: Row, question: Row) -> bool:
    return question["type"] in _OF_THE_WHOLE and is_in_one_respect(claim)


def _of_a_part(claim: Row, asked: str, how: str) -> Evidence | None:
    """What a part says for the whole: its deeds are deeds of the whole; its words, and what it did not do, are not."""
    leaning = _stated_leaning(claim)
    if asked in _IN_WORDS or leaning is Stance.DENIES:
        return None
    if asked in _OF_THE_WHOLE and leaning is Stance.AFFIRMS:
        return Evidence(claim, Stance.PARTLY, False, how)
    return Evidence(claim, leaning, False, how)


def is_a(said: str, asked: str, known: Known) -> bool:
    """Is the type said the type asked about or one of its sub-types?"""
    return said == asked or (said in known.vocabulary.types and asked in known.vocabulary.lineage(said))


def _kind(question: Row, known: Known) -> QuestionKind:
    return known.kinds.by_name[str(question["kind"])]


def _speaks_of_it(question: Row, claim: Row, known: Known) -> bool:
    """It has one of the words without which such a claim says nothing to such a question."""
    needed = _kind(question, known).needs.get(str(claim["type"]))
    return needed is None or bool(needed.intersection(re.findall(r"[a-z]+", str(claim["quote"]).casefold())))


def _stated_leaning(claim: Row) -> Stance:
    if claim["certainty"] in _OPEN:
        return Stance.UNCLEAR
    if claim["certainty"] == Certainty.PARTIAL.value:
        return Stance.PARTLY
    return Stance.DENIES if claim["polarity"] == Polarity.DENIED.value else Stance.AFFIRMS


def _implied_leaning(bearing: Bearing, claim: Row) -> Stance | None:
    """What follows for the question; None where nothing does.

    "Is no longer in Raqqa" does not make a defeat, "may attack" is no attack: silence beats a guess.
    """
    if happened(str(claim["polarity"]), str(claim["certainty"])):
        return Stance.AFFIRMS if bearing.how == "supports" else Stance.DENIES
    stays = bearing.type == "presence" and claim["certainty"] == Certainty.PREDICTED.value
    if stays and claim["polarity"] == Polarity.AFFIRMED.value and _WILL_STAY.search(str(claim["quote"])):
        return Stance.AFFIRMS if bearing.how == "supports" else Stance.DENIES
    if bearing.turns and claim["polarity"] == Polarity.DENIED.value and claim["certainty"] == _SURE:
        return Stance.DENIES if bearing.how == "supports" else Stance.AFFIRMS
    return None


def _same_things(question: Row, claim: Row, known: Known) -> str | None:
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


def _bears(bearing: Bearing, question: Row, claim: Row, known: Known) -> bool:
    """The claim's role is the thing asked about, and it is at the place asked about."""
    if bearing.role == ANY:
        return _shares_something(question, claim, known)
    asked = question[bearing.asked]
    said = mention_name(claim, bearing.role)
    if asked is None and bearing.how == "same" and question["target"] is not None:
        return (
            _same_things(question, claim, known) == ""
        )  # "was the clinic bombed": nobody is named who did it
    if asked is None or not (same_party(said, asked) or part_of(said, asked, known.registry)):
        return False
    if bearing.how == "same" and bearing.role == "actor" and question["target"] is not None:
        if same_name(str(question["target"]), question["place"]):
            return _at_the_place(question, claim, known)
        said = mention_name(claim, "target")  # "attacked" says "shelled" only of the same thing
        if said is None or not names_the_same(said, str(question["target"])):
            return False
    return _at_the_place(question, claim, known, compared=bearing.how == "same")


def _at_the_place(question: Row, claim: Row, known: Known, *, compared: bool = False) -> bool:
    return meet_place(question, claim, known.ground, compared=compared) is not None


def _shares_something(question: Row, claim: Row, known: Known) -> bool:
    """The claim is at the place of the question, or one of its parties is in it."""
    if question["place"] is not None:
        return _at_the_place(question, claim, known)
    said = [mention_name(claim, role) for role in ("actor", "target")]
    asked = [question[role] for role in ("actor", "target") if question[role] is not None]
    return any(same_party(s, a) or part_of(s, a, known.registry) for s in said for a in asked)


# --- time and names -------------------------------------------------------------------------------------------


def _at_the_time(question: Row, claim: Row) -> bool:
    """The days of the claim touch those of the question; a claim without days is kept."""
    time = claim["time"]
    if not isinstance(time, dict) or time["first_day"] is None or time["last_day"] is None:
        return True
    first, last = question["first_day"], question["last_day"]
    return (first is None or str(time["last_day"]) >= str(first)) and (
        last is None or str(time["first_day"]) <= str(last)
    )


# --- questions with other answers than yes and no -------------------------------------------------------------


def _names_an_answer(question: Row, claim: Row, known: Known) -> Evidence | None:
    """ "Who controls X?", "Who shelled Y?", "Where is Z?": the party or the place that the claim names."""
    role = "actor" if question["asks"] == "who" else "place"
    asked, said = str(question["type"]), str(claim["type"])
    related = is_a(said, asked, known) or is_a(asked, said, known)
    if not related:
        related = any(
            b.how == "same" and b.role == b.asked and is_a(said, b.type, known)
            for b in known.kinds.bearings.get(asked, ())
        )
    if not related and question["kind"] == "responsibility" and said in _ABOUT_DEEDS:
        related = is_about_the_deed(question, claim, known.ground)
        if related:
            answer = mention_name(claim, "actor")
            return None if answer is None else Evidence(claim, _stated_leaning(claim), True, answer=answer)
    if not related or _same_things(question, claim, known) is None:
        return None
    answer = mention_name(claim, "actor") if role == "actor" else _first_place(claim)
    if answer is None and role == "actor":
        answer = _nobody(claim)
    if answer is None or not _is_an_answer(answer):
        return None  # "they", "gunmen": no answer that a name could be put to
    if answer.casefold() in _NOBODY:
        return Evidence(claim, Stance.AFFIRMS, True, answer="nobody")
    leaning = _stated_leaning(claim)
    if leaning is Stance.AFFIRMS and meet_place(question, claim, known.ground, compared=True) is Met.PART:
        leaning = Stance.PARTLY
    return Evidence(claim, leaning, True, answer=answer)


def _nobody(claim: Row) -> str | None:
    """ "Nobody controls the town" names an answer: nobody."""
    actor = claim["actor"]
    text = str(actor["text"]).casefold() if isinstance(actor, dict) else ""
    return "nobody" if text in _NOBODY else None


def _is_an_answer(party: str) -> bool:
    """A name, or a party that needs none: "the national army", "nobody"."""
    return has_a_name(party) or bool(_PARTY.search(party)) or party.casefold() in _NOBODY


def _first_place(claim: Row) -> str | None:
    places = claim["places"]
    assert isinstance(places, list)
    return str(places[0]["name"] or places[0]["text"]) if places else None


def _a_number(question: Row, claim: Row, known: Known) -> Evidence | None:
    quantity = claim["quantity"]
    if (
        not isinstance(quantity, dict)
        or quantity["text"] is None
        or quantity["measure"] != Measure.COUNT.value
    ):
        return None
    if _buried(quantity, claim) and question["type"] in _DEATHS and _at_the_place(question, claim, known):
        why = "who is buried is dead; it counts the buried"
        return Evidence(claim, _stated_leaning(claim), False, why, _in_figures(quantity))
    both = {str(claim["type"]), str(question["type"])}
    if not is_a(str(claim["type"]), str(question["type"]), known) and not both <= _DEATHS:
        return None
    if not _at_the_place(question, claim, known):
        return None
    asked = question["target"]
    said = mention_name(claim, "target")
    if asked is not None and not (said and names_the_same(said, str(asked))):
        return None
    leaning = _stated_leaning(claim)
    counted = quantity["base"] or quantity["unit"]
    reason = "" if not counted or counts_the_same(counted, question["unit"]) else f"it counts {counted}"
    return Evidence(claim, leaning, True, reason, _in_figures(quantity))


def _buried(quantity: Row, claim: Row) -> bool:
    """ "Neighbours buried 24 people": a count of dead, on another base."""
    people = str(quantity["unit"]).casefold() in {
        "people",
        "person",
        "body",
        "bodies",
        "villager",
        "resident",
    }
    before = str(claim["quote"]).casefold().partition(str(quantity["text"]).casefold())[0]
    return claim["kind"] == "figure" and people and re.search(r"\bburied\s*\Z", before) is not None


def _in_figures(quantity: Row) -> str:
    """ "Eleven" and "11" are one answer; "at least 27" stays as it was said."""
    text, low = str(quantity["text"]), quantity["low"]
    exact = low is not None and low == quantity["high"] and len(text.split()) == 1
    return (
        f"{low:,.0f}"
        if exact and isinstance(low, float | int) and not any(c.isdigit() for c in text)
        else text
    )


def counts_the_same(counted: object, asked: object) -> bool:
    """ "civilians" and "civilian" are one base; a question without a unit takes any."""
    if asked is None:
        return True
    a, b = (str(word).casefold().rstrip("s") for word in (counted, asked))
    everybody = {"people", "person", "dead", "death", "casualty", "individual"}
    return a == b or (a in everybody and b in everybody)


def _fate(question: Row, claim: Row, known: Known) -> Evidence | None:
    """What the claim says of the person: dead, missing, held, free."""
    if not concerns(str(question["target"]), claim, known.ground):
        return None
    said = str(claim["type"])
    if question["asks"] == "fate" and said in ("presence", "relocation"):
        where = _first_place(claim)
        if where is None:
            return Evidence(claim, Stance.UNCLEAR, True) if said == "presence" else None
        return Evidence(claim, _stated_leaning(claim), True, answer=f"in {where}")
    for answer, types in _kind(question, known).answers.items():
        if any(is_a(said, each, known) for each in types):
            return _fate_leaning(question, claim, answer)
    if question["asks"] == "whether":
        return _by_type(question, claim, known)
    return None


def _fate_leaning(question: Row, claim: Row, answer: str) -> Evidence | None:
    if question["asks"] == "fate":
        return Evidence(claim, _stated_leaning(claim), True, answer=answer)
    if answer == "dead":
        return Evidence(claim, _stated_leaning(claim), True)
    if answer == "alive":
        leaning = _stated_leaning(claim)
        return Evidence(claim, _OPPOSITE.get(leaning, leaning), True)
    if answer != "free" or not happened(str(claim["polarity"]), str(claim["certainty"])):
        return None  # an arrest long ago, a reward for one: nothing follows for today
    return Evidence(claim, Stance.DENIES, False, "who is released or has fled is alive")


def _is_over(question: Row, claim: Row, known: Known) -> Evidence | None:
    """What goes on is not over; "has ended" and "has not ended" are continuation, denied or affirmed."""
    said = str(claim["type"])
    turned = question["polarity"] == Polarity.DENIED.value
    if (
        said in _ENDS
        and is_about_the_deed(question, claim, known.ground)
        and _at_the_place(question, claim, known)
    ):
        leaning = _stated_leaning(claim)
        opposite = turned != (said == "continuation")  # "goes on" denies that it is over
        return Evidence(claim, _OPPOSITE.get(leaning, leaning) if opposite else leaning, True)
    if not is_a(said, str(question["type"]), known) or _same_things(question, claim, known) is None:
        return None
    if claim["polarity"] == Polarity.DENIED.value and claim["certainty"] == _SURE:
        return Evidence(claim, Stance.DENIES if turned else Stance.AFFIRMS, True)
    if _GOES_ON.search(str(claim["quote"])) and happened(str(claim["polarity"]), str(claim["certainty"])):
        return Evidence(claim, Stance.AFFIRMS if turned else Stance.DENIES, False, "what goes on is not over")
    return None


def _by_words(question: Row, claim: Row) -> Evidence | None:
    """For a question that no type fits: every name in it and most other words stand in the quote."""
    terms = question["terms"]
    assert isinstance(terms, list)
    quote = str(claim["quote"]).casefold()
    names = [str(t) for t in terms if str(t)[:1].isupper()]
    others = [str(t) for t in terms if not str(t)[:1].isupper()]
    if not terms or any(name.casefold() not in quote for name in names):
        return None
    shared = [word for word in others if word.casefold()[: max(4, len(word) - 3)] in quote]
    if len(shared) < _TERMS_NEEDED * len(others) or not (names or shared):
        return None
    return Evidence(claim, _stated_leaning(claim), False, "the words of the question stand in it, no more")
