"""In a real Chromium, from a folder: a column opens its rows by keyboard, the table opens, nothing spills at 390 px."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from rasid.model.ids import content_id
from rasid.present.activity_book import ActivityTables, open_book
from rasid.present.activity_pages import print_activity
from rasid.present.outlines import load_outlines
from rasid.present.press import assets, open_press
from rasid.present.record import About, SiteTables, checked
from rasid.present.shelf import open_shelf
from rasid.weigh.activity import activity_for_questions, weigh_activity
from tests.event_rows import datasets, event, records

pytestmark = pytest.mark.browser
PAGE = f"activity/{content_id('a', 'Northern Column')}.html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, dispute: SiteTables, about: About) -> Path:
    root = tmp_path_factory.mktemp("activity & spaces")
    rows = records(
        *(
            event(2 + n, f"{2020 + n % 24 // 12}-{n % 12 + 1:02}-{n // 24 + 1:02}", best=4.0, high=9.0)
            for n in range(72)
        )
    )
    given = datasets()
    held = weigh_activity(given, rows)
    beside = activity_for_questions(dispute.questions, held.activity)
    tables = ActivityTables(given, rows, held.coverage, held.activity, held.shifts, held.moves, beside)
    shelf = open_shelf(checked(dispute))
    site = dict(assets()) | dict(
        print_activity(open_press(about), shelf, open_book(tables, {"SY": "Syria"}), load_outlines())
    )
    site["assets/charts.css"] = files("rasid.present").joinpath("static", "charts.css").read_bytes()
    for path, content in site.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return root


def opened(browser: Browser, folder: Path, *, width: int = 1280) -> tuple[Page, list[str]]:
    """The page of a group without scripts, and a list that fills with every complaint of the browser."""
    page = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((folder / PAGE).as_uri())
    return page, complaints


def test_a_column_opens_its_rows_by_keyboard(browser: Browser, folder: Path) -> None:
    page, complaints = opened(browser, folder)
    column = page.get_by_label("March 2020: 3 events").first
    column.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/*-rows1.html#m2020-03")
    assert page.locator(":target").get_by_role("row").count() == 4
    assert complaints == []


def test_the_table_under_a_chart_holds_its_numbers(browser: Browser, folder: Path) -> None:
    page, _ = opened(browser, folder)
    block = page.locator("figure.chart-block").first
    block.locator("summary").click()
    row = block.get_by_role("row").filter(has_text="2020-03")
    assert [cell.strip() for cell in row.get_by_role("cell").all_inner_texts()] == ["3", "0", "yes"]


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_the_screen(browser: Browser, folder: Path, width: int) -> None:
    for path in (
        PAGE,
        "activity/index.html",
        "activity/s00000000000a.html",
        PAGE.replace(".html", "-rows1.html"),
    ):
        page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
        page.goto((folder / path).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_column_of_the_chart_is_drawn_in_both_schemes(browser: Browser, folder: Path) -> None:
    seen = set()
    for scheme in ("light", "dark"):
        page = browser.new_context(color_scheme=scheme).new_page()  # type: ignore[arg-type]
        page.goto((folder / PAGE).as_uri())
        seen.add(page.locator(".chart .column").first.evaluate("e => getComputedStyle(e).fill"))
    assert len(seen) == 2 and not any("none" in fill or fill == "rgb(0, 0, 0)" for fill in seen)
