"""Which figure another one is a part of: named in its own sentence, or told of the one before ("Among them were nine
children.")."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from rasid.model.tables import Row
from rasid.weigh.ranges.said import Said

_OF_THE_LAST = re.compile(
    r"\A\W*(?:among(?:st)? (?:them|those|these|the (?:dead|victims|killed|wounded|injured|displaced))\b"
    r"|of (?:them|these|those|the (?:dead|victims|killed))\b"
    r"|(?:they|these|the (?:dead|victims|killed|wounded)) includ\w+)",
    re.I,
)
_GAP = 4  # characters between two sentences that follow each other


def told_wholes(figures: Sequence[Said], claims: Sequence[Row]) -> list[Said]:
    """The figures with `whole` filled, and with what a part without a happening takes from its whole."""
    parts_of = {str(c["id"]): c["quantity"]["part_of"] for c in claims if isinstance(c["quantity"], dict)}
    in_sentence: dict[tuple[str, int], list[Said]] = defaultdict(list)
    by_end: dict[tuple[str, int], list[Said]] = defaultdict(list)
    for said in figures:
        in_sentence[said.document, said.start].append(said)
        by_end[said.document, said.end].append(said)
    out = []
    for said in figures:
        whole = _in_sentence(said, parts_of.get(said.id), in_sentence[said.document, said.start])
        if whole is None and _OF_THE_LAST.match(said.quote):
            whole = _in_last(said, by_end)
        out.append(_as_part(said, whole) if whole is not None else said)
    return out


def _in_sentence(said: Said, words: object, beside: Sequence[Said]) -> Said | None:
    if words is None:
        return None
    return next((other for other in beside if other.text == words and other.id != said.id), None)


def _in_last(said: Said, by_end: dict[tuple[str, int], list[Said]]) -> Said | None:
    """The largest count of the sentence before that is not smaller."""
    for gap in range(_GAP + 1):
        before = by_end.get((said.document, said.start - gap), ())
        fits = [
            o
            for o in before
            if o.counted.outcome and (o.number or 0) >= (said.number or 0) and o.id != said.id
        ]
        if fits:
            return max(fits, key=lambda o: (o.number or 0, o.id))
    return None


def _as_part(said: Said, whole: Said) -> Said:
    """A part is of the same happening, place, days and voice as its whole, unless its own words say otherwise."""
    counted, taken = said.counted, said.taken
    if not counted.outcome:
        counted = replace(counted, outcome=whole.counted.outcome, span=whole.counted.span)
    follows = said.start != whole.start
    if follows and not said.via:
        said = replace(said, voice=whole.voice, via=whole.via, speaker=whole.speaker, named=whole.named)
    if said.where is None or (follows and _is_lent(said, "place")):
        taken = tuple(each for each in taken if not each.startswith("place"))
        said = replace(said, where=whole.where)
    if said.when is None or (follows and _is_lent(said, "time", "day", "period")):
        taken = tuple(each for each in taken if not each.startswith(("time", "day", "period")))
        said = replace(said, when=whole.when)
    return replace(said, whole=whole.id, counted=counted, taken=taken)


def _is_lent(said: Said, *begins: str) -> bool:
    return any(each.startswith(begins) for each in said.taken)
