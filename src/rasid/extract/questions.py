"""A question as asked -> what was understood: its kind, a type of event or state, who, to whom, where, since when.

The same reader that reads reports reads the question. A question turns words round ("Did the Front shell
Imerra?"), so it is also read as the statements it could come from; the reading that fills most roles is taken.
"Who", "where" and "how many" leave a role open: that is what is asked. A question in which no event is found
still stands, by its words, and says that it is weaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import polars as pl

from rasid.extract.events import read_events
from rasid.extract.found import EventFound, Stretch
from rasid.extract.names import mark_known_names
from rasid.extract.syntax import OWN_PIPELINE, PassageText, Sentence, load_pipeline, parse
from rasid.extract.times import read_times
from rasid.extract.wordings import AUXILIARY, Wording, as_statements, at_a_place, fixed_wordings, of_means
from rasid.knowledge.actors import load_actors, load_places
from rasid.knowledge.question_types import load_question_kinds
from rasid.knowledge.vocabulary import load_vocabulary
from rasid.model.ids import content_id
from rasid.model.tables import DOUBTS, QUESTIONS, Row, table
from rasid.model.values import Polarity

if TYPE_CHECKING:
    from spacy.language import Language


class Asks(StrEnum):
    """What the answer is: yes or no, a party, a person harmed, a place, a number, what became of a person."""

    WHETHER = "whether"
    WHO = "who"
    WHOM = "whom"
    WHERE = "where"
    HOW_MANY = "how many"
    FATE = "fate"


@dataclass(frozen=True, slots=True)
class _Reading:
    sentence: Sentence
    event: EventFound
    wording: Wording
    full: int  # roles filled


_OPEN = frozenset(
    {"who", "whom", "whose", "what", "which", "where", "when", "how", "many", "much", "anybody", "anyone"}
)
_BE = frozenset({"is", "are", "was", "were"})
_IN_NAMES = frozenset({"al", "el", "-", "of"})
_TITLES = frozenset(
    "mr mrs ms dr sister brother father sheikh imam president minister general colonel major captain".split()
)
_NOBODY = (["they"], ["it"], ["there"])  # in our own wordings

_HOW_MANY = re.compile(
    r"\Ahow (?:many|much)\s+(?:more\s+)?(?:of\s+)?(?:the\s+)?(?P<unit>[\w-]+(?:\s+[\w-]+)?)", re.I
)
_WHERE = re.compile(
    r"\A(?:where (?:is|are|was|were)|what (?:happened to|became of|has become of|is the fate of))\s+"
    r"(?P<who>.+?)(?:\s+now|\s+being held|\s+held)?\Z",
    re.I,
)
_ALIVE = re.compile(r"\A(?:is|are|was|were)\s+(?P<who>.+?)\s+(?:still\s+)?alive\Z", re.I)
_LITTLE = frozenset(
    "a an the of in on at to by for from with and or is are was were be been being has have had do does did will "
    "would can could still any there their its his her it they he she this that these those not no over into "
    "really ever now yet more many much how who whom what which where when why".split()
)


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
    plain = text.strip().rstrip("?؟ .!")
    asks, unit = _asks(plain)
    row: Row = {
        "id": content_id("q", text),
        "question": text,
        "polarity": Polarity.AFFIRMED.value,
        "asks": asks.value,
        "unit": unit,
        "terms": _terms(plain),
    } | _when(text, nlp)
    reading = _best_reading(text, plain, nlp)
    fate = _fate(plain, reading, nlp)
    if fate is not None:
        row |= fate
    elif reading is not None:
        row |= _roles(reading) | {"polarity": reading.wording.polarity.value}
        row["kind"] = _kind(reading, asks, row)
    else:
        row |= {"type": None, "kind": "words"}
    return row | {"proposition": _in_words(row)}


# --- what is asked --------------------------------------------------------------------------------------------


def _asks(plain: str) -> tuple[Asks, str | None]:
    """What the answer is, and for "how many" what is counted."""
    counted = _HOW_MANY.match(plain)
    if counted is not None:
        unit = next((w for w in counted["unit"].split() if w.casefold() not in _LITTLE | AUXILIARY), None)
        return Asks.HOW_MANY, unit
    match plain.split(maxsplit=1)[0].casefold() if plain else "":
        case "who" | "whose" | "which" | "what":
            return (Asks.WHO if not plain.casefold().startswith("what") else Asks.WHETHER), None
        case "whom":
            return Asks.WHOM, None
        case "where":
            return Asks.WHERE, None
        case _:
            return Asks.WHETHER, None


def _when(text: str, nlp: Language) -> Row:
    """The days the question is limited to; none where it names none or one that hangs on "now"."""
    for sentence in parse([PassageText("", 0, "sentence", 0, text)], nlp):
        for found in read_times(sentence):
            first, last = found.span.first_day, found.span.last_day
            return {
                "first_day": first.isoformat() if first else None,
                "last_day": last.isoformat() if last else None,
            }
    return {"first_day": None, "last_day": None}


def _terms(plain: str) -> list[str]:
    """The words that carry the question, for one that no type fits."""
    words = [w.strip(",;:'\"()") for w in plain.split()]
    return [w for w in dict.fromkeys(words) if w and w.casefold() not in _LITTLE]


# --- the reading ----------------------------------------------------------------------------------------------


def _best_reading(text: str, plain: str, nlp: Language) -> _Reading | None:
    """The reading with most roles; of two alike the question as it stands, then the first wording."""
    fixed = list(fixed_wordings(plain))
    found = [r for wording in fixed if (r := _read(wording, nlp)) is not None]
    if not found:
        wordings = [Wording(text), *(Wording(t, turned=True) for t in as_statements(plain))]
        found = [r for wording in wordings if (r := _read(wording, nlp)) is not None]
        found = found or [r for wording in wordings if (r := _read(wording, nlp, unknown=True)) is not None]
        found = found or [r for wording in at_a_place(plain) if (r := _read(wording, nlp)) is not None]
        found = found or [r for wording in of_means(plain) if (r := _read(wording, nlp)) is not None]
    return max(found, key=lambda r: (r.full, not r.wording.turned), default=None)


def _read(wording: Wording, nlp: Language, *, unknown: bool = False) -> _Reading | None:
    """unknown: a name that no list knows is taken for a place: "Who controls Wad Marwi?" """
    for sentence in parse([PassageText("", 0, "sentence", 0, wording.text)], nlp):
        mark_known_names(sentence, (load_actors(), load_places()))
        if unknown:
            _mark_last_name(sentence)
        events = read_events(sentence, load_vocabulary())
        event = min(events, key=lambda e: (_depth(sentence, e.head), e.trigger.first), default=None)
        if event is not None:
            event = _with_names(sentence, event)
            roles = {event.actor, event.target, *event.places[:1]} - {None}
            return _Reading(sentence, event, wording, len(roles))
    return None


def _mark_last_name(sentence: Sentence) -> None:
    """Call the name with which the sentence ends a place, unless it is a known one or has a title."""
    after = len(sentence)
    while after and not sentence.words[after - 1][:1].isalnum():
        after -= 1
    first = after
    while first > 1 and (sentence.words[first - 1][:1].isupper() or sentence.lower[first - 1] in _IN_NAMES):
        first -= 1
    while first < after and not sentence.words[first][:1].isupper():
        first += 1
    name = sentence.words_between(sentence.starts[first], sentence.ends[after - 1]) if first < after else ""
    if not name or sentence.lower[first] in _TITLES or load_actors().find(name) is not None:
        return
    others = [entity for entity in sentence.entities if entity[1] <= first or entity[0] >= after]
    sentence.entities = sorted([*others, (first, after, "LOC")])
    for i in range(first, after):
        sentence.labels[i] = "LOC"


def _with_names(sentence: Sentence, event: EventFound) -> EventFound:
    """The event with the place of its target: "the attack on the hospital in Idlib" happened in Idlib."""
    if event.places or event.target is None:
        return event
    for first, after, label in sentence.entities:
        if label == "LOC" and event.target.last < first and sentence.lower[first - 1] in {"in", "at", "near"}:
            where = Stretch(first, after - 1, sentence.starts[first], sentence.ends[after - 1])
            return replace(event, places=(where,))
    return event


def _depth(sentence: Sentence, i: int) -> int:
    steps = 0
    while sentence.heads[i] != i and steps <= len(sentence):
        i = sentence.heads[i]
        steps += 1
    return steps


def _roles(reading: _Reading) -> Row:
    event, sentence = reading.event, reading.sentence
    if event.target is None and _is_passive(sentence, event):
        event = replace(event, actor=None, target=event.actor)
    return {
        "type": event.type,
        "actor": _role(sentence, event.actor),
        "target": _role(sentence, event.target),
        "place": _role(sentence, event.places[0]) if event.places else None,
    }


def _is_passive(sentence: Sentence, event: EventFound) -> bool:
    """ "Is the Front defeated?": a parser takes the one it befell for the one who did it."""
    last = event.trigger.last
    return (
        event.actor is not None
        and not _BE.isdisjoint(sentence.lower[:last])
        and sentence.lower[last].endswith(("ed", "en"))
        and event.actor.last < last
    )


def _role(sentence: Sentence, where: Stretch | None) -> str | None:
    if where is None:
        return None
    words = sentence.lower[where.first : where.last + 1]
    if _OPEN.intersection(words) or words in _NOBODY:
        return None
    last = where.last
    while last + 1 < len(sentence) and all(sentence.words[k][:1].isupper() for k in (last, last + 1)):
        last += 1  # a name of two words that the parser cut: "Dar" and "Aitha"
    return sentence.words_between(where.start, sentence.ends[last])


# --- the kind -------------------------------------------------------------------------------------------------


def _kind(reading: _Reading, asks: Asks, row: Row) -> str:
    """The kind of question; see knowledge/question_types."""
    if asks is Asks.HOW_MANY:
        return "number"
    if reading.wording.kind is not None:
        return reading.wording.kind
    kinds = load_question_kinds()
    kind = kinds.of_type(reading.event.type)
    if kind == "fate" and not (asks is Asks.WHETHER and _is_person(reading.sentence, reading.event.target)):
        kind = "occurrence"
    if kind == "occurrence" and asks is Asks.WHO and row["actor"] is None:
        return "responsibility"
    if kind == "occurrence" and asks is Asks.WHETHER and kinds.weapon_in(str(row["question"])) is not None:
        return "means"
    return kind


def _is_person(sentence: Sentence, where: Stretch | None) -> bool:
    """One human being by name, as far as can be seen: no known actor, no place, written with capitals."""
    if where is None:
        return False
    words = sentence.words_between(where.start, where.end)
    known = load_actors().find(words)
    if known is not None:
        return known.kind == "person"
    if load_places().find(words) is not None:
        return False
    if "NORP" in {sentence.labels[i] for i in range(where.first, where.last + 1)}:
        return False
    parts = [part for word in words.split() for part in word.split("-")]
    return words[:1].isupper() and all(part[:1].isupper() for part in parts if len(part) > 3)


def _fate(plain: str, reading: _Reading | None, nlp: Language) -> Row | None:
    """ "Where is X?", "What happened to X?", "Is X alive?" of a person; of a group it is where it is present."""
    if asked := _ALIVE.match(plain):
        return _fate_row(asked["who"], Asks.WHETHER, Polarity.DENIED)
    asked = _WHERE.match(plain)
    if asked is None or (reading is not None and reading.full > 1):
        return None
    who = asked["who"]
    known = load_actors().find(who)
    if known is not None and known.kind != "person":
        if not plain.casefold().startswith("where"):
            return None
        return {
            "kind": "presence", "type": "presence", "actor": who, "target": None, "place": None,
            "asks": Asks.WHERE.value,
        }  # fmt: skip
    return _fate_row(who, Asks.FATE, Polarity.AFFIRMED)


def _fate_row(who: str, asks: Asks, polarity: Polarity) -> Row:
    return {
        "kind": "fate", "type": "death", "actor": None, "target": who, "place": None,
        "asks": asks.value, "polarity": polarity.value,
    }  # fmt: skip


# --- in words -------------------------------------------------------------------------------------------------

_ASKED = {
    Asks.WHETHER: "whether",
    Asks.WHO: "who it is",
    Asks.WHOM: "to whom",
    Asks.WHERE: "where it is",
    Asks.HOW_MANY: "how many",
    Asks.FATE: "what became of the person",
}


def _in_words(row: Row) -> str:
    """The proposition for the person who asked, to check: "defeat; to whom: ISIS"."""
    if row["type"] is None:
        return "no event that Rasid knows; compared by its words alone, which is weaker: " + ", ".join(
            str(term) for term in _listed(row["terms"])
        )
    parts = [str(row["type"]).replace("_", " ")]
    if row["kind"] == "over":
        parts = [
            ("is it over: " if row["polarity"] == Polarity.AFFIRMED.value else "does it go on: ") + parts[0]
        ]
    elif row["kind"] == "fate" and row["polarity"] == Polarity.DENIED.value:
        parts = ["alive, not dead"]
    asks = Asks(str(row["asks"]))
    if asks is not Asks.WHETHER:
        counted = f" {row['unit']}" if row["unit"] else ""
        parts.append(f"asked: {_ASKED[asks]}{counted}")
    labels = {"actor": "by whom", "target": "to whom or what", "place": "where"}
    parts += [f"{label}: {row[role]}" for role, label in labels.items() if row[role] is not None]
    if row["first_day"] or row["last_day"]:
        parts.append(f"when: {row['first_day'] or '…'} to {row['last_day'] or '…'}")
    return "; ".join(parts)


def _listed(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def _not_understood(row: Row) -> Row:
    return {
        "id": content_id("x", "question", str(row["question"])),
        "stage": "extract",
        "name": row["question"],
        "what": "question not understood",
        "sentence": "No event or state that Rasid knows was found in this question. It is compared with the claims by "
        "its words alone, so its stances are weak.",
        "advice": "Ask it as one plain sentence with the deed and the names, "
        'such as "Has X been defeated?" or "Does X control Y?".',
    }
