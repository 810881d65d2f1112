"""One volume of a gazetteer: places, the forms of their names, and the index that finds them.

A volume is two Parquet files, NAME.places.parquet and NAME.forms.parquet. Forms are sorted by key and country, so
that a name is found by binary search: its own key, and every key one consonant away.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from rasid.knowledge.gazetteer_forms import (
    CLASSES,
    KEY_LETTERS,
    Forms,
    exact_forms,
    is_arabic,
    name_words,
    plain_form,
    without_generic,
    word_forms,
)

Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Words = npt.NDArray[np.object_]  # of str

#: One row per place. Sorted by country, adm1, adm2, level, place_id.
PLACES = {
    "place_id": pl.Int64(),
    "name": pl.String(),  # to show, Latin
    "name_ar": pl.String(),
    "country": pl.String(),  # ISO 3166, two letters
    "level": pl.String(),  # country, region, governorate, district, subdistrict, town, neighbourhood
    "latitude": pl.Float64(),
    "longitude": pl.Float64(),
    "population": pl.Int64(),  # 0 = unknown
    "adm1": pl.String(),
    "adm1_pcode": pl.String(),
    "adm2": pl.String(),
    "adm2_pcode": pl.String(),
    "historical": pl.Boolean(),
}
#: One row per name of a place.
NAMES = {"place_id": pl.Int64(), "name": pl.String()}

_LEVELS = (
    "country",
    "region",
    "governorate",
    "district",
    "subdistrict",
    "town",
    "neighbourhood",
)
_COUNTRY_BITS = np.uint64(8)
_NOWHERE = "~"  # sorts behind all country codes, as 255 does
_SHORT = 3  # keys of fewer consonants are looked up as they are: one step away is half the gazetteer


@dataclass(frozen=True, slots=True)
class Volume:
    """Places and the index of their names.

    places:    PLACES
    countries: country codes; position = number in the keys
    keys:      one per form, ascending: key of the bones << 8 | number of the country
    sounds, bones: one per form
    flags:     one per form: 1 = written in Arabic script, 2 = only a part of the name
    first:     one per form and one more: where its places begin in `owners`
    owners:    row numbers in `places`
    prior:     one row per place: what speaks for it before its name is compared (see gazetteer.PRIOR)
    exact:     names must be spelt the same (a thin volume of the whole world, where near names mean nothing)
    """

    places: pl.DataFrame
    countries: tuple[str, ...]
    keys: Keys
    sounds: Words
    bones: Words
    flags: npt.NDArray[np.uint8]
    first: Ints
    owners: Ints
    ids: Ints
    latitude: npt.NDArray[np.float64]
    longitude: npt.NDArray[np.float64]
    adm1: npt.NDArray[np.int64]
    adm1_codes: dict[str, int]
    prior: npt.NDArray[np.float64]
    exact: bool = False

    def find_forms(self, forms: Forms, country: str | None, *, near: bool) -> Ints:
        """Numbers of the forms with this key, and with `near` also those one consonant away."""
        keys = (
            neighbour_keys(forms.key) if near and not self.exact else np.array([forms.key], dtype=np.uint64)
        )
        if country is not None:
            if country not in self.countries:
                return np.empty(0, dtype=np.int64)
            low = (keys << _COUNTRY_BITS) | np.uint64(self.countries.index(country))
            high = low
        else:
            low = keys << _COUNTRY_BITS
            high = low | np.uint64(255)
        begin = np.searchsorted(self.keys, low, side="left")
        end = np.searchsorted(self.keys, high, side="right")
        return _ranges(begin, end)

    def owners_of(self, forms: Ints) -> tuple[Ints, Ints]:
        """(form, place) pairs of these forms: positions in `forms`, row numbers in `places`."""
        begin, end = self.first[forms], self.first[forms + 1]
        return np.repeat(np.arange(len(forms)), end - begin), self.owners[_ranges(begin, end)]


def neighbour_keys(key: int) -> Keys:
    """The key, and every key with one consonant more, less or other, or two swapped; the key alone if it is short."""
    count = (key.bit_length() + 3) // 4
    whole = np.array([key], dtype=np.uint64)
    if count < _SHORT:
        return whole
    shift = 4 * np.arange(count + 1, dtype=np.uint64)
    four = np.uint64(4)
    one = np.uint64(1)
    below = whole & ((one << shift) - one)  # what stands before each place
    above = whole >> shift  # what stands at and after it
    letters = np.arange(1, CLASSES + 1, dtype=np.uint64)[:, None] << shift
    other = (below + letters)[:, :-1] + ((above >> four) << (shift + four))[:-1]
    less = below[:-1] + ((above >> four) << shift)[:-1]
    pair = ((above & np.uint64(15)) << four) + ((above >> four) & np.uint64(15))
    swapped = (below + (pair << shift) + ((above >> np.uint64(8)) << (shift + np.uint64(8))))[: count - 1]
    more = below + letters + (above << (shift + four)) if count < KEY_LETTERS else letters[:0]
    return np.unique(np.concatenate([whole, other.ravel(), less, swapped, more.ravel()]))


def build_volume(places: pl.DataFrame, names: pl.DataFrame, *, exact: bool = False) -> Volume:
    """Index these places under these names.

    places: PLACES; names: NAMES (the names of the places table itself are added)
    """
    places = places.select([pl.col(c).cast(t) for c, t in PLACES.items()]).sort(
        ["country", "adm1", "adm2", "level", "place_id"], nulls_last=True
    )
    count = names.group_by("place_id").agg(_names=pl.col("name").n_unique())
    counted = places.join(count, on="place_id", how="left", maintain_order="left")
    return _assemble(
        counted.with_columns(pl.col("_names").fill_null(1)), _form_table(places, names, exact), exact
    )


def save_volume(volume: Volume, folder: Path, name: str) -> None:
    """Write NAME.places.parquet and NAME.forms.parquet into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    places = volume.places.with_columns(
        pl.col("latitude", "longitude").mul(100_000).round().cast(pl.Int32),
        _names=pl.Series(volume.prior[:, 0]).round().cast(pl.UInt16),
    )
    places.write_parquet(folder / f"{name}.places.parquet", compression="zstd", compression_level=19)
    counts = np.diff(volume.first)
    forms = pl.DataFrame(
        {
            "country": pl.Series((volume.keys & np.uint64(255)).astype(np.uint8)).replace_strict(
                dict(enumerate(volume.countries)), default=None, return_dtype=pl.String
            ),
            "key": volume.keys >> _COUNTRY_BITS,
            "sound": pl.Series(volume.sounds.tolist(), dtype=pl.String),
            "flags": volume.flags,
            "owners": pl.Series(
                [part.tolist() for part in np.split(volume.owners, np.cumsum(counts)[:-1])],
                dtype=pl.List(pl.UInt32),
            ),
        }
    )
    forms.write_parquet(folder / f"{name}.forms.parquet", compression="zstd", compression_level=19)


def load_volume(folder: Path | Traversable, name: str, *, exact: bool = False) -> Volume:
    """Read a volume that `save_volume` wrote."""
    places = pl.read_parquet(BytesIO((folder / f"{name}.places.parquet").read_bytes()))
    forms = pl.read_parquet(BytesIO((folder / f"{name}.forms.parquet").read_bytes()))
    return _assemble(
        places.with_columns(pl.col("latitude", "longitude").cast(pl.Float64).truediv(100_000)), forms, exact
    )


def _assemble(places: pl.DataFrame, forms: pl.DataFrame, exact: bool) -> Volume:
    countries = tuple(sorted(set(places["country"].drop_nulls())))
    numbers = forms["country"].replace_strict(
        {c: n for n, c in enumerate(countries)}, default=255, return_dtype=pl.UInt64
    )
    owned = forms["owners"]
    lengths = owned.list.len().to_numpy().astype(np.int64)
    adm1_names = places["adm1_pcode"].fill_null("")
    codes = {code: n for n, code in enumerate(sorted(set(adm1_names)))}
    return Volume(
        places=places.drop("_names"),
        countries=countries,
        keys=(forms["key"].to_numpy().astype(np.uint64) << _COUNTRY_BITS) | numbers.to_numpy(),
        sounds=_words(forms["sound"]),
        bones=_words(forms["sound"].str.replace_many(list("aiuTD"), ["", "", "", "t", "d"])),
        flags=forms["flags"].to_numpy().astype(np.uint8),
        first=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)]),
        owners=owned.explode().to_numpy().astype(np.int64),
        ids=places["place_id"].to_numpy(),
        latitude=places["latitude"].to_numpy(),
        longitude=places["longitude"].to_numpy(),
        adm1=adm1_names.replace_strict(codes, return_dtype=pl.Int64).to_numpy(),
        adm1_codes=codes,
        prior=_prior(places),
        exact=exact,
    )


def _words(words: pl.Series) -> Words:
    return np.array(words.to_list(), dtype=object)


def _prior(places: pl.DataFrame) -> npt.NDArray[np.float64]:
    """What speaks for a place before its name is compared; the columns are named in gazetteer.PRIOR."""
    is_level = [(places["level"] == level).to_numpy() for level in _LEVELS[1:5]]
    town = places["level"] == "town"
    columns = [
        places["_names"].to_numpy(),
        np.log1p(places["_names"].to_numpy()),
        np.log10(places["population"].fill_null(0).to_numpy() + 1.0),
        (places["population"].fill_null(0) > 0).to_numpy(),
        (town & places["adm2"].is_null()).to_numpy(),
        (places["level"] == "country").to_numpy(),
        is_level[1],
        is_level[2] | is_level[3] | is_level[0],
        (places["level"] == "neighbourhood").to_numpy(),
        places["historical"].fill_null(False).to_numpy(),
    ]
    return np.column_stack([np.asarray(c, dtype=np.float64) for c in columns])


def _form_table(places: pl.DataFrame, names: pl.DataFrame, exact: bool) -> pl.DataFrame:
    """One row per (key, country, sound, flags), with the places of that name."""
    row_of = {place: row for row, place in enumerate(places["place_id"].to_list())}
    held: dict[tuple[int, str, str, int], set[int]] = {}
    countries = places["country"].to_list()
    for place_id, name in _all_names(places, names):
        row = row_of.get(place_id)
        if row is None:
            continue
        for words, flags in _readings(name):
            forms = exact_forms(words) if exact else word_forms(words)
            if forms.sound:
                key = (forms.key, countries[row] or _NOWHERE, forms.sound, flags)
                held.setdefault(key, set()).add(row)
    ordered = sorted(held)
    return pl.DataFrame(
        {
            "country": [None if country == _NOWHERE else country for _, country, _, _ in ordered],
            "key": pl.Series([key for key, _, _, _ in ordered], dtype=pl.UInt64),
            "sound": [sound for _, _, sound, _ in ordered],
            "flags": pl.Series([flags for _, _, _, flags in ordered], dtype=pl.UInt8),
            "owners": pl.Series([sorted(held[k]) for k in ordered], dtype=pl.List(pl.UInt32)),
        }
    )


def _all_names(places: pl.DataFrame, names: pl.DataFrame) -> list[tuple[int, str]]:
    pairs = list(zip(names["place_id"].to_list(), names["name"].to_list(), strict=True))
    for column in ("name", "name_ar"):
        pairs += [
            (i, n)
            for i, n in zip(places["place_id"].to_list(), places[column].to_list(), strict=True)
            if n is not None
        ]
    return pairs


def _readings(name: str) -> list[tuple[list[str], int]]:
    """The words to index a name under, each with its flags: the whole name, and the name less generic words."""
    words = name_words(plain_form(name))
    if not words:
        return []
    script = 1 if is_arabic(name) else 0
    bare = without_generic(words)
    return [(words, script)] if bare == words else [(words, script), (bare, script | 2)]


def _ranges(begin: npt.NDArray[np.int64], end: npt.NDArray[np.int64]) -> Ints:
    """All whole numbers of the half-open ranges, one after the other."""
    lengths = end - begin
    total = int(lengths.sum())
    if total == 0:
        return np.empty(0, dtype=np.int64)
    keep = lengths > 0
    begin, lengths = begin[keep], lengths[keep]
    steps = np.ones(total, dtype=np.int64)
    steps[0] = begin[0]
    starts = np.cumsum(lengths)[:-1]
    steps[starts] = begin[1:] - (begin[:-1] + lengths[:-1]) + 1
    return np.cumsum(steps)
