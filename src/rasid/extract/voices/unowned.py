"""Quotes that no verb of their own sentence takes: whose are they?

The voice announced by a colon before ("He said:"), the voice of the quote that this one goes on, else nobody's that
is known. An open voice is still a voice: what stands between quotation marks is not the author's own word.
"""

from __future__ import annotations

from collections.abc import Sequence

from rasid.extract.syntax import Sentence
from rasid.extract.voices.drafts import Draft, Place
from rasid.extract.voices.quotes import Quote, begins_paragraph
from rasid.extract.voices.subjects import choose_subject
from rasid.knowledge.voices import VoiceWords
from rasid.model.values import Status

QUOTED = "quoted"
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_FEWEST_WORDS = 4  # shorter ones are words in quotation marks, not speech
_TITLES = frozenset(
    "titled entitled called named headlined film book song article novel series poem play slogan".split()
)


def settle_unowned(
    drafts: list[Draft], quotes: Sequence[Quote], sentences: Sequence[Sentence], words: VoiceWords
) -> None:
    """Give each quote that no draft holds to the voice it belongs to, or to an open one."""
    owner: dict[Quote, Draft | None] = {q: _holder(q, drafts) for q in quotes}
    for before, q in zip([None, *quotes], quotes, strict=False):
        if owner[q] is not None:
            continue
        held = None if q.loose else _announced(q, sentences, words) or _continued(q, before, owner, sentences)
        if held is not None and held not in drafts:
            drafts.append(held)
        if held is not None and (q.start, q.end) not in held.contents:
            held.contents.append((q.start, q.end))
        if held is None and _is_speech(q, sentences) and not _is_touched(q, drafts):
            drafts.append(_open_voice(q, sentences))
        owner[q] = held


def _holder(q: Quote, drafts: Sequence[Draft]) -> Draft | None:
    """The draft whose content the quote lies in."""
    return next((d for d in drafts if any(a <= q.start and q.end <= b for a, b in d.contents)), None)


def _is_touched(q: Quote, drafts: Sequence[Draft]) -> bool:
    """Is a good part of the quote somebody's, or does the quote hold the whole of a voice and its words?"""
    return any(min(q.end, b) - max(q.start, a) > (q.end - q.start) / 2 for d in drafts for a, b in d.contents)


def _fills_sentences(q: Quote, sentences: Sequence[Sentence]) -> bool:
    """Does the quote begin with its sentence and end with one?"""
    return q.start <= sentences[q.sentence].starts[0] and q.end >= sentences[q.last].ends[-1] - 1


def _announced(q: Quote, sentences: Sequence[Sentence], words: VoiceWords) -> Draft | None:
    """ "He said:" and the quote on the next line."""
    number = q.sentence - 1
    if number < 0 or q.start > sentences[q.sentence].starts[0]:
        return None
    s = sentences[number]
    if s.words[-1] != ":" or sentences[q.sentence].index - s.index > 1:
        return None
    at = Place(number, s, words)
    for v in range(len(s) - 2, -1, -1):
        lemma = words.forms.get(s.lower[v])
        if lemma is None or (s.pos[v] not in {"VERB", "AUX"} and v < len(s) - 2):
            continue
        if not words.frames[lemma] & {"clause", "that"} or s.deps[v] in {"amod", "acl:relcl"}:
            continue
        subject = choose_subject(at, v, low=0, high=len(s) - 1)
        if subject is not None and not subject.passive:
            head = subject.antecedent if subject.antecedent is not None else subject.head
            source = (subject.first, subject.last)
            return Draft(
                number, (v, v), [(q.start, q.end)], lemma, Status.REPORTED_AS_FACT, "announced by a colon",
                source, head,
            )  # fmt: skip
    return None


def _continued(
    q: Quote, before: Quote | None, owner: dict[Quote, Draft | None], sentences: Sequence[Sentence]
) -> Draft | None:
    """The voice of the quote before, if this one fills the next sentence and does not answer a question."""
    held = owner.get(before) if before is not None else None
    if before is None or held is None or not _fills_sentences(q, sentences):
        return None
    goes_on = not before.closed and q.sentence == before.last + 1
    if goes_on and begins_paragraph(sentences, q.sentence):
        return held
    near = sentences[q.sentence].index - sentences[max(held.sentence, before.last)].index <= 1
    asked = (
        sentences[before.last]
        .text[: before.end - sentences[before.last].start]
        .rstrip("\"”'’» ")
        .endswith("?")
    )
    return held if near and not asked else None


def _is_speech(q: Quote, sentences: Sequence[Sentence]) -> bool:
    """A clause or more, and no title of a book or song."""
    s = sentences[q.sentence]
    inside = [i for i in range(len(s)) if q.start <= s.starts[i] and s.ends[i] <= q.end]
    text = [w for i in inside if (w := s.words[i]).isalpha()]
    if s.kind == "heading" and q.last == q.sentence and any(s.pos[i] == "VERB" for i in inside):
        return True  # "Rebels 'kill nine' in Kelan": the marks say that somebody says so
    if q.last == q.sentence and len(text) < _FEWEST_WORDS:
        return False
    first = inside[0] if inside else 0
    if not _TITLES.isdisjoint(s.lower[max(0, first - 4) : first]):
        return False
    small = [w for w in text if w.islower() and len(w) > 3]
    if q.last == q.sentence and not small and not s.text.isupper():
        return False  # Capitals Throughout: a title
    return q.last > q.sentence or any(s.tags[i] in _FINITE for i in inside)


def _open_voice(q: Quote, sentences: Sequence[Sentence]) -> Draft:
    """A quote of nobody that the text names."""
    s = sentences[q.sentence]
    mark = next((i for i in range(len(s)) if s.ends[i] > q.start), 0)
    why = "its quotation mark is never closed" if q.loose or not q.closed else "the text does not say who"
    return Draft(
        q.sentence, (mark, mark), [(q.start, q.end)], "quote", Status.REPORTED_AS_FACT, f"{QUOTED}, {why}"
    )
