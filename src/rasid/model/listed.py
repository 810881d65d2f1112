"""What a person decides about lists of people: that a file is one, and whether two of its rows are one human being."""

from __future__ import annotations

from dataclasses import dataclass

FROM_CLAIMS = "claims"  # stands for the files of a list that is made from the claims of the case
SAME, DIFFERENT, UNCLEAR = ANSWERS = ("same", "different", "cannot tell")


@dataclass(frozen=True, slots=True)
class GivenList:
    """A list that a person gave to the case.

    name:         what it is called in the case; part of the ids of its rows
    files:        SHA-256 of its originals; FROM_CLAIMS alone for the persons named in claims
    columns:      (column of LISTINGS, heading in the file); () = the headings are read
    deduplicated: said to name nobody twice
    """

    name: str
    files: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    deduplicated: bool
    by: str
    at: str

    @property
    def from_claims(self) -> bool:
        """Is it made of the persons whom the claims of the case name?"""
        return self.files == (FROM_CLAIMS,)

    @property
    def day(self) -> str:
        """The day it was given, ISO."""
        return self.at[:10]


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """What a person said to "are these two rows one human being?". Kept and listed if a row is gone.

    left, right: ids of rows, left < right; answer: one of ANSWERS
    """

    left: str
    right: str
    answer: str
    by: str
    at: str
