"""What one point or stretch of time means, without "since", "until" and ranges: "last Friday", "12 March 2019".

In: plain words as time_phrases.py cleans them (small letters, full numeric dates as `@2019_03_12` or `#03_04_2019`).
Out: EDTF, a relative time (model/when.py), "" where no calendar can settle the words, None where they are no date.
Each rule is a pattern and what it means; the first that fits the whole words counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rasid.knowledge.calendar import Calendar, any_of, hijri_day, hijri_month, hijri_month_in, load_calendar
from rasid.model.values import DateSpan, Precision
from rasid.model.when import WEEKDAYS

#: Tabular and sighted Hijri months begin a day apart, at times two.
HIJRI_DOUBT = timedelta(days=2)
GREGORIAN_FROM = 1600  # no report gives a Hijri year beyond 1500 yet
_FIXED = re.compile(r"(?:\.\.|\d{3}[\dX](?:-\d\d){0,2})(?:/(?:\.\.|\d{3}[\dX](?:-\d\d){0,2}))?\Z")

Read = Callable[[re.Match[str]], str | None]
Rule = tuple[str, Read]


@dataclass(frozen=True, slots=True)
class TermGrammar:
    """Patterns of the words that terms are made of, and the rules.

    part: words that take only a part of what they stand before ("early", "the second week of"), so that the
          whole of it is what can be said
    """

    month: str
    weekday: str
    part: re.Pattern[str]
    rules: tuple[tuple[re.Pattern[str], Read], ...]


def read_term(words: str) -> str | None:
    """The meaning of one term in plain words; "" if no rule knows it."""
    grammar = term_grammar()
    bare = words.strip()
    while (shorter := grammar.part.sub("", bare, count=1)) != bare and shorter:
        bare = shorter
    for pattern, read in grammar.rules:
        if match := pattern.fullmatch(bare):
            return read(match)
    return ""


def is_fixed(meaning: str) -> bool:
    """Is it EDTF, so that nothing else is needed to know the days?"""
    return _FIXED.match(meaning) is not None


@lru_cache(maxsize=1)
def term_grammar() -> TermGrammar:
    """Made once, at first use."""
    cal = load_calendar()
    words = _Words(
        cal=cal,
        month=rf"(?:(?:{any_of(cal.months)})\b\.?)",
        weekday=rf"(?:{any_of(cal.weekdays)})",
        relation=r"(?:the )?(?P<r>last|past|this|next|coming|previous|same)",
    )
    rules = [
        *_dates(words),
        *_months_and_years(words),
        *_near(words),
        *_counted(words),
        *_other_calendars(words),
    ]
    return TermGrammar(
        month=words.month,
        weekday=words.weekday,
        part=re.compile(
            r"^(?:early|late|mid|(?:the )?(?:very )?(?:beginning|end|start|middle|first half|second half"
            r"|(?:first|second|third|fourth|last|final) (?:week|half|quarter|days)) of"
            r"|later(?= in)|earlier(?= in)|early on)(?: in)?(?: the(?= \d| year))? (?!today|yesterday)"
            r"|^(?:late|early|earlier|later) (?=yesterday|on )| onwards?$| on$| a\.?d\.?$"
        ),
        rules=tuple((re.compile(pattern), read) for pattern, read in rules),
    )


@dataclass(frozen=True, slots=True)
class _Words:
    cal: Calendar
    month: str
    weekday: str
    relation: str


_YEAR, _DAY = r"(?P<y>(?:19|20)\d\d)", r"(?P<d>\d{1,2})"
_PARTS = "(?:morning|afternoon|evening|night|dawn|midnight|noon|midday|dusk|sunrise|sunset)"
_AT_PART = rf"(?: (?:at )?(?:the )?{_PARTS})?"
_UNIT = "(?P<u>second|minute|hour|day|night|week|month|year)s?"


# --- dates --------------------------------------------------------------------------------------------------


def _dates(words: _Words) -> Iterator[Rule]:
    """Days, with and without their year."""
    m, w = rf"(?P<m>{words.month})", rf"(?:(?P<w>{words.weekday}) )?"
    either = (
        rf"(?:(?:the )?{_DAY} (?:of )?{m}|{m.replace('<m>', '<m2>')} (?:the )?{_DAY.replace('<d>', '<d2>')})"
    )
    of_part = rf"(?:{_PARTS} (?:of|on) )?"
    yield (
        rf"{w}@(?P<y>\d{{4}})_(?P<n>\d\d)_(?P<d>\d\d){_AT_PART}",
        lambda x: on_calendar(int(x["y"]), int(x["n"]), int(x["d"])),
    )
    yield rf"{w}#(?P<a>\d+)_(?P<b>\d+)_(?P<y>\d+){_AT_PART}", _numeric
    yield rf"{w}{either}(?: of)? {_YEAR}{_AT_PART}", _full_date
    yield rf"{_DAY} {m} {words.weekday} {_YEAR}", _full_date
    yield rf"{of_part}{w}{either}{_AT_PART}(?: (?:this|the same) year)?", _yearless
    yield rf"{either}(?: of)? last year", lambda x: _named(x, "XXXX", " in year before document")
    yield (
        rf"{w}(?:the )?{_DAY} {m} '?(?P<y>\d\d){_AT_PART}",
        lambda x: _named(x, f"XX{x['y']}", " up to document"),
    )


def _group(match: re.Match[str], name: str) -> str:
    """The group, or its double in the other order of day and month; "" if the rule has none."""
    held = match.groupdict()
    return held.get(name) or held.get(f"{name}2") or ""


def _month_of(match: re.Match[str]) -> int:
    return load_calendar().months[_group(match, "m").rstrip(".")]


def _full_date(match: re.Match[str]) -> str | None:
    return on_calendar(int(match["y"]), _month_of(match), int(_group(match, "d")))


def _named(match: re.Match[str], year: str, relation: str) -> str | None:
    name = on_calendar(2000, _month_of(match), int(_group(match, "d")))  # a leap year: 29 February is a day
    return name and f"{year}{name[4:]}{relation}"


def _yearless(match: re.Match[str]) -> str | None:
    said = match["w"]
    weekday = f" {WEEKDAYS[load_calendar().weekdays[said]]}" if said else ""
    return _named(match, "XXXX", f"{weekday} up to document")


def _numeric(match: re.Match[str]) -> str | None:
    return numeric_meaning(int(match["a"]), int(match["b"]), int(match["y"]))


def on_calendar(year: int, month: int, day: int) -> str | None:
    """The day in ISO, or None where the calendar has none."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def numeric_meaning(a: int, b: int, year: int) -> str | None:
    """Day and month in either order: certain only if one of them cannot be a month, or they are the same."""
    if max(a, b) > 31 or min(a, b) < 1 or (year > 99 and min(a, b) > 12):
        return None
    if year < 100:
        return ""
    day_first, month_first = on_calendar(year, b, a), on_calendar(year, a, b)
    if day_first and month_first and a != b:
        return f"{day_first} | {month_first}"
    return day_first or month_first


# --- months, years, seasons ---------------------------------------------------------------------------------


def _months_and_years(words: _Words) -> Iterator[Rule]:
    m, seasons = rf"(?P<m>{words.month})", words.cal.seasons
    season = rf"(?P<s>{any_of([*seasons, 'fall'])})"
    autumn = seasons["autumn"]  # "fall" is also a verb and so no name in the calendar
    yield rf"(?:the )?(?:month of )?{m}(?: of)? {_YEAR}", lambda x: f"{x['y']}-{_month_of(x):02}"
    yield (
        rf"(?:the )?(?:month of )?(?:{words.relation} )?{m}",
        lambda x: _beside(f"XXXX-{_month_of(x):02}", _relation(x["r"])),
    )
    yield rf"{m} (?:of )?last year", lambda x: f"XXXX-{_month_of(x):02} in year before document"
    yield rf"(?:the )?(?:year )?{_YEAR}", lambda x: x["y"]
    yield r"(?:the )?(?P<y>(?:19|20)\d)0 ?'?s", lambda x: f"{x['y']}X"
    yield (
        rf"(?:the )?{season}(?: of)?(?: the year)? {_YEAR}",
        lambda x: f"{x['y']}-{seasons.get(x['s'], autumn)}",
    )
    yield (
        rf"{words.relation} {season}",
        lambda x: _beside(f"XXXX-{seasons.get(x['s'], autumn)}", _relation(x["r"])),
    )


def _beside(name: str, relation: str) -> str:
    return "" if relation == "mention" else f"{name} {relation} document"


def _relation(word: str | None) -> str:
    """Which of the many Mondays: the words before it, as model/when.py writes them."""
    match word:
        case "last" | "past":
            return "before"
        case "next" | "coming":
            return "after"
        case "this":
            return "in year of"
        case "previous" | "same":
            return "mention"
        case _:
            return "up to"


# --- near the document --------------------------------------------------------------------------------------


def _near(words: _Words) -> Iterator[Rule]:
    """Yesterday, this morning, last week, on Monday."""
    weekday, month = words.weekday, words.month
    yearless = rf"(?:{weekday} )?(?:\d{{1,2}} {month}|{month} \d{{1,2}})(?: \d{{4}})?"
    for pattern, meaning in (
        (rf"(?:{_PARTS} (?:of )?)?yesterday{_AT_PART}|last evening", "document - 1 day"),
        (r"(?:the )?day before yesterday", "document - 2 days"),
        (rf"(?:the )?tomorrow{_AT_PART}", "document + 1 day"),
        (r"(?:the )?day after tomorrow", "document + 2 days"),
        (rf"(?:earlier |later )?(?:today{_AT_PART}|this (?:very )?(?:{_PARTS}|day))|tonight", "document"),
        (r"(?:late )?last night|overnight", "document - 1 day/document"),
        (r"(?:this |the )?past weekend", "weekend of document - 1"),
    ):
        yield pattern, _constant(meaning)
    yield (
        rf"(?P<x>(?:today|yesterday|tomorrow|tonight){_AT_PART}) {weekday}{_AT_PART}",
        lambda x: read_term(x["x"]),
    )
    yield (
        rf"(?:today|yesterday|tomorrow|tonight){_AT_PART} (?P<x>{yearless})",
        lambda x: read_term(x["x"]),
    )
    yield (
        rf"(?:the )?(?:(?:this )?{words.relation} )?(?P<w>{weekday}){_AT_PART}(?: (?:this|last) week)?",
        _weekday,
    )
    yield rf"(?P<w>{weekday}) (?P<r>last)", _weekday
    yield r"earlier this (week|month|year)", lambda x: f"{x[1]} of document/document"
    yield r"last (week|weekend|month|year)", lambda x: f"{x[1]} of document - 1"
    yield r"this (week|weekend|month|year)", lambda x: f"{x[1]} of document"
    yield r"the (month|year)", lambda x: f"{x[1]} of document ahead"
    yield r"next (week|month|year)", lambda x: f"{x[1]} of document + 1"


def _constant(meaning: str) -> Read:
    return lambda match: meaning


def _weekday(match: re.Match[str]) -> str:
    relation = _relation(match["r"]).replace("in year of", "up to")  # "this Monday"
    return _beside(WEEKDAYS[load_calendar().weekdays[match["w"]]], relation)


# --- counted ------------------------------------------------------------------------------------------------


def _counted(words: _Words) -> Iterator[Rule]:
    """Two days ago, the past three months, for the third day."""
    number = rf"(?P<n>\d+|{any_of(words.cal.numbers)})"
    ordinal = rf"(?P<o>\d+|{any_of(words.cal.ordinals)})"
    yield rf"(?:the )?(?P<r>last|past|next|coming) {number} {_UNIT}", _stretch
    yield r"(?:this |the )?(?P<r>past|coming) (?P<u>day|week|month|year)", _stretch
    yield r"the (?P<r>last) (?P<u>week|month|year)", _stretch
    yield rf"{number} {_UNIT} ago", _ago
    yield rf"{number} {_UNIT} (?P<way>earlier|later|before|after)", _from_mention
    yield (
        rf"(?:for )?(?:the|a) {ordinal} (?:consecutive |straight |successive |running )?"
        r"day(?: running| in a row| straight)?",
        _running,
    )
    yield r"(?:around|about|approximately|circa|some time in) (?P<x>.+)", lambda x: _around(read_term(x["x"]))


def _count(match: re.Match[str]) -> int:
    said = match.groupdict().get("n")
    if said is None:
        return 1
    return int(said) if said.isdigit() else load_calendar().numbers[said]


def _units(n: int, unit: str) -> str:
    return f"{n} {unit}{'' if n == 1 else 's'}"


def _ago(match: re.Match[str]) -> str:
    unit = match["u"].replace("night", "day")
    return f"document - {_units(*((1, 'hour') if unit in {'second', 'minute'} else (_count(match), unit)))}"


def _from_mention(match: re.Match[str]) -> str:
    sign = "+" if match["way"] in {"later", "after"} else "-"
    return f"mention {sign} {_units(_count(match), match['u'])}"


def _stretch(match: re.Match[str]) -> str:
    unit = match["u"].replace("night", "day")
    if unit in {"second", "minute"}:
        return ""
    length = _units(_count(match), unit) + (" sharp" if unit in {"week", "month", "year"} else "")
    return (
        f"document/document + {length}"
        if match["r"] in {"next", "coming"}
        else f"document - {length}/document"
    )


def _running(match: re.Match[str]) -> str:
    said = match["o"]
    n = int(said) if said.isdigit() else load_calendar().ordinals[said]
    return f"document - {_units(n, 'day')}/document"


def _around(meaning: str | None) -> str | None:
    """Half a week, a month or a year to either side."""
    if not meaning or not is_fixed(meaning) or "/" in meaning or "X" in meaning:
        return meaning and ""
    span = DateSpan.from_edtf(meaning)
    assert span.first_day is not None and span.last_day is not None
    low, high = span.first_day, span.last_day
    match span.precision:
        case Precision.DAY:
            return f"{low - timedelta(days=3)}/{high + timedelta(days=3)}"
        case Precision.MONTH:
            return f"{str(low - timedelta(days=1))[:7]}/{str(high + timedelta(days=1))[:7]}"
        case Precision.YEAR:
            return f"{low.year - 1}/{low.year + 1}"
        case _:
            return meaning


# --- Hijri and Levantine months in Latin letters -----------------------------------------------------------


def _other_calendars(words: _Words) -> Iterator[Rule]:
    hijri, levantine = (
        {name.replace("-", " "): number for name, number in names.items()}
        for names in (words.cal.hijri, words.cal.levantine)
    )
    h, l, ah = rf"(?P<m>{any_of(hijri)})", rf"(?P<m>{any_of(levantine)})", r"(?: a\.?h\.?| h)?"  # noqa: E741
    day = rf"(?:the )?{_DAY} (?:of )?"
    yield (
        rf"{day}{h} (?P<y>1[34]\d\d){ah}",
        lambda x: hijri_meaning(int(x["y"]), hijri[x["m"]], int(x["d"])),
    )
    yield rf"{h} (?P<y>1[34]\d\d|20\d\d){ah}", lambda x: hijri_meaning(int(x["y"]), hijri[x["m"]], None)
    yield rf"{day}{l} {_YEAR}", lambda x: on_calendar(int(x["y"]), levantine[x["m"]], int(x["d"]))
    yield rf"{l} {_YEAR}", lambda x: f"{x['y']}-{levantine[x['m']]:02}"


def hijri_meaning(year: int, month: int, day: int | None) -> str | None:
    """A Hijri day or month; with a Gregorian year ("Ramadan 2014") the month that begins in it."""
    try:
        if day is not None:
            days: tuple[date, date] | None = (hijri_day(year, month, day),) * 2
        elif year < GREGORIAN_FROM:
            days = hijri_month(year, month)
        else:
            days = hijri_month_in(year, month)
    except ValueError:
        return None
    return "" if days is None else f"{days[0] - HIJRI_DOUBT}/{days[1] + HIJRI_DOUBT}"
