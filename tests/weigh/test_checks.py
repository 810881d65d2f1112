"""Checks of a document's own numbers: what is found, what is said of it, and where silence is right."""

from __future__ import annotations

import polars as pl
import pytest

from rasid.model.tables import CHECKS, CLAIMS, DOCUMENTS, PASSAGES, Row, as_rows, check, empty, table
from rasid.read.original import read_original
from rasid.weigh.checks import check_documents
from tests.builders import claim


def found(*texts: str, claims: pl.DataFrame | None = None) -> list[Row]:
    documents, passages = [], []
    for n, text in enumerate(texts):
        reading = read_original(text.encode(), original=f"{n:064x}", name=f"page{n}.md")
        documents += reading.documents
        passages += reading.passages
    tables = (table(documents, DOCUMENTS), table(passages, PASSAGES))
    held = check_documents(*tables, empty(CLAIMS) if claims is None else claims)
    return as_rows(check(held, CHECKS, where="test"))


def kinds(*texts: str) -> list[tuple[object, object]]:
    return [(row["kind"], row["severity"]) for row in found(*texts)]


def test_a_list_that_does_not_add_up_shows_its_total_each_line_and_the_sum() -> None:
    text = "The group counted 30 deaths as follows:\n\n- Idra: 12\n- Hamam: 7\n- Sahl: 9\n"
    (row,) = found(text)
    assert row["sum"] == "12 + 7 + 9 = 28, not 30: 2 fewer."
    quotes = row["quotes"]
    assert isinstance(quotes, list)
    assert [q["quote"] for q in quotes] == [
        "The group counted 30 deaths as follows:",
        "Idra: 12",
        "Hamam: 7",
        "Sahl: 9",
    ]


def test_every_quote_is_exactly_the_kept_text() -> None:
    text = "# Toll\n\nThe raid killed 9 people, including 11 children.\n\nIt began on 31 June.\n"
    rows = found(text)
    assert len(rows) == 2
    for row in rows:
        assert isinstance(row["quotes"], list)
        assert all(text[q["start"] : q["end"]] == q["quote"] for q in row["quotes"])


def test_a_quote_names_the_claim_that_stands_on_its_number() -> None:
    text = "The raid killed 9 people, including 11 children."
    document = str(found(text)[0]["document"])
    held = table([claim(id="c1", document=document, start=0, end=len(text), quote=text)], CLAIMS)
    (row,) = found(text, claims=held)
    assert isinstance(row["quotes"], list)
    assert [q["claim"] for q in row["quotes"]] == ["c1"]


@pytest.mark.parametrize(
    "text",
    [
        "The raid killed at least 9 people, including 9 children.",
        "The raid killed at least 9 people, including 11 children.",
        "Dozens were killed: 12 men, 40 women and 90 children.",
        "About 30 people died: 11 men, 9 women and 12 children.",
        "At most 30 died, of whom 15 were men and 9 were women.",
    ],
)
def test_a_bound_word_widens_and_never_hardens(text: str) -> None:
    assert kinds(text) == []


def test_women_children_and_doctors_may_overlap_and_are_not_added_to_a_total() -> None:
    assert kinds("The raid killed 20 people: 9 women, 8 children and 6 doctors.") == []


def test_men_women_and_children_make_a_whole() -> None:
    assert kinds("The raid killed 20 people: 9 women, 8 children and 6 men.") == [("sum", "hard")]


def test_women_and_children_above_the_total_are_to_be_checked_and_not_hard() -> None:
    assert kinds("The raid killed 12 people, including 8 children and 6 women.") == [
        ("part above whole", "check base or rounding")
    ]


def test_a_share_that_only_rounding_could_explain_is_not_hard() -> None:
    text = "The group counted 1,840 deaths, including 1,417 civilians. Civilians made up {}% of the dead."
    assert kinds(text.format(77)) == []
    assert kinds(text.format(78)) == [("share", "check base or rounding")]
    assert kinds(text.format(95)) == [("share", "hard")]


def test_an_average_that_another_count_of_the_page_gives_is_left_alone() -> None:
    text = "Over 30 days 300 people were killed, an average of 40 a day. With the wounded, 1,200 people were hit."
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("It was on 31 April 2018.", True),
        ("It was on 30 April 2018.", False),
        ("It was on 29 February 2019.", True),
        ("It was on 29 February 2020.", False),
        ("It was on 29 February.", False),
        ("It was on June 31, 2019.", True),
        ("The post is of 2021-02-30.", True),
        ("In April 31 people were killed.", False),
        ("In February 30 were killed and 31 wounded.", False),
    ],
)
def test_a_day_that_is_on_no_calendar_is_found_and_a_count_after_a_month_is_none(
    text: str, wrong: bool
) -> None:
    assert kinds(text) == ([("date", "hard")] if wrong else [])


def test_the_page_of_the_month_before_is_compared_only_within_one_house() -> None:
    may = "# Toll of May 2020\n\nThe Sefan Centre recorded 900 deaths in May 2020, 50 more than in April.\n"
    april = "# Toll of April 2020\n\nThe {} Centre recorded 700 deaths in April 2020.\n"
    assert kinds(may, april.format("Sefan")) == [("comparison", "check base or rounding")]
    assert kinds(may, april.format("Dorian")) == []


def test_two_voices_with_two_totals_are_a_dispute_and_no_slip() -> None:
    one = "A total of 12 people were killed in Idra, the ministry said."
    other = "A total of 40 people were killed in Idra, residents said."
    assert kinds(f"{one}\n\n{other}\n") == []


def test_the_order_of_the_documents_changes_nothing() -> None:
    texts = ("The raid killed 9 people, including 11 children.", "It was on 31 April 2018.")
    assert found(*texts) == sorted(found(*texts), key=lambda row: str(row["document"]))


def test_an_empty_case_has_an_empty_table() -> None:
    assert found() == []


def test_a_sum_with_a_bound_word_is_told_as_an_interval() -> None:
    (row,) = found("The raid killed 20 people: 9 women, 8 children and at least 6 men.")
    assert row["sum"] == "9 + 8 + at least 6 = at least 23, not 20."


def test_a_table_with_an_unclear_cell_is_only_wrong_when_the_rest_is_too_much() -> None:
    rows = "| Place | Killed |\n|---|---|\n| Idra | 12 |\n| Hamam | n/a |\n| Sahl | 4 |\n| Total | {} |\n"
    assert kinds(rows.format(20)) == []
    assert kinds(rows.format(15)) == [("table", "hard")]


def test_a_share_column_and_rows_that_overlap_are_not_added() -> None:
    rows = "| Group | Killed | Share |\n|---|---|---|\n| Women | 12 | 60% |\n| Children | 9 | 45% |\n| Total | 20 | 100% |\n"
    assert kinds(rows) == []
