"""The map: what is not said to have happened is apart, each mark opens its words, the start stays small."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from playwright.sync_api import Browser, Page

from rasid.present.site import About, SiteTables, render_site
from tests.present.mapcase import write_many, write_map_case

CODES = ("affirmed", "partial", "possible", "predicted", "denied")


@pytest.fixture(scope="module")
def case() -> SiteTables:
    return write_map_case()


@pytest.fixture(scope="module")
def site(case: SiteTables, about: About) -> dict[str, bytes]:
    return dict(render_site(case, about))


def called(content: bytes, name: str) -> Any:
    """What a data file hands to its function."""
    match = re.fullmatch(rf"{name}\((?:\d+,)?(.*)\);\n", content.decode("utf-8"), re.DOTALL)
    assert match is not None
    return json.loads(match.group(1))


def rows_of(site: dict[str, bytes]) -> list[dict[str, Any]]:
    """The rows of all marks, read as map.js reads them."""
    held: list[dict[str, Any]] = []
    for number in range(1, sum(bool(re.match(r"data/map-\d", path)) for path in site) + 1):
        chunk = called(site[f"data/map-{number}.js"], "rasidMap")
        assert chunk["first"] == len(held)
        at = 0
        for mark in chunk["marks"]:
            day = 0
            for _ in range(mark[10]):
                kind, actor, target, chain, code, first, last = (column[at] for column in chunk["columns"])
                day += first or 0
                held.append(
                    {
                        "mark": mark,
                        "type": chunk["names"][kind],
                        "actor": chunk["names"][actor],
                        "target": chunk["names"][target],
                        "voices": [chunk["names"][n] for n in chunk["chains"][chain]],
                        "code": CODES[code],
                        "first": None if first is None else day,
                        "last": None if last is None else last + (0 if first is None else day),
                        "again": at in chunk["again"],
                    }
                )
                at += 1
    return held


def quotes_of(site: dict[str, bytes]) -> list[list[Any]]:
    held: list[list[Any]] = []
    for number in range(1, sum(path.startswith("data/map-words") for path in site) + 1):
        chunk = called(site[f"data/map-words-{number}.js"], "rasidWords")
        assert chunk["first"] == len(held)
        held += chunk["rows"]
    return held


def test_each_row_of_the_map_has_the_standing_the_days_and_the_words_of_its_claim(
    site: dict[str, bytes], case: SiteTables
) -> None:
    rows, quotes = rows_of(site), quotes_of(site)
    claims = {claim["id"]: claim for claim in case.claims.to_dicts()}
    assert len(rows) == len(quotes) == 11
    for row, (page, claim, _, _, words) in zip(rows, quotes, strict=True):
        held = claims[claim]
        assert words == held["quote"] and page == f"{held['document']}.html"
        assert row["voices"] == held["voices"] and row["type"] == held["type"].replace("_", " ")
        assert (row["code"] == "denied") == (held["polarity"] == "denied")
        assert (row["code"] == "predicted") == (held["certainty"] == "predicted")
        for end, day in (("first_day", row["first"]), ("last_day", row["last"])):
            said = (held["time"] or {}).get(end)
            assert day == (said and pl.Series([said]).str.to_date().to_physical()[0])


def test_a_district_a_governorate_and_a_country_are_no_points(site: dict[str, bytes]) -> None:
    forms = {row["mark"][1]: (row["mark"][4], row["mark"][5]) for row in rows_of(site)}
    assert forms["Bir Nasr"] == (0, 0) and forms["Tel Marun"] == (0, 0)
    assert forms["east of Tel Marun"] == (1, 25) and forms["Wadi Shams"] == (1, 30)
    assert forms["Idleb"] == (2, "SY07") and forms["Syria"] == (2, "SY")


def test_a_claim_with_two_places_stands_at_both_and_is_counted_once(case: SiteTables, about: About) -> None:
    both = pl.lit([{"text": t, "name": None, "level": None, "country": None, "start": 0, "end": 0} for t in ("Tel Marun", "Idleb")], dtype=case.claims.schema["places"])  # fmt: skip
    first = pl.col("quote").str.starts_with("On 4 March")
    twice = replace(
        case, claims=case.claims.with_columns(places=pl.when(first).then(both).otherwise("places"))
    )
    made = dict(render_site(twice, about))
    assert sum(row["again"] for row in rows_of(made)) == 1 and len(rows_of(made)) == 12
    assert "11 claims of 12 on the map" in made["map/index.html"].decode("utf-8")


def test_without_a_script_the_table_counts_what_did_not_happen_apart(site: dict[str, bytes]) -> None:
    page = site["map/index.html"].decode("utf-8")
    (row,) = re.findall(r"<tr><th[^>]*><a [^>]*><bdi>Tel Marun</bdi>.*?</tr>", page, re.DOTALL)
    cells = dict(re.findall(r'data-label="([^"]+)">([^<]*)<', row))
    assert cells == {
        "Known": "at this place",
        "Said to be so": "3",
        "Possible": "–",
        "Predicted": "1",
        "Denied": "–",
    }
    assert "1 whose place is" in page and "Qasr Lun" not in page


def test_the_page_loads_its_own_scripts_only_and_says_so_in_its_policy(site: dict[str, bytes]) -> None:
    page = site["map/index.html"].decode("utf-8")
    assert re.findall(r'<script src="([^"]+)"', page) == ["../assets/map-draw.js", "../assets/map.js"]
    assert page.count("<script") == 2 and "script-src &#39;self&#39; file:;" in page
    for path in ("assets/map.js", "assets/map-draw.js"):
        content = site[path].decode("utf-8")
        assert not re.search(
            r"https?:|innerHTML|insertAdjacent|eval\(|XMLHttp|\bfetch\(|setAttribute\(.style", content
        )


def test_the_switches_for_what_did_not_happen_are_off(site: dict[str, bytes]) -> None:
    boxes = re.findall(
        r'<input id="f-(\w+)"[^>]*type="checkbox"[^>]*>', site["map/index.html"].decode("utf-8")
    )
    assert boxes == ["possible", "predicted", "denied", "undated"]
    assert " checked" not in site["map/index.html"].decode("utf-8")


def test_hostile_names_cannot_end_a_script(case: SiteTables, about: About) -> None:
    bad = "</script><script>alert(1)</script>\u2028 & <b>"
    places = case.places.with_columns(
        name=pl.lit(bad), reason=pl.lit(bad), adm1=pl.lit(bad), adm2=pl.lit(bad)
    )
    claims = case.claims.with_columns(type=pl.lit(bad), voices=pl.concat_list(pl.lit(bad)))
    made = dict(render_site(replace(case, places=places, claims=claims), about))
    for path, content in made.items():
        text = content.decode("utf-8")
        if path.startswith("data/map") and "outlines" not in path:
            assert not re.search("[<>&\u2028\u2029]", text)
        assert "<script>alert" not in text and "<b> " not in text, path


def test_the_start_of_a_map_of_twenty_thousand_claims_is_under_the_limit(about: About) -> None:
    made = dict(render_site(write_many(1000, 20, places=3000), about))
    page = made["map/index.html"].decode("utf-8")
    (start,) = re.findall(r'data-start="(\d+)"', page)
    read = [f"data/map-{n}.js" for n in range(1, int(start) + 1)]
    read += [
        "map/index.html",
        "data/map-outlines.js",
        "assets/map.js",
        "assets/map-draw.js",
        "assets/site.css",
    ]
    assert sum(len(made[path]) for path in read) < 1_200_000
    assert len(rows_of(made)) == len(quotes_of(made)) == 20_000
    assert max(len(content) for content in made.values()) <= 1_000_000


# --- in a real Chromium ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, site: dict[str, bytes]) -> Path:
    root = tmp_path_factory.mktemp("a case with a map & signs")
    for path, content in site.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return root


def open_map(browser: Browser, folder: Path, *, state: str = "", width: int = 1280) -> tuple[Page, list[str]]:
    """The map, drawn, and a list of complaints and of requests that are no file."""
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith("file:") else complaints.append(r.url))
    page.goto((folder / "map/index.html").as_uri() + state)
    page.locator("#canvas[data-drawn]").wait_for()
    page.locator("#canvas[data-first-ms]").wait_for()
    return page, complaints


@pytest.mark.browser
def test_predicted_possible_and_denied_are_shown_only_when_asked_for(browser: Browser, folder: Path) -> None:
    page, complaints = open_map(browser, folder)
    assert (
        page.locator("#found").inner_text()
        == "8 claims at 6 places; 3 possible, predicted or denied not shown."
    )
    assert page.get_by_role("button", name="Bir Nasr").count() == 0
    page.get_by_role("checkbox", name="possible").check()
    page.get_by_text("9 claims at 7 places").wait_for()
    page.get_by_role("button", name="Bir Nasr").click()
    assert page.locator("#in-view .claim.possible .standing").inner_text() == "possible, not certain"
    assert complaints == []


@pytest.mark.browser
def test_a_place_of_the_list_shows_its_quotes_and_a_quote_opens_its_words(
    browser: Browser, folder: Path
) -> None:
    page, complaints = open_map(browser, folder)
    page.get_by_role("button", name="Tel Marun Idleb").click()
    quote = page.get_by_role("link", name="On 4 March 2024 shells fell on Tel Marun")
    quote.wait_for()
    assert page.locator("#in-view blockquote").count() == 3
    page.get_by_role("button", name="Back to the places").click()
    assert page.locator("#side-heading").inner_text().endswith("places in view")
    assert page.locator("#in-view button").count() == 6
    page.get_by_role("button", name="Tel Marun Idleb").click()
    quote.click()
    page.locator(".pin:target").wait_for()
    assert complaints == []


@pytest.mark.browser
def test_a_click_on_the_mark_in_the_middle_opens_it(browser: Browser, folder: Path) -> None:
    page, _ = open_map(browser, folder, state="#place=" + tel_marun(folder))
    page.get_by_role("button", name="Back to the places").click()
    page.locator("#canvas").click(position=middle(page))
    page.get_by_text("places at this spot").wait_for()  # the town and "east of" it lie over each other
    assert page.locator("#in-view button").all_inner_texts()[0].startswith("Tel Marun")


def tel_marun(folder: Path) -> str:
    return next(
        path.stem
        for path in (folder / "places").glob("p*.html")
        if "<h1><bdi>Tel Marun<" in path.read_text("utf-8")
    )


def middle(page: Page) -> dict[str, float]:  # type: ignore[type-arg]
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    return {"x": box["width"] / 2, "y": box["height"] / 2}


@pytest.mark.browser
def test_the_keyboard_moves_zooms_and_opens(browser: Browser, folder: Path) -> None:
    page, complaints = open_map(browser, folder, state="#place=" + tel_marun(folder))
    page.locator("#canvas").focus()
    page.keyboard.press("Escape")
    for key in ("ArrowLeft", "ArrowRight", "+", "-"):
        page.keyboard.press(key)
    page.locator("#canvas").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Tel Marun").wait_for()
    page.keyboard.press("Escape")
    page.locator("#canvas").focus()
    for _ in range(30):
        page.keyboard.press("ArrowLeft")
    page.get_by_text("0 places in view").wait_for()
    page.locator("#canvas").press("0")
    page.get_by_text(re.compile("^[1-9] places in view")).wait_for()  # all but those known by country only
    assert complaints == []


@pytest.mark.browser
def test_filters_of_voice_type_actor_and_time_narrow_the_map_and_stand_in_the_address(
    browser: Browser, folder: Path
) -> None:
    page, complaints = open_map(browser, folder)
    page.get_by_label("Type").select_option("shelling")
    page.get_by_text("3 claims at 1 place").wait_for()
    page.get_by_label("Voice").fill("لَيلى")
    page.get_by_text("1 claim at 1 place").wait_for()
    page.reload()
    page.get_by_text("1 claim at 1 place").wait_for()
    page.get_by_role("button", name="Clear").click()
    page.get_by_label("Actor or target").fill("clinic")
    page.get_by_text("1 claim at 1 place").wait_for()
    page.get_by_role("button", name="Clear").click()
    page.get_by_label("To", exact=True).fill("2022-12-31")
    page.get_by_text(
        "2 claims at 2 places"
    ).wait_for()  # one since 2022, one until 2024 with no beginning said
    page.get_by_label("undated ones").check()
    page.get_by_text("3 claims at 3 places").wait_for()
    assert complaints == []


@pytest.mark.browser
def test_on_a_phone_the_map_fits_and_without_javascript_the_table_stands(
    browser: Browser, folder: Path
) -> None:
    page, complaints = open_map(browser, folder, width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360 and complaints == []
    bare = browser.new_context(java_script_enabled=False).new_page()
    bare.goto((folder / "map/index.html").as_uri())
    assert bare.locator("#map").is_hidden() and bare.locator("#filter").is_hidden()
    assert bare.get_by_text("Without it, the places stand in the table below.").is_visible()
    assert bare.locator(".place-table tbody tr").count() == 8
