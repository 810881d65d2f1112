"""The gazetteer finds a place in any spelling, says how sure it is, and takes more places from files."""

import json
import subprocess
import sys
import zipfile

import pytest
from typer.testing import CliRunner

from rasid.case import create_case
from rasid.cli_gazetteer import app
from rasid.errors import WrongUse
from rasid.knowledge.gazetteer import is_place_name, load_gazetteer, place_strength
from rasid.knowledge.gazetteer_add import add_places
from rasid.knowledge.gazetteer_forms import key_of, name_forms, plain_form, query_readings
from rasid.knowledge.gazetteer_index import neighbour_keys


def first(name, **given):
    return load_gazetteer().look_up(name, **given).candidates[0]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Khan Sheikhoun", "Khān Shaykhūn"),
        ("Deir Ezzur", "Dayr az Zawr"),
        ("Kafranbel", "Kafr Nabl"),
        ("Qal'at Samir", "Kalaat Samir"),
        ("خان شيخون", "Khan Shaykhun"),
        ("Upper Darwa", "Darwah al Fawqani"),
        ("درعا", "Dar'a"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(a, b):
    assert name_forms(a).key == name_forms(b).key


def test_names_that_differ_in_a_consonant_class_have_two_keys_one_step_apart():
    kafr, kabr = key_of("kfr"), key_of("kbr")
    assert kafr != kabr
    assert kabr in neighbour_keys(kafr).tolist()


@pytest.mark.parametrize("other", ["drs", "drzm", "rdz", "dz", "drzdr"])
def test_a_key_reaches_every_key_one_consonant_away_and_no_other(other):
    assert (key_of(other) in neighbour_keys(key_of("drz")).tolist()) == (other != "drzdr")


def test_a_short_key_reaches_only_itself():
    assert neighbour_keys(key_of("dr")).tolist() == [key_of("dr")]


def test_a_name_of_nothing_but_marks_has_no_words_and_finds_nothing():
    assert query_readings("...") == []
    assert load_gazetteer().look_up("...").candidates == ()
    assert load_gazetteer().look_up("").share == 0.0


def test_marks_case_and_apostrophes_do_not_count():
    assert plain_form("Ma‘arrat an-Nu‘mān") == "maarrat an numan"


@pytest.mark.parametrize(
    ("written", "country", "name"),
    [
        ("al Mosul", "IQ", "Mosul"),
        ("Kirkook", "IQ", "Kirkuk"),
        ("Khan Cheikhoun", "SY", "Khān Shaykhūn"),
        ("خان شيخون", "SY", "Khān Shaykhūn"),
        ("Baghouz", "SY", "Baghuz"),
        ("Saraqeb", "SY", "Sarāqib"),
    ],
)
def test_a_place_is_found_first_in_another_spelling(written, country, name):
    assert first(written, country=country).name == name


def test_the_governorate_decides_between_places_of_one_name():
    gazetteer = load_gazetteer()
    open_name = gazetteer.look_up("Salihiyah", country="SY")
    inside = gazetteer.look_up("Salihiyah", country="SY", adm1="SY09")
    assert not open_name.accepted
    assert inside.candidates[0].adm1 == "Deir-ez-Zor"
    assert inside.share > open_name.share


def test_chances_add_up_to_no_more_than_one_and_the_rest_is_none_of_these():
    found = load_gazetteer().look_up("Qrstvwx Blmnp", country="SY", most=30)
    assert sum(c.score for c in found.candidates) <= 1.0
    assert not found.accepted


def test_a_batch_gives_what_single_look_ups_give():
    gazetteer = load_gazetteer()
    queries = [("Saraqeb", "SY", None), ("Tikrit", "IQ", None), ("Saraqeb", "SY", None)]
    assert gazetteer.look_up_many(queries) == [gazetteer.look_up(n, country=c) for n, c, _ in queries]


def test_a_town_of_the_world_must_be_spelt_as_it_is():
    gazetteer = load_gazetteer()
    assert [c.country for c in gazetteer.look_up("Nairobi").candidates[:1]] == ["KE"]
    assert gazetteer.look_up("Nayrubo", country="KE").candidates == ()


def test_a_village_that_bears_a_mans_name_is_a_weak_sign_of_a_place():
    assert is_place_name(["Khan", "Sheikhoun"])
    assert not is_place_name(["Salah"])
    assert place_strength("Salah") > 0
    assert place_strength("Qrstvwx") == 0.0


def test_importing_the_package_does_not_load_the_gazetteer():
    code = "import sys, rasid; assert not {'polars', 'numpy', 'rapidfuzz'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


GEONAMES = "\t".join(
    "900001|Sallow Ford|Sallow Ford|Salou Ford,سالو فورد,Зал|10.5|20.25|P|PPL|QX||05||||1200||||2020-01-01".split(
        "|"
    )
)
ADM1 = "\t".join("900002|Marsh|Marsh||10.4|20.1|A|ADM1|QX||05||||0||||2020-01-01".split("|"))
LAKE = "\t".join("900003|Long Lake|Long Lake||10.4|20.1|H|LK|QX||05||||0||||2020-01-01".split("|"))


def test_a_geonames_dump_gives_its_towns_and_areas_under_all_their_names(tmp_path):
    case = create_case(tmp_path / "case")
    file = tmp_path / "QX.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("QX.txt", "\n".join([GEONAMES, ADM1, LAKE, "broken\tline"]) + "\n")
    added = add_places(file, case.root)
    gazetteer = load_gazetteer(added=(case.root / "gazetteer",))
    place = gazetteer.look_up("سالو فورد", country="QX").candidates[0]
    assert (added.places, added.left_out) == (2, 1)
    assert (place.name, place.adm1, place.latitude, place.population) == ("Sallow Ford", "Marsh", 10.5, 1200)


def test_a_table_gives_its_places_and_counts_the_lines_it_cannot_use(tmp_path):
    case = create_case(tmp_path / "case")
    file = tmp_path / "camps.csv"
    file.write_text(
        "Name;Lat;Lon;Country;names\nVeldamar;10,5;20,25;qx;Feldamar|Weldamar\nNowhere;95;20;qx;\n;1;2;qx;\n",
        "utf-8",
    )
    added = add_places(file, case.root)
    found = load_gazetteer(added=(case.root / "gazetteer",)).look_up("Feldamar", country="QX").candidates
    assert (added.places, added.left_out) == (1, 2)
    assert [(c.name, c.latitude, c.longitude) for c in found] == [("Veldamar", 10.5, 20.25)]


def test_a_table_of_pcodes_gives_its_deepest_areas(tmp_path):
    case = create_case(tmp_path / "case")
    file = tmp_path / "codes.csv"
    head = "ADM0_PCODE,ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_PCODE,ADM2_AR,center_lat,center_lon\n"
    file.write_text(head + "QX,Marsh,QX01,Halvin,QX0101,هلفين,10.5,20.5\n", "utf-8")
    add_places(file, case.root)
    place = (
        load_gazetteer(added=(case.root / "gazetteer",))
        .look_up("Halfin", country="QX", adm1="QX01")
        .candidates[0]
    )
    assert (place.name, place.level, place.adm1, place.name_ar) == ("Halvin", "district", "Marsh", "هلفين")


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "name,lat,lon\n", "name,lat,lon\nX,north,east\n"])
def test_a_table_without_usable_places_is_refused_with_the_columns_it_needs(tmp_path, text):
    case = create_case(tmp_path / "case")
    file = tmp_path / "bad.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(WrongUse, match=r"name.*latitude"):
        add_places(file, case.root)


def test_adding_a_file_twice_changes_nothing(tmp_path):
    case = create_case(tmp_path / "case")
    file = tmp_path / "camps.csv"
    file.write_text("name,lat,lon\nVeldamar,10.5,20.25\n", "utf-8")
    add_places(file, case.root)
    before = {f.name: f.read_bytes() for f in (case.root / "gazetteer").iterdir()}
    add_places(file, case.root)
    assert {f.name: f.read_bytes() for f in (case.root / "gazetteer").iterdir()} == before


def test_find_prints_json_lines_with_reasons():
    done = CliRunner().invoke(app, ["find", "Kafranbel", "--in", "Idlib", "--json"])
    row = json.loads(done.stdout.splitlines()[0])
    assert (row["name"], row["adm1"], row["reason"]) == ("Kafr Nabl", "Idleb", "the same name")


def test_find_refuses_a_governorate_that_nobody_knows():
    done = CliRunner().invoke(app, ["find", "Kafranbel", "--in", "Qrstvwx"])
    assert isinstance(done.exception, WrongUse)


def test_add_and_find_work_from_the_command_line_on_a_case(tmp_path):
    case = create_case(tmp_path / "case")
    file = tmp_path / "camps.csv"
    file.write_text("name,lat,lon,country\nVeldamar,10.5,20.25,QX\n", "utf-8")
    added = CliRunner().invoke(app, ["add", str(file), "--case", str(case.root)])
    found = CliRunner().invoke(app, ["find", "Veldamar", "--country", "qx", "--case", str(case.root)])
    assert (added.exit_code, found.exit_code) == (0, 0)
    assert "Veldamar" in found.stdout
