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
_OF_TIME = frozenset({"matter", "question"})  # "is only a matter of time"
_TIME_WORDS = frozenset({"time", "hours", "days", "weeks", "months", "years"})
_LOOSE_GROUPS = frozenset({"light verb", "caused", "managed", "goes on", "happened", "saying"})
_CONDEMNING = frozenset({"reject", "rejection"})
_ORDERED = frozenset({"order", "plan", "plot", "command", "prepare"})
_JUDGING = frozenset({"believed", "light verb", "goes on", "happened"})
_MAY_STAND = _JUDGING | {
    "denied",
    "ended",
    "over",
    "saying",
    "planned or expected",
    "wished for or asked for",
}
_SEEING = frozenset(
    {"see", "consider", "view", "use", "take", "describe", "regard", "treat", "dismiss", "report"}
)
_ON = frozenset({"on", "over", "about", "for", "regarding", "concerning"})
_DAYS = frozenset("today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday".split())
_OF_A_NOUN = frozenset({"for", "to", "in", "with", "of", "into"})
_FOR_GRANTED = ("remember", "that")  # its complement is so, whatever is said of the word
_GOING_ON = frozenset({"continue", "go", "keep"})
_STOPPED = frozenset({"end", "finish", "stop", "cease", "subside", "halt", "over", "quit", "discontinue"})
_LIES_WHERE = frozenset("in on at ahead between near behind within with beyond under along outside".split())
_LASTS = frozenset(
    "war fighting conflict violence shelling bombardment unrest insurgency rebellion combat hostility".split()
)
_ENDED_BY = frozenset({"of", "to", "from"})
_KNOWN = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "my"})
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
    if dep == "obl:agent" and not as_noun:
        return None  # "a forum viewed by thousands": who does it, not what is done
    if dep in {"advcl", "acl"} and role == "that" and sentence.pos[head] not in _NOUNS:
        return None  # an adverbial clause, not what the verb says
    if role == "to" and (
        sentence.lower[head + 1 : head + 2] == ["on"] if lemma == "go" else lemma == "use" and dep == "xcomp"
    ):
        return table.get(("manage", "to"))  # "went on to kill", "are using to hold him"
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
    if lemma == "lie" and sentence.lower[head + 1 : head + 2] and sentence.lower[head + 1] in _LIES_WHERE:
        return None  # "one risk lies in the roads"
    if (
        role == "subj"
        and found is not None
        and found.group == "ended"
        and sentence.child(head, "obj") is not None
    ):
        return None  # "the deal ended the fighting"
    if role == "to" and _no_longer_goes_on(sentence, i, head):
        return lexicon.verbs[_FOR_GRANTED]
    if lemma == "end" and role == "subj" and as_noun and sentence.lower[head + 1 : head + 2] == ["of"]:
        return None  # "is end of the year"
    if lemma == "lose" and role == "noun" and sentence.lemmas[i] in lexicon.lost_when_lost:
        return lexicon.verbs.get(("cease", "noun"))
    if role == "subj" and lemma in _OF_TIME and sentence.lower[head + 1 : head + 2] == ["of"]:
        when = sentence.lower[head + 2 : head + 3]
        return lexicon.verbs.get(("near", "subj")) if when and when[0] in _TIME_WORDS else None
    if lemma == "far" and role == "subj":
        return _far_from(sentence, head, found, lexicon)
    if found is not None and found.group == "narrowly missed" and role == "noun":
        return found if sentence.lemmas[i] in lexicon.gone_when_escaped else None
    if found is not None and found.group == "denied" and sentence.lemmas[i] in lexicon.refusable:
        return None
    if (
        found is not None
        and found.group in _MAY_STAND
        and _happened_all_the_same(sentence, i, head, found, lexicon)
    ):
        return lexicon.verbs[_FOR_GRANTED] if found.group in {"ended", "over"} else None
    if found is None and dep in {"csubj", "csubj:pass"}:
        found = table.get((lemma, "subj"))
    if found is None and dep == "nsubj:pass":
        found = table.get((lemma, "subj"))
    if found is not None and (dep in {"obl", "nmod", "advcl", "acl"} or found.tie):
        return found if _tied(sentence, i, head, found) else None
    return found


def _happened_all_the_same(
    sentence: Sentence, i: int, head: int, found: Signature, lexicon: CertaintyLexicon
) -> bool:
    """Does the word speak of the noun without touching that it happened: rejected, ended, ordered by whom, judged?"""
    if found.group == "ended" and sentence.tags[i] == "VBG" and sentence.deps[i] == "xcomp":
        return _was_done(sentence, i, head, lexicon)
    if sentence.pos[i] not in _NOUNS or found.means.fixed:
        return False
    lemma = sentence.lemmas[i]
    if found.group == "denied":
        return sentence.lemmas[head] in _CONDEMNING and lemma in lexicon.deplorable
    if found.group == "saying":
        return sentence.lemmas[head] == "claim" and _is_known(sentence, i)  # "nobody has claimed the raid"
    if found.group in {"ended", "over"}:
        return _took_place(sentence, i, head, lexicon)
    if sentence.lemmas[head] in _ORDERED:
        who = sentence.child(head, "nsubj")
        asked = who is not None and sentence.lower[who] == "who" and sentence.tags[head] in {"VBD", "VBN"}
        return asked and sentence.deps[i] == "obj" and _is_known(sentence, i)
    return found.group in _JUDGING and _is_judged(sentence, i, head, lexicon)


def _took_place(sentence: Sentence, i: int, head: int, lexicon: CertaintyLexicon) -> bool:
    """ "ended its attacks", "the battle ended": single happenings lie behind it, not a state that holds no longer."""
    lower = sentence.lower
    kin = {lower[c] for c in sentence.children[i] if c < i}
    if lower[i] in lexicon.lasting or kin & {"any", "no", "all", "further", "more", "new"}:
        return False
    if any(word in lexicon.qualifiers for word in kin):
        return False
    subject = sentence.deps[i] in {"nsubj", "nsubj:pass"}
    if sentence.tags[i] in {"NNS", "NNPS"}:
        return subject or sentence.lemmas[head] not in {"stop", "halt", "abandon"} or _is_known(sentence, i)
    if sentence.lemmas[i] not in lexicon.took_place or sentence.lemmas[head] not in _STOPPED:
        return False
    owned = any(sentence.deps[c] == "nmod:poss" for c in sentence.children[i])
    lasted = sentence.lemmas[i] in _LASTS and (not kin or _is_known(sentence, i))
    return subject or owned or lasted


def _was_done(sentence: Sentence, i: int, head: int, lexicon: CertaintyLexicon) -> bool:
    """ "stopped airing the photo": it was aired until then. "Stopped them from airing it" and states are not meant."""
    if sentence.lemmas[head] not in _STOPPED or sentence.lemmas[i] in lexicon.states:
        return False
    between = range(head + 1, i)
    return head < i and all(sentence.pos[k] in {"ADV", "AUX"} for k in between)


def _no_longer_goes_on(sentence: Sentence, i: int, head: int) -> bool:
    """ "It is no longer conceivable for them to go on starving": what may not go on goes on so far."""
    if sentence.pos[head] != "ADJ" or sentence.lower[head - 2 : head] != ["no", "longer"]:
        return False
    return sentence.lemmas[i] in _GOING_ON


def _is_judged(sentence: Sentence, i: int, head: int, lexicon: CertaintyLexicon) -> bool:
    """ "The murder cannot be considered isolated", "must not go unpunished": the negation is over the predicate."""
    if sentence.deps[i] not in {"nsubj", "nsubj:pass"} or not _is_known(sentence, i):
        return False
    for c in sentence.children[head]:
        if c < head:
            continue
        if sentence.deps[c] == "xcomp" and not has_to(sentence, c):
            return (sentence.lemmas[c], "subj") not in lexicon.verbs
        if sentence.lemmas[head] == "use" and has_to(sentence, c):
            return True
        case = sentence.child(c, "case", "mark") if sentence.deps[c] in {"obl", "advcl"} else None
        if case is not None and sentence.lower[case] == "as" and sentence.lemmas[head] in _SEEING:
            return True
    return False


def _is_known(sentence: Sentence, i: int) -> bool:
    """Has the noun a determiner or an owner that makes it a thing already known ("the", "its", "Huda's")?"""
    return any(
        c < i and (sentence.lower[c] in _KNOWN or sentence.deps[c] == "nmod:poss")
        for c in sentence.children[i]
    )


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
    if that is None or (sentence.lemmas[head], "that") not in lexicon.nouns:
        return False
    passive = sentence.child(i, "nsubj:pass")  # "reports that men had been shot": "that" cannot be the object
    return sentence.deps[that] == "mark" or (sentence.deps[that] == "obj" and passive not in (None, that))


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


def noun_before(sentence: Sentence, i: int, head: int, lexicon: CertaintyLexicon) -> int:
    """ "denied responsibility for the spill" with "for" hung on the verb: the noun that it belongs to."""
    obj = sentence.child(head, "obj") if sentence.pos[i] in _NOUNS else None
    if obj is None:
        return head
    case = sentence.child(i, "case")
    if case is None or obj >= case or any(w not in _DAYS for w in sentence.lower[obj + 1 : case]):
        return head
    lemma = lexicon.known_lemma(sentence.lemmas[obj], sentence.lower[obj])
    found = lexicon.nouns.get((lemma, "noun"))
    if found is not None and found.group == "talked over" and sentence.lower[case] in _ON:
        return obj  # "renewed negotiations today on a withdrawal"
    if sentence.lower[case] not in _OF_A_NOUN or case != obj + 1:
        return head
    return obj if found is not None and (found.phase or found.means.fixed) else head


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
        if tie in found.tie:
            return True
        if found.group == "ended" and tie not in _ENDED_BY:
            return False  # "ended with a record of nine losses"
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
        return tie in {"from", "of", "for", "in", "against", "that", "on"} or (
            tie == "" and (found.phase or all(sentence.pos[k] == "ADV" for k in range(head + 1, i)))
        )
    return True
