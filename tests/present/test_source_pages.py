"""The page of the sources: both quotes side by side, grades with their reasons, the drawing of who repeats whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rasid.model import tables
from rasid.model.standing import CREDIBILITIES, GIVEN_GRADES, ORIGINS, REUSE, STANDING
from rasid.model.tables import Row
from rasid.present.press import open_press
from rasid.present.reading import print_documents
from rasid.present.record import checked
from rasid.present.shelf import open_shelf
from rasid.present.site import About, SiteTables
from rasid.present.source_draw import MOST_NODES, Edge, draw_repeats
from rasid.present.source_pages import Standings, print_sources

NOBODY = Standings(
    tables.empty(STANDING),
    tables.empty(REUSE),
    tables.empty(ORIGINS),
    tables.empty(CREDIBILITIES),
    tables.empty(GIVEN_GRADES),
)


def voice(name: str, **given: object) -> Row:
    row: Row = {
        "name": name,
        "kind": "monitor",
        "kind_reason": "Its name has the word “watch”.",
        "nearness": "unknown",
        "nearness_reason": "It does not say how it knows.",
        "claims": 3,
        "documents": ["d1"],
        "dated": 1,
        "origins": 2,
        "repeats": [],
        "checked": 0,
        "supported": 0,
        "contradicted": 0,
        "proposed": "F",
        "reason": "No claim of its own meets an independent origin; 3 are needed.",
    }
    return row | given


def pages(dispute: SiteTables, about: About, held: Standings) -> dict[str, str]:
    shelf, press = open_shelf(checked(dispute)), open_press(about)
    list(print_documents(press, shelf))
    return {path: content.decode() for path, content in print_sources(press, shelf, held)}


def test_a_case_without_sources_says_so(dispute: SiteTables, about: About) -> None:
    html = pages(dispute, about, NOBODY)["sources/index.html"]
    assert "No two documents were found that share their words." in html
    assert "<svg" not in html


def test_a_set_grade_stands_with_its_reason_and_the_proposal_beside_it(
    dispute: SiteTables, about: About
) -> None:
    given = {
        "given": "B",
        "because": "four years of lists",
        "by": "Rana",
        "at": "2026-03-01T09:00:00.000000Z",
    }
    held = replace(
        NOBODY, standing=tables.table([voice("Amal Watch", **given), voice("<b>Worst</b>")], STANDING)
    )
    html = pages(dispute, about, held)["sources/index.html"]
    assert '<b class="grade set">B</b> usually reliable' in html
    assert "<bdi>Rana</bdi>, 1 March 2026: four years of lists" in html
    assert "Proposed: F, cannot be judged. No claim of its own" in html
    assert html.count("No claim of its own") == 2, "said beside the set grade and once for all others"
    assert "&lt;b&gt;Worst&lt;/b&gt;" in html and "<b>Worst</b>" not in html


def test_copied_passages_stand_side_by_side_with_links_to_their_words(
    dispute: SiteTables, about: About
) -> None:
    ids = dispute.documents["id"].to_list()[:2]
    texts = dict(dispute.documents.select("id", "text").iter_rows())
    stretches = [{"document": d, "start": 0, "end": 30, "quote": texts[d][:30]} for d in sorted(ids)]
    row: Row = {
        "id": "r1",
        "kind": "copied",
        "words": 9,
        "share": 1.0,
        "first": ids[0],
        "own": False,
        "reason": "2 documents share the same words in the same order (9 ordinary words).",
        "stretches": stretches,
    }
    html = pages(dispute, about, replace(NOBODY, reuse=tables.table([row], REUSE)))["sources/index.html"]
    assert html.count('<div class="side">') == 2
    assert all(f"../documents/{document}.html" in html for document in ids)
    assert "The oldest by its date" in html


def test_the_drawing_and_the_table_beneath_say_the_same(dispute: SiteTables, about: About) -> None:
    repeats = [{"voice": "Amal Watch", "claims": 2, "copies": 1}]
    held = replace(
        NOBODY,
        standing=tables.table([voice("Amal Watch"), voice("Valley Courier", repeats=repeats)], STANDING),
    )
    html = pages(dispute, about, held)["sources/index.html"]
    title = "Valley Courier cites in 2 claims and shares the words of 1 passage with Amal Watch"
    assert f"<title>{title}</title>" in html
    assert "cites it in 2 claims; shares the words of 1 passage</td>" in html
    assert "style=" not in html and "<script" not in html


def test_a_claim_with_a_second_origin_shows_its_grade_and_the_other_claim(
    dispute: SiteTables, about: About
) -> None:
    one, two = dispute.claims["id"].to_list()[:2]
    row: Row = {
        "claim": one,
        "support": 2,
        "against": 0,
        "supports": [two],
        "denials": [],
        "proposed": "2",
        "reason": "Amal Watch also says so, independently; but not of one place and one day.",
    }
    held = replace(NOBODY, credibilities=tables.table([row], CREDIBILITIES))
    html = pages(dispute, about, held)["sources/index.html"]
    assert '<b class="grade">2</b> probably true' in html
    assert f"#{one}" in html and f"#{two}" in html


def test_documents_that_cite_one_voice_stand_together_under_its_name(
    dispute: SiteTables, about: About
) -> None:
    told = dispute.claims.unique("document", maintain_order=True).head(2)
    row: Row = {
        "id": "o1",
        "origin": "Amal Watch",
        "shares": ["same voice"],
        "reason": "Told in 2 documents; all go back to Amal Watch, which is cited. It counts once.",
        "claims": told["id"].to_list(),
        "documents": told["document"].to_list(),
        "tellers": ["Valley Courier"],
    }
    html = pages(dispute, about, replace(NOBODY, origins=tables.table([row], ORIGINS)))["sources/index.html"]
    assert "<h3><bdi>Amal Watch</bdi></h3>" in html
    assert all(f"#{claim}" in html for claim in row["claims"])  # type: ignore[attr-defined]


def test_a_grade_that_finds_nothing_is_listed(dispute: SiteTables, about: About) -> None:
    row: Row = {
        "what": "voice",
        "about": "Old Mirror",
        "grade": "D",
        "because": "",
        "by": "Rana",
        "found": False,
    }
    held = replace(
        NOBODY, given_grades=tables.table([row | {"at": "2026-03-01T09:00:00.000000Z"}], GIVEN_GRADES)
    )
    html = pages(dispute, about, held)["sources/index.html"]
    assert "Voice <bdi>Old Mirror</bdi>" in html


def test_many_voices_of_the_worst_names_stay_under_a_megabyte_a_page(
    dispute: SiteTables, about: About
) -> None:
    worst = "&'<>\"" * 200
    repeats = [{"voice": f"{n}{worst}", "claims": 1, "copies": 1} for n in range(12)]
    rows = [
        voice(f"{n:03}{worst}", kind_reason=worst, nearness_reason=worst, reason=worst, repeats=repeats)
        for n in range(90)
    ]
    found = pages(dispute, about, replace(NOBODY, standing=tables.table(rows, STANDING)))
    assert len([path for path in found if path.endswith(".html")]) == 5
    assert max(len(html.encode()) for html in found.values()) < 1_000_000


# --- the drawing ----------------------------------------------------------------------------------------------


def test_an_arrow_leads_from_who_repeats_to_whom_it_repeats() -> None:
    drawing = draw_repeats([Edge("Valley Courier", "Amal Watch", 2, 0)])
    assert drawing is not None
    left, right = sorted(drawing.nodes, key=lambda node: node.x)
    assert (left.name, right.name, right.upstream) == ("Valley Courier", "Amal Watch", True)
    assert drawing.arrows[0].head.startswith(f"M{right.x},")


def test_few_nodes_are_drawn_and_what_is_left_out_is_counted() -> None:
    edges = [Edge(f"Paper {n}", f"Monitor {n}", 1, 0) for n in range(40)]
    drawing = draw_repeats(edges)
    assert drawing is not None
    assert len(drawing.nodes) <= MOST_NODES
    assert len(drawing.arrows) + drawing.unshown == 40


def test_two_that_cite_each_other_are_drawn_with_two_arrows() -> None:
    drawing = draw_repeats([Edge("A", "B", 1, 0), Edge("B", "A", 1, 0)])
    assert drawing is not None
    assert (len(drawing.nodes), len(drawing.arrows)) == (2, 2)
    assert len({arrow.path for arrow in drawing.arrows}) == 2


def test_a_line_without_a_head_ties_two_of_whom_nobody_knows_who_copied() -> None:
    drawing = draw_repeats([Edge("A", "B", 0, 1), Edge("B", "A", 0, 1)])
    assert drawing is not None
    assert [arrow.head for arrow in drawing.arrows] == [""]


@pytest.mark.parametrize("turned", [False, True])
def test_the_drawing_does_not_hang_on_the_order_of_edges(turned: bool) -> None:
    edges = [Edge(a, b, 1, 0) for a in "ABC" for b in "DEC" if a != b]
    assert draw_repeats(edges[::-1] if turned else edges) == draw_repeats(edges)


def test_nobody_who_repeats_is_no_drawing() -> None:
    assert draw_repeats([]) is None
