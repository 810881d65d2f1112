"""The pages of places and actors: every claim, the spellings, why; what did not happen apart; links that land."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import fields, replace

import polars as pl
import pytest

from rasid.model import tables
from rasid.present.outlines import load_outlines
from rasid.present.placed import place_claims
from rasid.present.record import checked
from rasid.present.shelf import open_shelf
from rasid.present.site import About, SiteTables, render_site
from rasid.present.small_map import HEIGHT, WIDTH, Drawer
from tests.present.mapcase import no_places, write_many, write_map_case


@pytest.fixture(scope="module")
def case() -> SiteTables:
    return write_map_case()


@pytest.fixture(scope="module")
def site(case: SiteTables, about: About) -> dict[str, str]:
    return {path: content.decode("utf-8") for path, content in render_site(case, about)}


@pytest.fixture(scope="module")
def page_of(site: dict[str, str]) -> Callable[[str], str]:
    def found(name: str) -> str:
        return next(text for text in site.values() if f"<h1><bdi>{name}</bdi></h1>" in text)

    return found


def quotes(part: str) -> list[str]:
    return re.findall(r'title="Open these words in the document">([^<]+)</a></blockquote>', part)


def test_a_place_has_all_its_claims_in_any_spelling_with_its_parts(page_of: Callable[[str], str]) -> None:
    happened, _, apart = page_of("Tel Marun").partition("Not said to have happened")
    assert quotes(happened) == [
        "The clinic of Tel Marun was hit in March 2024",
        "On 4 March 2024 shells fell on Tel Marun",
        "قُصفت تل مارون في 7 آذار 2024",
        "A house east of Tel Marun burned until May 2024",
    ]
    assert quotes(apart) == ["The Column will attack Tel Marun"]


def test_spellings_and_the_reason_with_its_candidates_are_shown(page_of: Callable[[str], str]) -> None:
    page = page_of("Tel Marun")
    spellings = page.partition('id="spellings"')[2].partition("</section>")[0]
    assert re.findall(r"<bdi>([^<]+)</bdi></a> <span class=\"small\">([^<]+)<", spellings) == [
        ("Tel Marun", "3 claims in 1 document"),
        ("east of Tel Marun", "1 claim in 1 document"),
        ("تل مارون", "1 claim in 1 document"),
    ]
    why = page.partition('id="why"')[2].partition("</section>")[0]
    assert "is the only town of this name near the others." in why and "Qasr Lun 1" in why and "0.91" in why


def test_a_governorate_counts_and_shows_what_lies_in_it(page_of: Callable[[str], str]) -> None:
    page = page_of("Idleb")
    inside = page.partition('id="inside"')[2].partition("</section>")[0]
    assert re.findall(r"<bdi>([^<]+)</bdi></a> <span class=\"small\">([^<]+)<", inside) == [
        ("Tel Marun", "4 said to be so, 1 not"),
        ("Kafr Adin", "1 said to be so, 1 not"),
        ("Wadi Shams", "1 said to be so"),
    ]
    assert "8 claims at places inside it" in inside
    assert "On 4 March 2024 shells fell on Tel Marun" in quotes(page)
    assert "1 claim said to be so" in page.partition('class="lead"')[2].partition("</p>")[0]


def test_a_district_holds_its_towns_and_a_country_all(page_of: Callable[[str], str]) -> None:
    assert "<bdi>Tel Marun</bdi>" in page_of("Wadi Shams") and "<bdi>Kafr Adin</bdi>" not in page_of(
        "Wadi Shams"
    )
    assert all(f"<bdi>{name}</bdi>" in page_of("Syria") for name in ("Idleb", "Bir Nasr", "Kafr Adin"))


def test_a_place_left_open_has_its_reason_its_candidates_and_its_claims(site: dict[str, str]) -> None:
    page = site["places/open.html"]
    assert "Two towns of this name lie far apart." in page and page.count("Qasr Lun ") >= 2
    assert quotes(page) == ["A bus was hit in Qasr Lun"]
    assert not any("<h1><bdi>Qasr Lun" in text for text in site.values())


def test_before_places_are_looked_up_all_are_open_and_the_pages_stand(case: SiteTables, about: About) -> None:
    site = dict(render_site(no_places(case), about))
    assert "10 wordings" in site["places/open.html"].decode("utf-8")
    assert "No claim has a place that could be put on the map." in site["map/index.html"].decode("utf-8")


def test_the_small_map_draws_a_point_only_for_a_point() -> None:
    outlines = load_outlines()
    placed = place_claims(open_shelf(checked(write_map_case())), outlines)
    forms = {}
    for mark in placed.marks:
        drawing = Drawer(outlines).draw([mark])
        assert drawing is not None
        (figure,) = drawing.figures
        forms[mark.name, mark.precision] = figure.form
        assert bool(figure.path) == (figure.form == "area")
        if figure.form != "area":
            assert 0 <= figure.x <= WIDTH and 0 <= figure.y <= HEIGHT
    assert forms == {
        ("Bir Nasr", 1): "point",
        ("Idleb", 4): "area",
        ("Kafr Adin", 1): "point",
        ("Kafr Adin", 2): "halo",
        ("Syria", 6): "area",
        ("Tel Marun", 1): "point",
        ("Wadi Shams", 3): "halo",
        ("east of Tel Marun", 2): "halo",
    }


def test_an_actor_has_its_names_and_its_claims_by_role(
    page_of: Callable[[str], str], case: SiteTables
) -> None:
    page = page_of("The Column")
    actor, _, voice = page.partition("As voice")
    assert quotes(actor) == ["The Column will attack Tel Marun"] and "not said to have happened" in actor
    assert quotes(voice) == ["Nobody was killed in Kafr Adin on 5 March 2024"]
    assert "1 as actor, 0 as target, 1 as voice" in page


def test_a_name_in_one_claim_leads_straight_to_it(site: dict[str, str]) -> None:
    rows = re.findall(r'<th scope="row"><a href="([^"]+)"><bdi>([^<]+)</bdi>', site["actors/index.html"])
    held = {name: href for href, name in rows}
    assert re.fullmatch(r"\.\./documents/d\w+\.html#c\w+", held["The clinic"])
    assert re.fullmatch(r"a[0-9a-f]{12}\.html", held["The Column"])
    assert next(iter(held)) == "Mira Tell"


def test_the_same_tables_give_the_same_pages_in_any_order_of_rows(
    case: SiteTables, about: About, site: dict[str, str]
) -> None:
    shuffled = SiteTables(
        **{f.name: getattr(case, f.name).sample(fraction=1, shuffle=True, seed=4) for f in fields(SiteTables)}
    )
    assert {path: content.decode("utf-8") for path, content in render_site(shuffled, about)} == site


def test_names_at_their_longest_and_worst_keep_every_page_under_a_megabyte(about: About) -> None:
    for path, content in render_site(write_many(40, 20, places=200, worst='"' * 3000), about):
        assert len(content) <= 1_000_000, (path, len(content))


def test_every_link_of_a_case_with_places_lands(site: dict[str, str]) -> None:
    anchors = {path: set(re.findall(r' id="([^"]+)"', text)) for path, text in site.items()}
    for path, text in site.items():
        folder = path.rpartition("/")[0]
        if folder not in ("map", "timeline", "places", "actors"):
            continue
        for href in re.findall(r'href="([^"]+)"', text):
            target, _, anchor = href.partition("#")
            landed = (
                target.removeprefix("../")
                if target.startswith("../")
                else f"{folder}/{target}"
                if target
                else path
            )
            assert landed in site, (path, href)
            if anchor and "=" not in anchor:
                assert anchor in anchors[landed], (path, href)


# --- what people settled, and what is left for them ---------------------------------------------------------


@pytest.fixture(scope="module")
def settled_site(case: SiteTables, about: About) -> dict[str, str]:
    """The same case with the actor table, one name left open, and a document that a person dated."""
    report = case.documents.filter(pl.col("name") == "report.txt")["id"][0]
    actors = [
        {"document": report, "text": "the Column", "name": "The Column", "kind": "armed group", "open": False,
         "reason": "Rana decided on 2026-03-01 that “the Column” means The Column in this case.",
         "candidates": ["Mill Guard"]},
        {"document": report, "text": "The clinic", "name": "The clinic", "kind": None, "open": True,
         "reason": "Which clinic is not said.", "candidates": ["North Clinic", "South Clinic"]},
    ]  # fmt: skip
    dates = [{"document": report, "date": "2024-03-20", "by": "Rana", "at": "2026-03-01T09:00:00.000000Z"}]
    given = replace(case, actors=tables.table(actors, tables.ACTORS), dates=tables.table(dates, tables.DATES))
    return {path: content.decode("utf-8") for path, content in render_site(given, about)}


def titled(site: dict[str, str], name: str) -> str:
    return next(text for text in site.values() if f"<h1><bdi>{name}</bdi></h1>" in text)


def test_an_actor_page_says_why_and_who_decided(settled_site: dict[str, str]) -> None:
    why = titled(settled_site, "The Column").partition('id="why"')[2].partition("</section>")[0]
    assert "Why this actor" in why and "Rana decided on 2026-03-01" in why and "Mill Guard" in why
    assert "rasid settle" not in why


def test_an_open_actor_has_a_page_with_its_candidates_and_the_command(settled_site: dict[str, str]) -> None:
    page = titled(settled_site, "The clinic")
    assert "Which clinic is not said." in page and "South Clinic" in page
    assert 'rasid settle actor "The clinic" --as "North Clinic"' in html.unescape(page)
    assert "left open" in settled_site["actors/index.html"]


def test_an_open_place_has_the_command_that_settles_it(site: dict[str, str]) -> None:
    assert re.search(
        r'rasid settle place "Qasr Lun" --as \d+</code>', html.unescape(site["places/open.html"])
    )


def test_a_document_says_who_dated_it(settled_site: dict[str, str], site: dict[str, str]) -> None:
    name = "settled by Rana, 2026-03-01"
    assert sum(name in text for text in settled_site.values()) == 1
    assert not any(name in text for text in site.values())
