"""Pronouns and "this defeat": what they stand for, when only one thing is possible.

A small set of rules that stay silent when unsure. A pronoun is given a name only if exactly one candidate of
its kind stands in the same sentence before it or in the two sentences before; a repeated event noun ("its
defeat", "this defeat") takes the role that the same event had there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rasid.extract.found import EventFound, Stretch
from rasid.extract.names import NamedSpan
from rasid.extract.syntax import Sentence

REACH_SENTENCES = 2  # how far back a name may stand; further is guessing
REACH_EVENTS = 3  # an event noun repeats over a slightly longer distance

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_GROUP_NOUNS = frozenset(
    {"group", "organisation", "organization", "militia", "movement", "faction", "militants"}
)
_POINTING = frozenset({"this", "that", "the", "its", "their", "his", "her", "these", "those"})
_GROUP_KINDS = frozenset({"armed group", "state forces", "coalition"})
_PRONOUNS = _HE | _SHE | _IT | _THEY


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that a later pronoun may stand for."""

    name: str
    label: str
    kind: str | None  # kind of a known actor
    sentence: int
    token: int
    is_subject: bool


@dataclass(frozen=True, slots=True)
class ReadEvent:
    """An event with the names that its pronouns stand for."""

    event: EventFound
    actor_name: str | None = None
    target_name: str | None = None
    target: Stretch | None = None  # the event's own target, or the words that stand for it
    target_said: str | None = None  # the words of its own target


class References:
    """The names and events of one document so far. Feed sentences in order."""

    def __init__(self) -> None:
        self._candidates: list[Candidate] = []
        self._events: list[tuple[int, ReadEvent]] = []
        self._at = -1

    def read(
        self, sentence: Sentence, events: Sequence[EventFound], known: Sequence[NamedSpan]
    ) -> list[ReadEvent]:
        """Resolve what can be resolved in the events of the next sentence."""
        self._at += 1
        self._candidates = [c for c in self._candidates if self._at - c.sentence <= REACH_SENTENCES]
        self._candidates += _candidates(sentence, known, self._at)
        self._events = [(at, e) for at, e in self._events if self._at - at <= REACH_EVENTS]
        resolved = [self._resolve(sentence, event) for event in events]
        self._events += [(self._at, e) for e in resolved]
        return resolved

    def name_of(self, sentence: Sentence, i: int) -> str | None:
        """The name that the pronoun or group noun at token `i` stands for, or None."""
        word = sentence.lower[i]
        if word in _HE | _SHE:
            return self._only([c for c in self._before(i) if c.label == "PERSON"])
        if word in _IT and sentence.deps[i] != "expl":
            return self._only([c for c in self._before(i) if c.label == "ORG"])
        if word in _THEY:
            return self._only([c for c in self._before(i) if c.label == "NORP" or c.kind in _GROUP_KINDS])
        if word in _GROUP_NOUNS and _determiner(sentence, i) in _POINTING:
            return self._only([c for c in self._before(i) if c.kind == "armed group"])
        return None

    def _resolve(self, sentence: Sentence, event: EventFound) -> ReadEvent:
        actor = self._role(sentence, event.actor)
        target = self._role(sentence, event.target)
        where = event.target
        said = None if where is None else sentence.words_between(where.start, where.end)
        found = ReadEvent(event, actor, target, event.target, said)
        pointing = _pointing_word(sentence, event)
        if pointing is None or (event.target is not None and not _is_pronoun(sentence, event.target)):
            return found
        earlier = {e.target_name or e.target_said for _, e in self._events if e.event.type == event.type} - {
            None
        }
        if len(earlier) != 1:
            return found
        word = Stretch(pointing, pointing, sentence.starts[pointing], sentence.ends[pointing])
        return replace(found, target_name=next(iter(earlier)), target=where or word)

    def _role(self, sentence: Sentence, role: Stretch | None) -> str | None:
        if role is None:
            return None
        head = _head(sentence, role)
        if role.first != role.last and sentence.lower[head] not in _GROUP_NOUNS:
            return None
        return self.name_of(sentence, head)

    def _before(self, i: int) -> list[Candidate]:
        return [c for c in self._candidates if c.sentence < self._at or c.token < i]

    def _only(self, candidates: list[Candidate]) -> str | None:
        """The one name among the candidates; else the one subject of the nearest sentence that has any."""
        names = {c.name for c in candidates}
        if len(names) == 1:
            return names.pop()
        if not candidates:
            return None
        nearest = max(c.sentence for c in candidates)
        subjects = {c.name for c in candidates if c.sentence == nearest and c.is_subject}
        others = {c.name for c in candidates if c.sentence == nearest}
        return subjects.pop() if len(subjects) == 1 and subjects == others else None


def _candidates(sentence: Sentence, known: Sequence[NamedSpan], at: int) -> list[Candidate]:
    by_tokens = {(span.first, span.last): span.known for span in known}
    found = []
    for first, after, label in sentence.entities:
        entry = by_tokens.get((first, after - 1))
        written = sentence.words_between(sentence.starts[first], sentence.ends[after - 1])
        head = _head(sentence, Stretch(first, after - 1, 0, 0))
        found.append(
            Candidate(
                name=entry.name if entry else written,
                label=label,
                kind=entry.kind if entry else None,
                sentence=at,
                token=first,
                is_subject=sentence.deps[head].startswith("nsubj"),
            )
        )
    return found


def _head(sentence: Sentence, stretch: Stretch) -> int:
    """The token of the stretch whose head lies outside it."""
    for i in range(stretch.first, stretch.last + 1):
        head = sentence.heads[i]
        if head == i or not stretch.first <= head <= stretch.last:
            return i
    return stretch.last


def _is_pronoun(sentence: Sentence, stretch: Stretch) -> bool:
    return stretch.first == stretch.last and sentence.lower[stretch.first] in _PRONOUNS


def _determiner(sentence: Sentence, i: int) -> str | None:
    child = sentence.child(i, "det", "nmod:poss")
    return sentence.lower[child] if child is not None else None


def _pointing_word(sentence: Sentence, event: EventFound) -> int | None:
    """The "this", "the" or "its" before an event noun, as a token, or None."""
    for noun in range(event.trigger.first, event.trigger.last + 1):
        if sentence.pos[noun] == "NOUN":
            child = sentence.child(noun, "det", "nmod:poss")
            if child is not None and sentence.lower[child] in _POINTING:
                return child
    return None
