"""Who or what is meant: "these shells", "the insurgents", "she", "al-Tayari", said of what was told before.

In: the words of a claim's role, its quote, what its document is about. Out: yes or no.
"""

from __future__ import annotations

import re

from rasid.knowledge.actors import load_actors
from rasid.knowledge.registry import Registry
from rasid.model.tables import Row
from rasid.weigh.ground import Ground
from rasid.weigh.same import bare, core_name, same_name
from rasid.weigh.where import met_document

_TITLES = frozenset(
    "mr mrs ms dr sister brother father mother sheikh imam president minister general colonel captain commander"
    " citizen journalist activist".split()
)
#: A deed or its means that was told before.
_THESE = re.compile(
    r"\b(?:this|these|that|those)\s+(?:\w+\s+)?(?:shells?|shelling|bombs?|bombing|rockets?|missiles?|rounds?|attacks?"
    r"|strikes?|raids?|crimes?|massacres?|killings?|murders?|outrage|atrocity)\b"
    r"|\b(?:fired|launched|dropped)\s+the\s+(?:shells?|rockets?|missiles?|bombs?|mortars?|rounds?)\b",
    re.I,
)
_THOSE = re.compile(
    r"\A(?:these|those)\s+(?:men|women|people|persons|workers|children|boys|girls|hostages)\Z", re.I
)
_POINTING = frozenset("this that these those such".split())
_THE_GROUP = frozenset("insurgents militants jihadists terrorists extremists group movement".split())
#: What an armed group sets up where it rules.
RULE = frozenset("caliphate emirate khilafa statelet sultanate".split())
_AS_A = re.compile(r"\AAs an? (?!result|consequence|rule|sign|response|warning|whole)\w+[^,]*, ", re.I)
_THE_DEED = frozenset("the attack attacks strike raid crime shelling bombing massacre incident".split())
_STATES = frozenset({"control", "presence"})
_PAST = frozenset(
    "controlled ruled governed held ran kept dominated occupied commanded administered was were had stood stayed"
    " remained lived".split()
)
_STILL = frozenset(
    "has have is are am been being be remains remain still now 's 're".split()
)  # "is held", "has ruled"
_GOES_ON = re.compile(r"\b(?:still|now|today|currently|since)\b", re.I)
_OF_THE_PAST = re.compile(r"\A(?:did|was|were|had|who (?:controlled|held|ruled|ran|governed))\b", re.I)
_USED = re.compile(
    r"\s+of\s+|\s+(?:(?:has|have|had|did|does|do|is|are|was|were|not|never|again|repeatedly|also)\s+)*"
    r"(?:us(?:e|es|ed|ing)|drop(?:s|ped|ping)?|fir(?:e|es|ed|ing)|employ(?:s|ed|ing)?|launch(?:es|ed|ing)?"
    r"|deploy(?:s|ed|ing)?|threw|throws)\s+(?:[\w-]+\s+){0,3}",
    re.I,
)
_ACCUSED = re.compile(r"\b(?:accus|suspect|blam)\w+\s+(?:the\s+)?\Z", re.I)
_OURSELVES = re.compile(
    r"we|(?:(?:all|none|some) of )?our (?:[\w-]+ )?(?:forces|troops|men|fighters|soldiers|units|army|aircraft|side"
    r"|mujahideen|brothers|heroes)",
    re.I,
)
_OFFICE = re.compile(
    r",? (?:(?:official|central|war) )?(?:media|press|information|news|public relations)? ?"
    r"(?:office|centre|center|bureau|desk|department|wing|channel|service)\Z",
    re.I,
)
_BESIDE = re.compile(r",\s+([^,.;:]{3,60}),")
_WOMEN = frozenset({"sister", "mother", "mrs", "ms", "miss", "queen"})


def mention_name(claim: Row, role: str) -> str | None:
    """The settled name of a role of the claim."""
    mention = claim[role]
    return str(mention["name"]) if isinstance(mention, dict) and mention["name"] is not None else None


def written(claim: Row, role: str) -> str | None:
    """A role of the claim in the words of the document."""
    mention = claim[role]
    return str(mention["text"]) if isinstance(mention, dict) else None


def speaker_of(claim: Row, role: str) -> str | None:
    """ "We did not shell the town", "our forces": the party whose voice it is, without its press office."""
    said = written(claim, role)
    if said is None or _OURSELVES.fullmatch(said) is None:
        return None
    voices = claim["voices"]
    assert isinstance(voices, list)
    return _OFFICE.sub("", str(voices[-1])) or None


def used_by(asked: str, claim: Row) -> bool:
    """ "The army used barrel bombs", "accused the army of dropping": the doer stands before a verb or an "of"."""
    trigger = claim["trigger"]
    assert isinstance(trigger, dict)
    before = str(claim["quote"])[: max(0, int(str(trigger["start"])) - int(str(claim["start"])))]
    doer = re.search(rf"\b{re.escape(bare(asked))}\b", before, re.I)
    if doer is None or (said := _USED.fullmatch(before[doer.end() :])) is None:
        return False
    return said[0].strip() != "of" or _ACCUSED.search(before[: doer.start()]) is not None


def was_once(claim: Row) -> bool:
    """ "The Front ruled the town": a state of the past in the teller's own words, which says nothing for today.

    What somebody else is said to have said is put back in time by grammar alone: "he said that they held the town".
    """
    voices, trigger = claim["voices"], claim["trigger"]
    if claim["type"] not in _STATES or not isinstance(voices, list) or len(voices) > 1:
        return False
    assert isinstance(trigger, dict)
    before = str(claim["quote"])[: max(0, int(trigger["start"]) - int(str(claim["start"])))]
    helped = before.split()[-1].casefold() if before.split() else ""
    first = str(trigger["text"]).split()[0].casefold()
    return first in _PAST and helped not in _STILL and not _GOES_ON.search(before)


def asks_of_the_past(question: Row) -> bool:
    """ "Did the Front control Kelan?", "Who held it in 2014?": a state of the past answers it."""
    dated = question["first_day"] is not None or question["last_day"] is not None
    return dated or _OF_THE_PAST.match(str(question.get("question") or "")) is not None


def is_named_beside(asked: str, said: str | None, question: Row, claim: Row) -> bool:
    """ "The clinic in Dovrek was bombed": a parser may take Dovrek for what was bombed, or see no target."""
    if said is not None and not same_name(said, question["place"]):
        return False
    return re.search(rf"\b{re.escape(bare(asked).casefold())}\b", str(claim["quote"]).casefold()) is not None


def points_back(said: str | None, claim: Row) -> bool:
    """ "The militia fired these shells", "did not take these men": whom or what it hit was told before."""
    if _THOSE.search(said or ""):
        return True
    return said is None and not claim["places"] and bool(_THESE.search(str(claim["quote"])))


def points_at(claim: Row) -> bool:
    """Its target is told by a word that points: "these men", "that village"."""
    said = written(claim, "target")
    return said is not None and said.split()[0].casefold() in _POINTING


def is_the_group(said: str, asked: str, claim: Row, *, registry: Registry, ground: Ground) -> bool:
    """ "The insurgents" in a document that names the group asked about: that group."""
    actor = registry.actors.get(core_name(asked))
    if actor is None or actor.kind != "armed group":
        return False
    return bare(said).casefold() in _THE_GROUP and ground.is_about(str(claim["document"]), asked)


def is_about_the_deed(question: Row, claim: Row, ground: Ground) -> bool:
    """ "X is responsible for the attack": its object has a word of what the question is about."""
    target = claim["target"]
    if not isinstance(target, dict):
        return False
    words = set(re.findall(r"\w+", str(target["text"]).casefold()))
    terms = question["terms"]
    assert isinstance(terms, list)
    if _THESE.search(str(target["text"])) or words <= _THE_DEED:
        return met_document(question, claim, ground)  # "this crime", "the attack"
    return bool(words.intersection(str(term).casefold() for term in terms))


def is_in_one_respect(claim: Row) -> bool:
    """ "As a force that governs towns, X has been beaten": so far, and no further."""
    return bool(_AS_A.match(str(claim["quote"])))


def is_of_its_rule(claim: Row) -> bool:
    """ "The caliphate is over" names what a group had set up where it ruled; a group outlives its rule."""
    said = re.findall(r"[a-z]+", (written(claim, "target") or "").casefold())
    return bool(said) and said[-1] in RULE


def looks_like_a_person(name: str) -> bool:
    """Two words or more with capitals, and no party that is known: "Lina Haddad"."""
    parts = [word for word in bare(name).split() if _is_name_part(word)]
    return len(parts) > 1 and len(parts) == len(bare(name).split()) and load_actors().find(name) is None


def concerns(person: str, claim: Row, ground: Ground) -> bool:
    """Is this person named in the claim, or meant by its pronoun?"""
    if ground.is_about(str(claim["document"]), person) and _is_meant(person, claim):
        return True
    persons = claim["persons"]
    assert isinstance(persons, list)
    named = [str(p["name"] or p["text"]) for p in persons]
    named += [name for role in ("target", "actor") if (name := mention_name(claim, role)) is not None]
    named += [name for role in ("target", "actor") if (name := apposition(claim, role)) is not None]
    return any(_same_person(name, person) for name in named)


def apposition(claim: Row, role: str) -> str | None:
    """What is said beside a role to name it: "the commander, Colonel Salim Haddar, was killed"."""
    mention = claim[role]
    if not isinstance(mention, dict):
        return None
    after = str(claim["quote"])[int(str(mention["end"])) - int(str(claim["start"])) :]
    beside = _BESIDE.match(after)
    return beside[1] if beside is not None else None


def _is_meant(person: str, claim: Row) -> bool:
    """ "She", "the nun" in a document about one person: that person, if the word fits a title in the name."""
    female = not _WOMEN.isdisjoint(person.casefold().split())
    for role in ("actor", "target"):
        mention = claim[role]
        text = str(mention["text"]).casefold() if isinstance(mention, dict) else ""
        if text in {"she", "her"} or (text == "the nun" and female):
            return True
        if text in {"he", "him"} and not female:
            return True
    return False


def _same_person(said: str, asked: str) -> bool:
    """ "Agnese Morrone" and "Sister Agnese": all parts of one name in the other, or two parts shared; titles aside."""
    a, b = (
        {word.casefold() for word in name.split() if _is_name_part(word) and word.casefold() not in _TITLES}
        for name in (said, asked)
    )
    return bool(a and b) and (a <= b or b <= a or len(a & b) > 1)


def _is_name_part(word: str) -> bool:
    """ "Laith" and "al-Tayari", but not "of"."""
    return any(part[:1].isupper() for part in word.split("-"))
