"""From the file as received to the numbers on the page: equal to a plain query, for every year and country."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

from rasid import data
from rasid.case import create_case
from rasid.knowledge.registry import load_registry
from rasid.model import tables as t
from rasid.model.ids import content_id
from rasid.model.recorded import DATASETS, RECORDS
from rasid.present.activity_book import ActivityTables, open_book
from rasid.present.activity_pages import print_activity
from rasid.present.outlines import load_outlines
from rasid.present.press import open_press
from rasid.present.record import About, SiteTables, checked
from rasid.present.shelf import open_shelf
from rasid.store import derived
from rasid.store.archive import Archive
from rasid.weigh.activity import Activity, activity_for_questions, weigh_activity

UCDP = Path(__file__).parents[2] / "shared" / "data" / "ucdp"
FILES = ("ged_syria_2016_2019", "ged_iraq_1989_2018_hxl", "ged_candidate_26_0_2_global")
NUMBERS = ("low", "best", "high")

pytestmark = pytest.mark.skipif(
    not UCDP.is_dir(), reason="needs ../shared/data/ucdp, which is not part of the repository"
)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[pl.DataFrame, pl.DataFrame, Activity]:
    case = create_case(tmp_path_factory.mktemp("case") / "c", "event data")
    for name in FILES:
        Archive(case.root).add(UCDP / f"{name}.csv.gz", by="test")
    plan = data.make_plan(case, data.find_files(case))
    with case.locked():
        data.build(case, plan, lambda _stage, _done, _total: None)
    datasets = derived.read_table(case, "datasets", DATASETS)
    records = derived.read_table(case, "records", RECORDS)
    return datasets, records, weigh_activity(datasets, records)


def plain(name: str) -> pl.DataFrame:
    """The file as a spreadsheet program would read it."""
    held = pl.read_csv(UCDP / f"{name}.csv.gz", infer_schema_length=0)
    return held.filter(pl.col("date_start").str.starts_with("#").not_()).with_columns(
        pl.col(NUMBERS).cast(pl.Float64), year=pl.col("date_start").str.slice(0, 4)
    )


def dataset_of(datasets: pl.DataFrame, name: str) -> str:
    return str(datasets.filter(pl.col("name").str.starts_with(name))["id"].item())


@pytest.mark.parametrize("name", FILES)
def test_every_year_and_country_equals_a_plain_query_of_the_file(
    name: str, read: tuple[pl.DataFrame, pl.DataFrame, Activity]
) -> None:
    datasets, _, held = read
    own = held.activity.filter(
        (pl.col("dataset") == dataset_of(datasets, name))
        & pl.col("actor").is_null()
        & (pl.col("part") == "event")
    )
    made = own.group_by("country", year=pl.col("month").str.slice(0, 4)).agg(pl.col("events", *NUMBERS).sum())
    asked = plain(name).group_by("country", "year").agg(pl.len().alias("events"), pl.col(NUMBERS).sum())
    columns = ("year", "events", *NUMBERS)
    assert sorted(made.select(columns).rows()) == sorted(asked.select(columns).rows())


def test_the_page_of_a_group_holds_the_events_of_each_year_as_a_plain_query_counts_them(
    read: tuple[pl.DataFrame, pl.DataFrame, Activity], nothing: SiteTables, about: About
) -> None:
    datasets, records, held = read
    questions = t.table([{"id": "q1", "question": "Has ISIS been defeated?", "target": "ISIS"}], t.QUESTIONS)
    beside = activity_for_questions(questions, held.activity)
    tables = ActivityTables(datasets, records, held.coverage, held.activity, held.shifts, held.moves, beside)
    book = open_book(tables, {k: c.name for k, c in load_registry().countries.items()})
    shelf = open_shelf(checked(nothing))
    site = dict(print_activity(open_press(about), shelf, book, load_outlines()))
    html = site[f"activity/{content_id('a', 'Islamic State')}.html"].decode()
    syria = html[html.index("ged_syria_2016_2019.csv.gz</bdi></span></h2>") :]
    rows = re.findall(
        r'<tr><th scope="row">(20\d\d)</th><td class="n" data-label="Events">([\d,]+)</td>', syria
    )
    assert rows[:4] == [("2016", "2,153"), ("2017", "2,853"), ("2018", "1,025"), ("2019", "441")]
    named = plain(FILES[0]).filter((pl.col("side_a") == "IS") | (pl.col("side_b") == "IS"))
    counted = named.group_by("year").len().sort("year").rows()
    assert [(year, int(number.replace(",", ""))) for year, number in rows[:4]] == counted
    assert all(len(content) < 1_000_000 for content in site.values())


def test_provisional_codes_are_shown_as_unclear_and_not_dropped(
    read: tuple[pl.DataFrame, pl.DataFrame, Activity],
) -> None:
    datasets, _, held = read
    asked = plain(FILES[2])
    rows = asked.filter((pl.col("side_a") == "XXX652") | (pl.col("side_b") == "XXX652"))
    own = held.activity.filter(
        (pl.col("dataset") == dataset_of(datasets, FILES[2]))
        & (pl.col("actor") == "XXX652")
        & (pl.col("part") == "event")
    )
    assert rows.height > 20
    assert own["unclear"].all() and own["events"].sum() == rows.height
    assert own["best"].sum() == rows["best"].sum()


@pytest.fixture(scope="module")
def nothing() -> SiteTables:
    names = "documents passages claims figures voices questions stances conflicts doubts".split()
    return SiteTables(**{name: t.empty(getattr(t, name.upper())) for name in names})


@pytest.fixture(scope="module")
def about() -> About:
    return About(title="Event data", rasid_version="0", contract_version=1, reader="none", pipeline="none")
