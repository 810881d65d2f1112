"""MUC-4 incidents: the claims of one document, put together to incidents, against the experts' answer keys.

What happened, to whom, where and when comes from our claims alone (`muc_incidents`); the conventions of the task
(which violence counts as an incident, how a day is written) live there and never in the product. Here: reading,
matching one to one inside a document, counting. Metrics as in the data's README: optional answers neither help
nor hurt. A document in three (every third line) was never read while the rules were made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from benchmarks.claims import claims_of_texts
from benchmarks.common import Job, Report, f_score, find_split, read_lines, write_predictions
from benchmarks.muc_incidents import incidents_of
from benchmarks.muc_slots import split_header

Incident: TypeAlias = dict[str, Any]
Fills: TypeAlias = Callable[[Incident], list[tuple[frozenset[str], bool]]]

METRICS = ("relevance", "type", "place", "date", "count_DEATH", "count_INJURY", "perp_org", "perp_org+status")


def run(job: Job) -> Report:
    """Score every metric on the split, and on the third that was never read."""
    rows = list(read_lines(find_split(job.folder("muc4_incidents"), job.split), job.limit))
    texts = {row["docid"]: row["text"] for row in rows}
    headers = {docid: split_header(text) for docid, text in texts.items()}
    bodies = {docid: body for docid, (_, body) in headers.items()}
    found = {
        docid: incidents_of(headers[docid][0], read.text, read.claims)
        for docid, read in claims_of_texts(bodies)
    }
    guesses = [found[row["docid"]] for row in rows]
    write_predictions(
        job.predictions,
        ({"docid": r["docid"], "incidents": g} for r, g in zip(rows, guesses, strict=True)),
    )
    words = sum(len(text.split()) for text in texts.values())
    if not all("incidents" in row for row in rows):
        return Report(name="MUC-4: no answer keys in this split", ours={}, words=words)
    whole, notes = score(rows, guesses), []
    for name, part in (("read thirds", [i for i in range(len(rows)) if not held_out(i)]),
                       ("third never read", [i for i in range(len(rows)) if held_out(i)])):  # fmt: skip
        figures = score([rows[i] for i in part], [guesses[i] for i in part])
        notes.append(
            f"{name}: " + ", ".join(f"{k} {v[2]:.1f} (P {v[0]:.0f} R {v[1]:.0f})" for k, v in figures.items())
        )
    attack = [[{"type": ["ATTACK"]}] for _ in rows]
    return Report(
        name="MUC-4 incidents, F per slot",
        ours={name: figures[2] for name, figures in whole.items()},
        peers={
            "best of 1992 (own test)": {"relevance": 88.7, "type": 75.7, "count_DEATH": 57.9, "count_INJURY": 57.7,
                                        "perp_org+status": 31.1},
            "always attack, here": {k: v[2] for k, v in score(rows, attack).items() if k in ("relevance", "type")},
        },
        aim={"relevance": 85, "type": 65, "count_DEATH": 50, "count_INJURY": 50, "perp_org+status": 31},
        words=words,
        notes=notes,
    )  # fmt: skip


def held_out(line: int) -> bool:
    """One document in three, by its place in the split."""
    return line % 3 == 2


def score(
    rows: Sequence[dict[str, Any]], guesses: Sequence[list[Incident]]
) -> dict[str, tuple[float, float, float]]:
    """Metric -> precision, recall, F in per cent, micro over all documents."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in METRICS}
    for row, guess in zip(rows, guesses, strict=True):
        if not row.get("only_optional"):
            _count(counts["relevance"], hits=int(bool(row["incidents"] and guess)), guessed=int(bool(guess)),
                   gold=int(bool(row["incidents"])))  # fmt: skip
        for name, counted in score_document(row["incidents"], guess).items():
            counts[name].update(counted)
    return {name: f_score(c["hits"], c["guessed"], c["gold"]) for name, c in counts.items()}


def score_document(gold: Sequence[Incident], guess: Sequence[Incident]) -> dict[str, Counter[str]]:
    """Metric -> hits, guessed and gold of one document, after the best matching of incidents."""
    pairs = match(gold, guess)
    counts: dict[str, Counter[str]] = {name: Counter() for name in METRICS[1:]}
    for g, p in [*pairs, *_alone(gold, guess, pairs)]:
        if g is not None and g.get("optional"):
            continue  # neither helps nor hurts, with all that was said of it
        for name, fills in SLOTS.items():
            wanted = fills(g) if g is not None else []
            given = [values for values, _ in fills(p)] if p is not None else []
            counts[name].update(
                count_fills(wanted, given, agrees=places_agree if name == "place" else _share)
            )
    return counts


def match(gold: Sequence[Incident], guess: Sequence[Incident]) -> list[tuple[Incident, Incident]]:
    """Pairs of incidents, the most alike first; a pair must share its type, its place or a victim's number."""
    ranked = sorted(
        ((-_likeness(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(guess)),
    )
    taken_gold: set[int] = set()
    taken_guess: set[int] = set()
    pairs = []
    for likeness, i, j in ranked:
        if likeness < 0 and i not in taken_gold and j not in taken_guess:
            taken_gold.add(i)
            taken_guess.add(j)
            pairs.append((gold[i], guess[j]))
    return pairs


def _likeness(gold: Incident, guess: Incident) -> float:
    """How much two incidents share; types weigh most, an incident that must be there before an optional one."""
    shared = 0.0
    for name, weight in (("type", 3.0), ("place", 1.0), ("date", 1.0), ("count_DEATH", 1.0), ("count_INJURY", 1.0),
                         ("perp_org", 1.0)):  # fmt: skip
        fills = SLOTS[name]
        agrees = places_agree if name == "place" else _share
        counted = count_fills(fills(gold), [v for v, _ in fills(guess)], agrees=agrees)
        shared += weight * min(1, counted["hits"])
    return shared + (0.0 if gold.get("optional") else 0.5) if shared else 0.0


def _alone(
    gold: Sequence[Incident], guess: Sequence[Incident], pairs: Iterable[tuple[Incident, Incident]]
) -> Iterable[tuple[Incident | None, Incident | None]]:
    """The incidents without a partner."""
    paired = {id(incident) for pair in pairs for incident in pair}
    yield from ((g, None) for g in gold if id(g) not in paired)
    yield from ((None, p) for p in guess if id(p) not in paired)


def count_fills(
    wanted: Sequence[tuple[frozenset[str], bool]],
    given: Sequence[frozenset[str]],
    *,
    agrees: Callable[[frozenset[str], frozenset[str]], bool],
) -> Counter[str]:
    """Hits, guessed and gold of one slot: each answer meets one guess; optional answers only take their guess away."""
    left = list(given)
    hits = gold = guessed = 0
    for values, optional in sorted(wanted, key=lambda fill: fill[1]):
        found = next((values_given for values_given in left if agrees(values, values_given)), None)
        if found is not None:
            left.remove(found)
        if not optional:
            gold += 1
            hits += found is not None
            guessed += found is not None
    return Counter(hits=hits, guessed=guessed + len(left), gold=gold)


def _share(wanted: frozenset[str], given: frozenset[str]) -> bool:
    return not wanted.isdisjoint(given)


def places_agree(wanted: frozenset[str], given: frozenset[str]) -> bool:
    """At least two levels of the place are the same, or the one that the answer has."""
    return len(wanted & given) >= min(2, len(wanted))


def _types(incident: Incident) -> list[tuple[frozenset[str], bool]]:
    return [(frozenset(incident["type"]), False)] if incident.get("type") else []


def _places(incident: Incident) -> list[tuple[frozenset[str], bool]]:
    return [
        (frozenset(_bare(level) for level in chain), False)
        for chain in incident.get("location", [])[:1]
        if chain
    ]


def _dates(incident: Incident) -> list[tuple[frozenset[str], bool]]:
    return [
        (frozenset(" ".join(a.split()) for a in d["alts"]), bool(d.get("optional")))
        for d in incident.get("date", [])
    ]


def _victims(effect: str) -> Fills:
    def fills(incident: Incident) -> list[tuple[frozenset[str], bool]]:
        return [
            (frozenset(_number(n) for n in victim["number"]), bool(victim.get("optional")))
            for victim in incident.get("victims", [])
            if effect in victim["effect"] and victim["number"]
        ]

    return fills


def _orgs(incident: Incident) -> list[tuple[frozenset[str], bool]]:
    return [
        (frozenset(map(_bare, org["names"])), bool(org.get("optional")))
        for org in incident.get("perp_orgs", [])
    ]


def _orgs_and_status(incident: Incident) -> list[tuple[frozenset[str], bool]]:
    return [
        (
            frozenset(f"{_bare(name)}|{status}" for name in org["names"] for status in org["confidence"]),
            bool(org.get("optional")),
        )
        for org in incident.get("perp_orgs", [])
        if org["confidence"]
    ]


def _bare(name: str) -> str:
    """A name as it is compared: no article, no brackets, single spaces."""
    words = name.upper().replace("[", " ").replace("]", " ").replace("(", " ").replace(")", " ").split()
    return " ".join(words[1:] if words[:1] == ["THE"] and len(words) > 1 else words)


def _number(written: str) -> str:
    return written.replace(",", "").strip().upper()


SLOTS: dict[str, Fills] = {
    "type": _types,
    "place": _places,
    "date": _dates,
    "count_DEATH": _victims("DEATH"),
    "count_INJURY": _victims("INJURY"),
    "perp_org": _orgs,
    "perp_org+status": _orgs_and_status,
}


def _count(counter: Counter[str], *, hits: int, guessed: int, gold: int) -> None:
    counter.update(hits=hits, guessed=guessed, gold=gold)
