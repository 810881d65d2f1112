"""One cell as text -> a number with its bounds, a span of days, a word. For cells of tables, in any script.

Each distinct cell is read once (rows.py), so these may be slow and careful. A cell that is not understood gives None,
never a zero.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from rasid.model.values import Bound, CountSpan, DateSpan

_DIGITS = {ord(sign): str(unicodedata.digit(sign)) for sign in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"}
_SIGNS = _DIGITS | {ord("٫"): ".", ord("٬"): ",", ord("−"): "-", ord("\u00a0"): " ", ord("\u202f"): " "}
_N = r"\d{1,3}(?:[, '’]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PLAIN = re.compile(rf"({_N})\Z")
_RANGE = re.compile(
    rf"(?:between|entre|بين) (?P<a>{_N}) (?:and|et|و) ?(?P<b>{_N})\Z"
    rf"|(?:from |de |من )?(?P<c>{_N})\s*(?:-|–|—|to|or|à|ou|\.\.+|إلى|الى|حتى)\s*(?P<d>{_N})\Z"
)  # "2 and 5" may be a sum, "2/5" a part or a day
_WORDS = {
    Bound.AT_LEAST: "at least,minimum,min,min.,no fewer than,no less than,not less than,au moins,>=,≥"
    ",على الأقل,ما لا يقل عن",
    Bound.MORE_THAN: "more than,over,above,plus de,>,أكثر من",
    Bound.AT_MOST: "at most,up to,maximum,max,max.,no more than,as many as,au plus,jusqu'à,<=,≤,حتى,على الأكثر",
    Bound.LESS_THAN: "less than,fewer than,under,below,moins de,<,أقل من",
    Bound.ABOUT: "about,around,approximately,approx,approx.,circa,ca,ca.,c.,some,roughly,nearly,almost,est,est."
    ",estimated,environ,près de,~,≈,±,نحو,حوالي,قرابة",
}
_BEFORE = {word: bound for bound, words in _WORDS.items() for word in words.split(",")}
_AFTER = {
    "+": Bound.AT_LEAST, "or more": Bound.AT_LEAST, "at least": Bound.AT_LEAST, "plus": Bound.AT_LEAST,
    "minimum": Bound.AT_LEAST, "or fewer": Bound.AT_MOST, "or less": Bound.AT_MOST, "at most": Bound.AT_MOST,
    "maximum": Bound.AT_MOST, "approx": Bound.ABOUT, "approx.": Bound.ABOUT, "approximately": Bound.ABOUT,
    "or so": Bound.ABOUT, "(est.)": Bound.ABOUT, "على الأقل": Bound.AT_LEAST,
}  # fmt: skip
_PARTED = sorted(_BEFORE, key=len, reverse=True)
#: Cells that say that nothing is known: no number, and no doubt either.
NOT_KNOWN = frozenset(
    "-|–|—|n/a|na|n.a.|n.a|nan|none|null|nil|unknown|unk|unspecified|?|??|.|..|...|tbd|nd|n.d.|not available|not known"
    "|no data|no information|not reported|inconnu|inconnue|non connu|غير معروف|غير متوفر|لا يوجد".split("|")
)

_MONTHS = "january february march april may june july august september october november december".split()
_NUMBER_OF_MONTH = {name: n + 1 for n, name in enumerate(_MONTHS)}
_NUMBER_OF_MONTH |= {name[:3]: n + 1 for n, name in enumerate(_MONTHS)} | {"sept": 9}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_ISO = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[t ]\d{1,2}:\d{2}.*)?\Z"
)  # cells are folded: no "T"
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?(?: \d{1,2}:.*)?\Z")
_YEAR_LAST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})(?:[, ]+\d{1,2}:.*)?\Z")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{4})\Z")
_WORDS_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-]([a-z]+)\.?,?[ \-](\d{4}|\d{2})\Z")
_WORDS_MONTH_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\Z")
_WORDS_MONTH = re.compile(r"([a-z]+)\.?,?[ \-](\d{4})\Z")  # "Mar-19" may be a day
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})\Z")
_SERIALS = (20_000, 80_000)  # days as a spreadsheet counts them: 1954 to 2119
Days = tuple[str, str]


def read_count(cell: str) -> CountSpan | None:
    """The number in a cell: "2-5", "at least 12", "~30", "1,234", "١٢"; None if there is none or it is below zero.

    A cell with words besides ("12 (3 children)") is not read: nobody knows which number it is.
    """
    if cell.isascii() and cell.isdigit():  # nearly all of them
        return CountSpan(float(cell), float(cell), Bound.EXACT, cell)
    plain = " ".join(cell.translate(_SIGNS).split()).casefold()
    if found := _RANGE.match(plain):
        low, high = _value(found["a"] or found["c"]), _value(found["b"] or found["d"])
        if low < high:
            return CountSpan(low, high, Bound.RANGE, cell)
        return None
    bound, rest = _bound(plain)
    match = _PLAIN.match(rest)
    if match is None:
        return None
    value = _value(match[1])
    match bound:
        case Bound.AT_LEAST:
            return CountSpan(value, None, bound, cell)
        case Bound.MORE_THAN:
            return CountSpan(_next(value, 1), None, bound, cell)
        case Bound.AT_MOST:
            return CountSpan(None, value, bound, cell)
        case Bound.LESS_THAN:
            return CountSpan(None, _next(value, -1), bound, cell)
        case _:
            return CountSpan(value, value, bound, cell)


def is_not_known(cell: str) -> bool:
    """Does the cell say that nothing is known?"""
    return cell.strip().casefold() in NOT_KNOWN


def _bound(plain: str) -> tuple[Bound, str]:
    for word in _PARTED:
        if plain.startswith(word) and not plain[len(word) :][:1].isalpha():
            return _BEFORE[word], plain[len(word) :].strip()
    for word, bound in _AFTER.items():
        if plain.endswith(word):
            return bound, plain[: -len(word)].strip()
    return Bound.EXACT, plain


def _next(value: float, step: int) -> float:
    """More than 40 people are at least 41; a number that is not whole has no next one."""
    return max(0.0, value + step) if value == int(value) else value


def _value(written: str) -> float:
    return float(re.sub(r"[, '’]", "", written))


# --- days -----------------------------------------------------------------------------------------------------


def read_days(cell: str, *, day_first: bool | None) -> Days | None:
    """First and last day that a cell names: a day, a month or a year; a time of day is left out. None if it names none.

    day_first: of "05/03/2024"; None: not known, and such a cell names none
    """
    if _DAY.match(cell):  # nearly all of them
        try:
            return (date.fromisoformat(cell).isoformat(),) * 2
        except ValueError:
            return None
    plain = " ".join(cell.translate(_SIGNS).split()).casefold()
    written = _written(plain, day_first=day_first)
    if written is None:
        return None
    year, month, day = written
    if year < 100:
        year += 2000 if year < 70 else 1900
    iso = f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")
    try:
        span = DateSpan.from_iso(iso)
    except ValueError:
        return None
    assert span.first_day is not None and span.last_day is not None
    return span.first_day.isoformat(), span.last_day.isoformat()


def _written(plain: str, *, day_first: bool | None) -> tuple[int, int, int] | None:
    """(year, month, day) as written, 0 for what is not said."""
    if found := (_ISO.match(plain) or _YEAR_FIRST.match(plain) or _COMPACT.match(plain)):
        return int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found := _YEAR_LAST.match(plain):
        one, other = int(found[1]), int(found[2])
        if day_first is None and one != other and max(one, other) <= 12:
            return None
        day, month = (one, other) if (day_first or one > 12) and other <= 12 else (other, one)
        return int(found[3]), month, day
    if found := _MONTH_YEAR.match(plain):
        return int(found[2]), int(found[1]), 0
    if found := _WORDS_DAY.match(plain):
        return _with_month(found[2], int(found[3]), int(found[1]))
    if found := _WORDS_MONTH_FIRST.match(plain):
        return _with_month(found[1], int(found[3]), int(found[2]))
    if found := _WORDS_MONTH.match(plain):
        return _with_month(found[1], int(found[2]), 0)
    if plain.isascii() and plain.removesuffix(".0").isdigit() and _SERIALS[0] < float(plain) < _SERIALS[1]:
        day_of = date(1899, 12, 30) + timedelta(days=int(float(plain)))
        return day_of.year, day_of.month, day_of.day
    return None


def _with_month(word: str, year: int, day: int) -> tuple[int, int, int] | None:
    month = _NUMBER_OF_MONTH.get(word)
    return (year, month, day) if month else None


def days_come_first(cells: list[str]) -> bool | None:
    """Does the day stand before the month in "05/03/2024"? None if no cell tells: then nobody can know."""
    first = second = ambiguous = False
    for cell in cells:
        found = _YEAR_LAST.match(" ".join(cell.translate(_SIGNS).split()))
        if found:
            first |= int(found[1]) > 12
            second |= int(found[2]) > 12
            ambiguous |= found[1] != found[2]
    if second and not first:
        return False
    return True if first or not ambiguous else None


def widen(days: Days, precision: str) -> Days:
    """A day that stands for a week (the middle of it) or for its month, as ACLED writes them."""
    first = date.fromisoformat(days[0])
    if precision == "week":
        return (first - timedelta(days=3)).isoformat(), (first + timedelta(days=3)).isoformat()
    if precision == "month":
        span = DateSpan.from_iso(days[0][:7])
        assert span.first_day is not None and span.last_day is not None
        return span.first_day.isoformat(), span.last_day.isoformat()
    return days
