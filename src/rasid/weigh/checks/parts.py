"""Parts of a whole, as sentences say them: "including 7 children", "of whom 45 were men", "Among the dead were ...".

A part is linked only with a count that it can be a part of: people with people, schools with facilities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rasid.weigh.checks.page import Count, Line, Page

CUE = re.compile(
    r"\b(?P<some>including|include[sd]?|among (?:them|those|whom|the (?:dead|victims|wounded))|amongst them|notably)\b"
    r"|\b(?P<all>of (?:whom|which|them|these|those))\b",
    re.I,
)
BACK = re.compile(
    r"\s*(?:Among (?:them|those|the dead|the victims)|Of (?:them|these|those)|They include[d]?"
    r"|(?:The|These) (?:dead|victims|killed) include[d]?|This includes|These include[d]?)\b",
    re.I,
)
_PREDICATE = re.compile(r"\A\s*(?:\w+\s+){0,2}?(?:were|was)\s+\w+")  # "1,180 were killed by ..., 640 by ..."
OF_ALL = re.compile(r"\s*(?:Of|Among)\s+(?:the\s+|these\s+|those\s+)?")
NEW_CLAUSE = re.compile(
    r";|\b(?:while|whereas|but|bringing|raising)\b|\band\s+(?:\w+\s+)?(?:wound|kill|injur|arrest|detain|displac|captur)\w+"
    r"|\b(?:wound|kill|injur|arrest|detain)(?:ed|ing)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Part:
    """That `part` is said to be among `whole`."""

    whole_line: Line
    whole: Count
    line: Line
    part: Count


def groups_of_parts(page: Page) -> Iterator[list[Part]]:
    """For each "including", "of whom" and "among them": the parts with their whole."""
    for number, line in enumerate(page.lines):
        if not line.counts:
            continue
        before = page.lines[number - 1] if number else None
        if BACK.match(line.text):
            whole = _only_whole(before)
            if before and whole and line.counts:
                yield [Part(before, whole, line, c) for c in _run(line, line.counts) if fits(whole, c)]
            continue
        if (
            (opened := OF_ALL.match(line.text))
            and line.counts
            and line.counts[0].number.start == opened.end()
        ):
            whole = line.counts[0]
            run = [c for c in _run(line, line.counts[1:]) if fits(whole, c) and says_what(line, c)]
            yield [Part(line, whole, line, c) for c in run]
            continue
        cues = list(CUE.finditer(line.text))
        for n, cue in enumerate(cues):
            if n and _is_same_list(line, cues[n - 1], cue):
                continue
            until = cues[n + 1].start() if n + 1 < len(cues) else len(line.text)
            if cue["all"] and (own := _part_before(line, cue)) is not None:
                yield own
                continue
            whole = _whole_before(line, cue.start())
            after = [c for c in line.counts if cue.end() <= c.number.start < until]
            if cue["some"] and _is_far_verb(line, cue, whole):
                continue
            if whole and after and not _another_whole(line, whole, after):
                yield [
                    Part(line, whole, line, c) for c in _run(line, after, begin=cue.end()) if fits(whole, c)
                ]


def _is_far_verb(line: Line, cue: re.Match[str], whole: Count | None) -> bool:
    """ "began with eight members, today includes 75": the verb's subject is not the number."""
    if whole is None or cue[0].lower() not in {"include", "includes", "included"}:
        return False
    between = line.text[whole.number.end : cue.start()]
    return "," in between and not re.search(r"\b(?:which|that|who)\b", between)


def _is_same_list(line: Line, before: re.Match[str], cue: re.Match[str]) -> bool:
    return not any(before.end() <= c.number.start < cue.start() for c in line.counts)


def _part_before(line: Line, cue: re.Match[str]) -> list[Part] | None:
    """ "34 people were found, 14 of them women": the count directly before "of them" is the part."""
    if cue[0].lower().split()[1] not in {"them", "these", "those"}:
        return None
    at = next((n for n, c in enumerate(line.counts) if 0 <= cue.start() - c.number.end <= 1), None)
    if at is None:
        return None
    part = line.counts[at]
    earlier = [c for c in line.counts[:at] if c.human and c.number.value > 1]
    return [Part(line, earlier[-1], line, part)] if earlier and fits(earlier[-1], part) else []


def _only_whole(line: Line | None) -> Count | None:
    if line is None:
        return None
    people = [c for c in line.counts if c.human]
    if not people and len(line.counts) == 1 and line.counts[0].noun:
        people = list(line.counts)  # "220 schools. Of these, 77"
    if len(people) != 1 or CUE.search(line.text):
        return None
    return people[0]


def _whole_before(line: Line, at: int) -> Count | None:
    """The last count before the cue, unless a new clause stands between them."""
    earlier = [c for c in line.counts if c.number.end <= at]
    if not earlier:
        return None
    between = line.text[earlier[-1].number.end : at]
    return None if re.search(r"[;.]\s|\b(?:while|but|whereas)\b", between) else earlier[-1]


def _another_whole(line: Line, whole: Count, parts: Sequence[Count]) -> bool:
    """ "wounded 40 and killed 3, including 12 children": the children may be of both."""
    others = [c for c in line.counts if c.number.end <= whole.number.start and c.state != whole.state]
    return any(p.low > whole.high and p.low <= c.high + whole.high for c in others for p in parts)


def _run(line: Line, counts: Sequence[Count], *, begin: int = 0) -> list[Count]:
    """The counts that follow each other in one list: up to a new verb or a closing bracket."""
    held: list[Count] = []
    at = begin
    for count in counts:
        between = _PREDICATE.sub("", line.text[at : count.number.begin])
        if _closes(between) or (held and NEW_CLAUSE.search(between)):
            break
        if held and count.number.begin and own_verb(line, count):
            break
        held.append(count)
        at = count.number.end
    return held


def _closes(between: str) -> bool:
    return between.count(")") > between.count("(")


def own_verb(line: Line, count: Count) -> bool:
    """ "..., and 40 wounded", "and 3 were injured"."""
    return bool(
        re.match(
            r"\s*(?:\w+\s+){0,2}(?:were |was )?(?:wounded|injured|killed|arrested|missing)\b",
            line.after(count),
        )
    )


def says_what(line: Line, count: Count) -> bool:
    """Whether the number counts something: "of the 3 brigades, 104 stayed" names one."""
    verb = re.match(r"\s*(?:of them\s+)?(?:were|was|are|had|have)\b", line.after(count))
    return bool(count.noun or count.where or verb)


def fits(whole: Count, part: Count) -> bool:
    """Whether the part can be one of what the whole counts."""
    if part.human and whole.human:
        return True
    if part.kind == whole.kind == "facility" or (part.noun and part.noun == whole.noun):
        return True
    return not part.noun and not part.kind
