"""Where a sentence begins after its dateline or title: "KELAN, 4 May (TNA) - ", "New Marj: ", "[TEXT] ".

What stands there is a place, a day, an agency or a title. It is never the subject of the verbs behind it.
"""

from __future__ import annotations

import re

from rasid.extract.syntax import Sentence

_DATELINE = re.compile(
    r"\A[\W_]*[A-Z][^\n\[]{1,90}?\s*(?:--+|[–—]|(?<=\s)-(?=\s))\s*(?:\[[^\]\n]{1,60}\]\s*){0,4}"
)
_LABELS = re.compile(r"\A[\s>]*(?:\[[^\]\n]{1,80}\]\s*)+(?=\S)")
_PLACED = re.compile(r"[\d(]")
_VERBS = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MOST_WORDS = 6  # before a colon


def skip_dateline(s: Sentence) -> int:
    """The first token after the dateline, the title with its colon or the bracketed labels; 0 if there are none."""
    m = _LABELS.match(s.text)
    if m is not None:
        return _token_at(s, m.end())
    m = _DATELINE.match(s.text)
    if m is not None and _is_dateline(s, m):
        return _token_at(s, m.end())
    return _after_title(s)


def _token_at(s: Sentence, offset: int) -> int:
    """The first token that begins at or after this offset of the sentence; 0 if none does."""
    return next((i for i in range(len(s)) if s.starts[i] - s.start >= offset), 0)


def _is_dateline(s: Sentence, m: re.Match[str]) -> bool:
    """ "KELAN, 4 May (TNA) - " and "KELAN - ", but not "Karim Odeh - the mayor - said"."""
    words = m.group().split()
    before = range(_token_at(s, m.end()) - 1)
    first = re.split(r"[,(/\d]| -", m.group())[0].strip(" -–—")
    shouted = first.isupper() and not s.text[m.end() :].isupper()
    if _PLACED.search(m.group()) and (
        shouted or first.isupper() or any(s.labels[i] == "LOC" for i in before)
    ):
        return len(words) <= 16
    named = bool(before) and all(s.labels[i] == "LOC" or s.pos[i] == "PUNCT" for i in before)
    return (
        len(words) <= 4
        and (named or (shouted and len(first) > 3))
        and not re.search(r"\s[-–—]+\s", s.text[m.end() :])
    )


def _after_title(s: Sentence) -> int:
    """The token after a colon or semicolon near the start that no verb stands before."""
    for i in range(1, min(_MOST_WORDS + 1, len(s) - 2)):
        if s.words[i] in {":", ";"}:
            return i + 1
        if s.tags[i] in _VERBS and s.pos[i] in {"VERB", "AUX"}:
            return 0
    return 0
