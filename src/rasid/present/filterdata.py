"""The search data of the claims page, as script files: a page opened from a disk may load scripts but not fetch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from rasid.present import words
from rasid.present.shelf import ClaimView, Shelf

CHUNK_BYTES = 600_000  # of one file, before its list of names; well under the 1 MB that no file may pass
_QUOTE = 400  # characters of a quote that can be searched and shown in a result
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(slots=True)
class Chunk:
    """Rows of one file. Names that repeat are kept once; rows hold their place in the list."""

    rows: list[list[object]] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    size: int = 0

    def place(self, name: str) -> int:
        """The place of a name in the list of this chunk."""
        if name not in self.names:
            self.names[name] = len(self.names)
            self.size += len(name.encode("utf-8")) + 4
        return self.names[name]

    def add(self, view: ClaimView) -> None:
        """Put a claim in. The order of a row is the order that `claims.js` reads."""
        row: list[object] = [
            view.href,
            view.number,
            words.clip(view.quote, _QUOTE),
            self.place(view.document.title),
            self.place(view.document.direction),
            self.place(view.kind),
            self.place(view.type),
            self.place(view.polarity),
            self.place(view.certainty),
            self.place(view.standing.code),
            self.place(view.standing.words),
            [self.place(voice) for voice in (*view.via, view.voice)],
            self.place(view.actor),
            self.place(view.target),
            [self.place(place) for place in view.places],
        ]
        self.rows.append(row)
        self.size += len(json.dumps(row, ensure_ascii=False).encode("utf-8")) + 1


def print_filter_data(shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """`data/claims-1.js`, `data/claims-2.js` …: a call of `rasidClaims(number, {names, rows})` each."""
    chunk, number = Chunk(), 1
    for view in shelf.claim_views():
        chunk.add(view)
        if chunk.size > CHUNK_BYTES:
            yield _file(chunk, number)
            chunk, number = Chunk(), number + 1
    if chunk.rows:
        yield _file(chunk, number)


def _file(chunk: Chunk, number: int) -> tuple[str, bytes]:
    held = {"names": list(chunk.names), "rows": chunk.rows}
    body = json.dumps(held, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
    return f"data/claims-{number}.js", f"rasidClaims({number},{body});\n".encode()
