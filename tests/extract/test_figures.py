"""Figures through the real pipeline, and once more with every tree broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rasid.extract.cells import quantity_cell
from rasid.extract.figures import read_figures
from rasid.extract.found import FigureFound
from rasid.extract.syntax import PassageText, Sentence, load_pipeline, parse
from rasid.model.values import Bound, Measure

START = 1_000  # the passage stands somewhere in its document
Parse = Callable[[str], Sentence]


@pytest.fixture(scope="module")
def parsed() -> Parse:
    nlp = load_pipeline()

    def one(text: str) -> Sentence:
        (sentence,) = parse([PassageText("d1", 0, "sentence", START, text)], nlp)
        return sentence

    return one


def _words(sentence: Sentence, figure: FigureFound) -> str:
    return sentence.words_between(figure.where.start, figure.where.end)


def _broken(sentence: Sentence) -> Sentence:
    """The same words with a tree that says nothing."""
    n = len(sentence)
    return replace(sentence, heads=[0] * n, deps=["root"] + ["dep"] * (n - 1))


def test_a_figure_knows_its_bound_unit_and_base(parsed: Parse) -> None:
    sentence = parsed("At least 1,234 civilians were killed in Marrada.")
    (figure,) = read_figures(sentence)
    assert _words(sentence, figure) == "At least 1,234"
    assert (figure.low, figure.high, figure.bound, figure.measure) == (
        1234,
        None,
        Bound.AT_LEAST,
        Measure.COUNT,
    )
    assert (figure.unit, figure.base) == ("civilian", "civilians")
    assert sentence.words[figure.head] == "civilians"
    assert (
        figure.counted is not None
        and sentence.text[figure.counted.start - START : figure.counted.end - START] == "civilians"
    )


@pytest.mark.parametrize(
    ("said", "low", "high", "bound"),
    [
        ("at least 12", 12, None, Bound.AT_LEAST), ("no fewer than 12", 12, None, Bound.AT_LEAST),
        ("12 or more", 12, None, Bound.AT_LEAST), ("12+", 12, None, Bound.AT_LEAST),
        ("more than 12", 12, None, Bound.MORE_THAN), ("over 12", 12, None, Bound.MORE_THAN),
        ("up to 12", None, 12, Bound.AT_MOST), ("as many as 12", None, 12, Bound.AT_MOST),
        ("no more than 12", None, 12, Bound.AT_MOST), ("fewer than 12", None, 12, Bound.LESS_THAN),
        ("nearly 12", 12, 12, Bound.ABOUT), ("some 12", 12, 12, Bound.ABOUT), ("~12", 12, 12, Bound.ABOUT),
        ("exactly 12", 12, 12, Bound.EXACT), ("between 12 and 15", 12, 15, Bound.RANGE), ("12-15", 12, 15, Bound.RANGE),
        ("about 12 to 15", 12, 15, Bound.RANGE), ("dozens of", 24, None, Bound.VAGUE),
        ("more than a dozen", 12, None, Bound.MORE_THAN),
    ],
)  # fmt: skip
def test_bound_words_set_the_ends(parsed: Parse, said: str, low: float, high: float, bound: Bound) -> None:
    (figure,) = read_figures(parsed(f"The army killed {said} civilians there."))
    assert (figure.low, figure.high, figure.bound, figure.base) == (low, high, bound, "civilians")


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("They buried 7 girls.", "children"), ("They buried 7 women.", "women"),
        ("They arrested 7 militants.", "fighters"),
        ("They arrested 7 nurses.", "medical staff"), ("They arrested 7 health workers.", "medical staff"),
        ("There were 7 civilian deaths.", "civilians"), ("There were 7 deaths.", "dead"), ("They left 7 dead.", "dead"),
        ("They found 7 wounded civilians.", "civilians"), ("They freed 7 hostages.", "hostages"),
        ("They sheltered 7 displaced families.", "families"), ("They sheltered 7 displaced people.", "displaced"),
        ("They saw 7 tanks.", None),
    ],
)  # fmt: skip
def test_the_base_says_whom_the_number_is_about(parsed: Parse, text: str, base: str | None) -> None:
    (figure,) = read_figures(parsed(text))
    assert figure.base == base


def test_parts_point_to_their_whole(parsed: Parse) -> None:
    figures = read_figures(parsed("The raid killed 23 people, including 7 children and 3 women."))
    assert [f.part_of for f in figures] == [None, 0, 0]


def test_parts_without_a_cue_are_known_by_their_sum(parsed: Parse) -> None:
    told = read_figures(parsed("Seven people died: four soldiers and three civilians."))
    assert [f.part_of for f in told] == [None, 0, 0]
    other = read_figures(parsed("Seven people died: four soldiers and two civilians."))
    assert [f.part_of for f in other] == [None, None, None]


def test_a_bracket_far_behind_its_whole_is_known_by_its_sum(parsed: Parse) -> None:
    sentence = parsed("In April 60 people were killed in Karm al-Sahl (38 civilians, 22 fighters).")
    figures = read_figures(sentence)
    assert [(f.low, f.part_of) for f in figures] == [(60, None), (38, 0), (22, 0)]
    assert quantity_cell(sentence, figures[1], figures)["part_of"] == "60"
    assert quantity_cell(sentence, figures[0], figures)["part_of"] is None


def test_a_bracket_that_does_not_add_up_is_no_breakdown(parsed: Parse) -> None:
    figures = read_figures(
        parsed("In April 60 people were killed in Karm al-Sahl (38 civilians, 12 fighters).")
    )
    assert [f.part_of for f in figures] == [None, None, None]


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("The number of people killed when a ferry was shelled off Ras Amir has risen to 26.", "dead"),
        ("The number of injured in the hospital reached 40 on Friday.", "wounded"),
    ],
)
def test_a_lone_number_of_a_toll_counts_people(parsed: Parse, text: str, base: str) -> None:
    (figure,) = read_figures(parsed(text))
    assert (figure.unit, figure.base) == ("people", base)


def test_a_running_total_is_no_part_of_the_new_count(parsed: Parse) -> None:
    text = "It killed at least 23 people, including seven children, bringing the total since June to more than 140."
    told = [(f.low, f.unit, f.part_of, f.cumulative) for f in read_figures(parsed(text))]
    assert told == [(23, "people", None, False), (7, "child", 0, False), (140, "people", None, True)]


def test_two_counts_side_by_side_are_no_parts(parsed: Parse) -> None:
    figures = read_figures(parsed("The raid killed 23 people and wounded 7 children."))
    assert [f.part_of for f in figures] == [None, None]


@pytest.mark.parametrize(
    ("text", "cumulative"),
    [
        ("Two men died, bringing the total to 34.", True),
        ("The death toll has risen to 34.", True),
        ("Since 2011, 340 people have been killed.", True),
        ("So far 34 people have been killed.", True),
        ("On Monday 34 people were killed.", False),
        ("A total of 34 people were killed.", False),
    ],
)
def test_running_totals_are_marked(parsed: Parse, text: str, cumulative: bool) -> None:
    assert read_figures(parsed(text))[-1].cumulative is cumulative


@pytest.mark.parametrize(
    ("text", "stock_flow"),
    [
        ("There are 3 million displaced people.", "stock"),
        ("About 300 families fled on Friday.", "flow"),
        ("The camps host 5,000 refugees.", "stock"),
        ("The blast killed 12 people.", None),
    ],
)
def test_displacement_is_stock_or_flow(parsed: Parse, text: str, stock_flow: str | None) -> None:
    (figure,) = read_figures(parsed(text))
    assert figure.stock_flow == stock_flow


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("An average of 14 attacks per day was recorded.", "day"),
        ("There were 3 deaths per 100,000 people.", "100000"),
        ("They fire 20 shells a day.", "day"),
    ],
)
def test_a_rate_is_no_count(parsed: Parse, text: str, per: str) -> None:
    (figure,) = read_figures(parsed(text))
    assert (figure.measure, figure.per) == (Measure.RATE, per)


@pytest.mark.parametrize(
    ("text", "measure", "unit"),
    [
        ("He paid $3.5m.", Measure.MONEY, "USD"), ("He paid 200 Syrian pounds.", Measure.MONEY, "SYP"),
        ("It is 5km away.", Measure.DISTANCE, "km"), ("They burnt 40 hectares.", Measure.AREA, "ha"),
        ("It lasted two hours.", Measure.DURATION, "hour"), ("A 9-year-old boy spoke.", Measure.AGE, "year"),
        ("The boy, aged 9, spoke.", Measure.AGE, "year"), ("It was the third attack.", Measure.ORDINAL, "attack"),
        ("It weighs 20 kg.", Measure.OTHER, "kg"), ("They took 11 per cent.", Measure.SHARE, "percent"),
    ],
)  # fmt: skip
def test_measures_are_told_apart_from_counts(parsed: Parse, text: str, measure: Measure, unit: str) -> None:
    (figure,) = read_figures(parsed(text))
    assert (figure.measure, figure.unit) == (measure, unit)


def test_a_share_knows_what_it_is_a_share_of(parsed: Parse) -> None:
    assert [f.base for f in read_figures(parsed("60% of civilians left."))] == ["civilians"]
    assert [f.base for f in read_figures(parsed("11 % of Marrada is ours."))] == ["Marrada"]
    assert [f.base for f in read_figures(parsed("They hold half of the city."))] == ["city"]


def test_a_broken_percent_sign_points_to_the_kept_text(parsed: Parse) -> None:
    sentence = parsed("They still hold 11°/° of the land.")
    (figure,) = read_figures(sentence)
    assert (_words(sentence, figure), figure.low, figure.measure) == ("11°/°", 11, Measure.SHARE)


@pytest.mark.parametrize(
    "text",
    [
        "He fired an M-16 at two o'clock.", "An F-16 of the 3rd Division fell.",
        "Article 5 and Resolution 2254 say so.",
        "Unit 101 was there on 12 March 2024.", "Since 2012 nothing has changed.", "In 2014 people still hoped.",
        "One can say so.", "No one came, not one soldier.", "No civilians were hurt.", "It lies at 35.1234, 36.5678.",
        "Call +49 30 1234567.", "It was one of the worst days.", "They marched on March, 23.", "The vote was 12-3.",
        "A five-storey house fell.", "1. The army left.", "The 2014 offensive failed.",
    ],
)  # fmt: skip
def test_names_dates_and_pronouns_are_no_figures(parsed: Parse, text: str) -> None:
    assert read_figures(parsed(text)) == []


def test_zero_is_a_figure(parsed: Parse) -> None:
    (figure,) = read_figures(parsed("Zero cases were found."))
    assert (figure.low, figure.high) == (0, 0)


def test_a_lone_number_counts_people_by_its_verb(parsed: Parse) -> None:
    figures = read_figures(parsed("The bomb killed 12 and at least 30 were wounded."))
    assert [(f.low, f.unit, f.counted) for f in figures] == [(12, "people", None), (30, "people", None)]


def test_a_family_of_five_is_five_people(parsed: Parse) -> None:
    sentence = parsed("The shell killed a family of five.")
    (figure,) = read_figures(sentence)
    assert (figure.low, figure.unit, sentence.words[figure.head]) == (5, "people", "family")


def test_capitals_throughout_are_read_as_usual(parsed: Parse) -> None:
    sentence = parsed("AT LEAST TWENTY-THREE PEASANTS WERE KILLED IN THE AMBUSH.")
    (figure,) = read_figures(sentence)
    assert (_words(sentence, figure), figure.low, figure.base) == ("AT LEAST TWENTY-THREE", 23, "people")


@pytest.mark.parametrize(
    "text",
    [
        "At least 23 civilians, including 7 children, were killed in the raid.",
        "More than 900 thousand people fled; 11 % of the land is left.",
        "The bomb killed 12 and wounded 30 others.",
        "The death toll rose to 34, and 5 were missing.",
        "Karim, a baker, 34, lost two sons and $300.",
    ],
)
def test_a_broken_tree_changes_no_figure(parsed: Parse, text: str) -> None:
    sentence = parsed(text)
    assert len(read_figures(sentence)) >= 2
    assert read_figures(_broken(sentence)) == read_figures(sentence)
