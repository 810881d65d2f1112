"""Charts: heights follow numbers, unknown is not zero, whiskers and labels stay on the drawing."""

from __future__ import annotations

import re
from datetime import date

from rasid.present.charts import (
    WIDTH,
    Bar,
    Level,
    Shift,
    Small,
    draw_columns,
    draw_panels,
    draw_stripes,
    nice_top,
    steps_to,
)
from rasid.present.dots import Dot, draw_dots


def months(count: int, first: int = 2020) -> list[str]:
    return [f"{first + n // 12}-{n % 12 + 1:02}" for n in range(count)]


def bars(*values: float | None) -> list[Bar]:
    return [
        Bar(month, value, f"{month}: {value}", f"rows.html#m{month}")
        for month, value in zip(months(len(values)), values, strict=True)
    ]


def top_of(path: str) -> float:
    found = re.search(r"V([\d.]+)", path)
    assert found
    return float(found[1])


def test_a_column_is_as_high_as_its_number() -> None:
    drawing = draw_columns(bars(10.0, 20.0, 0.0))
    ten, twenty, none = drawing.links
    assert drawing.base - top_of(twenty.columns) == 2 * (drawing.base - top_of(ten.columns))
    assert none.columns == ""


def test_an_unknown_month_is_hatched_and_no_zero() -> None:
    drawing = draw_columns(bars(None, None, 3.0, 0.0))
    assert [link.says for link in drawing.links] == ["2020-03: 3.0", "2020-04: 0.0"]
    ((x, width),) = drawing.unknown
    assert (x, width) == (drawing.links[0].x - width, 2 * drawing.links[0].width)


def test_a_whisker_goes_from_low_to_high_and_an_open_end_has_an_arrow() -> None:
    closed = draw_columns([Bar("2020-01", 10.0, "", low=5.0, high=15.0)])
    assert closed.whiskered and closed.links[0].whiskers.count("M") == 3
    assert draw_columns([Bar("2020-01", 10.0, "", low=10.0, high=10.0)]).links[0].whiskers == ""
    opened = draw_columns([Bar("2020-01", 10.0, "", low=5.0, high=float("inf"))])
    assert opened.links[0].whiskers.endswith("m-3 5l3 -5l3 5")
    assert "inf" not in opened.links[0].whiskers and "nan" not in opened.links[0].whiskers


def test_one_endless_whisker_does_not_flatten_the_columns() -> None:
    drawing = draw_columns([Bar("2020-01", 10.0, "", low=5.0, high=9000.0)])
    assert float(drawing.grid[-1][1]) <= 40


def test_a_long_series_has_one_link_a_year_that_opens_the_year() -> None:
    drawing = draw_columns(bars(*[1.0] * 96))
    assert [link.href for link in drawing.links] == [f"rows.html#y{year}" for year in range(2020, 2028)]
    assert drawing.links[0].columns.count("M") == 12
    assert len(draw_columns(bars(*[1.0] * 48)).links) == 48


def test_labels_of_changes_give_way_to_numbers_where_they_would_meet() -> None:
    one = Shift(10, 9, 11, "November 2020: 20 to 4 a month")
    apart = Shift(60, 60, 61, "January 2025: 4 to 9 a month")
    near = Shift(14, 13, 14, "March 2021: 4 to 9 a month")
    held = bars(*[5.0] * 72)
    assert [mark.label for mark in draw_columns(held, shifts=[one, apart]).marks] == [one.label, apart.label]
    assert [mark.label for mark in draw_columns(held, shifts=[one, near]).marks] == ["1", "2"]


def test_a_label_near_the_right_edge_stands_left_of_its_line() -> None:
    (mark,) = draw_columns(bars(*[5.0] * 24), shifts=[Shift(23, 22, 23, "x" * 30)]).marks
    assert mark.anchor == "end" and mark.text_x < mark.x <= WIDTH


def test_levels_are_drawn_over_their_months() -> None:
    drawing = draw_columns(bars(4.0, 4.0, 8.0, 8.0), levels=[Level(0, 2, 4.0), Level(2, 4, 8.0)])
    assert drawing.levels.count("M") == 2
    assert float(re.findall(r"H([\d.]+)", drawing.levels)[0]) == drawing.links[2].x


def test_an_empty_series_can_be_drawn() -> None:
    assert draw_columns([]).links == ()
    assert draw_columns(bars(0.0, 0.0)).grid[-1][1] == "4"


def test_an_axis_ends_on_a_round_number_at_or_above_the_highest() -> None:
    for highest in (0.0, 3.0, 5.0, 17.0, 99.0, 101.0, 7643.0, 123456.0):
        ceiling = nice_top(highest)
        assert ceiling >= highest and all(step == int(step) for step in steps_to(ceiling))


def test_small_charts_share_one_scale() -> None:
    tall, low = draw_panels([Small("a", [10.0, None], [0.0, 0.0]), Small("b", [5.0, 0.0], [0.0, 1.0])])
    assert (48 - top_of(low.path)) * 2 == 48 - top_of(tall.path)
    assert len(tall.unknown) == 1 and low.unknown == () and low.apart != ""


def test_bars_by_name_are_shares_of_the_longest() -> None:
    first, second = draw_stripes([("a", "#a", 8.0, 2.0), ("b", "#b", 4.0, 0.0)])
    assert (first.full, first.hollow, second.full, second.hollow) == (75, 25, 50, 0)


def test_a_dot_stands_ten_times_higher_one_line_up_and_open_ends_have_arrows() -> None:
    day = date(2020, 3, 5)
    drawing = draw_dots(
        [
            Dot(day, day, 10.0, 10.0, "#a", "ten"),
            Dot(day, day, 100.0, None, "#b", "at least a hundred"),
            Dot(day, day, None, 1000.0, "#c", "up to a thousand"),
        ]
    )
    ten, hundred, thousand = drawing.spots
    assert round(ten.y - hundred.y, 1) == round(hundred.y - thousand.y, 1) == 50
    assert ten.whisker == "" and "m-3 4l3 -4l3 4" in hundred.whisker and "l3 4l3 -4" in thousand.whisker


def test_the_same_numbers_give_the_same_drawing() -> None:
    assert draw_columns(bars(1.0, 2.0 / 3)) == draw_columns(bars(1.0, 2.0 / 3))


def test_months_are_named_where_there_are_few_and_years_where_there_are_many() -> None:
    def labels(count: int) -> list[str]:
        return [label for _, label in draw_columns(bars(*[1.0] * count)).ticks]

    assert labels(3) == ["Jan 2020", "Feb", "Mar"]
    assert labels(18) == ["Jan 2020", "Apr", "Jul", "Oct", "Jan 2021", "Apr"]
    assert labels(36) == ["2020", "2021", "2022"]
