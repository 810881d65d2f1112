"""The pages of event data: every dataset with what its columns mean, and every row with the cells as they stand.

    data/index.html                    the datasets
    data/<dataset>-<n>.html#row-<r>    rows, 500 a page; the page of a row follows from its number alone

Rows become HTML in Polars, column by column: a template for each of 400,000 rows would take minutes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import polars as pl
from markupsafe import Markup

from rasid.model.tables import Row, as_rows
from rasid.present.press import Press, sheet

ROWS_A_PAGE = 500
MOST_SHOWN = 100_000
SECTION = "Event data"
_MOST_BYTES = 900_000  # of the rows of a page; with the rest it stays under 1 MB
_CLIPS = (700, 250, 90, 30)  # letters of a cell; a page that grows too large takes the next
_SLAB_PAGES = 20  # made at a time: about 12 MB
_ORDER = (
    "event_id first_day last_day best low high base type actor target unclear place adm2 adm1 country where_prec"
    " latitude longitude day_prec quote source"
).split()
_IGNORED = "ignored"
_UNSEEN = {chr(n): f"[U+{n:04X}]" for n in (*range(9), 11, 12, *range(14, 32), 127, 0x202D, 0x202E)}
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": " ", "\r": " ", "\t": " "} | _UNSEEN


@dataclass(frozen=True, slots=True)
class DataTables:
    """What the pages are made from.

    datasets, records: model/recorded.py; rows: text_tables.DATA_ROWS; doubts: tables.DOUBTS
    most_shown:        rows of a dataset beyond this number have no page
    """

    datasets: pl.DataFrame
    records: pl.DataFrame
    rows: pl.DataFrame
    doubts: pl.DataFrame
    most_shown: int = MOST_SHOWN

    def link(self, dataset: str, row: int) -> str:
        """Address of a row from the root of the site."""
        return record_link(dataset, row, most_shown=self.most_shown)


def record_link(dataset: str, row: int, *, most_shown: int = MOST_SHOWN) -> str:
    """Address of a row from the root of the site; of its dataset, which says why, if the row has no page."""
    if row > most_shown:
        return f"data/index.html#{dataset}"
    return f"data/{_page_name(dataset, _page_of(row))}#row-{row}"


def record_links(dataset: pl.Expr, row: pl.Expr, *, most_shown: int = MOST_SHOWN) -> pl.Expr:
    """The same for whole columns."""
    page = (row - 1) // ROWS_A_PAGE + 1
    here = pl.format("data/{}-{}.html#row-{}", dataset, page, row)
    return pl.when(row > most_shown).then(pl.format("data/index.html#{}", dataset)).otherwise(here)


def print_data(press: Press, data: DataTables) -> Iterator[tuple[str, bytes]]:
    """All pages about event data."""
    yield "assets/data.css", files("rasid.present").joinpath("static", "data.css").read_bytes()
    yield _index(press, data)
    for dataset in as_rows(data.datasets):
        yield from _row_pages(press, data, dataset)


# --- the list of datasets -------------------------------------------------------------------------------------


def _index(press: Press, data: DataTables) -> tuple[str, bytes]:
    counts = dict(data.records.group_by("dataset").len().iter_rows())
    numbers = dict(
        data.records.filter(pl.col("best").is_not_null() | pl.col("low").is_not_null() | pl.col("high").is_not_null())
        .group_by("dataset").len().iter_rows()
    )  # fmt: skip
    unclear = dict(
        data.records.filter("unclear").group_by("dataset").agg(pl.col("row").n_unique()).iter_rows()
    )
    doubts = as_rows(data.doubts)
    views = [
        row
        | {
            "records": counts.get(row["id"], 0),
            "numbers": numbers.get(row["id"], 0),
            "unclear": unclear.get(row["id"], 0),
            "read": [each for each in _columns(row) if each["means"] != _IGNORED],
            "ignored": [each["heading"] for each in _columns(row) if each["means"] == _IGNORED],
            "doubts": [doubt for doubt in doubts if doubt["name"] == row["name"]],
            "first_page": _first_page(data, str(row["id"])),
            "hidden": max(0, _last_row(data, str(row["id"])) - data.most_shown),
        }
        for row in sorted(as_rows(data.datasets), key=lambda row: (str(row["name"]), str(row["id"])))
    ]
    names = {row["name"] for row in views}
    return press.page(
        "data/index.html",
        "data.html",
        title=SECTION,
        section=SECTION,
        datasets=views,
        unread=[doubt for doubt in doubts if doubt["name"] not in names],
        most_shown=data.most_shown,
    )


def _columns(row: Row) -> list[dict[str, str]]:
    held = row["columns"]
    assert isinstance(held, list)
    return held


def _first_page(data: DataTables, dataset: str) -> str | None:
    first = data.rows.filter(pl.col("dataset") == dataset)["row"].min()
    return _page_name(dataset, _page_of(int(first))) if isinstance(first, int) else None


def _last_row(data: DataTables, dataset: str) -> int:
    last = data.records.filter(pl.col("dataset") == dataset)["row"].max()
    return int(last) if isinstance(last, int) else 0


# --- the rows -------------------------------------------------------------------------------------------------


def _row_pages(press: Press, data: DataTables, dataset: Row) -> Iterator[tuple[str, bytes]]:
    name, read = str(dataset["id"]), [each for each in _columns(dataset) if each["means"] != _IGNORED]
    order = sorted(range(len(read)), key=lambda n: (_rank(read[n]["means"]), n))
    columns = [read[n] for n in order]
    rows = data.rows.filter((pl.col("dataset") == name) & (pl.col("row") <= data.most_shown))
    if rows.is_empty():
        return
    of = _page_of(int(rows["row"][-1]))
    for number, first, last, body in _bodies(rows, order):
        yield press.page(
            f"data/{_page_name(name, number)}",
            "data_rows.html",
            title=f"Rows of {dataset['name']}",
            section=SECTION,
            dataset=dataset,
            columns=columns,
            body=Markup(body),  # every cell was escaped in `_shown`
            first=first,
            last=last,
            turn=sheet(number, of, stem=f"{name}-", first=_page_name(name, 1)),
        )


def _rank(means: str) -> int:
    """Where a column stands on the page: what happened and how many first, numbers of ids and sources last."""
    names = [means if means.startswith("id of") else each.split(" of ")[0] for each in means.split(", ")]
    return min(_ORDER.index(name) if name in _ORDER else len(_ORDER) for name in names)


def _bodies(rows: pl.DataFrame, order: list[int]) -> Iterator[tuple[int, int, int, str]]:
    """(page, its first and last row, its table rows as HTML), some pages at a time; `rows` are sorted.

    order: which of the cells stands first, second …
    """
    paged = rows.with_columns(((pl.col("row") - 1) // ROWS_A_PAGE + 1).alias("page"))
    last_of_slab = (pl.col("page") - 1) // _SLAB_PAGES
    for slab in paged.with_columns(last_of_slab.alias("slab")).partition_by("slab", maintain_order=True):
        for page, first, last, body in _joined(slab, order, _CLIPS[0]).iter_rows():
            yield page, first, last, _cut_down(slab, page, order, body)


def _cut_down(slab: pl.DataFrame, page: int, order: list[int], body: str) -> str:
    """The page as it is, or with its long cells cut until it is small enough."""
    for most in _CLIPS[1:]:
        if len(body.encode()) <= _MOST_BYTES:
            break
        body = _joined(slab.filter(pl.col("page") == page), order, most)["body"][0]
    return body


def _joined(rows: pl.DataFrame, order: list[int], most: int) -> pl.DataFrame:
    """One line for each page: page, first, last, body."""
    cells = [pl.col("cells").list.get(n, null_on_oob=True).alias(f"c{n}") for n in order]
    shown = [_shown(pl.col(f"c{n}"), most).alias(f"c{n}") for n in order]
    number = pl.col("row").cast(pl.String())
    parts: list[pl.Expr | str] = ['<tr id="row-', number, '"><th scope="row">', number, "</th><td>"]
    for n in order:
        parts += [pl.col(f"c{n}"), "</td><td>" if n != order[-1] else "</td></tr>"]
    line = pl.concat_str([pl.lit(part) if isinstance(part, str) else part for part in parts])
    apart = rows.select("page", "row", *cells).with_columns(shown)
    return apart.group_by("page", maintain_order=True).agg(
        first=pl.col("row").first(), last=pl.col("row").last(), body=line.str.join("\n")
    )


def _shown(cell: pl.Expr, most: int) -> pl.Expr:
    """The cell, cut to `most` letters, as text that HTML takes for text. What is cut stands in the file."""
    cut = pl.when(cell.str.len_chars() > most).then(cell.str.slice(0, most) + " …").otherwise(cell)
    return cut.fill_null("").str.replace_many(list(_ESCAPES), list(_ESCAPES.values()))


def _page_of(row: int) -> int:
    return (row - 1) // ROWS_A_PAGE + 1


def _page_name(dataset: str, page: int) -> str:
    return f"{dataset}-{page}.html"
