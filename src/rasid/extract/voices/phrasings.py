"""Voices without a verb of saying: "according to", "the claim that", "reportedly", "X: 12 killed", "For the USA,"."""

from __future__ import annotations

from collections.abc import Iterator

from rasid.extract.events_phrases import case_of
from rasid.extract.voices.drafts import Draft, Place
from rasid.extract.voices.headings import read_headings
from rasid.extract.voices.nouns import read_noun
from rasid.extract.voices.phrases import (
    NOMINAL,
    head_in,
    past_phrase,
    phrase,
    skip_adverbials,
    trim,
)
from rasid.model.values import Status

_VIEWS = frozenset(
    [
        "view",
        "opinion",
        "eyes",
        "words",
        "telling",
        "account",
        "estimation",
        "judgment",
        "judgement",
        "estimate",
    ]
)
#: "By the agency's count, 40 people died": whose figure it is.
_COUNTS = frozenset(
    "count counts tally tallies reckoning estimate estimates calculation account figures records".split()
)


def read_phrasings(at: Place) -> Iterator[Draft]:
    """The attributions of this sentence that no verb makes."""
    s = at.s
    for i, word in enumerate(s.lower):
        if word == "according" and i + 2 < len(s) and s.lower[i + 1] == "to":
            yield from _according(at, i, i + 1, verb="according to")
        elif (
            word in {"per", "accordingto"}
            and i + 1 < len(s)
            and s.pos[i + 1] in {"PROPN", "DET"}
            and _starts_part(at, i)
        ):
            yield from _according(at, i, i, verb="according to")
        elif word in {"for", "in", "to", "by"} and (i == 0 or s.pos[i - 1] in {"PUNCT", "CCONJ", "SCONJ"}):
            yield from _in_the_view_of(at, i)
        elif word == "saying" and i > 1 and s.lower[i - 1] == "as":
            yield from _quoted_as_saying(at, i)
        elif word in at.words.adverbs:
            yield from _adverb(at, i)
        elif word in at.words.adjectives and s.deps[i] == "amod":
            yield from _adjective(at, i)
        elif word in at.words.noun_forms and s.pos[i] == "NOUN":
            yield from read_noun(at, i)
    yield from read_headings(at)
    yield from _in_a_statement(at)


def _quoted_as_saying(at: Place, i: int) -> Iterator[Draft]:
    """ "The agency quoted a doctor as saying that ...": the doctor's words, within the agency's."""
    s = at.s
    low, high = at.bounds(i)
    verb = next((k for k in range(i - 2, max(low - 1, i - 14), -1) if s.lemmas[k] in {"quote", "cite"}), None)
    who = None if verb is None else s.child(verb, "obj", "nsubj:pass")
    if verb is None or who is None or i + 1 >= high:
        return
    first, last = phrase(s, who, low=low if who < verb else verb + 1, high=i - 2 if who > verb else verb - 1)
    if who > verb and last < i - 2 and all(s.pos[t] == "PROPN" for t in range(last + 1, i - 1)):
        last = who = i - 2  # "cited Colonel Odeh as saying", the name cut in two by the parser
    rest = skip_adverbials(s, i + 1, high)
    before = next((q for q in at.quotes if q.end <= s.starts[verb]), None)
    content = at.span(i + 1, trim(s, high, i + 1))
    if before is not None and (rest > high or s.pos[rest] == "PUNCT"):
        content = (before.start, before.end)
    yield Draft(
        at.number, (i, i), [content], "say", Status.REPORTED_AS_FACT, "as saying", (first, last), who, False
    )


def _starts_part(at: Place, i: int) -> bool:
    """At the start of the sentence or after a comma."""
    return i == 0 or at.s.words[i - 1] == ","


def _according(at: Place, first: int, last: int, *, verb: str) -> Iterator[Draft]:
    """ "according to X": what is said stands before it, or after it when it opens the clause."""
    s = at.s
    low, high = at.bounds(first)
    begin = last + 1
    head = _head_of_object(at, first, begin, high)
    if head is None:
        return
    start, end = phrase(s, head, low=begin, high=high)
    if start > begin + 2:
        start = begin
    end = _with_name(at, _cut_at_comma(at, start, end, opening=first - low < 2), high)
    contents = _around(at, first, end, low=low, high=high)
    if contents:
        yield Draft(
            at.number, (first, last), contents, verb, Status.REPORTED_AS_FACT, verb, (start, end), head
        )


def _head_of_object(at: Place, first: int, begin: int, high: int) -> int | None:
    """The noun that the preposition at `first` governs."""
    s = at.s
    head = s.heads[first]
    if begin <= head <= high and s.pos[head] in NOMINAL:
        return head
    after = past_phrase(s, begin, high)
    return after - 1 if after > begin else None


def _with_name(at: Place, end: int, high: int) -> int:
    """ "the mayor, Adib Sarraf," : the name between commas belongs to the voice."""
    s = at.s
    named = next(
        (after for begin, after, label in s.entities if begin == end + 2 and label == "PERSON"), None
    )
    if named is None or s.words[end + 1] != "," or named > high or s.words[named] != ",":
        return end
    return named - 1


def _cut_at_comma(at: Place, start: int, end: int, *, opening: bool) -> int:
    """A voice that opens the sentence ends at the first comma that a clause follows."""
    s = at.s
    if not opening:
        return trim(s, end, start)
    for i in range(start, end):
        if (
            s.words[i] == ","
            and s.pos[i + 1] != "PROPN"
            and s.lower[i + 1] not in {"a", "an", "who", "which"}
        ):
            return i - 1
    return trim(s, end, start)


def _around(at: Place, first: int, end: int, *, low: int, high: int) -> list[tuple[int, int]]:
    """What is said around a bracketed voice: before it, after it, or both when it cuts the clause in two."""
    s = at.s
    after = end + 1
    while after <= high and s.words[after] in {",", ":", "-", "–", "—"}:
        after += 1
    if first - low < 2 or all(s.pos[t] in {"CCONJ", "PUNCT", "ADV", "SCONJ"} for t in range(low, first)):
        if after > high:
            return []
        quote = at.quote_starting(after)
        last = trim(s, high, after)
        return [(s.starts[after], quote.end if quote and quote.end > s.ends[last] else s.ends[last])]
    if s.lower[first - 1] in {"which", "who", "that"} or (
        s.words[first - 1] == "," and s.lower[first - 2] in {"which", "who", "that"}
    ):
        return _of_relative(at, first, after, high)
    before = trim(s, first - 1, low)
    start = _after_semicolon(at, low, before)
    quote = at.quote_ending(before)
    comma = next((t for t in range(high - 2, end, -1) if s.words[t] == ","), None)
    if quote is not None and s.words[before - 1] in {".", "!", "?"} and comma is not None:
        return [
            (s.starts[comma + 1], s.ends[trim(s, high, comma + 1)])
        ]  # "... left.” According to X, the ..."
    begin = s.starts[start]
    if quote is not None and quote.sentence < at.number:
        begin = quote.start
    contents = [(begin, max(s.ends[before], quote.end if quote else 0))]
    if after <= high and s.words[end + 1] == "," and s.words[first - 1] == "," and not _trails(at, after):
        contents.append((s.starts[after], s.ends[trim(s, high, after)]))
    return contents


def _of_relative(at: Place, first: int, after: int, high: int) -> list[tuple[int, int]]:
    """ "the paper, which according to the mayor lied, is closed": only the relative clause is his."""
    s = at.s
    verb = next((t for t in range(after, high + 1) if s.pos[t] in {"VERB", "AUX", "ADJ"}), None)
    if verb is None:
        return []
    while s.heads[verb] > first and not s.deps[verb].startswith("acl") and s.heads[verb] != verb:
        verb = s.heads[verb]
    inside = [t for t in s.subtree(verb) if after <= t <= high]
    comma = next((t for t in range(after, inside[-1] if inside else after) if s.words[t] == ","), None)
    last = comma - 1 if comma is not None else (inside[-1] if inside else after)
    return [at.span(after, trim(s, max(last, after), after))]


def _trails(at: Place, i: int) -> bool:
    """Does a clause of its own begin here rather than the rest of the cut one?"""
    s = at.s
    return s.tags[i] == "VBG" or s.lower[i] in {
        "who",
        "which",
        "while",
        "but",
        "and",
        "as",
        "whose",
        "although",
    }


def _after_semicolon(at: Place, low: int, before: int) -> int:
    """The first token of the clause that ends at `before`."""
    s = at.s
    for i in range(before, low, -1):
        if s.words[i] == ";":
            return i + 1
    while low < before and (s.pos[low] in {"CCONJ"} or s.words[low] in {"-", "–", "•", ","}):
        low += 1
    return low


def _in_the_view_of(at: Place, i: int) -> Iterator[Draft]:
    """ "For the USA, its defeat is clear", "In the eyes of residents, ...", "In his view, ..."."""
    s = at.s
    _, high = at.bounds(i)
    comma = next((t for t in range(i + 1, min(i + 12, high)) if s.words[t] == ","), None)
    if comma is None or comma + 3 > high:
        return
    view = next((t for t in range(i + 1, comma) if s.lower[t] in _VIEWS), None)
    if s.lower[i] == "by":
        yield from _by_the_count_of(at, i, comma)
        return
    if s.lower[i] == "in" and view is not None:
        owner = s.child(view, "nmod:poss") or next(
            (t for t in range(view + 2, comma) if s.pos[t] in NOMINAL), None
        )
        if owner is None:
            return
        first, last = phrase(s, owner, low=i + 1, high=comma - 1)
        verb = "in the view of"
    elif s.lower[i] in {"for", "to"} and _is_holder(at, i, comma):
        first, last = i + 1, comma - 1
        owner, verb = head_in(s, first, last), "for"
    else:
        return
    content = (s.starts[comma + 1], s.ends[trim(s, high, comma + 1)])
    yield Draft(
        at.number,
        (i, i if verb == "for" else view or i),
        [content],
        verb,
        Status.CLAIMED,
        verb,
        (first, last),
        owner,
    )


def _by_the_count_of(at: Place, i: int, comma: int) -> Iterator[Draft]:
    """ "By the agency's tally, 40 people died": read by the order of the words, for parsers seldom know "tally"."""
    s = at.s
    count = next((t for t in range(i + 1, comma) if s.lower[t] in _COUNTS), None)
    if count is None:
        return
    if count + 1 < comma and s.lower[count + 1] == "of":
        first, last = count + 2, comma - 1
    elif s.words[count - 1] in {"'s", "’s", "'", "’"}:
        first, last = i + 1, count - 2
    else:
        return
    if first > last or s.pos[last] not in NOMINAL or s.pos[last] == "PRON":
        return
    content = (s.starts[comma + 1], s.ends[trim(s, at.bounds(i)[1], comma + 1)])
    verb, status = "by the count of", Status.REPORTED_AS_FACT
    yield Draft(at.number, (i, count), [content], verb, status, verb, (first, last), last)


def _is_holder(at: Place, i: int, comma: int) -> bool:
    """ "For the USA,": a known kind of actor and nothing else, before a statement of how things are."""
    s = at.s
    words = range(i + 1, comma)
    if comma - i > 6 or any(s.pos[t] not in {"PROPN", "DET", "ADJ", "NOUN", "CCONJ", "PART"} for t in words):
        return False
    head = head_in(s, i + 1, comma - 1)
    named = s.labels[head] in {"PERSON", "ORG", "NORP", "LOC"} or s.lower[head] in at.words.speakers
    root = s.root()
    return named and (s.child(root, "cop") is not None or s.pos[root] in {"ADJ", "NOUN"}) and root > comma


def _adverb(at: Place, i: int) -> Iterator[Draft]:
    """ "was reportedly killed": the clause of an unnamed voice."""
    s = at.s
    low, high = at.bounds(i)
    head = s.heads[i]
    inside = [t for t in s.subtree(head) if low <= t <= high and t != i]
    if len(inside) < 2:
        return
    first, last = inside[0], trim(s, inside[-1], inside[0])
    while first < last and s.pos[first] in {"PUNCT", "CCONJ", "SCONJ"}:
        first += 1
    contents = [at.span(first, i - 1)] if first < i else []
    contents += [at.span(i + 1, last)] if last > i else []
    yield Draft(at.number, (i, i), contents, s.lower[i], at.words.adverbs[s.lower[i]], "adverb")


def _adjective(at: Place, i: int) -> Iterator[Draft]:
    """ "the alleged attack": the noun phrase of an unnamed voice."""
    s = at.s
    head = s.heads[i]
    if head < i:
        return
    _, last = phrase(s, head, low=i)
    yield Draft(
        at.number, (i, i), [at.span(i + 1, last)], s.lower[i], at.words.adjectives[s.lower[i]], "adjective"
    )


def _in_a_statement(at: Place) -> Iterator[Draft]:
    """ "In a statement, the group wished its fighters well": the clause is said by its subject."""
    s = at.s
    if s.lower[0] not in {"in", "on", "through"} or len(s) < 8:
        return
    comma = next((t for t in range(2, min(14, len(s) - 3)) if s.words[t] == ","), None)
    spoken = (t for t in range(1, comma or 1) if s.lower[t] in at.words.occasions)
    if not any(case_of(s, t) != "of" for t in spoken):
        return  # "in a new chapter of its book" is a figure of speech
    assert comma is not None
    root = s.root()
    subject = s.child(root, "nsubj")
    if (
        subject is None
        or subject < comma
        or s.lower[root] in at.words.forms
        or s.child(root, "cop") is not None
    ):
        return
    if s.lower[root] in at.words.forms or not _speaks(at, subject):
        return
    first, last = phrase(s, subject, low=comma + 1)
    yield Draft(
        at.number, (0, comma - 1), [at.span(last + 1, trim(s, len(s) - 1, last + 1))], "statement",
        Status.REPORTED_AS_FACT, "in a statement", (first, last), subject,
    )  # fmt: skip


def _speaks(at: Place, subject: int) -> bool:
    """A person, an organisation or one of the common nouns that speak."""
    s = at.s
    return (
        s.labels[subject] in {"PERSON", "ORG", "NORP"}
        or s.lower[subject] in at.words.speakers
        or s.tags[subject] == "PRP"
    )
