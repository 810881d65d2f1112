"""A PDF -> kept text: lines joined to paragraphs, hyphens at line ends undone, page numbers and running heads dropped.

Text comes in the order in which the file draws it, which for documents made with a word processor is the reading
order, also in columns. Size and place of each line tell headings and paragraphs apart. A page without a text layer
is a picture: one doubt names all such pages.
"""

from __future__ import annotations

import ctypes
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rasid.model.values import PassageKind
from rasid.read.build import TextBuilder
from rasid.read.facts import clean_author, clean_title, facts_of_head, merge, read_date
from rasid.read.lines import is_heading
from rasid.read.reading import BROKEN_FILE, Facts, Kept, Limits, Opened, Trouble, broken, refuse

if TYPE_CHECKING:
    import pypdfium2

_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_HYPHEN_MARKS = "\u00ad\x02\ufffe"  # pdfium marks a hyphen that ends a line with one of these
_HYPHENED = re.compile(rf"(\w+)[{_HYPHEN_MARKS}]\s*(\w+)")
_LINE_END_HYPHEN = re.compile(rf"[^\W\d_][-{_HYPHEN_MARKS}]\Z")
# First halves that keep their hyphen at a line end; other words are taken for one word that was divided there.
_KEEP_HYPHEN = frozenset(
    {
        "well",
        "self",
        "non",
        "anti",
        "ex",
        "half",
        "high",
        "low",
        "long",
        "short",
        "semi",
        "cross",
        "pro",
        "post",
        "ill",
        "old",
        "new",
        "so",
        "co",
        "al",
        "el",
        "vice",
        "counter",
        "ultra",
    }
)
_BULLET = re.compile(r"(?:[•‣⁃◦▪▫●○■□◆✓➢➤►▶·\uf0b7\uf0a7–-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|of)\s*\d{1,4})?\Z", re.I)
_PAGE_AT_END = re.compile(r"\A\d{1,4}\b|\b\d{1,4}\Z")
_ENDED = re.compile(r"[.!?:…؟۔][\"'”’»)\]]*\Z")
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_HEADING_RATIO = 1.12  # letters this much larger than those of the body
_PARAGRAPH_GAP = 1.45  # times the usual distance from line to line
_SHORT_LINE = 0.82  # of the widest line: a line that stops earlier ends its paragraph


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a page. left, right, base, size in points; base grows upwards."""

    words: str
    page: int
    left: float
    right: float
    base: float
    size: float


def read_pdf(content: bytes, *, limits: Limits) -> Opened:
    """The text of a PDF and what its properties say."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pypdfium2 warns about forms it does not draw
        return _read_quietly(content, limits)


def _read_quietly(content: bytes, limits: Limits) -> Opened:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).casefold():
            return refuse(
                "password",
                "This PDF is locked with a password and could not be read.",
                "Open it with the password, save it without one, and add that copy.",
            )
        return broken("PDF", error)
    try:
        return _read_document(pdf, limits)
    except BROKEN_FILE as error:
        return broken("PDF", error)
    finally:
        pdf.close()


def _read_document(pdf: pypdfium2.PdfDocument, limits: Limits) -> Opened:
    count = len(pdf)
    if count > limits.max_pages:
        return refuse(
            "too large",
            f"This PDF has {count} pages, more than the limit of {limits.max_pages}.",
            "Split it into parts and add those.",
        )
    lines: list[_Line] = []
    scanned: list[int] = []
    unreadable: list[int] = []
    chars = 0
    for number in range(count):
        try:
            found = _page_lines(pdf, number)
        except BROKEN_FILE:
            unreadable.append(number + 1)
            continue
        chars += sum(len(line.words) for line in found)
        if chars > limits.max_chars:
            return refuse(
                "too large",
                f"The text of this PDF is longer than the limit of {limits.max_chars:,} characters.",
                "Split it into parts and add those.",
            )
        if not found:
            scanned.append(number + 1)
        lines += found
    builder = _build(_without_running_heads(lines, count))
    troubles = _page_troubles(scanned, unreadable, count)
    text = builder.text()
    if not text:
        return Opened(troubles=troubles or broken("PDF", ValueError()).troubles)
    facts = merge(_properties(pdf), facts_of_head(text))
    first = builder.blocks[0]
    if first.kind is PassageKind.HEADING:
        facts = merge(facts, Facts(title=clean_title(text[first.start : first.end])))
    return Opened(Kept(text, "application/pdf", tuple(builder.blocks), facts), troubles=troubles)


def _page_troubles(scanned: list[int], unreadable: list[int], count: int) -> tuple[Trouble, ...]:
    troubles = []
    if scanned:
        troubles.append(
            Trouble(
                "scan",
                f"{_pages(scanned, count)} no text, only pictures or nothing at all.",
                "If these are scanned pages, run text recognition (OCR) over the PDF and add the result.",
            )
        )
    if unreadable:
        troubles.append(
            Trouble(
                "broken file",
                f"{_pages(unreadable, count)} damaged and could not be read.".replace(
                    "hold damaged", "are damaged"
                ).replace("holds damaged", "is damaged"),
                "Get a fresh copy of the PDF and add that.",
            )
        )
    return tuple(troubles)


def _pages(numbers: list[int], count: int) -> str:
    if len(numbers) == count:
        return "All pages of this PDF hold" if count > 1 else "The only page of this PDF holds"
    shown = ", ".join(map(str, numbers[:20])) + (" …" if len(numbers) > 20 else "")
    return f"Page {shown} of this PDF holds" if len(numbers) == 1 else f"Pages {shown} of this PDF hold"


def _page_lines(pdf: pypdfium2.PdfDocument, number: int) -> list[_Line]:
    page = pdf[number]
    try:
        text_page = page.get_textpage()
        try:
            return list(_text_lines(text_page, number))
        finally:
            text_page.close()
    finally:
        page.close()


def _text_lines(text_page: Any, number: int) -> Iterator[_Line]:
    """The lines of a page: pdfium puts a line end between what stands on different heights."""
    from pypdfium2 import raw

    count = text_page.count_chars()
    codes = [raw.FPDFText_GetUnicode(text_page, i) for i in range(count)]
    start = 0
    for i in range(count + 1):
        if i == count or codes[i] in (10, 13):
            if line := _one_line(text_page, codes, (start, i), number):
                yield line
            start = i + 1


def _one_line(text_page: Any, codes: list[int], span: tuple[int, int], number: int) -> _Line | None:
    from pypdfium2 import raw

    inked = [i for i in range(*span) if codes[i] > 32 and codes[i] != 160]
    if not inked:
        return None
    words = _from_codes(codes[span[0] : span[1]])
    if not words.strip():
        return None
    box = [ctypes.c_double() for _ in range(4)]
    refs = [ctypes.byref(side) for side in box]  # left, right, bottom, top
    raw.FPDFText_GetCharBox(text_page, inked[0], *refs)
    first = [side.value for side in box]
    raw.FPDFText_GetCharBox(text_page, inked[-1], *refs)
    last = [side.value for side in box]
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text_page, inked[0], ctypes.byref(x), ctypes.byref(y))
    return _Line(
        words=words.strip(),
        page=number,
        left=min(first[0], last[0]),
        right=max(first[1], last[1]),
        base=y.value,
        size=round(raw.FPDFText_GetFontSize(text_page, inked[len(inked) // 2]), 1) or 10.0,
    )


def _from_codes(codes: list[int]) -> str:
    """Characters from pdfium's numbers, which are UTF-16 units on some platforms."""
    units = "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _without_running_heads(lines: list[_Line], pages: int) -> list[_Line]:
    """Drop page numbers, and first and last lines that most pages repeat at the same height."""
    on_pages: dict[int, list[_Line]] = {}
    for line in lines:
        on_pages.setdefault(line.page, []).append(line)
    shapes = Counter(shape for held in on_pages.values() for shape in {_shape(line) for line in _edges(held)})
    dropped: set[int] = set()
    for held in on_pages.values():
        dropped |= {
            id(line) for line in (held[0], held[-1]) if len(held) > 1 and _PAGE_NUMBER.match(line.words)
        }
        dropped |= {
            id(line)
            for line in _edges(held)
            if shapes[_shape(line)] >= 3 and shapes[_shape(line)] * 2 > pages
        }
    return [line for line in lines if id(line) not in dropped]


def _edges(held: list[_Line]) -> list[_Line]:
    return [*held[:2], *held[-2:]]


def _shape(line: _Line) -> tuple[str, int]:
    """What a running head has on every page: its words without the page number at an end, and its height."""
    return _PAGE_AT_END.sub("", line.words), round(line.base / 3)


def _build(lines: list[_Line]) -> TextBuilder:
    """Lines to paragraphs, and paragraphs to blocks."""
    builder = TextBuilder()
    if not lines:
        return builder
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.words)
    body = sizes.most_common(1)[0][0]
    steps = Counter(
        round(a.base - b.base) for a, b in pairwise(lines) if a.page == b.page and a.base > b.base
    )
    step = next((s for s, _ in steps.most_common() if 0.9 * body <= s <= 2.5 * body), 1.25 * body)
    width = max(line.right - line.left for line in lines)
    whole = Counter(word for line in lines for word in re.findall(r"\w+-\w+", line.words))
    group: list[_Line] = []
    for line in lines:
        if group and _new_paragraph(group[-1], line, step=step, width=width):
            _add_paragraph(builder, group, body, whole)
            group = []
        group.append(line)
    _add_paragraph(builder, group, body, whole)
    return builder


def _new_paragraph(line: _Line, after: _Line, *, step: float, width: float) -> bool:
    if abs(line.size - after.size) > 0.1 * line.size or _BULLET.match(after.words):
        return True
    ended = bool(_ENDED.search(line.words))
    goes_on = after.words[0].islower() or line.words[-1] in _HYPHEN_MARKS + "-,"
    drop = line.base - after.base
    if line.page != after.page or drop < 0:  # next page or next column
        return not goes_on and ended
    if drop > _PARAGRAPH_GAP * step:
        return not (goes_on and drop < 2 * _PARAGRAPH_GAP * step)
    if goes_on:
        return False
    short = line.right - line.left < _SHORT_LINE * width
    indented = after.left - line.left > 0.8 * line.size
    return (short and (ended or len(line.words) < 60)) or (indented and ended)


def _add_paragraph(builder: TextBuilder, group: list[_Line], body: float, whole: Counter[str]) -> None:
    words = _join(group, whole)
    marked = _BULLET.match(words)
    kind = PassageKind.SENTENCE
    large = group[0].size >= _HEADING_RATIO * body and len(words) <= 200
    if marked:
        words, kind = words[marked.end() :], PassageKind.BULLET
    elif large or (len(group) == 1 and is_heading(words, 0, len(words))):
        kind = PassageKind.HEADING
    builder.add(words.replace("\n", " "), kind)


def _join(group: list[_Line], whole: Counter[str]) -> str:
    """The lines as one, hyphens at their ends undone."""
    joined = group[0].words
    for line in group[1:]:
        if _LINE_END_HYPHEN.search(joined) and line.words[0].isalpha():
            joined = joined[:-1] + "\x02" + line.words
        else:
            joined += " " + line.words

    def unhyphen(found: re.Match[str]) -> str:
        before, after = found[1], found[2]
        keep = f"{before}-{after}" in whole or after[0].isupper() or before.casefold() in _KEEP_HYPHEN
        return before + ("-" if keep else "") + after

    return _HYPHENED.sub(unhyphen, joined).translate({2: "-", 0xFFFE: "-", 0xAD: None})


def _properties(pdf: pypdfium2.PdfDocument) -> Facts:
    """The document's properties. Its date is the day the file was made, which is what it says about itself."""
    try:
        said = pdf.get_metadata_dict(skip_empty=True)
    except BROKEN_FILE:
        return Facts()
    made = _PDF_DATE.match(str(said.get("CreationDate", "")))
    day = "-".join(part for part in made.groups() if part) if made else None
    return Facts(
        title=clean_title(said.get("Title")), author=clean_author(said.get("Author")), date=read_date(day)
    )
