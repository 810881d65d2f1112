"""The words by which reuse of text and the standing of voices are weighed; `standing.yaml` explains itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from rasid.knowledge.actors import fold_name


@dataclass(frozen=True, slots=True)
class StandingWords:
    """What standing.yaml holds, folded.

    small:    words that any two texts share
    kinds:    (kind of source, pattern of a word in a name), in the order in which they are tried
    ranks:    pattern of an officer's name
    unnamed:  whole names that name nobody; unnamed_heads: last words of such names
    saw:      pattern of words with which a voice says that it was there
    gathered: the same of words with which it says that it gathered what it tells
    heard:    the same of words that stand in the claim of another who told it
    """

    small: frozenset[str]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    ranks: re.Pattern[str]
    unnamed: frozenset[str]
    unnamed_heads: frozenset[str]
    saw: re.Pattern[str]
    gathered: re.Pattern[str]
    heard: re.Pattern[str]


@lru_cache(maxsize=1)
def load_standing_words() -> StandingWords:
    """Read standing.yaml."""
    text = (resources.files("rasid.knowledge") / "standing.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.safe_load(text)
    return StandingWords(
        small=frozenset(raw["small"].split()),
        kinds=tuple((kind, _any_of(words)) for kind, words in raw["kinds"].items()),
        ranks=re.compile(rf"(?:{'|'.join(raw['ranks'])})\s(?!.*\b(?:{'|'.join(raw['no_officers'])})\b)\S"),
        unnamed=frozenset(map(fold_name, raw["unnamed"])),
        unnamed_heads=frozenset(map(fold_name, raw["unnamed_heads"])),
        saw=_any_of(raw["saw"]),
        gathered=_any_of(raw["gathered"]),
        heard=_any_of(raw["heard"]),
    )


def _any_of(words: list[str]) -> re.Pattern[str]:
    """Matches any of these in a folded text, as whole words, the longest first."""
    held = sorted({fold_name(word) for word in words}, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, held))})(?!\w)")
