"""One document's findings -> its claims: events and figures, with their voices, polarity and certainty.

Here the single readers meet: who says it (voices), what happened (events), how many (figures), when (times),
whether it is affirmed (certainty), whom a pronoun means (references). Every claim carries the exact words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rasid.extract.binding import STANDALONE, bind_figures
from rasid.extract.cells import quantity_cell
from rasid.extract.certainty import judge
from rasid.extract.chains import (
    as_voiced,
    chain_at,
    heard_voices,
    is_same_voice,
    name_in_full,
    place_of,
    with_stand,
)
from rasid.extract.claim_rows import event_row, figure_row
from rasid.extract.events import read_events
from rasid.extract.figures import read_figures
from rasid.extract.found import AttributionFound, EventFound
from rasid.extract.happenings import Happenings
from rasid.extract.headlines import mend_headline
from rasid.extract.mended_roles import mend_roles
from rasid.extract.names import NamedSpan, mark_known_names
from rasid.extract.not_doers import without_false_doers
from rasid.extract.reduced_clauses import mend_reduced
from rasid.extract.references import References
from rasid.extract.said_when import with_days_of_saying
from rasid.extract.syntax import Sentence
from rasid.extract.times import read_times
from rasid.extract.voices import read_attributions
from rasid.extract.when_where import find_settings
from rasid.knowledge.actors import Names
from rasid.knowledge.certainty import CertaintyLexicon
from rasid.knowledge.vocabulary import Vocabulary
from rasid.model.ids import content_id
from rasid.model.tables import Row
from rasid.model.values import Polarity

BARE_NOUN = "bare noun"  # rule of events.py: a noun with nobody around it
_NOUNS = frozenset({"NOUN", "PROPN"})
_OUTCOMES = frozenset(
    {"defeat", "victory", "withdrawal"}
)  # "and not a defeat" says something without a target


@dataclass(frozen=True, slots=True)
class Lexicons:
    """The data the readers need, loaded once."""

    vocabulary: Vocabulary
    certainty: CertaintyLexicon
    actors: Names
    places: Names


@dataclass(frozen=True, slots=True)
class _SoFar:
    """What is known of the document while its sentences are read in order."""

    voices: Sequence[AttributionFound]
    references: References
    happenings: Happenings


def read_claims(
    document: str, own_voice: str, text: str, sentences: Sequence[Sentence], lexicons: Lexicons
) -> list[Row]:
    """The claims of one document, as rows of tables.CLAIMS, in order of the text.

    document:  its id
    own_voice: the name of the document's own voice: its author, or what stands for it
    text:      the kept text
    """
    sentences = [mend_reduced(mend_headline(s)) for s in sentences]
    known = [mark_known_names(s, (lexicons.actors, lexicons.places)) for s in sentences]
    attributions = heard_voices(read_attributions(sentences), sentences, lexicon=lexicons.certainty)
    attributions = with_days_of_saying(attributions, sentences)
    so_far = _SoFar(attributions, References(), Happenings())
    rows: list[Row] = []
    for sentence, names in zip(sentences, known, strict=True):
        rows += _claims_of_sentence(sentence, names, so_far, lexicons)
    name_in_full([attribution for row in rows for attribution in _list(row["attribution"])])
    for row in rows:
        _complete(row, document, own_voice, text)
    return _unique(rows)


def _claims_of_sentence(
    sentence: Sentence, names: Sequence[NamedSpan], so_far: _SoFar, lexicons: Lexicons
) -> list[Row]:
    events = mend_roles(sentence, read_events(sentence, lexicons.vocabulary))
    events = without_false_doers(sentence, events, lexicons.vocabulary)
    figures = read_figures(sentence)
    reads = so_far.references.read(sentence, events, names)
    bound = bind_figures(sentence, events, figures)
    meant = so_far.happenings.meant_by(sentence, events)
    settings = find_settings(sentence, events, read_times(sentence), voices=so_far.voices, meant=meant)
    rows: list[Row] = []
    for k, read in enumerate(reads):
        chain = chain_at(so_far.voices, place_of(read.event, so_far.voices))
        head = _judged_token(sentence, read.event)
        judgement = as_voiced(judge(sentence, head, lexicon=lexicons.certainty), chain)
        chain = with_stand(chain, read.event, so_far.voices, sentence)
        base = event_row(sentence, read, settings[k], judgement=judgement, chain=chain)
        if k in meant and base["target"] is None and meant[k].type == read.event.type:
            base["target"] = meant[k].target
        so_far.happenings.tell(base)
        counted = [figures[j] for j, owner in bound.items() if owner == k]
        denied = judgement.polarity is Polarity.DENIED and read.event.type in _OUTCOMES
        if read.event.rule == BARE_NOUN and read.target is None and not counted and not denied:
            continue  # "after the attack": names a happening, claims nothing of it
        rows += [{**base, "quantity": quantity_cell(sentence, f, figures)} for f in counted] or [base]
    for j, figure in enumerate(figures):
        if j not in bound and figure.measure in STANDALONE:
            chain = chain_at(so_far.voices, figure.where.start)
            judgement = as_voiced(judge(sentence, figure.head, lexicon=lexicons.certainty), chain)
            told = figure_row(sentence, figure, judgement, chain)
            rows.append({**told, "quantity": quantity_cell(sentence, figure, figures)})
    return rows


def _judged_token(sentence: Sentence, event: EventFound) -> int:
    """Where polarity and certainty are read: the event's head, but for "the siege is over" the noun, of which the
    predicate says how real it is."""
    trigger = range(event.trigger.first, event.trigger.last + 1)
    nouns = [i for i in trigger if sentence.pos[i] in _NOUNS]
    if nouns and any(sentence.lower[i] == "no" for i in trigger if i < nouns[-1]):
        return nouns[-1]  # "has no presence"
    outside = not event.trigger.first <= event.head <= event.trigger.last
    return nouns[-1] if nouns and outside and sentence.heads[nouns[-1]] == event.head else event.head


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
                {
                    **attribution,
                    "text": _cut(text, attribution, ""),
                    "cue": _cut(text, attribution, "cue_"),
                    "said_text": _cut(text, attribution, "said_"),
                }
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
