"""Incidents -> what all voices agree on, what differs side by side, the span of each number, who is accused by whom.

In:  model/incidents.py INCIDENT_CLAIMS, tables.CLAIMS. Out: INCIDENT_SIDES, INCIDENT_RANGES, INCIDENT_ACCUSED.

Only claims that tell the incident give days, places and numbers; what is denied, possible or predicted gives none.
Numbers stand together only within one effect and one counting base. Nothing is added.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import polars as pl

from rasid.knowledge.actors import fold_name, load_actors
from rasid.knowledge.vocabulary import load_vocabulary
from rasid.model.incidents import (
    INCIDENT_ACCUSED,
    INCIDENT_CLAIMS,
    INCIDENT_RANGES,
    INCIDENT_SIDES,
    TELLS,
)
from rasid.model.tables import CLAIMS, Row, as_rows, check, table
from rasid.model.values import Certainty, Polarity, Status
from rasid.weigh.same import bare, core_name

RANGE = (
    "range"  # the rule by which spans are made here: the smallest and the largest number that a voice gives
)
_EFFECTS = {
    "killing": "dead", "execution": "dead", "death": "dead", "injury": "injured", "abduction": "abducted",
    "disappearance": "missing", "arrest": "arrested", "detention": "detained", "release": "released",
    "displacement": "displaced",
}  # fmt: skip
_OF_VOICES = frozenset({"what", "accused"})
_ORDER = ("what", "day", "place", "area", *dict.fromkeys(_EFFECTS.values()), "accused")
_RESPONSIBLE = frozenset({"responsibility", "claim_of_responsibility", "accusation", "denial"})
_OF_WHAT = re.compile(r"\s+(?:of|for|over)\s+(?:the|this|that|an?|\w+ing)\b.*", re.DOTALL)
_OWN = re.compile(r"(?:its|their|our|his)\s", re.IGNORECASE)
_AREAS = frozenset({"country", "region", "governorate", "district", "subdistrict"})
_NOBODY = frozenset({"nobody", "no", "none", "neither", "it", "they", "he", "she", "who", "which", "that"})
_ANY_MEANS = frozenset({"attack", "facility_attack", "battle"})  # words that leave open by which means
_NO_DOER = frozenset({"death", "injury", "destruction", "displacement", "disaster", "accident"})
_OF_HIMSELF = frozenset(
    {"territorial_loss", "escape", "survival", "hiding", "return", "arrival"}
)  # nobody is accused


@dataclass(frozen=True, slots=True)
class Weighed:
    """The three tables."""

    sides: pl.DataFrame
    ranges: pl.DataFrame
    accused: pl.DataFrame


@dataclass(frozen=True, slots=True)
class _Said:
    """What one claim says of one aspect.

    key: what two claims share that say the same; low, high: of a number
    """

    aspect: str
    base: str | None
    key: str
    says: str
    claim: Row
    low: float | None = None
    high: float | None = None


def weigh_incidents(incident_claims: pl.DataFrame, claims: pl.DataFrame) -> Weighed:
    """Compare the claims of each incident.

    incident_claims: model INCIDENT_CLAIMS; claims: tables.CLAIMS, resolved
    """
    held = check(incident_claims, INCIDENT_CLAIMS, where="weigh_incidents")
    wanted = check(claims, CLAIMS, where="weigh_incidents").filter(
        pl.col("id").is_in(held["claim"].implode())
    )
    by_id = {str(row["id"]): row for row in as_rows(wanted)}
    sides: list[Row] = []
    ranges: list[Row] = []
    accused: list[Row] = []
    parts = as_rows(held.sort("incident", "document", "start", "claim").select("incident", "claim", "part"))
    for incident, group in groupby(parts, key=lambda row: str(row["incident"])):
        rows = list(group)
        told = [by_id[str(r["claim"])] for r in rows if r["part"] == TELLS]
        beside = [by_id[str(r["claim"])] for r in rows if r["part"] != TELLS]
        said = [each for claim in told for each in _told(claim)]
        said += [each for claim in (*told, *beside) for each in _accusation(claim)]
        sides += _sides(incident, said)
        ranges += _ranges(incident, said)
        accused += [_accused_row(incident, each) for each in said if each.aspect == "accused"]
    accused.sort(key=lambda r: tuple(str(r[name]) for name in ("incident", "accused", "voice", "claim")))
    return Weighed(
        table(sides, INCIDENT_SIDES), table(ranges, INCIDENT_RANGES), table(accused, INCIDENT_ACCUSED)
    )


# --- what one claim says --------------------------------------------------------------------------------------


def _told(claim: Row) -> Iterator[_Said]:
    yield from _kind(claim)
    time = claim["time"]
    if isinstance(time, dict) and time["first_day"] and time["last_day"]:
        days = str(time["first_day"]), str(time["last_day"])
        yield _Said(
            "day", None, "/".join(days), days[0] if days[0] == days[1] else f"{days[0]} to {days[1]}", claim
        )
    places = claim["places"]
    assert isinstance(places, list)
    for place in places:
        name = str(place["name"] or bare(place["text"]))
        if any(letter.isupper() or not letter.isascii() for letter in name):
            aspect = "area" if place["level"] in _AREAS else "place"
            yield _Said(aspect, None, fold_name(name), name, claim)
    yield from _number(claim)


def _kind(claim: Row) -> Iterator[_Said]:
    event_type = load_vocabulary().types[str(claim["type"])]
    if event_type.id not in _EFFECTS and event_type.id not in _NO_DOER:
        yield _Said("what", None, event_type.id, event_type.id.replace("_", " "), claim)


def _number(claim: Row) -> Iterator[_Said]:
    quantity, effect = claim["quantity"], _EFFECTS.get(str(claim["type"]))
    if effect is None or not isinstance(quantity, dict) or quantity["measure"] != "count":
        return
    if quantity["cumulative"] or quantity["per"] or (quantity["low"] is None and quantity["high"] is None):
        return
    low, high = quantity["low"], quantity["high"]
    base = str(quantity["base"] or quantity["unit"] or "people")
    yield _Said(effect, base, f"{low} {high} {quantity['bound']}", str(quantity["text"]), claim, low, high)


def _accusation(claim: Row) -> Iterator[_Said]:
    """The doer that the claim names. "Its aircraft" are those of the voice that says so."""
    actor = claim["actor"]
    if not isinstance(actor, dict) or not actor["text"] or claim["type"] in _NO_DOER | _OF_HIMSELF:
        return
    if claim["certainty"] == Certainty.PREDICTED.value:
        return
    text = str(actor["text"])
    names = [bare(str(actor["name"] or text)), bare(text)]
    if claim["type"] in _RESPONSIBLE:
        names = [_OF_WHAT.sub("", name) for name in names]
    if _OWN.match(text):
        names = [_voice(claim)]
    for name in names:
        if _is_party(name, claim):
            yield _Said("accused", None, fold_name(core_name(name)), name, claim)
            return


def _is_party(name: str, claim: Row) -> bool:
    """A name, or a word for people in arms; "a car bomb", "jets" and "nobody" accuse no one."""
    words = name.split()
    if not words or words[0].casefold() in _NOBODY:
        return False
    if load_actors().find(name) is not None or any(not w[:1].isascii() for w in words):
        return True
    starts = str(claim["quote"]).startswith(name)
    if any(word[:1].isupper() for word in words[1 if starts else 0 :]):
        return True
    classes = load_vocabulary().classes
    armed = classes["fighter"] | classes["police"] | classes["collective"]
    return any(word.casefold() in armed - classes["aircraft"] - classes["weapon"] for word in words)


# --- side by side ---------------------------------------------------------------------------------------------


def _sides(incident: str, said: Sequence[_Said]) -> list[Row]:
    """One row per thing said of each aspect and base, the most voices first."""
    rows = []
    ranked = sorted(said, key=lambda s: (_ORDER.index(s.aspect), s.base or ""))
    for (aspect, base), group in groupby(ranked, key=lambda s: (s.aspect, s.base)):
        held: dict[str, list[_Said]] = {}
        for each in group:
            held.setdefault(each.key, []).append(each)
        agreed = _agree(aspect, held)
        if aspect == "accused":  # who denies it says nothing of who did it
            said_so = {key: [each for each in same if not _denies(each.claim)] for key, same in held.items()}
            held = {key: same for key, same in said_so.items() if same}
        ordered = sorted(
            held.values(), key=lambda same: (-len(_voices(same)), same[0].low or 0.0, same[0].key)
        )
        for number, same in enumerate(ordered, start=1):
            rows.append({
                "incident": incident, "aspect": aspect, "base": base, "agreed": agreed, "side": number,
                "says": same[0].says, "low": same[0].low, "high": same[0].high, "voices": _voices(same),
                "quotes": _quotes(same),
            })  # fmt: skip
    return rows


def _agree(aspect: str, held: Mapping[str, list[_Said]]) -> bool:
    """Do the things said go together? One voice alone contradicts nobody in what was done and who did it."""
    every = [each for same in held.values() for each in same]
    if aspect in _OF_VOICES and len(_voices(every)) == 1:
        return True
    if aspect == "accused" and any(_denies(each.claim) for each in every):
        return False
    return _AGREE[aspect]([same[0] for same in held.values()])


def _one(said: Sequence[_Said]) -> bool:
    return len(said) == 1


def _kinds_agree(said: Sequence[_Said]) -> bool:
    """ "Attack" and "air strike" go together, "air strike" and "shelling" do not; a protest and its end do."""
    lineage = load_vocabulary().lineage
    means = [s.key for s in said if s.key not in _ANY_MEANS and "attack" in lineage(s.key)]
    return all(a in lineage(b) or b in lineage(a) for a in means for b in means)


def _days_agree(said: Sequence[_Said]) -> bool:
    """All have a day in common."""
    spans = [s.key.split("/") for s in said]
    return max(first for first, _ in spans) <= min(last for _, last in spans)


def _numbers_agree(said: Sequence[_Said]) -> bool:
    """Some number fits them all: "at least 12" and "17" agree, "12" and "17" do not."""
    low = max((s.low for s in said if s.low is not None), default=0.0)
    return all(s.high is None or low <= s.high for s in said)


def _places_agree(said: Sequence[_Said]) -> bool:
    """Each name holds the words of another: "Dovrek", "market of Dovrek"."""
    words = [set(s.key.split()) for s in said]
    return all(a <= b or b <= a for a in words for b in words)


_AGREE: Mapping[str, Callable[[Sequence[_Said]], bool]] = {
    **dict.fromkeys(_ORDER, _numbers_agree),
    "what": _kinds_agree, "day": _days_agree, "place": _places_agree,
    "area": _places_agree, "accused": _one,
}  # fmt: skip


# --- spans of numbers -----------------------------------------------------------------------------------------


def _ranges(incident: str, said: Sequence[_Said]) -> list[Row]:
    """The smallest and the largest number of each effect and base."""
    numbers = sorted(
        (s for s in said if s.base is not None), key=lambda s: (_ORDER.index(s.aspect), s.base or "")
    )
    rows = []
    for (aspect, base), group in groupby(numbers, key=lambda s: (s.aspect, s.base)):
        held = list(group)
        high = max(s.high if s.high is not None else s.low or 0.0 for s in held)
        is_open = any(s.high is None for s in held)  # as on the page of figures: there may be more
        floors = [s.low if s.low is not None else 0.0 for s in held]
        rows.append({
            "incident": incident, "aspect": aspect, "base": base, "low": min(floors), "high": high, "open": is_open,
            "rule": RANGE, "voices": len(_voices(held)), "quotes": _quotes(held),
        })  # fmt: skip
    return rows


# --- rows -----------------------------------------------------------------------------------------------------


def _accused_row(incident: str, said: _Said) -> Row:
    claim = said.claim
    row: Row = {name: claim[name] for name in ("document", "start", "end", "quote", "status")}
    status = Status.DENIED.value if _denies(claim) else claim["status"]
    voice = _voice(claim)
    return row | {
        "incident": incident, "accused": said.says, "voice": voice, "status": status, "claim": claim["id"],
    }  # fmt: skip


def _denies(claim: Row) -> bool:
    return claim["type"] == "denial" or claim["polarity"] == Polarity.DENIED.value


def _voice(claim: Row) -> str:
    voices = claim["voices"]
    assert isinstance(voices, list)
    return str(voices[-1])


def _voices(said: Iterable[_Said]) -> list[str]:
    return sorted({_voice(each.claim) for each in said})


def _quotes(said: Iterable[_Said]) -> list[Row]:
    """Each quote once, in the order of documents."""
    held: dict[tuple[str, str, str], Row] = {}
    for each in said:
        c = each.claim
        key = (str(c["document"]), str(c["start"]), str(c["end"]))
        held.setdefault(key, {"claim": c["id"], **{n: c[n] for n in ("document", "start", "end", "quote")}})
    return list(held.values())
