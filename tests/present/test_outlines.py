"""The shipped outlines: whole, small, named in both scripts, and found by name or by point."""

from __future__ import annotations

from importlib.resources import files

import pytest

from rasid.present.outlines import Outlines, load_outlines


@pytest.fixture(scope="module")
def outlines() -> Outlines:
    return load_outlines()


def test_they_are_under_600_kilobytes() -> None:
    folder = files("rasid.present").joinpath("outlines")
    assert sum(len(file.read_bytes()) for file in folder.iterdir() if file.name.endswith(".json")) < 600_000


def test_all_governorates_of_three_countries_have_names_in_two_scripts(outlines: Outlines) -> None:
    held = [area for area in outlines.areas if area.level == "governorate"]
    assert [sum(area.country == code for area in held) for code in ("SY", "IQ", "YE")] == [14, 18, 22]
    assert all(area.name.isascii() and area.name_ar and not area.name_ar.isascii() for area in held)


@pytest.mark.parametrize(
    ("point", "name"),
    [
        ((36.3, 33.51), "Damascus"),
        ((39.0, 35.95), "Ar-Raqqa"),
        ((44.39, 35.47), "Kirkuk"),
        ((45.03, 12.79), "Aden"),
    ],
)
def test_a_city_lies_in_its_governorate(outlines: Outlines, point: tuple[float, float], name: str) -> None:
    assert [area.name for area in outlines.areas if area.level == "governorate" and area.holds(point)] == [
        name
    ]


def test_each_middle_lies_inside_its_area_and_each_area_inside_the_box(outlines: Outlines) -> None:
    west, south, east, north = outlines.box
    for area in outlines.areas:
        assert area.holds(area.middle), area.name
        assert west - 1 <= area.box[0] <= area.box[2] <= east + 1
        assert south - 1 <= area.box[1] <= area.box[3] <= north + 1


def test_governorates_are_found_by_name_code_or_arabic_name_and_countries_by_code(outlines: Outlines) -> None:
    for name in ("Ar-Raqqa", "ar-raqqa", "SY11", "الرقة"):
        found = outlines.governorate("SY", name, None)
        assert found is not None and found.id == "SY11"
    assert outlines.governorate("IQ", "Ar-Raqqa", None) is None
    syria = outlines.nation("SY")
    assert syria is not None and syria.name == "Syria"
    assert outlines.nation("FR") is None and outlines.nation("") is None and outlines.nation(None) is None
