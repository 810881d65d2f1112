"""Passages -> parsed sentences: the one place that knows spaCy.

Each passage is parsed alone and never cut again by the parser: the cutter in `read` knows more about where
sentences end than the parser does ("Assad regularly shells Idlib" was cut after "shells"). The parser sees
a cleaned copy (one space between words, percent signs mended, capitals undone in passages that are capitals
throughout); every token keeps its place in the kept text.

In: passages with their words. Out: `Sentence`, plain lists in Universal Dependencies, whichever pipeline made them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, cast

from rasid.errors import BadSettings
from rasid.extract.capitals import restore_case, restore_title

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from thinc.types import Ints2d

OWN_PIPELINE = "rasid"  # the name in rasid.toml of the pipeline that ships with the package
MAX_PASSAGE_CHARS = 4_000  # a longer passage is a table dump or a list without stops; parsing it is noise

# Labels of spaCy's own English pipelines (ClearNLP) and what they are called in Universal Dependencies.
_TO_UNIVERSAL = {
    "dobj": "obj",
    "dative": "iobj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "neg": "advmod",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "prt": "compound:prt",
    "npadvmod": "obl:unmarked",
    "predet": "det:predet",
    "nmod": "nmod",
    "ROOT": "root",
}
_TO_ENTITY = {"GPE": "LOC", "FAC": "LOC", "PER": "PERSON"}
_ENTITY_LABELS = {"PERSON", "ORG", "LOC", "NORP"}

_BROKEN_PERCENT = re.compile(r"(?:(?<=\d)|(?<=\d\s))(?:°\s?/\s?°|º\s?/\s?º|o\s?/\s?o\b|٪|％|﹪)")
_SPACES = re.compile(r"[\s\u00a0\u200b\u200e\u200f\ufeff]+")
_GLUED_STOP = re.compile(r"(?<=[a-zA-Z\d])([,;:])(?=[a-zA-Z])")  # "happening,and"
# Any sign that a passage needs cleaning; most need none, and the way letter by letter is slow.
_MESS = re.compile(r"[^\S ]|  |\A | \Z|[\u200b\u200e\u200f\ufeff°º`٪％﹪]|\d\s?o\s?/|[a-zA-Z\d][,;:][a-zA-Z]")
_FILE_NAME = re.compile(
    r"[^\W_]+(?:_[^\W_]+){2,}"
)  # "Ali_Hassan_was_taken_in_2013": words in a file name or link
_STRAY_QUOTE = re.compile(r"(?<=\s)`(?=\w)|(?<=\w)`(?=\w)")  # "is`escalating", "`displacement"


@dataclass(frozen=True, slots=True)
class PassageText:
    """One passage to parse: where it stands and its words in the kept text."""

    document: str
    index: int
    kind: str
    start: int
    text: str


@dataclass(slots=True)
class Sentence:
    """A parsed passage as plain lists, one entry per token.

    starts, ends: offsets into the kept text of the document, not into `text`
    heads:        index of the head in this sentence; the root is its own head
    deps:         Universal Dependencies labels, the root is "root"
    entities:     (first token, token after the last, label) with PERSON, ORG, LOC or NORP
    """

    document: str
    index: int
    kind: str
    start: int
    text: str
    words: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    starts: list[int]
    ends: list[int]
    entities: list[tuple[int, int, str]] = field(default_factory=list)
    lower: list[str] = field(init=False)
    children: list[list[int]] = field(init=False)
    labels: list[str] = field(init=False)  # entity label of each token or ""

    def __post_init__(self) -> None:
        self.lower = [word.lower() for word in self.words]
        self.children = [[] for _ in self.words]
        for i, head in enumerate(self.heads):
            if head != i:
                self.children[head].append(i)
        self.labels = [""] * len(self.words)
        for first, after, label in self.entities:
            for i in range(first, after):
                self.labels[i] = label

    def __len__(self) -> int:
        return len(self.words)

    def root(self) -> int:
        """The token that hangs on nothing (the first, if a foreign pipeline gives several)."""
        return next((i for i, head in enumerate(self.heads) if head == i), 0)

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of token `i` with one of these labels."""
        return next((c for c in self.children[i] if self.deps[c] in deps), None)

    def all_children(self, i: int, *deps: str) -> list[int]:
        """The children of token `i` with one of these labels, in order."""
        return [c for c in self.children[i] if self.deps[c] in deps]

    def subtree(self, i: int) -> list[int]:
        """Token `i` and everything below it, in order of the text. Safe against cycles."""
        seen = {i}
        stack = [i]
        while stack:
            for c in self.children[stack.pop()]:
                if c not in seen:
                    seen.add(c)
                    stack.append(c)
        return sorted(seen)

    def chars(self, first: int, last: int) -> tuple[int, int]:
        """Offsets in the kept text from token `first` to token `last`, both included."""
        return self.starts[first], self.ends[last]

    def words_between(self, start: int, end: int) -> str:
        """The kept text between two offsets of the document that lie in this passage."""
        return self.text[start - self.start : end - self.start]


@lru_cache(maxsize=1)  # reports and questions are read by the same one; loading takes a third of a second
def load_pipeline(name: str = OWN_PIPELINE) -> Language:
    """The spaCy pipeline of this name: `rasid` for our own, else an installed package or a folder.

    raises: BadSettings if there is no such pipeline
    """
    import spacy  # slow to import (over half a second): only when something is to be parsed

    if name == OWN_PIPELINE:
        from rasid.extract.entity_component import add_entities

        return add_entities(spacy.load(Path(str(resources.files("rasid.knowledge") / "pipeline"))))
    try:
        return spacy.load(name)
    except OSError as error:
        raise BadSettings(
            f"pipeline = {name!r} in rasid.toml is neither an installed spaCy package nor a folder with one. "
            "Install it, or remove the line to use the pipeline that ships with Rasid."
        ) from error


def pipeline_version(name: str = OWN_PIPELINE) -> str:
    """Name and version of the pipeline, without loading it when it is our own."""
    if name == OWN_PIPELINE:
        import json

        folder = resources.files("rasid.knowledge")
        metas = [
            json.loads((folder / part / "meta.json").read_text("utf-8")) for part in ("pipeline", "entities")
        ]
        return " + ".join(f"{meta['name']}-{meta['version']}" for meta in metas)
    loaded = load_pipeline(name)
    return f"{loaded.meta['name']}-{loaded.meta['version']}"


def parse(passages: Iterable[PassageText], nlp: Language, *, batch_size: int = 256) -> Iterator[Sentence]:
    """Parse passages in order. Passages without a letter, and over-long ones, are left out."""

    def docs() -> Iterator[tuple[Doc, tuple[PassageText, Sequence[int], Sequence[int]]]]:
        for passage in passages:
            if len(passage.text) > MAX_PASSAGE_CHARS:
                continue
            clean, starts, ends = clean_for_parser(passage.text)
            if not any(c.isalpha() for c in clean):
                continue
            made = nlp.make_doc(clean)
            made.from_array(["SENT_START"], _one_sentence(len(made)))
            yield made, (passage, starts, ends)

    for doc, (passage, starts, ends) in nlp.pipe(docs(), as_tuples=True, batch_size=batch_size):
        yield _sentence(doc, passage, starts, ends)


def _one_sentence(tokens: int) -> Ints2d:
    """The column that tells the parser: a sentence starts at the first token and nowhere else."""
    import numpy as np

    column = np.full((tokens, 1), -1, dtype=np.int64)
    column[:1] = 1
    return cast("Ints2d", column.view(np.uint64))


def clean_for_parser(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """A copy that the parser reads well, and where each of its characters starts and ends in `text`.

    White space becomes one space, broken percent signs become "%", a stop glued to the next word gets a
    space, stray back quotes go, words joined by underscores as in file names are parted, and a passage in
    capitals throughout, or with a capital on every word, gets the case that it would have had (capitals.py).
    """
    clean: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put(letters: str, start: int, end: int) -> None:
        clean.append(letters)
        starts.append(start)
        ends.append(end)

    if not _MESS.search(text) and not _FILE_NAME.search(text):
        whole = range(len(text))
        return _with_usual_case(text), whole, range(1, len(text) + 1)
    joints = {i for m in _FILE_NAME.finditer(text) for i in range(*m.span()) if text[i] == "_"}
    i = 0
    while i < len(text):
        if i in joints:
            put(" ", i, i + 1)
            i += 1
        elif m := _SPACES.match(text, i):
            if clean and m.end() < len(text):
                put(" ", i, m.end())
            i = m.end()
        elif m := _BROKEN_PERCENT.match(text, i):
            put("%", i, m.end())
            i = m.end()
        elif _STRAY_QUOTE.match(text, i):
            if clean and clean[-1] != " ":
                put(" ", i, i + 1)
            i += 1
        else:
            put(text[i], i, i + 1)
            if _GLUED_STOP.match(text, i):
                put(" ", i + 1, i + 1)
            i += 1
    joined = "".join(clean)
    return _with_usual_case(joined), starts, ends


def _with_usual_case(text: str) -> str:
    return restore_case(text) if _all_capitals(text) else restore_title(text)


def _all_capitals(text: str) -> bool:
    """Capitals throughout, and long enough that it is not just an acronym or two."""
    return sum(c.isupper() for c in text) >= 12 and not any(c.islower() for c in text)


def _sentence(doc: Doc, passage: PassageText, starts: Sequence[int], ends: Sequence[int]) -> Sentence:
    """Plain lists from a parsed Doc, offsets moved to the kept text."""
    columns = doc.to_array(["HEAD", "DEP", "POS", "TAG", "LEMMA", "IDX", "LENGTH"]).T
    heads = [i + int(step) for i, step in enumerate(columns[0].astype("int64").tolist())]
    strings = doc.vocab.strings
    dep_ids, pos_ids, tag_ids, lemma_ids, places, lengths = (column.tolist() for column in columns[1:])
    names = [strings[dep] for dep in dep_ids]
    deps = [_TO_UNIVERSAL.get(name, name) for name in names]
    if "pobj" in deps or "attr" in deps or "acomp" in deps:  # a pipeline with ClearNLP labels
        deps, heads = _prepositions_to_case(deps, heads)
    text = doc.text
    return Sentence(
        document=passage.document,
        index=passage.index,
        kind=passage.kind,
        start=passage.start,
        text=passage.text,
        words=[text[place : place + length] for place, length in zip(places, lengths, strict=True)],
        lemmas=[strings[lemma].lower() for lemma in lemma_ids],
        pos=[strings[pos] for pos in pos_ids],
        tags=[strings[tag] for tag in tag_ids],
        deps=deps,
        heads=heads,
        starts=[passage.start + starts[place] for place in places],
        ends=[passage.start + ends[p + n - 1] for p, n in zip(places, lengths, strict=True)],
        entities=[
            (e.start, e.end, label)
            for e in doc.ents
            if (label := _TO_ENTITY.get(e.label_, e.label_)) in _ENTITY_LABELS
        ],
    )


def _prepositions_to_case(deps: list[str], heads: list[int]) -> tuple[list[str], list[int]]:
    """Turn ClearNLP's `attacked -prep-> in -pobj-> Idlib` into `attacked -obl-> Idlib -case-> in`, and
    `is -attr-> threat` into `threat -cop-> is`, which is how the rules expect it."""
    deps, heads = list(deps), list(heads)
    for i, dep in enumerate(deps):
        if dep == "pobj" and deps[heads[i]] in {"prep", "agent"}:
            preposition = heads[i]
            by_agent = deps[preposition] == "agent"
            heads[i], heads[preposition] = heads[preposition], i
            deps[i] = "obl:agent" if by_agent else "obl"
            deps[preposition] = "case"
    for i, dep in enumerate(list(deps)):
        if dep in {"attr", "acomp"}:
            copula = heads[i]
            is_root = heads[copula] == copula
            heads[i] = i if is_root else heads[copula]
            deps[i] = deps[copula]
            for j, head in enumerate(heads):
                if head == copula and j not in (i, copula):
                    heads[j] = i
            heads[copula], deps[copula] = i, "cop"
    return deps, heads
