"""What the words hanging on a token itself do to it: "did not", "will", "nearly", "no", "alleged".

Two ways at once. The parse gives the children of the token; the words give the unbroken group to its left
("had not yet been fully ..."). One word in six has a wrong head, and the group to the left is right even then.

In: a sentence, a token. Out: a `Reading`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rasid.extract.syntax import Sentence
from rasid.knowledge.certainty import CERTAIN, EFFECTS, CertaintyLexicon, Effect


class Reading(NamedTuple):
    """How something is presented so far.

    sign:     1 affirmed, -1 denied
    level:    see knowledge.certainty.LEVELS
    strength: 0 to 1
    cues:     tokens that decided it
    can:      denied under "can": "cannot be denied"
    """

    sign: int
    level: int
    strength: float
    cues: tuple[int, ...]
    can: bool = False


PLAIN = Reading(1, CERTAIN, 1.0, ())

_NEAR_DEPS = frozenset(
    {
        "aux",
        "aux:pass",
        "advmod",
        "det",
        "amod",
        "cc:preconj",
        "cc",
        "compound",
        "discourse",
        "cop",
        "neg",
        "dep",
        "obl",
    }
)
_AUXILIARIES = frozenset(
    {"be", "am", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m", "have", "has", "had"}
) | frozenset({"having", "'ve", "do", "does", "did", "'d", "get", "got"})
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "DET", "SYM"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_BARE_NO = frozenset({"no", "neither", "zero"})
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "csubj", "obl:agent"})
_NOTS = frozenset({"not", "n't", "never"})
_VERBAL = frozenset({"VERB", "AUX", "ADJ"})
_SMALL_POS = frozenset({"ADV", "AUX"})
_PREDICATES = frozenset({"root", "ROOT", "conj", "ccomp"})
_PARTS = frozenset({"part", "parts", "half", "some", "portions", "sections"})
_CAN = frozenset({"can", "ca", "could"})
_QUANTIFIED = frozenset(
    {"all", "every", "everyone", "everybody", "everything", "any", "each", "half", "a", "an", "the"}
)
_OFTEN = frozenset(
    {"every", "often", "always", "regularly", "usually", "sometimes", "routinely", "frequently"}
)
_TIMES = frozenset(
    "day night week month year summer winter spring autumn time evening morning friday".split()
)
_SUBJECT = 10  # tokens of a subject before its verb
_DEFERRED = frozenset({"now", "today", "recently", "yet", "then", "this"})


def combine(outer: Reading, inner: Reading) -> Reading:
    """What stands inside, seen from outside."""
    if outer is PLAIN:
        return inner
    if inner is PLAIN:
        return outer
    return Reading(
        outer.sign * inner.sign,
        max(outer.level, inner.level),
        outer.strength * inner.strength,
        outer.cues + inner.cues,
        inner.can,
    )


def apply_effect(effect: Effect, *cues: int) -> Reading:
    """The reading that an effect makes of something plain."""
    return Reading(effect.sign, effect.level, effect.strength, cues)


def local_reading(sentence: Sentence, i: int, *, lexicon: CertaintyLexicon, coming_from: int = -1) -> Reading:
    """What the words on token `i` itself make of it: negation, modals, adverbs, qualifiers, "no" arguments.

    coming_from: the argument that is being judged, if any: its own "no" must not count twice
    """
    lower = sentence.lower
    to_be = i > 1 and lower[i - 1] == "to" and sentence.lemmas[i - 2] == "be"  # "is to withdraw"
    if i > 1 and (pair := lexicon.pairs_before.get((lower[i - 2], lower[i - 1]))) is not None:
        return apply_effect(pair, i - 2, i - 1)  # "has yet to begin", "far from defeated"
    if lexicon.local_words.isdisjoint(lower):
        return apply_effect(EFFECTS["coming"], i - 2, i - 1) if to_be else PLAIN
    if (before := _verb_before(sentence, i)) is not None:
        return local_reading(sentence, before, lexicon=lexicon)
    near = _near(sentence, i)
    negation = _argument_negation(sentence, i, lexicon, coming_from=coming_from)
    if negation is None and (none := _not_one(sentence, i)) is not None:
        negation = ("not so", none)
    modal: int | None = None
    others = apply_effect(EFFECTS["coming"], i - 2, i - 1) if to_be else PLAIN
    not_even = False
    for j in near:
        word = lower[j]
        if word in lexicon.negators:
            negation = _negation(sentence, i, j, lexicon) or negation
            not_even = lower[j + 1 : j + 2] == ["even"]
        elif word in lexicon.modals:
            said = sentence.tags[j] == "MD" or word == "gonna"
            if said and not _empty_modal(sentence, i) and not is_month(sentence, j):
                modal = j
        elif word in lexicon.adverbs and not not_even and not _on_a_number(sentence, j):
            others = combine(others, apply_effect(lexicon.adverbs[word], j))
        elif word in lexicon.qualifiers and sentence.deps[j] in {"amod", "compound", "advmod"}:
            others = combine(others, apply_effect(lexicon.qualifiers[word], j))
    own = _modal_and_negation(sentence, i, modal, negation, near, lexicon)
    return combine(own, others)


def _near(sentence: Sentence, i: int) -> list[int]:
    """The children that can carry a mark, and the unbroken group of small words to the left, in order."""
    deps, lower, children = sentence.deps, sentence.lower, sentence.children
    found = _group(sentence, i)
    for c in children[i]:
        if deps[c] in _NEAR_DEPS:
            if c not in found:
                found.append(c)
            if deps[c] == "advmod":
                found += [g for g in children[c] if lower[g] in _NOTS and g not in found]
    found.sort()
    return found


def _group(sentence: Sentence, i: int) -> list[int]:
    """The small words that stand unbroken before token `i`."""
    pos, lower = sentence.pos, sentence.lower
    group = []
    nominal = pos[i] in _NOUNS or sentence.deps[i] == "amod"
    predicate = sentence.deps[i] in _PREDICATES
    j = i - 1
    while j >= 0 and i - j <= 8:
        if lower[j] == "to" or lower[j] == "nor":
            group.append(j)
            break
        small = pos[j] in _SMALL_POS or (pos[j] == "PART" and lower[j] != "'s") or lower[j] in _AUXILIARIES
        if nominal and not small and pos[j] in _NOMINAL:
            group.append(j)
            if pos[j] == "DET" and not predicate:
                break
        elif small and (not nominal or predicate):
            group.append(j)
        else:
            break
        j -= 1
    return group


def _negation(sentence: Sentence, i: int, j: int, lexicon: CertaintyLexicon) -> tuple[str, int] | None:
    """What negator `j` does to token `i`: an effect and the cue, or None if it reaches something else."""
    lower = sentence.lower
    following = _follows(lower, j)
    if following in lexicon.not_negating_next or only_contrasts(sentence, j):
        return None
    if lower[j] == "no" and (following in {"-", "matter"} or "but" in lower[j + 1 : j + 4]):
        return None
    if lower[j] == "no" and sentence.deps[j] in {"discourse", "intj"}:
        return None
    if j > i and sentence.pos[i] != "AUX" and sentence.lemmas[i] != "be":  # "we did it not as a favour"
        return None
    if following == "that" and sentence.pos[min(j + 2, len(lower) - 1)] in {
        "ADJ",
        "ADV",
    }:  # "not that long ago"
        return None
    if following == "necessarily":
        return "open", j
    if j < i and sentence.pos[i] in _NOUNS and lower[j] != "no" and _names_something_else(sentence, i, j):
        return None
    if following == "even":
        return "not so", j
    if any(word in lexicon.totality for word in lower[j + 1 : j + 4 if j > i else max(i, j + 2)]) or (
        i + 1 < len(lower) and j < i and lower[i + 1] in lexicon.totality
    ):
        return "partly", j
    if _until(sentence, i) or _only_the_means(sentence, i):
        return None
    return "not so", j


def only_contrasts(sentence: Sentence, j: int) -> bool:
    """ "Seven, not six, were hurt", "more often than not", "dozens, if not hundreds": no denial of the happening."""
    before = sentence.lower[j - 1] if j else ""
    if before == "than" or sentence.lower[j] not in _NOTS:
        return before == "than"
    following = _follows(sentence.lower, j)
    number = following not in {"", "one", "1"} and sentence.pos[j + 1] == "NUM"
    return (number and before in {"and", ",", "–", "—", "-", "("}) or (
        before == "if" and (number or (following != "" and sentence.tags[j + 1] in {"NNS", "RB", "RBR"}))
    )


def _follows(lower: Sequence[str], j: int) -> str:
    """The word after token `j`, "" at the end."""
    return lower[j + 1] if j + 1 < len(lower) else ""


def _names_something_else(sentence: Sentence, i: int, j: int) -> bool:
    """ "not X but Y" with the negator on another noun before this one."""
    return any(sentence.lower[k] == "but" for k in range(j + 1, i))


def _until(sentence: Sentence, i: int) -> bool:
    """ "did not withdraw until March": it happened, later."""
    for k in range(i + 1, min(len(sentence) - 1, i + 10)):
        if sentence.lower[k] == "until":
            return sentence.lower[k + 1] not in _DEFERRED
    return False


def _only_the_means(sentence: Sentence, i: int) -> bool:
    """ "was not killed by shelling but by a sniper": the killing stands, the means is corrected."""
    lower = sentence.lower
    for k in range(i + 2, min(len(lower) - 1, i + 12)):
        if lower[k] == "but":
            return sentence.pos[k + 1] in {"ADP", "SCONJ"} and lower[k + 1] in lower[i + 1 : k]
    return False


def _verb_before(sentence: Sentence, i: int) -> int | None:
    """ "did not fly air strikes", with "fly" taken for a part of the noun: the verb that has the "not"."""
    for c in sentence.children[i]:
        if (
            sentence.deps[c] == "compound"
            and sentence.tags[c] == "VB"
            and sentence.child(c, "aux") is not None
        ):
            return c
    return None


def is_month(sentence: Sentence, j: int) -> bool:
    """ "ON 2 MAY OUR MEN", "in May": the month and no "may"."""
    if sentence.lower[j] != "may" or not j:
        return False
    return sentence.words[j - 1].isdigit() or (sentence.words[j] == "May" and not sentence.text.istitle())


def _empty_modal(sentence: Sentence, i: int) -> bool:
    """ "so that aid could enter", "before they could flee": the opener has said it all."""
    opening = [sentence.lower[c] for c in sentence.children[i] if sentence.deps[c] == "mark"]
    return "so" in opening or "before" in opening


def _argument_negation(
    sentence: Sentence, i: int, lexicon: CertaintyLexicon, *, coming_from: int
) -> tuple[str, int] | None:
    """ "No civilians were killed", "killed nobody", "at no time", "not all hostages were released"."""
    lower = sentence.lower
    if sentence.pos[i] not in _VERBAL or lexicon.argument_words.isdisjoint(lower):
        return None
    for c in sentence.children[i]:
        dep = sentence.deps[c]
        if dep not in _ARGUMENTS or c == coming_from:
            continue
        if lower[c] in lexicon.negative_pronouns:
            return None if lower[c + 1 : c + 2] in (["but"], ["other"]) else ("not so", c)
        if c and lower[c - 1] == "only" and lower[c] in _PARTS and dep in {"nsubj", "nsubj:pass", "obj"}:
            return "partly", c - 1
        if lower[c] == "part" and dep == "obl" and lower[c - 1] == "in":
            return "partly", c  # "was hit only in part"
        for g in _determiners(sentence, c):
            word = lower[g]
            if word in _BARE_NO and _follows(lower, g) not in lexicon.not_negating_next:
                if dep == "obl" and sentence.lemmas[c] not in lexicon.negative_obliques:
                    continue
                if dep == "obj" and sentence.lemmas[i] in lexicon.no_object_stands:
                    continue
                return "not so", g
            if g > 0 and word in {"all", "every", "single"} and "not" in lower[max(0, g - 2) : g]:
                return ("not so" if word == "single" else "partly"), g
            if (
                word in {"few", "little"}
                and (g == 0 or lower[g - 1] not in {"a", "the", "these", "those", "last", "past"})
                and dep in {"nsubj", "nsubj:pass"}
            ):
                return "partly", g
        if lower[c] in {"all", "everyone", "everybody", "everything"} and c and lower[c - 1] == "not":
            return "partly", c
    return None


def _not_one(sentence: Sentence, i: int) -> int | None:
    """ "not one of its officers is tried": by the order of the words, for the parse seldom sees the subject."""
    if sentence.pos[i] not in _VERBAL:
        return None
    for k in range(i - 1, max(0, i - _SUBJECT), -1):
        if sentence.pos[k] in {"VERB", "PUNCT"}:
            return None
        if sentence.lower[k] == "one" and sentence.lower[k - 1] == "not":
            return k - 1
    return None


def _determiners(sentence: Sentence, noun: int) -> list[int]:
    """What hangs on the noun, and on the nouns before it ("no cluster munitions", with "no" hung on "cluster")."""
    before = sentence.all_children(noun, "compound")
    return [*sentence.children[noun], *(g for k in before for g in sentence.children[k] if g < k)]


def _on_a_number(sentence: Sentence, j: int) -> bool:
    """ "nearly 200 people", "almost all": the adverb bounds a number, not the happening."""
    if j + 1 >= len(sentence):
        return False
    return sentence.pos[j + 1] in {"NUM", "SYM"} or sentence.lower[j + 1] in _QUANTIFIED


def _modal_and_negation(
    sentence: Sentence,
    i: int,
    modal: int | None,
    negation: tuple[str, int] | None,
    near: list[int],
    lexicon: CertaintyLexicon,
) -> Reading:
    """Modal and negation together: "may not" stays open, "could not" is a denial, "should have" hints at no."""
    if modal is None:
        return apply_effect(EFFECTS[negation[0]], negation[1]) if negation else PLAIN
    word = lexicon.modals[sentence.lower[modal]]
    if sentence.lower[modal] == "should" and "?" not in sentence.words[-2:] and _inverted(sentence, i, modal):
        return apply_effect(EFFECTS["open"], modal)  # "should the talks fail"
    perfect = any(sentence.lower[j] in {"have", "'ve"} for j in near if j > modal)
    if negation is None and not perfect and sentence.lower[modal] == "would" and _is_habit(sentence):
        return PLAIN  # "would attack merchants every summer"
    if negation is None:
        return apply_effect(word.perfect if perfect else word.means, modal)
    effect, cue = negation
    if effect != "not so":
        return combine(apply_effect(word.means, modal), apply_effect(EFFECTS[effect], cue))
    denied = word.denied
    if perfect:
        denied = EFFECTS["likely" if word.perfect == EFFECTS["hardly"] else "hardly"]
    reading = apply_effect(denied, *sorted((modal, cue)))
    return reading._replace(can=sentence.lower[modal] in _CAN)


def _is_habit(sentence: Sentence) -> bool:
    """Is something told that was done again and again?"""
    lower = sentence.lower
    if "if" in lower or "say" in lower or _OFTEN.isdisjoint(lower):
        return False
    every = [k for k, word in enumerate(lower) if word == "every"]
    plain = all(lower[k + 1 : k + 2] and lower[k + 1] in _TIMES for k in every)
    return plain and not any(tag in {"VBZ", "VBP"} for tag in sentence.tags)


def _inverted(sentence: Sentence, i: int, modal: int) -> bool:
    """Does the subject stand after the modal?"""
    subject = sentence.child(i, "nsubj", "nsubj:pass")
    return subject is not None and modal < subject < i
