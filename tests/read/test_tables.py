"""Files of rows as text cells: what is a heading, what is a row, and every cell exactly as it stands."""

from __future__ import annotations

import gzip
import io
import zipfile

import polars as pl
import pytest

from rasid.model.text_tables import TextTable
from rasid.read.reading import Limits
from rasid.read.tables import is_table, read_tables
from tests.table_files import csv_file, number, ods_file, words, xlsx_file


def only(content: bytes, name: str = "a.csv") -> TextTable:
    read = read_tables(content, name=name)
    assert not read.troubles
    (table,) = read.tables
    return table


def rows_of(table: TextTable) -> list[tuple[object, ...]]:
    return table.cells.drop("total").rows()


def test_cells_stay_as_they_stand_and_rows_count_from_the_first_line_of_the_file() -> None:
    table = only(b'place,killed\n"Bir Noor, east", 1\n"said ""no""",007\n')
    assert table.headings == ("place", "killed")
    assert rows_of(table) == [(2, "Bir Noor, east", " 1"), (3, 'said "no"', "007")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_sign_between_cells_is_found(delimiter: str) -> None:
    content = csv_file(
        ["day", "words", "killed"],
        [["2024-03-05", "a, b; c", "3"], ["2024-03-06", "d", "4"]],
        delimiter=delimiter,
    )
    assert rows_of(only(content)) == [(2, "2024-03-05", "a, b; c", "3"), (3, "2024-03-06", "d", "4")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_arabic_is_read_in_the_encodings_that_clerks_save(encoding: str) -> None:
    text = "المحافظة,عدد القتلى\n" + "ريف دمشق,3\nحلب,4\nدير الزور,12\n" * 20
    table = only(text.encode(encoding))
    assert table.headings == ("المحافظة", "عدد القتلى")
    assert rows_of(table)[0] == (2, "ريف دمشق", "3")


def test_a_cell_of_several_lines_is_one_cell_and_one_row() -> None:
    table = only(b'place,words,n\nMarwa,"first\nsecond\n\nthird",1\nDalia,x,2\n')
    assert rows_of(table) == [(2, "Marwa", "first\nsecond\n\nthird", "1"), (3, "Dalia", "x", "2")]


def test_nothing_of_a_long_line_is_cut_off_and_a_short_line_has_empty_cells() -> None:
    table = only(b"a,b\n" + b"x,1\n" * 300 + b"y,2,left over\nz\n")
    assert rows_of(table)[-2:] == [(302, "y", "2", "left over"), (303, "z", None, None)]
    assert table.headings == ("a", "b", "column 3")


def test_titles_above_and_empty_lines_are_no_rows() -> None:
    table = only(b"Marwa Monitor: spring\n\nplace,day,killed\nMarwa,2024-03-05,3\n\nDalia,2024-03-06,4\n")
    assert table.headings == ("place", "day", "killed")
    assert rows_of(table) == [(4, "Marwa", "2024-03-05", "3"), (6, "Dalia", "2024-03-06", "4")]


def test_two_lines_of_headings_are_joined() -> None:
    table = only(b"Governorate,Killed,,Injured,\n,civilians,fighters,civilians,fighters\nDalia,3,1,5,0\n")
    assert table.headings[1:] == (
        "Killed / civilians",
        "Killed / fighters",
        "Injured / civilians",
        "Injured / fighters",
    )
    assert rows_of(table) == [(3, "Dalia", "3", "1", "5", "0")]


def test_years_can_be_headings() -> None:
    assert only(b"Governorate,2016,2017\nDalia,3,1\n").headings == ("Governorate", "2016", "2017")


def test_a_file_without_headings_loses_no_row() -> None:
    table = only(b"Dalia,2024-03-05,3\nMarwa,2024-03-06,4\n")
    assert not table.named and table.headings == ("column 1", "column 2", "column 3")
    assert table.cells.height == 2


def test_a_line_of_hxl_tags_is_no_row() -> None:
    table = only(b"Province,Dead\n#adm1+name,#affected + killed\nDalia,3\n")
    assert table.tags == ("#adm1+name", "#affected+killed")
    assert rows_of(table) == [(3, "Dalia", "3")]


def test_headings_of_the_same_words_are_told_apart() -> None:
    assert only(b"killed,killed,place\n1,2,Marwa\n").headings == ("killed", "killed (2)", "place")


@pytest.mark.parametrize("said", ["Total", "GRAND TOTAL", "Sub-total", "Total:", "المجموع", "الإجمالي"])
def test_a_row_that_sums_up_others_is_marked(said: str) -> None:
    table = only(f"place,day,killed\nMarwa,2024-03-05,3\n{said},,3\n".encode())
    assert table.cells["total"].to_list() == [False, True]


@pytest.mark.parametrize("said", ["Totalan village", "Summerfield", "Totally destroyed house"])
def test_a_place_that_begins_like_a_total_is_none(said: str) -> None:
    assert only(f"place,killed\n{said},3\n".encode()).cells["total"].to_list() == [False]


def test_a_gzip_file_is_opened() -> None:
    assert rows_of(only(gzip.compress(b"place,killed\nMarwa,3\n"), "a.csv.gz")) == [(2, "Marwa", "3")]


def test_json_lines_keep_their_numbers_as_written() -> None:
    table = only(
        b'{"place": "Marwa", "killed": 3.0}\n{"place": "Dalia", "by": ["a", "b"], "more": {"x": 1}}\n',
        "a.jsonl",
    )
    assert table.headings == ("place", "killed", "by", "more")
    assert rows_of(table) == [(2, "Marwa", "3.0", None, None), (3, "Dalia", None, "a; b", '{"x": "1"}')]


def test_parquet_is_read_as_text() -> None:
    out = io.BytesIO()
    pl.DataFrame({"place": ["Marwa"], "killed": [3], "by": [["a", "b"]]}).write_parquet(out)
    assert rows_of(only(out.getvalue(), "a.parquet")) == [(2, "Marwa", "3", "a; b")]


def test_a_sheet_with_days_and_merged_cells() -> None:
    rows = (
        f"<row r='1'>{words('A1', 'Governorate')}{words('B1', 'Day')}{words('C1', 'Killed')}</row>"
        f"<row r='2'>{words('A2', 'Dalia')}{number('B2', '45356', style=1)}{number('C2', '3')}</row>"
        f"<row r='3'>{number('B3', '45357', style=1)}</row>"
    )
    table = only(xlsx_file({"May": rows}, merged={"May": ["A2:A3", "C2:C3"]}), "a.xlsx")
    assert table.member == "May"
    assert rows_of(table) == [(2, "Dalia", "2024-03-05", "3"), (3, "Dalia", "2024-03-06", None)]


def test_a_merged_title_and_two_merged_lines_of_headings_over_a_sheet() -> None:
    rows = (
        f"<row r='1'>{words('A1', 'Log of the centre')}</row><row r='2'></row>"
        f"<row r='3'>{words('A3', 'Day')}{words('B3', 'Where')}{words('D3', 'Killed')}{words('F3', 'Source')}</row>"
        f"<row r='4'>{words('B4', 'Governorate')}{words('C4', 'Town')}{words('D4', 'Civilians')}{words('E4', 'Fighters')}</row>"
        f"<row r='5'>{words('A5', '2021-03-04')}{words('B5', 'Dalia')}{words('C5', 'Marwa')}{words('D5', '2-5')}"
        f"{number('E5', '1')}{words('F5', 'Radio Dalia')}</row>"
    )
    merged = {"Log": ["A1:F1", "A3:A4", "B3:C3", "D3:E3", "F3:F4"]}
    table = only(xlsx_file({"Log": rows}, merged=merged), "a.xlsx")
    assert table.headings == (
        "Day", "Where / Governorate", "Where / Town", "Killed / Civilians", "Killed / Fighters", "Source",
    )  # fmt: skip
    assert rows_of(table) == [(5, "2021-03-04", "Dalia", "Marwa", "2-5", "1", "Radio Dalia")]


def test_every_sheet_of_a_book_is_a_table() -> None:
    rows = f"<row>{words('A1', 'place')}{words('B1', 'killed')}</row><row>{words('A2', 'Marwa')}{number('B2', '3')}</row>"
    read = read_tables(xlsx_file({"April": rows, "Empty": "", "May": rows}), name="a.xlsx")
    assert [table.member for table in read.tables] == ["April", "May"]


def test_an_opendocument_sheet() -> None:
    def cell(text: str, extra: str = "") -> str:
        return f"<table:table-cell {extra}><text:p>{text}</text:p></table:table-cell>"

    rows = (
        f"<table:table-row>{cell('place')}{cell('day')}{cell('killed')}</table:table-row>"
        f"<table:table-row table:number-rows-repeated='2'>{cell('Marwa')}"
        + cell("5 March", "office:value-type='date' office:date-value='2024-03-05'")
        + cell("1,234", "office:value-type='float' office:value='1234'")
        + "</table:table-row>"
    )
    table = only(ods_file(rows), "a.ods")
    assert rows_of(table) == [(2, "Marwa", "2024-03-05", "1234"), (3, "Marwa", "2024-03-05", "1234")]


def test_the_tables_of_a_web_page() -> None:
    page = (
        "<p>Words.</p><table><caption>Killed in May</caption><tr><th>Place<th>Killed</tr>"
        "<tr><td rowspan=2>Marwa</td><td>3</td></tr><tr><td>4</td></tr></table><table><tr><td>only one row</table>"
    )
    table = only(page.encode(), "a.html")
    assert table.member == "Killed in May"
    assert rows_of(table) == [(2, "Marwa", "3"), (3, "Marwa", "4")]


def test_the_tables_of_a_pdf() -> None:
    import fpdf

    pdf = fpdf.FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", "", 11)
    pdf.multi_cell(
        0, 6, "A toll of the month. These words are a paragraph and stand in no table at all. " * 4
    )
    with pdf.table(width=150, col_widths=(60, 30, 30)) as table:
        for cells in (
            ["Governorate", "Killed", "Injured"],
            ["Dalia and the villages around it, by the river", "12", "3"],
            ["Marwa", "4", ""],
            ["Bir Noor", "1", "2"],
        ):
            row = table.row()
            for cell in cells:
                row.cell(cell)
    found = only(bytes(pdf.output()), "a.pdf")
    assert found.member == "page 1, table 1" and found.headings == ("Governorate", "Killed", "Injured")
    assert rows_of(found) == [
        (2, "Dalia and the villages around it, by the river", "12", "3"),
        (3, "Marwa", "4", None),
        (4, "Bir Noor", "1", "2"),
    ]


def test_the_tables_of_an_archive() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("in/a.csv", "place,killed\nMarwa,3\n")
        archive.writestr("notes.txt", "Words, and words\nmore, words\n")
    assert only(out.getvalue(), "a.zip").member == "in/a.csv"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"PK\x03\x04 nothing", "a.xlsx"),
        (b"PAR1 nothing", "a.parquet"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0)[:-9], "a.csv.gz"),
        (b'{"a": 1}\n[1, 2]\n', "a.jsonl"),
        (b"a,b,c\n", "a.csv"),
        (b"", "a.csv"),
    ],
)
def test_what_cannot_be_read_is_a_trouble(content: bytes, name: str) -> None:
    read = read_tables(content, name=name)
    assert not read.tables and len(read.troubles) == 1


def test_a_file_over_the_limit_is_refused() -> None:
    read = read_tables(b"a,b\n1,2\n", name="a.csv", limits=Limits(max_bytes=4))
    assert [trouble.what for trouble in read.troubles] == ["too large"]


def test_a_name_and_the_first_bytes_tell_a_table() -> None:
    assert (
        is_table("A.CSV", b"a,b") and is_table("a.csv.gz", b"\x1f\x8b") and is_table("a.xlsx", b"PK\x03\x04")
    )
    assert (
        not is_table("a.csv", b"\x89PNG") and not is_table("a.txt", b"a,b") and not is_table("a.xlsx", b"a,b")
    )
