"""When a voice said what it says: "the ministry said on 3 May that ...", "on Monday she told reporters ...".

In: a sentence, one of its attributions, the times of the sentence. Out: the time of saying, or None. Only a time beside
the verb of saying counts: one inside what is said, or inside a clause about the speaker, tells of something else.
"On 3 May the minister said ... He also said ...": the day holds on for the same voice in the next sentence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from rasid.extract.found import AttributionFound, Said
from rasid.extract.syntax import Sentence
from rasid.extract.times import TimeFound, may_say_when, read_times
from rasid.model.values import DateSpan, Precision

_CLIMB = 6  # steps up the parse from the time to the verb of saying
_APART = frozenset(
    {"acl", "acl:relcl", "advcl", "ccomp", "conj", "appos", "parataxis"}
)  # another clause begins
_OPENING = 3  # tokens: "Late on Monday"
_SAME_DAY = frozenset({"the same day", "that day", "that same day"})
_HE = frozenset({"he", "she", "they", "it"})
_ANOTHER_TIME = frozenset(
    {"earlier", "previously", "later", "before", "once", "often", "has", "have", "had", "will"}
)


def with_days_of_saying(
    attributions: Sequence[AttributionFound], sentences: Sequence[Sentence]
) -> list[AttributionFound]:
    """Each attribution with the time it was said, where the text says one.

    sentences: those of the document, in order
    """
    starts = [s.start for s in sentences]
    dated: list[AttributionFound] = []
    last: tuple[int, AttributionFound] | None = None  # sentence and attribution that has a day
    for a in attributions:  # ordered by cue
        k = bisect_right(starts, a.cue[0]) - 1 if a.cue is not None else -1
        if k < 0:
            dated.append(a)
            continue
        s = sentences[k]
        times = read_times(s) if may_say_when(s) else []
        found = said_when(s, a, times)
        if found is not None:
            a = replace(a, said=Said(found.where.start, found.where.end, _span_of(s, found, times)))
        elif last is not None and k - 1 <= last[0] and _goes_on(s, a, last[1]):
            a = replace(a, said=last[1].said)
        if a.said is not None:
            last = k, a
        dated.append(a)
    return dated


def said_when(
    sentence: Sentence, attribution: AttributionFound, times: Sequence[TimeFound]
) -> TimeFound | None:
    """The one time that stands beside the words of saying; None if there is none, or more than one."""
    cue = attribution.cue
    if cue is None:
        return None
    verb = next((i for i in range(len(sentence)) if sentence.starts[i] <= cue[0] < sentence.ends[i]), None)
    if verb is None:
        return None
    outside = [t for t in times if not _is_within(t, attribution)]
    found = [t for t in outside if _hangs_on(sentence, t, verb) or _leads_over(sentence, t, attribution)]
    return found[0] if len(found) == 1 else None


def _span_of(sentence: Sentence, found: TimeFound, times: Sequence[TimeFound]) -> DateSpan:
    """ "Died on 27 October 2019, the ministry said on the same day": the one other day of the sentence."""
    words = sentence.words_between(found.where.start, found.where.end).lower()
    others = [t.span for t in times if t is not found and t.span.precision is Precision.DAY]
    return others[0] if words in _SAME_DAY and len(others) == 1 else found.span


def _goes_on(sentence: Sentence, a: AttributionFound, before: AttributionFound) -> bool:
    """ "He also said": the voice of the sentence before, by a pronoun, in the same past tense and at no other time."""
    if a.source is None or a.cue is None or a.speaker != before.speaker:
        return False
    if sentence.words_between(*a.source).lower() not in _HE:
        return False
    inside = [i for i in range(len(sentence)) if a.cue[0] <= sentence.starts[i] < a.cue[1]]
    if not inside:
        return False
    near = range(max(0, inside[0] - 3), min(len(sentence), inside[-1] + 3))
    past = any(sentence.tags[i] == "VBD" for i in inside)
    return past and _ANOTHER_TIME.isdisjoint(sentence.lower[i] for i in near)


def _is_within(time: TimeFound, attribution: AttributionFound) -> bool:
    """Does the time stand in what is said, or in the words for who says it ("the minister since 2014")?

    The parser may hang a day that opens the sentence on the speaker behind it: that is no part of him.
    """
    opens = time.where.first < _OPENING
    source = [attribution.source] if attribution.source is not None and not opens else []
    return any(start <= time.where.start < end for start, end in (*attribution.contents, *source))


def _leads_over(sentence: Sentence, time: TimeFound, attribution: AttributionFound) -> bool:
    """ "Said on 3 May that": right between the verb and what is said, wherever the parser hangs it."""
    assert attribution.cue is not None
    if not attribution.contents:
        return False
    after = min(start for start, _ in attribution.contents)
    if not attribution.cue[1] <= time.where.start < after:
        return False
    between = [i for i in range(len(sentence)) if attribution.cue[1] <= sentence.starts[i] < after]
    return sentence.ends[between[-1]] == time.where.end and not any(
        sentence.pos[i] in {"VERB", "AUX", "SCONJ"} or sentence.words[i] in {"(", ";"} for i in between
    )


def _hangs_on(sentence: Sentence, time: TimeFound, verb: int) -> bool:
    """Does the parse lead from the time to the verb of saying without entering another clause?"""
    inside = range(time.where.first, time.where.last + 1)
    i = next((k for k in inside if sentence.heads[k] not in inside), time.where.last)
    for _ in range(_CLIMB):
        above = sentence.heads[i]
        if above == verb:
            return True
        if above == i or sentence.deps[i] in _APART:
            return False
        i = above
    return False
