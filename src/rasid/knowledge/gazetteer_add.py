"""More places for a case: a table of places -> a volume in the case's folder `gazetteer/`.

Three kinds of file are understood, by their columns:
- a GeoNames country dump (XX.txt or XX.zip of download.geonames.org/export/dump), 19 columns, no header;
- a CSV table with name, lat, lon and, where known, country, adm1, adm1_pcode, adm2, population, names (split by |);
- a table of OCHA p-codes (COD-AB, CSV): ADM1_EN, ADM1_PCODE, ... with the middle of each area in two columns.

Nothing is fetched. The volume lies in the case and not in the user's home, so that the case gives the same
record on every machine.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from rasid.errors import WrongUse
from rasid.knowledge.gazetteer_index import PLACES, Volume, build_volume, save_volume

FOLDER = "gazetteer"
_GEONAMES_BASE = 10_000_000_000  # as in the world's volume: a place that is in both has one id
_OWN_BASE = 30_000_000_000
_GEONAMES_COLUMNS = 19
_LEVEL_OF_CODE = {"PCLI": "country", "ADM1": "governorate", "ADM2": "district", "ADM3": "subdistrict"}
_LEVELS = ("country", "region", "governorate", "district", "subdistrict", "town", "neighbourhood")
_COLUMNS = {
    "name": ("name", "place", "place_name", "name_en", "asciiname", "location"),
    "name_ar": ("name_ar", "arabic", "name_arabic"),
    "latitude": ("lat", "latitude", "y", "center_lat", "lat_y"),
    "longitude": ("lon", "lng", "long", "longitude", "x", "center_lon", "lon_x"),
    "country": ("country", "country_code", "iso", "iso2", "countrycode"),
    "level": ("level", "kind"),
    "adm1": ("adm1", "adm1_en", "admin1", "admin1name_en", "governorate", "province", "adm1_name"),
    "adm1_pcode": ("adm1_pcode", "admin1pcode", "adm1pcode"),
    "adm2": ("adm2", "adm2_en", "admin2", "admin2name_en", "district", "adm2_name"),
    "adm2_pcode": ("adm2_pcode", "admin2pcode", "adm2pcode"),
    "population": ("population", "pop"),
    "names": ("names", "aliases", "other_names", "alternatenames"),
}
_PCODE = re.compile(r"^(?:adm|admin)([1-4])_?(?:pcode|pcod)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Added:
    """What came of a file: places and names that were taken, and lines that could not be used."""

    places: int
    names: int
    left_out: int


@dataclass(frozen=True, slots=True)
class _Line:
    """One place of a file. `names` are other spellings."""

    place: dict[str, object]
    names: tuple[str, ...]


def add_places(file: Path, case: Path) -> Added:
    """Make a volume of the file's places in the case, in place of an earlier one from a file of the same name.

    raises: WrongUse if the file is none of the three kinds, or holds no place that can be used
    """
    lines, left_out = read_places(file)
    if not lines:
        raise WrongUse(
            f"{file.name} holds no usable place: each needs a name, a latitude and a longitude. "
            "See docs/concepts/places.md for the columns."
        )
    volume = _volume(lines)
    save_volume(volume, case / FOLDER, re.sub(r"\W+", "_", file.stem.casefold()))
    return Added(volume.places.height, int(volume.first[-1]), left_out)


def read_places(file: Path) -> tuple[list[_Line], int]:
    """The places of a file, and how many of its lines could not be used."""
    text = _text_of(file)
    first = text.split("\n", 1)[0]
    if first.count("\t") == _GEONAMES_COLUMNS - 1:
        return _read_geonames(text)
    return _read_csv(text, file.name)


def _text_of(file: Path) -> str:
    """The text of a file, or of the country's table in a GeoNames zip."""
    try:
        if file.suffix.casefold() == ".zip":
            with zipfile.ZipFile(file) as archive:
                inner = [n for n in archive.namelist() if n.endswith(".txt") and "readme" not in n.casefold()]
                if not inner:
                    raise WrongUse(f"{file.name} holds no .txt table.")
                return archive.read(inner[0]).decode("utf-8-sig")
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WrongUse(f"{file.name} is not UTF-8 text. Save it as CSV in UTF-8 and add it again.") from error
    except (OSError, zipfile.BadZipFile) as error:
        raise WrongUse(f"{file.name} could not be read: {error}") from error


def _read_geonames(text: str) -> tuple[list[_Line], int]:
    """Populated places and administrative areas of a GeoNames dump; other features are passed over."""
    rows = [line.split("\t") for line in text.splitlines() if line]
    whole = [row for row in rows if len(row) == _GEONAMES_COLUMNS]
    area = {(r[8], r[10]): r[1] for r in whole if r[7] == "ADM1"}
    lines = []
    for row in whole:
        level = _LEVEL_OF_CODE.get(row[7]) or ("town" if row[6] == "P" else None)
        if level == "town" and row[7] == "PPLX":
            level = "neighbourhood"
        point = _point(row[4], row[5])
        if level is None or point is None or not row[0].isdigit():
            continue
        others = tuple(n for n in (row[2], *row[3].split(",")) if n and _is_read(n))
        place = {
            "place_id": _GEONAMES_BASE + int(row[0]), "name": row[1], "name_ar": _first_arabic(others),
            "country": row[8] or None, "level": level, "latitude": point[0], "longitude": point[1],
            "population": int(row[14]) if row[14].isdigit() else 0, "adm1": area.get((row[8], row[10])),
            "adm1_pcode": f"{row[8]}{row[10]}" if row[10] else None, "historical": row[7] in ("PPLQ", "PPLH"),
        }  # fmt: skip
        lines.append(_Line(place, others))
    return lines, len(rows) - len(whole)


def _read_csv(text: str, name: str) -> tuple[list[_Line], int]:
    """Places of a table with a header; a table of p-codes gives each of its areas once."""
    dialect = "\t" if "\t" in text.split("\n", 1)[0] else ";" if ";" in text.split("\n", 1)[0] else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=dialect)
    header = [column.strip().casefold() for column in reader.fieldnames or ()]
    held = {key: next((c for c in names if c in header), None) for key, names in _COLUMNS.items()}
    levels = sorted({int(hit.group(1)) for column in header if (hit := _PCODE.match(column))})
    if held["latitude"] is None or held["longitude"] is None or (held["name"] is None and not levels):
        raise WrongUse(
            f"{name} has no columns for name, latitude and longitude (it has: {', '.join(header[:12])})."
        )
    lines: list[_Line] = []
    left_out = 0
    for row in reader:
        folded = {
            (k or "").strip().casefold(): (v or "").strip() for k, v in row.items() if isinstance(v, str)
        }
        line = _csv_line(folded, held, levels)
        if line is None:
            left_out += 1
        else:
            lines.append(line)
    return lines, left_out


def _csv_line(row: dict[str, str], held: dict[str, str | None], levels: list[int]) -> _Line | None:
    given = {key: row.get(column, "") if column else "" for key, column in held.items()}
    if held["name"] is None:
        deepest = str(levels[-1])
        given["name"] = next(
            (
                row[c]
                for c in (f"adm{deepest}_en", f"admin{deepest}name_en", f"adm{deepest}_name")
                if row.get(c)
            ),
            "",
        )
        given["name_ar"] = row.get(f"adm{deepest}_ar", "") or row.get(f"admin{deepest}name_ar", "")
        given["level"] = {1: "governorate", 2: "district"}.get(levels[-1], "subdistrict")
        given["country"] = given["country"] or (row.get("adm0_pcode", "") or row.get("admin0pcode", ""))[:2]
    point = _point(given["latitude"], given["longitude"])
    if not given["name"] or point is None:
        return None
    others = tuple(n for n in re.split(r"[|]", given["names"]) if n.strip())
    place: dict[str, object] = {
        key: given[key] or None for key in ("name", "name_ar", "adm1", "adm1_pcode", "adm2", "adm2_pcode")
    }
    country = given["country"].upper()
    place |= {
        "place_id": _own_id(given["name"], *point),
        "country": country if len(country) == 2 else None,
        "level": given["level"] if given["level"] in _LEVELS else "town",
        "latitude": point[0],
        "longitude": point[1],
        "population": int(given["population"]) if given["population"].isdigit() else 0,
        "historical": False,
    }
    return _Line(place, others)


def _volume(lines: Iterable[_Line]) -> Volume:
    unique = {line.place["place_id"]: line for line in lines}
    rows = [{column: line.place.get(column) for column in PLACES} for line in unique.values()]
    names = [(line.place["place_id"], name) for line in unique.values() for name in _all_names(line)]
    frame = pl.DataFrame(rows, schema=dict(PLACES))
    return build_volume(frame, pl.DataFrame(names, schema=["place_id", "name"], orient="row"))


def _all_names(line: _Line) -> Iterator[str]:
    yield str(line.place["name"])
    yield from line.names


def _point(lat: str, lon: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, or None if they are not on the globe."""
    try:
        point = float(lat.replace(",", ".")), float(lon.replace(",", "."))
    except ValueError:
        return None
    return point if -90 <= point[0] <= 90 and -180 <= point[1] <= 180 else None


def _own_id(name: str, lat: float, lon: float) -> int:
    digest = hashlib.sha256(f"{name}\0{lat:.5f}\0{lon:.5f}".encode()).hexdigest()
    return _OWN_BASE + int(digest[:12], 16) % _GEONAMES_BASE


def _is_read(name: str) -> bool:
    """Is the name in Latin or Arabic letters? The forms know no others."""
    return (
        re.search(r"[^\W\d_]", name) is not None
        and re.search(r"[\u0370-\u05ff\u0780-\u1dff\u2c00-\ufaff]", name) is None
    )


def _first_arabic(names: Iterable[str]) -> str | None:
    return next((n for n in names if re.search(r"[\u0600-\u06ff]", n)), None)
