"""What one claim alone says to a question: the stance it would give, whether it says so itself, and to which answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rasid.knowledge.question_types import ANY, Bearing, QuestionKind, QuestionKinds
from rasid.knowledge.registry import Registry
from rasid.knowledge.vocabulary import Vocabulary
from rasid.model.tables import Row
from rasid.model.values import Certainty, Measure, Polarity, Stance
from rasid.weigh.figures import happened
from rasid.weigh.same import bare, has_a_name, names_the_same, part_of, same_name, same_party

_FROM_SOMEWHERE = frozenset({"expulsion"})  # types that have no sense without a place
_SURE = Certainty.CERTAIN.value
_OPEN = frozenset({Certainty.POSSIBLE.value, Certainty.PREDICTED.value})
_OPPOSITE = {Stance.AFFIRMS: Stance.DENIES, Stance.DENIES: Stance.AFFIRMS}
_ABOUT_DEEDS = frozenset({"responsibility", "accusation", "claim_of_responsibility", "denial"})
_GOES_ON = re.compile(
    r"\b(?:still|continu\w+|ongoing|goes? on|remains?|escalat\w+|rag(?:es|ing)|daily|every day)\b", re.I
)
_TERMS_NEEDED = 0.6  # of the words of a question that no type fits


@dataclass(frozen=True, slots=True)
class Known:
    """What the reading of a question leans on: event types, kinds of question, actors."""

    vocabulary: Vocabulary
    kinds: QuestionKinds
    registry: Registry


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
    if claim["kind"] == "figure":
        return None
    asked, said = str(question["type"]), str(claim["type"])
    if question["asks"] in ("who", "where"):
        return _names_an_answer(question, claim, known)
    if is_a(said, asked, known):
        if not _speaks_of_it(question, claim, known):
            return None
        met = _same_things(question, claim, known)
        return None if met is None else Evidence(claim, _stated_leaning(claim), not met, met)
    for bearing in known.kinds.bearings.get(asked, ()):
        if is_a(said, bearing.type, known) and _bears(bearing, question, claim, known):
            if bearing.how == "same":
                return Evidence(claim, _stated_leaning(claim), True)
            leaning = _implied_leaning(bearing, claim)
            return None if leaning is None else Evidence(claim, leaning, False, bearing.why)
    return None


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
        if said is None:
            return None
        if names_the_same(said, str(asked)) or same_party(said, asked):
            continue
        if not part_of(said, asked, known.registry):
            return None
        how = f"{said} is of {asked}, not the whole of it"
    return how if at_the_place(question, claim, compared=True) else None


def _bears(bearing: Bearing, question: Row, claim: Row, known: Known) -> bool:
    """The claim's role is the thing asked about, and it is at the place asked about."""
    if bearing.role == ANY:
        return _shares_something(question, claim, known)
    asked = question[bearing.asked]
    said = mention_name(claim, bearing.role)
    if asked is None or not (same_party(said, asked) or part_of(said, asked, known.registry)):
        return False
    if bearing.how == "same" and bearing.role == "actor" and question["target"] is not None:
        if same_name(str(question["target"]), question["place"]):
            return at_the_place(question, claim)
        said = mention_name(claim, "target")  # "attacked" says "shelled" only of the same thing
        if said is None or not names_the_same(said, str(question["target"])):
            return False
    return at_the_place(question, claim, compared=bearing.how == "same")


def _shares_something(question: Row, claim: Row, known: Known) -> bool:
    """The claim is at the place of the question, or one of its parties is in it."""
    if question["place"] is not None:
        return at_the_place(question, claim)
    said = [mention_name(claim, role) for role in ("actor", "target")]
    asked = [question[role] for role in ("actor", "target") if question[role] is not None]
    return any(same_party(s, a) or part_of(s, a, known.registry) for s in said for a in asked)


# --- place and time -------------------------------------------------------------------------------------------


def at_the_place(question: Row, claim: Row, *, compared: bool = False) -> bool:
    """The claim is of the place asked about. compared: its target is the one asked about.

    "The valley" in an answer to "the Imerra valley" is that valley: the same common noun without another name.
    """
    place = question["place"]
    if place is None:
        return True
    names = place_names(claim)
    if not claim["places"] and claim["type"] in _FROM_SOMEWHERE:
        return True  # "they have not been driven out": of the place in question
    target = question["target"]
    if (
        compared
        and target is not None
        and not same_name(str(target), place)
        and not any(map(has_a_name, names))
    ):
        return True  # "fired on the market" answers for "the market in Dovrek": the target was compared
    kind = str(place).split()[-1]
    return any(same_name(p, place) or (p.split()[-1] == kind and p.islower()) for p in names if p)


def _at_the_time(question: Row, claim: Row) -> bool:
    """The days of the claim touch those of the question; a claim without days is kept."""
    time = claim["time"]
    if not isinstance(time, dict) or time["first_day"] is None or time["last_day"] is None:
        return True
    first, last = question["first_day"], question["last_day"]
    return (first is None or str(time["last_day"]) >= str(first)) and (
        last is None or str(time["first_day"]) <= str(last)
    )


def mention_name(claim: Row, role: str) -> str | None:
    """The settled name of a role of the claim."""
    mention = claim[role]
    return str(mention["name"]) if isinstance(mention, dict) and mention["name"] is not None else None


def place_names(claim: Row) -> list[str]:
    """Names of its places, and of its object: "controls Raqqa"."""
    places, target = claim["places"], claim["target"]
    assert isinstance(places, list)
    names = [bare(str(p["name"] or p["text"])) for p in places]
    if isinstance(target, dict) and target["name"] is not None:
        names.append(str(target["name"]))
    return names


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
        related = _is_about_the_deed(question, claim)
        if related:
            answer = mention_name(claim, "actor")
            return None if answer is None else Evidence(claim, _stated_leaning(claim), True, answer=answer)
    if not related or _same_things(question, claim, known) is None:
        return None
    answer = mention_name(claim, "actor") if role == "actor" else _first_place(claim)
    if answer is None or not has_a_name(answer):
        return None  # "they", "gunmen": no answer that a name could be put to
    return Evidence(claim, _stated_leaning(claim), True, answer=answer)


def _is_about_the_deed(question: Row, claim: Row) -> bool:
    """ "X is responsible for the attack": its object has a word of what the question is about."""
    target = claim["target"]
    if not isinstance(target, dict):
        return False
    words = set(re.findall(r"\w+", str(target["text"]).casefold()))
    terms = question["terms"]
    assert isinstance(terms, list)
    return bool(words.intersection(str(term).casefold() for term in terms))


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
    if not is_a(str(claim["type"]), str(question["type"]), known):
        return None
    if not at_the_place(question, claim):
        return None
    asked = question["target"]
    said = mention_name(claim, "target")
    if asked is not None and not (said and names_the_same(said, str(asked))):
        return None
    leaning = _stated_leaning(claim)
    counted = quantity["base"] or quantity["unit"]
    reason = "" if not counted or counts_the_same(counted, question["unit"]) else f"it counts {counted}"
    return Evidence(claim, leaning, True, reason, str(quantity["text"]))


def counts_the_same(counted: object, asked: object) -> bool:
    """ "civilians" and "civilian" are one base; a question without a unit takes any."""
    if asked is None:
        return True
    a, b = (str(word).casefold().rstrip("s") for word in (counted, asked))
    everybody = {"people", "person", "dead", "death", "casualty", "individual"}
    return a == b or (a in everybody and b in everybody)


def _fate(question: Row, claim: Row, known: Known) -> Evidence | None:
    """What the claim says of the person: dead, missing, held, free."""
    if not _concerns(str(question["target"]), claim):
        return None
    said = str(claim["type"])
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
    if answer == "missing" or not happened(str(claim["polarity"]), str(claim["certainty"])):
        return None
    why = (
        "who is released or has fled is alive"
        if answer == "free"
        else "who is held is alive as far as is said"
    )
    return Evidence(claim, Stance.DENIES, False, why)


def _concerns(person: str, claim: Row) -> bool:
    persons = claim["persons"]
    assert isinstance(persons, list)
    named = [str(p["name"] or p["text"]) for p in persons] + [mention_name(claim, "target")]
    return any(name is not None and names_the_same(name, person) for name in named)


def _is_over(question: Row, claim: Row, known: Known) -> Evidence | None:
    """What goes on is not over; "has ended" and "has not ended" are continuation, denied or affirmed."""
    said = str(claim["type"])
    turned = question["polarity"] == Polarity.DENIED.value
    if said == "continuation" and _is_about_the_deed(question, claim) and at_the_place(question, claim):
        leaning = _stated_leaning(claim)
        return Evidence(claim, leaning if turned else _OPPOSITE.get(leaning, leaning), True)
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
