"""Polarity, certainty and degree of one token, by scope.

How it works: what the token's own words do to it (certainty_local) is set inside what the words above it in the
parse do to it (certainty_above): "failed to", "if", "evidence that", "planned", a question. Effects are composed
from the outside in, after Nairn, Condoravdi and Karttunen 2006 and TruthTeller (Lotan et al. 2013); the words and
what they do are data (knowledge/certainty.yaml). Where the parse looks broken and says nothing, a second way reads
the words of the clause in order (certainty_window). The method, with an example: docs/concepts/certainty.md.

In: a sentence, a token, the lexicon. Out: a `Judgement`, as the innermost voice presents it: "said that" is seen
through, because voices are kept elsewhere; "denied that" is not.
"""

from __future__ import annotations

from dataclasses import replace

from rasid.extract.certainty_above import reading_above, taken_for_granted
from rasid.extract.certainty_local import PLAIN, Reading, combine, local_reading
from rasid.extract.certainty_mood import asked_first, supposed, untrue
from rasid.extract.certainty_window import asked_by_order, looks_broken, planned_by_order, window_reading
from rasid.extract.found import Judgement
from rasid.extract.syntax import Sentence
from rasid.knowledge.certainty import LEVELS, CertaintyLexicon
from rasid.model.values import Certainty, Polarity

_NAMES = {
    Certainty.CERTAIN: "affirmed",
    Certainty.PARTIAL: "partly so",
    Certainty.POSSIBLE: "possible",
    Certainty.PREDICTED: "still to come",
}


GRANTED = "affirmed: taken for granted"  # by a word that speaks of its end, its reason or its aftermath


def judge(sentence: Sentence, i: int, *, lexicon: CertaintyLexicon) -> Judgement:
    """How the sentence presents what token `i` says.

    i:       head token of an event or a state: verb, noun or adjective
    returns: polarity and certainty, the value on the scale of -3 to 3, the words that decided, one plain phrase
    """
    reading = combine(
        reading_above(sentence, i, lexicon=lexicon), local_reading(sentence, i, lexicon=lexicon)
    )
    by_order = False
    if (against := supposed(sentence, i)) is not PLAIN:
        reading = against
    if reading.sign > 0 and (false := untrue(sentence, i)) is not PLAIN:
        reading = false
    if reading is PLAIN:
        reading = asked_first(sentence, i)
    if reading is PLAIN and (asked := asked_by_order(sentence, i, lexicon=lexicon)) is not PLAIN:
        return _judgement(sentence, i, asked, by_order=True)
    if reading is PLAIN and taken_for_granted(sentence, i, lexicon=lexicon):
        plain = _judgement(sentence, i, PLAIN, by_order=False)
        return replace(plain, rule=GRANTED)
    if reading is PLAIN and looks_broken(sentence, i):
        reading = window_reading(sentence, i, lexicon=lexicon)
        by_order = reading is not PLAIN
    if reading is PLAIN and (planned := planned_by_order(sentence, i, lexicon=lexicon)) is not PLAIN:
        return _judgement(sentence, i, planned, by_order=True)
    return _judgement(sentence, i, reading, by_order=by_order)


def _judgement(sentence: Sentence, i: int, reading: Reading, *, by_order: bool) -> Judgement:
    if reading is PLAIN:
        return Judgement(
            Polarity.AFFIRMED, Certainty.CERTAIN, 3.0, (), "affirmed: nothing turns or weakens it"
        )
    polarity = Polarity.AFFIRMED if reading.sign > 0 else Polarity.DENIED
    certainty = LEVELS[reading.level]
    cues = sorted(set(reading.cues))
    return Judgement(
        polarity,
        certainty,
        value=round(3 * reading.sign * max(reading.strength, 0.05), 2),
        cues=tuple((sentence.starts[c], sentence.ends[c]) for c in cues),
        rule=_rule(sentence, i, cues, polarity, certainty) + (" (by word order)" if by_order else ""),
    )


def _rule(sentence: Sentence, i: int, cues: list[int], polarity: Polarity, certainty: Certainty) -> str:
    """ "denied: 'no' before 'victory'"."""
    name = _NAMES[certainty]
    if polarity is Polarity.DENIED:
        name = "denied" if certainty is Certainty.CERTAIN else f"denied, {name}"
    if not cues:
        return "affirmed: nothing turns or weakens it"
    said = " … ".join(f"'{sentence.words[c]}'" for c in cues if c != i) or f"'{sentence.words[i]}'"
    side = "before" if cues[0] < i else "after"
    return f"{name}: {said} {side} '{sentence.words[i]}'"
