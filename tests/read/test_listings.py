"""Lists of people as tables: columns found, cells read, and what is odd about a list said in plain words."""

import io
import zipfile
from datetime import date

import polars as pl
import pytest

from rasid.model.people import LISTINGS
from rasid.model.tables import DOUBTS, check, table
from rasid.read.listing_checks import compare_lists
from rasid.read.listings import guess_columns, read_listing

GOOD = """Full Name,Age,Gender,Date of Death,Governorate
Samer Karim Zahrani,31,M,2021-03-05,Khan al-Rumman
Nabil Fareed Baghdadi,9,male,07/03/2021,Khan al-Rumman
Huda Jamil al-Qaisi,44,F,2021-03,Wadi Loz
"""


def read(text, *, list_name="north", **given):
    return read_listing(text.encode(), name="list.csv", list_name=list_name, **given)


def findings(found):
    return {row["what"]: row["sentence"] for row in found.doubts.to_dicts()}


def test_columns_are_found_by_their_headings():
    found = read(GOOD)
    check(found.listings, LISTINGS, where="test")
    assert found.doubts.height == 0
    assert found.listings["name"].to_list() == [
        "Samer Karim Zahrani",
        "Nabil Fareed Baghdadi",
        "Huda Jamil al-Qaisi",
    ]
    assert found.listings["age"].to_list() == [31.0, 9.0, 44.0]
    assert found.listings["sex"].to_list() == ["male", "male", "female"]
    assert found.listings["date"].to_list() == ["2021-03-05", "2021-03-07", "2021-03"]


def test_arabic_headings_and_digits_are_read():
    found = read("الاسم;العمر;الجنس;تاريخ الوفاة\nسامر كريم الزهراني;٣١;ذكر;٢٠٢١-٠٣-٠٥\n")
    assert found.listings.row(0, named=True) | {"id": ""} == {
        "id": "",
        "list": "north",
        "name": "سامر كريم الزهراني",
        "other_name": None,
        "age": 31.0,
        "birth": None,
        "sex": "male",
        "date": "2021-03-05",
        "place": None,
        "place_path": None,
        "status": None,
        "codes": None,
    }


def test_parts_of_names_are_joined_in_their_order():
    found = read("Family,First Name,Father\nZahrani,Samer,Karim\n")
    assert found.listings["name"].to_list() == ["Samer Karim Zahrani"]


def test_columns_can_be_named_by_hand():
    found = read("a,b\nSamer Karim,31\n", columns={"name": "a", "age": "b"})
    assert found.listings.select("name", "age").row(0) == ("Samer Karim", 31.0)


def test_a_second_name_column_is_kept_beside_the_first():
    assert guess_columns(["id", "name_ar", "name_en"]) == {"other_name": "name_en", "name": "name_ar"}
    assert guess_columns(["id", "name_en"]) == {"name": "name_en"}


def test_ages_of_999_are_left_out_and_counted():
    found = read("name,age\nSamer Karim,999\nNabil Fareed,999\nHuda Jamil,-1\nRami Saeed,40\n")
    assert found.listings["age"].to_list() == [None, None, None, 40.0]
    assert "3 ages are below 0 or above 119, most often 999" in findings(found)["impossible ages"]


def test_dates_of_1900_are_left_out_and_counted():
    found = read("name,date\nSamer Karim,1900-01-01\nNabil Fareed,01/01/1900\nHuda Jamil,2021-05-05\n")
    assert found.listings["date"].to_list() == [None, None, "2021-05-05"]
    assert findings(found)["placeholder dates"].startswith("2 dates of the event")


def test_dates_to_come_and_dates_that_are_none_are_counted():
    found = read("name,date\nSamer Karim,2031-01-05\nNabil Fareed,spring\n", today=date(2026, 1, 1))
    assert found.listings["date"].to_list() == [None, None]
    assert {"dates to come", "unread dates"} <= findings(found).keys()


def test_the_month_stands_first_where_a_second_number_can_only_be_a_day():
    found = read("name,date\nSamer Karim,03/25/2021\nNabil Fareed,04/05/2021\n")
    assert found.listings["date"].to_list() == ["2021-03-25", "2021-04-05"]


def test_swapped_columns_are_noticed():
    rows = "\n".join(f"{20 + n},Samer Karim Zahrani {'x' * n}" for n in range(8))
    found = read(f"name,age\n{rows}\n")
    assert (
        "'age' looks like name" in findings(found)["swapped columns"]
        or "'name' looks like age" in findings(found)["swapped columns"]
    )


@pytest.mark.parametrize(
    ("one", "other"), [("age", "date"), ("name", "place"), ("sex", "place"), ("date", "name")]
)
def test_any_two_swapped_columns_are_named(one, other):
    cells = {
        "name": [f"Samer{'x' * n} Karim" for n in range(12)],
        "age": [str(20 + n) for n in range(12)],
        "sex": ["M", "F"] * 6,
        "date": [f"2021-02-{n + 1:02}" for n in range(12)],
        "place": ["Wadi Loz", "Khan Rumman"] * 6,
    }
    cells[one], cells[other] = cells[other], cells[one]
    rows = "\n".join(",".join(row) for row in zip(*cells.values(), strict=True))
    said = [
        r["sentence"]
        for r in read(f"{','.join(cells)}\n{rows}\n").doubts.to_dicts()
        if r["what"] == "swapped columns"
    ]
    assert said and all("may be swapped" in sentence for sentence in said)
    assert any(f"'{one}'" in sentence and f"'{other}'" in sentence for sentence in said)


def test_ages_with_words_are_read_and_others_counted():
    found = read(
        "name,age\nSamer Karim,31 years\nNabil Fareed,8 months\nHuda Jamil,٩ سنوات\nRami Saeed,unknown\n"
    )
    assert found.listings["age"].to_list() == [31.0, pytest.approx(2 / 3), 9.0, None]
    assert findings(found)["unread ages"].startswith("1 age could not be read")


def test_years_of_birth_in_a_column_of_ages_are_recognised():
    found = read("name,age\n" + "".join(f"Samer{n} Karim,{1960 + n}\n" for n in range(8)))
    assert found.listings["age"].drop_nulls().len() == 0
    assert "birth" in found.doubts.filter(pl.col("what") == "impossible ages")["advice"][0]


def test_names_in_capitals_are_said_and_kept():
    rows = "\n".join(f"SAMER KARIM ZAHRANI,{20 + n}" for n in range(8))
    found = read(f"name,age\n{rows}\n")
    assert "all capitals" in findings(found)
    assert found.listings["name"][0] == "SAMER KARIM ZAHRANI"


def test_two_scripts_in_one_cell_are_taken_apart():
    found = read("name,age\nسامر كريم Samer Karim,31\n")
    assert found.listings.select("name", "other_name").row(0) == ("سامر كريم", "Samer Karim")
    assert findings(found)["mixed scripts"].startswith("1 cell holds")


@pytest.mark.parametrize("cell", ["unknown", "Unidentified", "مجهول الهوية", "???", "2021-04-05", "-", "N/A"])
def test_what_names_nobody_is_no_name_and_counted(cell):
    found = read(f"name,age\nSamer Karim,31\n{cell},40\n")
    assert found.listings["name"].to_list() == ["Samer Karim", None]
    assert findings(found)["no name"].startswith("1 row names nobody")


def test_the_advice_for_swapped_columns_is_what_one_has_to_type():
    rows = "".join(f"Samer Karim {n},m,{n + 20}\n" for n in range(12))
    found = read("name,age,sex\n" + rows)
    advice = dict(found.doubts.select("what", "advice").iter_rows())["swapped columns"]
    assert '--map "sex=age" --map "age=sex"' in advice or '--map "age=sex" --map "sex=age"' in advice


def test_a_table_without_names_says_so():
    assert "no names" in findings(read("x,y\n1,2\n"))
    assert "no rows" in findings(read(""))


def test_findings_hold_no_name():
    found = read("name,age\nسامر Samer,999\nZahrani,999\n")
    assert not any("Samer" in s or "Zahrani" in s for s in found.doubts["sentence"])


def test_ids_depend_on_the_row_and_not_on_its_place():
    one = read(GOOD).listings
    header, *rows = GOOD.splitlines()
    other = read("\n".join([header, *rows[::-1]])).listings
    assert set(one["id"]) == set(other["id"])
    assert one["id"].n_unique() == 3
    assert set(one["id"]).isdisjoint(read(GOOD, list_name="south").listings["id"])


def both(*given):
    return pl.concat([read(text, list_name=name).listings for name, text in given])


def rows(first, last):
    return "name,age,date\n" + "".join(
        f"Samer{n} Karim,{20 + n},2021-02-{n:02}\n" for n in range(first, last)
    )


def test_a_file_given_twice_is_noticed_once():
    found = check(compare_lists(both(("north", rows(1, 9)), ("south", rows(1, 9)))), DOUBTS, where="test")
    assert found["what"].to_list() == ["same list twice"]


def test_a_list_within_a_list_is_noticed():
    found = compare_lists(both(("north", rows(1, 9)), ("all", rows(1, 25))))
    assert found["what"].to_list() == ["list within a list"]
    assert "8 of the 8 rows of north stand in all" in found["sentence"][0]


def test_lists_of_their_own_give_no_finding():
    assert compare_lists(both(("north", rows(1, 9)), ("south", rows(9, 20)))).height == 0


def test_rows_that_repeat_are_counted():
    found = compare_lists(both(("north", rows(1, 9) + "Samer1 Karim,21,2021-02-01\n")))
    assert found["what"].to_list() == ["repeated rows"]


def sheet(rows_xml, shared=""):
    out = io.BytesIO()
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    with zipfile.ZipFile(out, "w") as book:
        book.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{rows_xml}</sheetData></worksheet>"
        )
        book.writestr("xl/sharedStrings.xml", f"<sst {space}>{shared}</sst>")
    return out.getvalue()


def test_the_first_sheet_of_a_workbook_is_read():
    content = sheet(
        '<row><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Date</t></is></c><c r="D1" t="s"><v>1</v></c></row>'
        '<row><c r="A2" t="inlineStr"><is><t>Samer Karim</t></is></c><c r="B2"><v>44260</v></c><c r="D2"><v>31</v></c></row>',
        "<si><t>Name</t></si><si><t>Age</t></si>",
    )
    found = read_listing(content, name="list.xlsx", list_name="north")
    assert found.listings.select("name", "age", "date").row(0) == ("Samer Karim", 31.0, "2021-03-05")


def test_a_broken_workbook_holds_no_table():
    found = read_listing(b"PK\x03\x04 broken", name="list.xlsx", list_name="north")
    assert found.doubts["what"].to_list() == ["no rows"]


@pytest.mark.parametrize("text", ["name\n", "name,age\n\n\n"])
def test_headings_alone_are_no_people(text):
    assert read(text).listings.height == 0


def test_listings_have_their_shape_even_when_empty():
    assert check(table([], LISTINGS), LISTINGS, where="test").height == 0
