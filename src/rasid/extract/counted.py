"""What a number counts, and whom it is about.

Two ways to the counted noun. By words: the run of adjectives and nouns behind the number, which English keeps
in order whatever the parser thinks. By the parse: the noun that the number hangs on, used to decide where a run
of nouns ends, and to find what a lone number stands for ("23 were killed", "killing 12").

In: a `Sentence`, the tokens of a number, the words of figures.yaml. Out: `Counted`.
"""

from __future__ import annotations

from dataclasses import dataclass

from rasid.extract.bases import PEOPLE, base_of, lemma_of
from rasid.extract.syntax import Sentence
from rasid.knowledge.figures import FigureWords

_NOUN_RUN = 8  # tokens; a longer run of adjectives and nouns behind a number is not one noun phrase
_LOOK_BACK = 14  # tokens between "the death toll" or "the number of wounded" and its number
_INNER = frozenset({"-", "'s", "’s", "and", ",", "or", '"', "“", "”", "'", "/"})
_DETERMINERS = frozenset(
    {"the", "these", "those", "their", "its", "his", "her", "our", "my", "all", "such", "them", "this"}
)
_BE = frozenset(
    {
        "were",
        "was",
        "are",
        "is",
        "have",
        "has",
        "had",
        "been",
        "being",
        "be",
        "also",
        "reportedly",
        "later",
        "still",
        "more",
    }
)
_PRONOUNS = frozenset({"them", "whom", "which", "these", "those", "us", "you"})


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted.

    first, last: the noun phrase; None, None when the number stands alone
    head:        its noun, or the number
    unit, base:  see found.FigureFound
    way:         "words", "parse", or "none"
    """

    first: int | None
    last: int | None
    head: int
    unit: str | None
    base: str | None
    way: str


def counted_after(sentence: Sentence, number: tuple[int, int], words: FigureWords) -> Counted | None:
    """The noun phrase behind the number, or None if the number stands alone."""
    first = _skip_to_noun(sentence, number[1] + 1)
    if first is None:
        return None
    last = _last_noun(sentence, first, words)
    if last is None:
        return None
    if _is_only_a_name(sentence, last, words):
        return None
    return _named(sentence, first, last, words)


def _skip_to_noun(sentence: Sentence, i: int) -> int | None:
    """Past "more", "of", "of the" to where the noun phrase starts."""
    lower, n = sentence.lower, len(sentence)
    while i < n and lower[i] in {
        "more",
        "additional",
        "extra",
        "or",
        "so",
        "-",
        "odd",
        "plus",
        "+",
        "different",
        "such",
    }:
        if lower[i] == "or" and (i + 1 >= n or lower[i + 1] not in {"more", "so", "fewer", "less"}):
            return None
        i += 1 if lower[i] != "or" else 2
    if i < n and lower[i] == "of":
        i += 1
        if (
            i < n
            and lower[i] in _PRONOUNS
            and (i + 1 >= n or lower[i + 1] in _BE or sentence.pos[i + 1] not in {"NOUN", "ADJ"})
        ):
            return None
        while i < n and lower[i] in _DETERMINERS:
            i += 1
        while i < n and sentence.pos[i] == "NUM":  # "three of the 12 men"
            i += 1
    if i + 2 < n and sentence.pos[i] == "NUM" and lower[i + 1] in {"mm", "cm", "-"}:  # "two 120mm shells"
        i += 2 if lower[i + 1] != "-" else 3
    return i if i < n else None


def _last_noun(sentence: Sentence, first: int, words: FigureWords) -> int | None:
    """The last noun of the run that starts at `first`, or a word like "dead" that stands for people."""
    last: int | None = None
    skip_to = first
    for i in range(first, min(first + _NOUN_RUN, len(sentence))):
        if i < skip_to:
            continue
        if (
            _is_acronym(sentence, i, words)
            and last is not None
            and sentence.tags[last] not in {"NNS", "NNPS"}
        ):
            skip_to = i + 3
            continue
        word, kind = sentence.lower[i], _kind(sentence, i, words)
        if kind == "noun":
            if last is not None and _is_full(sentence, last, i, words):
                break
            last = i
        elif kind == "joint" and last is not None and word in {"and", "or"}:
            if not _goes_on(sentence, i, words):
                break
        elif kind in {"joint", "comma"} and last is None and not _between_adjectives(sentence, first, i):
            break
        elif kind == "nominal":
            if last is None and not _noun_follows(sentence, i, words):
                return i
            if last is not None:
                break
        elif kind == "end" or (
            last is not None and kind != "hyphen" and sentence.tags[last] in {"NNS", "NNPS"}
        ):
            break
    return last


def _may_take_a_noun(sentence: Sentence, i: int, words: FigureWords) -> bool:
    """A number above one, then at most an adjective or a noun in the singular."""
    if sentence.tags[i] in {"JJ", "NN"} and i and sentence.lower[i] not in words.nominals:
        i -= 1
    return sentence.pos[i] == "NUM" and sentence.lower[i] not in {"one", "1"}


def _is_acronym(sentence: Sentence, i: int, words: FigureWords) -> bool:
    """The "(PFM)" of "People's Front of Marrada (PFM) guerrillas"."""
    inside = sentence.lower[i] in {"(", "["} and i + 3 < len(sentence) and sentence.lower[i + 2] in {")", "]"}
    return inside and _kind(sentence, i + 3, words) == "noun"


def _between_adjectives(sentence: Sentence, first: int, i: int) -> bool:
    """ "12 young, unarmed men": the comma does not end the run; "12, and unknown men" does."""
    return (
        i > first and i + 1 < len(sentence) and sentence.pos[i - 1] == "ADJ" and sentence.pos[i + 1] == "ADJ"
    )


def _kind(sentence: Sentence, i: int, words: FigureWords) -> str:
    """noun, modifier, nominal, joint, hyphen or end."""
    word, pos, tag = sentence.lower[i], sentence.pos[i], sentence.tags[i]
    if word in words.bases and word not in words.nominals:
        return "noun"
    if word in words.nominals:
        return "nominal"
    if word in _INNER:
        return (
            "hyphen"
            if word in {"-", "'s", "’s", "/", '"', "“", "”", "'"}
            else "joint"
            if word != ","
            else "comma"
        )
    if word in {"rose", "fell"} or word in words.number_words:
        return "end"
    if pos in {"NOUN", "PROPN"} and any(c.isalpha() for c in word):
        return "noun"
    if (pos == "ADJ" and word not in {"more", "fewer", "less"}) or (
        tag in {"VBN", "VBG", "JJ", "JJS"} and pos != "AUX"
    ):
        return "modifier"
    if tag == "VBZ" and word.endswith("s") and _may_take_a_noun(sentence, i - 1, words):
        return "noun"  # "7 bases", "12 deadly strikes": a verb would be in the plural here
    if pos == "ADV" and word.endswith("ly"):
        return "modifier"
    return "end"


def _is_full(sentence: Sentence, last: int, i: int, words: FigureWords) -> bool:
    """Does the run end before noun `i`? After a plural, unless the parse makes it a modifier of `i`."""
    if sentence.lower[i - 1] in {"and", "or", "'s", "’s", "'", "’"}:  # "48 martyrs' families"
        return False
    if i == last + 1 and sentence.lower[last - 1] == "-" and sentence.ends[last - 1] == sentence.starts[last]:
        return False  # "four plain-clothes police officers"
    if sentence.tags[last] in {"NNS", "NNPS", "VBZ"} or sentence.lower[last] == "people":
        return not (
            sentence.heads[last] == i
            and sentence.deps[last] in {"compound", "nmod:desc", "nmod"}
            and i == last + 1
        )
    return (
        sentence.pos[last] == "NOUN"
        and sentence.pos[i] == "PROPN"
        and sentence.heads[last] != i
        and sentence.deps[last] != "compound"
    )


def _goes_on(sentence: Sentence, i: int, words: FigureWords) -> bool:
    """ "women and children" goes on; "women and 3 children", "civilians and killed" do not."""
    if i + 1 >= len(sentence) or i == 0:
        return False
    pair = f"{sentence.lower[i - 1]} {sentence.lower[i]} {sentence.lower[i + 1]}"
    return pair in words.joint or (
        sentence.pos[i - 1] == "ADJ" and sentence.pos[i + 1] == "ADJ" and sentence.tags[i - 1] not in {"NNS"}
    )


def _noun_follows(sentence: Sentence, i: int, words: FigureWords) -> bool:
    """Is "wounded" an adjective before its noun ("wounded civilians")?"""
    if i + 1 >= len(sentence):
        return False
    return _kind(sentence, i + 1, words) == "noun" or (
        _kind(sentence, i + 1, words) == "modifier"
        and i + 2 < len(sentence)
        and _kind(sentence, i + 2, words) == "noun"
        and sentence.tags[i + 1] != "VBG"
    )


def _is_only_a_name(sentence: Sentence, i: int, words: FigureWords) -> bool:
    """ "5 Station Road", "12 Marrada": nothing that can be counted."""
    if lemma_of(sentence, i, words) in words.bases or sentence.lower[i] in words.nominals:
        return False
    return sentence.tags[i] == "NNP" or (
        sentence.tags[i] == "NNPS" and sentence.labels[i] in {"LOC", "PERSON"}
    )


def _named(sentence: Sentence, first: int, last: int, words: FigureWords) -> Counted:
    word = sentence.lower[last]
    way = "parse" if any(c in range(first - 4, first) for c in sentence.children[last]) else "words"
    if word in words.nominals and sentence.tags[last] not in {"NNS"}:
        return Counted(first, last, last, PEOPLE, words.nominals[word], way)
    unit = lemma_of(sentence, last, words)
    return Counted(first, last, last, unit, base_of(sentence, (first, last), words), way)


# --- a number that stands alone ---------------------------------------------------------------------------------


def counted_alone(sentence: Sentence, number: tuple[int, int], words: FigureWords) -> Counted | None:
    """What a number without a noun counts, from the verb, the toll or the label beside it."""
    first, last = number
    return (
        _predicate(sentence, last, words)
        or _acted_on(sentence, first, words)
        or _by_parse(sentence, first, last, words)
        or _told_before(sentence, first, words)
    )


def _alone(unit: str | None, base: str | None, head: int, way: str) -> Counted:
    return Counted(None, None, head, unit, base, way)


def _predicate(sentence: Sentence, last: int, words: FigureWords) -> Counted | None:
    """ "12 were killed", "7 died", "of whom 7 were children"."""
    i, n, seen_be = last + 1, len(sentence), False
    if i + 1 < n and sentence.lower[i] == "of" and sentence.lower[i + 1] in _PRONOUNS:
        i += 2
    while i < n and (
        sentence.lower[i] in _BE or (sentence.pos[i] == "ADV" and sentence.lower[i] not in {"when", "where"})
    ):
        seen_be = seen_be or sentence.lower[i] not in {"also", "later", "still", "more"}
        i += 1
    if i >= n:
        return None
    if sentence.lower[i] in words.person_verbs and sentence.pos[i] in {"VERB", "ADJ", "NOUN"}:
        return _alone(PEOPLE, PEOPLE, last, "words")
    after_them = i == last + 3 and sentence.lower[last + 1] == "of"  # "12 of them children"
    if (seen_be or after_them) and (noun := _last_noun(sentence, i, words)) is not None:
        base = base_of(sentence, (i, noun), words) or words.nominals.get(sentence.lower[noun])
        if base is not None and sentence.pos[noun] in {"NOUN", "ADJ", "PROPN"}:
            return Counted(i, noun, noun, lemma_of(sentence, noun, words), base, "words")
    return None


def _acted_on(sentence: Sentence, first: int, words: FigureWords) -> Counted | None:
    """ "killing 12", "wounded at least 30"."""
    i = first - 1
    if i >= 0 and sentence.lower[i] in words.person_verbs and sentence.pos[i] in {"VERB", "ADJ"}:
        return _alone(PEOPLE, PEOPLE, first, "words")
    return None


def _by_parse(sentence: Sentence, first: int, last: int, words: FigureWords) -> Counted | None:
    """The number is subject or object of a verb that is done to people."""
    for i in range(first, last + 1):
        head = sentence.heads[i]
        if sentence.deps[i] in {"nsubj", "nsubj:pass", "obj"} and not first <= head <= last:
            if sentence.lower[head] in words.person_verbs:
                return _alone(PEOPLE, PEOPLE, last, "parse")
            return None
    return None


def _told_before(sentence: Sentence, first: int, words: FigureWords) -> Counted | None:
    """ "The death toll rose to 34", "the number of wounded reached 120", "Killed: 12"."""
    if first >= 2 and sentence.lower[first - 1] in {":", "=", "("}:
        return _label(sentence, first - 2, words)
    for i in range(first - 1, max(-1, first - _LOOK_BACK), -1):
        word = sentence.lower[i]
        if word in {";", "."}:
            return None
        if word == "toll" or word == "tally":
            before = sentence.lower[i - 1] if i else ""
            return _alone(PEOPLE, "casualties" if before == "casualty" else "dead", first, "words")
        if word == "population":
            return _alone(
                PEOPLE, words.modifiers.get(sentence.lower[i - 1], PEOPLE) if i else PEOPLE, first, "words"
            )
        if word == "number" and i + 2 < len(sentence) and sentence.lower[i + 1] == "of":
            return _number_of(sentence, i + 2, first, words)
    return None


def _label(sentence: Sentence, i: int, words: FigureWords) -> Counted | None:
    """ "Killed: 12", "Civilians: 7"."""
    word = sentence.lower[i]
    if word in words.nominals:
        return _alone(PEOPLE, words.nominals[word], i, "words")
    base = words.bases.get(lemma_of(sentence, i, words))
    return Counted(i, i, i, lemma_of(sentence, i, words), base, "words") if base else None


def _number_of(sentence: Sentence, i: int, first: int, words: FigureWords) -> Counted | None:
    while i < first and sentence.lower[i] in _DETERMINERS:
        i += 1
    last = _last_noun(sentence, i, words)
    if last is None or last >= first:
        return None
    return _named(sentence, i, last, words)
