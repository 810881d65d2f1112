"""Who says what: the voices of one document, each with the words it is made to say.

In: the parsed sentences of one document in order. Out: attributions as offsets into the kept text. The author's own
voice is the default and is not emitted; "I saw" outside a quote gives the speaker "author".
Attributions may lie within each other; a later step nests them by containment.
"""

from __future__ import annotations

from collections.abc import Sequence

from rasid.extract.found import AttributionFound
from rasid.extract.syntax import Sentence
from rasid.extract.voices.datelines import skip_dateline
from rasid.extract.voices.drafts import Draft, Place
from rasid.extract.voices.headings import open_doubtful_headings
from rasid.extract.voices.phrasings import read_phrasings
from rasid.extract.voices.quotes import Quote, find_quotes
from rasid.extract.voices.speakers import Named, Speakers, name_speaker
from rasid.extract.voices.turns import read_turns
from rasid.extract.voices.unowned import QUOTED, settle_unowned
from rasid.extract.voices.verbs import read_verbs
from rasid.knowledge.voices import VoiceWords, load_voice_words
from rasid.model.values import Status

__all__ = ["read_attributions"]

_COLON_OR_VIEW = frozenset({":", "-", "–", "—", "|", "according", "per", "for", "in", "on", "to", "through"})

# With a quote these report words, not thoughts: "..., read the post", "...," she joked.
_SAID_ALOUD = frozenset("read joke think reflect know dream pretend wonder".split())


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
        drafts.extend(_read_sentence(Place(number, s, words, near, skip_dateline(s))))
    turns = read_turns(sentences)
    labelled = {d.sentence for d in turns}
    drafts = [d for d in drafts if d.sentence not in labelled or not d.rule.startswith("colon")] + turns
    open_doubtful_headings(drafts, sentences, words)
    settle_unowned(drafts, quotes, sentences, words)
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
    """The same words, or for the "statement" of "said in a statement that" the same beginning."""
    noun = a.source is None and a.rule == "noun of saying"
    return a.contents == b.contents or (noun and a.contents[0][0] == b.contents[0][0])


def _name_all(
    drafts: Sequence[Draft], sentences: Sequence[Sentence], *, quotes: Sequence[Quote], words: VoiceWords
) -> list[AttributionFound]:
    """Give each draft its speaker and its final status."""
    speakers = Speakers(words)
    found: list[AttributionFound] = []
    quoted: list[tuple[int, int, str]] = []
    for d in _outer_first(drafts, sentences):
        s = sentences[d.sentence]
        at = s.starts[d.cue[0]]
        around = next((name for start, end, name in reversed(quoted) if start <= at < end), None)
        named = name_speaker(d, sentences, speakers=speakers, around=around)
        held = [(a, b) for a, b in d.contents if any(q.start >= a and q.end <= b for q in quotes)]
        quoted.extend((start, end, named.name) for start, end in held)
        if held and d.verb in _SAID_ALOUD:
            d.verb = "say"
        found.append(_finish(d, s, named=named, words=words))
    return sorted(found, key=lambda a: (a.cue or (0, 0), a.contents))


def _outer_first(drafts: Sequence[Draft], sentences: Sequence[Sentence]) -> list[Draft]:
    """In order of the text, but a voice before what lies within its quote."""

    def key(d: Draft) -> tuple[int, int]:
        start = min(min(c[0] for c in d.contents), sentences[d.sentence].starts[d.cue[0]])
        return start, -max(c[1] for c in d.contents)

    return sorted(drafts, key=key)


def _finish(d: Draft, s: Sentence, *, named: Named, words: VoiceWords) -> AttributionFound:
    """The draft as offsets, with its status sharpened by who speaks."""
    source = s.chars(*d.source) if d.source is not None else None
    status = d.status
    if status is Status.ACCUSED and d.source is not None and _is_authority(s, d.source, words):
        status = Status.ACCUSED_BY_AUTHORITIES
    rule = f"first person, {d.rule}" if named.own else d.rule
    if named.open_word is not None:
        rule += f"; “{named.open_word}” left open: more than one could be meant"
    cue = None if d.rule.startswith(QUOTED) else s.chars(*d.cue)
    contents = tuple(sorted(d.contents))
    return AttributionFound(source, named.name, cue, contents, d.verb, status, d.denies, rule)


def _is_authority(s: Sentence, source: tuple[int, int], words: VoiceWords) -> bool:
    """A government, a ministry, police, an army, a court."""
    return any(s.lower[i] in words.authorities for i in range(source[0], source[1] + 1))
