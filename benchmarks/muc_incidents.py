"""Claims of one document -> incidents in the form of the MUC-4 answer keys, with that task's conventions.

Which violence the task calls an incident, and which claims speak of the same one. The conventions stay here and never
enter the product; what single claims say is written out by `muc_slots`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from benchmarks.muc_relevance import BARE, FINITE, Group, is_incident_claim, is_reportable
from benchmarks.muc_slots import (
    COUNTRIES,
    HARM,
    SAID_THEN,
    Head,
    day_in,
    day_of,
    end_of,
    in_case,
    last_name,
    long_names,
    main_country,
    org_of,
    places_of,
    read_head,
    rows_of,
    start_of,
    status_of,
    text_of,
    victims_of,
    words_in,
    written_day,
)
from rasid.model.tables import Row

# Our types -> the task's. Types with a parent that is named here follow it.
_BOMBINGS = {"bombing", "suicide_attack", "grenade", "air_strike", "drone_attack", "shelling"}
_ATTACKS = {
    "attack",
    "killing",
    "execution",
    "injury",
    "death",
    "torture",
    "sexual_violence",
    "chemical_attack",
}
_KIDNAPPINGS = {"abduction", "disappearance"}
_DAMAGE = {"destruction", "facility_attack", "looting", "hostile_crime", "crime"}
_RESPONSIBLE = {"responsibility", "claim_of_responsibility", "accusation"}
_BURNED = re.compile(r"\b(?:BURN|SET\w* (?:FIRE|ABLAZE)|ON FIRE|TORCH|ARSON)", re.I)
_BLOWN = re.compile(r"\b(?:BLEW|BLOW|BOMB|DYNAMIT|EXPLO|DETONAT|BLAST|GRENADE)", re.I)
_ROBBED = re.compile(r"\b(?:ROB|LOOT|STEAL|STOLE|HOLD-?UP|THEFT)", re.I)
_REBELS = frozenset(
    (
        "rebels rebel terrorists terrorist guerrillas guerrilla subversives subversive insurgents extremists group "
        "organization commandos commando gunmen fighters combatants unit units"
    ).split()
)
_STATE = re.compile(r"\b(?:ARMED FORCES|AIR FORCE|GUARD|POLICE|GOVERNMENT|REGIME|SALVADORAN ARMY)\b")
# Two or three sentences further on, a claim of the same kind is another incident unless it shares something.
NEAR_CHARS = 250


def incidents_of(header: str, text: str, claims: Sequence[Row]) -> list[dict[str, Any]]:
    """The incidents that these claims report, in the task's form; none if the text reports none."""
    head = read_head(header)
    names = long_names(header + text)
    groups: list[Group] = []
    sentences: dict[int, list[Row]] = {}
    for claim in claims:
        sentences.setdefault(start_of(claim), []).append(claim)
    for claim in claims:
        kind = task_type(claim)
        if kind is not None and is_incident_claim(claim, sentences[start_of(claim)]):
            _add(groups, claim, kind, head)
    kept = [g for g in groups if is_reportable(g, head, sentences)]
    for group in kept:
        if not group.places:
            group.places = _places_beside(group, claims)
    country = main_country(text, head)
    return [_as_incident(g, claims, head=head, names=names, country=country) for g in kept]


def task_type(claim: Row) -> str | None:
    """The task's type of a claim; None if it is no incident for the task."""
    kind, words = str(claim["type"]), _words(claim)
    if kind in _BOMBINGS:
        return "BOMBING"
    if kind in _KIDNAPPINGS:
        return "KIDNAPPING"
    if kind in _ATTACKS:
        return "BOMBING" if kind == "attack" and _BLOWN.search(words) else "ATTACK"
    if kind in _DAMAGE:
        if _BURNED.search(words):
            return "ARSON"
        if _BLOWN.search(words):
            return "BOMBING"
        if _ROBBED.search(words):
            return "ROBBERY"
        return "ATTACK" if kind in ("destruction", "facility_attack") else None
    return None


def _add(groups: list[Group], claim: Row, kind: str, head: Head) -> None:
    """Put the claim to the incident that it shares most with and does not contradict, else begin a new one."""
    day, places, named = day_of(claim, head), places_of(claim), _named(claim)
    best, best_score = None, 0.0
    for group in groups:
        score = _sameness(group, claim, kind=kind, day=day, places=places, named=named)
        if score > best_score or (best is not None and score == best_score):
            best, best_score = group, score
    if best is None:
        best = Group(kind)
        groups.append(best)
    best.claims.append(claim)
    best.harmed |= named
    if day:
        best.days.add(day)
    best.places += [p for p in places if p not in best.places]
    if kind != "ATTACK" and best.type == "ATTACK":
        best.type = kind


def _sameness(
    group: Group, claim: Row, *, kind: str, day: date | None, places: Sequence[str], named: frozenset[str]
) -> float:
    """How much speaks for one incident; 0 or less: another one."""
    gap = start_of(claim) - end_of(group.claims[-1])
    near = gap < NEAR_CHARS
    score = 1.0 if near else 0.0
    if day and group.days:
        if day not in group.days:
            return 0.0
        score += 1.0
    if named & group.harmed:
        score += 3.0
    elif named and group.harmed and gap > 0:
        score -= 1.0
    if places and group.places:
        score += 1.0 if set(places) & set(group.places) else -1.0 if gap > 0 else 0.0
    if _same_things(claim, group):
        score += 0.5
    if kind == group.type:
        score += 1.0
    elif "ATTACK" in (kind, group.type):
        harm = str(claim["type"]) in HARM or all(str(c["type"]) in HARM for c in group.claims)
        loose = (
            {kind, group.type} & {"KIDNAPPING", "ROBBERY", "ARSON"} and not named & group.harmed and gap > 0
        )
        score += 0.5 if harm and near else -1.0
        score -= 1.0 if loose else 0.0
    else:
        return 0.0
    vague = not day and not places and not named
    return score + (0.5 if vague else -1.0)


def _same_things(claim: Row, group: Group) -> bool:
    """A word of the target that was a target before."""
    before = frozenset().union(*(words_in(c["target"]) for c in group.claims))
    return bool((words_in(claim["target"]) - BARE) & before)


def _named(claim: Row) -> frozenset[str]:
    """Last names of the people harmed, and of a target that is a name."""
    names = {last_name(str(p["text"])) for p in rows_of(claim["persons"])}
    target = claim["target"]
    if not names and isinstance(target, dict):
        words = in_case(claim, target).split()
        if words and words[-1][0].isupper():
            names.add(words[-1].upper().strip(".,"))
    return frozenset(names)


def _places_beside(group: Group, claims: Sequence[Row]) -> list[str]:
    """Places that other claims name in the same sentences, then in the ones beside them."""
    starts = {start_of(c) for c in group.claims}
    for reach in (0, NEAR_CHARS):
        for claim in claims:
            if any(abs(start_of(claim) - start) <= reach for start in starts) and (
                places := places_of(claim)
            ):
                return places
    return []


def _as_incident(
    group: Group,
    claims: Sequence[Row],
    *,
    head: Head,
    names: Mapping[str, tuple[str, ...]],
    country: str | None,
) -> dict[str, Any]:
    chain = [*([country] if country else []), *[p for p in group.places if p not in COUNTRIES]][:4]
    incident: dict[str, Any] = {"type": [group.type]}
    if chain:
        incident["location"] = [chain]
    if said := _date_of(group, head):
        incident["date"] = [{"alts": [said]}]
    incident["victims"] = victims_of(group.claims)
    incident["perp_orgs"] = orgs_of(group, claims, names)
    return incident


def _date_of(group: Group, head: Head) -> str | None:
    if group.days:
        return written_day(min(group.days))
    for claim in [c for c in group.claims if FINITE.search(text_of(c["trigger"]).split()[0])][:1]:
        if day := day_in(SAID_THEN.sub(" ", " ".join(str(claim["quote"]).split())), head):
            return written_day(day)
    return f"- {written_day(head.day)}" if head.day else None


def orgs_of(
    group: Group, claims: Sequence[Row], names: Mapping[str, tuple[str, ...]]
) -> list[dict[str, list[str]]]:
    """The organisations that did it: the doers in the incident's claims; else those held
    responsible elsewhere in the text."""
    begin, end = min(start_of(c) for c in group.claims), max(end_of(c) for c in group.claims)
    responsible = [c for c in claims if c["type"] in _RESPONSIBLE]
    near = [c for c in responsible if begin - NEAR_CHARS <= start_of(c) <= end + 3 * NEAR_CHARS]
    for part in ([*group.claims, *near], responsible):
        found: dict[tuple[str, ...], list[str]] = {}
        for claim in part:
            role = claim["actor"]
            if (
                not isinstance(role, dict)
                or claim["polarity"] == "denied"
                or claim["certainty"] == "predicted"
            ):
                continue
            if org := org_of(str(role["text"]), in_case(claim, role), names):
                found.setdefault(org, []).append(status_of(claim))
        if found:
            return [{"names": list(org), "confidence": [_firmest(said)]} for org, said in found.items()]
    return _meant_by_rebels(group, claims, names)


def _meant_by_rebels(
    group: Group, claims: Sequence[Row], names: Mapping[str, tuple[str, ...]]
) -> list[dict[str, list[str]]]:
    """ "The rebels", "the terrorists" did it: the armed organisation named last before, as a doer of anything."""
    doers = [c for c in group.claims if c["polarity"] == "affirmed" and words_in(c["actor"]) & _REBELS]
    if not doers:
        return []
    named: list[tuple[int, tuple[str, ...]]] = []
    for claim in claims:
        role = claim["actor"]
        org = org_of(str(role["text"]), in_case(claim, role), names) if isinstance(role, dict) else None
        if org and not _STATE.search(" ".join(org)):
            named.append((start_of(claim), org))
    before = [org for at, org in named if at <= group.end]
    if not before:
        return []
    return [{"names": list(before[-1]), "confidence": [status_of(doers[0])]}]


def _firmest(said: Sequence[str]) -> str:
    """The status that stands most often, the first one among equals."""
    return max(said, key=lambda status: said.count(status))


def _words(claim: Row) -> str:
    return f"{text_of(claim['trigger'])} {text_of(claim['instrument'])} {text_of(claim['actor'])}"
