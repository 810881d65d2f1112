"""PolNeAR: who says what in news (attribution, with and without its source).

Metric of the README: characters that are not white space. Gold keeps a few conventions that are not ours and are
converted here, on our side only: see `as_rows`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.common import Job, Report, f_score, find_split, read_lines, write_predictions
from rasid.extract.found import AttributionFound
from rasid.extract.syntax import Sentence
from rasid.extract.voices import read_attributions
from rasid.extract.voices.quotes import find_quotes

LONG_QUOTE = 20  # characters: shorter ones are words in quotation marks within somebody's clause
ROLES = ("source", "cue", "content")
Spans = list[list[int]]


def run(job: Job) -> Report:
    """Read every document, score if the file has gold."""
    from rasid.extract.syntax import load_pipeline

    nlp = load_pipeline()
    path = find_split(job.folder("polnear_attribution"), job.split)
    documents = [*read_lines(path, job.limit)]
    rows = [{"docid": d["docid"], "attributions": read_document(d["text"], nlp)} for d in documents]
    write_predictions(job.predictions, rows)
    return Report(
        name=f"polnear {job.split}, {len(rows)} documents",
        ours=score(documents, [r["attributions"] for r in rows]) if "attributions" in documents[0] else {},
        peers={
            "reporting-verb rule": {"attribution F": 33.6, "with source F": 20.5},
            "Gender Gap Tracker": {"attribution F": 47.2, "with source F": 40.0},
        },
        aim={"attribution F": 60.0, "with source F": 52.0},
        words=sum(len(d["text"].split()) for d in documents),
    )


def read_document(text: str, nlp: Any) -> list[dict[str, Spans]]:
    """Our attributions of one text as spans of the prediction format."""
    from rasid.extract.syntax import PassageText, parse
    from rasid.read.passages import cut_passages

    passages = [
        PassageText("", i, p.kind, p.start, text[p.start : p.end]) for i, p in enumerate(cut_passages(text))
    ]
    sentences = [*parse(passages, nlp)]
    return as_rows(read_attributions(sentences), sentences)


def as_rows(found: Sequence[AttributionFound], sentences: Sequence[Sentence]) -> list[dict[str, Spans]]:
    """The prediction format of PREDICTIONS.md.

    The annotators marked nothing within direct quotation ("I think it fell," she said: one attribution), and we
    read it, so what has its cue within a quote of three words or more is left out here. So are quotes of nobody: an
    attribution of theirs has a cue.
    """
    quotes = [q for q in find_quotes(sentences) if q.end - q.start > LONG_QUOTE]
    found = [a for a in found if a.cue is not None and not any(q.start < a.cue[0] < q.end for q in quotes)]
    return [
        {
            "source": [list(a.source)] if a.source else [],
            "cue": [list(a.cue)] if a.cue else [],
            "content": [list(c) for c in a.contents],
        }
        for a in found
    ]


def score(
    documents: Sequence[dict[str, Any]], predicted: Sequence[list[dict[str, Spans]]]
) -> dict[str, float]:
    """Character F per role, attribution F and attribution with source F, in per cent."""
    hits = {role: [0, 0, 0] for role in ROLES}
    matched = with_source = ours = gold_count = 0
    for document, mine in zip(documents, predicted, strict=True):
        gold = [g for g in document["attributions"] if g["content"]]
        blank = {i for i, c in enumerate(document["text"]) if c.isspace()}
        for role in ROLES:
            a, b = _union(mine, role) - blank, _union(gold, role) - blank
            for k, n in enumerate((len(a & b), len(a), len(b))):
                hits[role][k] += n
        pairs = match(mine, gold, blank)
        matched += len(pairs)
        with_source += sum(_sources_agree(mine[i], gold[j]) for i, j in pairs)
        ours += len(mine)
        gold_count += len(gold)
    attribution = f_score(matched, ours, gold_count)
    sourced = f_score(with_source, ours, gold_count)
    return {
        "attribution F": attribution[2],
        "P": attribution[0],
        "R": attribution[1],
        "with source F": sourced[2],
        **{f"{role} F": f_score(*hits[role])[2] for role in ROLES},
    }


def match(
    mine: Sequence[dict[str, Spans]], gold: Sequence[dict[str, Spans]], blank: set[int]
) -> list[tuple[int, int]]:
    """Pairs with Jaccard of the contents at least one half, one to one, best first."""
    a = [_characters(m["content"]) - blank for m in mine]
    b = [_characters(g["content"]) - blank for g in gold]
    scored = []
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            common = len(x & y)
            if common and (jaccard := common / (len(x) + len(y) - common)) >= 0.5:
                agree = _sources_agree(mine[i], gold[j])
                scored.append((-jaccard, not agree, i, j))
    pairs: list[tuple[int, int]] = []
    for _, _, i, j in sorted(scored):
        if all(i != p and j != q for p, q in pairs):
            pairs.append((i, j))
    return pairs


def _sources_agree(mine: dict[str, Spans], gold: dict[str, Spans]) -> bool:
    if not mine["source"] or not gold["source"]:
        return not mine["source"] and not gold["source"]
    return bool(_characters(mine["source"]) & _characters(gold["source"]))


def _characters(spans: Spans) -> set[int]:
    return {i for start, end in spans for i in range(start, end)}


def _union(rows: Sequence[dict[str, Spans]], role: str) -> set[int]:
    return {i for row in rows for i in _characters(row[role])}
