"""Claims -> contradictions and agreements between voices, for every claim and not only for asked questions.

Each claim is taken as a proposition, and the claims of other voices that could bear on it are weighed as if it had
been asked. Only what excludes it by itself counts here: that a group attacks does not contradict that it was beaten.

    said and denied      one voice affirms what another denies
    excluded             "holds the town" and "left the town"
    two doers            one deed, two parties named
    two fates            one person, dead and set free
    two numbers          one place, one day, one counting base, two numbers
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from rasid.knowledge.actors import fold_name
from rasid.knowledge.question_types import ANY, QuestionKind
from rasid.model.tables import Row
from rasid.model.values import Certainty, Measure, Polarity, Stance
from rasid.weigh.bearing import Known, is_a, weigh_claim
from rasid.weigh.disputes import AGREES, CONFLICTS, DIFFERENT_DATE, SAME, may_be_equal, timed
from rasid.weigh.meant import mention_name, was_once
from rasid.weigh.same import core_name, has_a_name, part_of, same_name
from rasid.weigh.stances import Days, quote_of
from rasid.weigh.where import place_names

_SURE = frozenset({Certainty.CERTAIN.value, Certainty.PARTIAL.value})
_COPY = 90.0  # rapidfuzz ratio from which two quotes are one text
_MOST_OF_A_TOPIC = 30  # pairs shown of one topic; a reader has understood by then
_MOST_QUOTES = 6
_MOST_OF_TWO = 3  # pairs of claims of the same two voices on the same thing
_MOST_COMPARED = 400  # claims that one claim is compared with: a limit against one name on every line
_UNNAMED = "unnamed"
_FROM_SOMEWHERE = frozenset({"expulsion", "territorial_loss"})  # they say nothing without the place


@dataclass(slots=True)
class _Index:
    """Claims by type, role and the parties named in it, whole and part."""

    by_role: dict[tuple[str, str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))
    looked_at: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)

    def against(self, asked: str, known: Known) -> list[tuple[str, str, str]]:
        """(type, role, role of the question) of the claims that could speak against one of this type."""
        if asked not in self.looked_at:
            wanted = {(asked, role, role) for role in ("actor", "target")}
            wanted |= {
                (said, b.role, b.asked)
                for b in known.kinds.bearings.get(asked, ())
                if b.how == "excludes" and not b.loose and b.role != ANY
                for said in known.vocabulary.types
                if is_a(said, b.type, known)
            }
            self.looked_at[asked] = sorted(wanted)
        return self.looked_at[asked]

    def find(self, event_type: str, role: str, name: str) -> Sequence[Row]:
        return self.by_role.get((event_type, role, fold_name(core_name(name))), ())


def find_contradictions(claims: Iterable[Row], dates: Mapping[str, str | None], known: Known) -> list[Row]:
    """tables.CONFLICTS without a question, sorted by topic, kind and reason.

    dates: document -> its ISO date
    """
    rows = [claim for claim in claims if claim["certainty"] in _SURE and claim["kind"] != "figure"]
    found = [
        *_excluded(rows, dates, known),
        *_two_doers(rows, dates, known),
        *_two_numbers(rows, dates, known),
        *_agreements(rows),
    ]
    return _limited(sorted(found, key=lambda r: (str(r["topic"]), str(r["kind"]), str(r["reason"]))))


# --- said and denied, excluded --------------------------------------------------------------------------------


def _excluded(rows: Sequence[Row], dates: Mapping[str, str | None], known: Known) -> Iterator[Row]:
    """Claims that say the same of the same are compared once, whoever says them and however often."""
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for claim in rows:
        groups[_saying(claim)].append(claim)
    firsts = {str(held[0]["id"]): key for key, held in groups.items()}
    index = _index((held[0] for held in groups.values()), known)
    seen: set[frozenset[str]] = set()
    for key, held in groups.items():
        first = held[0]
        kind = known.kinds.by_name[known.kinds.of_type(str(first["type"]))]
        question = _proposition(first, kind)
        if question is None:
            continue
        own = _leaning(first)
        for other in _candidates(question, index, known):
            pair = frozenset((str(first["id"]), str(other["id"])))
            if pair in seen or not _comparable(first, other):
                continue
            evidence = weigh_claim(question, other, known)
            if evidence is not None and {own, evidence.leaning} == {Stance.AFFIRMS, Stance.DENIES}:
                seen.add(pair)
                why = evidence.reason or "one says it is so, the other that it is not"
                for a, b in _pairs(groups[key], groups[firsts[str(other["id"])]]):
                    yield _conflict(a, b, kind, why, dates)


def _saying(claim: Row) -> tuple[str, ...]:
    """What two claims share that say the same; one without a named place stands for its document alone."""
    places = place_names(claim)
    own = "" if any(has_a_name(place) for place in places) else str(claim["document"])
    roles = (mention_name(claim, "actor") or "", mention_name(claim, "target") or "")
    return (str(claim["type"]), str(claim["polarity"]), str(claim["certainty"]), *roles, own, *places)


def _pairs(one: Sequence[Row], other: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Pairs of two voices, each two voices twice at most, and no more of them than a reader looks at."""
    told: dict[tuple[str, str], int] = defaultdict(int)
    for a in one[:_MOST_OF_A_TOPIC]:
        for b in other[:_MOST_OF_A_TOPIC]:
            voices = (_voice(a), _voice(b))
            if _two_voices(a, b) and told[voices] < _MOST_OF_TWO and len(told) < _MOST_OF_A_TOPIC:
                told[voices] += 1
                yield a, b


def _comparable(a: Row, b: Row) -> bool:
    """Of one type, or one of them says how things stand, and both are of one named place or one is of none at all.

    A group that took a town in spring and left it in autumn contradicts nobody; nor do two villages "over the bridge".
    """
    if a["type"] != b["type"] and "status" not in (a["kind"], b["kind"]):
        return False
    if a["type"] != b["type"] and not all(_says_from_where(claim) for claim in (a, b)):
        return False
    named = [{fold_name(name) for name in place_names(claim) if has_a_name(name)} for claim in (a, b)]
    bare = [not claim["places"] for claim in (a, b)]
    return bool(named[0] & named[1]) or any(bare)


def _says_from_where(claim: Row) -> bool:
    """One that left, lost or was driven out of a named place; other claims need none."""
    if claim["type"] not in _FROM_SOMEWHERE:
        return True
    named = claim["places"]
    assert isinstance(named, list)
    names = [str(place["name"] or place["text"]) for place in named]
    if claim["type"] == "territorial_loss":
        names.append(mention_name(claim, "target") or "")
    return any(has_a_name(name) for name in names)


def _proposition(claim: Row, kind: QuestionKind) -> Row | None:
    """The claim as a question; None if it names nobody, or nothing could contradict it."""
    if was_once(claim):
        return None
    actor, target = (mention_name(claim, role) for role in ("actor", "target"))
    if not any(name and has_a_name(name) for name in (actor, target)):
        return None
    places = claim["places"]
    assert isinstance(places, list)
    settled = [str(p["name"]) for p in places if p["level"] is not None]
    if len(places) > 1 and len(settled) != len(places):
        return None
    return {
        "id": None, "kind": kind.name if kind.name != "over" else "occurrence", "asks": "whether",
        "type": claim["type"], "actor": actor, "target": target, "place": settled[0] if settled else None,
        "polarity": Polarity.AFFIRMED.value, "unit": None, "first_day": None, "last_day": None, "terms": [],
    }  # fmt: skip


def _index(rows: Iterable[Row], known: Known) -> _Index:
    index = _Index()
    for claim in rows:
        for role in ("actor", "target"):
            name = mention_name(claim, role)
            if name is None:
                continue
            core = core_name(name)
            for each in {fold_name(each) for each in (core, *known.registry.lineage(core))}:
                index.by_role[str(claim["type"]), role, each].append(claim)
    return index


def _candidates(question: Row, index: _Index, known: Known) -> list[Row]:
    """The claims of types and parties that could speak against it, each once."""
    found: dict[str, Row] = {}
    for said, role, of in index.against(str(question["type"]), known):
        if question[of] is not None:
            for claim in index.find(said, role, str(question[of]))[:_MOST_COMPARED]:
                found[str(claim["id"])] = claim
    return list(found.values())


def _leaning(claim: Row) -> Stance:
    if claim["certainty"] == Certainty.PARTIAL.value:
        return Stance.PARTLY
    return Stance.DENIES if claim["polarity"] == Polarity.DENIED.value else Stance.AFFIRMS


# --- two doers of one deed ------------------------------------------------------------------------------------


def _two_doers(rows: Sequence[Row], dates: Mapping[str, str | None], known: Known) -> Iterator[Row]:
    """One deed with a named target at one place on one day, or control of one place, and two parties named."""
    control = known.kinds.by_name["control"]
    deeds: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for claim in rows:
        actor = mention_name(claim, "actor")
        if claim["polarity"] == Polarity.DENIED.value or actor is None or not has_a_name(actor):
            continue
        said = str(claim["type"])
        if (
            claim["certainty"] == Certainty.CERTAIN.value and is_a("control", said, known)
        ) or said == "control":
            for place in {fold_name(name) for name in place_names(claim) if has_a_name(name)}:
                deeds["control", place, ""].append(claim)
        elif _is_one_deed(claim):
            deeds[
                _family(said, known), fold_name(str(mention_name(claim, "target"))), _one_day(claim)
            ].append(claim)
    for (family, _, _), held in deeds.items():
        kind = control if family == "control" else known.kinds.by_name["responsibility"]
        for n, a in enumerate(held[:_MOST_OF_A_TOPIC]):
            for b in held[n + 1 : _MOST_OF_A_TOPIC]:
                one, other = str(mention_name(a, "actor")), str(mention_name(b, "actor"))
                if _two_voices(a, b) and not _one_party(one, other, known):
                    yield _conflict(a, b, kind, f"one names {one}, the other {other}", dates)


def _family(said: str, known: Known) -> str:
    lineage = known.vocabulary.lineage(said) if said in known.vocabulary.types else (said,)
    return lineage[-1]


def _is_one_deed(claim: Row) -> bool:
    target = mention_name(claim, "target")
    return bool(claim["kind"] == "event" and target and has_a_name(target) and _one_day(claim))


def _one_day(claim: Row) -> str:
    time = claim["time"]
    if isinstance(time, dict) and time["first_day"] is not None and time["first_day"] == time["last_day"]:
        return str(time["first_day"])
    return ""


def _one_party(one: str, other: str, known: Known) -> bool:
    return (
        same_name(core_name(one), core_name(other))
        or part_of(one, other, known.registry)
        or part_of(other, one, known.registry)
    )


# --- two numbers ----------------------------------------------------------------------------------------------


def _two_numbers(rows: Sequence[Row], dates: Mapping[str, str | None], known: Known) -> Iterator[Row]:
    """Counts of one thing, at one place, on one day, that no single number could satisfy."""
    counts: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for claim in rows:
        quantity, day = claim["quantity"], _one_day(claim)
        if not isinstance(quantity, dict) or quantity["measure"] != Measure.COUNT.value or not day:
            continue
        if claim["polarity"] == Polarity.DENIED.value or quantity["low"] is None:
            continue
        counted = str(quantity["base"] or quantity["unit"] or "")
        for place in sorted({fold_name(name) for name in place_names(claim) if has_a_name(name)})[:1]:
            counts[str(claim["type"]), place, day, counted].append(claim)
    kind = known.kinds.by_name["occurrence"]
    for held in counts.values():
        for n, a in enumerate(held[:_MOST_OF_A_TOPIC]):
            for b in held[n + 1 : _MOST_OF_A_TOPIC]:
                one, other = a["quantity"], b["quantity"]
                assert isinstance(one, dict) and isinstance(other, dict)
                if _two_voices(a, b) and not may_be_equal(one, other):
                    why = f"one says {one['text']}, the other {other['text']}, of the same place and day"
                    yield _conflict(a, b, kind, why, dates)


# --- agreement ------------------------------------------------------------------------------------------------


def _agreements(rows: Sequence[Row]) -> Iterator[Row]:
    """Claims of two or more voices that say the same; near-copies of one text are one source and are called same."""
    held: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for claim in rows:
        actor, target = (mention_name(claim, role) for role in ("actor", "target"))
        place = next((name for name in place_names(claim) if has_a_name(name)), "")
        if sum(1 for name in (actor, target, place) if name and has_a_name(name)) < 2:
            continue  # too little to be the same thing
        key = (
            str(claim["type"]), str(claim["polarity"]), str(claim["certainty"]),
            *(fold_name(name) if name else "" for name in (actor, target, place)), _one_day(claim),
        )  # fmt: skip
        held[key].append(claim)
    for group in held.values():
        by_voice = {str(_voice(claim)): claim for claim in reversed(group)}
        by_voice.pop(_UNNAMED, None)
        if len(by_voice) < 2:
            continue
        told = [by_voice[voice] for voice in sorted(by_voice)]
        copies = all(_is_copy(told[0], other) for other in told[1:])
        yield {
            "question": None,
            "topic": _topic(told[0]),
            "kind": SAME if copies else AGREES,
            "reason": "Word for word the same text: it counts as one source."
            if copies
            else f"{len(told)} voices say the same.",
            "voices": [_voice(claim) for claim in told[:6]],
            "quotes": [quote_of(claim) for claim in told[:6]],
        }


def _is_copy(a: Row, b: Row) -> bool:
    return a["document"] != b["document"] and fuzz.ratio(str(a["quote"]), str(b["quote"])) >= _COPY


# --- what all share -------------------------------------------------------------------------------------------


def _voice(claim: Row) -> str:
    voices = claim["voices"]
    assert isinstance(voices, list)
    return str(voices[-1])


def _two_voices(a: Row, b: Row) -> bool:
    return _voice(a) != _voice(b) and _UNNAMED not in (_voice(a), _voice(b))


def _conflict(a: Row, b: Row, kind: QuestionKind, why: str, dates: Mapping[str, str | None]) -> Row:
    first, second = sorted(
        (a, b), key=lambda claim: (str(claim["document"]), int(str(claim["start"])), str(claim["id"]))
    )
    sides = [_side(claim, dates, event=kind.event) for claim in (first, second)]
    what, reason = timed(sides[0], sides[1], kind, why)
    return {
        "question": None,
        "topic": _topic(first),
        "kind": what,
        "reason": f"{_voice(first)} and {_voice(second)}: {reason}.",
        "voices": [_voice(first), _voice(second)],
        "quotes": [quote_of(first), quote_of(second)],
    }


def _side(claim: Row, dates: Mapping[str, str | None], *, event: bool) -> Row:
    """What `timed` needs of a stance."""
    time = claim["time"]
    days = Days()
    if isinstance(time, dict) and time["first_day"] is not None and time["last_day"] is not None:
        days = Days(str(time["first_day"]), str(time["last_day"]))
    elif not event:
        written = dates.get(str(claim["document"]))
        days = Days(written, written)
    return {"first_day": days.first, "last_day": days.last, "stance": _leaning(claim).value}


def _topic(claim: Row) -> str:
    """ "Presence: Islamic State, Ar-Raqqa"."""
    names = [mention_name(claim, role) for role in ("actor", "target")]
    names += [name for name in place_names(claim) if name not in names][:1]
    told = ", ".join(str(name) for name in names if name)
    return f"{str(claim['type']).replace('_', ' ').capitalize()}: {told}" if told else str(claim["type"])


def _limited(found: Sequence[Row]) -> list[Row]:
    """One row for each two voices and topic, with all their quotes; at most so many of one topic, conflicts first."""
    held: dict[str, dict[tuple[str, ...], Row]] = defaultdict(dict)
    for row in found:
        key = (str(row["kind"]), *sorted(map(str, _listed(row["voices"]))))
        met = held[str(row["topic"])].get(key)
        if met is None:
            held[str(row["topic"])][key] = row
        else:
            known = [quote["claim"] for quote in _listed(met["quotes"])]
            more = [quote for quote in _listed(row["quotes"]) if quote["claim"] not in known]
            met["quotes"] = (_listed(met["quotes"]) + more)[:_MOST_QUOTES]
    kept: list[Row] = []
    for rows in held.values():
        ranked = sorted(
            rows.values(),
            key=lambda r: (r["kind"] == DIFFERENT_DATE, not str(r["kind"]).startswith(CONFLICTS)),
        )
        kept += ranked[:_MOST_OF_A_TOPIC]
    return sorted(kept, key=lambda r: (str(r["topic"]), str(r["kind"]), str(r["reason"])))


def _conflicts_first(row: Row) -> tuple[bool, bool]:
    return row["kind"] == DIFFERENT_DATE, not str(row["kind"]).startswith(CONFLICTS)


def _listed(value: object) -> list[Row]:
    assert isinstance(value, list)
    return value
