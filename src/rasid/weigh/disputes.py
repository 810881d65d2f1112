"""Stances -> conflicts: pairs of voices that cannot both be right, and pairs that only look so.

A difference of date, of counting base or of degree is named as that. No pair is shown without a quote on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from rapidfuzz import fuzz

from rasid.knowledge.question_types import QuestionKind
from rasid.knowledge.registry import Registry
from rasid.model.tables import Row
from rasid.model.values import DateSpan, Stance
from rasid.weigh.counted import counts_the_same
from rasid.weigh.same import bare, part_of, same_party

CONFLICTS = "conflicts"
UNLESS_TIME = "conflicts unless the time differs"
DIFFERENT_DATE = "different date"
DIFFERENT_BASE = "different base"
DIFFERENT_PLACE = "different place"
DEGREE = "differs in degree"
AGREES = "agrees"
SAME = "same"
_NEAR_DAYS = 14  # two statements on a state so near to each other contradict each other unless it changed
_STATE_FORCES = frozenset({"army", "national army", "armed forces", "military"})
_COPY = 90.0  # rapidfuzz ratio from which two quotes are one text


def disputes_of(
    question: Row,
    stances: Sequence[Row],
    kind: QuestionKind,
    *,
    registry: Registry,
    numbers: Mapping[str, Row],
    parts: Mapping[str, frozenset[str]],
    marks: Mapping[str, frozenset[str]],
) -> list[Row]:
    """tables.CONFLICTS of one question.

    numbers: claim -> its quantity, for questions of "how many"
    parts:   claim -> the parts of the place asked about that it names
    marks:   claim -> the places, the target and the day that it names (`deeds.marks_of`)
    """
    found: list[Row] = []
    partly = [str(s["voice"]) for s in stances if s["stance"] == Stance.PARTLY.value and s["answer"]]
    shared = frozenset(voice for voice in partly if partly.count(voice) > 1)
    told = [s for s in stances if not _is_retold(s, stances)]
    for a, b in combinations(told, 2):
        if one_voice(str(a["voice"]), str(b["voice"])):
            continue  # one voice at two times, or heard through two others
        judged = _judge(a, b, kind, registry, numbers, shared=shared)
        if judged is not None and kind.name == "truce" and (apart := _two_parts(a, b, parts)):
            judged = DIFFERENT_PLACE, f"{judged[1]}, but {apart}"
        if judged is not None and _may_be_two_deeds(question, a, b, marks):
            continue
        if judged is not None and a["quotes"] and b["quotes"] and not _is_copied(a, b, found):
            what, why = judged
            found.append(
                {
                    "question": question["id"],
                    "topic": question["proposition"],
                    "kind": what,
                    "reason": f"{a['voice']} and {b['voice']}: {why}.",
                    "voices": [a["voice"], b["voice"]],
                    "quotes": _first_quote(a) + _first_quote(b),
                }
            )
    return found


def _two_parts(a: Row, b: Row, parts: Mapping[str, frozenset[str]]) -> str:
    """A truce can hold in one town and be broken in the next: what each speaks of, if both say so; else ""."""
    one, other = (parts.get(str(_first_quote(each)[0]["claim"]), frozenset()) for each in (a, b))
    if not one or not other or one & other:
        return ""
    return f"one speaks of {', '.join(sorted(one))}, the other of {', '.join(sorted(other))}"


def _may_be_two_deeds(question: Row, a: Row, b: Row, marks: Mapping[str, frozenset[str]]) -> bool:
    """ "Who shelled?" asks of no one deed: two doers contradict each other only where the claims share a place, a
    target or a day."""
    if question["kind"] != "responsibility" or any(question[of] for of in ("place", "target", "first_day")):
        return False
    one, other = (
        frozenset[str]().union(*(marks.get(str(q["claim"]), frozenset()) for q in _rows(each["quotes"])))
        for each in (a, b)
    )
    return not one & other


def one_voice(a: str, b: str) -> bool:
    """ "Red Column" and "Red Column media office", "the army" and "Lisbon Army": said of one body."""
    return same_party(a, b) or _within(a, b)


def _is_retold(stance: Row, stances: Sequence[Row]) -> bool:
    """Another passes on what this voice says in its own document: one contradiction, with the words of its own."""
    return bool(stance["via"]) and any(
        not own["via"]
        and own["stance"] == stance["stance"]
        and one_voice(str(own["voice"]), str(stance["voice"]))
        and (own["answer"] == stance["answer"] or _within(str(own["answer"]), str(stance["answer"])))
        for own in stances
    )


def _within(a: str, b: str) -> bool:
    """All words of one name stand in the other."""
    short, long = sorted(({w.casefold() for w in bare(name).split()} for name in (a, b)), key=len)
    return bool(short) and short <= long


def _is_copied(a: Row, b: Row, found: Sequence[Row]) -> bool:
    """The same two sentences stand there already: a reprint is no further contradiction."""
    told = [str(_first_quote(each)[0]["quote"]) for each in (a, b)]
    for row in found:
        held = [str(quote["quote"]) for quote in _rows(row["quotes"])]
        if any(
            all(fuzz.ratio(x, y) >= _COPY for x, y in zip(told, pair, strict=True))
            for pair in (held, held[::-1])
        ):
            return True
    return False


def _judge(
    a: Row,
    b: Row,
    kind: QuestionKind,
    registry: Registry,
    numbers: Mapping[str, Row],
    *,
    shared: frozenset[str],
) -> tuple[str, str] | None:
    """shared: voices that name more than one, each for a part."""
    if a["answer"] != b["answer"]:
        if kind.name == "number":
            return _numbers(a, b, numbers)
        if not one_party(str(a["answer"]), str(b["answer"]), registry):
            return _two_answers(a, b, kind) if kind.one_answer else None
    if kind.name == "number":
        return None
    pair = {str(a["stance"]), str(b["stance"])}
    if pair == {Stance.AFFIRMS.value, Stance.DENIES.value}:
        return timed(a, b, kind, "one affirms, the other denies")
    if (
        a["answer"] is not None
        and Stance.PARTLY.value in pair
        and shared.isdisjoint((a["voice"], b["voice"]))
    ):
        return None  # both name the same one
    return _in_degree(a, b, kind)


def _in_degree(a: Row, b: Row, kind: QuestionKind) -> tuple[str, str] | None:
    """One says it is so, or not so, and the other that it is partly so."""
    partly, other = (a, b) if a["stance"] == Stance.PARTLY.value else (b, a)
    if partly["stance"] != Stance.PARTLY.value or partly["directness"] != "stated":
        return None
    if other["stance"] == Stance.AFFIRMS.value:
        why = "one says it is so, the other that it is so only in part"
    elif other["stance"] == Stance.DENIES.value and (other["directness"] == "stated" or kind.name == "truce"):
        why = "one says it is not so, the other that it is so in part"
    else:
        return None
    if (
        None in (a["last_day"], b["last_day"])
        or _days_between(a, b) <= _NEAR_DAYS
        or kind.event
        or kind.lasts
    ):
        return DEGREE, why
    return (
        DIFFERENT_DATE,
        f"{why}, but the first is of {a['last_day']}, the second of {b['last_day']}: both can be right",
    )


def one_party(one: str, other: str, registry: Registry) -> bool:
    """ "The Shield" and "the Shield's fighters": two names in the answers, one party."""
    if same_party(one, other) or part_of(one, other, registry) or part_of(other, one, registry):
        return True
    return (
        _within(one, other) or _is_state_force(one, other, registry) or _is_state_force(other, one, registry)
    )


def _is_state_force(plain: str, named: str, registry: Registry) -> bool:
    """ "The army" where another says which."""
    actor = registry.actors.get(named)
    return bare(plain).casefold() in _STATE_FORCES and actor is not None and actor.kind == "state forces"


def _two_answers(a: Row, b: Row, kind: QuestionKind) -> tuple[str, str] | None:
    """Both name somebody or something, and not the same."""
    told = {str(a["stance"]), str(b["stance"])}
    said = f"one says {a['answer']}, the other {b['answer']}"
    if told == {Stance.AFFIRMS.value, Stance.PARTLY.value}:
        return DEGREE, f"{said}, for a part"
    if told != {Stance.AFFIRMS.value}:
        return None
    earlier = min((a, b), key=lambda each: str(each["last_day"] or ""))
    stays = kind.name != "fate" or earlier["answer"] == "dead"  # who was in a camp may be free now
    return timed(a, b, kind if stays else replace(kind, lasts=False), said)


def timed(a: Row, b: Row, kind: QuestionKind, why: str) -> tuple[str, str]:
    """The conflict as far as the dates let it be one."""
    if a["last_day"] is None or b["last_day"] is None:
        if kind.event:
            return CONFLICTS, why
        which = "neither is dated" if a["last_day"] == b["last_day"] else "one of them is not dated"
        return UNLESS_TIME, f"{why}; {which}"
    if overlap(a, b):
        return CONFLICTS, f"{why}, on the same date"
    dates = f"the first is of {a['last_day']}, the second of {b['last_day']}"
    if kind.lasts and _first_affirms(a, b):
        return CONFLICTS, f"{why}; {dates}, and what was so then would still be so"
    if _days_between(a, b) <= _NEAR_DAYS:
        return UNLESS_TIME, f"{why}; {dates}"
    return DIFFERENT_DATE, f"{why}, but {dates}: both can be right"


def overlap(a: Row, b: Row) -> bool:
    """ISO dates of any precision: "2024-03" holds "2024-03-09"."""
    (first, last), (other_first, other_last) = (_days(each) for each in (a, b))
    return first <= other_last and other_first <= last


def _days(side: Row) -> tuple[date, date]:
    """First and last day of a side that is dated."""
    first = DateSpan.from_iso(str(side["first_day"] or side["last_day"])).first_day
    last = DateSpan.from_iso(str(side["last_day"])).last_day
    assert first is not None and last is not None
    return first, last


def _days_between(a: Row, b: Row) -> int:
    (first, last), (other_first, other_last) = (_days(each) for each in (a, b))
    return max((other_first - last).days, (first - other_last).days, 0)


def _first_affirms(a: Row, b: Row) -> bool:
    earlier = min((a, b), key=lambda each: str(each["last_day"]))
    return earlier["stance"] == Stance.AFFIRMS.value


def _numbers(a: Row, b: Row, numbers: Mapping[str, Row]) -> tuple[str, str] | None:
    """Two numbers that exclude each other; of another base they do not."""
    if Stance.DENIES.value in (a["stance"], b["stance"]) or Stance.UNCLEAR.value in (
        a["stance"],
        b["stance"],
    ):
        return None
    one, other = (_quantity(each, numbers) for each in (a, b))
    if one is None or other is None or may_be_equal(one, other):
        return None
    said = f"one says {one['text']}, the other {other['text']}"
    if "implied" in (a["directness"], b["directness"]):
        return DIFFERENT_BASE, f"{said}; one counts those who were buried, who need not be all"
    bases = [each["base"] or each["unit"] for each in (one, other)]
    if not (bases[0] == bases[1] or (all(bases) and counts_the_same(*bases))):
        counted = [base or "does not say whom" for base in bases]
        return DIFFERENT_BASE, f"{said}; the first counts {counted[0]}, the second {counted[1]}"
    days = (a["last_day"], b["last_day"])
    if days == (None, None) and _said_together(a, b):
        return (
            CONFLICTS,
            f"{said}, of the same people; neither says of which days, and both speak at the same time",
        )
    if None in days:
        return UNLESS_TIME, f"{said}; {'neither is' if days == (None, None) else 'one of them is not'} dated"
    if not overlap(a, b):
        dates = f"the first is of {days[0]}, the second of {days[1]}"
        near = (
            _days_between(a, b) <= _NEAR_DAYS
        )  # "yesterday" in one, a date in the other; a toll may still rise
        return (UNLESS_TIME, f"{said}; {dates}") if near else (DIFFERENT_DATE, f"{said}, but {dates}")
    return CONFLICTS, f"{said}, of the same people at the same time"


def _said_together(a: Row, b: Row) -> bool:
    """Said within days of each other: of two counts without days the most likely reading is one happening."""
    if a.get("date") is None or b.get("date") is None:
        return False
    one, other = ({"first_day": each["date"], "last_day": each["date"]} for each in (a, b))
    return _days_between(one, other) <= _NEAR_DAYS


def _quantity(stance: Row, numbers: Mapping[str, Row]) -> Row | None:
    return next(
        (numbers[str(q["claim"])] for q in _rows(stance["quotes"]) if str(q["claim"]) in numbers), None
    )


def may_be_equal(a: Row, b: Row) -> bool:
    """One number could satisfy both: "at least 40" and "63"."""
    (low_a, high_a), (low_b, high_b) = (_limits(each) for each in (a, b))
    return low_a <= high_b and low_b <= high_a


def _limits(quantity: Row) -> tuple[float, float]:
    low, high = quantity["low"], quantity["high"]
    return (
        float(low) if isinstance(low, float | int) else 0.0,
        float(high) if isinstance(high, float | int) else float("inf"),
    )


def _rows(value: object) -> Iterator[Row]:
    assert isinstance(value, list)
    yield from value


def _first_quote(stance: Row) -> list[Row]:
    return list(_rows(stance["quotes"]))[:1]
