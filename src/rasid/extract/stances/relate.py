"""Claim and text -> how much of the claim the text speaks of.

Each word of the claim counts by its rarity; a word is found again by its stem, by a near synonym or an event word of
the same type (a little less), or, for names, by a near spelling.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from rasid.extract.stances.cues import FoundCue
from rasid.extract.stances.pieces import Cutter, Piece, Rarity, Text

SYNONYM = 0.8  # what a near synonym counts beside the word itself
SPELLING = 85  # of 100: "Raqqah" for "Raqqa", "Godane" for "Gudane"
MIN_NAME = 5  # letters of a name that may be spelt otherwise
RARE = 9.5  # in one of 700 pieces of text or fewer: at the head of a claim such a word is a name
CUE_WORD = 0.25  # "reportedly", "says" in a claim are not its matter


_REFUTING = frozenset({"refutes", "denies", "doubts"})
_RELATIVE = frozenset({"that", "who", "which", "because", "after", "when", "whose", "without", "if"})


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the claim: its stem, word, groups of synonyms and weight.

    name:    it may be spelt otherwise
    capital: a name, it seems: it has a capital inside the claim, or it opens the claim and is a rare word
    opposite: stems of words that would deny it
    """

    stem: str
    lower: str
    groups: frozenset[str]
    weight: float
    name: bool
    capital: bool = False
    opposite: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Claim:
    """The claim, cut into words.

    terms:    its words of matter, each once
    total:    their weight
    negated:  the claim says that something is not so
    refuting: the claim says that a story is false
    hedged:   the claim only asks, or passes on what others say
    """

    text: str
    piece: Piece
    terms: tuple[Term, ...]
    total: float
    negated: bool
    refuting: bool
    hedged: bool
    lower: frozenset[str]


def read_claim(text: str, *, cutter: Cutter, rarity: Rarity) -> Claim:
    """Cut a claim into weighted terms."""
    piece = cutter.cut(text)
    cue_words = {
        i
        for cue in piece.cues
        if cue.family in {"reports", "confirms", "negates"}
        for i in range(cue.first, cue.last + 1)
    }
    terms: dict[str, Term] = {}
    words = piece.words
    for i, (stem, low) in enumerate(zip(words.stems, words.lower, strict=True)):
        if not stem or low in cutter.words.stop or stem in terms:
            continue
        weight = rarity.of(stem) * (CUE_WORD if i in cue_words else 1.0)
        groups = cutter.words.groups.get(low, frozenset())
        name = words.capital[i] and len(low) >= MIN_NAME and stem not in cutter.words.idf
        rare = cutter.words.idf.get(stem, cutter.words.rarest) >= RARE
        capital = words.capital[i] and (i > 0 or rare)
        terms[stem] = Term(stem, low, groups, weight, name, capital, cutter.opposite_stems(low))
    for i, pair in enumerate(zip(words.lower, words.lower[1:], strict=False)):
        more = cutter.words.pairs.get(pair)
        if more and (term := terms.get(words.stems[i])):
            terms[term.stem] = replace(term, groups=term.groups | more)
    families = [cue.family for cue in piece.cues]
    return Claim(
        text,
        piece,
        tuple(terms.values()),
        sum(term.weight for term in terms.values()) or 1.0,
        _is_negated(piece),
        not _REFUTING.isdisjoint(families),
        any(f in {"reports", "asks"} for f in families),
        frozenset(words.lower),
    )


def _is_negated(piece: Piece) -> bool:
    """Does the claim deny something in its main clause? "A panel that did not include women" does not."""
    lower = piece.words.lower
    return any(cue.family == "negates" and _RELATIVE.isdisjoint(lower[: cue.first]) for cue in piece.cues)


def share_in(claim: Claim, text: Text) -> float:
    """0 to 1: the share of the claim, by weight, that stands anywhere in the document."""
    stems, groups = text.stems, text.groups
    held = 0.0
    for term in claim.terms:
        if term.stem in stems:
            held += term.weight
        elif not term.groups.isdisjoint(groups):
            held += term.weight * SYNONYM
    return held / claim.total


def has_core(claim: Claim, text: Text) -> bool:
    """Does the document have two things of the claim, one of them a name if the claim has names?

    The words of a name that follow each other are one thing.
    """
    held = [
        t
        for t in claim.terms
        if t.stem in text.stems
        or not t.groups.isdisjoint(text.groups)
        or not t.opposite.isdisjoint(text.stems)
    ]
    named = any(term.capital for term in claim.terms)
    order = {stem: i for i, stem in enumerate(claim.piece.words.stems)}
    places = {order[term.stem] for term in held if term.capital}
    things = sum(not term.capital or order[term.stem] - 1 not in places for term in held)
    return things >= min(2, len(claim.terms)) and (not named or bool(places))


def near_names(claim: Claim, text: Text) -> Mapping[str, str]:
    """Stems of names in the claim -> the stem of the document that is the same name spelt otherwise."""
    found: dict[str, str] = {}
    for term in claim.terms:
        if term.name and term.stem not in text.stems:
            same_start = [s for s in text.stems if s[:1] == term.stem[:1] and len(s) >= MIN_NAME - 1]
            best = process.extractOne(term.stem, same_start, scorer=fuzz.ratio, score_cutoff=SPELLING)
            if best:
                found[term.stem] = best[0]
    return found


def match(claim: Claim, piece: Piece, spelt: Mapping[str, str]) -> tuple[float, Sequence[tuple[Term, int]]]:
    """The share of the claim in one passage, and each term found with its word in the passage."""
    held = 0.0
    found: list[tuple[Term, int]] = []
    places, groups = piece.places, piece.groups
    for term in claim.terms:
        at = places.get(term.stem)
        if at is None and spelt:
            at = places.get(spelt.get(term.stem, ""))
        if at is not None:
            held += term.weight
            found.append((term, at))
            continue
        if term.groups:
            at = min((groups[g] for g in term.groups if g in groups), default=None)
            if at is not None:
                held += term.weight * SYNONYM
                found.append((term, at))
    return held / claim.total, found


def own_cues(claim: Claim, piece: Piece) -> tuple[FoundCue, ...]:
    """The cues of a passage that are not words of the claim itself; a claim that refutes shares its cues."""
    said = frozenset() if claim.refuting else claim.lower
    return tuple(
        cue
        for cue in piece.cues
        if cue.family in {"negates", "asks"}
        or not said.issuperset(piece.words.lower[cue.first : cue.last + 1])
    )
