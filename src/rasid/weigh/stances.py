"""Evidence -> stances: what each voice says to a question, on each date it speaks, to each answer it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rasid.model.tables import Row
from rasid.model.values import Certainty, Stance
from rasid.weigh.evidence import Evidence, said_on

_MAX_QUOTES = 50  # of one voice to one question; the rest stand on the claims page
_SURE = Certainty.CERTAIN.value


@dataclass(frozen=True, slots=True)
class Days:
    """The days a claim speaks of, ISO, as precise as they are known; both None if nothing is dated."""

    first: str | None = None
    last: str | None = None


def stances_of(
    question: Row, evidence: Iterable[Evidence], dates: Mapping[str, str | None], *, event: bool
) -> list[Row]:
    """tables.STANCES of one question, sorted by voice, via, answer, date.

    dates: document -> its ISO date
    event: the question is about one deed: only the days of the deed matter, not those of the documents
    """
    counts = question["kind"] == "number"
    by_voice: dict[tuple[str, tuple[str, ...], str], list[Evidence]] = {}
    for item in evidence:
        voices = item.claim["voices"]
        assert isinstance(voices, list)
        by_voice.setdefault((voices[-1], tuple(voices[:-1]), item.answer or ""), []).append(item)
    found: list[Row] = []
    for (voice, via, answer), held in sorted(by_voice.items(), key=lambda each: each[0]):
        days = [days_of(e, dates, event=event or (counts and e.claim["kind"] == "event")) for e in held]
        for spoken, part in _by_date(held, days):
            row = _stance(held=part)
            row |= {"question": question["id"], "voice": voice, "via": list(via), "answer": answer or None}
            written = [said_on(e.claim, dates) for e in part]
            row["date"] = None if None in written else max(map(str, written))
            found.append(row | {"first_day": spoken.first, "last_day": spoken.last})
    return found


def _by_date(held: Sequence[Evidence], days: Sequence[Days]) -> list[tuple[Days, list[Evidence]]]:
    """All together while the voice says one thing; apart by date when it changed its mind."""
    dated: dict[tuple[str, str], list[Evidence]] = {}
    for item, spoken in zip(held, days, strict=True):
        dated.setdefault((spoken.first or "", spoken.last or ""), []).append(item)
    known = sorted(key for key in dated if key[1])
    if len({_stance(held=dated[key])["stance"] for key in known}) > 1:
        return [(Days(first or None, last or None), part) for (first, last), part in sorted(dated.items())]
    if len(dated) == 1 or not known:
        first, last = known[0] if known else ("", "")
        return [(Days(first or None, last or None), list(held))]
    if len(known) < len(dated):
        return [(Days(), list(held))]  # some of it is not dated: no date for the whole
    return [(Days(known[0][0] or None, max(last for _, last in known)), list(held))]


def days_of(item: Evidence, dates: Mapping[str, str | None], *, event: bool) -> Days:
    """The days of what is claimed; for a state that has none, the day it was said.

    event: it is of the days of a deed, which are open when nobody says them ("its strikes killed 30")
    """
    time = item.claim["time"]
    written = None if event else said_on(item.claim, dates)
    if isinstance(time, dict) and time["first_day"] is not None and time["last_day"] is not None:
        first, last = str(time["first_day"]), str(time["last_day"])
        lasting = written is not None and last < written and _goes_on_from(str(time["text"]), item.claim)
        return Days(first, written if lasting else last)
    return Days(written, written)


def _goes_on_from(time: str, claim: Row) -> bool:
    """ "Since Sunday", "from May on and still": a state that lasts until the day of writing."""
    quote = str(claim["quote"]).casefold()
    begins = re.search(rf"\b(since|from)\s+{re.escape(time.casefold())}", quote) or re.match(
        r"since\b", time.casefold()
    )
    if begins is None or claim["kind"] != "status":
        return False
    return (
        begins[0].startswith("since")
        or re.search(r"\b(?:still|remains?|to this day|ever since)\b", quote) is not None
    )


def _stance(*, held: Sequence[Evidence]) -> Row:
    stated = [e for e in held if e.stated]
    deciding = [e for e in stated if e.leaning is not Stance.UNCLEAR] or [
        e for e in held if e.leaning is not Stance.UNCLEAR
    ]
    stance, rule = weigh_leanings([e.leaning for e in deciding])
    if not deciding:
        stance, rule = Stance.UNCLEAR, "speaks of it only as possible, wished or to come"
    if deciding and not deciding[0].stated:
        rule = f"implied: {deciding[0].reason}"
    elif deciding and deciding[0].reason:
        rule += f"; {deciding[0].reason}"
    ranked = sorted(held, key=lambda e: _rank(e, stance, deciding))
    kept = {(e.claim["document"], e.claim["start"]) for e in ranked if not _concedes(e, stance)}
    conceded = [
        e for e in ranked if _concedes(e, stance) and (e.claim["document"], e.claim["start"]) not in kept
    ]
    return {
        "stance": stance.value,
        "directness": "stated" if not deciding or deciding[0].stated else "implied",
        "quotes": _quotes([e for e in ranked if not _concedes(e, stance)]),
        "concessions": _quotes(conceded),
        "rule": rule,
    }


def _concedes(e: Evidence, stance: Stance) -> bool:
    """It leans another way than the voice as a whole."""
    return Stance.UNCLEAR not in (e.leaning, stance) and e.leaning is not stance


def weigh_leanings(leanings: Sequence[Stance]) -> tuple[Stance, str]:
    """One stance from what a voice's claims say, each once, and the rule in words.

    All of one mind: that. Something called partial among them: partly. Both so and not so: unclear.
    """
    counts = {stance: leanings.count(stance) for stance in Stance}
    affirms, denies, partly = counts[Stance.AFFIRMS], counts[Stance.DENIES], counts[Stance.PARTLY]
    if partly:
        return Stance.PARTLY, _said("says it is partly so", partly, others=affirms + denies)
    if affirms and denies:
        return Stance.UNCLEAR, f"says both: that it is so ({affirms}) and that it is not ({denies})"
    if affirms:
        return Stance.AFFIRMS, _said("says it is so", affirms, others=0)
    if denies:
        return Stance.DENIES, _said("says it is not so", denies, others=0)
    return Stance.UNCLEAR, "says nothing that decides it"


def _said(what: str, times: int, *, others: int) -> str:
    how_often = "once" if times == 1 else f"{times} times, counted as one voice"
    rest = f"; {others} other statement{'s' if others > 1 else ''} read in this light" if others else ""
    return f"{what} ({how_often}){rest}"


def _rank(e: Evidence, stance: Stance, deciding: Sequence[Evidence]) -> tuple[object, ...]:
    return (
        e.leaning is not stance,
        e not in deciding,
        not e.stated,
        e.claim["certainty"] != _SURE,
        str(e.claim["document"]),
        e.claim["start"],
        str(e.claim["id"]),
    )


def _quotes(ranked: Sequence[Evidence]) -> list[Row]:
    quotes: list[Row] = []
    seen: set[tuple[object, object]] = set()
    for e in ranked:
        place = (e.claim["document"], e.claim["start"])
        if place not in seen and len(quotes) < _MAX_QUOTES:
            seen.add(place)
            quotes.append(quote_of(e.claim))
    return quotes


def quote_of(claim: Row) -> Row:
    """tables.QUOTE of a claim."""
    quote: Row = {name: claim[name] for name in ("document", "start", "end", "quote")}
    return quote | {"claim": claim["id"]}
