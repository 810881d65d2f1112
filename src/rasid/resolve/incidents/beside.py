"""What stands beside an incident: who is held responsible, and what is denied, possible or predicted.

Such a claim never makes an incident and never counts. It is put to the happening that its own document tells of and
that it points to, else to the one it fits best in the whole case; where nothing fits, it stays alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from rasid.resolve.incidents.rows import Incident
from rasid.resolve.incidents.scoring import Score
from rasid.resolve.incidents.spots import Nearness, closest
from rasid.resolve.incidents.tellings import POINTING_CHARS, Telling
from rasid.resolve.incidents.told import Told

_LOOKED_AT = 6  # tellings before the claim in its document
_FORCEFUL = frozenset({"force", "taking"})


def put_beside(
    claims: Sequence[Told], incidents: Sequence[Incident], fits: Mapping[str, tuple[str, Score]]
) -> Iterator[tuple[Told, str, str]]:
    """Claim, incident and why, for each claim that has one.

    fits: claim -> the incident of other documents that it fits best
    """
    told = _by_document(incidents)
    for claim in claims:
        starts, tellings = told.get(claim.document, ([], []))
        near = _nearest(claim, starts, tellings)
        if near is not None:
            yield claim, near, "It speaks of what its own report tells just before."
        elif claim.id in fits:
            incident, score = fits[claim.id]
            yield claim, incident, f"It fits: {'; '.join(score.reasons()[:3])}."


def _by_document(
    incidents: Sequence[Incident],
) -> Mapping[str, tuple[list[int], list[tuple[Telling, Told, str]]]]:
    """Document -> starts of its telling claims in order, and the claims with their telling and incident."""
    held: dict[str, list[tuple[Telling, Told, str]]] = {}
    for incident in incidents:
        for telling in incident.tellings:
            for claim in telling.claims:
                held.setdefault(claim.document, []).append((telling, claim, incident.id))
    ordered = {d: sorted(claims, key=lambda c: (c[1].start, c[1].id)) for d, claims in held.items()}
    return {d: ([c[1].start for c in claims], claims) for d, claims in ordered.items()}


def _nearest(claim: Told, starts: Sequence[int], tellings: Sequence[tuple[Telling, Told, str]]) -> str | None:
    """The incident told last before the claim, if nothing in the claim speaks against it."""
    place = bisect_right(starts, claim.start)
    for telling, told, incident in reversed(tellings[max(0, place - _LOOKED_AT) : place]):
        if claim.start - told.end > POINTING_CHARS:
            return None
        if _fits(claim, telling):
            return incident
    return None


def _fits(claim: Told, telling: Telling) -> bool:
    if claim.days and telling.days and (claim.days[1] < telling.days[0] or telling.days[1] < claim.days[0]):
        return False
    where, *_ = closest(telling.spots.values(), claim.spots)
    if where >= Nearness.OTHER_NAME:
        return False
    strands = {c.strand for c in telling.claims}
    if claim.strand and claim.strand not in strands:
        return False
    if claim.strand:  # a deed that is denied, possible or predicted: it must point to this one
        same_sentence = any(c.start == claim.start for c in telling.claims)
        return claim.points or same_sentence or where <= Nearness.NEAR
    return bool(strands & _FORCEFUL)
