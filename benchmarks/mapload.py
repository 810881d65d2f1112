"""The map page with 20,000 claims: size of what is read at the start, and the time of the first full draw.

Rows of UCDP GED Syria 2016-2019 (CC BY 4.0; Sundberg and Melander 2013) become claims and places, one event one claim;
where the file has fewer rows than asked for, its first rows come again. Nothing of it is kept: the pages go to a folder
of your choice or to one that is removed. Needs ../shared and a Chromium.
Run: `python -m benchmarks.mapload [ROWS] [FOLDER]`.
"""

from __future__ import annotations

import csv
import gzip
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, cycle, islice
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from rasid.model import tables
from rasid.model.ids import content_id
from rasid.model.tables import Row
from rasid.present import words
from rasid.present.map import print_map
from rasid.present.outlines import load_outlines
from rasid.present.placed import place_claims
from rasid.present.press import assets, open_press
from rasid.present.record import About, SiteTables, checked
from rasid.present.shelf import Shelf, Spot, open_shelf

EVENTS = Path(__file__).parents[2] / "shared/data/ucdp/ged_syria_2016_2019.csv.gz"
START_LIMIT, DRAW_LIMIT_MS = 1_200_000, 200.0  # the issue's
_TYPES = {"1": "armed_clash", "2": "armed_clash", "3": "attack"}
_LEVELS = {
    "1": "town",
    "2": "town",
    "3": "district",
    "4": "governorate",
    "5": "region",
    "6": "country",
    "7": "region",
}
_A_DOCUMENT = 500  # events in one made-up document


@dataclass(frozen=True, slots=True)
class Measured:
    """Bytes read before the first draw, milliseconds of that draw, and of the later ones at several zooms."""

    claims: int
    places: int
    start_bytes: int
    first_ms: float
    draw_ms: float
    worst_ms: float


def main(rows: int = 20_000, folder: Path | None = None) -> int:
    if not EVENTS.exists():
        print("skipped: ../shared is not there")
        return 0
    root = folder or Path(tempfile.mkdtemp(prefix="rasid-map-"))
    shelf, places = write_map(rows, root)
    found = measure(root, shelf.tables.claims.height, places)
    if folder is None:
        shutil.rmtree(root)
    print(json.dumps({name: getattr(found, name) for name in Measured.__slots__}, indent=1))
    return 0 if found.start_bytes <= START_LIMIT and found.worst_ms <= DRAW_LIMIT_MS else 1


def write_map(rows: int, root: Path) -> tuple[Shelf, int]:
    """Render the map page of these events, and nothing else, into a folder."""
    shelf = open_shelf(checked(load_events(rows)))
    for claim in shelf.tables.claims.select("id", "document", "polarity", "certainty", "voices").iter_rows():
        spot = Spot(f"{claim[1]}.html", 1, words.standing(claim[2], claim[3]), claim[4][-1])
        shelf.spots[claim[0]] = spot
    press = open_press(About("UCDP events as claims", "0", 1, "none", "none"))
    outlines = load_outlines()
    placed = place_claims(shelf, outlines)
    for path, content in chain(assets(), print_map(press, shelf, placed, outlines)):
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return shelf, len(placed.marks)


def load_events(rows: int) -> SiteTables:
    """Events as claims, each with its place; `where_prec` is theirs."""
    with gzip.open(EVENTS, "rt", encoding="utf-8", newline="") as file:
        events = list(csv.DictReader(file))
    claims, places, documents = [], [], []
    for number, event in enumerate(islice(cycle(events), rows)):
        document = content_id("d", number // _A_DOCUMENT)
        if number % _A_DOCUMENT == 0:
            documents.append(_document(document, len(documents)))
        claims.append(_claim(event, number, document))
        places.append(_place(event, document))
    held = tables.table(places, tables.PLACES).unique(["document", "text"], maintain_order=True)
    empty = {name: tables.empty(getattr(tables, name.upper())) for name in SiteTables.__slots__}
    made = {
        "documents": tables.table(documents, tables.DOCUMENTS),
        "claims": tables.table(claims, tables.CLAIMS),
        "places": held,
    }
    return SiteTables(**empty | made)


def _document(document: str, number: int) -> Row:
    known = {"id": document, "original": "0" * 64, "member": "", "name": f"part {number}.csv", "text": ""}
    return known | {"direction": "ltr"}


def _claim(event: dict[str, str], number: int, document: str) -> Row:
    quote = event["source_headline"] or event["where_coordinates"]
    return {
        "id": content_id("c", event["id"], number),
        "document": document,
        "start": number,
        "end": number + len(quote),
        "quote": quote,
        "kind": "event",
        "type": _TYPES.get(event["type_of_violence"], "attack"),
        "actor": {"text": event["side_a"], "name": event["side_a"], "start": 0, "end": 0},
        "target": {"text": event["side_b"], "name": event["side_b"], "start": 0, "end": 0},
        "places": [
            {"text": _written(event), "name": None, "level": None, "country": None, "start": 0, "end": 0}
        ],
        "time": {
            "text": event["date_start"],
            "first_day": event["date_start"],
            "last_day": event["date_end"],
            "precision": "day" if event["date_start"] == event["date_end"] else "range",
            "start": 0,
            "end": 0,
        },
        "persons": [],
        "polarity": "affirmed",
        "certainty": "certain" if event["event_clarity"] == "1" else "partial",
        "status": "claimed",
        "voices": ["UCDP", event["source_office"] or "source not named"],
        "attribution": [],
        "explain": "A row of UCDP GED.",
        "reading": "rows",
    }


def _place(event: dict[str, str], document: str) -> Row:
    written = _written(event)
    return {
        "document": document,
        "text": written,
        "place_id": int(content_id("", written), 16) >> 1,
        "name": event["where_coordinates"],
        "level": _LEVELS[event["where_prec"]],
        "country": "SY",
        "adm1": event["adm_1"].removesuffix(" Governorate") or None,
        "adm2": event["adm_2"] or None,
        "latitude": float(event["latitude"]),
        "longitude": float(event["longitude"]),
        "where_prec": int(event["where_prec"]),
        "geo_precision": 1,
        "reason": "Placed by UCDP.",
        "candidates": [],
    }


def _written(event: dict[str, str]) -> str:
    return "|".join(event[name] for name in ("where_coordinates", "latitude", "longitude", "where_prec"))


def measure(root: Path, claims: int, places: int) -> Measured:
    """Open the page from its folder; add up the files that it reads; draw at several zooms, pixels forced."""
    read: set[str] = set()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("request", lambda request: read.add(request.url))
        page.goto((root / "map/index.html").as_uri())
        page.wait_for_selector("#canvas[data-first-ms]")
        page.wait_for_selector("#canvas[data-drawn]")
        size = sum(Path(url.removeprefix("file://").split("#")[0]).stat().st_size for url in read)
        first = float(page.get_attribute("#canvas", "data-first-ms") or "nan")
        times = list(_draws(page.evaluate, rounds=5))
        browser.close()
    return Measured(claims, places, size, first, round(median(times), 1), round(max(times), 1))


def _draws(evaluate: object, *, rounds: int) -> Iterator[float]:
    assert callable(evaluate)
    timed = """() => {
        const begun = performance.now();
        rasidDrawNow();
        document.getElementById("canvas").getContext("2d").getImageData(0, 0, 1, 1);
        return performance.now() - begun;
    }"""
    for _ in range(rounds):
        yield float(evaluate(timed))
    for _ in range(rounds):
        evaluate("() => document.getElementById('closer').click()")
        yield float(evaluate(timed))


def _chromium() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise SystemExit("no Chromium on this machine")
    return path


if __name__ == "__main__":
    given = sys.argv[1:]
    raise SystemExit(main(int(given[0]) if given else 20_000, Path(given[1]) if len(given) > 1 else None))
