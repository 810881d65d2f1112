"""The pages of incidents: the list by day, and each incident with what agrees, what differs and who is accused."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import pytest

from rasid.model.incidents import INCIDENT_RECORDS
from rasid.model.recorded import DATASETS, RECORDS
from rasid.model.standing import INCIDENT_GRADES
from rasid.model.tables import CLAIMS, DOCUMENTS, PASSAGES, PLACES, Row, table
from rasid.present.incident_pages import IncidentTables, print_incidents
from rasid.present.press import open_press
from rasid.present.reading import print_documents
from rasid.present.record import About, SiteTables, checked
from rasid.present.shelf import Spot, open_shelf
from rasid.present.words import standing
from rasid.resolve.incidents import find_incidents
from rasid.weigh.incidents import weigh_incidents
from tests.builders import claim, document, mention

REPORTS = {
    "d1": "Shells killed 12 people in Dovrek on 5 March. A farm burned.",
    "d2": "The Third Column killed 17 people in Dovrek on 5 March <b>, it is said.",
    "d3": "Gunmen killed two people in Halmet. The army denied that it killed 12 people in Dovrek on 5 March.",
}
DAY = {"text": "5 March", "first_day": "2024-03-05", "last_day": "2024-03-05", "precision": "day"}


def at(report: str, words: str, number: int, **given: object) -> Row:
    """A claim of a killing whose quote is a sentence of the report."""
    start = REPORTS[report].index(words)
    place = "Halmet" if "Halmet" in words else "Dovrek"
    row: Row = {
        "id": f"c{number:012}", "document": report, "quote": words, "start": start, "type": "killing", "time": DAY,
        "trigger": {"text": words[:6], "start": start, "end": start + 6}, "voices": [f"author of {report}"],
        "places": [{"text": place, "name": place, "level": "town", "country": None}],
    }  # fmt: skip
    return claim(**(row | given))


def dead(number: float) -> Row:
    return {"text": f"{number:.0f}", "low": number, "high": number, "bound": "exact", "unit": "people",
            "base": "people", "measure": "count", "cumulative": False}  # fmt: skip


@pytest.fixture(scope="module")
def pages() -> Mapping[str, str]:
    frame = table(
        [document(id=d, name=f"{d}.txt", date="2024-03-06", text=t) for d, t in REPORTS.items()], DOCUMENTS
    )
    rows = [
        at("d1", "Shells killed 12 people in Dovrek on 5 March.", 1, quantity=dead(12)),
        at("d2", REPORTS["d2"], 2, quantity=dead(17), actor=mention("The Third Column")),
        at("d3", "Gunmen killed two people in Halmet.", 3, time=None, quantity=dead(2)),
        at("d3", "The army denied that it killed 12 people in Dovrek on 5 March.", 4, polarity="denied"),
    ]  # fmt: skip
    claims = table(rows, CLAIMS)
    found = find_incidents(claims, frame, places=table([], PLACES))
    weighed = weigh_incidents(found.claims, claims)
    dovrek = found.incidents.filter(pl.col("place") == "Dovrek")["id"][0]
    given = IncidentTables(
        found.incidents, found.claims, found.pairs, weighed.sides, weighed.ranges, weighed.accused,
        matches=table([{"incident": dovrek, "record": "s1-7-event", "distance_km": 0.4, "why": "Same day."}],
                      INCIDENT_RECORDS),
        records=table([{"id": "s1-7-event", "dataset": "s1", "row": 7, "part": "event", "type": "killing",
                        "as_said": "13", "column": "best", "first_day": "2024-03-05", "last_day": "2024-03-05"}], RECORDS),
        datasets=table([{"id": "s1", "name": "events.csv"}], DATASETS),
        grades=table([{"incident": dovrek, "proposed": "fair", "reason": "2 credible independent origins tell of it: A, B.",
                       "given": "contested", "because": "two armies are named", "by": "Rana",
                       "at": "2024-04-01T10:00:00+00:00"}], INCIDENT_GRADES),
    )  # fmt: skip
    empty = {name: table([], schema) for name, schema in _other_tables().items()}
    passages = [
        {"document": d, "index": 0, "kind": "sentence", "start": 0, "end": len(t), "language": "en"}
        for d, t in REPORTS.items()
    ]
    shelf = open_shelf(
        checked(SiteTables(documents=frame, passages=table(passages, PASSAGES), claims=claims, **empty))
    )
    press = open_press(About("Tarmil valley", "1", 2, "rules", "rasid"))
    list(print_documents(press, shelf))
    printed = {path: content.decode() for path, content in print_incidents(press, shelf, given)}
    return printed | {"dovrek": printed[f"incidents/{dovrek}.html"], "id": dovrek}


def _other_tables() -> Mapping[str, Mapping[str, pl.DataType]]:
    from rasid.model import tables as t

    names = ("figures", "voices", "questions", "stances", "conflicts", "doubts")
    return {name: getattr(t, name.upper()) for name in names}


def test_the_list_shows_day_place_and_the_span_of_the_dead_and_the_undated_stand_apart(
    pages: Mapping[str, str],
) -> None:
    dated, undated = pages["incidents/index.html"], pages["incidents/undated/index.html"]
    assert "5 March 2024" in dated and "Dovrek" in dated and "12 to 17 people" in dated
    assert "Halmet" not in dated and "Halmet" in undated


def test_an_incident_of_one_claim_leads_to_its_words_and_has_no_page(pages: Mapping[str, str]) -> None:
    assert 'href="../../documents/d3.html#c000000000003"' in pages["incidents/undated/index.html"]
    assert len([path for path in pages if path.startswith("incidents/i") and "index" not in path]) == 1


def test_two_numbers_stand_side_by_side_each_with_its_words(pages: Mapping[str, str]) -> None:
    html = pages["dovrek"]
    differs = html[html.index("Where the voices differ") : html.index('id="numbers"')]
    assert "author of d1" in differs and "author of d2" in differs
    assert "../documents/d1.html#c000000000001" in differs and "../documents/d2.html#c000000000002" in differs


def test_what_is_denied_stands_apart_and_is_not_counted(pages: Mapping[str, str]) -> None:
    html = pages["dovrek"]
    assert "2 claims of 2 voices in 2 reports" in html
    assert html.index("The army denied") > html.index("Not said to have happened")


def test_the_page_gives_the_command_to_split_the_data_row_and_the_reasons(pages: Mapping[str, str]) -> None:
    html = pages["dovrek"]
    assert "rasid incident different c000000000001 c000000000002" in html
    assert "events.csv" in html and "best: 13" in html
    assert "both on 2024-03-05" in html


def test_words_of_a_report_are_escaped(pages: Mapping[str, str]) -> None:
    assert "5 March <b>" not in pages["dovrek"] and "5 March &lt;b&gt;" in pages["dovrek"]


def test_a_case_without_incidents_says_so(about: About, dispute: SiteTables) -> None:
    from rasid.model import incidents as m

    shelf = open_shelf(checked(dispute))
    names = (
        "INCIDENTS",
        "INCIDENT_CLAIMS",
        "INCIDENT_PAIRS",
        "INCIDENT_SIDES",
        "INCIDENT_RANGES",
        "INCIDENT_ACCUSED",
    )
    given = IncidentTables(*(table([], getattr(m, name)) for name in names))
    printed = {path: content.decode() for path, content in print_incidents(open_press(about), shelf, given)}
    assert "No incident with a day was found." in printed["incidents/index.html"]


def test_an_incident_of_hundreds_of_reports_stays_under_a_megabyte() -> None:
    """Long sentences, a number of its own in each, every party named."""
    reports = [f"d{n:03}" for n in range(320)]
    texts = {
        d: f"Shells killed {n + 10} people in Dovrek on 5 March {'and then some more words ' * 40}."
        for n, d in enumerate(reports)
    }
    frame = table(
        [document(id=d, name=f"{d}.txt", date="2024-03-06", text=t) for d, t in texts.items()], DOCUMENTS
    )
    rows: list[Row] = [
        claim(id=f"c{n:012}", document=d, quote=texts[d], start=0, end=len(texts[d]), type="killing", time=DAY,
              quantity=dead(n + 10), actor=mention(f"The {n}th Column"), voices=[f"Voice {n}"],
              places=[{"text": "Dovrek", "name": "Dovrek", "level": "town", "country": None}])
        for n, d in enumerate(reports)
    ]  # fmt: skip
    claims = table(rows, CLAIMS)
    found = find_incidents(claims, frame, places=table([], PLACES))
    weighed = weigh_incidents(found.claims, claims)
    given = IncidentTables(
        found.incidents, found.claims, found.pairs, weighed.sides, weighed.ranges, weighed.accused
    )
    empty = {name: table([], schema) for name, schema in _other_tables().items()}
    shelf = open_shelf(
        checked(SiteTables(documents=frame, passages=table([], PASSAGES), claims=claims, **empty))
    )
    press = open_press(About("Tarmil valley", "1", 2, "rules", "rasid"))
    for row in rows:
        shelf.spots[str(row["id"])] = Spot(
            f"{row['document']}.html", 1, standing("affirmed", "certain"), "Voice"
        )
    pages = dict(print_incidents(press, shelf, given))
    assert found.incidents["documents"].max() == 320
    assert max(map(len, pages.values())) < 1_000_000


def test_the_grade_that_a_person_set_stands_first_and_the_proposed_one_beside_it(
    pages: Mapping[str, str],
) -> None:
    html = pages["dovrek"]
    assert (
        "Grade: contested" in html
        and "Set by <bdi>Rana</bdi>, 1 April 2024: <bdi>two armies are named</bdi>" in html
    )
    assert html.index("Grade: contested") < html.index("The rule proposes fair.")
    assert (
        "contested" in pages["incidents/index.html"]
        and "set by <bdi>Rana</bdi>" in pages["incidents/index.html"]
    )


def test_a_row_of_event_data_opens_its_cells(pages: Mapping[str, str]) -> None:
    assert '<a href="../data/s1-1.html#row-7"><bdi>events.csv</bdi>, row 7</a>' in pages["dovrek"]
