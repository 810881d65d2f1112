"""Plain text to blocks: where paragraphs, headings, bullets and rows begin and end."""

import re

from hypothesis import given
from hypothesis import strategies as st

from rasid.model.values import PassageKind
from rasid.read.lines import find_blocks
from rasid.read.passages import Passage, cut_passages


def shown(text: str) -> list[tuple[str, str]]:
    return [(p.kind.value, text[p.start : p.end]) for p in cut_passages(text)]


def test_a_short_line_without_a_stop_is_a_heading() -> None:
    assert shown("The town has fallen, but not the bridge\n\nThe army says so.") == [
        ("heading", "The town has fallen, but not the bridge"),
        ("sentence", "The army says so."),
    ]


def test_a_line_that_announces_something_is_no_heading() -> None:
    assert shown("You can see it here :\n\nThe film is short.")[0] == ("sentence", "You can see it here :")


def test_a_wrapped_paragraph_is_one_block() -> None:
    text = (
        "The army left the northern part of the town on Monday and the\n"
        "people came back to what was left of their houses near the\n"
        "Marwa bridge. Nobody knows who burned the market.\n"
    )
    assert shown(text) == [
        ("sentence", text[: text.index(" Nobody")]),
        ("sentence", "Nobody knows who burned the market."),
    ]


def test_lines_that_are_items_of_their_own_are_cut() -> None:
    text = "Army enters the eastern district after a long siege\nTwo killed in shelling\nMarket burned down\n"
    assert shown(text) == [("heading", line) for line in text.splitlines()]


def test_a_line_goes_on_after_a_comma_or_a_small_word() -> None:
    assert shown("It was seen in\nMarwa, Sabra,\nNahr and elsewhere.") == [
        ("sentence", "It was seen in\nMarwa, Sabra,\nNahr and elsewhere.")
    ]


def test_list_marks_stand_outside_the_passages() -> None:
    text = "Burned:\n- three lorries\n* a bus\n1. one car\n(b) a cart\n"
    text += "• ثلاث سيارات\n  - and a mill\n    at the river\n"
    assert shown(text) == [
        ("sentence", "Burned:"),
        ("bullet", "three lorries"),
        ("bullet", "a bus"),
        ("bullet", "one car"),
        ("bullet", "a cart"),
        ("bullet", "ثلاث سيارات"),
        ("bullet", "and a mill\n    at the river"),
    ]


def test_a_number_that_opens_a_sentence_is_no_list_mark() -> None:
    assert shown("2012. That was the year.")[0][0] == "sentence"
    assert shown("900 thousand people fled.") == [("sentence", "900 thousand people fled.")]


def test_markdown_headings_rules_and_tables_are_known() -> None:
    text = "# One town\n\nTwo towns\n=========\nWords here.\n\n---\n\n| Day | Dead |\n|:---|---|\n| Monday | 5 |\n"
    assert shown(text) == [
        ("heading", "One town"),
        ("heading", "Two towns"),
        ("sentence", "Words here."),
        ("row", "| Day | Dead |"),
        ("row", "| Monday | 5 |"),
    ]


def test_a_hash_tag_is_no_heading_mark() -> None:
    assert shown("#EyesOnMarwa\n") == [("heading", "#EyesOnMarwa")]


def test_quoted_lines_of_a_mail_are_apart_from_the_answer() -> None:
    text = "That is wrong.\n> They left the town\n> on Monday.\nThey did not.\n"
    assert shown(text) == [
        ("sentence", "That is wrong."),
        ("sentence", "They left the town\n> on Monday."),
        ("sentence", "They did not."),
    ]


def test_windows_and_old_mac_line_ends_are_line_ends() -> None:
    for end in ("\r\n", "\r", "\n"):
        text = f"One town{end}{end}They left.{end}{end}They came."
        assert shown(text) == [
            ("heading", "One town"),
            ("sentence", "They left."),
            ("sentence", "They came."),
        ]


def test_wrapped_arabic_is_one_paragraph() -> None:
    text = (
        "انسحب الجيش من القسم الشمالي من البلدة يوم الاثنين بعد أسبوع\n"
        "من القتال وعاد الناس إلى ما بقي من بيوتهم قرب الجسر القديم في\n"
        "مروة ولا أحد يعرف من أحرق السوق.\n"
    )
    assert shown(text) == [("sentence", text.strip())]


LINES = st.lists(
    st.sampled_from(
        ["", "  ", "# Head", "- item", "1. item", "> said", "---", "===", "Words here.", "words go on", "| a | b |",
         "قال الرجل.", "A\tB\tC", "(a) part", "Short", "U.S. forces left , and", "\u2028", "``` x", "\ufeff", "- ", "#"]
    )
)  # fmt: skip


@given(LINES, st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
def test_only_white_space_and_marks_lie_outside_the_passages(lines: list[str], end: str) -> None:
    text = end.join(lines)
    last = 0
    outside = []
    for passage in [*cut_passages(text), Passage(PassageKind.SENTENCE, len(text), len(text))]:
        assert last <= passage.start <= passage.end
        outside.append(text[last : passage.start])
        last = passage.end
    for gap in outside:
        for line in re.split(r"[\n\r\u2028]", gap):
            assert re.fullmatch(r"\s*(?:(?:>\s?)+|#{1,6}|[-*•]|\d\.|\([a-z]\)|[-=|:\s]+)?\s*", line), repr(
                line
            )


@given(st.text(max_size=300))
def test_any_text_gives_passages_in_order(text: str) -> None:
    last = 0
    for passage in cut_passages(text):
        quote = text[passage.start : passage.end]
        assert quote and quote == quote.strip() and passage.start >= last
        last = passage.end


def test_blocks_can_be_found_in_a_part_of_a_text() -> None:
    text = "skipped\n\nOne two.\n"
    assert [(b.start, b.end) for b in find_blocks(text, 9)] == [(9, 17)]
