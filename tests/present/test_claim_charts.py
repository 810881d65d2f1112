"""The page of charts: only what is said to have happened, each bar opens its claims, no number is added."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace

import polars as pl
import pytest

from rasid.model import tables
from rasid.model.tables import Row
from rasid.present.claim_charts import print_charts
from rasid.present.press import open_press
from rasid.present.reading import print_documents
from rasid.present.record import About, SiteTables, checked
from rasid.present.shelf import open_shelf


def printed(case: SiteTables, about: About) -> dict[str, bytes]:
    shelf, press = open_shelf(checked(case)), open_press(about)
    documents = dict(print_documents(press, shelf))
    return documents | dict(print_charts(press, shelf))


def dated(case: SiteTables, day: str) -> SiteTables:
    """The case with all claims and figures said of this day."""
    time = pl.struct(
        text=pl.lit(day),
        first_day=pl.lit(day),
        last_day=pl.lit(day),
        precision=pl.lit("day"),
        start=pl.lit(0, pl.Int64),
        end=pl.lit(1, pl.Int64),
    )
    days = {"first_day": pl.lit(day), "last_day": pl.lit(day)}
    return replace(
        case, claims=case.claims.with_columns(time=time), figures=case.figures.with_columns(**days)
    )


@pytest.fixture(scope="module")
def site(dispute: SiteTables, about: About) -> dict[str, bytes]:
    return printed(dated(dispute, "2024-03-04"), about)


def test_only_events_that_a_voice_says_took_place_are_counted(
    site: dict[str, bytes], dispute: SiteTables
) -> None:
    so = dispute.claims.filter(
        (pl.col("kind") == "event")
        & (pl.col("polarity") == "affirmed")
        & pl.col("certainty").is_in(["certain", "partial"])
    )
    html = site["charts/index.html"].decode()
    assert f"March 2024: {so.height} claims, of these 1 only partly so" in html
    assert f"{so.height} claims of events" in html
    lists = b"".join(content for path, content in site.items() if path.startswith("charts/claims")).decode()
    for code in ("possible", "predicted", "denied"):
        assert f'class="claim {code}"' not in lists


def test_each_bar_opens_its_claims_and_each_claim_its_words(site: dict[str, bytes]) -> None:
    links = re.findall(r'href="(claims[^"#]*\.html)#([^"]+)"', site["charts/index.html"].decode())
    assert {anchor[:5] for _, anchor in links} >= {"m2024", "place", "party"}
    for path, anchor in links:
        assert f'id="{anchor}"' in site[f"charts/{path}"].decode()
    for path, anchor in re.findall(
        r'href="\.\./(documents/[^"#]+)#([^"]+)"', site["charts/claims.html"].decode()
    ):
        assert f'id="{anchor}"' in site[path].decode()


def test_a_bar_lists_as_many_claims_as_it_counts(site: dict[str, bytes]) -> None:
    html = site["charts/claims.html"].decode()
    for section in re.findall(r'<section class="month".*?</section>', html, re.DOTALL):
        (said,) = re.findall(r"(\d+) claims?</span>", section)
        assert section.count('<li class="claim ') == int(said)


def figure(case: SiteTables, **given: object) -> Row:
    return case.figures.filter(pl.col("happened")).to_dicts()[0] | given


def with_figures(case: SiteTables, *rows: Row) -> SiteTables:
    held = dated(case, "2024-03-04")
    return replace(held, figures=tables.table([*held.figures.to_dicts(), *rows], tables.FIGURES))


def test_bases_and_sorts_of_time_have_charts_of_their_own(dispute: SiteTables, about: About) -> None:
    day: Row = {"first_day": "2024-03-04", "last_day": "2024-03-04", "measure": "count", "happened": True}
    rows = [
        figure(dispute, **day, base=base, text=f"{n}", low=n, high=n, stock_flow=sort, cumulative=running)
        for base, sort, running in (
            ("dead", "flow", False),
            ("dead", "flow", True),
            ("dead", None, False),
            ("displaced", "stock", False),
        )
        for n in (100.0, 200.0, 400.0)
    ]
    site = printed(with_figures(dispute, *rows), about)
    titles = re.findall(r"<figcaption><b><bdi>(.*?)</bdi>", site["charts/index.html"].decode())
    assert sorted(titles)[:4] == [
        "Dead, running totals",
        "Dead, time not said",
        "Dead, within a stretch of time",
        "Displaced, at a time",
    ]
    assert b"700" not in b"".join(site[path] for path in site if path.endswith(".csv") and "number" in path)


def test_denied_and_predicted_numbers_are_never_drawn(dispute: SiteTables, about: About) -> None:
    day: Row = {"first_day": "2024-03-04", "last_day": "2024-03-04", "measure": "count", "happened": False}
    rows = [figure(dispute, **day, base="dead", text=f"{n}11", low=n, high=n) for n in (311.0, 411.0, 511.0)]
    html = printed(with_figures(dispute, *rows), about)["charts/index.html"].decode()
    assert "411" not in html


def test_hostile_words_stay_words_and_formulas_stay_text(site: dict[str, bytes]) -> None:
    for path, content in site.items():
        if path.startswith("charts/"):
            assert b"<script" not in content and "\u202e".encode() not in content, path
            assert not re.search(rb"(?m)(?:^|,)[=@]", content) or path.endswith(".html"), path


def test_an_empty_case_says_so(about: About) -> None:
    empty = SiteTables(**{f.name: tables.empty(getattr(tables, f.name.upper())) for f in fields(SiteTables)})
    held = printed(empty, about)
    assert "No event that is said to have taken place" in held["charts/index.html"].decode()
    assert not any(path.startswith("charts/claims") for path in held)


def test_no_page_is_over_a_megabyte_in_a_large_case(large: Callable[..., SiteTables], about: About) -> None:
    for path, content in printed(dated(large(60, 40, stances=2), "2024-03-04"), about).items():
        assert len(content) < 1_000_000, path
