"""Pieces of text -> one kept text with its blocks. Used by the readers whose text is put together by an extractor."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rasid.model.values import PassageKind
from rasid.read.lines import Block, find_blocks

_INLINE_SPACE = re.compile(r"[^\S\n\u00a0]+")
_AROUND_NEWLINE = re.compile(r" ?\n[ \n]*")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


@dataclass(slots=True)
class TextBuilder:
    """Collects blocks in reading order. Paragraphs stand an empty line apart, bullets and rows a line."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0
    last: PassageKind | None = None

    def add(self, words: str, kind: PassageKind) -> None:
        """Add one block; white space in it is folded, empty ones are dropped."""
        clean = fold_space(words)
        if not clean:
            return
        if self.parts:
            close = kind is self.last and kind in (PassageKind.BULLET, PassageKind.ROW)
            self._append("\n" if close else "\n\n")
        start = self.length
        self._append(clean)
        self.last = kind
        if kind is PassageKind.SENTENCE and "\n" in clean:  # line breaks inside: let the lines speak
            self.blocks += [Block(start + b.start, start + b.end, b.kind) for b in find_blocks(clean)]
        else:
            self.blocks.append(Block(start, self.length, kind))

    def text(self) -> str:
        """The kept text so far."""
        return "".join(self.parts)

    def _append(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)


def fold_space(words: str) -> str:
    """One space for each run of white space, line breaks kept as single ones, control characters gone."""
    plain = _CONTROL.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    return _AROUND_NEWLINE.sub("\n", _INLINE_SPACE.sub(" ", plain)).strip()
