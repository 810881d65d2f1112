"""The test for changes of level: few false alarms on flat series, and large changes found where they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rasid.weigh.activity import weigh_activity
from rasid.weigh.activity.shifts import find_cuts
from tests.event_rows import datasets, event, records

SERIES = 150


def wild(mean: NDArray[np.float64], *, size: float, draws: np.random.Generator) -> NDArray[np.float64]:
    """Counts with this mean and a variance of mean + mean² / size (negative binomial)."""
    return draws.poisson(draws.gamma(size, 1 / size, len(mean)) * mean).astype(float)


def test_at_most_one_flat_series_in_twenty_gives_an_alarm() -> None:
    draws = np.random.default_rng(11)
    for months, mean in ((36, 20.0), (60, 5.0), (120, 60.0)):
        flat = [wild(np.full(months, mean), size=2, draws=draws) for _ in range(SERIES)]
        alarms = sum(bool(find_cuts(series, key=str(n))) for n, series in enumerate(flat))
        assert alarms <= 0.05 * SERIES


def test_nine_in_ten_falls_to_a_third_are_found_within_half_a_year() -> None:
    draws = np.random.default_rng(12)
    level = np.concatenate([np.full(40, 30.0), np.full(30, 10.0)])
    found = 0
    for n in range(60):
        cuts = find_cuts(wild(level, size=3, draws=draws), key=str(n))
        found += any(abs(cut.at - 40) <= 6 for cut in cuts)
    assert found >= 54


def test_a_spike_of_one_month_is_no_change_of_level() -> None:
    series = np.tile([9.0, 11.0, 10.0], 16)
    series[20] = 300.0
    assert find_cuts(series, key="spike") == []


def test_the_same_series_gives_the_same_answer() -> None:
    series = wild(np.repeat([20.0, 60.0], 24), size=3, draws=np.random.default_rng(5))
    assert find_cuts(series, key="a") == find_cuts(series, key="a") != []


def test_short_and_thin_series_are_left_alone() -> None:
    assert find_cuts(np.repeat([0.0, 90.0], 10), key="short") == []
    assert find_cuts(np.repeat([0.0, 1.0], [60, 12]), key="thin") == []


def test_a_change_is_told_with_its_months_and_levels() -> None:
    rows = []
    for month in range(48):
        day = f"{2018 + month // 12}-{month % 12 + 1:02}-03"
        rows += [event(len(rows) + 2, day) for _ in range(12 if month < 24 else 3)]
    given = datasets({**datasets().to_dicts()[0], "first_day": "2018-01-01", "last_day": "2021-12-31"})
    shifts = weigh_activity(given, records(*rows)).shifts
    assert shifts["actor"].to_list() == [None, "Northern Column", "Southern Guard"]
    row = shifts.to_dicts()[1]
    assert (row["month"], row["before"], row["after"]) == ("2020-01", 12.0, 3.0)
    assert (row["from_month"], row["to_month"]) == ("2018-01", "2021-12")
    assert row["p"] <= 0.02


def test_quiet_months_inside_the_coverage_are_zero_and_months_outside_are_unknown() -> None:
    rows = []
    for month in range(24):
        day = f"{2018 + month // 12}-{month % 12 + 1:02}-02"
        rows += [event(len(rows) + 2, day) for _ in range(10)]
    release = datasets().to_dicts()[0] | {"first_day": "2018-01-02"}
    ended = weigh_activity(datasets(release | {"last_day": "2019-12-31"}), records(*rows))
    assert ended.shifts.height == 0
    quiet = weigh_activity(datasets(release | {"last_day": "2021-12-31"}), records(*rows))
    assert quiet.shifts["after"].to_list() == [0.0, 0.0, 0.0]
