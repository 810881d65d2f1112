"""The grade of an incident in Airwars' sense, from the claims about it. A proposal; a person sets the grade.

confirmed:  a belligerent accepts responsibility
contested:  independent voices hold different parties responsible
discounted: others than civilians were killed, or it did not happen, as two independent origins say
fair:       two or more credible independent origins
weak:       one origin
Source: the five grades on the pages of Airwars, in its own words, as stored in field.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import polars as pl

from rasid.knowledge.actors import fold_name, load_actors
from rasid.knowledge.vocabulary import load_vocabulary
from rasid.model.graded import GivenGrade, Graded, IncidentGrade
from rasid.model.incidents import ALSO
from rasid.model.standing import INCIDENT_GRADES, SourceKind
from rasid.model.tables import Row, as_rows, table
from rasid.model.values import Certainty, Kind, Polarity, Status
from rasid.weigh.standing.credibility import CONFIRMING, given_columns
from rasid.weigh.standing.kinds import voice_kind
from rasid.weigh.standing.origins import Independent, independent_voices
from rasid.weigh.standing.things import is_name

_ACCEPTS = "claim_of_responsibility"
_ACCUSES = frozenset({"accusation", "responsibility"})
_HARM = "harm"
_COMBATANTS = frozenset(
    {
        "combatants",
        "combatant",
        "fighters",
        "fighter",
        "militants",
        "militant",
        "soldiers",
        "soldier",
        "gunmen",
        "troops",
    }
)
_SMALL = 3  # letters of "of", "the", "and"
_POOR = frozenset({"D", "E"})


def grade_incident(
    claims: Sequence[Row], origins: pl.DataFrame | Sequence[Row], standing: pl.DataFrame | Sequence[Row]
) -> tuple[IncidentGrade, str]:
    """The proposed grade of one incident and why, in one sentence.

    claims:   rows of tables.CLAIMS that are about this incident
    origins:  standing.ORIGINS, or rows of it
    standing: standing.STANDING, or rows of it; a grade that a person set counts before the proposed one
    """
    voices = {
        str(row["name"]): row
        for row in (as_rows(standing) if isinstance(standing, pl.DataFrame) else standing)
    }
    so = [
        claim for claim in claims if claim["certainty"] in (Certainty.CERTAIN.value, Certainty.PARTIAL.value)
    ]
    affirmed = [claim for claim in so if claim["polarity"] == Polarity.AFFIRMED.value]
    if not affirmed:
        return IncidentGrade.NONE, "No voice says that it happened: all is denied, possible or predicted."
    if accepted := _acceptance(affirmed, voices):
        return IncidentGrade.CONFIRMED, accepted
    if contested := _contest(affirmed, origins, voices):
        return IncidentGrade.CONTESTED, contested
    if discounted := _discount(so, origins, voices):
        return IncidentGrade.DISCOUNTED, discounted
    groups = independent_voices(affirmed, origins)
    credible = [group for group in groups if _is_credible(group, voices)]
    if len(credible) >= 2:
        names = ", ".join(group.voice for group in credible[:3])
        return IncidentGrade.FAIR, f"{len(credible)} credible independent origins tell of it: {names}."
    return IncidentGrade.WEAK, _weak(groups, credible)


def grade_incidents(
    incident_claims: pl.DataFrame,
    claims: pl.DataFrame,
    *,
    origins: pl.DataFrame,
    standing: pl.DataFrame,
    given: Iterable[GivenGrade] = (),
) -> pl.DataFrame:
    """standing.INCIDENT_GRADES of all incidents.

    incident_claims: incidents.INCIDENT_CLAIMS; what is "also said" supports no grade, a denial among it may discount
    given:           a grade names the incident, or any claim of it: that stays when incidents are merged or split
    """
    rows = {str(row["id"]): row for row in as_rows(claims)}
    members: dict[str, list[str]] = defaultdict(list)
    weighing: dict[str, list[Row]] = defaultdict(list)
    for incident, claim, part in incident_claims.select("incident", "claim", "part").iter_rows():
        members[incident].append(claim)
        row = rows.get(claim)
        if row is not None and (part != ALSO or row["polarity"] == Polarity.DENIED.value):
            weighing[incident].append(row)
    of_claim: dict[str, Row] = {str(c): row for row in as_rows(origins) for c in _list(row["claims"])}
    voices = as_rows(standing)
    set_by = {grade.about: grade for grade in given if grade.what is Graded.INCIDENT}
    made: list[Row] = []
    for incident, ids in sorted(members.items()):
        held = {str(of_claim[c]["id"]): of_claim[c] for c in ids if c in of_claim}
        proposed, reason = grade_incident(weighing[incident], list(held.values()), voices)
        grade = next((set_by[name] for name in (incident, *sorted(ids)) if name in set_by), None)
        made.append(
            {"incident": incident, "proposed": proposed.value, "reason": reason} | given_columns(grade)
        )
    return table(made, INCIDENT_GRADES)


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def _weak(groups: Sequence[Independent], credible: Sequence[Independent]) -> str:
    if len(groups) == 1:
        also = len(groups[0].voices) > 1 or len(groups[0].claims) > 1
        return f"All goes back to {groups[0].voice}." if also else f"Only {groups[0].voice} tells of it."
    return (
        f"{len(groups)} origins tell of it, but of "
        f"{'only one' if credible else 'none'} is it known that it is a credible source and no party."
    )


def _is_credible(group: Independent, voices: Mapping[str, Row]) -> bool:
    """Somebody among them is a source of a known kind that is no party, and not graded D or E."""
    return any(_confirms(voices[voice]) for voice in group.voices if voice in voices)


def _confirms(row: Row) -> bool:
    if row["given"] is not None:
        return row["given"] in {"A", "B", "C"}
    return row["proposed"] not in _POOR and SourceKind(str(row["kind"])) in CONFIRMING


def _actor(claim: Row) -> str:
    actor = claim["actor"]
    return str(actor["name"] or actor["text"] or "") if isinstance(actor, dict) else ""


def _acceptance(claims: Sequence[Row], voices: Mapping[str, Row]) -> str | None:
    """A belligerent says itself that it did it, or accepts responsibility."""
    for claim in claims:
        held = claim["voices"]
        assert isinstance(held, list)
        voice, actor = str(held[-1]), _actor(claim)
        row = voices.get(voice)
        party = row is not None and row["kind"] == SourceKind.PARTY.value
        own = not actor or fold_name(actor) == fold_name(voice)
        admits = claim["status"] == Status.ADMITTED.value or claim["type"] == _ACCEPTS
        if party and own and admits:
            return f"{voice}, a party to the conflict, accepts responsibility: “{claim['quote']}”"
    return None


def _contest(
    claims: Sequence[Row], origins: pl.DataFrame | Sequence[Row], voices: Mapping[str, Row]
) -> str | None:
    """Independent origins name different parties as the one who did one and the same thing."""
    deeds = [(_deed(claim), _actor(claim), claim) for claim in claims]
    deeds = [held for held in deeds if held[0] and _may_be_party(held[1], voices)]
    for (one, actor, left), (other, rival, right) in combinations(deeds, 2):
        if one != other or _overlap(actor, rival) or not _may_be_one(left["target"], right["target"]):
            continue
        if len(independent_voices([left, right], origins)) == 2:
            return f"Independent origins hold different parties responsible: {actor}, and {rival}."
    return None


def _may_be_party(name: str, voices: Mapping[str, Row]) -> bool:
    """A party to the conflict, or a whole name of which nothing is known: "Grey Banner", never "an aid worker"."""
    if not is_name(name):
        return False
    row = voices.get(name)
    kind = SourceKind(str(row["kind"])) if row is not None else voice_kind(name, fighters={})[0]
    if kind is SourceKind.UNKNOWN:
        return "." not in name and all(word[0].isupper() for word in name.split() if len(word) > _SMALL)
    known = load_actors().find(name)
    return kind is SourceKind.PARTY or (known is not None and known.kind == "state")


def _deed(claim: Row) -> str:
    """What the actor of a claim is said to have done: the event, or "responsible" for a claim that says no more."""
    if claim["type"] in _ACCUSES:
        return "responsible"
    return str(claim["type"]) if claim["kind"] == Kind.EVENT.value else ""


def _may_be_one(one: object, other: object) -> bool:
    names = [fold_name(str(t["name"] or t["text"] or "")) for t in (one, other) if isinstance(t, dict)]
    return len(names) < 2 or not all(names) or _overlap(*names)


def _overlap(one: str, other: str) -> bool:
    a, b = set(fold_name(one).split()), set(fold_name(other).split())
    return a <= b or b <= a


def _discount(
    claims: Sequence[Row], origins: pl.DataFrame | Sequence[Row], voices: Mapping[str, Row]
) -> str | None:
    """Somebody tells of harm; two credible origins say that it hit combatants or was not so, and none says else."""
    combatants = [c for c in claims if c["polarity"] == Polarity.AFFIRMED.value and _names_combatants(c)]
    denied = [c for c in claims if c["polarity"] == Polarity.DENIED.value]
    others = [
        c
        for c in claims
        if c["polarity"] == Polarity.AFFIRMED.value and not _names_combatants(c) and _harms(c)
    ]
    against = [g for g in independent_voices([*combatants, *denied], origins) if _is_credible(g, voices)]
    civilian = [g for g in independent_voices(others, origins) if _is_credible(g, voices)]
    if others and len(against) >= 2 and not civilian:
        names = " and ".join(group.voice for group in against[:2])
        return f"{names} say independently that it was not so or hit fighters; no credible source says else."
    return None


def _harms(claim: Row) -> bool:
    kind = load_vocabulary().types.get(str(claim["type"]))
    return kind is not None and kind.family == _HARM


def _names_combatants(claim: Row) -> bool:
    quantity, target = claim["quantity"], claim["target"]
    said = {str(quantity["unit"]), str(quantity["base"])} if isinstance(quantity, dict) else set()
    if isinstance(target, dict):
        said |= set(fold_name(str(target["text"] or target["name"] or "")).split())
    return bool(said & _COMBATANTS)
