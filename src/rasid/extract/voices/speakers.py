"""The name of a voice: "Karim Odeh, a spokesman for the Rivers Front" -> "Karim Odeh"; "he" -> who he is, if sure.

"our teams" and "this report" are the document's own voice. A pronoun that could be more than one stays unnamed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rasid.extract.syntax import Sentence
from rasid.extract.voices.drafts import Draft
from rasid.extract.voices.joint import in_words, joint_parts
from rasid.extract.voices.pronouns import GROUP, HE_OR_SHE, Voice, is_same_person, is_the_sayer, who_speaks
from rasid.knowledge.voices import VoiceWords

UNNAMED = "unnamed"
AUTHOR = "author"
_SELF = frozenset({"i", "we", "my", "our", "me", "us"})
_PART_OF = frozenset({"one", "some", "many", "most", "several", "two", "three", "half", "both"})
_NUMBER_OF = frozenset(
    {"number", "majority", "handful", "couple", "group", "lot", "dozens", "scores", "hundreds"}
)
_OF_SOMEBODY = frozenset(
    "television radio press newspaper media army police government ministry council".split()
)
_PAPERS = frozenset("report study survey investigation inquiry".split())
_ISSUERS = frozenset(
    "general inspector ministry minister committee commission council mission office agency government police army"
    " panel network centre center institute experts parliament court".split()
)
_PHRASE_GLUE = frozenset(
    {"compound", "amod", "flat", "nummod", "nmod:poss", "case", "fixed", "goeswith", "det"}
)


@dataclass(frozen=True, slots=True)
class Named:
    """own: the document's own voice; open_word: the pronoun that stays open"""

    name: str
    own: bool = False
    open_word: str | None = None


@dataclass(slots=True)
class Speakers:
    """The voices heard so far in one document, and all that has been said, in offsets with its voice (None: open)."""

    words: VoiceWords
    heard: list[Voice] = field(default_factory=list)
    said: list[tuple[int, int, Voice | None]] = field(default_factory=list)

    def hear(self, draft: Draft, voice: Voice | None) -> None:
        """Keep the voice and what it says."""
        if voice is not None:
            self.heard.append(voice)
        self.said.extend((start, end, voice) for start, end in draft.contents)

    def around(self, place: int) -> Voice | None:
        """The voice of the nearest saying that this place lies in."""
        return next((v for start, end, v in reversed(self.said) if start <= place < end), None)

    def is_said(self, place: int) -> bool:
        """Does this place lie in what somebody says?"""
        return any(start <= place < end for start, end, _ in self.said)


def name_speaker(
    draft: Draft, sentences: Sequence[Sentence], *, speakers: Speakers, around: str | None
) -> Named:
    """The name of the voice of this draft.

    around: the speaker of the quote that the draft lies in, whose "I" it is
    """
    named, kind = _who(draft, sentences, speakers=speakers, around=around)
    voice = None
    if not named.own and named.name != UNNAMED and draft.source is not None:
        own = sentences[draft.sentence].starts[draft.source[0]]
        voice = Voice(named.name, kind, draft.sentence, own=not speakers.is_said(own))
    speakers.hear(draft, voice)
    return named


def _who(
    draft: Draft, sentences: Sequence[Sentence], *, speakers: Speakers, around: str | None
) -> tuple[Named, str]:
    """The name and the kind of the voice."""
    s = sentences[draft.sentence]
    if draft.source is None or draft.head is None:
        return Named(UNNAMED), ""
    word = s.lower[draft.head]
    is_pronoun = s.pos[draft.head] in {"PRON", "DET"}
    if word in _SELF and is_pronoun:
        return (Named(AUTHOR, own=True) if around is None else Named(around)), "one"
    if word in HE_OR_SHE | GROUP and is_pronoun:
        known = _known(draft, sentences, speakers, quoted=around is not None)
        if known is None and word == "they":
            known = _on_the_air(s, draft)
        kind = next((v.kind for v in reversed(speakers.heard) if v.name == known), "one")
        return (Named(UNNAMED, open_word=s.words[draft.head]) if known is None else Named(known)), kind
    if around is None and is_own_paper(draft, sentences, speakers.words):
        return Named(AUTHOR, own=True), "body"
    parts = [] if draft.whole else joint_parts(s, draft.source, speakers.words.speakers)
    if parts:
        names = [_in_full(short_name(s, head, (a, b)), speakers.heard) for head, a, b in parts]
        return Named(in_words(names)), "many"
    name = _text(s, *draft.source) if draft.whole else short_name(s, draft.head, draft.source)
    kind = _kind(s, draft.head, speakers.words)
    return Named(_in_full(name, speakers.heard) if kind == "one" else name), kind


def _on_the_air(s: Sentence, draft: Draft) -> str | None:
    """ "They tell us on the radio that": the radio."""
    cue = draft.cue[1]
    for k in range(cue + 1, min(cue + 6, len(s))):
        if s.lower[k] in {"radio", "television", "tv", "news"} and s.lower[k - 1] == "the":
            return s.words[k]
    return None


def _known(draft: Draft, sentences: Sequence[Sentence], speakers: Speakers, *, quoted: bool) -> str | None:
    """Who a pronoun is. In "X said he agreed" it is X, if nobody else is named there; within quotes it stays open."""
    assert draft.head is not None
    s = sentences[draft.sentence]
    place = s.starts[draft.head]
    if speakers.is_said(place):
        outer = speakers.around(place)
        if quoted or outer is None or outer.sentence != draft.sentence:
            return None
        return outer.name if is_the_sayer(draft.head, s, outer, speakers.words) else None
    said = [*((start, end) for start, end, _ in speakers.said), *draft.contents]
    return who_speaks(
        draft.sentence, draft.head, sentences, heard=speakers.heard, said=said, words=speakers.words
    )


def is_own_paper(draft: Draft, sentences: Sequence[Sentence], words: VoiceWords) -> bool:
    """ "our teams", "this report": the document's own voice, if no other paper has just been named."""
    s = sentences[draft.sentence]
    assert draft.head is not None
    noun = s.lower[draft.head]
    owner = s.child(draft.head, "nmod:poss")
    if owner is not None and s.lower[owner] == "our" and s.deps[draft.head] != "nmod":
        return noun in words.own_people or noun in words.own_papers
    det = s.child(draft.head, "det")
    if noun not in words.own_papers or det is None or s.lower[det] != "this":
        return False
    before = sentences[max(0, draft.sentence - 2) : draft.sentence]
    return not any(noun in other.lower for other in before)


_TITLE_WORDS = 3  # "Lt. Col." before a name
_OFFICES = frozenset(
    "spokesman spokesperson spokeswoman commander minister governor mayor director officer aide envoy".split()
)
_OFFICE = frozenset({"ADP", "DET", "ADJ", "NOUN", "PROPN", "PUNCT"})


def short_name(s: Sentence, head: int, span: tuple[int, int]) -> str:
    """The personal name in the phrase if it names the head, else the head with the words close to it."""
    for first, after, label in s.entities:
        if (
            label == "PERSON"
            and first == span[1] + 1
            and s.labels[head] != "PERSON"
            and s.pos[span[1]] == "PROPN"
        ):
            return _text(s, first, after - 1)  # "Front MP | Adib Sarraf", cut in two by the parser
    if s.labels[head] in {"ORG", "NORP"} and (named := _at_the_end(s, head, span)) is not None:
        return named
    for first, after, label in s.entities:
        if first <= head < after:
            if any(s.pos[i] == "PUNCT" and first < i < span[0] for i in range(first, head)):
                first = span[0]  # "VELMAR - Adib Sarraf", taken for one name
            titled = (
                after - first == 1 and label == "PERSON" and first > span[0] and s.pos[first - 1] == "PROPN"
            )
            return _text(s, first - titled, after - 1)  # "General Barq": a surname keeps its title
        if label == "PERSON" and span[0] <= first and after - 1 <= span[1] and _names(s, head, first, after):
            return _text(s, first, after - 1)
    if (apart := _named_after(s, head)) is not None:
        return apart
    if s.lower[head] in _PART_OF | _NUMBER_OF and s.lower[head + 1 : head + 2] == ["of"]:
        whole = next((c for c in s.all_children(head, "nmod") if head < c <= span[1]), None)
        first = head if s.lower[head] in _NUMBER_OF else span[0]
        return _text(s, first, whole if whole is not None else head)
    first = last = head
    while first > 0 and _belongs(s, first - 1, first, head):
        first -= 2 if s.tags[first - 1] == "POS" and first > 1 else 1
    while (
        last + 1 < len(s)
        and s.deps[last + 1] in {"flat", "goeswith"}
        and s.heads[last + 1] in range(first, last + 1)
    ):
        last += 1
    stop = span[1] if span[1] > last else len(s) - 1
    return _text(s, first, _with_of(s, head, last, stop))


def _at_the_end(s: Sentence, head: int, span: tuple[int, int]) -> str | None:
    """ "Front MP Adib Sarraf", with the Front for its head: the person whose name ends the words."""
    for first, after, label in s.entities:
        if label == "PERSON" and head < first and after - 1 == span[1] and after - first > 1:
            plain = all(s.pos[t] in {"PROPN", "NOUN", "ADJ"} for t in range(head, first))
            return _text(s, first, after - 1) if plain else None
    return None


def _named_after(s: Sentence, head: int) -> str | None:
    """ "The spokesman of the mission, Adib Sarraf, said": the name between commas after the words of the office."""
    if s.labels[head] or s.pos[head] != "NOUN" or s.tags[head] == "NNS":
        return None
    for first, after, label in s.entities:
        person = label == "PERSON" or (label == "ORG" and s.lower[head] in _OFFICES)
        if not person or first < head or after - first < 2 or after >= len(s) or s.words[after] != ",":
            continue
        comma = next((k for k in range(first - 1, head, -1) if s.words[k] == ","), None)
        if comma is None or first - comma > _TITLE_WORDS:
            return None
        plain = all(s.pos[k] in _OFFICE for k in range(head + 1, comma))
        titled = all(s.pos[k] in {"NOUN", "PROPN"} for k in range(comma + 1, first))
        return _text(s, first, after - 1) if plain and titled else None
    return None


def _belongs(s: Sentence, i: int, first: int, head: int) -> bool:
    """Does the token before the name so far belong to it ("police" chief, the governor "'s" office)?"""
    if s.tags[i] == "POS":
        return i > 0 and first <= s.heads[i - 1] <= head
    return s.deps[i] in _PHRASE_GLUE and first <= s.heads[i] <= head and s.deps[i] != "case"


def _names(s: Sentence, head: int, first: int, after: int) -> bool:
    """Does the person named at [first, after) stand beside the head as its name ("Commander Karim Odeh")?"""
    at = next((i for i in range(first, after) if not first <= s.heads[i] < after), first)
    return (
        (s.heads[at] == head and s.deps[at] in {"appos", "flat", "compound"})
        or (first == head + 1 and s.deps[at] not in {"nmod", "nmod:poss"})
        or (first == head + 2 and s.words[head + 1] == "," and s.pos[head] == "NOUN")
    )


def _with_of(s: Sentence, head: int, last: int, stop: int) -> int:
    """Keep "of Defence" with "Ministry", "of Marj" with "television", up to token `stop`."""
    bearer = s.pos[head] == "PROPN" or (
        s.lower[head] in _OF_SOMEBODY and s.lower[last + 1 : last + 2] == ["of"]
    )
    paper = s.lower[head] in _PAPERS and s.lower[last + 1 : last + 2] == ["of"]
    bearer = bearer or (
        paper and any(s.lower[k] in _ISSUERS for k in range(last + 2, min(last + 6, stop + 1)))
    )
    if last + 2 < len(s) and s.lower[last + 1] in {"of", "for"} and bearer:
        child = next((c for c in s.all_children(head, "nmod") if c > last), None)
        if child is not None and child - last < 5 and last + 2 <= stop:
            return min(child, stop)
    return last


def _text(s: Sentence, first: int, last: int) -> str:
    """The words of the kept text without article, title of address and possessive mark."""
    while first < last and s.lower[first] in {"the", "a", "an", "mr.", "mrs.", "ms.", "mr", "mrs", "ms"}:
        first += 1
    while last > first and s.words[last] in {"'s", "’s", ",", "'", "’"}:
        last -= 1
    return " ".join(s.words_between(s.starts[first], s.ends[last]).split())


def _kind(s: Sentence, head: int, words: VoiceWords) -> str:
    """A single person by entity label or by role, several people, or a body."""
    if s.tags[head] in {"NNS", "NNPS"}:
        return "many"
    if s.child(head, "conj") is not None and s.labels[head] in {"PERSON", ""}:
        return "many"
    owner = s.child(head, "nmod:poss")
    if owner is not None and s.lower[owner] in {"its", "their"} and s.lower[head] not in words.speakers:
        return "thing"  # "its determination" speaks at most once, and is no "it"
    return "one" if s.labels[head] == "PERSON" or s.lower[head] in words.persons else "body"


def _in_full(name: str, heard: Sequence[Voice]) -> str:
    """A surname alone is the person named in full before."""
    if " " in name:
        return name
    full = {v.name for v in heard if v.kind == "one" and " " in v.name and is_same_person(v.name, name)}
    return next(iter(full)) if len(full) == 1 else name
