"""Which entry of the lexicon governs a token: its head's word, and the kind of complement the token is.

The parse mislabels one clause in three, so the words are asked as well: "accused the army of bombing" finds
"accused" though the parser hung "of bombing" on the army.

In: a sentence, a token, its head. Out: the `Signature` that reaches the token, or None.
"""

from __future__ import annotations

from dataclasses import replace

from rasid.extract.syntax import Sentence
from rasid.knowledge.certainty import CertaintyLexicon, Signature

_NOUNS = frozenset({"NOUN", "PROPN"})
_NOMINAL_LINKS = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "nmod"})
_TIES = frozenset({"of", "for", "to", "against", "on", "from", "about", "with", "over", "into", "by"})
_LOOSE_GROUPS = frozenset({"light verb", "caused", "managed", "goes on", "happened", "saying"})
_TIED_TO = {
    "lead": "to",
    "result": "in",
    "engage": "in",
    "participate": "in",
    "carry": "out",
    "contribute": "to",
}


def complement_role(sentence: Sentence, i: int, head: int) -> str:
    """Which kind of complement the token is."""
    dep = sentence.deps[i]
    if dep in {"nsubj"}:
        return "subj"
    if dep in {"obj", "nsubj:pass", "obl", "obl:agent", "nmod", "compound"}:
        return "noun"
    kin = [sentence.lower[c] for c in sentence.children[i] if c < i]
    if "to" in kin or (i and sentence.lower[i - 1] == "to"):
        return "to"
    gerund = sentence.tags[i] == "VBG" or "being" in kin
    if gerund and not any(sentence.deps[c] in {"nsubj", "aux"} for c in sentence.children[i]):
        return "ing"
    if dep == "xcomp":
        return "to"
    return "that"


def signature_for(
    sentence: Sentence, i: int, head: int, role: str, lexicon: CertaintyLexicon
) -> Signature | None:
    """The lexicon's entry for this head and this kind of complement, if it reaches the token."""
    as_noun = sentence.pos[head] in _NOUNS or sentence.deps[head] in _NOMINAL_LINKS
    table = lexicon.nouns if as_noun else lexicon.verbs
    lemma = lexicon.known_lemma(sentence.lemmas[head], sentence.lower[head])
    particle = sentence.child(head, "compound:prt")
    if particle is not None and (f"{lemma} {sentence.lower[particle]}", role) in table:
        return table[f"{lemma} {sentence.lower[particle]}", role]
    dep = sentence.deps[i]
    if dep in {"advcl", "acl"} and role == "that" and sentence.pos[head] not in _NOUNS:
        return None  # an adverbial clause, not what the verb says
    if role == "to" and lemma == "go":
        return table.get(("expect", "to")) if sentence.tags[head] == "VBG" else None
    if (
        dep == "xcomp"
        and role == "to"
        and not has_to(sentence, i)
        and lemma not in {"seem", "appear", "help", "let"}
    ):
        return table.get((lemma, "ing")) if lemma in {"remain", "stay", "keep"} else None
    if dep == "acl" and role != "to" and _participle(sentence, i):
        return None  # "the threat posed by mines"
    found = table.get((lemma, role))
    if lemma == "lose" and role == "noun" and sentence.lemmas[i] in lexicon.lost_when_lost:
        return lexicon.verbs.get(("cease", "noun"))
    if lemma == "far" and role == "subj":
        return _far_from(sentence, head, found, lexicon)
    if found is not None and found.group == "narrowly missed" and role == "noun":
        return found if sentence.lemmas[i] in lexicon.gone_when_escaped else None
    if found is not None and found.group == "denied" and sentence.lemmas[i] in lexicon.refusable:
        return None
    if found is None and dep in {"csubj", "csubj:pass"}:
        found = table.get((lemma, "subj"))
    if found is None and dep == "nsubj:pass":
        found = table.get((lemma, "subj"))
    if found is not None and (dep in {"obl", "nmod", "advcl", "acl"} or found.tie):
        return found if _tied(sentence, i, head, found) else None
    return found


def _far_from(
    sentence: Sentence, head: int, found: Signature | None, lexicon: CertaintyLexicon
) -> Signature | None:
    """ "is far" puts it off; "is far from over" denies the word after "from"."""
    if sentence.lower[head + 1 : head + 2] != ["from"] or head + 2 >= len(sentence):
        return found
    after = lexicon.verbs.get((sentence.lower[head + 2], "subj"))
    return None if after is None else replace(after, means=after.denied, phase=False)


def says_that(sentence: Sentence, i: int, head: int, lexicon: CertaintyLexicon) -> bool:
    """ "the claim that the army fled", parsed as a relative clause: the noun is one that takes "that"."""
    that = next((c for c in sentence.children[i] if sentence.lower[c] == "that"), None)
    return (
        that is not None
        and sentence.deps[that] == "mark"
        and (sentence.lemmas[head], "that") in lexicon.nouns
    )


def verb_over(
    sentence: Sentence, i: int, head: int, lexicon: CertaintyLexicon
) -> tuple[Signature, int] | None:
    """ "accused the army of bombing" with "of bombing" hung on the army: the verb before it decides."""
    verb = sentence.heads[head]
    if not i or sentence.lower[i - 1] not in {"of", "from"} or sentence.pos[verb] != "VERB" or verb > i:
        return None
    found = lexicon.verbs.get((lexicon.known_lemma(sentence.lemmas[verb], sentence.lower[verb]), "ing"))
    loose = found is None or found.group in _LOOSE_GROUPS or found.means.fixed
    return None if found is None or loose else (found, verb)


def _participle(sentence: Sentence, i: int) -> bool:
    """A participle that stands alone after its noun, without "that", "of" or a subject."""
    kin = [c for c in sentence.children[i] if c < i]
    return sentence.tags[i] in {"VBN", "VBG"} and not any(
        sentence.deps[c] in {"mark", "case", "nsubj", "nsubj:pass", "aux", "aux:pass", "cop"} for c in kin
    )


def has_to(sentence: Sentence, i: int) -> bool:
    """Is the token an infinitive with "to", by the parse or by the word before it?"""
    return any(sentence.lower[c] == "to" for c in sentence.children[i]) or (
        i > 0 and sentence.lower[i - 1] == "to"
    )


def _tied(sentence: Sentence, i: int, head: int, found: Signature) -> bool:
    """Is this what the word governs ("threat of", "accused of"), or a place, a time, a purpose beside it?"""
    tie = next((sentence.lower[c] for c in sentence.children[i] if sentence.deps[c] in {"case", "mark"}), "")
    if found.tie and sentence.pos[head] not in _NOUNS:
        return tie in found.tie
    if sentence.deps[i] in {"obl", "nmod"}:
        if found.group in _LOOSE_GROUPS and sentence.pos[head] not in _NOUNS:
            return _TIED_TO.get(sentence.lemmas[head]) == tie
        return tie in _TIES and (tie != "by" or sentence.pos[head] in _NOUNS)
    if sentence.deps[i] == "advcl":
        if tie == "to":
            if found.group == "saying":  # "is said to have recruited"
                return sentence.tags[head] == "VBN"
            return found.group not in _LOOSE_GROUPS and found.group not in {
                "taken for granted",
                "shown",
                "hindered",
            }
        return tie in {"from", "of", "for", "in", "against", "that", "on"} or (tie == "" and found.phase)
    return True
