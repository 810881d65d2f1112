"""A question to take away: a brief of about two pages, a table of all stances, and ClaimReview for search engines.

ClaimReview wants a rating of what is true. Rasid gives none: each review is of one voice, its rating says only what
that voice holds, and the name of the author of the review is left to whoever publishes it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import polars as pl

from rasid.present import words
from rasid.present.rivals import matrix_view, missing_notes
from rasid.present.shelf import Shelf
from rasid.present.voice_cards import group_cards, group_voices

_STANCES = ("affirms", "partly", "denies", "unclear")
_OF_STANCE = ("stance", "voice", "directness", "answer", "date", "first_day", "last_day", "rule")
_IN_BRIEF = 6  # voices of one stance in a brief, and conflicts: two printed pages
_CELL_STARTS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run them as a formula
_FIELDS = (
    "question stance voice via directness answer date first_day last_day rule"
    " quote document file start end claim".split()
)


def print_briefs(shelf: Shelf, question: str) -> Iterator[tuple[str, bytes]]:
    """The three files of a question, beside its page."""
    row = shelf.tables.questions.filter(pl.col("id") == question).to_dicts()[0]
    stances = shelf.tables.stances.filter(pl.col("question") == question).to_dicts()
    yield f"questions/{question}.md", _brief(shelf, row, stances).encode()
    yield f"questions/{question}.csv", _table(shelf, row, stances).encode("utf-8-sig")
    yield f"questions/{question}-claimreview.json", _reviews(shelf, row, stances).encode()


def _brief(shelf: Shelf, row: dict[str, Any], stances: list[dict[str, Any]]) -> str:
    lines = [f"# {row['question']}", "", f"Understood as: {row['proposition']}.", ""]
    lines += ["This brief shows who says what, with the exact words. It does not decide who is right.", ""]
    for stance in _STANCES:
        held = [each for each in stances if each["stance"] == stance]
        if held:
            lines += [f"## {stance.capitalize()} ({words.count(len(group_voices(held)), 'voice')})", ""]
            cards = group_cards(held)
            for card in cards[:_IN_BRIEF]:
                lines += _voice_lines(shelf, card[0])
                if len(card) > 1:
                    lines += [
                        f"Also in {words.count(len(card) - 1, 'other document')}, counted as one voice.",
                        "",
                    ]
            if len(cards) > _IN_BRIEF:
                lines += [f"And {words.count(len(cards) - _IN_BRIEF, 'other statement')}, in the table.", ""]
    lines += _conflict_lines(shelf, row["id"])
    lines += _rival_lines(shelf, row["id"])
    notes = missing_notes(shelf, row["id"])
    if notes:
        lines += ["## What is missing", "", *(f"- {_line(note)}" for note in notes), ""]
    return "\n".join(lines)


def _voice_lines(shelf: Shelf, each: dict[str, Any]) -> list[str]:
    via = f", via {' > '.join(each['via'])}" if each["via"] else ""
    answer = f": **{_line(each['answer'])}**" if each["answer"] else ""
    dated = words.day_words(each["date"])
    lines = [f"**{_line(each['voice'])}**{_line(via)} ({each['directness']}, {dated}){answer}", ""]
    for quote in (each["quotes"] or [])[:1]:
        lines += [f"> {_line(words.clip(quote['quote'], 400))}", f"> ({_name(shelf, quote['document'])})", ""]
    for quote in (each["concessions"] or [])[:1]:
        lines += ["and also:", "", f"> {_line(words.clip(quote['quote'], 400))}", ""]
    return lines


def _conflict_lines(shelf: Shelf, question: str) -> list[str]:
    rows = shelf.tables.conflicts.filter(pl.col("question") == question).to_dicts()
    if not rows:
        return []
    lines = ["## Where they contradict each other", ""]
    for each in rows[:_IN_BRIEF]:
        lines += [f"- *{each['kind']}*: {_line(each['reason'])}"]
    if len(rows) > _IN_BRIEF:
        lines += [f"- and {words.count(len(rows) - _IN_BRIEF, 'other')}"]
    return [*lines, ""]


def _rival_lines(shelf: Shelf, question: str) -> list[str]:
    matrix = matrix_view(shelf, question)
    if matrix is None:
        return []
    lines = ["## Hypotheses, the one with least against it first", ""]
    lines += [
        f"- rank {h.rank}: {_line(h.says)} ({h.inconsistent} against, {h.consistent} for, {h.silent} silent)"
        for h in matrix.rivals
    ]
    turns = [row.turns for row in matrix.rows if row.turns]
    if turns:
        lines += ["", "One statement carries this ranking: " + _line(turns[0])]
    return [*lines, ""]


def _table(shelf: Shelf, row: dict[str, Any], stances: list[dict[str, Any]]) -> str:
    """One line per quote of each stance."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_FIELDS)
    for each in stances:
        for quote in each["quotes"] or [{}]:
            cells = {
                "question": row["question"],
                **{name: each[name] for name in _OF_STANCE},
                "via": " > ".join(each["via"] or []),
                **{name: quote.get(name) for name in ("quote", "document", "start", "end", "claim")},
                "file": _name(shelf, quote.get("document", "")),
            }
            writer.writerow([_cell(cells[name]) for name in _FIELDS])
    return out.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_CELL_STARTS) else text


def _reviews(shelf: Shelf, row: dict[str, Any], stances: list[dict[str, Any]]) -> str:
    """schema.org ClaimReview, one per voice that affirms, denies or says partly; rating without a number."""
    reviews = [
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "claimReviewed": row["question"],
            "itemReviewed": {
                "@type": "Claim",
                "author": {"@type": "Thing", "name": each["voice"]},
                **({"datePublished": each["date"]} if each["date"] else {}),
                "text": (each["quotes"] or [{}])[0].get("quote", ""),
                "appearance": [{"@type": "CreativeWork", "name": name} for name in _documents(shelf, each)],
            },
            "reviewRating": {"@type": "Rating", "alternateName": f"{each['voice']} {each['stance']}"},
        }
        for each in stances
        if each["stance"] != "unclear"
    ]
    return json.dumps(reviews, ensure_ascii=False, indent=1) + "\n"


def _documents(shelf: Shelf, each: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(_name(shelf, quote["document"]) for quote in each["quotes"] or []))


def _name(shelf: Shelf, document: str) -> str:
    view = shelf.documents.get(document)
    return view.title if view is not None else document


def _line(text: str) -> str:
    """On one line, without what Markdown would read as its own."""
    flat = " ".join(str(text).split())
    return "".join(f"\\{sign}" if sign in "*_`[]<>#|" else sign for sign in flat)
