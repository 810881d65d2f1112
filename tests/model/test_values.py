from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.model.ids import content_id, document_id
from rasid.model.values import DateSpan, Precision


def test_a_month_stays_a_month():
    span = DateSpan.from_iso("2024-02")
    assert (span.first_day, span.last_day, span.precision) == (
        date(2024, 2, 1),
        date(2024, 2, 29),
        Precision.MONTH,
    )


def test_a_year_stays_a_year():
    assert DateSpan.from_iso("2012").last_day == date(2012, 12, 31)


@pytest.mark.parametrize(
    "wrong", ["2024-13", "2024-02-30", "March", "24-02", "2024-2", "", "2024-02-01T00:00"]
)
def test_what_is_not_on_the_calendar_is_refused(wrong):
    with pytest.raises(ValueError):
        DateSpan.from_iso(wrong)


@given(st.dates())
def test_a_day_is_one_day(day):
    if day.year < 1000:
        return
    span = DateSpan.from_iso(day.isoformat())
    assert span.first_day == span.last_day == day
    assert span.precision is Precision.DAY


def test_ids_depend_on_content_and_on_where_it_is_parted():
    assert content_id("x", "ab", "c") != content_id("x", "a", "bc")
    assert document_id("0" * 64) == document_id("0" * 64, "")
    assert document_id("0" * 64, "a.txt") != document_id("0" * 64)


@given(st.text())
def test_any_text_has_an_id(text):
    made = content_id("d", text)
    assert made[0] == "d"
    assert len(made) == 13
