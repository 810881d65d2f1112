"""Relative times -> days, by the date of the document that says them; what that does not fix stays open.

In:  claims as `extract` leaves them, and the documents with their dates and texts.
Out: the same claims with first_day, last_day and precision of their times filled where the date settles them.

Three rules keep days from being invented. A document dated by a month settles "last month", not "yesterday". A
weekday, a month or a day without its year is the nearest past one, at most a year back, and only in claims that say
that something has happened. Day and month of a numeric date are told apart only if the same source writes an
unmistakable one in the same way, and never the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from rasid.knowledge.time_phrases import read_phrase
from rasid.knowledge.time_phrases_arabic import has_arabic, read_arabic_phrase
from rasid.model.tables import CLAIMS, DOCUMENTS, Row, as_rows, check, table
from rasid.model.values import Certainty, DateSpan, Precision
from rasid.model.when import Settling, settle

_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?(?:19|20)\d\d(?![\d/-])")
_LOOKS_BACK = frozenset({Certainty.CERTAIN.value, Certainty.PARTIAL.value})
# Words in front of a time that make it one to come: "will be held on Tuesday", "scheduled for 3 May", "from 15 March".
_AHEAD = re.compile(
    r"\b(?:will|would|shall|won't|scheduled|plan(?:s|ned|ning)?|expect(?:s|ed)?|set to|due|going to|upcoming|coming"
    r"|is to|are to|to be|intend(?:s|ed)?|announce(?:s|d)?|deadline)\b|'ll\b|’ll\b|\bfrom\s*\Z", re.IGNORECASE
)  # fmt: skip
AHEAD_CHARS = 80  # as far in front of the time as such a word is looked for, within the quote
# What may stand behind "the 23 March" without making it a name, as it is in "the September 11 attacks".
_FREE_AFTER = frozenset(
    "and or but when while as at in on of by for from to near after before until that which who was were is are"
    " has had did this last".split()
)


@dataclass(frozen=True, slots=True)
class _Dated:
    """A document as far as its times need it."""

    date: DateSpan | None
    text: str
    source: str


def resolve_times(claims: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Fill the days of times that hang on the date of the document.

    claims:    tables.CLAIMS
    documents: tables.DOCUMENTS, at least those of the claims
    returns:   tables.CLAIMS, same rows, same order
    raises:    ValueError if a document's date is neither a year, a month nor a day
    """
    dated = {
        str(row["id"]): _dated(row) for row in as_rows(check(documents, DOCUMENTS, where="resolve_times"))
    }
    orders = learn_orders(documents)
    rows = as_rows(check(claims, CLAIMS, where="resolve_times"))
    for row in rows:
        time = row["time"]
        if isinstance(time, dict) and time["text"] is not None and time["precision"] == Precision.OPEN.value:
            row["time"] = _settled(row, time, dated[str(row["document"])], orders)
        row["attribution"] = [
            _with_day(a, dated[str(row["document"])], orders) for a in _list(row["attribution"])
        ]
    return table(rows, CLAIMS)


def learn_orders(documents: pl.DataFrame) -> Mapping[tuple[str, str], bool]:
    """(source, mark) -> does the day come first in numeric dates? Left out where nothing or both are shown.

    The source is the publisher, else the author, else the document; the mark is "/", "." or "-".
    """
    seen: dict[tuple[str, str], set[bool]] = {}
    for row in as_rows(documents):
        for first, mark, second in _NUMERIC.findall(str(row["text"])):
            if (int(first) > 12) != (int(second) > 12):
                seen.setdefault((_source(row), mark), set()).add(int(first) > 12)
    return {key: votes.pop() for key, votes in seen.items() if len(votes) == 1}


def hangs_on_date(said: str) -> bool:
    """Would the date of the document help to settle these words?"""
    relative = _relative(said)
    return bool(relative) and not relative.startswith("mention")


def _dated(row: Row) -> _Dated:
    said = row["date"]
    return _Dated(DateSpan.from_iso(str(said)) if said else None, str(row["text"]), _source(row))


def _source(row: Row) -> str:
    return str(row["publisher"] or row["author"] or row["id"])


def _settled(row: Row, time: Row, document: _Dated, orders: Mapping[tuple[str, str], bool]) -> Row:
    said = str(time["text"])
    relative = _relative(said)
    if not relative or ("XXXX" in relative and _is_name(time, document.text)):
        return time
    mark = _NUMERIC.search(said)
    known = Settling(
        document.date,
        looks_back=row["certainty"] in _LOOKS_BACK and not _looks_ahead(row, time),
        day_first=orders.get((document.source, mark[2])) if mark else None,
    )
    days = settle(relative, known)
    if days is None:
        return time
    first, last, precision = days
    return {
        **time,
        "first_day": first.isoformat() if first else None,
        "last_day": last.isoformat() if last else None,
        "precision": precision.value,
    }


def _with_day(attribution: Row, document: _Dated, orders: Mapping[tuple[str, str], bool]) -> Row:
    """The attribution with the day it was said, where the words hang on the date: saying always lies behind."""
    if attribution["said_text"] is None or attribution["said"] is not None:
        return attribution
    words = str(attribution["said_text"])
    relative, mark = _relative(words), _NUMERIC.search(words)
    if not relative:
        return attribution
    known = Settling(document.date, day_first=orders.get((document.source, mark[2])) if mark else None)
    days = settle(relative, known)
    return attribution if days is None else {**attribution, "said": DateSpan(*days, as_said=words).to_iso()}


def _list(value: object) -> list[Row]:
    assert isinstance(value, list)
    return value


def _relative(said: str) -> str:
    return (read_arabic_phrase(said) if has_arabic(said) else read_phrase(said)) or ""


def _looks_ahead(row: Row, time: Row) -> bool:
    quote, start, end = str(row["quote"]), row["start"], time["start"]
    assert isinstance(start, int) and isinstance(end, int)
    return _AHEAD.search(quote[max(0, end - start - AHEAD_CHARS) : max(0, end - start)]) is not None


def _is_name(time: Row, text: str) -> bool:
    """ "The September 11 attacks": a day that names something, and need not be one of the past year."""
    start, end = time["start"], time["end"]
    assert isinstance(start, int) and isinstance(end, int)
    before = re.search(r"(\w+)\s+\Z", text[max(0, start - 20) : start])
    after = re.match(r"\s+(\w+)", text[end : end + 20])
    return (
        before is not None
        and after is not None
        and before[1].lower() in {"the", "a", "its", "their"}
        and after[1].lower() not in _FREE_AFTER
    )
