"""A mention on its way to an actor, and what comes out: the words cleaned, pronouns known, a link with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rasid.model.settled import Settled
from rasid.resolve.linker import SPACES, Context

_PRONOUNS = frozenset(
    "he him his she her hers it its they them their theirs this that these those who whom which what"
    " we us our ours you your i me my one someone somebody everyone nobody there here himself themselves".split()
)
_ALSO_NAMES = frozenset({"US", "WHO"})  # pronouns that are names when in capitals among small letters

_QUANTITY = re.compile(
    r"^(?:(?:at least|at most|more than|less than|fewer than|no fewer than|as many as|up to|over|about|around|nearly|"
    r"almost|roughly|some|"
    r"an estimated|approximately|dozens of|scores of|hundreds of|"
    r"thousands of|tens of thousands of|a number of|a group of|a dozen|several|many|"
    r"numerous|both|all|other|another|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
    r"hundred|thousand|\d[\d.,]*|the|a|an|these|those|this|that|its|their|our|his|her)\s+)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:,|;|\s+(?:in|near|at|around|outside|inside|across|along|on|under|based|who|which|that|while)\s).*$"
)


@dataclass(frozen=True, slots=True)
class Link:
    """Whom a mention means.

    name:       the name to show; as written, without article, where it is open or unknown
    kind:       kind of the actor; None = not linked
    reason:     one sentence: why this actor, or why it stays open
    candidates: other actors it could mean
    open:       several actors bear this name or wording, and a person can settle which is meant
    by:         the decision that made the link
    """

    name: str
    kind: str | None
    reason: str
    candidates: tuple[str, ...] = ()
    open: bool = False
    by: Settled | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention: as written, without quantity and tail, and where it stands."""

    written: str
    bare: str
    role: str
    event: str | None
    context: Context


def is_pronoun(written: str, *, shouted: bool = False) -> bool:
    """Is it a pronoun or the like, that names nobody? "US" is one only where all the text is in capitals."""
    return written.casefold() in _PRONOUNS and (shouted or written not in _ALSO_NAMES)


def without_quantity(words: str) -> str:
    """ "At least 12 ISIS fighters in the town" -> "ISIS fighters"."""
    bare = _TAIL.sub("", _QUANTITY.sub("", SPACES.sub(" ", words)))
    return bare.strip(" .,;:") or words
