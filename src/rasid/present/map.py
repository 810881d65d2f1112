"""The page of the map: files of marks and quotes, and for a reader without a script a table of places.

Web Mercator, because it keeps a circle of some kilometres round and districts in their shape; areas far north look
larger than they are, which the caption says. Nothing is drawn finer than it is known (`placed.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from rasid.present import words
from rasid.present.mapdata import MapFiles, print_map_data
from rasid.present.outlines import Outlines
from rasid.present.placed import Mark, Placed
from rasid.present.press import Press
from rasid.present.shelf import Shelf

_LISTED = 200  # places in the table of the map page; all of them stand on the pages of places
_APART = ("possible", "predicted", "denied")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims a mark has. so: of what a voice says is or was so; apart: of each other standing, by code."""

    mark: Mark
    so: int
    apart: tuple[tuple[str, int], ...]

    @property
    def others(self) -> int:
        """Claims of what is not said to have happened."""
        return sum(number for _, number in self.apart)


def print_map(press: Press, shelf: Shelf, placed: Placed, outlines: Outlines) -> Iterator[tuple[str, bytes]]:
    """`map/index.html`, the outlines, and the files of marks and quotes."""
    yield "data/map-outlines.js", f"rasidOutlines({outlines.text});\n".encode()
    made: MapFiles | None = None
    for item in print_map_data(shelf, placed):
        if isinstance(item, MapFiles):
            made = item
        else:
            yield item
    assert made is not None
    held = tally(shelf, placed)
    drawn = [row for row in held if row.mark.form != "none"]
    types = shelf.tables.claims["type"].unique().drop_nulls().to_list()
    yield press.page(
        "map/index.html",
        "map.html",
        title="Map",
        section="Map",
        script=bool(drawn),
        files=made,
        tallies=sorted(drawn, key=lambda row: (-row.so, -row.others, row.mark.number))[:_LISTED],
        total=len(drawn),
        outside=sum(not _inside(row.mark, outlines) for row in drawn),
        undrawn=len(held) - len(drawn),
        unplaced=unplaced(shelf, placed),
        types=sorted({words.clip(words.label(kind), 80) for kind in types})[:300],
    )


def tally(shelf: Shelf, placed: Placed) -> list[Tally]:
    """The marks in their order, with how many claims stand at each."""
    codes = shelf.tables.claims.select("polarity", "certainty").with_row_index("claim")
    counted = (
        placed.spots.join(codes, on="claim").group_by("mark", "polarity", "certainty").len("claims").rows()
    )
    held: dict[int, dict[str, int]] = {mark.number: {} for mark in placed.marks}
    for mark, polarity, certainty, number in counted:
        code = words.standing(polarity, certainty).code
        held[mark][code] = held[mark].get(code, 0) + number
    return [
        Tally(
            mark,
            so=held[mark.number].get("affirmed", 0) + held[mark.number].get("partial", 0),
            apart=tuple((code, held[mark.number].get(code, 0)) for code in _APART),
        )
        for mark in placed.marks
        if held[mark.number]
    ]


def unplaced(shelf: Shelf, placed: Placed) -> dict[str, int]:
    """How many claims the map cannot show: with no place in their words, or only with places left open."""
    on_map = placed.spots["claim"].n_unique()
    with_words = placed.sightings["claim"].n_unique()
    total = shelf.tables.claims.height
    return {"none": total - with_words, "open": with_words - on_map, "on_map": on_map, "all": total}


def _inside(mark: Mark, outlines: Outlines) -> bool:
    west, south, east, north = outlines.box
    x, y = mark.longitude, mark.latitude
    return x is not None and y is not None and west <= x <= east and south <= y <= north


def spots_of(placed: Placed, marks: list[int]) -> list[int]:
    """Rows of the claims at any of these marks, each once, in the order of the claims."""
    return sorted(set(placed.spots.filter(pl.col("mark").is_in(marks))["claim"].to_list()))
