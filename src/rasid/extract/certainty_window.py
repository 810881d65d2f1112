"""The second way, without the parse: the words of the clause before the token, in order.

Used only where the parse looks broken and finds nothing. It reads back from the token to the edge of the clause
(a stop, a conjunction with a new subject, "which") and takes the nearest marks: a negator, a modal, a word that
turns what follows ("failed to", "denied", "plans to"), "if". Cruder than the first way, and said so in the rule.

In: a sentence, a token. Out: a `Reading`.
"""

from __future__ import annotations

from rasid.extract.certainty_local import PLAIN, Reading, apply_effect, combine, is_month, only_contrasts
from rasid.extract.syntax import Sentence
from rasid.knowledge.certainty import EFFECTS, PREDICTED, CertaintyLexicon

MAX_BACK = 12  # words; a clause is rarely longer, and a mark further away seldom reaches the token

_NEAR_PLAN = 6  # words back to the "to" of a plan

_EDGES = frozenset(
    {",", ";", ":", ".", "–", "—", "-", "(", ")", "and", "but", "because", "which", "who", "while"}
)
_VERBS = frozenset({"VERB", "AUX", "ADJ"})
_FINITE = frozenset({"VBD", "VBZ", "MD"})
_KNOWN = frozenset({"the", "this", "that", "its", "their"})
_ASKS = frozenset({"wished for or asked for", "hindered"})
_FORBIDS = frozenset({"forbids", "outlaws", "prohibits"})  # often taken for plurals
_ASKS_FORM = frozenset({"VBG", "VBD", "VBZ", "VBP"})
_IN_LIST = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "CCONJ"})
_JOINTS = frozenset({",", "their", "his", "her", "its", "our", "my", "'s", "immediate"})
_HANGING = frozenset({"list", "dep", "parataxis", "discourse", "goeswith", "reparandum"})


def looks_broken(sentence: Sentence, i: int) -> bool:
    """Does the parse of this sentence, or the way from the token to its root, look wrong?"""
    root = sentence.root()
    verbal = sentence.pos[root] in _VERBS or sentence.child(root, "cop", "nsubj", "expl") is not None
    if not verbal and not _FINITE.isdisjoint(sentence.tags):
        return True
    seen = 0
    while sentence.heads[i] != i:
        if sentence.deps[i] in _HANGING:
            return True
        i = sentence.heads[i]
        seen += 1
        if seen > len(sentence):
            return True  # a cycle
    return False


def window_reading(sentence: Sentence, i: int, *, lexicon: CertaintyLexicon) -> Reading:
    """The nearest marks in the clause before token `i`."""
    lower = sentence.lower
    reading = PLAIN
    nominal = sentence.pos[i] in {"NOUN", "PROPN"}
    for j in range(i - 1, max(-1, i - 1 - MAX_BACK), -1):
        word = lower[j]
        if word in _EDGES or (nominal and word in _KNOWN and sentence.pos[j] == "DET"):
            break
        if word in lexicon.openers:
            reading = combine(apply_effect(lexicon.openers[word], j), reading)
        elif word in lexicon.negators and only_contrasts(sentence, j):
            continue
        elif word in lexicon.negators and lower[j + 1] not in lexicon.not_negating_next:
            total = any(w in lexicon.totality for w in lower[j + 1 : i])
            reading = combine(apply_effect(EFFECTS["partly" if total else "not so"], j), reading)
        elif word in lexicon.modals and not is_month(sentence, j):
            modal = lexicon.modals[word]
            effect = modal.denied if reading.sign < 0 else modal.means
            reading = Reading(effect.sign, effect.level, effect.strength, (j, *reading.cues))
        elif word in lexicon.adverbs and sentence.pos[j + 1] != "NUM":
            reading = combine(apply_effect(lexicon.adverbs[word], j), reading)
        elif sentence.pos[j] in {"VERB", "NOUN", "ADJ"}:
            governed = _under(sentence, i, j, reading, lexicon)
            if governed is reading and sentence.pos[j] == "VERB":
                break  # an unknown verb of its own: what stands before it is not about this token
            reading = governed
    if reading is PLAIN and sentence.tags[i] == "VB" and "!" in sentence.words[-2:]:
        return apply_effect(EFFECTS["coming"], i)
    return reading


def planned_by_order(sentence: Sentence, i: int, *, lexicon: CertaintyLexicon) -> Reading:
    """ "planning to launch street protests": a noun or a verb without an article behind "to", under a plan.

    For a parse that looks whole and is wrong: only what stands unbroken between the plan and the token counts.
    """
    if "to" not in sentence.lower[:i]:
        return PLAIN
    for j in range(i - 1, max(0, i - _NEAR_PLAN), -1):
        if sentence.lower[j] == "to":
            signature = lexicon.verbs.get(
                (lexicon.known_lemma(sentence.lemmas[j - 1], sentence.lower[j - 1]), "to")
            )
            verb = sentence.pos[j - 1] in {"VERB", "AUX"} and j + 1 < i and sentence.tags[j + 1] == "VB"
            if signature is None or not verb or signature.means.level < PREDICTED or signature.means.fixed:
                return PLAIN
            return apply_effect(signature.means, j - 1, j)
        if sentence.pos[j] not in {"NOUN", "PROPN", "ADJ", "NUM"} and sentence.tags[j] != "VB":
            return PLAIN
    return PLAIN


def asked_by_order(sentence: Sentence, i: int, *, lexicon: CertaintyLexicon) -> Reading:
    """ "demanding the release of the men", with "release" hung elsewhere: what is asked for has not come yet.

    Forbidden things likewise: "prohibiting any rallies or marches". Only a gerund or a verb right before the noun
    phrase, or before the list that it ends, counts.
    """
    if sentence.pos[i] not in {"NOUN", "PROPN"} or sentence.tags[i] == "VBG":
        return PLAIN
    for j in range(i - 1, max(-1, i - 1 - MAX_BACK), -1):
        asks = sentence.tags[j] in _ASKS_FORM and sentence.pos[j] != "ADJ"
        if asks or sentence.lower[j] in _FORBIDS:
            found = lexicon.verbs.get((lexicon.known_lemma(sentence.lemmas[j], sentence.lower[j]), "noun"))
            if found is None or found.group not in _ASKS or found.tie:
                return PLAIN
            if _is_turned_itself(sentence, j):
                return PLAIN
            return apply_effect(found.means, j)
        if sentence.pos[j] not in _IN_LIST and sentence.lower[j] not in _JOINTS:
            return PLAIN
    return PLAIN


def _is_turned_itself(sentence: Sentence, j: int) -> bool:
    """ "did not demand", "may ban", "the demanded": no simple act of asking."""
    before = sentence.lower[max(0, j - 3) : j]
    return any(word in {"not", "n't", "never", "no", "to", "by", "been", "was", "were"} for word in before)


def _under(sentence: Sentence, i: int, j: int, reading: Reading, lexicon: CertaintyLexicon) -> Reading:
    """The word `j` before the token, if it governs what follows it by "to", "that", "of" or as its object."""
    following = sentence.lower[j + 1]
    if following == "by":
        return reading  # "viewed by thousands": who does it
    role = {"to": "to", "that": "that", "of": "noun", "from": "ing"}.get(following, "noun")
    if role == "noun" and sentence.pos[i] == "VERB" and following != "of":
        return reading
    table = lexicon.nouns if sentence.pos[j] == "NOUN" else lexicon.verbs
    signature = table.get((sentence.lemmas[j], role))
    if signature is None or signature.means == EFFECTS["so"] or signature.means.fixed:
        return reading
    return combine(apply_effect(signature.means, j), reading)
