"""The readers: passages -> claims. One function behind a small Protocol, chosen by name in rasid.toml.

To add another (a language model, say): write a class with `name`, `version` and `read`, and name it in
`READERS`. Whatever a reader returns passes the same check: a claim whose quote is not exactly at its offsets
is dropped and becomes a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import polars as pl

from rasid.errors import BadSettings
from rasid.extract.claims import Lexicons, read_claims
from rasid.extract.syntax import (
    MAX_PASSAGE_CHARS,
    OWN_PIPELINE,
    PassageText,
    Sentence,
    load_pipeline,
    parse,
    pipeline_version,
)
from rasid.extract.voices.forwarded import find_forwarded, mark_forwarded
from rasid.extract.voices.issuer import Issuer, find_issuer, mark_issuer
from rasid.knowledge.actors import load_actors, load_places
from rasid.knowledge.certainty import load_certainty
from rasid.knowledge.figures import load_figure_words
from rasid.knowledge.vocabulary import load_vocabulary
from rasid.model import versions
from rasid.model.ids import content_id
from rasid.model.tables import CLAIMS, DOUBTS, Row, as_rows, table

if TYPE_CHECKING:
    from spacy.language import Language

#: What a rule may raise on a sentence nobody foresaw. A failed assertion is a broken promise of ours and stays loud.
RULE_FAULTS = (IndexError, KeyError, ValueError, RecursionError)
READABLE_LANGUAGES = frozenset({"en", "und"})
_WORD = re.compile(r"[^\W\d_]+")
_MAY_SAY = re.compile(
    r"[\d\"“”„«»‘’'_]|:\s*\Z|\A\s*\["
)  # a number, speech or its announcement, a file name, a speaker's label

_MAY_STATE = frozenset({"hands", "behind", "where"})  # how things stand, without a word for an event
_NONE = frozenset({"no", "not", "nobody", "single"})  # "there are no troops in Kelan"


class Reader(Protocol):
    """Reads claims from documents. Pure: the same documents give the same claims."""

    name: str

    @property
    def version(self) -> str:
        """Changes whenever the same text could give other claims."""

    def read(self, documents: pl.DataFrame, passages: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """(tables.DOCUMENTS, tables.PASSAGES of these documents) -> (tables.CLAIMS, tables.DOUBTS)."""


@dataclass
class RulesReader:
    """Rules over a dependency parse, with rules over word order as the second way."""

    pipeline: str = OWN_PIPELINE
    actors_file: Path | None = None  # more actors, of the case
    name: str = field(default="rules", init=False)

    @cached_property
    def version(self) -> str:
        return f"rules {versions.EXTRACT}, {pipeline_version(self.pipeline)}"

    def read(self, documents: pl.DataFrame, passages: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        texts = dict(documents.select("id", "text").iter_rows())
        by_document: dict[str, list[Row]] = {}
        for row in as_rows(passages):
            by_document.setdefault(str(row["document"]), []).append(row)
        parsed = self._parse(texts, by_document)
        rows: list[Row] = []
        doubts: list[Row] = []
        for document in as_rows(documents):
            document_id, text = str(document["id"]), str(document["text"])
            sentences = parsed.get(document_id, [])
            try:
                issuer = issuer_of(document)
                own = own_voice(document, issuer)
                read = read_claims(document_id, own, text, sentences, self._lexicons)
                rows += mark_forwarded(mark_issuer(read, issuer, text), find_forwarded(text), text)
            except RULE_FAULTS as error:  # one odd sentence must not cost the other documents
                doubts.append(_fault(document, error))
            doubts += _doubts(document, by_document.get(document_id, []))
        kept, refused = check_quotes(rows, texts)
        return table(_sorted(kept), CLAIMS), table(doubts + refused, DOUBTS)

    def _parse(
        self, texts: Mapping[str, str], by_document: Mapping[str, list[Row]]
    ) -> dict[str, list[Sentence]]:
        """Parse what can hold a claim, all documents in one stream so that batches are full."""
        wanted = (
            passage
            for document_id, rows in by_document.items()
            for passage in _passage_texts(document_id, texts[document_id], rows)
            if self._may_hold_claim(passage.text)
        )
        parsed: dict[str, list[Sentence]] = {}
        for sentence in parse(wanted, self._nlp):
            parsed.setdefault(sentence.document, []).append(sentence)
        return parsed

    def _may_hold_claim(self, text: str) -> bool:
        """Is the passage worth parsing? Cheap, and yes when in doubt: about one in ten is not."""
        if _MAY_SAY.search(text):
            return True
        words = set(_WORD.findall(text.lower()))
        if not _MAY_STATE.isdisjoint(words) or ("there" in words and not _NONE.isdisjoint(words)):
            return True
        lexicons = self._lexicons
        return lexicons.vocabulary.may_hold_event(words) or not self._numbers.isdisjoint(words)

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return load_figure_words().number_words

    @cached_property
    def _nlp(self) -> Language:
        return load_pipeline(self.pipeline)

    @cached_property
    def _lexicons(self) -> Lexicons:
        return Lexicons(load_vocabulary(), load_certainty(), load_actors(self.actors_file), load_places())


#: Readers by the name in rasid.toml. Each takes the name of a spaCy pipeline and the case's own list of actors.
READERS: Mapping[str, Callable[[str, Path | None], Reader]] = {"rules": RulesReader}


def make_reader(name: str, pipeline: str = OWN_PIPELINE, actors_file: Path | None = None) -> Reader:
    """The reader of this name.

    actors_file: more actors, of the case (knowledge/registry.py)
    raises:      BadSettings if there is no such reader
    """
    own = actors_file.read_bytes() if actors_file is not None else b""
    return _made_reader(name, pipeline, actors_file, own)


@lru_cache(maxsize=2)  # loading a pipeline takes a second; a worker reads many batches
def _made_reader(name: str, pipeline: str, actors_file: Path | None, _own: bytes) -> Reader:
    """`_own` is what the file holds: when a person changes it, another reader is made."""
    if name not in READERS:
        known = ", ".join(sorted(READERS))
        raise BadSettings(f"reader = {name!r} in rasid.toml is not known. Known readers: {known}.")
    return READERS[name](pipeline, actors_file)


def issuer_of(document: Row) -> Issuer | None:
    """Who issues the document by its first lines, where the file itself names neither author nor publisher."""
    return None if document["author"] or document["publisher"] else find_issuer(str(document["text"]))


def own_voice(document: Row, issuer: Issuer | None = None) -> str:
    """The name of the document's own voice: its author, publisher or issuer, or "author of <file>"."""
    named = document["author"] or document["publisher"] or (issuer.name if issuer else None)
    return str(named or f"author of {document['name']}")


def check_quotes(rows: Iterable[Row], texts: Mapping[str, str]) -> tuple[list[Row], list[Row]]:
    """Keep the claims whose words are exactly where they say; the others become doubts (law 1)."""
    kept: list[Row] = []
    doubts: list[Row] = []
    for row in rows:
        text = texts[str(row["document"])]
        wrong = next((part for part, span in _spans(row) if not _fits(text, span)), None)
        if wrong is None:
            kept.append(row)
        else:
            doubts.append(
                {
                    "id": content_id("x", "quote", str(row["id"])),
                    "stage": "extract",
                    "document": row["document"],
                    "name": str(row["type"]),
                    "what": "quote not in the text",
                    "sentence": f"A claim was left out because its {wrong} is not at its place in the text.",
                    "advice": "This is a fault of the reader, not of your file. Please report it.",
                }
            )
    return kept, doubts


def _spans(row: Row) -> Iterator[tuple[str, Row]]:
    yield "quote", {"text": row["quote"], "start": row["start"], "end": row["end"]}
    for part in ("trigger", "actor", "target", "instrument", "time", "quantity"):
        span = row.get(part)
        if isinstance(span, dict):
            yield part, span
    for part in ("places", "persons", "attribution"):
        spans = row.get(part)
        assert isinstance(spans, list)
        for span in spans:
            yield part, span
            if part == "attribution":
                said = {
                    "text": span.get("said_text"),
                    "start": span.get("said_start"),
                    "end": span.get("said_end"),
                }
                yield "time of saying", said


def _fits(text: str, span: Row) -> bool:
    start, end = span["start"], span["end"]
    if start is None:
        return span["text"] is None
    assert isinstance(start, int) and isinstance(end, int)
    return start < end and text[start:end] == span["text"]


def _passage_texts(document_id: str, text: str, rows: Iterable[Row]) -> Iterator[PassageText]:
    for row in rows:
        if row["language"] in READABLE_LANGUAGES:
            start, end = row["start"], row["end"]
            assert isinstance(start, int) and isinstance(end, int) and isinstance(row["index"], int)
            yield PassageText(document_id, row["index"], str(row["kind"]), start, text[start:end])


def _doubts(document: Row, passages: list[Row]) -> Iterator[Row]:
    """What was not read for claims: other languages, over-long passages."""
    unread = [p for p in passages if p["language"] not in READABLE_LANGUAGES]
    if unread:
        languages = ", ".join(sorted({str(p["language"]) for p in unread}))
        yield _doubt(
            document,
            "language not read",
            f"{len(unread)} of {len(passages)} passages are in another language ({languages}); "
            "Rasid kept and shows them, but reads claims from English only.",
            "Read them yourself, or add a translation as a document of its own.",
        )
    long = [p for p in passages if _length(p) > MAX_PASSAGE_CHARS]
    if long:
        yield _doubt(
            document,
            "passage too long",
            f"{len(long)} passages without a full stop are longer than {MAX_PASSAGE_CHARS} characters "
            "and were not read for claims.",
            "If this is a table, save it as a table; if it is prose, check the file.",
        )


def _fault(document: Row, error: Exception) -> Row:
    return _doubt(
        document,
        "rule failed",
        f"No claims were read from this document: a rule failed on one of its sentences ({type(error).__name__}).",
        "The text itself is kept and shown. This is a fault of Rasid; please report it with the file, if you may.",
    )


def _length(passage: Row) -> int:
    start, end = passage["start"], passage["end"]
    assert isinstance(start, int) and isinstance(end, int)
    return end - start


def _doubt(document: Row, what: str, sentence: str, advice: str) -> Row:
    return {
        "id": content_id("x", "extract", str(document["id"]), what),
        "stage": "extract",
        "original": document["original"],
        "document": document["id"],
        "name": document["name"],
        "what": what,
        "sentence": sentence,
        "advice": advice,
    }


def _sorted(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda r: (str(r["document"]), r["start"], r["end"], str(r["id"])))
