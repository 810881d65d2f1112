"""A Word file (docx) -> kept text: paragraphs, headings, lists, tables row by row, footnotes at the end.

The parts are walked as XML, because python-docx's own `paragraph.text` leaves out insertions that are still tracked.
Deleted and hidden words are left out.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from rasid.model.values import PassageKind
from rasid.read.build import TextBuilder
from rasid.read.facts import clean_author, clean_title, facts_of_head, merge
from rasid.read.reading import BROKEN_FILE, Facts, Kept, Limits, Opened, broken, refuse

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr", f"{_W}instrText", _FALLBACK}
_HEADING_STYLE = re.compile(r"heading|title|subtitle|überschrift|titre|título|عنوان", re.I)
_LIST_STYLE = re.compile(r"list|bullet|aufzählung|liste", re.I)
_CAPTION_STYLE = re.compile(r"caption|beschriftung|légende", re.I)
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAX_DEPTH = 40  # tables in tables; deeper ones only come from attacks


def read_docx(content: bytes, *, limits: Limits) -> Opened:
    """The text of a docx and its core properties."""
    if trouble := _too_large(content, limits):
        return trouble
    import docx
    from docx.opc.exceptions import OpcError
    from docx.oxml.exceptions import InvalidXmlError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(BytesIO(content))
        builder = TextBuilder()
        names = _style_names(document)
        _walk(document.element.body, builder, names, depth=0)
        _notes(document, builder, names)
        facts = _properties(document)
    except (LxmlError, OpcError, InvalidXmlError, *BROKEN_FILE) as error:
        return broken("Word file", error)
    text = builder.text()
    if not text:
        return refuse(
            "no text",
            "This Word file holds no text.",
            "If it holds pictures of text, add those as PDF with OCR.",
        )
    first = builder.blocks[0]
    title = text[first.start : first.end] if first.kind is PassageKind.HEADING else None
    facts = merge(merge(facts_of_head(text), facts), Facts(title=clean_title(title)))
    return Opened(Kept(text, _MEDIA_TYPE, tuple(builder.blocks), facts))


def _too_large(content: bytes, limits: Limits) -> Opened | None:
    """Refuse before python-docx unpacks everything into memory. Declared sizes bind: zipfile reads no further."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except BROKEN_FILE as error:
        return broken("Word file", error)
    if any(part.flag_bits & 1 for part in parts):
        return refuse(
            "password",
            "This Word file is locked with a password.",
            "Save it without a password and add that.",
        )
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    whole = sum(part.file_size for part in parts)
    # XML packs better than text: real reports reach 30 to 1 overall, style tables 100 to 1
    if (
        xml > min(limits.max_bytes, 8 * limits.max_chars)
        or whole > limits.max_total_bytes
        or (xml > 1_000_000 and xml > limits.max_ratio * len(content))
    ):
        return refuse(
            "zip bomb",
            f"This Word file would unpack to {whole:,} bytes, more than the limits allow.",
            "If it is genuine, save it without pictures or in parts, and add those.",
        )
    return None


def _style_names(document: Document) -> dict[str, str]:
    return {style.style_id: style.name or "" for style in document.styles}


def _walk(parent: Any, builder: TextBuilder, names: dict[str, str], *, depth: int) -> None:
    """Add the paragraphs and tables below an element, in order."""
    if depth > _MAX_DEPTH:
        return
    for child in parent:
        if child.tag == f"{_W}p":
            _paragraph(child, builder, names)
        elif child.tag == f"{_W}tbl":
            _table(child, builder)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            _walk(child, builder, names, depth=depth + 1)


def _paragraph(paragraph: Any, builder: TextBuilder, names: dict[str, str]) -> None:
    builder.add("".join(_words(paragraph)), _kind(paragraph, names))
    for box in paragraph.iter(f"{_W}txbxContent"):
        if not any(up.tag == _FALLBACK for up in box.iterancestors()):
            for inner in box.iter(f"{_W}p"):
                builder.add("".join(_words(inner)), _kind(inner, names))


def _words(element: Any) -> Iterator[str]:
    """The visible words of a paragraph, without those of text boxes in it."""
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        tag = child.tag
        if tag in _SKIPPED or tag == f"{_W}txbxContent" or not isinstance(tag, str):
            continue
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag == f"{_W}tab":
            yield " "
        elif tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif tag == f"{_W}noBreakHyphen":
            yield "-"
        elif tag == f"{_W}r" and _is_hidden(child):
            continue
        else:
            stack.extend(reversed(child))


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val") not in ("0", "false", "off")


def _kind(paragraph: Any, names: dict[str, str]) -> PassageKind:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    said = (style.get(f"{_W}val") or "") if style is not None else ""
    name = names.get(said, said)
    if _CAPTION_STYLE.search(name):
        return PassageKind.CAPTION
    if _HEADING_STYLE.search(name) and "toc" not in name.casefold():
        return PassageKind.HEADING
    if _LIST_STYLE.search(name) or paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
        return PassageKind.BULLET
    return PassageKind.SENTENCE


def _table(table: Any, builder: TextBuilder) -> None:
    """One row of the table is one passage, its cells parted by " | "."""
    for row in table.iter(f"{_W}tr"):
        cells = []
        for cell in row.iterchildren(f"{_W}tc", f"{_W}sdt"):
            words = " ".join(
                " ".join("".join(_words(paragraph)).split())
                for paragraph in cell.iter(f"{_W}p")
                if next(paragraph.iterancestors(f"{_W}tr")) is row
            )
            if words.strip():
                cells.append(words.strip())
        builder.add(" | ".join(cells), PassageKind.ROW)


def _notes(document: Document, builder: TextBuilder, names: dict[str, str]) -> None:
    """Footnotes and endnotes, which hold the sources of many reports."""
    from docx.oxml.parser import parse_xml

    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        root: Any = parse_xml(relation.target_part.blob)
        for note in root.iter(f"{_W}footnote", f"{_W}endnote"):
            if note.get(f"{_W}type") is None:  # the others are the separator lines
                _walk(note, builder, names, depth=0)


def _properties(document: Document) -> Facts:
    """Core properties. A file made by python-docx carries its template's day and name, which say nothing."""
    core = document.core_properties
    made = core.created
    day = made.date().isoformat() if made and core.author != "python-docx" else None
    return Facts(
        title=clean_title(core.title),
        author=clean_author(core.author),
        date=day,
        language=core.language or None,
    )
