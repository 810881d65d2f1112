"""Place names in running text and where they lie (bench/geoparse): spans, then the likeliest place of each.

`--gold` takes the gold spans and scores only the places.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from benchmarks.common import Job, Report, f_score, find_split, read_lines, write_predictions
from benchmarks.geoparse_guess import Named, country_of_people, guess_places
from rasid.knowledge.gazetteer import load_gazetteer

NEAR_KM = 161.0
PEERS = {
    "largest population, gold spans": {"LGL acc@161": 54.8},
    "Mordecai 3, gold spans": {"LGL acc@161": 82.7},
    "spaCy 2018": {"span F": 74.9},
    "Google": {"span F": 83.2},
}
Span = tuple[int, int]


def run(job: Job) -> Report:
    """Find the spans, guess the places, count."""
    items = list(read_lines(find_split(job.folder("geoparse"), job.split), job.limit))
    gold = "--gold" in job.options
    gazetteer = load_gazetteer()
    spans = [_gold_spans(i) for i in items] if gold else list(_own_spans([i["text"] for i in items]))
    out = []
    for item, found in zip(items, spans, strict=True):
        text = item["text"]
        places = guess_places([Named(text[a:b], text[b : b + 40]) for a, b in found], gazetteer)
        toponyms = [
            {"start": a, "end": b, "lat": p.latitude if p else None, "lon": p.longitude if p else None}
            for (a, b), p in zip(found, places, strict=True)
        ]
        out.append({"corpus": item["corpus"], "docid": item["docid"], "toponyms": toponyms})
    write_predictions(job.predictions, out)
    report = Report(
        "geoparse" + (", gold spans" if gold else ", end to end"), _score(items, out), peers=PEERS
    )
    report.words = sum(len(i["text"].split()) for i in items)
    report.notes.append(
        "LGL, GeoVirus; acc@161 over all gold toponyms with coordinates. Spans count if exact."
    )
    return report


def _gold_spans(item: dict[str, Any]) -> list[Span]:
    return [(t["start"], t["end"]) for t in item["toponyms"]]


def _own_spans(texts: list[str]) -> Iterator[list[Span]]:
    """Spans that the shipped pipeline and the name lists call a place."""
    from rasid.extract.names import mark_known_names
    from rasid.extract.syntax import PassageText, load_pipeline, parse
    from rasid.knowledge.actors import load_actors, load_places
    from rasid.read.passages import cut_passages

    passages = [
        PassageText(str(number), index, str(p.kind), p.start, text[p.start : p.end])
        for number, text in enumerate(texts)
        for index, p in enumerate(cut_passages(text))
    ]
    held: dict[int, list[Span]] = defaultdict(list)
    for sentence in parse(passages, load_pipeline()):
        mark_known_names(sentence, (load_actors(), load_places()))
        number = int(sentence.document)
        for first, after, label in sentence.entities:
            span = _trimmed(texts[number], sentence.starts[first], sentence.ends[after - 1])
            if label == "LOC" or (label == "NORP" and country_of_people(texts[number][slice(*span)])):
                held[number].append(span)
    for number in range(len(texts)):
        yield sorted(set(held[number]))


def _trimmed(text: str, start: int, end: int) -> Span:
    """Without a leading "the": the gold spans have none."""
    return (start + 4, end) if text[start:end].lower().startswith("the ") else (start, end)


def _score(items: list[dict[str, Any]], out: list[dict[str, Any]]) -> dict[str, float]:
    hits = predicted = wanted = 0
    near: dict[str, list[bool]] = defaultdict(list)
    for item, found in zip(items, out, strict=True):
        mine = {(t["start"], t["end"]): t for t in found["toponyms"]}
        gold = {(t["start"], t["end"]): t for t in item["toponyms"]}
        hits, predicted, wanted = (
            hits + len(mine.keys() & gold.keys()),
            predicted + len(mine),
            wanted + len(gold),
        )
        for span, toponym in gold.items():
            if toponym["lat"] is not None:
                place = mine.get(span)
                right = place is not None and place["lat"] is not None and _km(place, toponym) <= NEAR_KM
                near[item["corpus"]].append(right)
                near["all"].append(right)
    precision, recall, both = f_score(hits, predicted, wanted)
    figures = {"span P": precision, "span R": recall, "span F": both}
    return figures | {f"{c} acc@161": 100 * sum(r) / len(r) for c, r in sorted(near.items())}


def _km(a: dict[str, Any], b: dict[str, Any]) -> float:
    """Great-circle distance."""
    lat1, lat2 = math.radians(a["lat"]), math.radians(b["lat"])
    across = math.radians(a["lon"] - b["lon"])
    h = math.sin((lat1 - lat2) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(across / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))
