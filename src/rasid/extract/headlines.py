"""Headlines whose verb the parser took for a name: "Senator Odeh Claims Ten Rebels Arrested", "Two Feared Killed".

A headline drops "that", "is" and "has", and often has capitals throughout its words, so that a verb of saying becomes
a part of the name before it and what is said becomes the author's own word. Only the words decide here: a verb of
saying in the present after a name, with a clause behind it; or "feared", "believed", "reported" before a participle.

In: a parsed sentence. Out: the same one, or a copy in which the verb is the root, with its subject and its clause.
"""

from __future__ import annotations

from dataclasses import replace

from rasid.extract.syntax import Sentence
from rasid.knowledge.forms import listed
from rasid.knowledge.voices import load_voice_words

_LONGEST = 30  # tokens
_BEFORE_COLON = 9
_STOPS = frozenset(".?!…")
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "PRON"})
_OPENS_CLAUSE = frozenset({"DET", "NUM", "NOUN", "PROPN", "PRON", "ADJ"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PARTICIPLES = listed(
    "killed shot arrested held detained abducted kidnapped captured seized injured wounded hurt freed released dead"
    " missing beheaded executed hanged bombed attacked destroyed burned shelled raided trapped buried drowned stabbed"
    " poisoned tortured beaten raped lost stolen gone"
)
# In the present after a name these say something; the same form is often the plural of a noun.
_SAYS = {
    f"{stem}s": stem
    for stem in (
        "claim say report warn allege admit confirm insist announce reveal tell accuse blame argue state"
        " assert declare suspect fear suggest believe think"
    ).split()
} | {"denies": "deny"}
_NEVER_NOUNS = frozenset(
    {"says", "denies", "tells", "insists", "admits", "alleges", "confirms", "announces", "accuses"}
)
_GERUND_TOO = frozenset({"denies", "admits"})  # "Army Denies Shelling School"
_HEARSAY = {
    "feared": "fear", "believed": "believe", "reported": "report", "presumed": "presume", "said": "say",
    "thought": "think", "alleged": "allege", "suspected": "suspect", "rumoured": "rumour", "rumored": "rumor",
}  # fmt: skip
_ASKING = listed(
    "probing investigating reviewing checking examining denying rejecting dismissing fighting facing over after"
)


def mend_headline(s: Sentence) -> Sentence:
    """The sentence with the verb of its headline found, if the parser missed it."""
    if len(s) > _LONGEST or (s.words[-1] in _STOPS and s.kind != "heading"):
        return s
    s = _cut_at_colon(s)
    for v in range(1, len(s) - 1):
        word = s.lower[v]
        if word in _SAYS and _is_missed(s, v):
            return _says(s, v) if _is_saying(s, v) else s
        if word in _HEARSAY and s.lower[v + 1] in _PARTICIPLES and s.deps[v] not in {"aux", "aux:pass"}:
            return _heard(s, v) if _stands_alone(s, v) else s
    return s


def _cut_at_colon(s: Sentence) -> Sentence:
    """ "Ministry: ten killed": what stands before the colon is not the subject of the verb behind it."""
    colon = next((t for t in range(1, min(_BEFORE_COLON, len(s) - 2)) if s.words[t] == ":"), None)
    if colon is None:
        return s
    across = [t for t in range(colon) if s.heads[t] > colon and s.deps[t].startswith("nsubj")]
    if not across:
        return s
    return replace(s, deps=["dep" if t in across else dep for t, dep in enumerate(s.deps)])


def _is_missed(s: Sentence, v: int) -> bool:
    """Not read as a verb, or read as one below something else than a verb."""
    return s.pos[v] not in {"VERB", "AUX"}


def _is_saying(s: Sentence, v: int) -> bool:
    """A name or a noun before it, no other verb; behind it a clause, told by its first words and a verb."""
    before = s.pos[v - 1] in _NOMINAL or s.words[v - 1] in {")", ","}
    if not before or any(s.tags[t] in _FINITE | {"VBG", "VBN"} or s.words[t] == ":" for t in range(v)):
        return False
    if any(s.pos[t] == "ADP" and s.deps[t] == "case" and s.lower[t] != "of" for t in range(v)):
        return False
    after = v + 1
    if s.lower[after] == "that":
        return True
    if s.lower[v] in _GERUND_TOO and s.lower[after].endswith("ing"):
        return True
    if s.pos[after] not in _OPENS_CLAUSE or s.lower[after] in _PARTICIPLES:
        return False
    return s.lower[v] in _NEVER_NOUNS or _verb_behind(s, after) is not None or _is_only_verb(s, v)


def _is_only_verb(s: Sentence, v: int) -> bool:
    """ "UN fears massacre in Kelan": a body or a person before it, a noun behind it, and no verb anywhere."""
    if s.kind != "heading" or any(p in {"VERB", "AUX"} for p in s.pos) or s.tags[v + 1] == "VBG":
        return False
    speaks = s.labels[v - 1] in {"PERSON", "ORG", "NORP"} or s.lower[v - 1] in load_voice_words().speakers
    return speaks and s.pos[v + 1] in {"NOUN", "PROPN", "NUM", "DET"} and len(s) > 3


def _verb_behind(s: Sentence, after: int) -> int | None:
    """The verb of the clause that begins at `after`, with at least one word before it."""
    for t in range(after + 1, len(s)):
        if s.pos[t] in {"VERB", "AUX"} or s.lower[t] in _PARTICIPLES:
            return t
        if s.pos[t] in {"PUNCT", "ADP"} and s.lower[t] != "of":
            return None
    return None


def _stands_alone(s: Sentence, v: int) -> bool:
    """ "Two feared killed": no "was" before it, and no other verb."""
    if any(s.tags[t] in _FINITE for t in range(len(s)) if t not in {v, v + 1}):
        return False
    return s.pos[v - 1] in _NOMINAL or s.words[v - 1] in {",", "%"}


# --- the new tree ------------------------------------------------------------------------------------------------


def _says(s: Sentence, v: int) -> Sentence:
    """`v` becomes the root; what stands before it its subject, what stands behind it what it says."""
    heads, deps, pos, tags, lemmas = [*s.heads], [*s.deps], [*s.pos], [*s.tags], [*s.lemmas]
    pos[v], tags[v], lemmas[v] = "VERB", "VBZ", _SAYS[s.lower[v]]
    subject = next(t for t in range(v - 1, -1, -1) if s.pos[t] in _NOMINAL)
    for t in range(v):
        if not 0 <= heads[t] < v or heads[t] == t or t == subject:
            heads[t], deps[t] = (v, "nsubj") if t == subject else (subject, deps[t])
    _cut_cycles(heads, deps, range(v), top=v, root=subject)
    verb = _main_verb(s, v + 1)
    tops = [t for t in range(v + 1, len(s)) if heads[t] <= v or heads[t] == t]
    main = verb if verb is not None else (tops[0] if tops else v + 1)
    for t in tops:
        heads[t] = main
    heads[main], deps[main] = v, "ccomp" if verb is not None else "obj"
    heads[v], deps[v] = v, "root"
    if verb is not None:
        _make_verb(s, verb, v + 1, heads=heads, deps=deps, pos=pos, tags=tags)
    _cut_cycles(heads, deps, range(v + 1, len(s)), top=v, root=main)
    return replace(s, heads=heads, deps=deps, pos=pos, tags=tags, lemmas=lemmas)


def _main_verb(s: Sentence, first: int) -> int | None:
    """The verb of what is said: the first finite one, else the first participle or gerund."""
    finite = next((t for t in range(first + 1, len(s)) if s.tags[t] in _FINITE and s.pos[t] == "VERB"), None)
    if finite is not None:
        return finite
    if s.lower[first].endswith("ing"):
        return first
    return _verb_behind(s, first)


def _make_verb(
    s: Sentence, verb: int, first: int, *, heads: list[int], deps: list[str], pos: list[str], tags: list[str]
) -> None:
    """The verb of what is said, with the noun before it as its subject: of a passive, if no object follows."""
    if verb == first:
        pos[verb], tags[verb] = "VERB", "VBG"
        return
    subject = next((t for t in range(verb - 1, first - 1, -1) if s.pos[t] in _NOMINAL), None)
    done = s.lower[verb] in _PARTICIPLES and s.child(verb, "aux", "aux:pass") is None
    object_next = verb + 1 < len(s) and s.pos[verb + 1] in _OPENS_CLAUSE
    passive = done and not object_next
    if done and s.lower[verb] not in {"dead", "missing"}:
        pos[verb], tags[verb] = "VERB", "VBN" if passive else "VBD"
    if subject is None or s.child(verb, "nsubj", "nsubj:pass") in range(first, verb):
        return
    heads[subject], deps[subject] = verb, "nsubj:pass" if passive else "nsubj"
    for t in range(first, subject):
        if not first <= heads[t] <= subject:
            heads[t] = subject
            deps[t] = deps[t] if deps[t] not in {"obj", "nsubj", "root"} else "compound"


def _heard(s: Sentence, v: int) -> Sentence:
    """ "Two feared killed": `v` is a participle over the next one, and those before it are whom it is said of."""
    heads, deps, pos, tags, lemmas = [*s.heads], [*s.deps], [*s.pos], [*s.tags], [*s.lemmas]
    pos[v], tags[v], lemmas[v] = "VERB", "VBN", _HEARSAY[s.lower[v]]
    done = v + 1
    if s.lower[done] not in {"dead", "missing"}:
        pos[done], tags[done] = "VERB", "VBN"
    subject = next((t for t in range(v - 1, -1, -1) if s.pos[t] in _NOMINAL), v - 1)
    for t in range(len(s)):
        outside = heads[t] == t or (t < v) != (heads[t] < v)
        if outside and t not in {v, done}:
            heads[t] = subject if t < v else done
    heads[v], deps[v] = v, "root"
    heads[done], deps[done] = v, "xcomp"
    heads[subject], deps[subject] = v, "nsubj:pass"
    _cut_cycles(heads, deps, range(v), top=v, root=subject)
    _cut_cycles(heads, deps, range(done + 1, len(s)), top=v, root=done)
    return replace(s, heads=heads, deps=deps, pos=pos, tags=tags, lemmas=lemmas)


def _cut_cycles(heads: list[int], deps: list[str], part: range, *, top: int, root: int) -> None:
    """Words of the part that no way leads from to `top` are hung on `root`."""
    for t in part:
        k, steps = t, 0
        while k != top and steps <= len(heads):
            k, steps = heads[k], steps + 1
        if k != top and t != root:
            heads[t] = root
            deps[t] = "dep" if deps[t] == "root" else deps[t]
