"""What the readers of one sentence find, before it becomes claims.

Offsets are into the kept text of the document; tokens are indexes into the `Sentence` the thing was found in.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rasid.model.values import Bound, Certainty, DateSpan, Kind, Measure, Polarity, Status


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of tokens of one sentence and its place in the kept text. `last` is included, `end` is not."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FigureFound:
    """A number with the words that bind it.

    where:      the number with its bound words ("at least 23"), without the thing counted
    counted:    the noun phrase that says what is counted ("civilians"), or None
    low, high:  see values.CountSpan
    unit:       lemma or fixed name of what is counted: "people", "civilian", "base", "percent", "USD", "km"
    base:       whom the number is about when it is about people ("civilians", "children", "dead"), or for a
                share what it is a share of; None if unsaid
    part_of:    index in the same list of the figure that this one is a part of ("including 7 children")
    cumulative: "bringing the total to", "since 2011": must not be added to others
    per:        "day", "month", "100000" for a rate
    stock_flow: "stock", "flow" or None
    head:       the token the number hangs on in the sentence: the counted noun, or the number if alone
    """

    where: Stretch
    counted: Stretch | None
    low: float | None
    high: float | None
    bound: Bound
    measure: Measure
    unit: str | None
    base: str | None
    head: int
    part_of: int | None = None
    cumulative: bool = False
    per: str | None = None
    stock_flow: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """When a voice said it: the words as offsets, and the days they allow."""

    start: int
    end: int
    span: DateSpan


@dataclass(frozen=True, slots=True)
class AttributionFound:
    """Somebody is made to say something.

    source:   the words that name the voice ("activists"), or None if it is unnamed ("it is expected")
    speaker:  the name to use for the voice; differs from the words for pronouns ("he" -> "Karim Odeh") and
              unnamed voices ("unnamed"); None only if nothing can be said
    cue:      start and end of the words that make it one ("said", "according to")
    contents: start and end of each stretch of what is said
    verb:     lemma of the cue ("say", "deny", "according to")
    status:   the standing that the cue gives to what is said
    denies:   the cue turns the content round ("denied that", "rejected claims that")
    rule:     short name of the rule, for `rasid explain`
    said:     when it was said; None if the text does not say
    """

    source: tuple[int, int] | None
    speaker: str | None
    cue: tuple[int, int] | None
    contents: tuple[tuple[int, int], ...]
    verb: str
    status: Status
    denies: bool
    rule: str
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """How the sentence presents what token `i` says, within the innermost voice.

    value: -3 (certainly not so) to 3 (certainly so), the scale of the factuality benchmarks
    cues:  start and end of the words that decided it
    rule:  one plain phrase: "negated by 'no'", "future 'will'"
    """

    polarity: Polarity
    certainty: Certainty
    value: float
    cues: tuple[tuple[int, int], ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class EventFound:
    """One happening or state that a sentence speaks of.

    type:       a type of knowledge/events
    trigger:    the words that make it one ("carried out a strike")
    head:       the token that carries polarity and certainty
    actor, target, instrument: noun phrases with their modifiers but without relative clauses, or None
    places, times: prepositional objects and names that say where and when
    inherited:  roles taken from the shared part of a coordination ("killed and wounded 12 people")
    rule:       "active", "passive", "noun", "copula", "words" …, for `rasid explain`
    parsed:     False when found by word order alone
    """

    type: str
    kind: Kind
    trigger: Stretch
    head: int
    actor: Stretch | None = None
    target: Stretch | None = None
    instrument: Stretch | None = None
    places: tuple[Stretch, ...] = ()
    times: tuple[Stretch, ...] = ()
    figures: tuple[int, ...] = field(
        default=()
    )  # indexes into the sentence's figures that count target or actor
    rule: str = ""
    parsed: bool = True
