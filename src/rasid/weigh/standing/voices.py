"""Claims, reused text and origins -> the standing of each voice, with a grade proposed from this case alone.

In: tables.DOCUMENTS, tables.CLAIMS, standing.REUSE, ORIGINS, CREDIBILITIES. Out: standing.STANDING.

Reliability is what a voice has earned elsewhere, and a folder of reports knows little of that. So the proposal is F
until enough of its claims can be held against independent origins; A and E are never proposed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from rasid.knowledge.actors import name_key
from rasid.model.graded import GivenGrade, Graded
from rasid.model.standing import STANDING, ReuseKind, SourceKind
from rasid.model.tables import Row, as_rows, table
from rasid.weigh.standing.credibility import given_columns
from rasid.weigh.standing.kinds import voice_nearness
from rasid.weigh.standing.origins import independent_voices

FEWEST_CHECKED = 5  # a voice that is right half the time is right five times of five once in 32 cases
MANY_CHECKED = 10
MOSTLY = 0.75
NEARLY_ALWAYS = 0.9
SELDOM = 0.5
_MOST_REPEATED = 12
_BORNE_OUT, _DENIED = frozenset({"1", "2"}), frozenset({"3", "4"})  # of the proposed credibilities


@dataclass(slots=True)
class _Heard:
    claims: list[Row] = field(default_factory=list)  # that it makes or passes on
    own: list[Row] = field(default_factory=list)  # that it makes itself
    heard: list[str] = field(default_factory=list)  # the words of claims it was told directly
    cites: Counter[str] = field(default_factory=Counter)
    copies: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)


def list_standing(
    documents: pl.DataFrame,
    claims: Sequence[Row],
    *,
    reuse: pl.DataFrame,
    origins: pl.DataFrame,
    credibilities: pl.DataFrame,
    kinds: Mapping[str, tuple[SourceKind, str]],
    given: Iterable[GivenGrade] = (),
) -> pl.DataFrame:
    """standing.STANDING, sorted by name.

    claims: rows of tables.CLAIMS; kinds: voice -> (kind, why), for every voice of the claims
    """
    heard = _hear(claims)
    _add_copies(heard, speakers(documents, claims), as_rows(reuse))
    of_claim: dict[str, Row] = defaultdict(dict)
    for row in as_rows(origins):
        for claim in _texts(row["claims"]):
            of_claim[claim] = row
    weighed = {
        str(row["claim"]): row for row in as_rows(credibilities.select("claim", "proposed", "against"))
    }
    dated = set(documents.filter(pl.col("date").is_not_null())["id"])
    set_by = {name_key(grade.about): grade for grade in given if grade.what is Graded.VOICE}
    rows = [
        _row(name, voice, of_claim, weighed, dated, kind=kinds[name], given=set_by.get(name_key(name)))
        for name, voice in sorted(heard.items())
    ]
    return table(rows, STANDING)


def speakers(documents: pl.DataFrame, claims: Iterable[Row]) -> dict[str, str]:
    """Document -> its own voice: of its claims, else its author or publisher."""
    found = {
        str(row["id"]): str(row["author"] or row["publisher"] or "")
        for row in as_rows(documents.select("id", "author", "publisher"))
    }
    for claim in claims:
        found[str(claim["document"])] = _texts(claim["voices"])[0]
    return found


def _texts(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(each) for each in value]


def _hear(claims: Iterable[Row]) -> dict[str, _Heard]:
    heard: dict[str, _Heard] = defaultdict(_Heard)
    for claim in claims:
        voices = _texts(claim["voices"])
        for depth, name in enumerate(voices):
            voice = heard[name]
            voice.claims.append(claim)
            voice.documents.add(str(claim["document"]))
            if depth == len(voices) - 1:
                voice.own.append(claim)
            elif voices[depth + 1] != name:
                voice.cites[voices[depth + 1]] += 1
                if depth == len(voices) - 2:
                    voice.heard.append(str(claim["quote"]))
    return dict(heard)


def _add_copies(heard: Mapping[str, _Heard], speaker: Mapping[str, str], reuse: Iterable[Row]) -> None:
    """Who shares words with whom. Where the first is known the others repeat it; else each may repeat each."""
    for group in reuse:
        if group["kind"] == ReuseKind.SAME_FORM.value:
            continue
        stretches = group["stretches"]
        assert isinstance(stretches, list)
        names = {speaker.get(str(s["document"]), "") for s in stretches} - {""}
        first = speaker.get(str(group["first"]), "") if group["first"] else ""
        for name in names:
            for other in ({first} if first else names) - {name, ""}:
                if name in heard and name != first:
                    heard[name].copies[other] += 1


def _row(
    name: str,
    voice: _Heard,
    of_claim: Mapping[str, Row],
    weighed: Mapping[str, Row],
    dated: set[str],
    *,
    kind: tuple[SourceKind, str],
    given: GivenGrade | None,
) -> Row:
    nearness = voice_nearness(
        kind[0],
        [str(claim["quote"]) for claim in voice.own],
        heard=voice.heard,
        passed_on=len(voice.claims) - len(voice.own),
    )
    told = [weighed[str(claim["id"])] for claim in voice.own if str(claim["id"]) in weighed]
    supported = sum(row["proposed"] in _BORNE_OUT for row in told)
    contradicted = sum(row["proposed"] in _DENIED and _int(row["against"]) > 0 for row in told)
    checked = supported + contradicted
    proposed, reason = propose_reliability(kind[0], checked, supported=supported, contradicted=contradicted)
    origins = {id(row): row for claim in voice.claims if (row := of_claim.get(str(claim["id"])))}
    return {
        "name": name,
        "kind": kind[0].value,
        "kind_reason": kind[1],
        "nearness": nearness[0].value,
        "nearness_reason": nearness[1],
        "claims": len(voice.claims),
        "documents": sorted(voice.documents),
        "dated": len(voice.documents & dated),
        "origins": len(independent_voices(voice.claims, list(origins.values()))),
        "repeats": _repeats(voice),
        "checked": checked,
        "supported": supported,
        "contradicted": contradicted,
        "proposed": proposed,
        "reason": reason,
    } | given_columns(given)


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


def _repeats(voice: _Heard) -> list[Row]:
    names = sorted(voice.cites | voice.copies, key=lambda n: (-voice.cites[n] - voice.copies[n], n))
    return [
        {"voice": name, "claims": voice.cites[name], "copies": voice.copies[name]}
        for name in names[:_MOST_REPEATED]
    ]


def propose_reliability(
    kind: SourceKind, checked: int, *, supported: int, contradicted: int
) -> tuple[str, str]:
    """A grade from B to D, or F, and why in one sentence.

    checked:                 of its own claims, how many an independent origin of a known kind speaks to
    supported, contradicted: of these, how many it bears out; how many it denies
    """
    if kind is SourceKind.UNNAMED:
        return "F", "Nobody can be held to the word of a voice without a name."
    if checked < FEWEST_CHECKED:
        held = {0: "No claim of its own meets", 1: "Only 1 of its own claims meets"}
        said = held.get(checked, f"Only {checked} of its own claims meet")
        return "F", f"{said} an independent origin of a known kind; {FEWEST_CHECKED} are needed."
    tally = (
        f"Independent origins of known kinds bear out {supported} of its own claims and deny {contradicted}"
    )
    if contradicted >= SELDOM * checked:
        return "D", f"{tally}."
    if kind is SourceKind.UNKNOWN:
        return "F", f"{tally}; but it is not known what kind of source it is."
    if kind is SourceKind.PARTY:
        return (
            "F",
            f"{tally}; but it is a party to the conflict, and what is checked may not be what it would hide.",
        )
    if supported >= NEARLY_ALWAYS * checked and checked >= MANY_CHECKED:
        return "B", f"{tally}."
    if supported >= MOSTLY * checked:
        return "C", f"{tally}."
    return "F", f"{tally}: too mixed to say."
