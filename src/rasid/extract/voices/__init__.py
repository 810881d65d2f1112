"""Who says what: the voices of one document, each with the words it is made to say.

In: the parsed sentences of one document in order. Out: attributions as offsets into the kept text. The author's own
voice is the default and is not emitted; "I saw" outside a quote gives the speaker "author".
Attributions may lie within each other; a later step nests them by containment.
"""

from __future__ import annotations

from collections.abc import Sequence

from rasid.extract.found import AttributionFound
from rasid.extract.syntax import Sentence
from rasid.extract.voices.drafts import Draft, Place
from rasid.extract.voices.phrasings import read_phrasings
from rasid.extract.voices.quotes import Quote, find_quotes
from rasid.extract.voices.speakers import Speakers, name_speaker
from rasid.extract.voices.verbs import read_verbs
from rasid.knowledge.voices import VoiceWords, load_voice_words
from rasid.model.values import Status

__all__ = ["read_attributions"]

_COLON_OR_VIEW = frozenset({":", "-", "–", "—", "|", "according", "per", "for", "in", "on", "to", "through"})


def read_attributions(
    sentences: Sequence[Sentence], *, words: VoiceWords | None = None
) -> list[AttributionFound]:
    """Every attribution of one document, in the order of its cues.

    sentences: of one document, in order, with offsets into the same kept text
    words:     the lexicon; the shipped one if None
    """
    words = words or load_voice_words()
    quotes = find_quotes(sentences)
    drafts: list[Draft] = []
    by_sentence = _quotes_by_sentence(quotes)
    for number, s in enumerate(sentences):
        near = by_sentence.get(number, ())
        if not near and words.cues.isdisjoint(s.lower) and _COLON_OR_VIEW.isdisjoint(s.lower):
            continue
        drafts.extend(_read_sentence(Place(number, s, words, near)))
    _attach_following_quotes(drafts, quotes, sentences)
    return _name_all(drafts, sentences, quotes=quotes, words=words)


def _quotes_by_sentence(quotes: Sequence[Quote]) -> dict[int, list[Quote]]:
    """The quotes that touch each sentence."""
    touching: dict[int, list[Quote]] = {}
    for q in quotes:
        for number in range(q.sentence, q.last + 1):
            touching.setdefault(number, []).append(q)
    return touching


def _read_sentence(at: Place) -> list[Draft]:
    """The drafts of one sentence without doubles, in order of their cues."""
    kept: list[Draft] = []
    for draft in [*read_verbs(at), *read_phrasings(at)]:
        if not any(_same_content(draft, other) and draft.source in (other.source, None) for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.cue)


def _same_content(a: Draft, b: Draft) -> bool:
    return a.contents == b.contents


def _attach_following_quotes(
    drafts: list[Draft], quotes: Sequence[Quote], sentences: Sequence[Sentence]
) -> None:
    """A quote that fills the next sentence and that nobody is given belongs to the voice of the quote before it."""
    owner: dict[Quote, Draft] = {}
    for q in quotes:
        for d in drafts:
            if any(start <= q.start and q.end <= end for start, end in d.contents):
                owner.setdefault(q, d)
    for before, q in zip([None, *quotes], quotes, strict=False):
        if q in owner:
            continue
        holder = _voice_before(q, before, owner, drafts=drafts, sentences=sentences)
        if holder is not None:
            holder.contents.append((q.start, q.end))
            owner[q] = holder


def _voice_before(
    q: Quote,
    before: Quote | None,
    owner: dict[Quote, Draft],
    *,
    drafts: Sequence[Draft],
    sentences: Sequence[Sentence],
) -> Draft | None:
    """The draft that the unowned quote `q` continues, or None."""
    s = sentences[q.sentence]
    if q.start > s.starts[0] or q.end < sentences[q.last].ends[-1] - 1:
        return None
    if before is not None and before in owner and q.sentence - owner[before].sentence <= 1:
        return owner[before]
    if before is not None and before in owner and not before.closed and q.sentence == before.last + 1:
        return owner[before]
    return None


def _name_all(
    drafts: Sequence[Draft], sentences: Sequence[Sentence], *, quotes: Sequence[Quote], words: VoiceWords
) -> list[AttributionFound]:
    """Give each draft its speaker and its final status."""
    speakers = Speakers(words.persons)
    found: list[AttributionFound] = []
    quoted: list[tuple[int, int, str]] = []
    for d in _outer_first(drafts, sentences):
        s = sentences[d.sentence]
        at = s.starts[d.cue[0]]
        around = next((name for start, end, name in reversed(quoted) if start <= at < end), None)
        name, own = name_speaker(d, sentences, speakers=speakers, around=around)
        for start, end in d.contents:
            if any(q.start >= start and q.end <= end for q in quotes):
                quoted.append((start, end, name))
        found.append(_finish(d, s, name=name, own=own, words=words))
    return sorted(found, key=lambda a: (a.cue or (0, 0), a.contents))


def _outer_first(drafts: Sequence[Draft], sentences: Sequence[Sentence]) -> list[Draft]:
    """In order of the text, but a voice before what lies within its quote."""

    def key(d: Draft) -> tuple[int, int]:
        start = min(min(c[0] for c in d.contents), sentences[d.sentence].starts[d.cue[0]])
        return start, -max(c[1] for c in d.contents)

    return sorted(drafts, key=key)


def _finish(d: Draft, s: Sentence, *, name: str, own: bool, words: VoiceWords) -> AttributionFound:
    """The draft as offsets, with its status sharpened by who speaks."""
    source = s.chars(*d.source) if d.source is not None else None
    status = d.status
    if status is Status.ACCUSED and d.source is not None and _is_authority(s, d.source, words):
        status = Status.ACCUSED_BY_AUTHORITIES
    rule = f"first person, {d.rule}" if own else d.rule
    contents = tuple(sorted(d.contents))
    return AttributionFound(source, name, s.chars(*d.cue), contents, d.verb, status, d.denies, rule)


def _is_authority(s: Sentence, source: tuple[int, int], words: VoiceWords) -> bool:
    """A government, a ministry, police, an army, a court."""
    return any(s.lower[i] in words.authorities for i in range(source[0], source[1] + 1))
