"""The pages of lists of people: counted and estimated apart, uncertainty drawn, names only if asked for."""

from __future__ import annotations

import re
from dataclasses import fields, replace

import pytest

from rasid.model import tables
from rasid.model.people import (
    ESTIMATE,
    LINK_REASONS,
    LINKING,
    LIST_PLACES,
    LISTED_CLAIMS,
    LISTINGS,
    LISTS,
    OVERLAP,
    PERSONS,
)
from rasid.model.tables import DOUBTS, Row, table
from rasid.present.parts import SiteParts
from rasid.present.people_draw import axis, dots, quantiles, strip
from rasid.present.people_pages import PeopleTables, print_people
from rasid.present.press import open_press
from rasid.present.record import About, SiteTables
from rasid.present.shelf import Shelf
from rasid.present.site import render_site

ABOUT = About("The valley", "0", 1, "rules", "rasid")


def listing(n: int, which: str, name: str) -> Row:
    return {
        "id": f"l{n}",
        "list": which,
        "name": name,
        "date": "2021-03-04",
        "place": "Marbat",
        "sex": "female",
    }


def figure(what: str, name: str, value: float, low: float, high: float) -> Row:
    draws = [low, value, high] if what == "model" else None
    return {
        "stratum": "",
        "what": what,
        "name": name,
        "value": value,
        "low": low,
        "high": high,
        "draws": draws,
    }


FIGURES = [
    figure("population", "", 4321.0, 4100.0, 4700.0),
    figure("unlisted", "", 1234.0, 1013.0, 1613.0),
    figure("model", "graphs", 4300.0, 4100.0, 4500.0),
    figure("model", "chao", 4150.0, 4090.0, 4400.0) | {"words": "a lower bound"},
    {"stratum": "", "what": "weight", "name": "graphs", "value": 1.0},
    {"stratum": "", "what": "width", "name": "sampling", "value": 0.75},
    {"stratum": "", "what": "width", "name": "linkage", "value": 0.25},
]
REFUSED: Row = {
    "stratum": "",
    "what": "refused",
    "name": "no overlap",
    "words": "No two of the lists share a person.",
    "helps": "Check the linkage first.",
}


@pytest.fixture
def people() -> PeopleTables:
    listings = [
        listing(1, "monitor", "Salma <Idrin>"),
        listing(2, "press", "Selma Idrin"),
        listing(3, "press", "Haro"),
    ]
    counted = [
        ("list", "monitor", "", 1.0), ("list", "press", "", 2.0), ("shared", "monitor", "press", 1.0),
        ("size", "1", "", 1.0), ("size", "2", "", 3086.0), ("pattern", "11", "", 1.0), ("pattern", "01", "", 1.0),
    ]  # fmt: skip
    facts = {"rows": 3, "pairs compared": 2, "links never compared": 0.5, "answers": 1}
    facts |= {"answers same": 1, "answers different": 0, "answers cannot tell": 0}
    given = [
        {
            "name": n,
            "file": f"{n}.csv",
            "sha256": "0",
            "rows": 2,
            "named": 2,
            "deduplicated": True,
            "columns": "name=N",
        }
        for n in ("monitor", "press")
    ]
    return PeopleTables(
        lists=table(given, LISTS),
        listings=table(listings, LISTINGS),
        persons=table([{"id": f"l{n}", "person": p} for n, p in ((1, "p1"), (2, "p1"), (3, "p2"))], PERSONS),
        places=table([{"written": "Marbat", "shown": "Marbat"}], LIST_PLACES),
        findings=table([], DOUBTS),
        overlap=table([{"what": w, "one": a, "other": b, "persons": n} for w, a, b, n in counted], OVERLAP),
        linking=table([{"what": k, "value": float(v)} for k, v in facts.items()], LINKING),
        estimate=table(FIGURES, ESTIMATE),
    )


def pages(people: PeopleTables) -> dict[str, str]:
    press = open_press(ABOUT)
    return {path: content.decode() for path, content in print_people(press, people)}


def test_counted_and_estimated_never_share_a_section_a_drawing_or_a_sentence(people: PeopleTables) -> None:
    page = pages(people)["estimate/index.html"]
    counted = page.split('<section class="counted"')[1].split("</section>")[0]
    assert "3,087" in counted
    assert not any(number in counted for number in ("4,321", "4,100", "1,234"))
    assert page.count("3,087") == 1
    assert "<svg" not in counted


def test_the_lists_page_holds_no_estimated_number(people: PeopleTables) -> None:
    page = pages(people)["lists/index.html"]
    assert not any(number in page for number in ("4,321", "4,100", "4,700", "1,234"))
    assert "Nothing on it is estimated" in page


def test_every_drawing_is_hidden_from_screen_readers_and_has_its_table(people: PeopleTables) -> None:
    for path, page in pages(people).items():
        assert len(re.findall("<svg", page)) == len(re.findall("<svg[^>]* aria-hidden", page)), path
    page = pages(people)["estimate/index.html"]
    for number in ("4,321", "4,100", "4,700", "4,300", "4,150", "75 %", "25 %"):
        assert f"{number}</td>" in page


def test_a_lower_bound_is_called_one_and_has_no_weight(people: PeopleTables) -> None:
    page = pages(people)["estimate/index.html"]
    assert "4,090 to 4,400, a lower bound" in page


def test_a_refusal_gives_no_figure_but_the_reason_and_what_helps(people: PeopleTables) -> None:
    page = pages(replace(people, estimate=table([REFUSED], ESTIMATE)))["estimate/index.html"]
    assert "No figure is given" in page
    assert "No two of the lists share a person." in page
    assert "Check the linkage first." in page
    assert "<circle" not in page


def test_names_stand_on_a_page_only_if_the_owner_asked_for_them(people: PeopleTables) -> None:
    assert not any("Idrin" in page for page in pages(people).values())
    named = pages(replace(people, names=True))
    assert "Salma &lt;Idrin&gt;" in named["people/rows/index.html"]
    assert named["people/rows/index.html"].count('<section class="person"') == 2


def test_a_row_that_was_made_from_a_claim_opens_its_words(people: PeopleTables) -> None:
    held = {field.name: table([], getattr(tables, field.name.upper())) for field in fields(SiteTables)}
    shelf = Shelf(SiteTables(**held), {})
    behind = table([{"id": "l1", "claim": "c1", "document": "d000000000007"}], LISTED_CLAIMS)
    named = replace(people, names=True, claims=behind)
    printed = dict(print_people(open_press(ABOUT), named, shelf=shelf))
    page = printed["people/rows/index.html"].decode()
    assert page.count('documents/d000000000007.html">its words</a>') == 1
    assert "its words" not in pages(named)["people/rows/index.html"]  # a row of a file has no sentence


def test_each_person_shows_why_its_rows_are_one_in_bits(people: PeopleTables) -> None:
    person = dict(people.persons.iter_rows())["l1"]
    link = {"person": person, "left_id": "l1", "right_id": "l2"}
    rows = [
        link | {"place": 0, "sentence": "the same <day>", "bits": 6.04},
        link | {"place": 1, "sentence": "ages apart", "bits": -1.5},
        link | {"place": 2, "sentence": "together: probability 0.960", "bits": 4.54},
    ]
    page = pages(replace(people, names=True, reasons=table(rows, LINK_REASONS)))["people/rows/index.html"]
    assert page.count("<summary>Why ") == 1
    said = page[page.index('class="bits"') :]
    assert "+6.0" in said and "\N{MINUS SIGN}1.5" in said and "the same &lt;day&gt;" in said
    assert said.index("+6.0") < said.index("together: probability 0.960")


def test_sums_count_persons_not_rows(people: PeopleTables) -> None:
    page = pages(people)["people/index.html"]
    assert "2 persons documented" in page
    assert "By status" not in page  # nothing is known of it


def test_a_case_without_lists_has_no_pages_of_people_in_its_navigation() -> None:
    def page(absent: frozenset[str], section: str) -> str:
        press = open_press(ABOUT, absent=absent)
        return press.page("x.html", "base.html", title="x", section=section)[1].decode()

    assert "Listed people" in page(frozenset(), "Overview")
    assert "estimate/index.html" in page(frozenset(), "People")
    assert "Listed people" not in page(SiteParts().absent(), "Overview")


def test_the_pages_of_a_group_stand_under_it_only_where_they_are_near() -> None:
    press = open_press(ABOUT)
    at_map = press.page("map/index.html", "base.html", title="x", section="Map")[1].decode()
    at_start = press.page("index.html", "base.html", title="x", section="Overview")[1].decode()
    assert 'aria-current="page">Map' in at_map and "timeline/index.html" in at_map
    assert "timeline/index.html" not in at_start


def test_an_axis_is_round_and_holds_all_numbers() -> None:
    held = axis([4090.0, 4700.0])
    assert held.first <= 4090 < 4700 <= held.last
    assert all(number % 100 == 0 for number, _ in held.ticks)
    assert held.place(held.first) == 0.0
    assert held.place(held.last) == 100.0


def test_an_axis_of_one_number_has_a_width() -> None:
    held = axis([7.0, 7.0])
    assert held.first < 7 < held.last


def test_twenty_dots_stand_for_equal_shares_of_the_draws() -> None:
    draws = [(10.0, 0.5), (20.0, 0.25), (30.0, 0.25)]
    assert quantiles(draws, count=4) == [10.0, 10.0, 20.0, 30.0]
    placed = dots(draws, axis([10.0, 30.0]), count=20)
    assert len(placed) == 20
    assert sorted({height for _, height in placed}) == list(range(10))


def test_bars_lie_inside_each_other() -> None:
    wide, most, half = strip([float(n) for n in range(101)], 2.0, 98.0, on=axis([0.0, 100.0]))
    assert wide[0] < most[0] < half[0]
    assert half[0] + half[1] < most[0] + most[1] < wide[0] + wide[1]


def test_the_front_page_of_a_case_of_lists_alone_shows_the_lists_and_no_empty_counts(
    people: PeopleTables,
) -> None:
    nothing = {field.name: tables.empty(getattr(tables, field.name.upper())) for field in fields(SiteTables)}
    front = dict(render_site(SiteTables(**nothing), ABOUT, parts=SiteParts(people=people)))[
        "index.html"
    ].decode()
    assert 'id="lists"' in front
    assert "0</b>" not in front
    assert "No question is asked yet" not in front
