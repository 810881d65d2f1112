"""Noun phrases on Universal Dependencies: where one starts and ends, by the parse and by the order of the words."""

from __future__ import annotations

from rasid.extract.events_edges import (
    CALENDAR,
    after_dateline,
    after_time,
    before_clause,
    before_open_bracket,
    without_end_marks,
)
from rasid.extract.found import Stretch
from rasid.extract.syntax import Sentence
from rasid.knowledge.forms import listed

_LEFT = {
    "det",
    "det:predet",
    "amod",
    "compound",
    "nummod",
    "nmod:poss",
    "nmod",
    "nmod:unmarked",
    "flat",
    "case",
}
_RIGHT = {"flat", "compound", "nummod", "goeswith", "fixed"}
_QUANTIFIERS = {
    "about",
    "nearly",
    "almost",
    "over",
    "around",
    "some",
    "approximately",
    "roughly",
    "more",
    "less",
}
_PLACE_PREPOSITIONS = listed(
    "in at on near inside outside around across from to into towards toward through throughout along over "
    "off beyond behind within between onto north south east west"
)
_CLAUSE_STARTS = listed("by of as after before since until when while because than like")
_NAME_JOINERS = frozenset(
    {"of", "the", "al", "el", "-", "de", "for", "and", "ash", "as", "bin", "ibn", "'s", "."}
)
_ALL = listed("all most some many both half none each any several part much")
_WEAK_PRONOUNS = listed("this that these those which who whom what it there")
_NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"}


def place_prepositions() -> frozenset[str]:
    """Prepositions that may introduce a place."""
    return _PLACE_PREPOSITIONS


def calendar() -> frozenset[str]:
    """Months, days and the like: never a party."""
    return frozenset(CALENDAR)


def stretch(s: Sentence, first: int, last: int) -> Stretch:
    """Tokens `first` to `last`, with their place in the kept text."""
    start, end = s.chars(first, last)
    return Stretch(first, last, start, end)


def noun_phrase(s: Sentence, head: int, *, conjuncts: bool = True) -> Stretch:
    """The phrase around `head` with its modifiers, "of" phrases and conjuncts, without relative clauses."""
    held = {head}
    _collect(s, head, held, conjuncts=conjuncts)
    for first, after, _ in s.entities:
        if first <= head < after:
            held.update(_name_around(s, head, first, after))
            held.update(_member_words(s, head, first))
    if s.pos[head] == "NUM" and head + 1 < len(s) and s.pos[head + 1] == "NOUN" and s.labels[head] == "":
        held.add(head + 1)
    first = last = head
    while first - 1 in held:
        first -= 1
    while last + 1 in held:
        last += 1
    first = _with_hyphens(s, first)
    last = _over_bracket(s, last)
    named = last + 1
    if (
        s.pos[head] == "NOUN"
        and named < len(s)
        and s.pos[named] == "PROPN"
        and s.labels[named] != "LOC"
        and s.lower[named] not in CALENDAR
        and s.deps[named] == s.deps[head]
        and s.heads[named] == s.heads[head]
    ):
        last = max(s.subtree(named))  # "my son Tarek Salloum", parsed as two subjects
    if first and last + 1 < len(s) and s.tags[last + 1] == "POS" and s.deps[first - 1] == "det":
        first -= 1  # "the nuns' murders": the article hangs on the murders
    found = _trim(s, first, last, head)
    return _with_parts(s, found) if conjuncts else found


def _with_hyphens(s: Sentence, first: int) -> int:
    """Where a phrase starts that the parse cut at a hyphen: "The 32-year-old"."""
    start = first
    while start >= 2 and s.words[start - 1] == "-" and s.ends[start - 2] == s.starts[start - 1]:
        start -= 2
    if start < first and start and s.pos[start - 1] == "DET":
        start -= 1
    return start


def _over_bracket(s: Sentence, last: int) -> int:
    """Where "the Oak Front (OF) militants" ends, of which the parse gave the name alone."""
    if not s.labels[last] or last + 1 >= len(s) or s.words[last + 1] not in {"(", "["}:
        return last
    closed = next((k for k in range(last + 2, min(last + 7, len(s))) if s.words[k] in {")", "]"}), None)
    if closed is None or closed + 1 >= len(s) or s.tags[closed + 1] != "NNS":
        return last
    return closed + 1


def _with_parts(s: Sentence, phrase: Stretch) -> Stretch:
    """Add ", including 7 children" where it follows."""
    j = phrase.last + 1
    if j < len(s) and s.words[j] == ",":
        j += 1
    if j < len(s) and s.lower[j] == "including" and (run := run_right(s, j)) is not None:
        return stretch(s, phrase.first, run[1].last)
    return phrase


def _member_words(s: Sentence, head: int, first: int) -> range:
    """ "members of the" before a name of which the parse hung only the first word on "members"."""
    for k in range(first, head):
        above = s.heads[k]
        if (
            s.deps[k] == "nmod"
            and first - 3 <= above < first
            and s.lower[above + 1] == "of"
            and s.heads[head] != above
        ):
            return range(above, first)
    return range(0)


def _name_around(s: Sentence, head: int, first: int, after: int) -> set[int]:
    """The part of an entity around `head` that looks like a name; the recogniser's longer spans run over verbs."""
    lo = hi = head
    while lo - 1 >= first and (s.words[lo - 1][0].isupper() or s.lower[lo - 1] in _NAME_JOINERS):
        lo -= 1
    while hi + 1 < after and (s.words[hi + 1][0].isupper() or s.lower[hi + 1] in _NAME_JOINERS):
        hi += 1
    return set(range(lo, hi + 1))


def _collect(s: Sentence, head: int, held: set[int], *, conjuncts: bool) -> None:
    """Add the tokens that belong to the phrase of `head`."""
    for c in s.children[head]:
        dep = s.deps[c]
        if c < head and (dep == "case" or _is_second_verb(s, c)):
            continue
        if (c < head and _belongs_left(s, c)) or (c > head and dep in _RIGHT):
            held.update(s.subtree(c))
        elif c > head and dep == "appos" and s.pos[c] == "PROPN" and _stands_beside(s, head, c):
            clauses = (s.subtree(k) for k in s.all_children(c, "acl:relcl"))
            held.update(set(s.subtree(c)).difference(*clauses))  # "my son Tarek Salloum"
        elif c > head and (
            (dep in {"nmod", "obl"} and case_of(s, c) in {"of", "including"} and not _is_act(s, c))
            or (dep == "nmod:unmarked" and not _is_age(s, c))
        ):
            held.add(c)
            held.update(k for k in range(_leftmost(s, c), c + 1))
            if c - 1 > head and s.words[_leftmost(s, c) - 1] == ",":
                held.add(_leftmost(s, c) - 1)
            _collect(s, c, held, conjuncts=conjuncts)
        elif c > head and dep == "conj" and conjuncts and s.pos[c] in _NOMINAL:
            held.add(c)
            joiner = _leftmost(s, c)
            held.update(range(joiner, c + 1))
            _collect(s, c, held, conjuncts=conjuncts)


def _stands_beside(s: Sentence, head: int, c: int) -> bool:
    """Does the phrase of `c` start right after `head`: "my son Tarek Salloum", "the minister, Tarek Salloum"?

    A description of a name ("the Red Dawn, a militia loyal to X") is no part of it; a list of names is.
    """
    first = min(s.subtree(c))
    described = s.pos[head] == "PROPN" and s.words[first] == "," and s.pos[first + 1] == "DET"
    return first == head + 1 and not (described and s.child(c, "conj") is None)


def _is_age(s: Sentence, c: int) -> bool:
    """ "Salma Nasser, 34": the age is said of the person and is no part of the name."""
    return s.pos[c] == "NUM" and c > 0 and s.words[c - 1] == ","


def _is_act(s: Sentence, i: int) -> bool:
    """ "accused the regime of shelling hospitals": an -ing form with something after it is no part of a name."""
    first = next((k for k in range(_leftmost(s, i), i + 1) if s.pos[k] != "ADP"), i)
    follows = first + 1 < len(s) and s.pos[first + 1] in {"NOUN", "PROPN", "DET", "ADJ", "NUM"}
    return s.words[first].endswith("ing") and follows


def _is_second_verb(s: Sentence, c: int) -> bool:
    """`wounded` in "killed and wounded 12 people", which the parse may hang on the noun."""
    return (
        c >= 2
        and s.deps[c] in {"amod", "cc"}
        and ((s.lower[c - 1] in {"and", "or"} and s.pos[c - 2] == "VERB") or s.deps[c] == "cc")
    )


def _belongs_left(s: Sentence, c: int) -> bool:
    dep = s.deps[c]
    if dep in _LEFT:
        return True
    if dep == "nsubj":  # "Government warplanes bombed ...", the verb hung on "warplanes"
        return c == s.heads[c] - 1 and s.tags[c] in {"NN", "NNP"} and s.tags[c + 1] == "NNS"
    return dep == "advmod" and s.lower[c] in _QUANTIFIERS


def _leftmost(s: Sentence, i: int) -> int:
    """First token of the unbroken run of `i`'s descendants to its left."""
    below = set(s.subtree(i))
    first = i
    while first - 1 in below:
        first -= 1
    return first


def _trim(s: Sentence, first: int, last: int, head: int) -> Stretch:
    while (
        first < head
        and s.pos[first] in {"PUNCT", "CCONJ", "ADP", "SCONJ"}
        and s.lower[first] not in _QUANTIFIERS
    ):
        if s.lower[first] == "at" and s.lower[first + 1] in {"least", "most"}:
            break
        first += 1
    first = after_dateline(s, after_time(s, first, head), head)
    last = without_end_marks(s, head, before_clause(s, head, last))
    return stretch(s, first, without_end_marks(s, head, before_open_bracket(s, head, last)))


def case_of(s: Sentence, i: int) -> str:
    """The preposition of a noun phrase, "" if it has none."""
    c = next((c for c in s.children[i] if s.deps[c] == "case" and c < i), None)
    if c is None:
        return ""
    return s.lower[c]


def preposition(s: Sentence, i: int) -> str:
    """The preposition before the noun `i`: from the parse, else the one that stands before its words."""
    if found := case_of(s, i):
        return found
    first = _leftmost(s, i)
    if s.pos[first] == "ADP":
        return s.lower[first]
    return s.lower[first - 1] if first and s.pos[first - 1] == "ADP" else ""


def run_right(s: Sentence, i: int) -> tuple[int, Stretch] | None:
    """The noun phrase that starts right after token `i`, by word classes alone: its head and its words."""
    j = i + 1
    if j < len(s) and s.words[j] in {"[", "("}:  # "killing [initials] ..."
        j = next((k + 1 for k in range(j + 1, min(j + 5, len(s))) if s.words[k] in {"]", ")"}), j)
    while j < len(s) and s.pos[j] == "ADV" and j - i < 3:
        j += 1
    if j < len(s) and _is_participle_before_noun(s, j):
        pass
    elif j >= len(s) or (
        s.pos[j] not in {"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"} and s.lower[j] not in {"at"}
    ):
        return None
    if s.lower[j] in _WEAK_PRONOUNS and s.pos[j] in {"PRON", "SCONJ"}:
        return None
    if s.lower[j] == "at" and (j + 1 >= len(s) or s.lower[j + 1] not in {"least", "most"}):
        return None
    first, head = j, None
    if _is_participle_before_noun(s, j):
        j += 1
    while j < len(s) and (
        s.pos[j] in {"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"}
        or s.lower[j] in {"of", "-", "'s", "’s", "least", "at", "than", "more"}
        or (s.pos[j - 1] == "DET" and _is_participle_before_noun(s, j))  # "the left bank"
    ):
        if s.pos[j] in _NOMINAL and not (head is not None and s.lower[j - 1] == "of"):
            head = j
        if s.lower[j] == "of" and head is None and s.lower[j - 1] not in _ALL:
            break
        j += 1
    if head is None:
        return None
    last = j - 1
    while last > head and s.pos[last] not in _NOMINAL:
        last -= 1
    return head, stretch(s, first, _with_conjuncts(s, last))


def _is_participle_before_noun(s: Sentence, j: int) -> bool:
    """`masked` in "by masked men"."""
    return s.tags[j] in {"VBN", "VBG"} and j + 1 < len(s) and s.pos[j + 1] == "NOUN"


def _with_conjuncts(s: Sentence, last: int) -> int:
    """Where the run ends when ", Y and Z" follows it and no verb comes after."""
    end = j = last
    while j + 2 < len(s) and (s.lower[j + 1] == "and" or (s.words[j + 1] == "," and s.labels[j + 2])):
        k = j + 2
        while k < len(s) and (s.pos[k] in {"DET", "ADJ", "NOUN", "PROPN", "NUM"} or s.words[k] == "-"):
            k += 1
        if k == j + 2 or (k < len(s) and s.pos[k] in {"VERB", "AUX"}):
            break
        end = j = k - 1
    return end


def run_left(s: Sentence, i: int) -> tuple[int, Stretch] | None:
    """The noun phrase that ends before token `i` (its helpers and adverbs skipped), by word classes alone."""
    j = i - 1
    while j >= 0 and (s.pos[j] in {"AUX", "ADV", "PART"} or s.lower[j] in {"still", "also", "longer"}):
        j -= 1
    while j >= 0:
        if s.pos[j] not in _NOMINAL or s.lower[j] in CALENDAR:
            return None
        last = j
        while j >= 0 and (
            s.pos[j] in _NOMINAL or s.pos[j] in {"DET", "ADJ"} or s.lower[j] in {"-", "'s", "’s"}
        ):
            j -= 1
        if j > 0 and s.pos[j] == "ADP" and s.lower[j] not in _CLAUSE_STARTS:
            j -= 1
            continue
        if j > 0 and s.lower[j] == "of":
            j -= 1
            continue
        first = j + 1
        while first < last and s.pos[first] in {"PUNCT", "PART"}:
            first += 1
        return last, stretch(s, first, last)
    return None
