"""One verb of saying on its way to a draft: what is known of it before its content is looked for."""

from __future__ import annotations

from dataclasses import dataclass

from rasid.extract.voices.drafts import Draft, Place
from rasid.extract.voices.phrases import Subject, is_negated
from rasid.knowledge.voices import Reading
from rasid.model.values import Status

VERBAL = frozenset({"VERB", "AUX"})


PHRASE_STARTS = frozenset({"DET", "NUM", "NOUN", "PROPN", "ADJ", "PRON"})


_TURNED_BY_NOT = frozenset(
    [
        "believe",
        "think",
        "expect",
        "consider",
        "feel",
        "want",
        "intend",
        "plan",
    ]
)  # "does not believe that"


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb being read: its place, lemma, limits of reach and subject."""

    at: Place
    v: int
    lemma: str
    low: int
    high: int
    subject: Subject | None
    cue: tuple[int, int]

    @property
    def frames(self) -> frozenset[str]:
        return self.at.words.frames.get(self.lemma, frozenset())


def draft_of(
    verb: Verb,
    contents: list[tuple[int, int]],
    *,
    rule: str,
    reading: Reading | None = None,
    cue_last: int | None = None,
    voiceless: bool = False,
) -> Draft:
    """Put the pieces together; negation of the verb decides status and direction."""
    subject = None if voiceless else verb.subject
    status = reading.status if reading else Status.REPORTED_AS_FACT
    denies = reading.denies if reading else False
    if is_negated(verb.at.s, verb.v):
        denies = not denies and verb.lemma in _TURNED_BY_NOT
        status = status if denies else Status.POSSIBLE
        rule = f"negated, {rule}"
    return Draft(
        sentence=verb.at.number,
        cue=(verb.cue[0], max(verb.v, cue_last or verb.v)),
        contents=contents,
        verb=verb.lemma,
        status=status,
        rule=rule + (", by word order" if subject is not None and subject.by_order else ""),
        source=(subject.first, subject.last) if subject else None,
        head=(subject.antecedent if subject.antecedent is not None else subject.head) if subject else None,
        denies=denies,
    )


def particle_fits(verb: Verb) -> bool:
    """A verb that says only with a second word ("pointed out", "went on") has it."""
    particle = verb.at.words.particles.get(verb.lemma)
    s = verb.at.s
    return particle is None or (verb.v + 1 < len(s) and s.lower[verb.v + 1] == particle)


def is_saying(verb: Verb, t: int) -> bool:
    """A verb that takes a clause or an object as what is said."""
    words = verb.at.words
    lemma = words.forms.get(verb.at.s.lower[t])
    return lemma is not None and bool(
        words.frames[lemma] & {"clause", "object", "infinitive"} or lemma in words.preps
    )
