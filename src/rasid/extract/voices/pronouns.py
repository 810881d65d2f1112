"""Who "he", "it" or "they" is that says something: only where one voice can be meant.

First the voice that spoke last in its own right (not within somebody's words), unless another person has come in since.
Else the one person of the sentence and the two before it. Where two could be meant it stays open: a wrong name is
worse than none. Sentences that were left out before parsing may name anybody, so nothing is looked for across them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rasid.extract.syntax import Sentence
from rasid.knowledge.voices import VoiceWords

HE_OR_SHE = frozenset({"he", "she", "him", "her", "his"})
GROUP = frozenset({"it", "they", "its", "their", "them"})
_MANY = frozenset({"they", "their", "them"})
_SHE = frozenset({"she", "her"})
_POSSESSIVES = frozenset({"his", "her"})
_DEFINITE = frozenset({"the", "this", "his", "her", "their", "our", "my"})
_REACH = 2  # sentences back
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "root")


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice heard before.

    kind:     "one" person, "many" (a plural), or a "body"
    sentence: index in the list of sentences
    own:      it spoke in its own right, not within what somebody else says
    """

    name: str
    kind: str
    sentence: int
    own: bool


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    head: int
    female: bool | None
    subject: bool
    meant: bool = True  # a name or "the mayor"; "a woman" may be anybody


def who_speaks(
    at: int,
    pronoun: int,
    sentences: Sequence[Sentence],
    *,
    heard: Sequence[Voice],
    said: Sequence[tuple[int, int]],
    words: VoiceWords,
) -> str | None:
    """The name of the voice that a pronoun stands for, or None if more than one or nobody could be meant.

    at:    index of its sentence; pronoun: its token there
    heard: the voices before it, in order
    said:  what the pronoun says and what is said before, in offsets: who is named in there does not speak
    """
    s = sentences[at]
    word = s.lower[pronoun]
    first = _first_within_reach(at, sentences)
    if word in HE_OR_SHE:
        return _one_person(at, pronoun, sentences, first=first, heard=heard, said=said, words=words)
    kinds = {"many", "body"} if word in _MANY else {"body"}
    near = [v for v in heard if v.sentence >= first and v.kind in kinds]
    own = [v for v in near if v.own]
    if (
        own
        and own[-1].sentence >= at - 1
        and len({v.name for v in own if v.sentence == own[-1].sentence}) == 1
    ):
        return own[-1].name
    bodies = _bodies(sentences, at, pronoun, first=first, said=said) if word not in _MANY else set()
    names = {v.name for v in near} | bodies
    if not names and word == "it":
        names = _body_before(at, sentences, words) if first < at else set()
    return next(iter(names)) if len(names) == 1 else None


def _body_before(at: int, sentences: Sequence[Sentence], words: VoiceWords) -> set[str]:
    """ "The panel heard witnesses. It finds that ...": the body that the sentence before is about."""
    s = sentences[at - 1]
    found = set()
    for i in range(len(s)):
        det = s.child(i, "det")
        definite = det is not None and s.lower[det] == "the" and s.tags[i] in {"NN", "NNP"}
        if (
            definite
            and s.lower[i] in words.speakers - words.persons
            and s.deps[i].startswith(("nsubj", "root"))
        ):
            found.add(s.words[i])
    return found


def is_the_sayer(pronoun: int, s: Sentence, outer: Voice, words: VoiceWords) -> bool:
    """In "X said he agreed": is "he" X? Yes, if of its kind and nobody else of that kind is named before it."""
    word = s.lower[pronoun]
    if word in HE_OR_SHE:
        female = word in _SHE
        others = [p for p in _persons(s, pronoun, words) if not is_same_person(p.name, outer.name)]
        return outer.kind == "one" and not others and _fits(outer.name, female, words)
    if outer.kind not in ({"many", "body"} if word in _MANY else {"body"}):
        return False
    return not any(label == "ORG" and b <= pronoun and s.words_between(s.starts[a], s.ends[b - 1]) not in outer.name
                   for a, b, label in s.entities) and s.tags[max(0, pronoun - 1)] != "NNS"  # fmt: skip


def _first_within_reach(at: int, sentences: Sequence[Sentence]) -> int:
    """The first sentence that may be looked at: two back, and none before a passage that was left out."""
    first = at
    while first > 0 and at - first < _REACH and sentences[first].index - sentences[first - 1].index < 2:
        first -= 1
    return first


def _one_person(
    at: int,
    pronoun: int,
    sentences: Sequence[Sentence],
    *,
    first: int,
    heard: Sequence[Voice],
    said: Sequence[tuple[int, int]],
    words: VoiceWords,
) -> str | None:
    """ "he" and "she": the last person who spoke, if nobody else came in; else the only person near."""
    female = sentences[at].lower[pronoun] in _SHE
    people: dict[int, list[_Person]] = {}
    others: set[str] = set()  # of the other sex: "Rana Zein said that her brother ... He said"
    for number in range(first, at + 1):
        stop = pronoun if number == at else len(sentences[number])
        near = [p for p in _persons(sentences[number], stop, words) if p.name]
        people[number] = [p for p in near if p.female in (None, female)]
        others |= {_last_word(p.name) for p in near if p.female not in (None, female)}
    last = next((v for v in reversed(heard) if v.own and v.kind == "one" and v.sentence >= first), None)
    if last is not None:
        speakers = {v.name for v in heard if v.own and v.kind == "one" and v.sentence == last.sentence}
        since = [
            p
            for number in range(last.sentence, at + 1)
            for p in people[number]
            if p.subject
            and not _within(sentences[number].starts[p.head], said)
            and not is_same_person(p.name, last.name)
        ]
        fits = _fits(last.name, female, words) and _last_word(last.name) not in others
        if len({_last_word(n) for n in speakers}) == 1 and not since and fits:
            return last.name
        return None
    meant = [
        p
        for number, held in people.items()
        for p in held
        if not (number == at and _within(sentences[number].starts[p.head], said))
    ]
    names = _distinct(p.name for p in meant)
    return names[0] if len(names) == 1 and meant[0].meant else None


def _fits(name: str, female: bool, words: VoiceWords) -> bool:
    """Does no word of the name say that this is a woman, or a man?"""
    return _gender(name.casefold().split(), words) in (None, female)


def _persons(s: Sentence, stop: int, words: VoiceWords) -> Iterator[_Person]:
    """Named people and roles ("the mayor") before token `stop`; "the mayor, Adib Sarraf" is one."""
    named = [(a, b) for a, b, label in s.entities if label == "PERSON" and b <= stop]
    covered = {i for a, b in named for i in range(a, b)}
    owners = _possessors(s, named, stop)
    for a, b in named:
        head = next((i for i in range(b - 1, a - 1, -1) if not a <= s.heads[i] < b), b - 1)
        after = range(b + 1, min(b + 4, stop)) if b < stop and s.words[b] == "," else range(0)
        around = [*s.lower[max(0, a - 3) : a], *(s.lower[i] for i in after)]
        female = owners.get(a, _gender([w.rstrip(".") for w in around], words))
        yield _Person(s.words_between(s.starts[a], s.ends[b - 1]), head, female, _is_subject(s, head))
    for i in range(stop):
        beside = any(s.pos[c] == "PROPN" and c > i for c in s.all_children(i, "appos"))
        predicate = s.child(i, "cop") is not None and s.child(i, "nsubj") is not None
        if (
            i in covered
            or beside
            or _named_after_comma(s, i, named)
            or predicate  # "my cousin is a nurse": one person
            or s.lower[i] not in words.persons
            or s.pos[i] not in {"NOUN", "PROPN"}
            or s.tags[i] == "NNS"
        ):
            continue
        apart = (
            s.pos[i + 1 : i + 2] == ["ADP"] and s.lower[i + 1] == "for"
        )  # "a representative for Adib Sarraf"
        beside_name = not covered.isdisjoint(s.subtree(i)) or bool({i + 1, i + 2, i - 2} & covered)
        if s.heads[i] in covered or (beside_name and not apart):
            continue  # the role of somebody who is named beside it
        det = s.child(i, "det", "nmod:poss")
        meant = det is not None and s.lower[det] in _DEFINITE
        yield _Person(s.words[i], i, _gender([s.lower[i]], words), _is_subject(s, i), meant)


def _named_after_comma(s: Sentence, i: int, named: Sequence[tuple[int, int]]) -> bool:
    """ "The police commander of Kelan, Colonel Adib Sarraf, said": the office of somebody named."""
    comma = next((k for k in range(i + 1, min(i + 6, len(s))) if s.words[k] == ","), None)
    if comma is None or any(s.pos[k] in {"VERB", "AUX", "PRON"} for k in range(i + 1, comma)):
        return False
    return any(comma < a <= comma + 3 and b < len(s) and s.words[b] == "," for a, b in named)


def _possessors(s: Sentence, named: Sequence[tuple[int, int]], stop: int) -> dict[int, bool]:
    """ "Rana Zein lost her brother": the one person before "her" is a woman. First token of the name -> female."""
    known: dict[int, bool] = {}
    for i in range(stop):
        if s.lower[i] in _POSSESSIVES and s.deps[i] == "nmod:poss":
            before = [(a, b) for a, b in named if b <= i and not (b == i - 1 and s.words[b] == ",")]
            if len(before) == 1:
                known[before[0][0]] = s.lower[i] == "her"
    return known


def _gender(roles: Sequence[str], words: VoiceWords) -> bool | None:
    """True for a woman, False for a man, None where the words do not say."""
    if not words.women.isdisjoint(roles):
        return True
    return False if not words.men.isdisjoint(roles) else None


def _is_subject(s: Sentence, head: int) -> bool:
    """A subject, or one of several ("X and Y")."""
    while s.deps[head] in {"conj", "appos", "flat"} and s.heads[head] != head:
        head = s.heads[head]
    return s.deps[head].startswith(_SUBJECTS)


def _bodies(
    sentences: Sequence[Sentence], at: int, pronoun: int, *, first: int, said: Sequence[tuple[int, int]]
) -> set[str]:
    """Named organisations that are subjects before an "it"."""
    found = set()
    for number in range(first, at + 1):
        s = sentences[number]
        stop = pronoun if number == at else len(s)
        for a, b, label in s.entities:
            head = next((i for i in range(b - 1, a - 1, -1) if not a <= s.heads[i] < b), b - 1)
            if label == "ORG" and b <= stop and _is_subject(s, head) and not _within(s.starts[a], said):
                found.add(s.words_between(s.starts[a], s.ends[b - 1]))
    return found


def _within(place: int, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in stretches)


def _distinct(names: Iterator[str]) -> list[str]:
    """The people, a surname alone with the full name before it."""
    held: list[str] = []
    for name in names:
        if not any(is_same_person(name, other) for other in held):
            held.append(name)
    return held


def is_same_person(a: str, b: str) -> bool:
    """Equal, or one is the last part of the other."""
    return a == b or _last_word(a) == _last_word(b)


def _last_word(name: str) -> str:
    return name.split()[-1].casefold() if name.split() else ""
