"""Passives: the subject is what is said or accused, the voice is the agent or nobody: "is expected to"."""

from __future__ import annotations

from rasid.extract.voices.drafts import Draft
from rasid.extract.voices.phrases import Subject, clause_limit, phrase, skip_adverbials, trim
from rasid.extract.voices.said_as_phrase import TURNING
from rasid.extract.voices.verb import Verb, draft_of
from rasid.knowledge.voices import Reading
from rasid.model.values import Status

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
    claim = _claim_rejected(verb) if agent is not None else None
    if claim is not None:
        held = Verb(at, v, verb.lemma, verb.low, verb.high, voice, verb.cue)
        turned = Reading(Status.DENIED, reading.frames, denies=True)
        return draft_of(held, [claim], rule="rejects a claim", reading=turned)
    contents = _passive_content(verb, limit, agent=agent is not None)
    if not contents:
        return None
    unnamed = Verb(at, v, verb.lemma, verb.low, verb.high, voice, verb.cue)
    return draft_of(unnamed, contents, rule="passive", reading=reading, voiceless=voice is None)


def _claim_rejected(verb: Verb) -> tuple[int, int] | None:
    """ "The accusation that X was rejected by Y": what Y turns round."""
    s, words, subject = verb.at.s, verb.at.words, verb.subject
    if verb.lemma not in TURNING or subject is None:
        return None
    last = verb.cue[0] - 1
    that = next((t for t in range(last - 1, verb.low, -1) if s.lower[t] == "that"), None)
    if that is None or words.noun_forms.keys().isdisjoint(s.lower[max(verb.low, that - 6) : that]):
        return None
    return verb.at.span(that, trim(s, last, that))


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
    if s.lower[i] == "to" and s.tags[i + 1] == "VB" and verb.subject is not None and "clause" in verb.frames:
        return [at.span(verb.subject.first, verb.subject.last), at.span(i, trim(s, end, i))]
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
    if expletive and (that := skip_adverbials(s, i, limit)) <= limit and s.lower[that] == "that":
        i = that  # "it was reported in Marj today that"
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
