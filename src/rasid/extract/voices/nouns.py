"""Nouns of saying: "the claim that it fell", "his promise to leave", "Moscow's denial of the raid"."""

from __future__ import annotations

from collections.abc import Iterator

from rasid.extract.voices.drafts import Draft, Place
from rasid.extract.voices.phrases import MARKS, past_phrase, phrase, trim

_MEANT = frozenset("plan intention aim desire wish hope commitment doubt refusal".split())
_WITHOUT_THAT = frozenset(
    "claim report rumour rumor allegation fear suggestion suspicion accusation concern".split()
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PAPERS = frozenset("post message tweet voicemail leaflet".split())
# Who makes, has or sends a claim makes it.
_HOLDING = frozenset(
    "make have issue express voice give repeat raise release renew offer share hold level file lodge deliver"
    " send".split()
)


def read_noun(at: Place, i: int) -> Iterator[Draft]:
    """ "the claim that it fell", "his promise to leave", "Moscow's denial of the raid", "reports of shelling"."""
    s = at.s
    low, high = at.bounds(i)
    if i + 2 > high:
        return
    lemma = at.words.noun_forms[s.lower[i]]
    noun = at.words.nouns[lemma]
    if _is_none(at, i) or _is_addressed(at, i):
        return
    owner = _owner(at, i, high)
    if owner is None and lemma in _PAPERS and s.lower[i + 1] == "that":
        owner = i  # "shared a post that ...": the post says it
    after = i + 1
    if owner is not None and owner > i:
        after = phrase(s, owner, low=i + 1, high=high)[1] + 1
        if after > high:
            return
    content = _noun_content(at, i, after, owner is not None or s.lower[i].endswith("s"))
    if content is None:
        return
    voice = phrase(s, owner, low=low, high=high) if owner is not None else None
    if voice and s.words[voice[1]] in {"'s", "’s", "'", "’"} and voice[1] > voice[0]:
        voice = (voice[0], voice[1] - 1)
    meant = (
        lemma in _MEANT and s.lower[after] == "to"
    )  # rule of chains.py: what is only meant is nobody's report
    rule = "to do, noun" if meant else "noun of saying"
    yield Draft(at.number, (i, i), [content], lemma, noun.status, rule, voice, owner, noun.denies)


def _is_none(at: Place, i: int) -> bool:
    """ "There can be no doubt that": nobody's doubt."""
    det = at.s.child(i, "det")
    return det is not None and at.s.lower[det] == "no" and at.words.noun_forms[at.s.lower[i]] == "doubt"


def _is_addressed(at: Place, i: int) -> bool:
    """ "informs public opinion that": the opinion is told, it does not say."""
    s = at.s
    verb = s.heads[i]
    lemma = at.words.forms.get(s.lower[verb], "")
    return s.deps[i] in {"obj", "iobj"} and "addressee" in at.words.frames.get(lemma, ())


def _owner(at: Place, i: int, high: int) -> int | None:
    """Whose claim: "Moscow's claim", "a claim by Moscow", "the belief among residents"."""
    s = at.s
    owner = s.child(i, "nmod:poss")
    if owner is not None:
        return owner
    for c in s.all_children(i, "nmod", "obl"):
        if i < c <= high and any(s.lower[g] in {"by", "from", "among"} for g in s.all_children(c, "case")):
            return c
    return _holder_of(at, i)


def _holder_of(at: Place, i: int) -> int | None:
    """The subject of "made the claim that", "has fears that", "issued a warning that"."""
    s = at.s
    head = s.heads[i]
    if s.deps[i] == "obj" and s.lemmas[head] in _HOLDING:
        return s.child(head, "nsubj")
    return None


def _noun_content(at: Place, i: int, after: int, open_to_of: bool) -> tuple[int, int] | None:
    """Offsets of what the noun says."""
    s = at.s
    _, high = at.bounds(i)
    told = s.pos[after] == "SCONJ" or s.deps[after] == "mark"
    if s.lower[after] == "that" and (told or _has_own_subject(at, i, after, high)):
        return at.span(after, _clause_last(at, i, after, high))
    lemma = at.words.noun_forms[s.lower[i]]
    noun = at.words.nouns[lemma]
    if lemma in _WITHOUT_THAT and after == i + 1 and _clause_without_that(at, i, high):
        return at.span(after, _clause_last(at, i, after, high))
    if after >= high or not open_to_of:
        return None
    if s.lower[after] == "to" and "to" in noun.preps and s.tags[after + 1] == "VB":
        return at.span(after, _infinitive_last(at, after, _clause_last(at, i, after, high)))
    if (
        s.lower[after] in noun.preps
        and s.lower[after] != "to"
        and (past_phrase(s, after + 1, high) > after + 1 or s.tags[after + 1] == "VBG")
    ):
        return at.span(after + 1, _clause_last(at, i, after + 1, high))
    return None


def _clause_without_that(at: Place, i: int, high: int) -> bool:
    """ "unconfirmed reports the militia has fled", "probing claims rebels seized the mill"."""
    s = at.s
    if (
        s.pos[i] != "NOUN"
        or i + 3 > high
        or s.pos[i + 1] not in {"DET", "NUM", "NOUN", "PROPN", "PRON", "ADJ"}
    ):
        return False
    verb = past_phrase(s, i + 1, high)
    if not i + 1 < verb < high or s.deps[i] == "compound" or s.child(i, "cop") is not None:
        return False
    if s.deps[i] in {"nsubj", "nsubj:pass"} and "there" not in s.lower[:i]:
        return False
    if s.tags[verb] == "VBN":  # "claims rebels seized the mill", with "seized" taken for a participle
        after = (
            s.pos[verb + 1] in {"DET", "NOUN", "PROPN", "ADJ", "NUM", "PRON"} or s.deps[verb + 1] == "amod"
        )
        return s.deps[verb] == "acl" and after
    main = s.heads[verb] if s.deps[verb].startswith(("aux", "cop")) else verb
    return s.tags[verb] in _FINITE and (
        s.heads[main] in {i, i + 1} or s.child(main, "nsubj") in range(i + 1, verb)
    )


def _has_own_subject(at: Place, i: int, that: int, high: int) -> bool:
    """ "A post that ten people were killed": the clause has its own subject, so "that" is no pronoun."""
    s = at.s
    if at.words.noun_forms[s.lower[i]] not in _PAPERS:
        return False
    phrase_end = past_phrase(s, that + 1, high)
    return phrase_end > that + 1 and phrase_end <= high and s.pos[phrase_end] in {"VERB", "AUX"}


def _clause_last(at: Place, i: int, after: int, high: int) -> int:
    """The last token of the clause that hangs on the noun at `i` and starts at `after`."""
    s = at.s
    inside = [t for t in s.subtree(i) if after <= t <= high]
    if len(inside) > 2:
        return trim(s, inside[-1], after)
    stop = next(
        (t for t in range(after + 1, high + 1) if s.words[t] in {",", ";"} or s.words[t] in MARKS), high + 1
    )
    return trim(s, stop - 1, after)


def _infinitive_last(at: Place, start: int, last: int) -> int:
    """An infinitive ends before a finite verb that has no subject within it ("to leave | was broken")."""
    s = at.s
    for t in range(start + 2, last + 1):
        if s.tags[t] in {"VBD", "VBZ", "MD"}:
            subject = s.child(t, "nsubj", "nsubj:pass")
            return (
                last
                if subject is not None and subject > start + 2 and s.pos[subject] == "PRON"
                else trim(s, t - 1, start)
            )
        if s.pos[t] in {"SCONJ"} or s.lower[t] in {"who", "which", "that", "what"}:
            return last
    return last
