"""One passage beside one claim: does it speak for it, against it, or pass it on?

A cue counts when it bears on the claim: it stands near words that the passage shares with the claim, and is not a word
of the claim itself. A negation must stand close before a shared word, or right behind it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rasid.extract.stances.cues import FoundCue
from rasid.extract.stances.pieces import Piece
from rasid.extract.stances.relate import Claim, Term, match, own_cues
from rasid.knowledge.stance_words import StanceWords

ENOUGH = 0.1  # of the claim: a passage that has less of it, and no cue, does not answer for it
MUCH = 0.6  # of the claim: so much of it, without its "not", affirms what it denies
NEAR = 20  # words between a shared word and a cue that bears on it
REACH = 6  # words between a negation and the shared word that it denies
_STOPS = frozenset({",", ".", ";", ":", "(", ")", "?", "!", "but", "because", "and", '"'})
_ANSWERS = frozenset({"says", "said", "insists", "despite", "but", "actually", "tweets", "posts"})
_PLAIN_SAYING = frozenset({"says", "say", "said", "insists", "insist"})
_REPORTED = frozenset({"rumours", "rumors", "reports", "claims", "talk", "rumour", "rumor"})
_WHATIF = frozenset({"so", "if", "unless", "lest", "whether"})
_ABSENCE = frozenset({"no", "without"})
_NOBODY = frozenset({"nobody", "none", "nothing"})
_ENDS = frozenset({".", "?", "!", ":", ";"})
_PRESUMING = frozenset({"how", "why", "where", "when", "would", "can", "want", "remember"})
_ADJECTIVES = frozenset(
    {"alleged", "suspected", "apparent", "supposed", "purported", "possible", "potential"}
)
_BEFORE = _ADJECTIVES | frozenset(
    {"may", "might", "could", "likely", "possibly", "perhaps", "maybe", "probably", "whether"}
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one passage says.

    side:   "agree", "disagree" or "discusses"
    share:  0 to 1, how much of the claim stands in it
    force:  0 to 1, how strongly its words speak
    cues:   the words that decide, as (first, last) of the passage's words
    kind:   how it says so: refutes, tricks, denies, doubts, negation, opposite; reports, asks, speaker, little; plain
    """

    side: str
    share: float
    force: float
    cues: tuple[tuple[int, int], ...]
    kind: str
    asked: bool = False


def judge_piece(
    claim: Claim, piece: Piece, *, spelt: Mapping[str, str], words: StanceWords, paired: bool = False
) -> Evidence:
    """Read one passage against the claim.

    paired: somebody who knows put the two together, so the passage answers the claim even if it shares little with it
    """
    share, found = match(claim, piece, spelt)
    cues = own_cues(claim, piece)
    lower = piece.words.lower
    matched = {at for _, at in found}
    thin = not paired and len(claim.terms) > 1 and len(found) == 1 and found[0][0].capital
    if (against := against_cue(claim, piece, matched, cues, thin=thin, words=words)) is not None:
        side, force, (first, last), why = against
        if asked_after(cues, lower, last):
            return Evidence("discusses", share, force, ((first, last),), why, asked=True)
        return Evidence(side, share, force, ((first, last),), why)
    affirms = (claim.negated or claim.refuting) and share >= MUCH
    passed = next((cue for cue in cues if passes_on(cue, lower, matched)), None)
    sure = next((cue for cue in cues if cue.family == "confirms"), None)
    if affirms and (passed is None or lower[passed.first] in _PLAIN_SAYING):
        return Evidence("disagree", share, 0.5, (), "affirms")
    if passed is not None and not (sure is not None and passed.family == "reports"):
        return Evidence("discusses", share, 0.5, ((passed.first, passed.last),), passed.family)
    if sure is None and (speaker := find_speaker(lower, words)) is not None:
        return Evidence("discusses", share, 0.4, (speaker,), "speaker")
    little = share < ENOUGH or thin or _only_names(claim, [term for term, _ in found])
    if little and not paired:
        return Evidence("discusses", share, 0.3, (), "little")
    return Evidence("agree", share, 0.6, (), "plain")


def _only_names(claim: Claim, found: Sequence[Term]) -> bool:
    """Does the passage share nothing with the claim but names? Then it does not say what the claim says of them."""
    plain = sum(not term.capital for term in claim.terms)
    return plain >= 2 and all(term.capital for term in found)


def passes_on(cue: FoundCue, lower: Sequence[str], matched: set[int]) -> bool:
    """Does the cue leave the claim open? "May" and "alleged" must stand before a shared word."""
    if cue.family == "asks":
        return asks_whether(lower, cue.first, matched)
    if cue.family != "reports":
        return False
    if cue.first == cue.last and lower[cue.first] in _BEFORE:
        reach = 2 if lower[cue.first] in _ADJECTIVES else REACH
        return any(i in matched for i in range(cue.last + 1, cue.last + 1 + reach))
    return True


def asks_whether(lower: Sequence[str], mark: int, matched: set[int]) -> bool:
    """Is it a question whether, about the claim? "How did ...?" takes for granted what it asks about."""
    begin = next((i + 1 for i in range(mark - 1, -1, -1) if lower[i] in _ENDS), 0)
    if begin < mark and lower[begin] in _PRESUMING:
        return False
    return sum(begin <= i < mark for i in matched) * 2 >= len(matched)


def asked_after(cues: Sequence[FoundCue], lower: Sequence[str], last: int) -> bool:
    """Does a question mark close the clause that the cue stands in?"""
    for cue in cues:
        if cue.family == "asks" and cue.first > last:
            return not any(mark in lower[last : cue.first] for mark in (".", "!", ";", ":"))
    return False


def find_speaker(lower: Sequence[str], words: StanceWords) -> tuple[int, int] | None:
    """The words that name a speaker: before a colon near the beginning, or behind one near the end."""
    if ":" not in lower:
        return None
    first = lower.index(":")
    last = len(lower) - 1 - lower[::-1].index(":")
    if first <= 5 and not words.speakers.isdisjoint(lower[:first]):
        return 0, first
    if len(lower) - last <= 4 and not words.speakers.isdisjoint(lower[last:]):
        return last, len(lower) - 1
    return None


def against_cue(
    claim: Claim,
    piece: Piece,
    matched: set[int],
    cues: Sequence[FoundCue],
    *,
    thin: bool,
    words: StanceWords,
) -> tuple[str, float, tuple[int, int], str] | None:
    """The strongest cue against the claim, as side, force, span and kind.

    thin: one name of the claim alone stands here; then only what speaks of a story as a whole counts
    """
    turned = "agree" if claim.negated or claim.refuting else "disagree"
    for family, force in (("refutes", 0.9), ("tricks", 0.8), ("denies", 0.8)):
        for cue in cues:
            if cue.family == family and is_near(cue, matched):
                side = "disagree" if family == "tricks" else turned
                return side, force, (cue.first, cue.last), family
    if not thin and (denial := _negation(claim, piece, matched, cues, words)) is not None:
        return turned, 0.7, (denial.first, denial.last), "negation"
    doubt = next((cue for cue in cues if cue.family == "doubts"), None)
    if doubt is not None:
        return turned, 0.5, (doubt.first, doubt.last), "doubts"
    if matched and (place := _opposite(claim, piece, words)) is not None:
        return "agree" if claim.negated else "disagree", 0.5, (place, place), "opposite"
    return None


def _negation(
    claim: Claim, piece: Piece, matched: set[int], cues: Sequence[FoundCue], words: StanceWords
) -> FoundCue | None:
    """The first negation that bears on a shared word."""
    lower = piece.words.lower
    missing = not claim.lower.isdisjoint(words.privative)
    for cue in cues:
        if cue.family != "negates" or (missing and lower[cue.first] in _ABSENCE):
            continue
        if negates(lower, cue, matched):
            return cue
    return None


def _opposite(claim: Claim, piece: Piece, words: StanceWords) -> int | None:
    """The word of the passage that is the opposite of a word of the claim, or an event that excludes the claim's."""
    lower = piece.words.lower
    for term in claim.terms:
        others = words.opposite.get(term.lower)
        if others:
            at = piece.places.get(term.stem)
            for i, low in enumerate(lower):
                if low in others and low not in claim.lower and (at is None or _says_between(lower, at, i)):
                    return i
        for group in term.groups:
            for other in words.excludes.get(group, ()):
                if other in piece.groups and group not in piece.groups and term.stem not in piece.places:
                    return piece.groups[other]
    return None


def _says_between(lower: Sequence[str], at: int, i: int) -> bool:
    """Both stand there, but one only as told: "captured ... says she is safe", "safe after rumours of capture"."""
    if at < i:
        return not _ANSWERS.isdisjoint(lower[at + 1 : i])
    return not _REPORTED.isdisjoint(lower[i + 1 : at])


def is_near(cue: FoundCue, matched: set[int]) -> bool:
    """Does the cue stand near a shared word? Where there is none, it may still speak of the story as a whole."""
    return not matched or any(cue.first - NEAR <= i <= cue.last + NEAR for i in matched)


def negates(lower: Sequence[str], cue: FoundCue, matched: set[int]) -> bool:
    """Does the negation bear on a shared word: one soon after it, or the subject right before it?"""
    if cue.first == 0 and lower[0] in {"no", "nope"} and lower[1:2] and lower[1] in {",", "!", ":"}:
        return True
    if not _WHATIF.isdisjoint(lower[max(0, cue.first - 4) : cue.first]):
        return False
    for i in range(cue.last + 1, min(len(lower), cue.last + 1 + REACH)):
        if i in matched:
            return True
        if lower[i] in _STOPS:
            break
    if lower[cue.first] in _NOBODY and cue.first - 1 in matched:  # "has freed nobody"
        return True
    if lower[cue.first] in {"not", "never"} or lower[cue.first].endswith("n't"):
        before = [i for i in range(max(0, cue.first - 3), cue.first) if lower[i] not in _STOPS]
        return any(i in matched for i in before)
    return False
