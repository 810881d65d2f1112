"""The words of figures (figures.yaml), ready to look up.

In: the YAML file, which explains itself. Out: one frozen `FigureWords`; phrases are cut into tuples of words
as the tokeniser cuts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from rasid.knowledge.data_files import parse_yaml
from rasid.model.values import Bound, Measure

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureWords:
    """Everything the reader of figures knows about words, in small letters.

    number_words: every word that can be (part of) a number; a sentence with none of them and no digit has no figure
    before, after: last (first) word of a bound -> its phrases, longest first
    measures:      word -> (measure, unit)
    bases:         lemma -> whom it is about
    person_verbs, total_moves: written forms of verbs
    """

    number_words: frozenset[str]
    cardinals: Mapping[str, int]
    scales: Mapping[str, int]
    suffixes: Mapping[str, int]
    ordinals: Mapping[str, int]
    fractions: Mapping[str, int]
    vague_plurals: Mapping[str, int]
    vague_amounts: Mapping[str, int]
    before: Mapping[str, tuple[tuple[Phrase, Bound | None], ...]]
    after: Mapping[str, tuple[tuple[Phrase, Bound | None], ...]]
    labels: frozenset[str]
    named_by_ordinal: frozenset[str]
    not_one: frozenset[str]
    not_one_before: frozenset[str]
    percent: tuple[Phrase, ...]
    currencies: Mapping[str, str]
    pounds_of: Mapping[str, str]
    measures: Mapping[str, tuple[Measure, str]]
    rates: Mapping[str, str]
    rate_words: Mapping[str, str]
    bases: Mapping[str, str]
    joint: Mapping[str, str]
    modifiers: Mapping[str, str]
    general: frozenset[str]
    nominals: Mapping[str, str]
    person_verbs: frozenset[str]
    groups: frozenset[str]
    part_cues: tuple[Phrase, ...]
    total_words: frozenset[str]
    total_moves: frozenset[str]
    change_words: frozenset[str]
    so_far: tuple[Phrase, ...]
    since_begin: frozenset[str]
    displacement: frozenset[str]
    stock_cues: frozenset[str]
    flow_cues: frozenset[str]


@lru_cache(maxsize=1)
def load_figure_words() -> FigureWords:
    """Read figures.yaml.

    raises: ValueError if a bound has no such name
    """
    text = (resources.files("rasid.knowledge") / "figures.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = parse_yaml(text)
    fractions = _with_plurals(raw["fractions"])
    numbers = {*raw["cardinals"], *raw["scales"], *raw["ordinals"], *fractions}
    numbers |= {*raw["vague_plurals"], *raw["vague_amounts"], "scores", "score"}
    return FigureWords(
        number_words=frozenset(numbers),
        cardinals=raw["cardinals"],
        scales=raw["scales"],
        suffixes=raw["suffixes"],
        ordinals=raw["ordinals"],
        fractions=fractions,
        vague_plurals=raw["vague_plurals"],
        vague_amounts=raw["vague_amounts"],
        before=_bounds(raw["before"], raw["exactly"], key=-1),
        after=_bounds(raw["after"], [], key=0),
        percent=_phrases(raw["percent"]),
        currencies={str(word): unit for word, unit in raw["currencies"].items()},
        pounds_of=raw["pounds_of"],
        measures=_measures(raw),
        rates=raw["rates"],
        rate_words=raw["rate_words"],
        bases={noun: base for base, nouns in raw["bases"].items() for noun in nouns.split()},
        joint=raw["joint"],
        modifiers=raw["modifiers"],
        nominals=raw["nominals"],
        person_verbs=_all_forms(raw["person_verbs"], raw["irregular"]),
        total_moves=_all_forms(raw["total_moves"], raw["irregular"]),
        part_cues=_phrases(raw["part_cues"]),
        so_far=_phrases(raw["so_far"]),
        **{name: frozenset(raw[name].split()) for name in _WORD_SETS},
    )


_WORD_SETS = (
    "labels", "named_by_ordinal", "not_one", "not_one_before", "general", "groups", "total_words",
    "change_words", "since_begin", "displacement", "stock_cues", "flow_cues",
)  # fmt: skip


def _with_plurals(fractions: Mapping[str, int]) -> dict[str, int]:
    return fractions | {("halves" if word == "half" else word + "s"): n for word, n in fractions.items()}  # type: ignore[operator, no-any-return]


def _all_forms(verbs: str, irregular: Mapping[str, str]) -> frozenset[str]:
    return frozenset(form for verb in verbs.split() for form in _forms(verb, irregular))


def _forms(verb: str, irregular: Mapping[str, str]) -> set[str]:
    """The written forms of a verb. By form and not by lemma, since the lemmatiser makes "fl" of "fled"."""
    if verb in irregular:
        return {verb, verb + "s", *irregular[verb].split()}
    stem = verb.removesuffix("e")
    return {verb, verb + "s", verb + "es", stem + "ed", stem + "ing"}


def _phrases(lines: list[str]) -> tuple[Phrase, ...]:
    """Phrases as tuples of words, longest first."""
    return tuple(sorted((tuple(str(line).split()) for line in lines), key=len, reverse=True))


def _bounds(
    raw: Mapping[str, list[str]], exact: list[str], *, key: int
) -> dict[str, tuple[tuple[Phrase, Bound | None], ...]]:
    """Outer word of a phrase -> phrases and their bounds, longest first; words of exactness have no bound."""
    told: list[tuple[Phrase, Bound | None]] = [
        (phrase, Bound(bound)) for bound, lines in raw.items() for phrase in _phrases(lines)
    ]
    told += [(phrase, None) for phrase in _phrases(exact)]
    by_word: dict[str, list[tuple[Phrase, Bound | None]]] = {}
    for phrase, bound in sorted(told, key=lambda pair: -len(pair[0])):
        by_word.setdefault(phrase[key], []).append((phrase, bound))
    return {word: tuple(pairs) for word, pairs in by_word.items()}


def _measures(raw: Mapping[str, Any]) -> dict[str, tuple[Measure, str]]:
    kinds = (
        ("others", Measure.OTHER),
        ("durations", Measure.DURATION),
        ("areas", Measure.AREA),
        ("distances", Measure.DISTANCE),
    )
    return {word: (measure, unit) for name, measure in kinds for word, unit in raw[name].items()}
