"""Capitals throughout, or on every word -> the capitals that the words would have had, one letter for one letter.

A parser trained on ordinary text finds no names in a passage that is lower case throughout, and too many in one
that is capitals throughout. Each word is given one of three shapes (lower, Capital, ACRONYM) from left to right by
a small linear model: how often the word is written so in open corpora, its neighbours, the shape of the word before,
and for words that the corpora do not know their ending. Known names of actors and places get their capitals.

The weights: knowledge/capitals.tsv.gz, made by training/make_capitals.py. Method: an averaged perceptron as in
Lita et al. 2003 (tRuEcasIng) and Collins 2002, with greedy decoding.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rasid.knowledge.actors import Names, fold_name, load_actors, load_places

LOWER, CAPITAL, ACRONYM = 0, 1, 2
SHAPES = (LOWER, CAPITAL, ACRONYM)

#: Words, abbreviations with stops ("U.S."), numbers with what hangs on them, single signs.
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,:]*|[^\w\s]")

_OPENS = frozenset('.!?"“«')  # what follows one of these may begin a sentence
_NO_STOP = frozenset(
    ("mr", "mrs", "ms", "dr", "st", "gen", "col", "maj", "lt", "capt", "sgt", "rev", "sen", "gov", "no", "jr")
)
_UNKNOWN = "?"
_VOWELS = frozenset("aeiouyáéíóúàèìòùäëïöüâêîôû")
_MIN_NAME = 4  # letters of a known single-word name that wins over the model; shorter ones are often words
_MAX_ACRONYM = 6  # letters of a word without vowels that is taken for one
_PLAIN = "abcd"  # rates of words that stand in lower case more often than not
_MIN_PLAIN = 3  # of these with a capital: fewer stand in names ("the Ministry of Health and Social Welfare")
_INFLECTED = ("ed", "ing", "ly", "ness", "tion", "ment", "able", "ists", "ers")  # no endings of names
_SMALL = re.compile(r"(?<![\w'’.@/#-])[a-z]{4,}(?![\w.@/])")
_SMALL_IN_TITLES = frozenset(
    "about above after against along amid among around because before behind below beneath beside between beyond "
    "during following from into like near onto over past since than that their these this through till toward "
    "towards under until upon what when where which while with within without your".split()
)
_ORDINARY = "ab"  # rates of words that a name list does not make a name: "military" in "Iraqi military"


@dataclass(frozen=True, slots=True)
class CapitalsModel:
    """Weights of the three shapes.

    rates:   word in lower case -> one letter for how it is mostly written: "a" always lower … "j" always with a
             capital, "A" an acronym; words that stand seldom in the corpora are left out
    weights: feature -> one weight per shape
    """

    rates: Mapping[str, str]
    weights: Mapping[str, tuple[float, float, float]]


def restore_case(text: str) -> str:
    """The text with its words in lower case but for names, acronyms and beginnings of sentences.

    text:    a passage in capitals throughout
    returns: the same length; only the case of letters differs, and only from upper to lower
    """
    words = list(WORD.finditer(text))
    lowered = [_lower(m.group()) for m in words]
    model = load_model()
    rates = [rate_of(word, model.rates) for word in lowered]
    shapes = _with_known_names(lowered, rates, guess_shapes(lowered, rates, model.weights))
    pieces: list[str] = []
    done = 0
    for match, word, shape in zip(words, lowered, shapes, strict=True):
        pieces.append(text[done : match.start()])
        pieces.append(_written(match.group(), word, shape))
        done = match.end()
    return "".join(pieces) + text[done:]


def restore_title(text: str) -> str:
    """A headline with a capital on every word, written as a sentence; any other text as it is.

    Acronyms, names of mixed case and words that the corpora do not know, or know as names, stay as they are.
    returns: the same length; only the case of letters differs, and only from upper to lower
    """
    if any(m.group() not in _SMALL_IN_TITLES for m in _SMALL.finditer(text)):
        return text
    words = list(WORD.finditer(text))
    lowered = [_lower(m.group()) for m in words]
    rates = load_model().rates
    plain = sum(
        m.group().istitle() and rate_of(word, rates) in _PLAIN and not begins_sentence(lowered, i)
        for i, (m, word) in enumerate(zip(words, lowered, strict=True))
    )
    if plain < _MIN_PLAIN:
        return text
    restored = restore_case(text)
    pieces, done = [], 0
    for match, word in zip(words, lowered, strict=True):
        rate = rate_of(word, rates)
        inflected = rate == _UNKNOWN and word.endswith(_INFLECTED)
        lowers = match.group().istitle() and (rate in _PLAIN or inflected)
        pieces.append(text[done : match.start()])
        pieces.append(restored[slice(*match.span())] if lowers else match.group())
        done = match.end()
    return "".join(pieces) + text[done:]


@lru_cache(maxsize=1)
def load_model() -> CapitalsModel:
    """The weights from knowledge/capitals.tsv.gz."""
    packed = (resources.files("rasid.knowledge") / "capitals.tsv.gz").read_bytes()
    rates: dict[str, str] = {}
    weights: dict[str, tuple[float, float, float]] = {}
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) == 2:
            rates.update(dict.fromkeys(cells[1].split(" "), cells[0]))
        else:
            lower, capital, acronym = (int(c) / 10 for c in cells[1:])
            weights[cells[0]] = (lower, capital, acronym)
    return CapitalsModel(rates, weights)


def guess_shapes(
    words: Sequence[str], rates: Sequence[str], weights: Mapping[str, tuple[float, float, float]]
) -> list[int]:
    """One shape per word, from left to right; words in lower case."""
    shapes: list[int] = []
    find = weights.get
    for i, word in enumerate(words):
        if not word[0].isalpha():
            shapes.append(LOWER)
            continue
        if begins_sentence(words, i):
            shapes.append(ACRONYM if _looks_like_acronym(word, rates[i]) else CAPITAL)
            continue
        lower = capital = acronym = 0.0
        for feature in features(words, rates, shapes, i):
            found = find(feature)
            if found is not None:
                lower += found[0]
                capital += found[1]
                acronym += found[2]
        if acronym > lower and acronym > capital:
            shapes.append(ACRONYM)
        else:
            shapes.append(CAPITAL if capital > lower or word == "i" else LOWER)
    return shapes


def features(words: Sequence[str], rates: Sequence[str], shapes: Sequence[int], i: int) -> Iterator[str]:
    """What the shape of word `i` is judged by; `shapes` holds those of the words before it."""
    word, own = words[i], rates[i]
    before = words[i - 1] if i else "<"
    after = words[i + 1] if i + 1 < len(words) else ">"
    next_rate = rates[i + 1] if i + 1 < len(words) else ">"
    previous = "<" if not i else "s" if begins_sentence(words, i - 1) else str(shapes[i - 1])
    yield "r" + own
    yield "p" + own + previous + (rates[i - 1] if i else "<")
    yield "n" + own + next_rate
    yield "c" + own + previous + next_rate
    yield "b" + own + before
    yield "f" + own + after
    if own == _UNKNOWN:
        yield "3" + word[-3:]
        yield "2" + word[-2:]
        yield "1" + word[:2]
        yield "l" + str(min(len(word), 8)) + ("v" if not _VOWELS.isdisjoint(word) else "-")
    elif own not in "aj":
        yield "w" + word
        yield "x" + previous + word
        yield "y" + before + " " + word
        yield "z" + word + " " + after


def rate_of(word: str, rates: Mapping[str, str]) -> str:
    """How the word is mostly written, by letter; "0" a number, a sign as itself, "?" unknown."""
    first = word[0]
    if not first.isalpha():
        return "0" if first.isdigit() else first
    found = rates.get(word)
    if found is None and word.endswith(("'s", "’s")):
        found = rates.get(word[:-2])
    return found or _UNKNOWN


def _looks_like_acronym(word: str, rate: str) -> bool:
    return rate == "A" or (rate == _UNKNOWN and 1 < len(word) < _MAX_ACRONYM and _VOWELS.isdisjoint(word))


def begins_sentence(words: Sequence[str], i: int) -> bool:
    """Nothing stands before it, or an end mark or an opening bracket or quote."""
    if i == 0:
        return True
    before = words[i - 1]
    return before in _OPENS and not (
        before == "." and i > 1 and (len(words[i - 2]) == 1 or words[i - 2] in _NO_STOP)
    )


def _lower(word: str) -> str:
    """Lower case of the same length: the few letters whose lower case is two letters stay."""
    low = word.lower()
    return low if len(low) == len(word) else "".join(c.lower() if len(c.lower()) == 1 else c for c in word)


def _written(original: str, lowered: str, shape: int) -> str:
    if shape == ACRONYM:
        return original[:-2] + lowered[-2:] if lowered.endswith(("'s", "’s")) else original
    if shape == LOWER:
        return lowered
    if len(lowered) > 3 and lowered[0] in "odl" and lowered[1] in "'’":  # O'Brien, D'Hondt
        return original[:3] + lowered[3:]
    return original[0] + lowered[1:]


def _with_known_names(words: Sequence[str], rates: Sequence[str], shapes: list[int]) -> list[int]:
    """Names of actors and places of our lists get their capitals, whatever the model says."""
    lists = (load_actors(), load_places())
    i = 0
    while i < len(words):
        if rates[i] in _ORDINARY or not words[i][0].isalpha():
            i += 1
            continue
        length = _known_at(words, i, lists)
        for k in range(i, i + length):
            if rates[k] not in _ORDINARY and shapes[k] == LOWER:
                shapes[k] = CAPITAL
        i += max(1, length)
    return shapes


def _known_at(words: Sequence[str], i: int, lists: Sequence[Names]) -> int:
    """Words of the longest known name that begins here; 0 if none."""
    first = fold_name(words[i]).split(" ")[0]
    for names in lists:
        if first not in names.starts:
            continue
        for last in range(min(len(words), i + names.max_words), i, -1):
            name = fold_name(" ".join(words[i:last]))
            if name in names.folded and (last > i + 1 or len(name) >= _MIN_NAME):
                return last - i
    return 0
