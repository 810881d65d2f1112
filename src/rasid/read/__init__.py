"""Read: bytes -> documents and passages. `read_original` is the door; nothing here touches the disk."""

from rasid.read.original import READ_VERSION, RISKY_FORMATS, doubt_row, is_risky, read_original
from rasid.read.reading import Limits, Reading, Trouble

__all__ = [
    "READ_VERSION",
    "RISKY_FORMATS",
    "Limits",
    "Reading",
    "Trouble",
    "doubt_row",
    "is_risky",
    "read_original",
]
