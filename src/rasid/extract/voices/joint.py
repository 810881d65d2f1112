"""Who speaks with whom: "the ministry and the network said", "Karim Odeh, a doctor, and Selma Darwish said".

One statement of two is one voice with both names, not two voices: two would count what was said once as two sources.
In: the words of a source. Out: the parts of it that each name somebody; one part where nobody speaks with another.
"""

from __future__ import annotations

from rasid.extract.syntax import Sentence
from rasid.extract.voices.phrases import NOMINAL, head_in

_MAX_PARTS = 3
_AND = frozenset({"and", "&"})
Part = tuple[int, int, int]  # head, first and last token


def joint_parts(s: Sentence, span: tuple[int, int], speakers: frozenset[str]) -> list[Part]:
    """The parts of "A and B", "A, B and C" in their order; empty where the words name one voice alone.

    speakers: common nouns that can be a voice
    """
    first, last = span
    first += s.lower[first] == "both"
    ands = [k for k in range(first + 1, last) if s.lower[k] in _AND and not _in_name(s, k)]
    if not ands:
        return []
    ands = [k for k in ands if _is_between_voices(s, (first, k - 1), (k + 1, last), speakers)]
    if not ands:
        return []
    cuts = [first, *(k + 1 for k in ands)]
    parts = [_part(s, a, _before_and(s, b, a)) for a, b in zip(cuts, [*ands, last + 1], strict=True)]
    listed = [*_listed(s, parts[0]), *parts[1:]]
    return listed if 1 < len(listed) <= _MAX_PARTS else []


def in_words(names: list[str]) -> str:
    """ "A and B"; "A, B and C"."""
    return ", ".join(names[:-1]) + " and " + names[-1]


def with_first_speaker(s: Sentence, first: int, floor: int) -> int:
    """ "The ministry and the network announced", read by word order from its end: where the first name begins."""
    if first - 2 < floor or s.lower[first - 1] not in _AND or s.pos[first - 2] not in {"NOUN", "PROPN"}:
        return first
    before = range(floor, first - 1)
    plain = all(
        s.pos[t] in {"DET", "ADJ", "NOUN", "PROPN", "NUM", "CCONJ"} or s.lower[t] == "of" for t in before
    )
    return floor if plain else first


def _in_name(s: Sentence, k: int) -> bool:
    """ "The Ministry of Women and Children": an "and" within a name."""
    return any(a < k < b - 1 for a, b, _ in s.entities)


def _is_between_voices(
    s: Sentence, left: tuple[int, int], right: tuple[int, int], speakers: frozenset[str]
) -> bool:
    """Two names, two nouns with an article each, or two kinds of people; not two offices of one man."""
    if any(s.pos[t] in {"VERB", "AUX"} and s.tags[t] != "VBN" for t in range(left[0], left[1] + 1)):
        return False
    start = right[0]
    if not any(s.pos[t] in {"NOUN", "PROPN"} for t in range(left[0], left[1] + 1)):
        return False
    if not any(s.pos[t] in {"NOUN", "PROPN"} for t in range(start, right[1] + 1)):
        return False
    if any(s.tags[t] == "POS" for t in range(left[0], right[1] + 1)):
        return False  # "the army and the party's view"
    if "," in s.words[left[0] : left[1] + 1]:
        return _is_listed(s, left, start)
    if s.pos[start] in {"DET", "NUM"} or s.tags[start] in {"PRP$", "CD"}:
        return True
    if any(s.pos[t] == "ADP" for t in range(*left)):
        return False  # "the governors of Marbat and Kelan"
    if _person_at(s, start):
        return True
    if s.pos[left[0]] == "DET" and s.pos[start] == "PROPN":
        return False  # "the Ministry of Health and Education"
    if s.pos[start] == "PROPN":
        return s.pos[left[1]] == "PROPN" or s.tags[left[1]] in {"NNS", "NNPS"}
    behind = head_in(s, start, right[1])
    before = head_in(s, *left)
    many = s.tags[behind] == "NNS" and s.tags[before] in {"NNS", "NNPS"}
    return many or (
        s.lower[behind] in speakers and s.lower[before] in speakers and not _has_person(s, start, right[1])
    )


def _is_listed(s: Sentence, left: tuple[int, int], start: int) -> bool:
    """ "A, a doctor, and B", "A, B and C"; but not "A, a doctor and the editor of the paper": two offices of A."""
    named = s.labels[start] in {"PERSON", "ORG"}
    if s.words[left[1]] == ",":
        return named and any(s.labels[t] for t in range(left[0], left[0] + 3))
    comma = max(t for t in range(left[0], left[1]) if s.words[t] == ",")
    return named and s.labels[comma + 1] in {"PERSON", "ORG"}


def _person_at(s: Sentence, first: int) -> bool:
    """A whole name of a person that begins here."""
    return any(label == "PERSON" and a == first for a, _, label in s.entities)


def _has_person(s: Sentence, first: int, last: int) -> bool:
    """ "Spokesman and commander Karim Odeh": one man with two offices."""
    return any(label == "PERSON" and first <= a <= last for a, _, label in s.entities)


def _before_and(s: Sentence, k: int, first: int) -> int:
    last = k - 1
    while last > first and (s.words[last] == "," or s.pos[last] == "PUNCT"):
        last -= 1
    return last


def _part(s: Sentence, first: int, last: int) -> Part:
    head = head_in(s, first, last)
    outside = [t for t in range(first, last + 1) if not first <= s.heads[t] <= last and s.pos[t] in NOMINAL]
    return (outside[0] if outside else head), first, last


def _listed(s: Sentence, part: Part) -> list[Part]:
    """ "A, B" before "and C": two parts, if what follows the comma is joined to A and no words about A."""
    head, first, last = part
    comma = next((t for t in range(first + 1, last) if s.words[t] == ","), None)
    if comma is None or not any(
        s.deps[t] == "conj" and s.heads[t] == head for t in range(comma + 1, last + 1)
    ):
        return [part]
    return [_part(s, first, comma - 1), _part(s, comma + 1, last)]
