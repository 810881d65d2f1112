"""How finely a place may be drawn: never finer than it is known."""

from __future__ import annotations

import pytest

from rasid.model import tables
from rasid.model.tables import Row
from rasid.present.outlines import Outlines, load_outlines
from rasid.present.placed import Mark, place_claims
from rasid.present.record import checked
from rasid.present.shelf import open_shelf
from tests.present.conftest import Writing
from tests.present.mapcase import at, place, write_map_case


@pytest.fixture(scope="module")
def outlines() -> Outlines:
    return load_outlines()


def mark_of(outlines: Outlines, **known: object) -> Mark:
    """The mark of one place of one claim."""
    w = Writing()
    document = w.document("Shells fell on Tel Marun.", name="a.txt")
    w.claim(document, "Shells fell on Tel Marun.", "Shells fell on Tel Marun.", places=[at("Tel Marun")])
    row: Row = place(document, "Tel Marun", 1, "Tel Marun", "town", 35.75, 36.62, 1, adm1="Idleb") | known
    w.places.append(row)
    (mark,) = place_claims(open_shelf(checked(w.tables())), outlines).marks
    return mark


def test_a_town_that_is_known_exactly_is_a_point(outlines: Outlines) -> None:
    mark = mark_of(outlines)
    assert (mark.form, mark.precision, mark.longitude, mark.latitude) == ("point", 1, 36.62, 35.75)


@pytest.mark.parametrize(
    ("level", "given", "form", "precision"),
    [
        ("governorate", 1, "area", 4),
        ("governorate", None, "area", 4),
        ("country", 1, "area", 6),
        ("district", 1, "halo", 3),
        ("region", 1, "halo", 5),
        ("part", 1, "halo", 2),
        ("town", 2, "halo", 2),
        ("town", 4, "area", 4),
        ("neighbourhood", None, "point", 1),
        ("a level of tomorrow", None, "halo", 2),
        ("town", 99, "point", 1),
        ("town", 7, "halo", 7),
    ],
)
def test_the_coarser_of_level_and_precision_decides_the_form(
    outlines: Outlines, level: str, given: int | None, form: str, precision: int
) -> None:
    mark = mark_of(outlines, level=level, where_prec=given)
    assert (mark.form, mark.precision) == (form, precision)


def test_an_area_stands_at_its_own_middle_and_not_at_the_town_it_is_named_after(outlines: Outlines) -> None:
    mark = mark_of(outlines, level="governorate", name="Idleb", latitude=35.93, longitude=36.63)
    area = outlines.governorate("SY", "Idleb", None)
    assert area is not None and (mark.longitude, mark.latitude) == area.middle and mark.area == "SY07"


def test_a_governorate_with_another_name_is_found_by_its_middle(outlines: Outlines) -> None:
    mark = mark_of(outlines, level="governorate", adm1="Edlib Province")
    assert mark.area == "SY07"


def test_a_country_without_an_outline_is_a_halo(outlines: Outlines) -> None:
    mark = mark_of(outlines, level="country", country="FR", adm1=None, latitude=46.6, longitude=2.4)
    assert (mark.form, mark.radius_km, mark.area) == ("halo", 300, "")


def test_a_place_without_coordinates_is_not_drawn(outlines: Outlines) -> None:
    assert mark_of(outlines, latitude=None).form == "none"


def test_an_open_place_has_a_sighting_with_its_reason_and_no_mark(outlines: Outlines) -> None:
    placed = place_claims(open_shelf(checked(write_map_case())), outlines)
    (row,) = placed.sightings.filter(placed.sightings["mark"].is_null()).to_dicts()
    assert (row["text"], row["reason"], len(row["candidates"])) == (
        "Qasr Lun",
        "Two towns of this name lie far apart.",
        2,
    )
    assert "Qasr Lun" not in {mark.name for mark in placed.marks}


def test_two_spellings_of_one_place_share_its_mark(outlines: Outlines) -> None:
    placed = place_claims(open_shelf(checked(write_map_case())), outlines)
    held = {row["text"]: row["mark"] for row in placed.sightings.to_dicts()}
    assert held["Tel Marun"] == held["تل مارون"] != held["east of Tel Marun"]


def test_without_a_table_of_places_nothing_is_marked(outlines: Outlines) -> None:
    case = write_map_case()
    bare = type(case)(**{name: getattr(case, name) for name in type(case).__slots__ if name != "places"})
    placed = place_claims(open_shelf(checked(bare)), outlines)
    assert placed.marks == () and placed.sightings.height == 12 and bare.places.schema == tables.PLACES


@pytest.mark.parametrize(
    ("name", "adm1", "where"),
    [
        ("south of Syria", None, "south"),
        ("the north-western countryside Idleb", "Idleb", "north west"),
        ("eastern Idleb", "Idleb", "east"),
    ],
)
def test_a_side_of_an_area_is_drawn_on_that_side(
    outlines: Outlines, name: str, adm1: str | None, where: str
) -> None:
    mark = mark_of(outlines, name=name, level="part", where_prec=5, adm1=adm1, latitude=35.0, longitude=38.0)
    whole = outlines.governorate("SY", adm1, None) if adm1 else outlines.nation("SY")
    assert whole is not None and mark.latitude is not None and mark.longitude is not None
    west, south, east, north = whole.box
    assert mark.form == "halo" and whole.holds((mark.longitude, mark.latitude))
    lies = {
        "south": mark.latitude < (south + north) / 2,
        "north": mark.latitude > (south + north) / 2,
        "east": mark.longitude > (west + east) / 2,
        "west": mark.longitude < (west + east) / 2,
    }
    assert all(lies[side] for side in where.split())
    assert mark.radius_km < 111.2 * (north - south)


def test_a_part_without_a_side_may_be_anywhere_in_the_whole(outlines: Outlines) -> None:
    mark = mark_of(
        outlines, name="countryside of Idleb", level="part", where_prec=5, latitude=1.0, longitude=1.0
    )
    whole = outlines.governorate("SY", "Idleb", None)
    assert whole is not None
    assert (mark.longitude, mark.latitude) == whole.middle
    assert mark.says == "somewhere in this part of the country or governorate"
