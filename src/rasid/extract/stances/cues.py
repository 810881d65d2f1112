"""Words -> cues: where a text refutes, denies, doubts, passes on, confirms or negates.

A cue found here does not yet bear on any claim; `bearing` decides that. A cue under a negation ("not a hoax", "did not
deny") changes its family or says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rasid.knowledge.stance_words import GAP, Cue, StanceWords

MAX_GAP = 3  # words that "~" may stand for
NEGATION_REACH = 3  # words between a negation and the cue it turns: "not just another hoax"

#: What a cue becomes under a negation; None: it says nothing.
TURNED = {
    "refutes": "confirms",
    "tricks": None,
    "denies": "reports",
    "doubts": "confirms",
    "confirms": "reports",
    "reports": None,
}


@dataclass(frozen=True, slots=True)
class FoundCue:
    """Words first..last (inclusive) of a passage are a cue."""

    family: str
    first: int
    last: int


def find_cues(lower: Sequence[str], *, words: StanceWords) -> tuple[FoundCue, ...]:
    """The cues of one passage, in order; shields and what they cover are left out."""
    found: list[FoundCue] = []
    taken = -1
    for i, word in enumerate(lower):
        if i <= taken:
            continue
        match = _longest(lower, i, word, words)
        if match is not None:
            family, last = match
            taken = last if last > i else taken
            if family != "shields":
                found.append(FoundCue(family, i, last))
        elif word == "?":
            found.append(FoundCue("asks", i, i))
    return tuple(_turn(found))


def _longest(lower: Sequence[str], i: int, word: str, words: StanceWords) -> tuple[str, int] | None:
    """The first fitting cue at word i and its last word. Lists are sorted long phrases first."""
    best: tuple[str, int] | None = None
    candidates = words.cues.get("n't" if word.endswith("n't") else word, ())
    for cue in candidates:
        last = _end(lower, i, cue)
        if last is not None and (best is None or last > best[1]):
            best = cue.family, last
    if best is None or best[0] == "negates":
        for start, cue in words.starts.get(word[:3], ()):
            if word.startswith(start):
                last = _end(lower, i, cue)
                if last is not None:
                    return cue.family, last
    return best


def _end(lower: Sequence[str], i: int, cue: Cue) -> int | None:
    """The last word of the cue if it stands at i."""
    at = i + 1
    gap = False
    for alternatives in cue.parts[1:]:
        if alternatives == (GAP,):
            gap = True
            continue
        limit = min(len(lower), at + (MAX_GAP if gap else 0) + 1)
        place = next((k for k in range(at, limit) if _is(lower[k], alternatives)), None)
        if place is None:
            return None
        at, gap = place + 1, False
    return at - 1


def _is(word: str, alternatives: tuple[str, ...]) -> bool:
    return any(
        word.startswith(a[:-1]) if a.endswith("*") else word == a or (a == "n't" and word.endswith("n't"))
        for a in alternatives
    )


def _turn(found: list[FoundCue]) -> Iterator[FoundCue]:
    """Apply each negation to the cue that follows it closely; such a negation is used up."""
    used: set[int] = set()
    turned: list[FoundCue] = []
    for k, cue in enumerate(found):
        before = found[k - 1] if k else None
        reach = 1 if cue.family == "reports" else NEGATION_REACH
        near = before is not None and before.family == "negates" and cue.first - before.last <= reach
        if near and cue.family in TURNED:
            used.add(k - 1)
            family = TURNED[cue.family]
            if family is not None:
                turned.append(FoundCue(family, cue.first, cue.last))
        else:
            turned.append(cue)
    spent = {id(found[k]) for k in used}
    yield from (cue for cue in turned if id(cue) not in spent)
