"""One original (bytes and a name) -> its documents, passages and doubts. The door of this stage for a single file.

Pure: no disk, no network. The same bytes under the same name give the same rows on every machine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, assert_never

from rasid.model.ids import content_id, document_id
from rasid.read.archives import read_gzip, read_zip, safe_name
from rasid.read.detect import Format, detect
from rasid.read.language import UNSURE, direction_of, guess_language, main_script
from rasid.read.passages import cut_passages
from rasid.read.plain import read_plain
from rasid.read.reading import Facts, Kept, Limits, Member, Opened, Reading, Trouble, refuse, too_long

if TYPE_CHECKING:
    from rasid.model.tables import Row

READ_VERSION = 1  # raise when the kept text, the passages or the doubts of any format change

#: Formats read by native code or by large parsers: flow reads these in a guarded worker, plain text at home.
RISKY_FORMATS = frozenset(
    {Format.HTML, Format.PDF, Format.DOCX, Format.MAIL, Format.MAILBOX, Format.ZIP, Format.GZIP}
)


@dataclass(slots=True)
class _Course:
    """What is still allowed while one original is read, and what it has given so far."""

    original: str
    limits: Limits
    bytes_left: int
    members_left: int
    is_zip: bool = False  # the tables directly inside are read as data (rasid.data), not here
    reading: Reading = field(default_factory=Reading)
    paths: set[str] = field(default_factory=set)  # of the members read so far


def is_risky(content: bytes, name: str) -> bool:
    """Should these bytes be read in a worker that may crash or hang without harm?"""
    return detect(content, name)[0] in RISKY_FORMATS


def read_original(content: bytes, *, original: str, name: str, limits: Limits = Limits()) -> Reading:  # noqa: B008
    """Read one original: rows of tables.DOCUMENTS, tables.PASSAGES and tables.DOUBTS.

    content:  the bytes as received
    original: their SHA-256, in hex
    name:     the file name, to show and to tell formats apart that look alike; never decides against the content
    """
    is_zip = detect(content, name)[0] is Format.ZIP
    course = _Course(original, limits, limits.max_total_bytes, limits.max_members, is_zip)
    shown = safe_name(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")).rpartition("/")[2]
    _read_one(course, content, member="", name=shown, depth=0)
    course.reading.doubts[:] = {row["id"]: row for row in course.reading.doubts}.values()
    return course.reading


def doubt_row(
    original: str, *, name: str, trouble: Trouble, document: str | None = None, member: str = ""
) -> Row:
    """A row of tables.DOUBTS for something that went wrong while reading; also for flow, after a crash."""
    return {
        "id": content_id("x", "read", original, member, trouble.what, trouble.sentence),
        "stage": "read",
        "original": original,
        "document": document,
        "name": name,
        "what": trouble.what,
        "sentence": trouble.sentence,
        "advice": trouble.advice,
    }


def _read_one(course: _Course, content: bytes, *, member: str, name: str, depth: int) -> None:
    """Read one file of an original and the files inside it."""
    opened = _open(course, content, name=name, depth=depth)
    if opened.kept is not None and len(opened.kept.text) > course.limits.max_chars:
        opened = too_long(len(opened.kept.text), course.limits)
    document = None
    if opened.kept is not None:
        document = _add_document(course, opened.kept, member=member, name=name)
    for trouble in opened.troubles:
        course.reading.doubts.append(
            doubt_row(course.original, name=name, trouble=trouble, document=document, member=member)
        )
    for inner in opened.members:
        if course.members_left <= 0 or course.bytes_left <= 0:
            trouble = Trouble(
                "too many members",
                f"This file holds more than the limits allow ({course.limits.max_members} files, "
                f"{course.limits.max_total_bytes:,} bytes); the rest was not read.",
                "Unpack it and add its files in parts.",
            )
            course.reading.doubts.append(
                doubt_row(course.original, name=name, trouble=trouble, member=member)
            )
            return
        course.members_left -= 1
        course.bytes_left -= len(inner.content)
        _read_member(course, inner, member=member, name=name, depth=depth)


def _read_member(course: _Course, inner: Member, *, member: str, name: str, depth: int) -> None:
    path = safe_name(inner.path)
    path = _unused(path, lambda other: f"{member}/{other}" in course.paths)
    course.paths.add(f"{member}/{path}")
    inside = f"{member}/{path}" if member else path
    _read_one(course, inner.content, member=inside, name=f"{name}/{path}", depth=depth + 1)


def _unused(path: str, is_used: Callable[[str], bool]) -> str:
    """The path, numbered before its ending if another member has it: each needs an id of its own."""
    stem, dot, ending = path.rpartition(".")
    if not stem or "/" in ending:
        stem, dot, ending = path, "", ""
    number, unused = 1, path
    while is_used(unused):
        number += 1
        unused = f"{stem} ({number}){dot}{ending}"
    return unused


def _open(course: _Course, content: bytes, *, name: str, depth: int) -> Opened:
    """Hand the bytes to the reader of their format."""
    limits = course.limits
    if len(content) > limits.max_bytes:
        return refuse(
            "too large",
            f"This file has {len(content):,} bytes, more than the limit of {limits.max_bytes:,}.",
            "Split it into parts and add those.",
        )
    found, called = detect(content, name)
    nested = found in (Format.ZIP, Format.GZIP, Format.MAIL, Format.MAILBOX)
    if nested and depth > limits.max_depth:
        return refuse(
            "too deep",
            f"This file lies in more than {limits.max_depth} archives or mails within each other and was not opened.",
            "Unpack the outer ones and add what is inside.",
        )
    match found:
        case Format.EMPTY:
            return refuse(
                "empty file", "This file is empty.", "Check that it was copied whole, and add it again."
            )
        case Format.TEXT | Format.MARKDOWN:
            return read_plain(content, markdown=found is Format.MARKDOWN, limits=limits)
        case Format.HTML:
            from rasid.read.html import read_html

            return read_html(content)
        case Format.PDF:
            from rasid.read.pdf import read_pdf

            return read_pdf(content, limits=limits)
        case Format.DOCX:
            from rasid.read.office import read_docx

            return read_docx(content, limits=limits)
        case Format.MAIL:
            from rasid.read.mail import read_mail

            return read_mail(content)
        case Format.MAILBOX:
            from rasid.read.mail import read_mailbox

            return read_mailbox(content, limits=limits)
        case Format.ZIP:
            return read_zip(content, limits=limits, budget=course.bytes_left)
        case Format.GZIP:
            return read_gzip(content, name=name, limits=limits, budget=course.bytes_left)
        case Format.TABLE:
            return Opened() if course.is_zip and depth == 1 else _table_here(called, depth)
        case Format.LOCKED_OFFICE:
            return refuse(
                "password",
                "This Office file is locked with a password and could not be read.",
                "Open it with the password, save it without one, and add that copy.",
            )
        case Format.OTHER:
            return refuse(
                "format not read yet",
                f"This is {_with_article(called)}, which Rasid does not read yet.",
                "Save it as PDF, docx, HTML or plain text if it holds text that matters, and add that.",
            )
        case _:
            assert_never(found)


def _table_here(called: str, depth: int) -> Opened:
    """Rows where no reader of rows looks: inside a mail, deep in archives, or under a name that does not say so."""
    where = "inside another file" if depth else "under a name that does not say so"
    return refuse(
        "table not read",
        f"This is {_with_article(called)} {where}, and its rows were not read.",
        "Save it as a file of its own, with an ending such as .csv or .xlsx, and add that.",
    )


def _with_article(called: str) -> str:
    if called in ("sound", "subtitles", "map data"):
        return called
    vowel = called[0] in "aeiouAEIOU" or called.startswith(("XML", "RTF", "xz"))
    return f"{'an' if vowel else 'a'} {called}"


def _add_document(course: _Course, kept: Kept, *, member: str, name: str) -> str | None:
    """Add the rows of one text; a text without a single letter or digit is a doubt instead."""
    passages = cut_passages(kept.text, kept.blocks)
    document = document_id(course.original, member)
    language = guess_language(kept.text, hint=kept.facts.language)
    course.reading.documents.append(
        _document_row(course, kept, document, member=member, name=name, language=language)
    )
    script = main_script(kept.text[:3_000])
    for index, passage in enumerate(passages):
        words = kept.text[passage.start : passage.end]
        course.reading.passages.append(
            {
                "document": document,
                "index": index,
                "kind": passage.kind.value,
                "start": passage.start,
                "end": passage.end,
                "language": _passage_language(words, language, script),
            }
        )
    return document


def _passage_language(words: str, language: str, script: str | None) -> str:
    """That of the document, unless the passage is in another script."""
    if words.isascii() and script == "latin":
        return language
    own = main_script(words)
    return language if own in (None, script) else guess_language(words)


def _document_row(
    course: _Course, kept: Kept, document: str, *, member: str, name: str, language: str
) -> Row:
    facts: Facts = kept.facts
    return {
        "id": document,
        "original": course.original,
        "member": member,
        "name": name,
        "media_type": kept.media_type,
        "title": facts.title,
        "author": facts.author,
        "publisher": facts.publisher,
        "date": facts.date,
        "language": language or UNSURE,
        "address": facts.address,
        "direction": direction_of(language, kept.text),
        "text": kept.text,
    }
