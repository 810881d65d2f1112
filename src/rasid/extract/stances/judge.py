"""One document beside one claim: agree, disagree, discusses or unrelated, with the passage that decides.

Each passage is read by itself (`bearing`). What they say is added up: what stands early, and what shares much of the
claim, counts more. A document disagrees when a good part of what it says on the claim is against it, agrees when it
vouches for the claim more than it passes it on, and else discusses it. Where the claim itself only asks or passes
something on, it takes more to agree or to disagree with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from rasid.extract.stances.bearing import Evidence, judge_piece
from rasid.extract.stances.pieces import Piece, Text
from rasid.extract.stances.relate import Claim, near_names
from rasid.knowledge.stance_words import StanceWords

FULL_SHARE = 0.4  # of the claim in one passage: more of it does not make the passage weigh more
LEAST_SHARE = 0.15  # below this a passage speaks of something else
FEW = 3  # passages; so short a text is read by its strongest passage alone
EARLY, MIDDLE = 3, 8  # the first passages of a report carry its news
FORCES = {
    "refutes": 1.0,
    "doubts": 0.9,
    "tricks": 0.8,
    "denies": 0.6,
    "negation": 0.5,
    "opposite": 0.2,
    "affirms": 0.5,
}
BARE_FORCES = frozenset({"refutes", "tricks", "doubts"})  # these may speak of "the story" without its words
AGAINST_SHARE = 0.2  # of all that is said: this much against it makes it a disagreement
AGAINST_HEDGED = 0.6  # the same where the claim itself only asks or passes on
AGAINST_LEAST = 0.4  # and as much as one early sentence
VOUCHES = 1.1  # times what is passed on
HEDGED_CLAIM = 2.0  # what a claim that only reports adds to what is passed on
_STORY = frozenset(
    """story stories report reports rumour rumours rumor rumors claim claims video videos photo photos picture
    pictures image images account accounts hoax post posts tweet tweets article footage letter allegation allegations
    this that it""".split()
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a document says to a claim.

    stance:   agree, disagree, discusses or unrelated
    piece:    the passage that decides; None for unrelated
    evidence: what it says
    against, passed, vouched: how much the passages say against it, pass on, say themselves
    """

    stance: str
    piece: Piece | None
    evidence: Evidence | None
    against: float = 0.0
    passed: float = 0.0
    vouched: float = 0.0


UNRELATED = Verdict("unrelated", None, None)


def judge_text(claim: Claim, text: Text, *, words: StanceWords, paired: bool = False) -> Verdict:
    """Read a document that is about the matter of the claim.

    paired: a person put the two together, so that few shared words do not make the document evasive
    """
    spelt = near_names(claim, text)
    every = (text.title, *text.pieces) if text.title else text.pieces
    read = [(piece, judge_piece(claim, piece, spelt=spelt, words=words, paired=paired)) for piece in every]
    if not read:
        return UNRELATED
    if len(read) <= FEW:
        return _by_strongest(claim, read)
    sums = {"agree": 0.0, "disagree": 0.0, "discusses": 0.0}
    best: dict[str, tuple[float, Piece, Evidence]] = {}
    for i, (piece, evidence) in enumerate(read):
        amount = _place(i) * _amount(piece, evidence)
        sums[evidence.side] += amount
        telling = amount * (0.5 + min(1.0, evidence.share / FULL_SHARE))  # a quote should name what it denies
        if telling > best.get(evidence.side, (0.0,))[0]:
            best[evidence.side] = telling, piece, evidence
    stance = _decide(claim, sums)
    if stance not in best:
        piece, evidence = max(read, key=lambda pair: pair[1].share)
    else:
        _, piece, evidence = best[stance]
    return Verdict(stance, piece, evidence, sums["disagree"], sums["discusses"], sums["agree"])


def _place(i: int) -> float:
    return 1.0 if i < EARLY else 0.6 if i < MIDDLE else 0.35


def _amount(piece: Piece, evidence: Evidence) -> float:
    """How much one passage says, before its place counts."""
    if evidence.share < LEAST_SHARE:
        bare = evidence.side == "disagree" and evidence.kind in BARE_FORCES
        return 0.8 * FORCES[evidence.kind] if bare and _names_story(piece, evidence) else 0.0
    if evidence.kind == "little":
        return 0.0
    held = min(1.0, evidence.share / FULL_SHARE)
    match evidence.side:
        case "disagree":
            return held * FORCES[evidence.kind]
        case "agree":
            return held * (0.8 if evidence.kind == "plain" else 1.5)
        case _:
            return held


def _names_story(piece: Piece, evidence: Evidence) -> bool:
    first, last = evidence.cues[0]
    lower = piece.words.lower
    return not _STORY.isdisjoint((*lower[:3], *lower[max(0, first - 6) : last + 6]))


def _decide(claim: Claim, sums: dict[str, float]) -> str:
    against, vouched = sums["disagree"], sums["agree"]
    passed = sums["discusses"] + (HEDGED_CLAIM if claim.hedged else 0.0)
    whole = against + vouched + sums["discusses"] + 0.5
    enough = AGAINST_HEDGED if claim.hedged else AGAINST_SHARE
    if against > AGAINST_LEAST and against / whole > enough:
        return "disagree"
    return "agree" if vouched > VOUCHES * passed else "discusses"


def _by_strongest(claim: Claim, read: list[tuple[Piece, Evidence]]) -> Verdict:
    """A headline, a caption, a short note: its strongest passage speaks for it."""

    def strength(pair: tuple[Piece, Evidence]) -> tuple[float, float]:
        evidence = pair[1]
        speaks = evidence.kind != "little" and evidence.share >= LEAST_SHARE
        lift = {"disagree": 0.3, "discusses": 0.1}.get(evidence.side, 0.0)
        return evidence.share + (lift if speaks else 0.0), evidence.force

    piece, evidence = max(read, key=strength)
    return Verdict(evidence.side, piece, evidence)
