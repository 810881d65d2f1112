"""Put claims onto a kept text: blocks of text, segments of a block, the marks that cover each.

Claims overlap freely, HTML elements cannot. So a block is cut at every place where a claim, or the words that
carry it, begins or ends; each segment knows which claims cover it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rasid.model.values import PassageKind

MOST_CHARACTERS = 1500  # of a block: less than a screen, so that its text can stay in sight beside its claims
MOST_CLAIMS = 25  # of a block: keeps the claims beside it near their words, and a page under its size
_GAP = re.compile(r"\n[^\S\n]*\n")
_OWN_SIGN = re.compile(r"\s*(?:[-–—*•·▪◦‣●○]|\(?\w{1,3}[.)])")


@dataclass(frozen=True, slots=True)
class Mark:
    """One claim on the text.

    start, end:  its quote
    word_start, word_end: the words that carry it (trigger, else number, else the quote); its number stands after them
    """

    claim: str
    start: int
    end: int
    word_start: int
    word_end: int
    code: str

    @property
    def pin(self) -> int:
        """Where the number of the claim stands in the text."""
        return max(self.word_end, 1)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, bullet, caption or row, and the claims whose number stands in it."""

    kind: PassageKind
    start: int
    end: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a block that the same claims cover from end to end.

    covers: places of the covering claims in `Block.marks`, counted from 1
    depth:  how many claims cover it, of this block or another
    code:   standing of the claim whose carrying words these are; "" if they carry none
    ends:   places of the claims whose number follows
    """

    start: int
    end: int
    covers: tuple[int, ...]
    depth: int
    code: str
    ends: tuple[int, ...]


def cut_blocks(text: str, passages: Iterable[tuple[str, int, int]], marks: Sequence[Mark]) -> list[Block]:
    """Cut the whole text into blocks and hand each claim to the block where its number stands.

    passages: (kind, start, end) in reading order, not overlapping; what lies between goes to the next one
    marks:    of this document, any order; every mark comes back in exactly one block
    """
    ordered = sorted(marks, key=lambda mark: (mark.pin, mark.start, mark.end, mark.claim))
    pins = [mark.pin for mark in ordered]
    blocks: list[Block] = []
    at = 0
    for kind, start, end in _join(text, list(_cover(text, passages)), pins):
        mine = []
        while at < len(ordered) and (ordered[at].pin <= end or end == len(text)):
            mine.append(ordered[at])
            at += 1
        blocks.extend(_deal(_trim(text, Block(kind, start, end, tuple(mine)))))
    return blocks


def _trim(text: str, block: Block) -> Block:
    """Without the white space around it; a block of nothing else is left as it is."""
    words = text[block.start : block.end]
    if not words.strip():
        return block
    lead, tail = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
    return Block(block.kind, block.start + lead, block.end - tail, block.marks)


def _cover(text: str, passages: Iterable[tuple[str, int, int]]) -> Iterator[tuple[PassageKind, int, int]]:
    """The passages, each reaching back to the end of the one before, long ones cut; all of the text once."""
    at = 0
    for kind, _, end in passages:
        yield from _cut_long(text, PassageKind(kind), at, end)
        at = max(at, end)
    if at < len(text) or at == 0:
        yield from _cut_long(text, PassageKind.SENTENCE, at, len(text))


def _cut_long(text: str, kind: PassageKind, start: int, end: int) -> Iterator[tuple[PassageKind, int, int]]:
    while end - start > MOST_CHARACTERS:
        space = text.rfind(" ", start + MOST_CHARACTERS // 2, start + MOST_CHARACTERS)
        cut = space + 1 if space > 0 else start + MOST_CHARACTERS
        yield kind, start, cut
        start = cut
    if end > start:
        yield kind, start, end


def _join(
    text: str, parts: list[tuple[PassageKind, int, int]], pins: list[int]
) -> Iterator[tuple[PassageKind, int, int]]:
    """Join sentences to paragraphs, up to a blank line or the most that a block may hold."""
    held: tuple[PassageKind, int, int] | None = None
    for kind, start, end in parts:
        if held is None:
            held = (kind, start, end)
        elif (
            kind is held[0] is PassageKind.SENTENCE
            and end - held[1] <= MOST_CHARACTERS
            and not _GAP.match(_lead(text, start, end))
            and bisect_right(pins, end) - bisect_right(pins, held[1]) <= MOST_CLAIMS
        ):
            held = (kind, held[1], end)
        else:
            yield held
            held = (kind, start, end)
    if held is not None:
        yield held


def _lead(text: str, start: int, end: int) -> str:
    """The white space at the start of a stretch, from its first line end on."""
    stretch = text[start:end]
    lead = stretch[: len(stretch) - len(stretch.lstrip())]
    return lead[lead.find("\n") :] if "\n" in lead else ""


def _deal(block: Block) -> Iterator[Block]:
    """The block, and where it has too many claims, empty blocks after it that hold the rest."""
    for first in range(0, max(len(block.marks), 1), MOST_CLAIMS):
        start = block.start if first == 0 else block.end
        yield Block(block.kind, start, block.end, block.marks[first : first + MOST_CLAIMS])


def cut_segments(block: Block, marks: Sequence[Mark]) -> list[Segment]:
    """Cut a block where the covering claims change.

    marks: all marks that touch the block, its own among them
    """
    if block.start == block.end:
        return [Segment(block.end, block.end, (), 0, "", tuple(range(1, len(block.marks) + 1)))]
    cuts = {block.start, block.end}
    for mark in marks:
        cuts |= {mark.start, mark.end, mark.word_start, mark.word_end}
    cuts |= {mark.pin for mark in block.marks}
    places = sorted(cut for cut in cuts if block.start <= cut <= block.end)
    return [_segment(block, marks, start=a, end=b) for a, b in pairwise(places)]


def _segment(block: Block, marks: Sequence[Mark], *, start: int, end: int) -> Segment:
    covers = [n for n, mark in enumerate(block.marks, 1) if mark.start <= start and end <= mark.end]
    words = [m for m in marks if m.word_start <= start and end <= m.word_end]
    nearest = min(words, key=lambda m: (m.word_end - m.word_start, m.pin, m.claim), default=None)
    # A number whose place was trimmed away stands at the nearest end of the block.
    pins = [min(max(mark.pin, block.start + 1), block.end) for mark in block.marks]
    ends = [n for n, pin in enumerate(pins, 1) if start < pin <= end]
    return Segment(
        start,
        end,
        tuple(covers),
        sum(m.start <= start and end <= m.end for m in marks),
        nearest.code if nearest else "",
        tuple(ends),
    )


def has_own_sign(text: str) -> bool:
    """Does the text of a bullet begin with its own dash, dot or number?"""
    return _OWN_SIGN.match(text) is not None
