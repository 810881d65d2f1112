import pytest

from rasid.weigh.figures import list_figures
from tests.builders import claim, claims

DOZEN = {
    "text": "at least 12", "low": 12.0, "high": None, "bound": "at least", "unit": "people", "base": None,
    "measure": "count", "start": 0, "end": 11,
}  # fmt: skip


def test_a_claim_without_a_number_is_no_figure():
    assert list_figures(claims(claim())).height == 0


def test_a_figure_keeps_its_words_its_voice_and_who_passes_it_on():
    row = list_figures(claims(claim(quantity=DOZEN, voices=["blog", "ministry"]))).to_dicts()[0]
    assert (row["text"], row["low"], row["high"], row["bound"]) == ("at least 12", 12.0, None, "at least")
    assert (row["voice"], row["via"]) == ("ministry", ["blog"])


@pytest.mark.parametrize(
    ("polarity", "certainty", "happened"),
    [
        ("affirmed", "certain", True),
        ("affirmed", "partial", True),
        ("affirmed", "possible", False),
        ("affirmed", "predicted", False),
        ("denied", "certain", False),
        ("denied", "partial", False),
    ],
)
def test_only_what_is_said_to_be_so_counts_as_happened(polarity, certainty, happened):
    row = list_figures(claims(claim(quantity=DOZEN, polarity=polarity, certainty=certainty))).to_dicts()[0]
    assert row["happened"] is happened


@pytest.mark.parametrize(
    ("quote", "happened"),
    [
        ("Were 12 people killed?", False),
        ("“Were 12 people killed?”", False),
        ("12 people were killed.", True),
    ],
)
def test_a_number_in_a_question_counts_nothing(quote, happened):
    row = list_figures(claims(claim(quantity=DOZEN, quote=quote))).to_dicts()[0]
    assert row["happened"] is happened


def test_a_figure_names_the_number_that_it_is_a_part_of():
    row = list_figures(claims(claim(quantity=DOZEN | {"part_of": "at least 30"}))).to_dicts()[0]
    assert row["part_of"] == "at least 30"
