"""Activity of groups over time, from event data: how many events, how many dead, when it changed, where it moved.

    weigh_activity        datasets, records          -> coverage, activity, shifts, moves
    activity_for_questions   questions, activity     -> which series stand beside a question

What it counts and what it does not say: docs/concepts/activity.md. Rows of two datasets are never put together.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rasid.model.activity import ACTIVITY, ACTIVITY_READS, COVERAGE, MOVES, SHIFTS
from rasid.model.recorded import DATASETS
from rasid.model.tables import check
from rasid.weigh.activity.beside import activity_for_questions
from rasid.weigh.activity.counts import EVENT, count_activity, with_months
from rasid.weigh.activity.coverage import list_coverage
from rasid.weigh.activity.moves import list_moves
from rasid.weigh.activity.series import list_shifts

__all__ = ["Activity", "activity_for_questions", "weigh_activity"]


@dataclass(frozen=True, slots=True)
class Activity:
    """The tables of model/activity.py that follow from event data alone."""

    coverage: pl.DataFrame
    activity: pl.DataFrame
    shifts: pl.DataFrame
    moves: pl.DataFrame


def weigh_activity(datasets: pl.DataFrame, records: pl.DataFrame) -> Activity:
    """Count the event data of a case.

    datasets: recorded.DATASETS
    records:  recorded.RECORDS, of which only the columns of activity.ACTIVITY_READS are needed
    raises:   TableShapeError if a table lacks a column
    """
    datasets = check(datasets, DATASETS, where="activity/datasets")
    read = records.select(name for name in ACTIVITY_READS if name in records.columns)
    records = with_months(check(read, ACTIVITY_READS, where="activity/records"))
    records = records.filter(pl.col("stock_flow").is_null() | (pl.col("stock_flow") != "stock"))
    events = records.filter(pl.col("part") == EVENT)  # a stock is no event, and is never summed over time
    coverage = list_coverage(datasets, events)
    counted = coverage.filter("counted").select("dataset")
    activity = count_activity(records.join(counted, on="dataset", how="semi"))
    moves = list_moves(events.join(counted, on="dataset", how="semi"))
    return Activity(
        check(coverage, COVERAGE, where="coverage"),
        check(activity, ACTIVITY, where="activity"),
        check(list_shifts(activity, coverage), SHIFTS, where="shifts"),
        check(moves, MOVES, where="moves"),
    )
