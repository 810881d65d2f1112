"""Stretches of the same words in different documents."""

from __future__ import annotations

import random

import polars as pl
import pytest

from benchmarks.reuse import made_up, read_texts
from rasid.model.tables import DOCUMENTS, PASSAGES, Row, as_rows, table
from rasid.weigh.standing.reuse import find_reuse

STORY = (
    "The convoy waited eleven hours at the Belgar checkpoint without water while soldiers photographed every card. "
    "A woman of seventy died in the third bus before the barrier was lifted."
)


def reuse(*texts: str) -> list[Row]:
    return as_rows(find_reuse(*read_texts(list(texts))))


def quotes(row: Row) -> list[str]:
    stretches = row["stretches"]
    assert isinstance(stretches, list)
    return [str(stretch["quote"]) for stretch in stretches]


def test_every_quote_is_exactly_the_kept_text() -> None:
    documents, passages = read_texts([f"A new lead stands here. {STORY}", f"{STORY} Nobody answered for it."])
    texts = dict(documents.select("id", "text").iter_rows())
    (row,) = as_rows(find_reuse(documents, passages))
    stretches = row["stretches"]
    assert isinstance(stretches, list) and len(stretches) == 2
    for stretch in stretches:
        assert texts[stretch["document"]][stretch["start"] : stretch["end"]] == stretch["quote"]


def test_a_copied_paragraph_is_one_stretch_and_not_one_per_sentence() -> None:
    (row,) = reuse(f"A new lead stands here. {STORY}", f"Another man wrote this line. {STORY}")
    assert row["kind"] == "copied"
    assert quotes(row) == [STORY.rstrip("."), STORY.rstrip(".")]


def test_a_text_shared_by_three_documents_is_one_group() -> None:
    (row,) = reuse(STORY, f"First. {STORY}", f"The road is closed. {STORY} It rains.")
    assert len(quotes(row)) == 3


def test_only_the_shared_words_of_a_long_sentence_are_quoted() -> None:
    shared = "soldiers emptied the granary over three nights and loaded the wheat on covered lorries"
    (row,) = reuse(
        f"My uncle, who never lies and never drinks, told the whole wedding last summer that {shared}.",
        f"According to the complaint that reached the prosecutor only in winter, {shared}, unpunished until today.",
    )
    assert quotes(row) == [shared, shared]


def test_the_same_wording_around_other_names_and_numbers_is_a_form() -> None:
    (row,) = reuse(
        "In March 2021 the Lamp Centre documented the arbitrary arrest of 61 persons by units stationed in Harim Bay.",
        "In June 2023 the Lamp Centre documented the arbitrary arrest of 94 persons by units stationed in Upper Sanna.",
    )
    assert row["kind"] == "same form"


def test_set_phrases_are_no_reuse() -> None:
    caution = (
        "The report could not be independently verified. No group claimed responsibility for the attack."
    )
    assert (
        reuse(f"A grenade wounded three in Dorn. {caution}", f"Saboteurs cut a pylon near Vell. {caution}")
        == []
    )


def test_one_document_that_repeats_itself_is_no_reuse() -> None:
    assert reuse(f"{STORY}\n\n{STORY}") == []


def test_the_first_by_its_whole_date_is_named_and_a_month_against_its_own_day_is_not() -> None:
    for dates, first in (
        (["2024-03-01", "2024-03-02"], 0),
        (["2024-03", "2024-03-02"], None),
        ([None, "2024"], None),
    ):
        documents, passages = read_texts([f"Lead one. {STORY}", f"Lead two. {STORY}"])
        held = dict(zip(documents["id"], dates, strict=True))
        dated = documents.with_columns(
            pl.col("id").replace_strict(held, return_dtype=pl.String()).alias("date")
        )
        (row,) = as_rows(find_reuse(dated, passages))
        assert row["first"] == (None if first is None else documents["id"][first])


def test_documents_of_one_author_are_a_house_that_repeats_itself() -> None:
    documents, passages = read_texts([f"Lead one. {STORY}", f"Lead two. {STORY}"])
    (row,) = as_rows(find_reuse(documents.with_columns(author=pl.lit("Mirna Saleh")), passages))
    assert row["own"] is True


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_rows_is_irrelevant(seed: int) -> None:
    documents, passages, _ = made_up(30, seed=seed)
    turned = find_reuse(
        documents.sample(fraction=1, shuffle=True, seed=seed),
        passages.sample(fraction=1, shuffle=True, seed=seed),
    )
    straight = find_reuse(documents, passages)
    assert straight.height > 0
    assert straight.equals(turned)


def test_a_planted_copy_is_found_among_many_documents() -> None:
    documents, passages, _ = made_up(60, seed=11)
    planted = {n for n in range(60) if n % 10 == 9}
    found = {str(s["document"]) for row in as_rows(find_reuse(documents, passages)) for s in row["stretches"]}  # type: ignore[attr-defined]
    assert {f"d{n:012x}" for n in planted} <= found


def test_a_near_copy_in_two_hundred_documents_is_one_group() -> None:
    draw = random.Random(5)
    rows: list[Row] = []
    parts: list[Row] = []
    for n in range(200):
        words = STORY.split()
        words[draw.randrange(len(words))] = f"word{n}"
        text = " ".join(words)
        rows.append({"id": f"d{n:012x}", "text": text})
        parts.append({"document": f"d{n:012x}", "index": 0, "kind": "sentence", "start": 0, "end": len(text)})
    (row,) = as_rows(find_reuse(table(rows, DOCUMENTS), table(parts, PASSAGES)))
    assert len(quotes(row)) == 200


def test_nothing_in_gives_nothing_out() -> None:
    assert find_reuse(table([], DOCUMENTS), table([], PASSAGES)).is_empty()
    assert reuse("", "  ") == []
