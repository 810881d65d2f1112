"""Times in Arabic words: where they stand and what they mean, read from the letters alone.

In: any text. Out: start, end and meaning (as time_phrases.py: EDTF, a relative time, or "" for what no calendar can
settle). Month names of the Levant, Egypt and the Gulf, the Maghreb, and Hijri; digits of either kind; days as
numbers or as words ("الخامس من أيار"). Names that are also other words (مارس "practised", أب "father") only
count beside a day, a year or a word that asks for a month.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from rasid.knowledge.calendar import Calendar, any_of, fold, load_calendar
from rasid.knowledge.time_phrases import range_meaning
from rasid.knowledge.time_terms import hijri_meaning, numeric_meaning, on_calendar
from rasid.model.when import WEEKDAYS

Read = Callable[[re.Match[str]], str | None]

_ARABIC = re.compile(r"[\u0621-\u064a]")
_MARKS = re.compile(
    r"[\u064b-\u065f\u0670\u0640\u200e\u200f]"
)  # vowel signs, the stretching stroke, directions
_GROUP_NAME = re.compile(r"\(\?P<\w+>")
_SINCE = ("منذ", "بعد", "اعتبارا من")
_UNTIL = ("حتى", "لغاية", "قبل", "لحد")
_UNITS = {
    "hour": ("ساعة", "ساعتين", "ساعات", "الساعات"),
    "day": ("يوم", "يوما", "يومين", "ايام", "الايام", "اليومين"),
    "week": ("اسبوع", "اسبوعا", "اسبوعين", "اسابيع", "الاسابيع", "الاسبوعين"),
    "month": ("شهر", "شهرا", "شهرين", "اشهر", "شهور", "الاشهر", "الشهور", "الشهرين"),
    "year": (
        "عام",
        "عاما",
        "عامين",
        "اعوام",
        "سنة",
        "سنتين",
        "سنوات",
        "سنين",
        "السنوات",
        "الاعوام",
        "العامين",
    ),
}
_PERIODS = {"الاسبوع": "week", "الشهر": "month", "العام": "year", "السنة": "year"}


def has_arabic(text: str) -> bool:
    """Is any letter of it Arabic?"""
    return _ARABIC.search(text) is not None


def find_arabic_phrases(text: str) -> list[tuple[int, int, str]]:
    """Start, end and meaning of every time in the text, in order, not overlapping."""
    if not has_arabic(text):
        return []
    plain, places = _without_marks(fold(text))
    found: list[tuple[int, int, str]] = []
    for match in _grammar().pieces.finditer(plain):
        meaning = _meaning(match)
        if meaning is not None:
            start, end = match.span("when")
            found.append((places[start], _past_marks(text, places[end - 1] + 1), meaning))
    return found


def read_arabic_phrase(text: str) -> str | None:
    """The meaning of words that say when and nothing else, or None if they cannot be a date."""
    plain, _ = _without_marks(fold(text))
    grammar = _grammar()
    if match := grammar.between.fullmatch(plain):
        return _between(match["left"] or match["left2"], match["right"] or match["right2"])
    if (meaning := _term(plain)) != "":
        return meaning
    lead = grammar.lead.match(plain)
    return _one_sided(lead[1], _term(plain[lead.end() :])) if lead else ""


def _past_marks(text: str, end: int) -> int:
    while end < len(text) and _MARKS.match(text[end]):
        end += 1
    return end


def _without_marks(text: str) -> tuple[str, list[int]]:
    places = [i for i, c in enumerate(text) if not _MARKS.match(c)]
    return "".join(text[i] for i in places), places


def _meaning(match: re.Match[str]) -> str | None:
    """The whole, with "since", "until", "between A and B" taken into account."""
    left, right = match["left"] or match["left2"], match["right"] or match["right2"]
    if left is not None:
        return _between(left, right)
    return _one_sided(match["lead"], _term(match["term"]))


def _one_sided(lead: str | None, meaning: str | None) -> str | None:
    if not lead or not meaning:
        return meaning
    first, _, last = meaning.partition("/")
    return f"{first}/.." if lead in _SINCE else f"../{last or first}"


def _between(left: str, right: str) -> str | None:
    """What the second says of month and year holds for the first too: "3 to 7 May 2018"."""
    month_year = re.search(r"\d\s+(.*)\Z", right)
    if month_year and re.fullmatch(r"\d{1,2}", left):
        left = f"{left} {month_year[1]}"
    elif (year := re.search(r"\d{4}\Z", right)) and not re.search(r"\d{4}", left):
        left = f"{left} {year[0]}"
    return range_meaning(_term(left), _term(right))


def _term(words: str) -> str | None:
    for pattern, read in _grammar().terms:
        if match := pattern.fullmatch(words.strip()):
            return read(match)
    return ""


# --- the grammar --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Grammar:
    pieces: re.Pattern[str]
    between: re.Pattern[str]
    lead: re.Pattern[str]
    terms: tuple[tuple[re.Pattern[str], Read], ...]


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    rules = [*_dates(load_calendar()), *_relatives(load_calendar())]
    term = "|".join(_GROUP_NAME.sub("(?:", finder) for finder, _, _ in rules)
    month = any_of(load_calendar().arabic)
    side = rf"(?:(?:\d{{1,2}} )?(?:شهر )?(?:{month})(?: (?:من )?(?:عام |العام |سنة )?(?:19|20)\d\d)?|(?:19|20)\d\d)"
    between = (
        rf"(?:بين|من|ما بين) (?:عامي |العامين |عام |شهري |يومي )?(?P<left>\d{{1,2}}(?!\d)|{side})"
        rf" (?:و ?|الى |حتى |وحتى )(?:عام )?(?P<right>{side})"
        rf"|(?P<left2>\d{{1,2}}|(?:19|20)\d\d|{month}) ?[-–] ?(?P<right2>{side})"
    )
    lead = "|".join((*_SINCE, *_UNTIL))
    whole = (
        rf"(?<![\w/.-])(?:و(?=\D))?(?P<when>{between}|(?:(?P<lead>{lead}) )?(?P<term>{term}))(?!\w|[/-]\d)"
    )
    return _Grammar(
        pieces=re.compile(whole),
        between=re.compile(between),
        lead=re.compile(rf"({lead}) "),
        terms=tuple((re.compile(reader), read) for _, reader, read in rules),
    )


def _dates(cal: Calendar) -> Iterator[tuple[str, str, Read]]:
    """How a term is found, how it is read again alone, and what it means; most telling first."""
    month = rf"(?:شهر )?(?P<m>{any_of(cal.arabic)})(?: ?/ ?(?:{any_of(cal.arabic)}))?"
    hijri = rf"(?:شهر )?(?P<m>{any_of(cal.hijri_arabic)})"
    day = rf"(?P<d>\d{{1,2}}|(?:{any_of(cal.ordinals_arabic)})(?: ?(?:عشر|و ?العشرين|و ?الثلاثين))?|العشرين|الثلاثين)"
    year = r"(?:من )?(?:عام |العام |سنة |السنة |لعام )?(?P<y>(?:19|20)\d\d)(?: ?م(?!\w))?"
    hijri_year = r"(?:من )?(?:عام |سنة )?(?P<y>1[34]\d\d|20\d\d)(?: ?هـ?(?!\w))?"
    weekday = rf"(?:(?:يوم )?(?P<w>{any_of(cal.weekdays_arabic)})(?: الموافق)?[,،]? )?"
    part = "(?:(?:مطلع|اوائل|بداية|بدايات|منتصف|اواسط|اواخر|نهاية|اخر|النصف الاول من|النصف الثاني من) )"
    a_year = "(?:عام|العام|سنة|السنة)"

    def both(pattern: str, read: Read) -> tuple[str, str, Read]:
        return pattern, pattern, read

    def named_day(match: re.Match[str]) -> str | None:
        made = on_calendar(2000, cal.arabic[match["m"]], _day_number(match["d"], cal))
        said = f" {WEEKDAYS[cal.weekdays_arabic[match['w']]]}" if match["w"] else ""
        return made and f"XXXX{made[4:]}{said} up to document"

    yield both(r"(?P<y>(?:19|20)\d\d)(?P<k>[/.-])(?P<m>\d\d?)(?P=k)(?P<d>\d\d?)".replace("(?P=k)", "[/.-]"),
               lambda x: on_calendar(int(x["y"]), int(x["m"]), int(x["d"])))  # fmt: skip
    yield both(r"(?P<a>\d\d?) ?[/.-] ?(?P<b>\d\d?) ?[/.-] ?(?P<y>(?:19|20)\d\d)",
               lambda x: numeric_meaning(int(x["a"]), int(x["b"]), int(x["y"])))  # fmt: skip
    yield both(rf"{weekday}{day} (?:من )?{month}[,،]? {year}",
               lambda x: on_calendar(int(x["y"]), cal.arabic[x["m"]], _day_number(x["d"], cal)))  # fmt: skip
    yield both(rf"{weekday}{day} (?:من )?{hijri} {hijri_year}",
               lambda x: hijri_meaning(int(x["y"]), cal.hijri_arabic[x["m"]], _day_number(x["d"], cal)))  # fmt: skip
    yield both(rf"{weekday}{day} (?:من )?{month}", named_day)
    yield both(rf"{part}?{month}[,،]? {year}", lambda x: f"{x['y']}-{cal.arabic[x['m']]:02}")
    yield both(rf"{hijri} {hijri_year}", lambda x: hijri_meaning(int(x["y"]), cal.hijri_arabic[x["m"]], None))
    yield both(rf"(?P<s>{any_of(cal.seasons_arabic)}) (?:{a_year} )?(?P<y>(?:19|20)\d\d)",
               lambda x: f"{x['y']}-{cal.seasons_arabic[x['s']]}")  # fmt: skip
    yield both(rf"(?:{part}?(?:{a_year} )|{part})(?P<y>(?:19|20)\d\d)", lambda x: x["y"])
    bare = "(?:(?<=منذ )|(?<=حتى )|(?<=قبل )|(?<=بعد )|(?<=في )(?=....[ ]*(?:[.,،؛]|$)))(?:19|20)\\d\\d"
    yield bare, r"(?P<y>(?:19|20)\d\d)", lambda x: x["y"]
    asked = "(?:(?<=في )|(?<=خلال )|(?<=منذ )|(?<=حتى )|(?<=شهر ))"
    sure = any_of([name for name in cal.arabic if name not in cal.arabic_doubles])
    yield (
        rf"شهر (?:{any_of(cal.arabic)})(?: الماضي)?|{part}(?:شهر )?(?:{sure})"
        rf"|{asked}(?:{sure})(?: الماضي)?|(?:{sure}) الماضي",
        rf"{part}?{month}(?P<r> الماضي)?",
        lambda x: f"XXXX-{cal.arabic[x['m']]:02} {'before' if x['r'] else 'up to'} document",
    )


def _day_number(words: str, cal: Calendar) -> int:
    """ "الثالث والعشرين" is 23. 0 where it is no day."""
    if words.isdigit():
        return int(words)
    tens = 20 if "العشرين" in words else 30 if "الثلاثين" in words else 0
    first = next((name for name in words.split() if name in cal.ordinals_arabic), "")
    return cal.ordinals_arabic.get(first, 0) + (tens or (10 if words.endswith(" عشر") else 0))


def _relatives(cal: Calendar) -> Iterator[tuple[str, str, Read]]:
    """What hangs on the date of the document, found and read alike."""
    part = "(?:(?:صباح|مساء|ظهر|بعد ظهر|عصر|فجر|ليل|يوم|منتصف ليل) )"
    past, coming = "(?:الماضي|الماضية|الفائت|الفائتة|المنصرم|المنصرمة)", "(?:المقبل|المقبلة|القادم|القادمة)"
    unit = any_of([word for words in _UNITS.values() for word in words])
    number = rf"(?P<n>\d+|{any_of(cal.numbers_arabic)})"
    period = rf"(?P<u>{any_of(_PERIODS)})"
    other = "(?:التالي|السابق|نفسه|ذاته|التالية|السابقة|نفسها|ذاتها)"

    def weekday(match: re.Match[str]) -> str:
        relation = "before" if match["p"] else "after" if match["c"] else "up to"
        return f"{WEEKDAYS[cal.weekdays_arabic[match['w']]]} {relation} document"

    def ago(match: re.Match[str]) -> str:
        counted = _counted(match["n"], match["u"], cal)
        return f"document - {counted}" if counted else ""

    def stretch(match: re.Match[str]) -> str:
        counted = _counted(match["n"], match["u"], cal)
        return f"document - {counted}{' sharp' if 'day' not in counted else ''}/document" if counted else ""

    def constant(meaning: str) -> Read:
        return lambda match: meaning

    for pattern, read in (
        (rf"(?:اليوم|الليلة|{period}) {other}", constant("")),
        (r"الليلة الماضية|ليلة امس|ليل امس", constant("document - 1 day/document")),
        (rf"{part}?(?:اول امس|اول من امس|امس الاول)", constant("document - 2 days")),
        (rf"{part}*(?:امس|البارحة)", constant("document - 1 day")),
        (r"بعد غد", constant("document + 2 days")),
        (r"غدا|يوم غد", constant("document + 1 day")),
        (rf"{part}?هذا اليوم|{part}?اليوم(?! ال(?!ا?[ \w]*ين\b))|الليلة", constant("document")),
        (rf"{period} {past}", lambda x: f"{_PERIODS[x['u']]} of document - 1"),
        (rf"{period} {coming}", lambda x: f"{_PERIODS[x['u']]} of document + 1"),
        (rf"هذ[اه] {period}|{period.replace('<u>', '<v>')} (?:الجاري|الحالي|الجارية|الحالية)",
         lambda x: f"{_PERIODS[x['u'] or x['v']]} of document"),
        (rf"(?:{part}+(?P<w>{any_of(cal.weekdays_arabic)})(?: (?:(?P<p>{past})|(?P<c>{coming})))?)", weekday),
        (rf"(?P<w>{any_of(cal.weekdays_arabic)}) (?:(?P<p>{past})|(?P<c>{coming}))", weekday),
        (rf"(?:قبل|منذ) (?:(?:حوالي|نحو|اكثر من) )?(?:{number} )?(?P<u>{unit})(?! (?:19|20)\d\d)", ago),
        (rf"(?P<u>{unit})(?: (?:ال)?{number}| (?:القليلة|العديدة))? (?:الماضية|الماضيين|الاخيرة|الاخيرين)", stretch),
        (r"(?:\w+ينات|\w+ينيات) القرن (?:الماضي|العشرين)", constant("")),
    ):  # fmt: skip
        yield pattern, pattern, read


def _counted(number: str | None, unit: str, cal: Calendar) -> str:
    """ "3 days"; "" where no number is said ("some days ago")."""
    kind = next(kind for kind, words in _UNITS.items() if unit in words)
    if number:
        n = int(number) if number.isdigit() else cal.numbers_arabic[number]
    elif unit.endswith("ين") and unit not in {"سنين"}:
        n = 2
    elif unit in {"ساعة", "يوم", "اسبوع", "شهر", "عام", "سنة"}:
        n = 1
    else:
        return ""
    return f"{n} {kind}{'' if n == 1 else 's'}"
