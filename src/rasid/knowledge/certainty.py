"""The words of polarity and certainty (certainty.yaml), ready to look up.

In: the YAML file. Out: one frozen `CertaintyLexicon`. An effect is a small tuple so that judging a token stays cheap.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Any, NamedTuple

from rasid.knowledge.data_files import parse_yaml
from rasid.model.values import Certainty

ROLES = frozenset({"that", "to", "ing", "noun", "subj"})


class Effect(NamedTuple):
    """What a word makes of another.

    sign:     1 affirmed, -1 denied
    level:    index into LEVELS, higher is further from certain
    strength: 0 to 1, how far the value on the scale of -3 to 3 keeps its size
    fixed:    taken for granted: holds whatever happens to the word itself
    """

    sign: int
    level: int
    strength: float
    fixed: bool = False


LEVELS = (Certainty.CERTAIN, Certainty.PARTIAL, Certainty.PREDICTED, Certainty.POSSIBLE)
CERTAIN, PARTIAL, PREDICTED, POSSIBLE = range(4)

# The strengths were chosen by reading, then checked against the open train parts of UDS-IH2 and MegaVeridicality.
EFFECTS = {
    "so": Effect(1, CERTAIN, 1.0),
    "not so": Effect(-1, CERTAIN, 1.0),
    "partly": Effect(1, PARTIAL, 0.75),
    "likely": Effect(1, POSSIBLE, 0.55),
    "open": Effect(1, POSSIBLE, 0.25),
    "hardly": Effect(-1, POSSIBLE, 0.5),
    "coming": Effect(1, PREDICTED, 0.35),
    "not coming": Effect(-1, PREDICTED, 0.5),
    "will come": Effect(1, PREDICTED, 0.7),
    "will not come": Effect(-1, PREDICTED, 0.7),
    "presupposed": Effect(1, CERTAIN, 1.0, fixed=True),
}


@dataclass(frozen=True, slots=True)
class Signature:
    """What a word makes of its complement when it is itself affirmed, denied, or denied under "can".

    phase: an ending ("stopped"): when it has not come yet, what it ends still goes on
    group: name of the group in the YAML file
    tie:   prepositions that alone bind the complement ("called for"); empty if any link will do
    """

    means: Effect
    denied: Effect
    modal_denied: Effect
    phase: bool
    group: str
    tie: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Modal:
    """An auxiliary: plain, denied, and before a perfect ("should have left")."""

    means: Effect
    denied: Effect
    perfect: Effect


@dataclass(frozen=True, slots=True)
class CertaintyLexicon:
    """Everything `extract.certainty` looks up; keys are lower case.

    verbs, nouns: (lemma, role) -> signature; adjectives are among `verbs`
    openers:      "if", "in order", "rather than": one or two words
    lemmas:       all words with a signature
    argument_words, local_words: a sentence without one of these needs no closer look
    """

    verbs: dict[tuple[str, str], Signature]
    nouns: dict[tuple[str, str], Signature]
    qualifiers: dict[str, Effect]
    adverbs: dict[str, Effect]
    modals: dict[str, Modal]
    openers: dict[str, Effect]
    negators: frozenset[str]
    totality: frozenset[str]
    negative_pronouns: frozenset[str]
    not_negating_next: frozenset[str]
    negative_obliques: frozenset[str]
    no_object_stands: frozenset[str]
    refusable: frozenset[str]
    deplorable: frozenset[str]
    took_place: frozenset[str]
    lasting: frozenset[str]
    states: frozenset[str]
    lost_when_lost: frozenset[str]
    gone_when_escaped: frozenset[str]
    pairs_before: dict[tuple[str, str], Effect]
    lemmas: frozenset[str]
    argument_words: frozenset[str]
    local_words: frozenset[str]

    def known_lemma(self, lemma: str, word: str) -> str:
        """The lemma, or where the lemmatiser made a word that the lexicon lacks ("repell"), the one that it has."""
        if lemma in self.lemmas:
            return lemma
        if word in self.lemmas:
            return word
        for ending in ("ied", "ies", "ed", "ing", "es", "s", "d"):
            if word.endswith(ending):
                stem = word[: -len(ending)]
                for guess in (stem, stem + "e", stem[:-1], stem + "y"):
                    if guess in self.lemmas:
                        return guess
        return lemma


def load_certainty() -> CertaintyLexicon:
    """Read the lexicon that ships with the package.

    raises: ValueError if the file names an unknown effect or role
    """
    text = (resources.files("rasid.knowledge") / "certainty.yaml").read_text("utf-8")
    raw: dict[str, Any] = parse_yaml(text)
    verbs, nouns = _signatures(raw["complements"])
    arguments = {
        "no",
        "neither",
        "zero",
        "few",
        "little",
        "all",
        "every",
        "everyone",
        "everybody",
        "everything",
        "single",
        "only",
    }
    arguments |= set(raw["negative_pronouns"])
    local = arguments.union(
        raw["negators"], raw["modals"], *raw["adverbs"].values(), *raw["qualifiers"].values()
    )
    return CertaintyLexicon(
        verbs=verbs,
        nouns=nouns,
        pairs_before={
            (pair.split()[0], pair.split()[1]): _effect(name) for pair, name in raw["pairs_before"].items()
        },
        argument_words=frozenset(arguments),
        local_words=frozenset(local),
        lemmas=frozenset(lemma for lemma, _ in (*verbs, *nouns)),
        qualifiers=_by_word(raw["qualifiers"]),
        adverbs=_by_word(raw["adverbs"]),
        modals={word: _modal(row) for word, row in raw["modals"].items()},
        openers={words: _effect(name) for words, name in raw["openers"].items()},
        **{
            name: frozenset(raw[name])
            for name in (
                "negators",
                "totality",
                "negative_pronouns",
                "not_negating_next",
                "negative_obliques",
                "no_object_stands",
                "refusable",
                "deplorable",
                "took_place",
                "lasting",
                "states",
                "lost_when_lost",
                "gone_when_escaped",
            )
        },
    )


def _effect(name: str) -> Effect:
    if name not in EFFECTS:
        raise ValueError(f"certainty.yaml names the effect {name!r}; known are {', '.join(EFFECTS)}.")
    return EFFECTS[name]


def _modal(row: dict[str, str]) -> Modal:
    return Modal(_effect(row["means"]), _effect(row["denied"]), _effect(row["perfect"]))


def _by_word(groups: dict[str, list[str]]) -> dict[str, Effect]:
    return {word: _effect(name) for name, words in groups.items() for word in words}


_Signatures = dict[tuple[str, str], Signature]


def _signatures(groups: list[dict[str, Any]]) -> tuple[_Signatures, _Signatures]:
    """Tables for verbs with adjectives, and for nouns.

    "claim.n" is the noun only, "claim.v" the verb only, and either wins over a plain "claim". A plain word that
    stands in two groups for one kind of complement keeps the first.
    """
    tables: dict[str, _Signatures] = {"v": {}, "n": {}}
    for group in groups:
        denied = _effect(group["denied"])
        signature = Signature(
            _effect(group["means"]),
            denied,
            _effect(group.get("modal_denied", group["denied"])),
            bool(group.get("phase", False)),
            str(group["name"]),
            tuple(group.get("tie", "").split()),
        )
        if unknown := set(group["takes"]) - ROLES:
            raise ValueError(
                f"certainty.yaml, group {group['name']!r}: unknown complement {sorted(unknown)}."
            )
        for entry in group["words"]:
            lemma, _, only = entry.partition(".")
            for table in [only] if only else ["v", "n"]:
                for role in group["takes"]:
                    if only:
                        tables[table][lemma, role] = signature
                    else:
                        tables[table].setdefault((lemma, role), signature)
    return tables["v"], tables["n"]
