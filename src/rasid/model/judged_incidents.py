"""What a person decides about incidents: whether two claims tell of one happening. Loads no table library."""

from __future__ import annotations

from dataclasses import dataclass

SAME, DIFFERENT = ANSWERS = ("same", "different")


@dataclass(frozen=True, slots=True)
class JudgedIncidents:
    """What a person said to "are these two claims of one incident?". Kept and listed if a claim is gone.

    left, right: ids of claims, left < right; answer: one of ANSWERS
    """

    left: str
    right: str
    answer: str
    by: str
    at: str

    @property
    def day(self) -> str:
        """The day it was decided on, ISO."""
        return self.at[:10]
