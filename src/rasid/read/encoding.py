"""Bytes -> text: the byte order mark, then UTF-8, then what the file declares, then a guess that is checked.

In: bytes, and the encoding a header declares if one does. Out: `Decoded`. UTF-8 is tried before anything declared,
because a valid UTF-8 text of some length is never anything else.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000  # bytes that a guess looks at
_ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
_ARABIC_WORD = re.compile(r"[\u0621-\u064a]{2,}")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]{3,}")
# The commonest short words; a text of a hundred words in Arabic holds several of them.
_ARABIC_COMMON = frozenset(
    {
        "في",
        "من",
        "على",
        "إلى",
        "الى",
        "عن",
        "أن",
        "ان",
        "التي",
        "الذي",
        "هذا",
        "هذه",
        "مع",
        "كان",
        "كما",
        "ما",
        "لا",
        "و",
        "بعد",
        "قبل",
        "وقد",
        "أو",
        "بين",
    }
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """lost: characters that could not be decoded and stand as U+FFFD. guessed: nothing in the file said so."""

    text: str
    encoding: str
    lost: int = 0
    guessed: bool = False


def decode(content: bytes, *, declared: str | None = None) -> Decoded:
    """The text of these bytes; never fails, counts what was lost."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _counted(content, encoding)
    if wide := _wide_without_mark(content):
        return _counted(content, wide)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if _nearly_utf8(content):
        return _counted(content, "utf-8")
    known = _known_codec(declared)
    if known and known not in {"utf-8", "ascii", "iso8859-1", "utf-16", "utf-32"}:
        text = content.decode(known, "replace")
        if not _CONTROLS.search(text[:_SAMPLE]):
            return Decoded(text, known, text.count("\ufffd"))
    return _counted(content, _guess(content[:_SAMPLE]), guessed=True)


def looks_like_text(content: bytes) -> bool:
    """Could these bytes be text in some encoding, rather than a binary format?"""
    head = content[:65_536]
    if not head or any(head.startswith(mark) for mark, _ in _BOMS) or _wide_without_mark(head):
        return bool(head)
    if b"\0" in head:
        return False
    controls = len(_CONTROLS.findall(head.decode("latin-1")))
    return controls <= len(head) // 200


def _counted(content: bytes, encoding: str, *, guessed: bool = False) -> Decoded:
    text = content.decode(encoding, "replace")
    original = content.count("\ufffd".encode()) if encoding.startswith("utf-8") else 0
    return Decoded(text, encoding, max(0, text.count("\ufffd") - original), guessed)


def _wide_without_mark(content: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: the zero bytes of its spaces, line ends and digits give it away.

    Spaces count and not letters, because Arabic letters have no zero byte but an Arabic text has spaces.
    """
    head = content[:4_096]
    if len(head) < 8 or b"\0" not in head:
        return None
    for encoding, unit in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        try:
            text = head[: len(head) // unit * unit].decode(encoding, "ignore" if unit == 2 else "strict")
        except UnicodeDecodeError:
            continue
        if "\0" in text or not text:
            continue
        plain = sum(
            c == " " or c == "\n" or (c.isalpha() and (c < "\u0250" or "\u0400" <= c < "\u0700"))
            for c in text
        )
        if plain >= 0.7 * len(text) and any(c in " \n" for c in text[:400]):
            return encoding
    return None


def _nearly_utf8(content: bytes) -> bool:
    """UTF-8 with a few broken bytes (cut in the middle, pasted together): at least 20 good for each bad one."""
    text = content[:_SAMPLE].decode("utf-8", "replace")
    wide = sum(1 for c in text if c > "\x7f" and c != "\ufffd")
    return (wide >= 5 and wide >= 20 * text.count("\ufffd")) or (wide >= 3 and text.count("\ufffd") == 1)


def _known_codec(name: str | None) -> str | None:
    try:
        info = codecs.lookup(name.strip()) if name else None
    except (LookupError, ValueError):
        return None
    return info.name if info and info._is_text_encoding else None


def _guess(sample: bytes) -> str:
    """cp1252 unless the bytes read as Arabic, or charset-normalizer is sure of something else that fits.

    The guesser alone takes short Arabic for Cyrillic or Greek, and Western text with a few accents for anything.
    """
    arabic = sample.decode("cp1256", "replace")
    words = _ARABIC_WORD.findall(arabic)
    letters = len(_ARABIC_LETTER.findall(arabic))
    high = sum(byte > 0x7F for byte in sample)
    if high and letters >= 0.8 * high:
        common = sum(word in _ARABIC_COMMON for word in words)
        if common >= 2 or common * 20 >= len(words) > 0 or _arabic_letters_fit(words):
            return "cp1256"
    if high * 5 < 2 * len(sample):
        return "cp1252"  # under two bytes in five: a Western text with accents and curly quotation marks
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None and best.encoding != "ascii" else "cp1252"


def _arabic_letters_fit(words: list[str]) -> bool:
    """Alif, lam and ya are the commonest letters of Arabic, and many words begin with the article."""
    counted = Counter("".join(words))
    total = counted.total()
    article = sum(word.startswith(("ال", "وال", "بال", "لل")) for word in words)
    return (
        total >= 12
        and (counted["ا"] + counted["ل"] + counted["ي"]) >= 0.2 * total
        and article * 8 >= len(words)
    )
