"""Verbs that stand after or within what is said: "..., X told AFP", "...," said X, "The raid, X said, failed"."""

from __future__ import annotations

from rasid.extract.syntax import Sentence
from rasid.extract.voices.drafts import Draft, Place
from rasid.extract.voices.phrases import (
    CLOSING,
    MARKS,
    NOMINAL,
    RELATIVES,
    TODAY,
    Subject,
    is_dash,
    past_phrase,
    phrase,
    skip_adverbials,
    trim,
)
from rasid.extract.voices.verb import PHRASE_STARTS, VERBAL, Verb, draft_of, particle_fits


def read_said_before(verb: Verb) -> Draft | None:
    """The verb stands after (or within) what is said, set off by a comma, a dash or a closing mark."""
    reading = verb.at.words.reading(verb.lemma, "clause")
    inverted = _inverted(verb)
    if reading is None and inverted is not None:
        reading = verb.at.words.reading(verb.lemma, "that")  # "..., continues the paper"
    if reading is None or not particle_fits(verb):
        return None
    s, at = verb.at.s, verb.at
    subject = inverted or _last_phrase(verb) or verb.subject
    if subject is None:
        return None
    left = verb.cue[0] if subject.first > verb.v else min(subject.first, verb.cue[0])
    if (
        s.deps[verb.v] in {"acl", "advcl"}
        and verb.subject is not None
        and verb.subject.inherited
        and not inverted
    ):
        return None
    if subject.antecedent is not None:
        return None
    if subject.inherited and inverted is None and s.lower[verb.v + 1 : verb.v + 2] == ["that"]:
        return None  # "“...,” X said and added that": what is added comes after
    while left - 1 > verb.low and (
        (s.pos[left - 1] in {"ADV", "SCONJ"} and s.lower[left - 1] in {"as", "so", "then", "later", "also"})
        or s.pos[left - 1] == "CCONJ"
    ):
        left -= 1
    gap = left - 1
    if gap <= verb.low or not _sets_off(at, gap):
        return None
    right = _after_saying(verb, subject)
    if right is None:
        return None
    contents = _content_before(verb, gap)
    if not contents or _is_name_in_marks(verb, gap):
        return None
    quoted = at.quote_ending(gap) is not None or _ends_in_mark(at, gap)
    contents += _content_resumed(verb, right, quoted=quoted)
    bare = not quoted and len(contents) == 1 and not _has_verb(verb, verb.low, gap)
    bare = bare and not _has_misread_verb(verb.at.s, verb.low, gap)
    if bare and not (inverted is not None and _closes_headline(verb, gap)):
        return None
    source = Subject(subject.head, subject.first, subject.last, by_order=subject.by_order)
    after = Verb(at, verb.v, verb.lemma, verb.low, verb.high, source, verb.cue)
    return draft_of(after, contents, rule="after what is said", reading=reading)


def read_said_first(verb: Verb) -> Draft | None:
    """ "Says Rana Zein, a teacher, “the school was hit.”": the verb opens the sentence, the speaker follows it."""
    s, at, v = verb.at.s, verb.at, verb.v
    reading = at.words.reading(verb.lemma, "clause")
    opens = all(s.pos[t] == "PUNCT" for t in range(verb.low, v))
    if reading is None or not opens or s.tags[v] not in {"VBZ", "VBD", "VBP", "VBN"} or v + 3 > verb.high:
        return None
    after = past_phrase(s, v + 1, verb.high)
    if after == v + 1 or after > verb.high or s.words[after] not in {",", ":"}:
        return None
    head = after - 1
    if s.labels[head] not in {"PERSON", "ORG"} and not any(
        s.lower[t] in at.words.speakers | at.words.persons for t in range(v + 1, after)
    ):
        return None
    quote = next((q for q in at.quotes if q.start >= s.starts[after]), None)
    if (
        quote is None
        and s.words[after] == ","
        and any(s.words[t] == "," for t in range(after + 1, verb.high))
    ):
        return None  # where the words about the speaker end is not sure
    said = (
        (quote.start, quote.end) if quote is not None else at.span(after + 1, trim(s, verb.high, after + 1))
    )
    voice = Subject(head, v + 1, head, by_order=True)
    first = Verb(at, v, verb.lemma, verb.low, verb.high, voice, (v, v))
    return draft_of(first, [said], rule="before its speaker", reading=reading)


def _last_phrase(verb: Verb) -> Subject | None:
    """ "..., authorities and witnesses said.": the nouns between the last comma and the verb at the end."""
    s, v = verb.at.s, verb.v
    comma = next((t for t in range(v - 2, max(verb.low + 2, v - 10), -1) if s.words[t] == ","), None)
    parsed = verb.subject
    if comma is None or v + 2 < verb.high or s.pos[min(v + 1, verb.high)] not in {"PUNCT", "VERB"}:
        return None
    if parsed is not None and comma < parsed.first and (parsed.first == comma + 1 or not parsed.by_order):
        return None
    between = range(comma + 1, v)
    if any(s.pos[t] not in {"DET", "ADJ", "NOUN", "PROPN", "NUM", "CCONJ"} for t in between):
        return None
    if s.pos[comma + 1] == "CCONJ" or not _has_finite(verb, verb.low, comma):
        return None
    first_and = next((t for t in between if s.pos[t] == "CCONJ"), v)
    return Subject(first_and - 1, comma + 1, v - 1, by_order=True)


def _is_name_in_marks(verb: Verb, gap: int) -> bool:
    """ "On “Radio at Noon,” the mayor said it fell": a title in quotation marks, and what is said comes after."""
    s = verb.at.s
    quote = verb.at.quote_ending(gap) or verb.at.quote_ending(gap - 1)
    clause = s.child(verb.v, "ccomp")
    if quote is None or clause is None or clause < verb.v:
        return False
    inside = [t for t in range(gap) if quote.start <= s.starts[t] and s.ends[t] <= quote.end]
    return (
        bool(inside) and inside[0] > 0 and not any(s.pos[t] in VERBAL and s.tags[t] != "VB" for t in inside)
    )


def _inverted(verb: Verb) -> Subject | None:
    """The subject of "...," said Karim Odeh, a spokesman."""
    s, v = verb.at.s, verb.v
    if verb.cue[0] - 1 <= verb.low or not _sets_off(verb.at, verb.cue[0] - 1) or v + 1 > verb.high:
        return None
    if s.lower[v + 1] in TODAY or s.child(v, "aux:pass", "aux") is not None:
        return None
    if s.tags[v] not in {"VBD", "VBZ", "VBP", "VBN"} or verb.lemma in {"tell", "inform", "notify"}:
        return None
    gap = verb.cue[0] - 1
    if (
        not _ends_in_mark(verb.at, gap)
        and verb.at.quote_ending(gap) is None
        and not _has_finite(verb, verb.low, gap)
        and not _closes_headline(verb, gap)
    ):
        return None
    own = next(
        (c for c in s.children[v] if c > v and s.deps[c] in {"nsubj", "nsubj:pass", "obj", "csubj"}), None
    )
    before = s.child(v, "nsubj")
    told = (
        before is not None and before < v and not verb.at.in_quote(before) and not _closes_headline(verb, gap)
    )
    if own is not None and s.deps[own] == "obj" and before is not None and told:
        ends = past_phrase(s, before, verb.high)
        if ends == gap or gap - 1 in s.subtree(before):
            return None  # "X, charged the party of ..."
    if own is not None and s.pos[own] in NOMINAL and v + 1 >= min(s.subtree(own)):
        first, last = phrase(s, own, low=v + 1, high=verb.high)
        return Subject(own, first, _before_quote(s, first, last))
    after = past_phrase(s, v + 1, verb.high)
    if own is None and after > v + 1 and (after > verb.high or s.pos[after] in {"PUNCT", "ADP", "CCONJ"}):
        return Subject(after - 1, v + 1, after - 1, by_order=True)
    return None


def _closes_headline(verb: Verb, gap: int) -> bool:
    """ "Nine dead in Kelan, says ministry": the saying right behind the comma, its subject to the end."""
    s = verb.at.s
    if verb.cue[0] != verb.v or s.words[gap] != "," or s.tags[verb.v] not in {"VBZ", "VBD", "VBP"}:
        return False
    if any(s.words[t] == "," for t in range(verb.low, gap)):
        return False
    after = past_phrase(s, verb.v + 1, verb.high)
    speaks = any(
        s.pos[t] == "PROPN" or s.lower[t] in verb.at.words.speakers
        for t in range(verb.v + 1, min(after, len(s)))
    )
    return speaks and (after > verb.high or (s.pos[after] == "PUNCT" and after == verb.high))


def _has_verb(verb: Verb, first: int, last: int) -> bool:
    """Is there any verb between these tokens?"""
    return any(verb.at.s.pos[t] in VERBAL for t in range(first, last + 1))


def _has_misread_verb(s: Sentence, first: int, last: int) -> bool:
    """ "The army tortures prisoners, the network says": a plural before a noun, behind one, is a verb in truth."""
    inside = range(first + 1, last - 1)
    return any(
        s.tags[t] == "NNS"
        and s.deps[t] == "compound"
        and s.tags[t - 1] in {"NN", "NNP"}
        and s.heads[t - 1] > t - 1
        for t in inside
    )


def _has_finite(verb: Verb, first: int, last: int) -> bool:
    """Is there a verb that makes a clause between these tokens?"""
    s = verb.at.s
    return any(s.tags[t] in {"VBD", "VBZ", "VBP", "MD"} for t in range(first, last + 1)) or (
        not any(s.tags[t] == "VBN" and s.deps[t] == "acl" for t in range(first, last + 1))
        and _has_verb(verb, first, last)
    )


def _before_quote(s: Sentence, first: int, last: int) -> int:
    """Cut a noun phrase that ran into the next quote."""
    for i in range(first, last + 1):
        if s.words[i] in MARKS:
            return max(first, trim(s, i - 1, first))
    return last


def _sets_off(at: Place, gap: int) -> bool:
    """Does the token before the saying set it off from what is said?"""
    word = at.s.words[gap]
    return word in {",", "?", "!"} or word in CLOSING or is_dash(word) or at.quote_ending(gap) is not None


def _ends_in_mark(at: Place, gap: int) -> bool:
    return at.s.words[gap] in CLOSING or (at.s.words[gap] == "," and at.s.words[gap - 1] in CLOSING)


def _after_saying(verb: Verb, subject: Subject) -> int | None:
    """The first token after "X told AFP on Monday", or None if the verb has its content after it."""
    s = verb.at.s
    i = max(verb.v, subject.last if subject.first > verb.v else verb.v) + 1
    particle = verb.at.words.particles.get(verb.lemma)
    if i <= verb.high and particle and s.lower[i] == particle:
        i += 1
    if "addressee" in verb.frames and i <= verb.high and s.pos[i] in PHRASE_STARTS and s.lower[i] != "that":
        i = past_phrase(s, i, verb.high)
    after = skip_adverbials(s, i, verb.high)
    if after > verb.high or s.pos[after] == "PUNCT" or s.words[after] in MARKS:
        if after <= verb.high and s.words[after] == ":":
            return None
        return after
    if subject.first > verb.v and s.lower[after] in RELATIVES:
        return after
    if _ends_in_mark(
        verb.at, min(subject.first, verb.cue[0]) - 1 if subject.first < verb.v else verb.cue[0] - 1
    ):
        mark = min(subject.first, verb.cue[0]) - 1
        if s.words[mark - 1] not in {",", "?", "!"} and (
            s.lower[after] in {"that", "to"} or s.pos[after] in {"PRON", "DET", "INTJ"}
        ):
            return None
        return after
    complement = s.child(verb.v, "ccomp", "xcomp", "obj")
    if (
        complement is None
        and s.deps[verb.v] == "parataxis"
        and s.pos[after] in {"CCONJ", "SCONJ", "VERB", "ADP"}
    ):
        return after
    return None


def _content_before(verb: Verb, gap: int) -> list[tuple[int, int]]:
    """What is said before the saying: the quote that ends there, or the clause up to there."""
    s, at = verb.at.s, verb.at
    last = gap
    while last > verb.low and s.words[last] in {",", "-", "–", "—", "--"}:
        last -= 1
    if last <= verb.low and not at.quote_ending(last) and not _cuts_in_two(verb, last):
        return []
    start = s.starts[_clause_start(verb, last)]
    quote = at.quote_ending(last) or at.quote_ending(gap)
    if quote is not None:
        before = [t for t in range(verb.low, last) if s.ends[t] <= quote.start and s.pos[t] != "PUNCT"]
        stopped = bool(before) and s.words[before[-1] + 1] in {".", "?", "!"}
        start = quote.start if not before or stopped or _cue_before(verb, before) else min(start, quote.start)
        return [(start, quote.end)]
    if last - verb.low < 1 and not _cuts_in_two(verb, last):
        return []
    return [(start, s.ends[last])]


def _cuts_in_two(verb: Verb, last: int) -> bool:
    """ "Odeh, they said, should pay": one word before it, and the verb behind it."""
    s = verb.at.s
    after = verb.v + 1
    finite = any(s.tags[t] in {"VBD", "VBZ", "VBP", "MD"} for t in range(after, verb.high + 1))
    return s.pos[last] in NOMINAL and after < verb.high and s.words[after] == "," and finite


def _cue_before(verb: Verb, tokens: list[int]) -> bool:
    """Is there a saying of its own in the words before the quote?"""
    return any(verb.at.words.forms.get(verb.at.s.lower[t]) for t in tokens[-3:])


def _clause_start(verb: Verb, last: int) -> int:
    """Where the clause before a postposed saying begins: after an earlier semicolon, an "and" or at the start."""
    s = verb.at.s
    for t in range(last - 3, verb.low, -1):
        if s.words[t] in {";"}:
            return t + 1
    first = verb.low
    while first < last and (s.words[first] in {"-", "–", "—", "•", "*", ","} or s.pos[first] == "CCONJ"):
        first += 1
    return first


def _content_resumed(verb: Verb, right: int, *, quoted: bool) -> list[tuple[int, int]]:
    """What is said after the saying: the second half of a quote, or the rest of a clause cut in two."""
    s, at = verb.at.s, verb.at
    i = right
    while i <= verb.high and s.words[i] in {",", ".", ":", ";", "-", "–", "—", "--"}:
        i += 1
    if i > verb.high:
        return []
    quote = at.quote_starting(i)
    if quote is not None and quote.sentence == at.number:
        return [(quote.start, quote.end)]
    if quoted or s.words[right] not in {",", "-", "–", "—", "--"}:
        return []
    if s.tags[i] == "VBG" or s.lower[i] in {
        "who",
        "which",
        "after",
        "when",
        "while",
        "as",
        "in",
        "during",
        "a",
        "but",
    }:
        return []
    return [(s.starts[i], s.ends[trim(s, verb.high, i)])]
