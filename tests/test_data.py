"""Files of rows in a case: which they are, what is kept of them, and the pages that show every row."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import polars as pl
import pytest

from rasid import data
from rasid.case import Case, create_case
from rasid.errors import BadSettings
from rasid.model.recorded import DATASETS, RECORDS
from rasid.model.tables import DOUBTS, check
from rasid.model.text_tables import DATA_ROWS
from rasid.present.data_pages import DataTables, print_data, record_link
from rasid.present.press import open_press
from rasid.present.record import About
from rasid.store import derived
from rasid.store.archive import Archive
from tests.conftest import SHARED
from tests.table_files import GED_49, GED_EVENT, csv_file

UCDP = SHARED / "data" / "ucdp"
ABOUT = About(
    title="Marwa", rasid_version="0", contract_version=2, reader="rules", pipeline="rasid", stages=(), originals=(),
    decisions=(), fingerprints=(),
)  # fmt: skip
OWN = b"Place,Day,Killed\nMarwa,2024-03-05,3\nDalia,2024-03-06,at least 4\n"
PEOPLE = b"Full name,Age,Sex\nKarim Odeh,34,M\n"


def case_with(folder: Path, **files: bytes) -> Case:
    """A case whose originals are these; `a_csv` is the file a.csv."""
    case = create_case(folder / "case")
    for name, content in files.items():
        path = folder / name.replace("__", "-").replace("_", ".")
        path.write_bytes(content)
        Archive(case.root).add(path, by="tester")
    return case


def built(case: Case) -> DataTables:
    plan = data.make_plan(case, data.find_files(case))
    data.build(case, plan, lambda *_: None)
    tables = data.load_for_site(case, plan)
    assert tables is not None
    return tables


def pages_of(tables: DataTables) -> dict[str, str]:
    return {path: content.decode() for path, content in print_data(open_press(ABOUT), tables)}


def ged(rows: int, **changed: str) -> bytes:
    return csv_file(GED_49, [GED_EVENT | {"id": str(n), **changed} for n in range(rows)])


def test_only_files_of_rows_are_data_and_an_archive_is_read_both_ways(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", OWN.decode())
        archive.writestr("words.txt", "The mill was shelled.")
    case = case_with(tmp_path, ged_csv=ged(1), words_txt=b"a,b\n1,2\n", both_zip=out.getvalue())
    found = data.find_files(case)
    assert sorted(found.names.values()) == ["both.zip", "ged.csv"]
    assert [found.names[sha] for sha in found.only_rows] == ["ged.csv"]


def test_a_list_of_people_is_no_data(tmp_path: Path) -> None:
    case = case_with(tmp_path, people_csv=PEOPLE)
    (sha,) = Archive(case.root).originals()
    assert not data.find_files(case, lists={sha}).names


def test_a_case_without_data_has_no_tables_and_no_pages(tmp_path: Path) -> None:
    case = case_with(tmp_path, words_txt=b"Words.")
    plan = data.make_plan(case, data.find_files(case))
    data.build(case, plan, lambda *_: None)
    assert plan.records == "" and data.load_for_site(case, plan) is None and not derived.table_names(case)


def test_the_tables_have_their_shape_and_order(tmp_path: Path) -> None:
    tables = built(case_with(tmp_path, b_csv=ged(3), a_csv=ged(2, country="Iraq")))
    for frame, schema in (
        (tables.datasets, DATASETS),
        (tables.records, RECORDS),
        (tables.rows, DATA_ROWS),
        (tables.doubts, DOUBTS),
    ):
        check(frame, schema, where="test")
    assert tables.datasets["id"].is_sorted() and tables.datasets["rows"].sum() == 5
    assert (
        tables.records.equals(tables.records.sort("dataset", "row", "part"))
        and tables.records["id"].is_unique().all()
    )
    assert tables.records.height == 25


def test_building_twice_and_in_another_order_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    files = {"a_csv": ged(2), "b_csv": OWN, "c_csv": ged(3, side_a="IS")}
    hashes = []
    for case in (
        case_with(tmp_path / "one", **files),
        case_with(tmp_path / "two", **dict(reversed(files.items()))),
    ):
        built(case)
        hashes.append({name: derived.check_table(case, name).sha256 for name in derived.table_names(case)})
    assert hashes[0] == hashes[1] and set(hashes[0]) == {"datasets", "records", "data_rows", "data_doubts"}


def test_events_that_stand_in_two_files_are_said(tmp_path: Path) -> None:
    tables = built(case_with(tmp_path, a_csv=ged(5), b_csv=ged(3, side_a="IS"), c_csv=ged(1, id="x9")))
    (doubt,) = tables.doubts.filter(pl.col("what") == "events in two datasets").to_dicts()
    assert {doubt["sentence"]} <= {
        "3 of its 5 events stand in b.csv too.",
        "3 of its 3 events stand in a.csv too.",
    }


def test_a_quote_of_a_record_is_the_cell_in_the_file(tmp_path: Path) -> None:
    tables = built(case_with(tmp_path, a_csv=ged(2, best="8.0")))
    (dataset,) = tables.datasets.to_dicts()
    read = [column["heading"] for column in dataset["columns"] if column["means"] != "ignored"]
    for record in tables.records.to_dicts():
        (cells,) = tables.rows.filter(pl.col("row") == record["row"])["cells"].to_list()
        assert cells[read.index(record["column"])] == record["as_said"]


def test_an_unknown_table_is_a_doubt_that_names_the_command_until_it_is_mapped(tmp_path: Path) -> None:
    case = case_with(tmp_path, incidents_csv=OWN)
    before = built(case)
    (doubt,) = before.doubts.to_dicts()
    assert before.records.is_empty() and doubt["what"] == "unknown table"
    assert "`rasid map incidents.csv`" in doubt["advice"] and "“Place”, “Day”, “Killed”" in doubt["sentence"]
    (done,) = data.propose_mappings(
        case, OWN, name="incidents.csv", voice="Marwa Monitor", events=False, again=False
    )
    assert done.path == case.root / "mappings" / "incidents-csv.yaml"
    after = built(case)
    assert after.doubts.is_empty()
    got = after.records.select("place", "first_day", "low", "best", "as_said", "voice").rows()
    assert got == [
        ("Marwa", "2024-03-05", 3.0, 3.0, "3", "Marwa Monitor"),
        ("Dalia", "2024-03-06", 4.0, None, "at least 4", "Marwa Monitor"),
    ]


def test_a_corrected_mapping_is_used_and_never_written_over(tmp_path: Path) -> None:
    case = case_with(tmp_path, incidents_csv=OWN)

    def propose(*, again: bool) -> data.Proposed:
        (done,) = data.propose_mappings(
            case, OWN, name="incidents.csv", voice=None, events=False, again=again
        )
        return done

    path = propose(again=False).path
    assert path is not None
    path.write_text(path.read_text("utf-8").replace('base: "dead"', 'base: "civilians"'), encoding="utf-8")
    assert built(case).records["base"].unique().to_list() == ["civilians"]
    assert propose(again=False).path is None and "civilians" in path.read_text("utf-8")
    assert propose(again=True).path == path and "civilians" not in path.read_text("utf-8")


def test_a_mapping_says_whether_the_day_stands_first_and_until_then_there_is_one_doubt(
    tmp_path: Path,
) -> None:
    french = "Lieu;Date;Tués\nMarwa;05/03/2024;au moins 3\nDalia;06/03/2024;4 à 6\n".encode("cp1252")
    case = case_with(tmp_path, log_csv=french)
    (done,) = data.propose_mappings(case, french, name="log.csv", voice=None, events=False, again=False)
    assert done.path is not None
    (doubt,) = built(case).doubts.to_dicts()
    assert doubt["what"] == "days or months" and "`dates: day first`" in doubt["advice"]
    done.path.write_text(f"{done.path.read_text('utf-8')}dates: day first\n", encoding="utf-8")
    after = built(case)
    assert after.doubts.is_empty()
    got = after.records.select("first_day", "low", "high").rows()
    assert got == [("2024-03-05", 3.0, None), ("2024-03-06", 4.0, 6.0)]
    done.path.write_text(done.path.read_text("utf-8").replace("day first", "day second"), encoding="utf-8")
    with pytest.raises(BadSettings, match="day first or month first"):
        built(case)


def test_a_file_name_with_a_space_is_quoted_in_the_command(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    path = tmp_path / "my log.csv"
    path.write_bytes(OWN)
    Archive(case.root).add(path, by="tester")
    assert '`rasid map "my log.csv"`' in built(case).doubts["advice"][0]


def test_a_list_of_people_is_pointed_to_its_own_command(tmp_path: Path) -> None:
    case = case_with(tmp_path, people_csv=PEOPLE)
    assert "`rasid people add people.csv`" in built(case).doubts["advice"][0]
    (done,) = data.propose_mappings(case, PEOPLE, name="people.csv", voice=None, events=False, again=False)
    assert done.path is None and "rasid people add" in done.sentence


def test_a_known_shape_needs_no_mapping(tmp_path: Path) -> None:
    (done,) = data.propose_mappings(
        case_with(tmp_path), ged(1), name="a.csv", voice=None, events=False, again=False
    )
    assert done.path is None and "UCDP GED already" in done.sentence


def test_a_web_page_with_a_mapped_table_is_data_and_stays_a_report(tmp_path: Path) -> None:
    page = b"<h1>May</h1><table><tr><th>Place<th>Killed</tr><tr><td>Marwa<td>3</tr><tr><td>Dalia<td>4</tr></table>"
    case = case_with(tmp_path, may_html=page)
    assert not data.find_files(case).names
    (done,) = data.propose_mappings(case, page, name="may.html", voice=None, events=False, again=False)
    assert done.path is not None
    found = data.find_files(case)
    assert list(found.names.values()) == ["may.html"] and not found.only_rows
    assert built(case).records["best"].to_list() == [3.0, 4.0]


# --- pages ----------------------------------------------------------------------------------------------------


def test_every_record_has_a_row_on_the_page_that_its_link_names(tmp_path: Path) -> None:
    tables = built(case_with(tmp_path, a_csv=ged(1_203)))
    pages = pages_of(tables)
    (dataset,) = tables.datasets["id"].to_list()
    assert [path for path in pages if dataset in path] == [f"data/{dataset}-{n}.html" for n in (1, 2, 3)]
    for row in tables.records["row"].unique():
        path, _, anchor = record_link(dataset, row).partition("#")
        assert f'<tr id="{anchor}">' in pages[path]


def test_cells_are_escaped_and_hidden_signs_are_shown(tmp_path: Path) -> None:
    nasty = '<script>alert("x")</script> & \u202eevil'
    tables = built(case_with(tmp_path, a_csv=ged(1, where_description=nasty)))
    text = "".join(pages_of(tables).values())
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; [U+202E]evil" in text
    assert "<script>" not in text and "\u202e" not in text


def test_no_page_is_over_a_megabyte_however_long_the_cells_are(tmp_path: Path) -> None:
    tables = built(case_with(tmp_path, a_csv=ged(600, source_article="“a long source” & more " * 400)))
    assert max(len(text.encode()) for text in pages_of(tables).values()) < 1_000_000


def test_rows_beyond_the_limit_have_no_page_and_the_list_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "MOST_SHOWN", 10)
    tables = built(case_with(tmp_path, a_csv=ged(20)))
    pages = pages_of(tables)
    (dataset,) = tables.datasets["id"].to_list()
    assert (
        'id="row-10"' in pages[f"data/{dataset}-1.html"]
        and 'id="row-11"' not in pages[f"data/{dataset}-1.html"]
    )
    assert tables.link(dataset, 11) == f"data/index.html#{dataset}"
    assert (
        "up to row 10" in pages["data/index.html"] and "rasid show records --json" in pages["data/index.html"]
    )
    assert tables.records["row"].n_unique() == 20


def test_the_list_says_shape_version_cover_columns_and_doubts(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    tables = built(case_with(tmp_path / "in", ged__26__0__2_csv=ged(2, low="9"), other_csv=OWN))
    page = pages_of(tables)["data/index.html"]
    for said in (
        "UCDP GED",
        "1 May 2017 to 2 May 2017",
        "low above high",
        "best of event",
        "priogrid_gid",
        "SY",
        "Not read",
    ):
        assert said.replace("low above high", "not in order") in page
    assert "`rasid map other.csv`" in page


# --- the real files -------------------------------------------------------------------------------------------


@pytest.mark.shared
@pytest.mark.skipif(not UCDP.is_dir(), reason="needs ../shared/data/ucdp, which is not here")
def test_sums_of_the_real_files_equal_a_plain_query_for_every_year_and_country(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    for path in sorted(UCDP.glob("*.csv.gz")):
        Archive(case.root).add(path, by="tester")
    tables = built(case)
    whole = tables.records.filter(pl.col("part") == "event").join(
        tables.datasets.select(pl.col("id").alias("dataset"), "name"), on="dataset"
    )
    for name, (country, year, ends) in _PLAIN.items():
        plain = pl.read_csv(UCDP / name, infer_schema=False)
        if "hxl" in name:
            plain = plain.slice(1)
        sums = [pl.col(column).cast(pl.Float64).sum().alias(end) for end, column in ends.items()]
        asked = plain.group_by(pl.col(country).alias("said"), pl.col(year).str.slice(0, 4).alias("year")).agg(
            sums
        )
        ours = whole.filter(pl.col("name") == name).with_columns(
            pl.col("first_day").str.slice(0, 4).alias("year")
        )
        said = ours.join(_written(plain, country), on="row").group_by("said", "year").agg(pl.col(*ends).sum())
        assert said.sort("said", "year").equals(asked.select("said", "year", *ends).sort("said", "year")), (
            name
        )
        assert ours.height == plain.height


@pytest.mark.shared
@pytest.mark.skipif(not UCDP.is_dir(), reason="needs ../shared/data/ucdp, which is not here")
def test_events_of_the_islamic_state_in_the_syria_file_are_found_under_its_name(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    Archive(case.root).add(UCDP / "ged_syria_2016_2019.csv.gz", by="tester")
    records = built(case).records.filter(pl.col("part") == "event")
    on_either_side = records.filter(
        (pl.col("actor") == "Islamic State") | (pl.col("target") == "Islamic State")
    )
    by_year = on_either_side.group_by(pl.col("first_day").str.slice(0, 4).alias("year")).len().sort("year")
    assert by_year.rows() == [("2016", 2_153), ("2017", 2_853), ("2018", 1_025), ("2019", 441)]


def _written(plain: pl.DataFrame, country: str) -> pl.DataFrame:
    """The country of each row as the file writes it."""
    first = 3 if plain.columns[0] == "id" and "iso3" in plain.columns else 2
    return (
        plain.select(pl.col(country).alias("said"))
        .with_row_index("row", offset=first)
        .with_columns(pl.col("row").cast(pl.Int64))
    )


_BEST = {"low": "low", "best": "best", "high": "high"}
_CUMULATIVE = {end: f"cumulative_total_deaths_in_orgvio_{end}_cy" for end in ("low", "best", "high")}
_PLAIN = {
    "ged_syria_2016_2019.csv.gz": ("country", "date_start", _BEST),
    "ged_iraq_1989_2018_hxl.csv.gz": ("country", "date_start", _BEST),
    "ged_candidate_26_0_2_global.csv.gz": ("country", "date_start", _BEST),
    "ged_2025_global_min.csv.gz": ("country", "date", {"best": "best"}),
    "country_year_25_1_global.csv.gz": ("country_cy", "year_cy", _CUMULATIVE),
}
