"""Is a claim of the place that a question asks about? By its words, by its document, or by what lies in what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rasid.knowledge.actors import fold_name
from rasid.knowledge.registry import load_registry
from rasid.model.tables import Row
from rasid.weigh.same import bare, has_a_name, same_name

_FROM_SOMEWHERE = frozenset({"expulsion"})  # types that have no sense without a place
_TITLE_WEIGHS = 3  # a place in the title as much as so many in the text
_MORE_THAN_ONCE = 2
_OF_WOMEN = frozenset({"sister", "mother", "mrs", "ms", "miss"})
#: "Rutshuru territory", "the city of Homs": what sort of place it is, said beside its name.
_SORT = re.compile(
    r"\A(?:the\s+)?(?:city|town|village|district|province|region|state|governorate|territory|county)\s+of\s+"
    r"|\s+(?:city|town|village|district|province|region|governorate|territory|county|area)\Z",
    re.IGNORECASE,
)
#: "The right bank", "some towns", "the eastern quarters": a part of the place that was named before.
_A_PART = re.compile(
    r"\b(?:bank|side|half|parts?|quarters?|outskirts|suburbs?|centre|center|neighbou?rhoods?|districts|towns|villages)\b",
    re.IGNORECASE,
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
    INSIDE = "inside"  # the claim names one that lies in it


@dataclass(frozen=True, slots=True)
class Ground:
    """What the documents are about, and which place lies in which; all names folded.

    main:   document -> the place it is about
    people: document -> those asked about whom its title names, or its text more than once (not folded)
    inside: place -> the places it lies in
    """

    main: Mapping[str, frozenset[str]] = field(default_factory=dict)
    inside: Mapping[str, frozenset[str]] = field(default_factory=dict)
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def is_about(self, document: str, person: str) -> bool:
        """Is the document about this person?"""
        return person in self.people.get(document, ())


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
    if not claim["places"] and claim["type"] in _FROM_SOMEWHERE:
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
    asked = fold_name(bare(str(place)))
    if not named:
        about = ground.main.get(str(claim["document"]), frozenset())
        if asked not in about and not any(asked in ground.inside.get(name, ()) for name in about):
            return None
        return Met.PART if any(_A_PART.search(name) for name in names) else Met.DOCUMENT
    if any(asked in ground.inside.get(fold_name(bare(name)), ()) for name in named):
        return Met.INSIDE
    return None


def met_document(question: Row, claim: Row, ground: Ground) -> bool:
    """Is the document of the claim about the place of the question? A question without a place takes every document."""
    place = question["place"]
    return place is None or fold_name(bare(str(place))) in ground.main.get(str(claim["document"]), ())


def same_place(said: str, asked: str) -> bool:
    """The same name, whatever sort of place it is said to be: "Rutshuru territory" and "Rutshuru"."""
    return same_name(said, asked) or same_name(_SORT.sub("", said), _SORT.sub("", asked))


def place_names(claim: Row) -> list[str]:
    """Names of its places, and of its object: "controls Raqqa"."""
    places, target = claim["places"], claim["target"]
    assert isinstance(places, list)
    names = [bare(str(p["name"] or p["text"])) for p in places]
    if isinstance(target, dict) and target["name"] is not None:
        names.append(_COUNT.sub("", bare(str(target["name"]))))
    return names


def survey(
    claims: Iterable[Row],
    documents: Iterable[Row],
    asked: Iterable[str],
    *,
    people: Iterable[str] = (),
    groups: Iterable[str] = (),
    places: Iterable[Row] = (),
) -> Ground:
    """What the documents are about, from how often they name which place; a tie is two places, one mention too few.

    documents: rows with id, title and text
    asked:     places of the questions
    people:    persons of the questions
    groups:    parties of the questions; a document that names one at all can mean it by "the insurgents"
    places:    rows of tables.PLACES that are settled, for what lies in what
    """
    written: dict[str, dict[str, str]] = defaultdict(dict)  # document -> words -> folded name
    spellings: dict[str, str] = {name: fold_name(bare(name)) for name in asked}
    wanted = set(spellings.values())
    for claim in claims:
        held = claim["places"]
        assert isinstance(held, list)
        for place in held:
            name = fold_name(bare(str(place["name"] or place["text"])))
            if has_a_name(str(place["text"])):
                written[str(claim["document"])][bare(str(place["text"]))] = name
                if name in wanted:
                    spellings[bare(str(place["text"]))] = name
    held, persons = list(documents), list(people)
    parties = sorted(set(groups).difference(persons))
    main = {str(d["id"]): _main(d, written[str(d["id"])] | spellings) for d in held}
    about = {
        str(d["id"]): frozenset(
            [*(p for p in persons if _names(d, p)), *(g for g in parties if g in str(d["text"]))]
        )
        for d in held
    }
    return Ground(main, _inside(places), about)


def _names(document: Row, person: str) -> bool:
    """Does the title have a part of this name, or the text any part twice?"""
    parts = [word for word in person.split() if any(piece[:1].isupper() for piece in word.split("-"))]
    text, title = str(document["text"]), str(document["title"] or "")
    often = 1 if parts and parts[0].casefold() in _OF_WOMEN else _MORE_THAN_ONCE  # "she" is seldom another
    return any(len(part) > 3 and (part in title or text.count(part) >= often) for part in parts)


def _main(document: Row, spellings: Mapping[str, str]) -> frozenset[str]:
    text, title = str(document["text"]).casefold(), str(document["title"] or "").casefold()
    counts: dict[str, int] = defaultdict(int)
    for words, name in spellings.items():
        folded = words.casefold()
        counts[name] += text.count(folded) + _TITLE_WEIGHS * title.count(folded)
    most = max(counts.values(), default=0)
    first = [name for name, count in counts.items() if count == most]
    if most == 1:  # each named once: the first of them, with which a report opens
        place = {spellings[words]: text.find(words.casefold()) for words in spellings}
        return frozenset(sorted((n for n in first if place.get(n, -1) >= 0), key=lambda n: place[n])[:1])
    return frozenset(first) if most else frozenset()


def _inside(places: Iterable[Row]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    countries = load_registry().countries
    for place in places:
        if place["place_id"] is not None and place["name"] is not None:
            around = {fold_name(str(place[level])) for level in ("adm1", "adm2") if place[level]}
            country = countries.get(str(place["country"]))
            if country is not None:
                around.add(fold_name(country.name))
            name = fold_name(bare(str(place["name"])))
            found[name] = found.get(name, frozenset()) | (around - {name})
    return found
