"""re3d: names in documents on the war in Syria and Iraq, span F per label on documents never trained on.

Our labels are names only, so the gold is brought to them here (`as_names`): pronouns and descriptions ("the camp",
"our partners") are left out, articles and titles ("President") are cut off, nationality counts as NORP; weapons,
dates and quantities are not the recogniser's work. Documents that share text with the training part are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import SHARED, Job, Report, find_split, read_lines, write_predictions
from benchmarks.entities import Read, Span, one_core, own_reader, per_label, score

TYPES = {"Person": "PERSON", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP"}
ARTICLES = frozenset(
    "the a an this that these those our its their his her your my other both all some s".split()
)
PRONOUNS = frozenset("i we he she it they them us him me you who which hope all some several many".split())
TITLES = frozenset(
    """president minister secretary general gen. lt. maj. col. colonel major captain sgt. brig. prime king prince
    queen ambassador senator sen. rep. mr mr. mrs mrs. ms ms. dr dr. sheikh emir spokesman spokeswoman chairman
    director commander leader chief deputy foreign defense defence assistant special envoy sir lord spokesperson
    petty officer""".split()
)
WORD = re.compile(r"\S+")
PEOPLE = re.compile(r"[A-Z][a-z]+(?:ans|is)|Kurds|Turks|Arabs")  # "Syrians" is an Organisation in re3d
WINDOW = 8  # words: two texts that share such a run share a source


def run(job: Job) -> Report:
    """Score the unseen documents of one split."""
    one_core()
    path = find_split(job.folder("syria_entities_re3d"), job.split)
    seen = training_runs(SHARED / "corpora" / "ner" / "re3d-train.spacy")
    documents = [d for d in read_lines(path, job.limit) if not is_seen(d["text"], seen)]
    read = own_reader()
    mine = [read_text(d["text"], read) for d in documents]
    write_predictions(job.predictions, (as_row(d, m) for d, m in zip(documents, mine, strict=True)))
    gold = [[*as_names(d)] for d in documents]
    precision, recall, f = score(mine, gold)
    return Report(
        name=f"re3d {job.split}, {len(documents)} documents that the recogniser was not trained on",
        ours={"span F": f, "P": precision, "R": recall},
        peers={"first pipeline": {"span F": 76.8, "P": 76.8, "R": 76.8}},
        aim={"span F": 80},
        words=sum(len(d["text"].split()) for d in documents),
        notes=[*per_label(mine, gold)],
    )


def read_text(text: str, read: Read) -> list[Span]:
    """Names of a text as character spans: our cutter, spaCy's tokenizer, the recogniser."""
    import spacy

    from rasid.extract.syntax import clean_for_parser
    from rasid.read.passages import cut_passages

    tokenizer = spacy.blank("en").tokenizer
    docs, places = [], []
    for p in cut_passages(text):
        clean, starts, ends = clean_for_parser(text[p.start : p.end])
        docs.append(tokenizer(clean))
        places.append((p.start, starts, ends))
    found: list[Span] = []
    for doc, (start, starts, ends), spans in zip(
        docs, places, read([[t.text for t in d] for d in docs]), strict=True
    ):
        for a, b, label in spans:
            last = doc[b - 1]
            found.append((start + starts[doc[a].idx], start + ends[last.idx + len(last) - 1], label))
    return found


def as_names(document: dict[str, Any]) -> Iterator[Span]:
    """The gold mentions that are names, in our labels, without articles and titles; the longest of those nested."""
    spans = []
    for e in document["entities"]:
        if label := TYPES.get(e["type"]):
            for begin, end in parts(document["text"], e["begin"], e["end"], label):
                if cut := name_within(document["text"], begin, end, label):
                    people = label == "ORG" and PEOPLE.fullmatch(document["text"][slice(*cut)])
                    spans.append((*cut, "NORP" if people else label))
    spans.sort(key=lambda s: (s[0], -s[1]))
    after = -1
    for start, end, label in spans:
        if start >= after:
            yield start, end, label
            after = end


def parts(text: str, start: int, end: int, label: str) -> Iterator[tuple[int, int]]:
    """ "Palmyra, Syria" is two places to every other corpus, and to us."""
    separator = ", " if label == "LOC" else "\0"
    for part in text[start:end].split(separator):
        yield start, start + len(part)
        start += len(part) + len(separator)


def name_within(text: str, start: int, end: int, label: str) -> tuple[int, int] | None:
    """The name in a mention, or None for a pronoun or a description."""
    words = [(start + m.start(), m[0]) for m in WORD.finditer(text[start:end])]
    while words and words[0][1].lower() in ARTICLES:
        words = words[1:]
    if label == "PERSON":
        last_title = max((i for i, (_, w) in enumerate(words) if bare(w) in TITLES), default=-1)
        words = words[last_title + 1 :]
    if not words or bare(words[0][1]) in PRONOUNS:
        return None
    if label != "NORP" and not (words[0][1][:1].isupper() and any(c.isupper() for c in words[-1][1])):
        return None
    return words[0][0], end - 2 * text[:end].endswith(("'s", "’s"))


def bare(word: str) -> str:
    """Lower case, without the marks of direction that web pages leave."""
    return word.lower().strip("\u200e\u200f,")


def training_runs(path: Path) -> set[tuple[str, ...]]:
    """Every run of WINDOW words of the documents the recogniser was trained on; empty if they are not here."""
    if not path.exists():
        return set()
    import spacy
    from spacy.tokens import DocBin

    docs = DocBin().from_disk(path).get_docs(spacy.blank("en").vocab)
    return {run for doc in docs for run in runs(doc.text)}


def is_seen(text: str, seen: set[tuple[str, ...]]) -> bool:
    """Does a tenth of the text stand in the training part?"""
    mine = [*runs(text)]
    return bool(mine) and sum(r in seen for r in mine) > 0.1 * len(mine)


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of WINDOW words, letters and digits only."""
    words = re.findall(r"[^\W_]+", text)
    return zip(*(words[i:] for i in range(WINDOW)), strict=False)


def as_row(document: dict[str, Any], spans: Sequence[Span]) -> dict[str, Any]:
    """The prediction format of PREDICTIONS.md."""
    back = {label: kind for kind, label in TYPES.items()}
    rows = [{"begin": start, "end": end, "type": back[label]} for start, end, label in spans]
    return {"docid": document["docid"], "entities": rows}
