"""The lexicon of saying: verbs with the ways they take their content, nouns, adverbs and occasions.

The words lie in `voices.yaml`, which explains itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from rasid.knowledge.data_files import parse_yaml
from rasid.model.values import Status

FRAMES = frozenset(
    {"clause", "infinitive", "object", "addressee", "whole", "subject", "thing", "name", "that"},
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which a verb takes its content.

    frames: see voices.yaml
    denies: what is said is turned round ("denied that")
    """

    status: Status
    frames: frozenset[str]
    denies: bool = False


@dataclass(frozen=True, slots=True)
class SayingNoun:
    """A noun of saying; `preps` are the prepositions its content may follow."""

    status: Status
    preps: frozenset[str]
    denies: bool = False


@dataclass(frozen=True, slots=True)
class VoiceWords:
    """Everything the reader of voices knows about words.

    verbs:  lemma -> its readings in the order of the file
    forms:  written form in small letters -> lemma
    frames: lemma -> the frames of all its readings together
    """

    verbs: dict[str, tuple[Reading, ...]]
    frames: dict[str, frozenset[str]]
    forms: dict[str, str]
    preps: dict[str, frozenset[str]]
    particles: dict[str, str]
    asking: frozenset[str]
    nouns: dict[str, SayingNoun]
    noun_forms: dict[str, str]
    occasions: frozenset[str]
    adverbs: dict[str, Status]
    adjectives: dict[str, Status]
    speakers: frozenset[str]
    authorities: frozenset[str]
    persons: frozenset[str]
    women: frozenset[str]
    men: frozenset[str]
    own_people: frozenset[str]
    own_papers: frozenset[str]
    cues: frozenset[str]  # every written form that can start an attribution

    def reading(self, lemma: str, *frames: str) -> Reading | None:
        """The first reading of this verb that has one of these frames."""
        return next((r for r in self.verbs.get(lemma, ()) if r.frames.intersection(frames)), None)


@dataclass(frozen=True, slots=True)
class IssuerWords:
    """The words by which the first lines of a document name who issues it; explained in voices.yaml."""

    bodies: frozenset[str]
    papers: frozenset[str]
    kinds: frozenset[str]
    offices: tuple[str, ...]  # longest first
    speaks: frozenset[str]
    agencies: frozenset[str]


@lru_cache(maxsize=1)
def load_issuer_words() -> IssuerWords:
    """Read the part of voices.yaml about issuers."""
    raw = _read_file()["issuers"]
    return IssuerWords(
        bodies=frozenset(raw["bodies"].split()),
        papers=frozenset(raw["papers"].split()),
        kinds=frozenset(raw["kinds"].split()),
        offices=tuple(sorted(raw["offices"], key=len, reverse=True)),
        speaks=frozenset(raw["speaks"].split()),
        agencies=frozenset(raw["agencies"].split()),
    )


def _read_file() -> dict[str, Any]:
    read: dict[str, Any] = parse_yaml(
        (resources.files("rasid.knowledge") / "voices.yaml").read_text(encoding="utf-8")
    )
    return read


@lru_cache(maxsize=1)
def load_voice_words() -> VoiceWords:
    """Read voices.yaml.

    raises: ValueError if a group names an unknown status or frame
    """
    raw = _read_file()
    verbs = _read_verbs(raw["verbs"])
    preps = {verb: frozenset(str(line).split()) for verb, line in raw["preps"].items()}
    for verb in preps:
        verbs.setdefault(verb, (Reading(Status.POSSIBLE, frozenset()),))
    forms = {form: verb for verb in verbs for form in _forms(verb, raw["irregular"])}
    nouns = _read_nouns(raw["nouns"])
    noun_forms = {form: noun for noun in nouns for form in (noun, _plural(noun))}
    adverbs = {word: Status(status) for word, status in raw["adverbs"].items()}
    adjectives = {word: Status(status) for word, status in raw["adjectives"].items()}
    return VoiceWords(
        verbs=verbs,
        frames={v: frozenset().union(*(r.frames for r in readings)) for v, readings in verbs.items()},
        forms=forms,
        preps=preps,
        particles={verb: str(word) for verb, word in raw["particles"].items()},
        asking=frozenset(raw["asking"].split()),
        nouns=nouns,
        noun_forms=noun_forms,
        occasions=frozenset(raw["occasions"].split()),
        adverbs=adverbs,
        adjectives=adjectives,
        speakers=frozenset(raw["speakers"].split()),
        authorities=frozenset(raw["authorities"].split()),
        persons=frozenset(f"{raw['persons']} {raw['women']} {raw['men']}".split()),
        women=frozenset(raw["women"].split()),
        men=frozenset(raw["men"].split()),
        own_people=frozenset(raw["own_people"].split()),
        own_papers=frozenset(raw["own_papers"].split()),
        cues=frozenset(forms) | frozenset(noun_forms) | frozenset(adverbs) | frozenset(adjectives),
    )


def _read_verbs(groups: list[dict[str, Any]]) -> dict[str, tuple[Reading, ...]]:
    """Verb -> readings, groups in the order of the file."""
    verbs: dict[str, list[Reading]] = {}
    for group in groups:
        frames = frozenset(group["frames"])
        if unknown := frames - FRAMES:
            raise ValueError(f"voices.yaml: no such frame: {sorted(unknown)}")
        reading = Reading(Status(group["status"]), frames, bool(group.get("denies", False)))
        for word in dict.fromkeys(group["words"].split()):
            verbs.setdefault(word, []).append(reading)
    return {verb: tuple(readings) for verb, readings in verbs.items()}


def _read_nouns(groups: list[dict[str, Any]]) -> dict[str, SayingNoun]:
    """Noun -> how its content stands."""
    return {
        word: SayingNoun(Status(group["status"]), frozenset(group["preps"]), bool(group.get("denies", False)))
        for group in groups
        for word in group["words"].split()
    }


def _forms(verb: str, irregular: dict[str, list[str]]) -> set[str]:
    """The written forms of a verb: third person, -ing, past and participle."""
    if verb in irregular:
        return {verb, *irregular[verb]}
    if verb.endswith("e"):
        return {verb, verb + "s", verb[:-1] + "ing", verb + "d"}
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return {verb, verb[:-1] + "ies", verb + "ing", verb[:-1] + "ied"}
    third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return {verb, third, verb + "ing", verb + "ed"}


def _plural(noun: str) -> str:
    """The plural of a regular noun."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")
