"""RAMDocs: one question, documents that give different answers, some of them noise. Which answer does each one give?

A plain reading out of the parts of `rasid stance` (words, stems, rarity) and nothing else: the kind of answer is read
from the question, candidates of that kind are found in each passage, and the one nearest to the words asked for wins.
Documents of one answer are grouped; a document without one is noise. Kept out of the product: these are questions on
encyclopaedia entries, not on an armed conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.common import Job, Report, f_score, find_split, read_lines, write_predictions
from rasid.extract.stances.pieces import Cutter
from rasid.extract.stances.relate import read_claim
from rasid.extract.stances.shelf import make_shelf
from rasid.read.passages import cut_passages

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    rf"(?:\d{{1,2}} {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}} ?, \d{{4}}|{_MONTH} \d{{4}}|\b1\d{{3}}s?\b|\b20\d\d\b)"
)
_NUMBER = re.compile(r"\b\d{1,3}(?:,\d{3})+\b|\b\d+(?:\.\d+)?\b")
_NAME = re.compile(r"(?:[A-Z][\w'’.-]+)(?: (?:of|the|and|de|van|von|al)? ?[A-Z][\w'’.-]+){0,4}")
_PLACE = re.compile(r"\b(?:in|at|near|of) (?:the )?(" + _NAME.pattern + r"(?:, " + _NAME.pattern + r"){0,2})")
_IS_A = re.compile(r"\b(?:is|was|are|were) (?:an?|the) ((?:[\w-]+ ){0,4}[\w-]+)")
_ENDS_PHRASE = re.compile(
    r" (?:who|which|that|in|of|from|for|at|by|and|located|born|known|best|to|on|with)\b.*"
)
_SPORTS = re.compile(
    r"\b(?:ice hockey|field hockey|rugby league|rugby union|rugby|australian rules football|american football|"
    r"gaelic football|association football|football|soccer|cricket|baseball|basketball|hockey|tennis|golf|swimming|"
    r"chess|rowing|lacrosse|volleyball|handball|boxing|wrestling|cycling|athletics|polo|hurling|netball)(?:er|player)?\b",
    re.IGNORECASE,
)
_KINDS = (
    (re.compile(r"^when\b|\byear\b|\bdate\b", re.IGNORECASE), "date"),
    (re.compile(r"\b(?:population|how many|length|area|height|elevation|number)\b", re.IGNORECASE), "number"),
    (re.compile(r"\bsport\b", re.IGNORECASE), "sport"),
    (
        re.compile(
            r"^where\b|\b(?:city|country|state|location|located|county|headquarters)\b", re.IGNORECASE
        ),
        "place",
    ),
    (re.compile(r"^who\b|\b(?:artist|author|director|name|team|mascot|capital)\b", re.IGNORECASE), "name"),
)


def run(job: Job) -> Report:
    """Read every document of every question."""
    rows = list(read_lines(find_split(job.folder("contested_qa_ramdocs"), job.split), job.limit))
    shown = [read_answers(row["question"], [d["text"] for d in row["documents"]]) for row in rows]
    write_predictions(job.predictions, ({"answers": answers} for answers in shown))
    return Report(
        "ramdocs",
        score(rows, shown),
        words=sum(len(row["documents"]) for row in rows),
        unit="documents",
        notes=["No peers in hand. Answers count as equal if one contains the other, word for word."],
    )


def read_answers(question: str, texts: Sequence[str]) -> list[str | None]:
    """The answer of each document, or None."""
    cutter = Cutter()
    held = [
        cutter.text(str(i), text, [(p.start, p.end) for p in cut_passages(text)])
        for i, text in enumerate(texts)
    ]
    shelf = make_shelf(held, cutter=cutter)
    asked = read_claim(question, cutter=cutter, rarity=shelf.rarity)
    kind = next((name for pattern, name in _KINDS if pattern.search(question)), "phrase")
    answers: list[str | None] = []
    for text, words in zip(texts, held, strict=True):
        # the subject of the question must stand there, or the document is about something else
        subject = [t for t in asked.terms if t.capital]
        if subject and not any(t.stem in words.stems for t in subject):
            answers.append(None)
            continue
        found = [
            (abs(at - near) - 200 * weight, answer)
            for piece in words.pieces
            for near, weight in [_where_asked(asked.terms, piece)]
            for at, answer in _candidates(kind, text[piece.start : piece.end], piece.start, question)
        ]
        answers.append(min(found)[1] if found else None)
    return answers


def _where_asked(terms: Sequence[Any], piece: Any) -> tuple[int, float]:
    """Where the words asked for stand in a passage, and how many of the question's words it has."""
    places = [(piece.places[t.stem], t) for t in terms if t.stem in piece.places]
    common = [at for at, t in places if not t.capital]
    at = common[0] if common else (places[0][0] if places else 0)
    offset = piece.words.starts[at] if piece.words.starts else piece.start
    return offset, len(places) + 2 * len(common)


def _candidates(kind: str, text: str, start: int, question: str) -> Iterator[tuple[int, str]]:
    pattern = {"date": _DATE, "number": _NUMBER, "sport": _SPORTS, "place": _PLACE, "name": _NAME}.get(
        kind, _IS_A
    )
    asked = set(re.findall(r"\w+", question.lower()))
    for found in pattern.finditer(text):
        answer = found.group(1) if pattern.groups else found.group()
        if kind == "phrase":
            answer = _ENDS_PHRASE.sub("", answer)
        if kind == "number" and re.fullmatch(r"(?:1[5-9]|20)\d\d", answer):
            continue  # a year
        if not set(re.findall(r"\w+", answer.lower())) <= asked:
            yield start + found.start(), answer


def score(rows: Sequence[dict[str, Any]], shown: Sequence[Sequence[str | None]]) -> dict[str, float]:
    """Share of documents with the right answer (noise: none), F of the sets of answers, exact sets; per cent."""
    right = documents = quiet = noise = exact = 0
    hits = given = wanted = 0
    for row, answers in zip(rows, shown, strict=True):
        gold = row["gold_answers"] + row["wrong_answers"]
        for document, answer in zip(row["documents"], answers, strict=True):
            if document["type"] == "noise":
                noise += 1
                quiet += answer is None
            else:
                documents += 1
                right += answer is not None and same(answer, document["answer"])
        groups = group([a for a in answers if a is not None])
        found = [g for g in set(gold) if any(same(g, a) for a in groups)]
        hits, given, wanted = hits + len(found), given + len(groups), wanted + len(set(gold))
        exact += len(found) == len(set(gold)) and all(any(same(g, a) for g in gold) for a in groups)
    precision, recall, f = f_score(hits, given, wanted)
    return {
        "documents right": 100 * right / max(1, documents),
        "noise left out": 100 * quiet / max(1, noise),
        "answers P": precision,
        "answers R": recall,
        "answers F": f,
        "exact sets": 100 * exact / max(1, len(rows)),
    }


def group(answers: Sequence[str]) -> list[str]:
    """One answer of each group of equal ones."""
    kept: list[str] = []
    for answer in answers:
        if not any(same(answer, other) for other in kept):
            kept.append(answer)
    return kept


def same(one: str, other: str) -> bool:
    """Does one contain the other, word for word?"""
    left, right = (" " + " ".join(re.findall(r"\w+", t.lower().replace(",", ""))) + " " for t in (one, other))
    return bool(left.strip() and right.strip()) and (left in right or right in left)
