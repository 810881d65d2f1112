"""What stands below the voices of a question, and what can be taken away."""

from __future__ import annotations

import csv
import io
import json

import pytest

from rasid.present.site import About, SiteTables, render_site

QUESTION = "questions/q00000000000a"


@pytest.fixture(scope="module")
def site(dispute: SiteTables, about: About) -> dict[str, bytes]:
    return dict(render_site(dispute, about))


def test_the_matrix_shows_each_hypothesis_and_each_row_with_its_words(site: dict[str, bytes]) -> None:
    page = site[f"{QUESTION}.html"].decode()
    assert "Held against each other" in page
    assert "&lt;i&gt;somebody&lt;/i&gt; else fired" in page
    assert "Without it both would stand alike." in page
    assert 'class="inconsistent"' in page


def test_a_cell_that_a_person_set_is_marked(site: dict[str, bytes]) -> None:
    assert 'title="set by Rana"' in site[f"{QUESTION}.html"].decode()


def test_dated_stances_stand_on_an_axis_and_undated_ones_beside_it(site: dict[str, bytes]) -> None:
    page = site[f"{QUESTION}.html"].decode()
    assert "How it moved" in page
    assert "2024-03-06, Nadia Orsel affirms" in page
    assert "Not dated:" in page


def test_what_is_missing_is_said(site: dict[str, bytes]) -> None:
    page = site[f"{QUESTION}.html"].decode()
    assert "What is missing" in page
    assert "rests on one voice alone" in page


def test_a_question_without_voices_has_neither(site: dict[str, bytes]) -> None:
    page = site["questions/q00000000000b.html"].decode()
    assert "Held against each other" not in page
    assert "How it moved" not in page


def test_the_table_has_a_line_for_every_quote_of_every_stance(
    site: dict[str, bytes], dispute: SiteTables
) -> None:
    rows = list(csv.DictReader(io.StringIO(site[f"{QUESTION}.csv"].decode("utf-8-sig"))))
    stances = dispute.stances.to_dicts()
    assert len(rows) == sum(max(1, len(stance["quotes"])) for stance in stances)
    assert {row["stance"] for row in rows} == {stance["stance"] for stance in stances}


def test_the_reviews_rate_nothing_as_true(site: dict[str, bytes]) -> None:
    reviews = json.loads(site[f"{QUESTION}-claimreview.json"])
    assert {review["@type"] for review in reviews} == {"ClaimReview"}
    assert all(set(review["reviewRating"]) == {"@type", "alternateName"} for review in reviews)


def test_the_brief_quotes_each_side(site: dict[str, bytes]) -> None:
    brief = site[f"{QUESTION}.md"].decode()
    assert "## Affirms" in brief
    assert "## Denies" in brief
    assert "\n> " in brief


def test_contradictions_that_nobody_asked_about_have_their_page(site: dict[str, bytes]) -> None:
    page = site["contradictions/index.html"].decode()
    assert "&lt;b&gt;Northern Column&lt;/b&gt;" in page
    assert "2 voices say the same." in page
