"""The words of times, as one regular expression over a sentence in small letters with one space between words.

In: nothing. Out: the pattern (made once, at first use), and the words that cheaply show that a sentence may say when.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rasid.knowledge.calendar import any_of, load_calendar

MONTHS = (
    "january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug",
    "september|sept|sep", "october|oct", "november|nov", "december|dec",
)  # fmt: skip
_WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|tue|wed|thurs|thu|fri"
_UNITS = "seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|months?|years?|decades?|centur(?:y|ies)"
_NUMBERS = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|several|few|a few"
    r"|a couple of|couple of|half an|many)"
)
_SEASONS = "spring|summer|autumn|winter|ramadan|eid|christmas|easter"
_PARTS = "(?:morning|afternoon|evening|night|dawn|midnight|noon|midday|dusk|sunrise|sunset|overnight)"

#: Words that show, cheaply, that a sentence may say when; digits are the other sign.
SIGNS = frozenset(
    word
    for words in (
        *MONTHS,
        _WEEKDAYS,
        _PARTS[3:-1],
        _SEASONS,
        "o'clock|yesterday|today|tomorrow|tonight|century|centuries",
    )
    for name in words.split("|")
    for word in (name, name + ".")
) | frozenset(
    unit + ending
    for unit in ["second", "minute", "hour", "day", "night", "week", "weekend", "month", "year", "decade"]
    for ending in ("", "s")
)


@lru_cache(maxsize=1)
def pieces() -> re.Pattern[str]:
    """The pieces, most telling first; the name of the group that matched says which it is."""
    month = "(?:(?:" + "|".join(MONTHS) + r")\b\.?)"
    day, year = r"(?:\d{1,2} ?(?:st|nd|rd|th)?)", r"(?:(?:19|20)\d\d)"
    part = "beginning|end|start|middle|(?:first|second|third|fourth|last|final) (?:week|half|quarter|days)"
    early = (
        rf"(?:(?:early|late|mid|(?:the )?(?:very )?(?:{part}) of)(?: in)? |(?:later|earlier) in |mid ?- ?)?"
    )
    cal = load_calendar()
    hijri, levantine = (any_of(names).replace(r"\-", " ?- ?") for names in (cal.hijri, cal.levantine))
    dash = r"(?: ?[-–—/] ?| to | and | through | until | till )"
    half = r" ?[ap] ?\. ?m\b ?\.?| ?[ap]\.?m\b\.?"
    zone = " gmt| utc| local time"
    about = "(?:about|around|nearly|almost|some|over|more than|less than)"
    earlier, last = "(?:late |early |earlier |later )?", "(?:last|past|previous|next|coming|following|recent)"
    unit = f"{_UNITS}|{_WEEKDAYS}|{month}|{_SEASONS}|{_PARTS}"
    whole = "tonight|(?:the )?day (?:before yesterday|after tomorrow)|the (?:day|night|week) before|overnight"
    ago = "ago|earlier|later"
    rules = (
        ("iso", rf"{year} ?[-/.] ?\d\d ?[-/.] ?\d\d(?:\b|t\d\d(?: ?: ?\d\d){{1,2}}z?)"),
        ("dmy_days", rf"{day}{dash}{day} (?:of )?{month}(?: ,)? {year}\b"),
        ("mdy_days", rf"{month} {day}{dash}{day}(?: ,)? {year}\b"),
        ("dmy", rf"{day} ?-? ?(?:of )?{month}(?: ,| ?-| of)? ?{year}\b"),
        ("mdy", rf"{month}(?: ,)? {day}(?: ,)? {year}\b"),
        ("named", rf"(?:{day} (?:of )?)?(?:(?:{hijri}) (?:1[34]\d\d|20\d\d)(?: ah)?|(?:{levantine}) {year})"
                  r"(?![\w,.]*\d)"),
        ("season", rf"(?:the )?(?:spring|summer|autumn|fall|winter)(?: of)?(?: the year)? {year}\b"),
        ("nth", r"for (?:the|a) \w+ (?:consecutive |straight |successive |running )?day\b(?! of)"
                r"(?: in a row| running| straight)?"),
        ("end", rf"(?:the )?(?:{part}) of (?:the|last|this|next) (?:week|month|year)\b"),
        ("order", r"\d{1,2} ?(?P<mark>[/.-]) ?\d{1,2} ?(?P=mark) ?(?:(?:19|20)\d\d|\d\d)\b"),
        ("dm", rf"{day}(?:{dash}{day})? ?-? ?(?:of )?{month}(?: '?\d\d(?!\S))?"),
        ("my", rf"{early}{month}(?: ,| of|-)? {year}\b"),
        ("md", rf"{month}(?: ,)? {day}(?:{dash}{day})?(?![\w,.]*\d)(?! ?%| ?: ?\d)(?= |$)"),
        ("decade", rf"{early}(?:the )?{year}(?: ')?s\b"),
        ("years", rf"{year} ?[-–—/] ?(?:{year}|\d\d)\b(?! ?[-/]|\.\d)"),
        ("clock", rf"\d{{1,2}} ?[:.h] ?[0-5]\d(?: ?[:.] ?\d\d)?(?:{half}| hours| hrs)?(?:{zone}| o'clock)*"),
        ("clock1", rf"{_NUMBERS} o ?'clock"),
        ("clock2", rf"(?:\d{{1,2}}|noon)(?:{half}| o ?'clock)(?:{zone})?|\d{{4}}(?:{zone}| hrs| hours)"),
        ("clock3", r"(?<=at )[0-2]\d[0-5]\d(?= (?:on|last|yesterday|today|this|tonight|the previous|hours))"),
        ("ago", rf"(?:{about} )?{_NUMBERS} (?:{_UNITS}) (?:{ago}|before(?! ?the))|(?:{_UNITS}) (?:{ago})"),
        ("near", rf"{earlier}(?:the )?{last} (?:{_NUMBERS} (?:or \w+ )?)?(?:{unit})\b(?: {_PARTS})?"),
        ("this", rf"{earlier}(?:this(?: past)?|that|the same|same) (?:{unit})\b(?! old)(?: {_PARTS})?"),
        ("word", rf"(?:{earlier}(?:yesterday|today|tomorrow)(?: {_PARTS})?|{whole})\b"),
        ("weekday", rf"(?:late |early |last )?(?:{_WEEKDAYS})\b(?: {_PARTS})?"),
        ("month", rf"{early}{month}(?![\w-])"),
        ("year", rf"{early}{year}(?![\w,.]*\d)(?! ?[%:/])(?= |$)"),
    )  # fmt: skip
    return re.compile(
        r"(?<![\w.,/:$€£+#-])(?:" + "|".join(f"(?P<{name}>{rule})" for name, rule in rules) + ")"
    )
