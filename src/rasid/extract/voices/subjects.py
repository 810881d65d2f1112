"""Whose verb is it: the parsed subject, checked against quotation marks and word order."""

from __future__ import annotations

from dataclasses import replace

from rasid.extract.syntax import Sentence
from rasid.extract.voices.behind_day import subject_behind_day
from rasid.extract.voices.drafts import Place
from rasid.extract.voices.joint import with_first_speaker
from rasid.extract.voices.phrases import Subject, is_passive, phrase_by_order, subject_by_order, subject_of
from rasid.extract.voices.said_as_phrase import dismissed_clause
from rasid.extract.voices.that_by_order import speaks_after_all

_TIMES = frozenset(
    {"today", "yesterday", "tomorrow", "now", "then", "monday", "tuesday", "wednesday", "thursday", "friday"}
) | frozenset({"saturday", "sunday", "morning", "evening", "night", "week", "month", "year", "hours"})
_SPANS = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "decades"})
_SPANS = frozenset({"hours", "minutes", "days", "weeks", "months", "years"})
_SAID_BY_OTHERS = frozenset({"accusations", "accusation", "allegations", "allegation"})
_NAME_NOBODY = frozenset({"one", "you", "percent", "%", "cent", "people", "persons", "others"})


def choose_subject(at: Place, v: int, *, low: int, high: int) -> Subject | None:
    """The parsed subject, unless a quote that the verb is outside of holds it or word order shows a nearer one."""
    s = at.s
    parsed = subject_of(s, v, low, high)
    if at.in_quote(v):
        return parsed
    floor = at.after_last_quote(v)
    if (parsed is None or parsed.passive) and _is_active_by_order(at, v, high):
        near = subject_by_order(s, v, floor, passive=False)
        return near if near is None else replace(near, first=with_first_speaker(s, near.first, floor))
    if parsed is None or parsed.by_order:
        parsed = subject_behind_day(s, v, floor) or parsed
    if v and s.pos[v] == "ADJ" and s.pos[v - 1] == "CCONJ":
        return _same_voice_as_before(at, v)  # "said it could be solved and blamed the party"
    if parsed is not None and s.lower[parsed.head] in _SAID_BY_OTHERS and parsed.head < v - 1:
        return subject_by_order(
            s, v, max(floor, parsed.head + 1)
        )  # "Accusations of war Kelan accuses the rebels"
    if parsed is not None and parsed.first > v:
        return subject_by_order(s, v, floor)
    if parsed is not None and floor > parsed.head and at.in_quote(parsed.head):
        return subject_by_order(s, v, floor)
    if parsed is None and (own := s.child(v, "nsubj")) is not None and own < low:
        return subject_by_order(s, v, floor)  # the dateline, taken for who speaks
    if parsed is None or parsed.antecedent is not None:
        return parsed
    if (outer := _noun_without_verb(s, v, parsed)) is not None:
        first, _ = phrase_by_order(s, outer + 1, floor)
        return replace(parsed, head=outer, first=first, last=outer)
    if parsed.passive and parsed.inherited and not is_passive(s, v):
        return _active_after_comma(at, v, floor) or parsed
    if parsed.inherited and s.tags[v] == "VBG" and s.deps[v] == "advcl":
        return parsed  # "X accused them of murder, saying ..."
    if parsed.inherited and not parsed.passive:
        parsed = _same_voice_as_before(at, v) or parsed
    return _completed(at, v, parsed, floor=floor)


def _is_active_by_order(at: Place, v: int, high: int) -> bool:
    """ "The ministry announced in June that ...", read by the parser as a passive without its "was"."""
    if at.s.child(v, "aux:pass") is not None:
        return False
    if v and at.s.pos[v - 1] in {"NOUN", "PROPN"} and dismissed_clause(at, v, high) is not None:
        return True  # "the envoy dismissed as lies the claims that"
    return speaks_after_all(at.s, v, high, speakers=at.words.speakers | at.words.persons)


def is_time(s: Sentence, subject: Subject) -> bool:
    """A word of time taken for a speaker ("Today called for ..."), not a paper of that name with an article."""
    if subject.antecedent is not None and s.lower[subject.antecedent] in _TIMES:
        return True  # "a clip circulating on Tuesday that purports to show"
    if s.lower[subject.head] in _SPANS:
        return True  # "It took several days to confirm ..."
    if s.lower[subject.head] in _SPANS:
        return True  # "hours after the governor told the crowd"
    if s.lower[subject.head] not in _TIMES:
        return False
    alone = subject.first == subject.last and subject.antecedent is None
    return alone and s.deps[subject.head] not in {"nsubj", "nsubj:pass"}


def is_generic(s: Sentence, subject: Subject, quoted: bool) -> bool:
    """Words that name nobody: "one", "you" (outside a quote), "60 percent", "more people"."""
    head, word = subject.head, s.lower[subject.head]
    if word not in _NAME_NOBODY or subject.antecedent is not None:
        return False
    if s.lower[subject.last + 1 : subject.last + 2] == ["of"]:
        return False
    if word == "one" or (word == "you" and not quoted):
        return subject.first == subject.last and s.tags[head] == "PRP"
    if word in {"percent", "%"} or s.lower[max(0, head - 1) : head + 1] == ["per", "cent"]:
        return subject.last == head
    return word in {"people", "persons", "others"} and s.lower[subject.first] in {
        "more",
        "most",
        "few",
        "fewer",
    }


def _noun_without_verb(s: Sentence, v: int, parsed: Subject) -> int | None:
    """ "A driver who was held as a hostage says": the parser took "as a hostage says" for a clause of its own."""
    root = s.root()
    if s.deps[v] != "advcl" or s.pos[root] not in {"NOUN", "PROPN"} or root > parsed.first - 2:
        return None
    as_it = s.lower[parsed.first - 1] == "as" and s.lower[parsed.first] in {"a", "an"}
    return root if as_it and s.child(root, "cop") is None and s.child(root, "acl:relcl") is not None else None


def _completed(at: Place, v: int, parsed: Subject, *, floor: int) -> Subject:
    """The parsed subject with the words the parser left out, or the nearer phrase before the verb."""
    s = at.s
    if (
        floor < parsed.first
        and s.pos[parsed.first - 1] in {"PROPN", "NOUN", "ADJ", "NUM", "DET"}
        and not parsed.inherited
    ):
        first, _ = phrase_by_order(s, parsed.first, floor)
        parsed = replace(parsed, first=first)
    parsed = _with_preposition(at, parsed, floor)
    near = subject_by_order(s, v, max(floor, parsed.last + 1))
    if (
        parsed.passive
        or near is None
        or (s.lower[near.head] in _TIMES and near.first == near.last)
        or near.head <= parsed.last
        or s.deps[near.head] in {"obj", "obl", "nmod", "appos"}
    ):
        return parsed
    if near.first == parsed.last + 1 and not parsed.inherited and s.pos[parsed.last] in {"PROPN", "NOUN"}:
        return replace(parsed, head=near.head, last=near.last)
    if s.pos[near.first - 1] == "CCONJ" and near.first - 2 <= parsed.last and not parsed.inherited:
        return replace(parsed, last=near.last)
    return near if _opens_part(at, near.first, max(floor, parsed.last + 1)) else parsed


def _with_preposition(at: Place, parsed: Subject, floor: int) -> Subject:
    """ "The report for May lists": the parser may take "May" alone for the subject."""
    s = at.s
    before = parsed.first - 2
    if (
        parsed.inherited
        or before < floor
        or s.pos[before + 1] != "ADP"
        or s.pos[before] not in {"NOUN", "PROPN"}
        or s.lower[before] in _SPANS
    ):
        return parsed
    first, head = phrase_by_order(s, before, floor)
    opens = first == floor or s.pos[first - 1] in {"PUNCT", "CCONJ", "SCONJ"}
    return replace(parsed, head=head, first=first) if opens else parsed


def _active_after_comma(at: Place, v: int, floor: int) -> Subject | None:
    """ "..., the council alleged on Wednesday": a bare participle for the parser, a verb by its place."""
    s = at.s
    near = subject_by_order(s, v, floor, passive=False)
    if near is None or near.first == 0 or s.words[near.first - 1] != "," or v + 1 >= len(s):
        return None
    finite = any(tag in {"VBD", "VBZ", "VBP", "MD"} for tag in s.tags[: near.first])
    return near if finite and s.lower[v + 1] not in {"to", "by", "of", "as", "in", "with"} else None


def _same_voice_as_before(at: Place, v: int) -> Subject | None:
    """ "X said it fell and added that": the parser hangs "added" on "fell", but it is X who adds."""
    s, words = at.s, at.words
    before = v - 1
    while before > 0 and s.pos[before] == "ADV":
        before -= 1
    if s.pos[before] != "CCONJ" or not words.frames[words.forms[s.lower[v]]] & {
        "clause",
        "object",
        "infinitive",
        "whole",
    }:
        return None
    for u in range(before - 1, 0, -1):
        same = s.tags[u] == s.tags[v] or s.tags[v] == "JJ"
        if same and "clause" in words.frames.get(words.forms.get(s.lower[u], ""), ()):
            own = subject_of(s, u, 0, len(s) - 1)
            return (
                replace(own, inherited=True) if own is not None and own.last < u and not own.passive else None
            )
    return None


def _opens_part(at: Place, first: int, floor: int) -> bool:
    """Does a new part of the sentence begin at this token?"""
    s = at.s
    return (
        first == floor
        or s.pos[first - 1] in {"CCONJ", "SCONJ"}
        or s.words[first - 1] in {",", ";", "-", "–", "—"}
    )
