"""What a reader of one format hands back, and what `read_original` makes of it.

A format reader turns bytes into `Kept` texts and `Trouble`s and knows nothing of tables or ids; `original.py` numbers
and names them.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zipfile import BadZipFile, LargeZipFile

from rasid.read.lines import Block

if TYPE_CHECKING:
    from rasid.model.tables import Row

#: What the parsers of other people raise on a broken file. Named one by one: a defect of ours (a failed assertion,
#: an unknown name) is not among them and stays loud.
BROKEN_FILE = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    BufferError,
    EOFError,
    LargeZipFile,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one original may ask of the machine. Beyond a limit it is refused with a doubt that names it.

    max_bytes:       of one file, also of one member of an archive
    max_chars:       of kept text in one document; 20 million are about 40 novels and minutes of parsing
    max_members:     files read out of one original, all depths together
    max_total_bytes: unpacked from one original, all depths together
    max_ratio:       unpacked to packed bytes of one member; text packs to about a fifth, a bomb to a thousandth
    max_depth:       archives or mails within each other
    max_pages:       of one PDF
    """

    max_bytes: int = 200_000_000
    max_chars: int = 20_000_000
    max_members: int = 2_000
    max_total_bytes: int = 1_000_000_000
    max_ratio: int = 200
    max_depth: int = 4
    max_pages: int = 5_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says about itself. None where it does not say.

    date: ISO year, month or day, as precise as the file says
    """

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    address: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that could not be read: a short code, a plain sentence, and what to do."""

    what: str
    sentence: str
    advice: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The readable text of one document.

    blocks: None = find them from the lines, as in plain text
    """

    text: str
    media_type: str
    blocks: tuple[Block, ...] | None = None
    facts: Facts = Facts()


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file (archive, mailbox, mail): its path there and its bytes."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """What one file holds: at most one text of its own, files inside it, and what went wrong."""

    kept: Kept | None = None
    members: tuple[Member, ...] = ()
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one original: rows of tables.DOCUMENTS, tables.PASSAGES and tables.DOUBTS."""

    documents: list[Row] = field(default_factory=list)
    passages: list[Row] = field(default_factory=list)
    doubts: list[Row] = field(default_factory=list)


def refuse(what: str, sentence: str, advice: str) -> Opened:
    """A file that could not be read at all."""
    return Opened(troubles=(Trouble(what, sentence, advice),))


def broken(kind: str, error: BaseException) -> Opened:
    """A file of a known kind that its parser could not make sense of."""
    return refuse(
        "broken file",
        f"This {kind} is damaged or cut short and could not be read ({type(error).__name__}).",
        "Open it in the program it was made with and save it again, or get a fresh copy and add that.",
    )


def too_long(length: int, limits: Limits) -> Opened:
    """A text with more characters than the limit allows."""
    return refuse(
        "too large",
        f"The text of this file is {length:,} characters long, more than the limit of {limits.max_chars:,}.",
        "Split it into parts and add those.",
    )
