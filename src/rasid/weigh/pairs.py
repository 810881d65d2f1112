"""Two claims side by side: whose they are, what they lean to, of which days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rasid.knowledge.question_types import QuestionKind
from rasid.model.tables import Row
from rasid.model.values import Certainty, Polarity, Stance
from rasid.weigh.disputes import CONFLICTS, DIFFERENT_DATE, one_voice, timed
from rasid.weigh.evidence import said_on
from rasid.weigh.meant import is_in_one_respect, is_of_its_rule, mention_name
from rasid.weigh.stances import Days, quote_of
from rasid.weigh.where import place_names

MOST_OF_A_TOPIC = 30  # pairs shown of one topic; a reader has understood by then
_MOST_QUOTES = 6
UNNAMED = "unnamed"


def voice(claim: Row) -> str:
    """Whose claim it is: the innermost of its voices."""
    voices = claim["voices"]
    assert isinstance(voices, list)
    return str(voices[-1])


def two_voices(a: Row, b: Row) -> bool:
    """Are they of two bodies that both have a name?"""
    return not one_voice(voice(a), voice(b)) and UNNAMED not in (voice(a), voice(b))


def conflict_row(
    a: Row,
    b: Row,
    kind: QuestionKind,
    why: str,
    dates: Mapping[str, str | None],
    *,
    leanings: tuple[Stance, Stance] | None = None,
) -> Row:
    """leanings: what `a` and `b` say to one proposition; left out where both stand for themselves."""
    told = zip((a, b), leanings or (leaning(a), leaning(b)), strict=True)
    (first, one), (second, other) = sorted(
        told, key=lambda each: (str(each[0]["document"]), int(str(each[0]["start"])), str(each[0]["id"]))
    )
    sides = [
        _side(claim, dates, event=kind.event) | {"stance": stance.value}
        for claim, stance in ((first, one), (second, other))
    ]
    what, reason = timed(sides[0], sides[1], kind, why)
    return {
        "question": None,
        "topic": topic(first),
        "kind": what,
        "reason": f"{voice(first)} and {voice(second)}: {reason}.",
        "voices": [voice(first), voice(second)],
        "quotes": [quote_of(first), quote_of(second)],
    }


def _side(claim: Row, dates: Mapping[str, str | None], *, event: bool) -> Row:
    """The days of it, as `timed` needs them."""
    time = claim["time"]
    days = Days()
    if isinstance(time, dict) and time["first_day"] is not None and time["last_day"] is not None:
        days = Days(str(time["first_day"]), str(time["last_day"]))
    elif not event:
        written = said_on(claim, dates)
        days = Days(written, written)
    return {"first_day": days.first, "last_day": days.last}


def topic(claim: Row) -> str:
    """ "Presence: Islamic State, Ar-Raqqa"."""
    names = [mention_name(claim, role) for role in ("actor", "target")]
    names += [name for name in place_names(claim) if name not in names][:1]
    told = ", ".join(str(name) for name in names if name)
    return f"{str(claim['type']).replace('_', ' ').capitalize()}: {told}" if told else str(claim["type"])


def limited(found: Sequence[Row]) -> list[Row]:
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
        kept += ranked[:MOST_OF_A_TOPIC]
    return sorted(kept, key=lambda r: (str(r["topic"]), str(r["kind"]), str(r["reason"])))


def _listed(value: object) -> list[Row]:
    assert isinstance(value, list)
    return value


def leaning(claim: Row) -> Stance:
    """What a claim says to itself as a proposition."""
    if claim["certainty"] == Certainty.PARTIAL.value or is_in_one_respect(claim) or is_of_its_rule(claim):
        return Stance.PARTLY
    return Stance.DENIES if claim["polarity"] == Polarity.DENIED.value else Stance.AFFIRMS
