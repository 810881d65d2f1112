"""What the words of a time mean, and the names of the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.knowledge.calendar import fold, hijri_day, hijri_month, hijri_month_in, load_calendar
from rasid.knowledge.time_phrases import read_phrase, span_of
from rasid.knowledge.time_phrases_arabic import find_arabic_phrases, read_arabic_phrase
from rasid.model.values import DateSpan
from rasid.model.when import Settling, settle


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("from 3 to 7 May 2018", "2018-05-03/2018-05-07"), ("April 12-14, 2019", "2019-04-12/2019-04-14"),
        ("2011/12", "2011/2012"), ("from 2015 to 2017", "2015/2017"),
        ("between December and January 2019", "2018-12/2019-01"), ("the 1990s", "199X"), ("the summer of 2015", "2015-22"),
        ("10:30 a.m. on 5 May 2019", "2019-05-05"), ("around 12 March 2019", "2019-03-09/2019-03-15"),
        ("yesterday at 10:30", "document - 1 day"), ("Sunday, 3 March", "XXXX-03-03 sunday up to document"),
        ("03/04/2019", "2019-04-03 | 2019-03-04"), ("two days earlier", "mention - 2 days"),
        ("by the end of the month", "../month of document ahead"), ("since Tuesday", "tuesday up to document/.."),
        ("for the third day in a row", "document - 3 days/document"), ("12 Ramadan 1440", "2019-05-15/2019-05-19"),
        ("12 Kanun al-Thani 2014", "2014-01-12"), ("3 Jan 90", "XX90-01-03 up to document"),
        ("25 May last year", "XXXX-05-25 in year before document"), ("2017-06-06T03:20", "2017-06-06"), ("since_2012", "2012/.."),
        ("10:30", ""), ("a few days ago", ""), ("the next day", ""), ("the coming years", ""),
    ],
)  # fmt: skip
def test_words_mean_days_or_what_they_hang_on(said, meaning):
    assert read_phrase(said) == meaning


@pytest.mark.parametrize(
    "said", ["31 February 2020", "2024-13-45", "45/01/2020", "13/14/2020", "from 2017 to 2015"]
)
def test_words_that_no_calendar_has_are_no_date(said):
    assert read_phrase(said) is None


def test_a_meaning_with_days_is_no_longer_relative():
    assert span_of("2019-03", as_said="March 2019").relative == ""
    assert span_of("document - 1 day", as_said="yesterday").first_day is None


@pytest.mark.parametrize(
    ("text", "said", "meaning"),
    [
        ("في ١٢ آذار/مارس ٢٠١٩ سقط الجسر", "١٢ آذار/مارس ٢٠١٩", "2019-03-12"),
        ("في الثالث والعشرين من نيسان 2018", "الثالث والعشرين من نيسان 2018", "2018-04-23"),
        ("ومنذ عام 2012 لم يعد", "منذ عام 2012", "2012/.."),
        ("قبل ثلاثة أيام", "قبل ثلاثة أيام", "document - 3 days"),
        ("في ١٢ رمضان ١٤٤٠ هـ.", "١٢ رمضان ١٤٤٠ هـ", "2019-05-15/2019-05-19"),
        ("في 12 آذَار 2019", "12 آذَار 2019", "2019-03-12"),
    ],
)
def test_arabic_times_stand_where_they_are_and_mean_the_same_alone(text, said, meaning):
    ((start, end, found),) = find_arabic_phrases(text)
    assert (text[start:end], found) == (said, meaning)
    assert read_arabic_phrase(said) == meaning


def test_words_that_double_as_arabic_months_need_a_day_a_year_or_the_word_month():
    assert find_arabic_phrases("مارس الحارس ضغوطا") == []
    assert find_arabic_phrases("في شهر مارس")[0][2] == "XXXX-03 up to document"


def test_the_hijri_table_agrees_with_known_first_days():
    assert hijri_day(1, 1, 1) == date(622, 7, 19)  # 16 July 622 in the Julian calendar
    assert hijri_day(1420, 9, 1) == date(1999, 12, 9)
    assert hijri_month(1445, 12)[1] == hijri_day(1446, 1, 1) - timedelta(days=1)


def test_a_hijri_month_that_begins_twice_in_a_year_is_left_open():
    assert hijri_month_in(2030, 9) is None  # Ramadan in January and in December
    assert hijri_month_in(2014, 9) is not None


@pytest.mark.parametrize("day", [(0, 1, 1), (1440, 13, 1), (1440, 1, 31)])
def test_a_day_that_the_hijri_calendar_lacks_is_refused(day):
    with pytest.raises(ValueError):
        hijri_day(*day)


def test_folding_moves_no_letter():
    assert fold("٢٠١٩ آذار İ March’s") == "2019 اذار İ march's"


def test_every_list_of_the_calendar_is_whole():
    cal = load_calendar()
    twelve = set(range(1, 13))
    assert all(
        set(m.values()) == twelve
        for m in (cal.months, cal.levantine, cal.arabic, cal.hijri, cal.hijri_arabic)
    )
    assert set(cal.weekdays.values()) == set(cal.weekdays_arabic.values()) == set(range(7))
    assert cal.arabic_doubles <= cal.arabic.keys()


WORDS = ["since", "until", "from", "to", "between", "and", "-", "/", "the", "last", "next", "early", "of", "12", "31", "2019",
         "99999999999", "0", "march", "may", "monday", "week", "month", "years", "days", "ago", "earlier", "yesterday", "today",
         "03/04/2019", "1990s", "summer", "ramadan", "1440", "around", "for", "third", "day", "at", "10:30", "two"]  # fmt: skip
ARABIC_WORDS = ["منذ", "حتى", "من", "الى", "بين", "و", "12", "2019", "آذار", "رمضان", "1440", "هـ", "أمس", "اليوم", "قبل", "يومين",
                "الأسبوع", "الماضي", "يوم", "الجمعة", "عام", "-", "/", "العاشر", "99999999999", "أيام"]  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=8),
    st.lists(st.sampled_from(ARABIC_WORDS), max_size=8),
    st.dates(),
)
def test_any_words_mean_something_that_any_document_can_settle_or_leave(words, arabic, day):
    known = Settling(DateSpan.from_iso(day.isoformat()), day_first=True)
    text = " ".join(arabic)
    meanings = [
        read_phrase(" ".join(words)),
        read_arabic_phrase(text),
        *(m for _, _, m in find_arabic_phrases(text)),
    ]
    for meaning in meanings:
        if meaning:
            span = span_of(meaning, as_said="x")
            settled = (
                settle(span.relative, known)
                if span.relative
                else (span.first_day, span.last_day, span.precision)
            )
            assert settled is None or settled[0] is None or settled[1] is None or settled[0] <= settled[1]
