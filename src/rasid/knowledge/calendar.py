"""The names of the calendar (calendar.yaml), ready to look up, and the Hijri months as Gregorian days.

In: the YAML file, which explains itself. Out: one frozen `Calendar`, name -> number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources

from rasid.knowledge.data_files import parse_yaml

_FOLDS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "’": "'", "ʼ": "'", "‘": "'", "\u00a0": " "})
_LEADING_ISLAMIC_EPOCH = 227_014  # ordinal of the day before 1 Muharram 1 AH, tabular (civil) calendar


@dataclass(frozen=True, slots=True)
class Calendar:
    """Name -> number, in folded small letters. Weekdays count from Monday = 0, seasons from 21 = spring."""

    months: Mapping[str, int]
    levantine: Mapping[str, int]
    arabic: Mapping[str, int]
    arabic_doubles: frozenset[str]
    hijri: Mapping[str, int]
    hijri_arabic: Mapping[str, int]
    weekdays: Mapping[str, int]
    weekdays_arabic: Mapping[str, int]
    seasons: Mapping[str, int]
    seasons_arabic: Mapping[str, int]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    numbers_arabic: Mapping[str, int]
    ordinals_arabic: Mapping[str, int]


@lru_cache(maxsize=1)
def load_calendar() -> Calendar:
    """Read calendar.yaml.

    raises: ValueError if one name has two numbers in one list
    """
    text = (resources.files("rasid.knowledge") / "calendar.yaml").read_text(encoding="utf-8")
    raw = parse_yaml(text)
    doubles = frozenset(fold(name) for name in raw.pop("arabic_doubles"))
    return Calendar(arabic_doubles=doubles, **{name: _by_name(name, held) for name, held in raw.items()})


def _by_name(title: str, held: Mapping[int, list[str]]) -> Mapping[str, int]:
    numbers: dict[str, int] = {}
    for number, names in held.items():
        for name in names:
            if numbers.setdefault(fold(name), number) != number:
                raise ValueError(f"calendar.yaml: {name!r} stands twice in {title}, with two meanings")
    return numbers


def fold(text: str) -> str:
    """Small letters, digits 0-9, plain alif and quote. Character by character: every offset stays as it is."""
    if text.isascii():
        return text.lower()
    folded = text.translate(_FOLDS)
    return "".join(_fold_one(c) for c in folded)


def _fold_one(c: str) -> str:
    if c.isdecimal():
        return str(unicodedata.decimal(c))
    small = c.lower()
    return small if len(small) == 1 else c


def any_of(names: Iterable[str]) -> str:
    """The names as one alternative of a regular expression, longest first."""
    return "|".join(re.escape(name).replace(r"\ ", " ") for name in sorted(names, key=lambda n: (-len(n), n)))


def hijri_day(year: int, month: int, day: int) -> date:
    """The Gregorian day of the tabular Islamic calendar (civil epoch). What is sighted may be a day or two off.

    raises: ValueError if the calendar has no such day
    source: Reingold and Dershowitz, Calendrical Calculations, chapter 7
    """
    if not (1 <= year <= 9665 and 1 <= month <= 12 and 1 <= day <= 30):
        raise ValueError(f"{year}-{month}-{day} is no day of the Hijri calendar")
    months = (59 * (month - 1) + 1) // 2  # 30 and 29 days in turn
    return date.fromordinal(_LEADING_ISLAMIC_EPOCH + day + months + (year - 1) * 354 + (3 + 11 * year) // 30)


def hijri_month(year: int, month: int) -> tuple[date, date]:
    """First and last day of a Hijri month by the table.

    raises: ValueError if the calendar has no such month
    """
    after = (year + month // 12, month % 12 + 1)
    return hijri_day(year, month, 1), hijri_day(*after, 1) - timedelta(days=1)


def hijri_month_in(gregorian_year: int, month: int) -> tuple[date, date] | None:
    """The Hijri month of this number that begins in a Gregorian year; None if none or two do.

    raises: ValueError if that year is before the Hijri calendar
    """
    guess = (gregorian_year - 622) * 33 // 32
    found = [hijri_month(year, month) for year in range(max(1, guess - 1), guess + 3)]
    inside = [days for days in found if days[0].year == gregorian_year]
    return inside[0] if len(inside) == 1 else None
