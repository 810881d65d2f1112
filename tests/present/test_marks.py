"""Claims on a text: no claim lost, no letter lost, overlaps cut cleanly."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rasid.model.values import PassageKind
from rasid.present.marks import MOST_CHARACTERS, MOST_CLAIMS, Mark, cut_blocks, cut_segments, has_own_sign
from rasid.present.reading import soften

TEXTS = st.text(alphabet="ab .\nق\u202e<", min_size=1, max_size=200)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[tuple[str, int, int]], list[Mark]]:
    text = draw(TEXTS)
    places = st.integers(0, len(text))
    cuts = sorted(draw(st.sets(places, max_size=8)) | {0, len(text)})
    kinds = st.sampled_from([kind.value for kind in PassageKind])
    passages = [(draw(kinds), a, b) for a, b in pairwise(cuts) if draw(st.booleans())]
    marks = []
    for n in range(draw(st.integers(0, 40))):
        start, word_start, word_end, end = sorted(draw(st.tuples(places, places, places, places)))
        marks.append(Mark(f"c{n}", start, end, word_start, word_end, "affirmed"))
    return text, passages, marks


@given(marked_texts())
def test_every_claim_gets_its_number_exactly_once(
    given: tuple[str, list[tuple[str, int, int]], list[Mark]],
) -> None:
    text, passages, marks = given
    pinned = []
    for block in cut_blocks(text, passages, marks):
        for segment in cut_segments(block, list(block.marks)):
            pinned += [block.marks[n - 1].claim for n in segment.ends]
    assert sorted(pinned) == sorted(mark.claim for mark in marks)


@given(marked_texts())
def test_all_of_the_text_but_white_space_stands_in_the_segments_in_order(
    given: tuple[str, list[tuple[str, int, int]], list[Mark]],
) -> None:
    text, passages, marks = given
    out = ""
    for block in cut_blocks(text, passages, marks):
        for segment in cut_segments(block, [m for m in marks if m.start < block.end and block.start < m.end]):
            out += text[segment.start : segment.end]
    assert "".join(out.split()) == "".join(text.split())


@given(marked_texts())
def test_a_segment_is_covered_by_exactly_the_claims_that_hold_it(
    given: tuple[str, list[tuple[str, int, int]], list[Mark]],
) -> None:
    text, passages, marks = given
    for block in cut_blocks(text, passages, marks):
        if block.start == block.end:
            continue
        for segment in cut_segments(block, marks):
            for letter in range(segment.start, segment.end):
                held = [n for n, mark in enumerate(block.marks, 1) if mark.start <= letter < mark.end]
                assert list(segment.covers) == held
                assert segment.depth == sum(mark.start <= letter < mark.end for mark in marks)


def test_overlapping_claims_are_cut_into_three_segments() -> None:
    text = "one two three"
    marks = [Mark("c1", 0, 7, 0, 3, "affirmed"), Mark("c2", 4, 13, 8, 13, "denied")]
    (block,) = cut_blocks(text, [("sentence", 0, 13)], marks)
    assert [(text[s.start : s.end], s.covers, s.code, s.ends) for s in cut_segments(block, marks)] == [
        ("one", (1,), "affirmed", (1,)),
        (" ", (1,), "", ()),
        ("two", (1, 2), "", ()),
        (" ", (2,), "", ()),
        ("three", (2,), "denied", (2,)),
    ]


def test_sentences_join_to_a_paragraph_up_to_a_blank_line() -> None:
    text = "One. Two.\nThree.\n\nFour."
    passages = [("sentence", 0, 4), ("sentence", 5, 9), ("sentence", 10, 16), ("sentence", 18, 23)]
    assert [text[b.start : b.end] for b in cut_blocks(text, passages, [])] == ["One. Two.\nThree.", "Four."]


def test_headings_and_bullets_stand_alone() -> None:
    text = "Head\nOne.\n- a\n- b"
    passages = [("heading", 0, 4), ("sentence", 5, 9), ("bullet", 10, 13), ("bullet", 14, 17)]
    assert [(b.kind.value, text[b.start : b.end]) for b in cut_blocks(text, passages, [])] == [
        ("heading", "Head"),
        ("sentence", "One."),
        ("bullet", "- a"),
        ("bullet", "- b"),
    ]


def test_a_passage_without_an_end_is_cut_and_crowded_words_are_dealt_out() -> None:
    text = "word " * 2000
    marks = [Mark(f"c{n}", 0, 4, 0, 4, "affirmed") for n in range(60)]
    blocks = cut_blocks(text, [("sentence", 0, len(text))], marks)
    assert max(block.end - block.start for block in blocks) <= MOST_CHARACTERS
    assert [len(block.marks) for block in blocks[:4]] == [MOST_CLAIMS, MOST_CLAIMS, 10, 0]


def test_a_bullet_knows_its_own_sign() -> None:
    assert [has_own_sign(text) for text in ("- a", "• a", "1. a", "(b) a", "The market")] == [True] * 4 + [
        False
    ]


def test_a_line_end_inside_a_passage_is_a_space_and_one_between_passages_stays() -> None:
    text = "One\nlong line.\nNext.\na | b\nc"
    passages = [("sentence", 0, 14), ("sentence", 15, 20), ("row", 21, 28)]
    assert soften(text, passages) == "One long line.\nNext.\na | b\nc"
