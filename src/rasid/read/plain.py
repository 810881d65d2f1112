"""Plain text and Markdown: kept exactly as they are, so that offsets fit the file.

The kept text is the file decoded, without its byte order mark and with its line ends as they are; nothing is joined,
folded or trimmed. Front matter of Markdown stays in the text but is no passage.
"""

from __future__ import annotations

from rasid.model.values import PassageKind
from rasid.read.encoding import Decoded, decode
from rasid.read.facts import clean_title, facts_of_front_matter, facts_of_head, merge
from rasid.read.lines import find_blocks
from rasid.read.reading import Facts, Kept, Limits, Opened, Trouble, too_long


def read_plain(content: bytes, *, markdown: bool, limits: Limits) -> Opened:
    """The text of a txt or md file, its blocks and what its first lines say about it."""
    decoded = decode(content)
    text = decoded.text
    if len(text) > limits.max_chars:
        return too_long(len(text), limits)
    facts, begin = facts_of_front_matter(text) if markdown else (Facts(), 0)
    blocks = tuple(find_blocks(text, begin))
    title = None
    if blocks and blocks[0].kind is PassageKind.HEADING:
        title = clean_title(text[blocks[0].start : blocks[0].end])
    found = merge(merge(facts, facts_of_head(text[begin:])), Facts(title=title))
    media_type = "text/markdown" if markdown else "text/plain"
    return Opened(Kept(text, media_type, blocks, found), troubles=lost_characters(decoded))


def lost_characters(decoded: Decoded) -> tuple[Trouble, ...]:
    """A doubt if decoding lost characters."""
    if not decoded.lost:
        return ()
    count = "1 character" if decoded.lost == 1 else f"{decoded.lost} characters"
    return (
        Trouble(
            "lost characters",
            f"{count} could not be read as {decoded.encoding} and stand as \ufffd in the text.",
            "Save the file as UTF-8 in the program it was made with, and add that.",
        ),
    )
