"""When: stretches of time and the days they allow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse
from rasid.extract.times import read_times, read_times_of_text

Parse = Callable[[str], Sentence]
Row = tuple[str, str | None, str | None, str]


@pytest.fixture(scope="module")
def parsed() -> Parse:
    nlp = load_pipeline()

    def one(text: str) -> Sentence:
        (sentence,) = parse([PassageText("d1", 0, "sentence", 50, text)], nlp)
        return sentence

    return one


def _rows(sentence: Sentence) -> list[Row]:
    return [
        (
            t.span.as_said,
            *(str(d) if d else None for d in (t.span.first_day, t.span.last_day)),
            t.span.precision.value,
        )
        for t in read_times(sentence)
    ]


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("12 March 2024", "2024-03-12"), ("March 12, 2024", "2024-03-12"), ("2024-03-12", "2024-03-12"),
        ("the 3rd of May 2021", "2021-05-03"), ("5 Sept. 2019", "2019-09-05"), ("23/04/2019", "2019-04-23"),
        ("Monday, 12 March 2024", "2024-03-12"),
    ],
)  # fmt: skip
def test_a_full_date_is_a_day(parsed: Parse, said: str, day: str) -> None:
    (row,) = _rows(parsed(f"The raid took place on {said} near the river."))
    assert row[1:] == (day, day, "day")


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("It fell in March 2024.", ("March 2024", "2024-03-01", "2024-03-31", "month")),
        ("It fell in late March 2024.", ("late March 2024", "2024-03-01", "2024-03-31", "month")),
        ("It fell in 2019.", ("2019", "2019-01-01", "2019-12-31", "year")),
        ("It fell in early 2017.", ("early 2017", "2017-01-01", "2017-12-31", "year")),
        ("Its 2011 offensive failed.", ("2011", "2011-01-01", "2011-12-31", "year")),
    ],
)
def test_a_month_stays_a_month_and_a_year_a_year(parsed: Parse, text: str, row: Row) -> None:
    assert _rows(parsed(text)) == [row]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "Between 2016 and 2018 it was calm.",
            ("Between 2016 and 2018", "2016-01-01", "2018-12-31", "range"),
        ),
        (
            "It lasted from 3 March to 5 April 2020.",
            ("from 3 March to 5 April 2020", "2020-03-03", "2020-04-05", "range"),
        ),
        ("They met on 10-12 March 2022.", ("10-12 March 2022", "2022-03-10", "2022-03-12", "range")),
        ("He was held in 2012-2013.", ("2012-2013", "2012-01-01", "2013-12-31", "range")),
        ("He was held in the 1990s.", ("the 1990s", "1990-01-01", "1999-12-31", "range")),
        ("Since 2012 nothing has changed.", ("Since 2012", "2012-01-01", None, "range")),
        ("It held until December 2015.", ("until December 2015", None, "2015-12-31", "range")),
    ],
)
def test_ranges_keep_both_ends_and_open_ends_stay_open(parsed: Parse, text: str, row: Row) -> None:
    assert _rows(parsed(text)) == [row]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("On March, 23, they left.", "March, 23"), ("They left on 23 March.", "23 March"),
        ("They left yesterday.", "yesterday"),
        ("They left last week.", "last week"), ("They left two days ago.", "two days ago"),
        ("They left on Monday.", "Monday"),
        ("They left on Friday night.", "Friday night"), ("They left on 03/04/2019.", "03/04/2019"),
        ("They left at 10:30 a.m. on Monday.", "10:30 a.m. on Monday"),
        ("They left in the past three months.", "the past three months"),
        ("They have been gone since Tuesday.", "since Tuesday"), ("They left in May.", "May"),
    ],
)  # fmt: skip
def test_what_needs_the_date_of_the_document_stays_open(parsed: Parse, text: str, said: str) -> None:
    assert _rows(parsed(text)) == [(said, None, None, "open")]


@pytest.mark.parametrize(
    "text",
    [
        "They may march on the capital.", "More than 2015 people came.", "About 2000 people came.",
        "Resolution 2254 was passed.",
        "The ratio is 3:1 and 50% of it.", "She told USA Today so.", "On 2024-13-45 and 32 people nothing fits.",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_time_is_none(parsed: Parse, text: str) -> None:
    assert _rows(parsed(text)) == []


def test_a_day_that_the_calendar_lacks_is_not_read(parsed: Parse) -> None:
    assert all(row[3] != "day" for row in _rows(parsed("It fell on 31 February 2020.")))


def test_stretches_point_into_the_kept_text(parsed: Parse) -> None:
    text = "It   fell on 12\nMarch 2024 there."
    sentence = parsed(text)
    (time,) = read_times(sentence)
    assert text[time.where.start - 50 : time.where.end - 50] == "12\nMarch 2024"


def test_a_broken_tree_changes_no_time(parsed: Parse) -> None:
    sentence = parsed("Since 2012, and on Monday, 12 March 2024, they fought for two days.")
    n = len(sentence)
    assert _rows(replace(sentence, heads=[0] * n, deps=["root"] + ["dep"] * (n - 1))) == _rows(sentence)
    assert len(_rows(sentence)) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It fell in 2018 and 2019.", ["2018", "2019"]), ("Sunday Okoro was the guide.", []),
        ("It was a choice that may hurt.", []), ("They voted at the last minute.", []),
        ("In about 2012 the camp opened.", ["about 2012"]), ("Shots rang out for the third day in a row.",
                                                             ["for the third day in a row"]),
        ("The first half of 2017 was calm.", ["The first half of 2017"]),
        ("It fell on 16 and 17 October.", ["16 and 17 October"]),
    ],
)  # fmt: skip
def test_the_stretch_is_the_words_that_say_when(parsed: Parse, text: str, said: list[str]) -> None:
    assert [row[0] for row in _rows(parsed(text))] == said


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        ("They left yesterday.", "document - 1 day"), ("They left last Friday.", "friday before document"),
        ("They left two days earlier.", "mention - 2 days"),
        ("They left on 03/04/2019.", "2019-04-03 | 2019-03-04"), ("They left at 10:30.", ""),
    ],
)  # fmt: skip
def test_an_open_time_says_what_it_hangs_on(parsed: Parse, text: str, relative: str) -> None:
    (time,) = read_times(parsed(text))
    assert (time.span.to_edtf(), time.span.relative) == (None, relative)


def test_arabic_words_in_an_english_sentence_are_read_at_their_place(parsed: Parse) -> None:
    text = "The notice (12 آذار 2019) names two men."
    assert _rows(parsed(text)) == [("12 آذار 2019", "2019-03-12", "2019-03-12", "day")]


def test_arabic_passages_need_no_parse() -> None:
    ((start, end, span),) = read_times_of_text("سقط الجسر في 12 آذار 2019.", start=100)
    assert (start, end, span.to_edtf()) == (113, 125, "2019-03-12")
