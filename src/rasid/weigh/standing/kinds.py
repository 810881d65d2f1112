"""What kind of source is a voice, and how near to the event does it say to be? Each with the reason in one sentence.

Known actors by their kind; then who is said to fight in this case; then the words of the name. "Unknown" is an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rasid.knowledge.actors import KnownName, fold_name, load_actors
from rasid.knowledge.registry import load_registry
from rasid.knowledge.standing import StandingWords, load_standing_words
from rasid.knowledge.vocabulary import load_vocabulary
from rasid.model.standing import Nearness, SourceKind
from rasid.model.tables import Row
from rasid.model.values import Polarity
from rasid.weigh.standing.things import is_name

_OF_ACTOR = {
    "monitor": SourceKind.MONITOR,
    "un": SourceKind.UN,
    "media": SourceKind.MEDIA,
    "state": SourceKind.OFFICIAL,
    "state forces": SourceKind.PARTY,
    "armed group": SourceKind.PARTY,
    "coalition": SourceKind.PARTY,
}
_FIGHTING = frozenset({"attacks"})  # families of events: who does these is a party to the conflict
_ATTACKS = 2  # claims that make a voice a party: one may be misread
_UNNAMED = "unnamed"
#: A kind of the list of actors, as it stands in a sentence.
_CALLED = {
    "monitor": "a monitor",
    "un": "a body of the United Nations",
    "media": "a medium",
    "state": "a state or its government",
    "state forces": "the forces of a state",
    "armed group": "an armed group",
    "coalition": "a coalition at war",
    "organisation": "an organisation",
    "person": "a person",
    "people": "a people",
}


def voice_kind(
    name: str, *, fighters: Mapping[str, int], actors_file: Path | None = None
) -> tuple[SourceKind, str]:
    """The kind of source and why. fighters: folded name -> claims by others that it attacked, from `find_fighters`."""
    words = load_standing_words()
    folded = fold_name(name)
    if name == _UNNAMED or folded in words.unnamed:
        return SourceKind.UNNAMED, "No name is given."
    known = load_actors(actors_file).find(name)
    if known is not None:
        kind, why = _of_known(known, actors_file)
        if kind is not SourceKind.UNKNOWN:
            return kind, why
    if fighters.get(folded, 0) >= _ATTACKS:
        return SourceKind.PARTY, f"{fighters[folded]} claims of other voices name it as one that attacked."
    head = name.split()[-1] if name.split() else name
    if head.islower() and fold_name(head) in words.unnamed_heads:
        return SourceKind.UNNAMED, f"Nobody is named: “{head}”."
    return _of_words(name, folded, words, known)


def _of_known(known: KnownName, actors_file: Path | None) -> tuple[SourceKind, str]:
    why = f"The list of actors has it as {_CALLED[known.kind]}."
    if known.kind in _OF_ACTOR:
        return _OF_ACTOR[known.kind], why
    if known.kind == "person":
        actor = load_registry(actors_file).actors.get(known.name)
        for _, other in actor.relations if actor else ():
            held = load_registry(actors_file).actors.get(other)
            if held is not None and held.kind in _OF_ACTOR:
                return _OF_ACTOR[held.kind], f"The list of actors puts the person with {other}."
    return SourceKind.UNKNOWN, why


def _of_words(
    name: str, folded: str, words: StandingWords, known: KnownName | None
) -> tuple[SourceKind, str]:
    if words.ranks.match(folded):
        return SourceKind.PARTY, "The name begins with a military rank."
    for kind, pattern in words.kinds:
        found = pattern.search(folded)
        if found is None or (kind == SourceKind.WITNESS.value and is_name(name)):
            continue
        return SourceKind(kind), f"Its name has the word “{found.group()}”."
    if known is not None:
        return SourceKind.UNKNOWN, f"The list of actors has it as {_CALLED[known.kind]}, and says no more."
    return SourceKind.UNKNOWN, "Neither the list of actors nor its name says what it is."


def find_fighters(claims: Iterable[Row]) -> dict[str, int]:
    """Folded name -> how many claims of other voices say that it attacked somebody."""
    types = load_vocabulary().types
    found: dict[str, int] = {}
    for claim in claims:
        kind = types.get(str(claim["type"]))
        actor, voices = claim["actor"], claim["voices"]
        if kind is None or kind.family not in _FIGHTING or not isinstance(actor, dict):
            continue
        assert isinstance(voices, list)
        name = str(actor["name"] or actor["text"] or "")
        if not is_name(name) or name == voices[-1] or claim["polarity"] != Polarity.AFFIRMED.value:
            continue
        found[fold_name(name)] = found.get(fold_name(name), 0) + 1
    return found


def voice_nearness(
    kind: SourceKind, quotes: Sequence[str], *, heard: Sequence[str], passed_on: int
) -> tuple[Nearness, str]:
    """How near to the event a voice says to be.

    quotes:    the words of the claims it makes itself
    heard:     the words of claims that it was told directly
    passed_on: how many claims of others it passes on
    """
    if kind is SourceKind.UNNAMED:
        return Nearness.UNKNOWN, "Nobody is named who could have been near."
    words, own = load_standing_words(), len(quotes)
    for nearness, pattern, held, says in (
        (Nearness.SAW, words.saw, quotes, "says that it was there"),
        (Nearness.OWN, words.gathered, quotes, "says that it gathered this"),
        (Nearness.OWN, words.heard, heard, "was told itself"),
    ):
        found = [hit.group() for quote in held if (hit := pattern.search(fold_name(quote)))]
        if found:
            times = f", in {len(found)} claims" if len(found) > 1 else ""
            return nearness, f"It {says}: “{found[0]}”{times}."
    if kind is SourceKind.WITNESS and own:
        return Nearness.SAW, "It is brought in as somebody who was there; its own words do not say so."
    if passed_on and not own:
        return Nearness.PASSES_ON, "All its claims are those of others."
    if passed_on >= max(own, 1):
        return Nearness.CITES, f"{passed_on} of its {own + passed_on} claims are those of others."
    return Nearness.UNKNOWN, "It does not say how it knows."
