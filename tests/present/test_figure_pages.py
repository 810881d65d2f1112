"""The pages of figures: ranges with every voice and its words, what stays out and why, the numbers that stand alone."""

from __future__ import annotations

import re

import polars as pl
import pytest

from rasid.model.ranges import RANGE_PARTS, RANGES, SUMS
from rasid.model.tables import Row, table
from rasid.present.figure_pages import RangeTables, print_figures, topic_views
from rasid.present.press import open_press
from rasid.present.reading import print_documents
from rasid.present.record import About, SiteTables, checked
from rasid.present.shelf import Shelf, open_shelf

ABOUT = About(title="Kalvesh", rasid_version="0", contract_version=2, reader="rules", pipeline="none")


def shelved(case: SiteTables) -> Shelf:
    shelf = open_shelf(checked(case))
    for _ in print_documents(open_press(ABOUT), shelf):
        pass
    return shelf


def range_row(**given: object) -> Row:
    row: Row = {
        "id": "r000000000001", "topic": "t000000000001", "counted": "killed", "base": "people", "unit": "people",
        "measure": "count", "span": "flow", "method": "counted", "place": "Tel Amara", "first_day": "2021-05-03",
        "last_day": "2021-05-03", "low": 23.0, "high": 31.0, "open_low": False, "open_high": False, "rule": "range",
        "voices": 2, "because": "Two voices; the lowest gives 23, the highest 31.",
    }  # fmt: skip
    return row | given


def part_row(shelf: Shelf, at: int, **given: object) -> Row:
    """A part that stands on claim number `at` of the case."""
    claim = shelf.tables.claims.row(at, named=True)
    row: Row = {name: claim[name] for name in ("document", "start", "end", "quote")}
    row |= {"range": "r000000000001", "relation": "counts", "claim": claim["id"], "text": "23", "low": 23.0}
    row |= {
        "high": 23.0,
        "bound": "exact",
        "voice": "Ministry",
        "via": [],
        "date": "2021-05-04",
        "reason": "It counts.",
    }
    return row | given


def tabled(ranges: list[Row], parts: list[Row], sums: list[Row] | None = None) -> RangeTables:
    return RangeTables(table(ranges, RANGES), table(parts, RANGE_PARTS), table(sums or [], SUMS))


def printed(shelf: Shelf, ranged: RangeTables | None = None) -> dict[str, str]:
    pages = print_figures(open_press(ABOUT), shelf, ranged)
    return {path: content.decode("utf-8") for path, content in pages}


def two_voices(shelf: Shelf) -> RangeTables:
    other = part_row(shelf, 1, voice="Observatory", text="31", low=31.0, high=31.0)
    denied = part_row(
        shelf, 2, voice="Army", relation="not so", text="90", reason="It is denied, so it counts nothing."
    )
    return tabled([range_row()], [part_row(shelf, 0), other, denied])


def test_every_number_of_a_range_opens_its_words(dispute: SiteTables) -> None:
    shelf = shelved(dispute)
    page = printed(shelf, two_voices(shelf))["figures/index.html"]
    for at in (0, 1, 2):
        claim = shelf.tables.claims.row(at, named=True)
        assert f'href="../{shelf.href(claim["id"], claim["document"])}"' in page


def test_what_does_not_count_is_listed_with_the_reason_and_never_drawn(dispute: SiteTables) -> None:
    shelf = shelved(dispute)
    page = printed(shelf, two_voices(shelf))["figures/index.html"]
    card = page.partition('id="r000000000001"')[2].partition("</section>")[0]
    drawn, _, kept_out = card.partition("Listed, but not counted")
    assert "It is denied, so it counts nothing." in kept_out
    assert "Army" not in drawn
    assert len(re.findall(r"<circle", card)) == 2


def test_a_figure_in_a_range_does_not_stand_in_the_list_below(dispute: SiteTables) -> None:
    shelf = shelved(dispute)
    claims = shelf.tables.figures["claim"].to_list()
    row = shelf.tables.claims.with_row_index("at").filter(pl.col("id") == claims[0])["at"][0]
    alone = printed(shelf)["figures/index.html"].count('<li class="figure')
    ranged = tabled([range_row(voices=1)], [part_row(shelf, int(row))])
    held = sum(1 for each in claims if each == claims[0])
    assert printed(shelf, ranged)["figures/index.html"].count('<li class="figure') == alone - held


def test_at_least_is_drawn_open_to_the_end_of_the_line(dispute: SiteTables) -> None:
    shelf = shelved(dispute)
    open_part = part_row(
        shelf, 1, voice="Observatory", text="at least 27", low=27.0, high=None, bound="at least"
    )
    ranged = tabled([range_row(open_high=True)], [part_row(shelf, 0), open_part])
    page = printed(shelf, ranged)["figures/index.html"]
    card = page.partition('id="r000000000001"')[2]
    assert re.search(r'<line class="open" x1="[\d.]+%" x2="100%"', card)
    assert "23 to 31, no upper end" in card


def test_one_voice_is_called_one_voice_and_gets_no_band(dispute: SiteTables) -> None:
    shelf = shelved(dispute)
    page = printed(shelf, tabled([range_row(voices=1, high=23.0)], [part_row(shelf, 0)]))[
        "figures/index.html"
    ]
    card = page.partition('id="r000000000001"')[2].partition("</section>")[0]
    assert "one voice" in card
    assert 'class="band"' not in card


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2021-05-03", "2021-05-03", "3 May 2021"),
        ("2021-05-01", "2021-05-31", "May 2021"),
        ("2020-01-01", "2020-12-31", "2020"),
        ("2021-05-01", "2021-05-12", "1 May 2021 to 12 May 2021"),
    ],
)
def test_days_are_said_as_shortly_as_they_can_be(
    dispute: SiteTables, first: str, last: str, words: str
) -> None:
    shelf = shelved(dispute)
    (view,) = topic_views(shelf, tabled([range_row(first_day=first, last_day=last)], [part_row(shelf, 0)]))
    assert view.days == words


def test_a_cell_of_a_data_row_opens_its_row(dispute: SiteTables) -> None:
    shelf = shelved(dispute)
    cell = part_row(
        shelf, 0, claim=None, record="s00000000000a-7-deaths", document="s00000000000a", start=None, end=None
    )
    page = printed(shelf, tabled([range_row()], [part_row(shelf, 0), cell | {"quote": "26", "text": "26"}]))
    assert "../data/s00000000000a-1.html#row-7" in page["figures/index.html"]


def test_the_order_of_the_rows_of_the_tables_changes_nothing(dispute: SiteTables) -> None:
    shelf = shelved(dispute)
    ranged = two_voices(shelf)
    turned = RangeTables(ranged.ranges.reverse(), ranged.parts.reverse(), ranged.sums)
    assert printed(shelf, ranged) == printed(shelf, turned)


def test_a_sum_shows_its_terms_and_a_refused_one_its_reason(dispute: SiteTables) -> None:
    shelf = shelved(dispute)
    figure = shelf.tables.figures.row(0, named=True)
    added: Row = {
        "id": "u1", "document": figure["document"], "voice": "Observatory", "counted": "killed", "base": "people",
        "over": "periods", "made": True, "low": 474.0, "high": 474.0, "claims": [figure["claim"]],
        "because": "120 + 140 + 214 = 474: one voice.",
    }  # fmt: skip
    refused = added | {
        "id": "u2",
        "made": False,
        "low": None,
        "high": None,
        "because": "Not added: estimates.",
    }
    page = printed(shelf, tabled([], [], [refused, added]))["figures/index.html"]
    assert page.index("120 + 140 + 214 = 474") < page.index("Not added: estimates.")
    assert f'href="../{shelf.href(figure["claim"], figure["document"])}"' in page


def test_thousands_of_ranges_are_split_and_no_page_is_over_a_megabyte(dispute: SiteTables) -> None:
    shelf = shelved(dispute)
    ranges, parts = [], []
    for n in range(400):
        ranges.append(range_row(id=f"r{n:012}", topic=f"t{n:012}", because="<&" * 400))
        parts += [
            part_row(
                shelf, 0, range=f"r{n:012}", voice=f"{'<&' * 40}{m}", quote="<&" * 300, reason="<&" * 200
            )
            for m in range(30)
        ]
    pages = printed(shelf, tabled(ranges, parts))
    assert len(pages) > 10
    assert max(len(page.encode("utf-8")) for page in pages.values()) < 1_000_000


def test_the_pages_hold_no_inline_style_and_no_script(dispute: SiteTables) -> None:
    shelf = shelved(dispute)
    page = printed(shelf, two_voices(shelf))["figures/index.html"]
    assert " style=" not in page
    assert "<script" not in page
