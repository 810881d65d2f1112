"""Event data to records, tables and pages, beside a bare Polars read and write of the same files in the same run.

`python -m benchmarks tables` takes ../shared/data/ucdp; with `--rows 400000` it makes a file of that many rows, shaped
like the global release of UCDP GED, of invented events. Every file is read, mapped, written as derived tables, loaded
and printed.
"""

from __future__ import annotations

import gzip
import resource
import shutil
import tempfile
import time
from pathlib import Path

import polars as pl

from benchmarks.common import SHARED, Job, Report
from rasid import data
from rasid.case import create_case
from rasid.present.data_pages import print_data
from rasid.present.press import open_press
from rasid.present.record import About
from rasid.store.archive import Archive

AIM_RATIO, AIM_GIB = 15.0, 1.5
_TIMES = 5  # each way in turn; the quickest of each is given, since other work on the machine only slows
_ABOUT = About(
    title="Tables", rasid_version="", contract_version=0, reader="", pipeline="", stages=(), originals=(),
    decisions=(), fingerprints=(),
)  # fmt: skip


def run(job: Job) -> Report:
    """Time of ours and of the bare way, the ratio, and the largest memory of ours."""
    made = int(job.options[job.options.index("--rows") + 1]) if "--rows" in job.options else 0
    with tempfile.TemporaryDirectory(prefix="rasid-tables-") as name:
        folder = Path(name)
        files = (
            [invent(folder, made)]
            if made
            else sorted((job.data or SHARED / "data" / "ucdp").glob("*.csv.gz"))
        )
        before = peak_gib()
        runs = [_both(folder, files) for _ in range(1 if made else _TIMES)]
        memory = peak_gib()
    took, counts, notes = min(run for run, _, _ in runs)
    bare_took = min(seconds for _, seconds, _ in runs)
    cpu, bare_cpu = (min(pair[n] for _, _, pair in runs) for n in (0, 1))
    report = Report(
        "tables",
        {
            "s": took,
            "ratio": took / bare_took,
            "cpu ratio": cpu / bare_cpu,
            "GiB": memory,
            "rows/s": counts[0] / took,
        },
        {"bare Polars read and write": {"s": bare_took, "rows/s": counts[0] / bare_took}},
        aim={"ratio": AIM_RATIO, "GiB": 3.0 if made else AIM_GIB},
        unit="rows",
        words=counts[0],
    )
    report.notes.append(f"{counts[0]:,} rows, {counts[1]:,} records, {counts[2]:,} pages")
    report.notes.append(
        f"processor time {cpu:.2f} s, bare {bare_cpu:.2f} s: other work on the machine changes it least"
    )
    report.notes.append(f"memory before the first row: {before:.2f} GiB; {notes}")
    return report


def _both(
    folder: Path, files: list[Path]
) -> tuple[tuple[float, tuple[int, int, int], str], float, tuple[float, float]]:
    """Ours, then the bare way: what `ours` gives, seconds of the other, processor time of both."""
    cpu = time.process_time()
    run = ours(folder / "case", files)
    between = time.process_time()
    seconds = bare(folder, files)
    return run, seconds, (between - cpu, time.process_time() - between)


def ours(root: Path, files: list[Path]) -> tuple[float, tuple[int, int, int], str]:
    """A new case with these files, from originals to pages on the disk: seconds, (rows, records, pages), parts."""
    shutil.rmtree(root, ignore_errors=True)
    case = create_case(root)
    for path in files:
        Archive(case.root).add(path, by="benchmark")
    begun = time.perf_counter()
    plan = data.make_plan(case, data.find_files(case))
    data.build(case, plan, lambda *_: None)
    built = time.perf_counter()
    tables = data.load_for_site(case, plan)
    assert tables is not None
    pages = 0
    for path, content in print_data(open_press(_ABOUT), tables):
        target = case.site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        pages += 1
    done = time.perf_counter()
    rows = int(tables.datasets["rows"].sum())
    parts = f"to tables {built - begun:.1f} s, to pages {done - built:.1f} s"
    return done - begun, (rows, tables.records.height, pages), parts


def bare(folder: Path, files: list[Path]) -> float:
    """Seconds to read the same files as text and write them again."""
    begun = time.perf_counter()
    for path in files:
        pl.read_csv(path, infer_schema=False).write_csv(folder / "bare.csv")
    return time.perf_counter() - begun


def peak_gib() -> float:
    """The largest memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def invent(folder: Path, rows: int) -> Path:
    """A file of the 49 columns of UCDP GED. No event in it happened."""
    n = pl.int_range(rows)
    text = pl.String()
    day = pl.date(1989, 1, 1) + pl.duration(days=n * 13_000 // rows)
    best = (n * 7919) % 23
    place = pl.format("Village {} near the river", n % 9_000)
    office = pl.format("Invented Press Office {}", n % 400)
    headline = pl.format("Report {} of fighting near village {} and what followed it", n, n % 9_000)
    made = {
        "id": n, "relid": pl.format("INV-{}", n), "year": day.dt.year(), "active_year": pl.lit("1"),
        "code_status": pl.lit("Clear"), "type_of_violence": n % 3 + 1, "conflict_dset_id": n % 700,
        "conflict_new_id": n % 700, "conflict_name": pl.format("Country {}: Government", n % 120),
        "dyad_dset_id": n % 1_500, "dyad_new_id": n % 1_500,
        "dyad_name": pl.format("Side {} - Side {}", n % 1_100, n % 1_300), "side_a_dset_id": n % 1_100 + 50_000,
        "side_a_new_id": n % 1_100 + 50_000, "side_a": pl.format("Side {}", n % 1_100),
        "side_b_dset_id": n % 1_300 + 60_000, "side_b_new_id": n % 1_300 + 60_000,
        "side_b": pl.format("Side {}", n % 1_300), "number_of_sources": n % 4 + 1,
        "source_article": pl.format('"{},{},{}"', office, day, headline), "source_office": office,
        "source_date": day, "source_headline": headline, "source_original": pl.format("Witness {}", n % 50),
        "where_prec": n % 6 + 1, "where_coordinates": place,
        "where_description": pl.format("{}, by the mill", place), "adm_1": pl.format("Province {}", n % 800),
        "adm_2": pl.format("District {}", n % 5_000), "latitude": (n % 12_000) / 100 - 60,
        "longitude": (n % 30_000) / 100 - 150,
        "geom_wkt": pl.format("POINT ({} {})", (n % 30_000) / 100 - 150, (n % 12_000) / 100 - 60),
        "priogrid_gid": n % 200_000, "country": pl.format("Country {}", n % 120), "country_id": n % 120,
        "region": pl.lit("Invented"), "event_clarity": pl.lit("1"), "date_prec": pl.lit("1"),
        "date_start": pl.format("{} 00:00:00.000", day), "date_end": pl.format("{} 00:00:00.000", day),
        "deaths_a": best // 4, "deaths_b": best // 3, "deaths_civilians": best // 5, "deaths_unknown": pl.lit("0"),
        "best": best, "high": best + n % 5, "low": best, "gwnoa": n % 120, "gwnob": pl.lit(None, text),
    }  # fmt: skip
    frame = pl.select(**{name: value.cast(text) for name, value in made.items()})
    path = folder / "gedevent_v99_1.csv.gz"
    with gzip.open(path, "wb", compresslevel=1) as out:
        for part in frame.iter_slices(50_000):
            out.write(part.write_csv(include_header=part["id"][0] == "0").encode())
    return path
