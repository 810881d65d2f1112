"""What sort of number it is: a count, a share, an age, money, a distance, an area, a duration, a rate.

In: a `Sentence` and a `Numeral`. Out: `Measured`. The unit stands next to the number, so this works on the words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rasid.extract.bases import base_of
from rasid.extract.bounds import bound_before
from rasid.extract.counted import Counted, counted_after, counted_alone
from rasid.extract.numeral import DASHES, Numeral, word_at
from rasid.extract.syntax import Sentence
from rasid.knowledge.figures import FigureWords
from rasid.model.values import Bound, Measure

_MAX_AGE = 110


@dataclass(frozen=True, slots=True)
class Measured:
    """What sort of number it is; `first` and `last` take in the words of the measure ("aged", "$", "%", "km")."""

    measure: Measure
    unit: str | None
    first: int
    last: int
    base: str | None = None
    counted: Counted | None = None


def measure_of(sentence: Sentence, numeral: Numeral, words: FigureWords) -> Measured | None:
    """What sort of number it is; None for a lone number that nothing explains."""
    first, last = numeral.first, numeral.last
    if numeral.kind == "ordinal":
        counted = counted_after(sentence, (first, last), words)
        return Measured(Measure.ORDINAL, counted.unit, first, last, None, counted) if counted else None
    return (
        _share(sentence, numeral, words)
        or _age(sentence, numeral, words)
        or _money(sentence, numeral, words)
        or _quantity_of(sentence, numeral, words)
        or _count(sentence, numeral, words)
    )


def _share(sentence: Sentence, numeral: Numeral, words: FigureWords) -> Measured | None:
    last = numeral.last
    if numeral.kind != "share":
        size = next(
            (len(p) for p in words.percent if tuple(sentence.lower[last + 1 : last + 1 + len(p)]) == p), 0
        )
        if (
            not size
            and word_at(sentence, last + 1) == "-"
            and word_at(sentence, last + 2) in {"percent", "per"}
        ):
            size = 2 if word_at(sentence, last + 2) == "percent" else 3
        if not size and numeral.sign != "%":
            return None
        last += size
    if sentence.lower[last].startswith("point"):
        return Measured(Measure.OTHER, "percentage point", numeral.first, last)
    base = _share_base(sentence, numeral, last, words)
    return Measured(
        Measure.SHARE, "percent", numeral.first, last, base, _share_counted(sentence, last, words)
    )


def _share_base(sentence: Sentence, numeral: Numeral, last: int, words: FigureWords) -> str | None:
    """What it is a share of: the noun behind "of", or behind "one in five"."""
    plain = numeral.kind == "share" and word_at(sentence, last + 1) not in {"of"}
    if not plain and word_at(sentence, last + 1) != "of":
        return None
    pronoun = word_at(sentence, last + 2) in {"them", "whom", "which", "these", "those"}
    if pronoun and word_at(sentence, last + 3) not in words.nominals:  # known from the figure before
        return None
    counted = _share_counted(sentence, last, words)
    if counted is None or counted.first is None or counted.last is None:
        return None
    base = base_of(sentence, (counted.first, counted.last), words)
    if base is not None:
        return base
    named = sentence.pos[counted.last] == "PROPN"
    return (
        sentence.words_between(sentence.starts[counted.first], sentence.ends[counted.last])
        if named
        else counted.unit
    )


def _share_counted(sentence: Sentence, last: int, words: FigureWords) -> Counted | None:
    at = last
    while word_at(sentence, at + 1) in {"the", "their", "its", "all", "his", "her"}:
        at += 1
    found = counted_after(sentence, (at, at), words)
    if found is None and word_at(sentence, at + 1) == "of":
        found = _whole_place(sentence, at + 2, words)
    return found


def _whole_place(sentence: Sentence, i: int, words: FigureWords) -> Counted | None:
    """ "11 % of Syria": the share of a place."""
    while word_at(sentence, i) in {"the", "all"}:
        i += 1
    last = i
    while last < len(sentence) and sentence.pos[last] == "PROPN":
        last += 1
    return Counted(i, last - 1, last - 1, sentence.lower[last - 1], None, "words") if last > i else None


def _age(sentence: Sentence, numeral: Numeral, words: FigureWords) -> Measured | None:
    first, last = numeral.first, numeral.last
    before, after = word_at(sentence, first - 1), last + 1
    dash = 1 if word_at(sentence, after) in DASHES else 0
    unit = words.measures.get(word_at(sentence, after + dash))
    if unit is not None and unit[0] is Measure.DURATION:
        old = after + dash + 1
        old += 1 if word_at(sentence, old) in DASHES else 0
        if word_at(sentence, old) in {"old", "olds"} or sentence.lower[old : old + 2] == ["of", "age"]:
            return Measured(Measure.AGE, unit[1], first, old if word_at(sentence, old) != "of" else old + 1)
        if before in {"aged", "age"}:
            return Measured(Measure.AGE, unit[1], first - 1, after + dash)
        return None
    if not (numeral.high is not None and numeral.high <= _MAX_AGE and numeral.scale == 1):
        return None
    opener = _age_opener(sentence, first)
    if opener is not None:
        return Measured(Measure.AGE, "year", opener, last)
    if _is_comma_age(sentence, numeral, words) or _is_limit_age(sentence, numeral, words):
        return Measured(Measure.AGE, "year", first, last)
    return None


def _age_opener(sentence: Sentence, first: int) -> int | None:
    """First token of "aged", "ages", "the age of", "aged between"."""
    i = first - 1
    while word_at(sentence, i) in {
        "of",
        "between",
        "from",
        "about",
        "around",
        "over",
        "under",
        "just",
        "only",
        "at",
        "least",
        "than",
        "more",
        "less",
        "to",
        "were",
        "was",
        "are",
        "is",
        "ranged",
        "ranging",
        ":",
    }:
        i -= 1
    if word_at(sentence, i) in {"aged", "ages", "age"} and first - i <= 4:
        return i if word_at(sentence, i) == "aged" and i == first - 1 else first
    return None


def _is_comma_age(sentence: Sentence, numeral: Numeral, words: FigureWords) -> bool:
    """ "a man, 34," and "Name (34)"."""
    i, before, after = (
        numeral.first - 2,
        word_at(sentence, numeral.first - 1),
        word_at(sentence, numeral.last + 1),
    )
    if (before, after) not in {
        (",", ","),
        (",", "."),
        (",", ""),
        ("(", ")"),
        (",", "and"),
        (",", ")"),
        (",", ";"),
        ("(", ","),
    } or i < 0:
        return False
    if numeral.low is None or numeral.low != numeral.high or numeral.bound is not None:
        return False
    if sentence.labels[i] == "PERSON":
        return True
    singular = (
        sentence.tags[i] == "NN"
        and sentence.lower[i] in words.bases
        and words.bases[sentence.lower[i]] not in {"dead", "wounded", "casualties", "families"}
    )
    return singular and after != "and"


def _is_limit_age(sentence: Sentence, numeral: Numeral, words: FigureWords) -> bool:
    """ "children under 5", "women over 60"."""
    i = numeral.first - 1
    if word_at(sentence, i) not in {"under", "over", "below", "above"} or i < 1:
        return False
    person = sentence.lower[i - 1] in {
        "children",
        "those",
        "people",
        "women",
        "men",
        "anyone",
        "girls",
        "boys",
        "infants",
        "persons",
        "civilians",
    }
    after = numeral.last + 1
    counted = after < len(sentence) and sentence.tags[after] in {"NNS", "NNPS", "JJ", "SYM"}
    return person and (not counted or word_at(sentence, after) in words.nominals)


def _money(sentence: Sentence, numeral: Numeral, words: FigureWords) -> Measured | None:
    first, last = numeral.first, numeral.last
    before = word_at(sentence, first - 1)
    if before in words.currencies and (not before.isalpha() or sentence.words[first - 1].isupper()):
        return Measured(Measure.MONEY, words.currencies[before], first - 1, last)
    if numeral.sign in words.currencies:
        return Measured(Measure.MONEY, words.currencies[numeral.sign], first, last)
    if numeral.bound is Bound.VAGUE and word_at(sentence, last + 1) == "of":  # "millions of dollars"
        last += 1
    word = word_at(sentence, last + 1)
    if not word.isalpha() and word_at(sentence, last + 2)[:1].isdigit():
        return None  # "five $20 bills": the sign belongs to what follows
    single = word.removesuffix("s")
    if single in words.currencies and (
        len(single) > 3 or not single.isalpha() or sentence.words[last + 1].isupper()
    ):
        return Measured(Measure.MONEY, words.currencies[single], first, last + 1)
    if (
        sentence.lower[last + 1 : last + 2] == ["us"]
        and word_at(sentence, last + 2).removesuffix("s") == "dollar"
    ):
        return Measured(Measure.MONEY, "USD", first, last + 2)
    second = word_at(sentence, last + 2).removesuffix("s")
    if second in {"pound", "lira"} and word in words.pounds_of:
        return Measured(Measure.MONEY, words.pounds_of[word], first, last + 2)
    if second in words.currencies and len(second) > 3 and sentence.pos[last + 1] in {"ADJ", "PROPN"}:
        return Measured(Measure.MONEY, f"{word} {second}", first, last + 2)
    return None


def _quantity_of(sentence: Sentence, numeral: Numeral, words: FigureWords) -> Measured | None:
    """Distances, areas, durations, weights: the unit stands right behind the number."""
    last = numeral.last
    skip = word_at(sentence, last + 1) in DASHES or (
        numeral.bound is Bound.VAGUE and word_at(sentence, last + 1) == "of"
    )
    at = last + 2 if skip else last + 1
    word, after = word_at(sentence, at), word_at(sentence, at + 1)
    if word in {"square", "sq", "sq."} and after in words.measures:
        unit = words.measures[after][1]
        return Measured(
            Measure.AREA, f"{unit}2" if unit in {"km", "m"} else f"square {unit}", numeral.first, at + 1
        )
    if word == "m" and numeral.written and numeral.scale == 1:
        return Measured(Measure.DISTANCE, "m", numeral.first, at)
    if word == "nautical" and after in words.measures:
        return Measured(Measure.DISTANCE, "nautical mile", numeral.first, at + 1)
    measure = words.measures.get(word)
    if measure is None or _is_noun_before_noun(sentence, numeral, at, words):
        return None
    if word == "second" and at + 1 < len(sentence) and sentence.pos[at + 1] == "NOUN" and at == last + 1:
        return None
    return Measured(measure[0], measure[1], numeral.first, at)


def _is_noun_before_noun(sentence: Sentence, numeral: Numeral, at: int, words: FigureWords) -> bool:
    """ "12 barrel bombs", "5 foot patrols": things, not barrels or feet."""
    word = sentence.lower[at]
    if at != numeral.last + 1 or word.endswith("s") or numeral.high == 1 or len(word) < 4 or word == "feet":
        return False
    return (
        at + 1 < len(sentence) and sentence.pos[at + 1] == "NOUN" and sentence.tags[at + 1] in {"NNS", "NNPS"}
    )


def _count(sentence: Sentence, numeral: Numeral, words: FigureWords) -> Measured | None:
    number = (numeral.first, numeral.last)
    group = _group(sentence, numeral, words)
    counted = group or counted_after(sentence, number, words)
    if counted is None:
        bound_first, _ = bound_before(sentence, numeral.first, words)
        counted = counted_alone(sentence, (bound_first, numeral.last), words)
        if counted is not None and bound_first <= counted.head <= numeral.last:
            counted = replace(counted, head=numeral.last)
    if counted is None:
        return Measured(Measure.COUNT, None, numeral.first, numeral.last)
    whole = numeral.low is None or float(numeral.low).is_integer()  # "7.62 ammunition" counts nothing
    measure = Measure.COUNT if whole else Measure.OTHER
    return Measured(measure, counted.unit, numeral.first, numeral.last, counted.base, counted)


def _group(sentence: Sentence, numeral: Numeral, words: FigureWords) -> Counted | None:
    """ "a family of five", "a crew of 12": the people in it."""
    i = numeral.first - 2
    if i < 0 or sentence.lower[i + 1] != "of" or sentence.lemmas[i] not in words.groups:
        return None
    after = numeral.last + 1
    is_verb = after < len(sentence) and sentence.tags[after] in {"VBZ", "VBD"}
    if not is_verb and counted_after(sentence, (numeral.first, numeral.last), words) is not None:
        return None
    first = i - 1 if word_at(sentence, i - 1) in {"a", "an", "the", "one"} else i
    return Counted(first, i, i, "people", "people", "words")


def rate_of(
    sentence: Sentence, numeral: Numeral, measured: Measured, words: FigureWords
) -> tuple[Measured, str | None]:
    """Per day, a month, daily, per 100,000: makes a rate of a count, and tells the others what they are per."""
    counted = measured.counted
    end = (
        counted.last
        if counted and counted.last is not None and counted.last > measured.last
        else measured.last
    )
    per = _per(sentence, end, words) or _per(sentence, measured.last, words)
    if per is None:
        between = sentence.lower[numeral.last + 1 : end]
        per = next((words.rate_words[w] for w in between if w in words.rate_words), None)
    if per is None or measured.measure in {Measure.AGE, Measure.ORDINAL}:
        return measured, None
    rate = measured.measure in {Measure.COUNT, Measure.OTHER} and (
        measured.counted is not None or measured.unit == "time"
    )
    return (replace(measured, measure=Measure.RATE) if rate else measured), per


def _per(sentence: Sentence, end: int, words: FigureWords) -> str | None:
    link, after = word_at(sentence, end + 1), word_at(sentence, end + 2)
    if link in words.rate_words:
        return words.rate_words[link]
    if link == "per" and after[:1].isdigit():
        return "".join(c for c in after if c.isdigit())
    if link in {"per", "a", "an", "each", "every", "/"} and after in words.rates:
        if link == "a" and word_at(sentence, end + 3) in {"after", "before", "earlier", "later", "ago"}:
            return None
        return words.rates[after]
    return None
