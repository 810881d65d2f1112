"""One document's findings -> its claims: events and figures, with their voices, polarity and certainty.

Here the single readers meet: who says it (voices), what happened (events), how many (figures), when (times),
whether it is affirmed (certainty), whom a pronoun means (references). Every claim carries the exact words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rasid.extract.certainty import judge
from rasid.extract.chains import (
    Chain,
    as_voiced,
    chain_at,
    heard_voices,
    is_same_voice,
    name_in_full,
)
from rasid.extract.events import read_events
from rasid.extract.events_phrases import noun_phrase
from rasid.extract.figures import read_figures
from rasid.extract.found import AttributionFound, EventFound, FigureFound, Judgement, Stretch
from rasid.extract.names import NamedSpan, mark_known_names
from rasid.extract.references import ReadEvent, References
from rasid.extract.syntax import Sentence
from rasid.extract.times import TimeFound, read_times
from rasid.extract.voices import read_attributions
from rasid.knowledge.actors import Names
from rasid.knowledge.certainty import CertaintyLexicon
from rasid.knowledge.forms import listed
from rasid.knowledge.vocabulary import Vocabulary
from rasid.model.ids import content_id
from rasid.model.tables import Row
from rasid.model.values import Kind, Measure, Polarity, Status

BARE_NOUN = "bare noun"  # rule of events.py: a noun with nobody around it
UNNAMED = "unnamed"  # a voice that the text does not name: "it is expected"

_NOUNS = frozenset({"NOUN", "PROPN"})
_STANDALONE = frozenset({Measure.COUNT, Measure.SHARE, Measure.RATE, Measure.MONEY})
_HARM = frozenset(
    {"killing", "injury", "abduction", "disappearance", "arrest", "torture", "execution", "sexual_violence"}
)
_OUTCOMES = frozenset(
    {"defeat", "victory", "withdrawal"}
)  # "and not a defeat" says something without a target
_SOMEBODY = frozenset({"those", "some", "many", "others"})  # "those who say that ..."
_ARTICLES = frozenset({"the", "a", "an", "when", "while", "or", "and"})
_RELATIVES = frozenset({"who", "which", "whom"})
_HE_OR_SHE = frozenset({"he", "him", "she", "her"})
_TITLES = listed(
    "citizen mr mrs ms dr activist journalist lawyer doctor engineer sheikh imam martyr captain colonel general"
    " lieutenant sergeant major president minister prisoner detainee"
)


@dataclass(frozen=True, slots=True)
class Lexicons:
    """The data the readers need, loaded once."""

    vocabulary: Vocabulary
    certainty: CertaintyLexicon
    actors: Names
    places: Names


def read_claims(
    document: str, own_voice: str, text: str, sentences: Sequence[Sentence], lexicons: Lexicons
) -> list[Row]:
    """The claims of one document, as rows of tables.CLAIMS, in order of the text.

    document:  its id
    own_voice: the name of the document's own voice: its author, or what stands for it
    text:      the kept text
    """
    known = [mark_known_names(s, (lexicons.actors, lexicons.places)) for s in sentences]
    attributions = heard_voices(read_attributions(sentences), sentences, lexicon=lexicons.certainty)
    references = References()
    rows: list[Row] = []
    for sentence, names in zip(sentences, known, strict=True):
        rows += _claims_of_sentence(sentence, names, attributions, references, lexicons)
    name_in_full([attribution for row in rows for attribution in _list(row["attribution"])])
    for row in rows:
        _complete(row, document, own_voice, text)
    return _unique(rows)


def _claims_of_sentence(
    sentence: Sentence,
    names: Sequence[NamedSpan],
    attributions: Sequence[AttributionFound],
    references: References,
    lexicons: Lexicons,
) -> list[Row]:
    events = read_events(sentence, lexicons.vocabulary)
    figures = read_figures(sentence)
    times = read_times(sentence)
    reads = references.read(sentence, events, names)
    bound = _bind_figures(sentence, events, figures)
    when = _bind_times(sentence, events, times)
    rows: list[Row] = []
    for k, read in enumerate(reads):
        chain = chain_at(attributions, read.event.trigger.start)
        head = _judged_token(sentence, read.event)
        judgement = as_voiced(judge(sentence, head, lexicon=lexicons.certainty), chain)
        base = _event_row(sentence, read, judgement, chain)
        base["time"] = _time(sentence, when.get(k))
        counted = [figures[j] for j, owner in bound.items() if owner == k]
        denied = judgement.polarity is Polarity.DENIED and read.event.type in _OUTCOMES
        if read.event.rule == BARE_NOUN and read.target is None and not counted and not denied:
            continue  # "after the attack": names a happening, claims nothing of it
        rows += [{**base, "quantity": _quantity(sentence, f)} for f in counted] or [base]
    for j, figure in enumerate(figures):
        if j not in bound and figure.measure in _STANDALONE:
            chain = chain_at(attributions, figure.where.start)
            judgement = as_voiced(judge(sentence, figure.head, lexicon=lexicons.certainty), chain)
            rows.append(_figure_row(sentence, figure, judgement, chain))
    return rows


def _event_row(sentence: Sentence, read: ReadEvent, judgement: Judgement, chain: Chain) -> Row:
    event = read.event
    return {
        "start": sentence.start,
        "end": sentence.start + len(sentence.text),
        "kind": event.kind.value,
        "type": event.type,
        "trigger": _span(sentence, event.trigger),
        "actor": _mention(sentence, event.actor, read.actor_name),
        "target": _mention(sentence, read.target, read.target_name),
        "instrument": _mention(sentence, event.instrument, None),
        "places": [_place(sentence, p) for p in event.places],
        "persons": _persons(sentence, read) if event.type in _HARM else [],
        "polarity": judgement.polarity.value,
        "certainty": judgement.certainty.value,
        "status": _status(chain, judgement.polarity, event.kind).value,
        "attribution": [_attribution(a) for a in chain.attributions],
        "explain": _explain(sentence, event, judgement, chain),
        "reading": "rules/parse" if event.parsed else "rules/words",
    }


def _judged_token(sentence: Sentence, event: EventFound) -> int:
    """Where polarity and certainty are read: the event's head, but for "the siege is over" the noun, of which the
    predicate says how real it is."""
    trigger = range(event.trigger.first, event.trigger.last + 1)
    nouns = [i for i in trigger if sentence.pos[i] in _NOUNS]
    if nouns and any(sentence.lower[i] == "no" for i in trigger if i < nouns[-1]):
        return nouns[-1]  # "has no presence"
    outside = not event.trigger.first <= event.head <= event.trigger.last
    return nouns[-1] if nouns and outside and sentence.heads[nouns[-1]] == event.head else event.head


def _figure_row(sentence: Sentence, figure: FigureFound, judgement: Judgement, chain: Chain) -> Row:
    said = sentence.words_between(figure.where.start, figure.where.end)
    return {
        "start": sentence.start,
        "end": sentence.start + len(sentence.text),
        "kind": Kind.FIGURE.value,
        "type": "figure",
        "trigger": _span(sentence, figure.where),
        "places": [],
        "persons": [],
        "quantity": _quantity(sentence, figure),
        "polarity": judgement.polarity.value,
        "certainty": judgement.certainty.value,
        "status": _status(chain, judgement.polarity, Kind.FIGURE).value,
        "attribution": [_attribution(a) for a in chain.attributions],
        "explain": f"The number “{said}”, bound to no event; {_how(judgement)}; {_who(chain)}.",
        "reading": "rules/parse",
    }


def _complete(row: Row, document: str, own_voice: str, text: str) -> None:
    """Fill what depends on the document: the quote, the first voice."""
    row["document"] = document
    row["quote"] = text[_int(row["start"]) : _int(row["end"])]
    own: Row = {"name": own_voice, "text": None, "start": None, "end": None}
    own |= {"cue": None, "cue_start": None, "cue_end": None}
    chain = [own]
    reported = row["attribution"]
    assert isinstance(reported, list)
    for attribution in reported:
        if not any(is_same_voice(str(attribution["name"]), str(outer["name"])) for outer in chain):
            chain.append(
                {**attribution, "text": _cut(text, attribution, ""), "cue": _cut(text, attribution, "cue_")}
            )
    row["attribution"] = chain
    row["voices"] = [a["name"] for a in chain]


def _list(value: object) -> list[Row]:
    assert isinstance(value, list)
    return value


def _cut(text: str, attribution: Row, prefix: str) -> str | None:
    start, end = attribution[prefix + "start"], attribution[prefix + "end"]
    return None if start is None else text[_int(start) : _int(end)]


def _unique(rows: Iterable[Row]) -> list[Row]:
    """Give ids; the same reading of the same words twice is one claim."""
    by_id: dict[str, Row] = {}
    for row in rows:
        quantity = row.get("quantity")
        trigger = row["trigger"]
        assert isinstance(trigger, dict)
        parts = [row["document"], row["kind"], row["type"], trigger["start"], trigger["end"]]
        parts += [_begin(row.get("actor")), _begin(row.get("target")), _begin(quantity)]
        claim_id = content_id("c", *(str(p) for p in parts))
        row["id"] = claim_id
        by_id.setdefault(claim_id, row)
    return list(by_id.values())


def _begin(value: object) -> str:
    return str(value["start"]) if isinstance(value, dict) else "-"


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


# --- voices ---------------------------------------------------------------------------------------------------


def _status(chain: Chain, polarity: Polarity, kind: Kind) -> Status:
    voice = chain.innermost
    if voice is not None and voice.status is not Status.REPORTED_AS_FACT:
        return voice.status
    if kind is Kind.RESPONSIBILITY and polarity is Polarity.AFFIRMED:
        return Status.ACCUSED
    return Status.REPORTED_AS_FACT


def _attribution(found: AttributionFound) -> Row:
    """Where the voice stands. Its words are cut from the kept text at the end: they may lie in another passage."""
    source, cue = found.source, found.cue
    return {
        "name": UNNAMED if found.speaker is None or found.speaker.casefold() in _SOMEBODY else found.speaker,
        "text": None,
        "start": source[0] if source else None,
        "end": source[1] if source else None,
        "cue": None,
        "cue_start": cue[0] if cue else None,
        "cue_end": cue[1] if cue else None,
    }


# --- figures and times ----------------------------------------------------------------------------------------


def _bind_figures(
    sentence: Sentence, events: Sequence[EventFound], figures: Sequence[FigureFound]
) -> dict[int, int]:
    """figure -> event that it counts the target (else the actor) of; figures that bind to none are left out."""
    bound: dict[int, int] = {}
    for j, figure in enumerate(figures):
        if figure.measure not in _STANDALONE:
            continue
        owner = _owner(sentence, events, figure)
        if owner is not None:
            bound[j] = owner
    for j, figure in enumerate(figures):  # "23 civilians, including 7 children": the part follows the whole
        if j not in bound and figure.part_of in bound and figure.measure in _STANDALONE:
            bound[j] = bound[figure.part_of]
    return bound


def _owner(sentence: Sentence, events: Sequence[EventFound], figure: FigureFound) -> int | None:
    for roles in (("target",), ("actor",)):
        inside = [
            (role.last - role.first, k)
            for k, event in enumerate(events)
            for role in (getattr(event, name) for name in roles)
            if role is not None and _counts(figure, role)
        ]
        if inside:
            return min(inside)[1]
    heads = {event.head: k for k, event in reversed(list(enumerate(events)))}
    i = figure.head
    for _ in range(3):
        if i in heads:
            return heads[i]
        if sentence.heads[i] == i or sentence.deps[i] in {"ccomp", "advcl", "acl:relcl", "parataxis", "conj"}:
            return None
        i = sentence.heads[i]
    return heads.get(i)


def _counts(figure: FigureFound, role: Stretch) -> bool:
    """Is the number in the phrase of the role, or is the phrase what it counts ("dozens of" + "families")?"""
    if role.first <= figure.where.first and figure.where.last <= role.last:
        return True
    counted = figure.counted
    return counted is not None and counted.first <= role.last and role.first <= counted.last


def _bind_times(
    sentence: Sentence, events: Sequence[EventFound], times: Sequence[TimeFound]
) -> dict[int, TimeFound]:
    """event -> the time said of it: the one below it in the parse, or the only one for the only event."""
    bound: dict[int, TimeFound] = {}
    for time in times:
        if len(events) == 1:
            bound.setdefault(0, time)
            continue
        heads = {event.head: k for k, event in enumerate(events)}
        i = time.where.last
        for _ in range(6):
            if i in heads:
                bound.setdefault(heads[i], time)
                break
            if sentence.heads[i] == i:
                break
            i = sentence.heads[i]
    return bound


def _quantity(sentence: Sentence, figure: FigureFound) -> Row:
    return {
        "text": sentence.words_between(figure.where.start, figure.where.end),
        "low": figure.low,
        "high": figure.high,
        "bound": figure.bound.value,
        "unit": figure.unit,
        "base": figure.base,
        "measure": figure.measure.value,
        "start": figure.where.start,
        "end": figure.where.end,
    }


def _time(sentence: Sentence, found: TimeFound | None) -> Row | None:
    if found is None:
        return None
    span = found.span
    return {
        "text": sentence.words_between(found.where.start, found.where.end),
        "first_day": span.first_day.isoformat() if span.first_day else None,
        "last_day": span.last_day.isoformat() if span.last_day else None,
        "precision": span.precision.value,
        "start": found.where.start,
        "end": found.where.end,
    }


# --- roles ----------------------------------------------------------------------------------------------------


def _span(sentence: Sentence, where: Stretch) -> Row:
    return {
        "text": sentence.words_between(where.start, where.end),
        "start": where.start,
        "end": where.end,
    }


def _mention(sentence: Sentence, where: Stretch | None, name: str | None) -> Row | None:
    where = _whom(sentence, where)
    return None if where is None else {**_span(sentence, where), "name": name}


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


def _place(sentence: Sentence, where: Stretch) -> Row:
    return {**_span(sentence, where), "name": None, "level": None, "country": None}


def _persons(sentence: Sentence, read: ReadEvent) -> list[Row]:
    """Named people among those harmed: the person names inside the target, without their titles; "him" by name."""
    target = read.event.target
    if target is None:
        return []
    if read.target_name is not None and sentence.lower[target.last] in _HE_OR_SHE:
        return [{**_span(sentence, target), "name": read.target_name}]
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


def _explain(sentence: Sentence, event: EventFound, judgement: Judgement, chain: Chain) -> str:
    trigger = sentence.words_between(event.trigger.start, event.trigger.end)
    way = "the grammar" if event.parsed else "the order of the words"
    return (
        f"“{trigger}” is a word for {event.type.replace('_', ' ')} ({event.rule}, read by {way}); "
        f"{_how(judgement)}; {_who(chain)}."
    )


def _how(judgement: Judgement) -> str:
    said = f"{judgement.polarity.value}, {judgement.certainty.value}"
    return f"{said} ({judgement.rule})" if judgement.rule else said


def _who(chain: Chain) -> str:
    voice = chain.innermost
    if voice is None:
        return "said by the document itself"
    return f"said by {voice.speaker or UNNAMED} (cue “{voice.verb}”, {voice.rule})"
