"""Verbs of saying: "X said that", "..., X told AFP", "X is expected to", "who denied the attack".

Each verb is read by the parse first; where the parse shows no content, by word order ("that", a quotation mark, a
clause after the verb; a comma or a closing mark before it). The rule of each attribution says which way was used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rasid.extract.syntax import Sentence
from rasid.extract.voices.drafts import Draft, Place
from rasid.extract.voices.passive import read_passive
from rasid.extract.voices.phrases import MARKS, Subject, cue_span, trim
from rasid.extract.voices.said_after import read_clause
from rasid.extract.voices.said_as_phrase import (
    read_accusation,
    read_after_preposition,
    read_asked,
    read_dismissed,
    read_infinitive,
    read_name,
    read_object,
)
from rasid.extract.voices.said_before import read_said_before, read_said_first
from rasid.extract.voices.subjects import choose_subject, is_generic, is_time
from rasid.extract.voices.verb import VERBAL, Verb
from rasid.model.values import Status

_NOBODY = frozenset(
    {"no", "nobody", "none", "neither"}
)  # "No group has claimed the attack": nobody says anything
_NO_SPEAKERS = frozenset({"lies", "lie", "propaganda", "rumours", "rumors", "nonsense", "fabrications"})
_IDIOMS = frozenset({"speak", "mention", "say", "tell"})
_ONLY_VERBS = frozenset(
    {"confirm", "say", "deny", "insist", "admit", "allege", "announce", "believe", "indicate"}
)
_MISREAD = frozenset({"NOUN", "PROPN", "ADJ", "ADP"})  # tags that rare verb forms are given


def read_verbs(at: Place) -> Iterator[Draft]:
    """The attributions that a verb of this sentence makes."""
    s, words = at.s, at.words
    for v in range(len(s)):
        lemma = words.forms.get(s.lower[v])
        if lemma is None or not _acts_as_verb(at, v):
            continue
        low, high = at.bounds(v)
        subject = choose_subject(at, v, low=low, high=high)
        if subject is not None and (
            s.lower[subject.first] in _NOBODY or s.lower[subject.head] in _NO_SPEAKERS
        ):
            continue
        if (s.lower[v] in _IDIOMS and _says_nothing(s, v)) or (subject is not None and is_time(s, subject)):
            continue
        generic = subject is not None and is_generic(s, subject, at.in_quote(v))
        if generic and subject is not None and _is_figure_of_speech(s, v, subject):
            continue
        verb = Verb(at, v, lemma, low, high, subject, cue_span(s, v))
        draft = _read_verb(verb)
        if draft is not None and draft.contents:
            if generic and subject is not None and draft.head == subject.head:
                draft.head = None  # somebody says it, but the words name nobody
            yield from _split_at_colon(draft, verb)


def _split_at_colon(draft: Draft, verb: Verb) -> Iterator[Draft]:
    """ "denied the raid: “We were in Kelan”": what stands behind the colon is said, not denied."""
    s, at = verb.at.s, verb.at
    start, end = draft.contents[0]
    inside = [t for t in range(verb.v + 1, len(s) - 2) if start < s.starts[t] < end and s.words[t] == ":"]
    colon = next((t for t in inside if not at.in_quote(t)), None)
    quote = at.quote_starting(colon + 1) if colon is not None else None
    if colon is None or len(draft.contents) > 1 or (quote is None and not draft.denies):
        yield draft
        return
    first = next(t for t in range(len(s)) if s.ends[t] > start)
    draft.contents = [at.span(first, trim(s, colon - 1, first))]
    yield draft
    said = (
        (quote.start, quote.end) if quote is not None else at.span(colon + 1, trim(s, verb.high, colon + 1))
    )
    yield replace(
        draft,
        contents=[said],
        verb="say",
        status=Status.REPORTED_AS_FACT,
        rule="after the colon",
        denies=False,
    )


def _says_nothing(s: Sentence, v: int) -> bool:
    """ ", not to speak of those that ...", "not to mention", "to say nothing of": no speech at all."""
    if s.tags[v] == "VB" and s.lower[max(0, v - 2) : v] in (["do", "not"], ["do", "n't"]):
        return s.child(v, "nsubj") is None  # "do not tell mother"
    if s.lower[v] == "say" and s.lower[v - 1 : v] == ["to"] and s.lower[v + 1 : v + 3] == ["nothing", "of"]:
        return True
    apart = v < 3 or s.pos[v - 3] in {"PUNCT", "CCONJ"}
    return apart and s.lower[max(0, v - 2) : v] == ["not", "to"] and s.lower[v] in {"speak", "mention", "say"}


def _is_figure_of_speech(s: Sentence, v: int, subject: Subject) -> bool:
    """ "You could say", "one might think": nobody does."""
    return s.lower[subject.head] in {"you", "one"} and any(
        s.tags[k] == "MD" for k in range(subject.last + 1, v)
    )


def _is_main_verb_misread(s: Sentence, v: int) -> bool:
    """ "The general rejected claims that": all of it one noun phrase for the parser, which leaves no main verb."""
    noun = s.heads[v]
    past = s.tags[v] in {"VBN", "VBD"} or (s.tags[v] == "JJ" and s.lower[v].endswith("ed"))
    if s.deps[v] != "amod" or not past or noun != v + 1 or v == 0:
        return False
    if (s.deps[noun] != "root" and s.tags[v] != "VBD") or s.pos[noun] not in {"NOUN", "PROPN"}:
        return False
    own = s.child(noun, "nsubj")  # "Odeh blamed parents for": "Odeh" hung on "parents"
    beside = own is None or (own == v - 1 and s.pos[own] == "PROPN")
    return s.pos[v - 1] in {"NOUN", "PROPN", "ADJ"} and beside and s.child(noun, "cop") is None


def _stands_like_a_verb(at: Place, v: int) -> bool:
    """ "was widely blamed for" read as an adjective, "..., the army claims." read as a noun."""
    s = at.s
    if s.pos[v] == "ADJ" and v + 1 < len(s):
        return s.child(v, "cop") is not None and s.lower[v + 1] in {"to", "of", "for", "by", "as", "that"}
    if v + 2 != len(s) or s.tags[v] != "NNS" or not at.words.frames[at.words.forms[s.lower[v]]] & {"clause"}:
        return False
    comma = next((i for i in range(v - 2, max(2, v - 12), -1) if s.words[i] == ","), None)
    if comma is None or not any(s.tags[i] in {"VBD", "VBZ", "VBP", "VBN"} for i in range(comma)):
        return False
    between = range(comma + 1, v)
    plain = all(s.pos[i] not in {"VERB", "AUX", "CCONJ"} for i in between)
    judged = any(s.lower[i] in at.words.noun_forms for i in between)  # ", a claim the group denies"
    return plain and not judged and (s.deps[v] == "parataxis" or s.pos[comma + 1] in {"DET", "PROPN"})


def _opens_clause_in_capitals(s: Sentence, v: int) -> bool:
    """ "THE ARMY STATES THAT IT TOOK", with "Army States" for a name: no verb before, a clause behind."""
    if s.tags[v] != "NNPS" or s.lower[v + 1 : v + 2] != ["that"] or v + 2 >= len(s):
        return False
    return s.pos[v + 2] in {"PRON", "DET"} and not any(p in {"VERB", "AUX"} for p in s.pos[:v])


def _blames_too(at: Place, v: int) -> bool:
    """ "said it could be solved and blamed the party", with "blamed" for an adjective."""
    s = at.s
    if s.pos[v] != "ADJ" or not s.lower[v].endswith("ed") or v + 1 >= len(s):
        return False
    whole = "whole" in at.words.frames[at.words.forms[s.lower[v]]]
    return whole and s.pos[v - 1] == "CCONJ" and s.pos[v + 1] in {"DET", "PROPN", "PRON"}


def _acts_as_verb(at: Place, v: int) -> bool:
    """A verb by its tag, or a noun that word order shows to be one ("The Network, in its report, counts 12")."""
    s = at.s
    if _is_main_verb_misread(s, v):
        return True
    if s.lower[v] == "denies" and v + 1 < len(s) and s.lower[v + 1] in {"having", "being"}:
        return True
    if _stands_like_a_verb(at, v):
        return True
    if s.lower[v] in _ONLY_VERBS and s.lower[v + 1 : v + 2] == ["that"] and s.pos[v] == "NOUN":
        return True  # "Reports from the capital confirm that"
    if _opens_clause_in_capitals(s, v) or _blames_too(at, v):
        return True
    if s.deps[v] in {"amod", "compound", "case", "mark", "aux", "aux:pass", "cop", "fixed"} and s.lower[
        v
    ] not in {"including"}:
        return False
    if s.pos[v] in VERBAL:
        return True
    if s.pos[v] not in _MISREAD or v == 0 or v + 1 >= len(s):
        return False
    if not (s.lower[v].endswith(("s", "ed")) or (s.pos[v] == "ADP" and s.tags[v - 1] == "NNS")) or (
        s.deps[v] in {"obj", "obl", "nmod"} and s.child(v, "case", "det") is not None
    ):
        return False
    before, after = v - 1, v + 1
    opens = before == 0 and s.pos[0] == "PROPN" and s.tags[v] == "NNS" and s.deps[v] in {"flat", "root"}
    if opens and "that" in s.lower[after : after + 5]:
        return True  # "Lisbon repeats on every radio that"
    named = (s.pos[before] in {"PROPN", "NOUN"} and s.pos[before] != "DET") or s.words[before] == ","
    starts = (
        s.lower[after] == "that"
        or s.pos[after] in {"NUM", "DET"}
        or s.words[after] in MARKS
        or s.tags[after] == "PRP"
    )
    if named and s.deps[v] == "root" and s.pos[before] != "ADJ":
        return starts or (s.lower[after] == "to" and s.tags[min(after + 1, len(s) - 1)] == "VB")
    return named and starts and s.child(v, "det", "nmod:poss", "case") is None


def _said_is_what(verb: Verb) -> bool:
    """ "against what X said two weeks ago when it announced": all that is said is "what"."""
    s, subject = verb.at.s, verb.subject
    if subject is None or subject.first == 0 or s.lower[subject.first - 1] != "what" or verb.v >= verb.high:
        return False
    after = verb.v + 1
    return (
        s.pos[after] not in {"AUX", "VERB"}
        and s.words[after] not in MARKS | {":"}
        and s.lower[after] != "that"
    )


def _read_verb(verb: Verb) -> Draft | None:
    """The one reading of this verb that finds content."""
    if verb.subject is not None and verb.subject.passive:
        return read_passive(verb)
    if _said_is_what(verb):
        return read_name(verb)
    for read in (
        read_dismissed,
        read_said_first,
        read_said_before,
        read_clause,
        read_asked,
        read_name,
        read_accusation,
        read_infinitive,
        read_after_preposition,
        read_object,
    ):
        draft = read(verb)
        if draft is not None:
            return draft
    return None
