"""Sums against totals, and parts against their whole.

Parts are added up only where the text says that they are all: a list after a colon, in brackets, "of whom a were
civilians and b were fighters", "the remaining 12", "a total of 20". Classes of people that may overlap are not added
at all: only men, women and children, adults and children, civilians and fighters make a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rasid.weigh.checks.findings import HARD, SOFT, Finding, added, meets, spot, sum_in_words
from rasid.weigh.checks.numbers import in_words
from rasid.weigh.checks.page import Count, Line, Page
from rasid.weigh.checks.parts import (
    BACK,
    CUE,
    NEW_CLAUSE,
    OF_ALL,
    Part,
    fits,
    groups_of_parts,
    own_verb,
    says_what,
)

_WHOLE = (
    frozenset({"man", "woman", "child"}),
    frozenset({"adult", "child"}),
    frozenset({"man", "woman"}),
    frozenset({"civilian", "combatant"}),
)
_REST = re.compile(r"\b(?:the\s+)?(?:remaining|rest|other)\b[^.;]{0,20}\Z", re.I)
_TOTAL_BEFORE = re.compile(
    r"\b(?:a|for a|making a)?\s*total(?:ling|ing|s)?(?:\s+(?:of|is|was))?\s*:?\s*\Z", re.I
)
_TOTAL_AFTER = re.compile(r"(?:\s+\w+){0,3}\s+(?:in total|in all|altogether|overall)\b", re.I)
_RUNNING = re.compile(r"\b(?:bring|brought|rais|took|taking|rose|rise|since|so far)\w*", re.I)
_OF_THE = re.compile(r"\s*(?:out\s+)?of\s+(?:the\s+|those\s+|all\s+)?\Z", re.I)
_OPENS = re.compile(r"\s*(?::|\(|\s[–—-]\s)\s*\Z")
_BETWEEN = re.compile(r"[\s\w'’-]*\Z")
_PLACES = frozenset(
    "districts governorates provinces towns villages cities camps counties regions subdistricts municipalities areas "
    "neighbourhoods hospitals sites countries".split()
)
_NAMED = re.compile(r"\b([A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*)")
_UNCOUNTED = re.compile(r"\b(?:and\s+(?:new|the|a|an|his|her|its)\b|plus\b|as well as\b)", re.I)
_JOIN = re.compile(r"\s*(?:[a-zA-Z'’-]+\s*){0,8}(?:,|and|,\s*and|&)?\s*\Z")


def check_sums(page: Page) -> Iterator[Finding]:
    """Findings inside sentences; lists over several lines are in lists.py."""
    for line in page.lines:
        yield from _inline(page, line)
        yield from _totals_last(page, line)
        yield from _of_the(page, line)
    for group in groups_of_parts(page):
        yield from _weigh_group(page, group)
    yield from _remaining(page)
    yield from _counted_places(page)
    yield from _listed_places(page)


# --- parts of a whole -----------------------------------------------------------------------------------------


def _weigh_group(page: Page, group: Sequence[Part]) -> Iterator[Finding]:
    if not group:
        return
    whole, parts = group[0].whole, [g.part for g in group]
    spots = (spot(page.document, group[0].whole_line, whole), spot(page.document, group[0].line, parts[0]))
    for each in parts:
        if each.low > whole.high and whole.number.value > 1:  # "one man" counts nobody
            yield Finding(
                "part above whole",
                HARD,
                f"The part ({in_words(each.number.value)}) is larger than the whole ({in_words(whole.number.value)}).",
                f"{in_words(each.number.value)} > {in_words(whole.number.value)}.",
                spots,
            )
            return
    kinds = [p.kind for p in parts]
    total = (whole.low, whole.high)
    if len(parts) < 2 or meets(added(parts), total):
        return
    opened = (
        "of whom" in group[0].line.text
        or "of which" in group[0].line.text
        or bool(BACK.match(group[0].line.text))
    )
    above = added(parts)[0] > whole.high
    complete = opened and _is_whole(kinds) and len(set(kinds)) == len(kinds)
    if complete or _is_all_places(parts, above=above):
        yield _sum(page, group[0].whole_line, whole, line=group[0].line, parts=parts)
    elif above and len(set(kinds)) == len(kinds) and set(kinds) <= {"man", "woman", "child", "combatant"}:
        yield Finding(
            "part above whole",
            HARD if "man" in kinds else SOFT,
            "The parts together are larger than the whole, unless some people are counted in two of them.",
            sum_in_words(parts, whole),
            spots,
        )


def _is_all_places(parts: Sequence[Count], *, above: bool) -> bool:
    """ "a by the army, b by the Brigades and c by others", or more than the whole over named places or parties."""
    places = [p.where for p in parts]
    if not all(places) or len(set(places)) != len(places) or len({p.kind for p in parts} - {""}) > 1:
        return False
    if len({place.split()[0] for place in places}) != 1:
        return False
    if re.search(r"\b(?:other|others|unknown|unidentified|the rest|remaining)\b", places[-1]):
        return True
    return above and all(re.search(r"\s(?:the\s+)?[A-Z]", place) for place in places)


def _is_whole(kinds: Sequence[str]) -> bool:
    return any(set(kinds) == whole for whole in _WHOLE)


def _sum(
    page: Page, total_line: Line, total: Count, *, line: Line, parts: Sequence[Count], severity: str = HARD
) -> Finding:
    spots = [spot(page.document, total_line, total)]
    if line is not total_line:
        spots.append(spot(page.document, line, parts[0]))
    else:
        spots.append(spot(page.document, line, parts[-1]))
    return Finding(
        "sum",
        severity,
        "The parts do not add up to the total that is given for them.",
        sum_in_words(parts, total),
        tuple(spots),
    )


# --- "23 people: 7 children, 5 women and 11 men"; "(19 men, 11 women and 9 children)" --------------------------


def _inline(page: Page, line: Line) -> Iterator[Finding]:
    for n, total in enumerate(line.counts[:-1]):
        rest = line.counts[n + 1 :]
        between = line.text[total.number.end : rest[0].number.begin]
        mark = re.search(r":|\(|\s[–—-]\s", between)
        if mark is None or not _BETWEEN.match(between[: mark.start()]) or between[mark.end() :].strip():
            continue
        if CUE.search(between):
            continue
        parts, tail = _listed(line, rest, bracket=mark[0] == "(", mixed="casualt" in total.noun)
        if len(parts) < 2 or "including" in tail or _UNCOUNTED.search(tail.split(")")[0]):
            continue
        severity = _severity(total, parts)
        if severity and not meets(added(parts), (total.low, total.high)):
            yield _sum(page, line, total, line=line, parts=parts, severity=severity)


def _listed(line: Line, counts: Sequence[Count], *, bracket: bool, mixed: bool) -> tuple[list[Count], str]:
    """The counts of one enumeration and the text after it. `mixed`: of dead and wounded alike."""
    held: list[Count] = []
    end = 0
    for count in counts:
        if held:
            between = line.text[end : count.number.begin]
            if not _JOIN.match(between):
                break
            if not mixed and (NEW_CLAUSE.search(between) or own_verb(line, count)):
                break
        held.append(count)
        end = count.number.end
    tail = line.text[end:]
    if bracket and ")" not in tail:
        return [], tail
    return held, tail.split(".")[0]


def _severity(total: Count, parts: Sequence[Count]) -> str | None:
    """How sure it is that these parts are all of the total; None if they need not be."""
    kinds = [p.kind for p in parts]
    if any(not fits(total, p) for p in parts):
        return None
    if _is_whole(kinds) and len(set(kinds)) == len(kinds):
        return HARD
    if "casualt" in total.noun and sorted(p.state for p in parts) == ["dead", "wounded"]:
        return HARD
    placed = [p.where or p.label for p in parts]
    if all(placed) and len(set(placed)) == len(placed) and len(set(kinds)) == 1:
        return HARD
    if all(placed[1:]) and len({k for k in kinds if k}) <= 1 and len(set(placed)) == len(placed):
        return HARD
    return None


# --- "12 in Idra, 7 in Hamam, a total of 20" -------------------------------------------------------------------


def _totals_last(page: Page, line: Line) -> Iterator[Finding]:
    if len(line.counts) < 3 or _RUNNING.search(line.text):
        return
    total = line.counts[-1]
    before = line.text[: total.number.begin]
    if not (_TOTAL_BEFORE.search(before) or _TOTAL_AFTER.match(line.text, total.number.end)):
        return
    parts = line.counts[:-1]
    if CUE.search(before) or ";" in before or ". " in before:
        return
    places = [p.where or p.label for p in parts]
    whole = _is_whole([p.kind for p in parts])
    if not (
        whole
        or (all(places) and len(set(places)) == len(places) and len({p.kind for p in parts if p.kind}) <= 1)
    ):
        return
    if len({p.state for p in parts if p.state}) > 1:
        return
    if not meets(added(parts), (total.low, total.high)):
        yield _sum(page, line, total, line=line, parts=parts)


# --- "Of the 40 houses, 52 were burned"; "15 of the 12" ---------------------------------------------------------


def _of_the(page: Page, line: Line) -> Iterator[Finding]:
    for left, right in zip(line.counts, line.counts[1:], strict=False):
        between = line.text[left.number.end : right.number.begin]
        if _OF_THE.match(between):
            if not right.noun and between.strip().lower() == "of":
                continue  # "24 of 12 events, then 24 of 3"
            part, whole = left, right
        elif re.search(r"\bof the\s*\Z", line.text[: left.number.begin], re.I) and re.match(
            r"[^,;.]*,\s*(?:only |some |about |at least |just )?\Z",
            line.text[left.number.end : right.number.start],
        ):
            part, whole = right, left
            if part.kind and not fits(whole, part):
                continue
            if part.noun and part.noun != whole.noun and not (part.human and whole.human):
                continue
            if not says_what(line, part):
                continue
        else:
            continue
        if part.low > whole.high:
            yield Finding(
                "part above whole",
                HARD,
                f"The part ({in_words(part.number.value)}) is larger than the whole ({in_words(whole.number.value)}).",
                f"{in_words(part.number.value)} > {in_words(whole.number.value)}.",
                (spot(page.document, line, whole), spot(page.document, line, part)),
            )


# --- "14 of them women. Eleven were children and the remaining 12 were men." -----------------------------------


def _remaining(page: Page) -> Iterator[Finding]:
    for number, line in enumerate(page.lines):
        last = next((c for c in line.counts if _REST.search(line.text[: c.number.begin])), None)
        if last is None or not re.search(r"\bremaining|\brest\b", line.text[: last.number.begin], re.I):
            continue
        told = [c for c in line.counts if c.number.start <= last.number.start]
        whole = _whole_of_rest(page.lines[number - 1] if number else None, line, told)
        if whole is None:
            continue
        total_line, total, parts = whole
        kinds = [p.kind for p in parts if p.kind]
        if (
            len(parts) >= 2
            and len(set(kinds)) == len(kinds)
            and not meets(added(parts), (total.low, total.high))
        ):
            yield _sum(page, total_line, total, line=line, parts=parts)


def _whole_of_rest(
    before: Line | None, line: Line, told: Sequence[Count]
) -> tuple[Line, Count, list[Count]] | None:
    """The total that "the remaining 12" completes, and its parts: of this sentence, else of the one before."""
    named = told[:-1]
    if (
        OF_ALL.match(line.text)
        and named
        and line.text[: named[0].number.begin].strip().lower().startswith(("of", "among"))
    ):
        return line, told[0], list(told[1:])
    if not all(c.human for c in told):
        return None
    if len(told) >= 3 and told[0].kind in {"person", "civilian"}:
        return line, told[0], list(told[1:])
    counts = before.counts if before else ()
    main = [
        n for n, c in enumerate(counts) if before and not re.match(r"\s*of (?:them|whom)", before.after(c))
    ]
    if before is None or not main or not counts[main[-1]].human:
        return None
    return before, counts[main[-1]], [*counts[main[-1] + 1 :], *told]


# --- "41,300 fled from four districts. 18,400 left Kefra, 12,100 Mazal, 7,900 Rukan and 4,900 Sahl." --------------


def _counted_places(page: Page) -> Iterator[Finding]:
    """Parts over as many named places as the total says that there are."""
    told = [line for line in page.lines if line.kind != "heading"]
    for line, following in pairwise(told):
        if len(line.counts) != 2 or following.kind != "sentence" or CUE.search(following.text):
            continue
        total, places = line.counts
        parts = following.counts
        if places.noun not in _PLACES or not places.exact or places.number.value != len(parts):
            continue
        named = [match[1] for p in parts if (match := _NAMED.search(following.after(p)))]
        if len(parts) < 2 or len(set(named)) != len(parts) or len({p.state for p in parts}) > 1:
            continue
        same = parts[0].noun == total.noun or (parts[0].human and total.human)
        if not same or any(p.kind or p.number.value == 0 for p in parts[1:]):
            continue
        if not meets(added(parts), (total.low, total.high)):
            yield _sum(page, line, total, line=following, parts=parts)


def _listed_places(page: Page) -> Iterator[Finding]:
    """ "The dead came from five districts: 28 from Kefra, ..." after a sentence that counts the dead."""
    for number, line in enumerate(page.lines):
        at = next((n for n, c in enumerate(line.counts) if c.noun in _PLACES), None)
        if at is None or at > 1 or not re.match(r"\s+\w+\s*:", line.text[line.counts[at].number.end :]):
            continue
        parts = line.counts[at + 1 :]
        if line.counts[at].number.value != len(parts) or any(p.kind for p in parts[1:]):
            continue
        before = page.lines[max(0, number - 1)]
        lead = line.text[: line.counts[at].number.start]
        named = [(before, c) for c in before.counts if c.noun and re.search(rf"\b{c.noun}\b", lead)]
        earlier = [(line, c) for c in line.counts[:at]] or named
        if len(earlier) == 1 and not meets(added(parts), (earlier[0][1].low, earlier[0][1].high)):
            yield _sum(page, *earlier[0], line=line, parts=parts)
