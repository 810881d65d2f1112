"""Dates that people give to documents, and documents that have none."""

import pytest

from rasid.resolve.dates import date_documents, date_doubts, read_dates
from rasid.resolve.times import resolve_times
from tests.builders import claim, claims, document, documents, settled

TEXT = "Yesterday the mill burned."


def said(words="Yesterday", precision="open"):
    return {"text": words, "first_day": None, "last_day": None, "precision": precision, "start": 0, "end": 9}


def dated(*decisions, **given):
    held = documents(document(text=TEXT, **given))
    return date_documents(held, read_dates(held, decisions))


@pytest.mark.parametrize(("file_says", "counts"), [(None, "2019-03"), ("2018-01-01", "2019-03")])
def test_a_persons_date_counts_before_that_of_the_file(file_says, counts):
    assert dated(settled("d000000000001", "2019-03"), date=file_says)["date"].to_list() == [counts]


def test_documents_nobody_dated_keep_what_the_file_says():
    assert dated(settled("d9", "2019"), date="2018-01-01")["date"].to_list() == ["2018-01-01"]


def test_yesterday_gets_its_day_when_a_person_dates_the_document():
    rows = claims(claim(quote=TEXT, time=said()))
    got = resolve_times(rows, dated(settled("d000000000001", "2019-03-23")))["time"][0]
    assert (got["first_day"], got["last_day"], got["precision"]) == ("2019-03-22", "2019-03-22", "day")
    assert resolve_times(rows, dated())["time"][0]["first_day"] is None


def test_yesterday_stays_open_in_a_document_dated_by_a_month():
    got = resolve_times(claims(claim(quote=TEXT, time=said())), dated(settled("d000000000001", "2019-03")))
    assert got["time"][0]["precision"] == "open"


def test_an_undated_document_is_one_doubt_that_says_what_hangs_on_it_and_what_to_type():
    rows = claims(
        claim(quote=TEXT, time=said()),
        claim(id="c2", quote=TEXT, time=said("some day")),
        claim(id="c3", quote=TEXT),
    )
    doubts = date_doubts(dated(), rows, ()).to_dicts()
    assert [(d["what"], d["name"], d["document"]) for d in doubts] == [("no date", "a.txt", "d000000000001")]
    assert "3 claims" in doubts[0]["sentence"]
    assert '"Yesterday".' in doubts[0]["sentence"] and "some day" not in doubts[0]["sentence"]
    assert '`rasid settle date "a.txt" YYYY-MM-DD`' in doubts[0]["advice"]


def test_two_documents_of_one_name_are_told_apart_by_their_ids():
    held = documents(document(id="d1"), document(id="d2"))
    doubts = date_doubts(held, claims(claim(document="d1"), claim(id="c2", document="d2")), ())
    assert ["d1" in a or "d2" in a for a in doubts["advice"]] == [True, True]


def test_a_document_with_a_date_or_without_claims_makes_no_doubt():
    rows = claims(claim(quote=TEXT))
    assert date_doubts(dated(date="2018"), rows, ()).height == 0
    assert date_doubts(dated(), claims(), ()).height == 0


def test_the_date_of_a_document_that_is_gone_is_listed():
    decision = settled("d9", "2019-03", shown="letter.txt")
    doubts = date_doubts(dated(date="2018"), claims(), (decision,)).to_dicts()
    assert [(d["what"], d["name"]) for d in doubts] == [("decision without effect", "letter.txt")]
    assert "`rasid reopen date d9`" in doubts[0]["advice"]
