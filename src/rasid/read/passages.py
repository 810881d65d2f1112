"""Blocks of the kept text -> passages: the sentences, headings, bullets, captions and rows that claims stand in.

In: the kept text and its blocks. Out: `Passage`s in reading order that do not overlap and hold no white space at
their ends; everything in a block that is not white space lies in exactly one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from rasid.model.values import PassageKind
from rasid.read.lines import Block, find_blocks
from rasid.read.sentences import cut_pieces, cut_sentences


@dataclass(frozen=True, slots=True)
class Passage:
    """text[start:end] of a document and what it is there."""

    kind: PassageKind
    start: int
    end: int


def cut_passages(text: str, blocks: Iterable[Block] | None = None) -> list[Passage]:
    """Cut the blocks of a text into passages; without blocks the text is read as plain text."""
    found = find_blocks(text) if blocks is None else blocks
    return [passage for block in found for passage in _cut_block(text, block)]


def _cut_block(text: str, block: Block) -> Iterator[Passage]:
    match block.kind:
        case PassageKind.SENTENCE | PassageKind.BULLET | PassageKind.CAPTION:
            spans = cut_sentences(text, block.start, block.end)
        case PassageKind.HEADING | PassageKind.ROW:
            spans = cut_pieces(text, block.start, block.end)
        case _:
            assert_never(block.kind)
    for start, end in spans:
        yield Passage(block.kind, start, end)
