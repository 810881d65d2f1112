"""What each document is about: the places and the persons it names most, and what lies in what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rasid.knowledge.actors import fold_name
from rasid.knowledge.registry import load_registry
from rasid.model.tables import Row
from rasid.weigh.same import bare, has_a_name

_TITLE_WEIGHS = 3  # a place in the title as much as so many in the text
_MORE_THAN_ONCE = 2
_OF_WOMEN = frozenset({"sister", "mother", "mrs", "ms", "miss"})
#: "Rutshuru territory", "the city of Homs": what sort of place it is, said beside its name.
SORT = re.compile(
    r"\A(?:the\s+)?(?:city|town|village|district|province|region|state|governorate|territory|county)\s+of\s+"
    r"|\s+(?:city|town|village|district|province|region|governorate|territory|county|area|\d+)\Z",
    re.IGNORECASE,
)
#: "TAIZ - ", "Dovrek, 4 May.": where a report was written, at the head of a paragraph.
_DATELINE = re.compile(
    r"(?m)^[ \t]*([A-Z][A-Z' -]{2,30}[A-Z])(?:,[^\n-]{0,30}| \([^)\n]{0,20}\))?(?: [-–—]|\.) "
)
#: "In Dovrek", "near Dovrek": the text names some place, known or not.
SOMEWHERE = re.compile(
    r"\b(?:in|at|near|from|around|outside|towards?)\s+(?!(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December|Ramadan|God|English|Arabic)\b)(?P<place>[A-Z][a-z]+(?:[ -](?:al-)?[A-Z][a-z]+)*)"
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the documents are about, and which place lies in which; all names folded.

    main:   document -> the place it is about
    people: document -> those asked about whom its title names, or its text more than once (not folded)
    inside: place -> the places it lies in
    told:   event type -> the places it is told of, in the whole case
    bare:   documents that name no place
    within: words for places inside those asked about
    """

    main: Mapping[str, frozenset[str]] = field(default_factory=dict)
    inside: Mapping[str, frozenset[str]] = field(default_factory=dict)
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)
    told: Mapping[str, frozenset[str]] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()

    def is_about(self, document: str, person: str) -> bool:
        """Is the document about this person?"""
        return person in self.people.get(document, ())


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
    spellings: dict[str, str] = {name: fold_name(bare(name)) for name in asked}
    wanted = set(spellings.values())
    claims, places, held, persons = list(claims), list(places), list(documents), list(people)
    inside = _inside(places)
    spellings |= _other_words(wanted, places, inside)
    written, told = _written_places(claims)
    for words in written.values():
        spellings |= {text: name for text, name in words.items() if name in wanted}
    main = {str(d["id"]): _main(d, written.get(str(d["id"]), {}) | spellings) for d in held}
    without = frozenset(
        str(d["id"])
        for d in held
        if not main[str(d["id"])]
        and not SOMEWHERE.search(str(d["text"]))
        and not _DATELINE.search(str(d["text"]))
    )
    within = frozenset(w for w, name in spellings.items() if inside.get(name, frozenset()) & wanted)
    about = _spoken_of(claims, held, persons, parties=sorted(set(groups).difference(persons)))
    return Ground(main, inside, about, told, without, within)


def _spoken_of(
    claims: Iterable[Row], documents: Iterable[Row], persons: Sequence[str], *, parties: Sequence[str]
) -> dict[str, frozenset[str]]:
    """Document -> the persons it is about and the parties it names, of those asked about."""
    others = _people_of(claims)
    return {
        str(d["id"]): frozenset(
            [
                *(p for p in persons if _names(d, p, others[str(d["id"])])),
                *(g for g in parties if g in str(d["text"])),
            ]
        )
        for d in documents
    }


def _written_places(
    claims: Iterable[Row],
) -> tuple[dict[str, dict[str, str]], dict[str, frozenset[str]]]:
    """(document -> words -> folded name, event type -> folded names), of the places that claims name."""
    written: dict[str, dict[str, str]] = defaultdict(dict)
    told: dict[str, frozenset[str]] = {}
    for claim in claims:
        places = claim["places"]
        assert isinstance(places, list)
        for place in places:
            name = fold_name(SORT.sub("", bare(str(place["name"] or place["text"]))))
            if has_a_name(str(place["text"])):
                written[str(claim["document"])][bare(str(place["text"]))] = name
                told[str(claim["type"])] = told.get(str(claim["type"]), frozenset()) | {name}
    return written, told


def _other_words(
    asked: Iterable[str], places: Iterable[Row], inside: Mapping[str, frozenset[str]]
) -> dict[str, str]:
    """Words that tell a document to be about a place asked about: "Malian" of Mali, a town of the governorate."""
    wanted = set(asked)
    found = {
        adjective: fold_name(country.name)
        for country in load_registry().countries.values()
        if fold_name(country.name) in wanted
        for adjective in country.adjectives
    }
    for place in places:
        name = fold_name(bare(str(place["name"])))
        if place["name"] is not None and inside.get(name, frozenset()) & wanted:
            found[bare(str(place["text"]))] = name
    return found


def _people_of(claims: Iterable[Row]) -> dict[str, set[str]]:
    """Document -> the persons that its claims name."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        persons = claim["persons"]
        assert isinstance(persons, list)
        found[str(claim["document"])] |= {str(p["name"] or p["text"]) for p in persons}
    return found


def _names(document: Row, person: str, others: Iterable[str]) -> bool:
    """Does the title have a part of this name, or the text any part twice, or once and nobody else is named?"""
    parts = [word for word in person.split() if any(piece[:1].isupper() for piece in word.split("-"))]
    if not [other for other in others if not any(len(part) > 3 and part in other for part in parts)]:
        return any(len(part) > 3 and same_words(part, str(document["text"])) for part in parts)
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
        at = [(text.find(words.casefold()), name) for words, name in spellings.items()]
        return frozenset(name for _, name in sorted((k, n) for k, n in at if k >= 0 and n in first)[:1])
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


def same_words(name: str, text: str) -> bool:
    """Does this name, of a place or a person, stand in the text as whole words?"""
    return re.search(rf"(?<!\w){re.escape(bare(name))}(?!\w)", text) is not None
