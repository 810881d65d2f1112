"""Numbers in names, labels and years, which count nothing: figure_names.py."""

from __future__ import annotations

import pytest

from rasid.extract.figures import read_figures
from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse


def sentence(text: str) -> Sentence:
    return next(iter(parse([PassageText("d", 0, "sentence", 0, text)], load_pipeline())))


@pytest.mark.parametrize(
    "text",
    [
        "Resetting BirdOS 9 Settings May Wipe Photos",
        "Grade 7 and 8 pupils are taught in teams.",
        "In 112 BC, he served as consul.",
        "Dark Harbour is a 1931 silent film by Orla Pict.",
        "The 2012 Election Results were published.",
        "The worst 1969 riots shook the town.",
        "The hut stands at km 2 of the old road.",
        "Karim pulls $20 bills from his wallet.",
        "The club signed a 90 million contract.",
        "The team ended with a 4-7 record.",
        "1950 births",
        "0 references",
        "They spoke with one voice.",
    ],
)
def test_a_number_in_a_name_or_a_year_counts_nothing(text: str) -> None:
    assert read_figures(sentence(text)) == []


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("They freed 1931 prisoners.", 1931),
        ("Over 2012 farmers came.", 2012),
        ("Some 1900 people fled.", 1900),
        ("The ministry counted 1950 deaths in the camp.", 1950),
        ("Between 4-7 rebels were killed.", 4),
    ],
)
def test_a_number_like_a_year_counts_where_people_follow(text: str, low: int) -> None:
    assert [f.low for f in read_figures(sentence(text))] == [low]
