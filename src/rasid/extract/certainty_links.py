"""Which word stands above a token where the parse hung it on the wrong one, and when a link says more than its label.

"Makes it unlikely that he fell" hung on "makes", "foiled a plot to bomb" hung on "foiled", "but said it hit" hung on
what was denied, ", who will come" hung on another verb, "to stop arrests" as the whole of a headline.

In: a sentence, a token and its head. Out: another head, or whether the link is of that kind.
"""

from __future__ import annotations

from rasid.extract.certainty_local import Reading
from rasid.extract.certainty_signature import has_to
from rasid.extract.syntax import Sentence
from rasid.knowledge.certainty import PREDICTED, CertaintyLexicon, Signature

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "expl"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_WILL = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_WAS = frozenset({"was", "were", "had"})
_WHO = frozenset({"who", "which"})
_GOES_ROUND = frozenset("spread swirl circulate emerge surface persist abound fly grow mount".split())
_CLOSING = frozenset({'"', "”", "''"})
_STOPS = frozenset({".", "!", "?"})


def judged_so(sentence: Sentence, i: int, head: int, lexicon: CertaintyLexicon) -> int:
    """ "says it makes it unlikely that he fell", hung on "makes" or "says": the adjective before "that" decides."""
    if sentence.deps[i] != "ccomp" or head > i or "that" not in sentence.lower[head:i]:
        return head
    for k in range(head + 1, i - 1):
        if sentence.lower[k + 1] == "that" and sentence.pos[k] == "ADJ":
            verbs = [t for t in range(k + 2, i) if sentence.tags[t] in _FINITE and sentence.heads[t] != i]
            known = (sentence.lemmas[k], "that") in lexicon.verbs
            return k if known and not verbs else head
    return head


def caused_by_order(sentence: Sentence, i: int, head: int) -> int | None:
    """ "by having someone jailed", with "jailed" hung on "someone": the verb that has it done."""
    if sentence.deps[i] != "acl" or sentence.tags[i] != "VBN" or sentence.deps[head] != "obj":
        return None
    over = sentence.heads[head]
    ordered = sentence.lemmas[over] in {"have", "get"} and sentence.tags[over] in {"VB", "VBG"}
    return over if ordered and i == head + 1 else None


def object_before_to(sentence: Sentence, i: int, head: int, lexicon: CertaintyLexicon) -> int | None:
    """ "foiled a plot to bomb", with "bomb" hung on "foiled": the noun right before "to", if it takes "to"."""
    obj = sentence.child(head, "obj", "nsubj:pass")
    if obj is None or sentence.lower[obj + 1 : obj + 2] != ["to"] or not obj + 1 < i <= obj + 3:
        return None
    found = lexicon.nouns.get((lexicon.known_lemma(sentence.lemmas[obj], sentence.lower[obj]), "to"))
    over = lexicon.verbs.get((lexicon.known_lemma(sentence.lemmas[head], sentence.lower[head]), "noun"))
    stopped = over is not None and over.means.sign < 0
    return obj if stopped and found is not None and found.means.level else None


def told_in_passing(sentence: Sentence, i: int) -> bool:
    """ ", who will come in May", with "come" hung on another verb: told of the one named before, and by the way."""
    who = sentence.child(i, "nsubj", "nsubj:pass")
    return who is not None and 0 < who < i and sentence.lower[who] in _WHO and sentence.words[who - 1] == ","


def says_on(sentence: Sentence, i: int, head: int, lexicon: CertaintyLexicon) -> bool:
    """ "denied that it had shelled X, but said it hit Y", "said" hung on "shelled": a second verb of his."""
    found = lexicon.verbs.get((lexicon.known_lemma(sentence.lemmas[i], sentence.lower[i]), "that"))
    own = any(sentence.deps[c] in _SUBJECTS for c in sentence.children[i])
    said = found is not None and found.group == "saying" and not own
    return said and sentence.deps[head] == "ccomp" and sentence.tags[i] == sentence.tags[sentence.heads[head]]


def past_told(sentence: Sentence, i: int) -> bool:
    """ "were executed", "fell", "had fled", without "would" or "may"."""
    helpers = [c for c in sentence.children[i] if sentence.deps[c] in {"aux", "aux:pass", "cop"}]
    if any(sentence.tags[c] == "MD" for c in helpers):
        return False
    return sentence.tags[i] == "VBD" or any(sentence.lower[c] in _WAS for c in helpers)


def stops_soon(sentence: Sentence, head: int, above: Reading) -> bool:
    """ "Police to stop arrests", "will end its siege": announced, and not only asked for as in "should stop"."""
    if above.level != PREDICTED:
        return False
    if any(sentence.lower[c] in _WILL for c in sentence.children[head]):
        return True
    over = sentence.heads[head]
    first = not any(sentence.pos[t] in {"VERB", "AUX", "DET"} for t in range(head))
    named = over == head or (sentence.deps[head] == "acl" and (over == sentence.root() or first))
    return named and has_to(sentence, head) and (first or _FINITE.isdisjoint(sentence.tags))


def quoted_apart(sentence: Sentence, i: int, head: int) -> bool:
    """Does a quote that is a whole sentence end between the two? What comes after it is not over what stands in it.

    "'We only teach there.' The mayor denied ..." is often read as one sentence.
    """
    if head < i:
        return False
    return any(
        sentence.words[k] in _CLOSING and sentence.words[k - 1] in _STOPS and sentence.words[k - 1] != "?"
        for k in range(i + 1, head)
    )


def fit_for_whom(sentence: Sentence, i: int, head: int) -> int | None:
    """ "bearable for families to starve", with "starve" hung on the families: the adjective before "for"."""
    case, over = sentence.child(head, "case"), sentence.heads[head]
    fits = case is not None and sentence.lower[case] == "for" and sentence.pos[over] == "ADJ" and over < head
    return over if fits and has_to(sentence, i) else None


def stands_beside(sentence: Sentence, i: int) -> bool:
    """ ", with nine confirmed cases": told beside the main verb, whatever that one leaves open."""
    case = sentence.child(i, "case")
    return (
        case is not None and case > 0 and sentence.lower[case] == "with" and sentence.words[case - 1] == ","
    )


def wanted_done(sentence: Sentence, i: int, head: int) -> int | None:
    """ "want the commander arrested", with "arrested" hung on the commander: the verb that wants it."""
    over = sentence.heads[head]
    wanted = sentence.tags[i] == "VBN" and sentence.deps[i] == "acl" and sentence.deps[head] == "obj"
    return over if wanted and i == head + 1 and sentence.lemmas[over] in {"want", "need"} else None


def told_by_rumour(sentence: Sentence, i: int, head: int, lexicon: CertaintyLexicon) -> Signature | None:
    """ "Rumours spread that he had been killed": the noun before "spread" says how sure it is."""
    subject = sentence.child(head, "nsubj")
    if subject is None or sentence.deps[i] != "ccomp" or sentence.lemmas[head] not in _GOES_ROUND:
        return None
    found = lexicon.nouns.get(
        (lexicon.known_lemma(sentence.lemmas[subject], sentence.lower[subject]), "that")
    )
    return found if found is not None and found.means.level else None


def instead_of_first(sentence: Sentence) -> int | None:
    """ "Rather than arrest them, police freed them": the verb that was not done, whatever the parse makes of it."""
    if sentence.lower[:2] not in (["rather", "than"], ["instead", "of"]):
        return None
    verb = next((k for k in range(2, min(len(sentence), 6)) if sentence.tags[k] in {"VB", "VBG"}), None)
    return verb if verb is not None and "," in sentence.words[verb:] else None
