"""Is a claim of the place that a question asks about? By its words, by its document, or by what lies in what."""

from __future__ import annotations

import re
from enum import StrEnum

from rasid.knowledge.actors import fold_name, load_actors
from rasid.model.tables import Row
from rasid.weigh.ground import SOMEWHERE, SORT, Ground, same_words
from rasid.weigh.same import bare, has_a_name, same_name

_FROMSOMEWHERE = frozenset({"expulsion"})  # types that have no sense without a place
_OF_ONE_THING = frozenset({"over", "truce"})  # kinds of questions about a thing that has a definite article
_THE_WHOLE = frozenset(
    "town city village place area region province district valley island everything all it there here".split()
)
#: "The right bank", "some towns", "the eastern quarters": a part of the place that was named before.
_A_PART = re.compile(
    r"\b(?:bank|side|half|parts?|quarters?|outskirts|suburbs?|centre|center|neighbou?rhoods?|districts|towns|villages)\b",
    re.IGNORECASE,
)
#: "North of Dovrek", "the border of Niger": not in it.
_BESIDE = re.compile(
    r"\b(?:borders?|outside|edges?|approaches|frontier)\b|\A(?:north|south|east|west)", re.IGNORECASE
)

#: "Eleven fighters" is no name, though it opens the sentence.
_COUNT = re.compile(
    r"\A(?:(?:at least|more than|up to|about|some|several|many|dozens of|hundreds of|scores of)\s+)?"
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)?\s*(?:of\s+)?",
    re.IGNORECASE,
)


class Met(StrEnum):
    """How the place of a claim meets the place asked about."""

    SAME = "same"
    DOCUMENT = "document"  # the claim names none; its document is about that place
    PART = "part"  # the same, and the claim names a part of it: "the right bank", "some towns"
    ONLY = "only"  # its document names no place at all, and such a thing is told of no other: "the siege is over"
    INSIDE = "inside"  # the claim names one that lies in it


def meet_place(question: Row, claim: Row, ground: Ground, *, compared: bool = False) -> Met | None:
    """How the claim is of the place asked about; None if it is not. A question without a place takes every claim.

    compared: its target is the one asked about. "The valley" in an answer to "the Imerra valley" is that valley:
    the same common noun without another name.
    """
    place = question["place"]
    if place is None:
        return Met.SAME
    names = place_names(claim)
    named = [name for name in names if has_a_name(name)]
    if not named and same_words(str(place), str(claim["quote"])):
        return Met.SAME  # the parse lost it: "pulled their last men out of Dovrek"
    if not claim["places"] and claim["type"] in _FROMSOMEWHERE:
        return Met.SAME  # "they have not been driven out": of the place in question
    target = question["target"]
    whole = compared and target is not None and question["kind"] != "truce"  # a truce is told by its place
    if whole and not same_name(str(target), place) and not named:
        return Met.SAME  # "fired on the market" answers for "the market in Dovrek": the target was compared
    kind = str(place).split()[-1]
    if named and any(_A_PART.search(name) and name not in named for name in names):
        part = all(same_place(name, str(place)) for name in named)
        return Met.PART if part else None  # "left some towns", in a sentence about the region
    if any(same_place(p, str(place)) or (p.split()[-1] == kind and p.islower()) for p in names if p):
        return Met.SAME
    if any(_is_of(name, str(place)) for name in named):
        return Met.PART if any(_A_PART.search(name) for name in named) else Met.SAME
    asked = fold_name(bare(str(place)))
    if not named:
        about = ground.main.get(str(claim["document"]), frozenset())
        if asked not in about and not any(asked in ground.inside.get(name, ()) for name in about):
            return Met.ONLY if _is_the_only_one(question, claim, ground) else None
        part = any(_A_PART.search(name) for name in names) or _is_a_thing_in_it(question, claim)
        return Met.PART if part else Met.DOCUMENT
    if any(asked in ground.inside.get(fold_name(bare(name)), ()) for name in named):
        return Met.INSIDE
    return None


def _is_the_only_one(question: Row, claim: Row, ground: Ground) -> bool:
    """ "The siege is over" in a letter without a place: the one siege that this case tells of."""
    if question["kind"] not in _OF_ONE_THING or str(claim["document"]) not in ground.bare:
        return False
    asked = fold_name(bare(str(question["place"])))
    told = ground.told.get(str(question["type"]), frozenset())
    return asked in told and all(name == asked or asked in ground.inside.get(name, ()) for name in told)


def _is_a_thing_in_it(question: Row, claim: Row) -> bool:
    """Who controls "the bridge and the mill" of a town does not control the town."""
    target = claim["target"]
    if question["type"] != "control" or not isinstance(target, dict):
        return False
    return str(target["text"]).split()[-1].casefold() not in _THE_WHOLE


def _is_of(said: str, asked: str) -> bool:
    """ "The market of Dovrek" is in Dovrek; "the border of Niger" and "north of Dovrek" are not."""
    whole = re.fullmatch(
        rf"(?P<what>.+?)\s+(?:of|in|inside|within)\s+(?:the\s+)?{re.escape(bare(asked))}", said
    )
    return whole is not None and _BESIDE.search(whole["what"]) is None


def parts_named(question: Row, claim: Row, ground: Ground) -> frozenset[str]:
    """The parts of the place asked about that the claim or its quote names, in its words: "our city", "Durayh"."""
    places, asked = claim["places"], str(question["place"])
    assert isinstance(places, list)
    said = {str(p["text"]) for p in places}
    if any(same_place(name, asked) for name in (*said, *(str(p["name"]) for p in places))):
        return frozenset()
    return frozenset(said | {words for words in ground.within if same_words(words, str(claim["quote"]))})


def met_document(question: Row, claim: Row, ground: Ground) -> bool:
    """Is the document of the claim about the place of the question? A question without a place takes every document."""
    place = question["place"]
    return place is None or fold_name(bare(str(place))) in ground.main.get(str(claim["document"]), ())


def same_place(said: str, asked: str) -> bool:
    """The same name, whatever sort of place it is said to be: "Rutshuru territory" and "Rutshuru"."""
    return same_name(said, asked) or same_name(SORT.sub("", said), SORT.sub("", asked))


def place_names(claim: Row) -> list[str]:
    """Names of its places, and of its object: "controls Raqqa"."""
    places, target = claim["places"], claim["target"]
    assert isinstance(places, list)
    names = [bare(str(p["name"] or p["text"])) for p in places]
    if isinstance(target, dict) and target["name"] is not None and not _is_a_party(target, claim):
        names.append(_COUNT.sub("", bare(str(target["name"]))))
    return names


def _is_a_party(target: Row, claim: Row) -> bool:
    """ "The Units pulled their men out": whom it moved is no place."""
    actor = claim["actor"]
    if isinstance(actor, dict) and actor["name"] == target["name"]:
        return True
    known = load_actors().find(bare(str(target["name"])))
    return known is not None and known.kind not in ("state", "place")


def names_another_place(claim: Row, question: Row) -> bool:
    """ "Killed two men at Um Safari", where the parse saw no place: the quote names one, and not the one asked."""
    said = {found["place"] for found in SOMEWHERE.finditer(str(claim["quote"]))}
    asked = set(str(question["place"]).split())
    return bool(said) and not any(asked & set(words.split()) for words in said)
