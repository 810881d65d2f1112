"""One finding with its voices and its judgement -> a row of tables.CLAIMS, with the reason in one sentence.

What depends on the whole document (the id, the quote, its own voice) is filled in by claims.py.
"""

from __future__ import annotations

from rasid.extract.cells import quantity_cell, span_cell
from rasid.extract.chains import Chain
from rasid.extract.events_phrases import noun_phrase
from rasid.extract.found import AttributionFound, EventFound, FigureFound, Judgement, Stretch
from rasid.extract.references import ReadEvent
from rasid.extract.syntax import Sentence
from rasid.extract.when_where import Setting
from rasid.knowledge.forms import listed
from rasid.model.tables import Row
from rasid.model.values import Certainty, Kind, Polarity, Status

UNNAMED = "unnamed"  # a voice that the text does not name: "it is expected"

_NOUNS = frozenset({"NOUN", "PROPN"})
_HARM = frozenset(
    {"killing", "injury", "abduction", "disappearance", "arrest", "torture", "execution", "sexual_violence"}
)
_SOMEBODY = frozenset({"those", "some", "many", "others", "who", "which", "that"})  # "those who say that ..."
_OWN_DEED = "claim_of_responsibility"
_ARTICLES = frozenset({"the", "a", "an", "when", "while", "or", "and"})
_RELATIVES = frozenset({"who", "which", "whom"})
_HE_OR_SHE = frozenset({"he", "him", "she", "her"})
_TITLES = listed(
    "citizen mr mrs ms dr activist journalist lawyer doctor engineer sheikh imam martyr captain colonel general"
    " lieutenant sergeant major president minister prisoner detainee"
)


def event_row(
    sentence: Sentence, read: ReadEvent, setting: Setting, *, judgement: Judgement, chain: Chain
) -> Row:
    """The row of an event, without what depends on the document."""
    event = read.event
    return {
        "start": sentence.start,
        "end": sentence.start + len(sentence.text),
        "kind": event.kind.value,
        "type": event.type,
        "trigger": span_cell(sentence, event.trigger),
        "actor": _mention(sentence, event.actor, read.actor_name),
        "target": _mention(sentence, read.target, read.target_name),
        "instrument": _mention(sentence, event.instrument, None),
        "places": list(setting.places),
        "time": setting.time,
        "persons": _persons(sentence, read) if event.type in _HARM else [],
        "polarity": judgement.polarity.value,
        "certainty": judgement.certainty.value,
        "status": _status(chain, judgement, event.kind, own=event.type == _OWN_DEED).value,
        "attribution": [_attribution(a) for a in chain.attributions],
        "explain": _explain(sentence, event, setting, judgement=judgement, chain=chain),
        "reading": "rules/parse" if event.parsed else "rules/words",
    }


def figure_row(sentence: Sentence, figure: FigureFound, judgement: Judgement, chain: Chain) -> Row:
    """The row of a number that belongs to no event."""
    said = sentence.words_between(figure.where.start, figure.where.end)
    return {
        "start": sentence.start,
        "end": sentence.start + len(sentence.text),
        "kind": Kind.FIGURE.value,
        "type": "figure",
        "trigger": span_cell(sentence, figure.where),
        "places": [],
        "persons": [],
        "quantity": quantity_cell(sentence, figure),
        "polarity": judgement.polarity.value,
        "certainty": judgement.certainty.value,
        "status": _status(chain, judgement, Kind.FIGURE).value,
        "attribution": [_attribution(a) for a in chain.attributions],
        "explain": f"The number “{said}”, bound to no event; {_how(judgement)}; {_who(chain)}.",
        "reading": "rules/parse",
    }


# --- voices ---------------------------------------------------------------------------------------------------


def _status(chain: Chain, judgement: Judgement, kind: Kind, *, own: bool = False) -> Status:
    """own: who claims a deed says it of himself; nobody accuses him"""
    voice, polarity = chain.innermost, judgement.polarity
    granted = judgement.certainty in {Certainty.CERTAIN, Certainty.PARTIAL}
    if voice is not None and voice.status is Status.POSSIBLE and granted:
        return Status.REPORTED_AS_FACT  # "urged them to lift the siege": taken for granted, not asked for
    if voice is not None and voice.status is not Status.REPORTED_AS_FACT:
        return voice.status
    if kind is Kind.RESPONSIBILITY and polarity is Polarity.AFFIRMED:
        return Status.CLAIMED if own else Status.ACCUSED
    return Status.REPORTED_AS_FACT


def _voice_name(speaker: str | None) -> str:
    """The name of a voice; nobody's name, or one of which nothing is left without its pronoun, is "unnamed"."""
    name = (speaker or "").strip()
    return UNNAMED if not name or name.casefold() in _SOMEBODY else name


def _attribution(found: AttributionFound) -> Row:
    """Where the voice stands. Its words are cut from the kept text at the end: they may lie in another passage."""
    source, cue = found.source, found.cue
    return {
        "name": _voice_name(found.speaker),
        "text": None,
        "start": source[0] if source else None,
        "end": source[1] if source else None,
        "cue": None,
        "cue_start": cue[0] if cue else None,
        "cue_end": cue[1] if cue else None,
        "said_text": None,
        "said_start": found.said.start if found.said else None,
        "said_end": found.said.end if found.said else None,
        "said": found.said.span.to_iso() if found.said else None,
    }


# --- roles ----------------------------------------------------------------------------------------------------


def _mention(sentence: Sentence, where: Stretch | None, name: str | None) -> Row | None:
    where = _whom(sentence, where)
    return None if where is None else {**span_cell(sentence, where), "name": name}


def _whom(sentence: Sentence, where: Stretch | None) -> Stretch | None:
    """A lone "who" is what stands before it ("the men, who ..."); a lone article is nobody: the parse is broken."""
    if where is None or where.first != where.last:
        return where
    word = sentence.lower[where.first]
    if word in _ARTICLES:
        return None
    before = where.first - 1 - (where.first > 0 and sentence.words[where.first - 1] == ",")
    if word in _RELATIVES and before >= 0 and sentence.pos[before] in _NOUNS:
        return noun_phrase(sentence, before)
    return where


def _persons(sentence: Sentence, read: ReadEvent) -> list[Row]:
    """Named people among those harmed: the person names inside the target, without their titles; "him" by name."""
    target = read.event.target
    if target is None:
        return []
    if read.target_name is not None and sentence.lower[target.last] in _HE_OR_SHE:
        return [{**span_cell(sentence, target), "name": read.target_name}]
    found = []
    for first, after, label in sentence.entities:
        if label == "PERSON" and target.first <= first and after - 1 <= target.last:
            while first < after - 1 and sentence.lower[first].strip(".") in _TITLES:
                first += 1
            start, end = sentence.chars(first, after - 1)
            written = sentence.words_between(start, end)
            found.append({"text": written, "name": written.replace("_", " "), "start": start, "end": end})
    return found


# --- why ------------------------------------------------------------------------------------------------------


def _explain(
    sentence: Sentence, event: EventFound, setting: Setting, *, judgement: Judgement, chain: Chain
) -> str:
    trigger = sentence.words_between(event.trigger.start, event.trigger.end)
    way = "the grammar" if event.parsed else "the order of the words"
    borrowed = " and ".join(setting.borrowed)
    taken = f"{borrowed} taken from what is told with it in the sentence; " if borrowed else ""
    if setting.before:
        taken = f"day and place are those of “{setting.before}”, told before and referred back to; "
    return (
        f"“{trigger}” is a word for {event.type.replace('_', ' ')} ({event.rule}, read by {way}); "
        f"{_how(judgement)}; {taken}{_who(chain)}."
    )


def _how(judgement: Judgement) -> str:
    said = f"{judgement.polarity.value}, {judgement.certainty.value}"
    return f"{said} ({judgement.rule})" if judgement.rule else said


def _who(chain: Chain) -> str:
    voice = chain.innermost
    if voice is None:
        return "said by the document itself"
    return f"said by {voice.speaker or UNNAMED} (cue “{voice.verb}”, {voice.rule})"
