"""Whose word a place in the text is: the chain of voices around it, outermost first, without the document's own.

Not every attribution makes a voice: "the army does not say how many died", "who believes that", "not to speak of"
give nobody's word. What such words do to certainty is read elsewhere (certainty.py).

In: the attributions of a document. Out: a `Chain` for an offset, and what the innermost voice does to a judgement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rasid.extract.certainty import GRANTED, judge
from rasid.extract.found import AttributionFound, EventFound, Judgement
from rasid.extract.syntax import Sentence
from rasid.extract.voices.stand import taker_of_stand
from rasid.knowledge.certainty import CertaintyLexicon
from rasid.knowledge.forms import listed
from rasid.model.tables import Row
from rasid.model.values import Certainty, Kind, Polarity, Status

# Speakers that are nobody in particular: "one can say", "you know". What they say is the author's own word.
_ANYONE = frozenset({"one", "you", "we", "i"})
_NOBODY = listed(
    "who whom which what whoever everyone everybody nobody none anyone anybody nothing it there no-one this that here"
    " percent per"
)
_NOT_A_SPEAKER = re.compile(
    r"\A(?:[\d.,\s%°/]+(?:per ?cent|percent)?|(?:more|fewer|few|less|only|no|not|each)\b.*)\Z"
)
_REFUSALS = listed(
    "not n't n’t no never nobody none neither nor without unable fail failed fails failing cannot stop stopped would"
    " will shall to demand demands demanded ask asks asked"
)
# These report nothing: who talks about a thing, refuses a thing, pretends a thing does not tell that it is so.
_DEMANDS = listed("demand want seek await request urge require expect")
_NO_REPORT = listed(
    "talk dream think joke know care worry refuse decline hesitate forget pretend read reflect"
)
_INFINITIVE, _OBJECT, _TURN = "to do", "object", "turn of talk"  # rules of the voices
_KEPT_UP = listed("maintain hold count")  # "an offensive maintained by the army"
_PROMISES = listed("vow pledge promise threaten swear claim propose offer")  # said, not only meant
# By nobody named these leave it open, as "reportedly" does.
_HEARSAY = listed("say report tell claim hear rumour rumor fear believe presume suspect think allege assume")
_SAID_OF = frozenset(
    {"said", "feared", "believed", "reported", "presumed", "thought", "alleged", "suspected", "assumed"}
)
_DONE_TO = frozenset(
    {"by", "in", "near", "after", "at", "on", "over", "during", "as", "since", "for", "from"}
)
_STANDS = frozenset({"accusation", "denial"})  # events that are somebody's words
_WHOEVER = frozenset(
    {"those", "whoever", "anyone", "anybody"}
)  # "those who say that it fell should go and look"
_ASSERTING = frozenset({Status.ACCUSED, Status.ACCUSED_BY_AUTHORITIES, Status.CLAIMED})


@dataclass(frozen=True, slots=True)
class Chain:
    """The voices of one place in the text, outermost first, without the document's own."""

    attributions: tuple[AttributionFound, ...]

    @property
    def innermost(self) -> AttributionFound | None:
        return self.attributions[-1] if self.attributions else None


def heard_voices(
    attributions: Sequence[AttributionFound], sentences: Sequence[Sentence], *, lexicon: CertaintyLexicon
) -> list[AttributionFound]:
    """The attributions that give somebody's word, in their order; `sentences` of the same document, in order."""
    heard = [a for a in attributions if not _is_own_word(a) and not _is_nobody(a)]
    if any(";" in s.words for s in sentences):
        heard = [_within_semicolons(a, sentences) for a in heard]
    by_start = [(s.start, s.start + len(s.text), s) for s in sentences]
    kept = []
    k = 0
    for a in heard:  # ordered by cue
        cue = a.cue
        if cue is None:
            kept.append(a)
            continue
        while k < len(by_start) and by_start[k][1] <= cue[0]:
            k += 1
        said_before = a.contents[-1][1] <= cue[0]
        here = k < len(by_start)
        if here and _is_dateline(a, by_start[k][2]):
            continue
        if here and a.rule.startswith(_OBJECT):
            a = _before_relative(a, by_start[k][2])
        if here and _is_said_of_it(a, by_start[k][2]):
            said = (*((a.source,) if a.source else ()), *a.contents)
            a = replace(a, source=None, speaker=None, contents=said, rule="headline hearsay")
        if said_before or not here or not _is_unsaid(cue, by_start[k][2], lexicon):
            kept.append(a)
    return kept


def chain_at(voices: Sequence[AttributionFound], place: int) -> Chain:
    """The voices whose content holds this place. One named within another's content is the inner one."""
    around = [a for a in voices if _holds(a, place)]
    if len(around) < 2:
        return Chain(tuple(around))
    around.sort(key=lambda a: (-_width(a), a.cue or a.contents[0]))
    return Chain(tuple(sorted(around, key=lambda a: sum(_is_within(a, b) for b in around if b is not a))))


def place_of(event: EventFound, voices: Sequence[AttributionFound]) -> int:
    """Where an event stands among what is said: in "claims victory" the claiming says it, and the victory is said."""
    trigger = event.trigger
    for a in voices if event.kind in {Kind.EVENT, Kind.STATUS} else ():
        inside = a.cue is not None and a.cue[0] <= trigger.start < a.cue[1] < trigger.end
        if inside and _holds(a, trigger.end - 1):
            return trigger.end - 1
    return trigger.start


def with_stand(
    chain: Chain, stand: EventFound, voices: Sequence[AttributionFound], sentence: Sentence
) -> Chain:
    """The chain of an accusation or a denial: the one who accuses says it, not the one who tells that he does."""
    if stand.type not in _STANDS:
        return chain
    held = [a for a in voices if a.cue and a.cue[0] < stand.trigger.end and stand.trigger.start < a.cue[1]]
    named = [a for a in held if a.source is not None and a.speaker is not None]
    if any(a in chain.attributions for a in named):
        return chain
    denier = next((a for a in voices if a.denies and a.contents and _follows(stand, a)), None)
    if denier is not None and denier in chain.attributions:
        return chain
    taker = denier or (named[0] if named else taker_of_stand(sentence, stand))
    return chain if taker is None else Chain((*chain.attributions, taker))


def _follows(stand: EventFound, a: AttributionFound) -> bool:
    """ "refuted the allegation that": the allegation stands between the one who refutes and what he refutes."""
    if a.cue is None or a.source is None:
        return False
    return a.cue[1] <= stand.trigger.start and stand.trigger.end <= a.contents[0][0] <= stand.trigger.end + 2


def as_voiced(judgement: Judgement, chain: Chain) -> Judgement:
    """The judgement as the innermost voice has it; what it only asks for, hopes or fears is never certain."""
    judged, voice = _as_turned(judgement, chain), chain.innermost
    open_only = voice is not None and voice.status is Status.POSSIBLE
    if (
        voice is None
        or not open_only
        or judged.rule.startswith(GRANTED)
        or judged.certainty not in {Certainty.CERTAIN, Certainty.PARTIAL}
    ):
        return judged
    return replace(judged, certainty=Certainty.POSSIBLE, rule=f"possible: what “{voice.verb}” leaves open")


def _as_turned(judgement: Judgement, chain: Chain) -> Judgement:
    """Turned round where the innermost voice does so.

    "X denied that": turned round, unless the sentence has been judged so already. "X accused Y of": X says that it
    is so; that it is an accusation stands in the status.
    """
    voice = chain.innermost
    if voice is None or voice.cue is None:
        return judgement
    mine = [cue for cue in judgement.cues if cue[0] < voice.cue[1] and voice.cue[0] < cue[1]]
    if voice.denies and not mine:
        begins = min(start for start, _ in voice.contents)
        between = [cue for cue in judgement.cues if voice.cue[1] <= cue[0] and cue[1] <= begins]
        if not between or len(between) < len(judgement.cues):
            return replace(judgement, polarity=_opposite(judgement.polarity))
        rule = f"denied: what “{voice.verb}” turns down"  # "rejected as false the claims that"
        return replace(judgement, polarity=Polarity.DENIED, certainty=Certainty.CERTAIN, rule=rule)
    plain = judgement.certainty is Certainty.CERTAIN and judgement.polarity is Polarity.AFFIRMED
    nobody = voice.source is None or (voice.speaker or "").casefold() in _WHOEVER
    if plain and nobody and voice.verb in _HEARSAY:
        rule = f"possible: “{voice.verb}” of nobody named"
        return replace(judgement, certainty=Certainty.POSSIBLE, cues=(*judgement.cues, voice.cue), rule=rule)
    asserts = voice.status in _ASSERTING and voice.source is not None
    if asserts and mine and len(mine) == len(judgement.cues) and judgement.certainty is Certainty.POSSIBLE:
        rule = f"{judgement.polarity.value}: what “{voice.verb}” says"
        return replace(judgement, certainty=Certainty.CERTAIN, rule=rule)
    return judgement


def _opposite(polarity: Polarity) -> Polarity:
    return Polarity.AFFIRMED if polarity is Polarity.DENIED else Polarity.DENIED


def _is_own_word(attribution: AttributionFound) -> bool:
    """Said by the author himself, or by nobody in particular."""
    speaker = attribution.speaker
    return attribution.rule.startswith("first person") or (
        speaker is not None and speaker.casefold() in _ANYONE and not speaker.isupper()
    )


def _is_nobody(attribution: AttributionFound) -> bool:
    """A word that can be no voice stands where a voice should."""
    speaker = attribution.speaker
    if attribution.rule.startswith(_TURN):
        return False  # who talks in an interview says all of it, whatever verb stands for that
    thought = attribution.verb == "think" and attribution.rule == "passive"  # "it is thought that": hearsay
    if (attribution.verb in _NO_REPORT and not thought) or _is_attitude(attribution):
        return True
    if speaker is None or attribution.source is None:
        return attribution.verb == "speak"
    said = speaker.casefold()
    return said in _NOBODY or _NOT_A_SPEAKER.match(said) is not None


def _is_said_of_it(a: AttributionFound, sentence: Sentence) -> bool:
    """ "Fighter said abducted by army", "two feared killed": a headline leaves out "is"; the fighter says nothing."""
    if a.cue is None or a.source is None or a.cue[0] < a.source[0]:
        return False
    said = next((i for i in range(len(sentence)) if a.cue[0] <= sentence.starts[i] < a.cue[1]), None)
    if said is None or said + 1 >= len(sentence) or sentence.lower[said] not in _SAID_OF:
        return False
    following, after = sentence.lower[said + 1], sentence.lower[said + 2 : said + 3]
    if following == "to":
        return sentence.lower[said] != "alleged" and after in (["have"], ["be"])
    if following in {"dead", "missing", "lost", "hurt"}:
        return True
    return sentence.tags[said + 1] == "VBN" and (not after or after[0] in _DONE_TO or not after[0].isalpha())


def _before_relative(a: AttributionFound, sentence: Sentence) -> AttributionFound:
    """ "claimed the bombing, which killed nine": what it killed is the author's own word."""
    for i, word in enumerate(sentence.lower[1:], 1):
        if word in {"which", "who"} and sentence.words[i - 1] == "," and _holds(a, sentence.starts[i]):
            at = sentence.ends[i - 2]
            return replace(a, contents=tuple((s, min(e, at)) for s, e in a.contents if s < at))
    return a


def _is_dateline(a: AttributionFound, sentence: Sentence) -> bool:
    """ "Kelan: shells hit school": the place, not the voice. A lone unknown name before small letters may be either;
    then nobody is made to say what he may never have said."""
    if a.source is None or not a.rule.startswith("colon"):
        return False
    inside = [i for i in range(len(sentence)) if a.source[0] <= sentence.starts[i] < a.source[1]]
    if not inside or all(sentence.labels[i] == "LOC" for i in inside):
        return bool(inside)
    after = inside[-1] + 2
    first, lone = sentence.words[after : after + 1], len(inside) == 1 and inside[0] == 0
    name = sentence.words[0]
    unknown = sentence.pos[0] == "PROPN" and name[1:].islower() and sentence.labels[0] != "ORG"
    return lone and unknown and bool(first) and first[0][0].islower() and first[0] not in {"we", "our", "my"}


def _within_semicolons(a: AttributionFound, sentences: Sequence[Sentence]) -> AttributionFound:
    """ "According to X, ...; according to Y, ...": each for its own part."""
    if a.verb != "according to" or a.cue is None:
        return a
    stops = [s.starts[i] for s in sentences for i, word in enumerate(s.words) if word == ";"]
    low = max((p for p in stops if p < a.cue[0]), default=-1)
    high = min((p for p in stops if p > a.cue[0]), default=a.contents[-1][1] + a.cue[1])
    cut = tuple((max(start, low + 1), min(end, high)) for start, end in a.contents)
    cut = tuple((start, end) for start, end in cut if start < end)
    if not cut and a.source is not None and a.source[1] < high:
        cut = ((a.source[1], high),)
    return replace(a, contents=cut) if cut else a


def _is_attitude(attribution: AttributionFound) -> bool:
    """ "condemned the killing", "sought to leave", "asked about": a stand or an intention, nobody's report."""
    if attribution.rule == "passive" and attribution.verb in _KEPT_UP:
        return True
    if attribution.status is not Status.POSSIBLE:
        return False
    infinitive = attribution.rule.startswith(_INFINITIVE) and attribution.verb not in _PROMISES
    return infinitive or attribution.rule.startswith(_OBJECT)


def _is_demanded(sentence: Sentence, i: int) -> bool:
    """ "Demanded an admission by the ministry that ...": the ministry has admitted nothing."""
    head = sentence.heads[i]
    return sentence.deps[i] in {"obj", "obl"} and sentence.lemmas[head] in _DEMANDS


def _is_unsaid(cue: tuple[int, int], sentence: Sentence, lexicon: CertaintyLexicon) -> bool:
    """ "did not say", "was unable to confirm", "would say": no word of this voice."""
    if _REFUSALS.isdisjoint(sentence.lower):
        return False
    inside = [i for i in range(len(sentence)) if cue[0] <= sentence.starts[i] < cue[1]]
    verbs = [i for i in inside if sentence.pos[i] == "VERB"]
    if not verbs:
        return any(_is_demanded(sentence, i) for i in inside if sentence.pos[i] == "NOUN")
    if any(sentence.lower[c] == "would" for c in sentence.children[verbs[-1]]):
        return True
    said = judge(sentence, verbs[-1], lexicon=lexicon)
    if said.cues and min(said.cues)[0] >= cue[1]:
        return False  # "said none of them was hurt": what is said is denied, not that it is said
    return said.polarity is Polarity.DENIED or said.certainty is Certainty.PREDICTED


def _holds(attribution: AttributionFound, place: int) -> bool:
    return any(start <= place < end for start, end in attribution.contents)


def _is_within(inner: AttributionFound, outer: AttributionFound) -> bool:
    """Do the words that make `inner` a voice stand in what `outer` says?

    If each in the other's: in "the army said that, according to prisoners, it fell" the prisoners are within.
    """
    if inner.cue is None or outer.cue is None or not _holds(outer, inner.cue[0]):
        return False
    if not _holds(inner, outer.cue[0]):
        return True
    return inner.verb == "according to" and outer.cue[0] < inner.cue[0]


def _width(attribution: AttributionFound) -> int:
    return attribution.contents[-1][1] - attribution.contents[0][0]


def is_same_voice(name: str, outer: str) -> bool:
    """Equal, or the short form of the voice around it: "the Monitor" in the report of the "Tahl Monitor"."""
    inner, around = name.casefold().split(), outer.casefold().split()
    return inner == around or (bool(inner) and len(inner) < len(around) and set(inner) <= set(around))


def name_in_full(attributions: Sequence[Row]) -> None:
    """ "The ministry" of a document that has named one ministry, and only one, is that one."""
    full: dict[str, set[str]] = {}
    for attribution in attributions:
        words = str(attribution["name"]).split()
        if len(words) > 1 and words[0][:1].isupper():
            full.setdefault(words[0].casefold(), set()).add(str(attribution["name"]))
    for attribution in attributions:
        held = full.get(str(attribution["name"]).casefold(), set())
        if len(held) == 1:
            attribution["name"] = next(iter(held))
