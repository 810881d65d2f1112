"""What a text says about a claim, as words: cues by family, near synonyms, opposites, how common a stem is.

In: knowledge/stance_words.yaml, the event vocabulary, stance_idf.tsv.gz (training/stances.py). Out: `StanceWords`.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from rasid.knowledge.data_files import parse_yaml
from rasid.knowledge.vocabulary import load_vocabulary

IDF_FILE = "stance_idf.tsv.gz"
HEAD_FILE = "argument_head.tsv.gz"
VALENCE = "valence:"  # before the words of the valence list in HEAD_FILE
GAP = "~"  # up to three words may stand here
MAX_TYPES = 3  # a word of more event types than this is too vague to be a synonym of anything


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase: alternatives for each word in turn, GAP for a gap; an alternative that ends in * fits any ending."""

    family: str
    parts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class StanceWords:
    """All of it.

    cues:     first word -> cues; starts: the same for first words that end in *, by their first three letters
    groups:   word -> ids of the groups of synonyms it is in; an event type is such a group too
    pairs:    two words in a row -> the same
    opposite: word -> words of which one in the other text speaks against it
    excludes: event type -> types that cannot hold at the same time
    speakers: who may stand before a colon
    privative: words of a claim that say something is missing
    turning:  words that make a claim one against something
    reversing: words after which a word counts the other way round
    idf:      stem -> log2 of how rare it is
    rarest:   the value of a stem that is not there
    """

    cues: Mapping[str, tuple[Cue, ...]]
    starts: Mapping[str, tuple[tuple[str, Cue], ...]]
    groups: Mapping[str, frozenset[str]]
    pairs: Mapping[tuple[str, str], frozenset[str]]
    opposite: Mapping[str, frozenset[str]]
    excludes: Mapping[str, frozenset[str]]
    stop: frozenset[str]
    speakers: frozenset[str]
    turning: frozenset[str]
    privative: frozenset[str]
    reversing: frozenset[str]
    idf: Mapping[str, float]
    rarest: float


@lru_cache(maxsize=1)
def load_stance_words() -> StanceWords:
    """Read the words that ship with the package."""
    raw = _raw()
    cues, starts = _cues(raw)
    groups, pairs = _groups(raw["synonyms"])
    idf = _idf()
    return StanceWords(
        cues=cues,
        starts=starts,
        groups=groups,
        pairs=pairs,
        opposite=_opposites(raw["antonyms"]),
        excludes=_excludes(),
        stop=frozenset(raw["stop"].split()),
        speakers=frozenset(raw["speakers"].split()),
        turning=frozenset(raw["turning"].split()),
        privative=frozenset(raw["privative"].split()),
        reversing=frozenset(raw["reversing"].split()),
        idf=idf,
        rarest=max(idf.values()) + 1.0,
    )


def load_head(path: Path | None = None) -> Mapping[str, float]:
    """What training left for arguments: feature -> weight, and VALENCE + word -> how good or bad the word sounds."""
    packed = path.read_bytes() if path else (resources.files("rasid.knowledge") / HEAD_FILE).read_bytes()
    return _numbers(packed)


def load_irregular() -> Iterator[tuple[str, str]]:
    """Irregular forms of verbs and what stands for them: ("caught", "catch")."""
    text = (resources.files("rasid.knowledge") / "events" / "_grammar.yaml").read_text("utf-8")
    for lemma, told in parse_yaml(text)["irregular"].items():
        for form in told.replace("/", " ").split():
            if form != lemma and form not in {"found", "left", "saw", "lay", "felt", "bore"}:
                yield form, lemma


def _raw() -> Any:
    return parse_yaml((resources.files("rasid.knowledge") / "stance_words.yaml").read_text("utf-8"))


def _cues(raw: Any) -> tuple[dict[str, tuple[Cue, ...]], dict[str, tuple[tuple[str, Cue], ...]]]:
    """Every cue under each word it can begin with; long phrases first."""
    listed = [(family, line) for family, lines in raw["cues"].items() for line in lines]
    listed += [("negates", raw["negations"])] + [("shields", line) for line in raw["shields"]]
    exact: dict[str, list[Cue]] = {}
    begun: dict[str, list[tuple[str, Cue]]] = {}
    for family, line in listed:
        for phrase in _phrases(line):
            cue = Cue(family, tuple(tuple(part.split("|")) for part in phrase.split()))
            for word in cue.parts[0]:
                if word.endswith("*"):
                    begun.setdefault(word[:3], []).append((word[:-1], cue))
                else:
                    exact.setdefault(word, []).append(cue)
    return (
        {word: tuple(sorted(found, key=lambda c: -len(c.parts))) for word, found in exact.items()},
        {word: tuple(found) for word, found in begun.items()},
    )


def _phrases(line: str) -> list[str]:
    return [phrase.strip() for phrase in line.split(",") if phrase.strip()]


def _groups(lines: list[str]) -> tuple[dict[str, frozenset[str]], dict[tuple[str, str], frozenset[str]]]:
    """Synonyms of everyday, then words of one event type."""
    groups: dict[str, set[str]] = {}
    pairs: dict[tuple[str, str], set[str]] = {}
    for number, line in enumerate(lines):
        for phrase in _phrases(line):
            words = phrase.split()
            if len(words) == 1:
                groups.setdefault(phrase, set()).add(f"near{number}")
            elif len(words) == 2:
                pairs.setdefault((words[0], words[1]), set()).add(f"near{number}")
    for word, types in _event_words():
        groups.setdefault(word, set()).update(types)
    return (
        {word: frozenset(found) for word, found in groups.items()},
        {words: frozenset(found) for words, found in pairs.items()},
    )


def _event_words() -> Iterator[tuple[str, set[str]]]:
    """Forms that are an event by themselves, with their types and what these entail."""
    vocabulary = load_vocabulary()
    for form, uses in vocabulary.uses.items():
        types: set[str] = set()
        for use in uses:
            if not (use.entry.after or use.entry.before or use.entry.only):
                types |= {use.entry.type, *vocabulary.types[use.entry.type].entails}
        if types and len(types) <= MAX_TYPES and " " not in form:
            yield form, types


def _opposites(lines: list[list[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for left, right in lines:
        for one, other in ((left, right), (right, left)):
            for word in one.split():
                found.setdefault(word, set()).update(other.split())
    return {word: frozenset(others) for word, others in found.items()}


def _excludes() -> dict[str, frozenset[str]]:
    """Both ways: a party that is present is not defeated, one that is defeated is not present."""
    found: dict[str, set[str]] = {}
    for event in load_vocabulary().types.values():
        for other in event.excludes:
            found.setdefault(event.id, set()).add(other.type)
            found.setdefault(other.type, set()).add(event.id)
    return {one: frozenset(others) for one, others in found.items()}


def _idf() -> dict[str, float]:
    return _numbers((resources.files("rasid.knowledge") / IDF_FILE).read_bytes())


def _numbers(packed: bytes) -> dict[str, float]:
    """Lines of "name TAB number", gzipped."""
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    return {name: float(value) for name, value in (line.split("\t") for line in lines)}
