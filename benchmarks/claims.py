"""Texts -> claims through our whole chain: read, extract, resolve. For the programs that score claims."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rasid.extract.reader import make_reader
from rasid.model.tables import DOCUMENTS, PASSAGES, Row, as_rows, table
from rasid.read.original import read_original
from rasid.resolve.names import resolve_names

_BATCH = 200  # documents parsed together


@dataclass(frozen=True, slots=True)
class ReadText:
    """One text after the chain: the kept text that the offsets point into, and its claims in order."""

    text: str
    claims: list[Row]


def claims_of_texts(texts: Mapping[str, str], *, pipeline: str = "rasid") -> Iterator[tuple[str, ReadText]]:
    """Name of each text and what was read from it, in order; a text that could not be read has no claims."""
    reader = make_reader("rules", pipeline)
    every = list(texts)
    for names in (every[i : i + _BATCH] for i in range(0, len(every), _BATCH)):
        documents: list[Row] = []
        passages: list[Row] = []
        owner: dict[str, str] = {}
        for name in names:
            content = texts[name].encode()
            sha = hashlib.sha256(name.encode() + b"\n" + content).hexdigest()  # two equal texts stay two
            reading = read_original(content, original=sha, name=f"{name}.txt")
            documents += reading.documents
            passages += reading.passages
            owner.update((str(d["id"]), name) for d in reading.documents)
        claims, _ = reader.read(table(documents, DOCUMENTS), table(passages, PASSAGES))
        by_name: dict[str, list[Row]] = {name: [] for name in names}
        for row in as_rows(resolve_names(claims)):
            by_name[owner[str(row["document"])]].append(row)
        kept = {owner[str(d["id"])]: str(d["text"]) for d in documents}
        for name in names:
            yield name, ReadText(kept.get(name, ""), by_name[name])
