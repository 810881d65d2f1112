"""Verbs that stand before a clause or a quote: "X said that", "X told AFP:", "X asked whether"."""

from __future__ import annotations

from rasid.extract.syntax import Sentence
from rasid.extract.voices.drafts import Draft
from rasid.extract.voices.phrases import MARKS, past_phrase, skip_adverbials
from rasid.extract.voices.reach import content_from
from rasid.extract.voices.that_by_order import that_by_order
from rasid.extract.voices.verb import PHRASE_STARTS, Verb, draft_of, particle_fits
from rasid.model.values import Status


def read_clause(verb: Verb) -> Draft | None:
    """A clause or a quote after the verb."""
    reading = verb.at.words.reading(verb.lemma, "clause", "that")
    if reading is None or not particle_fits(verb):
        return None
    if reading.frames & {"thing"} and not _is_voice(verb):
        return None
    start, rule = _clause_begins(verb)
    if start is None:
        return None
    if (
        reading.frames & {"that"}
        and not rule.startswith(("that", "quote", "colon"))
        and not _is_of_paper(verb)
    ):
        return None
    wished = reading.status is Status.POSSIBLE and rule.startswith("that")
    return draft_of(verb, content_from(verb, start, one_phrase=wished), rule=rule, reading=reading)


def _is_voice(verb: Verb) -> bool:
    """Is there a subject at all?"""
    return verb.subject is not None


def _is_of_paper(verb: Verb) -> bool:
    """ "The report found the road was mined": a paper finds no things."""
    return verb.subject is not None and verb.at.s.lower[verb.subject.head] in verb.at.words.own_papers


def _clause_begins(verb: Verb) -> tuple[int | None, str]:
    """The first token of the content and the rule that found it."""
    i = _past_addressee(verb)
    if i > verb.high:
        return None, ""
    marked, rule = _marked_start(verb, i)
    if marked is not None:
        return marked, rule
    that = that_by_order(verb.at.s, verb.v, verb.high)
    return (that, "that, by word order") if that is not None else _unmarked_start(verb, i)


def _past_addressee(verb: Verb) -> int:
    """The token after "told AFP on Monday in a statement,"."""
    s, at = verb.at.s, verb.at
    i = verb.v + 1
    if i <= verb.high and s.lower[i] == at.words.particles.get(verb.lemma):
        i += 1
    if (
        "addressee" in verb.frames
        and i <= verb.high
        and s.pos[i] in PHRASE_STARTS - {"NUM"}
        and s.lower[i] != "that"
    ):
        i = past_phrase(s, i, verb.high)
    i = skip_adverbials(s, i, verb.high)
    if i < verb.high and s.words[i] == "," and (at.quote_starting(i + 1) or s.lower[i + 1] == "that"):
        i += 1
    return i


def _marked_start(verb: Verb, i: int) -> tuple[int | None, str]:
    """A colon, a quotation mark, "that" or a question word at token `i`."""
    s, at = verb.at.s, verb.at
    if s.words[i] == ":" and i < verb.high:
        return i + 1, "colon after the verb"
    if at.quote_starting(i) is not None and s.words[i] in MARKS:
        return i, "quote after the verb"
    if s.lower[i] == "that" and (s.pos[i] == "SCONJ" or s.tags[i] == "IN" or s.deps[i] == "mark"):
        return i, "that"
    if s.lower[i] in {"whether", "how", "why", "if", "what", "where"}:
        return i, "question after the verb"
    return None, ""


def _unmarked_start(verb: Verb, i: int) -> tuple[int | None, str]:
    """A clause by the parse, else by a later "that" or colon, else by a noun phrase with a finite verb."""
    s, v = verb.at.s, verb.v
    if any(v < c <= verb.high and s.deps[c] in {"ccomp", "parataxis"} for c in s.children[v]):
        while i < verb.high and s.words[i] in {",", "-", "–", "—"}:
            i += 1
        return i, "clause after the verb"
    later, rule = _later_start(verb, i)
    if later is not None:
        return later, rule
    after = past_phrase(s, i, verb.high)
    if i < after <= verb.high and s.tags[after] in {"VBD", "VBZ", "VBP", "MD"} and s.deps[i] != "obj":
        return i, "clause after the verb, by word order"
    xcomp = s.child(v, "xcomp")
    bare = xcomp is not None and xcomp > v and s.child(xcomp, "mark") is None and s.child(v, "obj") is None
    if xcomp is not None and bare and "infinitive" not in verb.frames:
        return min(t for t in s.subtree(xcomp) if t > v), "clause after the verb"
    return None, ""


def _later_start(verb: Verb, i: int) -> tuple[int | None, str]:
    """A "that" or a colon with a quote some words on ("noted in a letter to the mayor that")."""
    s, at = verb.at.s, verb.at
    for t in range(i, min(i + 12, verb.high)):
        marks = s.deps[t] == "mark" or s.pos[t] == "SCONJ"
        if s.lower[t] == "that" and (marks or _clause_follows(s, t, verb.high)):
            return t, "that, by word order"
        if s.pos[t] == "VERB" and s.tags[t] != "VBG":
            break
    for t in range(i, min(i + 14, verb.high)):
        if s.words[t] == ":" and at.quote_starting(t + 1) is not None:
            return t + 1, "colon after the verb"
    return None, ""


def _clause_follows(s: Sentence, that: int, high: int) -> bool:
    """Does "that" open a clause with a subject of its own, whatever its tag?"""
    after = past_phrase(s, that + 1, high)
    return that + 1 < after <= high and s.tags[after] in {"VBD", "VBZ", "VBP", "MD"}
