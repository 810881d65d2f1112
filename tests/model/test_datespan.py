"""DateSpan in and out of EDTF."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.model.values import DateSpan, Precision


@pytest.mark.parametrize(
    ("edtf", "first", "last", "precision"),
    [
        ("2019", "2019-01-01", "2019-12-31", "year"),
        ("2019-02", "2019-02-01", "2019-02-28", "month"),
        ("2019-03-05", "2019-03-05", "2019-03-05", "day"),
        ("2019-03-05/2019-03-09", "2019-03-05", "2019-03-09", "range"),
        ("2019-03/2020-02", "2019-03-01", "2020-02-29", "range"),
        ("199X", "1990-01-01", "1999-12-31", "range"),
        ("2015-22", "2015-06-01", "2015-09-22", "range"),
        ("2013-24", "2012-12-01", "2014-03-20", "range"),
    ],
)
def test_edtf_gives_the_days_it_allows_and_comes_back_the_same(edtf, first, last, precision):
    span = DateSpan.from_edtf(edtf)
    assert (str(span.first_day), str(span.last_day), span.precision.value) == (first, last, precision)
    assert span.to_edtf() == edtf


@pytest.mark.parametrize(
    ("edtf", "first", "last"), [("../2015-12", None, date(2015, 12, 31)), ("2012/..", date(2012, 1, 1), None)]
)
def test_an_open_side_has_no_day(edtf, first, last):
    span = DateSpan.from_edtf(edtf)
    assert (span.first_day, span.last_day, span.precision) == (first, last, Precision.RANGE)


@pytest.mark.parametrize("edtf", ["2019~", "2019-03?", "2019-03-05%"])
def test_a_qualifier_is_kept(edtf):
    assert DateSpan.from_edtf(edtf).qualifier == edtf[-1]
    assert DateSpan.from_edtf(edtf).to_edtf() == edtf


@pytest.mark.parametrize(
    "wrong",
    ["", "~", "../..", "/", "2019-25", "19X", "2019-02-30", "2020/2019", "yesterday", "2019-03-05T10:00"],
)
def test_what_is_no_edtf_is_refused(wrong):
    with pytest.raises(ValueError):
        DateSpan.from_edtf(wrong)


def test_an_open_span_has_no_edtf():
    assert DateSpan(None, None, Precision.OPEN, "yesterday", "document - 1 day").to_edtf() is None


def test_a_season_that_there_is_not_is_refused():
    with pytest.raises(ValueError):
        DateSpan.of_season(2019, 25)


@given(st.dates(min_value=date(1000, 1, 1)), st.dates(min_value=date(1000, 1, 1)))
def test_every_range_comes_back_with_the_same_days(one, other):
    low, high = sorted((one, other))
    back = DateSpan.from_edtf(str(DateSpan(low, high, Precision.RANGE, "x").to_edtf()))
    assert (back.first_day, back.last_day) == (low, high)
