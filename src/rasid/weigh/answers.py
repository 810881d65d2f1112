"""Questions with other answers than yes and no: who did it, where is it; and what no type fits."""

from __future__ import annotations

import re

from rasid.model.tables import Row
from rasid.model.values import Stance
from rasid.weigh.evidence import Evidence, Known, is_a, same_things, stated_leaning
from rasid.weigh.meant import is_about_the_deed, mention_name
from rasid.weigh.same import has_a_name
from rasid.weigh.where import Met, meet_place

_ABOUT_DEEDS = frozenset({"responsibility", "accusation", "claim_of_responsibility", "denial"})
_PARTY = re.compile(
    r"\A(?:\w+\s+){0,5}(?:army|government|regime|police|rebels|coalition|militia|opposition)\Z", re.I
)
_NOBODY = frozenset({"nobody", "no one", "neither side", "no side"})
_TERMS_NEEDED = 0.6  # of the words of a question that no type fits


def names_an_answer(question: Row, claim: Row, known: Known) -> Evidence | None:
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
            return None if answer is None else Evidence(claim, stated_leaning(claim), True, answer=answer)
    if not related or same_things(question, claim, known) is None:
        return None
    answer = mention_name(claim, "actor") if role == "actor" else first_place(claim)
    if answer is None and role == "actor":
        answer = _nobody(claim)
    if answer is None or not _is_an_answer(answer):
        return None  # "they", "gunmen": no answer that a name could be put to
    if answer.casefold() in _NOBODY:
        return Evidence(claim, Stance.AFFIRMS, True, answer="nobody")
    leaning = stated_leaning(claim)
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


def first_place(claim: Row) -> str | None:
    """The name of the first place of the claim."""
    places = claim["places"]
    assert isinstance(places, list)
    return str(places[0]["name"] or places[0]["text"]) if places else None


def by_words(question: Row, claim: Row) -> Evidence | None:
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
    return Evidence(claim, stated_leaning(claim), False, "the words of the question stand in it, no more")
