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
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from rasid.knowledge.actors import fold_name
from rasid.knowledge.question_types import ANY, QuestionKind
from rasid.model.tables import Row
from rasid.model.values import Certainty, Measure, Polarity, Stance
from rasid.weigh.bearing import weigh_claim
from rasid.weigh.deeds import may_be_one_deed, one_day
from rasid.weigh.disputes import (
    AGREES,
    SAME,
    may_be_equal,
    one_party,
)
from rasid.weigh.evidence import Known, is_a
from rasid.weigh.meant import mention_name, points_at, speaker_of, was_once
from rasid.weigh.pairs import (
    MOST_OF_A_TOPIC,
    UNNAMED,
    conflict_row,
    leaning,
    limited,
    topic,
    two_voices,
    voice,
)
from rasid.weigh.same import core_name, has_a_name
from rasid.weigh.stances import quote_of
from rasid.weigh.where import place_names

_SURE = frozenset({Certainty.CERTAIN.value, Certainty.PARTIAL.value})
_COPY = 90.0  # rapidfuzz ratio from which two quotes are one text
_MOST_OF_TWO = 3  # pairs of claims of the same two voices on the same thing
_MOST_COMPARED = 400  # claims that one claim is compared with: a limit against one name on every line
_SOMEWHERE = frozenset({"presence", "hiding"})  # who is not here may well be there
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
    return limited(sorted(found, key=lambda r: (str(r["topic"]), str(r["kind"]), str(r["reason"]))))


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
        kind = _kind_of(str(first["type"]), known)
        question = _proposition(first, kind)
        if question is None:
            continue
        own = leaning(first)
        for other in _candidates(question, index, known):
            pair = frozenset((str(first["id"]), str(other["id"])))
            if pair in seen or not _comparable(first, other):
                continue
            evidence = weigh_claim(question, other, known)
            if evidence is not None and {own, evidence.leaning} == {Stance.AFFIRMS, Stance.DENIES}:
                seen.add(pair)
                why = "one says it is so, the other that it is not" if evidence.stated else evidence.reason
                leanings = (own, evidence.leaning)
                for a, b in _pairs(groups[key], groups[firsts[str(other["id"])]]):
                    yield conflict_row(a, b, kind, why, dates, leanings=leanings)


def _kind_of(said: str, known: Known) -> QuestionKind:
    """The kind of question that a claim of this type answers; a siege is no deed of one day but lasts."""
    kind = known.kinds.by_name[known.kinds.of_type(said)]
    return replace(kind, event=False) if said in known.kinds.by_name["over"].bearings else kind


def _saying(claim: Row) -> tuple[str, ...]:
    """What two claims share that say the same; one without a named place stands for its document alone."""
    places = place_names(claim)
    own = "" if any(has_a_name(place) for place in places) else str(claim["document"])
    roles = (mention_name(claim, "actor") or "", mention_name(claim, "target") or "")
    return (str(claim["type"]), str(claim["polarity"]), str(claim["certainty"]), *roles, own, *places)


def _pairs(one: Sequence[Row], other: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Pairs of two voices, each two voices twice at most, and no more of them than a reader looks at."""
    told: dict[tuple[str, str], int] = defaultdict(int)
    for a in one[:MOST_OF_A_TOPIC]:
        for b in other[:MOST_OF_A_TOPIC]:
            voices = (voice(a), voice(b))
            if two_voices(a, b) and told[voices] < _MOST_OF_TWO and len(told) < MOST_OF_A_TOPIC:
                told[voices] += 1
                yield a, b


def _comparable(a: Row, b: Row) -> bool:
    """Of one type, or one of them says how things stand, and both are of one named place or one is of none at all.

    A group that took a town in spring and left it in autumn contradicts nobody; nor do two villages "over the bridge",
    nor two men of whom one was arrested and the other was not.
    """
    if a["type"] != b["type"] and "status" not in (a["kind"], b["kind"]):
        return False
    if a["type"] != b["type"] and not all(_says_from_where(claim) for claim in (a, b)):
        return False
    if a["document"] != b["document"] and any(_needs_its_document(claim) for claim in (a, b)):
        return False
    if not may_be_one_deed(a, b):
        return False
    named = [{fold_name(name) for name in place_names(claim) if has_a_name(name)} for claim in (a, b)]
    bare = [not claim["places"] for claim in (a, b)]
    return bool(named[0] & named[1]) or any(bare)


def _needs_its_document(claim: Row) -> bool:
    """ "These men", or "there is not one soldier": of whom or where stands only in its own document."""
    return points_at(claim) or (claim["type"] in _SOMEWHERE and not place_names(claim))


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
    actor, target = (_who(claim, role) for role in ("actor", "target"))
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


def _who(claim: Row, role: str) -> str | None:
    """The settled name of a role; of "we" and "our forces" the party that speaks."""
    return speaker_of(claim, role) or mention_name(claim, role)


def _index(rows: Iterable[Row], known: Known) -> _Index:
    index = _Index()
    for claim in rows:
        for role in ("actor", "target"):
            name = _who(claim, role)
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
            deeds[_family(said, known), fold_name(str(mention_name(claim, "target"))), one_day(claim)].append(
                claim
            )
    for (family, _, _), held in deeds.items():
        kind = control if family == "control" else known.kinds.by_name["responsibility"]
        for n, a in enumerate(held[:MOST_OF_A_TOPIC]):
            for b in held[n + 1 : MOST_OF_A_TOPIC]:
                one, other = str(mention_name(a, "actor")), str(mention_name(b, "actor"))
                if two_voices(a, b) and not one_party(one, other, known.registry):
                    yield conflict_row(a, b, kind, f"one names {one}, the other {other}", dates)


def _family(said: str, known: Known) -> str:
    lineage = known.vocabulary.lineage(said) if said in known.vocabulary.types else (said,)
    return lineage[-1]


def _is_one_deed(claim: Row) -> bool:
    target = mention_name(claim, "target")
    return bool(claim["kind"] == "event" and target and has_a_name(target) and one_day(claim))


# --- two numbers ----------------------------------------------------------------------------------------------


def _two_numbers(rows: Sequence[Row], dates: Mapping[str, str | None], known: Known) -> Iterator[Row]:
    """Counts of one thing, at one place, on one day, that no single number could satisfy."""
    counts: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for claim in rows:
        quantity, day = claim["quantity"], one_day(claim)
        if not isinstance(quantity, dict) or quantity["measure"] != Measure.COUNT.value or not day:
            continue
        if claim["polarity"] == Polarity.DENIED.value or quantity["low"] is None:
            continue
        counted = str(quantity["base"] or quantity["unit"] or "")
        for place in sorted({fold_name(name) for name in place_names(claim) if has_a_name(name)})[:1]:
            counts[str(claim["type"]), place, day, counted].append(claim)
    kind = known.kinds.by_name["occurrence"]
    for held in counts.values():
        for n, a in enumerate(held[:MOST_OF_A_TOPIC]):
            for b in held[n + 1 : MOST_OF_A_TOPIC]:
                one, other = a["quantity"], b["quantity"]
                assert isinstance(one, dict) and isinstance(other, dict)
                if two_voices(a, b) and not may_be_equal(one, other):
                    why = f"one says {one['text']}, the other {other['text']}, of the same place and day"
                    yield conflict_row(a, b, kind, why, dates)


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
            *(fold_name(name) if name else "" for name in (actor, target, place)), one_day(claim),
        )  # fmt: skip
        held[key].append(claim)
    for group in held.values():
        by_voice = {str(voice(claim)): claim for claim in reversed(group)}
        by_voice.pop(UNNAMED, None)
        if len(by_voice) < 2:
            continue
        told = [by_voice[voice] for voice in sorted(by_voice)]
        copies = all(_is_copy(told[0], other) for other in told[1:])
        yield {
            "question": None,
            "topic": topic(told[0]),
            "kind": SAME if copies else AGREES,
            "reason": "Word for word the same text: it counts as one source."
            if copies
            else f"{len(told)} voices say the same.",
            "voices": [voice(claim) for claim in told[:6]],
            "quotes": [quote_of(claim) for claim in told[:6]],
        }


def _is_copy(a: Row, b: Row) -> bool:
    return a["document"] != b["document"] and fuzz.ratio(str(a["quote"]), str(b["quote"])) >= _COPY
