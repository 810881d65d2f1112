"""How credible is what a claim says: 1 to 6 of the Admiralty scale, proposed from who else says so.

In: claims, standing.ORIGINS, the kinds of the voices, what people set. Out: standing.CREDIBILITIES.

The scale judges the information apart from the voice. The proposals are modest: nothing but an independent second
origin lifts a claim from "cannot be judged", and 5, "improbable", is left to a person.
Source: the scale of NATO STANAG 2511 and of British Joint Warfare Publication 2-00.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from rasid.model.graded import GivenGrade, Graded
from rasid.model.standing import CREDIBILITIES, SourceKind
from rasid.model.tables import Row, as_rows, table
from rasid.weigh.standing.things import FIXING, Thing, is_pinned, may_be_one, pairs_of_things, ties

_TIES = (
    2  # things in common that make two claims of different voices speak of one thing, one of them fixing it
)
_LISTED = 12
#: Kinds that can confirm. A party to the conflict cannot: it has a side.
CONFIRMING = frozenset(SourceKind) - {SourceKind.UNKNOWN, SourceKind.UNNAMED, SourceKind.PARTY}


@dataclass(slots=True)
class _Beside:
    """What other origins say of the same thing."""

    supports: list[Thing] = field(default_factory=list)
    pinned: list[Thing] = field(default_factory=list)
    denials: list[Thing] = field(default_factory=list)


def weigh_claims(
    things: Sequence[Thing],
    origins: pl.DataFrame,
    *,
    kinds: Mapping[str, SourceKind],
    given: Iterable[GivenGrade] = (),
) -> pl.DataFrame:
    """standing.CREDIBILITIES, one row per claim, sorted by claim.

    things: the claims, ready to compare; kinds: voice -> what kind of source it is
    """
    things = sorted(things, key=lambda thing: thing.claim)
    origin_of = {str(c): str(row["id"]) for row in as_rows(origins) for c in _list(row["claims"])}
    beside = _beside(things)
    set_by = {grade.about: grade for grade in given if grade.what is Graded.CLAIM}
    made = [
        _row(thing, beside.get(thing.claim, _Beside()), origin_of, kinds, set_by.get(thing.claim))
        for thing in things
    ]
    return table(made, CREDIBILITIES)


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def _beside(things: Sequence[Thing]) -> dict[str, _Beside]:
    found: dict[str, _Beside] = defaultdict(_Beside)
    seen: set[tuple[str, str]] = set()
    for one, other in pairs_of_things([thing for thing in things if thing.happened]):
        pair = (min(one.claim, other.claim), max(one.claim, other.claim))
        if pair in seen or may_be_one(one.root_words, other.root_words):
            continue
        seen.add(pair)
        held = ties(one, other)
        if held is None or not held & FIXING or (len(held) < _TIES and "incident" not in held):
            continue
        pinned = is_pinned(one, other)
        for here, there in ((one, other), (other, one)):
            if one.denied != other.denied:
                found[here.claim].denials.append(there)
                continue
            found[here.claim].supports.append(there)
            if pinned:
                found[here.claim].pinned.append(there)
    return found


def _count(thing: Thing, others: Iterable[Thing], origin_of: Mapping[str, str]) -> list[str]:
    """The other voices that are independent of this claim and of each other: one for each origin."""
    origins = {origin_of.get(thing.claim, "")} - {""}
    names = [thing.root_words]
    found: list[str] = []
    for other in sorted(others, key=lambda t: (t.root, t.claim)):
        origin = origin_of.get(other.claim, "")
        if (found and other.root == found[-1]) or origin in origins:
            continue
        if any(may_be_one(other.root_words, held) for held in names):
            continue
        names.append(other.root_words)
        found.append(other.root)
        origins |= {origin} - {""}
    return found


def _row(
    thing: Thing,
    beside: _Beside,
    origin_of: Mapping[str, str],
    kinds: Mapping[str, SourceKind],
    given: GivenGrade | None,
) -> Row:
    for_it = _count(thing, beside.supports, origin_of)
    against = _count(thing, beside.denials, origin_of)
    confirms = kinds.get(thing.root) in CONFIRMING
    proposed, reason = _propose(
        thing,
        for_it,
        against,
        known=confirms and any(kinds.get(voice) in CONFIRMING for voice in for_it),
        pinned=confirms and any(kinds.get(v) in CONFIRMING for v in _count(thing, beside.pinned, origin_of)),
        only_parties=all(kinds.get(voice) is SourceKind.PARTY for voice in against),
    )
    return {
        "claim": thing.claim,
        "origin": origin_of.get(thing.claim),
        "support": 1 + len(for_it),
        "against": len(against),
        "supports": sorted(t.claim for t in beside.supports if t.root in for_it)[:_LISTED],
        "denials": sorted(t.claim for t in beside.denials if t.root in against)[:_LISTED],
        "proposed": proposed,
        "reason": reason,
    } | given_columns(given)


def given_columns(given: GivenGrade | None) -> Row:
    """The last columns of a graded row: what a person set, or nulls."""
    if given is None:
        return dict.fromkeys(("given", "because", "by", "at"))
    return {"given": given.grade, "because": given.because, "by": given.by, "at": given.at}


def _propose(
    thing: Thing, for_it: list[str], against: list[str], *, known: bool, pinned: bool, only_parties: bool
) -> tuple[str, str]:
    """The grade and why. known: two origins are of kinds that can confirm; pinned: and name one place and day."""
    if not thing.happened:
        return "6", "The voice does not say that it is so: it speaks of what may be or will be."
    also = f"{_names(for_it)} also say{_s(for_it)} so, independently"
    denied = f"{_names(against)} say{_s(against)} that it is not so"
    party = ": the word of a party to the conflict does not decide" if only_parties else ""
    match bool(for_it), bool(against):
        case False, False:
            return "6", f"Only {thing.root} says so: no independent second origin is in this case."
        case False, True:
            return ("6" if only_parties else "4"), f"Only {thing.root} says so, and {denied}{party}."
        case True, True:
            return ("2" if known and only_parties else "3"), f"{also}; {denied}{party}."
        case _:
            if known and pinned:
                return "1", f"{also}, of the same place and day, and nobody denies it."
            if known:
                return "2", f"{also}; but not of one place and one day."
            return "3", f"{also}; but one of them at least is of unknown kind or a party to the conflict."


def _names(voices: Sequence[str]) -> str:
    if len(voices) <= 2:
        return " and ".join(voices)
    return f"{voices[0]} and {len(voices) - 1} others"


def _s(voices: Sequence[str]) -> str:
    return "s" if len(voices) == 1 else ""
