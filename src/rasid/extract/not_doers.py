"""Who stands before a deed and has not done it: the speaker before a colon, the town of a dateline, who foiled a plot.

In: the events of one sentence. Out: the same, without such an actor, or with the subject that the parser lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rasid.extract.events_classes import is_country
from rasid.extract.events_phrases import stretch
from rasid.extract.found import EventFound, Stretch
from rasid.extract.syntax import Sentence
from rasid.extract.voices.datelines import skip_dateline
from rasid.extract.voices.phrases import subject_by_order
from rasid.knowledge.vocabulary import Vocabulary

_FOILS = frozenset(
    {"foil", "thwart", "prevent", "avert", "disrupt", "frustrate", "uncover", "discover", "block", "stop"}
)
_PLOTS = frozenset({"plot", "plan", "attempt", "conspiracy", "bid", "scheme", "attack", "bombing"})
_REPULSE = "repulse"  # the foiling itself


def without_false_doers(
    s: Sentence, events: Sequence[EventFound], vocabulary: Vocabulary
) -> list[EventFound]:
    """The events in their order."""
    floor = skip_dateline(s)
    mended = [_not_by_the_foiler(s, _not_before_the_colon(s, event, floor)) for event in events]
    return [_as_headline(s, event, vocabulary) for event in mended]


def _as_headline(s: Sentence, event: EventFound, vocabulary: Vocabulary) -> EventFound:
    """ "Marbat shelled, four dead": nobody else is said to be shelled, so Marbat was."""
    actor, behind = event.actor, event.trigger.last + 1
    attack = vocabulary.types[event.type].family == "attacks" and s.lower[event.head].endswith("ed")
    if not attack or actor is None or event.target is not None or actor.first > 0 or s.kind != "heading":
        return event
    ends = behind >= len(s) or s.lower[behind] in {
        ",",
        ":",
        "-",
        ".",
        "again",
        "overnight",
        "in",
        "as",
        "after",
    }
    armed = any(
        s.lemmas[t] in vocabulary.classes["armed"] or s.labels[t] in {"ORG", "NORP"}
        for t in range(actor.last + 1)
    )
    if not ends or armed or actor.last + 1 != event.trigger.first or is_country(s, actor.last):
        return event
    return replace(event, actor=None, target=actor)


def _not_before_the_colon(s: Sentence, event: EventFound, floor: int) -> EventFound:
    """ "Karim Odeh, governor: The army shelled the town": the army did, who stands right before the verb."""
    actor = event.actor
    if actor is None or not actor.last < floor <= event.trigger.first:
        return event
    near = subject_by_order(s, event.trigger.first, floor, passive=False)
    found = near is not None and s.tags[event.head] in {"VBD", "VBZ", "VBP", "VBG"}
    return replace(event, actor=stretch(s, near.first, near.last) if near is not None and found else None)


def _not_by_the_foiler(s: Sentence, event: EventFound) -> EventFound:
    """ "Police foiled a plot to bomb the market": the police are not those who would have bombed it."""
    actor = event.actor
    if actor is None or event.type == _REPULSE:
        return event
    foils = next((t for t in range(actor.last + 1, event.head) if s.lemmas[t] in _FOILS), None)
    if foils is None or s.pos[foils] != "VERB" or not _is_plotted(s, foils, event.trigger):
        return event
    return replace(event, actor=None)


def _is_plotted(s: Sentence, foils: int, deed: Stretch) -> bool:
    """Is what was foiled a plot, and the deed what the plot was for, or the plot itself?"""
    plot = next((t for t in range(foils + 1, min(foils + 8, len(s))) if s.lemmas[t] in _PLOTS), None)
    between = range(foils + 1, plot if plot is not None else foils + 1)
    return plot is not None and plot <= deed.last and not any(s.pos[t] in {"VERB", "AUX"} for t in between)
