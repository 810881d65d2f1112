"""Activity: what is counted, once, where and when; what stays apart; how names meet."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rasid.model.tables import QUESTIONS, table
from rasid.weigh.activity import Activity, activity_for_questions, weigh_activity
from tests.event_rows import dataset, datasets, event, records

UCDP = Path(__file__).parents[3] / "shared" / "data" / "ucdp" / "ged_syria_2016_2019.csv.gz"


def of(held: Activity, actor: str | None, part: str = "event") -> list[dict[str, object]]:
    """The rows of one group."""
    wanted = pl.lit(actor, pl.String)
    rows = held.activity.filter(pl.col("actor").eq_missing(wanted) & (pl.col("part") == part))
    return rows.drop("dataset", "actor", "part", "country", "adm1").to_dicts()


def test_an_event_counts_once_for_each_side_and_once_for_all() -> None:
    held = weigh_activity(datasets(), records(event(2), event(3, best=4.0, high=9.0)))
    row: dict[str, object] = {"month": "2020-03", "base": "dead", "unclear": False, "events": 2}
    sums: dict[str, object] = {
        "unnumbered": 0,
        "long": 0,
        "low": 2.0,
        "best": 5.0,
        "high": 10.0,
        "long_best": 0.0,
    }
    assert of(held, "Northern Column") == [row | {"as_actor": 2, "as_target": 0} | sums]
    assert of(held, "Southern Guard") == [row | {"as_actor": 0, "as_target": 2} | sums]
    assert of(held, None) == [row | {"as_actor": 0, "as_target": 0} | sums]


def test_a_group_on_both_sides_of_an_event_counts_once() -> None:
    (row,) = of(weigh_activity(datasets(), records(event(2, target="Northern Column"))), "Northern Column")
    assert (row["events"], row["as_actor"], row["as_target"], row["best"]) == (1, 1, 1, 1.0)


def test_part_numbers_stand_in_rows_of_their_own() -> None:
    parts = [
        event(2, part="civilians", base="civilians", best=3.0, low=3.0, high=3.0),
        event(3, part="civilians", base="civilians", best=0.0, low=0.0, high=0.0),
    ]
    held = weigh_activity(datasets(), records(event(2, best=5.0), event(3, best=2.0), *parts))
    (whole,), (civilians,) = of(held, None), of(held, None, "civilians")
    assert (whole["events"], whole["best"]) == (2, 7.0)
    assert (civilians["events"], civilians["best"], civilians["base"]) == (1, 3.0, "civilians")


def test_unclear_rows_stand_apart_and_are_not_dropped() -> None:
    rows = of(weigh_activity(datasets(), records(event(2), event(3, actor="XXX652", unclear=True))), None)
    assert [(row["unclear"], row["events"]) for row in rows] == [(False, 1), (True, 1)]


def test_an_event_counts_in_the_month_in_which_it_begins() -> None:
    held = weigh_activity(datasets(), records(event(2, "2020-03-30", last_day="2020-05-02"), event(3)))
    (row,) = of(held, None)
    assert (row["month"], row["events"], row["long"], row["long_best"]) == ("2020-03", 2, 1, 1.0)
    assert held.coverage["long"].to_list() == [1]


def test_an_event_without_a_day_has_no_month() -> None:
    held = weigh_activity(datasets(), records(event(2, first_day=None, last_day=None), event(3)))
    assert [row["month"] for row in of(held, None)] == [None, "2020-03"]
    assert held.coverage["undated"].to_list() == [1]


def test_two_versions_of_the_same_data_are_never_put_together() -> None:
    other = "s00000000000b"
    held = weigh_activity(
        datasets(dataset(), dataset(id=other, version="3.2")), records(event(2), event(2, dataset=other))
    )
    assert held.activity.filter(pl.col("actor").is_null())["events"].to_list() == [1, 1]
    assert sorted(held.activity["dataset"].unique()) == ["s00000000000a", other]


def test_an_event_without_a_number_is_counted_and_adds_none() -> None:
    (row,) = of(weigh_activity(datasets(), records(event(2, low=None, best=None, high=None))), None)
    assert (row["events"], row["unnumbered"], row["best"]) == (1, 1, None)


def test_one_number_without_an_upper_end_leaves_the_sum_without_one() -> None:
    (row,) = of(weigh_activity(datasets(), records(event(2, high=None, low=5.0, best=5.0), event(3))), None)
    assert (row["low"], row["best"], row["high"]) == (6.0, 6.0, None)


def test_a_stock_is_never_summed() -> None:
    row = {"part": "displaced", "base": "displaced", "stock_flow": "stock"}
    held = weigh_activity(datasets(), records(event(2, **row), event(2)))
    assert of(held, None, "displaced") == []


def test_a_dataset_of_stocks_is_no_event_data() -> None:
    held = weigh_activity(datasets(), records(event(2, base="displaced", stock_flow="stock")))
    assert held.coverage.select("counted", "events").row(0) == (False, 0)
    assert held.activity.height == held.moves.height == 0


def test_one_best_number_without_a_range_leaves_the_sum_without_one() -> None:
    (row,) = of(weigh_activity(datasets(), records(event(2, low=None, high=None, best=3.0), event(3))), None)
    assert (row["low"], row["best"], row["high"]) == (None, 4.0, None)


def test_a_number_without_a_floor_adds_none() -> None:
    (row,) = of(weigh_activity(datasets(), records(event(2, low=None, best=None, high=30.0), event(3))), None)
    assert (row["low"], row["best"], row["high"]) == (1.0, 1.0, 31.0)


def test_a_table_of_totals_is_not_counted_and_says_why() -> None:
    held = weigh_activity(datasets(), records(event(2, part="dead", last_day="2020-03-31")))
    assert held.coverage.select("counted", "events").row(0) == (False, 0)
    assert held.activity.height == 0


def test_rows_of_years_are_not_counted_by_month() -> None:
    held = weigh_activity(datasets(), records(event(2, "2020-01-01", last_day="2020-12-31")))
    assert held.coverage["counted"].to_list() == [False]
    assert "more than a month" in held.coverage["reason"][0]


@pytest.mark.parametrize(
    ("days", "whole"),
    [
        (("2020-01-01", "2021-12-31"), ("2020-01", "2021-12")),
        (("2020-01-04", "2021-12-25"), ("2020-01", "2021-12")),
        (("2020-01-20", "2021-12-01"), ("2020-02", "2021-11")),
        (("2020-01-20", "2020-01-22"), (None, None)),
        (("2020", "2021"), ("2020-01", "2021-12")),
        ((None, None), (None, None)),
    ],
)
def test_a_month_is_whole_if_there_are_rows_near_its_ends(
    days: tuple[str, str], whole: tuple[str | None, str | None]
) -> None:
    given = datasets(dataset(first_day=days[0], last_day=days[1]))
    held = weigh_activity(given, records(event(2))).coverage
    assert held.select("first_whole", "last_whole").row(0) == whole


@pytest.mark.parametrize(
    ("version", "whole"),
    [("26.0.2", ("2026-02", "2026-02")), ("24.01.24.03", ("2024-01", "2024-03"))],
)
def test_a_provisional_release_says_its_months_in_its_version(version: str, whole: tuple[str, str]) -> None:
    given = datasets(
        dataset(shape="UCDP GED", version=version, first_day="2026-01-01", last_day="2026-03-11")
    )
    held = weigh_activity(given, records(event(2, "2026-01-20"))).coverage
    assert held.select("provisional", "first_whole", "last_whole").row(0) == (True, *whole)


def test_the_centre_and_the_spread_of_two_places() -> None:
    rows = [
        event(2, latitude=35.0),
        event(3, latitude=36.0, adm2="Idra"),
        event(4, latitude=0.0, where_prec=6),
    ]
    moves = weigh_activity(datasets(), records(*rows)).moves.filter(pl.col("actor") == "Northern Column")
    row = moves.to_dicts()[0]
    assert (row["year"], row["events"], row["located"], row["adm1s"], row["adm2s"]) == (2020, 3, 2, 1, 2)
    assert (row["latitude"], row["longitude"]) == pytest.approx((35.5, 38.0))
    assert row["spread_km"] == pytest.approx(55.6, abs=0.1)  # half a degree of latitude


def test_a_centre_over_the_date_line_stays_there() -> None:
    rows = [event(2, longitude=179.0, latitude=0.0), event(3, longitude=-179.0, latitude=0.0)]
    moves = weigh_activity(datasets(), records(*rows)).moves.filter(pl.col("actor").is_null())
    assert abs(moves["longitude"][0]) == pytest.approx(180.0)


# --- questions ---------------------------------------------------------------------------------------------------


def beside(*, rows: list[dict[str, object]], **asked: object) -> list[tuple[object, ...]]:
    held = weigh_activity(datasets(), records(*rows)).activity
    questions = table([{"id": "q1", "question": "?"} | asked], QUESTIONS)
    return activity_for_questions(questions, held).select("actor", "country", "adm1", "reason").rows()


def test_is_in_the_data_and_isis_in_a_report_are_one_actor() -> None:
    assert beside(rows=[event(2, actor="IS")], target="ISIS") == [
        ("IS", None, None, "ISIS is IS in the data.")
    ]
    assert beside(rows=[event(2, actor="Islamic State")], target="Daesh")[0][0] == "Islamic State"


def test_an_army_finds_the_government_it_belongs_to() -> None:
    ((actor, _, _, reason),) = beside(rows=[event(2, actor="Government of Syria")], actor="Syrian Arab Army")
    assert actor == "Government of Syria"
    assert "to which it belongs" in str(reason)


def test_a_group_that_the_data_does_not_hold_has_no_series() -> None:
    assert beside(rows=[event(2)], target="Grey Banner") == []


def test_a_question_about_a_place_takes_the_series_of_that_place() -> None:
    rows = [event(2, adm1="Idlib Governorate"), event(3, country="IQ", adm1="Ninawa")]
    assert beside(rows=rows, place="Idlib")[0][:3] == (None, "SY", "Idlib Governorate")
    assert beside(rows=rows, place="Iraq", actor="Northern Column")[0][:3] == ("Northern Column", "IQ", None)
    assert beside(rows=rows, place="Yemen", actor="Northern Column") == []


# --- against a plain query ---------------------------------------------------------------------------------------


@pytest.mark.skipif(
    not UCDP.is_file(), reason="needs ../shared/data/ucdp, which is not part of the repository"
)
def test_events_of_a_group_equal_a_plain_query_of_the_file() -> None:
    plain = pl.read_csv(UCDP, infer_schema_length=0)
    rows = plain.with_row_index("row", offset=2).select(
        *(pl.col("row").cast(pl.Int64), pl.lit("event").alias("part"), pl.lit("dead").alias("base")),
        *(pl.col(name).cast(pl.Float64) for name in ("low", "best", "high")),
        *(pl.lit("SY").alias("country"), pl.col("adm_1").alias("adm1"), pl.lit("people").alias("unit")),
        *(pl.lit(value).alias(name) for name, value in (("dataset", "s00000000000a"), ("measure", "count"))),
        *(pl.col("side_a").alias("actor"), pl.col("side_b").alias("target")),
        *(pl.col("date_start").alias("first_day"), pl.col("date_end").alias("last_day")),
    )
    shaped = pl.concat([records(), rows], how="diagonal")
    held = weigh_activity(datasets(dataset(first_day="2016-01-01", last_day="2019-12-01")), shaped)
    own = (
        held.activity.filter(pl.col("actor") == "IS")
        .group_by(pl.col("month").str.slice(0, 4))
        .agg(pl.col("events", "best", "low", "high").sum())
    )
    expected = (
        plain.filter((pl.col("side_a") == "IS") | (pl.col("side_b") == "IS"))
        .group_by("year")
        .agg(pl.len(), pl.col("best", "low", "high").cast(pl.Float64).sum())
    )
    assert sorted(own.rows()) == sorted(expected.rows())
    assert [row[1] for row in sorted(own.rows())] == [2153, 2853, 1025, 441]
