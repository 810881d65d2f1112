"""Noun phrases, clause ends and the subject of a verb: by the parse where it holds, by word order where it does not.

Tokens are indexes into one `Sentence`; spans of tokens include both ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from rasid.extract.syntax import Sentence

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_IN_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART", "X", "SYM"})
_SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "nsubj:outer")
_CLAUSES = ("acl:relcl", "acl", "advcl", "ccomp", "parataxis", "conj", "csubj")
MARKS = frozenset('"“”„«»‟＂') | {"''", "``", "‘"}
CLOSING = frozenset('"”»') | {"''", "’", "'"}
OPENING = frozenset('"“„«‟') | {"``", "''", "‘", "'"}
_DASHES = frozenset("-–—") | {"--"}
TODAY = frozenset({"today", "yesterday", "tonight", "earlier", "later"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
_WEEKDAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "yesterday",
        "today",
        "earlier",
        "later",
        "recently",
        "last",
        "late",
        "early",
        "this",
    ]
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does what the verb says.

    head:        token; first, last: the words
    passive:     the verb is passive, so this is not the voice
    by_order:    found by word order, not by the parse
    inherited:   the subject of a verb further up
    antecedent:  for "who": the noun it stands for
    """

    head: int
    first: int
    last: int
    passive: bool = False
    by_order: bool = False
    inherited: bool = False
    antecedent: int | None = None


def phrase(s: Sentence, head: int, *, low: int = 0, high: int | None = None) -> tuple[int, int]:
    """First and last token of the noun phrase of `head` with modifiers and appositions, within [low, high]."""
    high = len(s) - 1 if high is None else high
    inside = {i for i in s.subtree(head) if low <= i <= high}
    for child in s.children[head]:
        if child > head and s.deps[child] in {"parataxis", "advcl", "ccomp", "acl:relcl"}:
            inside -= set(s.subtree(child))
    first = last = head
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    while first < head and (
        s.pos[first] in {"PUNCT", "CCONJ", "SCONJ", "INTJ"} or s.deps[first] in {"case", "mark"}
    ):
        first += 1
    while last > head and s.pos[last] in {"PUNCT", "CCONJ"} and s.words[last] not in {")", "]"}:
        last -= 1
    return first, last


def phrase_by_order(s: Sentence, last: int, low: int = 0) -> tuple[int, int]:
    """The noun phrase that ends at `last`, by parts of speech alone."""
    first = last
    while first > low:
        before = s.pos[first - 1]
        if (before in _IN_PHRASE and s.words[first - 1] not in MARKS) or _joins(s, first - 1, low):
            first -= 1
            if s.pos[first] == "DET" and s.deps[first] != "nmod:poss":
                break
        else:
            break
    while first < last and s.words[first].lower() in {"of", "and", "'s", "’s"}:
        first += 1
    return first, last


def _joins(s: Sentence, i: int, low: int) -> bool:
    """'of' between two nominals, as in 'the Ministry of Defence'."""
    return s.lower[i] in {"of", "&", "for"} and i > low and s.pos[i - 1] in NOMINAL


def subject_of(s: Sentence, v: int, low: int, high: int) -> Subject | None:
    """The subject of verb `v`: its own, one shared with a verb above, the noun it modifies, or the phrase before it."""
    own = s.child(v, *_SUBJECTS)
    if own is not None and low <= own <= high and s.pos[own] != "VERB":
        return _own_subject(s, v, own, low=low, high=high)
    if is_passive(s, v) and s.deps[v] not in {"acl", "conj", "xcomp"}:
        return subject_by_order(s, v, low, passive=True)
    return _shared_subject(s, v, low, high) or subject_by_order(s, v, low)


def _own_subject(s: Sentence, v: int, own: int, *, low: int, high: int) -> Subject:
    """The subject that hangs on the verb."""
    first, last = phrase(s, own, low=low, high=v - 1 if own < v else high)
    bare = (
        s.deps[own] == "nsubj:pass"
        and v + 1 < len(s)
        and s.lower[v + 1] in {"of", "to", "by", "as", "for", "in"}
    )
    passive = is_passive(s, v) or bare
    first = _past_opening(s, own, first)
    antecedent = None
    if s.lower[own] in RELATIVES and s.tags[own] in {"WP", "WDT"} and own < v:
        antecedent = _antecedent(s, v, own)
    return Subject(own, first, last, passive=passive, antecedent=antecedent)


def _past_opening(s: Sentence, head: int, first: int) -> int:
    """ "After the end of the probe, X said": what the parser put into the phrase before a comma does not belong."""
    if first == 0 or s.pos[first - 1] != "ADP":
        return first
    comma = next((i for i in range(head - 1, first, -1) if s.words[i] == ","), None)
    return first if comma is None else comma + 1


def _antecedent(s: Sentence, v: int, relative: int) -> int | None:
    """The noun that 'who' stands for: the one the clause hangs on, else the nearest noun before it."""
    a = v
    while s.deps[a] in {"conj", "xcomp"} and s.heads[a] != a:
        a = s.heads[a]
    if s.deps[a].startswith("acl") and s.heads[a] < relative:
        return s.heads[a]
    return next(
        (i for i in range(relative - 1, max(-1, relative - 4), -1) if s.pos[i] in {"NOUN", "PROPN"}), None
    )


def _shared_subject(s: Sentence, v: int, low: int, high: int) -> Subject | None:
    """For "X went and said", "X began to say", ", adding that", "activists saying"."""
    a, seen = v, 0
    while s.heads[a] != a and seen < 6:
        dep, above = s.deps[a], s.heads[a]
        seen += 1
        if dep == "acl" and above < v and s.pos[above] in NOMINAL:
            first, last = phrase(s, above, low=low, high=v - 1)
            return Subject(above, first, last, passive=s.tags[v] == "VBN" and _has_finite(s), inherited=True)
        if dep not in {"conj", "xcomp", "advcl", "parataxis", "ccomp"} or not low <= above <= high:
            return None
        if dep == "ccomp" and s.tags[v] != "VBG":
            return None
        own = s.child(above, *_SUBJECTS)
        if own is not None and low <= own <= high and own < v and s.pos[own] != "VERB":
            found = _own_subject(s, above, own, low=low, high=high)
            passive = is_passive(s, v) or (
                s.tags[v] == "VBN" and (dep == "advcl" or (found.passive and dep == "conj"))
            )
            return Subject(
                found.head,
                found.first,
                found.last,
                passive=passive,
                inherited=True,
                antecedent=found.antecedent,
            )
        a = above
    return None


def subject_by_order(s: Sentence, v: int, low: int, *, passive: bool | None = None) -> Subject | None:
    """The noun phrase that stands before the verb, past auxiliaries, adverbs and one insertion in commas."""
    i = v - 1
    while i >= low and (s.pos[i] in {"AUX", "ADV", "PART"} or (i > low and s.lower[i] in TODAY)):
        i -= 1
    if i > low and s.words[i] == ")":  # "Adib Sarraf (R-Kelan) said"
        i = next((k - 1 for k in range(i, max(low, i - 8), -1) if s.words[k] == "("), i)
    if i > low and s.words[i] in {",", "–", "—"}:
        i = _before_insertion(s, i, low)
    bare = i > low and s.pos[i] == "ADJ" and s.pos[i - 1] == "DET"  # "the general", "the dead"
    if i < low or (s.pos[i] not in NOMINAL and not bare) or s.tags[i] in {"VBG", "EX"}:
        return None
    first, last = phrase_by_order(s, i, low)
    if (
        first > low
        and (s.deps[first - 1] == "case" or s.pos[first - 1] == "ADP")
        and s.lower[first - 1] != "of"
    ):
        return _over_preposition(s, first, last, low)
    passive = is_passive(s, v) if passive is None else passive
    antecedent = None
    if s.lower[i] in RELATIVES:
        antecedent = _antecedent(s, v, i)
    of = next((k for k in range(first + 1, last) if s.lower[k] == "of" and s.pos[k - 1] in NOMINAL), None)
    head = last if of is None or s.labels[last] == s.labels[of - 1] != "" else of - 1
    return Subject(head, first, last, passive=passive, by_order=True, antecedent=antecedent)


def _over_preposition(s: Sentence, first: int, last: int, low: int) -> Subject | None:
    """ ", a source from the ministry of health announced": the noun before the preposition, if its part opens there."""
    before = first - 2
    if before <= low or s.pos[before] != "NOUN" or s.lower[first - 1] not in {"from", "in", "at"}:
        return None
    begin, _ = phrase_by_order(s, before, low)
    opens = begin > low and s.pos[begin] == "DET" and s.words[begin - 1] == ","
    return Subject(before, begin, last, by_order=True) if opens else None


def _before_insertion(s: Sentence, comma: int, low: int) -> int:
    """The token before ", in its last report ," that ends at `comma`, or -1."""
    for i in range(comma - 1, max(low, comma - 16), -1):
        if s.words[i] in {",", "–", "—"}:
            return (
                i - 1
                if s.pos[i + 1] in {"ADP", "DET", "ADV", "SCONJ", "NOUN", "PROPN", "PRON", "VERB"}
                else -1
            )
    return -1


def is_passive(s: Sentence, v: int) -> bool:
    """Does the verb stand in the passive ("is expected")?"""
    if s.child(v, "aux:pass") is not None:
        return True
    if s.tags[v] not in {"VBN", "VBD", "JJ"} or (s.child(v, "aux") is not None and _has_have(s, v)):
        return False
    i = v - 1
    while i >= 0 and s.pos[i] in {"ADV", "PART"}:
        i -= 1
    return i >= 0 and s.lemmas[i] in {"be", "get"} and s.pos[i] in {"AUX", "VERB"}


def _has_have(s: Sentence, v: int) -> bool:
    return any(s.lemmas[c] in {"have", "'ve", "’ve"} for c in s.all_children(v, "aux")) and not any(
        s.lower[c] == "been" for c in s.children[v]
    )


def cue_span(s: Sentence, v: int) -> tuple[int, int]:
    """The verb with its auxiliaries, negation and adverbs that stand next to it."""
    first = v
    while first > 0 and (
        s.pos[first - 1] in {"AUX", "PART"}
        or (s.pos[first - 1] == "ADV" and s.lower[first - 1] not in {"when", "where", "how", "why"})
    ):
        first -= 1
    return first, v


def is_negated(s: Sentence, v: int) -> bool:
    """Is the verb itself negated ("did not say", "never claimed")?"""
    first, _ = cue_span(s, v)
    near = {s.lower[i] for i in range(first, v)} | {
        s.lower[c] for c in s.children[v] if c < v and s.deps[c] == "advmod"
    }
    near |= {
        s.lower[c] for c in s.children[v] if c < v and s.deps[c].startswith("cc") and s.lower[c] != "and"
    }
    return bool(near & {"not", "n't", "n’t", "never", "neither", "nor"})


def clause_limit(s: Sentence, v: int, low: int, high: int) -> int:
    """The last token that the clause of `v` can reach: the end of the sentence, or of the clause it lies in."""
    limit = high
    a, seen = v, 0
    while s.heads[a] != a and seen < 8:
        if (s.deps[a] in {"acl:relcl", "acl", "advcl", "csubj"} and s.heads[a] < a) or (
            s.deps[a] in {"advcl", "nsubj", "csubj", "acl:relcl", "acl"} and s.heads[a] > v
        ):
            end = max(s.subtree(a))
            limit = min(limit, end) if end > v else limit
        a = s.heads[a]
        seen += 1
    return trim(s, limit, v)


def trim(s: Sentence, last: int, low: int) -> int:
    """Step back over stops and commas at the end, not over closing quote marks."""
    while last > low and s.words[last] in {".", ",", ";", ":", "…", "-", "–", "—", "--"}:
        last -= 1
    return last


def skip_adverbials(s: Sentence, i: int, high: int) -> int:
    """Past "on Monday", "in a statement", "to reporters", "last week", adverbs: what may stand before the content."""
    while i <= high:
        if (s.pos[i] == "ADV" and s.lower[i] not in {"how", "why", "where", "when"}) or (
            s.lower[i] in _WEEKDAYS and (s.deps[i] != "nsubj" or s.pos[i] == "PROPN")
        ):
            i += 1
            while (
                i <= high
                and s.pos[i] in {"NOUN", "PROPN"}
                and s.deps[i - 1] in {"det", "amod"}
                and s.heads[i - 1] == i
            ):
                i += 1
        elif s.pos[i] == "ADP" and s.lower[i] in {
            "in",
            "on",
            "to",
            "at",
            "during",
            "from",
            "with",
            "through",
            "via",
            "by",
            "after",
            "for",
        }:
            after = past_phrase(s, i + 1, high)
            if after == i + 1:
                return i
            i = after
        else:
            return i
    return i


def past_phrase(s: Sentence, i: int, high: int) -> int:
    """The token after the noun phrase that starts at `i`, by parts of speech; `i` itself if none does."""
    start = i
    seen_noun = False
    while i <= high:
        if s.pos[i] in {"NOUN", "PROPN", "NUM"} or (s.pos[i] == "PRON" and not seen_noun):
            if (
                seen_noun
                and s.deps[i] in {"nsubj", "nsubj:pass"}
                and s.pos[i - 1] not in {"ADJ", "DET"}
                and s.heads[i - 1] != i
            ):
                break
            seen_noun = True
        elif (
            s.lower[i] in {"'s", "’s", "of", "and", "&"}
            and seen_noun
            and i < high
            and s.pos[i + 1] in _IN_PHRASE
        ):
            pass
        elif seen_noun or s.pos[i] not in {"DET", "ADJ"}:
            break
        i += 1
    return i if seen_noun else start


def _has_finite(s: Sentence) -> bool:
    """Is there a verb in the sentence that can make a clause? If not, a lone participle is one misread."""
    return any(tag in {"VBD", "VBZ", "VBP", "MD"} for tag in s.tags)


def is_dash(word: str) -> bool:
    """A dash that can set off a clause."""
    return word in _DASHES


def head_in(s: Sentence, first: int, last: int) -> int:
    """The token of the span whose head lies outside it, the last if several."""
    return next((t for t in range(last, first - 1, -1) if not first <= s.heads[t] <= last), last)
