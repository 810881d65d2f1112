"""How far the words after a verb of saying still belong to what is said."""

from __future__ import annotations

from rasid.extract.voices.phrases import MARKS, clause_limit, past_phrase, trim
from rasid.extract.voices.verb import VERBAL, Verb, is_saying

_OPENERS = frozenset(
    {"while", "although", "though", "as", "if", "when", "after", "before", "because", "since"}
)

_TIMES = frozenset({"after", "since", "when", "following"})
_CONTRASTING = frozenset({"while", "although", "though", "whereas"})
_TURNING = frozenset({"but", "yet", "a", "an", "which", "something"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ANSWERING = frozenset(
    {
        "deny",
        "reject",
        "dispute",
        "dismiss",
        "refute",
        "contradict",
        "contest",
        "confirm",
        "admit",
        "repudiate",
    }
)


def content_from(verb: Verb, start: int, *, one_phrase: bool = False) -> list[tuple[int, int]]:
    """From `start` to the end of the clause, cut before a second verb that the speaker also does.

    one_phrase: no clause is said but a thing or a deed: a new clause behind a comma is not part of it
    """
    s, at = verb.at.s, verb.at
    quote = at.quote_starting(start) if s.words[start] in MARKS else None
    last = last_of_content(verb, start)
    last = _before_new_clause(verb, start, last) if one_phrase and quote is None else last
    if quote is not None:
        if quote.last > at.number:
            return [(quote.start, quote.end)]
        after = next((t for t in range(start, verb.high + 1) if s.starts[t] >= quote.end), verb.high + 1)
        if after > last or s.pos[after] == "PUNCT" or s.pos[after] == "CCONJ" or quote.end > s.ends[last]:
            return [(quote.start, quote.end)]
    tail = next(
        (q for q in at.quotes if s.starts[start] <= q.start <= s.ends[last] and q.end > s.ends[last]), None
    )
    return [(s.starts[start], tail.end if tail is not None else s.ends[last])]


def _before_new_clause(verb: Verb, start: int, last: int) -> int:
    """ "published the film, and lawyers released it", "demands that he free Odeh, who has not been charged"."""
    s = verb.at.s
    for t in range(start + 1, last - 2):
        if s.kind == "heading" and s.lower[t] in {"after", "amid", "following"}:
            return trim(s, t - 1, start)  # "vows to fight on after murder of teachers"
        if s.lower[t] in _TIMES and s.pos[t] in {"SCONJ", "ADP"} and _happened_behind(verb, t, last):
            return trim(s, t - 1, start)
        if s.words[t] != "," or verb.at.in_quote(t):
            continue
        if s.lower[t + 1] in {"who", "which", "whose"}:
            return trim(s, t - 1, start)
        after = past_phrase(s, t + 2, last)
        while t + 2 < after < last and s.pos[after] == "ADV":
            after += 1
        if s.lower[t + 1] in {"and", "but"} and t + 2 < after <= last and s.tags[after] in _FINITE | {"NNS"}:
            return trim(s, t - 1, start)
    return last


def _happened_behind(verb: Verb, t: int, last: int) -> bool:
    """ "called for a ban after two men killed nine people": a clause of time in the past is the author's word."""
    s = verb.at.s
    return not verb.at.in_quote(t) and any(
        s.tags[k] in {"VBD", "VBN"} and s.pos[k] in {"VERB", "AUX"} for k in range(t + 2, last + 1)
    )


def last_of_content(verb: Verb, start: int) -> int:
    """The last token of the content that begins at `start`."""
    s, v = verb.at.s, verb.v
    limit = clause_limit(s, v, verb.low, verb.high)
    if limit <= start and s.lower[start] == "that":
        limit = trim(s, verb.high, start)  # the parser lost the clause: no limit of its own is known
    limit = max(limit, start)
    for c in s.children[v]:
        if c > start + 1 and s.deps[c] in {"conj", "advcl"} and c <= limit:
            first = min(t for t in s.subtree(c) if t > v)
            again = (
                s.deps[c] == "conj"
                and s.pos[c] in VERBAL
                and s.tags[c] == s.tags[v]
                and s.lower[first] != "that"
            )
            if (
                (again and s.child(c, "mark") is None)
                or _speaks_on(verb, c)
                or _by_the_author(verb, c, first)
            ):
                limit = min(limit, first - 1)
        elif c > start + 1 and c <= limit and _main_clause_of_who(verb, c, start):
            limit = min(limit, min(t for t in s.subtree(c) if t > v) - 1)
    limit = trim(s, min(limit, _cut_by_order(verb, start, limit)), start)
    while limit > start and s.pos[limit] == "CCONJ":
        limit = trim(s, limit - 1, start)
    return limit


def _opening_clause_end(verb: Verb, start: int, limit: int) -> int:
    """ "While the army says the road is safe, drivers ...": the opening clause ends at its comma."""
    s, v = verb.at.s, verb.v
    first = next((t for t in range(verb.low, v + 1) if s.pos[t] != "PUNCT"), v)
    opens = next(
        (
            t
            for t in range(v - 1, verb.low - 1, -1)
            if s.pos[t] in {"SCONJ", "ADP"} and s.lower[t] in _OPENERS
        ),
        None,
    )
    inside = opens is not None and not any(s.words[t] == "," for t in range(verb.low, v))
    if not inside and not (first == v and s.tags[v] in {"VBN", "VBG"}):
        return limit
    comma = next((t for t in range(start + 1, limit) if s.words[t] == "," and not verb.at.in_quote(t)), None)
    return limit if comma is None else comma - 1


def _cut_by_order(verb: Verb, start: int, limit: int) -> int:
    """Before "; ...", "and said ...", ", adding ...", ", according to ...", ", while ..."."""
    s, at = verb.at.s, verb.at
    limit = _opening_clause_end(verb, start, limit)
    if verb.lemma in _ANSWERING:
        limit = _before_who(verb, start, limit)
    if verb.subject is not None and verb.subject.antecedent is not None and s.pos[start] in {"DET", "NOUN"}:
        limit = _relative_end(verb, start, limit)
    for t in range(start + 2, limit):
        if at.in_quote(t) and not at.in_quote(verb.v):
            continue
        if s.words[t] == ";" or (s.words[t] == "." and s.starts[t] == s.ends[t - 1]):
            return t - 1
        if s.pos[t] == "CCONJ" and _says_again(verb, t + 1):
            return t - 1
        if s.words[t] not in {",", "-", "–", "—"}:
            continue
        after = s.lower[t + 1]
        if after in _TURNING and _turned_by_others(verb, t, limit):
            return t - 1
        if after in {"while", "although", "though", "whereas", "according"} or (
            s.tags[t + 1] == "VBG" and is_saying(verb, t + 1)
        ):
            return t - 1
    return limit


def _before_who(verb: Verb, start: int, limit: int) -> int:
    """ "denied that they wait for Odeh, who will come in May": what is told of Odeh is not denied."""
    s = verb.at.s
    for t in range(start + 1, limit):
        if s.words[t] == "," and s.lower[t + 1] in {"who", "which", "whose"} and not verb.at.in_quote(t):
            return t - 1
    return limit


def _relative_end(verb: Verb, start: int, limit: int) -> int:
    """ "Odeh, who denies the charge, killed the mayor": the object ends where the main verb follows its comma."""
    s = verb.at.s
    for t in range(start + 1, limit):
        if s.words[t] == "," and not verb.at.in_quote(t) and s.tags[t + 1] in _FINITE:
            return t - 1
    return limit


def _by_the_author(verb: Verb, c: int, first: int) -> bool:
    """A clause on the verb of saying itself, with a subject of its own: "... while the war has not ended"."""
    s = verb.at.s
    own = s.child(c, "nsubj", "nsubj:pass")
    if own is None or (verb.at.in_quote(first) and not verb.at.in_quote(verb.v)):
        return False
    if s.deps[c] == "advcl":
        return s.lower[first] in _CONTRASTING or (
            s.lower[first] == "even" and s.lower[first + 1] in _CONTRASTING
        )
    return s.words[first - 1] == "," and s.pos[first] == "CCONJ" and s.lower[first + 1] != "that"


def _main_clause_of_who(verb: Verb, c: int, start: int) -> bool:
    """ "Those who say that it is calm should come": the verb after the content is that of "those"."""
    s, v = verb.at.s, verb.v
    if verb.subject is None or verb.subject.antecedent is None or s.deps[c] != "ccomp":
        return False
    finite = s.tags[c] in _FINITE or any(
        s.tags[k] in _FINITE and s.deps[k] in {"aux", "cop", "aux:pass"} for k in s.children[c]
    )
    before = any(s.deps[k] == "ccomp" and start <= k < c for k in s.children[v])
    return finite and before and s.child(c, "nsubj", "nsubj:pass", "csubj", "mark", "expl") is None


def _turned_by_others(verb: Verb, comma: int, limit: int) -> bool:
    """Does a clause of the author's, or what others make of it, begin after this comma?"""
    return _but_the_author(verb, comma, limit) or _judged_by_others(verb, comma, limit)


def _but_the_author(verb: Verb, comma: int, limit: int) -> bool:
    """ ", but two guards died": a new clause with a noun of its own as subject is the author's answer."""
    s = verb.at.s
    if s.lower[comma + 1] not in {"but", "yet"} or comma + 2 >= limit or verb.at.in_quote(comma):
        return False
    after = past_phrase(s, comma + 2, limit)
    while after < limit and s.pos[after] in {"ADV", "PART"}:
        after += 1
    return s.pos[comma + 2] != "PRON" and comma + 2 < after <= limit and s.tags[after] in _FINITE


def _judged_by_others(verb: Verb, comma: int, limit: int) -> bool:
    """ ", a charge the warden rejects", ", which the army denies": what others make of the content."""
    s, words = verb.at.s, verb.at.words
    t = comma + 1
    if s.lower[t] in {"a", "an"}:
        noun = next((k for k in range(t + 1, min(t + 4, limit)) if s.lower[k] in words.noun_forms), None)
        t = -1 if noun is None else noun
    elif s.lower[t] not in {"which", "something"}:
        return False
    if t < 0 or t + 2 > limit:
        return False
    t += s.lower[t + 1] in {"that", "which"}
    subject_first = s.pos[t + 1] in {"DET", "PROPN", "NOUN", "PRON"}
    return subject_first and any(
        words.forms.get(s.lower[k]) in _ANSWERING for k in range(t + 2, min(t + 9, limit + 1))
    )


def _says_again(verb: Verb, t: int) -> bool:
    """A second saying in the same form and without a subject of its own."""
    s = verb.at.s
    while t < verb.high and s.pos[t] == "ADV":
        t += 1
    return s.tags[t] == s.tags[verb.v] and s.pos[t] in VERBAL and is_saying(verb, t)


def _speaks_on(verb: Verb, c: int) -> bool:
    """ ", adding that": a second saying of the same voice."""
    s = verb.at.s
    return s.tags[c] == "VBG" and s.lower[c] in verb.at.words.forms and s.words[c - 1] == ","
