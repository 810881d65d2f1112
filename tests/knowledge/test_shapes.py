"""Shapes of tables: recognised by their headings, read from YAML with errors that name the key."""

from __future__ import annotations

import pytest

from rasid.errors import BadSettings
from rasid.knowledge.shapes import FIELDS, find_shape, fold_heading, load_shapes, read_shapes
from rasid.knowledge.shapes_hxl import shape_of_tags
from tests.table_files import ACLED_31, GED_41, GED_49

GOOD = "shape: own\ncolumns: {place: Town}\nnumbers: [{part: dead, best: Killed, base: dead}]\n"


def test_every_shape_finds_itself_by_each_of_its_sets_of_headings() -> None:
    for shape in load_shapes():
        assert shape.recognise, shape.name
        for wanted in shape.recognise:
            found = find_shape(sorted(wanted))
            assert found is not None and found.name == shape.name


@pytest.mark.parametrize(
    ("headings", "name"), [(GED_41, "UCDP GED"), (GED_49, "UCDP GED"), (ACLED_31, "ACLED")]
)
def test_known_headings_are_all_read_or_left_out_by_name(headings: list[str], name: str) -> None:
    shape = find_shape(headings)
    assert shape is not None and shape.name == name
    known = shape.meanings([fold_heading(each) for each in headings]).keys() | shape.ignored.keys()
    assert {fold_heading(each) for each in headings} <= known


def test_no_shape_reads_a_heading_that_it_leaves_out() -> None:
    for shape in load_shapes():
        assert set(shape.fields) <= set(FIELDS)
        read = shape.meanings([*shape.ignored, *(each for wanted in shape.recognise for each in wanted)])
        assert not read.keys() & shape.ignored.keys(), shape.name


def test_other_headings_have_no_shape() -> None:
    assert find_shape(["Place", "Day", "Killed"]) is None
    assert find_shape([]) is None


def test_case_and_signs_of_a_heading_do_not_count() -> None:
    assert fold_heading(" Injured (min) ") == fold_heading("injured_min") == "injured_min"
    assert fold_heading("عدد القتلى") == "عدد_القتلى"


def test_a_mapping_of_the_case_goes_before_a_known_shape() -> None:
    (own,) = read_shapes(GOOD + "recognise: [[id, side_a, side_b, best]]\n", where="own.yaml")
    assert find_shape(GED_49, own=[own]) is own


def test_a_mapping_for_one_file_is_for_that_file_only() -> None:
    (own,) = read_shapes(GOOD + "recognise: [[Town, Killed]]\nnames: ['^may[.]html$']\n", where="own.yaml")
    assert find_shape(["Town", "Killed"], name="may.html", own=[own]) is own
    assert find_shape(["Town", "Killed"], name="june.html", own=[own]) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("shape: [", "not valid YAML"),
        ("just words", "expected keys"),
        ("shape: own\n", '"columns" is missing'),
        (GOOD + "colour: red\n", "'colour'"),
        ("shape: own\ncolumns: {perpetrator: Who}\n", "'perpetrator'"),
        ("shape: own\ncolumns: {}\nnumbers: [{best: Killed}]\n", '"part"'),
        ("shape: own\ncolumns: {}\nnumbers: Killed\n", '"numbers" must be a list'),
        ("shape: own\ncolumns: {place: {from: Town, pattern: '('}}\n", "is not a pattern"),
        ("shape: own\ncolumns: {}\nignored: Colour\n", '"ignored"'),
    ],
)
def test_a_mapping_that_cannot_be_used_says_where_and_why(text: str, said: str) -> None:
    with pytest.raises(BadSettings) as caught:
        read_shapes(text, where="mappings/own.yaml")
    assert "mappings/own.yaml" in str(caught.value) and said in str(caught.value)


def test_tags_say_what_a_column_is_and_a_table_without_useful_tags_is_none() -> None:
    shape = shape_of_tags(
        ["Ort", "Tote", "Familien"], ["#adm1+name", "#affected+f+killed", "#affected+idps+hh"]
    )
    assert shape is not None and shape.fields["adm1"].headings == ("ort",)
    assert [(number.part, number.base, number.unit) for number in shape.numbers] == [
        ("tote", "dead", "people"),
        ("familien", "displaced", "family"),
    ]
    assert shape_of_tags(["a", "b"], ["#x_colour", ""]) is None
