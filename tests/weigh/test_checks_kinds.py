"""Checks by kind of wording: what is hard, and the nearest wording of which nothing may be said."""

from __future__ import annotations

import pytest

from rasid.model.tables import CLAIMS, DOCUMENTS, PASSAGES, as_rows, empty, table
from rasid.read.original import read_original
from rasid.weigh.checks import check_documents


def findings(*texts: str) -> list[tuple[str, str, str]]:
    documents, passages = [], []
    for n, text in enumerate(texts):
        reading = read_original(text.encode(), original=f"{n:064x}", name=f"page{n}.md")
        documents += reading.documents
        passages += reading.passages
    rows = as_rows(check_documents(table(documents, DOCUMENTS), table(passages, PASSAGES), empty(CLAIMS)))
    return [(str(row["kind"]), str(row["severity"]), str(row["sum"])) for row in rows]


@pytest.mark.parametrize(
    ("text", "kind", "sum_done"),
    [
        (
            "Raids dropped by 35 in June, from 118 in May to 73.",
            "comparison",
            "73 - 118 = -45, not 35 fewer.",
        ),
        ("Arrests tripled from 24 to 41.", "comparison", "41 / 24 = 1.7."),
        ("Seven more died, bringing the toll from 52 to 61.", "comparison", "61 - 52 = 9, not 7 more."),
        ("In 2021, 1,320 raids were seen, on average 90 raids a month.", "rate", "1,320 / 12 = 110, not 90."),
        ("Of the 60 clinics, 25 are open, equal to 52% of the total.", "share", "25 / 60 = 41.7%, not 52%."),
        ("They burned 90 of the 250 shops (46%).", "share", "90 / 250 = 36.0%, not 46%."),
        ("38% (19) of the 62 wells were dry.", "share", "19 / 62 = 30.6%, not 38%."),
        ("It began on Friday, 12 July 2022.", "date", "Tuesday, not Friday."),
        ("The siege lasted from 14 to 9 March.", "date", "9 is before 14."),
        ("On 31/04/2019 the mill burned.", "date", "April has 30 days, not 31."),
        ("There were 47 casualties, 14 of them dead and 35 wounded.", "sum", "14 + 35 = 49, not 47: 2 more."),
    ],
)
def test_a_mismatch_is_hard_and_shows_its_sum(text: str, kind: str, sum_done: str) -> None:
    assert findings(text) == [(kind, "hard", sum_done)]


@pytest.mark.parametrize(
    "text",
    [
        "Raids dropped by about 45, from 118 in May to 73.",
        "Arrests nearly tripled from 24 to 65.",
        "In 2020 there were 1,098 arrests. In the second half of the year it was on average 4 a day.",
        "From January to March 900 people died, on average 10 a day.",
        "The house at 151 Main Street is one of fewer than ten in the town.",
        "I have 9 shops, 1 more than Samer and 2 more than Lina.",
        "He led among voters under 30 and she among those 45 and over.",
        "Nearly 6 in 10 of the 3 in 10 who voted were glad.",
        "It began on Tuesday, 12 July 2022, and went on from 28 to 3 August.",
        "The board chose 18 teams (7 from Idra and 10 from Hamam and the guest Sahl).",
        "24 months of 12 events, then 24 of 3.",
    ],
)
def test_nothing_is_said_of_a_wording_that_can_be_right(text: str) -> None:
    assert findings(text) == []


def test_totals_of_two_sections_are_two_things() -> None:
    text = "# Toll\n\n## Idra\n\nA total of 12 people died in 2018.\n\n## Hamam\n\nA total of 14 people died in 2018.\n"
    assert findings(text) == []


def test_most_rows_show_that_the_last_cell_is_their_total() -> None:
    rows = ["| Town | May | June | Total |", "|---|---|---|---|", "| A | 1 | 2 | 3 |", "| B | 4 | 4 | 8 |"]
    right, wrong = "| D | 3 | 3 | 6 |", "| D | 3 | 3 | 7 |"
    page = "\n".join(["# Raids", "", *rows, "| C | 5 | 1 | 6 |"])
    assert findings(f"{page}\n{right}\n") == []
    assert findings(f"{page}\n{wrong}\n") == [("table", "hard", "3 + 3 = 6, not 7.")]


def test_two_editions_that_differ_are_to_be_checked_and_not_hard() -> None:
    one = "# Toll of the year 2019\n\nThe Ardun Desk recorded 3,364 deaths in 2019.\n"
    assert findings(one, one.replace("3,364", "3,346")) in (
        [("two totals", "check base or rounding", "3,346 - 3,364 = -18.")],
        [("two totals", "check base or rounding", "3,364 - 3,346 = 18.")],
    )
    assert findings(one, one.replace("\n\nThe", "\n\nIn short: the")) == []


def test_a_headline_of_another_number_is_hard_unless_the_text_makes_it_up() -> None:
    text = "# Raid kills 19 people in Hosn market\n\nA raid killed 12 people in the market of Hosn.\n"
    assert [found[:2] for found in findings(text)] == [("heading", "hard")]
    assert findings(text + "\nIn the afternoon 7 people died in a second raid.\n") == []
