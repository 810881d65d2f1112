"""A verdict -> one plain sentence for the reader, with the words that decided."""

from __future__ import annotations

from rasid.extract.stances.bearing import Evidence
from rasid.extract.stances.judge import Verdict
from rasid.extract.stances.pieces import Piece
from rasid.extract.stances.relate import Claim, match

MOST_WORDS = 5  # shared words that a reason names

_SAYS = {
    "refutes": "It says with {cue} that this is wrong",
    "tricks": "It speaks with {cue} of a trick or a joke",
    "denies": "It reports a denial ({cue})",
    "doubts": "It doubts with {cue}",
    "negation": "It denies with {cue} what the claim says",
    "opposite": "It says {cue}, the opposite of what the claim says",
    "affirms": "It says, without a denial, what the claim denies",
    "reports": "It passes on what others say ({cue}) and does not answer for it",
    "asks": "It asks and does not answer",
    "speaker": "It gives the word of one speaker ({cue})",
    "little": "It has too little of the claim to answer for it",
    "plain": "It says so itself and leaves nothing open",
}
_SAME = {
    "refutes": "The claim calls something wrong, and so does the text with {cue}",
    "denies": "The claim denies, and the text reports a denial too ({cue})",
    "doubts": "The claim denies, and the text doubts too with {cue}",
    "negation": "The claim denies, and the text denies the same with {cue}",
}


def give_reason(claim: Claim, verdict: Verdict) -> str:
    """Why this stance, in one sentence."""
    piece, evidence = verdict.piece, verdict.evidence
    if piece is None or evidence is None:
        return "It shares too few telling words with the claim to be about the same matter."
    table = _SAME if evidence.side == "agree" else _SAYS
    sentence = table.get(evidence.kind, _SAYS[evidence.kind]).format(cue=name_cues(piece, evidence))
    if evidence.asked:
        sentence = f"It only asks whether it is so ({name_cues(piece, evidence)})"
    elif verdict.stance != evidence.side:
        sentence = "Its passages are on neither side clearly"
    return f"{sentence}; {_shared(claim, piece, evidence)}."


def name_cues(piece: Piece, evidence: Evidence) -> str:
    """The deciding words in quotation marks."""
    words = piece.words.lower
    return " and ".join(f"“{' '.join(words[first : last + 1])}”" for first, last in evidence.cues) or "no cue"


def _shared(claim: Claim, piece: Piece, evidence: Evidence) -> str:
    _, found = match(claim, piece, {})
    strongest = sorted(found, key=lambda pair: -pair[0].weight)[:MOST_WORDS]
    named = ", ".join(term.lower for term, _ in strongest)
    percent = round(100 * evidence.share)
    return f"{percent} % of the claim by weight stands in this passage" + (f" ({named})" if named else "")
