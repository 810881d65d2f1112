"""What the words of a time mean: "between March and June 2016" -> "2016-03/2016-06".

In: the words that say when, English (for Arabic see time_phrases_arabic.py). Out: EDTF where the words fix the days, a
relative time as in model/when.py where they hang on another date, "" where no calendar can settle them
("recently", "some days ago"). Words that cannot be a date ("31 February 2020") give None. Nothing is finer
than it was said: "early 2017" is 2017, "the second week of May" is May.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rasid.knowledge.calendar import fold
from rasid.knowledge.time_terms import is_fixed, read_term, term_grammar
from rasid.model.values import DateSpan, Precision


def span_of(meaning: str, *, as_said: str) -> DateSpan:
    """A meaning as a span: with days if it is EDTF, else open and relative."""
    if is_fixed(meaning):
        return DateSpan.from_edtf(meaning, as_said=as_said)
    return DateSpan(None, None, Precision.OPEN, as_said, meaning)


@lru_cache(maxsize=4096)  # a few words come again and again: "on Monday", "2015", "yesterday"
def read_phrase(text: str) -> str | None:
    """The meaning of words that say when, or None if they cannot be a date."""
    words = _plain(text)
    if not words:
        return ""  # only a time of day
    grammar = _grammar()
    if (lead := grammar.lead.match(words)) and (rest := _GLUE.sub("", words[lead.end() :])):
        return _one_sided(lead[1], _whole(rest))
    return _whole(words)


def _one_sided(lead: str, meaning: str | None) -> str | None:
    """Generous: "before 2015" and "after 2015" may both reach into 2015."""
    if not meaning:
        return meaning
    opens = lead in {"since", "ever since", "after", "from", "starting", "starting in", "starting from",
                     "beginning in", "following"}  # fmt: skip
    if meaning.startswith("mention"):
        return ""
    first, _, last = meaning.partition("/")
    return f"{first}/.." if opens else f"../{last or first}"


def _whole(words: str) -> str | None:
    if (made := _range(words)) is not _NO_RANGE:
        return made
    return read_term(words)


# --- cleaning -----------------------------------------------------------------------------------------------

_CLOCK = re.compile(
    r"(?<![\d.,/-])(?<!\dt)(?:at |around |about |by )?"
    r"(?:\d{1,2} ?[:.h] ?[0-5]\d(?: ?[:.] ?\d\d)?(?: ?[ap] ?\. ?m\b ?\.?| ?[ap]m\b)?"
    r"|(?:\d{1,2}|noon) ?(?:[ap] ?\. ?m\b ?\.?|[ap]m\b)|\w+ o ?'clock"
    r"|\d{4} (?:gmt|utc|hrs|hours|local time)|[0-2]\d[0-5]\d(?= on | last | yesterday| today| tonight| this ))"
    r"(?![\d/])(?: (?:gmt|utc|hours|hrs|local time))*(?![-.]\d)"
)
_MENDS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"[,()\[\]]", " "),
        (r"\bmid ?[-–] ?", "mid "),
        (r"\b(al|ath|ash|an|dhul) ?- ?", r"\1 "),
        (r"((?:19|20)\d\d) ?([-/.]) ?(\d\d) ?\2 ?(\d\d)(?:t\d\d\b\S*|\b)", r"@\1_\3_\4"),
        (r"(?<![\d@])(\d{1,2}) ?([-/.]) ?(\d{1,2}) ?\2 ?((?:19|20)\d\d|\d\d)\b", r"#\1_\3_\4"),
        (r"(\d) ?- ?([a-z]{3,9}\.?) ?- ?((?:19|20)\d\d)\b", r"\1 \2 \3"),
        (r" ?[-–—/] ?", " - "),
        (r"(?<=\d) ?(?:st|nd|rd|th)\b", ""),
        (r"(\d)([a-z]{3,})", r"\1 \2"),
        (r"([a-z]{3,})((?:19|20)\d\d)", r"\1 \2"),
        (r"\s+", " "),
    )
)
_GLUE = re.compile(
    r"^(?:on|in|at|of|the (?=\d|- )|during|throughout|around(?= -)) |(?: (?:on|at|in|the|around|about|of|-))+$"
)


def _plain(text: str) -> str:
    words = re.sub(r"[\s_]+", " ", fold(text))  # "since_2012" in the name of a file
    if any(c.isdigit() for c in words) or "o'clock" in words or "o 'clock" in words:
        words = _CLOCK.sub(" ", words)
    for pattern, put in _MENDS:
        words = pattern.sub(put, words)
    words = words.strip(" .;:")
    while (shorter := _GLUE.sub("", words)) != words:
        words = shorter.strip()
    return words


# --- ranges -------------------------------------------------------------------------------------------------

_NO_RANGE = "no range"
_SPLIT = re.compile(r" (?:and|to|until|till|through|up to|-) (?:the )?")


def _range(words: str) -> str | None:
    """ "From A to B", "between A and B", "A - B"; what B says of month and year holds for A too."""
    bare = re.sub(r"^(?:from|between) (?:the )?", "", words)
    match = _SPLIT.search(bare)
    two_days = match and bare[: match.start()].isdigit()  # "16 and 17 October"
    if match is None or (" and " in match[0] and bare == words and not two_days):
        return _NO_RANGE
    left, right = bare[: match.start()], bare[match.end() :]
    left, right = _filled_out(left, right)
    return range_meaning(read_term(left), read_term(right))


def range_meaning(first: str | None, last: str | None) -> str | None:
    """From the beginning of the one to the end of the other; None if that is no stretch of time."""
    if first is None or last is None:
        return None
    if not first or not last or "mention" in first + last:
        return ""
    first, last = first.partition("/")[0], last.rpartition("/")[2]
    if not (is_fixed(first) and is_fixed(last)):
        return f"{first}/{last}"
    span = DateSpan.from_edtf(first), DateSpan.from_edtf(last)
    in_order = span[0].first_day and span[1].last_day and span[0].first_day <= span[1].last_day
    return f"{first}/{last}" if in_order and first != last else None


def _filled_out(left: str, right: str) -> tuple[str, str]:
    grammar = _grammar()
    if (month_day := grammar.month_day.match(left)) and (rest := re.match(r"(\d{1,2})( \d{4})?\Z", right)):
        right = f"{month_day[1]} {rest[1]}{rest[2] or ''}"  # "April 12 - 14 2019"
    elif re.match(r"\d{1,2}\Z", left) and (named := grammar.month_tail.search(right)):
        left = f"{left} {named[0]}"  # "3 - 7 May 2018"
    elif (year := re.match(r"((?:19|20)\d\d)\Z", left)) and re.match(r"\d\d\Z", right):
        right = year[1][:2] + right  # "2011 - 12"
    if (closing := re.search(r"\b(?:19|20)\d\d\Z", right)) and grammar.without_year.match(left):
        year_of = int(closing[0])
        first, last = (
            read_term(f"{side} {year_of}") for side in (left, right.removesuffix(closing[0]).strip())
        )
        left = f"{left} {year_of - 1 if first and last and first[:7] > last[:7] else year_of}"
    return left, right


# --- the grammar --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Grammar:
    lead: re.Pattern[str]
    month_day: re.Pattern[str]
    month_tail: re.Pattern[str]
    without_year: re.Pattern[str]


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    month, weekday = term_grammar().month, term_grammar().weekday
    return _Grammar(
        lead=re.compile(
            r"(ever since|since|after|following|starting(?: in| from)?|beginning in|until|till|up until|up to|before|by"
            r"|prior to|from(?=.* (?:on|onwards?)$))(?: the(?= \d))? (?:about |around )?"
        ),
        month_day=re.compile(rf"({month}) \d{{1,2}}\Z"),
        month_tail=re.compile(rf"(?:of )?{month}(?: (?:of )?(?:19|20)\d\d)?\Z"),
        without_year=re.compile(
            rf"(?:(?:early|mid|late|the (?:beginning|end|start|middle) of) )?(?:{weekday} )?"
            rf"(?:\d{{1,2}} (?:of )?{month}|{month} \d{{1,2}}|{month})\Z"
        ),
    )
