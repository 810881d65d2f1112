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
_GROUPS_DO = frozenset(
    {
        "attack",
        "shelling",
        "bombing",
        "control",
        "territorial_gain",
        "withdrawal",
        "siege",
        "surrender",
        "hiding",
    }
    | {"facility_attack", "killing", "abduction", "claim_of_responsibility", "infiltration", "execution"}
)
_DONE_TO_GROUPS = frozenset({"expulsion", "defeat", "victory"})
_INSTITUTIONS = frozenset(
    "ministry monitor agency committee network centre center court council union university party commission"
    " office bank house organisation organization observatory institute association society foundation republic"
    " kingdom nations court times post news press army police force forces guard government".split()
)
_FORCES = frozenset({"men", "fighters", "forces", "troops", "soldiers", "units", "militants", "gunmen"})
_LONG_NAME = 6  # tokens; a longer role is a coordination or a description
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
    has_the: bool = False  # a name of two words or more with "the" before it


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
        self._armed: set[str] = set()  # names no list knows that stood where only an armed group can
        self._groups: set[str] = set()  # all armed groups named in the document so far
        self._at = -1
        self._passage = -1

    def read(
        self, sentence: Sentence, events: Sequence[EventFound], known: Sequence[NamedSpan]
    ) -> list[ReadEvent]:
        """Resolve what can be resolved in the events of the next sentence."""
        self._at += 1
        if sentence.index > self._passage + 1:  # a passage between was not parsed: it may name somebody else
            self._candidates, self._events = [], []
        self._passage = sentence.index
        self._candidates = [c for c in self._candidates if self._at - c.sentence <= REACH_SENTENCES]
        new = _candidates(sentence, known, self._at)
        new += _unlisted_groups(sentence, events, new, self._at)
        self._armed |= {
            c.name for c in new if c.kind is None and any(_only_a_group_can(c, event) for event in events)
        }
        self._groups |= {c.name for c in new if c.kind == "armed group"} | self._armed
        self._candidates += [replace(c, kind="armed group") if c.name in self._armed else c for c in new]
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
            return self._only([c for c in self._before(i) if c.label == "ORG" or c.kind == "armed group"])
        if word in _THEY:
            return self._only([c for c in self._before(i) if c.label == "NORP" or c.kind in _GROUP_KINDS])
        if word in _GROUP_NOUNS and _determiner(sentence, i) in _POINTING:
            near = self._only([c for c in self._before(i) if c.kind == "armed group"])
            return near or (next(iter(self._groups)) if len(self._groups) == 1 else None)
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
        called = _called_itself(sentence, role)
        if called is not None:
            return called
        head = _head(sentence, role)
        owner = sentence.child(head, "nmod:poss")
        if (
            sentence.lower[head] in _FORCES
            and owner == role.first
            and sentence.lower[owner] in {"its", "their"}
        ):
            return self.name_of(sentence, owner)
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
        written = written.removeprefix("the ").removeprefix("The ")
        head = _head(sentence, Stretch(first, after - 1, 0, 0))
        inside = sentence.lower[first] == "the"
        the = inside or (first > 0 and sentence.lower[first - 1] == "the")
        before = sentence.lower[first - 1] if first else ""
        if label == "PERSON" and after - first == 1 and before in {"in", "at", "near", "from", "to"}:
            continue  # more likely a place that the recogniser does not know
        found.append(
            Candidate(
                name=entry.name if entry else written,
                label=label,
                kind=entry.kind if entry else None,
                sentence=at,
                token=first,
                is_subject=sentence.deps[head].startswith("nsubj"),
                has_the=the and after - first - inside > 1,
            )
        )
    return found


def _unlisted_groups(
    sentence: Sentence, events: Sequence[EventFound], named: Sequence[Candidate], at: int
) -> list[Candidate]:
    """ "the Grey Banner" as a role of an event where the recogniser saw no name at all."""
    found = []
    for event in events:
        for role in (event.actor, event.target):
            if role is None or role.last - role.first not in {1, 2, 3} or sentence.lower[role.first] != "the":
                continue
            words = range(role.first + 1, role.last + 1)
            taken = any(role.first <= c.token <= role.last for c in named if c.sentence == at)
            if len(words) > 1 and not taken and all(sentence.words[i][0].isupper() for i in words):
                name = sentence.words_between(sentence.starts[role.first + 1], role.end)
                subject = sentence.deps[_head(sentence, role)].startswith("nsubj")
                found.append(Candidate(name, "ORG", None, at, role.first + 1, subject, has_the=True))
    return found


def _called_itself(sentence: Sentence, role: Stretch) -> str | None:
    """ "the organisation that calls itself the Grey Banner": the name."""
    after = sentence.lower[role.last + 1 : role.last + 4]
    if len(after) < 3 or after[0] not in {"that", "which", "who"} or after[2] not in {"itself", "themselves"}:
        return None
    first = role.last + 4 + (sentence.lower[role.last + 4 : role.last + 5] == ["the"])
    last = first
    while last < len(sentence) and sentence.words[last][0].isupper():
        last += 1
    if last == first:
        return None
    return sentence.words_between(sentence.starts[first], sentence.ends[last - 1])


def _only_a_group_can(candidate: Candidate, event: EventFound) -> bool:
    """A name with "the" that attacks, holds or leaves a place, or is driven out or beaten: an armed group.

    Ministries, papers and courts have "the" too, but their names say what they are.
    """
    if not candidate.has_the or not _INSTITUTIONS.isdisjoint(candidate.name.casefold().split()):
        return False
    role = (
        event.actor if event.type in _GROUPS_DO else event.target if event.type in _DONE_TO_GROUPS else None
    )
    return (
        role is not None
        and role.first <= candidate.token <= role.last
        and role.last - role.first < _LONG_NAME
    )


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
