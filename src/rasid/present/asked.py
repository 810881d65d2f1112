"""The pages of the questions: a column per stance, a card per voice, the contradictions side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from markupsafe import Markup

from rasid.model.values import Stance
from rasid.present import words
from rasid.present.activity_beside import beside_views
from rasid.present.activity_book import Book
from rasid.present.briefs import print_briefs
from rasid.present.press import Press, pack, sheet, sheets
from rasid.present.rivals import axis_view, matrix_view, missing_notes
from rasid.present.shelf import Shelf
from rasid.present.voice_cards import group_cards, group_voices

COLUMN_BYTES = 110_000  # of one stance on one page; four columns and the conflicts stay under 1 MB
MOST_QUOTES = 12  # of one voice on a card; more are counted in words
MERE_DIFFERENCES = frozenset({"different date", "different base", "different place"})
_IN_SHORT = {
    "conflicts": "outright",
    "conflicts unless the time differs": "unless the time differs",
    "differs in degree": "only in degree",
}
_ANSWERS = 5  # columns of answers to "who"; the others share one
_LIST = 60  # questions on a page of the list
_HEADINGS = {
    Stance.AFFIRMS: "Affirms",
    Stance.PARTLY: "Partly",
    Stance.DENIES: "Denies",
    Stance.UNCLEAR: "Unclear",
}


@dataclass(frozen=True, slots=True)
class QuoteView:
    """A quote with the address of its claim. number: of the claim in its document, 0 if unknown."""

    text: str
    href: str
    direction: str
    document: str
    number: int
    standing: words.Standing | None
    voice: str


@dataclass(frozen=True, slots=True)
class VoiceCard:
    """What one voice, heard through `via`, says to a question; best quote first."""

    voice: str
    via: tuple[str, ...]
    directness: str
    date: str | None
    rule: str
    quotes: tuple[QuoteView, ...]
    concessions: tuple[QuoteView, ...]
    answer: str | None
    unshown: int
    also: tuple[AlsoView, ...]
    most_also: int = 60  # of these that stand on the card


@dataclass(frozen=True, slots=True)
class AlsoView:
    """Where else the same is told: through whom, under which name if another, on which day."""

    voice: str
    via: tuple[str, ...]
    date: str | None
    quote: QuoteView


@dataclass(frozen=True, slots=True)
class ConflictView:
    """Two sides that cannot both be right, or only under the condition in `kind`."""

    kind: str
    reason: str
    quotes: tuple[QuoteView, ...]
    unshown: int


@dataclass(frozen=True, slots=True)
class Side:
    """One column of a question in short: a stance, or an answer to "who"; how many voices, the first few names.

    key: of this column among those of its question; code: how it is drawn
    """

    key: str
    code: str
    heading: str
    voices: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question and its state in one line.

    conflicts, differences: pairs that cannot both be right; pairs that only look so, by date, place or what they count
    """

    id: str
    question: str
    proposition: str
    understood: bool
    asks: str | None
    sides: tuple[Side, ...]
    conflicts: int
    differences: int

    @property
    def voices(self) -> int:
        """Voices that speak to it, one counted on each side it takes."""
        return sum(side.voices for side in self.sides)


def question_views(shelf: Shelf) -> list[QuestionView]:
    """The questions with the count of voices on each side, those that were understood first."""
    views = [_question_view(shelf, row) for row in shelf.tables.questions.iter_rows(named=True)]
    return sorted(views, key=lambda view: not view.understood)


def _question_view(shelf: Shelf, row: dict[str, Any]) -> QuestionView:
    kinds = shelf.tables.conflicts.filter(pl.col("question") == row["id"])["kind"].to_list()
    differences = sum(kind in MERE_DIFFERENCES for kind in kinds)
    return QuestionView(
        id=row["id"],
        question=words.clip(row["question"] or ""),
        proposition=words.clip(row["proposition"] or ""),
        understood=row["type"] is not None,
        asks=row["asks"],
        sides=tuple(side for side, _ in _sided(shelf, row["id"], asks=row["asks"])),
        conflicts=len(kinds) - differences,
        differences=differences,
    )


def _sided(shelf: Shelf, question: str, *, asks: str | None) -> list[tuple[Side, list[dict[str, Any]]]]:
    """The columns with their rows: of yes or no the four stances, else the answers that voices give."""
    rows = shelf.tables.stances.filter(pl.col("question") == question).to_dicts()
    if asks in (None, "whether"):
        return [
            (_side(stance.value, stance.value, heading, held), held)
            for stance, heading in _HEADINGS.items()
            for held in [[row for row in rows if row["stance"] == stance.value]]
        ]
    answers: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        given = row["answer"] if row["stance"] in ("affirms", "partly") else None
        answers.setdefault(given or "", []).append(row)
    open_ = answers.pop("", [])
    ranked = sorted(answers.items(), key=lambda each: (-len(group_voices(each[1])), each[0]))
    columns = [
        (_side(f"answer {answer}", "affirms", answer, held), held) for answer, held in ranked[:_ANSWERS]
    ]
    others = [row for _, held in ranked[_ANSWERS:] for row in held]
    if others:
        columns.append((_side("others", "partly", "Other answers", others), others))
    if open_ or not columns:
        columns.append((_side("open", "unclear", "Denied, or left open", open_), open_))
    return columns


def _side(key: str, code: str, heading: str, rows: list[dict[str, Any]]) -> Side:
    names = sorted(group[0]["voice"] for group in group_voices(rows))
    return Side(key, code, words.clip(heading, 80), len(names), tuple(words.clip(n, 80) for n in names[:3]))


def print_questions(press: Press, shelf: Shelf, book: Book | None = None) -> Iterator[tuple[str, bytes]]:
    """The list of questions, then the pages of each. book: the activity that stands beside the voices."""
    views = question_views(shelf)
    for path, turn, part in sheets("questions", len(views), most=_LIST):
        yield press.page(
            path,
            "questions.html",
            title="Questions",
            section="Questions",
            questions=views[part],
            total=len(views),
            turn=turn,
        )
    for view in views:
        yield from _print_question(press, shelf, view, book=book)


def _print_question(
    press: Press, shelf: Shelf, view: QuestionView, *, book: Book | None
) -> Iterator[tuple[str, bytes]]:
    card, conflict = press.macro("cards.html", "voice_card"), press.macro("cards.html", "conflict")
    columns: dict[str, list[list[Markup]]] = {}
    for side, rows in _sided(shelf, view.id, asks=view.asks):
        columns[side.key] = pack([card(each) for each in _voice_cards(shelf, rows)], most_bytes=COLUMN_BYTES)
    met = list(_conflict_views(shelf, view.id))
    against = [conflict(each) for each in met if each.kind not in MERE_DIFFERENCES]
    beside = [conflict(each) for each in met if each.kind in MERE_DIFFERENCES]
    conflicts, differences = (pack(each, most_bytes=COLUMN_BYTES) for each in (against, beside))
    of = max(len(conflicts), len(differences), *(len(pages) for pages in columns.values()))
    for number in range(1, of + 1):
        turn = sheet(number, of, stem=f"{view.id}-", first=f"{view.id}.html")
        yield press.page(
            f"questions/{dict(turn.links)[number]}",
            "question.html",
            title=view.question,
            section="Questions",
            question=view,
            columns=[(side, _part(columns[side.key], number)) for side in view.sides],
            conflicts=_part(conflicts, number),
            kinds=_kinds(met) if number == 1 else [],
            differences=_part(differences, number),
            turn=turn,
            matrix=matrix_view(shelf, view.id) if number == 1 else None,
            axis=axis_view(shelf, view.id) if number == 1 else None,
            missing=missing_notes(shelf, view.id) if number == 1 else [],
            event_data=beside_views(book, view.id) if book is not None and number == 1 else [],
        )
    yield from print_briefs(shelf, view.id)


def _kinds(met: Sequence[ConflictView]) -> list[tuple[int, str]]:
    """How many of each kind of contradiction, in the order in which they are shown."""
    kinds = [each.kind for each in met if each.kind not in MERE_DIFFERENCES]
    return [(kinds.count(kind), _IN_SHORT.get(kind, kind)) for kind in dict.fromkeys(kinds)]


def _part(pages: list[list[Markup]], number: int) -> list[Markup]:
    return pages[number - 1] if number <= len(pages) else []


def _voice_cards(shelf: Shelf, rows: list[dict[str, Any]]) -> Iterator[VoiceCard]:
    """One card per voice and day; what is a copy, or passed on by another, stands on the card as "also in"."""
    answers: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        answers.setdefault(row["answer"] or "", []).append(row)
    for answer in sorted(answers):
        for held in group_cards(answers[answer]):
            yield _voice_card(shelf, held)


def _voice_card(shelf: Shelf, held: list[dict[str, Any]]) -> VoiceCard:
    first = held[0]
    told = [
        row
        for row in held
        if (row["voice"], row["via"], row["date"]) == (first["voice"], first["via"], first["date"])
    ]
    quotes = [quote for row in told for quote in row["quotes"] or []]
    return VoiceCard(
        voice=words.clip(first["voice"], 160),
        via=tuple(words.clip(name, 160) for name in (first["via"] or [])[:4]),
        directness=first["directness"] or "",
        date=first["date"],
        rule=words.clip(first["rule"] or ""),
        quotes=tuple(quote_view(shelf, quote) for quote in quotes[:MOST_QUOTES]),
        concessions=tuple(
            quote_view(shelf, quote) for row in told for quote in (row["concessions"] or [])[:MOST_QUOTES]
        ),
        answer=words.clip(first["answer"], 120) if first["answer"] else None,
        unshown=max(0, len(quotes) - MOST_QUOTES),
        also=tuple(_also(shelf, row) for row in held if row not in told and row["quotes"]),
    )


def _also(shelf: Shelf, row: dict[str, Any]) -> AlsoView:
    heard = tuple(words.clip(name, 160) for name in (row["via"] or [])[:4])
    return AlsoView(words.clip(row["voice"], 160), heard, row["date"], quote_view(shelf, row["quotes"][0]))


def _conflict_views(shelf: Shelf, question: str) -> Iterator[ConflictView]:
    rows = shelf.tables.conflicts.filter(pl.col("question") == question).to_dicts()
    for row in rows:
        quotes = row["quotes"] or []
        yield ConflictView(
            kind=words.clip(row["kind"] or "", 160),
            reason=words.clip(row["reason"] or ""),
            quotes=tuple(quote_view(shelf, quote) for quote in quotes[:6]),
            unshown=max(0, len(quotes) - 6),
        )


def quote_view(shelf: Shelf, quote: dict[str, Any]) -> QuoteView:
    """A quote of a stance or a conflict with the way to its words."""
    document = shelf.documents.get(quote["document"])
    spot = shelf.spots.get(quote["claim"] or "")
    return QuoteView(
        text=words.clip(quote["quote"] or ""),
        href=shelf.href(quote["claim"], quote["document"]),
        direction=document.direction if document else "auto",
        document=document.title if document else quote["document"],
        number=spot.number if spot else 0,
        standing=spot.standing if spot else None,
        voice=spot.voice if spot else "",
    )
