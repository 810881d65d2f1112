"""The name of a voice: "Karim Odeh, a spokesman for the Rivers Front" -> "Karim Odeh"; "he" -> who he is, if sure.

A pronoun is resolved to the last voice (else the last named subject) of the same kind within a few sentences, and
only if no other of that kind stands in between; else the words stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rasid.extract.syntax import Sentence
from rasid.extract.voices.drafts import Draft

UNNAMED = "unnamed"
AUTHOR = "author"
_ONE = frozenset({"he", "she", "him", "her", "his"})
_GROUP = frozenset({"it", "they", "its", "their", "them"})
_SELF = frozenset({"i", "we", "my", "our", "me", "us"})
_REACH = 3  # sentences a pronoun may look back
_PART_OF = frozenset({"one", "some", "many", "most", "several", "two", "three", "half", "both"})
_PHRASE_GLUE = frozenset(
    {"compound", "amod", "flat", "nummod", "nmod:poss", "case", "fixed", "goeswith", "det"}
)


@dataclass(slots=True)
class _Known:
    """A voice seen so far. one: a single person; sentence: where last seen."""

    name: str
    one: bool
    sentence: int


@dataclass(slots=True)
class Speakers:
    """The voices seen so far in one document, most recent last.

    persons: common nouns that name one person ("spokesman")
    """

    persons: frozenset[str] = frozenset()
    seen: list[_Known] = field(default_factory=list)


def name_speaker(
    draft: Draft, sentences: Sequence[Sentence], *, speakers: Speakers, around: str | None
) -> tuple[str, bool]:
    """The name of the voice of this draft and whether it is the author's own.

    around: the speaker of the quote that the draft lies in, whose "I" it is
    """
    s = sentences[draft.sentence]
    if draft.source is None or draft.head is None:
        return UNNAMED, False
    word = s.lower[draft.head]
    if word in _SELF and s.pos[draft.head] in {"PRON", "DET"}:
        return (around, False) if around is not None else (AUTHOR, True)
    if word in _ONE | _GROUP and s.pos[draft.head] in {"PRON", "DET"}:
        known = _resolve(draft, sentences, speakers)
        return (known or s.words[draft.head], False)
    name = _text(s, *draft.source) if draft.whole else short_name(s, draft.head, draft.source)
    _remember(speakers, _Known(name, _is_one(s, draft.head, speakers.persons), draft.sentence))
    return name, False


def short_name(s: Sentence, head: int, span: tuple[int, int]) -> str:
    """The personal name in the phrase if it names the head, else the head with the words close to it."""
    for first, after, label in s.entities:
        if first <= head < after:
            titled = (
                after - first == 1 and label == "PERSON" and first > span[0] and s.pos[first - 1] == "PROPN"
            )
            return _text(s, first - titled, after - 1)  # "General Barq": a surname keeps its title
        if label == "PERSON" and span[0] <= first and after - 1 <= span[1] and _names(s, head, first, after):
            return _text(s, first, after - 1)
    if s.lower[head] in _PART_OF and s.lower[head + 1 : head + 2] == ["of"]:
        whole = next((c for c in s.all_children(head, "nmod") if head < c <= span[1]), None)
        return _text(s, span[0], whole if whole is not None else head)
    first = last = head
    while first > 0 and _belongs(s, first - 1, first, head):
        first -= 2 if s.tags[first - 1] == "POS" and first > 1 else 1
    while (
        last + 1 < len(s)
        and s.deps[last + 1] in {"flat", "goeswith"}
        and s.heads[last + 1] in range(first, last + 1)
    ):
        last += 1
    return _text(s, first, _with_of(s, head, last))


def _belongs(s: Sentence, i: int, first: int, head: int) -> bool:
    """Does the token before the name so far belong to it ("police" chief, the governor "'s" office)?"""
    if s.tags[i] == "POS":
        return i > 0 and first <= s.heads[i - 1] <= head
    return s.deps[i] in _PHRASE_GLUE and first <= s.heads[i] <= head and s.deps[i] != "case"


def _names(s: Sentence, head: int, first: int, after: int) -> bool:
    """Does the person named at [first, after) stand beside the head as its name ("Commander Karim Odeh")?"""
    at = next((i for i in range(first, after) if not first <= s.heads[i] < after), first)
    return (
        (s.heads[at] == head and s.deps[at] in {"appos", "flat", "compound"})
        or (first == head + 1 and s.deps[at] not in {"nmod", "nmod:poss"})
        or (first == head + 2 and s.words[head + 1] == "," and s.pos[head] == "NOUN")
    )


def _with_of(s: Sentence, head: int, last: int) -> int:
    """Keep "of Defence" with "Ministry"."""
    if last + 2 < len(s) and s.lower[last + 1] in {"of", "for"} and s.pos[head] == "PROPN":
        child = next((c for c in s.all_children(head, "nmod") if c > last), None)
        if child is not None and child - last < 5:
            return child
    return last


def _text(s: Sentence, first: int, last: int) -> str:
    """The words of the kept text without article, title of address and possessive mark."""
    while first < last and s.lower[first] in {"the", "a", "an", "mr.", "mrs.", "ms.", "mr", "mrs", "ms"}:
        first += 1
    while last > first and s.words[last] in {"'s", "’s", ",", "'", "’"}:
        last -= 1
    return " ".join(s.words_between(s.starts[first], s.ends[last]).split())


def _is_one(s: Sentence, head: int, persons: frozenset[str]) -> bool:
    """A single person, by entity label or by role."""
    return s.labels[head] == "PERSON" or s.lower[head] in persons


def _remember(speakers: Speakers, known: _Known) -> None:
    """Put the voice last; a surname alone is the person named in full before."""
    for old in speakers.seen:
        if known.one and old.one and known.name != old.name and old.name.split()[-1:] == known.name.split():
            known.name = old.name
    speakers.seen.append(known)


def _resolve(draft: Draft, sentences: Sequence[Sentence], speakers: Speakers) -> str | None:
    """Who a pronoun is, or None if that is not sure."""
    s = sentences[draft.sentence]
    assert draft.head is not None
    one = s.lower[draft.head] in _ONE
    near = [k for k in speakers.seen if draft.sentence - k.sentence <= _REACH and k.one == one]
    named = _subjects_before(draft, sentences, one=one)
    candidates = {k.name for k in near}
    if not near:
        return named[-1] if len(set(named)) == 1 and len(_persons_near(draft, sentences)) < 2 else None
    last = near[-1]
    between = [n for n in named if not _same_person(n, last.name) and n not in candidates]
    if (
        len(candidates) > 1
        and near[-1].sentence != draft.sentence
        and near[-1].sentence != draft.sentence - 1
    ):
        return None
    return None if between else last.name


def _persons_near(draft: Draft, sentences: Sequence[Sentence]) -> set[str]:
    """The last names of everybody named in the sentence before and in this one up to the pronoun."""
    near = sentences[max(0, draft.sentence - 1) : draft.sentence + 1]
    stop = sentences[draft.sentence].starts[draft.head or 0]
    return {
        s.words[after - 1]
        for s in near
        for first, after, label in s.entities
        if label == "PERSON" and s.starts[first] < stop
    }


def _same_person(a: str, b: str) -> bool:
    """Equal, or one is the last part of the other."""
    return a == b or a.split()[-1] == b.split()[-1]


def _subjects_before(draft: Draft, sentences: Sequence[Sentence], *, one: bool) -> list[str]:
    """Named subjects in this sentence before the pronoun and in the two sentences before."""
    found: list[str] = []
    wanted = {"PERSON"} if one else {"ORG", "NORP"}
    for number in range(max(0, draft.sentence - 1), draft.sentence + 1):
        s = sentences[number]
        stop = draft.head if number == draft.sentence and draft.head is not None else len(s)
        for first, after, label in s.entities:
            if any(a <= s.starts[first] < b for a, b in draft.contents):
                continue  # "X has fallen, they say": what is said does not say it
            if (
                label in wanted
                and after <= stop
                and (first == 0 or any(s.deps[i].startswith("nsubj") for i in range(first, after)))
            ):
                found.append(_text(s, first, after - 1))
    return found
