"""The pages of activity: numbers as in the data, nothing joined, unknown said, every bar opens its rows."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path

import polars as pl
import pytest

from rasid.model.ids import content_id
from rasid.model.tables import QUESTIONS, Row, table
from rasid.present.activity_beside import beside_views
from rasid.present.activity_book import ActivityTables, Book, open_book
from rasid.present.activity_pages import print_activity
from rasid.present.outlines import load_outlines
from rasid.present.press import open_press
from rasid.present.record import About, SiteTables, checked
from rasid.present.shelf import open_shelf
from rasid.weigh.activity import activity_for_questions, weigh_activity
from tests.event_rows import dataset, datasets, event, records

OTHER = "s00000000000b"
HOSTILE = "</title><script>alert(1)</script> \u202eGuard"


def make_book(given: pl.DataFrame, rows: pl.DataFrame, *questions: Row) -> Book:
    held = weigh_activity(given, rows)
    asked = table(questions, QUESTIONS)
    beside = activity_for_questions(asked, held.activity)
    tables = ActivityTables(given, rows, held.coverage, held.activity, held.shifts, held.moves, beside)
    return open_book(tables, {"SY": "Syria", "IQ": "Iraq"})


def printed(book: Book, dispute: SiteTables, about: About) -> dict[str, bytes]:
    shelf = open_shelf(checked(dispute))
    return dict(print_activity(open_press(about), shelf, book, load_outlines()))


def page_of(name: str) -> str:
    return f"activity/{content_id('a', name)}.html"


def words_of(html: bytes) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.decode())).split())


def table_rows(html: str, caption: str) -> list[list[str]]:
    """The rows of the table with this caption, as text."""
    (found,) = [part for part in re.findall(r"<table.*?</table>", html, re.DOTALL) if caption in part][:1]
    return [
        [
            unescape(re.sub(r"<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in re.findall(r"<tr>.*?</tr>", found, re.DOTALL)
    ]


def two_years() -> list[Row]:
    """Thirty events over two years: two in the first month, some in each later one, one of them unclear."""
    rows = [event(2, "2020-01-05", best=4.0, low=3.0, high=9.0), event(3, "2020-01-09", best=2.0)]
    for month in range(1, 24):
        rows.append(event(4 + month, f"{2020 + month // 12}-{month % 12 + 1:02}-10"))
    rows.append(event(40, "2021-12-20", unclear=True, actor_text="XXX9", best=7.0, low=7.0, high=7.0))
    rows.append(event(41, "2021-12-28", last_day="2022-01-05"))
    return rows


@pytest.fixture(scope="module")
def site(dispute: SiteTables, about: About) -> dict[str, bytes]:
    rows = records(*two_years(), *(row | {"dataset": OTHER} for row in two_years()[:22]))
    given = datasets(
        dataset(),
        dataset(id=OTHER, name="later.csv", version="3.2", first_day="2020-01-05", last_day="2021-12-10"),
    )
    return printed(make_book(given, rows), dispute, about)


def test_the_year_table_holds_the_numbers_of_the_rows_with_unclear_ones_apart(site: dict[str, bytes]) -> None:
    html = site[page_of("Northern Column")].decode()
    _head, *years = table_rows(html, "By year")
    assert years == [
        ["2020", "13", "15", "17", "21", "0", "–", "whole year"],
        ["2021", "14", "20", "20", "20", "1", "7", "whole year"],
    ]


def test_two_versions_stand_under_each_other_and_are_never_added(site: dict[str, bytes]) -> None:
    html = site[page_of("Northern Column")].decode()
    assert html.count("By year") == 2
    assert "version 3.1; whole months covered: January 2020 to December 2021" in html
    assert "version 3.2; whole months covered: January 2020 to November 2021" in html
    assert "December 2021: 3 events" in html and "49 events" not in html


def test_a_month_after_the_coverage_is_unknown(site: dict[str, bytes]) -> None:
    html = site[page_of("Northern Column")].decode()
    second = html[html.index("later.csv") :]
    assert "Not covered by this data: unknown, not zero" in second
    rows = list(
        csv.reader(
            io.StringIO(
                site[f"activity/{content_id('a', 'Northern Column')}-2-events.csv"].decode("utf-8-sig")
            )
        )
    )
    assert rows[0][:6] == ["data", "version", "group", "where", "chart", "month"]
    assert rows[1][:7] == ["later.csv", "3.2", "Northern Column", "Syria", "Events a month", "2020-01", "2"]
    assert [row[5] for row in rows[1:]] == [f"{y}-{m:02}" for y in (2020, 2021) for m in range(1, 13)][:23]


def test_each_chart_says_base_data_version_and_coverage(site: dict[str, bytes]) -> None:
    for figure in re.findall(
        r"<figcaption>.*?</figcaption>", site[page_of("Northern Column")].decode(), re.DOTALL
    ):
        if "Data:" in figure:
            assert "Base: " in figure and "version 3." in figure and "whole months covered" in figure
            assert "events.csv" in figure or "later.csv" in figure


def test_every_column_opens_the_page_where_its_rows_stand(site: dict[str, bytes]) -> None:
    html = site[page_of("Northern Column")].decode()
    links = re.findall(r'<a href="([^"]+)" aria-label="[A-Z][a-z]+ 20\d\d: ', html)
    assert len(links) > 60
    for link in links:
        path, _, anchor = link.partition("#")
        assert f'id="{anchor}"' in site[f"activity/{path}"].decode()
    rows = words_of(site["activity/" + links[0].partition("#")[0]])
    assert "5 January 2020 Amal, Qasr Northern Column , Southern Guard 4 (3 to 9) row 2 , best: 1" in rows
    assert (
        'href="../data/s00000000000a-1.html#row-2"' in site["activity/" + links[0].partition("#")[0]].decode()
    )


def test_every_link_lands_and_no_page_is_over_a_megabyte(site: dict[str, bytes]) -> None:
    for path, content in site.items():
        assert len(content) < 1_000_000, path
        if path.endswith(".html"):
            html = content.decode()
            ids = re.findall(r' id="([^"]+)"', html)
            assert len(ids) == len(set(ids)), path
            for link in re.findall(r'href="([^"]+)"', html):
                target, _, anchor = link.partition("#")
                landed = posixpath.normpath(posixpath.join("activity", target)) if target else path
                if landed.startswith("activity/"):
                    assert landed in site, (path, link)
                    assert not anchor or f'id="{anchor}"' in site[landed].decode(), (path, link)


def test_rows_that_go_on_beyond_the_month_are_drawn_pale_and_counted_where_they_begin(
    site: dict[str, bytes],
) -> None:
    html = site[page_of("Northern Column")].decode()
    assert "December 2021: 3 events, of these 1 unclear, of these 1 going on beyond the month" in html
    assert 'class="pale"' in html and 'class="hollow"' in html


def test_a_group_with_few_events_stands_in_the_table_without_a_page(
    dispute: SiteTables, about: About
) -> None:
    rows = records(*two_years(), event(90, actor="Grey Banner"))
    held = printed(make_book(datasets(), rows), dispute, about)
    assert page_of("Grey Banner") not in held
    assert "Grey Banner" in held["activity/s00000000000a.html"].decode()


def test_a_group_that_is_asked_about_has_a_page_with_one_event(dispute: SiteTables, about: About) -> None:
    rows = records(*two_years(), event(90, actor="Grey Banner"))
    asked: Row = {"id": "q1", "question": "Has the Grey Banner been defeated?", "target": "Grey Banner"}
    assert page_of("Grey Banner") in printed(make_book(datasets(), rows, asked), dispute, about)


def test_an_unclear_code_is_shown_as_a_group_of_its_own(dispute: SiteTables, about: About) -> None:
    unclear = [event(60 + n, "2021-05-03", actor="XXX652", target="XXX652", unclear=True) for n in range(25)]
    held = printed(make_book(datasets(), records(*two_years(), *unclear)), dispute, about)
    assert "25 events, of these 25 unclear" in words_of(held["activity/s00000000000a.html"])
    assert "May 2021: 25 events, of these 25 unclear" in held[page_of("XXX652")].decode()


def test_a_provisional_release_is_said_to_be_one(dispute: SiteTables, about: About) -> None:
    release = dataset(shape="UCDP GED", version="20.01.20.12", last_day="2020-12-31")
    rows = records(*(event(2 + n, f"2020-{n % 12 + 1:02}-10") for n in range(36)))
    html = printed(make_book(datasets(release), rows), dispute, about)[page_of("Northern Column")].decode()
    assert "version 20.01.20.12, provisional release" in html
    assert "Covered in part, or provisional" in html


def test_hostile_names_are_shown_as_words(dispute: SiteTables, about: About) -> None:
    rows = records(*(row | {"actor": HOSTILE, "place": HOSTILE, "as_said": "=1+1"} for row in two_years()))
    held = printed(make_book(datasets(dataset(name=HOSTILE)), rows), dispute, about)
    for path, content in held.items():
        if path.endswith(".html"):
            assert b"<script" not in content and "\u202e".encode() not in content, path
    given = held[f"activity/{content_id('a', HOSTILE)}-1-events.csv"].decode("utf-8-sig")
    assert not re.search(r"(?m)^[=+@-]", given)


def test_the_same_tables_give_the_same_bytes_in_any_order_of_rows(dispute: SiteTables, about: About) -> None:
    def shuffled(rows: Iterable[Row]) -> pl.DataFrame:
        return records(*rows).sample(fraction=1.0, shuffle=True, seed=3)

    first = printed(make_book(datasets(), records(*two_years())), dispute, about)
    assert printed(make_book(datasets(), shuffled(two_years())), dispute, about) == first


def test_a_case_without_event_data_says_so(dispute: SiteTables, about: About) -> None:
    held = printed(make_book(datasets().clear(), records()), dispute, about)
    assert list(held) == ["activity/index.html"]
    assert "This case holds no event data." in held["activity/index.html"].decode()


def test_a_dataset_of_totals_is_named_with_the_reason_why_it_is_not_drawn(
    dispute: SiteTables, about: About
) -> None:
    held = printed(make_book(datasets(), records(event(2, part="displaced"))), dispute, about)
    assert "Not counted by month. It holds no rows of events" in held["activity/index.html"].decode()


def test_quiet_years_before_the_first_event_are_left_out_and_said(dispute: SiteTables, about: About) -> None:
    release = dataset(first_day="1990-01-01", last_day="2021-12-31")
    rows = [event(1, "1990-01-03", actor="Grey Banner", target="Hill Guard"), *two_years()]
    held = printed(make_book(datasets(release), records(*rows)), dispute, about)
    html = held[page_of("Northern Column")].decode()
    assert "Not drawn: January 1990 to December 2018, without an event." in html
    assert "January 2019: 0 events" in html and "December 2018: 0 events" not in html
    assert table_rows(html, "By year")[1][:2] == ["1990 to 2019", "0"]


def test_an_extract_about_one_group_says_that_the_others_are_seen_only_with_it(
    dispute: SiteTables, about: About
) -> None:
    rows = [row | {"target": "Hill Guard" if n % 4 else "Lake Guard"} for n, row in enumerate(two_years())]
    held = printed(make_book(datasets(), records(*rows)), dispute, about)
    said = "Every row of this file has Northern Column on one side"
    assert said in words_of(held[page_of("Hill Guard")])
    assert said not in words_of(held[page_of("Northern Column")])
    mixed = [*rows, event(90, actor="Grey Banner", target="Hill Guard")]
    held = printed(make_book(datasets(), records(*mixed)), dispute, about)
    assert "Every row" not in words_of(held[page_of("Hill Guard")])


def test_a_number_without_a_range_is_said_to_have_none(dispute: SiteTables, about: About) -> None:
    rows = [event(2 + n, f"2020-{n % 12 + 1:02}-04", low=None, high=None, best=6.0) for n in range(24)]
    html = printed(make_book(datasets(), records(*rows)), dispute, about)[page_of("Northern Column")].decode()
    assert table_rows(html, "By year")[1][1:5] == ["24", "not given", "144", "not given"]
    assert "no upper end" not in html


# --- beside a question -------------------------------------------------------------------------------------------


def test_the_series_beside_a_question_says_that_it_is_no_answer(dispute: SiteTables, about: About) -> None:
    asked: Row = {"id": "q1", "question": "Has ISIS been defeated?", "target": "ISIS"}
    rows = [row | {"actor": "IS", "actor_text": "IS"} for row in two_years()]
    book = make_book(datasets(), records(*rows), asked)
    site = printed(book, dispute, about)
    html = str(open_press(about).macro("beside.html", "beside")(beside_views(book, "q1")))
    assert "Beside the voices: what the event data says" in html and "no answer" in html
    assert "ISIS is IS in the data." in html and "27 events, of these 1 unclear" in html
    for link in re.findall(r'href="\.\./(activity/[^"#]+)', html):
        assert link in site


def test_a_question_about_another_group_has_nothing_beside_it(about: About) -> None:
    asked: Row = {"id": "q1", "question": "Has the Grey Banner been defeated?", "target": "Grey Banner"}
    book = make_book(datasets(), records(*two_years()), asked)
    assert beside_views(book, "q1") == []
    assert str(open_press(about).macro("beside.html", "beside")([])).strip() == ""


# --- against a plain query ---------------------------------------------------------------------------------------

UCDP = Path(__file__).parents[3] / "shared" / "data" / "ucdp"
HXL = "ged_iraq_1989_2018_hxl.csv.gz"


@pytest.mark.skipif(
    not UCDP.is_dir(), reason="needs ../shared/data/ucdp, which is not part of the repository"
)
@pytest.mark.parametrize(("file", "country"), [("ged_syria_2016_2019.csv.gz", "SY"), (HXL, "IQ")])
def test_every_year_on_the_page_equals_a_plain_query_of_the_file(
    file: str, country: str, dispute: SiteTables, about: About
) -> None:
    plain = pl.read_csv(UCDP / file, infer_schema_length=0).filter(
        pl.col("date_start").str.starts_with("#").not_()
    )
    numbers = [pl.col(name).cast(pl.Float64) for name in ("low", "best", "high")]
    rows = plain.with_row_index("row", offset=2).select(
        pl.col("row").cast(pl.Int64),
        *numbers,
        *(pl.lit(v).alias(k) for k, v in (("dataset", "s00000000000a"), ("part", "event"), ("base", "dead"))),
        pl.lit(country).alias("country"),
        actor="side_a",
        target="side_b",
        first_day="date_start",
        last_day="date_end",
    )
    shaped = pl.concat([records(), rows], how="diagonal")
    days = {"first_day": rows["first_day"].min(), "last_day": rows["last_day"].max()}
    held = printed(make_book(datasets(dataset(**days)), shaped), dispute, about)
    shown = table_rows(held["activity/all.html"].decode(), "By year")[1:]
    expected = (
        plain.group_by(pl.col("date_start").str.slice(0, 4))
        .agg(pl.len(), *(pl.col(name).cast(pl.Float64).sum() for name in ("low", "best", "high")))
        .sort("date_start")
    )
    assert [[cell.replace(",", "") for cell in row[:5]] for row in shown if row[1] != "0"] == [
        [year, *(str(int(number)) for number in found)] for year, *found in expected.iter_rows()
    ]


def test_civilians_where_a_group_stands_are_named_as_those_attacked() -> None:
    from rasid.present.activity_book import group_name

    assert group_name("civilians") == "Civilians, as those attacked"
    assert (group_name("Northern Column"), group_name(None)) == ("Northern Column", "All events")
