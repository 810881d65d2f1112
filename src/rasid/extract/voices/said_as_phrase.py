"""Verbs whose content is no full clause: "vowed to", "called it a crime", "accused X of", "denied the raid"."""

from __future__ import annotations

from rasid.extract.syntax import Sentence
from rasid.extract.voices.drafts import Draft, Place
from rasid.extract.voices.phrases import MARKS, is_negated, past_phrase
from rasid.extract.voices.reach import content_from, last_of_content
from rasid.extract.voices.verb import PHRASE_STARTS, Verb, draft_of, particle_fits
from rasid.knowledge.voices import Reading
from rasid.model.values import Status

TURNING = frozenset(
    [
        "deny",
        "reject",
        "dismiss",
        "refute",
        "rebut",
        "dispute",
        "repudiate",
        "disavow",
        "contradict",
        "debunk",
    ]
)
_PEOPLE = frozenset(
    "countries nations governments people residents citizens soldiers forces troops fighters men women supporters"
    " allies families groups parties leaders friends neighbours neighbors states".split()
)
_TALLIES = frozenset(
    "toll number figure total count tally losses casualties dead deaths killed injured wounded estimate cost damage"
    " strength size displaced missing victims turnout".split()
)
_DECLARING = frozenset({"declare", "announce", "proclaim", "pronounce"})
_OUTCOMES = frozenset(
    "victory triumph end defeat liberation destruction elimination collapse success".split()
)
_UNTRUE = frozenset(
    "lie lies false untrue baseless unfounded groundless propaganda fabricated fabrication fabrications nonsense"
    " rumour rumours rumor rumors absurd invented inventions incorrect".split()
)
_LISTENERS = frozenset(
    {"police", "authorities", "investigators", "court", "judge", "prosecutors", "reporters", "officers"}
)


def read_asked(verb: Verb) -> Draft | None:
    """ "urged them to leave": the infinitive after the one who is addressed, with that one."""
    reading = verb.at.words.reading(verb.lemma, "addressee", "whole")
    if reading is None or ("infinitive" not in verb.frames and "addressee" in reading.frames):
        return None
    s, v = verb.at.s, verb.v
    if "addressee" not in reading.frames:
        return None
    xcomp = next(
        (
            c
            for c in s.children[v]
            if c > v and s.deps[c] in {"xcomp", "advcl", "ccomp"} and s.child(c, "mark") is not None
        ),
        None,
    )
    obj = s.child(v, "obj", "iobj")
    if xcomp is None:
        after = past_phrase(s, v + 1, verb.high)
        if after > verb.high or s.lower[after] != "to" or after == v + 1:
            return None
        return draft_of(verb, content_from(verb, v + 1), rule="asked to, by word order", reading=reading)
    start = v + 1 if obj is not None and obj < xcomp else min(t for t in s.subtree(xcomp) if t > v)
    return draft_of(verb, content_from(verb, start), rule="asked to", reading=reading)


def read_dismissed(verb: Verb) -> Draft | None:
    """ "dismissed as lies reports that soldiers fled": the judgement stands before what is dismissed."""
    that = dismissed_clause(verb.at, verb.v, verb.high)
    if that is None:
        return None
    turned = Reading(Status.DENIED, verb.frames, denies=True)
    return draft_of(verb, content_from(verb, that), rule="rejects a claim", reading=turned)


def dismissed_clause(at: Place, v: int, high: int) -> int | None:
    """The "that" behind "dismissed as lies the claims", "denounced as propaganda the allegation"."""
    s, words = at.s, at.words
    if s.lower[v + 1 : v + 2] != ["as"]:
        return None
    if words.forms.get(s.lower[v]) not in TURNING and _UNTRUE.isdisjoint(s.lower[v + 2 : v + 4]):
        return None
    told = (t for t in range(v + 3, min(v + 9, high - 1)) if s.lower[t] in words.noun_forms)
    return next((t + 1 for t in told if s.lower[t + 1] == "that"), None)


def read_name(verb: Verb) -> Draft | None:
    """ "called it a crime", "described the raid as cowardly": the thing and the name together."""
    reading = verb.at.words.reading(verb.lemma, "name")
    s, v = verb.at.s, verb.v
    obj = s.child(v, "obj", "ccomp", "iobj")
    if reading is None or v + 1 > verb.high or s.lower[v + 1] in verb.at.words.preps.get(verb.lemma, ()):
        return None
    limit = last_of_content(verb, v + 1)
    if (
        verb.subject is not None and verb.subject.antecedent is not None
    ):  # "the group that calls itself X has fled"
        finite = {"VBD", "VBZ", "VBP", "MD"}
        limit = next((t - 1 for t in range(v + 2, limit + 1) if s.tags[t] in finite), limit)
    second = any(s.deps[c] in {"xcomp", "obj"} and c > v and c != obj for c in s.children[v])
    has_as = any(s.lower[t] == "as" for t in range(v + 2, min(limit, v + 14)))
    quoted = any(s.words[t] in MARKS for t in range(v + 2, min(limit, v + 12) + 1))
    if obj is not None and obj < v and s.words[v + 1] not in {".", ","} and s.pos[v + 1] != "ADP":
        return draft_of(verb, [verb.at.span(v + 1, limit)], rule="named", reading=reading)
    judged = (
        verb.lemma in {"call", "label", "brand", "dub", "term"} and s.pos[limit] == "ADJ" and limit > v + 1
    )
    if not (second or has_as or quoted or judged) or s.words[v + 1] in {",", ".", ":"}:
        return None
    return draft_of(verb, [verb.at.span(v + 1, limit)], rule="named", reading=reading)


def read_accusation(verb: Verb) -> Draft | None:
    """ "accused the army of shelling the town": who and what together."""
    reading = verb.at.words.reading(verb.lemma, "whole")
    if reading is None:
        return None
    s, v = verb.at.s, verb.v
    preps = verb.at.words.preps.get(verb.lemma, frozenset())
    obj = s.child(v, "obj")
    if v + 1 > verb.high or (obj is None and past_phrase(s, v + 1, verb.high) == v + 1):
        return None
    if obj is not None and obj < v:
        return None
    if verb.lemma == "put" and not _puts_a_number(verb):
        return None
    limit = last_of_content(verb, v + 1)
    if not any(s.lower[t] in preps for t in range(v + 2, limit)):
        return None
    rule = "put at" if verb.lemma == "put" else "accused of"
    return draft_of(verb, [verb.at.span(v + 1, limit)], rule=rule, reading=reading)


def _puts_a_number(verb: Verb) -> bool:
    """ "put the toll at 40": a count and a number, not a bomb at a gate."""
    s, v = verb.at.s, verb.v
    at = next((t for t in range(v + 2, min(v + 14, verb.high)) if s.lower[t] == "at"), None)
    if at is None or verb.subject is None or verb.subject.passive:
        return False
    counted = any(s.lower[t] in _TALLIES for t in range(v + 1, at))
    return counted and any(s.pos[t] == "NUM" for t in range(at + 1, min(at + 5, verb.high + 1)))


def read_infinitive(verb: Verb) -> Draft | None:
    """ "plans to withdraw", "wants the army to leave"."""
    reading = verb.at.words.reading(verb.lemma, "infinitive")
    if reading is None:
        return None
    s, v = verb.at.s, verb.v
    i = v + 1
    while i <= verb.high and s.pos[i] == "ADV":
        i += 1
    if i < verb.high and s.lower[i] == "to":
        start = i
    else:
        xcomp = next(
            (c for c in s.children[v] if c > v and s.deps[c] in {"xcomp", "ccomp"} and s.tags[c] == "VB"),
            None,
        )
        if xcomp is None:
            return None
        obj = s.child(v, "obj")
        start = v + 1 if obj is not None and v < obj < xcomp else min(t for t in s.subtree(xcomp) if t > v)
    return draft_of(verb, content_from(verb, start, one_phrase=True), rule="to do", reading=reading)


def _read_plea(verb: Verb) -> Draft | None:
    """ "pleaded guilty to killing the mayor", "pleaded not guilty to": admitted or denied before a court."""
    s, v = verb.at.s, verb.v
    guilty = next((t for t in range(v + 1, min(v + 4, verb.high)) if s.lower[t] == "guilty"), None)
    if guilty is None or guilty + 2 > verb.high or s.lower[guilty + 1] not in {"to", "of"}:
        return None
    denies = s.lower[guilty - 1] == "not"
    reading = Reading(Status.DENIED if denies else Status.ADMITTED, verb.frames, denies)
    return draft_of(verb, content_from(verb, guilty + 2), rule="plea", reading=reading, cue_last=guilty)


def read_after_preposition(verb: Verb) -> Draft | None:
    """ "called for a ceasefire", "spoke of victory"."""
    if verb.lemma == "plead" and (plea := _read_plea(verb)) is not None:
        return plea
    preps = verb.at.words.preps.get(verb.lemma)
    if not preps:
        return None
    s, v = verb.at.s, verb.v
    i = _skip_to_preposition(verb, v + 1, preps)
    if i >= verb.high or s.lower[i] not in preps:
        return None
    reading = (
        verb.at.words.reading(verb.lemma, "clause", "object", "infinitive", "whole")
        or verb.at.words.verbs[verb.lemma][0]
    )
    asked = verb.lemma in verb.at.words.asking
    if asked:
        reading = Reading(Status.POSSIBLE, reading.frames)
    if _LISTENERS.intersection(s.lower[i + 1 : i + 4]) and s.tags[i + 1] != "VBG":
        return None  # "confessed to the police": told them, and not that they are so
    content = content_from(verb, i + 1, one_phrase=asked)
    return draft_of(verb, content, rule=f"{verb.lemma} {s.lower[i]}", reading=reading, cue_last=i)


def _skip_to_preposition(verb: Verb, i: int, preps: frozenset[str]) -> int:
    """Past adverbs (and an addressee, for verbs that take one) to the preposition."""
    s = verb.at.s
    if verb.frames & {"addressee"} and i <= verb.high and s.pos[i] in PHRASE_STARTS:
        i = past_phrase(s, i, verb.high)
    while i < verb.high and s.lower[i] not in preps and s.pos[i] in {"ADV", "ADJ"}:
        i += 1
    return i


def read_object(verb: Verb) -> Draft | None:
    """ "condemned the attack", "denied responsibility", "rejected claims that he fled"."""
    reading = verb.at.words.reading(verb.lemma, "object")
    if reading is None or verb.subject is None or not particle_fits(verb):
        return None
    s, v = verb.at.s, verb.v
    if "thing" in reading.frames and _is_somebody(verb):
        return None  # "countries that have shown their support" have said nothing
    start = v + 2 if verb.lemma in verb.at.words.particles else v + 1
    obj = s.child(v, "obj", "ccomp", "obl:unmarked")
    if start > verb.high or (obj is not None and obj < v) or (s.deps[v].startswith("acl") and obj is None):
        return None
    if obj is None and s.tags[start] != "VBG" and not _noun_phrase_at(s, start, verb.high):
        return None
    if is_negated(s, v) and not reading.denies:
        return None  # "did not mention the prisoners" says nothing of them
    claimed = _claimed_by_others(verb, start) if verb.lemma in TURNING else None
    if claimed is not None:
        turned = Reading(Status.DENIED, reading.frames, denies=True)
        return draft_of(verb, content_from(verb, claimed), rule="rejects a claim", reading=turned)
    if _declares_outcome(verb, obj):
        reading = Reading(Status.CLAIMED, reading.frames)
    return draft_of(verb, content_from(verb, start, one_phrase=True), rule="object", reading=reading)


def _declares_outcome(verb: Verb, obj: int | None) -> bool:
    """ "Declared victory", "announced the end of the siege": a judgement of the one who says it, no act of saying."""
    s = verb.at.s
    return verb.lemma in _DECLARING and obj is not None and s.lemmas[obj].lower() in _OUTCOMES


def _is_somebody(verb: Verb) -> bool:
    """A person, a body, people: no paper, film or count, which alone show things."""
    assert verb.subject is not None
    s, words = verb.at.s, verb.at.words
    head = verb.subject.head if verb.subject.antecedent is None else verb.subject.antecedent
    if s.lower[head] in words.own_papers or s.lower[head] in words.occasions:
        return False
    named = s.labels[head] in {"PERSON", "NORP"} or s.lower[head] in words.persons
    return named or s.tags[head] in {"PRP", "WP"} or s.lower[head] in _PEOPLE


def _noun_phrase_at(s: Sentence, start: int, high: int) -> bool:
    """Does a noun phrase, without a preposition, begin here?"""
    return past_phrase(s, start, high) > start and s.pos[start] not in {"ADP", "PUNCT"}


def _claimed_by_others(verb: Verb, start: int) -> int | None:
    """For "rejected claims that ...", "dismissed reports of ...": where the claim begins."""
    s, words = verb.at.s, verb.at.words
    for t in range(start, min(start + 5, verb.high - 1)):
        noun = words.nouns.get(words.noun_forms.get(s.lower[t], ""))
        if (
            noun is not None
            and s.pos[t] == "NOUN"
            and s.lower[t] not in {"call", "calls", "demand", "demands", "request"}
        ):
            if s.lower[t + 1] == "that":
                return t + 1
            return t + 2 if s.lower[t + 1] == "of" else None
    return None
