"""A table that names people (CSV or the first sheet of an XLSX file) -> LISTINGS, and what is odd about it.

In:  bytes of the file; which column is what, or nothing, and the headings are read (English and Arabic).
Out: one row a person, variants kept as written; findings in plain words, with counts and never with a name.

Cells that cannot be what their column says (an age of 999, a date of 1900) are left empty and counted in a finding;
the file itself stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from rasid.model.ids import content_id
from rasid.model.people import LISTINGS
from rasid.model.tables import DOUBTS, table
from rasid.model.values import DateSpan
from rasid.read.listing_cells import age_of, date_of, days_come_first, fold, read_cells
from rasid.read.listing_checks import ADVICE_COLUMNS, FEW_ROWS, MOSTLY, Finding, counted, doubt, swapped

OLDEST = 119  # years; an age above is a code for "unknown" or an error
#: Days that programs and careful clerks write for "unknown".
PLACEHOLDER_DAYS = frozenset(
    {date(1900, 1, 1), date(1900, 1, 2), date(1899, 12, 30), date(1970, 1, 1), date(9999, 12, 31)}
)
EARLIEST_EVENT = 1901
MOST_CAPITALS = 0.9

#: Column of LISTINGS -> words that stand in its heading.
HEADINGS = {
    "given": "first name, firstname, given name, given, الاسم الاول",
    "father": "father name, fathers name, father, second name, اسم الاب",
    "grandfather": "grandfather name, grandfather, third name, اسم الجد",
    "family": "family name, last name, lastname, surname, family, العائله, اسم العائله, الكنيه, اللقب",
    "other_name": "name en, english name, name english, name latin, en name, name in english",
    "name": "name, full name, victim name, name ar, arabic name, ar name, الاسم, الاسم الكامل, الاسم الرباعي",
    "age": "age, age years, العمر, السن",
    "birth": "birth, dob, date of birth, birth date, birthdate, year of birth, تاريخ الميلاد, تاريخ الولاده",
    "sex": "sex, gender, الجنس",
    "date": "date, date of death, date of event, date of killing, date of arrest, event date, death date,"
    " تاريخ الوفاه, تاريخ الاستشهاد, تاريخ الحادث, التاريخ",
    "place": "place, location, place of death, governorate, city, town, area, المكان, المحافظه, المدينه, مكان الوفاه",
    "status": "status, fate, الحاله, المصير",
}
_SEXES = {
    "male": "m male man boy ذكر ذكور رجل ولد",
    "female": "f female woman girl انثى انثي اناث امراه بنت",
}
_STATUSES = {
    "killed": "killed dead death died martyr شهيد قتيل متوفى متوفي وفاه",
    "missing": "missing disappeared مفقود مخفي",
    "detained": "detained arrested detainee prisoner معتقل اسير محتجز",
    "released": "released freed مفرج محرر",
}
#: What clerks write where nobody knows the name; folded.
_UNNAMED = frozenset(
    fold(words)
    for words in (
        "unknown, unknown name, name unknown, unknown person, unidentified, unidentified person, unidentified body,"
        " not identified, unnamed, no name, name withheld, anonymous, n/a, na, none, nil, null, nan, not known, x, xx,"
        " xxx,"
        " مجهول, مجهولة, مجهول الهوية, مجهولة الهوية, مجهول الاسم, غير معروف, غير معروفة, غير معروف الهوية, لا يوجد,"
        " بدون اسم, جثة مجهولة, شهيد مجهول, شهيد مجهول الهوية"
    ).split(", ")
)
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True, slots=True)
class ReadListing:
    """listings: LISTINGS; doubts: tables.DOUBTS; columns: column of LISTINGS -> heading it was read from."""

    listings: pl.DataFrame
    doubts: pl.DataFrame
    columns: Mapping[str, str]


def read_listing(
    content: bytes,
    *,
    name: str,
    list_name: str,
    columns: Mapping[str, str] | None = None,
    today: date | None = None,
) -> ReadListing:
    """Read one list.

    name:      of the file, for its format and for findings
    list_name: what the list is called in the case; part of the ids
    columns:   column of LISTINGS (or given, father, grandfather, family) -> heading; None: read from the headings
    today:     dates after it are findings; None: no such check
    """
    cells = read_cells(content, name=name)
    if not cells:
        return ReadListing(table([], LISTINGS), _doubts(name, [_no_rows(name)]), {})
    headings, rows = cells[0], [row for row in cells[1:] if any(cell.strip() for cell in row)]
    held = dict(columns) if columns is not None else guess_columns(headings)
    findings: list[Finding] = []
    given = {key: _column(headings, rows, heading) for key, heading in held.items() if heading in headings}
    if not given.keys() & {"name", "given", "other_name"}:
        findings.append(("no names", f"No column of {name} was understood as names.", ADVICE_COLUMNS))
    findings += swapped(given, held, sexes=_SEXES)
    made = _made(given, len(rows), today, findings)
    made["id"] = _ids(list_name, rows)
    made["list"] = [list_name] * len(rows)
    listings = table(({key: made[key][n] for key in made} for n in range(len(rows))), LISTINGS)
    return ReadListing(listings, _doubts(name, findings), held)


def guess_columns(headings: Sequence[str]) -> dict[str, str]:
    """Column of LISTINGS -> heading, for headings that say plainly what they are."""
    folded = [_heading(heading) for heading in headings]
    found: dict[str, str] = {}
    for column, words in HEADINGS.items():
        for word in words.split(", "):
            if word in folded and (heading := headings[folded.index(word)]) not in found.values():
                found[column] = heading
                break
    if "name" not in found and "given" not in found and "other_name" in found:
        found["name"] = found.pop("other_name")
    return found


# --- columns ----------------------------------------------------------------------------------------------------


def _made(
    given: Mapping[str, list[str]], size: int, today: date | None, findings: list[Finding]
) -> dict[str, list[object]]:
    nothing = [""] * size
    names, others = _names(given, size, findings)
    made: dict[str, list[object]] = {"name": list(names), "other_name": list(others)}
    made["age"] = list(_ages(given.get("age", nothing), findings))
    made["birth"] = list(_dates(given.get("birth", nothing), "of birth", today, findings))
    made["date"] = list(_dates(given.get("date", nothing), "of the event", today, findings))
    made["sex"] = list(_coded(given.get("sex", nothing), _SEXES, "sex", findings))
    made["status"] = list(_coded(given.get("status", nothing), _STATUSES, "status", findings))
    made["place"] = [cell or None for cell in given.get("place", nothing)]
    return made


def _names(
    given: Mapping[str, list[str]], size: int, findings: list[Finding]
) -> tuple[list[str | None], list[str | None]]:
    parts = [given[part] for part in ("given", "father", "grandfather", "family") if part in given]
    joined = (
        [" ".join(cell for cell in cells if cell) for cells in zip(*parts, strict=True)]
        if parts
        else [""] * size
    )
    names: list[str | None] = []
    others: list[str | None] = []
    mixed = capitals = 0
    for whole, pieces, other in zip(
        given.get("name", [""] * size), joined, given.get("other_name", [""] * size), strict=True
    ):
        written = whole or pieces
        if _ARABIC.search(written) and _LATIN.search(written):
            mixed += 1
            written, latin = _apart(written)
            other = other or latin
        capitals += len(written) > 3 and written.isupper() and _LATIN.search(written) is not None
        if _nobody(written):
            written = ""
        if _nobody(other):
            other = ""
        names.append(written or other or None)
        others.append(other if written and other else None)
    if mixed:
        cells = counted(mixed, "cell holds", "cells hold")
        words = f"{cells} Arabic and Latin letters at once; the Arabic words were taken as the name, the Latin ones as"
        advice = "Look at some of them; put the two spellings into two columns if you can."
        findings.append(("mixed scripts", f"{words} its other spelling.", advice))
    if size >= FEW_ROWS and capitals > MOST_CAPITALS * size:
        words = "The names are written in capitals; they are read as any other."
        findings.append(("all capitals", words, "Nothing to do."))
    if missing := sum(name is None for name in names):
        words = f'{counted(missing, "row names", "rows name")} nobody (no name, "unknown", or no letters); '
        words += "what names nobody cannot be linked."
        findings.append(("no name", words, "Keep them: they still count as rows of the list."))
    return names, others


def _nobody(written: str) -> bool:
    """ "unknown", "???", "2021-04-05": what stands where the name should be names nobody."""
    return fold(written) in _UNNAMED or not any(letter.isalpha() for letter in written)


def _apart(written: str) -> tuple[str, str]:
    words = written.split()
    return (
        " ".join(word for word in words if _ARABIC.search(word)),
        " ".join(word for word in words if not _ARABIC.search(word) and _LATIN.search(word)),
    )


def _ages(cells: Sequence[str], findings: list[Finding]) -> list[float | None]:
    ages = [age_of(cell) for cell in cells]
    if unread := sum(1 for cell, age in zip(cells, ages, strict=True) if cell and age is None):
        words = f"{counted(unread, 'age', 'ages')} could not be read; taken as unknown."
        findings.append(
            ("unread ages", words, "Write ages as numbers, and nothing where the age is unknown.")
        )
    absurd = [age for age in ages if age is not None and not 0 <= age <= OLDEST]
    if absurd:
        usual = Counter(absurd).most_common(1)[0][0]
        some = counted(len(absurd), "age is", "ages are")
        words = f"{some} below 0 or above {OLDEST}, most often {usual:g}; taken as unknown."
        advice = "Find out what the list means by them; often it is a code for unknown."
        if sum(1880 < age < 2100 for age in absurd) > MOSTLY * len(absurd):
            advice = (
                'They look like years of birth: say so with `--map "HEADING=birth"`, and add the list again.'
            )
        findings.append(("impossible ages", words, advice))
    return [age if age is not None and 0 <= age <= OLDEST else None for age in ages]


def _dates(cells: Sequence[str], which: str, today: date | None, findings: list[Finding]) -> list[str | None]:
    days = days_come_first(cells)
    read = [date_of(cell, day_first=days) for cell in cells]
    held = [DateSpan.from_iso(iso) if iso else None for iso in read]
    made_up = late = 0
    found: list[str | None] = []
    for iso, span in zip(read, held, strict=True):
        first = span.first_day if span else None
        is_day = (
            span is not None and span.last_day == first
        )  # a year of birth of 1970 is a year like any other
        if first and (
            (is_day and first in PLACEHOLDER_DAYS)
            or (which == "of the event" and first.year < EARLIEST_EVENT)
        ):
            made_up += 1
            iso = None
        elif first and today and first > today:
            late += 1
            iso = None
        found.append(iso)
    unread = sum(1 for cell, iso in zip(cells, read, strict=True) if cell and iso is None)
    if made_up:
        some = counted(made_up, f"date {which} is a day", f"dates {which} are days")
        words = f"{some} like 1900-01-01, written for unknown; left out."
        findings.append(("placeholder dates", words, "Ask the makers of the list for the true dates."))
    if late:
        words = f"{counted(late, f'date {which} lies', f'dates {which} lie')} in the future; left out."
        findings.append(("dates to come", words, "Check the order of day and month."))
    if unread:
        words = f"{counted(unread, 'date', 'dates')} {which} could not be read."
        findings.append(("unread dates", words, "Write dates as 2024-03-05."))
    return found


def _coded(
    cells: Sequence[str], codes: Mapping[str, str], what: str, findings: list[Finding]
) -> list[str | None]:
    meant = {fold(word): code for code, words in codes.items() for word in words.split()}
    unknown = sum(1 for cell in cells if cell and fold(cell) not in meant)
    if unknown:
        some = counted(unknown, "cell", "cells")
        words = f"{some} of the column for {what} {'is' if unknown == 1 else 'are'} none of its words."
        findings.append((f"unknown {what}", words, ADVICE_COLUMNS))
    return [meant.get(fold(cell)) if cell else None for cell in cells]


# --- cells ------------------------------------------------------------------------------------------------------


def _column(headings: Sequence[str], rows: Sequence[Sequence[str]], heading: str) -> list[str]:
    at = list(headings).index(heading)
    return [" ".join(row[at].split()) if at < len(row) else "" for row in rows]


def _ids(list_name: str, rows: Sequence[Sequence[str]]) -> list[object]:
    """By content, so that a later edition of the list keeps the ids of the rows it keeps; the second of two equal rows
    has another."""
    times: Counter[tuple[str, ...]] = Counter()
    ids: list[object] = []
    for row in rows:
        times[tuple(row)] += 1
        ids.append(content_id("l", "listing", list_name, *row, times[tuple(row)]))
    return ids


def _heading(heading: str) -> str:
    return fold(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading.lstrip("\ufeff").replace("'", "")))


# --- findings ---------------------------------------------------------------------------------------------------


def _no_rows(name: str) -> Finding:
    return "no rows", f"{name} holds no table.", "Save the list as CSV or XLSX, headings in the first row."


def _doubts(name: str, findings: Sequence[Finding]) -> pl.DataFrame:
    return table([doubt(name, finding) for finding in findings], DOUBTS)
