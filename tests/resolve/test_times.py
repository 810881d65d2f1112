"""Relative times of claims, settled by the date of their document."""

from __future__ import annotations

import pytest

from rasid.model.tables import Row
from rasid.resolve.times import learn_orders, resolve_times
from tests.builders import claim, claims, document, documents

OPEN = (None, None, "open")


def _time(text: str, quote: str) -> Row:
    start = quote.index(text)
    return {
        "text": text,
        "first_day": None,
        "last_day": None,
        "precision": "open",
        "start": start,
        "end": start + len(text),
    }


def _settled(
    quote: str, said: str, *, text: str | None = None, given: Row | None = None, **facts: str | None
):
    frame = claims(claim(quote=quote, time=_time(said, quote), **(given or {})))
    made = resolve_times(frame, documents(document(text=text or quote, **facts)))
    time = made.to_dicts()[0]["time"]
    return time["first_day"], time["last_day"], time["precision"]


def test_yesterday_is_the_day_before_a_dated_document():
    assert _settled("The mill burned yesterday.", "yesterday", date="2019-03-01") == (
        "2019-02-28",
        "2019-02-28",
        "day",
    )


@pytest.mark.parametrize("date", [None, "2019", "2019-03"])
def test_yesterday_stays_open_unless_the_document_has_a_day(date):
    assert _settled("The mill burned yesterday.", "yesterday", date=date) == OPEN


def test_a_day_without_a_year_is_the_nearest_past_one():
    got = _settled("On March, 23, the families left.", "March, 23", date="2019-04-02")
    assert got == ("2019-03-23", "2019-03-23", "day")


@pytest.mark.parametrize("certainty", ["predicted", "possible"])
def test_a_bare_weekday_of_what_has_not_happened_stays_open(certainty):
    assert (
        _settled("They meet on Monday.", "Monday", date="2019-03-06", given={"certainty": certainty}) == OPEN
    )


def test_a_time_behind_will_or_planned_is_not_put_into_the_past():
    assert _settled("Rallies planned for Monday were called off.", "Monday", date="2019-03-06") == OPEN


def test_a_day_that_names_something_is_not_moved_into_the_past_year():
    assert _settled("He wrote of the May 12 attacks.", "May 12", date="2019-06-06") == OPEN
    assert _settled("The May 12 was hot.", "May 12", date="2019-06-06") != OPEN


def test_days_that_the_words_fix_are_left_as_they_are():
    row = claim(time=_time("bridge", "The bridge fell.") | {"first_day": "2012-01-01", "precision": "range"})
    frame = claims(row)
    assert resolve_times(frame, documents(document(date="2019-03-06"))).equals(frame)


def test_a_claim_without_a_time_passes_through_and_order_is_kept():
    rows = [claim(id="c2"), claim(id="c1"), claim(id="c3")]
    assert resolve_times(claims(*rows), documents(document()))["id"].to_list() == ["c2", "c1", "c3"]


def test_a_numeric_date_follows_an_unmistakable_one_of_the_same_shape():
    text = "On 03/04/2019 it fell. On 23/04/2019 it was mended."
    assert _settled(text, "03/04/2019", text=text)[0] == "2019-04-03"
    assert _settled(text, "03/04/2019", text=text.replace("23/04", "04/23"))[0] == "2019-03-04"
    assert _settled(text, "03/04/2019", text=text.replace("23/04/2019", "23.04.2019")) == OPEN
    assert _settled(text, "03/04/2019", text=text + " And 04/23/2019.") == OPEN


def test_the_order_is_shared_by_the_documents_of_one_publisher():
    a = document(id="a", text="Seen on 23/04/2019.", publisher="Delta Post")
    b = document(id="b", text="Seen on 03/04/2019.", publisher="Delta Post")
    c = document(id="c", text="Seen on 04/23/2019.", publisher="Coast Post")
    assert learn_orders(documents(a, b, c)) == {("Delta Post", "/"): True, ("Coast Post", "/"): False}


def test_arabic_words_are_settled_too():
    assert _settled("سقط الجسر منذ أمس.", "منذ أمس", date="2019-03-05") == ("2019-03-04", None, "range")
    assert _settled("سقط الجسر في تشرين الأول.", "تشرين الأول", date="2019-03-05")[0] == "2018-10-01"


@pytest.mark.parametrize(
    ("words", "date", "day"),
    [
        ("26 January", "2022-02-01", "2022-01-26"),
        ("Monday", "2019-03-06", "2019-03-04"),
        ("26 January", "2022", None),  # of a document of a year nobody knows which January
        ("last week", "2019-03-06", None),  # no day, month or year
        ("the same day", "2019-03-06", None),
        ("yesterday", None, None),
    ],
)
def test_the_day_of_saying_is_settled_by_the_date_looking_back(words, date, day):
    quote = f"On {words} the ministry said that the mill will burn."
    start = quote.index(words)
    voice_of = {
        "name": "ministry", "text": None, "start": None, "end": None, "cue": None, "cue_start": None, "cue_end": None,
        "said_text": words, "said_start": start, "said_end": start + len(words), "said": None,
    }  # fmt: skip
    frame = claims(claim(quote=quote, certainty="predicted", attribution=[voice_of]))
    made = resolve_times(frame, documents(document(text=quote, date=date)))
    assert [a["said"] for a in made.to_dicts()[0]["attribution"]] == [day]


def test_a_full_day_of_saying_needs_no_date_of_the_document():
    told = {
        "name": "ministry",
        "said_text": "3 May 2021",
        "said_start": 0,
        "said_end": 10,
        "said": "2021-05-03",
    }
    made = resolve_times(claims(claim(attribution=[told])), documents(document(date=None)))
    assert made.to_dicts()[0]["attribution"][0]["said"] == "2021-05-03"
