"""How the parts of a claim are put into words."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from rasid.model.tables import CLAIMS, table
from rasid.present.record import SiteTables, checked
from rasid.present.shelf import Spot, open_shelf
from rasid.present.words import standing


def mention(text: str, name: str | None) -> dict[str, object]:
    return {"text": text, "name": name, "start": 0, "end": len(text)}


def open_facts(dispute: SiteTables, **changed: object) -> dict[str, str]:
    row = dispute.claims.row(0, named=True) | changed
    shelf = open_shelf(checked(replace(dispute, claims=table([row], CLAIMS))))
    shelf.spots[row["id"]] = Spot("x.html", 1, standing("affirmed", "certain"), "A")
    return dict(shelf.view(row, shelf.documents[row["document"]]).facts)


def test_a_name_is_followed_by_the_words_only_where_they_differ(dispute: SiteTables) -> None:
    said = [mention("the  Guard", "Guard"), mention("its men", "Southern Guard"), mention("Salma", None)]
    assert [open_facts(dispute, actor=who)["Who"] for who in said] == [
        "Guard",
        "Southern Guard (“its men”)",
        "Salma",
    ]


def test_a_time_that_cannot_be_put_on_the_calendar_says_so(dispute: SiteTables) -> None:
    time = {
        "text": "yesterday",
        "first_day": None,
        "last_day": None,
        "precision": "open",
        "start": 0,
        "end": 9,
    }
    assert open_facts(dispute, time=time)["When"] == "“yesterday” (not put on the calendar)"


def test_what_was_not_said_has_no_line(dispute: SiteTables) -> None:
    bare = dict.fromkeys(("actor", "target", "instrument", "places", "time", "quantity", "persons"))
    assert open_facts(dispute, **bare) == {}


def test_documents_with_a_date_come_first_then_by_name(dispute: SiteTables) -> None:
    shelf = open_shelf(checked(dispute))
    dates = [view.date for view in shelf.documents.values()]
    assert dates == ["2024", "2024-03", "2024-03-06", "2024-03-07", None, None]


def test_each_document_gets_its_own_claims(dispute: SiteTables) -> None:
    shelf = open_shelf(checked(dispute))
    for document in shelf.documents.values():
        own = dispute.claims.filter(pl.col("document") == document.id)["id"]
        assert {row["id"] for row in shelf.claim_rows(document)} == set(own)
