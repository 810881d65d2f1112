"""In a real Chromium, from a folder: filtering works, the policy holds, nothing leaves."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from rasid.present.site import About, SiteTables, render_site

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, dispute: SiteTables, about: About) -> Path:
    root = tmp_path_factory.mktemp("a case with spaces & signs")
    for path, content in render_site(dispute, about):
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return root


def open_quietly(browser: Browser, *, width: int = 1280, script: bool = True) -> tuple[Page, list[str]]:
    """A page, and a list that fills with every complaint of the browser and every request that is no file."""
    page = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=script
    ).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request", lambda request: None if request.url.startswith("file:") else complaints.append(request.url)
    )
    return page, complaints


def test_filtering_works_from_a_folder_and_the_words_open(browser: Browser, folder: Path) -> None:
    page, complaints = open_quietly(browser)
    page.goto((folder / "claims" / "index.html").as_uri())
    page.get_by_label("Voice").fill("northern")
    page.get_by_text("5 claims found").wait_for()
    page.get_by_label("Polarity").select_option("denied")
    page.get_by_text("3 claims found").wait_for()
    page.reload()
    page.get_by_text("3 claims found").wait_for()
    page.get_by_label("Words in the quote").fill("civilian FIRE")
    page.get_by_text("1 claim found").wait_for()
    page.get_by_role("link", name="No civilian was killed by our fire.").click()
    lit = page.locator(".said").filter(has_text="No civilian was ").first
    assert page.locator(".pin:target").inner_text() == "2"
    assert lit.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 229, 138)"
    assert complaints == []


def test_clearing_the_filter_brings_the_list_back(browser: Browser, folder: Path) -> None:
    page, complaints = open_quietly(browser)
    page.goto((folder / "claims" / "index.html").as_uri() + "#place=qasr")
    page.get_by_text("2 claims found").wait_for()
    assert page.locator("#all").is_hidden()
    page.get_by_role("button", name="Clear").click()
    page.locator("#all").wait_for(state="visible")
    assert page.locator("#results li").count() == 0 and complaints == []


def test_search_folds_arabic_vowel_signs(browser: Browser, folder: Path) -> None:
    page, complaints = open_quietly(browser)
    page.goto((folder / "claims" / "index.html").as_uri())
    page.get_by_label("Words in the quote").fill("يقصف")
    page.get_by_text("1 claim found").wait_for()
    assert complaints == []


def test_every_page_is_quiet_and_fits_a_phone(browser: Browser, folder: Path) -> None:
    page, complaints = open_quietly(browser, width=360)
    for path in sorted(folder.rglob("*.html")):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path.name
        assert page.evaluate("document.styleSheets.length") >= 1
    assert complaints == []


def test_without_javascript_all_claims_are_listed_and_the_filter_is_not_offered(
    browser: Browser, folder: Path
) -> None:
    page, complaints = open_quietly(browser, script=False)
    page.goto((folder / "claims" / "index.html").as_uri())
    assert page.locator("#filter").is_hidden() and page.locator("#all li.claim").count() == 22
    assert page.get_by_text("Filtering and search need JavaScript").is_visible() and complaints == []


def test_an_injected_script_would_not_run(browser: Browser, folder: Path) -> None:
    hurt = folder / "documents" / "hurt.html"
    whole = (folder / "documents" / "index.html").read_text("utf-8")
    hurt.write_text(whole.replace("<h1>", "<script>document.title = 'ran'</script><h1>"), "utf-8")
    page, complaints = open_quietly(browser)
    page.goto(hurt.as_uri())
    hurt.unlink()
    assert page.title() != "ran" and any("Content Security Policy" in complaint for complaint in complaints)


def test_the_keyboard_reaches_the_content_first_and_lights_a_claim(browser: Browser, folder: Path) -> None:
    page, _ = open_quietly(browser)
    page.goto((folder / "documents" / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.get_by_role("link", name="The bridge at Qasr Amal", exact=True).click()
    page.locator(".pin").nth(1).focus()
    assert page.locator(".card").nth(1).evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
