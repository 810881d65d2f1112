"""What format a file is in: by its content first, by its name only where content cannot tell.

In: bytes and a file name. Out: a `Format`.
"""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import PurePosixPath

from rasid.read.encoding import looks_like_text
from rasid.read.reading import BROKEN_FILE


class Format(StrEnum):
    """The formats Rasid knows by sight; the value is the media type."""

    EMPTY = "application/x-empty"
    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    MAIL = "message/rfc822"
    MAILBOX = "application/mbox"
    ZIP = "application/zip"
    GZIP = "application/gzip"
    TABLE = "text/csv"  # rows and not text, of any kind: data.py reads them
    LOCKED_OFFICE = "application/x-ole-encrypted"
    OTHER = "application/octet-stream"


# First bytes of formats that are known but not read, and what to call them.
_OTHERS = (
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"BM", "image"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"Rar!\x1a\x07", "RAR archive"),
    (b"BZh", "bzip2 file"),
    (b"\xfd7zXZ\0", "xz file"),
    (b"{\\rtf", "RTF file"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"\x1aE\xdf\xa3", "video"),
    (b"%!PS", "PostScript file"),
    (b"SQLite format 3", "database"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TABLES = frozenset({".csv", ".tsv", ".tab", ".psv", ".jsonl", ".ndjson"})
_BY_ENDING = {
    ".json": "JSON file",
    ".xml": "XML file",
    ".svg": "image",
    ".tar": "tar archive",
    ".warc": "web archive",
    ".srt": "subtitles",
    ".ics": "calendar",
    ".vcf": "address card",
    ".geojson": "map data",
    ".kml": "map data",
    ".yaml": "YAML file",
    ".yml": "YAML file",
}
_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|div|article|p|h1)[\s>]",
    re.I | re.S,
)
_MAIL_HEADER = re.compile(
    rb"(?:From|To|Subject|Date|Received|Return-Path|Message-ID|MIME-Version|Delivered-To|Content-Type|Cc|Reply-To"
    rb"|DKIM-Signature|X-[\w-]+|Sender|Thread-Topic|In-Reply-To|References|ARC-[\w-]+|Authentication-Results):",
    re.I,
)
_MBOX = re.compile(rb"From \S+.*\d{4}[^\n]*\r?\n[\w-]+:")


def detect(content: bytes, name: str) -> tuple[Format, str]:
    """The format, and for `OTHER` and `TABLE` what to call it ("image", "spreadsheet")."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.casefold()
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"):
        return Format.EMPTY, ""
    if content[:1024].find(b"%PDF-") >= 0 and not content[:20].lstrip().startswith((b"<", b"From ")):
        return Format.PDF, ""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _kind_of_zip(content, ending)
    if content.startswith(b"\x1f\x8b"):
        return Format.GZIP, ""
    if content.startswith(b"PAR1"):
        return Format.TABLE, "table (Parquet)"
    if content.startswith(_OLE):
        return _kind_of_ole(content)
    for first, called in _OTHERS:
        if content.startswith(first) and (len(first) > 2 or not looks_like_text(content)):
            return Format.OTHER, called
    if content[4:8] == b"ftyp":
        return Format.OTHER, "video or image"
    if content[:4] == b"RIFF" and content[8:12] in (b"WEBP", b"AVI ", b"WAVE"):
        return Format.OTHER, "image, sound or video"
    return _kind_of_text(content, ending)


def _kind_of_text(content: bytes, ending: str) -> tuple[Format, str]:
    if not looks_like_text(content):
        return Format.OTHER, "file of a kind that Rasid does not know"
    head = _narrow(content[:4_096])
    if ending not in {".txt", ".text", ".md", ".markdown"} or head.lstrip()[:9].lower() == b"<!doctype":
        if _HTML.match(head) or ending in {".html", ".htm", ".xhtml", ".shtml"}:
            return Format.HTML, ""
        if _MBOX.match(head):
            return Format.MAILBOX, ""
        if _is_mail(head, ending):
            return Format.MAIL, ""
    if ending in _TABLES:
        return Format.TABLE, f"table ({ending[1:].upper()})"
    if ending in _BY_ENDING:
        return Format.OTHER, _BY_ENDING[ending]
    return (Format.MARKDOWN if ending in {".md", ".markdown"} else Format.TEXT), ""


def _narrow(head: bytes) -> bytes:
    """UTF-16 and UTF-32 made narrow enough to see tags and headers."""
    return (
        head.replace(b"\0", b"")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
        .removeprefix(b"\xef\xbb\xbf")
    )


def _is_mail(head: bytes, ending: str) -> bool:
    lines = head.split(b"\n", 40)
    named = {m.group().lower() for line in lines if (m := _MAIL_HEADER.match(line))}
    first = bool(_MAIL_HEADER.match(head))
    return (first and (ending == ".eml" or len(named) >= 3)) or (ending == ".eml" and bool(named))


def _kind_of_zip(content: bytes, ending: str) -> tuple[Format, str]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except BROKEN_FILE:
        return (Format.DOCX if ending == ".docx" else Format.ZIP), ""
    if "word/document.xml" in names:
        return Format.DOCX, ""
    if any(name.startswith("xl/") for name in names) and "[Content_Types].xml" in names:
        return Format.TABLE, "spreadsheet"
    if any(name.startswith("ppt/") for name in names) and "[Content_Types].xml" in names:
        return Format.OTHER, "presentation"
    if ending == ".ods" and "content.xml" in names:
        return Format.TABLE, "spreadsheet"
    if "mimetype" in names and ("content.xml" in names or "META-INF/container.xml" in names):
        return Format.OTHER, "OpenDocument file or e-book"
    return (Format.DOCX if ending == ".docx" else Format.ZIP), ""


def _kind_of_ole(content: bytes) -> tuple[Format, str]:
    """Old Office formats; the names of their streams are in UTF-16 in the directory."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Format.LOCKED_OFFICE, ""
    if "WordDocument".encode("utf-16-le") in content:
        return Format.OTHER, "old Word file (.doc)"
    if "Workbook".encode("utf-16-le") in content:
        return Format.OTHER, "old spreadsheet (.xls)"
    return Format.OTHER, "old Office or Outlook file"
