"""Rows of event data beside incidents: joined by place and day, never all pairs."""

from __future__ import annotations

import polars as pl

from rasid.model.incidents import INCIDENTS
from rasid.model.recorded import RECORDS
from rasid.model.tables import Row, table
from rasid.resolve.incidents.records import match_records


def incident(
    name: str, *, day: str | None = "2019-04-03", last: str | None = None, at: float | None = 35.0
) -> Row:
    place = {"latitude": at, "longitude": 36.0 if at is not None else None}
    return {"id": name, "what": "killing", "first_day": day, "last_day": last or day, "types": [], **place}


def record(
    name: str, row: int, *, day: str = "2019-04-03", at: float = 35.0, prec: int = 1, part: str = "event"
) -> Row:
    return {
        "id": name, "dataset": "s1", "row": row, "part": part, "latitude": at, "longitude": 36.0, "where_prec": prec,
        "first_day": day, "last_day": day,
    }  # fmt: skip


def matched(incidents: list[Row], records: list[Row]) -> list[tuple[str, str]]:
    found = match_records(table(incidents, INCIDENTS), table(records, RECORDS))
    return list(found.select("incident", "record").iter_rows())


def test_a_row_of_the_same_day_and_town_matches_once_whatever_its_parts() -> None:
    rows = [record("s1-2-event", 2), record("s1-2-civilians", 2, part="civilians")]
    assert matched([incident("i1")], rows) == [("i1", "s1-2-event")]


def test_another_day_or_another_town_matches_nothing() -> None:
    assert matched([incident("i1")], [record("r", 2, day="2019-04-04"), record("q", 3, at=35.3)]) == []


def test_a_town_near_the_edge_of_a_cell_still_matches() -> None:
    assert matched([incident("i1", at=35.199)], [record("r", 2, at=35.201)]) == [("i1", "r")]


def test_a_row_that_is_known_to_the_district_alone_matches_nothing() -> None:
    assert matched([incident("i1")], [record("r", 2, prec=3)]) == []


def test_an_incident_without_point_or_day_or_over_weeks_matches_nothing() -> None:
    held = [incident("i1", at=None), incident("i2", day=None), incident("i3", last="2019-04-30")]
    assert matched(held, [record("r", 2)]) == []


def test_no_records_give_an_empty_table_of_the_right_shape() -> None:
    found = match_records(table([incident("i1")], INCIDENTS), None)
    assert found.height == 0 and found.columns == ["incident", "record", "distance_km", "why"]


def test_many_rows_on_other_days_cost_no_pairs() -> None:
    """60,000 rows against 2,000 incidents: a join that took all pairs would not end in the time of a test."""
    days = (
        pl.date_range(pl.date(2016, 1, 1), pl.date(2019, 12, 31), eager=True)
        .dt.strftime("%Y-%m-%d")
        .to_list()
    )
    rows = [record(f"r{n}", n, day=days[n % len(days)], at=33 + (n % 40) / 10) for n in range(60_000)]
    held = [incident(f"i{n}", day=days[n % len(days)], at=33 + (n % 40) / 10) for n in range(2_000)]
    found = match_records(table(held, INCIDENTS), table(rows, RECORDS))
    assert found["incident"].n_unique() == 2_000
