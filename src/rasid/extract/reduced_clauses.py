""" "Two men suspected of planting the bomb were arrested": the participle that the parser took for the main verb.

Such a sentence is then read as if the two men suspected somebody, and the arrest as what they suspect. The words
decide: a participle of accusing right behind its noun and before its preposition, and a finite verb later.

In: a parsed sentence. Out: the same one, or a copy with the later verb as the main one.
"""

from __future__ import annotations

from dataclasses import replace

from rasid.extract.syntax import Sentence

_ACCUSED = frozenset({"accused", "suspected", "convicted", "charged", "blamed", "wanted", "indicted"})
_ASKING = frozenset(
    "demanding seeking urging requesting opposing protesting chanting supporting wanting defying".split()
)
_WHO = frozenset({"who", "which", "that"})
_LINKS = frozenset({"of", "with", "for", "in", "on"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PARTS = frozenset({",", ";", ":", "and", "but", "who", "which", "that", "when", "after", "while", "because"})


def mend_reduced(s: Sentence) -> Sentence:
    """The sentence with "suspected of" hung on its noun, if it stood above the main verb."""
    if not _ASKING.isdisjoint(s.lower):
        s = _mend_asking(s)
    if not _WHO.isdisjoint(s.lower):
        s = _mend_second_subject(_mend_after_who(s))
    if _ACCUSED.isdisjoint(s.lower):
        return s
    for v in range(1, len(s) - 3):
        if s.lower[v] in _ACCUSED and s.lower[v + 1] in _LINKS and _stands_wrong(s, v):
            main = _main_verb(s, v)
            return s if main is None else _turned(s, v, main, noun=_noun_before(s, v))
    return s


def _mend_asking(s: Sentence) -> Sentence:
    """ "Workers demanding the removal of a wall were held": not the removal was held, but the workers."""
    for v in range(1, len(s) - 3):
        if s.lower[v] not in _ASKING or s.tags[v] != "VBG" or s.child(v, "aux", "cop", "mark") is not None:
            continue
        main = _main_verb(s, v)
        if main is None or s.child(main, "nsubj", "nsubj:pass") not in range(v + 1, main):
            continue
        who = s.child(v, "nsubj")
        noun = who if who is not None else s.heads[v] if s.deps[v] == "acl" else _noun_before(s, v)
        if noun < v and s.pos[noun] in _NOMINAL:
            return _turned(s, v, main, noun=noun)
    return s


def _mend_after_who(s: Sentence) -> Sentence:
    """ "The general who was wounded by the rebels died", "died" hung on the rebels: it was the general who died."""
    root = s.root()
    clause = s.child(root, "acl:relcl")
    if s.pos[root] not in _NOMINAL or clause is None or s.lower[root + 1] not in _WHO:
        return s
    for v in range(clause + 1, len(s)):
        if s.tags[v] != "VBD" or s.deps[v] != "acl" or s.child(v, "nsubj", "nsubj:pass", "mark") is not None:
            continue
        heads, deps = [*s.heads], [*s.deps]
        heads[v], deps[v], heads[root], deps[root] = v, "root", v, "nsubj"
        for t in s.children[root]:
            if t > v:
                heads[t] = v
        return replace(s, heads=heads, deps=deps)
    return s


def _mend_second_subject(s: Sentence) -> Sentence:
    """ "The men who fled the camp were arrested": the camp belongs to "fled", it was not arrested."""
    for main in range(3, len(s)):
        who = [t for t in s.children[main] if s.deps[t] in {"nsubj", "nsubj:pass"} and t < main]
        if len(who) != 2 or (clause := s.child(who[0], "acl:relcl")) is None or not clause < who[1]:
            continue
        heads, deps = [*s.heads], [*s.deps]
        heads[who[1]], deps[who[1]] = clause, "obj"
        return replace(s, heads=heads, deps=deps)
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


def _noun_before(s: Sentence, v: int) -> int:
    noun = v - 1
    while s.heads[noun] < v and s.heads[noun] != noun and s.pos[s.heads[noun]] in _NOMINAL:
        noun = s.heads[noun]
    return noun


def _turned(s: Sentence, v: int, main: int, *, noun: int) -> Sentence:
    """The tree with `main` in the place of `v`, `noun` as its subject and `v` hung on the noun."""
    heads, deps = [*s.heads], [*s.deps]
    if s.deps[v] != "acl":
        heads[main], deps[main] = (main, "root") if heads[v] == v else (heads[v], deps[v])
        deps[main] = "ccomp" if deps[main] == "advcl" and heads[main] > main else deps[main]
    elif heads[noun] == noun:
        heads[main], deps[main] = main, "root"
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
    tag = "VBG" if s.lower[v] in _ASKING else "VBN"
    return replace(s, heads=heads, deps=deps, tags=[*s.tags[:v], tag, *s.tags[v + 1 :]])
