"""Groups of tellings as rows: tables.INCIDENTS, INCIDENT_CLAIMS, INCIDENT_PAIRS, and doubts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rasid.model.ids import content_id
from rasid.model.judged_incidents import JudgedIncidents
from rasid.model.tables import Row
from rasid.resolve.incidents.joining import Joined, Link, doubtful_links
from rasid.resolve.incidents.kinds import HARM
from rasid.resolve.incidents.spots import Spot
from rasid.resolve.incidents.tellings import Telling, narrower
from rasid.resolve.incidents.told import Told

MOST_REASONS = 6
MOST_DOUBTS = 400  # pairs in the list of doubts; all stand in INCIDENT_PAIRS


@dataclass(frozen=True, slots=True)
class Incident:
    """One group of tellings, in the order of their documents."""

    id: str
    tellings: tuple[Telling, ...]
    numbers: tuple[int, ...]

    @property
    def located(self) -> bool:
        """Some claim says when or where it was, or whom it befell."""
        return any(telling.located for telling in self.tellings)

    @property
    def claims(self) -> list[Told]:
        """The claims that tell it, of the earliest document first."""
        return [claim for telling in self.tellings for claim in telling.claims]


def make_incidents(tellings: Sequence[Telling], joined: Joined) -> list[Incident]:
    """The groups with their ids. An id is that of the earliest claim: earliest document, then place in it."""
    members: dict[int, list[int]] = {}
    for number, group in enumerate(joined.group):
        members.setdefault(group, []).append(number)
    found = []
    for numbers in members.values():
        ranked = sorted(numbers, key=lambda n: _age(tellings[n].claims[0]))
        held = tuple(tellings[n] for n in ranked)
        found.append(Incident(content_id("i", held[0].claims[0].id), held, tuple(ranked)))
    return found


def _age(claim: Told) -> tuple[bool, int, str, int]:
    return claim.written is None, claim.written or 0, claim.document, claim.start


def incident_row(incident: Incident, links: Sequence[Link]) -> Row:
    """One row of tables.INCIDENTS."""
    claims = incident.claims
    days = _days(incident)
    spot = _main_spot(claims)
    return {
        "id": incident.id,
        "what": _what(claims),
        "types": sorted({c.type for c in claims}),
        "first_day": _iso(days[0]) if days else None,
        "last_day": _iso(days[1]) if days else None,
        "dated": "undated" if days is None else "day" if days[0] == days[1] else "span",
        "place": spot.name if spot else None,
        "place_id": spot.place_id if spot else None,
        "country": spot.country if spot else None,
        "adm1": spot.adm1 if spot else None,
        "latitude": spot.latitude if spot else None,
        "longitude": spot.longitude if spot else None,
        "claims": len(claims),
        "documents": len({c.document for c in claims}),
        "voices": sorted({c.voice for c in claims}),
        "why": _reasons(links),
    }


def _reasons(links: Sequence[Link]) -> list[str]:
    """The clauses of the links, those that come up most first."""
    held = Counter(clause for link in links for clause in link.score.reasons())
    return [clause for clause, _ in sorted(held.items(), key=lambda e: (-e[1], e[0]))[:MOST_REASONS]]


def _days(incident: Incident) -> tuple[int, int] | None:
    days = None
    for telling in incident.tellings:
        days = narrower(days, telling.days)
    return days


def _what(claims: Sequence[Told]) -> str:
    """The type told most often in the strand told most; harm, which has no means of its own, where nothing else is."""
    strands = Counter(c.strand for c in claims)
    main = min(strands, key=lambda s: (-strands[s], s))
    held = Counter(c.type for c in claims if c.strand == main)
    return min(held, key=lambda t: (t in HARM, t == "attack", -held[t], t))


def _main_spot(claims: Sequence[Told]) -> Spot | None:
    """The finest place that the gazetteer knows, then the one named most often."""
    held = Counter(spot for claim in claims for spot in claim.spots)
    return min(held, key=lambda s: (not s.fine, not s.known, -held[s], s.key), default=None)


def claim_row(incident: str, told: Told, *, part: str, why: str) -> Row:
    """One row of tables.INCIDENT_CLAIMS."""
    return {
        "incident": incident,
        "claim": told.id,
        "document": told.document,
        "start": told.start,
        "part": part,
        "why": why,
    }


def best_links(links: Sequence[Link]) -> Mapping[int, Link]:
    """Telling -> its strongest link, of links sorted by strength."""
    best: dict[int, Link] = {}
    for link in links:
        best.setdefault(link.left, link)
        best.setdefault(link.right, link)
    return best


def why_it_tells(incident: Incident, best: Link | None) -> str:
    """One sentence: why the claims of a telling with this strongest link stand in the incident."""
    if best is None:
        return (
            "No other report tells of it."
            if len(incident.tellings) == 1
            else "It was put here by a decision."
        )
    return f"It fits another report: {'; '.join(best.score.reasons()[:4])}."


def pair_rows(
    joined: Joined,
    tellings: Sequence[Telling],
    names: Mapping[int, str],
    *,
    judged: Iterable[JudgedIncidents],
) -> list[Row]:
    """Rows of tables.INCIDENT_PAIRS: incidents that may be one, and no person has said."""
    where = {claim.id: names[n] for n in names for claim in tellings[n].claims}
    said = {frozenset((where.get(each.left), where.get(each.right))) for each in judged}
    firsts = {name: min((_age(tellings[n].claims[0]), tellings[n].claims[0].id) for n in held)[1]
              for name, held in _numbers_of(names).items()}  # fmt: skip
    rows = []
    for link in doubtful_links(joined):
        if not {link.left, link.right} <= names.keys():
            continue  # a telling that gives neither day nor place and fits nothing is no incident
        left, right = sorted((names[link.left], names[link.right]))
        if frozenset((left, right)) in said:
            continue
        left_claim, right_claim = firsts[left], firsts[right]
        what = "days differ" if link.score.days_bar else "doubtful"
        rows.append({
            "left": left, "right": right, "left_claim": left_claim, "right_claim": right_claim,
            "score": round(link.score.odds, 3), "why": link.score.reasons(), "what": what,
        })  # fmt: skip
    return sorted(rows, key=lambda r: (str(r["left"]), str(r["right"])))


def _numbers_of(names: Mapping[int, str]) -> Mapping[str, list[int]]:
    held: dict[str, list[int]] = {}
    for number, name in names.items():
        held.setdefault(name, []).append(number)
    return held


def pair_doubts(pairs: Sequence[Row], incidents: Mapping[str, Row]) -> list[Row]:
    """The doubtful pairs as tables.DOUBTS, the nearest to even first; beyond a limit they are counted."""
    ranked = sorted(pairs, key=lambda r: (-_real(r["score"]), str(r["left"]), str(r["right"])))
    rows = [_pair_doubt(pair, incidents) for pair in ranked[:MOST_DOUBTS]]
    if (left := len(ranked) - MOST_DOUBTS) > 0:
        rows.append(_doubt(
            "more pairs of incidents", "pairs of incidents",
            f"{left} more pairs of incidents may be one and are not listed here.",
            "Decide those listed first; the list is made again after each build.",
        ))  # fmt: skip
    return rows


def _pair_doubt(pair: Row, incidents: Mapping[str, Row]) -> Row:
    left, right = (incidents[str(pair[side])] for side in ("left", "right"))
    why = pair["why"]
    assert isinstance(why, list)
    return _doubt(
        "one incident or two",
        f"{title(left)} / {title(right)}",
        f"These may be one incident: {title(left)}, and {title(right)}. {'; '.join(why[:5])}.",
        f"`rasid incident same {left['id']} {right['id']}` if they are one, "
        f"`rasid incident different {left['id']} {right['id']}` if not.",
        key=f"{pair['left_claim']} {pair['right_claim']}",
    )


def gone_doubts(judged: Iterable[JudgedIncidents], here: Iterable[str]) -> list[Row]:
    """Decisions about claims that no incident holds now: listed, kept, without effect."""
    known = set(here)
    rows = []
    for each in judged:
        if missing := [claim for claim in (each.left, each.right) if claim not in known]:
            rows.append(_doubt(
                "decision without effect", f"{each.left} {each.right}",
                f"{each.by} decided on {each.day} that claims {each.left} and {each.right} are of "
                f"{'one incident' if each.answer == 'same' else 'two incidents'}, but {' and '.join(missing)} "
                "tells of none now.",
                f"Add the file again, or take it back: `rasid incident forget {each.left} {each.right}`.",
                key=f"gone {each.left} {each.right}",
            ))  # fmt: skip
    return rows


def _doubt(what: str, name: str, sentence: str, advice: str, *, key: str = "") -> Row:
    return {
        "id": content_id("x", "resolve", what, key or name), "stage": "resolve", "original": None, "document": None,
        "name": name, "what": what, "sentence": sentence, "advice": advice,
    }  # fmt: skip


def title(row: Row) -> str:
    """ "air strike in Dovrek on 2024-03-05", from a row of tables.INCIDENTS."""
    where = f" in {row['place']}" if row["place"] else ""
    when = (
        row["first_day"]
        if row["first_day"] == row["last_day"]
        else f"{row['first_day']} to {row['last_day']}"
    )
    return f"{str(row['what']).replace('_', ' ')}{where}{f', {when}' if row['first_day'] else ', undated'}"


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _real(cell: object) -> float:
    return float(cell) if isinstance(cell, int | float) else 0.0
