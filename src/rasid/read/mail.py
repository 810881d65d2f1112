"""Mails (eml, mbox) -> kept text and attachments. Subject = title, From = author, Date = date.

In: bytes. Out: the body (plain text preferred to HTML), each attachment and each mail of a mailbox as a member.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

from rasid.model.values import PassageKind
from rasid.read.build import TextBuilder
from rasid.read.encoding import decode
from rasid.read.facts import clean_author, clean_title, merge
from rasid.read.html import read_html
from rasid.read.lines import find_blocks
from rasid.read.plain import lost_characters
from rasid.read.reading import BROKEN_FILE, Facts, Kept, Limits, Member, Opened, Trouble, broken, refuse

_FROM_LINE = re.compile(rb"^From [^\n]*\d{4}[^\n]*\n(?=[\w-]+:)", re.M)
_BROKEN_MAIL = (MessageError, *BROKEN_FILE)


def read_mailbox(content: bytes, *, limits: Limits) -> Opened:
    """Each mail of an mbox as a member; mails beyond the limit are named in a doubt."""
    starts = [found.start() for found in _FROM_LINE.finditer(content)]
    ends = [*starts[1:], len(content)]
    width = len(str(len(starts)))
    members: list[Member] = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        if number > limits.max_members:
            trouble = Trouble(
                "too many members",
                f"This mailbox holds {len(starts)} mails; only the first {limits.max_members} were read.",
                "Split it into several mailboxes and add those.",
            )
            return Opened(members=tuple(members), troubles=(trouble,))
        raw = content[start:end].partition(b"\n")[2]
        members.append(
            Member(f"mail-{number:0{width}}.eml", re.sub(rb"^>(>*From )", rb"\1", raw, flags=re.M))
        )
    if not members:
        return broken("mailbox", ValueError())
    return Opened(members=tuple(members))


def read_mail(content: bytes) -> Opened:
    """One mail: its body as the text, its attachments as members."""
    try:
        # compat32 keeps broken headers as they are; the newer policy raises on some of them
        mail = message_from_bytes(content, policy=policy.compat32)
        bodies, attachments = _parts(mail)
        opened = _body(bodies)
        facts = _facts(mail)
    except _BROKEN_MAIL as error:
        return broken("mail", error)
    members = tuple(attachments)
    if opened.kept is None or not opened.kept.text.strip():
        troubles = opened.troubles
        if not members and not troubles:
            troubles = refuse(
                "no text", "This mail has no text and no attachment.", "Nothing needs to be done."
            ).troubles
        return Opened(members=members, troubles=troubles)
    kept = replace(opened.kept, media_type="message/rfc822", facts=merge(facts, opened.kept.facts))
    return Opened(kept, members, opened.troubles)


def _parts(mail: Message) -> tuple[list[Message], list[Member]]:
    """The parts that are its body, and the attachments with their names."""
    bodies: list[Message] = []
    members: list[Member] = []
    for part in _leaves(mail):
        name = _file_name(part)
        kind = part.get_content_type()
        if part.is_multipart():  # a mail inside the mail
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                members.append(Member(name or f"attached-{len(members) + 1}.eml", inner[0].as_bytes()))
        elif (
            kind in ("text/plain", "text/html")
            and part.get_content_disposition() != "attachment"
            and not name
        ):
            bodies.append(part)
        elif part.get_content_maintype() != "image" or part.get_content_disposition() == "attachment":
            members.append(Member(name or f"attached-{len(members) + 1}{_ending(kind)}", _payload(part)))
    return bodies, members


def _leaves(mail: Message) -> Iterator[Message]:
    """The parts that hold something, without going into attached mails."""
    stack: list[Any] = [mail]
    while stack:
        part = stack.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            stack.extend(reversed(inner))
        else:
            yield part


def _body(bodies: list[Message]) -> Opened:
    """Plain text parts if one has words, else the HTML parts."""
    plain = [part for part in bodies if part.get_content_type() == "text/plain"]
    builder = TextBuilder()
    troubles: list[Trouble] = []
    for part in plain:
        decoded = decode(_payload(part), declared=_charset(part))
        troubles += lost_characters(decoded)
        _add_lines(builder, _unflowed(part, decoded.text))
    if builder.blocks:
        return Opened(Kept(builder.text(), "text/plain", tuple(builder.blocks)), troubles=tuple(troubles))
    for part in bodies:
        if part.get_content_type() == "text/html" and (payload := _payload(part)).strip():
            opened = read_html(payload, declared=_charset(part))
            if opened.kept:
                return opened
            troubles += opened.troubles
    return Opened(troubles=tuple(troubles))


def _add_lines(builder: TextBuilder, text: str) -> None:
    """Add text whose lines stay as they are."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip("\n")
    if not clean.strip():
        return
    start = builder.length + (2 if builder.parts else 0)
    if builder.parts:
        builder.parts.append("\n\n")
    builder.parts.append(clean)
    builder.length = start + len(clean)
    builder.blocks += [replace(b, start=b.start + start, end=b.end + start) for b in find_blocks(clean)]
    builder.last = PassageKind.SENTENCE


def _unflowed(part: Message, text: str) -> str:
    """format=flowed marks a wrapped line by a space at its end (RFC 3676); join those."""
    if str(part.get_param("format") or "").casefold() != "flowed":
        return text
    return re.sub(r"(?<=\S) \r?\n(?![>\r\n])", " ", text)


def _payload(part: Message) -> bytes:
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


def _charset(part: Message) -> str | None:
    name = part.get_content_charset(failobj="")
    return str(name) or None


def _file_name(part: Message) -> str:
    return _header(part.get_filename() or "")


def _ending(kind: str) -> str:
    return {
        "text/html": ".html",
        "text/plain": ".txt",
        "application/pdf": ".pdf",
        "text/calendar": ".ics",
    }.get(kind, ".bin")


def _facts(mail: Message) -> Facts:
    name, address = parseaddr(_header(mail.get("From")))
    return Facts(
        title=clean_title(_header(mail.get("Subject"))),
        author=clean_author(name or address),
        date=_day(mail.get("Date")),
    )


def _day(words: object) -> str | None:
    """The day of a Date header in the time zone of the one who wrote it."""
    if words is None:
        return None
    try:
        return parsedate_to_datetime(str(words)).date().isoformat()
    except _BROKEN_MAIL:
        return None


def _header(words: object) -> str:
    """A header in plain words; its raw form where it is not well encoded."""
    if words is None:
        return ""
    try:
        decoded = str(make_header(decode_header(str(words))))
    except _BROKEN_MAIL:
        decoded = str(words)
    return " ".join(decoded.encode("utf-8", "replace").decode("utf-8").split())
