"""Is a claim of the place that a question asks about? By its words, by its document, or by what lies in what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rasid.knowledge.actors import fold_name
from rasid.model.tables import Row
from rasid.weigh.same import bare, has_a_name, same_name

_FROM_SOMEWHERE = frozenset({"expulsion"})  # types that have no sense without a place
_TITLE_WEIGHS = 3  # a place in the title as much as so many in the text
_MORE_THAN_ONCE = 2


class Met(StrEnum):
    """How the place of a claim meets the place asked about."""

    SAME = "same"
    DOCUMENT = "document"  # the claim names none; its document is about that place
    INSIDE = "inside"  # the claim names one that lies in it


@dataclass(frozen=True, slots=True)
class Ground:
    """What the documents are about, and which place lies in which; all names folded.

    main:   document -> the place it is about
    inside: place -> the places it lies in
    """

    main: Mapping[str, frozenset[str]] = field(default_factory=dict)
    inside: Mapping[str, frozenset[str]] = field(default_factory=dict)


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
    if compared and target is not None and not same_name(str(target), place) and not named:
        return Met.SAME  # "fired on the market" answers for "the market in Dovrek": the target was compared
    kind = str(place).split()[-1]
    if any(same_name(p, place) or (p.split()[-1] == kind and p.islower()) for p in names if p):
        return Met.SAME
    asked = fold_name(bare(str(place)))
    if not named:
        return Met.DOCUMENT if asked in ground.main.get(str(claim["document"]), ()) else None
    if any(asked in ground.inside.get(fold_name(bare(name)), ()) for name in named):
        return Met.INSIDE
    return None


def place_names(claim: Row) -> list[str]:
    """Names of its places, and of its object: "controls Raqqa"."""
    places, target = claim["places"], claim["target"]
    assert isinstance(places, list)
    names = [bare(str(p["name"] or p["text"])) for p in places]
    if isinstance(target, dict) and target["name"] is not None:
        names.append(str(target["name"]))
    return names


def survey(
    claims: Iterable[Row], documents: Iterable[Row], asked: Iterable[str], *, places: Iterable[Row] = ()
) -> Ground:
    """What the documents are about, from how often they name which place; a tie is two places, one mention too few.

    documents: rows with id, title and text
    asked:     places of the questions
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
    main = {
        str(document["id"]): _main(document, written[str(document["id"])] | spellings)
        for document in documents
    }
    return Ground(main, _inside(places))


def _main(document: Row, spellings: Mapping[str, str]) -> frozenset[str]:
    text, title = str(document["text"]).casefold(), str(document["title"] or "").casefold()
    counts: dict[str, int] = defaultdict(int)
    for words, name in spellings.items():
        folded = words.casefold()
        counts[name] += text.count(folded) + _TITLE_WEIGHS * title.count(folded)
    most = max(counts.values(), default=0)
    if most < _MORE_THAN_ONCE:
        return frozenset()
    return frozenset(name for name, count in counts.items() if count == most)


def _inside(places: Iterable[Row]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for place in places:
        if place["place_id"] is not None and place["name"] is not None:
            around = {fold_name(str(place[level])) for level in ("adm1", "adm2") if place[level]}
            name = fold_name(bare(str(place["name"])))
            found[name] = found.get(name, frozenset()) | (around - {name})
    return found
