"""The pages of one document: its kept text with each claim marked in place, long ones over several pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from rasid.model.values import PassageKind
from rasid.present import words
from rasid.present.marks import Block, Mark, Segment, cut_blocks, cut_segments, has_own_sign
from rasid.present.press import Press, pack, sheet
from rasid.present.shelf import ClaimView, DocumentView, Shelf, Spot, claim_view

_LINE_ENDS = str.maketrans("\r\n", "  ")
PAGE_BYTES = 300_000  # of text and claims; a block is at most 25 claims, so that a page stays well under 1 MB


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment as the template wants it.

    classes: for the style sheet; kN ties it to the N-th claim of the block
    ends:    (place, claim) of the claims whose number follows
    anchor:  of words that a finding quotes, where they begin; else ""
    """

    text: str
    classes: str
    note: str
    ends: tuple[tuple[int, ClaimView], ...]
    anchor: str = ""


Span = tuple[int, int]  # words of the kept text that a finding quotes and no claim stands on


def print_documents(press: Press, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """Every page of every document. Fills `shelf.spots` and `shelf.words` with where claims and quoted words stand.

    Holds one document at a time.
    """
    block = press.macro("blocks.html", "block")
    quoted = _quoted_words(shelf)
    for document in shelf.documents.values():
        yield from _print_document(press, shelf, document, render=block, quoted=quoted.get(document.id, []))


def _quoted_words(shelf: Shelf) -> dict[str, list[Span]]:
    """By document, the words that the checks quote and no claim stands on, in order."""
    held: dict[str, set[Span]] = {}
    for quote in (quote for row in shelf.tables.checks["quotes"] for quote in row):
        if quote["claim"] is None and quote["start"] is not None and quote["end"] is not None:
            held.setdefault(quote["document"], set()).add((quote["start"], quote["end"]))
    return {document: sorted(spans) for document, spans in held.items()}


def _print_document(
    press: Press,
    shelf: Shelf,
    document: DocumentView,
    *,
    render: Callable[..., Markup],
    quoted: Sequence[Span],
) -> Iterator[tuple[str, bytes]]:
    rows = {row["id"]: row for row in shelf.claim_rows(document)}
    blocks, parts = _render_blocks(shelf, document, rows, render=render, quoted=quoted)
    pages = pack(parts, most_bytes=PAGE_BYTES)
    at, claim_number = 0, 0
    for number, page in enumerate(pages, 1):
        turn = sheet(number, len(pages), stem=f"{document.id}-", first=f"{document.id}.html")
        name = dict(turn.links)[number]
        for mark in (mark for block in blocks[at : at + len(page)] for mark in block.marks):
            claim_number += 1
            shelf.spots[mark.claim] = _spot(rows[mark.claim], page=name, number=claim_number)
        for start, end in _quoted_in(quoted, blocks[at : at + len(page)]):
            shelf.words[document.id, start, end] = f"{name}#{_anchor(start)}"
        at += len(page)
        yield press.page(
            f"documents/{name}",
            "document.html",
            title=document.title,
            section="Documents",
            document=document,
            claims=len(rows),
            blocks=page,
            turn=turn,
        )


def _quoted_in(quoted: Sequence[Span], blocks: Sequence[Block]) -> list[Span]:
    """The quoted words that begin in these blocks."""
    return [span for span in quoted if any(block.start <= span[0] < block.end for block in blocks)]


def _anchor(start: int) -> str:
    return f"w{start}"


def _render_blocks(
    shelf: Shelf,
    document: DocumentView,
    rows: dict[str, dict[str, Any]],
    *,
    render: Callable[..., Markup],
    quoted: Sequence[Span],
) -> tuple[list[Block], list[Markup]]:
    """The blocks of a document that have something to show, and each as markup, numbered in reading order."""
    text = shelf.tables.documents["text"][document.row] or ""
    passages = shelf.tables.passages.slice(*document.passages).select("kind", "start", "end").rows()
    marks = [mark_of(row) for row in rows.values()]
    blocks = [block for block in cut_blocks(text, passages, marks) if block.marks or _seen(text, block)]
    views: dict[str, ClaimView] = {}
    for number, mark in enumerate((mark for block in blocks for mark in block.marks), 1):
        # Which page it comes to is known only when its block is weighed; the block itself does not say it.
        spot = _spot(rows[mark.claim], page=f"{document.id}.html", number=number)
        views[mark.claim] = claim_view(rows[mark.claim], document=document, spot=spot)
    shown = soften(text, passages)
    return blocks, [
        _render_block(
            block, text=shown, marks=marks, views=views, render=render, quoted=_quoted_in(quoted, [block])
        )
        for block in blocks
    ]


def soften(text: str, passages: Iterable[tuple[str, int, int]]) -> str:
    """The text with line ends inside a passage as spaces: they are where a line was full, not where one ended.

    As long as before, so that offsets still fit. Rows and the line ends between passages are left alone.
    """
    parts: list[str] = []
    at = 0
    for kind, start, end in passages:
        parts.append(text[at : max(at, start)])
        words = text[max(at, start) : max(at, end)]
        parts.append(words if kind == PassageKind.ROW else words.translate(_LINE_ENDS))
        at = max(at, end)
    return "".join([*parts, text[at:]])


def mark_of(row: dict[str, Any]) -> Mark:
    """The mark of a row of the claims table: its quote, and the words that carry it."""
    start, end = row["start"], row["end"]
    for span in (row["trigger"], row["quantity"]):
        if span is not None and span["start"] is not None and span["end"] is not None:
            first, last = max(span["start"], start), min(span["end"], end)
            if first < last:
                return Mark(row["id"], start, end, first, last, _standing(row).code)
    return Mark(row["id"], start, end, start, end, _standing(row).code)


def _standing(row: dict[str, Any]) -> words.Standing:
    return words.standing(row["polarity"], row["certainty"])


def _spot(row: dict[str, Any], *, page: str, number: int) -> Spot:
    voices = row["voices"]
    return Spot(page, number, _standing(row), words.clip(voices[-1], 160) if voices else "nobody named")


def _seen(text: str, block: Block) -> bool:
    return bool(text[block.start : block.end].strip())


def _render_block(
    block: Block,
    *,
    text: str,
    marks: list[Mark],
    views: dict[str, ClaimView],
    render: Callable[..., Markup],
    quoted: Sequence[Span],
) -> Markup:
    near = [mark for mark in marks if mark.start < block.end and block.start < mark.end] or list(block.marks)
    anchors = {start: _anchor(start) for start, _ in quoted}
    segments = _cut_at(cut_segments(block, near), [place for span in quoted for place in span])
    pieces = [
        replace(_piece(segment, block, text, views), anchor=anchors.get(segment.start, ""))
        for segment in segments
    ]
    cards = [views[mark.claim] for mark in block.marks]
    bare = block.kind is PassageKind.BULLET and not has_own_sign(text[block.start : block.end])
    return render(kind=block.kind.value, bare=bare, pieces=pieces, cards=cards)


def _cut_at(segments: Iterable[Segment], places: Sequence[int]) -> Iterator[Segment]:
    """The segments, cut at these places too. The numbers of claims stay after the last part."""
    for segment in segments:
        inner = sorted({place for place in places if segment.start < place < segment.end})
        for start, end in pairwise((segment.start, *inner, segment.end)):
            yield replace(segment, start=start, end=end, ends=segment.ends if end == segment.end else ())


def _piece(segment: Segment, block: Block, text: str, views: dict[str, ClaimView]) -> Piece:
    classes = [f"k{n}" for n in segment.covers]
    if segment.depth:
        classes.append(f"said d{min(segment.depth, 3)}")
    if segment.code:
        classes.append(f"word {segment.code}")
    carried = [
        views[mark.claim]
        for mark in block.marks
        if segment.code and mark.word_start <= segment.start and segment.end <= mark.word_end
    ]
    note = " · ".join(f"{view.number} {view.type}, {view.standing.words}" for view in carried[:3])
    ends = tuple((n, views[block.marks[n - 1].claim]) for n in segment.ends)
    return Piece(text[segment.start : segment.end], " ".join(classes), note, ends)
