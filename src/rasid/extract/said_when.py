"""When a voice said what it says: "the ministry said on 3 May that ...", "on Monday she told reporters ...".

In: a sentence, one of its attributions, the times of the sentence. Out: the time of saying, or None. Only a time beside
the verb of saying counts: one inside what is said, or inside a clause about the speaker, tells of something else.
"""

from __future__ import annotations

from collections.abc import Sequence

from rasid.extract.found import AttributionFound
from rasid.extract.syntax import Sentence
from rasid.extract.times import TimeFound

_CLIMB = 6  # steps up the parse from the time to the verb of saying
_APART = frozenset(
    {"acl", "acl:relcl", "advcl", "ccomp", "conj", "appos", "parataxis"}
)  # another clause begins


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
    found = [t for t in times if not _is_within(t, attribution) and _hangs_on(sentence, t, verb)]
    return found[0] if len(found) == 1 else None


def _is_within(time: TimeFound, attribution: AttributionFound) -> bool:
    """Does the time stand in what is said?"""
    return any(start <= time.where.start < end for start, end in attribution.contents)


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
