"""What a file says about itself, cleaned: dates that keep their precision, authors and titles that are none dropped.

`facts_of_head` reads the first lines of a plain text ("By Jane Doe", "Published: 12 March 2024") and the front
matter of Markdown, only where they cannot be mistaken for prose.
"""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date

from rasid.read.reading import Facts

_MONTH_NAMES = (
    ("january", "jan", "يناير", "كانون الثاني"),
    ("february", "feb", "فبراير", "شباط"),
    ("march", "mar", "مارس", "آذار"),
    ("april", "apr", "أبريل", "نيسان"),
    ("may", "مايو", "أيار"),
    ("june", "jun", "يونيو", "حزيران"),
    ("july", "jul", "يوليو", "تموز"),
    ("august", "aug", "أغسطس", "آب"),
    ("september", "sep", "sept", "سبتمبر", "أيلول"),
    ("october", "oct", "أكتوبر", "تشرين الأول"),
    ("november", "nov", "نوفمبر", "تشرين الثاني"),
    ("december", "dec", "ديسمبر", "كانون الأول"),
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names}
_MONTH = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_ISO = re.compile(r"\s*(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?=$|[T\s,;])")
_SLASHED = re.compile(r"\s*(\d{4})/(\d{1,2})/(\d{1,2})(?=$|[T\s,;])")
_DAY_MONTH = re.compile(rf"(?:\w+,?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH})\.?,?\s+(\d{{4}})\b", re.I)
_MONTH_DAY = re.compile(rf"(?:\w+,?\s+)?({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.I)
_MONTH_YEAR = re.compile(rf"({_MONTH})\.?,?\s+(\d{{4}})\b", re.I)

_BYLINE = re.compile(
    r"(?:(?:written\s+)?by|author|بقلم|كتب|كتبت|الكاتب|الكاتبة|par|von|por)\s*(:?)\s+(?P<who>\S.{1,78}?)\s*\Z",
    re.I,
)
_DATED = re.compile(
    r"(?:published(?:\s+on)?|posted(?:\s+on)?|date|dated|updated|released|تاريخ(?:\s+النشر)?|التاريخ|نُشر(?:\s+في)?|نشر(?:\s+في)?)\s*:?\s+(?P<when>\S.*)\Z",
    re.I,
)
_PUBLISHED_BY = re.compile(
    r"(?:publisher|source|issued by|الناشر|المصدر)\s*:\s+(?P<who>\S.{1,78}?)\s*\Z", re.I
)
_ADDRESSED = re.compile(
    r"(?:url|link|source url|address|source|الرابط)\s*:\s*(?P<url>https?://\S+)\s*\Z", re.I
)
_NAME_WORDS = re.compile(
    r"[^\W\d_][\w.'’-]*(?:\s+(?:(?:and|&|de|al|el|bin|von|van|و)\s+)?[^\W\d_][\w.'’-]*){0,6}"
)
_NOBODY = re.compile(
    r"(?:python-docx|admin(?:istrator)?|user|owner|microsoft office user|unknown|author|root|editor"
    r"|guest|pc|hp|dell|lenovo|asus|windows user|default|none|null|n/?a)\Z",
    re.I,
)
_NO_TITLE = re.compile(
    r"(?:untitled|document\d*|microsoft word|word document|no title|title|powerpoint presentation|index|page \d+)?\Z",
    re.I,
)
_HEAD_CHARS = 2_000
_LONG_NAME = 4  # words; of a line in capitals
_HEAD_LINES = 8


def read_date(words: str | None) -> str | None:
    """ISO year, month or day if these words start with exactly one; "5/6/2024" could be two days and is none."""
    if not words:
        return None
    text = words.strip()
    if m := _SLASHED.match(text) or _ISO.match(text):
        return _iso(*(int(part) if part else None for part in m.groups()))
    if m := _DAY_MONTH.match(text):
        return _iso(int(m[3]), _MONTHS[m[2].casefold()], int(m[1]))
    if m := _MONTH_DAY.match(text):
        return _iso(int(m[3]), _MONTHS[m[1].casefold()], int(m[2]))
    if m := _MONTH_YEAR.match(text):
        return _iso(int(m[2]), _MONTHS[m[1].casefold()], None)
    return None


def _iso(year: int | None, month: int | None, day: int | None) -> str | None:
    """The parts as an ISO date if they are on the calendar."""
    if year is None or not 1800 <= year <= 2200:
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")


def clean_author(words: str | None) -> str | None:
    """A name on one line, or None for the names that programs put there themselves."""
    name = _one_line(words)
    return None if name is None or _NOBODY.match(name) or name.startswith("http") else name


def clean_title(words: str | None) -> str | None:
    """A title on one line, without the program's prefix and the file ending."""
    title = _one_line(words)
    if title is None:
        return None
    title = re.sub(r"\AMicrosoft (?:Word|PowerPoint) - ", "", title)
    title = re.sub(r"\.(?:docx?|pdf|odt|rtf|txt|html?|indd|pptx?)\Z", "", title, flags=re.I)
    return None if _NO_TITLE.match(title) else title


def _one_line(words: str | None) -> str | None:
    line = " ".join((words or "").split())[:500]
    return line.encode("utf-8", "replace").decode("utf-8") or None


def merge(first: Facts, second: Facts) -> Facts:
    """`first`, its gaps filled from `second`."""
    return Facts(**{f.name: getattr(first, f.name) or getattr(second, f.name) for f in fields(Facts)})


def facts_of_head(text: str) -> Facts:
    """Title, author, date, publisher and address as the first lines of a text state them."""
    author = when = publisher = address = None
    for line in text[:_HEAD_CHARS].splitlines()[: _HEAD_LINES * 2]:
        words = line.strip().strip("*_#").strip()
        if not words:
            continue
        if len(words) > 120:
            break  # prose has begun
        for part in re.split(r"\s+[|·•]\s+", words):
            author = author or _byline(part)
            when = when or _dated(part)
            if m := _ADDRESSED.match(part):
                address = address or m["url"]
            elif m := _PUBLISHED_BY.match(part):
                publisher = publisher or m["who"]
    return Facts(author=author, date=when, publisher=publisher, address=address)


def _byline(words: str) -> str | None:
    """The name in "By Jane Doe" or "Author: Jane Doe"."""
    m = _BYLINE.match(words)
    if m is None:
        return None
    who = re.sub(r"\Athe\s+", "", m["who"].rstrip(" ,"), flags=re.I)  # "By the Monitoring Team"
    if who.endswith((".", "?", "!", ":")) or not _NAME_WORDS.fullmatch(who):
        return None
    if words.isupper() and (len(who.split()) > _LONG_NAME or who.split()[0].endswith("ING")):
        return None  # "BY CARRYING OUT ...": a line of a text in capitals
    parts = [part for part in who.split() if part not in {"and", "&", "de", "al", "el", "bin", "von", "van"}]
    cased = all(not part[0].islower() or part.partition("-")[2][:1].isupper() for part in parts)  # "al-Sayed"
    return clean_author(who) if cased and (len(parts) > 1 or m[1]) else None


def _dated(words: str) -> str | None:
    """The date in "Published: 12 March 2024", or of a line that is nothing but a date."""
    m = _DATED.match(words)
    said = m["when"] if m else words
    when = read_date(said)
    if when is None or (m is None and len(said) > 30):
        return None
    if m is None and (said.strip().isdigit() or not _only_a_date(said)):
        return None
    return when


def _only_a_date(words: str) -> bool:
    """Nothing stands behind the date but a time."""
    for pattern in (_SLASHED, _ISO, _DAY_MONTH, _MONTH_DAY, _MONTH_YEAR):
        if m := pattern.match(words):
            return not re.search(r"[^\W\d]{3,}", words[m.end() :])
    return False


def facts_of_front_matter(text: str) -> tuple[Facts, int]:
    """What the YAML front matter of a Markdown file says, and where the text behind it starts (0 = there is none)."""
    m = re.match(r"---[ \t]*\r?\n(.{0,10000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", text, re.S)
    if m is None:
        return Facts(), 0
    import yaml

    try:
        held = yaml.load(m[1], Loader=yaml.BaseLoader)  # every value stays the words it is written in
    except (yaml.YAMLError, RecursionError, ValueError):
        return Facts(), 0
    if not isinstance(held, dict):
        return Facts(), 0
    said = {str(key).casefold(): value for key, value in held.items()}

    def words(*keys: str) -> str | None:
        for key in keys:
            value = said.get(key)
            if isinstance(value, list):
                value = ", ".join(v for v in value if isinstance(v, str))
            if isinstance(value, str) and value.strip():
                return value
        return None

    return Facts(
        title=clean_title(words("title")),
        author=clean_author(words("author", "authors", "by")),
        publisher=clean_author(words("publisher", "site", "sitename", "organisation", "organization")),
        date=read_date(words("date", "published", "pubdate")),
        address=words("url", "link", "address", "source_url", "canonical"),
        language=words("language", "lang"),
    ), m.end()
