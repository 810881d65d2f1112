"""Lists under a total; tables are in grids.py.

A list counts as complete if its introduction ends with a colon or says "as follows", and has no "including". Each
line has one number that counts; a line with two of them, or lines that count different things, end the check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rasid.weigh.checks.findings import HARD, SOFT, Finding, added, meets, spot, sum_in_words
from rasid.weigh.checks.numbers import Number, in_words
from rasid.weigh.checks.page import Count, Line, Page, class_of, state_of

_COMPLETE = re.compile(
    r":\s*\Z|\A\W*total\b.*:\s*[\d,]+\W*\Z|\bas follows\b|\bdistribut\w+|\bdivided\b|\bbroken down\b"
    r"|\bbreakdown\b|\bas listed below\b",
    re.I,
)
_SOME = re.compile(
    r"\b(?:includ\w+|among|notabl\w+|such as|most|worst|top|highest|especially|some of|examples?|main)\b",
    re.I,
)
_INNER = re.compile(r"\b(?:including|of whom|of which|of them|among them|among whom)\b|\(|,\s*\d", re.I)
TOTAL = re.compile(r"\s*\W*(?:grand\s+total|sub-?total|total|sum|overall|all)\b", re.I)
OVERLAP = frozenset({"civilian", "child", "woman", "man", "adult", "combatant", "profession"})
WHOLES = (
    {"man", "woman", "child"}, {"adult", "child"}, {"man", "woman"}, {"civilian", "combatant"},
)  # fmt: skip
SHARE_OFF = 1.0  # points by which a share may be off before no rounding explains it


def check_lists(page: Page) -> Iterator[Finding]:
    """Findings on lists."""
    for first, items in _bullets(page):
        yield from _list(page, first, items)


def _bullets(page: Page) -> Iterator[tuple[int, list[Line]]]:
    held: list[Line] = []
    for n, line in enumerate(page.lines):
        if line.kind == "bullet":
            held.append(line)
        elif held:
            yield n - len(held), held
            held = []
    if held:
        yield len(page.lines) - len(held), held


def _list(page: Page, first: int, items: Sequence[Line]) -> Iterator[Finding]:
    yield from _percents(page, first, items)
    if any(line.text.rstrip().endswith(":") for line in items):
        return  # a list inside the list
    mains = [_main(line) for line in items]
    total_line, total = _total_of(page, first)
    last = items[-1]
    if mains[-1] is not None and TOTAL.match(last.text):
        total_line, total, items, mains = last, mains[-1], items[:-1], mains[:-1]
        complete, some = True, False
    else:
        intro = page.lines[first - 1].text if first else ""
        complete, some = bool(_COMPLETE.search(intro)), bool(_SOME.search(_last_clause(intro)))
    parts = [m for m in mains if m is not None]
    if total is None or total_line is None or len(parts) < 2:
        return
    if len(parts) != len(mains) or not _alike(total, items, parts):
        return
    yield from _shares(page, total_line, total, lines=items, parts=parts)
    low, high = added(parts)
    if meets((low, high), (total.low, total.high)) or not complete or some:
        return
    if any(meets(sums, (total.low, total.high)) for sums in _without_subtotals(parts)):
        return
    yield Finding(
        "sum",
        HARD,
        f"The {len(parts)} lines of the list do not add up to the total that is given for them.",
        sum_in_words(parts, total),
        (
            spot(page.document, total_line, total),
            *(spot(page.document, i, p) for i, p in zip(items, parts, strict=True)),
        ),
    )


def _last_clause(text: str) -> str:
    """The clause that introduces the list: after the last comma that follows the last number."""
    return text.rsplit(",", 1)[-1]


def _main(line: Line) -> Count | None:
    """The one number that the line is about; None if there are two or none."""
    inner = _INNER.search(line.text)
    end = inner.start() if inner else len(line.text)
    own = [c for c in line.counts if c.number.start < end]
    if len(own) == 1:
        return own[0]
    return None


def _total_of(page: Page, first: int) -> tuple[Line | None, Count | None]:
    """The count of the introduction, or of the sentence before it."""
    for at in (first - 1, first - 2):
        if at < 0 or page.lines[at].kind == "bullet":
            break
        line = page.lines[at]
        inner = re.search(r"\b(?:including|of whom|of which|among)\b|\(", line.text, re.I)
        own = [c for c in line.counts if inner is None or c.number.start < inner.start()]
        if len(own) == 1:
            return line, own[0]
        if own:
            break
    return None, None


def _alike(total: Count, items: Sequence[Line], parts: Sequence[Count]) -> bool:
    """Whether the lines count what the total counts, and do not overlap."""
    nouns = {p.noun for p in parts if p.noun and not p.label}
    if total.human and any(n and not class_of(n) for n in nouns):
        return False
    if not total.human and any(n != total.noun for n in nouns):
        return False
    kinds = {p.kind for p in parts} & OVERLAP
    labelled = {class_of(p.label) for p in parts} & OVERLAP
    if labelled and labelled not in WHOLES:
        return False
    if len(kinds) > 1 and kinds not in WHOLES:
        return False
    states = {state_of(p.label) or state_of(p.noun) for p in parts} - {""}
    casualties = "casualt" in total.noun
    return not states or casualties or states == {total.state} or not total.state


def _without_subtotals(parts: Sequence[Count]) -> Iterator[tuple[float, float]]:
    """What the list sums to if a line that is the sum of some directly below it is their subtotal."""
    values = [p.number.value for p in parts]
    ends = range(3, len(values) + 1)
    subtotals = {
        n
        for n, value in enumerate(values)
        for end in ends
        if n + 3 <= end and sum(values[n + 1 : end]) == value
    }
    for left_out in (*({n} for n in subtotals), subtotals):
        yield added(p for n, p in enumerate(parts) if n not in left_out)


# --- shares beside counts -------------------------------------------------------------------------------------


def _shares(
    page: Page, total_line: Line, total: Count, *, lines: Sequence[Line], parts: Sequence[Count]
) -> Iterator[Finding]:
    """ "Others: 30 (25%)" under 200."""
    base = sum(p.number.value for p in parts)
    if not total.exact or total.number.value <= 0:
        return
    for line, part in zip(lines, parts, strict=True):
        shares = [n for n in line.percents() if n.start - part.number.end < 30]
        if len(shares) != 1 or not part.exact or not shares[0].exact:
            continue
        share = shares[0]
        right = [100 * part.number.value / whole for whole in {total.number.value, base}]
        off = min(abs(share.value - each) for each in right)
        rounding = 0.5 * 10.0**-share.places + 1e-6
        if off <= rounding:
            continue
        yield Finding(
            "share",
            HARD if off > SHARE_OFF + rounding else SOFT,
            f"{in_words(part.number.value)} of {in_words(total.number.value)} is not {share.value:g}%.",
            f"{in_words(part.number.value)} / {in_words(total.number.value)} = {right[0]:.1f}%, not {share.value:g}%.",
            (spot(page.document, total_line, total), spot(page.document, line, part)),
        )


def _percents(page: Page, first: int, items: Sequence[Line]) -> Iterator[Finding]:
    """Shares of a complete list that sum to more than 100 %."""
    shares: list[Number] = []
    for line in items:
        own = line.percents()
        if len(own) != 1:
            return
        shares.append(own[0])
    intro = page.lines[first - 1] if first else None
    if (
        intro is None
        or len(items) < 2
        or not _COMPLETE.search(intro.text)
        or _SOME.search(_last_clause(intro.text))
    ):
        return
    if {class_of(line.text) for line in items} & OVERLAP and not any(line.counts for line in items):
        return
    low = sum(n.low for n in shares)
    if low <= 100 + 0.5 * len(shares) or any(line.counts for line in items):
        return
    told = " + ".join(f"{n.value:g}" for n in shares)
    yield Finding(
        "share",
        SOFT,
        "The shares of the list are together more than 100%.",
        f"{told} = {sum(n.value for n in shares):g}%.",
        (spot(page.document, intro), *(spot(page.document, line) for line in items)),
    )
