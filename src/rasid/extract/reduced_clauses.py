""" "Two men suspected of planting the bomb were arrested": the participle that the parser took for the main verb.

Such a sentence is then read as if the two men suspected somebody, and the arrest as what they suspect. The words
decide: a participle of accusing right behind its noun and before its preposition, and a finite verb later.

In: a parsed sentence. Out: the same one, or a copy with the later verb as the main one.
"""

from __future__ import annotations

from dataclasses import replace

from rasid.extract.syntax import Sentence

_ACCUSED = frozenset({"accused", "suspected", "convicted", "charged", "blamed", "wanted", "indicted"})
_LINKS = frozenset({"of", "with", "for", "in", "on"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PARTS = frozenset({",", ";", ":", "and", "but", "who", "which", "that", "when", "after", "while", "because"})


def mend_reduced(s: Sentence) -> Sentence:
    """The sentence with "suspected of" hung on its noun, if it stood above the main verb."""
    if _ACCUSED.isdisjoint(s.lower):
        return s
    for v in range(1, len(s) - 3):
        if s.lower[v] in _ACCUSED and s.lower[v + 1] in _LINKS and _stands_wrong(s, v):
            main = _main_verb(s, v)
            return s if main is None else _turned(s, v, main)
    return s


def _stands_wrong(s: Sentence, v: int) -> bool:
    """A verb of its own for the parser, with no "was" or "has" and a noun right before it."""
    helped = s.child(v, "aux", "aux:pass", "cop") is not None
    return s.deps[v] not in {"acl", "amod", "advcl"} and not helped and s.pos[v - 1] in _NOMINAL


def _main_verb(s: Sentence, v: int) -> int | None:
    """The verb behind the phrase that the participle opens; no new clause may begin before it."""
    for t in range(v + 2, len(s)):
        if s.lower[t] in _PARTS:
            return None
        if s.tags[t] in _FINITE and s.pos[t] in {"VERB", "AUX"}:
            return s.heads[t] if s.deps[t] in {"aux", "aux:pass", "cop"} and s.heads[t] > t else t
    return None


def _turned(s: Sentence, v: int, main: int) -> Sentence:
    heads, deps = [*s.heads], [*s.deps]
    noun = v - 1
    while s.heads[noun] < v and s.heads[noun] != noun and s.pos[s.heads[noun]] in _NOMINAL:
        noun = s.heads[noun]
    heads[main], deps[main] = (main, "root") if heads[v] == v else (heads[v], deps[v])
    passive = any(s.heads[t] == main and s.deps[t] == "aux:pass" for t in range(v, main))
    between = next((t for t in range(v + 2, main) if s.pos[t] == "VERB"), v)
    for t in range(v + 1, main):
        if heads[t] == main and s.deps[t].startswith("nsubj"):
            heads[t], deps[t] = between, "obj"
    heads[noun], deps[noun] = main, "nsubj:pass" if passive else "nsubj"
    heads[v], deps[v] = noun, "acl"
    for t in range(len(s)):
        if heads[t] == v and (t < v or t > main):
            heads[t] = main if t > main else noun
    return replace(s, heads=heads, deps=deps, tags=["VBN" if t == v else tag for t, tag in enumerate(s.tags)])
