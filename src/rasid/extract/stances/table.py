"""Documents and passages plus a claim -> one row a document. Pure; the order of the documents does not matter."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from rasid.extract.stances.judge import UNRELATED, Verdict, judge_text
from rasid.extract.stances.pieces import Cutter, Text
from rasid.extract.stances.reasons import give_reason
from rasid.extract.stances.relate import Claim
from rasid.extract.stances.shelf import Shelf, is_related, make_shelf
from rasid.model.tables import DOCUMENTS, PASSAGES, SPAN, Row, Schema, check, table

_TEXT = pl.String()
_INT = pl.Int64()
_NUMBER = pl.Float64()
UNSURE = "und"
READABLE_LANGUAGES = frozenset({"en", UNSURE})

#: One row per document. Sorted by document. start, end and quote are null for "unrelated", and start and end also
#: where the title decides and does not stand in the kept text.
DOCUMENT_STANCES: Schema = {
    "document": _TEXT,
    "name": _TEXT,
    "stance": _TEXT,  # agree, disagree, discusses, unrelated; null where the language is not read
    "start": _INT,  # the passage that decides, in the kept text
    "end": _INT,
    "quote": _TEXT,
    "cues": pl.List(SPAN),  # the words that decide
    "reason": _TEXT,  # one sentence
    "share": _NUMBER,  # 0 to 1: how much of the claim, by weight, stands in the passage
    "closeness": _NUMBER,  # 0 to 1: how near the document is to the matter of the claim
    "against": _NUMBER,  # what all passages say against it, pass on, vouch for; 0 where one passage decides alone
    "passed_on": _NUMBER,
    "vouched": _NUMBER,
}


def read_stances(documents: pl.DataFrame, passages: pl.DataFrame, *, claim: str) -> pl.DataFrame:
    """What each document says to the claim: tables.DOCUMENTS, tables.PASSAGES -> DOCUMENT_STANCES.

    claim:  one plain sentence
    raises: TableShapeError if a table lacks a column
    """
    cutter = Cutter()
    held = check(documents, DOCUMENTS, where="read_stances: documents").sort("id")
    spans = check(passages, PASSAGES, where="read_stances: passages").sort("document", "index")
    shelf = make_shelf(_texts(held, spans, cutter), cutter=cutter)
    about = {row["id"]: row for row in held.iter_rows(named=True)}
    return table(_rows(shelf, shelf.claim(claim), about), DOCUMENT_STANCES)


def judge_all(shelf: Shelf, claim: Claim) -> Iterator[tuple[Text, float, Verdict]]:
    """Every document of the shelf with its closeness and verdict."""
    for text, close in zip(shelf.texts, shelf.closeness(claim), strict=True):
        if is_related(claim, text, closeness=float(close)):
            yield text, float(close), judge_text(claim, text, words=shelf.cutter.words)
        else:
            yield text, float(close), UNRELATED


def _texts(documents: pl.DataFrame, passages: pl.DataFrame, cutter: Cutter) -> Iterator[Text]:
    spans: dict[str, list[tuple[int, int]]] = {}
    for document, start, end in passages.select("document", "start", "end").iter_rows():
        spans.setdefault(document, []).append((start, end))
    for document, title, text in documents.select("id", "title", "text").iter_rows():
        cuts = spans.get(document, [])
        repeated = title is None or any(text[a:b].strip() == title.strip() for a, b in cuts[:3])
        yield cutter.text(document, text, cuts, title=None if repeated else title)


def _rows(shelf: Shelf, claim: Claim, about: dict[str, dict[str, str | None]]) -> Iterator[Row]:
    for text, close, verdict in judge_all(shelf, claim):
        document = about[text.document]
        head: Row = {"document": text.document, "name": document["name"]}
        language = document["language"] or UNSURE
        if language not in READABLE_LANGUAGES:
            yield head | {
                "cues": [],
                "reason": f"It is written in another language ({language}); only English is read.",
            }
            continue
        kept = document["text"] or ""
        yield head | {
            "stance": verdict.stance,
            **_quote(text, verdict, kept),
            "reason": give_reason(claim, verdict),
            "share": round(verdict.evidence.share, 3) if verdict.evidence else 0.0,
            "closeness": round(close, 3),
            "against": round(verdict.against, 2),
            "passed_on": round(verdict.passed, 2),
            "vouched": round(verdict.vouched, 2),
        }


def _quote(text: Text, verdict: Verdict, kept: str) -> Row:
    """The deciding passage and its cues; offsets only where it stands in the kept text."""
    piece, evidence = verdict.piece, verdict.evidence
    if piece is None or evidence is None:
        return {"start": None, "end": None, "quote": None, "cues": []}
    in_title = piece is text.title
    source = piece.source if in_title else kept
    spans = [(piece.words.starts[first], piece.words.ends[last]) for first, last in evidence.cues]
    return {
        "start": None if in_title else piece.start,
        "end": None if in_title else piece.end,
        "quote": source[piece.start : piece.end],
        "cues": [
            {"text": source[a:b], "start": None if in_title else a, "end": None if in_title else b}
            for a, b in spans
        ],
    }
