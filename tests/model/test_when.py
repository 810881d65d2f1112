"""Relative times and the date of the document that settles them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.model.values import DateSpan
from rasid.model.when import Settling, settle


def _settled(relative: str, document: str | None, **known: bool) -> tuple[str | None, str | None, str] | None:
    days = settle(relative, Settling(DateSpan.from_iso(document) if document else None, **known))
    if days is None:
        return None
    first, last, precision = days
    return (first and first.isoformat(), last and last.isoformat(), precision.value)


@pytest.mark.parametrize(
    ("relative", "document", "first", "last", "precision"),
    [
        ("document", "2019-03-06", "2019-03-06", "2019-03-06", "day"),
        ("document - 2 days", "2019-03-01", "2019-02-27", "2019-02-27", "day"),
        ("document - 3 hours", "2019-03-01", "2019-02-28", "2019-03-01", "range"),
        ("document - 1 month", "2019-03-31", "2019-02-13", "2019-03-15", "range"),
        ("document - 1 week sharp/document", "2019-03-08", "2019-03-01", "2019-03-08", "range"),
        ("month of document - 1", "2019-01-31", "2018-12-01", "2018-12-31", "month"),
        ("year of document - 1", "2019", "2018-01-01", "2018-12-31", "year"),
        ("weekend of document - 1", "2019-03-03", "2019-02-22", "2019-02-24", "range"),
        ("weekend of document - 1", "2019-03-04", "2019-03-01", "2019-03-03", "range"),
        ("monday up to document", "2019-03-04", "2019-03-04", "2019-03-04", "day"),
        ("monday before document", "2019-03-04", "2019-02-25", "2019-02-25", "day"),
        ("monday after document", "2019-03-04", "2019-03-11", "2019-03-11", "day"),
        ("XXXX-12-30 up to document", "2019-01-02", "2018-12-30", "2018-12-30", "day"),
        ("XXXX-02-29 up to document", "2020-03-02", "2020-02-29", "2020-02-29", "day"),
        ("XXXX-10 before document", "2019-10-02", "2018-10-01", "2018-10-31", "month"),
        ("XXXX-05-25 in year before document", "2019-03-02", "2018-05-25", "2018-05-25", "day"),
        ("XX90-01-03 up to document", "1990-02-01", "1990-01-03", "1990-01-03", "day"),
        ("XX98-01-03 up to document", "2003-02-01", "1998-01-03", "1998-01-03", "day"),
        ("tuesday up to document/..", "2019-03-06", "2019-03-05", None, "range"),
        ("monday up to document/wednesday up to document", "2019-03-05", "2019-02-25", "2019-02-27", "range"),
        ("2019-01/document", "2019-03-05", "2019-01-01", "2019-03-05", "range"),
    ],
)  # fmt: skip
def test_the_date_of_the_document_settles_a_relative_time(relative, document, first, last, precision):
    assert _settled(relative, document) == (first, last, precision)


@pytest.mark.parametrize(
    ("relative", "document"),
    [
        ("document - 1 day", None),
        ("document - 1 day", "2019-03"),
        ("monday up to document", "2019-03"),
        ("month of document - 1", "2019"),
        ("XXXX-03-23 up to document", "2019"),
        ("XXXX-02-29 up to document", "2019-03-02"),
        ("XXXX-03-04 sunday up to document", "2019-03-10"),
        ("mention - 2 days", "2019-03-10"),
        ("2019-03-04 | 2019-04-03", "2019-03-10"),
        ("year of document - 1", "0001-05-05"),
        ("document + 1 day", "9999-12-31"),
    ],
)
def test_what_the_document_does_not_fix_stays_open(relative, document):
    assert _settled(relative, document) is None


def test_a_day_almost_a_year_back_stays_open_since_a_coming_day_is_meant():
    assert _settled("XXXX-03-15 up to document", "2019-03-05") is None
    assert _settled("XXXX-07-15 up to document", "2019-03-05") == ("2018-07-15", "2018-07-15", "day")


def test_a_bare_weekday_stays_open_in_what_has_not_happened():
    assert _settled("monday up to document", "2019-03-06", looks_back=False) is None
    assert _settled("document + 1 day", "2019-03-06", looks_back=False) is not None


def test_the_month_of_a_report_on_the_past_need_not_be_that_of_its_date():
    assert _settled("../month of document ahead", "2019-03-06") is None
    assert _settled("../month of document ahead", "2019-03-06", looks_back=False) == (
        None,
        "2019-03-31",
        "range",
    )


@pytest.mark.parametrize(("day_first", "day"), [(True, "2019-04-03"), (False, "2019-03-04")])
def test_a_numeric_date_follows_the_order_of_its_source(day_first, day):
    assert _settled("2019-04-03 | 2019-03-04", None, day_first=day_first) == (day, day, "day")


def test_a_week_takes_every_start_of_the_week_and_no_day_after_the_document():
    assert _settled("week of document", "2019-03-06") == ("2019-03-02", "2019-03-06", "range")
    assert _settled("week of document - 1", "2019-03-06") == ("2019-02-23", "2019-03-03", "range")


def test_a_relative_time_that_is_not_written_as_defined_is_refused():
    with pytest.raises(ValueError):
        settle("some time", Settling(DateSpan.from_iso("2019-03-06")))


BACKWARD = ["document", "document - 2 days", "document - 1 day/document", "week of document - 1", "week of document",
            "weekend of document - 1", "monday up to document", "monday before document", "XXXX-03-23 up to document",
            "XXXX-22 before document", "XX90-01-03 up to document"]  # fmt: skip


@given(st.sampled_from(BACKWARD), st.dates())
def test_no_past_time_begins_after_its_document(relative, day):
    made = settle(relative, Settling(DateSpan.from_iso(day.isoformat())))
    if made is not None:
        first, last, _ = made
        assert first is not None and last is not None
        assert first <= last
        assert first <= day


@given(st.dates(min_value=date(2, 1, 1), max_value=date(9998, 1, 1)), st.integers(1, 300))
def test_days_are_counted_exactly(day, n):
    made = settle(f"document - {n} days", Settling(DateSpan.from_iso(day.isoformat())))
    assert made is not None
    assert made[0] == day - timedelta(days=n)
