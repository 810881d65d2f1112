"""A question as asked -> what was understood: a type of event or state, who, to whom, where.

The same reader that reads reports reads the question; "who", "what" and "where" leave a role open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import polars as pl

from rasid.extract.events import read_events
from rasid.extract.found import EventFound, Stretch
from rasid.extract.names import mark_known_names
from rasid.extract.syntax import OWN_PIPELINE, PassageText, Sentence, load_pipeline, parse
from rasid.knowledge.actors import load_actors, load_places
from rasid.knowledge.vocabulary import load_vocabulary
from rasid.model.ids import content_id
from rasid.model.tables import DOUBTS, QUESTIONS, Row, table
from rasid.model.values import Polarity

if TYPE_CHECKING:
    from spacy.language import Language

_DO = frozenset({"do", "does", "did"})
_OPEN = frozenset({"who", "whom", "what", "which", "where", "when", "how", "many", "much"})


def read_questions(
    questions: Sequence[str], *, pipeline: str = OWN_PIPELINE
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(tables.QUESTIONS, tables.DOUBTS). The names in the result are as written; `resolve` settles them."""
    if not questions:
        return table([], QUESTIONS), table([], DOUBTS)
    asked = sorted(set(questions))
    nlp = load_pipeline(pipeline)
    rows = [_understood(text, nlp) for text in asked]
    doubts = [_not_understood(row) for row in rows if row["type"] is None]
    return table(sorted(rows, key=lambda r: str(r["id"])), QUESTIONS), table(doubts, DOUBTS)


def _understood(text: str, nlp: Language) -> Row:
    row: Row = {"id": content_id("q", text), "question": text, "polarity": Polarity.AFFIRMED.value}
    for wording in (text, *_as_statements(text)):
        for sentence in parse([PassageText("", 0, "sentence", 0, wording)], nlp):
            event = _main_event(sentence)
            if event is not None:
                row |= {
                    "type": event.type,
                    "actor": _role(sentence, event.actor),
                    "target": _role(sentence, event.target),
                    "place": _role(sentence, event.places[0]) if event.places else None,
                }
                return row | {"proposition": _in_words(row)}
    return row | {"proposition": "not understood", "type": None}


def _as_statements(text: str) -> Iterator[str]:
    """ "Did the Front shell Imerra?" -> "The Front will shell Imerra.": parsers take "shell" for a noun after "did".

    One wording for each word that can be a verb of the vocabulary, in order.
    """
    first, *words = text.rstrip("?؟ .").split()
    if first.casefold() in _DO:
        uses = load_vocabulary().uses
        for k in range(1, len(words)):
            if words[k].casefold() in uses:
                yield " ".join([*words[:k], "will", *words[k:]]) + "."


def _main_event(sentence: Sentence) -> EventFound | None:
    """The event nearest to the root of the question; of two equally near, the first."""
    mark_known_names(sentence, (load_actors(), load_places()))
    events = read_events(sentence, load_vocabulary())
    return min(events, key=lambda e: (_depth(sentence, e.head), e.trigger.first), default=None)


def _depth(sentence: Sentence, i: int) -> int:
    steps = 0
    while sentence.heads[i] != i and steps <= len(sentence):
        i = sentence.heads[i]
        steps += 1
    return steps


def _role(sentence: Sentence, where: Stretch | None) -> str | None:
    if where is None:
        return None
    words = sentence.lower[where.first : where.last + 1]
    return None if _OPEN.intersection(words) else sentence.words_between(where.start, where.end)


def _in_words(row: Row) -> str:
    """The proposition for the person who asked, to check: "defeat; to whom: ISIS"."""
    parts = [str(row["type"]).replace("_", " ")]
    labels = {"actor": "by whom", "target": "to whom or what", "place": "where"}
    parts += [f"{label}: {row[role]}" for role, label in labels.items() if row[role] is not None]
    return "; ".join(parts)


def _not_understood(row: Row) -> Row:
    return {
        "id": content_id("x", "question", str(row["question"])),
        "stage": "extract",
        "name": row["question"],
        "what": "question not understood",
        "sentence": "No event or state that Rasid knows was found in this question, so no voice can be placed.",
        "advice": "Ask it as one plain sentence with the deed and the names, "
        'such as "Has X been defeated?" or "Does X control Y?".',
    }
