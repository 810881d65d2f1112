"""Rows of data as records: what each known shape means, messy cells, and what becomes a doubt."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.extract.cell_values import read_count, read_days
from rasid.extract.propose import mapping_text, propose
from rasid.extract.rows import ReadRows, read_rows
from rasid.knowledge.shapes import Shape, find_shape, read_shapes
from rasid.knowledge.shapes_hxl import shape_of_tags
from rasid.knowledge.vocabulary import load_vocabulary
from rasid.model.values import Bound
from rasid.read.tables import read_tables
from tests.table_files import ACLED_31, ACLED_EVENT, GED_41, GED_49, GED_EVENT, csv_file

SHA = "0" * 64


def read(content: bytes, *, name: str = "a.csv", shape: Shape | None = None) -> tuple[pl.DataFrame, ReadRows]:
    """The records of the one table of a file, by the shape that its headings have."""
    (table,) = read_tables(content, name=name).tables
    found = shape or find_shape(table.headings, name=name)
    found = found or (shape_of_tags(table.headings, table.tags) if table.tags else None)
    assert found is not None, "no shape knows these headings"
    made = read_rows(table, found, original=SHA, name=name)
    return pl.concat([records for records, _ in made.pieces]), made


def doubts(made: ReadRows) -> list[str]:
    return [str(doubt["what"]) for doubt in made.doubts]


def mapped(columns: str, numbers: str, headings: Sequence[str]) -> Shape:
    recognise = ", ".join(f'"{each}"' for each in headings)
    text = f"shape: own mapping\nvoice: Marwa Monitor\nrecognise: [[{recognise}]]\ncolumns: {{{columns}}}\nnumbers: [{numbers}]\n"
    (shape,) = read_shapes(text, where="test.yaml")
    return shape


NUMBER = mapped("place: place", "{part: event, best: killed, base: dead}", ["place", "killed"])


def count_of(cell: str) -> tuple[float | None, float | None, float | None, str | None]:
    """low, best, high and bound of one cell below "killed"."""
    records, _ = read(csv_file(["place", "killed"], [["Marwa", cell]]), shape=NUMBER)
    return records.select("low", "best", "high", "bound").row(0)  # type: ignore[return-value]


# --- known shapes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headings", [GED_41, GED_49])
def test_a_ged_event_is_five_numbers_with_their_cells(headings: Sequence[str]) -> None:
    records, made = read(csv_file(headings, [GED_EVENT]), name="GEDEvent_v25_1.csv")
    got = records.select("part", "low", "best", "high", "base", "as_said", "column", "bound").rows()
    assert got == [
        ("civilians", None, 7.0, None, "civilians", "7", "deaths_civilians", None),
        ("event", 6.0, 8.0, 11.0, "dead", "8", "best", "range"),
        ("side_a", None, 0.0, None, "fighters", "0", "deaths_a", None),
        ("side_b", None, 0.0, None, "fighters", "0", "deaths_b", None),
        ("unknown", None, 1.0, None, "unknown status", "1", "deaths_unknown", None),
    ]
    event = records.row(1, named=True)
    assert event["id"] == f"{made.dataset['id']}-2-event"
    assert (event["type"], event["actor"], event["target"]) == ("killing", "Marwa Guards", "civilians")
    assert (event["country"], event["adm1"], event["where_prec"]) == ("SY", "Dalia", 2)
    assert (event["first_day"], event["last_day"]) == ("2017-05-01", "2017-05-02")
    assert event["source"] == '"Valley Post,2017-05-02,Market hit in Marwa"'
    assert not event["unclear"]
    assert (made.dataset["shape"], made.dataset["version"], made.dataset["rows"]) == ("UCDP GED", "25.1", 1)
    assert not made.doubts


def test_the_place_of_a_ged_event_is_the_finest_there_is() -> None:
    assert read(csv_file(GED_49, [GED_EVENT]))[0]["place"][0] == "the market of Marwa"
    assert read(csv_file(GED_41, [GED_EVENT]))[0]["place"][0] == "Marwa town"


def test_a_ged_file_with_hxl_tags_is_a_ged_file() -> None:
    tags = ["#date+year" if each == "year" else "" for each in GED_41]
    lines = csv_file(GED_41, [tags, [GED_EVENT.get(each, "") for each in GED_41]])
    records, made = read(lines)
    assert made.dataset["shape"] == "UCDP GED" and records["row"].unique().to_list() == [3]


def test_the_cut_of_seven_columns_has_a_best_figure_and_no_range() -> None:
    headings = ["id", "conflict_new_id", "conflict_name", "country", "best", "type_of_violence", "date"]
    records, _ = read(
        csv_file(headings, [["900001.0", "1", "Syria: Government", "Syria", "4", "1", "2025-01-18"]])
    )
    assert records.select("low", "best", "high", "type", "first_day").row(0) == (
        None,
        4.0,
        None,
        "battle",
        "2025-01-18",
    )


@pytest.mark.parametrize(
    "changed",
    [{"code_status": "Check dyad"}, {"event_clarity": "2"}, {"side_a": "XXX652"}, {"side_b": "XXX652"}],
)
def test_provisional_and_unclear_events_are_kept_and_called_unclear(changed: dict[str, str]) -> None:
    records, _ = read(csv_file(GED_49, [GED_EVENT | changed]))
    assert records["unclear"].all() and records.height == 5


def test_an_actor_has_the_name_of_the_list_of_actors_and_the_words_of_the_file() -> None:
    records, _ = read(csv_file(GED_49, [GED_EVENT | {"side_a": "IS", "side_a_new_id": ""}]))
    assert records.select("actor", "actor_text").row(0) == ("Islamic State", "IS")
    records, _ = read(csv_file(GED_49, [GED_EVENT | {"side_a": "Govt. of Syria", "side_a_new_id": "118"}]))
    assert records.select("actor", "actor_text").row(0) == ("Syrian government", "Govt. of Syria")


def test_a_government_that_fell_is_not_the_one_that_followed() -> None:
    events = [
        GED_EVENT
        | {
            "id": day,
            "side_a": "Government of Syria",
            "side_a_new_id": "118",
            "date_start": day,
            "date_end": day,
        }
        for day in ("2024-12-03", "2025-02-01")
    ]
    records, _ = read(csv_file(GED_49, events))
    assert records["actor"].unique(maintain_order=True).to_list() == [
        "Syrian government",
        "Syrian caretaker government",
    ]
    assert records["actor_text"].unique().to_list() == ["Government of Syria"]


def test_a_government_has_the_name_that_reports_give_it() -> None:
    records, _ = read(
        csv_file(GED_49, [GED_EVENT | {"side_a": "Government of Ethiopia", "side_a_new_id": "97"}])
    )
    assert records["actor"][0] == "Ethiopian government"


def test_a_country_year_is_a_whole_year_and_its_parts_stand_apart() -> None:
    headings = (
        "country_id_cy country_cy year_cy sb_total_deaths_best_cy sb_total_deaths_low_cy sb_total_deaths_high_cy"
        " ns_total_deaths_best_cy os_total_deaths_best_cy cumulative_total_deaths_in_orgvio_best_cy"
        " cumulative_total_deaths_in_orgvio_low_cy cumulative_total_deaths_in_orgvio_high_cy version"
    ).split()
    row = ["652", "Yemen (North Yemen)", "2016", "40", "38", "45", "3", "2", "45", "41", "52", "25.1"]
    records, made = read(csv_file(headings, [row]))
    whole = records.filter(pl.col("part") == "event").row(0, named=True)
    assert (whole["low"], whole["best"], whole["high"], whole["country"]) == (41.0, 45.0, 52.0, "YE")
    assert (whole["first_day"], whole["last_day"]) == ("2016-01-01", "2016-12-31")
    assert made.dataset["version"] == "25.1"
    assert set(records["part"]) == {"event", "state_based", "non_state", "one_sided"}


def test_an_acled_event_stands_for_the_days_that_its_precision_allows() -> None:
    records, made = read(
        csv_file(ACLED_31, [ACLED_EVENT, ACLED_EVENT | {"event_id_cnty": "SYR2", "time_precision": "3"}])
    )
    got = records.select("type", "actor", "place", "where_prec", "best", "first_day", "last_day").rows()
    assert got == [
        ("battle", "Marwa Guards", "Tell Rim", 4, 4.0, "2024-03-02", "2024-03-08"),
        ("battle", "Marwa Guards", "Tell Rim", 4, 4.0, "2024-03-01", "2024-03-31"),
    ]
    assert records["source"][0] == "Valley Post; Radio Dalia" and not made.doubts


def test_an_older_acled_file() -> None:
    headings = "data_id iso3 event_id_cnty event_id_no_cnty event_date event_type actor1 country location fatalities".split()
    row = [
        "1",
        "SYR",
        "SYR1",
        "1",
        "2018-03-05",
        "Battle-No change of territory",
        "Marwa Guards",
        "Syria",
        "Tell Rim",
        "2",
    ]
    records, _ = read(csv_file(headings, [row]))
    assert records.select("type", "country", "best").row(0) == ("battle", "SY", 2.0)


def test_an_ibc_incident_is_a_range_without_a_best_figure() -> None:
    headings = [
        "IBC code", "Start Date", "End Date", "Time", "Location", "Target", "Weapons", "Reported Minimum", "Reported Maximum",
        "Sources",
    ]  # fmt: skip
    row = ["k1", "05 Mar 2007", "06 Mar 2007", "AM", "Bir Noor", "market", "car bomb", "3", "5", "VP, RD"]
    records, _ = read(csv_file(headings, [row]))
    got = records.select("low", "best", "high", "base", "first_day", "last_day").row(0)
    assert got == (3.0, None, 5.0, "civilians", "2007-03-05", "2007-03-06")


def test_displaced_people_are_a_stock_and_families_another_unit() -> None:
    headings = "date kind governorate district locations families individuals individuals_reported".split()
    rows = [
        ["2015-04-01", "idps", "Dalia", "Marwa", "3", "10", "60", "True"],
        ["2015-04-01", "returnees", "Dalia", "Marwa", "3", "2", "12", "True"],
    ]
    records, _ = read(csv_file(headings, rows))
    got = records.select("part", "best", "unit", "base", "stock_flow").rows()
    assert got == [
        ("event", 60.0, "people", "displaced", "stock"),
        ("families", 10.0, "family", "displaced", "stock"),
        ("event", 12.0, "people", "returnees", "stock"),
        ("families", 2.0, "family", "returnees", "stock"),
    ]


def test_idmc_stock_and_movements_are_never_one_base() -> None:
    headings = ["ISO3", "Name", "Year", "Conflict Stock Displacement", "Conflict Internal Displacements"]
    records, _ = read(csv_file(headings, [["SYR", "Syria", "2016", "1,200", "300"]]))
    assert records.select("best", "base", "stock_flow").rows() == [
        (300.0, "displacements", "flow"),
        (1200.0, "displaced", "stock"),
    ]


def test_a_table_with_hxl_tags_needs_no_known_heading() -> None:
    content = b"Provinz,Tag,Tote,Farbe\n#adm1+name,#date,#affected+killed,#x_color\nDalia,2024-03-05,3,red\n"
    records, made = read(content)
    assert records.select("adm1", "first_day", "best", "base", "column").row(0) == (
        "Dalia",
        "2024-03-05",
        3.0,
        "dead",
        "Tote",
    )
    assert made.dataset["shape"] == "HXL-tagged table" and not made.doubts


def test_a_uwazi_export_and_a_sheet_of_archived_posts_are_records_without_a_number() -> None:
    headings = ["Title", "Template", "Geolocation", "Date", "Perpetrator"]
    records, _ = read(
        csv_file(headings, [["Strike on Marwa", "Incident", "35.5|36.25", "2024-03-05", "Marwa Guards"]])
    )
    got = records.select("part", "as_said", "column", "latitude", "longitude", "best", "actor").row(0)
    assert got == ("event", "Strike on Marwa", "Title", 35.5, 36.25, None, "Marwa Guards")
    headings = ["Link", "Archive Status", "Archive Location", "Upload Timestamp", "Text Content"]
    records, _ = read(
        csv_file(headings, [["p/1", "success", "s3/1", "2024-03-05T10:00:00", "They shelled the mill."]])
    )
    assert records.select("as_said", "source", "first_day").row(0) == (
        "They shelled the mill.",
        "p/1",
        "2024-03-05",
    )


def test_every_event_type_of_a_shape_is_one_of_the_vocabulary() -> None:
    from rasid.knowledge.shapes import load_shapes

    known = set(load_vocabulary().types) | {""}
    for shape in load_shapes():
        source = shape.fields.get("type")
        codes = set(source.codes.values()) if source and source.codes else set()
        assert (codes | {each.type or "" for each in shape.numbers}) <= known, shape.name


def test_a_heading_that_a_known_shape_does_not_know_is_left_out_by_name() -> None:
    _, made = read(csv_file([*GED_49, "my_own"], [GED_EVENT | {"my_own": "x"}]))
    columns = {column["heading"]: column["means"] for column in made.dataset["columns"]}  # type: ignore[union-attr]
    assert (
        columns["my_own"] == "ignored"
        and columns["best"] == "best of event"
        and columns["relid"] == "ignored"
    )
    assert doubts(made) == ["unknown columns"] and "my_own" in str(made.doubts[0]["sentence"])


# --- messy cells ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "low", "best", "high", "bound"),
    [
        ("12", 12.0, 12.0, 12.0, "exact"),
        ("2-5", 2.0, None, 5.0, "range"),
        ("2 – 5", 2.0, None, 5.0, "range"),
        ("between 2 and 5", 2.0, None, 5.0, "range"),
        ("بين ٢ و٥", 2.0, None, 5.0, "range"),
        ("at least 12", 12.0, None, None, "at least"),
        ("12+", 12.0, None, None, "at least"),
        ("more than 40", 41.0, None, None, "more than"),
        ("up to 9", None, None, 9.0, "at most"),
        ("<10", None, None, 9.0, "less than"),
        ("~30", 30.0, 30.0, 30.0, "about"),
        ("1,234", 1234.0, 1234.0, 1234.0, "exact"),
        ("1 234", 1234.0, 1234.0, 1234.0, "exact"),
        ("١٢", 12.0, 12.0, 12.0, "exact"),
        ("أكثر من ٤٠", 41.0, None, None, "more than"),
        ("0", 0.0, 0.0, 0.0, "exact"),
        ("3.0", 3.0, 3.0, 3.0, "exact"),
    ],
)
def test_a_messy_number_keeps_its_bounds(
    cell: str, low: float | None, best: float | None, high: float | None, bound: str
) -> None:
    assert count_of(cell) == (low, best, high, bound)


@pytest.mark.parametrize(
    "cell",
    ["several", "12 (3 children)", "2 and 5", "2/5", "5-2", "-4", "1,23", "2016/2017/1", "1e3", "nan0", "³"],
)
def test_a_cell_that_cannot_be_read_is_a_doubt_and_no_zero(cell: str) -> None:
    records, made = read(csv_file(["place", "killed"], [["Marwa", cell], ["Dalia", "4"]]), shape=NUMBER)
    assert records.select("row", "best", "as_said", "column").rows() == [
        (2, None, "Marwa", "place"),
        (3, 4.0, "4", "killed"),
    ]
    assert doubts(made) == ["unread numbers"] and cell in str(made.doubts[0]["sentence"])


@pytest.mark.parametrize("cell", ["n/a", "unknown", "-", "", "غير معروف", "NaN", "?"])
def test_a_cell_that_says_that_nothing_is_known_is_no_number_and_no_doubt(cell: str) -> None:
    records, made = read(csv_file(["place", "killed"], [["Marwa", cell], ["Dalia", "4"]]), shape=NUMBER)
    assert records["best"].to_list() == [None, 4.0] and not made.doubts


def test_totals_inside_the_rows_are_not_counted_and_said() -> None:
    records, made = read(
        csv_file(["place", "killed"], [["Marwa", "3"], ["Total", "3"], ["Dalia", "4"]]), shape=NUMBER
    )
    assert records["best"].sum() == 7.0 and records["row"].to_list() == [2, 4]
    assert doubts(made) == ["rows of totals"] and made.dataset["rows"] == 2


def test_low_above_high_is_kept_and_said() -> None:
    records, made = read(csv_file(GED_49, [GED_EVENT | {"low": "9", "best": "8"}]))
    event = records.filter(pl.col("part") == "event").row(0, named=True)
    assert (event["low"], event["best"], event["high"]) == (9.0, 8.0, 11.0)
    assert doubts(made) == ["low above high"]


def test_an_event_that_stands_twice_is_said() -> None:
    _, made = read(csv_file(GED_49, [GED_EVENT, GED_EVENT]))
    assert doubts(made) == ["repeated events"]


DAYS = mapped(
    "first_day: day, last_day: end", "{part: event, best: killed, base: dead}", ["day", "end", "killed"]
)


def test_the_order_of_day_and_month_is_taken_from_the_rows_that_show_it() -> None:
    records, made = read(
        csv_file(["day", "end", "killed"], [["05/03/2024", "", "1"], ["17/03/2024", "", "2"]]), shape=DAYS
    )
    assert records["first_day"].to_list() == ["2024-03-05", "2024-03-17"] and not made.doubts


def test_where_no_row_shows_the_order_nothing_is_guessed() -> None:
    records, made = read(
        csv_file(["day", "end", "killed"], [["05/03/2024", "", "1"], ["04/04/2024", "", "2"]]), shape=DAYS
    )
    assert records["first_day"].to_list() == [None, "2024-04-04"]
    assert "days or months" in doubts(made)


def test_days_that_are_no_days_and_ends_before_beginnings_are_doubts() -> None:
    rows = [["2024-04-31", "", "1"], ["2024-03-05", "2024-03-01", "2"], ["2024-03", "", "3"]]
    records, made = read(csv_file(["day", "end", "killed"], rows), shape=DAYS)
    assert records.select("first_day", "last_day").rows() == [
        (None, None),
        (None, None),
        ("2024-03-01", "2024-03-31"),
    ]
    assert doubts(made) == ["unread dates", "ends before it begins"]


def test_coordinates_that_are_nowhere_are_left_out() -> None:
    rows = [
        GED_EVENT | {"id": str(n), "latitude": a, "longitude": b}
        for n, (a, b) in enumerate([("0", "0"), ("95", "3"), ("33,5", "36.3 E")])
    ]
    records, made = read(csv_file(GED_49, rows))
    kept = records.filter(pl.col("part") == "event").select("latitude", "longitude").rows()
    assert kept == [(None, None), (None, None), (33.5, 36.3)]
    assert doubts(made) == ["impossible coordinates"]


def test_a_constant_of_the_mapping_holds_for_every_row() -> None:
    shape = mapped(
        'place: place, first_day: {always: "2024-05"}',
        "{part: event, best: killed, base: dead}",
        ["place", "killed"],
    )
    records, _ = read(csv_file(["place", "killed"], [["Marwa", "3"], ["Dalia", "4"]]), shape=shape)
    assert records.select("first_day", "last_day").unique().rows() == [("2024-05-01", "2024-05-31")]


@pytest.mark.parametrize("cell", ["1", "12", "1,234", "3-4", "~5", "at least 3"])
def test_the_words_of_a_number_are_kept(cell: str) -> None:
    read_back = read_count(cell)
    assert read_back is not None and read_back.as_said == cell and read_back.bound in set(Bound)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("5 March 2024", "2024-03-05", "2024-03-05"),
        ("March 5th, 2024", "2024-03-05", "2024-03-05"),
        ("Mar 2024", "2024-03-01", "2024-03-31"),
        ("2024-03-05 13:00:00.000", "2024-03-05", "2024-03-05"),
        ("٠٥/٠٣/٢٠٢٤", "2024-03-05", "2024-03-05"),
        ("45356", "2024-03-05", "2024-03-05"),
    ],
)
def test_a_cell_of_a_day_keeps_its_precision(cell: str, first: str, last: str) -> None:
    assert read_days(cell, day_first=True) == (first, last)


@pytest.mark.parametrize("cell", ["31/04/2024", "Mar-19", "yesterday", "12", "2024-13", ""])
def test_a_cell_that_names_no_day_is_none(cell: str) -> None:
    assert read_days(cell, day_first=True) is None


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=40))
def test_the_sum_of_the_records_is_the_sum_of_the_cells(numbers: list[int]) -> None:
    rows = [[f"place {n}", str(number)] for n, number in enumerate(numbers)]
    records, _ = read(csv_file(["place", "killed"], rows), shape=NUMBER)
    assert records["best"].sum() == sum(numbers) and records["row"].to_list() == list(
        range(2, len(numbers) + 2)
    )


@settings(deadline=None)
@given(st.text(alphabet='0123456789٣٤ ,.-+~<>/abn²½"\u00a0', max_size=12))
def test_no_cell_gives_a_number_that_its_digits_do_not(cell: str) -> None:
    found = read_count(cell)
    if found is None:
        return
    said = "".join(str(unicodedata.decimal(sign)) for sign in cell if sign.isdecimal())
    for end in (found.low, found.high):
        assert (
            end is None
            or f"{end:g}".replace(".", "") in said
            or found.bound in (Bound.MORE_THAN, Bound.LESS_THAN)
        )


# --- proposals ------------------------------------------------------------------------------------------------


def test_a_proposal_names_every_column_and_reads_as_the_mapping_it_writes() -> None:
    headings = [
        "Incident No",
        "Date",
        "Governorate",
        "Town",
        "Type of attack",
        "Perpetrator",
        "Killed",
        "Injured (min)",
        "Injured (max)",
        "Link",
        "Colour",
    ]
    rows = [
        [
            "1",
            "17/03/2024",
            "Dalia",
            "Tell Rim",
            "Air strike",
            "Marwa Guards",
            "2-5",
            "3",
            "4",
            "post/1",
            "red",
        ],
        [
            "2",
            "05/03/2024",
            "Dalia",
            "Bir Noor",
            "Car bomb",
            "unknown",
            "at least 12",
            "",
            "",
            "post/2",
            "blue",
        ],
    ]
    (table,) = read_tables(csv_file(headings, rows), name="incidents.csv").tables
    proposal = propose(table, name="incidents.csv")
    text = mapping_text(proposal, voice="Marwa Monitor")
    (shape,) = read_shapes(text, where="incidents.yaml")
    assert find_shape(headings, own=[shape]) is shape
    records, made = read(csv_file(headings, rows), shape=shape)
    got = records.select(
        "row", "part", "type", "actor", "adm1", "first_day", "low", "high", "as_said", "voice"
    ).rows()
    assert got == [
        (2, "dead", "air_strike", "Marwa Guards", "Dalia", "2024-03-17", 2.0, 5.0, "2-5", "Marwa Monitor"),
        (2, "wounded", "air_strike", "Marwa Guards", "Dalia", "2024-03-17", 3.0, 4.0, "3", "Marwa Monitor"),
        (3, "dead", "bombing", None, "Dalia", "2024-03-05", 12.0, None, "at least 12", "Marwa Monitor"),
    ]
    assert list(proposal.ignored) == ["Colour"] and not made.doubts


def test_a_column_of_days_is_found_by_its_cells() -> None:
    (table,) = read_tables(
        csv_file(["quand", "killed"], [["2024-03-05", "3"], ["2024-03-06", "4"]]), name="a.csv"
    ).tables
    proposal = propose(table, name="a.csv")
    assert dict(proposal.fields) == {"first_day": ["quand"]} and list(proposal.numbers) == ["event"]


def test_a_table_without_numbers_or_events_is_no_data() -> None:
    (table,) = read_tables(
        csv_file(["colour", "size"], [["red", "large"], ["blue", "small"]]), name="a.csv"
    ).tables
    assert not propose(table, name="a.csv").says_anything
