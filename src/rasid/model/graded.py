"""Grades of voices, claims and incidents, and what a person decides about them. Without tables: a build with nothing to
do reads this and loads no more."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class IncidentGrade(StrEnum):
    """Airwars' five grades, and none where nothing is said to have happened."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"
    NONE = "not graded"


class Graded(StrEnum):
    """What a person can grade."""

    VOICE = "voice"
    CLAIM = "claim"
    INCIDENT = "incident"


RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed by an independent second origin",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "cannot be judged",
}
GRADES: dict[Graded, tuple[str, ...]] = {
    Graded.VOICE: tuple(RELIABILITY),
    Graded.CLAIM: tuple(CREDIBILITY),
    Graded.INCIDENT: tuple(grade.value for grade in IncidentGrade if grade is not IncidentGrade.NONE),
}


@dataclass(frozen=True, slots=True)
class GivenGrade:
    """A grade that a person set. Kept and listed if its voice, claim or incident is gone.

    about:   name of the voice, id of the claim or of the incident
    because: why, in the person's words; may be empty
    by, at:  who and when, `at` in UTC, ISO 8601
    """

    what: Graded
    about: str
    grade: str
    because: str
    by: str
    at: str
