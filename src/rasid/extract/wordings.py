"""The ways in which a question can be put, and the statements that it could come from.

In: a question without its mark. Out: wordings to be read as a sentence of a report is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rasid.knowledge.question_types import load_question_kinds
from rasid.knowledge.vocabulary import load_vocabulary
from rasid.model.values import Polarity


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement that a question could come from, with what its wording already fixes."""

    text: str
    kind: str | None = None
    polarity: Polarity = Polarity.AFFIRMED
    turned: bool = False  # words were moved: a parse of the question as it stands is preferred when as full


AUXILIARY = frozenset(
    "is are was were has have had do does did will would can could may might should".split()
)
_DO = frozenset({"do", "does", "did"})
_MOST_WORDS = 30  # of a question that is turned round; a longer one is read as it stands

_WHO_DID = re.compile(
    r"\A(?:who|which \w+)\s+(?:(?:is|are|was|were)\s+(?:responsible|to blame|behind|accountable)\s*(?:for)?"
    r"|carried out|committed|perpetrated|launched|claimed responsibility for)\s+(?P<deed>.+)",
    re.I,
)
_OVER = re.compile(
    r"\A(?:is|are|was)\s+(?P<deed>.+?)\s+(?:really\s+)?(?:over|finished|at an end|lifted)\Z"
    r"|\A(?:has|have|did)\s+(?P<deed2>.+?)\s+(?:really\s+)?(?:end|ended|stop|stopped|cease|ceased|been lifted)\Z",
    re.I,
)
_GOES_ON = re.compile(
    r"\A(?:is|are)\s+(?P<deed>.+?)\s+(?:still\s+)?(?:going on|continuing|ongoing|under ?way)\Z"
    r"|\A(?:does|do)\s+(?P<deed2>.+?)\s+(?:continue|go on)\Z",
    re.I,
)
_USED = re.compile(
    r"\A(?:did|does|do|has|have|is|are)\s+(?P<who>.+?)\s+(?:us(?:e|ed|ing)|drop(?:ped|ping)?|fir(?:e|ed|ing))\s+"
    r"(?P<means>.+?)\s+(?:against|on|in|at|over)\s+(?P<where>.+)\Z",
    re.I,
)


def fixed_wordings(plain: str) -> Iterator[Wording]:
    """Ways to ask that themselves say what kind of question it is."""
    if asked := _WHO_DID.match(plain):
        yield Wording(f"There was {asked['deed']}.", kind="responsibility")
        yield Wording(f"They carried out {asked['deed']}.", kind="responsibility")
    if asked := _OVER.match(plain):
        yield Wording(f"There is {asked['deed'] or asked['deed2']}.", kind="over")
    if asked := _GOES_ON.match(plain):
        deed = asked["deed"] or asked["deed2"]
        yield Wording(f"There is {deed}.", kind="over", polarity=Polarity.DENIED)


def as_statements(plain: str) -> Iterator[str]:
    """The statements a question could come from: "Is X still in Y" -> "X is still in Y", for each end X could have.

    "Did the Front shell Imerra?" -> "The Front will shell Imerra.": parsers take "shell" for a noun after "did".
    """
    first, *words = plain.split() or [""]
    low = first.casefold()
    if low not in AUXILIARY or len(words) > _MOST_WORDS:
        return
    uses = load_vocabulary().uses
    for k in range(1, len(words)):
        if all(words[n][:1].isupper() for n in (k - 1, k)):
            continue  # in the middle of a name
        if low in _DO:
            if words[k].casefold() in uses:
                yield " ".join([*words[:k], "will", *words[k:]]) + "."
        else:
            yield " ".join([*words[:k], low, *words[k:]]) + "."


def at_a_place(plain: str) -> Iterator[Wording]:
    """ "Killed off Ras Kutra": a place in the sea that a reader of verbs takes for a part of the verb."""
    near = re.sub(r"\b(?:off|outside|around)\s+(?=[A-Z])", "near ", plain)
    if near != plain:
        yield Wording(near + "?", turned=True)


def of_means(plain: str) -> Iterator[Wording]:
    """ "Did X use drones against Y?", for means that no event is named after: the attack, and the words decide."""
    if (asked := _USED.match(plain)) and load_question_kinds().weapon_in(asked["means"]) is not None:
        yield Wording(f"{asked['who']} attacked {asked['where']}.", kind="means", turned=True)
