"""What a person decides about a question: a hypothesis to add, a cell of the matrix to set."""

from __future__ import annotations

from dataclasses import dataclass

CELLS = ("consistent", "inconsistent", "neutral")  # what a claim can be to a hypothesis


@dataclass(frozen=True, slots=True)
class GivenHypothesis:
    """A hypothesis that a person put beside those of the kind of question.

    question: as asked; says: one plain sentence; id: short, from the sentence
    """

    question: str
    says: str
    id: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class JudgedCell:
    """A cell that a person set; it stands against every rule. Kept and listed if its claim is gone."""

    question: str
    claim: str
    hypothesis: str
    cell: str
    by: str
    at: str
