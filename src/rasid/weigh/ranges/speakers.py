"""Who counts as one voice: two spellings of one body, "the ministry" for the one named beside it, copied words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rasid.knowledge.actors import fold_name
from rasid.weigh.same import bare

_SMALL = frozenset("of the for and s in on at to by its his her their a an".split())
#: Nobody in particular, even with a capital at the head of a sentence.
_NOBODY = frozenset(
    "unnamed residents resident activists activist sources source witnesses witness eyewitnesses eyewitness officials"
    " official locals local reports report people villagers rescuers medics doctors survivors relatives others some"
    " many media journalists neighbours neighbors observers analysts experts they he she it someone those insiders"
    " medical security hospital military several two three".split()
)
#: What a body is called: "the Ministry of Defence" beside "the Ministry of Defence of Kalvesh" is the same one.
_BODIES = frozenset(
    "ministry directorate department army police council observatory office centre center hospital command government"
    " agency network committee monitor authority guard".split()
)
_MOST_MERGED = 60  # voices on one thing that are compared by their words
_WORD = re.compile(r"\w+")


def words_of(voice: str) -> frozenset[str]:
    """The words that carry a voice's name: "Ministry of Health" and "the Health Ministry" have the same."""
    return frozenset(_WORD.findall(fold_name(bare(voice)).replace("'s", " "))) - _SMALL


def is_named(voice: str, *, own: bool) -> bool:
    """A body or person that can be held to it. own: it is the voice of the document itself."""
    words = words_of(voice)
    return bool(words) and (own or not words <= _NOBODY)


def speaker_keys(voices: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """For each chain of voices of one document, the key of the innermost.

    "The ministry" is the one named ministry of the document; an unnamed voice is that of whoever passes it on.
    """
    chains = sorted(set(voices))
    named = {chain[-1]: words_of(chain[-1]) for chain in chains if chain}
    return {chain: _key(chain, named) for chain in chains if chain}


def _key(chain: Sequence[str], named: Mapping[str, frozenset[str]]) -> str:
    voice = chain[-1]
    words = words_of(voice)
    if not is_named(voice, own=len(chain) == 1):
        passed = " ".join(sorted(words_of(chain[0]))) if len(chain) > 1 else ""
        return f"{' '.join(sorted(words))} via {passed}"
    if voice == voice.casefold():
        wider = {held for held in named.values() if words < held}
        if len(wider) == 1:
            words = next(iter(wider))
    return " ".join(sorted(words))


def merge_bodies(speakers: Iterable[str]) -> dict[str, str]:
    """Short keys of a body -> the one longer key on the same thing that has all its words; only where there is one."""
    held = {speaker: frozenset(speaker.split()) for speaker in sorted(set(speakers))}
    if len(held) > _MOST_MERGED:
        return {}
    merged = {}
    for speaker, words in held.items():
        wider = [other for other, more in held.items() if words < more and "via" not in more]
        if len(wider) == 1 and words & _BODIES:
            merged[speaker] = wider[0]
    return merged
