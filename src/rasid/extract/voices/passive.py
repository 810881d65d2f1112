"""Passives: the subject is what is said or accused, the voice is the agent or nobody: "is expected to"."""

from __future__ import annotations

from rasid.extract.voices.drafts import Draft
from rasid.extract.voices.phrases import Subject, clause_limit, phrase, trim
from rasid.extract.voices.verb import Verb, draft_of

_PASSIVE_EVENTS = frozenset(
    [
        "report",
        "confirm",
        "document",
        "record",
        "announce",
        "register",
        "verify",
        "allege",
        "claim",
        "publish",
    ]
)


def read_passive(verb: Verb) -> Draft | None:
    """The subject is no voice: the agent is, or nobody is named."""
    s, at, v, subject = verb.at.s, verb.at, verb.v, verb.subject
    assert subject is not None
    reading = at.words.reading(verb.lemma, "clause", "infinitive", "whole", "object", "subject", "name")
    if reading is None or s.tags[v] not in {"VBN", "VBD", "JJ"}:
        return None
    agent = _agent(verb)
    voice = None
    limit = clause_limit(s, v, verb.low, verb.high)
    if agent is not None:
        first, last = phrase(s, agent, low=v + 1, high=limit)
        voice = Subject(agent, first, last)
        after = _said_after_agent(verb, agent + 1, limit)
        if after:
            voice = Subject(agent, first, agent)
            held = Verb(at, v, verb.lemma, verb.low, verb.high, voice, verb.cue)
            return draft_of(held, after, rule="passive", reading=reading)
        limit = first - 2 if first - 2 > v else limit
    contents = _passive_content(verb, limit, agent=agent is not None)
    if not contents:
        return None
    unnamed = Verb(at, v, verb.lemma, verb.low, verb.high, voice, verb.cue)
    return draft_of(unnamed, contents, rule="passive", reading=reading, voiceless=voice is None)


def _said_after_agent(verb: Verb, i: int, limit: int) -> list[tuple[int, int]]:
    """ "was told by X that ...", "is accused by X of ...": what stands after the agent, if that is what is said."""
    s, at = verb.at.s, verb.at
    if i >= len(s):
        return []
    end = max(limit, clause_limit(s, i, verb.low, verb.high))
    if i >= end:
        return []
    if s.lower[i] == "that" and verb.frames & {"clause", "addressee"}:
        return [at.span(i, trim(s, end, i))]
    if s.lower[i] in at.words.preps.get(verb.lemma, ()) and "whole" in verb.frames:
        return [at.span(i, trim(s, end, i))]
    return []


def _agent(verb: Verb) -> int | None:
    """The noun after "by"."""
    s, v = verb.at.s, verb.v
    for c in s.children[v]:
        if (
            c > v
            and s.deps[c] in {"obl:agent", "obl"}
            and any(s.lower[g] == "by" for g in s.all_children(c, "case"))
        ):
            return c if s.tags[c] != "CD" and s.lower[c] not in {"phone", "email"} else None
    return None


def _passive_content(verb: Verb, limit: int, *, agent: bool) -> list[tuple[int, int]]:
    """Subject and complement of the passive, as far as they are said by somebody."""
    s, at, v, subject = verb.at.s, verb.at, verb.v, verb.subject
    assert subject is not None
    expletive = s.lower[subject.head] in {"it", "there"} and subject.first == subject.last
    i = v + 1
    while i <= limit and s.pos[i] == "ADV":
        i += 1
    own = (
        []
        if s.lower[subject.head] in {"who", "which", "that"} and subject.antecedent is not None
        else [at.span(subject.first, subject.last)]
    )
    if i > limit:
        return []
    if s.lower[i] == "that" or (expletive and s.child(v, "ccomp") is not None):
        return [at.span(i, trim(s, limit, i))]
    if i < limit and s.lower[i] == "to" and s.tags[i + 1] == "VB":
        if not verb.frames & {"infinitive", "subject", "addressee", "clause"}:
            return []
        return [*own, at.span(i, trim(s, limit, i))]
    if i < limit and s.lower[i] in at.words.preps.get(verb.lemma, ()) and verb.frames & {"whole"}:
        return [*own, at.span(i, trim(s, limit, i))]
    if i < limit and s.lower[i] == "as" and "name" in verb.frames:
        return [*own, at.span(i, trim(s, limit, i))]
    if (agent and verb.frames & {"object", "clause", "whole"}) or verb.lemma in _PASSIVE_EVENTS:
        return own if not expletive else []
    return []
