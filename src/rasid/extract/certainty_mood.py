"""What the mood of the whole sentence makes of its main verb: a question, an order, a headline's "to", a cleft.

In: a sentence, a token. Out: a `Reading`.
"""

from __future__ import annotations

from rasid.extract.certainty_local import PLAIN, Reading, apply_effect
from rasid.extract.syntax import Sentence
from rasid.knowledge.certainty import EFFECTS, CertaintyLexicon

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "expl"})
_PAST = frozenset({"VBD", "VBN"})
_WH_TAKES_FOR_GRANTED = frozenset({"why", "who", "when", "where", "how", "whom"})
_ONLY_ONCE = frozenset({"kill", "die", "bury", "execute", "assassinate"})  # of one man
_PRESENT = frozenset({"VBZ", "VBP", "MD", "VB"})
_HOAXES = frozenset({"hoax", "hoaxes"})
_FALSE = _HOAXES | frozenset(
    "fake false untrue debunked satire fabricated unfounded baseless lie lies".split()
)
_IS = frozenset({"is", "was", "are", "were", "be", "been", "proved"})
_TOLD = frozenset(
    "report reports claim claims rumour rumours rumor rumors allegation allegations story news accusation"
    " accusations".split()
)
_ASKED = 8  # tokens from the happening to the question mark of a headline
_APART = frozenset({".", "!", ";", ":", "|", "-", "–", "—", '"', "“", "”", "?"})
_STORY = frozenset(
    "story stories report reports news rumour rumours rumor rumors video photo post posts page tale".split()
)
_ANY_DENIED = frozenset({"not", "n't", "never", "deny", "denies", "denied", "without", "nor", "no"})


def mood_at_root(sentence: Sentence, i: int, lexicon: CertaintyLexicon) -> Reading:
    """Mood of the whole: a question, an order, a headline's "to"."""
    if any(is_asking(sentence, k) for k in range(max(0, len(sentence) - 3), len(sentence))):
        return _question(sentence, i)
    if sentence.tags[i] == "VB":
        kin = [c for c in sentence.children[i] if c < i]
        deps = {sentence.deps[c] for c in kin}
        to = next((c for c in kin if sentence.lower[c] == "to"), None)
        if to is not None and sentence.lower[to - 1 : to] != ["yet"]:
            return apply_effect(EFFECTS["coming"], to)
        modal = any(sentence.lower[c] in lexicon.modals or sentence.lower[c] in {"did", "does"} for c in kin)
        if not deps & _SUBJECTS and not modal and i <= 4:
            return apply_effect(EFFECTS["coming"], i)
    return PLAIN


def is_asking(sentence: Sentence, k: int) -> bool:
    """Is token `k` a question mark, and none inside a web address ("index.php?title=Kelan")?"""
    if sentence.words[k] != "?":
        return False
    before = sentence.words[k - 1] if k else ""
    after = sentence.words[k + 1] if k + 1 < len(sentence) else ""
    return not ("/" in before or "=" in after or ("." in before[1:-1] and before.replace(".", "").isalpha()))


def asked_first(sentence: Sentence, i: int) -> Reading:
    """ "Commander wounded? He may have been hit, says report", read as one sentence: what stands before the mark."""
    mark = next((k for k in range(i + 1, min(len(sentence), i + 1 + _ASKED)) if is_asking(sentence, k)), None)
    if mark is None or mark + 3 >= len(sentence) or any(sentence.words[k] in _APART for k in range(i, mark)):
        return PLAIN
    first = next((k + 1 for k in range(i, 0, -1) if sentence.words[k] in _APART), 0)
    return PLAIN if sentence.lower[first].startswith(("wh", "how")) else apply_effect(EFFECTS["open"], mark)


def _question(sentence: Sentence, i: int) -> Reading:
    """A question leaves it open, but who, why, where, when and how take what happened for granted."""
    mark = max(k for k in range(len(sentence)) if is_asking(sentence, k))
    asks = next((w for w in sentence.lower[:4] if w.startswith("wh") or w == "how"), "")
    happened = sentence.tags[i] in _PAST or "did" in sentence.lower[:4]
    ahead = any(sentence.lower[c] in {"will", "'ll"} for c in sentence.children[i])
    if "times" in sentence.lower[:4] and sentence.lemmas[i] in _ONLY_ONCE:
        return apply_effect(
            EFFECTS["open"], mark
        )  # "How many times did they kill him?" mocks those who say so
    if asks in _WH_TAKES_FOR_GRANTED and (happened or ahead):
        return PLAIN
    return apply_effect(EFFECTS["open"], mark)


def cleft(sentence: Sentence, i: int, head: int) -> Reading:
    """ "What has been defeated is not ISIS", "It was not the army that shelled the town"."""
    lower = sentence.lower
    if lower[0] == "what" and i > 0:
        be = next((k for k in range(i + 1, min(len(lower), i + 8)) if sentence.lemmas[k] == "be"), None)
        if (
            be is not None
            and be + 1 < len(lower)
            and lower[be + 1] in {"not", "n't"}
            and "," not in lower[i:be]
        ):
            return apply_effect(EFFECTS["not so"], be + 1)
    elif "it" in lower[:2] and sentence.deps[i] in {"acl:relcl", "csubj", "ccomp", "advcl"}:
        it = lower.index("it")
        if (
            (
                lower[it + 1 : it + 2]
                and sentence.lemmas[it + 1] == "be"
                and "until" not in lower[it + 3 : it + 4]
                and lower[it + 2 : it + 3] in (["not"], ["n't"])
            )
            and sentence.deps[i] == "acl:relcl"
            and sentence.pos[head] in {"NOUN", "PROPN", "PRON"}
        ):
            return apply_effect(EFFECTS["not so"], it + 2)
    return PLAIN


def supposed(sentence: Sentence, i: int) -> Reading:
    """ "Had the guards not fled, the rebels would have ...": supposed against the facts, so left open."""
    lower = sentence.lower
    if lower[0] != "had" or "would" not in lower or "," not in sentence.words:
        return PLAIN
    return apply_effect(EFFECTS["open"], 0) if i < sentence.words.index(",") < lower.index("would") else PLAIN


def untrue(sentence: Sentence, i: int) -> Reading:
    """What the sentence itself calls false: "Karim Odeh Arrested Is a Hoax", "Fake: mayor killed", "the report that
    he died turned out to be false"."""
    lower = sentence.lower
    h = next((k for k, word in enumerate(lower) if word in _FALSE), None)
    if h is None:
        return PLAIN
    headline = sentence.kind == "heading" or sentence.words[-1] not in {".", "!", "?"}
    if headline and h == 0 and sentence.pos[i] == "VERB" and not _STORY.isdisjoint(lower[i + 1 :]):
        return apply_effect(EFFECTS["not so"], h)  # "Fake Karim Odeh Arrested Story Spreads"
    if headline and h == 0 and lower[1:2] in ([":"], ["-"], ["–"]):
        return apply_effect(EFFECTS["not so"], h)
    if headline and i < h and lower[h] in _HOAXES and (i == h - 1 or h == len(lower) - 1):
        return apply_effect(EFFECTS["not so"], h)
    if h + 1 < i and lower[h + 1] in _TOLD and "no" not in lower[:h]:
        return apply_effect(EFFECTS["not so"], h)  # "A fake report said that he had died"
    be = next((k for k in range(h - 1, max(0, h - 6), -1) if lower[k] in _IS), None)
    if be is None or i >= be or not {"not", "n't", "never"}.isdisjoint(lower[be - 2 : h]):
        return PLAIN
    told = headline or not _TOLD.isdisjoint(lower[:i])
    return apply_effect(EFFECTS["not so"], h) if told else PLAIN


def rule_for_anyone(sentence: Sentence, i: int) -> int | None:
    """The word that makes a rule of a clause, so that it tells of no one act: "whoever", "any" with a present verb."""
    subject = sentence.child(i, "nsubj", "nsubj:pass")
    if subject is not None and sentence.lower[subject] in {"whoever", "whichever"}:
        return subject
    det, head = sentence.child(i, "det"), sentence.heads[i]
    if det is None or sentence.lower[det] != "any" or sentence.deps[i] not in {"nsubj", "nsubj:pass"}:
        return None
    helpers = [k for k in sentence.children[head] if sentence.deps[k] in {"aux", "aux:pass", "cop"}]
    present = all(sentence.tags[k] in _PRESENT for k in helpers or [head])
    return det if present and not _ANY_DENIED & set(sentence.lower) else None
