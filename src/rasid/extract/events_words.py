"""Which tokens of a sentence speak of an event, read as verb, noun or adjective.

The tagger is wrong on rare uses ("Assad regularly shells Idlib" has `shells` as a noun, "the bases US has
established" has `bases` as a verb), so the word classes around a token decide where it hesitates.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rasid.extract.events_edges import is_time_noun
from rasid.extract.events_guards import Classes, is_allowed
from rasid.extract.syntax import Sentence
from rasid.knowledge.forms import listed
from rasid.knowledge.vocabulary import Entry, Use, Vocabulary

_COUNTING = frozenset(
    {"between", "and", "to", "more", "than", "at", "least", "about", "some", "around", "over"}
)
_GAP = 3  # words that may stand between the parts of "open heavy fire"
_DETERMINERS = {"DET", "ADJ", "NUM"}
BE = listed("be is are was were been being am 's get got gets getting 're")
HAVE = listed("have has had having 've")
_OBJECTS = listed("everything nothing everyone everybody them him us")
_PARTICLES = listed("in out off up down over back")
_BEFORE_MONTH = listed("in on by of from since until till before after last early late mid next this")
_MODAL = listed("will would can could may might must shall should to 'll")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A token that may be an event: `first` to `last` are the words of the entry, `reading` how it was read."""

    token: int
    use: Use
    reading: str  # verb, noun, adjective, imperative
    first: int
    last: int
    words: frozenset[int]
    rescued: bool = False

    @property
    def entry(self) -> Entry:
        """The entry of the vocabulary."""
        return self.use.entry


_ONE_FORM = frozenset({"set", "hit", "hurt", "cut", "shut", "put", "beat"})  # "doused and then set on fire"


def find_candidates(s: Sentence, vocabulary: Vocabulary) -> Iterator[list[Candidate]]:
    """For each token that may be an event, its possible uses, the most special first."""
    for i, word in enumerate(s.lower):
        uses = vocabulary.uses.get(word)
        if uses is None or in_name(s, i) or _is_month(s, i):
            continue
        reading, rescued = read_as(s, i, uses)
        if reading is None:
            continue
        fits = (_fit(s, i, use, reading=reading, rescued=rescued, classes=vocabulary.classes) for use in uses)
        found = [c for c in fits if c is not None]
        if found:
            yield found


def _is_month(s: Sentence, i: int) -> bool:
    """ "On March 23", "in May": months, not marches."""
    if s.lower[i] not in {"march", "may"}:
        return False
    around = {s.pos[k] for k in (i - 1, i + 1, i + 2) if 0 <= k < len(s)}
    named = s.words[i][0].isupper()
    return "NUM" in around or (named and i > 0 and s.lower[i - 1] in _BEFORE_MONTH)


def in_name(s: Sentence, i: int) -> bool:
    """Is this token a part of a name ("Operation Inherent Resolve", "World War II", "Human Rights Watch")?"""
    if not s.words[i][:1].isupper() or s.text.isupper() or is_title_case(s):
        return bool(s.labels[i]) and (s.pos[i] == "PROPN" or s.labels[i] == "ORG") and _wide(s, i)
    if s.labels[i]:
        return not (i == 0 and not _wide(s, i))
    if i == 0:
        return len(s) > 2 and s.pos[0] == "PROPN" and s.words[1][:1].isupper() and s.pos[1] == "PROPN"
    if s.words[i] == "March" and s.lower[i + 1 : i + 2] in (["of"], ["for"]):
        return (
            s.words[i + 2 : i + 3] != [] and s.words[i + 2][0].isupper()
        )  # "the March for Water", a charity
    return (s.words[i - 1][:1].isupper() and i > 1) or (i + 1 < len(s) and s.words[i + 1][:1].isupper())


def _wide(s: Sentence, i: int) -> bool:
    """Is the token inside an entity of more than one token?"""
    return any(first <= i < after and after - first > 1 for first, after, _ in s.entities)


def is_title_case(s: Sentence) -> bool:
    """A headline With Capitals On Most Words: capitals say nothing there."""
    longer = [w for w in s.words if len(w) > 3 and w[0].isalpha()]
    return len(longer) >= 4 and sum(w[0].isupper() for w in longer) >= 0.8 * len(longer)


def read_as(s: Sentence, i: int, uses: tuple[Use, ...]) -> tuple[str | None, bool]:
    """Verb, noun, adjective or imperative; and whether that overrules the tagger."""
    kinds = {use.entry.word for use in uses}
    if "imperative" in kinds and is_imperative(s, i):
        return "imperative", False
    joined = any(
        u.entry.word == "noun" and u.entry.before and _match_before(s, i, u.entry.before, []) for u in uses
    )
    if joined and not (s.words[i - 1] == "-" and (_starts_object(s, i) or _after_helper(s, i - 2))):
        return "noun", False  # "police firing", "air strikes": two words that are one
    pos = s.pos[i]
    verb, noun = "verb" in kinds, "noun" in kinds
    forms = {use.form for use in uses if use.entry.word == "verb"}
    if "adjective" in kinds and not forms and i and s.lower[i - 1] in BE:
        return "adjective", False
    if pos == "ADJ" and "ing" in forms and i and s.lower[i - 1] in BE and _starts_object(s, i):
        return "verb", False
    if pos in {"VERB", "AUX"}:
        if verb and not (noun and _looks_like_noun(s, i, forms)):
            if "ing" in forms and not noun and _gerund_noun(s, i):
                return "noun", True
            return "verb", False
        if noun and not _is_surely_verb(s, i):
            return "noun", True
        return ("adjective", False) if "adjective" in kinds else (None, False)
    if pos in {"NOUN", "PROPN", "X"}:
        if verb and (_looks_like_verb(s, i, forms, noun=noun) or (joined and _after_helper(s, i - 2))):
            return "verb", True
        if noun or "ing" in forms:
            return "noun", False
        return ("adjective", False) if "adjective" in kinds else (None, False)
    if pos == "ADJ" and "base" in forms and _opens_phrase(s, i, uses):
        return "verb", True
    if pos in {"ADJ", "ADV", "ADP", "NUM"}:
        if verb and forms & {"past", "participle"}:
            return "verb", pos != "ADJ"
        if noun and pos == "ADJ" and _headless(s, i):
            return "noun", False
        if "adjective" in kinds:
            return "adjective", False
    return None, False


def _after_helper(s: Sentence, i: int) -> bool:
    """ "had to lathi-charge students": "to" or a modal before the first word of a verb with a hyphen."""
    return i > 0 and s.lower[i - 1] in _MODAL and s.pos[i - 1] in {"AUX", "PART"}


def _is_surely_verb(s: Sentence, i: int) -> bool:
    """ "Rami plans to leave", "to combat poverty": a subject, a helper or "to" belongs to the word."""
    if s.lower[i - 1 if i else 0] in _MODAL and i:
        return True
    return s.tags[i] in {"VBZ", "VBP", "VBD"} and s.child(i, "nsubj", "aux") is not None


def _opens_phrase(s: Sentence, i: int, uses: tuple[Use, ...]) -> bool:
    """ "police open fire": a subject before, and the rest of the phrase right after."""
    if i == 0 or i + 1 >= len(s) or s.pos[i - 1] not in {"NOUN", "PROPN", "PRON"}:
        return False
    return any(u.entry.word == "verb" and u.entry.after and s.lower[i + 1] in u.entry.after[0] for u in uses)


def _headless(s: Sentence, i: int) -> bool:
    """An adjective used as a noun: "the wounded", "11 dead"."""
    if s.deps[i] in {"amod", "compound", "root"}:
        return False
    bare_after_of = i > 0 and s.lower[i - 1] == "of" and (i + 1 >= len(s) or s.pos[i + 1] != "NOUN")
    return bare_after_of or s.child(i, "det", "nummod", "nmod:poss") is not None


def is_imperative(s: Sentence, i: int) -> bool:
    """A verb in its bare form at the start of the sentence ("please", "and" skipped), without a subject."""
    j = i - 1
    while j >= 0 and (s.lower[j] in {"please", "and", ",", "kindly", "so", "then", "let", "us", "also"}):
        j -= 1
    if (j >= 0 and s.pos[j] != "PUNCT") or s.child(i, "nsubj", "nsubj:pass") is not None:
        return False
    begins = j < 0 or s.words[j] in {":", "!", "."}
    if not begins or s.pos[i] not in {"VERB", "NOUN"} or i + 1 >= len(s):
        return False
    if s.tags[i] not in {"VB", "VBP"} and not (i > 0 and s.lower[i - 1] == "please"):
        return False
    return s.pos[i + 1] in {"DET", "PROPN", "PRON", "ADJ", "ADV", "NOUN", "ADP", "SYM", "NUM"}


def _looks_like_noun(s: Sentence, i: int, forms: set[str]) -> bool:
    """A word tagged as a verb that stands where a noun stands: "more than 7 military bases US has"."""
    if forms & {"past", "participle"} and not forms & {"base"}:
        return False
    if _stands_as_noun(s, i):
        return True
    if "ing" in forms:
        return _gerund_noun(s, i)
    if i == 0:
        return False
    before = s.pos[i - 1]
    if before == "PRON" and s.tags[i - 1] == "PRP$":
        return True
    if s.deps[i] in {"acl:relcl", "aux"} or s.lower[i - 1] in _MODAL:
        return False
    return before in {"DET", "ADJ"} and s.lower[i - 1] not in {"that", "all", "both", "this", "each"}


def _stands_as_noun(s: Sentence, i: int) -> bool:
    """ "Fighting was raging in the town", "during small clashes": a subject, or a preposition of its own."""
    if s.child(i, "obj", "nsubj", "nsubj:pass", "aux") is not None:
        return False
    return s.deps[i] in {"nsubj", "nsubj:pass"} or (
        s.deps[i] in {"obl", "nmod"} and s.child(i, "case") is not None
    )


def _gerund_noun(s: Sentence, i: int) -> bool:
    """ "the shelling of": after an article, a possessive or an adjective, or before "of"."""
    bare = i + 1 >= len(s) or s.pos[i + 1] in {"ADP", "PUNCT", "AUX", "CCONJ"}
    if (
        bare
        and i
        and s.lower[i - 1] in {"by", "from", "in", "after", "during", "amid", "despite", "under", "through"}
    ):
        return True
    after_of = i + 1 < len(s) and s.lower[i + 1] in {"of", "by"} and s.lower[i - 1 if i else 0] not in BE
    determined = i > 0 and (s.pos[i - 1] in _DETERMINERS or s.tags[i - 1] in {"PRP$", "POS"})
    return after_of or (determined and s.child(i, "obj", "aux") is None)


def _looks_like_verb(s: Sentence, i: int, forms: set[str], *, noun: bool) -> bool:
    """A word tagged as a noun that stands where a verb stands: "Assad regularly shells Idlib"."""
    after = s.pos[i + 1] if i + 1 < len(s) else ""
    before = s.pos[i - 1] if i else ""
    if forms & {"past", "participle"} and not noun and not forms & {"base"}:
        return before not in {"DET", "ADJ"} or after == "NOUN"
    if "ing" in forms:
        opens = i == 0 or before in {"ADP", "SCONJ", "AUX", "ADV", "PUNCT", "CCONJ"}
        return opens and after in {"PROPN", "DET", "PRON", "NUM", "ADJ", "NOUN"}
    if any(s.deps[c] == "aux" and c < i for c in s.children[i]):
        return True  # "Did the army bomb the clinic?"
    if "s" in forms and s.deps[i] == "compound" and before in {"NOUN", "PROPN"} and after == "NOUN":
        return s.tags[i] == "NNS"  # "The army tortures prisoners": a plural does not stand before a noun
    if i == 0 or not _starts_object(s, i):
        return False
    if "s" in forms and s.lower[i - 2 : i] == ["no", "longer"]:
        return True
    if "s" in forms and s.pos[i + 1] == "DET" and before in {"NOUN", "PROPN"} and s.words[i].endswith("s"):
        return True
    if "s" in forms and before == "NOUN" and s.lower[i + 1] in _OBJECTS:
        return True  # "His army controls everything"
    j = i - 3 if s.words[i - 1] == "-" and i >= 3 else i - 1
    adverb = False
    while j >= 0 and s.pos[j] == "ADV":
        adverb, j = True, j - 1
    if j < 0 or s.pos[j] in _DETERMINERS | {"ADP"} or s.tags[j] in {"PRP$", "POS", "IN"}:
        return False
    if s.lower[j] in _MODAL:
        return True
    subject = s.pos[j] in {"PROPN", "PRON"} or s.tags[j] == "NNS" or s.labels[j] != ""
    subject = subject or (j == 0 and "s" in forms)  # headlines: "Army recaptures ..."
    return (subject or adverb) and s.pos[j] in {"PROPN", "PRON", "NOUN"} and not _has_finite_verb(s, i)


def _starts_object(s: Sentence, i: int) -> bool:
    """Does a noun phrase that can be an object start right after the token?"""
    if i + 1 >= len(s):
        return False
    if s.pos[i + 1] in {"DET", "NUM", "PRON"} or s.labels[i + 1] == "LOC":
        return True
    if i == 1 and s.tags[0] == "NNS" and s.pos[i + 1] == "NOUN" and s.words[-1] != ".":
        return True  # headlines: "Gunmen storm hotel in ..."
    return s.pos[i + 1] in {"PROPN", "ADJ"} and s.pos[i] != "PROPN"


def _has_finite_verb(s: Sentence, i: int) -> bool:
    """Is there another finite verb in the same stretch between commas?"""
    lo, hi = i, i
    while lo > 0 and s.pos[lo - 1] != "PUNCT":
        lo -= 1
    while hi + 1 < len(s) and s.pos[hi + 1] not in {"PUNCT", "SCONJ", "CCONJ"}:
        hi += 1
    return any(k != i and s.tags[k] in {"VBD", "VBZ", "VBP", "MD"} for k in range(lo, hi + 1))


def _fit(s: Sentence, i: int, use: Use, *, reading: str, rescued: bool, classes: Classes) -> Candidate | None:
    """The candidate if the words of the entry are there and its conditions hold."""
    entry = use.entry
    if use.form == "base" and s.tags[i] in {"VBD", "VBN"}:
        return (
            None  # "found" of "find", "wound" of "wind"; a past that looks like its base has a use of its own
        )
    if entry.word != reading and not (reading == "noun" and entry.word == "verb" and use.form == "ing"):
        return None
    if entry.word == "noun" and use.form == "plural" and reading != "noun":
        return None
    held = [i]
    if entry.before and not _match_before(s, i, entry.before, held):
        return None
    if entry.after and not _match_after(s, i, entry.after, held):
        return None
    if not is_allowed(s, held, entry, classes):
        return None
    return Candidate(i, use, reading, min(held), max(held), frozenset(held), rescued)


def _match_before(s: Sentence, i: int, before: tuple[str, ...], held: list[int]) -> bool:
    if s.lower[i] in _PARTICLES and s.words[i - 1] != "-":
        return False  # "a pull-out" is a noun, "pulled out" is not
    j = i - 1
    for word in reversed(before):
        while j >= 0 and s.words[j] == "-":
            j -= 1
        if j < 0 or (s.lower[j] != word and s.lemmas[j] != word):
            return False
        held.append(j)
        j -= 1
    return True


def _match_after(s: Sentence, i: int, after: tuple[tuple[str, ...], ...], held: list[int]) -> bool:
    """Each part within a short gap of the one before, in order; for passives also before the verb."""
    j = i
    for part in after:
        for k in range(j + 1, min(j + 2 + _GAP + _counting(s, j), len(s))):
            if s.lower[k] in part or (s.lemmas[k] in part and s.pos[k] != "VERB"):
                held.append(k)
                j = k
                break
            if s.words[k] in {",", ";", ":", "."}:
                return _match_passive(s, i, part, held) if len(after) == 1 else False
        else:
            return _match_passive(s, i, part, held) if len(after) == 1 else False
    return True


def _counting(s: Sentence, j: int) -> int:
    """The words of a number right behind token `j`: "had between 1,400 and 1,800 members" leaves no gap."""
    k = j + 1
    while k < len(s) and (s.pos[k] == "NUM" or s.lower[k] in _COUNTING):
        k += 1
    return k - j - 1 if any(s.pos[n] == "NUM" for n in range(j + 1, k)) else 0


def _match_passive(s: Sentence, i: int, part: tuple[str, ...], held: list[int]) -> bool:
    """ "Responsibility was claimed by": the noun is the passive subject of the verb."""
    for c in s.children[i]:
        if s.deps[c] == "nsubj:pass" and (s.lower[c] in part or s.lemmas[c] in part):
            held.append(c)
            return True
    return False


def helper_words(s: Sentence, i: int) -> set[str]:
    """The helpers that stand before the verb `i`, adverbs and negations skipped: {"has", "been"}."""
    found: set[str] = set()
    j = i - 1
    while j >= 0 and (s.pos[j] in {"AUX", "ADV", "PART"} or s.lower[j] in BE | HAVE | {"not", "n't"}):
        found.add(s.lower[j])
        j -= 1
    return found


def coordinated_left(s: Sentence, i: int) -> int | None:
    """The verb before "and" in "killed and wounded 12 people", also where the parse has `wounded` as an adjective."""
    if i < 2 or s.lower[i - 1] not in {"and", "or"} or s.pos[i - 2] != "VERB" or helper_words(s, i):
        return None
    return i - 2 if s.tags[i - 2][:3] == s.tags[i][:3] or s.deps[i] == "amod" else None


def is_passive(s: Sentence, i: int, form: str) -> bool:
    """Is the verb `i` passive, by its helpers or, without helpers, by its place in the parse?"""
    if s.lower[i] in _ONE_FORM and s.deps[i] == "conj" and s.child(i, "nsubj", "obj") is None:
        return bool(helper_words(s, s.heads[i]) & BE) and s.tags[s.heads[i]] in {"VBN", "VBD"}
    if form == "adjective" or (form in {"base", "s", "ing"} and s.tags[i] not in {"VBN"}):
        return False
    left = coordinated_left(s, i)
    if left is not None:
        return is_passive(s, left, form)
    helpers = helper_words(s, i)
    if helpers & BE:
        return True
    if helpers & HAVE:
        return False
    if s.child(i, "aux:pass", "nsubj:pass") is not None:
        return True
    if s.deps[i] in {"acl", "amod"}:
        obj = s.child(i, "obj")
        return obj is None or is_time_noun(s, obj) or s.child(i, "obl:agent") is not None
    if s.deps[i] == "conj" and s.child(i, "nsubj", "obj") is None:
        head = s.heads[i]
        if s.tags[i] == "VBN" and s.deps[head] == "acl" and s.tags[head] == "VBN":
            return is_passive(s, head, "participle")  # "citizens taken and later killed"
        return s.tags[i] == "VBN" and bool(helper_words(s, head) & BE)
    if form in {"past", "participle"} and _is_before_main_verb(s, i):
        return True
    agent = s.child(i, "obl:agent") is not None
    if s.child(i, "nsubj") is None:
        return agent
    headline = agent and s.deps[i] != "acl:relcl" and s.child(i, "aux") is None
    return (
        headline and form in {"participle", "past"} and s.child(i, "obj") is None
    )  # "Mayor attacked by gunmen"


def _is_before_main_verb(s: Sentence, i: int) -> bool:
    """ "One of the students killed last weekend was ...": nothing but a time stands before the verb of the sentence."""
    for k in range(i + 1, min(i + 7, len(s))):
        if s.lower[k] in {"was", "were", "is", "are", "has", "have", "had"}:
            return k > i + 1 and s.pos[i - 1 if i else 0] in {"NOUN", "PROPN"}
        if not (
            is_time_noun(s, k) or s.pos[k] in {"NUM", "ADP"} or s.lower[k] in {"last", "this", "the", "early"}
        ):
            return False
    return False
