"""Numbers that are no figures: in names, labels, lists, codes, and "one" as a pronoun.

In: a `Sentence` and a `Numeral`. Out: whether it is passed over. Works on the words; a wrong parse does no harm.
"""

from __future__ import annotations

import re

from rasid.extract.counted import counted_after, counted_alone
from rasid.extract.numeral import DASHES, Numeral, word_at
from rasid.extract.syntax import Sentence
from rasid.knowledge.figures import FigureWords

# Nouns that are labels only with a capital or in the singular: "Army 3", but "the army 12 fighters".
_WEAK_LABELS = frozenset({"war", "bus", "base", "region", "area", "army", "party", "group", "house"})
_BETWEEN_LABELS = frozenset({"and", "or", "to", ",", "-", "–", "&"})
_YEARLY = frozenset(
    "riots elections election results war massacre attacks bombings protests offensive season games census".split()
)
_GROUPS = frozenset({"people", "personnel", "police", "staff", "cattle", "aircraft", "sheep"})
_MONEY_SIGNS = frozenset("$€£¥")
_CASH = frozenset({"bill", "bills", "note", "notes", "coin", "coins", "banknote", "banknotes"})
_DEALS = frozenset(
    {"contract", "deal", "bid", "lawsuit", "loan", "project", "budget", "grant", "debt", "mansion"}
)
_SCORES = frozenset({"record", "win", "wins", "loss", "victory", "defeat", "draw", "lead", "score", "mark"})
_CATEGORIES = frozenset({"births", "deaths", "establishments", "disestablishments", "introductions"})
_COUNTED_ON_PAGES = frozenset(
    "reference references result results comment comments reply replies share shares like likes view views"
    " items".split()
)
_CODE_SIGNS = frozenset({"#", "№", "@", "+", "°", "'"})


def is_name(sentence: Sentence, numeral: Numeral, words: FigureWords) -> bool:
    """Part of a name, a label, a list, a coordinate, a telephone number, or "one" as a pronoun."""
    before, after = word_at(sentence, numeral.first - 1), word_at(sentence, numeral.last + 1)
    if before == "per" and after != "cent":  # a rate's base
        return True
    if after in {"de", "di", "du"}:  # "27 de Septiembre", a street
        return True
    if numeral.kind == "share":
        return False
    if (
        _is_face_value(sentence, numeral)
        or _is_score(sentence, numeral)
        or _is_page_counter(sentence, numeral)
    ):
        return True
    if numeral.kind == "ordinal":
        return _is_ordinal_name(sentence, numeral, words)
    if numeral.first == numeral.last and sentence.lower[numeral.first] == "one":
        return not _is_counting_one(sentence, numeral.first, words)
    if before in words.labels and _is_label(sentence, numeral, words):
        return True
    if _is_second_label(sentence, numeral.first, words) or _is_year(sentence, numeral):
        return True
    if _is_compound(sentence, numeral.last, words):
        return True
    return numeral.written and _is_code(sentence, numeral, words)


def _is_face_value(sentence: Sentence, numeral: Numeral) -> bool:
    """ "five $20 bills", "a 90 million contract": what one is worth, not how many there are."""
    before, after = word_at(sentence, numeral.first - 1), numeral.last + 1
    if after >= len(sentence):
        return False
    if before in _MONEY_SIGNS and sentence.lower[after] in _CASH:
        return True
    singular = sentence.tags[after] == "NN" and sentence.lower[after] in _DEALS
    return before in {"a", "an", "the", "his", "her", "its"} and singular


def _is_score(sentence: Sentence, numeral: Numeral) -> bool:
    """ "a dismal 4-7 record", "lost 2-1": wins and losses, no range."""
    told = range(numeral.first, numeral.last + 1)
    if numeral.last - numeral.first != 2 and not any(d in sentence.words[numeral.first] for d in "-–"):
        return False
    dashed = any(sentence.words[t] in DASHES for t in told) or numeral.first == numeral.last
    return dashed and not _SCORES.isdisjoint(sentence.lower[numeral.last + 1 : numeral.last + 3])


def _is_page_counter(sentence: Sentence, numeral: Numeral) -> bool:
    """ "0 references", "7 thoughts on the grave", "1950 births" as a heading: counters and categories of a page."""
    after = numeral.last + 1
    if numeral.first != numeral.last or after >= len(sentence):
        return False
    noun, digits = sentence.lower[after], sentence.words[numeral.first]
    if noun in _COUNTED_ON_PAGES and digits == "0":
        return True
    if noun in _COUNTED_ON_PAGES and word_at(sentence, numeral.first - 1) in {"share", "like", "reply"}:
        return True
    if noun == "thoughts" and word_at(sentence, after + 1) == "on":
        return True
    opens = numeral.first == 0 or sentence.pos[numeral.first - 1] in {"PUNCT", "NOUN", "PROPN"}
    around = sentence.tags[max(0, numeral.first - 4) : after + 7]
    told = any(tag in {"VBD", "VBZ", "VBP", "MD"} for tag in around)
    return (
        noun in _CATEGORIES and opens and not told and re.fullmatch(r"1[5-9]\d\d|20\d\d", digits) is not None
    )


def _is_second_label(sentence: Sentence, first: int, words: FigureWords) -> bool:
    """ "Grade 9 and 10 pupils", "rooms 4, 5": the number before it has the label."""
    i = first - 1
    while i > 1 and sentence.lower[i] in _BETWEEN_LABELS and sentence.words[i - 1].isdigit():
        i -= 2
    return i < first - 1 and sentence.lower[i] in words.labels and sentence.words[i][0].isupper()


def _is_year(sentence: Sentence, numeral: Numeral) -> bool:
    """ "107 BC", "a 1928 film", "the 2012 Election Results": a year; "1928 people" counts."""
    i, word = numeral.last + 1, sentence.words[numeral.first]
    if numeral.first != numeral.last or numeral.bound is not None or i >= len(sentence):
        return False
    if sentence.words[i] in {"BC", "BCE", "AD", "CE"}:
        return True
    if not re.fullmatch(r"1[5-9]\d\d|20\d\d", word):
        return False
    if numeral.first and sentence.lower[numeral.first - 1] in {"a", "an"}:
        return True
    if sentence.pos[i] == "PROPN" or (sentence.pos[i] == "NOUN" and sentence.words[i][0].isupper()):
        return True
    noun = next((k for k in range(i, min(i + 4, len(sentence))) if sentence.pos[k] == "NOUN"), None)
    while noun is not None and noun + 1 < len(sentence) and sentence.pos[noun + 1] == "NOUN":
        noun += 1
    if noun is not None and numeral.first and sentence.lower[noun] in _YEARLY:
        return True  # "the worst 1969 riots"
    between = noun is not None and all(sentence.pos[k] in {"ADJ", "NOUN", "PROPN"} for k in range(i, noun))
    return (
        between and noun is not None and sentence.tags[noun] == "NN" and sentence.lower[noun] not in _GROUPS
    )


def _is_compound(sentence: Sentence, last: int, words: FigureWords) -> bool:
    """ "a five-storey building", "a 12-member council": says what sort, counts nothing."""
    word = word_at(sentence, last + 2)
    glued = last + 2 < len(sentence) and sentence.ends[last] == sentence.starts[last + 1]
    return (
        word_at(sentence, last + 1) in DASHES
        and glued
        and word[:1].isalpha()
        and word not in words.measures
        and word not in {"odd", "percent", "per", "m", "plus"}
    )


def _is_ordinal_name(sentence: Sentence, numeral: Numeral, words: FigureWords) -> bool:
    """ "3rd Division", "Article 3rd": names; "the third attack": an ordinal."""
    i = numeral.last + 1
    if i >= len(sentence) or sentence.pos[i] not in {"NOUN", "ADJ"} or sentence.words[i][0].isupper():
        return True
    word = sentence.lower[i]
    return word in words.named_by_ordinal or (
        word_at(sentence, numeral.first - 1)
        not in {"the", "a", "its", "his", "her", "their", "this", "for", "of"}
        and not numeral.written
    )


def _is_counting_one(sentence: Sentence, i: int, words: FigureWords) -> bool:
    """ "one man", "one was killed", "one of them", "one of us was shot": a count; "one can say", "one day": not."""
    before, after = word_at(sentence, i - 1), word_at(sentence, i + 1)
    if before in words.not_one_before or after in words.not_one or word_at(sentence, i + 2) in words.not_one:
        return False
    if (before, after) == ("with", "voice"):
        return False
    if after in DASHES or before in DASHES:
        return word_at(sentence, i + 2) in words.measures
    if after == "of":
        harmed = sentence.deps[i] == "nsubj:pass" and sentence.lower[sentence.heads[i]] in words.person_verbs
        return harmed or word_at(sentence, i + 2) == "them" or _of_victims(sentence, i + 2, words)
    if counted_after(sentence, (i, i), words):
        return True
    found = counted_alone(sentence, (i, i), words)
    return found is not None and found.first is None and sentence.lower[i + 1 : i + 2] != ["who"]


def _of_victims(sentence: Sentence, i: int, words: FigureWords) -> bool:
    """ "of the dead", "of the wounded": a part of those harmed, not "one of the leaders"."""
    return word_at(sentence, i) in {"the", "whom"} and (
        word_at(sentence, i) == "whom"
        or word_at(sentence, i + 1) in words.nominals
        or word_at(sentence, i + 1) == "victims"
    )


def _is_label(sentence: Sentence, numeral: Numeral, words: FigureWords) -> bool:
    """ "Article 5", "page 3"; not "the army 12 fighters" or "in the region 12 people"."""
    i = numeral.first - 1
    after = numeral.last + 1
    if sentence.lower[i] == "no" and numeral.written:
        return True
    if after < len(sentence) and sentence.tags[after] in {"NNS", "NNPS"} and sentence.words[i].islower():
        return False
    if after < len(sentence) and sentence.lower[after] in words.bases:
        return False
    return sentence.lower[i] not in {
        "no",
        "war",
        "bus",
        "base",
        "region",
        "area",
        "army",
        "party",
        "group",
        "house",
    } or (
        sentence.words[i][0].isupper()
        and (i == 0 or sentence.words[i] != sentence.words[i].upper() or len(sentence.words[i]) > 1)
    )


def _is_code(sentence: Sentence, numeral: Numeral, words: FigureWords) -> bool:
    first, last = numeral.first, numeral.last
    before, after = word_at(sentence, first - 1), word_at(sentence, last + 1)
    if (
        re.fullmatch(r"(?:19|20)\d\d", word_at(sentence, last + 2))
        and numeral.high is not None
        and numeral.high <= 31
    ):
        return True  # "2 Feburary 1990": a date, misspelt
    token = sentence.words[first]
    if (
        before in _CODE_SIGNS
        or after in {"°", "º"}
        or (token[0] == "0" and token.isdigit() and len(token) > 1)
    ):
        return True
    if token.isdigit() and len(token) >= 7 and first == last:
        return True
    if first == 0 and after in {".", ")", ":"} and len(token) <= 3:  # "1. The army ..."
        return True
    if before in {"(", "["} and after in {")", "]"}:
        return not _is_bracketed_age(sentence, first - 2)
    glued_before = first > 0 and sentence.ends[first - 1] == sentence.starts[first]
    if (
        glued_before
        and before in {"-", "/", ".", "_"}
        and first > 1
        and sentence.ends[first - 2] == sentence.starts[first - 1]
    ):
        return True
    if (
        after in DASHES
        and sentence.pos[first - 1 if first else 0] == "PROPN"
        and word_at(sentence, last + 2)[:1].isdigit()
    ):
        return True
    return _is_model(sentence, numeral, words)


def _is_bracketed_age(sentence: Sentence, i: int) -> bool:
    return i >= 0 and (sentence.labels[i] == "PERSON" or sentence.pos[i] == "PROPN")


def _is_model(sentence: Sentence, numeral: Numeral, words: FigureWords) -> bool:
    """ "Boeing 737", "Channel 4 News": a name, unless something countable follows or an age is meant."""
    i, after = numeral.first - 1, numeral.last + 1
    if i >= 0 and re.search(r"[a-z][A-Z]", sentence.words[i]) and numeral.bound is None:
        return True  # a product, in whatever way it is tagged
    if i < 1 or sentence.pos[i] != "PROPN" or numeral.bound is not None or not sentence.words[i][0].isupper():
        return False
    if after < len(sentence) and (
        sentence.pos[after] in {"NOUN", "ADJ", "VERB", "SYM"} or sentence.lower[after] in words.measures
        or sentence.lower[after] in {"%", "per", "of", "more", "other"}
    ):  # fmt: skip
        return False
    return sentence.heads[numeral.first] == i or sentence.deps[numeral.first] in {"compound", "flat"}
