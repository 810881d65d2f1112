"""Reads the tables of expressions and says what Rasid makes of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rasid.extract.syntax import Sentence
from rasid.extract.times import read_times, read_times_of_text
from rasid.model.values import DateSpan
from rasid.resolve.times import resolve_times
from tests.builders import claim, claims, document, documents

HERE = Path(__file__).parent
Said = tuple[str, str]  # the words, EDTF or "open"


@dataclass(frozen=True)
class Case:
    """One sentence; alone and dated hold what its expressions mean without and with the date of the document."""

    text: str
    alone: tuple[Said, ...]
    date: str | None
    dated: tuple[Said, ...]
    certainty: str
    unseen: bool  # every third: put aside while the rules were written


def cases(name: str) -> Iterator[Case]:
    lines = [x for x in (HERE / name).read_text("utf-8").splitlines() if x and not x.startswith("#")]
    for i, line in enumerate(lines):
        text, *fields = (part.strip() for part in line.split("|"))
        alone, date, dated, certainty = (*fields, "", "", "", "")[:4]
        words = [bare(w) for w in re.findall(r"\[([^]]*)]", text)]
        yield Case(
            text.replace("[", "").replace("]", ""),
            tuple(zip(words, [x.strip() for x in alone.split(";")], strict=bool(words))),
            date or None,
            tuple(zip(words, [x.strip() for x in dated.split(";")], strict=bool(words))) if date else (),
            certainty or "certain",
            i % 3 == 2,
        )


def read_alone(text: str, parsed: Callable[[str], Sentence] | None) -> list[tuple[str, DateSpan]]:
    if parsed is None:
        return [(text[a:b], span) for a, b, span in read_times_of_text(text)]
    return [(t.span.as_said, t.span) for t in read_times(parsed(text))]


def read_dated(case: Case, found: list[tuple[str, DateSpan]]) -> list[tuple[str, DateSpan]]:
    """The same after resolve, one claim per time."""
    rows = []
    for said, span in found:
        start = case.text.index(said)
        rows.append(
            claim(
                quote=case.text,
                certainty=case.certainty,
                time={
                    "text": said,
                    "first_day": span.first_day and span.first_day.isoformat(),
                    "last_day": span.last_day and span.last_day.isoformat(),
                    "precision": span.precision.value,
                    "start": start,
                    "end": start + len(said),
                },
            )
        )
    made = resolve_times(claims(*rows), documents(document(text=case.text, date=case.date)))
    return [(row["time"]["text"], _span(row["time"])) for row in made.to_dicts()]


def _span(time: dict[str, str]) -> DateSpan:
    from datetime import date

    from rasid.model.values import Precision

    first, last = (date.fromisoformat(time[k]) if time[k] else None for k in ("first_day", "last_day"))
    return DateSpan(first, last, Precision(time["precision"]), time["text"])


def days(edtf: str) -> tuple[object, object]:
    if edtf == "open":
        return None, None
    span = DateSpan.from_edtf(edtf)
    return span.first_day, span.last_day


def faults(gold: tuple[Said, ...], got: list[tuple[str, DateSpan]]) -> tuple[list[str], int]:
    """What is wrong, and how many spans say more than the gold does: days that were invented."""
    wrong, invented = [], 0
    left = {bare(said): span for said, span in got}
    for said, edtf in gold:
        span = left.pop(said, None)
        if span is None:
            near = [(w, s) for w, s in left.items() if w in said or said in w]
            wrong.append(f"[{said}] not found so, but {[w for w, _ in near]}")
            span = left.pop(near[0][0]) if near else None
        elif (span.first_day, span.last_day) != days(edtf):
            wrong.append(f"[{said}] is {edtf}, read as {span.to_edtf() or 'open'}")
        invented += span is not None and is_finer(span, edtf)
    for said, span in left.items():
        wrong.append(f"[{said}] says no date, read as {span.to_edtf() or 'open'}")
        invented += span.to_edtf() is not None
    return wrong, invented


def bare(said: str) -> str:
    """An article in front and a stop behind are nobody's fault."""
    return said.strip(" ,.").removeprefix("the ")


def is_finer(span: DateSpan, edtf: str) -> bool:
    """Does the span rule out a day that the gold allows?"""
    low, high = days(edtf)
    if (span.first_day, span.last_day) == (None, None):
        return False
    first_too_late = span.first_day is not None and (low is None or span.first_day > low)  # type: ignore[operator]
    last_too_early = span.last_day is not None and (high is None or span.last_day < high)  # type: ignore[operator]
    return first_too_late or last_too_early
