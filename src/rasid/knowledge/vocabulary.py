"""The event vocabulary: which words speak of which event, and who stands where around them.

In: knowledge/events/*.yaml, one file per family (see _grammar.yaml for frames and light verbs, _classes.yaml for
the classes of nouns that guard a sense). Out: `Vocabulary`, keyed by every form a word can take in a text, so that
finding the words of a sentence does not depend on the tagger or the lemmatiser.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from rasid.knowledge.data_files import parse_yaml
from rasid.knowledge.forms import Inflection, listed, noun_forms, verb_forms
from rasid.knowledge.guards import Guard, read_guard
from rasid.model.values import Kind

_BE = frozenset({"is", "are", "was", "were", "be", "been"})
_WHERE = listed("in inside at near around across within outside throughout here there everywhere")


@dataclass(frozen=True, slots=True)
class Slot:
    """One grammatical place of a word and what it holds.

    role:     actor, target, instrument, place, or a name of its own (accuser, topic, source) kept out of claims
    classes:  classes of nouns that may stand there; empty = any
    barred:   with a phrase of these classes there, the word is not this event at all
    required: without a phrase of `classes` the word is not this event
    """

    role: str
    classes: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Another type that cannot hold of the same party at the same time and place.

    wholly: the exclusion is of the whole ("a group that is present is not wholly defeated"); a part may hold
    """

    type: str
    wholly: bool


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event: id as in claims, title for people, codes of other schemes."""

    id: str
    title: str
    kind: Kind
    family: str
    parent: str | None
    codes: Mapping[str, str]
    entails: tuple[str, ...]
    excludes: tuple[Exclusion, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One use of one word.

    word:    "verb", "noun", "adjective", "imperative" or "light" (a verb that hands its subject to a noun)
    before:  words that stand directly before it ("air" of "air strike")
    after:   alternatives of words that follow within a short gap ("fire" of "open fire")
    slots:   place -> slot
    only:    one of these must stand near; unless: none of these may (see guards)
    needs:   one of these roles must be filled, else the word says too little to be an event
    gives:   light verbs: the role of their subject; judged: where polarity is read, "verb" or "noun"
    """

    type: str
    kind: Kind
    word: str
    lemma: str
    slots: Mapping[str, Slot]
    before: tuple[str, ...] = ()
    after: tuple[tuple[str, ...], ...] = ()
    only: Guard | None = None
    unless: Guard | None = None
    needs: frozenset[str] = frozenset()
    gives: str = ""
    judged: str = "verb"


@dataclass(frozen=True, slots=True)
class Use:
    """An entry and the form of it that was met: base, s, past, participle, ing, singular, plural, adjective."""

    entry: Entry
    form: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All families.

    types:   id -> type
    uses:    lower-case form -> uses, in the order they are to be tried
    lights:  lower-case form of a light verb -> uses
    partners: forms that mean nothing alone -> the words of which one must stand in the same sentence
    raising: lemmas of verbs that hand their subject on to the verb below
    degree:  lower-case predicates that say how real a noun is ("partial", "over")
    classes: class -> lower-case words
    """

    types: Mapping[str, EventType]
    uses: Mapping[str, tuple[Use, ...]]
    lights: Mapping[str, tuple[Use, ...]]
    partners: Mapping[str, frozenset[str]]
    raising: frozenset[str]
    degree: frozenset[str]
    classes: Mapping[str, frozenset[str]]

    def may_hold_event(self, words: Collection[str]) -> bool:
        """Could a sentence with these lower-case words speak of an event? Cheap, never a false no.

        A word of the vocabulary (with a further word, if it means nothing alone: "lost" + "control"), or "be"
        with a word that may open a place ("X is in Y").
        """
        for word in self.uses.keys() & words:
            further = self.partners.get(word)
            if further is None or not further.isdisjoint(words):
                return True
        return not _BE.isdisjoint(words) and not _WHERE.isdisjoint(words)

    def lineage(self, type_id: str) -> tuple[str, ...]:
        """The type, its parent, and so on upwards."""
        line = [type_id]
        while (parent := self.types[line[-1]].parent) is not None:
            line.append(parent)
        return tuple(line)


def may_hold_event(words: Collection[str]) -> bool:
    """`Vocabulary.may_hold_event` of the vocabulary that ships with the package."""
    return load_vocabulary().may_hold_event(words)


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Read the families that ship with the package; about 50 ms once, then kept."""
    folder = resources.files("rasid.knowledge") / "events"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    held = {f.name: parse_yaml(f.read_text("utf-8")) for f in files}
    grammar = held.pop("_grammar.yaml")
    classes = held.pop("_classes.yaml")["classes"]
    return _compile(held.values(), grammar, classes)


def _compile(families: Iterable[Any], grammar: Any, told_classes: Any) -> Vocabulary:
    inflection = Inflection.of(grammar["irregular"], words(grammar["doubling"]))
    classes = {
        name: frozenset(_with_plurals(words(listed), inflection)) for name, listed in told_classes.items()
    }
    types: dict[str, EventType] = {}
    entries: list[Entry] = []
    for family in families:
        for type_id, told in family["types"].items():
            types[type_id] = _type(type_id, told, family["family"])
            for item in told["words"]:
                entries.extend(_entries(types[type_id], item, grammar["frames"], classes))
    uses: dict[str, list[Use]] = {}
    for entry in sorted(entries, key=lambda e: (*_rank(e), types[e.type].parent is None)):
        for form, name in _forms(entry, inflection):
            uses.setdefault(form, []).append(Use(entry, name))
    return Vocabulary(
        types=types,
        uses={form: tuple(found) for form, found in uses.items()},
        lights=_lights(grammar["light"], inflection),
        partners=_partners(uses),
        raising=frozenset(words(grammar["raising"])),
        degree=frozenset(words(grammar["degree"])),
        classes=classes,
    )


def _partners(uses: Mapping[str, list[Use]]) -> Mapping[str, frozenset[str]]:
    """For each form that is an event only with other words: all the words that its phrases go on with.

    A phrase is matched by lemma too, so plurals of those words are among them.
    """
    partners: dict[str, frozenset[str]] = {}
    for form, found in uses.items():
        if all(use.entry.after or use.entry.before for use in found):
            nexts = {w for use in found for part in (*use.entry.after, use.entry.before) for w in part}
            partners[form] = frozenset(nexts | {plural for w in nexts for plural, _ in noun_forms(w)})
    return partners


def words(listed: str) -> list[str]:
    """The members of a comma-separated list."""
    return [word.strip() for word in listed.split(",") if word.strip()]


def _type(type_id: str, told: Any, family: str) -> EventType:
    excluded = (x if isinstance(x, dict) else {"type": x} for x in told.get("excludes", ()))
    return EventType(
        id=type_id,
        title=told["title"],
        kind=Kind(told["kind"]),
        family=family,
        parent=told.get("parent"),
        codes=told.get("codes", {}),
        entails=tuple(told.get("entails", ())),
        excludes=tuple(Exclusion(x["type"], x.get("wholly", True)) for x in excluded),
    )


_WORDS = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective", "imperatives": "imperative"}


def _entries(
    of: EventType, item: Any, frames: Mapping[str, str], classes: Mapping[str, frozenset[str]]
) -> Iterator[Entry]:
    """One entry per word of one line of a family file."""
    frame = item.get("frame", "")
    slots = _slots(frames.get(frame, frame) + " " + item.get("also", ""))
    after = tuple(tuple(part.split("|")) for part in item.get("phrase", "").split())
    only = read_guard(words(item.get("only", "")), classes)
    unless = read_guard(words(item.get("unless", "")), classes)
    needs = frozenset(words(item.get("needs", "")))
    for key, word in _WORDS.items():
        for written in words(item.get(key, "")):
            for spelling in {written, written.replace("-", " ")}:
                before, lemma, rest = _parts(spelling, word)
                parts = (*((w,) for w in rest), *after)
                yield Entry(of.id, of.kind, word, lemma, slots, before, parts, only, unless, needs)


_JOINING = frozenset({"of", "against", "to"})


def _parts(written: str, word: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Words before the one that is inflected, that word, and words after it.

    "air strike" is inflected at its end, "crime against humanity" and "set ablaze" at their start.
    """
    first, *rest = written.split()
    if rest and (word == "noun" or written.startswith(_PREFIXED)) and not _JOINING.intersection(rest):
        return (first, *rest[:-1]), rest[-1], ()
    return (), first, tuple(rest)


# Verbs written with a hyphen whose second part is inflected.
_PREFIXED = ("carpet ", "barrel ", "dive ", "lathi ", "baton ", "cane ", "tear ", "gang ", "ill ", "re ")


@lru_cache(maxsize=1024)
def _slots(written: str) -> Mapping[str, Slot]:
    """`subject=actor object=target:place|~idea!` -> places and their slots."""
    slots: dict[str, Slot] = {}
    for part in written.split():
        place, _, rest = part.partition("=")
        role, _, kinds = rest.rstrip("!").partition(":")
        if role:
            listed = kinds.split("|") if kinds else []
            barred = frozenset(kind[1:] for kind in listed if kind.startswith("~"))
            held = frozenset(kind for kind in listed if not kind.startswith("~"))
            slots[place] = Slot(role, held, barred, rest.endswith("!"))
    return slots


def _rank(entry: Entry) -> tuple[int, int, int]:
    """Most special first: more words, then more conditions."""
    required = sum(slot.required for slot in entry.slots.values())
    return -len(entry.before) - len(entry.after), -bool(entry.only), -required


def _forms(entry: Entry, inflection: Inflection) -> Iterator[tuple[str, str]]:
    match entry.word:
        case "verb" | "light":
            yield from verb_forms(entry.lemma, inflection)
        case "noun":
            yield from noun_forms(entry.lemma)
        case _:
            yield entry.lemma, "base" if entry.word == "imperative" else "adjective"


def _lights(told: Iterable[Any], inflection: Inflection) -> Mapping[str, tuple[Use, ...]]:
    found: dict[str, list[Use]] = {}
    for item in told:
        for written in words(item["verbs"]):
            lemma, *rest = written.split()
            entry = Entry(
                "",
                Kind.EVENT,
                "light",
                lemma,
                {},
                (),
                tuple((w,) for w in rest),
                gives=item["gives"],
                judged=item.get("judged", "verb"),
            )
            for form, name in _forms(entry, inflection):
                found.setdefault(form, []).append(Use(entry, name))
    return {form: tuple(sorted(uses, key=lambda u: -len(u.entry.after))) for form, uses in found.items()}


def _with_plurals(listed: Iterable[str], inflection: Inflection) -> Iterator[str]:
    for word in listed:
        yield word
        yield from (form for form, _ in noun_forms(word))
