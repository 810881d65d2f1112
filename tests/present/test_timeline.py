"""The timeline: spans as spans, open ends open, precision kept, undated claims apart with their reason."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest

from rasid.present import words
from rasid.present.site import About, SiteTables, render_site
from rasid.present.spans import Axis, Dated, lay_out
from tests.present.mapcase import write_many, write_map_case

YEAR = Axis(date(2024, 1, 1), date(2024, 12, 31), 1000.0)
SO = words.standing("affirmed", "certain")


@pytest.fixture(scope="module")
def case() -> SiteTables:
    return write_map_case()


@pytest.fixture(scope="module")
def site(case: SiteTables, about: About) -> dict[str, str]:
    return {path: content.decode("utf-8") for path, content in render_site(case, about)}


def dated(first: str | None, last: str | None, precision: str = "day", row: int = 0, **known: str) -> Dated:
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    held = {"type": "shelling", "voice": "Mira Tell", "as_said": ""} | known
    return Dated(row, days[0], days[1], precision, standing=SO, **held)


def marks_of(page: str) -> list[tuple[str, str, str]]:
    """(address, what it says, class) of each mark of a page."""
    return re.findall(
        r'<a href="([^"]+)" aria-label="([^"]+)"><title>[^<]*</title><path class="([^"]+)"', page
    )


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (dated("2024-03-04", "2024-03-04"), "4 March 2024"),
        (dated("2024-03-01", "2024-03-31", "month"), "March 2024"),
        (dated("2024-01-01", "2024-12-31", "year"), "2024"),
        (
            dated("2024-03-01", "2024-03-31", "range", as_said="all March"),
            "“all March” (1 March 2024 to 31 March 2024)",
        ),
        (
            dated("2022-01-01", None, "range", as_said="since 2022"),
            "“since 2022” (from 1 January 2022, no end said)",
        ),
        (dated(None, "2024-05-31", "range"), "until 31 May 2024, no beginning said"),
    ],
)
def test_a_time_is_never_said_more_finely_than_it_was(item: Dated, said: str) -> None:
    assert item.days == said


def test_a_month_is_as_wide_as_a_month_and_an_open_end_has_one_length_whatever_it_is() -> None:
    items = [
        dated("2024-03-01", "2024-03-31", "month"),
        dated("2024-02-01", None, "range"),
        dated(None, "2024-06-30", "range"),
        dated("2023-06-01", "2025-02-01", "range"),
    ]
    (lane,) = lay_out(items, YEAR, by="type")
    by_item = {id(laid.item): laid for laid in lane.laid}
    month, since, until, wide = (by_item[id(item)] for item in items)
    assert month.width == pytest.approx(1000 * 31 / 366, abs=0.2) and not month.left and not month.right
    assert since.width == until.width == pytest.approx(60 + 1000 / 366, abs=0.2)
    assert (since.left, since.right, until.left, until.right) == (False, True, True, False)
    assert (wide.x, wide.width, wide.left, wide.right) == (0, 1000, True, True)


def test_marks_of_a_lane_do_not_lie_over_each_other_and_what_finds_no_row_is_counted() -> None:
    items = [dated("2024-03-04", "2024-03-04", row=n) for n in range(40)] + [
        dated("2024-09-01", "2024-09-01")
    ]
    (lane,) = lay_out(items, YEAR, by="type")
    spots = [(laid.row, laid.x, laid.x + laid.width) for laid in lane.laid]
    for at, (row, left, right) in enumerate(spots):
        assert not any(r == row and a < right and b > left for r, a, b in spots[at + 1 :])
    assert lane.total == 41 and len(lane.laid) + sum(number for _, _, number in lane.over) == 41
    assert [day for day, _, _ in lane.over] == [date(2024, 3, 4)]


def test_lanes_beyond_the_most_share_one() -> None:
    items = [dated("2024-03-04", "2024-03-04", voice=f"Voice {n:02}") for n in range(35)]
    lanes = lay_out(items, YEAR, by="voice", most=30)
    assert len(lanes) == 31 and (lanes[-1].label, lanes[-1].total) == ("5 others", 5)


def test_every_dated_claim_is_drawn_once_and_opens_its_words(site: dict[str, str], case: SiteTables) -> None:
    for path in ("timeline/index.html", "timeline/voices.html"):
        found = [
            re.fullmatch(r"\.\./documents/[\w-]+\.html#(c\w+)", href) for href, _, _ in marks_of(site[path])
        ]
        claims = [match.group(1) for match in found if match]
        known = case.claims.filter(
            pl.col("time").struct.field("first_day").is_not_null()
            | pl.col("time").struct.field("last_day").is_not_null()
        )
        assert sorted(claims) == sorted(known["id"])


def test_what_is_denied_possible_or_predicted_is_drawn_apart_and_says_so(site: dict[str, str]) -> None:
    happened, _, apart = site["timeline/index.html"].partition('id="apart"')
    assert {kind.split()[1] for _, _, kind in marks_of(happened)} == {"affirmed", "partial"}
    assert {kind.split()[1] for _, _, kind in marks_of(apart)} == {"denied", "possible"}
    assert any("5 March 2024: killing, denied, says The Column" in label for _, label, _ in marks_of(apart))


def test_a_day_a_month_and_an_open_end_look_different(site: dict[str, str]) -> None:
    kinds = {label.split(":")[0]: kind for _, label, kind in marks_of(site["timeline/index.html"])}
    assert kinds["4 March 2024"] == "day affirmed" and kinds["March 2024"] == "bar affirmed"
    assert kinds["2023"] == "bar affirmed"
    assert kinds["“since 2022” (from 1 January 2022, no end said)"] == "bar partial goes-on"


def test_undated_claims_stand_in_a_tray_with_their_reason(site: dict[str, str]) -> None:
    page = site["timeline/undated.html"]
    groups = re.findall(r'<h2 id="r\d">([^<]+)</h2>(.*?)</section>', page, re.DOTALL)
    assert [(reason, body.count('<li class="claim')) for reason, body in groups] == [
        ("The words say when, but could not be put on the calendar.", 1),
        ("The words do not say when. The date of the document only says when it was written.", 2),
    ]
    assert "3 others" in site["timeline/index.html"]


def test_years_with_many_claims_are_split_and_every_claim_is_on_a_page(about: About) -> None:
    case = write_many(300, 20, places=40)
    site = {path: content for path, content in render_site(case, about) if path.startswith("timeline/")}
    assert max(len(content) for content in site.values()) <= 1_000_000
    listed: list[str] = []
    for path, content in site.items():
        text = content.decode("utf-8")
        if re.match(r"timeline/\d{4}", path) and "-voices" not in path:
            listed += re.findall(r'<blockquote dir="ltr"><a href="\.\./documents/[^#]+#(c\d+)"', text)
            anchors = set(re.findall(r' id="(d[\d-]+)"', text))
            assert set(re.findall(r'href="#(d[\d-]+)"', text)) <= anchors
        if path.startswith("timeline/undated"):
            listed += re.findall(r'<a href="\.\./documents/[^#]+#(c\d+)" title', text)
    assert sorted(listed) == sorted(case.claims["id"])
    assert {f"timeline/2015-{month:02}.html" for month in (2, 3, 4, 6, 7, 8)} <= set(site)


def test_a_month_with_many_claims_has_pages_that_lead_to_each_other(about: About) -> None:
    case = write_many(30, 20, places=40)
    day = pl.lit("2024-03-04")
    one_day = case.claims.with_columns(time=pl.col("time").struct.with_fields(first_day=day, last_day=day))
    site = dict(render_site(type(case)(**_of(case) | {"claims": one_day}), about))
    assert {"timeline/2024-03.html", "timeline/2024-03-2.html", "timeline/2024-03-3.html"} <= set(site)
    first = site["timeline/2024-03.html"].decode("utf-8")
    assert 'href="2024-03-2.html"' in first and "220 claims that begin in this time" in first
    assert re.search(r'aria-label="\d+ more claims, in the list below"', first)


def test_a_day_that_is_no_day_of_the_calendar_is_undated_and_not_guessed(
    case: SiteTables, about: About
) -> None:
    broken = pl.col("time").struct.with_fields(first_day=pl.lit("2024-02-31"), last_day=pl.lit("soon"))
    site = dict(
        render_site(type(case)(**_of(case) | {"claims": case.claims.with_columns(time=broken)}), about)
    )
    assert "12 claims that could not be put on the calendar" in site["timeline/undated.html"].decode("utf-8")


def _of(case: SiteTables) -> dict[str, pl.DataFrame]:
    return {name: getattr(case, name) for name in SiteTables.__slots__}
