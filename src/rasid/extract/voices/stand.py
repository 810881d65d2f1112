"""Who takes a stand: the one who accuses or denies, where no attribution has found him.

In: the sentence and the accusation or denial in it. Out: an attribution without content, that says only whose word the
stand is; None where the author himself may be meant.
"""

from __future__ import annotations

from rasid.extract.found import AttributionFound, EventFound
from rasid.extract.syntax import Sentence
from rasid.extract.voices.drafts import Place
from rasid.extract.voices.phrases import NOMINAL, is_passive, phrase
from rasid.extract.voices.speakers import UNNAMED, short_name
from rasid.extract.voices.subjects import choose_subject
from rasid.knowledge.voices import load_voice_words
from rasid.model.values import Status

_OWN = frozenset({"i", "we", "my", "our"})
_BY = frozenset({"by", "from"})


def taker_of_stand(s: Sentence, stand: EventFound) -> AttributionFound | None:
    """The subject of "accuses", the agent of "is accused by", the owner of "the accusation"; else nobody named."""
    v = stand.head
    said = stand.trigger.start, stand.trigger.end
    if s.pos[v] in {"NOUN", "PROPN"} and s.tags[v] not in {"VBN", "VBD", "VBZ"}:
        owner = s.child(v, "nmod:poss") or _by(s, v)
        return None if owner is None else _taker(s, owner, phrase(s, owner), said)
    if is_passive(s, v) or s.deps[v] in {"acl", "amod"}:
        agent = _by(s, v)
        return _nobody(said) if agent is None else _taker(s, agent, phrase(s, agent, low=v + 1), said)
    subject = choose_subject(Place(0, s, load_voice_words()), v, low=0, high=len(s) - 1)
    if subject is None or subject.passive:
        return _nobody(said)
    head = subject.head if subject.antecedent is None else subject.antecedent
    return _taker(s, head, (subject.first, subject.last), said)


def _by(s: Sentence, v: int) -> int | None:
    return next(
        (
            c
            for c in s.children[v]
            if c > v and s.pos[c] in NOMINAL and any(s.lower[g] in _BY for g in s.all_children(c, "case"))
        ),
        None,
    )


def _taker(s: Sentence, head: int, span: tuple[int, int], said: tuple[int, int]) -> AttributionFound | None:
    if s.lower[head] in _OWN:
        return None
    if s.pos[head] in {"PRON", "DET", "NUM"}:
        return _nobody(said)
    name = short_name(s, head, span)
    return AttributionFound(
        s.chars(*span), name, said, (), "accuse", Status.ACCUSED, False, "who takes the stand"
    )


def _nobody(said: tuple[int, int]) -> AttributionFound:
    return AttributionFound(
        None, UNNAMED, said, (), "accuse", Status.ACCUSED, False, "nobody named takes the stand"
    )
